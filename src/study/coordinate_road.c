/* coordinate_road: what the loss of each bridge and road would cost, one at a time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A cell stays in time while one responder's quickest way to it does not use what is lost. So a road costs at most what the
 * cells have in the epochs in which all who are in time come over it: a bound that is read from the ways of the fields that
 * the study has solved. Roads are then taken in order of their bound, solved anew with the road blocked, until the next bound is
 * no more than what the last of the worst costs: the worst are exact, and none is missed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate_road.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum {
  WORST = 10, /* of bridges, and of roads, that are surely told */
  BATCH = 6   /* solved together */
};

/* ---- one unit, solved ---- */

/* A unit and a field whose ways to cells that depend on the unit use it. */
typedef struct blocking {
  vd_road_unit *unit;
  int32_t u, field;   /* in fields */
  uint32_t cutoff_ms; /* the longest standard that those cells are in time by */
  uint8_t *mask;      /* per entry of the unit's cells: in time with the unit blocked */
} blocking;
typedef struct batch {
  const vd_road_search *s;
  blocking *items;
  size_t n, capacity;
} batch;

/* The longest standard by which a field is in time of cells over a unit that they depend on; 0: of none. */
static uint32_t touched_within_ms(const vd_road_search *s, const vd_way_field *w, const vd_road_unit *u,
                                  int32_t index) {
  const vd_study *study = s->c->study;
  uint8_t touched = 0;
  for (size_t i = 0; i < u->n_cells; i++) {
    uint8_t mask = study->fields[w->field].mask[u->cells[i]];
    if ((mask & ~touched) != 0 && vd_way_uses(w, (size_t)u->cells[i], index)) touched |= mask;
  }
  return vd_longest_of(study, touched);
}

/* The costs of a field with a unit blocked as well. */
static vd_status costs_without(const vd_road_search *s, vd_arena *arena, const vd_way_field *w,
                               const vd_road_unit *u, const vd_travel_costs *before, vd_travel_costs **out) {
  const vd_study *study = s->c->study;
  size_t n;
  const vd_travel_effect *effects = vd_set_effects(study, arena, study->fields[w->field].set, &n);
  vd_travel_effect *all = VD_NEW_ARRAY(arena, vd_travel_effect, n + 1);
  for (size_t i = 0; i < n; i++) all[i] = effects[i];
  all[n] =
      (vd_travel_effect){.effect = VD_EFFECT_BLOCK,
                         .slow = 1,
                         .zone = vd_travel_zone_roads(arena, study->land->network, u->roads, u->n_roads)};
  return vd_travel_costs_change(arena, before, all, n + 1, out);
}

static vd_status block(void *context, int64_t item, int worker) {
  (void)worker;
  const batch *b = context;
  const vd_road_search *s = b->s;
  const vd_study *study = s->c->study;
  const blocking *at = &b->items[item];
  const vd_way_field *w = &s->fields[at->field];
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_travel_field before = w->times, after;
  vd_travel_costs *costs;
  if (!w->arena) VD_TRY(vd_road_times(s, scratch, w, &before));
  VD_TRY(costs_without(s, scratch, w, at->unit, before.costs, &costs));
  VD_TRY(vd_travel_change(scratch, &before, costs, at->cutoff_ms, s->c->progress, &after, NULL));
  for (size_t i = 0; i < at->unit->n_cells; i++) {
    int32_t t = at->unit->cells[i];
    uint32_t ms = after.cell_ms[study->cells[t].cell];
    for (int p = 0; p < VD_PRIORITY_COUNT && ms != VD_UNREACHED; p++)
      at->mask[i] |= (uint8_t)((ms <= study->model->figures.response_ms[p]) << p);
  }
  return VD_OK;
}

/* What a cell loses when the unit is blocked. */
static vd_road_cost cost_without(const batch *b, vd_arena *scratch, const vd_road_unit *u, int32_t index,
                                 size_t i) {
  const vd_road_search *s = b->s;
  const vd_study *study = s->c->study;
  vd_road_look d = vd_road_look_at(s, scratch, (size_t)u->cells[i]);
  uint64_t *row = VD_NEW_ARRAY(scratch, uint64_t, s->words + 1);
  for (size_t k = 0; k < d.n; k++) {
    int32_t situation = d.situations[k], f = s->index_of[study->situations[situation].field];
    const uint64_t *still = d.rows[k];
    for (size_t q = 0; q < b->n && f >= 0; q++) {
      if (b->items[q].u == index && b->items[q].field == f)
        still = vd_road_row(
            &d, situation, b->items[q].mask[i] & study->fields[study->situations[situation].field].mask[d.t]);
    }
    for (size_t w = 0; w < s->words && still; w++) row[w] |= still[w];
  }
  return vd_road_cost_of(&d, row, index);
}

static void sum_unit(const batch *b, vd_road_unit *u, int32_t index) {
  u->covered = u->in_time = 0;
  for (size_t i = 0; i < u->n_cells; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    vd_road_cost d = cost_without(b, scratch, u, index, i);
    u->covered += d.covered, u->in_time += d.in_time;
  }
}

typedef struct sum_context {
  const batch *b;
  const int32_t *units;
} sum_context;

static vd_status sum_item(void *context, int64_t item, int worker) {
  (void)worker;
  const sum_context *sum = context;
  int32_t index = sum->units[item];
  sum_unit(sum->b, &sum->b->s->units[index], index);
  return VD_OK;
}

