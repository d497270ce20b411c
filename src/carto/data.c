/* data: projects and prepares the objects of a plan for drawing.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/data.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/geo/geodesic.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/restriction.h"
#include "vedette/plan/standard.h"
#include "vedette/plan/stops.h"

enum { RING_CORNERS = 96 };

typedef struct loader {
  vd_map_data *data;
  const vd_plan *plan;
  vd_arena *scratch;
  vd_transform *transform;
  vd_stop_list stops;
} loader;

int32_t vd_word_index(const char *const *words, const char *word) {
  int32_t i = 0;
  while (words[i] && words[i + 1] && !vd_str_equal_nocase(words[i], word)) i++;
  return i;
}

static vd_shape circle(loader *l, double lon, double lat, double radius_m) {
  vd_geom *ring = vd_geodesic_circle(l->scratch, lon, lat, radius_m, RING_CORNERS);
  return vd_shape_project(l->data->arena, ring, l->transform);
}

static int32_t actor_index(const vd_map_data *data, const char *id) {
  for (size_t i = 0; i < data->n_actors; i++)
    if (vd_str_equal(data->actors[i].id, id)) return (int32_t)i;
  return -1;
}

static void load_actors(loader *l) {
  const vd_style style = vd_style_make(false, 1);
  VD_EACH(l->plan, VD_KIND_ACTOR, vd_actor, actor) {
    if (l->data->n_actors == VD_MAP_ACTORS_MAX) return;
    vd_map_actor *to = &l->data->actors[l->data->n_actors++];
    to->id = vd_str_dup(l->data->arena, actor->record.id);
    to->name = vd_str_dup(l->data->arena, actor->record.name);
    to->kind = actor->kind;
    bool known = actor->kind >= 0 && actor->kind < VD_ACTOR_KIND_COUNT;
    to->color = known ? style.actor[actor->kind] : style.ink;
    if (actor->colour) vd_rgba_parse(actor->colour, &to->color);
  }
}

/* What a kind's own fields say. */
static void read_base(loader *l, const vd_base *base, vd_thing *to) {
  to->cls = vd_word_index(vd_base_class_words, base->base_class);
  to->sub = actor_index(l->data, base->actor);
  to->from_s = base->from_s, to->to_s = base->to_s;
  to->value = base->proximity_m;
  if (!vd_geom_empty(base->record.geom) && base->proximity_m > 0)
    to->ring = circle(l, base->record.geom->xy[0], base->record.geom->xy[1], base->proximity_m);
}

static void read_threat(const vd_threat_area *threat, vd_thing *to) {
  to->cls = threat->priority;
  to->from_s = threat->from_s, to->to_s = threat->to_s;
}

static void read_incident(const vd_incident *incident, vd_thing *to) {
  to->cls = vd_word_index(vd_perpetrator_words, incident->perpetrator_class);
  to->from_s = incident->from_s;
  to->to_s = incident->to_s > incident->from_s ? incident->to_s : incident->from_s + 1;
  to->value = incident->killed == VD_UNKNOWN_INT ? 0 : incident->killed;
}

/* When the last occurrence is back. */
static int64_t last_occurrence(const vd_patrol *patrol, int32_t utc_offset_s) {
  vd_recurrence rule;
  int64_t length =
      patrol->to_s != VD_TIME_MAX && patrol->to_s > patrol->from_s ? patrol->to_s - patrol->from_s : VD_DAY_S;
  if (vd_recurrence_parse(patrol->recurrence, utc_offset_s, &rule) != VD_OK) return patrol->from_s + length;
  int64_t last_s = vd_recurrence_last_s(&rule, patrol->from_s, utc_offset_s);
  if (last_s == VD_TIME_MIN) return patrol->from_s + length;
  return last_s == VD_TIME_MAX ? VD_TIME_MAX : last_s + length;
}

/* The points of a patrol's stops in their order. */
static vd_geom *stops_of(loader *l, const char *patrol) {
  vd_stop_list own = vd_stops_of(l->stops, patrol);
  double *xy = VD_NEW_ARRAY(l->scratch, double, 2 * own.n + 1);
  for (size_t i = 0; i < own.n; i++) memcpy(xy + 2 * i, own.items[i]->record.geom->xy, 2 * sizeof *xy);
  return own.n > 0 ? vd_geom_line(l->scratch, xy, (int32_t)own.n) : NULL;
}

static void read_patrol(loader *l, const vd_patrol *patrol, vd_thing *to) {
  to->cls = patrol->state;
  to->sub = actor_index(l->data, patrol->actor);
  if (to->sub >= 0) to->color = l->data->actors[to->sub].color;
  to->from_s = patrol->from_s;
  to->to_s = last_occurrence(patrol, vd_plan_info_lookup(l->plan)->utc_offset_s);
  vd_geom *stops = stops_of(l, patrol->record.id);
  to->stops = vd_shape_project(l->data->arena, stops, l->transform);
  if (to->shape.n_points == 0) to->shape = to->stops;
}

