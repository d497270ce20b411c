/* response_reach: the nearest responder to each incident at its time, with as few solves as can be.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Rounds of asking and solving end when every least time is settled: in each round an incident looks at responders from the
 * least bound on (nearest.h) and asks for the first field that it lacks. First among bases, then among patrols, which are
 * solved no further than the bases that they could beat. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/judging.h"
#include "study/nearest.h"
#include "vedette/base/i18n.h"

enum {
  MOST_SIDE = 31, /* so many rows and columns of cells are looked at within a precision */
  MOST_SOLVES = 20000,
  MOST_PAIRS = 50000000, /* of incidents and patrols that could answer then */
  BYTES_A_TIME = 5       /* that a solve keeps of a cell */
};
#define MOST_BYTES 8e9

typedef struct query { /* the least time to one cell, once */
  vd_call call;
  int32_t incident;
  bool settled;
  uint32_t ms;
  int32_t who; /* candidate, -1 none */
} query;

typedef struct reaching {
  vd_judging *j;
  vd_study *study;
  vd_arena *arena; /* scratch */
  vd_nearest nearest;
  query *queries;
  size_t n_queries, queries_capacity;
  int32_t *query_start;         /* per incident, n + 1 */
  int32_t *out_start, *out_now; /* per incident a row of candidates: the patrols that could answer then */
} reaching;

static vd_status too_many(void) {
  return vd_fail(VD_ERR_LIMIT, _("Restrictions and patrols that respond differ at too many of the incidents; "
                                 "choose a shorter window."));
}

/* ---- which patrols were out at the time of each incident ---- */

typedef struct pair {
  int32_t incident, who;
} pair;
typedef struct pairs {
  pair *items;
  size_t n, capacity;
} pairs;

/* The first incident that begins at or after a time. */
static size_t first_incident(const vd_response *out, int64_t time_s) {
  size_t low = 0, high = out->n_incidents;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (out->incidents[middle].from_s < time_s)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The incidents in the area, dated, that begin while the patrol is there; each once, though departures may overlap. It is a
 * candidate from the first of them on. */
static vd_status pair_standpoint(reaching *r, pairs *list, const vd_beat *beat, const vd_standpoint *at) {
  const vd_response *out = r->j->out;
  int32_t who = -1;
  size_t next = 0;
  for (size_t o = 0; o < beat->n_starts && at->from_s < at->to_s; o++) {
    size_t i = first_incident(out, beat->starts[o] + at->from_s);
    for (i = i > next ? i : next; i < out->n_incidents; i++) {
      if (out->incidents[i].from_s >= beat->starts[o] + at->to_s) break;
      if (!out->incidents[i].dated || !out->incidents[i].in_area) continue;
      if (list->n >= MOST_PAIRS) return too_many();
      if (who < 0) who = vd_nearest_add_patrol(&r->nearest, beat, at);
      *VD_PUSH(r->arena, list->items, list->n, list->capacity) = (pair){(int32_t)i, who};
    }
    next = i > next ? i : next;
  }
  return VD_OK;
}

/* Whether an incident begins while it is out. */
static bool is_called(const reaching *r, const vd_beat *beat) {
  const vd_response *out = r->j->out;
  for (size_t o = 0; o < beat->n_starts; o++) {
    size_t i = first_incident(out, beat->starts[o]);
    if (i < out->n_incidents && out->incidents[i].from_s <= beat->starts[o] + beat->duty_s) return true;
  }
  return false;
}

/* Executed patrols that respond, from their stops and on the way: they went, whatever was restricted. */
static vd_status pair_patrols(reaching *r, pairs *list) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_plane = NULL;
  vd_model *model = r->study->model;
  VD_TRY(vd_transform_plane(model->land->lon_deg, model->land->lat_deg, &to_plane));
  for (size_t b = 0; b < model->n_beats; b++) {
    vd_beat *beat = &model->beats[b];
    if (!beat->responds || !vd_beat_is(model, beat, VD_DRIVEN) || !is_called(r, beat)) continue;
    model->to_plane = to_plane;
    vd_beat_find_stretches(model, beat);
    model->to_plane = NULL;
    for (size_t k = 0; k < vd_beat_n_standpoints(beat); k++) {
      vd_standpoint at = vd_beat_standpoint(beat, k);
      VD_TRY(pair_standpoint(r, list, beat, &at));
    }
  }
  return VD_OK;
}

