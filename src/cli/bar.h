/* bar: progress on a terminal - a bar, a count and an estimate after one second - and Ctrl-C.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_BAR_H
#define VEDETTE_CLI_BAR_H

#include <stdbool.h>
#include <stdio.h>

#include "vedette/base/jobs.h"

typedef struct vd_bar vd_bar;
/* Ctrl-C (SIGINT) and SIGTERM ask the work to stop while a bar exists; a second one ends the program at once. */
vd_bar *vd_bar_new(FILE *out, bool quiet);
/* Clears the line, puts the signals back. */
void vd_bar_free(vd_bar *bar);
void vd_bar_cleanup(vd_bar **bar);
vd_progress vd_bar_progress(vd_bar *bar);

#endif
