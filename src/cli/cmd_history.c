/* cmd_history: vedette history - what was changed, when and by whom.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/table.h"
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {
    {"last", 'n', "N", N_("how many changes (default: 20)")},
    {"json", 0, NULL, N_("as JSON, times in UTC")},
    {0},
};

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  vd_history_entry *entries;
  size_t n;
  int32_t last = 20;
  VD_TRY(vd_opt_i32(args, "last", 1, 1000000, &last));
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_READ, &file));
  VD_TRY(vd_plan_file_history(file, cli->arena, (size_t)last, &entries, &n));
  const vd_plan *plan = vd_plan_file_plan(file);
  bool json = vd_opt_given(args, "json");
  const vd_text_column columns[] = {{_("No"), VD_RIGHT, "number", 0},
                                    {_("Time"), VD_LEFT, "time", 0},
                                    {_("Author"), VD_LEFT, "author", 30},
                                    {_("Change"), VD_LEFT, "title", 70},
                                    {"", VD_LEFT, "undone", 0}};
  vd_text_table *table = vd_text_table_new(cli->arena, columns, 5);
  for (size_t i = 0; i < n; i++) {
    const char **cells = vd_text_table_row(table);
    cells[0] = vd_str_printf(cli->arena, "%lld", (long long)entries[i].number);
    cells[1] =
        json ? vd_time_iso(cli->arena, entries[i].time_s) : vd_cli_time(cli->arena, plan, entries[i].time_s);
    cells[2] = entries[i].author;
    cells[3] = entries[i].title;
    cells[4] = entries[i].undone ? (json ? "yes" : _("undone")) : NULL;
  }
  if (json)
    vd_text_table_print_json(table, cli->out);
  else
    vd_text_table_print(table, cli->out);
  return VD_OK;
}

const vd_command vd_cmd_history = {.name = "history",
                                   .arguments = "PLAN",
                                   .summary = N_("tell what was changed, when and by whom"),
                                   .options = options,
                                   .min_rest = 1,
                                   .max_rest = 1,
                                   .run = run};
