/* friction: reading the sources of least costs; private to geo.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_FRICTION_H
#define VEDETTE_SRC_GEO_FRICTION_H

#include "vedette/geo/friction.h"

/* The raster holds prepared values. */
vd_status vd_friction_read_sources(vd_arena *arena, const vd_friction_request *request,
                                   const vd_geo_raster *raster, const vd_progress *progress,
                                   vd_friction_sources *out);

#endif
