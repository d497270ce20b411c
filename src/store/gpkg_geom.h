/* gpkg_geom: geometries as GeoPackage binary (OGC 12-128r18, 2.1.3): a header with an envelope, then WKB.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_GPKG_GEOM_H
#define VEDETTE_SRC_STORE_GPKG_GEOM_H

#include <stddef.h>
#include <stdint.h>

#include "vedette/base/geom.h"
#include "vedette/base/status.h"

/* A blob in the arena: POINT, MULTILINESTRING or MULTIPOLYGON, little-endian, EPSG:4326, with an xy envelope but for
 * points. NULL geometries and empty ones give NULL and size 0. */
const uint8_t *vd_gpkg_geom_write(vd_arena *arena, const vd_geom *geom, size_t *size);
/* Reads any point, line or polygon, single or multi, in either byte order, with or without Z and M (which are
 * dropped). A geometry collection, a curve, a broken or endless blob is VD_ERR_INPUT. An empty one gives NULL. Rings that are
 * not closed are closed. */
vd_status vd_gpkg_geom_read(vd_arena *arena, const void *blob, size_t size, vd_geom **geom);

/* Whether the blob says it is empty and its box, from the envelope or else the coordinates; VD_ERR_INPUT for a blob
 * that is none. */
vd_status vd_gpkg_geom_bounds(const void *blob, size_t size, bool *empty, vd_box *box);

#endif
