/* response_reach: the nearest responder to each incident at its time, with as few solves as can be.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bounds from below decide what is solved. A responder comes no sooner than along a straight line at its best speed, and under
 * restrictions no sooner than without. Those that it does not meet before it arrives cannot matter: so each incident asks
 * only for the restrictions in force that are met sooner, first by the time without any, then by the time found, until no
 * more are added. Rounds of asking and solving end when every least time is settled. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/judging.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum {
  FAR_MS = 24 * 3600 * 1000, /* a base's times are known up to a day, as in a study */
  MOST_SIDE = 31,            /* so many rows and columns of cells are looked at within a precision */
  MOST_SOLVES = 20000,
  MOST_PAIRS = 50000000, /* of incidents and patrols at a stop then */
  BYTES_A_TIME = 5       /* that a solve keeps of a cell */
};
#define MOST_BYTES 8e9
/* Nobody goes faster than the fastest of the tables; walking downhill takes off at most exp(-0.175) of the time. */
#define FASTER 1.25

/* ---- who there is ---- */

typedef struct variant { /* a responder at a light under a set of restrictions */
  int32_t set, field, next;
} variant;

typedef struct candidate { /* what may answer: a base, or a patrol at one of its stops */
  vd_force force;
  int64_t from_s, to_s; /* of a base */
  int32_t beat, halt;   /* of a patrol; -1 a base */
  int32_t post;
  int32_t
      first[VD_LIGHT_COUNT]; /* index of its variants + 1, 0 none; the first is that without restrictions */
  /* Restrictions that apply to it and that it meets within a day, ascending; NULL: not looked for yet. */
  int32_t *met[VD_LIGHT_COUNT];
  size_t n_met[VD_LIGHT_COUNT];
  double most_m_ms; /* metres in a millisecond at the best speed */
} candidate;

typedef struct query { /* the least time to one cell, once */
  int32_t incident, t; /* t: index among the study's cells */
  uint8_t light;
  bool settled;
  uint32_t ms;
  int32_t who; /* candidate, -1 none */
} query;

typedef struct reaching {
  vd_judging *j;
  vd_study *study;
  vd_arena *arena; /* scratch */
  candidate *candidates;
  size_t n_candidates, candidates_capacity, n_bases;
  int32_t *first_halt; /* per beat: candidate of its first stop, -1 it does not answer */
  variant *variants;
  size_t n_variants, variants_capacity;
  query *queries;
  size_t n_queries, queries_capacity;
  int32_t *query_start;           /* per incident, n + 1 */
  int32_t *halted_start, *halted; /* per incident a row of candidates: the patrols at a stop then */
  int32_t *list;                  /* while a set is put together */
} reaching;

static double best_speed(const vd_model *model, int32_t vehicle) {
  double kmh = vehicle == VD_HELICOPTER ? model->figures.helicopter_kmh : 0;
  const vd_speed_rules *rules[2] = {&model->figures.rules[vehicle], &model->figures.rules[VD_FOOT]};
  for (int r = 0; r < 2; r++)
    for (int g = 0; g < VD_GROUND_COUNT; g++)
      kmh = fmax(kmh, rules[r]->kmh[g] * fmax(1, model->season == VD_WET ? rules[r]->wet_factor[g] : 1));
  return FASTER * fmax(1, model->figures.rules[vehicle].night_factor) * kmh / 3600; /* km/h to m/ms */
}

static candidate *add_candidate(reaching *r, candidate made, const double *notice_s) {
  const vd_model *model = r->study->model;
  vd_force *force = &made.force;
  for (int light = 0; light < VD_LIGHT_COUNT; light++) {
    bool flies_not = force->vehicle == VD_HELICOPTER && light == VD_NIGHT;
    uint32_t ms = notice_s[light] >= 0 ? vd_ms_round(notice_s[light] * 1e3) : VD_UNREACHED;
    if (force->vehicle == VD_HELICOPTER) ms = vd_ms_add(ms, model->figures.helicopter_preflight_ms);
    force->able[light] = ms != VD_UNREACHED && !flies_not;
    force->start_ms[light] = ms;
  }
  made.most_m_ms = best_speed(model, force->vehicle);
  candidate *out = VD_PUSH(r->arena, r->candidates, r->n_candidates, r->candidates_capacity);
  *out = made;
  return out;
}

