/* markers: numbered places of a table on the map, in the window and on paper.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_MARKERS_H
#define VEDETTE_CARTO_MARKERS_H

#include "vedette/carto/map.h"
#include "vedette/report/report.h"

enum { VD_MARKERS_MOST = 99 };

typedef struct vd_marker {
  double lon_deg, lat_deg;
  int number;
  bool bad;    /* in the warning colour */
  bool chosen; /* filled */
} vd_marker;

/* The rows of a table that are somewhere, each with its number in the table (1 first), at most VD_MARKERS_MOST of the first
 * rows; `order` of the rows (NULL: as they are). Writes at most VD_MARKERS_MOST and returns how many. */
size_t vd_markers_of(const vd_report_table *table, const int32_t *order, vd_marker *markers);
/* Discs with numbers of a `size_mm` em; where they would lie on each other a later one steps aside, with a line to its place.
 * Those whose place is outside the view are left out. */
void vd_map_draw_markers(const vd_map_data *data, const vd_map_view *view, const vd_style *style,
                         const vd_marker *markers, size_t n, double size_mm, vd_canvas *canvas);

/* The areas and lines of a table's rows in the map's plane, ready to be drawn at any scale. */
typedef struct vd_row_shapes vd_row_shapes;
/* Of the first `most` rows (at most VD_MARKERS_MOST) in `order` (NULL: as they are), as vd_markers_of; in the arena. */
vd_status vd_row_shapes_of(const vd_map_data *data, const vd_report_table *table, const int32_t *order,
                           size_t most, vd_arena *arena, const vd_row_shapes **out);
/* Outlines and light hatches, rows to be acted on above the others; lies under the numbers. `chosen`: the number of a row that
 * is outlined more strongly, 0 none. `drawn` (may be NULL) hears what to explain. True when something was seen. */
bool vd_map_draw_row_shapes(const vd_row_shapes *shapes, const vd_map_view *view, const vd_style *style,
                            int chosen, vd_canvas *canvas, vd_map_drawn *drawn);

/* The boxes of those discs in mm of the view, for names to keep clear of; at most VD_MARKERS_MOST. Returns how many. */
size_t vd_map_marker_boxes(const vd_map_data *data, const vd_map_view *view, const vd_marker *markers,
                           size_t n, double size_mm, vd_rect *boxes);

#endif
