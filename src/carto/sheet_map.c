/* sheet_map: the map in its frame, the figures of the grid along it, scale and north under it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/grid_lines.h"
#include "carto/page.h"
#include "vedette/base/i18n.h"

static vd_map_options map_options(vd_sheet *sheet) {
  vd_map_options options = vd_map_options_default();
  options.layers = sheet->options->layers;
  options.style = sheet->style;
  options.raster_px_per_mm = sheet->options->raster_px_per_mm > 0 ? sheet->options->raster_px_per_mm : 7;
  options.symbol_scale = fmax(1, 1 / sheet->u); /* letters on symbols stay readable */
  if (sheet->options->difference)
    options.cover =
        vd_map_cover_of(sheet->data, sheet->options->landscape, sheet->options->difference, sheet->arena);
  if (sheet->options->snapshot) {
    options.from_s = options.to_s = sheet->options->time_s;
    if (sheet->study)
      options.states = vd_map_states_at(sheet->data, sheet->study, sheet->options->time_s, sheet->arena);
  }
  return options;
}

/* Where a line leaves through the frame's edge: along top and bottom for upright lines, left and right for the rest. */
static bool crossing_at(const vd_grid_line *line, double edge, double *at) {
  int across = line->upright ? 1 : 0;
  for (int32_t i = 0; i + 1 < line->path.n_points; i++) {
    const double *a = line->path.xy + 2 * i;
    double p = a[across] - edge, q = a[2 + across] - edge;
    if ((p <= 0) == (q <= 0) || !isfinite(p) || !isfinite(q)) continue;
    *at = a[1 - across] + p / (p - q) * (a[3 - across] - a[1 - across]);
    return true;
  }
  return false;
}

static void tick(vd_sheet *sheet, const vd_grid_line *line, const char *text, bool far_side) {
  vd_rect f = sheet->parts.map;
  double u = sheet->u, at, out = far_side ? 1 : -1, long_side = line->upright ? f.w : f.h;
  if (!crossing_at(line, far_side ? (line->upright ? f.h : f.w) : 0, &at)) return;
  if (at < sheet->small || at > long_side - sheet->small) return;
  double x = line->upright ? f.x + at : (far_side ? f.x + f.w : f.x),
         y = line->upright ? (far_side ? f.y + f.h : f.y) : f.y + at;
  double dx = line->upright ? 0 : out, dy = line->upright ? out : 0;
  vd_canvas_line(sheet->canvas, x, y, x + dx * 1.1 * u, y + dy * 1.1 * u, 0.2 * u, sheet->style.ink);
  vd_text_run run = {.text = text,
                     .style = {.size_mm = fmax(sheet->small * 0.92, VD_TEXT_MIN_MM)},
                     .x = x + dx * (1.1 * u + sheet->small * 0.6),
                     .y = y + dy * (1.1 * u + sheet->small * 0.6),
                     .anchor_x = VD_ANCHOR_CENTRE,
                     .anchor_y = VD_ANCHOR_MIDDLE,
                     .color = sheet->style.ink,
                     .rotation_deg = line->upright ? 0 : -90};
  vd_canvas_text(sheet->canvas, &run);
}

static void draw_ticks(vd_sheet *sheet) {
  vd_grid_lines grid = vd_grid_lines_of(sheet->data, &sheet->view, 32 * sheet->u, sheet->arena);
  for (size_t i = 0; i < grid.n; i++) {
    char *text = vd_grid_line_text(sheet->arena, &grid, &grid.lines[i]);
    tick(sheet, &grid.lines[i], text, false);
    tick(sheet, &grid.lines[i], text, true);
  }
}

