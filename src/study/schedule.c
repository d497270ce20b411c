/* schedule: outings from patrols, and their conflicts put in order.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/schedule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/outing.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/standard.h"

enum { MOST_OUTINGS = 1000000, MOST_CONFLICTS = 100000, PROGRESS_STEP = 64 };
#define LOOK_BACK_S                                                                                          \
  (2 * (int64_t)VD_WEEK_S) /* how late an outing may be and still be seen at the window's start */

static const char *const conflict_words[] = {"crew", "vehicle", "rest",   "duty",      "curfew",
                                             "leg",  "blocked", "escort", "clearance", "refused"};
static const char *const conflict_labels[] = {
    N_("Crew twice"),        N_("Vehicle twice"),         N_("Rest too short"), N_("Duty too long"),
    N_("In the curfew"),     N_("Leg too short of time"), N_("Route blocked"),  N_("Escort missing"),
    N_("Clearance missing"), N_("Clearance refused")};
_Static_assert(sizeof conflict_words / sizeof *conflict_words == VD_CONFLICT_COUNT, "a word for every kind");
_Static_assert(sizeof conflict_labels / sizeof *conflict_labels == VD_CONFLICT_COUNT,
               "a label for every kind");
const vd_terms vd_conflict_terms = {"conflict", VD_CONFLICT_COUNT, conflict_words, conflict_labels};

/* ---- the times of one outing ---- */

typedef struct clocks { /* since departure */
  double planned_s, expected_s;
} clocks;

/* One leg, and the stay at its end. */
static vd_outing_leg run_leg(const vd_course *course, size_t k, const vd_beat *beat, int64_t start_s,
                             double planned_return_s, clocks *now) {
  int32_t stop = course->legs[k].stop;
  double arrive_min = stop >= 0 ? beat->halts[stop].arrive_min : planned_return_s / 60;
  double depart_min = stop >= 0 ? beat->halts[stop].depart_min : NAN;
  double needed_s =
      vd_course_drive(course, k, (double)start_s + now->planned_s) - (double)start_s - now->planned_s;
  bool is_told = beat->state == VD_EXECUTED || beat->state == VD_OBSTRUCTED; /* its times are what happened */
  double late_needed_s =
      is_told ? 0
      : now->expected_s == now->planned_s
          ? needed_s
          : vd_course_drive(course, k, (double)start_s + now->expected_s) - (double)start_s - now->expected_s;
  vd_outing_leg leg = {.leave_s = start_s + llround(now->expected_s), .planned_s = NAN, .needed_s = needed_s};
  double planned_arrive_s = now->planned_s + needed_s;
  if (isfinite(arrive_min)) {
    leg.planned_s = fmax(0, arrive_min * 60 - now->planned_s);
    planned_arrive_s = now->planned_s + leg.planned_s;
  }
  double planned_depart_s = isfinite(depart_min) ? fmax(depart_min * 60, planned_arrive_s) : planned_arrive_s;
  double arrive_s = fmax(planned_arrive_s, now->expected_s + late_needed_s);
  now->expected_s = fmax(planned_depart_s, arrive_s + planned_depart_s - planned_arrive_s);
  now->planned_s = planned_depart_s;
  leg.arrive_s = start_s + llround(arrive_s), leg.depart_s = start_s + llround(now->expected_s);
  return leg;
}

static vd_outing_leg *run_outing(const vd_scheduling *s, const vd_course *course, const vd_beat *beat,
                                 double planned_return_s, vd_outing *outing) {
  clocks now = {0, 0};
  vd_outing_leg *times = VD_NEW_ARRAY(s->arena, vd_outing_leg, course->n_legs + 1);
  for (size_t k = 0; k < course->n_legs; k++)
    times[k] = run_leg(course, k, beat, outing->depart_s, planned_return_s, &now);
  double back_s = isfinite(planned_return_s) ? fmax(planned_return_s, now.expected_s) : now.expected_s;
  outing->return_s = outing->depart_s + llround(back_s);
  outing->times = times;
  return times;
}

