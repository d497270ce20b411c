/* classes: values chosen in a raster, and its cells as small numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_CLASSES_H
#define VEDETTE_CLI_CLASSES_H

#include "cli/cli.h"
#include "vedette/geo/raster.h"

/* The values that an option names, "1,3,10..20"; when it is not given all but 0. NaN is never chosen. */
enum { VD_RANGES_MAX = 256 };
typedef struct vd_ranges {
  struct {
    double from, to;
  } items[VD_RANGES_MAX];
  int n;
} vd_ranges;
/* `text` may be NULL. VD_ERR_USAGE names --from. */
vd_status vd_ranges_read(vd_cli *cli, const char *text, vd_ranges *out);
bool vd_ranges_hold(const vd_ranges *ranges, float value);

/* Reads a raster of classes: a key a cell, 0 for values not chosen, and the value of each key. VD_ERR_LIMIT when there are more
 * than 65535 values or the grid is too large. */
vd_status vd_cli_classes(vd_cli *cli, const char *path, const char *from, vd_raster_info *grid,
                         uint16_t **keys, const float **values);

#endif
