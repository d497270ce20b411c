/* bar: restrictions laid on the landscape.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/model.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/restriction.h"

#define ON_ROAD_M 10.0 /* a restriction of a whole road stops patrols this close to it */

static unsigned vehicles_of_mode(const char *mode) {
  if (vd_str_equal(mode, "air")) return 1u << VD_HELICOPTER;
  if (vd_str_equal(mode, "river")) return 1u << VD_BOAT;
  return 1u << VD_FOOT | 1u << VD_CAR_4X4 | 1u << VD_CONVOY;
}

/* Bits of the terms named in a list of words; NULL or "": all. */
static unsigned bits_of_words(const vd_terms *terms, const char *words) {
  if (!words || !*words) return ~0u;
  unsigned bits = 0;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  for (const char *at = words; *at;) {
    size_t n = 0;
    while (at[n] && at[n] != ' ') n++;
    int index = n > 0 ? vd_terms_find(terms, vd_str_dup_n(scratch, at, n)) : -1;
    if (index >= 0) bits |= 1u << index;
    at += n;
    while (*at == ' ') at++;
  }
  return bits;
}

/* A road for 4x4 only holds up convoys, unless the report names the vehicles. */
static unsigned vehicles_of(const vd_restriction *r) {
  bool named = r->vehicles && *r->vehicles;
  if (!named && vd_str_equal(r->road_state, "4x4_only")) return 1u << VD_CONVOY;
  return vehicles_of_mode(r->mode) & bits_of_words(&vd_vehicle_terms, r->vehicles);
}

/* The network's roads that come from the record. */
static int32_t *roads_of(vd_arena *arena, const vd_landscape *land, const char *id, size_t *n) {
  size_t capacity = 0;
  int32_t *roads = NULL;
  *n = 0;
  for (size_t i = 0; i < land->n_roads; i++) {
    if (vd_str_equal(land->roads[i].id, id)) *VD_PUSH(arena, roads, *n, capacity) = (int32_t)i;
  }
  return roads;
}

static void add_zone(vd_model *model, vd_bar *bar, size_t *capacity, const vd_travel_zone *zone) {
  *VD_PUSH(model->arena, bar->zones, bar->n_zones, *capacity) = zone;
}

static void lay_zones(vd_model *model, vd_bar *bar, const char *road) {
  const vd_travel_network *network = model->land->network;
  size_t capacity = 0, n_roads = 0;
  const int32_t *roads = road && *road ? roads_of(model->arena, model->land, road, &n_roads) : NULL;
  if (n_roads > 0) {
    add_zone(model, bar, &capacity, vd_travel_zone_roads(model->arena, network, roads, n_roads));
    return;
  }
  if (!bar->plane) return;
  if (bar->plane->type == VD_GEOM_POLYGON) {
    add_zone(model, bar, &capacity, vd_travel_zone_polygon(model->arena, network, bar->plane));
  } else if (bar->plane->type == VD_GEOM_LINE) {
    add_zone(model, bar, &capacity, vd_travel_zone_line(model->arena, network, bar->plane, bar->radius_m));
  } else {
    for (int32_t i = 0; i < bar->plane->n_points; i++) {
      const double *xy = bar->plane->xy + 2 * (size_t)i;
      add_zone(model, bar, &capacity,
               vd_travel_zone_circle(model->arena, network, xy[0], xy[1], bar->radius_m));
    }
  }
}

/* The plane's scale is below 1.5 up to 10 000 km from its origin. */
static vd_box near_of(const vd_bar *bar) {
  vd_box box = vd_geom_box(bar->plane);
  if (bar->plane->type == VD_GEOM_POLYGON) return box;
  double more = 1.5 * bar->radius_m;
  return (vd_box){box.min_x - more, box.min_y - more, box.max_x + more, box.max_y + more};
}

static uint32_t delay_ms(double minutes) {
  return minutes >= 0 ? vd_ms_round(fmin(minutes * 60e3, (double)VD_UNREACHED - 1)) : 0;
}

void vd_bar_lay(vd_model *model, vd_bar *bar) {
  bar->near = near_of(bar);
  lay_zones(model, bar, bar->road);
}

/* An area acts where it is drawn, a road where it runs. */
static double precision_of(const vd_bar *bar, const vd_restriction *r, bool of_a_road) {
  bool varies = r->precision_m > 0 && !of_a_road && bar->plane->type != VD_GEOM_POLYGON;
  return varies ? r->precision_m : 0;
}

