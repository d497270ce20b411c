/* execution: the departures planned in a window and how they went.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/execution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/standard.h"

enum { MOST_DEPARTURES = 2000000 };

static const char *const words[] = {"unknown", "executed", "obstructed", "cancelled"};
static const char *const labels[] = {N_("Unknown"), N_("Executed"), N_("Obstructed"), N_("Cancelled")};
const vd_terms vd_departure_outcome_terms = {"departure outcome", VD_DEPARTURE_COUNT, words, labels};

/* ---- the records that tell of departures ---- */

typedef struct record_list {
  const vd_patrol **items; /* by the patrol and departure they name, then by id */
  size_t n;
} record_list;

static int compare_named(const char *patrol, int64_t departure_s, const vd_patrol *record) {
  int by_patrol = strcmp(patrol, record->executes);
  if (by_patrol != 0) return by_patrol;
  return (departure_s > record->executes_s) - (departure_s < record->executes_s);
}

static int compare_records(const void *a, const void *b) {
  const vd_patrol *x = *(const vd_patrol *const *)a, *y = *(const vd_patrol *const *)b;
  int by_name = compare_named(x->executes, x->executes_s, y);
  return by_name != 0 ? by_name : strcmp(x->record.id, y->record.id);
}

static record_list records_of(vd_arena *arena, const vd_plan *plan) {
  record_list list = {VD_NEW_ARRAY(arena, const vd_patrol *, vd_plan_count(plan, VD_KIND_PATROL) + 1), 0};
  VD_EACH(plan, VD_KIND_PATROL, vd_patrol, patrol) {
    if (patrol->executes && *patrol->executes && patrol->executes_s != VD_TIME_MIN)
      list.items[list.n++] = patrol;
  }
  qsort(list.items, list.n, sizeof *list.items, compare_records);
  return list;
}

/* The first that names the departure. */
static size_t first_record(const record_list *list, const char *patrol, int64_t departure_s) {
  size_t low = 0, high = list->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare_named(patrol, departure_s, list->items[middle]) > 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Reports of restrictions that turned a patrol back, by patrol. */
typedef struct report_list {
  const vd_restriction **items;
  size_t n;
} report_list;

static int compare_reports(const void *a, const void *b) {
  const vd_restriction *x = *(const vd_restriction *const *)a, *y = *(const vd_restriction *const *)b;
  int by_patrol = strcmp(x->patrol, y->patrol);
  if (by_patrol != 0) return by_patrol;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  return strcmp(x->record.id, y->record.id);
}

static report_list reports_of(vd_arena *arena, const vd_plan *plan) {
  report_list list = {
      VD_NEW_ARRAY(arena, const vd_restriction *, vd_plan_count(plan, VD_KIND_RESTRICTION) + 1), 0};
  VD_EACH(plan, VD_KIND_RESTRICTION, vd_restriction, r) {
    bool turned = vd_str_equal(r->outcome, "returned") || vd_str_equal(r->outcome, "abandoned");
    if (turned && r->patrol && r->from_s != VD_TIME_MIN) list.items[list.n++] = r;
  }
  qsort(list.items, list.n, sizeof *list.items, compare_reports);
  return list;
}

/* The first report of the patrol from its departure until it was due back, a day where that is not known. */
static const vd_restriction *report_on(const report_list *list, const vd_planned *planned,
                                       int64_t departure_s) {
  int64_t end_s = departure_s + (planned->duty_s > 0 ? planned->duty_s : VD_DAY_S);
  size_t low = 0, high = list->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int by_patrol = strcmp(list->items[middle]->patrol, planned->patrol->record.id);
    if (by_patrol < 0 || (by_patrol == 0 && list->items[middle]->from_s < departure_s))
      low = middle + 1;
    else
      high = middle;
  }
  bool found = low < list->n && strcmp(list->items[low]->patrol, planned->patrol->record.id) == 0 &&
               list->items[low]->from_s < end_s;
  return found ? list->items[low] : NULL;
}

/* ---- one departure ---- */

typedef struct telling {
  vd_arena *arena;
  const vd_plan *plan;
  record_list records;
  report_list reports;
  double near_m;
  vd_execution *out;
  size_t capacity;
} telling;

static vd_departure_outcome outcome_of_state(int32_t state) {
  switch (state) {
  case VD_EXECUTED:
    return VD_DEPARTURE_EXECUTED;
  case VD_OBSTRUCTED:
    return VD_DEPARTURE_OBSTRUCTED;
  case VD_CANCELLED:
    return VD_DEPARTURE_CANCELLED;
  default:
    return VD_DEPARTURE_UNKNOWN;
  }
}

/* A record of an execution tells more than one of an obstruction, that more than one of a cancellation; of two executions one with
 * a track. */
static bool tells_more(const vd_patrol *record, const vd_departure *than) {
  vd_departure_outcome outcome = outcome_of_state(record->state);
  if (outcome == VD_DEPARTURE_UNKNOWN) return false;
  if (than->outcome == VD_DEPARTURE_UNKNOWN || outcome < than->outcome) return true;
  bool tracked = record->track_s && *record->track_s,
       was = than->record && than->record->track_s && *than->record->track_s;
  return outcome == than->outcome && tracked && !was;
}

