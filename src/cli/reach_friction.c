/* reach_friction: vedette reach over a friction raster.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "cli/reach.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/friction.h"

static vd_status read_options(const vd_args *args, vd_friction_request *r) {
  static const char *const words[VD_MEANS_COUNT] = {"cost", "min/m", "km/h"};
  const char *word = vd_opt_value(args, "friction");
  int means = 0;
  *r = (vd_friction_request){.friction = args->rest[0],
                             .sources = vd_opt_value(args, "from"),
                             .start_field = vd_opt_value(args, "start"),
                             .most = INFINITY,
                             .allocate = vd_opt_given(args, "allocation")};
  VD_TRY(vd_opt_f64(args, "max", 0, (double)VD_FRICTION_MOST, &r->most));
  if (!r->sources)
    return vd_fail(VD_ERR_USAGE, _("--from FILE tells where to start: a file of points or a raster"));
  for (size_t i = 0, n = 0; i < args->n_set; i++)
    if (strcmp(args->set[i].option->name, "from") == 0 && ++n > 1)
      return vd_fail(VD_ERR_USAGE, _("--from is given twice; join the sources into one file"));
  while (word && means < VD_MEANS_COUNT && strcmp(word, words[means]) != 0) means++;
  if (means == VD_MEANS_COUNT)
    return vd_fail(VD_ERR_USAGE, _("--friction takes cost, min/m or km/h, not “%s”"), word);
  r->meaning = (vd_friction_meaning)means;
  return VD_OK;
}

typedef struct remark {
  int64_t n;
  const char *text;
} remark;

static void tell_left_out(vd_cli *cli, const vd_args *args, const vd_friction_sources *s) {
  const remark remarks[] = {
      {s->n_no_points, _("features without a point on the earth, left out: %lld\n")},
      {s->n_outside, _("sources outside the raster, left out: %lld\n")},
      {s->n_impassable, _("sources on impassable cells, left out: %lld\n")},
      {s->n_doubled, _("sources in the cell of one before, where the least start counts: %lld\n")}};
  for (size_t i = 0; i < sizeof remarks / sizeof *remarks && !vd_opt_given(args, "quiet"); i++)
    if (remarks[i].n) fprintf(cli->err, remarks[i].text, (long long)remarks[i].n);
}

static void tell_result(vd_cli *cli, const vd_args *args, const vd_friction_input *in,
                        const vd_friction_reach *reach) {
  double part = reach->n_passable ? 100.0 * (double)reach->n_reached / (double)reach->n_passable : 0;
  fprintf(cli->out, _("sources: %zu; passable cells reached: %lld of %lld (%.1f %%), the farthest at %.6g\n"),
          in->sources.n, (long long)reach->n_reached, (long long)reach->n_passable, part, reach->farthest);
  bool alone = reach->n_reached <= (int64_t)in->sources.n - in->sources.n_doubled;
  if (alone && !vd_opt_given(args, "quiet"))
    fprintf(cli->err, _("no cell is reached beyond those of the sources: %lld\n"),
            (long long)reach->n_reached);
}

vd_status vd_reach_friction(vd_cli *cli, const vd_args *args) {
  vd_friction_request request;
  vd_friction_input input;
  vd_friction_reach reach;
  VD_TRY(read_options(args, &request));
  VD_TRY(vd_friction_read(cli->arena, &request, cli->jobs, &cli->progress, &input));
  tell_left_out(cli, args, &input.sources);
  VD_TRY(vd_friction_run(cli->arena, &request, &input, cli->jobs, &cli->progress, &reach));
  tell_result(cli, args, &input, &reach);
  VD_TRY(vd_reach_write(cli, args, "out", input.raster, reach.field.cost));
  return vd_reach_write(cli, args, "allocation", input.raster, reach.field.from);
}
