/* raster: any bytes as a GeoTIFF, SRTM tile or zip; a lying header takes no memory.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/raster.h"

#include <stdlib.h>

#include "vedette/geo/start.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  vd_geo_raster *raster;
  vd_arena *arena = vd_arena_new();
  if (vd_geo_start() != VD_OK) abort();
  if (vd_raster_read_bytes(arena, data, size, "fuzz.tif", &raster) == VD_OK &&
      (raster->width < 1 || raster->height < 1 || !raster->values))
    abort();
  vd_arena_free(arena);
  return 0;
}
