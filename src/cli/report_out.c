/* report_out: reports on a terminal, as JSON and as CSV.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"

#include <math.h>

#include "cli/json.h"
#include "cli/period.h"
#include "cli/table.h"
#include "vedette/base/i18n.h"

/* ---- for people ---- */

static void print_window(const vd_report *report, FILE *out) {
  vd_arena *arena = report->arena;
  fprintf(out, "%s – %s\n", report->plan_title, report->title);
  if (report->from_s >= report->to_s) return;
  fprintf(out, _("From %s to %s, %s\n"), vd_time_text(arena, report->from_s, report->utc_offset_s),
          vd_time_text(arena, report->to_s, report->utc_offset_s),
          vd_offset_text(arena, report->utc_offset_s));
}

static vd_text_table *text_table(const vd_report *report, const vd_report_table *from, size_t n_rows) {
  enum { WIDEST = 44 };
  vd_arena *arena = report->arena;
  vd_text_column *columns = VD_NEW_ARRAY(arena, vd_text_column, from->n_columns);
  for (int c = 0; c < from->n_columns; c++) {
    const vd_report_column *at = &from->columns[c];
    columns[c] = (vd_text_column){at->title, vd_report_is_number(at->form) ? VD_RIGHT : VD_LEFT, at->key,
                                  at->form == VD_REPORT_TEXT && !at->wide ? WIDEST : 0};
  }
  vd_text_table *table = vd_text_table_new(arena, columns, from->n_columns);
  for (size_t i = 0; i < n_rows; i++) {
    const char **cells = vd_text_table_row(table);
    for (int c = 0; c < from->n_columns; c++)
      cells[c] = vd_report_cell_text(arena, report, from, &from->rows[i], c);
  }
  return table;
}

static void print_table(const vd_report *report, const vd_report_table *table, int32_t most, FILE *out) {
  size_t n = most > 0 && table->n_rows > (size_t)most ? (size_t)most : table->n_rows;
  fprintf(out, "\n%s\n", table->title);
  if (n == 0) {
    fprintf(out, "  %s\n", table->empty);
    return;
  }
  vd_text_table_print(text_table(report, table, n), out);
  if (n < table->n_rows)
    fprintf(out, _("… and %lld more; --top 0 shows all\n"), (long long)(table->n_rows - n));
}

void vd_report_print_text(const vd_report *report, int32_t most, FILE *out) {
  print_window(report, out);
  if (report->n_figures > 0) fputc('\n', out);
  for (size_t i = 0; i < report->n_figures; i++) fprintf(out, "%s\n", report->figures[i].sentence);
  for (size_t i = 0; i < report->n_tables; i++) print_table(report, report->tables[i], most, out);
  if (report->n_notes > 0) fprintf(out, "\n%s\n", _("Notes"));
  for (size_t i = 0; i < report->n_notes; i++) {
    const vd_note *note = &report->notes[i];
    if (note->count > 0)
      fprintf(out, "- %s (%lld)\n", note->text, (long long)note->count);
    else
      fprintf(out, "- %s\n", note->text);
  }
}

/* ---- for programs ---- */

enum { DECIMALS = 4, DEGREES = 6 };

static void add_cell(vd_json *json, const vd_report_column *column, const vd_report_cell *cell) {
  switch (column->form) {
  case VD_REPORT_TEXT:
    vd_json_text(json, column->key, cell->word ? cell->word : cell->text && *cell->text ? cell->text : NULL);
    return;
  case VD_REPORT_TIME:
    vd_json_time(json, column->key, cell->time_s);
    return;
  case VD_REPORT_RIBBON:
    vd_json_shares(json, column->key, cell->ribbon, VD_RIBBON_HOURS);
    return;
  default:
    vd_json_number(json, column->key, cell->number, DECIMALS);
  }
}

static void add_row(vd_json *json, const vd_report_table *table, const vd_report_row *row) {
  vd_json_open(json, NULL, '(');
  for (int c = 0; c < table->n_columns; c++) add_cell(json, &table->columns[c], &row->cells[c]);
  if (row->id) vd_json_text(json, "id", row->id);
  if (!isnan(row->lon_deg)) {
    vd_json_number(json, "lon_deg", row->lon_deg, DEGREES);
    vd_json_number(json, "lat_deg", row->lat_deg, DEGREES);
  }
  vd_json_close(json);
}

