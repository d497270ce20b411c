/* grid_lines: the lines of the UTM (MGRS) grid, or of longitude and latitude where the map is wider than a zone.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_GRID_LINES_H
#define VEDETTE_CARTO_GRID_LINES_H

#include "carto/legend.h"

typedef struct vd_grid_line {
  bool upright; /* of equal easting or longitude */
  double value; /* metres or degrees */
  vd_path path; /* one part, mm, longer than the view */
} vd_grid_line;
typedef struct vd_grid_lines {
  vd_grid_line *lines;
  size_t n, capacity;
  bool utm;
  int zone, north;
  double step;
} vd_grid_lines;

/* Lines at least `apart_mm` apart in the view. */
vd_grid_lines vd_grid_lines_of(const vd_map_data *data, const vd_map_view *view, double apart_mm,
                               vd_arena *arena);
/* "36" large with small leading and trailing figures is beyond plain text: "4 36" for 436 000 m; degrees "31°30'E". */
char *vd_grid_line_text(vd_arena *arena, const vd_grid_lines *grid, const vd_grid_line *line);
/* Grid north minus true north at the view's centre, degrees clockwise; 0 for longitude and latitude. */
double vd_grid_convergence_deg(const vd_map_data *data, const vd_map_view *view);
void vd_draw_grid_lines(vd_pen *pen);

#endif
