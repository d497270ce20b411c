/* solve: one solve for each distinct responder, light and set of restrictions, shared out to the workers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Fields that share vehicle, light and set share their costs, and are solved one after the other by one worker. What is
 * kept of a field is a byte a cell of the study (in time for each priority); best times are kept as least values over all
 * fields, which do not depend on the order of solving. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"

/* ---- sets of restrictions ---- */

int32_t vd_set_intern(vd_study *study, const int32_t *bars, size_t n) {
  for (size_t s = 0; s < study->n_sets; s++) {
    const vd_bar_set *set = &study->sets[s];
    if (set->n == n && (n == 0 || memcmp(set->bars, bars, n * sizeof *bars) == 0)) return (int32_t)s;
  }
  vd_bar_set set = {VD_NEW_ARRAY(study->arena, int32_t, n + 1), n};
  if (n > 0) memcpy(set.bars, bars, n * sizeof *bars);
  *VD_PUSH(study->arena, study->sets, study->n_sets, study->sets_capacity) = set;
  return (int32_t)study->n_sets - 1;
}

vd_travel_effect *vd_set_effects(const vd_study *study, vd_arena *arena, int32_t set, size_t *n) {
  const vd_bar_set *bars = &study->sets[set];
  vd_travel_effect *effects = NULL;
  size_t capacity = 0;
  *n = 0;
  for (size_t i = 0; i < bars->n; i++) {
    const vd_bar *bar = &study->model->bars[bars->bars[i]];
    for (size_t z = 0; z < bar->n_zones; z++) {
      *VD_PUSH(arena, effects, *n, capacity) =
          (vd_travel_effect){bar->effect, bar->slow, bar->delay_ms, bar->zones[z]};
    }
  }
  return effects;
}

/* ---- interning ---- */

static bool same_field(const vd_solve *f, const vd_force *force, vd_light light, int32_t set,
                       uint32_t limit_ms) {
  return f->vehicle == force->vehicle && f->light == light && f->set == set && f->limit_ms == limit_ms &&
         f->start_ms == force->start_ms[light] && f->xy_m[0] == force->xy_m[0] &&
         f->xy_m[1] == force->xy_m[1];
}

static size_t slot_of(const vd_study *study, const double *xy_m, uint32_t start_ms, int32_t vehicle,
                      int light, int32_t set) {
  uint64_t bits[2],
      h = (uint64_t)set * 0x9e3779b97f4a7c15u + (uint64_t)vehicle * 31 + (uint64_t)light + start_ms;
  memcpy(bits, xy_m, sizeof bits);
  h = (h ^ bits[0]) * 0xbf58476d1ce4e5b9u;
  h = (h ^ h >> 29 ^ bits[1]) * 0x94d049bb133111ebu;
  return (size_t)(h ^ h >> 32) & (study->n_slots - 1);
}

static void grow_slots(vd_study *study) {
  study->n_slots = study->n_slots ? 2 * study->n_slots : 256;
  study->field_slots = VD_NEW_ARRAY(study->arena, int32_t, study->n_slots);
  for (size_t i = 0; i < study->n_fields; i++) {
    const vd_solve *f = &study->fields[i];
    size_t s = slot_of(study, f->xy_m, f->start_ms, f->vehicle, f->light, f->set);
    while (study->field_slots[s]) s = (s + 1) & (study->n_slots - 1);
    study->field_slots[s] = (int32_t)i + 1;
  }
}

int32_t vd_solve_intern(vd_study *study, const vd_force *force, vd_light light, int32_t set,
                        uint32_t cutoff_ms, uint32_t limit_ms, int32_t best_of) {
  if (2 * study->n_fields >= study->n_slots) grow_slots(study);
  size_t s = slot_of(study, force->xy_m, force->start_ms[light], force->vehicle, (int)light, set);
  for (; study->field_slots[s]; s = (s + 1) & (study->n_slots - 1)) {
    vd_solve *f = &study->fields[study->field_slots[s] - 1];
    if (!same_field(f, force, light, set, limit_ms)) continue;
    if (!f->solved && cutoff_ms > f->cutoff_ms) f->cutoff_ms = cutoff_ms;
    return study->field_slots[s] - 1;
  }
  vd_solve field = {.xy_m = {force->xy_m[0], force->xy_m[1]},
                    .start_ms = force->start_ms[light],
                    .cutoff_ms = cutoff_ms,
                    .limit_ms = limit_ms,
                    .set = set,
                    .vehicle = (uint8_t)force->vehicle,
                    .light = (uint8_t)light,
                    .best_of = best_of,
                    .standing = force->standing};
  if (limit_ms == 0 && cutoff_ms > 0)
    field.met_ms = VD_NEW_ARRAY(study->arena, uint32_t, study->model->n_bars + 1);
  *VD_PUSH(study->arena, study->fields, study->n_fields, study->fields_capacity) = field;
  study->field_slots[s] = (int32_t)study->n_fields;
  return (int32_t)study->n_fields - 1;
}

