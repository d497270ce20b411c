/* with_study: what the commands that study a plan share - their options, the landscape and the run.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_WITH_STUDY_H
#define VEDETTE_CLI_WITH_STUDY_H

#include "cli/with_plan.h"
#include "vedette/study/study.h"

/* The options of every command that studies; they stand before the command's own. */
#define VD_WINDOW_OPTIONS                                                                                    \
  {"from", 0, "TIME", N_("start of the window (default: the plan's); local time unless it names a zone")},   \
      {"to", 0, "TIME", N_("end of the window, not part of it")},                                            \
      {"cell", 0, "METRES", N_("side of a cell of the study (default: the plan's)")},                        \
      {"season", 0, "dry|wet", N_("season of travel (default: the plan's)")}, {                              \
    "past", 0, NULL, N_("coverage of the past: count executed patrols only")                                 \
  }
#define VD_STUDY_OPTIONS                                                                                     \
  VD_WINDOW_OPTIONS, {                                                                                       \
    "json", 0, NULL, N_("everything as JSON, described in docs/json.md")                                     \
  }

/* A plan being studied. `plan` is a copy that carries the season asked for. */
typedef struct vd_studied {
  vd_cli *cli;
  const vd_args *args;
  vd_plan *plan;
  vd_study_options options;
  double cell_m;
  vd_landscape *landscape;
  vd_study *study;
} vd_studied;

/* Opens the plan and reads the options; vd_studied_run does the work. `studied` starts zeroed. */
vd_status vd_studied_open(vd_cli *cli, const vd_args *args, vd_studied *studied);
/* The same for a plan that is not the first argument. */
vd_status vd_studied_open_path(vd_cli *cli, const vd_args *args, const char *path, vd_studied *studied);
vd_status vd_studied_run(vd_studied *studied);
void vd_studied_cleanup(vd_studied *studied);
/* Gives a copy of a plan the season that the option asks for. */
vd_status vd_cli_season(const vd_args *args, vd_plan *plan);
/* A time as the option `name` gives it; *given tells whether it does. */
vd_status vd_studied_time(const vd_studied *studied, const char *name, int64_t *time_s, bool *given);

#endif