static void add_bases(reaching *r) {
  const vd_model *model = r->study->model;
  for (size_t p = 0; p < model->n_posts; p++) {
    const vd_post *post = &model->posts[p];
    if (!post->responds) continue;
    vd_force force = {.xy_m = {post->xy_m[0], post->xy_m[1]},
                      .vehicle = post->vehicle,
                      .kind = model->parties[post->party].kind,
                      .standing = true};
    add_candidate(r,
                  (candidate){.force = force,
                              .from_s = post->from_s,
                              .to_s = post->to_s,
                              .beat = -1,
                              .halt = -1,
                              .post = (int32_t)p},
                  post->notice_s);
  }
  r->n_bases = r->n_candidates;
}

/* Executed patrols that respond, at each of their stops. */
static void add_patrols(reaching *r) {
  static const double no_notice[VD_LIGHT_COUNT] = {0};
  const vd_model *model = r->study->model;
  r->first_halt = VD_NEW_ARRAY(r->arena, int32_t, model->n_beats + 1);
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    r->first_halt[b] = -1;
    if (!beat->responds || !vd_beat_is(model, beat, VD_DRIVEN)) continue;
    r->first_halt[b] = (int32_t)r->n_candidates;
    for (size_t h = 0; h < beat->n_halts; h++) {
      vd_force force = {.xy_m = {beat->halts[h].xy_m[0], beat->halts[h].xy_m[1]},
                        .vehicle = beat->vehicle,
                        .kind = model->parties[beat->party].kind};
      add_candidate(r, (candidate){.force = force, .beat = (int32_t)b, .halt = (int32_t)h, .post = -1},
                    no_notice);
    }
  }
}

/* ---- what there was at the time of each incident ---- */

