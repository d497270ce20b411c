/* sources: the cells that distances are measured from, chosen by value in a raster or drawn from a file of places.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_SOURCES_H
#define VEDETTE_CLI_SOURCES_H

#include "cli/cli.h"
#include "vedette/geo/raster.h"

typedef struct vd_sources {
  vd_raster_info grid;
  uint8_t *source; /* a byte a cell: 1 is a source */
  int64_t n;       /* how many sources there are */
} vd_sources;

/* Of a raster: the cells whose value is in `from` ("1,3,10..20"), when NULL all that are known and not 0. Of a vector file: the
 * cells on the grid of the raster `like` that a point, line or area of it touches. */
vd_status vd_cli_sources(vd_cli *cli, const char *path, const char *from, const char *like, vd_sources *out);

#endif