bool vd_outing_turn(const vd_schedule_rules *rules, const vd_outing *outing, size_t *at, int64_t *from_s,
                    int64_t *to_s) {
  if (*at > outing->n_legs) return false;
  *from_s = *at == 0 ? outing->depart_s : outing->times[*at - 1].depart_s;
  size_t k = *at;
  while (k < outing->n_legs && outing->times[k].depart_s - outing->times[k].arrive_s < rules->rest_s) k++;
  bool last = k == outing->n_legs || rules->rest_s <= 0;
  *to_s = last ? outing->return_s : outing->times[k].arrive_s;
  *at = last ? outing->n_legs + 1 : k + 1;
  return true;
}

/* ---- outings of a patrol ---- */

static vd_outing outing_of(const vd_scheduling *s, const vd_patrol *patrol, const vd_beat *beat,
                           const vd_course *course) {
  const vd_party *party = &s->model->parties[beat->party];
  vd_outing outing = {.patrol = beat->id,
                      .name = beat->name,
                      .actor = party->id,
                      .actor_name = party->name,
                      .crew = patrol->crew && *patrol->crew ? patrol->crew : NULL,
                      .vehicles_named =
                          patrol->vehicles_named && *patrol->vehicles_named ? patrol->vehicles_named : NULL,
                      .vehicle = beat->vehicle,
                      .state = beat->state,
                      .clearance = patrol->clearance,
                      .escorted = beat->escorted,
                      .executed_by = -1,
                      .legs = course->legs,
                      .n_legs = course->n_legs,
                      .lon_deg = NAN,
                      .lat_deg = NAN};
  for (size_t k = 0; k < course->n_legs; k++) outing.length_m += course->legs[k].length_m;
  const vd_geom *line = patrol->record.geom;
  if (!vd_geom_empty(line))
    outing.lon_deg = line->xy[0], outing.lat_deg = line->xy[1];
  else if (beat->n_halts > 0)
    outing.lon_deg = beat->halts[0].lon_deg, outing.lat_deg = beat->halts[0].lat_deg;
  return outing;
}

/* What has happened and tells all its times needs none that are reckoned. */
static bool wants_prices(const vd_beat *beat, double planned_return_s) {
  bool told = beat->state == VD_EXECUTED || beat->state == VD_OBSTRUCTED;
  for (size_t h = 0; h < beat->n_halts && told; h++) told = isfinite(beat->halts[h].arrive_min);
  return !(told && isfinite(planned_return_s));
}

static vd_status add_outings(vd_scheduling *s, int32_t b) {
  const vd_beat *beat = &s->model->beats[b];
  const vd_patrol *patrol = vd_plan_find(s->plan, VD_KIND_PATROL, beat->id);
  vd_course course;
  if (beat->n_starts == 0) return VD_OK;
  if (s->n + beat->n_starts > MOST_OUTINGS)
    return vd_fail(VD_ERR_LIMIT, _("There are more than %d outings in the window; shorten it."),
                   (int)MOST_OUTINGS);
  bool returns = patrol->to_s != VD_TIME_MAX && patrol->to_s > patrol->from_s;
  double planned_return_s = returns ? (double)(patrol->to_s - patrol->from_s) : NAN;
  bool priced = wants_prices(beat, planned_return_s);
  VD_TRY(vd_course_lay(s->maker, s->arena, beat, priced, &course));
  vd_outing made = outing_of(s, patrol, beat, &course);
  for (size_t o = 0; o < beat->n_starts; o++) {
    made.depart_s = beat->starts[o];
    made.planned_return_s = returns ? made.depart_s + (patrol->to_s - patrol->from_s) : VD_TIME_MAX;
    vd_outing_leg *times = run_outing(s, &course, beat, planned_return_s, &made);
    for (size_t k = 0; k < course.n_legs && !priced; k++) times[k].needed_s = NAN;
    made.in_window = made.depart_s < s->model->to_s &&
                     (made.depart_s >= s->model->from_s || made.return_s > s->model->from_s);
    *VD_PUSH(s->scratch, s->outings, s->n, s->capacity) = made;
    size_t n = s->n - 1;
    *VD_PUSH(s->scratch, s->beats, n, s->beats_capacity) = b;
  }
  return VD_OK;
}

/* ---- which outing executed which ---- */

typedef struct beat_id {
  const char *id;
  size_t from, to; /* its outings */
} beat_id;

static int compare_ids(const void *a, const void *b) {
  return strcmp(((const beat_id *)a)->id, ((const beat_id *)b)->id);
}

