/* sheet_legend: the legend, with only what is on the map, in as many columns as its width holds.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"

typedef struct entry {
  int item; /* -1: a heading */
  const char *text;
} entry;

static bool is_list_item(const vd_sheet *sheet, int item) {
  return vd_drawn_has(&sheet->drawn, item) && vd_item_label(sheet->data, item) != NULL;
}

/* Headings and items in order. */
static entry *list_entries(vd_sheet *sheet, size_t *n) {
  entry *entries = NULL;
  size_t capacity = 0;
  const char *heading = NULL;
  *n = 0;
  for (int item = 0; item < VD_ITEM_COUNT; item++) {
    if (!is_list_item(sheet, item)) continue;
    if (!vd_str_equal(heading, vd_item_heading(item))) {
      heading = vd_item_heading(item);
      *VD_PUSH(sheet->arena, entries, *n, capacity) = (entry){-1, heading};
    }
    *VD_PUSH(sheet->arena, entries, *n, capacity) = (entry){item, vd_item_label(sheet->data, item)};
  }
  return entries;
}

static void draw_entry(vd_sheet *sheet, const entry *e, vd_rect r) {
  double u = sheet->u, sample = 9 * u;
  if (e->item < 0) {
    vd_rect text = {r.x, r.y + r.h * 0.2, r.w, r.h * 0.8};
    vd_cell_text(sheet, text, e->text, sheet->small, VD_FACE_BOLD, sheet->style.ink, VD_ANCHOR_LEFT);
    return;
  }
  vd_rect box = {r.x + u, r.y + r.h * 0.06, sample - 2 * u, r.h * 0.88};
  vd_item_sample(sheet->canvas, sheet->data, &sheet->style, e->item, box);
  vd_cell_text(sheet, (vd_rect){r.x + sample + u, r.y, r.w - sample - u, r.h}, e->text, sheet->small,
               VD_FACE_REGULAR, sheet->style.ink, VD_ANCHOR_LEFT);
}

/* Where columns break: as even as they can be, a heading never last in its column. */
static size_t column_end(const entry *entries, size_t n, size_t from, size_t rows) {
  size_t to = from + rows < n ? from + rows : n;
  if (to < n && entries[to - 1].item < 0 && to > from + 1) to--;
  return to;
}

void vd_sheet_legend(vd_sheet *sheet, vd_flow *flow) {
  size_t n;
  entry *entries = list_entries(sheet, &n);
  vd_canvas_mark(sheet->canvas, "legend");
  if (n == 0 || !vd_flow_heading(flow, _("Legend"))) return;
  double u = sheet->u, gap = 3 * u, least = vd_line_mm(sheet, sheet->small) * 1.06,
         best = fmax(4.3 * u, least);
  int columns = (int)fmax(1, floor((flow->w + gap) / (46 * u + gap)));
  size_t rows = (n + (size_t)columns - 1) / (size_t)columns + 1;
  double high = fmin(best, fmax(least, vd_flow_room(flow) / (double)rows));
  size_t fitting = (size_t)fmax(0, floor(vd_flow_room(flow) / high + 1e-6));
  if (rows > fitting) rows = fitting;
  double w = (flow->w - (columns - 1) * gap) / columns;
  size_t from = 0;
  for (int c = 0; c < columns && from < n && rows > 0; c++) {
    size_t to = column_end(entries, n, from, rows);
    bool last = c == columns - 1 && to < n;
    if (last && to > from) to--;
    for (size_t i = from; i < to; i++)
      draw_entry(sheet, &entries[i],
                 (vd_rect){flow->x + c * (w + gap), flow->y + (double)(i - from) * high, w, high});
    if (last) {
      char *more = vd_str_printf(sheet->arena, _("… %zu more"), n - to);
      vd_cell_text(sheet, (vd_rect){flow->x + c * (w + gap), flow->y + (double)(to - from) * high, w, high},
                   more, sheet->small, VD_FACE_REGULAR, sheet->style.faint_ink, VD_ANCHOR_LEFT);
    }
    from = to;
  }
  flow->y += (double)rows * high;
}
