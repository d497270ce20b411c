/* text: measuring, and what editing of text needs: carets, hits, steps, ranges.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/draw/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/engine.h"

vd_text_size vd_text_measure(vd_draw *draw, const vd_text_style *style, const char *text) {
  const vd_layout *layout = vd_layout_lookup(draw, style, text);
  double scale = vd_layout_scale(style);
  return (vd_text_size){.width_mm = layout->width * scale,
                        .height_mm = layout->height * scale,
                        .ascent_mm = layout->ascent * scale,
                        .line_mm = layout->line_height * scale,
                        .n_lines = layout->n_lines,
                        .cut = layout->cut};
}

vd_rect vd_text_run_box(vd_draw *draw, const vd_text_run *run) {
  if (!run->text || !run->text[0]) return (vd_rect){run->x, run->y, 0, 0};
  vd_box box = vd_layout_box(draw, run), turned = vd_box_empty();
  double angle = run->rotation_deg * 3.14159265358979323846 / 180, c = cos(angle), s = sin(angle);
  double xs[] = {box.min_x, box.max_x}, ys[] = {box.min_y, box.max_y};
  for (int i = 0; i < 4; i++) {
    double x = xs[i & 1], y = ys[i >> 1];
    turned = vd_box_add(turned, c * x - s * y, s * x + c * y);
  }
  return (vd_rect){run->x + turned.min_x, run->y + turned.min_y, turned.max_x - turned.min_x,
                   turned.max_y - turned.min_y};
}

/* ---- Editing ---- */

/* A byte index inside the laid out text, at a character's start. */
static int index_within(const vd_layout *layout, size_t index) {
  size_t n = strlen(layout->text);
  if (index > n) index = n;
  while (index > 0 && ((unsigned char)layout->text[index] & 0xc0) == 0x80) index--;
  return (int)index;
}

/* The caret's x; between writing directions it is where text of the paragraph's direction would go in. */
static double caret_x(const vd_layout *layout, int line, vd_anchor_x anchor, int index) {
  PangoRectangle strong;
  pango_layout_get_cursor_pos(layout->layout, index, &strong, NULL);
  return vd_layout_indent(layout, line, anchor) + pango_units_to_double(strong.x) -
         layout->lines[line].pango_x;
}

/* One side of a character that is on the line. */
static double side_x(const vd_layout *layout, int line, vd_anchor_x anchor, int index, bool trailing) {
  int x = 0;
  pango_layout_line_index_to_x(layout->lines[line].line, index, trailing, &x);
  return vd_layout_indent(layout, line, anchor) + pango_units_to_double(x);
}

static int line_of(const vd_layout *layout, int index) {
  int line = 0;
  pango_layout_index_to_line_x(layout->layout, index, FALSE, &line, NULL);
  return line < layout->n_lines ? line : layout->n_lines - 1;
}

vd_text_caret vd_text_caret_at(vd_draw *draw, const vd_text_style *style, vd_anchor_x anchor,
                               const char *text, size_t index) {
  const vd_layout *layout = vd_layout_lookup(draw, style, text);
  double scale = vd_layout_scale(style);
  int at = index_within(layout, index), line = line_of(layout, at);
  return (vd_text_caret){.x_mm = caret_x(layout, line, anchor, at) * scale,
                         .y_mm = line * layout->line_height * scale,
                         .height_mm = draw->line[style->face] * scale,
                         .line = line};
}

/* The byte index `n` characters after `index`. */
static int after(const vd_layout *layout, int index, int n) {
  const char *p = layout->text + index;
  while (n-- > 0 && *p) p = g_utf8_next_char(p);
  return (int)(p - layout->text);
}

size_t vd_text_hit(vd_draw *draw, const vd_text_style *style, vd_anchor_x anchor, const char *text,
                   double x_mm, double y_mm) {
  const vd_layout *layout = vd_layout_lookup(draw, style, text);
  double scale = vd_layout_scale(style);
  double row = floor(y_mm / scale / layout->line_height);
  int line = row > 0 ? (int)fmin(row, layout->n_lines - 1) : 0;
  double x = fmin(fmax(x_mm / scale - vd_layout_indent(layout, line, anchor), -1e6), 1e6);
  int index = 0, trailing = 0;
  pango_layout_line_x_to_index(layout->lines[line].line, pango_units_from_double(x), &index, &trailing);
  return (size_t)after(layout, index, trailing);
}

static int step_seen(const vd_layout *layout, int at, int direction) {
  int index = at, trailing = 0;
  pango_layout_move_cursor_visually(layout->layout, TRUE, at, 0, direction, &index, &trailing);
  if (index < 0 || index > (int)strlen(layout->text)) return at;
  return after(layout, index, trailing);
}

