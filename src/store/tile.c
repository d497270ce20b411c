/* tile: one tile of a raster as a float32 TIFF.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/tile.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"

enum { N_BYTES = VD_TILE_VALUES * 4 };
/* The tags that tell all about such a tile (TIFF 6.0, section 8). */
enum {
  WIDTH = 256,
  HEIGHT = 257,
  BITS = 258,
  COMPRESSION = 259,
  PHOTOMETRIC = 262,
  STRIP_OFFSETS = 273,
  SAMPLES = 277,
  ROWS_PER_STRIP = 278,
  STRIP_SIZES = 279,
  PREDICTOR = 317,
  SAMPLE_FORMAT = 339
};
enum { AS_IT_IS = 1, LZW = 5, IEEE_FLOAT = 3 };
enum { N_TAGS = 10, DATA_AT = 8 + 2 + 12 * N_TAGS + 4 };

static void put_bytes(uint8_t *at, uint32_t value, int n) {
  for (int i = 0; i < n; i++) at[i] = (uint8_t)(value >> (8 * i));
}

static void put_head(uint8_t *blob, uint32_t n_data) {
  const uint32_t tags[N_TAGS][2] = {
      {WIDTH, VD_TILE_SIDE}, {HEIGHT, VD_TILE_SIDE},      {BITS, 32},   {COMPRESSION, LZW},
      {PHOTOMETRIC, 1},      {STRIP_OFFSETS, DATA_AT},    {SAMPLES, 1}, {ROWS_PER_STRIP, VD_TILE_SIDE},
      {STRIP_SIZES, n_data}, {SAMPLE_FORMAT, IEEE_FLOAT},
  };
  memcpy(blob, "II*\0", 4);
  put_bytes(blob + 4, 8, 4);
  put_bytes(blob + 8, N_TAGS, 2);
  for (int i = 0; i < N_TAGS; i++) {
    bool wide = tags[i][0] == STRIP_OFFSETS || tags[i][0] == STRIP_SIZES;
    uint8_t *at = blob + 10 + 12 * i;
    put_bytes(at, tags[i][0], 2);
    put_bytes(at + 2, wide ? 4 : 3, 2); /* LONG or SHORT */
    put_bytes(at + 4, 1, 4);
    put_bytes(at + 8, tags[i][1], 4);
  }
  put_bytes(blob + 10 + 12 * N_TAGS, 0, 4);
}

const uint8_t *vd_tile_write(vd_arena *arena, const float values[VD_TILE_VALUES], size_t *size) {
  uint8_t *raw = vd_arena_alloc(arena, N_BYTES), *blob = vd_arena_alloc(arena, DATA_AT + 2 * N_BYTES + 16);
  for (int i = 0; i < VD_TILE_VALUES; i++) {
    float value = isnan(values[i]) ? (float)VD_TILE_NULL : values[i];
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_bytes(raw + 4 * i, bits, 4);
  }
  size_t n_data = vd_lzw_write(raw, N_BYTES, blob + DATA_AT);
  put_head(blob, (uint32_t)n_data);
  *size = DATA_AT + n_data;
  return blob;
}

/* ---- reading ---- */

typedef struct tiff {
  const uint8_t *bytes;
  size_t n;
  uint32_t tags_at, n_tags;
} tiff;

static uint32_t word(const tiff *from, size_t at, int n) {
  uint32_t value = 0;
  if (at > from->n || from->n - at < (size_t)n) return 0;
  for (int i = 0; i < n; i++) value |= (uint32_t)from->bytes[at + (size_t)i] << (8 * i);
  return value;
}

/* The i-th value of a tag, or `absent`. */
static uint32_t tag(const tiff *from, uint32_t wanted, uint32_t i, uint32_t absent) {
  for (uint32_t t = 0; t < from->n_tags; t++) {
    size_t at = from->tags_at + 12 * (size_t)t;
    if (word(from, at, 2) != wanted) continue;
    uint32_t type = word(from, at + 2, 2), count = word(from, at + 4, 4);
    int size = type == 3 ? 2 : 4;
    if ((type != 3 && type != 4) || i >= count) return absent;
    bool inside = count <= 4 / (uint32_t)size;
    return word(from, (inside ? at + 8 : word(from, at + 8, 4)) + (size_t)size * i, size);
  }
  return absent;
}

static bool is_float_tile(const tiff *from) {
  uint32_t compression = tag(from, COMPRESSION, 0, AS_IT_IS);
  return tag(from, WIDTH, 0, 0) == VD_TILE_SIDE && tag(from, HEIGHT, 0, 0) == VD_TILE_SIDE &&
         tag(from, BITS, 0, 1) == 32 && tag(from, SAMPLES, 0, 1) == 1 && tag(from, PREDICTOR, 0, 1) == 1 &&
         tag(from, SAMPLE_FORMAT, 0, 1) == IEEE_FLOAT && (compression == AS_IT_IS || compression == LZW);
}

static bool read_strip(const tiff *from, uint32_t strip, uint8_t *out, size_t n) {
  size_t at = tag(from, STRIP_OFFSETS, strip, 0), size = tag(from, STRIP_SIZES, strip, 0);
  if (at > from->n || size > from->n - at) return false;
  if (tag(from, COMPRESSION, 0, AS_IT_IS) == LZW) return vd_lzw_read(from->bytes + at, size, out, n);
  if (size != n) return false;
  memcpy(out, from->bytes + at, n);
  return true;
}

static bool read_tiff(const tiff *from, uint8_t raw[N_BYTES]) {
  enum { N_ROW = VD_TILE_SIDE * 4 };
  uint32_t rows = tag(from, ROWS_PER_STRIP, 0, VD_TILE_SIDE);
  if (!is_float_tile(from) || rows < 1) return false;
  if (rows > VD_TILE_SIDE) rows = VD_TILE_SIDE;
  for (uint32_t row = 0, strip = 0; row < VD_TILE_SIDE; row += rows, strip++) {
    uint32_t n_rows = row + rows > VD_TILE_SIDE ? VD_TILE_SIDE - row : rows;
    if (!read_strip(from, strip, raw + (size_t)row * N_ROW, (size_t)n_rows * N_ROW)) return false;
  }
  return true;
}

vd_status vd_tile_read(const void *blob, size_t size, float values[VD_TILE_VALUES]) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  uint8_t *raw = vd_arena_alloc(arena, N_BYTES);
  tiff from = {.bytes = blob, .n = size};
  from.tags_at = word(&from, 4, 4);
  from.n_tags = word(&from, from.tags_at, 2);
  from.tags_at += 2;
  bool good = size >= 8 && memcmp(blob, "II*\0", 4) == 0 && from.tags_at > 2 && from.n_tags <= 100;
  if (!good || !read_tiff(&from, raw))
    return vd_fail(VD_ERR_INPUT, _("A tile of a grid in the file is damaged."));
  for (int i = 0; i < VD_TILE_VALUES; i++) {
    tiff all = {.bytes = raw, .n = N_BYTES};
    uint32_t bits = word(&all, 4 * (size_t)i, 4);
    memcpy(&values[i], &bits, sizeof bits);
    if (values[i] == (float)VD_TILE_NULL) values[i] = NAN;
  }
  return VD_OK;
}
