/* cmd_distance: vedette distance - how far every cell is from the nearest chosen one, or within which ring it lies.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "cli/sources.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"
#include "vedette/core/distance.h"

static const vd_option options[] = {
    {"out", 'o', "FILE.tif", N_("where to: a GeoTIFF of metres")},
    {"from", 0, "VALUES", N_("cells of these values, like 1,3,10..20 (default: all known values but 0)")},
    {"like", 0, "RASTER", N_("with points, lines or areas: the grid to lay them on")},
    {"max", 0, "METRES", N_("farther cells have no value")},
    {"buffers", 0, "KM,KM...", N_("instead of metres, the least of these distances that a cell lies within")},
    {0},
};

enum { BUFFERS_MAX = 64 };

typedef struct measuring {
  vd_cli *cli;
  const char *out;
  vd_sources sources;
  double max_m;
  float buffers_km[BUFFERS_MAX];
  int n_buffers;
  vd_distance *plane;
  float *globe_m; /* when the raster is in degrees */
} measuring;

static vd_status read_buffers(vd_cli *cli, const char *text, measuring *m) {
  for (const char *at = text; at;) {
    size_t n = strcspn(at, ",");
    double km, least = m->n_buffers ? (double)m->buffers_km[m->n_buffers - 1] : 0;
    if (!vd_parse_f64(vd_str_dup_n(cli->arena, at, n), &km) || !(km > least && km < 1e6))
      return vd_fail(VD_ERR_USAGE, _("--buffers takes rising kilometres like 5,10,25, not “%s”"), text);
    if (m->n_buffers == BUFFERS_MAX)
      return vd_fail(VD_ERR_USAGE, _("--buffers takes at most %d distances"), BUFFERS_MAX);
    m->buffers_km[m->n_buffers++] = (float)km;
    at = at[n] ? at + n + 1 : NULL;
  }
  m->max_m = fmin(m->max_m, (double)m->buffers_km[m->n_buffers - 1] * 1000);
  return VD_OK;
}

static vd_status read_options(vd_cli *cli, const vd_args *args, measuring *m) {
  const char *buffers = vd_opt_value(args, "buffers");
  *m = (measuring){.cli = cli, .out = vd_opt_value(args, "out"), .max_m = INFINITY};
  if (!m->out) return vd_fail(VD_ERR_USAGE, _("say where to: -o FILE.tif"));
  if (!vd_str_ends_nocase(m->out, ".tif") && !vd_str_ends_nocase(m->out, ".tiff"))
    return vd_fail(VD_ERR_USAGE, _("--out “%s” should end in .tif"), m->out);
  VD_TRY(vd_opt_f64(args, "max", 0, 1e9, &m->max_m));
  return buffers ? read_buffers(cli, buffers, m) : VD_OK;
}

/* The cells' sides in metres; they must be at right angles, as on every map. */
static vd_status cell_size(const vd_raster_info *grid, const char *name, double *x_m, double *y_m) {
  const double *g = grid->geotransform;
  *x_m = hypot(g[1], g[4]) * grid->metres_a_unit;
  *y_m = hypot(g[2], g[5]) * grid->metres_a_unit;
  if (fabs(g[1] * g[2] + g[4] * g[5]) > 1e-6 * hypot(g[1], g[4]) * hypot(g[2], g[5]) ||
      (!(grid->metres_a_unit > 0) && (g[2] != 0 || g[4] != 0)))
    return vd_fail(VD_ERR_INPUT,
                   _("%s: its cells are no upright rectangles. Warp it to a grid first (gdalwarp)."), name);
  return VD_OK;
}

static void to_buffers(const measuring *m, float *values, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    int k = 0;
    while (k < m->n_buffers && values[i] > m->buffers_km[k] * 1000) k++;
    values[i] = k < m->n_buffers && !isnan(values[i]) ? m->buffers_km[k] : NAN;
  }
}