static void read_restriction(loader *l, const vd_restriction *restriction, vd_thing *to) {
  to->cls = restriction->effect;
  to->from_s = restriction->from_s, to->to_s = vd_restriction_end_s(restriction);
  to->unknown_from_s = vd_restriction_unknown_from_s(l->plan, restriction);
  to->other = vd_str_dup(l->data->arena, restriction->mode);
  const vd_geom *geom = restriction->record.geom;
  if (vd_geom_empty(geom) || geom->type != VD_GEOM_POINT || !(restriction->precision_m > 0)) return;
  to->ring = circle(l, geom->xy[0], geom->xy[1], restriction->precision_m);
}

static void read_settlement(loader *l, const vd_settlement *settlement, vd_thing *to) {
  to->cls = vd_word_index(vd_place_words, settlement->place);
  to->value = settlement->population;
  to->other = vd_str_dup(l->data->arena, settlement->other_names);
}

static void read_road(loader *l, const vd_road *road, vd_thing *to) {
  to->cls =
      road->road_class >= 0 && road->road_class < VD_ROAD_CLASS_COUNT ? road->road_class : VD_ROAD_TRACK;
  to->sub = road->crossing;
  to->layer = road->layer;
  to->other = vd_str_dup(l->data->arena, road->ref);
}

static void read_water(loader *l, const vd_water *water, vd_thing *to) {
  to->cls = vd_word_index(vd_water_class_words, water->water_class);
  if (vd_str_equal(water->water_class, "coastline")) l->data->has_coast = true;
}

static void read_fields(loader *l, vd_kind kind, const void *record, vd_thing *to) {
  switch (kind) {
  case VD_KIND_BASE:
    read_base(l, record, to);
    break;
  case VD_KIND_THREAT_AREA:
    read_threat(record, to);
    break;
  case VD_KIND_INCIDENT:
    read_incident(record, to);
    break;
  case VD_KIND_PATROL:
    read_patrol(l, record, to);
    break;
  case VD_KIND_RESTRICTION:
    read_restriction(l, record, to);
    break;
  case VD_KIND_AREA:
    to->cls = vd_word_index(vd_area_type_words, ((const vd_area *)record)->area_type);
    break;
  case VD_KIND_SITE:
    to->cls = vd_word_index(vd_site_type_words, ((const vd_site *)record)->site_type);
    to->value = ((const vd_site *)record)->people;
    break;
  case VD_KIND_SETTLEMENT:
    read_settlement(l, record, to);
    break;
  case VD_KIND_ROAD:
    read_road(l, record, to);
    break;
  case VD_KIND_WATER:
    read_water(l, record, to);
    break;
  default:
    break;
  }
}

static void load_kind(loader *l, vd_kind kind) {
  vd_things *things = &l->data->things[kind];
  size_t n = vd_plan_count(l->plan, kind);
  things->items = VD_NEW_ARRAY(l->data->arena, vd_thing, n + 1);
  for (size_t i = 0; i < n; i++) {
    const vd_record *record = vd_plan_at(l->plan, kind, i);
    vd_thing *to = &things->items[things->n++];
    *to = (vd_thing){.kind = kind, .from_s = VD_TIME_MIN, .to_s = VD_TIME_MAX, .unknown_from_s = VD_TIME_MAX};
    to->id = vd_str_dup(l->data->arena, record->id);
    to->name = vd_str_dup(l->data->arena, record->name);
    to->shape = vd_shape_project(l->data->arena, record->geom, l->transform);
    to->ring.box = to->stops.box = vd_box_empty();
    read_fields(l, kind, record, to);
  }
}

/* The centre of the area of interest, else of whatever the plan holds. */
static vd_status find_centre(const vd_plan *plan, double *lon, double *lat) {
  vd_box box = vd_box_empty();
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  if (info && !vd_geom_empty(info->area)) box = vd_geom_box(info->area);
  for (int kind = 0; vd_box_is_empty(box) && kind < VD_KIND_COUNT; kind++) {
    for (size_t i = 0; i < vd_plan_count(plan, (vd_kind)kind); i++) {
      const vd_record *record = vd_plan_at(plan, (vd_kind)kind, i);
      if (!vd_geom_empty(record->geom)) box = vd_box_join(box, vd_geom_box(record->geom));
    }
  }
  if (vd_box_is_empty(box))
    return vd_fail(VD_ERR_INPUT,
                   _("the plan has no area of interest and nothing with a place: there is nothing "
                     "to draw; set an area first"));
  *lon = (box.min_x + box.max_x) / 2;
  *lat = (box.min_y + box.max_y) / 2;
  return VD_OK;
}

/* The study's own plane when there is one, so that cells are squares on the map. */
static vd_status place_plane(vd_map_data *data, const vd_plan *plan, const vd_study *study) {
  if (!study) return find_centre(plan, &data->lon_deg, &data->lat_deg);
  double zero[2] = {0, 0}, lonlat[2];
  vd_landscape_to_lonlat(vd_study_landscape(study), zero, lonlat, 1);
  data->lon_deg = lonlat[0], data->lat_deg = lonlat[1];
  return VD_OK;
}