typedef enum stop_kind { STOP_CURSOR, STOP_WORD_START, STOP_WORD_END } stop_kind;

static bool stops(const PangoLogAttr *attribute, stop_kind kind) {
  if (kind == STOP_CURSOR) return attribute->is_cursor_position;
  return kind == STOP_WORD_START ? attribute->is_word_start : attribute->is_word_end;
}

/* The next place of a kind in reading order; the text's start or end when there is none. */
static int step_read(const vd_layout *layout, int at, int direction, stop_kind kind) {
  int n = 0;
  const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly(layout->layout, &n);
  int character = (int)g_utf8_pointer_to_offset(layout->text, layout->text + at) + direction;
  while (character > 0 && character < n - 1 && !stops(&attributes[character], kind)) character += direction;
  if (character < 0) character = 0;
  return after(layout, 0, character);
}

static int line_edge(const vd_layout *layout, int at, bool end) {
  int line = line_of(layout, at);
  const PangoLayoutLine *found = layout->lines[line].line;
  if (!end) return found->start_index;
  int edge = found->start_index + found->length;
  /* A line broken inside a paragraph ends where the next begins: stay before that place. */
  bool broken = line + 1 < layout->n_lines && layout->lines[line + 1].line->start_index == edge;
  return broken && edge > found->start_index ? step_read(layout, edge, -1, STOP_CURSOR) : edge;
}

size_t vd_text_move(vd_draw *draw, const vd_text_style *style, const char *text, size_t index,
                    vd_text_step step) {
  const vd_layout *layout = vd_layout_lookup(draw, style, text);
  int at = index_within(layout, index);
  switch (step) {
  case VD_STEP_LEFT:
    return (size_t)step_seen(layout, at, -1);
  case VD_STEP_RIGHT:
    return (size_t)step_seen(layout, at, 1);
  case VD_STEP_NEXT:
    return (size_t)step_read(layout, at, 1, STOP_CURSOR);
  case VD_STEP_PREVIOUS:
    return (size_t)step_read(layout, at, -1, STOP_CURSOR);
  case VD_STEP_WORD_NEXT:
    return (size_t)step_read(layout, at, 1, STOP_WORD_END);
  case VD_STEP_WORD_PREVIOUS:
    return (size_t)step_read(layout, at, -1, STOP_WORD_START);
  case VD_STEP_LINE_START:
    return (size_t)line_edge(layout, at, false);
  case VD_STEP_LINE_END:
    return (size_t)line_edge(layout, at, true);
  }
  return (size_t)at;
}

static int by_line_and_x(const void *a, const void *b) {
  const vd_rect *p = a, *q = b;
  if (p->y != q->y) return p->y < q->y ? -1 : 1;
  return p->x < q->x ? -1 : (p->x > q->x ? 1 : 0);
}

/* Sorted rectangles, those that touch on a line made one; returns how many are left. */
static int ranges_merge(vd_rect *all, size_t n) {
  int kept = 0;
  qsort(all, n, sizeof *all, by_line_and_x);
  for (size_t i = 0; i < n; i++) {
    vd_rect *last = kept > 0 ? &all[kept - 1] : NULL;
    bool touches = last && last->y == all[i].y && all[i].x <= last->x + last->w + all[i].h * 1e-3;
    if (touches)
      last->w = fmax(last->x + last->w, all[i].x + all[i].w) - last->x;
    else
      all[kept++] = all[i];
  }
  return kept;
}

int vd_text_ranges(vd_draw *draw, const vd_text_style *style, vd_anchor_x anchor, const char *text,
                   size_t from, size_t to, vd_rect *rects, int max) {
  const vd_layout *layout = vd_layout_lookup(draw, style, text);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  double scale = vd_layout_scale(style), height = draw->line[style->face] * scale;
  vd_rect *all = NULL;
  size_t n = 0, capacity = 0;
  int at = index_within(layout, from), end = index_within(layout, to);
  for (; at < end; at = after(layout, at, 1)) {
    int line = line_of(layout, at);
    double x0 = side_x(layout, line, anchor, at, false), x1 = side_x(layout, line, anchor, at, true);
    if (layout->text[at] == '\n' || x0 == x1) continue;
    *VD_PUSH(scratch, all, n, capacity) =
        (vd_rect){fmin(x0, x1) * scale, line * layout->line_height * scale, fabs(x1 - x0) * scale, height};
  }
  int found = n > 0 ? ranges_merge(all, n) : 0;
  int written = found < max ? found : max;
  if (written > 0) memcpy(rects, all, sizeof *rects * (size_t)written);
  return written;
}
