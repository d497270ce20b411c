/* cmd_import: vedette import - files of others into a plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli/table.h"
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/crs.h"
#include "vedette/store/importing.h"
#include "vedette/study/landscape.h"

static const vd_option options[] = {
    {"as", 0, "KIND",
     N_("what the files hold: roads, water, settlements, population, elevation, landcover, bases, threats, "
        "incidents, patrols, stops, restrictions, areas, sites, actors, or track: GPX tracks of patrols that "
        "were "
        "driven (default: guessed)")},
    {"column", 'c', "FIELD=COLUMN",
     N_("read this field from that column; lon=, lat=, wkt= and mgrs= name the columns of the position")},
    {"where", 0, "FIELD~TEXT", N_("only features whose FIELD holds TEXT; several fields apart by commas")},
    {"actor", 0, "NAME", N_("the actor of records that name none")},
    {"patrol", 0, "NAME|ID",
     N_("with --as track: the planned patrol that was driven (default: by place and time)")},
    {"create-actors", 0, NULL, N_("make actors that the plan lacks, instead of dropping what names them")},
    {"replace", 0, NULL, N_("first remove all the plan holds of the kinds imported")},
    {"crs", 0, "EPSG:N|WKT", N_("coordinate reference system of files that name none")},
    {"legend", 0, "LEGEND", N_("land-cover codes: vedette, worldcover, copernicus, or CODE=CLASS,...")},
    {"dry-run", 'n', NULL, N_("tell what would be taken, change nothing")},
    VD_AUTHOR_OPTION,
    {0},
};

static vd_status read_columns(vd_cli *cli, const vd_args *args, vd_import_options *out) {
  vd_import_column *columns = VD_NEW_ARRAY(cli->arena, vd_import_column, args->n_set + 1);
  for (size_t i = 0; i < args->n_set; i++) {
    const char *value = args->set[i].value, *equals = value ? strchr(value, '=') : NULL;
    if (strcmp(args->set[i].option->name, "column") != 0) continue;
    if (!equals || equals == value || !equals[1])
      return vd_fail(VD_ERR_USAGE, _("--column %s: write --column FIELD=COLUMN"), value);
    columns[out->n_columns++] =
        (vd_import_column){vd_str_dup_n(cli->arena, value, (size_t)(equals - value)), equals + 1};
  }
  out->columns = columns;
  return VD_OK;
}

static vd_status read_wheres(vd_cli *cli, const vd_args *args, vd_import_options *out) {
  vd_import_where *wheres = VD_NEW_ARRAY(cli->arena, vd_import_where, args->n_set + 1);
  for (size_t i = 0; i < args->n_set; i++) {
    const char *value = args->set[i].value, *tilde = value ? strchr(value, '~') : NULL;
    if (strcmp(args->set[i].option->name, "where") != 0) continue;
    if (!tilde || tilde == value || !tilde[1])
      return vd_fail(VD_ERR_USAGE, _("--where %s: write --where FIELD~TEXT"), value);
    wheres[out->n_wheres++] =
        (vd_import_where){vd_str_dup_n(cli->arena, value, (size_t)(tilde - value)), tilde + 1};
  }
  out->wheres = wheres;
  return VD_OK;
}

static vd_status read_crs(vd_cli *cli, const vd_args *args, vd_import_options *out) {
  const char *text = vd_opt_value(args, "crs");
  vd_crs crs;
  int64_t code;
  if (!text) return VD_OK;
  if (vd_str_starts(text, "EPSG:") || vd_str_starts(text, "epsg:")) {
    if (!vd_parse_i64(text + 5, &code) || code < 1 || code > 999999)
      return vd_fail(VD_ERR_USAGE, _("--crs %s: write --crs EPSG:32636 or a WKT text"), text);
    VD_TRY(vd_crs_from_epsg(cli->arena, (int)code, &crs));
  } else {
    VD_TRY(vd_crs_from_wkt(cli->arena, text, &crs));
  }
  out->crs_wkt = crs.wkt;
  return VD_OK;
}

static vd_status read_options(vd_cli *cli, const vd_args *args, vd_import_options *out) {
  *out = (vd_import_options){.as = vd_opt_value(args, "as"),
                             .actor = vd_opt_value(args, "actor"),
                             .patrol = vd_opt_value(args, "patrol"),
                             .now_s = vd_cli_now_s(),
                             .create_actors = vd_opt_given(args, "create-actors"),
                             .replace = vd_opt_given(args, "replace"),
                             .dry_run = vd_opt_given(args, "dry-run"),
                             .legend = vd_opt_value(args, "legend")};
  VD_TRY(read_columns(cli, args, out));
  VD_TRY(read_wheres(cli, args, out));
  return read_crs(cli, args, out);
}

/* ---- the report ---- */

static const char *number(vd_cli *cli, int64_t value) {
  return vd_str_printf(cli->arena, "%lld", (long long)value);
}

