/* solve: one solve for each distinct responder, light and set of restrictions, shared out to the workers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Fields that share vehicle, light and set share their costs, and are solved one after the other by one worker. What is
 * kept of a field is its times and a byte (in time for each priority) a cell of the study; best times are kept as least
 * values over all fields, which do not depend on the order of solving. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

/* ---- solving ---- */

vd_status vd_solve_costs(const vd_study *study, vd_arena *arena, int32_t vehicle, vd_light light, int32_t set,
                         vd_travel_costs **costs) {
  const vd_priced *free = study->priced[vehicle][light];
  size_t n;
  const vd_travel_effect *effects = vd_set_effects(study, arena, set, &n);
  if (free) return vd_travel_costs_change(arena, free->costs, effects, n, costs);
  vd_profile profile = vd_model_profile(study->model, (vd_vehicle)vehicle, light);
  return vd_travel_costs_new(arena, study->land->network, &profile, effects, n, costs);
}

typedef struct solving {
  vd_study *study;
  const int32_t *order; /* fields to solve, those with equal costs together */
  vd_result **before;   /* per entry of order: what its times are derived from, NULL nothing */
  const size_t *group;  /* n_groups + 1 positions in order */
  size_t n_groups;
  uint32_t **grid_ms; /* per worker the least over the grid, so that the order of work does not matter */
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

/* Where the way begins in or beside the cell; a restriction there may keep it from ever leaving. */
static bool starts_near(const vd_grid *grid, const vd_travel_source *source, int32_t cell) {
  int32_t from = vd_grid_cell(grid, source->x_m, source->y_m);
  return from >= 0 && abs(from % grid->nx - cell % grid->nx) <= 1 &&
         abs(from / grid->nx - cell / grid->nx) <= 1;
}

/* A way cannot enter a zone sooner than it gets to the cells and nodes in it or beside it. */
static uint32_t met_ms(const vd_study *study, const vd_travel_field *times, const vd_travel_zone *zone) {
  const vd_grid *grid = vd_landscape_grid(study->land);
  uint32_t soonest = VD_UNREACHED;
  for (size_t i = 0; i < zone->n_cells; i++) {
    soonest = least(soonest, soonest_near(grid, times->cell_ms, zone->cells[i]));
    if (starts_near(grid, &times->source, zone->cells[i])) soonest = least(soonest, times->source.start_ms);
  }
  if (!times->node_ms) return soonest;
  for (size_t i = 0; i < zone->n_nodes; i++) soonest = least(soonest, node_ms(times, zone->nodes[i]));
  for (size_t i = 0; i < zone->n_edges; i++) {
    int32_t ends[2];
    vd_travel_edge_ends(study->land->network, zone->edges[i], ends);
    soonest = least(soonest, least(node_ms(times, ends[0]), node_ms(times, ends[1])));
  }
  return soonest;
}

uint32_t vd_solve_met_ms(const vd_study *study, int32_t bar, int32_t vehicle, const vd_travel_field *times) {
  const vd_bar *b = &study->model->bars[bar];
  uint32_t soonest = VD_UNREACHED;
  if ((b->vehicles >> vehicle & 1u) == 0) return soonest;
  for (size_t z = 0; z < b->n_zones; z++) soonest = least(soonest, met_ms(study, times, b->zones[z]));
  return soonest;
}

uint8_t *vd_solve_mask(const vd_study *study, vd_arena *arena, const vd_solve *field, const uint32_t *ms) {
  const uint32_t *standard = study->model->figures.response_ms;
  uint8_t *mask = VD_NEW_ARRAY(arena, uint8_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) {
    if (ms[t] == VD_UNREACHED || ms[t] > field->cutoff_ms) continue;
    if (field->limit_ms > 0) {
      mask[t] = ms[t] <= field->limit_ms;
      continue;
    }
    uint8_t bits = 0;
    for (int p = 0; p < VD_PRIORITY_COUNT; p++) bits |= (uint8_t)((ms[t] <= standard[p]) << p);
    mask[t] = bits & study->priorities[t];
  }
  return mask;
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

/* ---- one solve ---- */

/* What the study keeps of a solve; the times over all cells went into the result's own arena when they stay. */
static void keep(const vd_study *study, vd_solve *field, vd_result *result, const vd_travel_field *times) {
  result->cutoff_ms = field->cutoff_ms;
  result->ms = VD_NEW_ARRAY(result->arena, uint32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) result->ms[t] = times->cell_ms[study->cells[t].cell];
  result->mask = vd_solve_mask(study, result->arena, field, result->ms);
  memcpy(result->standard_ms, study->model->figures.response_ms, sizeof result->standard_ms);
  result->stuck = field->standing && in_a_pocket(study, times->cell_ms);
  for (size_t b = 0; field->met_ms && b < study->model->n_bars; b++)
    field->met_ms[b] = vd_solve_met_ms(study, (int32_t)b, field->vehicle, times);
  field->mask = result->mask;
  field->result = result;
}

/* Times without restrictions are asked for again: those with restrictions are derived from them, and other cells or
 * restrictions may be looked at. In a quick study those with restrictions, too, while there is much room; but not those of
 * best and worst, that nobody waits for. */
static bool times_stay(const vd_study *study, const vd_solve *field) {
  size_t cells = (size_t)vd_grid_n(vd_landscape_grid(study->land)),
         nodes = (size_t)vd_travel_n_nodes(study->land->network);
  bool room =
      study->quick && !study->likely && atomic_load(&study->memory->bytes) < study->memory->max_bytes / 2;
  return (field->set == VD_FREE_SET || room) && vd_memory_reserve(study->memory, 4 * (cells + nodes));
}

/* The times without restrictions from which those of a field with some can be derived; NULL none. */
static vd_result *free_times(const vd_study *study, const vd_solve *field) {
  for (int32_t i = vd_solve_first_like(study, field); i >= 0; i = vd_solve_next_like(study, field, i)) {
    const vd_solve *free = &study->fields[i];
    if (free->set == VD_FREE_SET && free->result && free->result->has_times &&
        free->result->cutoff_ms >= field->cutoff_ms)
      return free->result;
  }
  return NULL;
}

const vd_travel_field *vd_solve_kept(const vd_study *study, int32_t responder, vd_light light) {
  const vd_force *force = &study->forces[responder];
  const vd_solve like = {.xy_m = {force->xy_m[0], force->xy_m[1]},
                         .start_ms = force->start_ms[light],
                         .vehicle = (uint8_t)force->vehicle,
                         .light = (uint8_t)light};
  const vd_result *kept = free_times(study, &like);
  return kept && kept->times.vehicle_ms && study->priced[force->vehicle][light] ? &kept->times : NULL;
}

/* What times under restrictions are derived from: kept ones under most of them, or those without. */
static vd_result *times_before(const vd_study *study, const vd_solve *field) {
  const vd_solve *free = NULL;
  for (int32_t i = vd_solve_first_like(study, field); i >= 0 && !free;
       i = vd_solve_next_like(study, field, i)) {
    if (study->fields[i].set == VD_FREE_SET && study->fields[i].met_ms) free = &study->fields[i];
  }
  vd_result *before = free ? vd_memory_times(study, field, free) : NULL;
  return before ? before : free_times(study, field);
}

/* Into the result's arena when the times stay, else into the scratch. */
static vd_status solve_times(const solving *run, vd_arena *scratch, bool stay, const vd_solve *field,
                             const vd_priced *priced, vd_result *before, vd_result *result,
                             vd_travel_field *times) {
  vd_arena *arena = stay ? result->arena : scratch;
  if (field->vehicle == VD_HELICOPTER) return fly(run->study, arena, field, times);
  if (before) {
    VD_TRY(
        vd_travel_change(arena, &before->times, priced->costs, field->cutoff_ms, run->progress, times, NULL));
    /* Where nothing changes the times are those before. */
    if (stay && times->cell_ms == before->times.cell_ms)
      result->of_times = vd_result_share(before->of_times ? before->of_times : before);
    return VD_OK;
  }
  vd_travel_source source = {field->xy_m[0], field->xy_m[1], field->start_ms};
  /* Routes cost nothing to keep but for boats. */
  return vd_travel_solve(arena, priced->costs, &source, field->cutoff_ms, field->vehicle != VD_BOAT,
                         run->progress, times);
}

/* Best times under restrictions are wanted again by the next whole study; of these the cells suffice. */
static vd_status pack(const vd_study *study, const vd_solve *field, vd_result *result,
                      const uint32_t *cell_ms) {
  const vd_grid *grid = vd_landscape_grid(study->land);
  size_t most = sizeof(uint32_t) * (size_t)vd_grid_n(grid);
  if (study->quick || field->best_of < 0 || result->has_times || !vd_memory_reserve(study->memory, most))
    return VD_OK;
  VD_TRY(vd_times_pack(result->arena, grid, cell_ms, field->cutoff_ms, &result->packed));
  result->times_bytes = vd_times_bytes(result->packed);
  return VD_OK;
}

static vd_status solve_one(solving *run, size_t index, vd_priced *priced, uint32_t *grid_ms) {
  vd_solve *field = &run->study->fields[run->order[index]];
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_result *result = vd_result_new();
  bool stay = times_stay(run->study, field);
  vd_travel_field times;
  vd_status status = solve_times(run, scratch, stay, field, priced, run->before[index], result, &times);
  if (status == VD_OK && !stay) status = pack(run->study, field, result, times.cell_ms);
  if (status != VD_OK) {
    vd_result_release(result);
    return status;
  }
  if (stay) {
    result->has_times = true, result->times = times;
    if (priced) result->priced = vd_priced_share(priced);
    if (!result->of_times) result->times_bytes = vd_arena_used(result->arena);
  }
  keep(run->study, field, result, &times);
  vd_best_add(run->study, field, times.cell_ms, grid_ms);
  return VD_OK;
}

/* Costs may outlive the model whose zones they tell of. */
static vd_travel_zone *zone_copy(vd_arena *arena, const vd_travel_zone *from) {
  vd_travel_zone *to = VD_NEW(arena, vd_travel_zone);
  *to = (vd_travel_zone){VD_NEW_ARRAY(arena, int32_t, from->n_cells + 1),
                         VD_NEW_ARRAY(arena, int32_t, from->n_edges + 1),
                         VD_NEW_ARRAY(arena, int32_t, from->n_nodes + 1),
                         from->n_cells,
                         from->n_edges,
                         from->n_nodes};
  if (from->n_cells) memcpy(to->cells, from->cells, from->n_cells * sizeof *to->cells);
  if (from->n_edges) memcpy(to->edges, from->edges, from->n_edges * sizeof *to->edges);
  if (from->n_nodes) memcpy(to->nodes, from->nodes, from->n_nodes * sizeof *to->nodes);
  return to;
}

static vd_status price_set(const vd_study *study, const vd_solve *field, vd_priced **out) {
  vd_priced *free = study->priced[field->vehicle][field->light];
  vd_arena *arena = vd_arena_new();
  vd_priced *priced = *out = VD_NEW(arena, vd_priced);
  *priced = (vd_priced){.refs = 1, .arena = arena, .base = vd_priced_share(free), .profile = free->profile};
  size_t n;
  vd_travel_effect *effects = vd_set_effects(study, arena, field->set, &n);
  for (size_t i = 0; i < n; i++) effects[i].zone = zone_copy(arena, effects[i].zone);
  return vd_travel_costs_change(arena, free->costs, effects, n, &priced->costs);
}

static vd_status solve_listed(solving *run, size_t from, size_t to, vd_priced *priced, int worker) {
  for (size_t i = from; i < to; i++) {
    int64_t done = atomic_fetch_add(&run->done, 1);
    VD_TRY(vd_progress_step(run->progress, run->what, done, (int64_t)run->group[run->n_groups]));
    VD_TRY(solve_one(run, i, priced, run->grid_ms[worker]));
  }
  return VD_OK;
}

static vd_status solve_group(void *context, int64_t item, int worker) {
  solving *run = context;
  const vd_solve *first = &run->study->fields[run->order[run->group[item]]];
  vd_priced *priced = NULL;
  vd_status status = VD_OK;
  if (first->vehicle != VD_HELICOPTER && first->set == VD_FREE_SET)
    priced = vd_priced_share(run->study->priced[first->vehicle][first->light]);
  else if (first->vehicle != VD_HELICOPTER)
    status = price_set(run->study, first, &priced);
  if (status == VD_OK) status = solve_listed(run, run->group[item], run->group[item + 1], priced, worker);
  vd_priced_release(priced);
  return status;
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
    if (!f->mask && !f->waits) keys[n++] = (order_key){f->vehicle, f->light, f->set, (int32_t)i};
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
  /* Found before the workers start, since they make the results that are looked through here. */
  run->before = VD_NEW_ARRAY(scratch, vd_result *, n + 1);
  for (size_t i = 0; i < n; i++) {
    const vd_solve *field = &study->fields[order[i]];
    bool derived = field->set != VD_FREE_SET && field->vehicle != VD_HELICOPTER;
    run->before[i] = derived ? times_before(study, field) : NULL;
  }
}

/* ---- all ---- */

static vd_status solve_rest(vd_study *study, vd_jobs *jobs, solving *run, vd_arena *scratch) {
  int n_workers = jobs ? vd_jobs_threads(jobs) : 1;
  group_fields(study, scratch, run);
  VD_TRY(vd_memory_price(study, jobs));
  if (run->n_groups == 0) return VD_OK;
  run->grid_ms = vd_best_new(study, scratch, n_workers);
  VD_TRY(vd_jobs_run(jobs, (int64_t)run->n_groups, solve_group, run));
  vd_best_merge(study, run->grid_ms, n_workers);
  return VD_OK;
}

vd_status vd_solves_run(vd_study *study, vd_jobs *jobs, const vd_progress *progress, const char *what) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  solving run = {.study = study, .progress = progress, .what = what};
  uint8_t *unsolved = VD_NEW_ARRAY(scratch, uint8_t, study->n_fields + 1);
  for (size_t f = 0; f < study->n_fields; f++) unsolved[f] = study->fields[f].mask == NULL;
  vd_memory_recall(study);
  uint32_t **recalled = vd_best_new(study, scratch, 1);
  size_t n_grid = (size_t)vd_grid_n(vd_landscape_grid(study->land));
  for (size_t f = 0; f < study->n_fields && !study->quick; f++) {
    const vd_solve *field = &study->fields[f];
    VD_CLEANUP(vd_arena_cleanup) vd_arena *unpacked = vd_arena_new();
    if (unsolved[f] && field->result && field->best_of >= 0)
      vd_best_add(study, field, vd_result_cell_ms(field->result, unpacked, n_grid), recalled[0]);
  }
  vd_best_merge(study, recalled, 1);
  VD_TRY(solve_rest(study, jobs, &run, scratch));
  vd_debug("study", "%s: %zu solves with %zu costs", what, run.group[run.n_groups], run.n_groups);
  return VD_OK;
}

/* A base counts once, though it has a field for each light. */
static bool noted_before(const vd_study *study, size_t field) {
  const vd_solve *f = &study->fields[field];
  for (size_t i = 0; i < field; i++) {
    const vd_solve *g = &study->fields[i];
    if (g->result && g->result->stuck && g->set == VD_FREE_SET && g->xy_m[0] == f->xy_m[0] &&
        g->xy_m[1] == f->xy_m[1])
      return true;
  }
  return false;
}

void vd_solves_note_stuck(vd_study *study) {
  int64_t n = 0;
  double xy[2] = {NAN, NAN};
  for (size_t i = 0; i < study->n_fields; i++) {
    const vd_solve *f = &study->fields[i];
    if (!f->result || !f->result->stuck || f->set != VD_FREE_SET || noted_before(study, i)) continue;
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
