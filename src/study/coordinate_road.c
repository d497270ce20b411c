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

#include "study/coordinate.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum {
  WORST = 10, /* of bridges, and of roads, that are surely told */
  BATCH = 6,  /* solved together */
  WORD_BITS = 64
};
#define KEPT_BYTES 1e9 /* of times of fields that are kept for solving from */

/* ---- what may be lost ---- */

typedef struct unit { /* a record of a road */
  const char *id, *name;
  vd_lost_kind kind;
  int32_t *roads; /* of the network */
  size_t n_roads;
  double covered, in_time; /* person-hours: bound, then exact */
  bool on_way, solved;
  int32_t *cells; /* of the study, where the bound is not 0 */
  size_t n_cells, capacity;
} unit;

/* A field of a vehicle on land, and the ways to the cells that it reaches in time. */
typedef struct way_field {
  int32_t field; /* of the study */
  int32_t force;
  vd_arena *arena; /* of the times, when they are kept; NULL not */
  vd_travel_field times;
  vd_arena *ways_arena;
  int32_t *last;         /* per cell of the study: link, -1 */
  vd_travel_link *links; /* `road` is the unit, -1 */
  size_t n_links;
} way_field;

typedef struct searching {
  vd_coordinating *c;
  unit *units;
  size_t n_units;
  int32_t *unit_of;  /* per road of the network, -1 */
  int32_t *index_of; /* per field of the study: in `fields`, -1 */
  way_field *fields;
  size_t n_fields;
  size_t words;
  struct depend_chunk *chunks;
  int64_t first_chunk;
} searching;

/* ---- units ---- */

typedef struct numbered {
  const char *id;
  int32_t road;
} numbered;

static int compare_numbered(const void *a, const void *b) {
  const numbered *x = a, *y = b;
  int by_id = strcmp(x->id, y->id);
  return by_id != 0 ? by_id : (x->road > y->road) - (x->road < y->road);
}

static void list_units(searching *s) {
  const vd_landscape *land = s->c->study->land;
  vd_arena *scratch = s->c->scratch;
  numbered *all = VD_NEW_ARRAY(scratch, numbered, land->n_roads + 1);
  size_t n = 0;
  for (size_t i = 0; i < land->n_roads; i++)
    if (land->roads[i].ground != VD_GROUND_RIVER) all[n++] = (numbered){land->roads[i].id, (int32_t)i};
  if (n > 1) qsort(all, n, sizeof *all, compare_numbered);
  s->units = VD_NEW_ARRAY(scratch, unit, n + 1);
  s->unit_of = VD_NEW_ARRAY(scratch, int32_t, land->n_roads + 1);
  for (size_t i = 0; i < land->n_roads; i++) s->unit_of[i] = -1;
  for (size_t i = 0, end; i < n; i = end) {
    unit *u = &s->units[s->n_units];
    const vd_land_road *road = &land->roads[all[i].road];
    for (end = i; end < n && strcmp(all[end].id, all[i].id) == 0; end++)
      s->unit_of[all[end].road] = (int32_t)s->n_units;
    *u = (unit){.id = road->id,
                .name = road->name,
                .kind = road->crossing == VD_BRIDGE ? VD_LOST_BRIDGE : VD_LOST_ROAD,
                .roads = VD_NEW_ARRAY(scratch, int32_t, end - i)};
    for (size_t k = i; k < end; k++) u->roads[u->n_roads++] = all[k].road;
    s->n_units++;
  }
}

/* ---- ways ---- */

static bool is_on_land(int32_t vehicle) {
  return vehicle != VD_HELICOPTER && vehicle != VD_BOAT;
}

static void list_fields(searching *s) {
  const vd_study *study = s->c->study;
  s->index_of = VD_NEW_ARRAY(s->c->scratch, int32_t, study->n_fields + 1);
  s->fields = VD_NEW_ARRAY(s->c->scratch, way_field, study->n_fields + 1);
  for (size_t f = 0; f < study->n_fields; f++) s->index_of[f] = -1;
  for (size_t i = 0; i < s->c->n_situations; i++) {
    const vd_situation *situation = &study->situations[s->c->situations[i]];
    if (s->index_of[situation->field] >= 0 || !is_on_land(study->fields[situation->field].vehicle)) continue;
    s->index_of[situation->field] = (int32_t)s->n_fields;
    s->fields[s->n_fields++] = (way_field){.field = situation->field, .force = situation->force};
  }
}

