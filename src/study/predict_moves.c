/* predict_moves: which departures to move, and by how much, so that a patrol is harder to foretell.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Plans of moves are tried from the least effort to the most: by few hours before many, every second departure before all,
 * hours before days. Within a plan each departure takes the move that a golden-ratio sequence points at, which spreads evenly
 * and repeats nothing, or the next one that keeps all rules. The first plan after which the patrol scores no more than
 * "loose" is taken, else the last one that was worth its effort. */
#include <math.h>
#include <string.h>

#include "study/watching.h"
#include "vedette/base/i18n.h"

enum { MOST_UNITS = 12, REGULAR = 3 /* grade */, MOST_LOOKS = 200000000 /* about a second a patrol */ };
#define ENOUGH 0.35 /* loose ends here, see vd_predict_grade */
#define WORTH 0.05  /* a plan must lower the score by so much; more effort by so much more */
#define GOLDEN 0.6180339887498949

/* ---- what must stay as it is ---- */

/* A place that the patrol passes, under threat: its visits by others, and how long it may be without any. */
typedef struct guard {
  const vd_passing *own; /* by entering */
  size_t n_own;
  vd_visit *others;
  size_t n_others;
  int64_t most_s;
} guard;

typedef struct searching {
  const vd_watching *w;
  vd_arena *arena; /* scratch */
  const vd_tour *tours;
  size_t n;
  guard *guards;
  size_t n_guards, guards_capacity;
  vd_tour *moved;  /* the plan that is put together */
  int64_t n_looks; /* visits looked at so far */
} searching;

static int64_t later(int64_t a, int64_t b) {
  return a > b ? a : b;
}

/* Walks through the patrol's own visits of a place in order: tours do not overlap. */
typedef struct own_visits {
  const guard *g;
  const vd_tour *tours;
  size_t n, tour, pass;
} own_visits;

static bool next_own(own_visits *o, vd_visit *visit) {
  for (; o->tour < o->n; o->tour++, o->pass = 0) {
    const vd_tour *tour = &o->tours[o->tour];
    for (; o->pass < o->g->n_own; o->pass++) {
      const vd_passing *pass = &o->g->own[o->pass];
      if (pass->beat != tour->beat) continue;
      o->pass++;
      *visit = (vd_visit){tour->departs_s + pass->enter_s, tour->departs_s + pass->leave_s, tour->beat};
      return true;
    }
  }
  return false;
}

/* The longest time within the weeks in which nobody was there. */
static int64_t longest_without(searching *s, const guard *g, const vd_tour *tours) {
  own_visits own = {g, tours, s->n, 0, 0};
  vd_visit mine;
  bool more = next_own(&own, &mine);
  int64_t left = s->w->out->from_s, longest = 0;
  for (size_t i = 0; more || i < g->n_others;) {
    bool take_mine = more && (i == g->n_others || mine.enter_s <= g->others[i].enter_s);
    vd_visit visit = take_mine ? mine : g->others[i];
    longest = later(longest, visit.enter_s - left);
    left = later(left, visit.leave_s);
    if (take_mine)
      more = next_own(&own, &mine);
    else
      i++;
  }
  s->n_looks += (int64_t)(s->n * g->n_own + g->n_others);
  return later(longest, s->w->out->to_s - left);
}

static bool keeps_revisits(searching *s, const vd_tour *tours) {
  for (size_t i = 0; i < s->n_guards; i++)
    if (longest_without(s, &s->guards[i], tours) > s->guards[i].most_s) return false;
  return true;
}

static bool is_own(const searching *s, int32_t beat) {
  for (size_t i = 0; i < s->n; i++)
    if (s->tours[i].beat == beat) return true;
  return false;
}

