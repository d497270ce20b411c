/* gpkg_geom: any bytes as a geometry blob; what is read is written and read again the same.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "store/gpkg_geom.h"

static bool is_finite(const vd_geom *geom) {
  for (size_t i = 0; i < 2 * (size_t)geom->n_points; i++)
    if (!isfinite(geom->xy[i])) return false;
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_geom *geom, *again;
  bool empty;
  vd_box box;
  (void)vd_gpkg_geom_bounds(data, size, &empty, &box);
  if (vd_gpkg_geom_read(arena, data, size, &geom) != VD_OK || !geom || !is_finite(geom)) return 0;
  if (geom->type == VD_GEOM_POINT && geom->n_points != 1) return 0; /* a plan has single points only */
  size_t n;
  const uint8_t *blob = vd_gpkg_geom_write(arena, geom, &n);
  if (vd_gpkg_geom_read(arena, blob, n, &again) != VD_OK || !vd_geom_equal(geom, again)) abort();
  vd_box own = vd_geom_box(geom);
  if (vd_gpkg_geom_bounds(blob, n, &empty, &box) != VD_OK || empty || box.min_x != own.min_x ||
      box.max_y != own.max_y)
    abort();
  return 0;
}