/* The longest standard of the priorities whose bits are set; 0 of none. */
static uint32_t longest_of(const vd_study *study, uint8_t priorities) {
  uint32_t longest = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    uint32_t standard = study->model->figures.response_ms[p];
    if ((priorities >> p & 1) != 0 && standard > longest) longest = standard;
  }
  return longest;
}

/* The times of a field up to the longest standard by which it is in time anywhere, with routes, in the arena. */
static vd_status times_of(const searching *s, vd_arena *arena, const way_field *w, vd_travel_field *out) {
  const vd_study *study = s->c->study;
  const vd_solve *field = &study->fields[w->field];
  const vd_travel_field *free = vd_solve_kept(study, w->force, (vd_light)field->light);
  uint8_t priorities = 0;
  for (size_t t = 0; t < study->n_cells; t++) priorities |= field->mask[t];
  uint32_t cutoff = longest_of(study, priorities);
  vd_travel_costs *costs;
  VD_TRY(vd_solve_costs(study, arena, field->vehicle, (vd_light)field->light, field->set, &costs));
  if (free && free->cutoff_ms >= cutoff)
    return vd_travel_change(arena, free, costs, cutoff, s->c->progress, out, NULL);
  vd_travel_source source = {field->xy_m[0], field->xy_m[1], field->start_ms};
  return vd_travel_solve(arena, costs, &source, cutoff, true, s->c->progress, out);
}

static void find_ways(const searching *s, way_field *w, vd_arena *scratch, const vd_travel_field *times) {
  const vd_study *study = s->c->study;
  const uint8_t *mask = study->fields[w->field].mask;
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  size_t n = 0;
  for (size_t t = 0; t < study->n_cells; t++)
    if (mask[t]) cells[n++] = study->cells[t].cell;
  w->ways_arena = vd_arena_new();
  vd_travel_ways ways = vd_travel_ways_to(w->ways_arena, times, cells, n);
  w->last = VD_NEW_ARRAY(w->ways_arena, int32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) w->last[t] = -1;
  for (size_t i = 0; i < n; i++) w->last[study->index_of[cells[i]]] = ways.last[i];
  w->links = ways.links, w->n_links = ways.n_links;
  for (size_t i = 0; i < ways.n_links; i++) w->links[i].road = s->unit_of[w->links[i].road];
}

static vd_status way_field_of(void *context, int64_t item, int worker) {
  (void)worker;
  const searching *s = context;
  way_field *w = &s->fields[item];
  VD_TRY(vd_progress_step(s->c->progress, _("Ways of responders"), item, (int64_t)s->n_fields));
  size_t places = (size_t)vd_grid_n(vd_landscape_grid(s->c->study->land)) +
                  (size_t)vd_travel_n_nodes(s->c->study->land->network);
  bool keep = 8.0 * (double)places * (double)s->n_fields <= KEPT_BYTES;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  if (keep) w->arena = vd_arena_new();
  VD_TRY(times_of(s, keep ? w->arena : scratch, w, &w->times));
  find_ways(s, w, scratch, &w->times);
  return VD_OK;
}

/* ---- the bound of each unit, cell by cell ---- */

typedef struct dependence { /* of a cell on a unit */
  int32_t unit, t;
  double covered, in_time; /* person-hours */
} dependence;
typedef struct depend_chunk {
  vd_arena *arena;
  dependence *items;
  size_t n, capacity;
} depend_chunk;

/* One cell: rows of epochs as in coordinate_slice.c. */
typedef struct depending {
  const searching *s;
  vd_arena *scratch;
  size_t t, n_epochs;
  int8_t *priority;   /* per epoch */
  int64_t *covered_s; /* per epoch: seconds covered */
  uint64_t *active[VD_PRIORITY_COUNT];
  uint64_t *in_time;
  int32_t *situations; /* of the study, that are in time at some time */
  uint64_t **rows;     /* theirs */
  size_t n;
} depending;