static void add_guard(searching *s, const vd_watched_place *place, int32_t priority) {
  const vd_watching *w = s->w;
  vd_passing *own = VD_NEW_ARRAY(s->arena, vd_passing, place->n_passes + 1),
             *others = VD_NEW_ARRAY(s->arena, vd_passing, place->n_passes + 1);
  size_t n_own = 0, n_others = 0;
  for (size_t i = 0; i < place->n_passes; i++) {
    if (is_own(s, place->passes[i].beat))
      own[n_own++] = place->passes[i];
    else
      others[n_others++] = place->passes[i];
  }
  if (n_own == 0) return;
  guard g = {.own = own, .n_own = n_own};
  g.others = vd_history_visits(&w->history, s->arena, others, n_others, w->driven, w->out->from_s,
                               w->out->to_s, &g.n_others);
  g.most_s = later(w->model->figures.revisit_s[priority], longest_without(s, &g, s->tours));
  *VD_PUSH(s->arena, s->guards, s->n_guards, s->guards_capacity) = g;
}

/* ---- light ---- */

/* Whether a tour is by one light altogether, and which; -1 it is not. */
static int light_of(const searching *s, const vd_tour *tour) {
  const vd_daylight *day = &s->w->model->figures.day;
  vd_light light = vd_daylight_at(day, tour->departs_s);
  int64_t from = day->from_min * (int64_t)VD_MINUTE_S, to = day->to_min * (int64_t)VD_MINUTE_S;
  int64_t day_s = ((to - from) % VD_DAY_S + VD_DAY_S) % VD_DAY_S;
  if (from == to) return VD_DAY;
  bool fits = tour->returns_s - tour->departs_s <= (light == VD_DAY ? day_s : VD_DAY_S - day_s);
  return fits && vd_daylight_at(day, tour->returns_s - 1) == light ? (int)light : -1;
}

/* ---- one plan ---- */

typedef struct effort {
  int32_t hours, days, every; /* moves of up to so many hours and days; of every so many departures */
} effort;

static bool may_move(searching *s, size_t k, const vd_tour *to) {
  const vd_predictability *out = s->w->out;
  const vd_tour *from = &s->tours[k];
  if (to->departs_s < out->from_s || to->returns_s > out->to_s) return false;
  if (k > 0 && to->departs_s < s->moved[k - 1].returns_s) return false;
  if (k + 1 < s->n && to->returns_s > s->moved[k + 1].departs_s) return false;
  int light = light_of(s, from);
  if (light >= 0 && light_of(s, to) != light) return false;
  vd_tour before = s->moved[k];
  s->moved[k] = *to;
  bool keeps = keeps_revisits(s, s->moved);
  if (!keeps) s->moved[k] = before;
  return keeps;
}

/* The i-th move of an effort, in seconds: hours from -hours to hours on days from -days to days; 0 none. */
static int64_t move_of(const effort *e, int32_t i) {
  int32_t hours = 2 * e->hours + 1;
  return (int64_t)(i % hours - e->hours) * VD_HOUR_S + (int64_t)(i / hours - e->days) * VD_DAY_S;
}

static void move_one(searching *s, const effort *e, size_t k) {
  int32_t n = (2 * e->hours + 1) * (2 * e->days + 1);
  double at = (double)(k + 1) * GOLDEN;
  int32_t first = (int32_t)((at - floor(at)) * n);
  for (int32_t i = 0; i < n; i++) {
    int64_t by = move_of(e, (first + i) % n);
    vd_tour to = {s->tours[k].beat, s->tours[k].departs_s + by, s->tours[k].returns_s + by};
    if (by == 0 || may_move(s, k, &to)) return;
  }
}

static double try_plan(searching *s, const effort *e) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  memcpy(s->moved, s->tours, s->n * sizeof *s->moved);
  for (size_t k = 0; k < s->n && s->n_looks <= MOST_LOOKS; k++)
    if (k % (size_t)e->every == 0) move_one(s, e, k);
  return vd_tours_habit(s->w, scratch, s->moved, s->n).score;
}

/* ---- one patrol ---- */

typedef struct found {
  vd_arena *arena;
  vd_tour *moved; /* NULL: none worth telling */
  double after;
} found;