static void print_counts(vd_cli *cli, const vd_import_report *report) {
  const vd_text_column columns[] = {
      {_("File"), VD_LEFT, NULL, 40},      {_("Kind"), VD_LEFT, NULL, 0},
      {_("Read"), VD_RIGHT, NULL, 0},      {_("Taken"), VD_RIGHT, NULL, 0},
      {_("New"), VD_RIGHT, NULL, 0},       {_("Replaced"), VD_RIGHT, NULL, 0},
      {_("Unchanged"), VD_RIGHT, NULL, 0}, {_("Dropped"), VD_RIGHT, NULL, 0},
  };
  vd_text_table *table = vd_text_table_new(cli->arena, columns, 8);
  for (size_t i = 0; i < report->n_parts; i++) {
    const vd_import_part *part = &report->parts[i];
    const char **cells = vd_text_table_row(table);
    cells[0] = part->file;
    cells[1] = part->word ? part->word : _("the rest");
    cells[2] = number(cli, part->tally.n_read);
    cells[3] = number(cli, part->tally.n_taken);
    cells[4] = number(cli, part->n_new);
    cells[5] = number(cli, part->n_replaced);
    cells[6] = number(cli, part->n_same);
    cells[7] = number(cli, part->tally.n_dropped);
  }
  if (report->n_parts) vd_text_table_print(table, cli->out);
}

static void print_reasons(vd_cli *cli, const vd_import_report *report) {
  const vd_text_column columns[] = {{_("Kind"), VD_LEFT, NULL, 0},   {_("Count"), VD_RIGHT, NULL, 0},
                                    {"", VD_LEFT, NULL, 0},          {_("Reason"), VD_LEFT, NULL, 0},
                                    {_("First"), VD_RIGHT, NULL, 0}, {_("Example"), VD_LEFT, NULL, 48}};
  vd_text_table *table = vd_text_table_new(cli->arena, columns, 6);
  for (size_t i = 0; i < report->n_parts; i++) {
    const vd_import_part *part = &report->parts[i];
    for (size_t k = 0; k < part->tally.n_lines; k++) {
      const vd_tally_line *line = &part->tally.lines[k];
      const char **cells = vd_text_table_row(table);
      cells[0] = part->word ? part->word : _("the rest");
      cells[1] = number(cli, line->count);
      cells[2] = line->dropped ? _("dropped") : _("noted");
      cells[3] = line->reason;
      cells[4] = number(cli, line->first);
      cells[5] = line->example;
    }
  }
  if (!vd_text_table_n_rows(table)) return;
  fputc('\n', cli->out);
  vd_text_table_print(table, cli->out);
}

static void print_guesses(vd_cli *cli, const vd_import_report *report) {
  for (size_t i = 0; i < report->n_parts; i++) {
    const vd_import_part *part = &report->parts[i];
    if (!part->word) continue;
    if (part->guess)
      fprintf(cli->out, _("%s: read as %s, by %s\n"), part->file, part->word, part->guess);
    else
      fprintf(cli->out, _("%s: read as %s\n"), part->file, part->word);
    if (part->columns) fprintf(cli->out, "  %s\n", part->columns);
    if (part->remark) fprintf(cli->out, "  %s\n", part->remark);
  }
  if (report->n_parts) fputc('\n', cli->out);
}

/* Builds the road network of many roads once and for all, so that no later command has to. The import stands whatever
 * comes of it. */
static void keep_network(vd_cli *cli, vd_plan_file *file) {
  enum { MANY_ROADS = 5000 };
  const vd_plan *plan = vd_plan_file_plan(file);
  if (vd_plan_count(plan, VD_KIND_ROAD) < MANY_ROADS) return;
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  vd_kept kept = {0};
  vd_status status = vd_landscape_build(plan, 0, cli->jobs, &cli->progress, &land);
  if (status == VD_OK) status = vd_landscape_pack(land, cli->arena, &kept);
  if (status == VD_OK && kept.n) status = vd_plan_file_keep(file, &kept);
  if (status != VD_OK) vd_debug("roads", "the network is not kept: %s", vd_last_message());
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  vd_import_options import_options;
  vd_import_report report = {0};
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(read_options(cli, args, &import_options));
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_EDIT, &file));
  vd_status status = vd_import(vd_plan_file_plan(file), &import_options, args->rest + 1, args->n_rest - 1,
                               cli->arena, &cli->progress, &report);
  if (status == VD_ERR_CANCELLED) return status;
  if (report.n_parts && (status == VD_OK || report.n_taken == 0)) {
    print_guesses(cli, &report);
    print_counts(cli, &report);
    print_reasons(cli, &report);
  }
  VD_TRY(status);
  if (import_options.dry_run)
    fprintf(cli->out, "\n%s\n", _("A dry run: nothing was changed."));
  else
    keep_network(cli, file);
  return VD_OK;
}

const vd_command vd_cmd_import = {
    .name = "import",
    .arguments = "PLAN FILE...",
    .summary = N_("lay files of others into a plan"),
    .details = N_("Reads OpenStreetMap (.osm.pbf, .osm), GeoPackage, shapefile, GeoJSON, KML, KMZ, GPX, CSV "
                  "(lon/lat, WKT, "
                  "MGRS), GeoTIFF and SRTM (.hgt, .hgt.zip). What a file holds is guessed from its content "
                  "and told. All "
                  "files of one command are one edit that vedette undo takes back; a file that cannot be "
                  "read leaves the "
                  "plan as it was."),
    .options = options,
    .min_rest = 2,
    .max_rest = 100000,
    .run = run,
};
