/* cmd_new: vedette new - an empty plan for an area.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "cli/area_arg.h"
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"

static const vd_option options[] = {
    {"area", 'a', "W,S,E,N|FILE",
     N_("the area of interest: four degrees, a file of polygons, or the extent of any other file")},
    {"title", 't', "TEXT", N_("the plan's title (default: the file's name)")},
    {"utc-offset", 0, "+HH:MM", N_("mission-local time (default: UTC)")},
    {"from", 0, "TIME",
     N_("begin of the study's window, in local time unless it ends in Z (default: today)")},
    {"to", 0, "TIME", N_("end of the window (default: a week after its begin)")},
    {"cell", 0, "METRES", N_("side of the analysis grid's cells (default: by the area's size)")},
    {"season", 0, "dry|wet", N_("season that speeds are taken from (default: dry)")},
    {"classification", 0, "WORD", N_("unclassified, confidential or strictly_confidential")},
    {"author", 0, "NAME", N_("who makes the plan")},
    {0},
};

static vd_status read_offset(const vd_args *args, vd_plan_info *info) {
  const char *text = vd_opt_value(args, "utc-offset");
  return text ? vd_offset_parse(text, &info->utc_offset_s) : VD_OK;
}

static vd_status read_time(const vd_args *args, const char *name, int32_t offset_s, int64_t *time_s) {
  const char *text = vd_opt_value(args, name);
  if (!text) return VD_OK;
  vd_status status = vd_time_parse(text, offset_s, time_s);
  return status == VD_OK ? VD_OK : vd_fail_prefix(VD_ERR_USAGE, "--%s", name);
}

/* Today's local midnight. */
static int64_t midnight_s(int32_t offset_s) {
  int64_t local_s = vd_cli_now_s() + offset_s;
  int64_t day = local_s / VD_DAY_S - (local_s % VD_DAY_S < 0);
  return day * VD_DAY_S - offset_s;
}

static vd_status read_window(const vd_args *args, vd_plan_info *info) {
  info->from_s = info->to_s = VD_TIME_MIN;
  VD_TRY(read_time(args, "from", info->utc_offset_s, &info->from_s));
  VD_TRY(read_time(args, "to", info->utc_offset_s, &info->to_s));
  if (info->from_s == VD_TIME_MIN)
    info->from_s = info->to_s == VD_TIME_MIN ? midnight_s(info->utc_offset_s) : info->to_s - VD_WEEK_S;
  if (info->to_s == VD_TIME_MIN) info->to_s = info->from_s + VD_WEEK_S;
  if (info->to_s > info->from_s) return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("--to must lie after --from"));
}

static vd_status read_word(vd_cli *cli, const vd_args *args, const char *name, const vd_terms *terms,
                           int32_t *out) {
  const char *text = vd_opt_value(args, name);
  if (!text) return VD_OK;
  int found = vd_terms_find(terms, text);
  if (found < 0) {
    vd_buf words = {.arena = cli->arena};
    for (int i = 0; i < terms->n; i++)
      vd_buf_printf(&words, "%s%s", !i ? "" : i + 1 < terms->n ? ", " : _(" or "), vd_terms_word(terms, i));
    return vd_fail(VD_ERR_USAGE, _("--%s %s: it takes %s"), name, text, words.text);
  }
  *out = found;
  return VD_OK;
}

/* "north/plan.gpkg" -> "plan" */
static const char *title_of(vd_cli *cli, const char *path) {
  const char *base = vd_path_base(path), *dot = strrchr(base, '.');
  return dot && dot > base ? vd_str_dup_n(cli->arena, base, (size_t)(dot - base)) : base;
}

static vd_status read_info(vd_cli *cli, const vd_args *args, vd_plan_info *info) {
  const char *area = vd_opt_value(args, "area");
  *info = (vd_plan_info){.title = vd_opt_value(args, "title"), .author = vd_opt_value(args, "author")};
  if (!area) return vd_fail(VD_ERR_USAGE, _("say which area: --area west,south,east,north or --area FILE"));
  if (!info->title) info->title = title_of(cli, args->rest[0]);
  VD_TRY(read_offset(args, info));
  VD_TRY(read_window(args, info));
  VD_TRY(vd_opt_f64(args, "cell", 10, 100000, &info->cell_m));
  VD_TRY(read_word(cli, args, "season", &vd_season_terms, &info->season));
  VD_TRY(read_word(cli, args, "classification", &vd_classification_terms, &info->classification));
  VD_TRY(vd_cli_area(cli, area, &info->area));
  vd_uuid_make(info->id);
  return VD_OK;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  vd_plan_info info;
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  if (!vd_str_ends_nocase(args->rest[0], ".gpkg"))
    return vd_fail(VD_ERR_USAGE, _("a plan's name ends in .gpkg, not “%s”"), args->rest[0]);
  VD_TRY(read_info(cli, args, &info));
  VD_TRY(vd_plan_file_create(args->rest[0], &info, &file));
  const vd_plan *plan = vd_plan_file_plan(file);
  fprintf(cli->out, _("%s: a plan of %.0f km², window %s to %s\n"), args->rest[0],
          vd_geodesic_area_m2(info.area) / 1e6, vd_cli_time(cli->arena, plan, info.from_s),
          vd_cli_time(cli->arena, plan, info.to_s));
  return VD_OK;
}

const vd_command vd_cmd_new = {
    .name = "new",
    .arguments = "PLAN.gpkg",
    .summary = N_("make an empty plan for an area"),
    .details = N_("Example: vedette new north.gpkg --area 30.1,7.2,31.9,8.6 --utc-offset +02:00"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
