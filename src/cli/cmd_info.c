/* cmd_info: what a plan holds.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "cli/table.h"
#include "cli/with_plan.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"
#include "vedette/store/words.h"

static const vd_option options[] = {{"json", 0, NULL, N_("as JSON")}, {0}};

typedef struct report {
  vd_cli *cli;
  const vd_plan *plan;
  const vd_plan_info *info;
  vd_box box;
  double area_km2;
  char hash[VD_HASH_HEX_SIZE];
} report;

static void print_rasters(const report *r) {
  for (int k = 0; k < VD_RASTER_COUNT; k++) {
    const vd_raster *raster = vd_plan_raster(r->plan, (vd_raster_kind)k);
    if (!raster) {
      fprintf(r->cli->out, _("  %-14s none\n"), vd_raster_words[k]);
      continue;
    }
    double total = 0;
    for (int64_t i = 0; i < (int64_t)raster->width * raster->height; i++)
      total += isnan(raster->values[i]) ? 0 : (double)raster->values[i];
    fprintf(r->cli->out, "  %-14s %d x %d", vd_raster_words[k], raster->width, raster->height);
    if (k == VD_RASTER_POPULATION) fprintf(r->cli->out, _(", %.2f people in the file's extent"), total);
    fprintf(r->cli->out, "%s%s\n", raster->source ? "  " : "", raster->source ? raster->source : "");
  }
}

static void print_text(const report *r) {
  FILE *out = r->cli->out;
  vd_arena *arena = r->cli->arena;
  fprintf(out, "%s\n", r->info->title ? r->info->title : "");
  fprintf(out, _("  area           %.4f to %.4f E, %.4f to %.4f N, %.0f km²\n"), r->box.min_x, r->box.max_x,
          r->box.min_y, r->box.max_y, r->area_km2);
  fprintf(out, _("  window         %s to %s\n"), vd_cli_time(arena, r->plan, r->info->from_s),
          vd_cli_time(arena, r->plan, r->info->to_s));
  fprintf(out, _("  season         %s\n"), vd_terms_label(&vd_season_terms, r->info->season));
  fprintf(out, _("  classification %s\n"),
          vd_terms_label(&vd_classification_terms, (int)vd_plan_classification(r->plan)));
  for (int k = 0; k < VD_KIND_COUNT; k++)
    fprintf(out, "  %-14s %zu\n", vd_kind_word((vd_kind)k), vd_plan_count(r->plan, (vd_kind)k));
  print_rasters(r);
  fprintf(out, _("  input hash     %.16s\n"), r->hash);
}

static void print_json(const report *r) {
  vd_buf json = {.arena = r->cli->arena};
  vd_arena *arena = r->cli->arena;
  vd_buf_add(&json, "{\"title\": ");
  vd_buf_add_json(&json, r->info->title);
  vd_buf_printf(&json,
                ", \"area\": {\"west_deg\": %.7f, \"south_deg\": %.7f, \"east_deg\": %.7f, \"north_deg\": "
                "%.7f, \"km2\": %.3f}",
                r->box.min_x, r->box.min_y, r->box.max_x, r->box.max_y, r->area_km2);
  vd_buf_printf(&json, ", \"from\": \"%s\", \"to\": \"%s\", \"utc_offset_s\": %d",
                vd_time_iso(arena, r->info->from_s), vd_time_iso(arena, r->info->to_s),
                r->info->utc_offset_s);
  vd_buf_printf(&json, ", \"season\": \"%s\", \"classification\": \"%s\", \"records\": {",
                vd_terms_word(&vd_season_terms, r->info->season),
                vd_terms_word(&vd_classification_terms, (int)vd_plan_classification(r->plan)));
  for (int k = 0; k < VD_KIND_COUNT; k++)
    vd_buf_printf(&json, "%s\"%s\": %zu", k ? ", " : "", vd_kind_word((vd_kind)k),
                  vd_plan_count(r->plan, (vd_kind)k));
  vd_buf_add(&json, "}, \"rasters\": {");
  bool first = true;
  for (int k = 0; k < VD_RASTER_COUNT; k++) {
    const vd_raster *raster = vd_plan_raster(r->plan, (vd_raster_kind)k);
    if (!raster) continue;
    vd_buf_printf(&json, "%s\"%s\": {\"width\": %d, \"height\": %d}", first ? "" : ", ", vd_raster_words[k],
                  raster->width, raster->height);
    first = false;
  }
  vd_buf_printf(&json, "}, \"input_hash\": \"%s\"}\n", r->hash);
  fputs(json.text, r->cli->out);
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_READ, &file));
  report r = {.cli = cli, .plan = vd_plan_file_plan(file)};
  r.info = vd_plan_info_lookup(r.plan);
  r.box = vd_geom_box(r.info->area);
  r.area_km2 = r.info->area ? vd_geodesic_area_m2(r.info->area) / 1e6 : 0;
  vd_plan_hash(r.plan, r.hash);
  if (vd_opt_given(args, "json")) {
    print_json(&r);
  } else {
    print_text(&r);
  }
  return VD_OK;
}

const vd_command vd_cmd_info = {.name = "info",
                                .arguments = "PLAN",
                                .summary = N_("show what a plan holds"),
                                .options = options,
                                .min_rest = 1,
                                .max_rest = 1,
                                .run = run};
