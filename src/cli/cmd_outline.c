/* cmd_outline: vedette outline - connected areas of a raster of classes as polygons, with the people in them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "cli/classes.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/core/gap.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/vector.h"

static const vd_option options[] = {
    {"out", 'o', "FILE", N_("where to: .gpkg, .geojson or .csv")},
    {"from", 0, "VALUES", N_("cells of these values, like 1,3,10..20 (default: all known values but 0)")},
    {"people", 0, "RASTER",
     N_("also sums the values of this raster, which has the same cells, in each area")},
    {0},
};

enum { FIELD_CLASS, FIELD_CELLS, FIELD_AREA, FIELD_PEOPLE, N_FIELDS };

typedef struct outlining {
  vd_cli *cli;
  const char *out;
  vd_raster_info grid;
  const float *classes; /* per key, from 1 */
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
  if (!same_cells(&o->grid, &info))
    return vd_fail(
        VD_ERR_INPUT,
        _("%s does not have the cells of the raster of classes; warp it to them first (gdalwarp -r sum)."),
        vd_path_base(path));
  VD_TRY(vd_raster_read(arena, path, NULL, &o->cli->progress, &raster));
  return vd_components_sum_floats(o->cli->arena, o->cli->jobs, &o->areas, raster->values, &o->people);
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
  const double *g = o->grid.geotransform, unit = o->grid.metres_a_unit;
  double plane_m2 = fabs(g[1] * g[5] - g[2] * g[4]) * unit * unit;
  o->area_m2 = VD_NEW_ARRAY(o->cli->arena, double, o->areas.n + 1);
  for (size_t i = 0; i < o->areas.n; i++) o->area_m2[i] = o->areas.items[i].n_cells * plane_m2;
  for (int32_t row = 0; row < o->grid.height && !(unit > 0); row++) {
    const int32_t *label = o->areas.label + (int64_t)row * o->grid.width;
    double one_m2 = cell_m2(arena, &o->grid, row);
    for (int32_t x = 0; x < o->grid.width; x++)
      if (label[x] >= 0) o->area_m2[label[x]] += one_m2;
  }
}

/* ---- writing ---- */

/* From columns and rows (downwards negative) to the raster's system, or to lon/lat. */
static vd_status place(outlining *o, bool lonlat) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_lonlat = NULL;
  const double *g = o->grid.geotransform;
  if (lonlat) VD_TRY(vd_transform_new(o->grid.crs_wkt, NULL, &to_lonlat));
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

static vd_status write_areas(outlining *o) {
  static const vd_vector_field fields[N_FIELDS] = {{"class", VD_VALUE_REAL},
                                                   {"cells", VD_VALUE_INT},
                                                   {"area_km2", VD_VALUE_REAL},
                                                   {"people", VD_VALUE_REAL}};
  vd_arena *arena = o->cli->arena;
  bool gpkg = vd_str_ends_nocase(o->out, ".gpkg");
  size_t n = o->areas.n;
  vd_write_feature *features = vd_arena_try_alloc(arena, n, sizeof *features);
  vd_value *values = vd_arena_try_alloc(arena, n, N_FIELDS * sizeof *values);
  if (!features || !values) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for %zu areas."), n);
  VD_TRY(place(o, !gpkg && o->grid.crs_wkt));
  for (size_t i = 0; i < n; i++) {
    vd_value *at = values + i * N_FIELDS;
    at[FIELD_CLASS] = (vd_value){.type = VD_VALUE_REAL, .real = (double)o->classes[o->areas.items[i].key]};
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
                                .crs_wkt = gpkg ? o->grid.crs_wkt : NULL};
  return vd_vector_write(o->out, &layer, 1, &o->cli->progress);
}

static vd_status check_out(const char *out) {
  static const char *const known[] = {".gpkg", ".geojson", ".json", ".csv"};
  if (!out) return vd_fail(VD_ERR_USAGE, _("say where to: -o FILE"));
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (vd_str_ends_nocase(out, known[i])) return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("--out “%s” should end in .gpkg, .geojson or .csv"), out);
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  outlining o = {.cli = cli, .out = vd_opt_value(args, "out")};
  const char *path = args->rest[0];
  uint16_t *keys;
  VD_TRY(check_out(o.out));
  VD_TRY(vd_cli_classes(cli, path, vd_opt_value(args, "from"), &o.grid, &keys, &o.classes));
  const vd_grid cells = {0, 0, 1, o.grid.width, o.grid.height};
  VD_TRY(vd_components_new(cli->arena, &cells, keys, &o.areas));
  if (!o.areas.n)
    return vd_fail(VD_ERR_INPUT, _("%s: no cell has a class; --from names other values."),
                   vd_path_base(path));
  VD_TRY(sum_people(&o, vd_opt_value(args, "people")));
  o.outlines = vd_components_outlines(cli->arena, &o.areas);
  if (!o.outlines) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for %zu areas."), o.areas.n);
  sum_areas(&o);
  VD_TRY(write_areas(&o));
  fprintf(cli->out, vd_translate_n("%s: %zu area\n", "%s: %zu areas\n", o.areas.n), o.out, o.areas.n);
  return VD_OK;
}

const vd_command vd_cmd_outline = {
    .name = "outline",
    .arguments = "CLASSES.tif -o FILE",
    .summary = N_("connected areas of a raster of classes as polygons"),
    .details = N_(
        "Cells of one value that hang together by their edges become one polygon with its holes, its value, "
        "its area and, if asked for, the people in it.\n\n"
        "  vedette outline state.tif --from 3 --people people.tif -o uncovered.gpkg"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