static void read_records(const telling *t, vd_departure *d) {
  const char *id = d->planned->patrol->record.id;
  d->outcome = outcome_of_state(d->planned->patrol->state);
  for (size_t i = first_record(&t->records, id, d->departure_s);
       i < t->records.n && compare_named(id, d->departure_s, t->records.items[i]) == 0; i++) {
    const vd_patrol *record = t->records.items[i];
    d->n_records += record->state == VD_EXECUTED;
    if (tells_more(record, d)) d->record = record, d->outcome = outcome_of_state(record->state);
  }
  if (d->outcome == VD_DEPARTURE_EXECUTED || d->outcome == VD_DEPARTURE_OBSTRUCTED) return;
  d->obstacle = report_on(&t->reports, d->planned, d->departure_s);
  if (d->obstacle) d->outcome = VD_DEPARTURE_OBSTRUCTED, d->record = NULL;
}

static void follow_track(const telling *t, vd_departure *d) {
  vd_execution *out = t->out;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const int64_t *times = d->record ? vd_track_times(scratch, d->record) : NULL;
  if (!times) {
    out->n_untraced_stops += d->planned->n_stops;
    return;
  }
  vd_trace trace = {d->record->record.geom, times};
  d->traced = true;
  d->stops = VD_NEW_ARRAY(t->arena, vd_stop_done, d->planned->n_stops + 1);
  vd_trace_stops(&trace, d->planned, d->departure_s, t->near_m, d->stops);
  for (size_t i = 0; i < d->planned->n_stops; i++) d->n_reached += d->stops[i].reached;
  d->n_not_driven = vd_legs_not_driven(d->stops, d->planned->n_stops);
  d->km = vd_trace_length_m(&trace) / 1e3;
  d->gap_min = (double)vd_trace_gap_s(&trace) / VD_MINUTE_S;
  d->late_min = (double)(times[0] - d->departure_s) / VD_MINUTE_S;
  out->n_traced++, out->n_stops += d->planned->n_stops, out->n_reached += d->n_reached;
}

static void tell_departure(telling *t, const vd_planned *planned, int64_t departure_s) {
  vd_departure d = {
      .planned = planned, .departure_s = departure_s, .late_min = NAN, .km = NAN, .gap_min = NAN};
  read_records(t, &d);
  if (d.outcome == VD_DEPARTURE_EXECUTED) follow_track(t, &d);
  t->out->n_by[d.outcome]++;
  *VD_PUSH(t->arena, t->out->departures, t->out->n_departures, t->capacity) = d;
}

/* ---- all ---- */

static vd_status tell_planned(telling *t, const vd_planned *planned, int32_t utc_offset_s) {
  int64_t *starts;
  size_t n;
  VD_TRY(vd_planned_departures(t->arena, planned, utc_offset_s, t->out->from_s, t->out->to_s, &starts, &n));
  if (t->out->n_departures + n > MOST_DEPARTURES)
    return vd_fail(VD_ERR_LIMIT, _("More than %d departures in the window; choose a shorter one."),
                   (int)MOST_DEPARTURES);
  for (size_t i = 0; i < n; i++) tell_departure(t, planned, starts[i]);
  return VD_OK;
}

static bool was_planned(const vd_plan *plan, const vd_patrol *record) {
  return record->executes && *record->executes && record->executes_s != VD_TIME_MIN &&
         vd_plan_find(plan, VD_KIND_PATROL, record->executes);
}

static vd_status count_unplanned(telling *t, int32_t utc_offset_s) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_EACH(t->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    if (patrol->state != VD_EXECUTED || patrol->from_s == VD_TIME_MIN || was_planned(t->plan, patrol))
      continue;
    int64_t *starts;
    size_t n;
    vd_planned as = {.patrol = patrol};
    VD_TRY(vd_planned_departures(scratch, &as, utc_offset_s, t->out->from_s, t->out->to_s, &starts, &n));
    t->out->n_unplanned += n;
  }
  return VD_OK;
}

static int compare_departures(const void *a, const void *b) {
  const vd_departure *x = a, *y = b;
  if (x->departure_s != y->departure_s) return x->departure_s < y->departure_s ? -1 : 1;
  return (x->planned > y->planned) - (x->planned < y->planned);
}

vd_status vd_execution_of(vd_arena *arena, const vd_plan *plan, int64_t from_s, int64_t to_s,
                          vd_execution *out) {
  unsigned states = 1u << VD_PLANNED | 1u << VD_APPROVED | 1u << VD_OBSTRUCTED | 1u << VD_CANCELLED;
  vd_planned_list *list = VD_NEW(arena, vd_planned_list);
  *list = vd_planned_of(arena, plan, states);
  *out = (vd_execution){.from_s = from_s, .to_s = to_s};
  telling t = {
      arena, plan, records_of(arena, plan), reports_of(arena, plan), vd_standard_value(plan, "track.near"),
      out,   0};
  for (size_t i = 0; i < list->n; i++) VD_TRY(tell_planned(&t, &list->items[i], list->utc_offset_s));
  VD_TRY(count_unplanned(&t, list->utc_offset_s));
  if (out->n_departures > 1)
    qsort(out->departures, out->n_departures, sizeof *out->departures, compare_departures);
  return VD_OK;
}