static vd_status find_patrols(reaching *r) {
  pairs list = {0};
  size_t n = r->j->out->n_incidents;
  VD_TRY(pair_patrols(r, &list));
  r->out_start = VD_NEW_ARRAY(r->arena, int32_t, n + 2);
  r->out_now = VD_NEW_ARRAY(r->arena, int32_t, list.n + 1);
  for (size_t i = 0; i < list.n; i++) r->out_start[list.items[i].incident + 2]++;
  for (size_t i = 2; i < n + 2; i++) r->out_start[i] += r->out_start[i - 1];
  for (size_t i = 0; i < list.n; i++)
    r->out_now[r->out_start[list.items[i].incident + 1]++] = list.items[i].who;
  return VD_OK;
}

/* ---- where ---- */

/* The cell of an incident first, then those within its precision; of very many every so many rows and columns. */
static int32_t *cells_of(const reaching *r, vd_arena *scratch, size_t i, size_t *n) {
  const vd_grid *grid = vd_landscape_grid(r->study->land);
  const double *xy = &r->j->xy_m[2 * i];
  double precision = r->j->out->incidents[i].precision_m;
  int32_t own = vd_grid_cell(grid, xy[0], xy[1]), *cells = NULL;
  size_t capacity = 0;
  *n = 0;
  *VD_PUSH(scratch, cells, *n, capacity) = own;
  if (!(precision > 0)) return cells;
  /* The plane's scale is below 1.5. */
  int32_t reach = (int32_t)fmin(ceil(1.5 * precision / grid->cell_m), grid->nx + grid->ny);
  int32_t step = (2 * reach + 1 + MOST_SIDE - 1) / MOST_SIDE, column = own % grid->nx, row = own / grid->nx;
  for (int32_t y = -(reach / step) * step; y <= reach; y += step) {
    for (int32_t x = -(reach / step) * step; x <= reach; x += step) {
      int32_t cell = vd_grid_cell_of(grid, column + x, row + y);
      double cx, cy;
      if (cell < 0 || cell == own || !r->study->land->inside[cell]) continue;
      vd_grid_centre(grid, cell, &cx, &cy);
      if (vd_plane_distance_m(xy[0], xy[1], cx, cy) <= precision)
        *VD_PUSH(scratch, cells, *n, capacity) = cell;
    }
  }
  return cells;
}

static void add_query(reaching *r, size_t i, int32_t t, uint8_t light, int64_t time_s) {
  *VD_PUSH(r->arena, r->queries, r->n_queries, r->queries_capacity) =
      (query){.call = {t, light, time_s}, .incident = (int32_t)i, .ms = VD_UNREACHED, .who = -1};
}

/* Of an incident that is not dated every light, without restrictions. */
static void add_cell_queries(reaching *r, size_t i, int32_t *index_of, size_t *n_cells) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_incident_row *row = &r->j->out->incidents[i];
  vd_light now = vd_daylight_at(&r->study->model->figures.day, row->from_s);
  size_t n;
  const int32_t *cells = cells_of(r, scratch, i, &n);
  for (size_t c = 0; c < n; c++) {
    if (index_of[cells[c]] == 0) index_of[cells[c]] = (int32_t)++ * n_cells;
    int32_t t = index_of[cells[c]] - 1;
    if (row->dated) add_query(r, i, t, (uint8_t)now, row->from_s);
    for (int light = 0; light < VD_LIGHT_COUNT && !row->dated; light++)
      add_query(r, i, t, (uint8_t)light, VD_TIME_MIN);
  }
}

