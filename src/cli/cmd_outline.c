/* cmd_outline: vedette outline - connected areas of a raster of classes as polygons, with the people in them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/ranges.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/outline.h"

static const vd_option options[] = {
    {"out", 'o', "FILE", N_("where to: .gpkg, .geojson or .csv")},
    {"from", 0, "VALUES", N_("cells of these values, like 1,3,10..20 (default: all known values but 0)")},
    {"people", 0, "RASTER",
     N_("also sums the values of this raster, which has the same cells, in each area")},
    {0},
};

static vd_status check_out(const char *out) {
  static const char *const known[] = {".gpkg", ".geojson", ".json", ".csv"};
  if (!out) return vd_fail(VD_ERR_USAGE, _("say where to: -o FILE"));
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (vd_str_ends_nocase(out, known[i])) return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("--out “%s” should end in .gpkg, .geojson or .csv"), out);
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  vd_ranges ranges;
  size_t n;
  const vd_outline_setup setup = {args->rest[0], &ranges, vd_opt_value(args, "people"),
                                  vd_opt_value(args, "out")};
  VD_TRY(check_out(setup.out));
  VD_TRY(vd_ranges_read(cli, vd_opt_value(args, "from"), &ranges));
  VD_TRY(vd_outline_write(&setup, cli->jobs, &cli->progress, &n));
  fprintf(cli->out, vd_translate_n("%s: %zu area\n", "%s: %zu areas\n", n), setup.out, n);
  return VD_OK;
}

const vd_command vd_cmd_outline = {
    .name = "outline",
    .arguments = "CLASSES.tif -o FILE",
    .summary = N_("connected areas of a raster of classes as polygons"),
    .details = N_(
        "Cells of one value that hang together by their edges become one polygon with its holes, its value, "
        "its area and, if asked for, the people in it.\n\n"
        "  vedette outline state.tif --from 3 --people people.tif -o uncovered.gpkg"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
