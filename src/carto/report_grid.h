/* report_grid: a report's table on paper: how wide its columns are, its heads and its rows.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_REPORT_GRID_H
#define VEDETTE_CARTO_REPORT_GRID_H

#include "vedette/carto/style.h"
#include "vedette/draw/surface.h"
#include "vedette/report/report.h"

typedef struct vd_report_pen {
  vd_draw *draw;
  vd_canvas *canvas; /* changes with the page */
  vd_arena *arena;
  vd_style style;
  double small; /* em of cells, mm */
} vd_report_pen;

enum { VD_REPORT_MOST_COLUMNS = 40 };
typedef struct vd_report_grid {
  vd_report_pen *pen;
  const vd_report *report;
  const vd_report_table *table;
  size_t n_rows; /* of the first that are shown */
  bool numbered; /* a first column with the numbers on the map */
  int n;         /* columns, the number too */
  double least[VD_REPORT_MOST_COLUMNS], natural[VD_REPORT_MOST_COLUMNS], width[VD_REPORT_MOST_COLUMNS];
  double size, pad; /* em, at most pen->small; on each side of a cell, ems */
} vd_report_grid;

/* Measures its columns; n_rows of the table's rows will be shown. */
vd_report_grid vd_report_grid_of(vd_report_pen *pen, const vd_report *report, const vd_report_table *table,
                                 size_t n_rows, bool numbered);
double vd_report_grid_natural_mm(const vd_report_grid *grid);
/* Gives the columns widths that fill `w` mm; text too wide for its column is set in several lines. */
void vd_report_grid_fit(vd_report_grid *grid, double w);
double vd_report_grid_head_mm(const vd_report_grid *grid);
void vd_report_grid_head(const vd_report_grid *grid, double x, double y);
double vd_report_grid_row_mm(const vd_report_grid *grid, size_t row);
void vd_report_grid_row(const vd_report_grid *grid, size_t row, double x, double y);

/* A bar for each hour with a threat, filled from below by the share covered; nothing where there is none. */
void vd_report_draw_ribbon(const vd_report_pen *pen, vd_rect rect, const float *ribbon);
/* What a ribbon's colours and heights mean, on one line. */
void vd_report_ribbon_key(const vd_report_pen *pen, double x, double y, double w);

#endif