static vd_status measure_rows(void *context, int32_t row, int32_t n_rows, float *values) {
  const measuring *m = context;
  int64_t first = (int64_t)row * m->sources.grid.width, n = (int64_t)n_rows * m->sources.grid.width;
  if (m->plane) VD_TRY(vd_distance_rows(m->plane, m->cli->jobs, row, n_rows, values, NULL));
  if (!m->plane) memcpy(values, m->globe_m + first, (size_t)n * sizeof *values);
  if (m->n_buffers) to_buffers(m, values, n);
  return VD_OK;
}

/* Rasters in degrees are measured as a whole, on the ellipsoid. */
static vd_status measure_globe(measuring *m) {
  const vd_raster_info *grid = &m->sources.grid;
  const double *g = grid->geotransform;
  const vd_distance_globe_setup setup = {.nx = grid->width,
                                         .ny = grid->height,
                                         .lon_deg = g[0] + g[1] / 2,
                                         .lat_deg = g[3] + g[5] / 2,
                                         .step_x_deg = g[1],
                                         .step_y_deg = g[5],
                                         .source = m->sources.source,
                                         .max_m = m->max_m};
  m->globe_m =
      vd_arena_try_alloc(m->cli->arena, (size_t)grid->width * (size_t)grid->height, sizeof *m->globe_m);
  if (!m->globe_m)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the distances; choose larger cells."));
  return vd_distance_on_globe(m->cli->jobs, &m->cli->progress, &setup, m->globe_m, NULL);
}

static vd_status measure(measuring *m, double x_m, double y_m) {
  const vd_raster_info *grid = &m->sources.grid;
  const vd_distance_setup setup = {.nx = grid->width,
                                   .ny = grid->height,
                                   .cell_x_m = x_m,
                                   .cell_y_m = y_m,
                                   .source = m->sources.source,
                                   .max_m = m->max_m};
  return grid->metres_a_unit > 0 ? vd_distance_new(m->cli->arena, m->cli->jobs, &setup, &m->plane)
                                 : measure_globe(m);
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  measuring m;
  double x_m, y_m;
  const char *path = args->rest[0], *like = vd_opt_value(args, "like");
  VD_TRY(read_options(cli, args, &m));
  VD_TRY(vd_cli_sources(cli, path, vd_opt_value(args, "from"), like, &m.sources));
  if (!m.sources.n)
    return vd_fail(VD_ERR_INPUT,
                   _("%s: no cell to measure from; --from names other values, --like another grid."),
                   vd_path_base(path));
  const vd_raster_info *grid = &m.sources.grid;
  VD_TRY(cell_size(grid, vd_path_base(like ? like : path), &x_m, &y_m));
  VD_TRY(measure(&m, x_m, y_m));
  vd_geo_raster shape = {
      .width = grid->width, .height = grid->height, .crs_wkt = grid->crs_wkt, .reported_s = VD_TIME_MIN};
  memcpy(shape.geotransform, grid->geotransform, sizeof shape.geotransform);
  VD_TRY(vd_raster_write_rows(m.out, &shape, &cli->progress, measure_rows, &m));
  fprintf(cli->out,
          vd_translate_n("%s: distances from %lld cell\n", "%s: distances from %lld cells\n",
                         (unsigned long)m.sources.n),
          m.out, (long long)m.sources.n);
  return VD_OK;
}

const vd_command vd_cmd_distance = {
    .name = "distance",
    .arguments = "RASTER|PLACES -o FILE.tif",
    .summary = N_("how far every cell of a raster is from the nearest chosen one"),
    .details =
        N_("From the centre of each cell to the nearest centre of a chosen cell: exactly in the plane of the "
           "raster's projection, or over the ellipsoid when the raster is in degrees.\n\n"
           "  vedette distance landcover.tif --from 80 -o water.tif\n"
           "  vedette distance roads.gpkg --like landcover.tif --buffers 5,10,25 -o rings.tif"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
