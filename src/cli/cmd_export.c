/* cmd_export: vedette export - records and grids of a plan as files for other programs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <unistd.h>

#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/store/exporting.h"
#include "vedette/store/words.h"

static const vd_option options[] = {
    {"out", 'o', "FILE", N_("where to: .gpkg, .geojson or .csv; .tif for grids")},
    {"force", 'f', NULL, N_("write over a file that is there")},
    {0},
};

static vd_status export_kinds(vd_cli *cli, const vd_plan *plan, const char *word, const char *path) {
  vd_kind kinds[VD_KIND_COUNT];
  size_t n = 0;
  if (strcmp(word, "all") == 0) {
    for (int kind = 0; kind < VD_KIND_COUNT; kind++) kinds[n++] = (vd_kind)kind;
    if (vd_str_ends_nocase(path, ".csv"))
      return vd_fail(VD_ERR_USAGE, _("a CSV file holds one kind; name it instead of “all”"));
  } else {
    VD_TRY(vd_cli_kind(cli, word, &kinds[0]));
    n = 1;
  }
  return vd_export(plan, kinds, n, path, &cli->progress);
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  const char *path = vd_opt_value(args, "out"), *word = args->rest[1];
  if (!path) return vd_fail(VD_ERR_USAGE, _("say where to: -o FILE"));
  if (!vd_opt_given(args, "force") && access(path, F_OK) == 0)
    return vd_fail(VD_ERR_INPUT, _("%s is there already; --force writes over it"), path);
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_READ, &file));
  const vd_plan *plan = vd_plan_file_plan(file);
  int raster = vd_raster_of_word(word);
  VD_TRY(raster >= 0 ? vd_export_raster(plan, (vd_raster_kind)raster, path)
                     : export_kinds(cli, plan, word, path));
  fprintf(cli->out, "%s\n", path);
  return VD_OK;
}

const vd_command vd_cmd_export = {
    .name = "export",
    .arguments = "PLAN KIND|all -o FILE",
    .summary = N_("write records or grids as a file for other programs"),
    .details = N_("Fields bear the names vedette import reads, times are UTC. The plan itself is a "
                  "GeoPackage too: QGIS "
                  "opens it as it is."),
    .options = options,
    .min_rest = 2,
    .max_rest = 2,
    .run = run,
};
