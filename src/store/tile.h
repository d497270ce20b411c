/* tile: one tile of a raster as a float32 TIFF, as the tiled gridded coverage extension asks (OGC 17-066r1).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_TILE_H
#define VEDETTE_SRC_STORE_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

enum { VD_TILE_SIDE = 256, VD_TILE_VALUES = VD_TILE_SIDE * VD_TILE_SIDE };
/* What stands for NaN within a tile: the lowest float, since SQLite cannot name NaN as the null value. */
#define VD_TILE_NULL (-3.40282346638528859812e+38)

/* A little-endian TIFF of one LZW strip in the arena. */
const uint8_t *vd_tile_write(vd_arena *arena, const float values[VD_TILE_VALUES], size_t *size);
/* Reads such a TIFF (LZW or not compressed, any number of strips); VD_ERR_INPUT for anything else. */
vd_status vd_tile_read(const void *blob, size_t size, float values[VD_TILE_VALUES]);

/* TIFF's LZW (TIFF 6.0, section 13). Writing gives the number of bytes written, at most 2 n + 16; reading is true when exactly
 * n bytes came out. */
size_t vd_lzw_write(const uint8_t *bytes, size_t n, uint8_t *out);
bool vd_lzw_read(const uint8_t *code, size_t n_code, uint8_t *out, size_t n);

#endif