/* The study's cells are those that are asked for. */
static void add_queries(reaching *r) {
  vd_study *study = r->study;
  size_t n_grid = (size_t)vd_grid_n(vd_landscape_grid(study->land)), n = r->j->out->n_incidents;
  int32_t *index_of = VD_NEW_ARRAY(r->arena, int32_t, n_grid + 1);
  r->query_start = VD_NEW_ARRAY(r->arena, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) {
    r->query_start[i] = (int32_t)r->n_queries;
    if (r->j->out->incidents[i].in_area) add_cell_queries(r, i, index_of, &study->n_cells);
  }
  r->query_start[n] = (int32_t)r->n_queries;
  study->cells = VD_NEW_ARRAY(study->arena, vd_study_cell, study->n_cells + 1);
  uint8_t *priorities = VD_NEW_ARRAY(study->arena, uint8_t, study->n_cells + 1);
  double *xy = VD_NEW_ARRAY(study->arena, double, 2 * study->n_cells + 2);
  for (size_t c = 0; c < n_grid; c++) {
    int32_t t = index_of[c] - 1;
    if (t < 0) continue;
    study->cells[t] = (vd_study_cell){.cell = (int32_t)c};
    priorities[t] = (1u << VD_PRIORITY_COUNT) - 1;
    vd_grid_centre(vd_landscape_grid(study->land), (int32_t)c, &xy[2 * t], &xy[2 * t + 1]);
  }
  study->priorities = priorities, study->xy_m = xy;
}

/* ---- the least ---- */

typedef struct looked {
  uint32_t ms;
  int32_t who;
} looked;

static int compare_looked(const void *a, const void *b) {
  const looked *x = a, *y = b;
  if (x->ms != y->ms) return x->ms < y->ms ? -1 : 1;
  return (x->who > y->who) - (x->who < y->who);
}

static bool is_there(const reaching *r, const vd_candidate *base, const query *q) {
  const vd_incident_row *row = &r->j->out->incidents[q->incident];
  int64_t to_s = row->dated ? row->from_s + 1 : r->j->end_s[q->incident];
  return base->from_s < to_s && row->from_s < base->to_s;
}

static void add_looked(const reaching *r, const query *q, int32_t who, looked *list, size_t *n) {
  if (!r->nearest.candidates[who].force.able[q->call.light]) return;
  uint32_t ms = vd_nearest_bound_ms(&r->nearest, who, &q->call);
  if (ms != VD_UNREACHED) list[(*n)++] = (looked){ms, who};
}

/* Settles a query among those listed and who is its least so far, or asks for what it takes next. */
static void look_at(reaching *r, query *q, looked *list, size_t n) {
  if (n > 1) qsort(list, n, sizeof *list, compare_looked);
  looked best = {q->ms, q->who};
  for (size_t k = 0; k < n && list[k].ms <= best.ms; k++) {
    looked at = {0, list[k].who};
    if (!vd_nearest_exact_ms(&r->nearest, at.who, &q->call, &at.ms)) return;
    if (at.ms != VD_UNREACHED && compare_looked(&at, &best) < 0) best = at;
  }
  q->ms = best.ms, q->who = best.who, q->settled = true;
}

static void look_at_bases(reaching *r, query *q, looked *list) {
  size_t n = 0;
  for (size_t c = 0; c < r->nearest.n_bases; c++)
    if (is_there(r, &r->nearest.candidates[c], q)) add_looked(r, q, (int32_t)c, list, &n);
  look_at(r, q, list, n);
}

static void look_at_patrols(reaching *r, query *q, looked *list) {
  size_t n = 0;
  for (int32_t i = r->out_start[q->incident]; i < r->out_start[q->incident + 1]; i++)
    add_looked(r, q, r->out_now[i], list, &n);
  look_at(r, q, list, n);
}

/* Patrols matter only where they are sooner than the bases. */
static void widen_patrols(reaching *r) {
  for (size_t k = 0; k < r->n_queries; k++) {
    const query *q = &r->queries[k];
    for (int32_t i = r->out_start[q->incident]; i < r->out_start[q->incident + 1]; i++)
      vd_nearest_widen(&r->nearest, r->out_now[i], q->ms);
  }
}

/* Bases, at the lights that are asked for, before anything else. */
static void ask_for_bases(reaching *r) {
  bool wanted[VD_LIGHT_COUNT] = {false};
  for (size_t i = 0; i < r->n_queries; i++) wanted[r->queries[i].call.light] = true;
  for (size_t c = 0; c < r->nearest.n_bases; c++)
    for (int light = 0; light < VD_LIGHT_COUNT; light++)
      if (wanted[light] && r->nearest.candidates[c].force.able[light])
        vd_nearest_ask(&r->nearest, (int32_t)c, (vd_light)light);
}

