/* coordinate_seam: strips along the borders of areas of responsibility that nobody reaches in time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A threatened cell belongs to the seam between its two nearest areas when both are at most the standard seam.width away; a place
 * that lies in both is at no distance from either. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/core/proximity.h"
#include "vedette/plan/standard.h"

typedef struct zone { /* an area with somebody in charge */
  const vd_area *area;
  const vd_geom *plane;
  vd_box near;   /* nothing outside of it is within the strip */
  int32_t party; /* of its actor, -1 */
} zone;

typedef struct seaming {
  vd_coordinating *c;
  zone *zones;
  size_t n_zones, capacity;
  double width_m;
  int32_t (*sides)[2]; /* per cell of the study: its two nearest zones, -1 */
  vd_transform *to_plane;
} seaming;

/* ---- areas ---- */

static bool is_seen(const seaming *s, const vd_area *area) {
  for (size_t i = 0; i < s->n_zones; i++) {
    if (vd_geom_equal(s->zones[i].area->record.geom, area->record.geom)) return true;
  }
  return false;
}

/* Of areas with one outline the first counts. */
static void add_areas(seaming *s, const char *type) {
  const vd_model *model = s->c->study->model;
  VD_EACH(s->c->plan, VD_KIND_AREA, vd_area, area) {
    bool charged = (area->actor && *area->actor) || (area->record.name && *area->record.name);
    if (!vd_str_equal(area->area_type, type) || !charged || vd_geom_empty(area->record.geom) ||
        area->record.geom->type != VD_GEOM_POLYGON || is_seen(s, area))
      continue;
    const vd_geom *plane = vd_land_to_plane_geom(s->c->scratch, s->to_plane, area->record.geom);
    vd_box box = vd_geom_box(plane);
    double more = 1.5 * s->width_m; /* the plane's scale, see near.c */
    int32_t party = area->actor ? vd_model_party(model, area->actor) : (int32_t)model->n_parties - 1;
    *VD_PUSH(s->c->scratch, s->zones, s->n_zones, s->capacity) =
        (zone){area,
               plane,
               {box.min_x - more, box.min_y - more, box.max_x + more, box.max_y + more},
               party == (int32_t)model->n_parties - 1 ? -1 : party};
  }
}

static vd_status list_zones(seaming *s) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_plane = NULL;
  VD_TRY(vd_transform_plane(s->c->study->land->lon_deg, s->c->study->land->lat_deg, &to_plane));
  s->to_plane = to_plane;
  add_areas(s, "aor");
  if (s->n_zones < 2) { /* sectors stand in where the plan tells no areas of responsibility */
    s->n_zones = 0;
    add_areas(s, "sector");
  }
  s->to_plane = NULL;
  return VD_OK;
}

/* ---- cells ---- */

static void find_sides(const seaming *s, size_t t) {
  const double *xy = &s->c->study->xy_m[2 * t];
  double first = INFINITY, second = INFINITY;
  int32_t *sides = s->sides[t];
  sides[0] = sides[1] = -1;
  for (size_t z = 0; z < s->n_zones; z++) {
    const vd_box *near = &s->zones[z].near;
    if (xy[0] < near->min_x || xy[0] > near->max_x || xy[1] < near->min_y || xy[1] > near->max_y) continue;
    double d = vd_geom_distance_m(s->zones[z].plane, xy[0], xy[1]);
    if (d > s->width_m) continue;
    if (d < first) {
      second = first, sides[1] = sides[0];
      first = d, sides[0] = (int32_t)z;
    } else if (d < second) {
      second = d, sides[1] = (int32_t)z;
    }
  }
  if (sides[1] >= 0 && sides[1] < sides[0]) {
    int32_t kept = sides[0];
    sides[0] = sides[1], sides[1] = kept;
  }
}

static vd_status sides_of_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  const seaming *s = context;
  for (size_t t = (size_t)item * VD_CHUNK; t < s->c->study->n_cells && t < (size_t)(item + 1) * VD_CHUNK; t++)
    find_sides(s, t);
  return vd_progress_step(s->c->progress, _("Seams between areas"), item, vd_chunks(s->c->study->n_cells));
}

static double hours_not_reached(const vd_study_cell *cell) {
  return cell->hours[VD_PRESENCE_ONLY] + cell->hours[VD_UNCOVERED];
}

static double hours_under_threat(const vd_study_cell *cell) {
  return hours_not_reached(cell) + cell->hours[VD_COVERED] + cell->hours[VD_REACH_ONLY];
}

/* ---- nearest responders ---- */

/* Least response of a base in the window, as the restrictions stand at one time or another. */
static uint32_t least_ms(const vd_study *study, int32_t responder, int32_t t) {
  uint32_t least = VD_UNREACHED;
  for (size_t i = 0; i < study->n_situations; i++) {
    const vd_situation *situation = &study->situations[i];
    if (situation->force != responder || !vd_situation_counts(situation, VD_LIFT_NONE)) continue;
    const vd_result *result = study->fields[situation->field].result;
    if (result && result->ms[t] < least) least = result->ms[t];
  }
  return least;
}

