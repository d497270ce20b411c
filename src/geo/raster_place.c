/* raster_place: from places on the earth to the pixels of a raster, and how large these are.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "geo/gdal.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/raster.h"

vd_status vd_raster_cells(const vd_geo_raster *raster, const double *lonlat, size_t n, int32_t *cells) {
  const double *g = raster->geotransform;
  double det = g[1] * g[5] - g[2] * g[4];
  VD_CLEANUP(vd_transform_cleanup) vd_transform *from_lonlat = NULL;
  VD_TRY(vd_transform_new(NULL, raster->crs_wkt, &from_lonlat));
  for (size_t i = 0; i < n; i++) {
    double xy[2] = {lonlat[2 * i], lonlat[2 * i + 1]};
    vd_transform_forward(from_lonlat, xy, 1);
    double x = xy[0] - g[0], y = xy[1] - g[3];
    double c = floor((x * g[5] - y * g[2]) / det), r = floor((y * g[1] - x * g[4]) / det);
    bool on = c >= 0 && r >= 0 && c < raster->width && r < raster->height;
    cells[i] = on ? (int32_t)r * raster->width + (int32_t)c : VD_NO_CELL;
  }
  return VD_OK;
}

vd_status vd_raster_sample(const vd_geo_raster *raster, const double *lonlat, size_t n, float *values) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int32_t *cells = VD_NEW_ARRAY(arena, int32_t, n + 1);
  VD_TRY(vd_raster_cells(raster, lonlat, n, cells));
  for (size_t i = 0; i < n; i++) values[i] = cells[i] == VD_NO_CELL ? NAN : raster->values[cells[i]];
  return VD_OK;
}

vd_status vd_raster_cell_sides(const double geotransform[6], const char *crs_wkt, double *dx_m,
                               double *dy_m) {
  const double *g = geotransform;
  double unit_m = 1, dx = hypot(g[1], g[4]), dy = hypot(g[2], g[5]);
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  char *wkt = (char *)(uintptr_t)crs_wkt;
  if (!crs_wkt || OSRImportFromWkt(srs, &wkt) != OGRERR_NONE || OSRIsGeographic(srs))
    return vd_fail(
        VD_ERR_INPUT,
        _("its cells are measured in degrees, which are not equally long everywhere. Project it to "
          "metres first (gdalwarp -t_srs)."));
  unit_m = OSRGetLinearUnits(srs, NULL);
  if (fabs(g[1] * g[2] + g[4] * g[5]) > 1e-6 * dx * dy)
    return vd_fail(VD_ERR_INPUT, _("its cells are slanted. Make it upright first (gdalwarp)."));
  *dx_m = dx * unit_m;
  *dy_m = dy * unit_m;
  return VD_OK;
}
