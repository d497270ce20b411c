/* cmd_reach: vedette reach - how far from the nearest source each cell is, over a friction raster or a plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cli/reach.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const vd_option options[] = {
    {"out", 'o', "FILE.tif", N_("the least cost or the minutes to each cell, as GeoTIFF")},
    {"from", 0, "SOURCE",
     N_("friction: a file of points (GeoPackage, GeoJSON, CSV and others), or a raster of the same grid "
        "whose cells that "
        "are known and not 0 are sources; plan: a base by name or id, may be given several times (default: "
        "all bases "
        "with a reaction force)")},
    {"max", 0, "COST", N_("leave out what is farther: cost or minutes")},
    {"allocation", 0, "FILE.tif",
     N_("also write the number of the source that is nearest: its place in the file, or in the list of "
        "bases")},
    {"friction", 0, "WORD",
     N_("what the friction is: cost (of crossing one cell side, as in r.cost), min/m (minutes for a metre) "
        "or km/h "
        "(a speed); default: cost")},
    {"start", 0, "FIELD", N_("friction: the field of the points that holds their cost at the start")},
    {"second", 0, "FILE.tif", N_("plan: also write the minutes of the second-nearest base")},
    {"vehicle", 0, "WORD", N_("plan: go with this vehicle instead of each base's own")},
    {"light", 0, "day|night", N_("plan: speeds and notice of the day or the night (default: by --at)")},
    {"at", 0, "TIME",
     N_("plan: restrictions and bases of this time (default: the start of the plan's window)")},
    {"cell", 0, "METRES", N_("plan: side of a cell (default: the plan's)")},
    {"season", 0, "dry|wet", N_("plan: season of travel (default: the plan's)")},
    {0},
};

/* ---- files to write ---- */

static const char *const written[] = {"out", "allocation", "second"};
enum { N_WRITTEN = sizeof written / sizeof *written };

static vd_status check_path(const char *option, const char *path) {
  if (!vd_str_ends_nocase(path, ".tif") && !vd_str_ends_nocase(path, ".tiff"))
    return vd_fail(VD_ERR_USAGE, _("--%s “%s” should end in .tif"), option, path);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  size_t n = (size_t)(vd_path_base(path) - path);
  if (access(n ? vd_str_dup_n(arena, path, n) : ".", W_OK | X_OK) == 0) return VD_OK;
  return vd_fail(VD_ERR_IO, _("--%s “%s”: the folder is not there or cannot be written to"), option, path);
}

vd_status vd_reach_check_paths(const vd_args *args) {
  for (int i = 0; i < N_WRITTEN; i++) {
    const char *path = vd_opt_value(args, written[i]);
    if (!path) continue;
    VD_TRY(check_path(written[i], path));
    for (int k = 0; k < i; k++) {
      const char *other = vd_opt_value(args, written[k]);
      if (other && strcmp(path, other) == 0)
        return vd_fail(VD_ERR_USAGE, _("--%s and --%s name one file; give each its own"), written[k],
                       written[i]);
    }
  }
  return vd_opt_value(args, "out") ? VD_OK : vd_fail(VD_ERR_USAGE, _("--out FILE.tif tells where to write"));
}

typedef struct writing {
  const float *values;
  int32_t width;
} writing;

/* What is not reached is unknown. */
static vd_status hand_rows(void *context, int32_t row, int32_t n_rows, float *out) {
  const writing *w = context;
  const float *from = w->values + (size_t)row * (size_t)w->width;
  size_t n = (size_t)n_rows * (size_t)w->width;
  for (size_t i = 0; i < n; i++) out[i] = from[i] < INFINITY ? from[i] : NAN;
  return VD_OK;
}

vd_status vd_reach_write(vd_cli *cli, const vd_args *args, const char *option, const vd_geo_raster *like,
                         const float *values) {
  const char *path = vd_opt_value(args, option);
  writing w = {values, like->width};
  if (!path) return VD_OK;
  VD_TRY(vd_raster_write_rows(path, like, &cli->progress, hand_rows, &w));
  if (!vd_opt_given(args, "quiet")) fprintf(cli->err, _("written: %s\n"), path);
  return VD_OK;
}

/* ---- which way ---- */

/* Options that belong to the other way would be passed over in silence. */
static vd_status refuse_others(const vd_args *args, const char *const *others, size_t n, const char *why) {
  for (size_t i = 0; i < n; i++)
    if (vd_opt_given(args, others[i])) return vd_fail(VD_ERR_USAGE, "--%s %s", others[i], why);
  return VD_OK;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  static const char *const of_plans[] = {"second", "vehicle", "light", "at", "cell", "season"};
  static const char *const of_friction[] = {"friction", "start"};
  VD_TRY(vd_reach_check_paths(args));
  if (vd_raster_looks_like(args->rest[0])) {
    VD_TRY(refuse_others(args, of_plans, sizeof of_plans / sizeof *of_plans,
                         _("goes with a plan, not with a friction raster")));
    return vd_reach_friction(cli, args);
  }
  VD_TRY(refuse_others(args, of_friction, sizeof of_friction / sizeof *of_friction,
                       _("goes with a friction raster, not with a plan")));
  return vd_reach_plan(cli, args);
}

const vd_command vd_cmd_reach = {
    .name = "reach",
    .arguments = "FRICTION.tif|PLAN",
    .summary = N_("least cost or minutes from the nearest source to each cell, as GeoTIFF"),
    .details = N_("docs/reach.md tells how it counts.\n\n"
                  "  vedette reach friction.tif --from clinics.geojson -o cost.tif\n"
                  "  vedette reach speed.tif --friction km/h --from posts.csv --max 240 -o minutes.tif\n"
                  "  vedette reach plan.gpkg -o minutes.tif --second second.tif --light night"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
