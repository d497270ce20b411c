/* main: starts the libraries, then runs the command that the first word names.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order of starting is written here and nowhere else. */
#include <stdio.h>

#include "cli/cli.h"
#include "vedette/base/i18n.h"
#include "vedette/base/status.h"
#include "vedette/geo/start.h"

/* In the order of --help: making a plan, looking at it, changing it, results. */
static const vd_command *const commands[] = {
    /* clang-format off */
    &vd_cmd_new,
    &vd_cmd_import,
    &vd_cmd_info,
    &vd_cmd_list,
    &vd_cmd_check,
    &vd_cmd_add,
    &vd_cmd_set,
    &vd_cmd_remove,
    &vd_cmd_undo,
    &vd_cmd_redo,
    &vd_cmd_history,
    &vd_cmd_export,
    &vd_cmd_print,
    NULL,
    /* clang-format on */
};

int main(int argc, char **argv) {
  vd_i18n_start(VEDETTE_INSTALL_DIR "/share/locale");
  if (vd_geo_start() != VD_OK) {
    fprintf(stderr, "vedette: %s\n", vd_last_message());
    return 1;
  }
  return vd_cli_run(commands, argc, argv);
}
