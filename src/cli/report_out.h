/* report_out: what the commands share whose answer is a report - their options, the run, and its forms.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_REPORT_OUT_H
#define VEDETTE_CLI_REPORT_OUT_H

#include "cli/with_study.h"
#include "vedette/report/report.h"

/* The options of every report, after those of its window. */
#define VD_REPORT_OPTIONS                                                                                    \
  VD_WINDOW_OPTIONS, {"json", 0, NULL, N_("everything as JSON, described in docs/json.md")},                 \
      {"csv", 0, "TABLE", N_("one table as CSV, by its key in the JSON")},                                   \
      {"output", 'o', "FILE", N_("pages to hand out: .pdf, .svg or .png")},                                  \
      {"bw", 0, NULL, N_("pages in black and white")}, {                                                     \
    "top", 0, "N", N_("how many rows of each table (default 12, on pages 40; 0: all)")                       \
  }

/* Opens the plan, studies it when the report needs that, makes the report and prints it as the options ask. */
vd_status vd_cli_report(vd_cli *cli, const vd_args *args, const char *key);
/* The same with what the report asks for besides; plan, study, window and jobs are set here. */
vd_status vd_cli_report_with(vd_cli *cli, const vd_args *args, const char *key, const vd_report_input *asked);
/* The two halves of it: `studied` starts zeroed and is the caller's to clean up. */
vd_status vd_cli_report_make(vd_cli *cli, const vd_args *args, const char *key, const vd_report_input *asked,
                             vd_studied *studied, vd_report **report);
/* On the output only: as --csv, --json or text ask, `most` rows of each table when --top says no other number. */
vd_status vd_cli_report_forms(vd_cli *cli, const vd_args *args, const vd_report *report, int32_t most);
vd_status vd_cli_report_print(vd_cli *cli, const vd_args *args, const vd_plan *plan, const vd_report *report);

/* Figures and tables for people, `most` rows each (0: all); one JSON object; one table as CSV (VD_ERR_USAGE lists the
 * keys). */
void vd_report_print_text(const vd_report *report, int32_t most, FILE *out);
void vd_report_print_json(const vd_report *report, FILE *out);
/* VD_ERR_USAGE that lists the keys of the tables. */
vd_status vd_report_fail_key(const vd_report *report, const char *option, const char *key);
vd_status vd_report_print_csv(const vd_report *report, const char *table, FILE *out);

/* ---- report_paper.c ---- */
/* Whether pages can be written to what -o names; asked before the study. No -o: VD_OK. */
vd_status vd_report_check_output(vd_cli *cli, const vd_args *args);
/* Writes the pages to `path` and tells the files: of SVG and PNG one a page, the second as NAME-2.svg. most_rows of each table, 0
 * all. */
vd_status vd_report_write_pages(vd_cli *cli, const vd_report *report, const vd_plan *plan, const char *path,
                                bool bw, int32_t most_rows);

#endif
