/* cmd_print: the plan and the results of its study as a page: PDF, SVG or PNG.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cli/report_out.h"
#include "vedette/base/i18n.h"
#include "vedette/carto/sheet.h"

static const vd_option options[] = {
    {"output", 'o', "FILE", N_("where to write: .pdf, .svg or .png (default: the plan's name with .pdf)")},
    {"paper", 0, "SIZE", N_("a4, a3, a2, a1 or a0 (default a3)")},
    {"orientation", 0, "WAY", N_("landscape, portrait or auto (default: what shows the area larger)")},
    {"scale", 0, "1:N", N_("the map's scale (default: the largest round scale that holds the area)")},
    {"title", 0, "TEXT", N_("the title (default: the plan's)")},
    VD_WINDOW_OPTIONS,
    {"at", 0, "TIME", N_("show the states at this time instead of each place's lasting one")},
    {"layers", 0, "WORDS", N_("layers by name, separated by commas; -name leaves one out, +name adds one")},
    {"bw", 0, NULL, N_("black and white, patterns instead of colours")},
    {"dpi", 0, "N", N_("dots per inch of a PNG (default 200)")},
    {"report", 0, "KEY[:TABLE]", N_("a report's table in place of the gaps, its places numbered on the map")},
    {"no-study", 0, NULL, N_("the plan alone, without states and gaps")},
    {0},
};

typedef struct print_job {
  vd_cli *cli;
  const vd_args *args;
  vd_studied *studied;
  vd_sheet_options sheet;
  const char *path;
  double dpi;
} print_job;

/* "1:250000", "1:250 000" or "250000". */
static vd_status read_scale(print_job *job) {
  const char *text = vd_opt_value(job->args, "scale");
  if (!text) return VD_OK;
  vd_buf digits = {.arena = job->cli->arena};
  for (const char *p = vd_str_starts(text, "1:") ? text + 2 : text; *p; p++)
    if (*p != ' ' && *p != '_') vd_buf_add_n(&digits, p, 1);
  if (digits.n == 0 || !vd_parse_f64(digits.text, &job->sheet.scale) ||
      !(job->sheet.scale >= 500 && job->sheet.scale <= 1e8))
    return vd_fail(VD_ERR_USAGE, _("--scale takes 1:500 to 1:100000000, not “%s”"), text);
  return VD_OK;
}

static vd_status read_snapshot(print_job *job) {
  const vd_study_options *window = &job->studied->options;
  VD_TRY(vd_studied_time(job->studied, "at", &job->sheet.time_s, &job->sheet.snapshot));
  if (job->sheet.snapshot && (job->sheet.time_s < window->from_s || job->sheet.time_s >= window->to_s))
    return vd_fail(VD_ERR_USAGE, _("--at lies outside the window; set --from and --to around it"));
  return VD_OK;
}

static vd_status read_layer(print_job *job, const char *word, bool *fresh) {
  char sign = word[0] == '-' || word[0] == '+' ? *word++ : 0;
  int layer = vd_map_layer_find(word);
  if (layer < 0) {
    vd_buf all = {.arena = job->cli->arena};
    for (int i = 0; i < VD_MAP_LAYER_COUNT; i++)
      vd_buf_printf(&all, "%s%s", i ? ", " : "", vd_map_layer_lookup((vd_map_layer)i)->word);
    return vd_fail(VD_ERR_USAGE, _("there is no layer “%s”; there are %s"), word, all.text);
  }
  if (!sign && !*fresh) memset(job->sheet.layers.shown, 0, sizeof job->sheet.layers.shown);
  if (!sign) *fresh = true;
  job->sheet.layers.shown[layer] = sign != '-';
  return VD_OK;
}

/* "roads,water,gaps" shows these alone; "-relief,+incidents" changes what is shown anyway. */
static vd_status read_layers(print_job *job) {
  const char *text = vd_opt_value(job->args, "layers");
  bool fresh = false;
  if (!text) return VD_OK;
  char *copy = vd_str_dup(job->cli->arena, text), *rest = NULL;
  for (char *word = strtok_r(copy, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest))
    VD_TRY(read_layer(job, word, &fresh));
  return VD_OK;
}

static vd_status read_paper(print_job *job) {
  const char *paper = vd_opt_value(job->args, "paper"), *way = vd_opt_value(job->args, "orientation");
  if (paper) {
    int found = vd_paper_find(paper);
    if (found < 0) return vd_fail(VD_ERR_USAGE, _("--paper takes a4, a3, a2, a1 or a0, not “%s”"), paper);
    job->sheet.paper = (vd_paper)found;
  }
  if (!way || vd_str_equal_nocase(way, "auto")) return VD_OK;
  bool wide = vd_str_equal_nocase(way, "landscape");
  if (!wide && !vd_str_equal_nocase(way, "portrait"))
    return vd_fail(VD_ERR_USAGE, _("--orientation takes landscape, portrait or auto, not “%s”"), way);
  job->sheet.orientation = wide ? VD_LANDSCAPE_WAY : VD_PORTRAIT_WAY;
  return VD_OK;
}

/* plan.gpkg -> plan.pdf */
static const char *default_path(print_job *job) {
  const char *plan = job->args->rest[0], *dot = strrchr(vd_path_base(plan), '.');
  size_t n = dot ? (size_t)(dot - plan) : strlen(plan);
  return vd_str_printf(job->cli->arena, "%s.pdf", vd_str_dup_n(job->cli->arena, plan, n));
}

