/* sheet: a page: the map in its frame with title, legend, scale, figures, gap table, sources and markings.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The same design from A4 to A0. Nothing is drawn in the legend that is not on the map; no text leaves its box (what
 * does not fit is counted: "12 more"); the classification stands top and bottom. */
#ifndef VEDETTE_CARTO_SHEET_H
#define VEDETTE_CARTO_SHEET_H

#include "vedette/carto/map.h"
#include "vedette/draw/surface.h"
#include "vedette/report/report.h"

typedef enum vd_paper { VD_A4, VD_A3, VD_A2, VD_A1, VD_A0, VD_PAPER_COUNT } vd_paper;
/* "a4" .. "a0"; -1 for anything else. */
int vd_paper_find(const char *word);
typedef enum vd_orientation { VD_ORIENTATION_AUTO, VD_LANDSCAPE_WAY, VD_PORTRAIT_WAY } vd_orientation;

typedef struct vd_sheet_options {
  vd_paper paper;
  vd_orientation orientation; /* AUTO: what shows the area largest */
  double scale;               /* the N of 1:N; 0: the largest round scale that holds the area */
  const char *title;          /* NULL: the plan's */
  bool snapshot;              /* the states at time_s instead of the whole window */
  int64_t time_s;
  /* The change from another study to that of `landscape`, in place of a study's states and figures. NULL: none */
  const vd_study_difference *difference;
  const vd_landscape *landscape;
  const char *before; /* what the plan is compared with, for the subtitle */
  bool bw;
  vd_map_layers layers;
  double raster_px_per_mm; /* 0: fine enough for the paper */
  /* A report's table in place of the gaps, its first rows as numbers on the map; NULL: the gaps. Both or none. */
  const vd_report *report;
  const vd_report_table *report_table;
} vd_sheet_options;
/* A3, automatic, the default layers. */
vd_sheet_options vd_sheet_options_default(void);

/* Draws the page into *page (canvas and size; the canvas is in `arena`). `study` NULL: a map of the plan alone.
 * VD_ERR_INPUT when the plan has no area of interest, VD_ERR_LIMIT when a given scale leaves nothing to see. */
vd_status vd_sheet_draw(vd_draw *draw, const vd_plan *plan, const vd_study *study,
                        const vd_sheet_options *options, vd_arena *arena, vd_page *page);

#endif
