/* report_paper: a report's pages as files.
 * SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "cli/report_out.h"
#include "vedette/base/i18n.h"
#include "vedette/carto/report.h"

enum { DOTS_PER_INCH = 150 };

vd_status vd_report_check_output(vd_cli *cli, const vd_args *args) {
  const char *path = vd_opt_value(args, "output");
  if (!path) return VD_OK;
  if (vd_opt_given(args, "json") || vd_opt_given(args, "csv"))
    return vd_fail(VD_ERR_USAGE, _("-o writes pages; leave out --json and --csv"));
  if (!vd_pages_can_write(path))
    return vd_fail(VD_ERR_USAGE, _("“%s” should end in .pdf, .svg or .png"), path);
  const char *base = vd_path_base(path);
  const char *folder = base == path ? "." : vd_str_dup_n(cli->arena, path, (size_t)(base - path));
  if (access(folder, W_OK) == 0) return VD_OK;
  return vd_fail(VD_ERR_IO, _("%s cannot be written: %m."), path);
}

vd_status vd_report_write_pages(vd_cli *cli, const vd_report *report, const vd_plan *plan, const char *path,
                                bool bw, int32_t most_rows) {
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  vd_report_paper paper = {.bw = bw, .most_rows = (size_t)most_rows};
  vd_page *pages;
  int n;
  VD_TRY(vd_draw_open(&draw));
  VD_TRY(vd_report_draw_pages(draw, report, plan, &paper, cli->arena, &pages, &n));
  VD_TRY(vd_pages_write(draw, pages, n, DOTS_PER_INCH, report->title, path));
  bool one = vd_str_ends_nocase(path, ".pdf");
  for (int i = 0; i < (one ? 1 : n); i++) fprintf(cli->out, "%s\n", vd_page_path(cli->arena, path, i));
  return VD_OK;
}
