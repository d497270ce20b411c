/* write_tiff: the grid as an uncompressed GeoTIFF (TIFF 6.0, GeoTIFF 1.1) in EPSG:4326.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "write.h"

typedef struct tag {
  uint16_t id, type; /* 2 text, 3 uint16, 4 uint32, 12 float64 */
  uint32_t count;
  const void *data; /* of `count` values */
} tag;
typedef struct sample {
  const char *file, *nodata, *about;
  const void *values;
  uint16_t bytes, format; /* format: 1 whole, 3 real */
} sample;

/* Little-endian, as every machine this runs on; the header says "II". */
static void add16(vd_buf *b, uint16_t v) {
  uint8_t bytes[2] = {(uint8_t)v, (uint8_t)(v >> 8)};
  vd_buf_add_n(b, bytes, 2);
}

static void add32(vd_buf *b, uint32_t v) {
  add16(b, (uint16_t)v);
  add16(b, (uint16_t)(v >> 16));
}

static uint32_t size_of(const tag *t) {
  uint32_t unit = t->type == 2 ? 1 : t->type == 3 ? 2 : t->type == 4 ? 4 : 8;
  return unit * t->count;
}

/* Values longer than four bytes go behind the directory, at even offsets. */
static void add_directory(vd_buf *b, const tag *tags, uint16_t n) {
  uint32_t extra = 8 + 2 + 12U * n + 4;
  add16(b, n);
  for (int i = 0; i < n; i++) {
    uint32_t size = size_of(&tags[i]);
    add16(b, tags[i].id);
    add16(b, tags[i].type);
    add32(b, tags[i].count);
    char inside[4] = {0};
    if (size <= 4) {
      memcpy(inside, tags[i].data, size);
      vd_buf_add_n(b, inside, 4);
    } else {
      add32(b, extra);
      extra += (size + 1) & ~1U;
    }
  }
  add32(b, 0);
  for (int i = 0; i < n; i++) {
    uint32_t size = size_of(&tags[i]);
    if (size <= 4) continue;
    vd_buf_add_n(b, tags[i].data, size);
    if (size & 1) vd_buf_add_n(b, "", 1);
  }
}

static vd_status write_tiff(const char *folder, const sample *s) {
  enum { DATA_AT = 4096, ROWS = GRID_H };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  uint32_t data_at = DATA_AT, width = GRID_W, rows = ROWS, size = (uint32_t)GRID_N * s->bytes;
  uint16_t bits = (uint16_t)(s->bytes * 8), one = 1, format = s->format;
  double scale[3] = {1 / GRID_PER_DEG, 1 / GRID_PER_DEG, 0}, tie[6] = {0, 0, 0, GRID_WEST, GRID_NORTH, 0};
  uint16_t keys[16] = {1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326};
  const tag tags[] = {{256, 4, 1, &width},
                      {257, 4, 1, &rows},
                      {258, 3, 1, &bits},
                      {259, 3, 1, &one}, /* not compressed */
                      {262, 3, 1, &one}, /* zero is black */
                      {270, 2, (uint32_t)strlen(s->about) + 1, s->about},
                      {273, 4, 1, &data_at},
                      {277, 3, 1, &one},
                      {278, 4, 1, &rows},
                      {279, 4, 1, &size},
                      {339, 3, 1, &format},
                      {33550, 12, 3, scale},
                      {33922, 12, 6, tie},
                      {34735, 3, 16, keys},
                      {42113, 2, (uint32_t)strlen(s->nodata) + 1, s->nodata}}; /* GDAL's "no data" */
  vd_buf b = {.arena = arena};
  vd_buf_add(&b, "II");
  add16(&b, 42);
  add32(&b, 8);
  add_directory(&b, tags, (uint16_t)(sizeof tags / sizeof *tags));
  while (b.n < DATA_AT) vd_buf_add_n(&b, "", 1);
  vd_buf_add_n(&b, s->values, size);
  return write_bytes(folder, s->file, b.text, b.n);
}

vd_status write_tiff_f32(const char *folder, const char *file, const float *values, const char *nodata,
                         const char *about) {
  return write_tiff(folder, &(sample){file, nodata, about, values, 4, 3});
}

vd_status write_tiff_u8(const char *folder, const char *file, const uint8_t *values, const char *nodata,
                        const char *about) {
  return write_tiff(folder, &(sample){file, nodata, about, values, 1, 1});
}
