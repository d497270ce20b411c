/* reach_plan: vedette reach over a plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "cli/reach.h"
#include "cli/with_study.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/crs.h"
#include "vedette/study/reach.h"

static const double ms_a_minute = 60000;

static void plan_cleanup(vd_plan **plan) {
  vd_plan_free(*plan);
}

static vd_status read_word(const vd_args *args, const char *option, const vd_terms *terms, const char *known,
                           int32_t *out) {
  const char *word = vd_opt_value(args, option);
  *out = word ? vd_terms_find(terms, word) : -1;
  return !word || *out >= 0 ? VD_OK
                            : vd_fail(VD_ERR_USAGE, _("--%s takes %s, not “%s”"), option, known, word);
}

static char *words_of(vd_arena *arena, const vd_terms *terms) {
  vd_buf text = {.arena = arena};
  for (int i = 0; i < terms->n; i++) {
    if (i) vd_buf_add(&text, ", ");
    vd_buf_add(&text, vd_terms_word(terms, i));
  }
  return text.text;
}

/* A base that is named has to be able to respond; --from may be given several times. */
static vd_status read_bases(vd_cli *cli, const vd_args *args, const vd_plan *plan, vd_reach_options *o) {
  const char **ids = VD_NEW_ARRAY(cli->arena, const char *, args->n_set + 1);
  for (size_t i = 0; i < args->n_set; i++) {
    const void *found;
    if (strcmp(args->set[i].option->name, "from") != 0) continue;
    VD_TRY(vd_cli_record(cli, plan, VD_KIND_BASE, args->set[i].value, &found));
    const vd_base *base = found;
    if (base->has_reaction_force != 1)
      return vd_fail(VD_ERR_INPUT, _("base “%s” has no reaction force; vedette set can give it one"),
                     args->set[i].value);
    ids[o->n_bases++] = base->record.id;
  }
  o->bases = ids;
  return VD_OK;
}

static vd_status read_options(vd_cli *cli, const vd_args *args, const vd_plan *plan, double *cell_m,
                              vd_reach_options *o) {
  double most_min = INFINITY;
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  const char *at = vd_opt_value(args, "at");
  *o = (vd_reach_options){.time_s = info->from_s, .with_second = vd_opt_given(args, "second")};
  VD_TRY(vd_opt_f64(args, "cell", 10, 100000, cell_m));
  VD_TRY(vd_opt_f64(args, "max", 0, 60000, &most_min));
  o->most_ms = most_min < INFINITY ? (uint32_t)(most_min * ms_a_minute) : VD_UNREACHED - 1;
  VD_TRY(read_word(args, "light", &vd_light_terms, words_of(cli->arena, &vd_light_terms), &o->light));
  VD_TRY(read_word(args, "vehicle", &vd_vehicle_terms, words_of(cli->arena, &vd_vehicle_terms), &o->vehicle));
  if (at && vd_time_parse(at, info->utc_offset_s, &o->time_s) != VD_OK)
    return vd_fail_prefix(VD_ERR_USAGE, "--%s", "at");
  if (!at && o->time_s == VD_TIME_MIN)
    return vd_fail(VD_ERR_USAGE, _("the plan's window has no start; --at TIME tells when"));
  return read_bases(cli, args, plan, o);
}

static vd_status write_minutes(vd_cli *cli, const vd_args *args, const char *option,
                               const vd_geo_raster *like, const uint32_t *cell_ms) {
  size_t n = (size_t)like->width * (size_t)like->height;
  for (size_t c = 0; cell_ms && c < n; c++)
    like->values[c] = cell_ms[c] == VD_UNREACHED ? INFINITY : (float)(cell_ms[c] / ms_a_minute);
  return vd_reach_write(cli, args, option, like, like->values);
}

static vd_status write_all(vd_cli *cli, const vd_args *args, const vd_landscape *landscape,
                           const vd_reach_times *reach) {
  const vd_grid *grid = vd_landscape_grid(landscape);
  double centre[2] = {0, 0};
  vd_crs crs;
  vd_landscape_to_lonlat(landscape, centre, centre, 1);
  VD_TRY(vd_crs_plane(cli->arena, centre[0], centre[1], &crs));
  size_t n = (size_t)vd_grid_n(grid);
  vd_geo_raster like = {.width = grid->nx,
                        .height = grid->ny,
                        .geotransform = {grid->x0_m, grid->cell_m, 0, grid->y0_m, 0, -grid->cell_m},
                        .crs_wkt = crs.wkt,
                        .values = vd_arena_try_alloc(cli->arena, n, sizeof(float)),
                        .reported_s = VD_TIME_MIN};
  if (!like.values) return vd_fail(VD_ERR_MEMORY, _("there is not enough memory for the raster"));
  VD_TRY(write_minutes(cli, args, "out", &like, reach->first_ms));
  VD_TRY(write_minutes(cli, args, "second", &like, reach->second_ms));
  for (size_t c = 0; c < n; c++) like.values[c] = reach->who[c] < 0 ? INFINITY : (float)(reach->who[c] + 1);
  return vd_reach_write(cli, args, "allocation", &like, like.values);
}

static void tell(vd_cli *cli, const vd_plan *plan, const vd_reach_options *o, const vd_reach_times *reach,
                 const vd_landscape *landscape) {
  fprintf(cli->out, _("%s, %s; cells of %.0f m reached first by:\n"),
          vd_cli_time(cli->arena, plan, o->time_s), vd_terms_label(&vd_light_terms, (int)reach->light),
          vd_landscape_grid(landscape)->cell_m);
  int64_t reached = 0, n = vd_grid_n(vd_landscape_grid(landscape));
  for (size_t i = 0; i < reach->n_bases; i++) {
    const vd_reach_base *base = &reach->bases[i];
    fprintf(cli->out, _("%4zu  %9d  %s (%s, moves after %.0f min)\n"), i + 1, (int)base->n_cells, base->name,
            vd_terms_label(&vd_vehicle_terms, base->vehicle), base->notice_ms / ms_a_minute);
    reached += base->n_cells;
  }
  fprintf(cli->out, _("      %9lld  by nobody\n"), (long long)(n - reached));
  if (reach->n_unable)
    fprintf(cli->out, _("bases that cannot respond at that light, left out: %lld\n"),
            (long long)reach->n_unable);
}

vd_status vd_reach_plan(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_CLEANUP(plan_cleanup) vd_plan *plan = NULL;
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *landscape = NULL;
  vd_reach_options options;
  vd_reach_times reach;
  double cell_m = 0;
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_READ, &file));
  plan = vd_plan_copy(vd_plan_file_plan(file));
  VD_TRY(vd_cli_season(args, plan));
  VD_TRY(read_options(cli, args, plan, &cell_m, &options));
  VD_TRY(vd_landscape_build(plan, cell_m, cli->jobs, &cli->progress, &landscape));
  VD_TRY(vd_reach_run(cli->arena, plan, landscape, &options, cli->jobs, &cli->progress, &reach));
  tell(cli, plan, &options, &reach, landscape);
  return write_all(cli, args, landscape, &reach);
}