vd_status vd_sheet_map(vd_sheet *sheet) {
  vd_rect f = sheet->parts.map;
  vd_map_options options = map_options(sheet);
  vd_sheet_report_clear(sheet, &options);
  vd_canvas_mark(sheet->canvas, "map");
  vd_canvas_save(sheet->canvas);
  vd_canvas_translate(sheet->canvas, f.x, f.y);
  vd_map_draw_base(sheet->data, &sheet->view, &options, sheet->canvas, &sheet->drawn);
  vd_map_draw_overlays(sheet->data, &sheet->view, &options, sheet->canvas, &sheet->drawn);
  VD_TRY(vd_sheet_report_shapes(sheet));
  vd_map_draw_labels(sheet->draw, sheet->data, &sheet->view, &options, sheet->canvas, &sheet->drawn);
  vd_sheet_report_places(sheet);
  vd_canvas_restore(sheet->canvas);
  vd_stroke frame = {.width_mm = 0.45 * sheet->u, .color = sheet->style.frame, .join = VD_JOIN_MITER};
  vd_canvas_stroke(sheet->canvas, vd_path_rect(sheet->arena, f.x, f.y, f.w, f.h), &frame);
  draw_ticks(sheet);
  return VD_OK;
}

/* ---- scale and north ---- */

/* An arrow to true north, with grid north beside it when the two differ visibly. */
static double draw_north(vd_sheet *sheet, double x, double y, double high) {
  double tip = y, foot = y + high, half = high * 0.22;
  double left[6] = {x, tip, x - half, foot, x, foot - high * 0.25},
         right[6] = {x, tip, x + half, foot, x, foot - high * 0.25};
  vd_canvas_fill(sheet->canvas, vd_path_points(left, 3, true), VD_RULE_NONZERO, sheet->style.ink);
  vd_canvas_stroke(
      sheet->canvas, vd_path_points(right, 3, true),
      &(vd_stroke){.width_mm = 0.2 * sheet->u, .color = sheet->style.ink, .join = VD_JOIN_MITER});
  vd_cell_text(sheet, (vd_rect){x + half * 1.4, tip, 5 * sheet->u, high}, "N", sheet->head, VD_FACE_BOLD,
               sheet->style.ink, VD_ANCHOR_LEFT);
  return half * 1.4 + 5 * sheet->u;
}

static char *grid_note(vd_sheet *sheet) {
  vd_grid_lines grid = vd_grid_lines_of(sheet->data, &sheet->view, 32 * sheet->u, sheet->arena);
  if (!grid.utm)
    return vd_str_dup(sheet->arena,
                      _("Grid: longitude and latitude, WGS 84. North is up in the middle of the map."));
  double turn = vd_grid_convergence_deg(sheet->data, &sheet->view);
  const char *hemisphere = grid.north ? "N" : "S", *side = turn < 0 ? _("west") : _("east");
  return vd_str_printf(
      sheet->arena,
      _("Grid: UTM zone %d%s (MGRS), every %g km, figures in km. Grid north is %.1f° %s of true "
        "north in the middle of the map."),
      grid.zone, hemisphere, grid.step / 1000, fabs(turn), side);
}

void vd_sheet_scale(vd_sheet *sheet) {
  vd_rect r = sheet->parts.scale;
  double u = sheet->u, x = r.x + 6 * u;
  vd_canvas_mark(sheet->canvas, "scale");
  char *ratio = vd_str_printf(sheet->arena, "1:%s", vd_count_text(sheet->arena, sheet->denominator));
  vd_text_style style = {.size_mm = sheet->title * 0.72, .face = VD_FACE_BOLD};
  vd_text_size size = vd_text_measure(sheet->draw, &style, ratio);
  vd_cell_text(sheet, (vd_rect){r.x, r.y, size.width_mm + u, r.h}, ratio, style.size_mm, VD_FACE_BOLD,
               sheet->style.ink, VD_ANCHOR_LEFT);
  x = r.x + size.width_mm + 8 * u;
  x += vd_map_draw_scale_bar(sheet->data, &sheet->view, &sheet->style, x, r.y + r.h * 0.55,
                             fmin(r.w * 0.3, 75 * u), sheet->canvas);
  x += 14 * u;
  x += draw_north(sheet, x, r.y + r.h * 0.08, r.h * 0.84) + 2 * u;
  vd_rect note = {x, r.y, fmax(r.x + r.w - x, 0), r.h};
  if (note.w > 20) vd_cell_wrap(sheet, note, grid_note(sheet), sheet->small, sheet->style.faint_ink, 2);
}
