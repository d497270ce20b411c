/* area_arg: the area of interest as a person gives it - four numbers, a polygon file, or any file's extent.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_AREA_ARG_H
#define VEDETTE_CLI_AREA_ARG_H

#include "cli/cli.h"
#include "vedette/base/geom.h"

/* "west,south,east,north" in degrees, or a file: its polygons joined when it holds nothing else, else its extent. */
vd_status vd_cli_area(vd_cli *cli, const char *text, vd_geom **out);

#endif
