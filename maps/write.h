/* write: the files of the sample area, in standard formats and with the same bytes for the same content.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef MAPS_WRITE_H
#define MAPS_WRITE_H

#include "grid.h"
#include "vedette/base/status.h"
#include "vedette/base/str.h"

/* One layer being written, as GeoJSON or as a table of comma-separated values (points as lon, lat). */
typedef struct layer {
  vd_buf head, row, body;
  const char *name;
  bool csv;
  size_t n;
} layer;
void layer_open(layer *l, vd_arena *arena, const char *name, bool csv);
/* A record: its stable id first, then its fields in the same order in every record, then its place. */
void record_begin(layer *l, const char *id, const char *name);
void record_text(layer *l, const char *field, const char *value);            /* NULL: unknown */
void record_number(layer *l, const char *field, double value, int decimals); /* NaN: unknown */
void record_time(layer *l, const char *field, int64_t time_s); /* VD_TIME_MIN and VD_TIME_MAX: open */
void record_end_nowhere(layer *l);
void record_end_point(layer *l, pt p);
void record_end_line(layer *l, const line *path);
void record_end_rings(layer *l, const line *rings, size_t n);
vd_status layer_write(layer *l, const char *folder);

/* The whole grid as a GeoTIFF in EPSG:4326. */
vd_status write_tiff_f32(const char *folder, const char *file, const float *values, const char *nodata,
                         const char *about);
vd_status write_tiff_u8(const char *folder, const char *file, const uint8_t *values, const char *nodata,
                        const char *about);
vd_status write_bytes(const char *folder, const char *file, const void *bytes, size_t n);

#endif