static void rank_epochs(depending *d) {
  const vd_study *study = d->s->c->study;
  memset(d->priority, -1, d->n_epochs + 1);
  for (int32_t i = study->danger_start[d->t]; i < study->danger_start[d->t + 1]; i++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[i]];
    for (size_t k = 0; k < danger->runs.n; k++) {
      for (int32_t e = danger->runs.items[k].from; e < danger->runs.items[k].to; e++)
        if (danger->priority > d->priority[e]) d->priority[e] = (int8_t)danger->priority;
    }
  }
  for (size_t e = 0; e < d->n_epochs; e++) {
    int p = d->priority[e];
    if (p < 0) continue;
    if (!d->active[p]) d->active[p] = VD_NEW_ARRAY(d->scratch, uint64_t, d->s->words + 1);
    d->active[p][e / WORD_BITS] |= UINT64_C(1) << e % WORD_BITS;
  }
}

/* Epochs in which a situation is in time of a cell with the mask; NULL none. */
static uint64_t *row_of(const depending *d, int32_t situation, uint8_t mask) {
  const uint64_t *bits = d->s->c->study->epoch_bits + (size_t)situation * d->s->words;
  uint64_t *row = NULL, any = 0;
  for (int p = 0; mask >> p; p++) {
    if ((mask >> p & 1) == 0 || !d->active[p]) continue;
    if (!row) row = VD_NEW_ARRAY(d->scratch, uint64_t, d->s->words + 1);
    for (size_t w = 0; w < d->s->words; w++) row[w] |= bits[w] & d->active[p][w], any |= row[w];
  }
  return any ? row : NULL;
}

static void find_rows(depending *d) {
  const vd_coordinating *c = d->s->c;
  for (size_t i = 0; i < c->n_situations; i++) {
    int32_t s = c->situations[i];
    uint8_t mask = c->study->fields[c->study->situations[s].field].mask[d->t];
    uint64_t *row = mask ? row_of(d, s, mask) : NULL;
    if (!row) continue;
    d->situations[d->n] = s, d->rows[d->n++] = row;
    for (size_t w = 0; w < d->s->words; w++) d->in_time[w] |= row[w];
  }
}

/* Seconds covered in each epoch; presence does not depend on who is in time. */
static void find_covered(depending *d) {
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  const vd_study *study = d->s->c->study;
  const vd_epochs *epochs = study->model->epochs;
  size_t n_nears, n, e = 0;
  const vd_near *nears = vd_cell_nears(study, d->scratch, d->t, &n_nears);
  const vd_slice *slices = vd_cell_slices(study, d->scratch, d->t, &as_it_is, nears, n_nears, &n);
  for (size_t i = 0; i < n; i++) {
    for (int64_t at = slices[i].from_s; at < slices[i].to_s;) {
      while (epochs->start_s[e + 1] <= at) e++;
      int64_t next = epochs->start_s[e + 1] < slices[i].to_s ? epochs->start_s[e + 1] : slices[i].to_s;
      if (slices[i].state == VD_COVERED) d->covered_s[e] += next - at;
      at = next;
    }
  }
}

static bool uses(const way_field *w, size_t t, int32_t u) {
  for (int32_t k = w->last[t]; k >= 0; k = w->links[k].before)
    if (w->links[k].road == u) return true;
  return false;
}

/* Person-hours of the epochs in time of which none is in the row. */
static dependence cost_of(const depending *d, const uint64_t *row, int32_t u) {
  const vd_epochs *epochs = d->s->c->study->model->epochs;
  double people = (double)d->s->c->study->cells[d->t].people;
  int64_t covered = 0, in_time = 0;
  for (size_t w = 0; w < d->s->words; w++) {
    for (uint64_t lost = d->in_time[w] & ~row[w]; lost; lost &= lost - 1) {
      size_t e = w * WORD_BITS + (size_t)__builtin_ctzll(lost);
      covered += d->covered_s[e], in_time += epochs->start_s[e + 1] - epochs->start_s[e];
    }
  }
  return (dependence){u, (int32_t)d->t, people * ((double)covered / VD_HOUR_S),
                      people * ((double)in_time / VD_HOUR_S)};
}