/* ---- solving ---- */

vd_status vd_solve_costs(const vd_study *study, vd_arena *arena, int32_t vehicle, vd_light light, int32_t set,
                         vd_travel_costs **costs) {
  vd_profile profile = vd_model_profile(study->model, (vd_vehicle)vehicle, light);
  size_t n;
  const vd_travel_effect *effects = vd_set_effects(study, arena, set, &n);
  return vd_travel_costs_new(arena, study->land->network, &profile, effects, n, costs);
}

typedef struct best_time { /* of one worker; least values, so that the order of work does not matter */
  uint32_t *grid_ms;
  uint64_t *cell; /* ms << 32 | responder */
  uint64_t *base; /* the same of bases */
} best_time;
typedef struct solving {
  vd_study *study;
  const int32_t *order; /* fields to solve, those with equal costs together */
  const size_t *group;  /* n_groups + 1 positions in order */
  size_t n_groups;
  best_time *best; /* per worker */
  const vd_progress *progress;
  const char *what;
  atomic_int_fast64_t done;
} solving;

static uint32_t least(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

static uint32_t soonest_near(const vd_grid *grid, const uint32_t *cell_ms, int32_t cell) {
  int32_t column = cell % grid->nx, row = cell / grid->nx;
  uint32_t soonest = VD_UNREACHED;
  for (int32_t dy = -1; dy <= 1; dy++) {
    for (int32_t dx = -1; dx <= 1; dx++) {
      int32_t c = vd_grid_cell_of(grid, column + dx, row + dy);
      if (c >= 0) soonest = least(soonest, cell_ms[c]);
    }
  }
  return soonest;
}

static uint32_t node_ms(const vd_travel_field *times, int32_t node) {
  return least(times->node_ms[node], times->walk_node_ms ? times->walk_node_ms[node] : VD_UNREACHED);
}

/* A way cannot enter a zone sooner than it gets to the cells and nodes in it or beside it. */
static uint32_t met_ms(const vd_study *study, const vd_travel_field *times, const vd_travel_zone *zone) {
  const vd_grid *grid = vd_landscape_grid(study->land);
  uint32_t soonest = VD_UNREACHED;
  for (size_t i = 0; i < zone->n_cells; i++)
    soonest = least(soonest, soonest_near(grid, times->cell_ms, zone->cells[i]));
  if (!times->node_ms) return soonest;
  for (size_t i = 0; i < zone->n_nodes; i++) soonest = least(soonest, node_ms(times, zone->nodes[i]));
  for (size_t i = 0; i < zone->n_edges; i++) {
    int32_t ends[2];
    vd_travel_edge_ends(study->land->network, zone->edges[i], ends);
    soonest = least(soonest, least(node_ms(times, ends[0]), node_ms(times, ends[1])));
  }
  return soonest;
}

static void keep_met(const vd_study *study, vd_solve *field, const vd_travel_field *times) {
  if (!field->met_ms) return;
  for (size_t b = 0; b < study->model->n_bars; b++) {
    const vd_bar *bar = &study->model->bars[b];
    field->met_ms[b] = VD_UNREACHED;
    if ((bar->vehicles >> field->vehicle & 1u) == 0) continue;
    for (size_t z = 0; z < bar->n_zones; z++)
      field->met_ms[b] = least(field->met_ms[b], met_ms(study, times, bar->zones[z]));
  }
}

static void keep_mask(const vd_study *study, vd_solve *field, const uint32_t *cell_ms) {
  const uint32_t *standard = study->model->figures.response_ms;
  for (size_t t = 0; t < study->n_cells; t++) {
    uint32_t ms = cell_ms[study->cells[t].cell];
    uint8_t bits = field->limit_ms > 0 && ms != VD_UNREACHED && ms <= field->limit_ms;
    for (int p = 0; field->limit_ms == 0 && p < VD_PRIORITY_COUNT; p++)
      bits |= (uint8_t)((ms != VD_UNREACHED && ms <= standard[p]) << p);
    field->mask[t] = field->limit_ms > 0 ? bits : bits & study->priorities[t];
  }
}

static void keep_best(const vd_study *study, best_time *best, const vd_solve *field,
                      const uint32_t *cell_ms) {
  if (field->best_of < 0) return;
  int32_t n = vd_grid_n(vd_landscape_grid(study->land));
  for (int32_t c = 0; c < n; c++) {
    if (cell_ms[c] < best->grid_ms[c]) best->grid_ms[c] = cell_ms[c];
  }
  for (size_t t = 0; t < study->n_cells; t++) {
    uint64_t key = (uint64_t)cell_ms[study->cells[t].cell] << 32 | (uint32_t)field->best_of;
    if (key < best->cell[t]) best->cell[t] = key;
    if (field->standing && key < best->base[t]) best->base[t] = key;
  }
}

static vd_status fly(const vd_study *study, vd_arena *arena, const vd_solve *field, vd_travel_field *times) {
  vd_travel_source source = {field->xy_m[0], field->xy_m[1], field->start_ms};
  size_t n;
  const vd_travel_effect *effects = vd_set_effects(study, arena, field->set, &n);
  *times = (vd_travel_field){.source = source};
  return vd_travel_direct(arena, vd_landscape_grid(study->land), &source,
                          study->model->figures.helicopter_kmh, effects, n, field->cutoff_ms,
                          &times->cell_ms);
}

/* So few cells are a pocket of open ground, not a place to help anybody from. */
enum { POCKET_CELLS = 50 };

static bool in_a_pocket(const vd_study *study, const uint32_t *cell_ms) {
  int32_t n = 0, n_grid = vd_grid_n(vd_landscape_grid(study->land));
  for (int32_t c = 0; c < n_grid && n < POCKET_CELLS; c++) n += cell_ms[c] != VD_UNREACHED;
  return n < POCKET_CELLS && 2 * n < n_grid;
}

static vd_status solve_one(solving *run, vd_solve *field, const vd_travel_costs *costs, best_time *best) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_travel_field times;
  if (field->vehicle == VD_HELICOPTER) {
    VD_TRY(fly(run->study, scratch, field, &times));
  } else {
    vd_travel_source source = {field->xy_m[0], field->xy_m[1], field->start_ms};
    VD_TRY(vd_travel_solve(scratch, costs, &source, field->cutoff_ms, false, run->progress, &times));
  }
  field->stuck = field->standing && in_a_pocket(run->study, times.cell_ms);
  keep_mask(run->study, field, times.cell_ms);
  keep_met(run->study, field, &times);
  keep_best(run->study, best, field, times.cell_ms);
  field->solved = true;
  return VD_OK;
}

