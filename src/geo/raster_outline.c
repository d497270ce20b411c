/* raster_outline: connected areas of a raster of classes, their sums, and their polygons in a file.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "geo/raster_classes.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/core/gap.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/outline.h"
#include "vedette/geo/vector.h"

enum { FIELD_CLASS, FIELD_CELLS, FIELD_AREA, FIELD_PEOPLE, N_FIELDS };

typedef struct outlining {
  vd_arena *arena;
  vd_jobs *jobs;
  const vd_progress *progress;
  vd_classes classes;
  vd_components areas;
  vd_geom **outlines;
  double *area_m2, *people; /* people: NULL not asked for */
} outlining;

/* ---- sums ---- */

static bool same_cells(const vd_raster_info *a, const vd_raster_info *b) {
  double size =
      fmin(hypot(a->geotransform[1], a->geotransform[4]), hypot(a->geotransform[2], a->geotransform[5]));
  for (int i = 0; i < 6; i++) {
    double far = i % 3 ? fmax(a->width, a->height) : 1;
    if (!(fabs(a->geotransform[i] - b->geotransform[i]) * far < size * 0.01)) return false;
  }
  return a->width == b->width && a->height == b->height && vd_str_equal(a->crs_wkt, b->crs_wkt);
}

static vd_status sum_people(outlining *o, const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_raster_info info;
  vd_geo_raster *raster;
  if (!path) return VD_OK;
  VD_TRY(vd_raster_probe(arena, path, &info));
  if (!same_cells(&o->classes.grid, &info))
    return vd_fail(
        VD_ERR_INPUT,
        _("%s does not have the cells of the raster of classes; warp it to them first (gdalwarp -r sum)."),
        vd_path_base(path));
  VD_TRY(vd_raster_read(arena, path, NULL, o->progress, &raster));
  return vd_components_sum_floats(o->arena, o->jobs, &o->areas, raster->values, &o->people);
}

/* Of one cell in a row of a raster in degrees; all of a row are alike. */
static double cell_m2(vd_arena *arena, const vd_raster_info *grid, int32_t row) {
  const double *g = grid->geotransform;
  double xy[8];
  for (int i = 0; i < 4; i++) {
    int c = i == 1 || i == 2, r = row + (i > 1);
    xy[2 * i] = g[0] + c * g[1] + r * g[2];
    xy[2 * i + 1] = g[3] + c * g[4] + r * g[5];
  }
  return vd_geodesic_area_m2(vd_geom_ring(arena, xy, 4));
}

static void sum_areas(outlining *o) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const double *g = o->classes.grid.geotransform, unit = o->classes.grid.metres_a_unit;
  double plane_m2 = fabs(g[1] * g[5] - g[2] * g[4]) * unit * unit;
  o->area_m2 = VD_NEW_ARRAY(o->arena, double, o->areas.n + 1);
  for (size_t i = 0; i < o->areas.n; i++) o->area_m2[i] = o->areas.items[i].n_cells * plane_m2;
  for (int32_t row = 0; row < o->classes.grid.height && !(unit > 0); row++) {
    const int32_t *label = o->areas.label + (int64_t)row * o->classes.grid.width;
    double one_m2 = cell_m2(arena, &o->classes.grid, row);
    for (int32_t x = 0; x < o->classes.grid.width; x++)
      if (label[x] >= 0) o->area_m2[label[x]] += one_m2;
  }
}

/* ---- writing ---- */

/* From columns and rows (downwards negative) to the raster's system, or to lon/lat. */
static vd_status place(outlining *o, bool lonlat) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_lonlat = NULL;
  const double *g = o->classes.grid.geotransform;
  if (lonlat) VD_TRY(vd_transform_new(o->classes.grid.crs_wkt, NULL, &to_lonlat));
  for (size_t i = 0; i < o->areas.n; i++) {
    vd_geom *geom = o->outlines[i];
    for (int32_t k = 0; k < geom->n_points; k++) {
      double c = geom->xy[2 * k], r = -geom->xy[2 * k + 1];
      geom->xy[2 * k] = g[0] + c * g[1] + r * g[2];
      geom->xy[2 * k + 1] = g[3] + c * g[4] + r * g[5];
    }
    if (lonlat) vd_transform_forward(to_lonlat, geom->xy, (size_t)geom->n_points);
  }
  return VD_OK;
}

static vd_status write_areas(outlining *o, const char *out) {
  static const vd_vector_field fields[N_FIELDS] = {{"class", VD_VALUE_REAL},
                                                   {"cells", VD_VALUE_INT},
                                                   {"area_km2", VD_VALUE_REAL},
                                                   {"people", VD_VALUE_REAL}};
  vd_arena *arena = o->arena;
  bool gpkg = vd_str_ends_nocase(out, ".gpkg");
  size_t n = o->areas.n;
  vd_write_feature *features = vd_arena_try_alloc(arena, n, sizeof *features);
  vd_value *values = vd_arena_try_alloc(arena, n, N_FIELDS * sizeof *values);
  if (!features || !values) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for %zu areas."), n);
  VD_TRY(place(o, !gpkg && o->classes.grid.crs_wkt));
  for (size_t i = 0; i < n; i++) {
    vd_value *at = values + i * N_FIELDS;
    at[FIELD_CLASS] =
        (vd_value){.type = VD_VALUE_REAL, .real = (double)o->classes.values[o->areas.items[i].key]};
    at[FIELD_CELLS] = (vd_value){.type = VD_VALUE_INT, .whole = o->areas.items[i].n_cells};
    at[FIELD_AREA] = (vd_value){.type = VD_VALUE_REAL, .real = o->area_m2[i] / 1e6};
    if (o->people) at[FIELD_PEOPLE] = (vd_value){.type = VD_VALUE_REAL, .real = o->people[i]};
    features[i] = (vd_write_feature){o->outlines[i], at};
  }
  const vd_write_layer layer = {.name = "areas",
                                .geometry = VD_GEOM_POLYGON,
                                .n_fields = o->people ? N_FIELDS : FIELD_PEOPLE,
                                .fields = fields,
                                .n_features = n,
                                .features = features,
                                .crs_wkt = gpkg ? o->classes.grid.crs_wkt : NULL};
  return vd_vector_write(out, &layer, 1, o->progress);
}

vd_status vd_outline_write(const vd_outline_setup *setup, vd_jobs *jobs, const vd_progress *progress,
                           size_t *n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  outlining o = {.arena = arena, .jobs = jobs, .progress = progress};
  VD_TRY(vd_classes_read(arena, setup->classes, setup->of, progress, &o.classes));
  const vd_grid cells = {0, 0, 1, o.classes.grid.width, o.classes.grid.height};
  VD_TRY(vd_components_new(arena, &cells, o.classes.keys, &o.areas));
  *n = o.areas.n;
  if (!*n)
    return vd_fail(VD_ERR_INPUT, _("%s: no cell has a class; --from names other values."),
                   vd_path_base(setup->classes));
  VD_TRY(sum_people(&o, setup->people));
  o.outlines = vd_components_outlines(arena, &o.areas);
  if (!o.outlines) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for %zu areas."), *n);
  sum_areas(&o);
  return write_areas(&o, setup->out);
}