/* The patrols that have outings, by id; outings of a patrol still stand together, by departure. */
static beat_id *ids_of(const vd_scheduling *s, size_t *n) {
  beat_id *ids = VD_NEW_ARRAY(s->scratch, beat_id, s->model->n_beats + 1);
  *n = 0;
  for (size_t i = 0, end; i < s->n; i = end) {
    for (end = i + 1; end < s->n && s->beats[end] == s->beats[i]; end++) continue;
    ids[(*n)++] = (beat_id){s->outings[i].patrol, i, end};
  }
  qsort(ids, *n, sizeof *ids, compare_ids);
  return ids;
}

/* The outing of a patrol that departs at a time. */
static ptrdiff_t departing(const vd_scheduling *s, const beat_id *patrol, int64_t depart_s) {
  for (size_t low = patrol->from, high = patrol->to; low < high;) {
    size_t middle = low + (high - low) / 2;
    int64_t here_s = s->outings[middle].depart_s;
    if (here_s == depart_s) return (ptrdiff_t)middle;
    if (here_s < depart_s)
      low = middle + 1;
    else
      high = middle;
  }
  return -1;
}

/* An executed patrol that does not say which departure it was is another outing. */
static void link_executed(vd_scheduling *s) {
  size_t n;
  const beat_id *ids = ids_of(s, &n);
  for (size_t i = 0; i < s->n; i++) {
    if (s->outings[i].state != VD_EXECUTED) continue;
    const vd_patrol *patrol = vd_plan_find(s->plan, VD_KIND_PATROL, s->outings[i].patrol);
    if (!patrol->executes || !*patrol->executes) continue;
    const beat_id wanted = {.id = patrol->executes};
    const beat_id *planned = bsearch(&wanted, ids, n, sizeof *ids, compare_ids);
    if (!planned) continue;
    ptrdiff_t at = departing(s, planned, patrol->executes_s);
    if (at >= 0 && s->outings[at].executed_by < 0) s->outings[at].executed_by = (int32_t)i;
  }
}

/* ---- order ---- */

typedef struct place_in_time {
  int64_t depart_s;
  int32_t index;
} place_in_time;

static int compare_places(const void *a, const void *b) {
  const place_in_time *x = a, *y = b;
  if (x->depart_s != y->depart_s) return x->depart_s < y->depart_s ? -1 : 1;
  return x->index - y->index;
}

static void sort_outings(vd_scheduling *s) {
  place_in_time *order = VD_NEW_ARRAY(s->scratch, place_in_time, s->n + 1);
  int32_t *rank = VD_NEW_ARRAY(s->scratch, int32_t, s->n + 1),
          *beats = VD_NEW_ARRAY(s->scratch, int32_t, s->n + 1);
  vd_outing *sorted = VD_NEW_ARRAY(s->scratch, vd_outing, s->n + 1);
  for (size_t i = 0; i < s->n; i++) order[i] = (place_in_time){s->outings[i].depart_s, (int32_t)i};
  qsort(order, s->n, sizeof *order, compare_places);
  for (size_t i = 0; i < s->n; i++) rank[order[i].index] = (int32_t)i;
  for (size_t i = 0; i < s->n; i++) {
    sorted[i] = s->outings[order[i].index], beats[i] = s->beats[order[i].index];
    if (sorted[i].executed_by >= 0) sorted[i].executed_by = rank[sorted[i].executed_by];
  }
  s->outings = sorted, s->beats = beats;
}

static int compare_conflicts(const void *a, const void *b) {
  const vd_conflict *x = a, *y = b;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  if (x->a != y->a) return x->a - y->a;
  if (x->b != y->b) return x->b - y->b;
  int by_who = strcmp(x->who ? x->who : "", y->who ? y->who : "");
  if (by_who != 0) return by_who;
  int by_bar = strcmp(x->restriction ? x->restriction : "", y->restriction ? y->restriction : "");
  return by_bar != 0 ? by_bar : x->leg - y->leg;
}

bool vd_conflict_add(vd_scheduling *s, const vd_conflict *conflict) {
  if (!s->outings[conflict->a].in_window && (conflict->b < 0 || !s->outings[conflict->b].in_window))
    return true;
  if (s->n_conflicts >= MOST_CONFLICTS) {
    s->conflicts_cut = true;
    return false;
  }
  *VD_PUSH(s->arena, s->conflicts, s->n_conflicts, s->conflicts_capacity) = *conflict;
  return true;
}

/* ---- the schedule ---- */

