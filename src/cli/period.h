/* period: the span that a register is told of.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_PERIOD_H
#define VEDETTE_CLI_PERIOD_H

#include "cli/with_study.h"

/* By --month, which sets the study's window too, or else by --from and --to; both 0 when none of them is given. */
vd_status vd_cli_period(vd_studied *studied, int64_t *from_s, int64_t *to_s);

#endif