static vd_status solve_group(void *context, int64_t item, int worker) {
  solving *run = context;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_solve *first = &run->study->fields[run->order[run->group[item]]];
  vd_travel_costs *costs = NULL;
  if (first->vehicle != VD_HELICOPTER) {
    VD_TRY(vd_solve_costs(run->study, arena, first->vehicle, (vd_light)first->light, first->set, &costs));
  }
  for (size_t i = run->group[item]; i < run->group[item + 1]; i++) {
    int64_t done = atomic_fetch_add(&run->done, 1);
    VD_TRY(vd_progress_step(run->progress, run->what, done, (int64_t)run->group[run->n_groups]));
    VD_TRY(solve_one(run, &run->study->fields[run->order[i]], costs, &run->best[worker]));
  }
  return VD_OK;
}

/* ---- sharing out ---- */

typedef struct order_key {
  int32_t vehicle, light, set, field;
} order_key;

static int compare_keys(const void *a, const void *b) {
  const int32_t *x = a, *y = b;
  for (int i = 0; i < 4; i++) {
    if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
  }
  return 0;
}

/* Enough groups to keep workers busy, none so large that costs are made for little. */
enum { GROUP_MAX = 16 };

static void group_fields(vd_study *study, vd_arena *scratch, solving *run) {
  order_key *keys = VD_NEW_ARRAY(scratch, order_key, study->n_fields + 1);
  size_t n = 0;
  for (size_t i = 0; i < study->n_fields; i++) {
    const vd_solve *f = &study->fields[i];
    if (!f->solved) keys[n++] = (order_key){f->vehicle, f->light, f->set, (int32_t)i};
  }
  qsort(keys, n, sizeof *keys, compare_keys);
  int32_t *order = VD_NEW_ARRAY(scratch, int32_t, n + 1);
  size_t *group = VD_NEW_ARRAY(scratch, size_t, n + 2);
  for (size_t i = 0; i < n; i++) {
    order[i] = keys[i].field;
    bool same = i > 0 && memcmp(&keys[i], &keys[i - 1], 3 * sizeof(int32_t)) == 0;
    if (!same || i - group[run->n_groups - 1] >= GROUP_MAX) group[run->n_groups++] = i;
  }
  group[run->n_groups] = n;
  run->order = order, run->group = group;
}

