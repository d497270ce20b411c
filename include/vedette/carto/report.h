/* report: a report on paper: A4 pages with figures, tables, ribbons and a small map of its numbered places.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Portrait, or landscape when a table needs the width. Heads of tables are repeated on every page; nothing is cut: what a
 * limit of rows leaves out is counted. The classification stands top and bottom of every page. */
#ifndef VEDETTE_CARTO_REPORT_H
#define VEDETTE_CARTO_REPORT_H

#include "vedette/carto/map.h"
#include "vedette/draw/surface.h"
#include "vedette/report/report.h"

typedef struct vd_report_paper {
  bool bw;
  size_t most_rows;     /* of each table; 0: all */
  const char *numbered; /* key of the table whose places the map shows; NULL: the first that has any */
} vd_report_paper;

/* Draws the pages; they are in `arena`. `plan` is the one the report is about: the map under the numbers comes from it, and
 * there is none when it has no area of interest. */
vd_status vd_report_draw_pages(vd_draw *draw, const vd_report *report, const vd_plan *plan,
                               const vd_report_paper *paper, vd_arena *arena, vd_page **pages, int *n_pages);

#endif
