/* write_ground: the base data and the areas.
 * SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

static void common(layer *l, const char *about) {
  record_text(l, "source", about);
}

static vd_status write_roads(const world *w, const char *folder) {
  layer l;
  layer_open(&l, w->arena, "roads", false);
  for (size_t i = 0; i < w->n_roads; i++) {
    const road *r = &w->roads[i];
    record_begin(&l, r->id, r->name);
    record_text(&l, "road_class", vd_terms_word(&vd_road_class_terms, (int)r->klass));
    record_text(&l, "surface", vd_terms_word(&vd_surface_terms, (int)r->surface));
    record_text(&l, "crossing", vd_terms_word(&vd_crossing_terms, (int)r->crossing));
    record_number(&l, "oneway", 0, 0);
    record_number(&l, "layer", r->crossing == VD_BRIDGE ? 1 : 0, 0);
    record_text(&l, "access", r->klass == VD_ROAD_TRACK ? "4wd" : "yes");
    record_text(&l, "ref", r->ref);
    common(&l, MADE);
    record_end_line(&l, &r->path);
  }
  return layer_write(&l, folder);
}

static void water_fields(layer *l, const char *water_class, bool navigable, bool barrier) {
  record_text(l, "water_class", water_class);
  record_number(l, "navigable", navigable, 0);
  record_number(l, "barrier", barrier, 0);
  common(l, MADE);
}

static vd_status write_water(const world *w, const char *folder) {
  layer l;
  layer_open(&l, w->arena, "water", false);
  for (size_t i = 0; i < w->n_rivers; i++) {
    const river *r = &w->rivers[i];
    record_begin(&l, id_of(w->arena, "river", (int)i), r->name);
    water_fields(&l, r->kind == WATER_STREAM ? "stream" : "river", r->kind == WATER_GREAT,
                 r->kind >= WATER_RIVER);
    record_end_line(&l, &r->path);
  }
  for (size_t i = 0; i < w->n_lakes; i++) {
    record_begin(&l, id_of(w->arena, "lake", (int)i), i ? NULL : "Lake Ommel");
    water_fields(&l, "lake", true, true);
    record_end_rings(&l, w->lakes[i].rings, w->lakes[i].n);
  }
  for (size_t i = 0; i < w->n_wetlands; i++) {
    record_begin(&l, id_of(w->arena, "wetland", (int)i), NULL);
    water_fields(&l, "wetland", false, false);
    record_end_rings(&l, w->wetlands[i].rings, w->wetlands[i].n);
  }
  return layer_write(&l, folder);
}

static vd_status write_settlements(const world *w, const char *folder) {
  layer l;
  layer_open(&l, w->arena, "settlements", false);
  for (int i = 0; i < w->n_settlements; i++) {
    const settlement *s = &w->settlements[i];
    record_begin(&l, id_of(w->arena, "settlement", i), s->name);
    record_text(&l, "other_names", s->other_names);
    record_text(&l, "place", s->place);
    record_number(&l, "population", s->people, 0);
    common(&l, MADE);
    record_end_point(&l, centre_of(s->cell));
  }
  return layer_write(&l, folder);
}

static void area_record(const world *w, layer *l, const char *type, int number, const char *name,
                        const char *who, int level, const shape *s) {
  record_begin(l, id_of(w->arena, type, number), name);
  record_text(l, "area_type", type);
  record_text(l, "actor", who);
  record_number(l, "level", level, 0);
  common(l, MADE);
  record_end_rings(l, s->rings, s->n);
}

static vd_status write_areas(const world *w, const char *folder) {
  static const char *const sectors[SECTOR_COUNT] = {"West", "Centre", "East"};
  vd_arena *a = w->arena;
  layer l;
  layer_open(&l, a, "area", false);
  area_record(w, &l, "mission", 0, "Velundra", NULL, 0, &w->mission);
  VD_TRY(layer_write(&l, folder));
  layer_open(&l, a, "areas", false);
  for (int i = 0; i < SECTOR_COUNT; i++) {
    area_record(w, &l, "sector", i, vd_str_printf(a, "Sector %s", sectors[i]), actor_id(a, UN_MILITARY), 1,
                &w->sectors[i]);
    area_record(w, &l, "aor", i, vd_str_printf(a, "Area of responsibility %s", sectors[i]),
                actor_id(a, UN_MILITARY), 1, &w->sectors[i]);
  }
  for (int i = 0; i < DISTRICT_COUNT; i++)
    area_record(w, &l, "admin", i, vd_str_printf(a, "%s district", w->district_names[i]), NULL, 2,
                &w->districts[i]);
  return layer_write(&l, folder);
}

vd_status write_ground(const world *w, const char *folder) {
  VD_TRY(write_tiff_f32(folder, "elevation.tif", w->height, "-9999", "Metres above the sea. " MADE "."));
  VD_TRY(
      write_tiff_u8(folder, "landcover.tif", w->cover, "0",
                    "1 bare, 2 crops, 3 grass, 4 shrub, 5 forest, 6 built-up, 9 wetland, 10 seasonal water, "
                    "11 water. " MADE "."));
  VD_TRY(write_tiff_f32(folder, "population.tif", w->people, "-99999", "People per cell. " MADE "."));
  VD_TRY(write_roads(w, folder));
  VD_TRY(write_water(w, folder));
  VD_TRY(write_settlements(w, folder));
  return write_areas(w, folder);
}