/* Told before the study, not after. */
static vd_status check_folder(print_job *job) {
  const char *base = vd_path_base(job->path);
  const char *folder =
      base == job->path ? "." : vd_str_dup_n(job->cli->arena, job->path, (size_t)(base - job->path));
  if (access(folder, W_OK) == 0) return VD_OK;
  return vd_fail(VD_ERR_IO, _("%s cannot be written: %m."), job->path);
}

static vd_status read_output(print_job *job) {
  const char *path = vd_opt_value(job->args, "output");
  job->path = path ? path : default_path(job);
  job->dpi = 200;
  VD_TRY(vd_opt_f64(job->args, "dpi", 30, 1200, &job->dpi));
  if (vd_pages_can_write(job->path)) return check_folder(job);
  return vd_fail(VD_ERR_USAGE, _("“%s” should end in .pdf, .svg or .png"), job->path);
}

static vd_status read_options(print_job *job) {
  job->sheet = vd_sheet_options_default();
  job->sheet.title = vd_opt_value(job->args, "title");
  job->sheet.bw = vd_opt_given(job->args, "bw");
  VD_TRY(read_paper(job));
  VD_TRY(read_scale(job));
  VD_TRY(read_layers(job));
  VD_TRY(read_snapshot(job));
  return read_output(job);
}

/* The report's table by its key; without one the first that has places, or the first. */
static const vd_report_table *table_of(const vd_report *report, const char *key) {
  for (size_t i = 0; i < report->n_tables; i++) {
    const vd_report_table *table = report->tables[i];
    if (key ? vd_str_equal(table->key, key) : table->n_rows > 0 && !isnan(table->rows[0].lon_deg))
      return table;
  }
  return key || report->n_tables == 0 ? NULL : report->tables[0];
}

static const vd_report_info *report_of(print_job *job, const char **table) {
  const char *text = vd_opt_value(job->args, "report"), *colon = text ? strchr(text, ':') : NULL;
  *table = colon ? colon + 1 : NULL;
  if (!text) return NULL;
  return vd_report_lookup(vd_str_dup_n(job->cli->arena, text, colon ? (size_t)(colon - text) : strlen(text)));
}

/* Told before the study. */
static vd_status check_report(print_job *job) {
  const char *table;
  vd_buf keys = {.arena = job->cli->arena};
  if (!vd_opt_given(job->args, "report") || report_of(job, &table)) return VD_OK;
  for (int i = 0; i < vd_n_reports; i++) vd_buf_printf(&keys, "%s%s", i ? ", " : "", vd_reports[i].key);
  return vd_fail(VD_ERR_USAGE, _("--report takes one of %s, not “%s”"), keys.text,
                 vd_opt_value(job->args, "report"));
}

static vd_status make_report(print_job *job) {
  const char *key;
  const vd_report_info *info = report_of(job, &key);
  vd_report *report;
  if (!info) return VD_OK;
  if (info->need != VD_NEED_PLAN && !job->studied->study)
    return vd_fail(VD_ERR_USAGE, _("this report rests on the study; leave out --no-study"));
  vd_report_input input = {.plan = job->studied->plan,
                           .landscape = job->studied->landscape,
                           .study = job->studied->study,
                           .options = job->studied->options,
                           .jobs = job->cli->jobs,
                           .progress = &job->cli->progress};
  VD_TRY(info->make(&input, job->cli->arena, &report));
  job->sheet.report = report;
  job->sheet.report_table = table_of(report, key);
  return job->sheet.report_table ? VD_OK : vd_report_fail_key(report, "report", key ? key : "");
}

static vd_status draw_sheet(print_job *job, const vd_study *study) {
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  vd_page page;
  VD_TRY(vd_draw_open(&draw));
  VD_TRY(vd_progress_step(&job->cli->progress, _("Drawing the map"), 0, 2));
  VD_TRY(vd_sheet_draw(draw, job->studied->plan, study, &job->sheet, job->cli->arena, &page));
  VD_TRY(vd_progress_step(&job->cli->progress, _("Drawing the map"), 1, 2));
  const char *title = job->sheet.title ? job->sheet.title : vd_plan_info_lookup(job->studied->plan)->title;
  VD_TRY(vd_pages_write(draw, &page, 1, job->dpi, title ? title : "", job->path));
  return vd_progress_step(&job->cli->progress, _("Drawing the map"), 2, 2);
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_studied_cleanup) vd_studied studied = {0};
  print_job job = {.cli = cli, .args = args, .studied = &studied};
  VD_TRY(vd_studied_open(cli, args, &studied));
  VD_TRY(read_options(&job));
  studied.options.certainty = true;
  VD_TRY(check_report(&job));
  /* Tags of gaps would stand among the numbers. */
  if (vd_opt_given(args, "report") && !vd_opt_given(args, "layers"))
    job.sheet.layers.shown[VD_MAP_GAPS] = false;
  if (!vd_opt_given(args, "no-study")) VD_TRY(vd_studied_run(&studied));
  VD_TRY(make_report(&job));
  VD_TRY(draw_sheet(&job, studied.study));
  fprintf(cli->out, "%s\n", job.path);
  return VD_OK;
}

const vd_command vd_cmd_print = {
    .name = "print",
    .arguments = "PLAN",
    .summary = N_("draw the plan and its coverage gaps as a page to hand out"),
    .details = N_("The study runs first. The page carries title, legend, scale, headline figures, the gap "
                  "table, sources, "
                  "classification and the input hash.\n\n"
                  "  vedette print plan.gpkg -o map.pdf --paper a1\n"
                  "  vedette print plan.gpkg -o night.png --at 2026-03-14T22:00 --layers -relief,+incidents\n"
                  "  vedette print plan.gpkg -o handout.pdf --paper a4 --bw\n"
                  "  vedette print plan.gpkg -o places.pdf --report coverage:places"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