static vd_status solve(reaching *r, vd_jobs *jobs) {
  double bytes = (double)r->study->n_fields * (double)r->study->n_cells * BYTES_A_TIME;
  if (r->study->n_fields > MOST_SOLVES || bytes > MOST_BYTES) return too_many();
  return vd_solves_run(r->study, jobs, r->j->progress, _("Response to incidents"));
}

typedef void look_fn(reaching *r, query *q, looked *list);

static vd_status settle_among(reaching *r, look_fn *look, looked *list, vd_jobs *jobs) {
  size_t n_before, n_open;
  for (size_t i = 0; i < r->n_queries; i++) r->queries[i].settled = false;
  do {
    n_before = r->study->n_fields, n_open = 0;
    for (size_t i = 0; i < r->n_queries; i++) {
      if (!r->queries[i].settled) look(r, &r->queries[i], list);
      n_open += !r->queries[i].settled;
    }
    if (r->study->n_fields > n_before) VD_TRY(solve(r, jobs));
  } while (n_open > 0 && r->study->n_fields > n_before);
  return VD_OK;
}

static vd_status settle(reaching *r, vd_jobs *jobs) {
  looked *list = VD_NEW_ARRAY(r->arena, looked, r->nearest.n + 1);
  ask_for_bases(r);
  VD_TRY(solve(r, jobs));
  VD_TRY(settle_among(r, look_at_bases, list, jobs));
  widen_patrols(r);
  VD_TRY(settle_among(r, look_at_patrols, list, jobs));
  r->j->out->n_solves = (int64_t)r->study->n_fields;
  return VD_OK;
}

/* ---- telling ---- */

static double minutes_of(uint32_t ms) {
  return ms == VD_UNREACHED ? INFINITY : ms / 60e3;
}

static void judge(vd_incident_row *row) {
  if (isnan(row->standard_min)) return;
  if (row->least_min > row->standard_min)
    row->reach = VD_TOLD_NO;
  else if (row->dated)
    row->reach = row->most_min <= row->standard_min ? VD_TOLD_YES : VD_TOLD_PERHAPS;
}

static void tell_incident(const reaching *r, size_t i) {
  vd_incident_row *row = &r->j->out->incidents[i];
  size_t from = (size_t)r->query_start[i], to = (size_t)r->query_start[i + 1];
  size_t n_own = row->dated ? 1 : VD_LIGHT_COUNT;
  uint32_t own = VD_UNREACHED, least = VD_UNREACHED, most = 0;
  if (from == to) return;
  for (size_t k = from; k < to; k++) {
    const query *q = &r->queries[k];
    if (q->ms < least) least = q->ms;
    if (q->ms > most) most = q->ms;
    if (k - from < n_own && q->ms < own) own = q->ms, row->responder = q->who;
  }
  row->least_min = minutes_of(least);
  row->minutes = row->dated ? minutes_of(own) : row->least_min;
  row->most_min = row->dated ? minutes_of(most) : NAN;
  judge(row);
}

/* Responders that are named, in the order of candidates. */
static void name_responders(reaching *r) {
  vd_response *out = r->j->out;
  int32_t *index = VD_NEW_ARRAY(r->arena, int32_t, r->nearest.n + 1), n = 0;
  for (size_t i = 0; i < out->n_incidents; i++)
    if (out->incidents[i].responder >= 0) index[out->incidents[i].responder] = 1;
  for (size_t c = 0; c < r->nearest.n; c++) n += index[c];
  out->responders = VD_NEW_ARRAY(r->j->arena, vd_responder, n + 1);
  n = 0;
  for (size_t c = 0; c < r->nearest.n; c++) {
    if (!index[c]) continue;
    out->responders[n] = vd_nearest_responder(&r->nearest, r->j->arena, (int32_t)c);
    index[c] = n++;
  }
  for (size_t i = 0; i < out->n_incidents; i++)
    if (out->incidents[i].responder >= 0) out->incidents[i].responder = index[out->incidents[i].responder];
}

vd_status vd_judge_reach(vd_judging *j, vd_jobs *jobs) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  reaching r = {.j = j, .study = j->study, .arena = arena, .nearest = vd_nearest_new(arena, j->study)};
  add_queries(&r);
  VD_TRY(find_patrols(&r));
  VD_TRY(settle(&r, jobs));
  for (size_t i = 0; i < j->out->n_incidents; i++) tell_incident(&r, i);
  name_responders(&r);
  return VD_OK;
}
