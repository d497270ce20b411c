/* reach: what the two ways of vedette reach share - over a friction raster and over a plan.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_REACH_H
#define VEDETTE_CLI_REACH_H

#include "cli/cli.h"
#include "vedette/geo/raster.h"

vd_status vd_reach_friction(vd_cli *cli, const vd_args *args); /* reach_friction.c */
vd_status vd_reach_plan(vd_cli *cli, const vd_args *args);     /* reach_plan.c */

/* Writes a raster under the name that an option gives, if it does, and says so; INFINITY becomes unknown. */
vd_status vd_reach_write(vd_cli *cli, const vd_args *args, const char *option, const vd_geo_raster *like,
                         const float *values);
/* VD_ERR_USAGE when an option's name does not end in .tif or its folder is not there, or when two options name one file or
 * the input. */
vd_status vd_reach_check_paths(const vd_args *args);

#endif