/* `users[i]`: bits of the units, by their place in the list, that the way of situation i uses. */
static void add_unit(const depending *d, depend_chunk *to, const int32_t *units, size_t k,
                     uint64_t *const *users, uint64_t *row) {
  const searching *s = d->s;
  memset(row, 0, s->words * sizeof *row);
  for (size_t i = 0; i < d->n; i++) {
    if (users[i][k / WORD_BITS] >> k % WORD_BITS & 1) continue;
    for (size_t w = 0; w < s->words; w++) row[w] |= d->rows[i][w];
  }
  dependence made = cost_of(d, row, units[k]);
  if (made.in_time > 0) *VD_PUSH(to->arena, to->items, to->n, to->capacity) = made;
}

static int compare_ints(const void *a, const void *b) {
  const int32_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* The units on any way to the cell, each once. */
static int32_t *units_on_ways(const depending *d, size_t *n) {
  const searching *s = d->s;
  int32_t *units = NULL;
  size_t n_all = 0, capacity = 0;
  for (size_t i = 0; i < d->n; i++) {
    int32_t f = s->index_of[s->c->study->situations[d->situations[i]].field];
    if (f < 0) continue;
    for (int32_t k = s->fields[f].last[d->t]; k >= 0; k = s->fields[f].links[k].before)
      if (s->fields[f].links[k].road >= 0)
        *VD_PUSH(d->scratch, units, n_all, capacity) = s->fields[f].links[k].road;
  }
  if (n_all > 1) qsort(units, n_all, sizeof *units, compare_ints);
  *n = 0;
  for (size_t i = 0; i < n_all; i++)
    if (i == 0 || units[i] != units[i - 1]) units[(*n)++] = units[i];
  return units;
}

static uint64_t **users_of(const depending *d, const int32_t *units, size_t n) {
  const searching *s = d->s;
  uint64_t **users = VD_NEW_ARRAY(d->scratch, uint64_t *, d->n + 1);
  for (size_t i = 0; i < d->n; i++) {
    int32_t f = s->index_of[s->c->study->situations[d->situations[i]].field];
    users[i] = VD_NEW_ARRAY(d->scratch, uint64_t, n / WORD_BITS + 1);
    for (int32_t k = f < 0 ? -1 : s->fields[f].last[d->t]; k >= 0; k = s->fields[f].links[k].before) {
      if (s->fields[f].links[k].road < 0) continue;
      const int32_t *at = bsearch(&s->fields[f].links[k].road, units, n, sizeof *units, compare_ints);
      size_t bit = (size_t)(at - units);
      users[i][bit / WORD_BITS] |= UINT64_C(1) << bit % WORD_BITS;
    }
  }
  return users;
}

static depending look_at(const searching *s, vd_arena *scratch, size_t t) {
  size_t n_epochs = s->c->study->model->epochs->n;
  depending d = {.s = s, .scratch = scratch, .t = t, .n_epochs = n_epochs};
  d.priority = VD_NEW_ARRAY(scratch, int8_t, n_epochs + 1);
  d.covered_s = VD_NEW_ARRAY(scratch, int64_t, n_epochs + 1);
  d.in_time = VD_NEW_ARRAY(scratch, uint64_t, s->words + 1);
  d.situations = VD_NEW_ARRAY(scratch, int32_t, s->c->n_situations + 1);
  d.rows = VD_NEW_ARRAY(scratch, uint64_t *, s->c->n_situations + 1);
  rank_epochs(&d);
  find_rows(&d);
  if (d.n > 0) find_covered(&d);
  return d;
}

static void depend_cell(const searching *s, depend_chunk *to, size_t t) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  depending d = look_at(s, scratch, t);
  size_t n;
  const int32_t *units = units_on_ways(&d, &n);
  uint64_t **users = users_of(&d, units, n), *row = VD_NEW_ARRAY(scratch, uint64_t, s->words + 1);
  for (size_t i = 0; i < n; i++) add_unit(&d, to, units, i, users, row);
}

static vd_status depend_chunk_of(void *context, int64_t item, int worker) {
  (void)worker;
  const searching *s = context;
  depend_chunk *to = &s->chunks[item];
  to->arena = vd_arena_new();
  size_t from = (size_t)(s->first_chunk + item) * VD_CHUNK, n = s->c->study->n_cells;
  for (size_t t = from; t < from + VD_CHUNK && t < n; t++) depend_cell(s, to, t);
  return VD_OK;
}

