/* with_study: from a plan's name and options to results.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/with_study.h"

#include "vedette/base/i18n.h"

vd_status vd_studied_time(const vd_studied *studied, const char *name, int64_t *time_s, bool *given) {
  const char *text = vd_opt_value(studied->args, name);
  *given = text != NULL;
  if (!text) return VD_OK;
  vd_status status = vd_time_parse(text, vd_plan_info_lookup(studied->plan)->utc_offset_s, time_s);
  return status == VD_OK ? VD_OK : vd_fail_prefix(VD_ERR_USAGE, "--%s", name);
}

static vd_status read_window(vd_studied *studied) {
  bool given;
  const vd_plan_info *info = vd_plan_info_lookup(studied->plan);
  vd_study_options *options = &studied->options;
  options->from_s = info->from_s, options->to_s = info->to_s;
  VD_TRY(vd_studied_time(studied, "from", &options->from_s, &given));
  VD_TRY(vd_studied_time(studied, "to", &options->to_s, &given));
  options->past = vd_opt_given(studied->args, "past");
  if (options->to_s <= options->from_s)
    return vd_fail(VD_ERR_USAGE, _("the window ends before it begins; check --from and --to"));
  return VD_OK;
}

vd_status vd_cli_season(const vd_args *args, vd_plan *plan) {
  const char *word = vd_opt_value(args, "season");
  if (!word) return VD_OK;
  vd_plan_info info = *vd_plan_info_lookup(plan);
  info.season = vd_terms_find(&vd_season_terms, word);
  if (info.season < 0) return vd_fail(VD_ERR_USAGE, _("--season takes dry or wet, not “%s”"), word);
  return vd_plan_load_info(plan, &info);
}

vd_status vd_studied_open(vd_cli *cli, const vd_args *args, vd_studied *studied) {
  return vd_studied_open_path(cli, args, args->rest[0], studied);
}

vd_status vd_studied_open_path(vd_cli *cli, const vd_args *args, const char *path, vd_studied *studied) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  studied->cli = cli, studied->args = args;
  VD_TRY(vd_cli_open_path(cli, args, path, VD_OPEN_READ, &file));
  studied->plan = vd_plan_copy(vd_plan_file_plan(file));
  VD_TRY(vd_opt_f64(args, "cell", 10, 100000, &studied->cell_m));
  VD_TRY(vd_cli_season(args, studied->plan));
  return read_window(studied);
}

vd_status vd_studied_run(vd_studied *studied) {
  vd_cli *cli = studied->cli;
  VD_TRY(vd_landscape_build(studied->plan, studied->cell_m, cli->jobs, &cli->progress, &studied->landscape));
  return vd_study_run(studied->plan, studied->landscape, &studied->options, cli->jobs, &cli->progress,
                      &studied->study);
}

void vd_studied_cleanup(vd_studied *studied) {
  vd_study_free(studied->study);
  vd_landscape_free(studied->landscape);
  vd_plan_free(studied->plan);
}