static void add_figures(vd_json *json, const vd_report *report) {
  vd_json_open(json, "figures", '[');
  for (size_t i = 0; i < report->n_figures; i++) {
    const vd_report_figure *figure = &report->figures[i];
    vd_json_open(json, NULL, '(');
    vd_json_text(json, "key", figure->key);
    vd_json_number(json, "value", figure->value, DECIMALS);
    vd_json_number(json, "numerator", figure->numerator, DECIMALS);
    vd_json_number(json, "denominator", figure->denominator, DECIMALS);
    vd_json_number(json, "unknown", figure->unknown, DECIMALS);
    vd_json_text(json, "text", figure->sentence);
    vd_json_close(json);
  }
  vd_json_close(json);
}

static void add_notes(vd_json *json, const vd_report *report) {
  vd_json_open(json, "notes", '[');
  for (size_t i = 0; i < report->n_notes; i++) {
    vd_json_open(json, NULL, '(');
    vd_json_text(json, "text", report->notes[i].text);
    vd_json_whole(json, "count", report->notes[i].count);
    vd_json_close(json);
  }
  vd_json_close(json);
}

static void add_head(vd_json *json, const vd_report *report) {
  vd_json_text(json, "format", vd_str_printf(report->arena, "vedette-%s-1", report->key));
  vd_json_text(json, "program", "vedette " VEDETTE_VERSION);
  vd_json_text(json, "plan", report->plan_title);
  vd_json_text(json, "classification", vd_terms_word(&vd_classification_terms, report->classification));
  vd_json_text(json, "input_sha256", *report->input_hash ? report->input_hash : NULL);
  bool window = report->from_s < report->to_s;
  vd_json_time(json, "from", window ? report->from_s : VD_TIME_MIN);
  vd_json_time(json, "to", window ? report->to_s : VD_TIME_MAX);
  vd_json_text(json, "local_time", vd_offset_text(report->arena, report->utc_offset_s));
}

void vd_report_print_json(const vd_report *report, FILE *out) {
  vd_json json = vd_json_start(report->arena);
  vd_json_open(&json, NULL, '{');
  add_head(&json, report);
  add_figures(&json, report);
  for (size_t i = 0; i < report->n_tables; i++) {
    const vd_report_table *table = report->tables[i];
    vd_json_open(&json, table->key, '[');
    for (size_t r = 0; r < table->n_rows; r++) add_row(&json, table, &table->rows[r]);
    vd_json_close(&json);
  }
  add_notes(&json, report);
  vd_json_close(&json);
  vd_json_finish(&json, out);
}

/* Numbers in C notation without thousands, times in UTC, words of files. */
static const char *plain_text(vd_arena *arena, const vd_report_column *column, const vd_report_cell *cell) {
  if (column->form == VD_REPORT_TEXT) return cell->word ? cell->word : cell->text;
  if (column->form == VD_REPORT_TIME) return vd_time_iso(arena, cell->time_s);
  if (column->form != VD_REPORT_RIBBON)
    return isfinite(cell->number) ? vd_str_printf(arena, "%.10g", cell->number) : "";
  vd_buf buf = {.arena = arena};
  for (int h = 0; cell->ribbon && h < VD_RIBBON_HOURS; h++) {
    if (h > 0) vd_buf_add(&buf, " ");
    if (cell->ribbon[h] >= 0)
      vd_buf_printf(&buf, "%.2f", (double)cell->ribbon[h]);
    else
      vd_buf_add(&buf, "-");
  }
  return buf.text;
}

vd_status vd_report_fail_key(const vd_report *report, const char *option, const char *key) {
  vd_buf keys = {.arena = report->arena};
  for (size_t i = 0; i < report->n_tables; i++)
    vd_buf_printf(&keys, "%s%s", i ? ", " : "", report->tables[i]->key);
  return vd_fail(VD_ERR_USAGE, _("--%s takes the tables %s, not “%s”"), option, keys.text, key);
}

