/* raster_classes: a raster of classes as small numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_RASTER_CLASSES_H
#define VEDETTE_SRC_GEO_RASTER_CLASSES_H

#include "vedette/geo/distance.h"

typedef struct vd_classes {
  vd_raster_info grid;
  uint16_t *keys;      /* per cell; 0 is not chosen */
  const float *values; /* per key */
} vd_classes;
/* VD_ERR_LIMIT when there are more than 65535 values or the grid is too large. */
vd_status vd_classes_read(vd_arena *arena, const char *path, const vd_ranges *of, const vd_progress *progress,
                          vd_classes *out);

#endif
