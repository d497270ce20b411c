/* cmd_distance: vedette distance - how far every cell is from the nearest chosen one, or within which ring it lies.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "cli/ranges.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/vector.h"

static const vd_option options[] = {
    {"out", 'o', "FILE.tif", N_("where to: a GeoTIFF of metres")},
    {"from", 0, "VALUES", N_("cells of these values, like 1,3,10..20 (default: all known values but 0)")},
    {"like", 0, "RASTER", N_("with points, lines or areas: the grid to lay them on")},
    {"max", 0, "METRES", N_("farther cells have no value")},
    {"buffers", 0, "KM,KM...", N_("instead of metres, the least of these distances that a cell lies within")},
    {0},
};

static vd_status read_buffers(vd_cli *cli, const char *text, vd_distance_options *o) {
  for (const char *at = text; at;) {
    size_t n = strcspn(at, ",");
    double km, least = o->n_buffers ? (double)o->buffers_km[o->n_buffers - 1] : 0;
    if (!vd_parse_f64(vd_str_dup_n(cli->arena, at, n), &km) || !(km > least && km < 1e6))
      return vd_fail(VD_ERR_USAGE, _("--buffers takes rising kilometres like 5,10,25, not “%s”"), text);
    if (o->n_buffers == VD_BUFFERS_MAX)
      return vd_fail(VD_ERR_USAGE, _("--buffers takes at most %d distances"), VD_BUFFERS_MAX);
    o->buffers_km[o->n_buffers++] = (float)km;
    at = at[n] ? at + n + 1 : NULL;
  }
  return VD_OK;
}

static vd_status check_out(const char *out) {
  if (!out) return vd_fail(VD_ERR_USAGE, _("say where to: -o FILE.tif"));
  if (vd_str_ends_nocase(out, ".tif") || vd_str_ends_nocase(out, ".tiff")) return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("--out “%s” should end in .tif"), out);
}

static vd_status find_sources(vd_cli *cli, const vd_args *args, vd_sources *out) {
  const char *path = args->rest[0], *like = vd_opt_value(args, "like"), *from = vd_opt_value(args, "from");
  const char *name = vd_path_base(path);
  bool raster = vd_raster_looks_like(path);
  vd_ranges ranges;
  VD_TRY(vd_ranges_read(cli, from, &ranges));
  if (raster && like)
    return vd_fail(VD_ERR_USAGE, _("--like goes with points, lines and areas; %s has its own grid"), name);
  if (!raster && from) return vd_fail(VD_ERR_USAGE, _("--from chooses values of a raster; %s is none"), name);
  if (!raster && !like && vd_vector_sniff(path) != VD_FORMAT_NONE)
    return vd_fail(VD_ERR_USAGE, _("%s has no cells of its own: --like RASTER.tif says which grid to use"),
                   name);
  if (like) return vd_sources_of_places(cli->arena, path, like, &cli->progress, out);
  return vd_sources_of_raster(cli->arena, path, &ranges, &cli->progress,
                              out); /* says what is wrong with any other file */
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  const char *out = vd_opt_value(args, "out"), *buffers = vd_opt_value(args, "buffers");
  vd_distance_options o = {.max_m = INFINITY};
  vd_sources sources;
  VD_TRY(check_out(out));
  VD_TRY(vd_opt_f64(args, "max", 0, 1e9, &o.max_m));
  if (buffers) VD_TRY(read_buffers(cli, buffers, &o));
  VD_TRY(find_sources(cli, args, &sources));
  if (!sources.n)
    return vd_fail(VD_ERR_INPUT,
                   _("%s: no cell to measure from; --from names other values, --like another grid."),
                   vd_path_base(args->rest[0]));
  VD_TRY(vd_distance_write(out, &sources, &o, cli->jobs, &cli->progress));
  fprintf(cli->out,
          vd_translate_n("%s: distances from %lld cell\n", "%s: distances from %lld cells\n",
                         (unsigned long)sources.n),
          out, (long long)sources.n);
  return VD_OK;
}

const vd_command vd_cmd_distance = {
    .name = "distance",
    .arguments = "RASTER|PLACES -o FILE.tif",
    .summary = N_("how far every cell of a raster is from the nearest chosen one"),
    .details =
        N_("From the centre of each cell to the nearest centre of a chosen cell: exactly in the plane of the "
           "raster's projection, or over the ellipsoid when the raster is in degrees.\n\n"
           "  vedette distance landcover.tif --from 80 -o water.tif\n"
           "  vedette distance roads.gpkg --like landcover.tif --buffers 5,10,25 -o rings.tif"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