static vd_bar read_bar(vd_model *model, const vd_plan *plan, const vd_restriction *r) {
  vd_bar bar = {.id = vd_str_dup(model->arena, r->record.id),
                .name = vd_str_dup(model->arena, r->record.name ? r->record.name
                                                 : r->code      ? r->code
                                                                : ""),
                .from_s = r->from_s,
                .to_s = vd_restriction_end_s(r),
                .unknown_from_s = vd_restriction_unknown_from_s(plan, r),
                .vehicles = vehicles_of(r),
                .kinds = bits_of_words(&vd_actor_kind_terms, r->components),
                .escort = r->effect == VD_EFFECT_ESCORT,
                .effect = r->effect == VD_EFFECT_ESCORT ? VD_EFFECT_DELAY : (vd_effect)r->effect,
                .slow = r->slow_factor >= 1 ? r->slow_factor : 1,
                .delay_ms = delay_ms(vd_restriction_delay_min(plan, r)),
                .radius_m = r->radius_m >= 0 ? r->radius_m : model->figures.restriction_radius_m,
                .road = r->road && *r->road ? vd_str_dup(model->arena, r->road) : NULL,
                .lon_deg = NAN,
                .lat_deg = NAN};
  const vd_geom *geom = r->record.geom;
  bool of_a_road = false;
  if (r->road && *r->road) {
    const vd_road *road = vd_plan_find(plan, VD_KIND_ROAD, r->road);
    if (road && !vd_geom_empty(road->record.geom))
      geom = road->record.geom, bar.radius_m = ON_ROAD_M, of_a_road = true;
  }
  if (vd_geom_empty(geom)) return bar;
  bar.lon_deg = geom->xy[0], bar.lat_deg = geom->xy[1];
  bar.plane = vd_land_to_plane_geom(model->arena, model->to_plane, geom);
  bar.precision_m = precision_of(&bar, r, of_a_road);
  vd_bar_lay(model, &bar);
  return bar;
}

/* At some time of the window it is in force by a report that is too old. */
static bool is_unknown_in_window(const vd_model *model, const vd_bar *bar) {
  int64_t to_s = bar->to_s < model->to_s ? bar->to_s : model->to_s;
  return bar->unknown_from_s < to_s && bar->to_s > model->from_s;
}

vd_status vd_model_read_bars(vd_model *model, const vd_plan *plan) {
  size_t capacity = 0;
  int64_t n_placeless = 0, n_unknown = 0;
  VD_EACH(plan, VD_KIND_RESTRICTION, vd_restriction, r) {
    int64_t to_s = vd_restriction_end_s(r);
    if (r->from_s < model->to_s && to_s > model->from_s) model->n_restrictions++;
    if (!vd_restriction_acts(r) || r->from_s >= model->to_s || to_s <= model->seen_from_s ||
        r->from_s >= to_s)
      continue;
    vd_bar bar = read_bar(model, plan, r);
    if (bar.n_zones == 0) {
      n_placeless++;
      continue;
    }
    *VD_PUSH(model->arena, model->bars, model->n_bars, capacity) = bar;
    n_unknown += is_unknown_in_window(model, &bar);
    vd_epochs_cut(model->epochs, bar.from_s);
    vd_epochs_cut(model->epochs, bar.to_s);
    if (bar.unknown_from_s < bar.to_s) vd_epochs_cut(model->epochs, bar.unknown_from_s);
  }
  if (n_unknown > 0) {
    vd_model_note(model,
                  _("States of roads are unknown in the window, or from some time of it on: their last "
                    "report is too old. "
                    "They are taken as still in force."),
                  n_unknown, NAN, NAN);
  }
  if (n_placeless > 0) {
    vd_model_note(model, _("Restrictions have no position: they do not change movement."), n_placeless, NAN,
                  NAN);
  }
  return VD_OK;
}

bool vd_bar_same_effect(const vd_bar *a, const vd_bar *b) {
  bool same_number = a->effect == VD_EFFECT_SLOW    ? a->slow == b->slow
                     : a->effect == VD_EFFECT_DELAY ? a->delay_ms == b->delay_ms
                                                    : true;
  return a->effect == b->effect && same_number && a->radius_m == b->radius_m &&
         vd_str_equal(a->road, b->road) && vd_geom_equal(a->plane, b->plane);
}

vd_run vd_bar_run(const vd_model *model, const vd_bar *bar) {
  return vd_epochs_between(model->epochs, bar->from_s, bar->to_s);
}
