/* vector_gpkg: layers as a GeoPackage.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_VECTOR_GPKG_H
#define VEDETTE_SRC_GEO_VECTOR_GPKG_H

#include "vedette/geo/vector.h"

/* Makes the file `path`, which must not exist; what is there after a failure is the caller's to remove. */
vd_status vd_gpkg_write(const char *path, const vd_write_layer *layers, size_t n_layers,
                        const vd_progress *progress);

#endif