static best_time *new_best(const vd_study *study, vd_arena *scratch, int n_workers) {
  size_t n = (size_t)vd_grid_n(vd_landscape_grid(study->land));
  best_time *best = VD_NEW_ARRAY(scratch, best_time, n_workers);
  for (int w = 0; w < n_workers; w++) {
    best[w].grid_ms = VD_NEW_ARRAY(scratch, uint32_t, n);
    best[w].cell = VD_NEW_ARRAY(scratch, uint64_t, study->n_cells + 1);
    best[w].base = VD_NEW_ARRAY(scratch, uint64_t, study->n_cells + 1);
    memset(best[w].grid_ms, 0xff, n * sizeof(uint32_t));
    memset(best[w].cell, 0xff, (study->n_cells + 1) * sizeof(uint64_t));
    memset(best[w].base, 0xff, (study->n_cells + 1) * sizeof(uint64_t));
  }
  return best;
}

static uint32_t seconds_up(uint32_t ms) {
  return ms == VD_UNREACHED ? UINT32_MAX : ms / 1000 + (ms % 1000 != 0);
}

static void merge_best(vd_study *study, const best_time *best, int n_workers) {
  int32_t n = vd_grid_n(vd_landscape_grid(study->land));
  for (int w = 0; w < n_workers; w++) {
    for (int32_t c = 0; c < n; c++)
      study->best_s[c] = least(study->best_s[c], seconds_up(best[w].grid_ms[c]));
    for (size_t t = 0; t < study->n_cells; t++) {
      if (best[w].cell[t] < study->best_key[t]) study->best_key[t] = best[w].cell[t];
      if (best[w].base[t] < study->base_key[t]) study->base_key[t] = best[w].base[t];
    }
  }
}

vd_status vd_solves_run(vd_study *study, vd_jobs *jobs, const vd_progress *progress, const char *what) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int n_workers = jobs ? vd_jobs_threads(jobs) : 1;
  solving run = {.study = study, .progress = progress, .what = what};
  group_fields(study, scratch, &run);
  for (size_t i = 0; i < run.group[run.n_groups]; i++) {
    vd_solve *field = &study->fields[run.order[i]];
    field->mask = VD_NEW_ARRAY(study->arena, uint8_t, study->n_cells + 1);
  }
  run.best = new_best(study, scratch, n_workers);
  vd_debug("study", "%s: %zu solves with %zu costs", what, run.group[run.n_groups], run.n_groups);
  VD_TRY(vd_jobs_run(jobs, (int64_t)run.n_groups, solve_group, &run));
  merge_best(study, run.best, n_workers);
  return VD_OK;
}

/* A base counts once, though it has a field for each light. */
static bool noted_before(const vd_study *study, size_t field) {
  const vd_solve *f = &study->fields[field];
  for (size_t i = 0; i < field; i++) {
    const vd_solve *g = &study->fields[i];
    if (g->stuck && g->set == VD_FREE_SET && g->xy_m[0] == f->xy_m[0] && g->xy_m[1] == f->xy_m[1])
      return true;
  }
  return false;
}

void vd_solves_note_stuck(vd_study *study) {
  int64_t n = 0;
  double xy[2] = {NAN, NAN};
  for (size_t i = 0; i < study->n_fields; i++) {
    const vd_solve *f = &study->fields[i];
    if (!f->stuck || f->set != VD_FREE_SET || noted_before(study, i)) continue;
    if (n++ == 0) vd_landscape_to_lonlat(study->land, f->xy_m, xy, 1);
  }
  if (n == 0) return;
  vd_model_note(study->model,
                _("Bases whose vehicle gets no further than a few cells: no road leads from there and the "
                  "ground or the slope stops it. Move the base to a road or give it another vehicle."),
                n, xy[0], xy[1]);
}

uint32_t vd_longest_standard_ms(const vd_study *study) {
  uint32_t longest = 0;
  uint8_t priorities = 0;
  for (size_t t = 0; t < study->n_cells; t++) priorities |= study->priorities[t];
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    uint32_t standard = study->model->figures.response_ms[p];
    if ((priorities >> p & 1) != 0 && standard > longest) longest = standard;
  }
  return longest;
}
