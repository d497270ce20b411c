/* markers: discs with numbers, none on another.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/carto/markers.h"

#include <math.h>

typedef struct disc {
  double at[2], place[2]; /* mm in the view: where it is drawn, what it stands for */
  int ring;               /* on which it found room, 0 its place */
  const vd_marker *marker;
} disc;
typedef struct placing {
  disc discs[VD_MARKERS_MOST];
  size_t n;
  double radius;
  const vd_map_view *view;
} placing;

size_t vd_markers_of(const vd_report_table *table, const int32_t *order, vd_marker *markers) {
  size_t n = 0;
  for (size_t i = 0; i < table->n_rows && i < VD_MARKERS_MOST; i++) {
    const vd_report_row *row = &table->rows[order ? (size_t)order[i] : i];
    if (isnan(row->lon_deg) || isnan(row->lat_deg)) continue;
    markers[n++] = (vd_marker){row->lon_deg, row->lat_deg, (int)i + 1, row->bad, false};
  }
  return n;
}

static bool is_free(const placing *p, double x, double y) {
  double r = p->radius;
  if (x < r || y < r || x > p->view->width_mm - r || y > p->view->height_mm - r) return false;
  for (size_t i = 0; i < p->n; i++) {
    double dx = p->discs[i].at[0] - x, dy = p->discs[i].at[1] - y;
    if (dx * dx + dy * dy < 2.05 * 2.05 * r * r) return false;
  }
  return true;
}

/* Rings within it were full for a disc of nearly the same place. */
static int first_ring(const placing *p, const disc *d) {
  int ring = 1;
  for (size_t i = 0; i < p->n; i++) {
    const disc *o = &p->discs[i];
    bool same = fabs(o->place[0] - d->place[0]) + fabs(o->place[1] - d->place[1]) < 0.3 * p->radius;
    if (same && o->ring > ring) ring = o->ring;
  }
  return ring;
}

/* At its place, or in the first free spot on rings around it. */
static void place(placing *p, disc *d) {
  enum { RINGS = 9, PER_RING = 8 };
  d->at[0] = d->place[0], d->at[1] = d->place[1];
  if (is_free(p, d->at[0], d->at[1])) return;
  for (int ring = first_ring(p, d); ring <= RINGS; ring++) {
    for (int k = 0; k < PER_RING * ring; k++) {
      double angle = 2 * M_PI * k / (PER_RING * ring) - M_PI / 2, far = 1.4 * ring * p->radius;
      double x = d->place[0] + far * cos(angle), y = d->place[1] + far * sin(angle);
      if (!is_free(p, x, y)) continue;
      d->at[0] = x, d->at[1] = y;
      d->ring = ring;
      return;
    }
  }
}

static void draw_disc(const placing *p, const vd_style *style, const disc *d, double size_mm,
                      vd_canvas *canvas) {
  vd_arena *arena = vd_canvas_arena(canvas);
  bool bad = d->marker->bad, chosen = d->marker->chosen;
  vd_rgba color = bad && !style->bw ? VD_RGB(0xb0, 0x10, 0x30) : style->accent;
  bool filled = chosen || (bad && style->bw);
  vd_path circle = vd_path_circle(arena, d->at[0], d->at[1], p->radius * 0.92);
  vd_canvas_fill(canvas, circle, VD_RULE_NONZERO, filled ? color : VD_WHITE);
  vd_canvas_stroke(canvas, circle, &(vd_stroke){.width_mm = 0.13 * size_mm, .color = color});
  vd_canvas_text(canvas, &(vd_text_run){.text = vd_str_printf(arena, "%d", d->marker->number),
                                        .style = {.size_mm = size_mm, .face = VD_FACE_BOLD},
                                        .x = d->at[0],
                                        .y = d->at[1],
                                        .anchor_x = VD_ANCHOR_CENTRE,
                                        .anchor_y = VD_ANCHOR_MIDDLE,
                                        .color = filled ? VD_WHITE : color});
}

static void draw_leader(const disc *d, const vd_style *style, double size_mm, vd_canvas *canvas) {
  if (d->at[0] == d->place[0] && d->at[1] == d->place[1]) return;
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_canvas_line(canvas, d->place[0], d->place[1], d->at[0], d->at[1], 0.22 * size_mm, VD_WHITE);
  vd_canvas_line(canvas, d->place[0], d->place[1], d->at[0], d->at[1], 0.1 * size_mm, style->ink);
  vd_canvas_fill(canvas, vd_path_circle(arena, d->place[0], d->place[1], 0.2 * size_mm), VD_RULE_NONZERO,
                 style->ink);
}

static void place_all(placing *p, const vd_map_data *data, const vd_marker *markers, size_t n) {
  double at[2 * VD_MARKERS_MOST] = {0};
  if (n > VD_MARKERS_MOST) n = VD_MARKERS_MOST;
  for (size_t i = 0; i < n; i++) at[2 * i] = markers[i].lon_deg, at[2 * i + 1] = markers[i].lat_deg;
  vd_map_to_plane(data, at, at, n); /* all in one go: each call costs more than its points */
  for (size_t i = 0; i < n; i++) {
    disc d = {.marker = &markers[i]};
    vd_map_view_to_mm(p->view, at[2 * i], at[2 * i + 1], &d.place[0], &d.place[1]);
    if (!(d.place[0] >= 0 && d.place[1] >= 0 && d.place[0] <= p->view->width_mm &&
          d.place[1] <= p->view->height_mm))
      continue;
    place(p, &d);
    p->discs[p->n++] = d;
  }
}

void vd_map_draw_markers(const vd_map_data *data, const vd_map_view *view, const vd_style *style,
                         const vd_marker *markers, size_t n, double size_mm, vd_canvas *canvas) {
  placing p = {.radius = 0.95 * size_mm, .view = view};
  vd_canvas_mark(canvas, "numbered places");
  place_all(&p, data, markers, n);
  for (size_t i = 0; i < p.n; i++) draw_leader(&p.discs[i], style, size_mm, canvas);
  for (size_t i = p.n; i-- > 0;) draw_disc(&p, style, &p.discs[i], size_mm, canvas);
}

size_t vd_map_marker_boxes(const vd_map_data *data, const vd_map_view *view, const vd_marker *markers,
                           size_t n, double size_mm, vd_rect *boxes) {
  placing p = {.radius = 0.95 * size_mm, .view = view};
  place_all(&p, data, markers, n);
  /* A little off the middle: names may touch a box around their own place, taking it for their symbol. */
  for (size_t i = 0; i < p.n; i++)
    boxes[i] = (vd_rect){p.discs[i].at[0] - p.radius - 0.05, p.discs[i].at[1] - p.radius, 2 * p.radius + 0.05,
                         2 * p.radius};
  return p.n;
}
