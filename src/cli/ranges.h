/* ranges: values of cells as a person gives them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_RANGES_H
#define VEDETTE_CLI_RANGES_H

#include "cli/cli.h"
#include "vedette/geo/distance.h"

/* The value of --from, "1,3,10..20"; NULL: it was not given. */
vd_status vd_ranges_read(vd_cli *cli, const char *text, vd_ranges *out);

#endif
