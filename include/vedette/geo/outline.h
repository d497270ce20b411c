/* outline: connected areas of a raster of classes, written as polygons.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_GEO_OUTLINE_H
#define VEDETTE_GEO_OUTLINE_H

#include "vedette/geo/distance.h"

typedef struct vd_outline_setup {
  const char *classes; /* a raster of at most 65535 different values */
  const vd_ranges *of; /* values to outline */
  const char *people;  /* a raster with the same cells to be summed in each area; NULL none */
  const char *out;     /* as vd_vector_write takes it */
} vd_outline_setup;
/* Writes one polygon a connected area of one value, with its value, cells, area and people. *n: how many. VD_ERR_INPUT when
 * no cell is chosen. */
vd_status vd_outline_write(const vd_outline_setup *setup, vd_jobs *jobs, const vd_progress *progress,
                           size_t *n);

#endif