typedef struct pair {
  int32_t incident, item;
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

static vd_status too_many(void) {
  return vd_fail(VD_ERR_LIMIT, _("Restrictions and patrols that respond differ at too many of the incidents; "
                                 "choose a shorter window."));
}

/* The incidents in the area, dated, that begin in [from, to). */
static vd_status add_pairs(const reaching *r, pairs *list, int32_t item, int64_t from_s, int64_t to_s) {
  const vd_response *out = r->j->out;
  for (size_t i = first_incident(out, from_s); i < out->n_incidents && out->incidents[i].from_s < to_s; i++) {
    if (!out->incidents[i].dated || !out->incidents[i].in_area) continue;
    if (list->n >= MOST_PAIRS) return too_many();
    *VD_PUSH(r->arena, list->items, list->n, list->capacity) = (pair){(int32_t)i, item};
  }
  return VD_OK;
}

/* Rows by incident; within one in the order in which they were found. */
static void to_rows(const reaching *r, const pairs *list, int32_t **start, int32_t **items) {
  size_t n = r->j->out->n_incidents;
  *start = VD_NEW_ARRAY(r->arena, int32_t, n + 2);
  *items = VD_NEW_ARRAY(r->arena, int32_t, list->n + 1);
  for (size_t i = 0; i < list->n; i++) (*start)[list->items[i].incident + 2]++;
  for (size_t i = 2; i < n + 2; i++) (*start)[i] += (*start)[i - 1];
  for (size_t i = 0; i < list->n; i++)
    (*items)[(*start)[list->items[i].incident + 1]++] = list->items[i].item;
}

static vd_status find_patrols(reaching *r) {
  const vd_model *model = r->study->model;
  pairs list = {0};
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    for (size_t h = 0; h < beat->n_halts && r->first_halt[b] >= 0; h++) {
      const vd_halt *halt = &beat->halts[h];
      for (size_t o = 0; o < beat->n_starts && halt->arrive_s < halt->depart_s; o++)
        VD_TRY(add_pairs(r, &list, r->first_halt[b] + (int32_t)h, beat->starts[o] + halt->arrive_s,
                         beat->starts[o] + halt->depart_s));
    }
  }
  to_rows(r, &list, &r->halted_start, &r->halted);
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

static void add_cell_queries(reaching *r, size_t i, int32_t *index_of, size_t *n_cells) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_incident_row *row = &r->j->out->incidents[i];
  size_t n;
  const int32_t *cells = cells_of(r, scratch, i, &n);
  for (size_t c = 0; c < n; c++) {
    if (index_of[cells[c]] == 0) index_of[cells[c]] = (int32_t)++ * n_cells;
    query q = {.incident = (int32_t)i, .t = index_of[cells[c]] - 1, .who = -1, .ms = VD_UNREACHED};
    q.light = (uint8_t)vd_daylight_at(&r->study->model->figures.day, row->from_s);
    if (row->dated) *VD_PUSH(r->arena, r->queries, r->n_queries, r->queries_capacity) = q;
    for (int light = 0; light < VD_LIGHT_COUNT && !row->dated; light++) {
      q.light = (uint8_t)light;
      *VD_PUSH(r->arena, r->queries, r->n_queries, r->queries_capacity) = q;
    }
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

/* ---- bounds and times ---- */

static int32_t field_under(reaching *r, candidate *c, vd_light light, const int32_t *bars, size_t n) {
  int32_t last = -1;
  for (int32_t v = c->first[light] - 1; v >= 0; last = v, v = r->variants[v].next) {
    const vd_bar_set *set = &r->study->sets[r->variants[v].set];
    if (set->n == n && (n == 0 || memcmp(set->bars, bars, n * sizeof *bars) == 0))
      return r->variants[v].field;
  }
  int32_t set = vd_set_intern(r->study, bars, n);
  variant made = {set, vd_solve_intern(r->study, &c->force, light, set, FAR_MS, 0, -1), -1};
  *VD_PUSH(r->arena, r->variants, r->n_variants, r->variants_capacity) = made;
  if (last >= 0)
    r->variants[last].next = (int32_t)r->n_variants - 1;
  else
    c->first[light] = (int32_t)r->n_variants;
  return made.field;
}

/* The field without restrictions when it was asked for, -1 else. */
static int32_t free_field(const reaching *r, const candidate *c, uint8_t light) {
  return c->first[light] ? r->variants[c->first[light] - 1].field : -1;
}

static uint32_t straight_ms(const reaching *r, const candidate *c, const query *q) {
  const double *xy = &r->study->xy_m[2 * q->t];
  double m = vd_plane_distance_m(c->force.xy_m[0], c->force.xy_m[1], xy[0], xy[1]);
  double ms = c->most_m_ms > 0 ? 0.99 * m / c->most_m_ms : INFINITY; /* a little less, for roundings */
  return ms < FAR_MS ? vd_ms_add(c->force.start_ms[q->light], (uint32_t)ms) : VD_UNREACHED;
}

/* No sooner than this. */
static uint32_t bound_ms(const reaching *r, const candidate *c, const query *q) {
  int32_t field = free_field(r, c, q->light);
  if (field < 0 || !r->study->fields[field].result) return straight_ms(r, c, q);
  return r->study->fields[field].result->ms[q->t];
}

static void find_met(reaching *r, candidate *c, uint8_t light, const vd_solve *free) {
  const vd_model *model = r->study->model;
  size_t capacity = 0;
  c->met[light] = VD_NEW_ARRAY(r->arena, int32_t, capacity = 4);
  for (size_t b = 0; b < model->n_bars; b++)
    if (free->met_ms[b] != VD_UNREACHED && vd_bar_applies(&model->bars[b], c->force.vehicle, c->force.kind))
      *VD_PUSH(r->arena, c->met[light], c->n_met[light], capacity) = (int32_t)b;
}

/* Those in force that it meets, on its ways without any, by `until_ms`. */
static size_t bars_met(reaching *r, candidate *c, const query *q, const vd_solve *free, uint32_t until_ms) {
  const vd_incident_row *row = &r->j->out->incidents[q->incident];
  size_t n = 0;
  if (!row->dated) return 0;
  if (!c->met[q->light]) find_met(r, c, q->light, free);
  for (size_t i = 0; i < c->n_met[q->light]; i++) {
    const vd_bar *bar = &r->study->model->bars[c->met[q->light][i]];
    if (free->met_ms[c->met[q->light][i]] <= until_ms && bar->from_s <= row->from_s &&
        row->from_s < bar->to_s)
      r->list[n++] = c->met[q->light][i];
  }
  return n;
}

/* The exact time, or false after asking for the field that it takes. */
static bool exact_ms(reaching *r, candidate *c, const query *q, uint32_t *ms) {
  int32_t free = field_under(r, c, (vd_light)q->light, NULL, 0);
  if (!r->study->fields[free].result) return false;
  *ms = r->study->fields[free].result->ms[q->t];
  for (size_t n_before = 0; *ms != VD_UNREACHED || n_before > 0;) {
    size_t n = bars_met(r, c, q, &r->study->fields[free], *ms);
    if (n == n_before) return true; /* sets only grow */
    int32_t field = field_under(r, c, (vd_light)q->light, r->list, n);
    if (!r->study->fields[field].result) return false;
    *ms = r->study->fields[field].result->ms[q->t];
    n_before = n;
  }
  return true;
}

/* ---- the least ---- */

/* A candidate is looked at once, from the least bound on. */
typedef struct looked {
  uint32_t ms;
  int32_t who;
} looked;

static int compare_looked(const void *a, const void *b) {
  const looked *x = a, *y = b;
  if (x->ms != y->ms) return x->ms < y->ms ? -1 : 1;
  return (x->who > y->who) - (x->who < y->who);
}

static bool is_there(const reaching *r, const candidate *c, const query *q) {
  const vd_incident_row *row = &r->j->out->incidents[q->incident];
  if (!c->force.able[q->light]) return false;
  if (row->dated) return c->from_s <= row->from_s && row->from_s < c->to_s;
  return c->from_s < r->j->end_s[q->incident] && row->from_s < c->to_s;
}

static void add_looked(const reaching *r, const query *q, int32_t who, looked *list, size_t *n) {
  uint32_t ms = bound_ms(r, &r->candidates[who], q);
  if (ms != VD_UNREACHED) list[(*n)++] = (looked){ms, who};
}

/* Settles a query or asks for what it takes next. */
static void look(reaching *r, looked *list, query *q) {
  size_t n = 0;
  for (size_t c = 0; c < r->n_bases; c++)
    if (is_there(r, &r->candidates[c], q)) add_looked(r, q, (int32_t)c, list, &n);
  for (int32_t i = r->halted_start[q->incident]; i < r->halted_start[q->incident + 1]; i++)
    if (r->candidates[r->halted[i]].force.able[q->light]) add_looked(r, q, r->halted[i], list, &n);
  qsort(list, n, sizeof *list, compare_looked);
  looked best = {VD_UNREACHED, -1};
  for (size_t k = 0; k < n && list[k].ms <= best.ms; k++) {
    looked at = {0, list[k].who};
    if (!exact_ms(r, &r->candidates[at.who], q, &at.ms)) return;
    if (at.ms != VD_UNREACHED && compare_looked(&at, &best) < 0) best = at;
  }
  q->ms = best.ms, q->who = best.who, q->settled = true;
}

static vd_status settle(reaching *r, vd_jobs *jobs) {
  looked *list = VD_NEW_ARRAY(r->arena, looked, r->n_candidates + 1);
  size_t n_before, n_open;
  do {
    n_before = r->study->n_fields, n_open = 0;
    for (size_t i = 0; i < r->n_queries; i++) {
      if (!r->queries[i].settled) look(r, list, &r->queries[i]);
      n_open += !r->queries[i].settled;
    }
    if (r->study->n_fields > MOST_SOLVES ||
        (double)r->study->n_fields * (double)r->study->n_cells * BYTES_A_TIME > MOST_BYTES)
      return too_many();
    if (r->study->n_fields > n_before)
      VD_TRY(vd_solves_run(r->study, jobs, r->j->progress, _("Response to incidents")));
  } while (n_open > 0 && r->study->n_fields > n_before);
  r->j->out->n_solves = (int64_t)r->study->n_fields;
  return VD_OK;
}

/* Free fields of all bases, at the lights that are asked for, before anything else. */
static void ask_for_bases(reaching *r) {
  bool wanted[VD_LIGHT_COUNT] = {false};
  for (size_t i = 0; i < r->n_queries; i++) wanted[r->queries[i].light] = true;
  for (size_t c = 0; c < r->n_bases; c++)
    for (int light = 0; light < VD_LIGHT_COUNT; light++)
      if (wanted[light] && r->candidates[c].force.able[light])
        field_under(r, &r->candidates[c], (vd_light)light, NULL, 0);
}

/* ---- telling ---- */

static vd_responder responder_of(const reaching *r, const candidate *c) {
  const vd_model *model = r->study->model;
  const vd_beat *beat = c->beat >= 0 ? &model->beats[c->beat] : NULL;
  const vd_post *post = c->post >= 0 ? &model->posts[c->post] : NULL;
  const vd_party *party = &model->parties[beat ? beat->party : post->party];
  vd_arena *arena = r->j->arena;
  return (vd_responder){beat ? VD_KIND_PATROL : VD_KIND_BASE,
                        vd_str_dup(arena, beat ? beat->id : post->id),
                        vd_str_dup(arena, beat ? beat->name : post->name),
                        vd_str_dup(arena, party->id),
                        vd_str_dup(arena, party->name),
                        c->force.vehicle,
                        beat ? beat->halts[c->halt].lon_deg : post->lon_deg,
                        beat ? beat->halts[c->halt].lat_deg : post->lat_deg};
}

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
  int32_t *index = VD_NEW_ARRAY(r->arena, int32_t, r->n_candidates + 1), n = 0;
  for (size_t i = 0; i < out->n_incidents; i++)
    if (out->incidents[i].responder >= 0) index[out->incidents[i].responder] = 1;
  out->responders = VD_NEW_ARRAY(r->j->arena, vd_responder, r->n_candidates + 1);
  for (size_t c = 0; c < r->n_candidates; c++) {
    if (!index[c]) continue;
    out->responders[n] = responder_of(r, &r->candidates[c]);
    index[c] = n++;
  }
  for (size_t i = 0; i < out->n_incidents; i++)
    if (out->incidents[i].responder >= 0) out->incidents[i].responder = index[out->incidents[i].responder];
}

vd_status vd_judge_reach(vd_judging *j, vd_jobs *jobs) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  reaching r = {.j = j, .study = j->study, .arena = arena};
  r.list = VD_NEW_ARRAY(arena, int32_t, j->study->model->n_bars + 1);
  vd_set_intern(j->study, NULL, 0);
  add_bases(&r);
  add_patrols(&r);
  add_queries(&r);
  VD_TRY(find_patrols(&r));
  ask_for_bases(&r);
  VD_TRY(vd_solves_run(j->study, jobs, j->progress, _("Response to incidents")));
  VD_TRY(settle(&r, jobs));
  for (size_t i = 0; i < j->out->n_incidents; i++) tell_incident(&r, i);
  name_responders(&r);
  return VD_OK;
}
