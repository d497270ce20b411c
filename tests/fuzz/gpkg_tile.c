/* gpkg_tile: any bytes as a tile of a raster, and as LZW codes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "store/tile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static float values[VD_TILE_VALUES];
  static uint8_t out[5000], code[2 * 5000 + 16], back[5000];
  (void)vd_tile_read(data, size, values);
  (void)vd_lzw_read(data, size, out, sizeof out);
  size_t n = size < sizeof out ? size : sizeof out;
  size_t n_code = vd_lzw_write(data, n, code);
  if (!vd_lzw_read(code, n_code, back, n) || memcmp(back, data, n) != 0) abort();
  return 0;
}
