/* raster_spread: means of pixels by the area they share with cells.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_RASTER_SPREAD_H
#define VEDETTE_SRC_GEO_RASTER_SPREAD_H

#include "vedette/geo/raster.h"

/* NaN where no known pixel touches the cell. */
vd_status vd_raster_mean_by_area(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                 const vd_progress *progress, float *cells);

#endif