/* The nearest of the bases in the area or, where none is there, of its actor's. */
static vd_seam_side side_of(const seaming *s, const zone *z, int32_t t) {
  const vd_study *study = s->c->study;
  const vd_record *record = &z->area->record;
  vd_seam_side side = {record->id,
                       record->name && *record->name ? record->name : study->model->parties[z->party].name,
                       -1, INFINITY};
  for (int round = 0; round < 2 && side.responder < 0; round++) {
    uint32_t least = VD_UNREACHED;
    for (size_t r = 0; r < study->n_responders; r++) {
      const vd_force *force = &study->forces[r];
      const vd_answerer *answerer = &s->c->answerers[r];
      if (answerer->post < 0) continue;
      bool theirs = round == 0 ? vd_polygon_holds(z->plane, force->xy_m[0], force->xy_m[1])
                               : study->model->posts[answerer->post].party == z->party;
      if (!theirs) continue;
      uint32_t ms = least_ms(study, (int32_t)r, t);
      if (side.responder >= 0 && ms >= least) continue;
      least = ms, side.responder = (int32_t)r;
      side.minutes = ms == VD_UNREACHED ? INFINITY : ms / 60e3;
    }
  }
  return side;
}

/* ---- seams ---- */

static vd_status tell_seam(const seaming *s, int32_t a, int32_t b) {
  const vd_study *study = s->c->study;
  size_t capacity = 0;
  vd_seam seam = {0};
  int32_t *cells = NULL, place = -1;
  double most = -1;
  for (size_t t = 0; t < study->n_cells; t++) {
    if (s->sides[t][0] != a || s->sides[t][1] != b) continue;
    const vd_study_cell *cell = &study->cells[t];
    double people = (double)cell->people, not_reached = people * hours_not_reached(cell);
    *VD_PUSH(s->c->arena, cells, seam.n_cells, capacity) = cell->cell;
    seam.people += people, seam.person_hours += people * hours_under_threat(cell);
    seam.not_reached += not_reached;
    if (not_reached > 0) seam.people_not_reached += people;
    if (not_reached > most) most = not_reached, place = (int32_t)t;
  }
  if (place < 0) return VD_OK;
  vd_geom *outline;
  VD_TRY(vd_landscape_outline(study->land, cells, seam.n_cells, s->c->arena, &outline));
  seam.cells = cells, seam.outline = outline;
  seam.sides[0] = side_of(s, &s->zones[a], place), seam.sides[1] = side_of(s, &s->zones[b], place);
  seam.lon_deg = study->lonlat[2 * place], seam.lat_deg = study->lonlat[2 * place + 1];
  seam.settlement = vd_town_name(s->c, place);
  s->c->out->seams[s->c->out->n_seams++] = seam;
  return VD_OK;
}

static int compare_seams(const void *a, const void *b) {
  const vd_seam *x = a, *y = b;
  if (x->not_reached != y->not_reached) return x->not_reached > y->not_reached ? -1 : 1;
  if (x->person_hours != y->person_hours) return x->person_hours > y->person_hours ? -1 : 1;
  int by_first = strcmp(x->sides[0].id, y->sides[0].id);
  return by_first != 0 ? by_first : strcmp(x->sides[1].id, y->sides[1].id);
}

static int compare_sides(const void *a, const void *b) {
  const int32_t *x = a, *y = b;
  if (x[0] != y[0]) return x[0] < y[0] ? -1 : 1;
  return (x[1] > y[1]) - (x[1] < y[1]);
}

/* The pairs that have cells, each once. */
static int32_t (*pairs_of(const seaming *s, size_t *n))[2] {
  size_t n_cells = s->c->study->n_cells;
  int32_t(*pairs)[2] = vd_arena_alloc(s->c->scratch, sizeof *pairs * (n_cells + 1));
  size_t n_all = 0;
  for (size_t t = 0; t < n_cells; t++) {
    if (s->sides[t][1] < 0) continue;
    memcpy(pairs[n_all++], s->sides[t], sizeof *pairs);
  }
  if (n_all > 1) qsort(pairs, n_all, sizeof *pairs, compare_sides);
  *n = 0;
  for (size_t i = 0; i < n_all; i++) {
    if (*n == 0 || compare_sides(pairs[i], pairs[*n - 1]) != 0)
      memmove(pairs[(*n)++], pairs[i], sizeof *pairs);
  }
  return pairs;
}

vd_status vd_coordinate_seams(vd_coordinating *c) {
  seaming s = {.c = c, .width_m = vd_standard_value(c->plan, "seam.width")};
  VD_TRY(list_zones(&s));
  c->out->n_areas = (int64_t)s.n_zones, c->out->seam_m = s.width_m;
  s.sides = vd_arena_alloc(c->scratch, sizeof *s.sides * (c->study->n_cells + 1));
  VD_TRY(vd_jobs_run(c->jobs, vd_chunks(c->study->n_cells), sides_of_chunk, &s));
  size_t n;
  const int32_t(*pairs)[2] = (const int32_t(*)[2])pairs_of(&s, &n);
  c->out->seams = VD_NEW_ARRAY(c->arena, vd_seam, n + 1);
  for (size_t i = 0; i < n; i++) VD_TRY(tell_seam(&s, pairs[i][0], pairs[i][1]));
  if (c->out->n_seams > 1) qsort(c->out->seams, c->out->n_seams, sizeof *c->out->seams, compare_seams);
  return VD_OK;
}
