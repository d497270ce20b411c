/* page: what the parts of a sheet share, and setting text in boxes that it never leaves.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_PAGE_H
#define VEDETTE_CARTO_PAGE_H

#include "carto/legend.h"
#include "vedette/carto/sheet.h"

/* Rectangles of the page's parts, mm. An empty one (h 0) is left out. */
typedef struct vd_page_plan {
  vd_rect top, bottom; /* classification */
  vd_rect title, map, scale, table, footer, panel;
  int panel_columns; /* 1: one below the other; 3: side by side (portrait) */
} vd_page_plan;

typedef struct vd_sheet {
  vd_draw *draw;
  const vd_plan *plan;
  const vd_study *study; /* may be NULL */
  const vd_sheet_options *options;
  const vd_plan_info *info;
  vd_arena *arena;
  vd_canvas *canvas;
  vd_map_data *data;
  vd_style style;
  double w, h;
  double u;                        /* 1 on A3; lines and gaps follow it */
  double body, small, head, title; /* ems, mm; never under VD_TEXT_MIN_MM */
  vd_page_plan parts;
  vd_map_view view;
  double denominator;
  vd_map_drawn drawn;
} vd_sheet;

#define VD_TEXT_MIN_MM 2.117 /* 6 points */

/* Where the parts go on this paper, for one way of holding it. */
vd_page_plan vd_page_arrange(const vd_sheet *sheet, bool landscape);
/* Gives what the map does not need (it needs w x h mm inside its frame) to panel and table. */
void vd_page_fit(vd_sheet *sheet, double w, double h);
/* Room for the grid's figures around the frame. */
double vd_frame_inset(const vd_sheet *sheet);

/* ---- text ---- */

/* A column that fills downwards. */
typedef struct vd_flow {
  vd_sheet *sheet;
  double x, y, w, bottom;
} vd_flow;
vd_flow vd_flow_in(vd_sheet *sheet, vd_rect rect);
/* Wrapped text; what does not fit ends with an ellipsis. False (and nothing drawn) when not one line fits. */
bool vd_flow_text(vd_flow *flow, const char *text, double size_mm, vd_face face, vd_rgba color);
/* The same with at most `max_lines`. */
bool vd_flow_lines(vd_flow *flow, const char *text, double size_mm, vd_face face, vd_rgba color,
                   int max_lines);
/* A bold heading with a rule under it. */
bool vd_flow_heading(vd_flow *flow, const char *text);
void vd_flow_space(vd_flow *flow, double mm);
double vd_flow_room(const vd_flow *flow);
/* One line in a rectangle, cut with an ellipsis. */
void vd_cell_text(vd_sheet *sheet, vd_rect rect, const char *text, double size_mm, vd_face face,
                  vd_rgba color, vd_anchor_x anchor);
/* At most `lines` lines from the rectangle's top. */
void vd_cell_wrap(vd_sheet *sheet, vd_rect rect, const char *text, double size_mm, vd_rgba color, int lines);
/* Height of one line. */
double vd_line_mm(const vd_sheet *sheet, double size_mm);

/* "34 %", "<1 %", "–" of nothing. */
char *vd_share_text(vd_arena *arena, double part, double whole);

/* ---- parts ---- */
void vd_sheet_markings(vd_sheet *sheet); /* classification, made data */
void vd_sheet_title(vd_sheet *sheet);
vd_status vd_sheet_map(vd_sheet *sheet);
void vd_sheet_scale(vd_sheet *sheet);
void vd_sheet_figures(vd_sheet *sheet, vd_flow *flow);
/* Dearest restrictions and doubled visits, at most `most` lines each; and the height that takes. */
void vd_sheet_lists(vd_sheet *sheet, vd_flow *flow, size_t most);
double vd_sheet_lists_mm(vd_sheet *sheet, size_t most);
void vd_sheet_legend(vd_sheet *sheet, vd_flow *flow);
/* The least height in which the legend is whole. */
double vd_sheet_legend_mm(vd_sheet *sheet, double w);
void vd_sheet_table(vd_sheet *sheet);
/* The report's table, as many rows as fit; their areas and places on the map, and names kept clear of the latter. */
void vd_sheet_report(vd_sheet *sheet);
void vd_sheet_report_clear(vd_sheet *sheet, vd_map_options *options);
vd_status vd_sheet_report_shapes(vd_sheet *sheet);
void vd_sheet_report_places(vd_sheet *sheet);
void vd_sheet_footer(vd_sheet *sheet);
/* Whether any record says that it is made sample data. */
bool vd_sheet_made(const vd_sheet *sheet);

#endif
