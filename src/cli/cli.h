/* cli: what every command is handed, and the table they stand in.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A command is one file cmd_<name>.c that defines `const vd_command vd_cmd_<name>`; main.c lists them. */
#ifndef VEDETTE_CLI_CLI_H
#define VEDETTE_CLI_CLI_H

#include <stdatomic.h>
#include <stdio.h>

#include "cli/opt.h"
#include "vedette/base/jobs.h"

typedef struct vd_cli {
  FILE *out, *err;
  vd_arena *arena;      /* for the whole run */
  vd_jobs *jobs;        /* as many workers as --threads says */
  vd_progress progress; /* a bar on err after one second; Ctrl-C cancels */
} vd_cli;

typedef struct vd_command {
  const char *name;
  const char *arguments; /* "PLAN FILE..." */
  const char *summary;   /* one line, N_() */
  const char *details;   /* paragraphs with examples, N_(); NULL none */
  const vd_option *options;
  size_t min_rest, max_rest; /* how many arguments beside options */
  vd_status (*run)(vd_cli *cli, const vd_args *args);
} vd_command;

/* Runs the command named by argv[1]: parses, prints help for --help, reports errors on standard error as
 * "vedette NAME: sentence". Returns the exit status: 0 done, 1 could not, 2 the command line is off, 130 cancelled. */
int vd_cli_run(const vd_command *const *commands, int argc, char **argv);
/* The command of that name, or NULL. */
const vd_command *vd_cli_find(const vd_command *const *commands, const char *name);
/* The list of commands. */
void vd_cli_usage(const vd_command *const *commands, FILE *out);

extern const vd_command vd_cmd_add, vd_cmd_check, vd_cmd_coordinate, vd_cmd_coverage, vd_cmd_diff,
    vd_cmd_distance, vd_cmd_execution, vd_cmd_explain, vd_cmd_export, vd_cmd_history, vd_cmd_import,
    vd_cmd_info, vd_cmd_list, vd_cmd_merge, vd_cmd_new, vd_cmd_outline, vd_cmd_predict, vd_cmd_print,
    vd_cmd_reach, vd_cmd_redo, vd_cmd_remove, vd_cmd_response, vd_cmd_restrictions, vd_cmd_schedule,
    vd_cmd_set, vd_cmd_study, vd_cmd_undo;

#endif
