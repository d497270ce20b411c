/* cmd_explain: vedette explain - everything the study knows about one place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli/explain_out.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/mgrs.h"

static const vd_option explain_options[] = {
    {"at", 0, "PLACE",
     N_("the place: longitude,latitude or 4.85N 31.58E, a grid reference (MGRS), a gap (G-01), or the name "
        "of a settlement, site or base")},
    {"time", 0, "TIME", N_("also tell state and responders at this moment of the window")},
    {"top", 0, "N", N_("how many lines of each list (default 20, 0: all)")},
    VD_STUDY_OPTIONS,
    {0},
};

static const vd_gap *gap_named(const vd_study *study, const char *text) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  for (size_t i = 0; i < n; i++)
    if (vd_str_equal_nocase(gaps[i].name, text)) return &gaps[i];
  return NULL;
}

/* A named record with a position: the middle of its box. */
static bool place_of_record(const vd_record *record, double lonlat[2]) {
  if (vd_geom_empty(record->geom)) return false;
  vd_box box = vd_geom_box(record->geom);
  lonlat[0] = (box.min_x + box.max_x) / 2, lonlat[1] = (box.min_y + box.max_y) / 2;
  return true;
}

static bool is_known(const vd_plan *plan, vd_kind kind, const char *text) {
  for (size_t i = 0; i < vd_plan_count(plan, kind); i++) {
    const vd_record *record = vd_plan_at(plan, kind, i);
    if (vd_str_equal_nocase(record->name, text) || vd_str_equal(record->id, text)) return true;
  }
  return false;
}

/* By name of a settlement, a site, a base; VD_ERR_NOT_FOUND names the ways to say a place. */
static vd_status place_named(const vd_studied *studied, const char *text, double lonlat[2]) {
  static const vd_kind kinds[] = {VD_KIND_SETTLEMENT, VD_KIND_SITE, VD_KIND_BASE};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    const void *record = NULL;
    if (!is_known(studied->plan, kinds[k], text)) continue;
    VD_TRY(vd_cli_record(studied->cli, studied->plan, kinds[k], text, &record));
    if (place_of_record(record, lonlat)) return VD_OK;
  }
  return vd_fail(VD_ERR_NOT_FOUND,
                 _("--at “%s” is no coordinate, grid reference, gap, settlement, site or base of this plan; "
                   "write 31.58,4.85 (longitude first) or a name that vedette list PLAN settlements shows"),
                 text);
}

static vd_status find_place(const vd_studied *studied, const char *text, double lonlat[2]) {
  const vd_gap *gap = gap_named(studied->study, text);
  if (gap) {
    lonlat[0] = gap->lon_deg, lonlat[1] = gap->lat_deg;
    return VD_OK;
  }
  if (vd_coord_parse(text, &lonlat[0], &lonlat[1], NULL) == VD_OK) return VD_OK;
  return place_named(studied, text, lonlat);
}

/* Who could come at a moment is what a study of that minute says: restrictions, light and patrols as they are then. */
static vd_status explain_moment(const vd_studied *studied, const double lonlat[2], vd_study **study,
                                vd_explained *explained) {
  vd_explanation *told;
  vd_study_options options = studied->options;
  options.from_s = explained->moment_s;
  options.to_s = explained->moment_s + VD_MINUTE_S;
  VD_TRY(vd_study_run(studied->plan, studied->landscape, &options, studied->cli->jobs,
                      &studied->cli->progress, study));
  VD_TRY(vd_study_explain(*study, studied->plan, lonlat[0], lonlat[1], studied->cli->arena, &told));
  explained->moment_study = *study;
  explained->moment = told;
  return VD_OK;
}

static vd_status read_moment(const vd_studied *studied, vd_explained *explained) {
  VD_TRY(vd_studied_time(studied, "time", &explained->moment_s, &explained->at_moment));
  if (explained->at_moment &&
      (explained->moment_s < studied->options.from_s || explained->moment_s >= studied->options.to_s))
    return vd_fail(VD_ERR_USAGE, _("--time lies outside the window; set --from and --to around it"));
  return VD_OK;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_studied_cleanup) vd_studied studied = {0};
  VD_CLEANUP(vd_study_cleanup) vd_study *moment = NULL;
  vd_explained explained = {.studied = &studied, .asked = vd_opt_value(args, "at"), .most = 20};
  vd_explanation *told;
  double lonlat[2];
  if (!explained.asked) return vd_fail(VD_ERR_USAGE, _("say which place: --at 31.58,4.85 or --at NAME"));
  VD_TRY(vd_opt_i32(args, "top", 0, 1000000, &explained.most));
  VD_TRY(vd_studied_open(cli, args, &studied));
  VD_TRY(read_moment(&studied, &explained));
  studied.options.certainty = true;
  VD_TRY(vd_studied_run(&studied));
  VD_TRY(find_place(&studied, explained.asked, lonlat));
  VD_TRY(vd_study_explain(studied.study, studied.plan, lonlat[0], lonlat[1], cli->arena, &told));
  if (told->cell < 0)
    return vd_fail(VD_ERR_INPUT, _("--at “%s” (%s) lies outside the plan's area"), explained.asked,
                   vd_coord_text(cli->arena, lonlat[0], lonlat[1]));
  explained.place = told;
  explained.has_cover =
      vd_study_cover_place(studied.study, studied.plan, lonlat[0], lonlat[1], &explained.cover);
  if (explained.at_moment) VD_TRY(explain_moment(&studied, lonlat, &moment, &explained));
  if (vd_opt_given(args, "json")) {
    vd_explain_print_json(&explained);
  } else {
    vd_explain_print_text(&explained);
  }
  return VD_OK;
}

const vd_command vd_cmd_explain = {
    .name = "explain",
    .arguments = "PLAN --at PLACE",
    .summary = N_("one place: people, threat, who reaches it and how, visits, state over the week"),
    .details = N_("  vedette explain plan.gpkg --at \"36N WF 123 456\"\n"
                  "  vedette explain plan.gpkg --at G-01\n"
                  "  vedette explain plan.gpkg --at Isharen --time 2026-03-11T22:00"),
    .options = explain_options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
