/* cmd_study: vedette study - who under threat is covered, where the gaps are and why.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <unistd.h>

#include "cli/study_out.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const vd_option options[] = {
    VD_STUDY_OPTIONS,
    {"assume", 0, "CASE",
     N_("what speeds, places of restrictions and old reports of roads are taken to be: likely (default, with "
        "the "
        "range between best and worst), best or worst")},
    {"no-losses", 0, NULL, N_("leave out what each restriction costs (quicker)")},
    {"top", 0, "N", N_("how many lines of each list (default 12, 0: all)")},
    {"out", 'o', "FILE",
     N_("also write the results: .gpkg (cells, gaps, responders, duplicates), .geojson (gaps), .csv (gaps) "
        "or .tif; "
        "may be given several times")},
    {"raster", 0, "WHAT",
     N_("what a .tif holds: state, hours (not covered), response (minutes) or certainty (0 surely, 1 maybe, "
        "2 not covered); default: the word its name ends with, as in north-hours.tif, else state")},
    {0},
};

static bool is_out(const vd_args *args, size_t i) {
  return strcmp(args->set[i].option->name, "out") == 0;
}

/* Results are written over older ones, but never over a plan. */
static vd_status check_not_a_plan(const char *path) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  if (access(path, F_OK) != 0 || !vd_str_ends_nocase(path, ".gpkg")) return VD_OK;
  if (vd_plan_file_open(path, VD_OPEN_READ, &file) != VD_OK) return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("--out “%s” is a plan; name another file for the results"), path);
}

static vd_status check_paths(const vd_args *args) {
  for (size_t i = 0; i < args->n_set; i++) {
    if (!is_out(args, i)) continue;
    VD_TRY(vd_results_check_path(args->set[i].value));
    VD_TRY(check_not_a_plan(args->set[i].value));
  }
  return VD_OK;
}

static int raster_of_word(const char *word, size_t n) {
  for (int i = 0; i < VD_RESULT_COUNT; i++) {
    const char *known = vd_result_raster_words[i];
    if (strlen(known) == n && strncmp(known, word, n) == 0) return i;
  }
  return -1;
}

static vd_status read_raster(const vd_args *args, int *raster) {
  const char *word = vd_opt_value(args, "raster");
  *raster = -1;
  if (!word) return VD_OK;
  *raster = raster_of_word(word, strlen(word));
  if (*raster >= 0) return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("--raster takes state, hours, response or certainty, not “%s”"), word);
}

/* "north-hours.tif" -> hours */
static vd_result_raster raster_of_path(const char *path) {
  const char *name = vd_path_base(path), *dot = strrchr(name, '.');
  const char *start = dot ? dot : name;
  while (start > name && start[-1] >= 'a' && start[-1] <= 'z') start--;
  int raster = dot ? raster_of_word(start, (size_t)(dot - start)) : -1;
  return raster >= 0 ? (vd_result_raster)raster : VD_RESULT_STATE;
}

static vd_status read_case(const vd_args *args, vd_study_options *study) {
  const char *word = vd_opt_value(args, "assume");
  int found = word ? vd_terms_find(&vd_case_terms, word) : VD_CASE_LIKELY;
  if (found < 0) return vd_fail(VD_ERR_USAGE, _("--assume takes likely, best or worst, not “%s”"), word);
  study->assumed = (vd_case)found;
  study->certainty = study->assumed == VD_CASE_LIKELY;
  return VD_OK;
}

/* A certainty is asked of a study that knows it. */
static vd_status check_certainty(const vd_args *args, const vd_study_options *study, int raster) {
  for (size_t i = 0; i < args->n_set && !study->certainty; i++) {
    const char *path = args->set[i].value;
    bool tif = is_out(args, i) && (vd_str_ends_nocase(path, ".tif") || vd_str_ends_nocase(path, ".tiff"));
    if (tif && (raster >= 0 ? raster : (int)raster_of_path(path)) == VD_RESULT_CERTAINTY)
      return vd_fail(VD_ERR_USAGE,
                     _("a raster of certainty lies between best and worst: leave out --assume"));
  }
  return VD_OK;
}

static vd_status write_files(const vd_studied *studied, int raster) {
  const vd_args *args = studied->args;
  for (size_t i = 0; i < args->n_set; i++) {
    const char *path = args->set[i].value;
    if (!is_out(args, i)) continue;
    VD_TRY(vd_results_write(studied, path, raster >= 0 ? (vd_result_raster)raster : raster_of_path(path)));
    if (!vd_opt_given(args, "quiet")) fprintf(studied->cli->err, _("written: %s\n"), path);
  }
  return VD_OK;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_studied_cleanup) vd_studied studied = {0};
  int32_t most = 12;
  int raster;
  VD_TRY(vd_opt_i32(args, "top", 0, 1000000, &most));
  VD_TRY(read_raster(args, &raster));
  VD_TRY(check_paths(args));
  VD_TRY(vd_studied_open(cli, args, &studied));
  studied.options.without_losses = vd_opt_given(args, "no-losses");
  VD_TRY(read_case(args, &studied.options));
  VD_TRY(check_certainty(args, &studied.options, raster));
  VD_TRY(vd_studied_run(&studied));
  VD_TRY(write_files(&studied, raster));
  if (vd_opt_given(args, "json")) {
    vd_study_print_json(&studied);
  } else {
    vd_study_print_text(&studied, most);
  }
  return VD_OK;
}

const vd_command vd_cmd_study = {
    .name = "study",
    .arguments = "PLAN",
    .summary = N_("who under threat is covered and when, the gaps, their causes and what would close them"),
    .details = N_("Prints a report. docs/study.md tells how to read it.\n\n"
                  "  vedette study plan.gpkg\n"
                  "  vedette study plan.gpkg --from 2026-03-09 --to 2026-03-16 --season wet --top 5\n"
                  "  vedette study plan.gpkg --json -o gaps.geojson -o response.tif"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