static void join_chunk(searching *s, const depend_chunk *chunk) {
  for (size_t i = 0; i < chunk->n; i++) {
    const dependence *d = &chunk->items[i];
    unit *u = &s->units[d->unit];
    u->covered += d->covered, u->in_time += d->in_time;
    *VD_PUSH(s->c->scratch, u->cells, u->n_cells, u->capacity) = d->t;
  }
}

static vd_status find_bounds(searching *s) {
  depend_chunk chunks[VD_WAVE];
  int64_t n = vd_chunks(s->c->study->n_cells);
  s->chunks = chunks;
  for (s->first_chunk = 0; s->first_chunk < n; s->first_chunk += VD_WAVE) {
    int64_t wave = n - s->first_chunk < VD_WAVE ? n - s->first_chunk : VD_WAVE;
    VD_TRY(vd_progress_step(s->c->progress, _("Roads that responders depend on"), s->first_chunk, n));
    memset(chunks, 0, sizeof chunks);
    vd_status status = vd_jobs_run(s->c->jobs, wave, depend_chunk_of, s);
    for (int64_t i = 0; i < wave; i++) {
      if (status == VD_OK) join_chunk(s, &chunks[i]);
      vd_arena_free(chunks[i].arena);
    }
    VD_TRY(status);
  }
  for (size_t f = 0; f < s->n_fields; f++) {
    const way_field *w = &s->fields[f];
    for (size_t k = 0; k < w->n_links; k++)
      if (w->links[k].road >= 0) s->units[w->links[k].road].on_way = true;
  }
  return VD_OK;
}

/* ---- one unit, solved ---- */

/* A unit and a field whose ways to cells that depend on the unit use it. */
typedef struct blocking {
  unit *unit;
  int32_t u, field;   /* in fields */
  uint32_t cutoff_ms; /* the longest standard that those cells are in time by */
  uint8_t *mask;      /* per entry of the unit's cells: in time with the unit blocked */
} blocking;
typedef struct batch {
  const searching *s;
  blocking *items;
  size_t n, capacity;
} batch;

/* The longest standard by which a field is in time of cells over a unit that they depend on; 0: of none. */
static uint32_t touched_within_ms(const searching *s, const way_field *w, const unit *u, int32_t index) {
  const vd_study *study = s->c->study;
  uint8_t touched = 0;
  for (size_t i = 0; i < u->n_cells; i++) {
    uint8_t mask = study->fields[w->field].mask[u->cells[i]];
    if ((mask & ~touched) != 0 && uses(w, (size_t)u->cells[i], index)) touched |= mask;
  }
  return longest_of(study, touched);
}

