/* report_paper: a report's pages as files.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
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
  if (!vd_str_ends_nocase(path, ".pdf") && !vd_str_ends_nocase(path, ".svg") &&
      !vd_str_ends_nocase(path, ".png"))
    return vd_fail(VD_ERR_USAGE, _("“%s” should end in .pdf, .svg or .png"), path);
  const char *base = vd_path_base(path);
  const char *folder = base == path ? "." : vd_str_dup_n(cli->arena, path, (size_t)(base - path));
  if (access(folder, W_OK) == 0) return VD_OK;
  return vd_fail(VD_ERR_IO, _("%s cannot be written: %m."), path);
}

/* report.png, report-2.png ... */
static const char *page_path(vd_arena *arena, const char *path, int page) {
  if (page == 0) return path;
  const char *dot = strrchr(path, '.');
  return vd_str_printf(arena, "%s-%d%s", vd_str_dup_n(arena, path, (size_t)(dot - path)), page + 1, dot);
}

static vd_status write_single(vd_cli *cli, vd_draw *draw, const vd_page *page, const char *path) {
  if (vd_str_ends_nocase(path, ".svg"))
    VD_TRY(vd_canvas_write_svg(draw, page, path));
  else
    VD_TRY(vd_canvas_write_png(draw, page, DOTS_PER_INCH, VD_WHITE, path));
  fprintf(cli->out, "%s\n", path);
  return VD_OK;
}

vd_status vd_report_write_pages(vd_cli *cli, const vd_report *report, const vd_plan *plan, const char *path,
                                bool bw, int32_t most_rows) {
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  vd_report_paper paper = {.bw = bw, .most_rows = (size_t)most_rows};
  vd_page *pages;
  int n;
  VD_TRY(vd_draw_open(&draw));
  VD_TRY(vd_report_draw_pages(draw, report, plan, &paper, cli->arena, &pages, &n));
  if (vd_str_ends_nocase(path, ".pdf")) {
    VD_TRY(vd_canvas_write_pdf(draw, pages, n, report->title, path));
    fprintf(cli->out, "%s\n", path);
    return VD_OK;
  }
  for (int i = 0; i < n; i++) VD_TRY(write_single(cli, draw, &pages[i], page_path(cli->arena, path, i)));
  return VD_OK;
}