vd_status vd_report_print_csv(const vd_report *report, const char *key, FILE *out) {
  const vd_report_table *from = NULL;
  vd_arena *arena = report->arena;
  for (size_t i = 0; i < report->n_tables; i++)
    if (vd_str_equal(report->tables[i]->key, key)) from = report->tables[i];
  if (!from) return vd_report_fail_key(report, "csv", key);
  vd_text_column *columns = VD_NEW_ARRAY(arena, vd_text_column, from->n_columns + 2);
  for (int c = 0; c < from->n_columns; c++)
    columns[c] = (vd_text_column){from->columns[c].title, VD_LEFT, from->columns[c].key, 0};
  columns[from->n_columns] = (vd_text_column){"lon", VD_LEFT, NULL, 0};
  columns[from->n_columns + 1] = (vd_text_column){"lat", VD_LEFT, NULL, 0};
  vd_text_table *table = vd_text_table_new(arena, columns, from->n_columns + 2);
  for (size_t i = 0; i < from->n_rows; i++) {
    const vd_report_row *row = &from->rows[i];
    const char **cells = vd_text_table_row(table);
    for (int c = 0; c < from->n_columns; c++) cells[c] = plain_text(arena, &from->columns[c], &row->cells[c]);
    if (isnan(row->lon_deg)) continue;
    cells[from->n_columns] = vd_str_printf(arena, "%.6f", row->lon_deg);
    cells[from->n_columns + 1] = vd_str_printf(arena, "%.6f", row->lat_deg);
  }
  vd_text_table_print_csv(table, out);
  return VD_OK;
}

/* ---- the run ---- */

static vd_status make(vd_studied *studied, const vd_report_info *info, const vd_report_input *asked,
                      vd_report **report) {
  vd_cli *cli = studied->cli;
  if (info->need == VD_NEED_LANDSCAPE)
    VD_TRY(
        vd_landscape_build(studied->plan, studied->cell_m, cli->jobs, &cli->progress, &studied->landscape));
  vd_report_input input = *asked;
  VD_TRY(vd_cli_period(studied, &input.period_from_s, &input.period_to_s));
  bool skipped = vd_opt_given(studied->args, "no-losses");          /* of restrictions only */
  studied->options.certainty = vd_str_equal(info->key, "coverage"); /* its share has a range */
  if (info->need == VD_NEED_STUDY && !skipped) VD_TRY(vd_studied_run(studied));
  input.plan = studied->plan, input.landscape = studied->landscape, input.study = studied->study;
  input.options = studied->options;
  input.jobs = cli->jobs, input.progress = &cli->progress;
  return info->make(&input, cli->arena, report);
}

vd_status vd_cli_report_make(vd_cli *cli, const vd_args *args, const char *key, const vd_report_input *asked,
                             vd_studied *studied, vd_report **report) {
  VD_TRY(vd_report_check_output(cli, args));
  VD_TRY(vd_studied_open(cli, args, studied));
  return make(studied, vd_report_lookup(key), asked, report);
}

vd_status vd_cli_report_forms(vd_cli *cli, const vd_args *args, const vd_report *report, int32_t most) {
  const char *table = vd_opt_value(args, "csv");
  VD_TRY(vd_opt_i32(args, "top", 0, 1000000, &most));
  if (table) return vd_report_print_csv(report, table, cli->out);
  if (vd_opt_given(args, "json"))
    vd_report_print_json(report, cli->out);
  else
    vd_report_print_text(report, most, cli->out);
  return VD_OK;
}

vd_status vd_cli_report_print(vd_cli *cli, const vd_args *args, const vd_plan *plan,
                              const vd_report *report) {
  const char *path = vd_opt_value(args, "output");
  int32_t most = 40;
  if (!path) return vd_cli_report_forms(cli, args, report, 12);
  VD_TRY(vd_opt_i32(args, "top", 0, 1000000, &most));
  return vd_report_write_pages(cli, report, plan, path, vd_opt_given(args, "bw"), most);
}

vd_status vd_cli_report_with(vd_cli *cli, const vd_args *args, const char *key,
                             const vd_report_input *asked) {
  VD_CLEANUP(vd_studied_cleanup) vd_studied studied = {0};
  vd_report *report;
  VD_TRY(vd_cli_report_make(cli, args, key, asked, &studied, &report));
  return vd_cli_report_print(cli, args, studied.plan, report);
}

vd_status vd_cli_report(vd_cli *cli, const vd_args *args, const char *key) {
  return vd_cli_report_with(cli, args, key, &(vd_report_input){0});
}