static vd_status load_rasters(loader *l) {
  const vd_raster *elevation = vd_plan_raster(l->plan, VD_RASTER_ELEVATION);
  const vd_raster *landcover = vd_plan_raster(l->plan, VD_RASTER_LANDCOVER);
  if (elevation) VD_TRY(vd_ground_relief_new(l->data->arena, elevation, l->data, &l->data->relief));
  if (landcover) VD_TRY(vd_ground_tint_new(l->data->arena, landcover, l->data, &l->data->tint));
  return VD_OK;
}

static void find_box(loader *l) {
  const vd_plan_info *info = vd_plan_info_lookup(l->plan);
  vd_map_data *data = l->data;
  data->area = vd_shape_project(data->arena, info ? info->area : NULL, l->transform);
  data->from_s = info ? info->from_s : 0, data->to_s = info ? info->to_s : 0;
  data->box = data->area.box;
  for (int kind = 0; data->area.n_points == 0 && kind < VD_KIND_COUNT; kind++)
    for (size_t i = 0; i < data->things[kind].n; i++)
      data->box = vd_box_join(data->box, data->things[kind].items[i].shape.box);
  if (vd_box_is_empty(data->box)) data->box = (vd_box){-1000, -1000, 1000, 1000};
}

static vd_status build(vd_map_data *data, const vd_plan *plan, const vd_study *study,
                       const vd_progress *progress) {
  VD_TRY(place_plane(data, plan, study));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_CLEANUP(vd_transform_cleanup) vd_transform *transform = NULL;
  VD_TRY(vd_transform_plane(data->lon_deg, data->lat_deg, &transform));
  loader l = {data, plan, scratch, transform, vd_plan_stops(plan, scratch)};
  load_actors(&l);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    VD_TRY(vd_progress_step(progress, _("Preparing the map"), kind, VD_KIND_COUNT + 2));
    if (kind != VD_KIND_ACTOR && kind != VD_KIND_STOP && kind < VD_KIND_SPEED) load_kind(&l, (vd_kind)kind);
  }
  find_box(&l);
  VD_TRY(load_rasters(&l));
  vd_map_data_rate(data);
  if (study) vd_map_data_add_study(data, study);
  return vd_progress_step(progress, _("Preparing the map"), VD_KIND_COUNT + 2, VD_KIND_COUNT + 2);
}

static vd_map_data *data_new(void) {
  vd_arena *arena = vd_arena_new();
  vd_map_data *data = VD_NEW(arena, vd_map_data);
  data->arena = arena;
  data->box = data->area.box = vd_box_empty();
  return data;
}

vd_status vd_map_data_build(const vd_plan *plan, const vd_study *study, const vd_progress *progress,
                            vd_map_data **out) {
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *data = data_new();
  VD_TRY(build(data, plan, study, progress));
  *out = data;
  data = NULL;
  return VD_OK;
}

vd_status vd_map_data_with_study(const vd_map_data *base, const vd_study *study, vd_map_data **out) {
  vd_map_data *data = data_new();
  vd_arena *arena = data->arena;
  *data = *base;
  data->arena = arena;
  data->has_study = false, data->n_gaps = 0, data->gaps = NULL;
  data->states = (struct vd_map_states){0};
  memset(data->response, 0, sizeof data->response);
  if (study) vd_map_data_add_study(data, study);
  *out = data;
  return VD_OK;
}

void vd_map_data_free(vd_map_data *data) {
  if (data) vd_arena_free(data->arena);
}

void vd_map_data_cleanup(vd_map_data **data) {
  vd_map_data_free(*data);
}

vd_box vd_map_data_box(const vd_map_data *data) {
  return data->box;
}

void vd_map_data_centre(const vd_map_data *data, double *lon_deg, double *lat_deg) {
  *lon_deg = data->lon_deg, *lat_deg = data->lat_deg;
}

static void transform_all(const vd_map_data *data, const double *in, double *out, size_t n, bool inverse) {
  if (out != in) memcpy(out, in, 2 * n * sizeof *in);
  VD_CLEANUP(vd_transform_cleanup) vd_transform *transform = NULL;
  if (vd_transform_plane(data->lon_deg, data->lat_deg, &transform) != VD_OK) {
    for (size_t i = 0; i < 2 * n; i++) out[i] = NAN;
    return;
  }
  if (inverse) {
    vd_transform_inverse(transform, out, n);
  } else {
    vd_transform_forward(transform, out, n);
  }
}

void vd_map_to_plane(const vd_map_data *data, const double *lonlat, double *xy_m, size_t n) {
  transform_all(data, lonlat, xy_m, n, false);
}

void vd_map_to_lonlat(const vd_map_data *data, const double *xy_m, double *lonlat, size_t n) {
  transform_all(data, xy_m, lonlat, n, true);
}
