/* with_plan: what the commands that work on a plan share - opening it, finding a record, telling the time.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_WITH_PLAN_H
#define VEDETTE_CLI_WITH_PLAN_H

#include "cli/cli.h"
#include "vedette/store/plan_file.h"

/* The option --author of commands that change a plan. */
#define VD_AUTHOR_OPTION                                                                                     \
  { "author", 0, "NAME", N_("who makes this change (default: the plan's author)") }

/* Opens the plan named by the first argument; remarks about it go to standard error unless --quiet. */
vd_status vd_cli_open_plan(vd_cli *cli, const vd_args *args, vd_open_mode mode, vd_plan_file **file);

/* The same for a plan that is not the first argument. */
vd_status vd_cli_open_path(vd_cli *cli, const vd_args *args, const char *path, vd_open_mode mode,
                           vd_plan_file **file);

/* The kind a person names ("base", "bases", "threats"); VD_ERR_USAGE lists the words. */
vd_status vd_cli_kind(vd_cli *cli, const char *word, vd_kind *kind);
/* The record of an id, of the beginning of one (at least 4 characters), or of a name (letter case ignored when only
 * one fits). VD_ERR_NOT_FOUND, or VD_ERR_USAGE when several fit. */
vd_status vd_cli_record(vd_cli *cli, const vd_plan *plan, vd_kind kind, const char *text, const void **out);

/* "14 Mar 2026 05:30 (03:30 UTC)": mission-local time with UTC beside it; "" for open ends. */
char *vd_cli_time(vd_arena *arena, const vd_plan *plan, int64_t time_s);
/* Now, by the system's clock or SOURCE_DATE_EPOCH. */
int64_t vd_cli_now_s(void);

#endif