static void mark(bool *wanted, int32_t index) {
  if (index >= 0) wanted[index] = true;
}

static int32_t moved(const int32_t *to, int32_t index) {
  return index < 0 ? -1 : to[index];
}

/* Keeps the outings in the window and those that they name. */
static void tell_outings(vd_scheduling *s, vd_schedule *out) {
  bool *wanted = VD_NEW_ARRAY(s->scratch, bool, s->n + 1);
  int32_t *to = VD_NEW_ARRAY(s->scratch, int32_t, s->n + 1);
  for (size_t i = 0; i < s->n; i++) {
    if (!s->outings[i].in_window) continue;
    wanted[i] = true;
    mark(wanted, s->outings[i].executed_by);
    out->n_in_window++;
    out->n_by_state[s->outings[i].state]++;
  }
  for (size_t c = 0; c < s->n_conflicts; c++)
    mark(wanted, s->conflicts[c].a), mark(wanted, s->conflicts[c].b);
  vd_outing *told = VD_NEW_ARRAY(s->arena, vd_outing, s->n + 1);
  for (size_t i = 0; i < s->n; i++) {
    if (!wanted[i]) continue;
    to[i] = (int32_t)out->n_outings;
    told[out->n_outings++] = s->outings[i];
  }
  for (size_t i = 0; i < out->n_outings; i++) {
    bool there = told[i].executed_by >= 0 && wanted[told[i].executed_by];
    told[i].executed_by = there ? to[told[i].executed_by] : -1;
  }
  for (size_t c = 0; c < s->n_conflicts; c++)
    s->conflicts[c].a = moved(to, s->conflicts[c].a), s->conflicts[c].b = moved(to, s->conflicts[c].b);
  out->outings = told;
}

static int64_t seconds_of(const vd_plan *plan, const char *key, int64_t unit_s) {
  double value = vd_standard_value(plan, key);
  return value >= 0 ? (int64_t)fmin(value * (double)unit_s, 400.0 * VD_DAY_S) : 0;
}

static vd_schedule_rules read_rules(const vd_plan *plan) {
  return (vd_schedule_rules){
      .rest_s = seconds_of(plan, "rest.least", VD_HOUR_S),
      .duty_s = seconds_of(plan, "duty.longest", VD_HOUR_S),
      .slack_s = (double)seconds_of(plan, "schedule.slack", VD_MINUTE_S),
      .curfew_from_min = (int32_t)(seconds_of(plan, "curfew.from", VD_MINUTE_S) / VD_MINUTE_S),
      .curfew_to_min = (int32_t)(seconds_of(plan, "curfew.to", VD_MINUTE_S) / VD_MINUTE_S)};
}

vd_status vd_schedule_make(const vd_plan *plan, const vd_landscape *landscape,
                           const vd_study_options *options, const vd_progress *progress, vd_arena *arena,
                           vd_schedule **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_scheduling s = {.plan = plan, .arena = arena, .scratch = scratch, .rules = read_rules(plan)};
  vd_model *model;
  VD_TRY(vd_progress_step(progress, _("Reading the plan"), 0, 0));
  VD_TRY(vd_model_read_patrols(plan, landscape, options, LOOK_BACK_S + s.rules.rest_s, arena, &model));
  s.model = model;
  s.maker = vd_course_maker_new(arena, model);
  for (size_t b = 0; b < model->n_beats; b++) {
    if (b % PROGRESS_STEP == 0)
      VD_TRY(vd_progress_step(progress, _("Outings"), (int64_t)b, (int64_t)model->n_beats));
    VD_TRY(add_outings(&s, (int32_t)b));
  }
  link_executed(&s);
  sort_outings(&s);
  vd_find_breaches(&s);
  vd_find_clashes(&s);
  if (s.n_conflicts > 0) qsort(s.conflicts, s.n_conflicts, sizeof *s.conflicts, compare_conflicts);
  vd_schedule *made = VD_NEW(arena, vd_schedule);
  *made = (vd_schedule){.from_s = model->from_s,
                        .to_s = model->to_s,
                        .conflicts = s.conflicts,
                        .n_conflicts = s.n_conflicts,
                        .conflicts_cut = s.conflicts_cut,
                        .notes = model->notes,
                        .n_notes = model->n_notes};
  tell_outings(&s, made);
  *out = made;
  return VD_OK;
}
