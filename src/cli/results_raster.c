/* results_raster: states, hours, response times and certainty as GeoTIFF on the study's own grid, and which file gets what.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <unistd.h>

#include "cli/study_out.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/raster.h"

const char *const vd_result_raster_words[VD_RESULT_COUNT] = {"state", "hours", "response", "certainty"};

vd_status vd_results_check_path(const char *path) {
  static const char *const known[] = {".gpkg", ".geojson", ".json", ".csv", ".tif", ".tiff"};
  bool fits = false;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) fits |= vd_str_ends_nocase(path, known[i]);
  if (!fits) return vd_fail(VD_ERR_USAGE, _("--out “%s” should end in .gpkg, .geojson, .csv or .tif"), path);
  size_t folder_n = (size_t)(vd_path_base(path) - path);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *folder = folder_n ? vd_str_dup_n(arena, path, folder_n) : ".";
  if (access(folder, W_OK | X_OK) == 0) return VD_OK;
  return vd_fail(VD_ERR_IO, _("--out “%s”: the folder is not there or cannot be written to"), path);
}

/* What a threatened cell shows; all others are unknown. */
static void fill_cells(const vd_studied *studied, vd_result_raster what, float *values) {
  size_t n;
  const vd_study_cell *cells = vd_study_cells(studied->study, &n);
  for (size_t i = 0; i < n; i++) {
    const double *hours = cells[i].hours;
    double missing = hours[VD_REACH_ONLY] + hours[VD_PRESENCE_ONLY] + hours[VD_UNCOVERED];
    values[cells[i].cell] = what == VD_RESULT_STATE       ? (float)cells[i].state
                            : what == VD_RESULT_CERTAINTY ? (float)cells[i].certainty
                                                          : (float)missing;
  }
}

static void fill_response(const vd_studied *studied, float *values) {
  const uint32_t *best_s = vd_study_best_response_s(studied->study);
  int32_t n = vd_grid_n(vd_landscape_grid(studied->landscape));
  for (int32_t i = 0; best_s && i < n; i++)
    if (best_s[i] != UINT32_MAX) values[i] = (float)((double)best_s[i] / VD_MINUTE_S);
}

vd_status vd_results_write_raster(const vd_studied *studied, const char *path, vd_result_raster what) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_grid *grid = vd_landscape_grid(studied->landscape);
  double centre[2] = {0, 0};
  vd_crs crs;
  vd_landscape_to_lonlat(studied->landscape, centre, centre, 1);
  VD_TRY(vd_crs_plane(arena, centre[0], centre[1], &crs));
  float *values = vd_arena_try_alloc(arena, (size_t)vd_grid_n(grid), sizeof *values);
  if (!values) return vd_fail(VD_ERR_MEMORY, _("%s: not enough memory for the raster"), path);
  for (int32_t i = 0; i < vd_grid_n(grid); i++) values[i] = NAN;
  if (what == VD_RESULT_RESPONSE) {
    fill_response(studied, values);
  } else {
    fill_cells(studied, what, values);
  }
  vd_geo_raster raster = {.width = grid->nx,
                          .height = grid->ny,
                          .geotransform = {grid->x0_m, grid->cell_m, 0, grid->y0_m, 0, -grid->cell_m},
                          .crs_wkt = crs.wkt,
                          .values = values,
                          .reported_s = VD_TIME_MIN};
  return vd_raster_write(path, &raster);
}

vd_status vd_results_write(const vd_studied *studied, const char *path, vd_result_raster raster) {
  if (vd_str_ends_nocase(path, ".tif") || vd_str_ends_nocase(path, ".tiff"))
    return vd_results_write_raster(studied, path, raster);
  return vd_results_write_layers(studied, path);
}
