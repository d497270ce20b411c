/* row_shapes: the areas and lines of a table's rows on the map, under their numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/legend.h"
#include "vedette/carto/markers.h"

typedef struct row_shape {
  vd_shape shape;
  int number;
  bool bad;
} row_shape;
struct vd_row_shapes {
  row_shape *items;
  size_t n;
};

vd_status vd_row_shapes_of(const vd_map_data *data, const vd_report_table *table, const int32_t *order,
                           size_t most, vd_arena *arena, const vd_row_shapes **out) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *transform = NULL;
  vd_row_shapes *shapes = VD_NEW(arena, vd_row_shapes);
  size_t capacity = 0;
  if (most > VD_MARKERS_MOST) most = VD_MARKERS_MOST;
  for (size_t i = 0; i < table->n_rows && i < most; i++) {
    const vd_report_row *row = &table->rows[order ? (size_t)order[i] : i];
    if (!row->shape) continue;
    if (!transform) VD_TRY(vd_transform_plane(data->lon_deg, data->lat_deg, &transform));
    *VD_PUSH(arena, shapes->items, shapes->n, capacity) =
        (row_shape){vd_shape_project(arena, row->shape, transform), (int)i + 1, row->bad};
  }
  *out = shapes;
  return VD_OK;
}

/* A white rim keeps the line apart from what lies under it; in black and white a white core does from other lines. */
void vd_symbol_row(vd_canvas *canvas, const vd_style *style, vd_path path, vd_hatch hatch, bool bad,
                   bool chosen) {
  vd_stroke line = style->row[bad].outline,
            rim = {.color = vd_rgba_fade(VD_WHITE, 0.7), .join = VD_JOIN_ROUND};
  vd_stroke core = {.width_mm = line.width_mm * 0.7, .color = VD_WHITE, .join = VD_JOIN_ROUND};
  if (chosen || style->bw) line.width_mm *= 1.9;
  rim.width_mm = line.width_mm + 0.4 * style->size;
  if (path.closed) vd_canvas_hatch(canvas, path, VD_RULE_EVENODD, &hatch);
  vd_canvas_stroke(canvas, path, &rim);
  vd_canvas_stroke(canvas, path, &line);
  if (style->bw) vd_canvas_stroke(canvas, path, &core);
}

static bool draw_shape(const vd_frame *frame, const vd_style *style, const row_shape *row, bool chosen,
                       vd_canvas *canvas) {
  vd_path path = vd_frame_path(frame, &row->shape);
  if (path.n_parts == 0) return false;
  vd_hatch hatch = style->row[row->bad].hatch;
  vd_map_view_to_mm(frame->view, 0, 0, &hatch.origin_x, &hatch.origin_y);
  vd_symbol_row(canvas, style, path, hatch, row->bad, chosen);
  return true;
}

bool vd_map_draw_row_shapes(const vd_row_shapes *shapes, const vd_map_view *view, const vd_style *style,
                            int chosen, vd_canvas *canvas, vd_map_drawn *drawn) {
  enum { MARGIN_MM = 15 };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_frame frame = vd_frame_of(view, MARGIN_MM, scratch);
  bool any = false;
  vd_canvas_mark(canvas, "areas of rows");
  vd_canvas_save(canvas);
  vd_canvas_clip_rect(canvas, 0, 0, view->width_mm, view->height_mm);
  for (int bad = 0; bad < 2; bad++) {
    for (size_t i = shapes->n; i-- > 0;) { /* the first rows on top */
      const row_shape *row = &shapes->items[i];
      if (row->bad != bad || !draw_shape(&frame, style, row, row->number == chosen, canvas)) continue;
      vd_drawn_add(drawn, VD_ITEM_ROW0 + bad);
      any = true;
    }
  }
  vd_canvas_restore(canvas);
  return any;
}