static vd_status solve_batch(vd_road_search *s, const int32_t *units, size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  batch b = {.s = s};
  for (size_t i = 0; i < n; i++) {
    vd_road_unit *u = &s->units[units[i]];
    for (size_t f = 0; f < s->n_fields; f++) {
      uint32_t cutoff_ms = touched_within_ms(s, &s->fields[f], u, units[i]);
      if (cutoff_ms == 0) continue;
      *VD_PUSH(scratch, b.items, b.n, b.capacity) =
          (blocking){u, units[i], (int32_t)f, cutoff_ms, VD_NEW_ARRAY(scratch, uint8_t, u->n_cells + 1)};
    }
  }
  VD_TRY(vd_jobs_run(s->c->jobs, (int64_t)b.n, block, &b));
  sum_context sum = {&b, units};
  return vd_jobs_run(s->c->jobs, (int64_t)n, sum_item, &sum);
}

/* ---- the worst ---- */

typedef struct ranked {
  double covered, in_time;
  int32_t unit;
} ranked;

static int compare_ranked(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->covered != y->covered) return x->covered > y->covered ? -1 : 1;
  if (x->in_time != y->in_time) return x->in_time > y->in_time ? -1 : 1;
  return (x->unit > y->unit) - (x->unit < y->unit);
}

static ranked *rank_units(const vd_road_search *s, vd_lost_kind kind, size_t *n) {
  ranked *list = VD_NEW_ARRAY(s->c->scratch, ranked, s->n_units + 1);
  *n = 0;
  for (size_t u = 0; u < s->n_units; u++) {
    const vd_road_unit *at = &s->units[u];
    if (at->kind == kind && at->in_time > 0) list[(*n)++] = (ranked){at->covered, at->in_time, (int32_t)u};
  }
  if (*n > 1) qsort(list, *n, sizeof *list, compare_ranked);
  return list;
}

/* Whether the worst are known: none that is not solved can cost more than the last of them. */
static bool is_settled(const vd_road_search *s, const ranked *list, size_t n_solved, size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  if (n_solved == n) return true;
  if (n_solved < WORST) return false;
  ranked *exact = VD_NEW_ARRAY(scratch, ranked, n_solved);
  for (size_t i = 0; i < n_solved; i++) {
    const vd_road_unit *u = &s->units[list[i].unit];
    exact[i] = (ranked){u->covered, u->in_time, list[i].unit};
  }
  qsort(exact, n_solved, sizeof *exact, compare_ranked);
  const ranked *last = &exact[WORST - 1], *next = &list[n_solved];
  return last->covered > next->covered || (last->covered == next->covered && last->in_time >= next->in_time);
}

static void tell(vd_road_search *s, const ranked *list, size_t n_solved, size_t n, vd_lost_kind kind) {
  vd_coordinating *c = s->c;
  vd_loss_search *search = &c->out->searches[kind];
  ranked *exact = VD_NEW_ARRAY(c->scratch, ranked, n_solved + 1);
  for (size_t u = 0; u < s->n_units; u++) search->n_on_ways += s->units[u].kind == kind && s->units[u].on_way;
  search->n_solved = (int64_t)n_solved;
  if (n_solved < n)
    search->next_covered = list[n_solved].covered, search->next_in_time = list[n_solved].in_time;
  for (size_t i = 0; i < n_solved; i++) {
    const vd_road_unit *u = &s->units[list[i].unit];
    exact[i] = (ranked){u->covered, u->in_time, list[i].unit};
  }
  if (n_solved > 1) qsort(exact, n_solved, sizeof *exact, compare_ranked);
  for (size_t i = 0; i < n_solved && i < WORST; i++) {
    const vd_road_unit *u = &s->units[exact[i].unit];
    int32_t n_points;
    const double *xy = vd_travel_road_line(c->study->land->network, u->roads[0], &n_points);
    double lonlat[2] = {NAN, NAN};
    if (n_points > 0) vd_landscape_to_lonlat(c->study->land, xy + 2 * (size_t)(n_points / 2), lonlat, 1);
    vd_add_loss(c,
                (vd_single_loss){kind, u->id, u->name, u->covered, u->in_time, lonlat[0], lonlat[1], NULL});
  }
}

static vd_status find_worst(vd_road_search *s, vd_lost_kind kind) {
  size_t n, n_solved = 0;
  const ranked *list = rank_units(s, kind, &n);
  while (!is_settled(s, list, n_solved, n)) {
    int32_t units[BATCH];
    size_t n_now = n - n_solved < BATCH ? n - n_solved : BATCH;
    for (size_t i = 0; i < n_now; i++) units[i] = list[n_solved + i].unit;
    VD_TRY(vd_progress_step(s->c->progress, _("Without each road"), (int64_t)n_solved, (int64_t)n));
    VD_TRY(solve_batch(s, units, n_now));
    n_solved += n_now;
  }
  tell(s, list, n_solved, n, kind);
  vd_debug("study", "%zu of %zu %s solved", n_solved, n, kind == VD_LOST_BRIDGE ? "bridges" : "roads");
  return VD_OK;
}

static vd_status search(vd_road_search *s) {
  VD_TRY(vd_jobs_run(s->c->jobs, (int64_t)s->n_fields, vd_road_find_ways, s));
  VD_TRY(vd_road_find_bounds(s));
  VD_TRY(find_worst(s, VD_LOST_BRIDGE));
  return find_worst(s, VD_LOST_ROAD);
}

vd_status vd_coordinate_roads(vd_coordinating *c) {
  vd_road_search s = {.c = c, .words = vd_epoch_words(c->study)};
  vd_road_list_units(&s);
  vd_road_list_fields(&s);
  vd_status status = search(&s);
  for (size_t f = 0; f < s.n_fields; f++)
    vd_arena_free(s.fields[f].arena), vd_arena_free(s.fields[f].ways_arena);
  return status;
}