static bool overlaps(const vd_tour *tours, size_t n) {
  for (size_t i = 1; i < n; i++)
    if (tours[i].departs_s < tours[i - 1].returns_s) return true;
  return false;
}

static void search(searching *s, double before, found *out) {
  static const int32_t hours[] = {1, 2, 3, 4, 6};
  double least = before - WORTH;
  s->moved = VD_NEW_ARRAY(s->arena, vd_tour, s->n + 1);
  for (int32_t days = 0; days <= 2; days++, least -= WORTH) {
    for (size_t h = 0; h < sizeof hours / sizeof *hours; h++) {
      for (int32_t every = 2; every >= 1; every--) {
        double score = try_plan(s, &(effort){hours[h], days, every});
        if (!(score <= least)) continue;
        least = score - WORTH;
        out->after = score;
        if (!out->moved) out->moved = VD_NEW_ARRAY(out->arena, vd_tour, s->n + 1);
        memcpy(out->moved, s->moved, s->n * sizeof *s->moved);
        if (score <= ENOUGH || s->n_looks > MOST_LOOKS) return;
      }
    }
  }
}

typedef struct finding {
  vd_watching *w;
  int32_t units[MOST_UNITS];
  found found[MOST_UNITS];
  int32_t n;
} finding;

static vd_status find_for(void *context, int64_t item, int worker) {
  finding *f = context;
  const vd_watching *w = f->w;
  int32_t unit = f->units[item];
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  searching s = {.w = w, .arena = arena, .tours = w->tours[unit], .n = w->n_tours[unit]};
  (void)worker;
  VD_TRY(vd_progress_step(w->progress, _("Departures to move"), item, f->n));
  if (overlaps(s.tours, s.n)) return VD_OK; /* several vehicles by one name: which goes when is not known */
  for (size_t i = 0; i < w->n_places; i++)
    if (w->seen[i].priority >= 0 && w->places[i].n_passes > 0)
      add_guard(&s, &w->places[i], w->seen[i].priority);
  search(&s, w->out->units[unit].habit.score, &f->found[item]);
  return VD_OK;
}

static void tell(const finding *f, size_t *capacity) {
  vd_predictability *out = f->w->out;
  out->rescored = VD_NEW_ARRAY(f->w->arena, vd_rescored, f->n + 1);
  for (int32_t i = 0; i < f->n; i++) {
    int32_t unit = f->units[i];
    const vd_tour *tours = f->w->tours[unit], *moved = f->found[i].moved;
    double before = out->units[unit].habit.score;
    vd_rescored *r = &out->rescored[out->n_rescored++];
    *r = (vd_rescored){unit, before, moved ? f->found[i].after : before, out->n_moves, 0};
    for (size_t k = 0; moved && k < f->w->n_tours[unit]; k++) {
      if (moved[k].departs_s == tours[k].departs_s) continue;
      *VD_PUSH(f->w->arena, out->moves, out->n_moves, *capacity) =
          (vd_moved_departure){unit, tours[k].departs_s, moved[k].departs_s};
      r->n_moves++;
    }
  }
}

vd_status vd_find_moves(vd_watching *w, vd_jobs *jobs) {
  finding f = {.w = w};
  size_t capacity = 0;
  for (size_t i = 0; i < w->out->n_units && f.n < MOST_UNITS; i++) {
    const vd_watched_row *unit = &w->out->units[i];
    if (unit->kind == VD_KIND_PATROL && vd_predict_grade(unit->habit.score) >= REGULAR)
      f.units[f.n++] = (int32_t)i;
  }
  for (int32_t i = 0; i < f.n; i++) f.found[i] = (found){.arena = vd_arena_new(), .after = NAN};
  vd_status status = vd_jobs_run(jobs, f.n, find_for, &f);
  if (status == VD_OK) tell(&f, &capacity);
  for (int32_t i = 0; i < f.n; i++) vd_arena_free(f.found[i].arena);
  return status;
}