/* The costs of a field with a unit blocked as well. */
static vd_status costs_without(const searching *s, vd_arena *arena, const way_field *w, const unit *u,
                               const vd_travel_costs *before, vd_travel_costs **out) {
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
  const searching *s = b->s;
  const vd_study *study = s->c->study;
  const blocking *at = &b->items[item];
  const way_field *w = &s->fields[at->field];
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_travel_field before = w->times, after;
  vd_travel_costs *costs;
  if (!w->arena) VD_TRY(times_of(s, scratch, w, &before));
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
static dependence cost_without(const batch *b, vd_arena *scratch, const unit *u, int32_t index, size_t i) {
  const searching *s = b->s;
  const vd_study *study = s->c->study;
  depending d = look_at(s, scratch, (size_t)u->cells[i]);
  uint64_t *row = VD_NEW_ARRAY(scratch, uint64_t, s->words + 1);
  for (size_t k = 0; k < d.n; k++) {
    int32_t situation = d.situations[k], f = s->index_of[study->situations[situation].field];
    const uint64_t *still = d.rows[k];
    for (size_t q = 0; q < b->n && f >= 0; q++) {
      if (b->items[q].u == index && b->items[q].field == f)
        still = row_of(&d, situation,
                       b->items[q].mask[i] & study->fields[study->situations[situation].field].mask[d.t]);
    }
    for (size_t w = 0; w < s->words && still; w++) row[w] |= still[w];
  }
  return cost_of(&d, row, index);
}

static void sum_unit(const batch *b, unit *u, int32_t index) {
  u->covered = u->in_time = 0;
  for (size_t i = 0; i < u->n_cells; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    dependence d = cost_without(b, scratch, u, index, i);
    u->covered += d.covered, u->in_time += d.in_time;
  }
  u->solved = true;
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

static vd_status solve_batch(searching *s, const int32_t *units, size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  batch b = {.s = s};
  for (size_t i = 0; i < n; i++) {
    unit *u = &s->units[units[i]];
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

static ranked *rank_units(const searching *s, vd_lost_kind kind, size_t *n) {
  ranked *list = VD_NEW_ARRAY(s->c->scratch, ranked, s->n_units + 1);
  *n = 0;
  for (size_t u = 0; u < s->n_units; u++) {
    const unit *at = &s->units[u];
    if (at->kind == kind && at->in_time > 0) list[(*n)++] = (ranked){at->covered, at->in_time, (int32_t)u};
  }
  if (*n > 1) qsort(list, *n, sizeof *list, compare_ranked);
  return list;
}

/* Whether the worst are known: none that is not solved can cost more than the last of them. */
static bool is_settled(const searching *s, const ranked *list, size_t n_solved, size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  if (n_solved == n) return true;
  if (n_solved < WORST) return false;
  ranked *exact = VD_NEW_ARRAY(scratch, ranked, n_solved);
  for (size_t i = 0; i < n_solved; i++) {
    const unit *u = &s->units[list[i].unit];
    exact[i] = (ranked){u->covered, u->in_time, list[i].unit};
  }
  qsort(exact, n_solved, sizeof *exact, compare_ranked);
  const ranked *last = &exact[WORST - 1], *next = &list[n_solved];
  return last->covered > next->covered || (last->covered == next->covered && last->in_time >= next->in_time);
}

static void tell(searching *s, const ranked *list, size_t n_solved, size_t n, vd_lost_kind kind) {
  vd_coordinating *c = s->c;
  vd_loss_search *search = &c->out->searches[kind];
  ranked *exact = VD_NEW_ARRAY(c->scratch, ranked, n_solved + 1);
  for (size_t u = 0; u < s->n_units; u++) search->n_on_ways += s->units[u].kind == kind && s->units[u].on_way;
  search->n_solved = (int64_t)n_solved;
  if (n_solved < n)
    search->next_covered = list[n_solved].covered, search->next_in_time = list[n_solved].in_time;
  for (size_t i = 0; i < n_solved; i++) {
    const unit *u = &s->units[list[i].unit];
    exact[i] = (ranked){u->covered, u->in_time, list[i].unit};
  }
  if (n_solved > 1) qsort(exact, n_solved, sizeof *exact, compare_ranked);
  for (size_t i = 0; i < n_solved && i < WORST; i++) {
    const unit *u = &s->units[exact[i].unit];
    int32_t n_points;
    const double *xy = vd_travel_road_line(c->study->land->network, u->roads[0], &n_points);
    double lonlat[2] = {NAN, NAN};
    if (n_points > 0) vd_landscape_to_lonlat(c->study->land, xy + 2 * (size_t)(n_points / 2), lonlat, 1);
    vd_add_loss(c,
                (vd_single_loss){kind, u->id, u->name, u->covered, u->in_time, lonlat[0], lonlat[1], NULL});
  }
}

static vd_status find_worst(searching *s, vd_lost_kind kind) {
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

static vd_status search(searching *s) {
  VD_TRY(vd_jobs_run(s->c->jobs, (int64_t)s->n_fields, way_field_of, s));
  VD_TRY(find_bounds(s));
  VD_TRY(find_worst(s, VD_LOST_BRIDGE));
  return find_worst(s, VD_LOST_ROAD);
}

vd_status vd_coordinate_roads(vd_coordinating *c) {
  searching s = {.c = c, .words = vd_epoch_words(c->study)};
  list_units(&s);
  list_fields(&s);
  vd_status status = search(&s);
  for (size_t f = 0; f < s.n_fields; f++)
    vd_arena_free(s.fields[f].arena), vd_arena_free(s.fields[f].ways_arena);
  return status;
}
