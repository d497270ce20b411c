/* sheet_legend: the legend, with only what is on the map, in as many columns as its width holds.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"

typedef struct entry {
  int item; /* -1: a heading */
  const char *text;
} entry;

/* Land cover without a line: water and wetland that stand among the waters already, and all of it in black and white. */
static bool needs_no_line(const vd_sheet *sheet, int item) {
  int code = item - VD_ITEM_LANDCOVER0 - 1 + VD_GROUND_BARE;
  if (item <= VD_ITEM_LANDCOVER0 || item > VD_ITEM_LANDCOVER0 + VD_LANDCOVER_COUNT) return false;
  if (sheet->style.bw) return true; /* tints that hardly print */
  if (code == VD_GROUND_WETLAND)
    return vd_drawn_has(&sheet->drawn, VD_ITEM_WATER0 + vd_word_index(vd_water_class_words, "wetland"));
  return code == VD_GROUND_WATER &&
         vd_drawn_has(&sheet->drawn, VD_ITEM_WATER0 + vd_word_index(vd_water_class_words, "lake"));
}

static bool is_list_item(const vd_sheet *sheet, int item) {
  return !needs_no_line(sheet, item) && vd_drawn_has(&sheet->drawn, item) &&
         vd_item_label(sheet->data, item) != NULL;
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

static void draw_entry(vd_sheet *sheet, const entry *e, vd_rect r, double size) {
  double u = sheet->u, sample = 7.6 * u;
  if (e->item < 0) {
    vd_rect text = {r.x, r.y + r.h * 0.2, r.w, r.h * 0.8};
    vd_cell_text(sheet, text, e->text, size, VD_FACE_BOLD, sheet->style.ink, VD_ANCHOR_LEFT);
    return;
  }
  vd_rect box = {r.x + 0.4 * u, r.y + r.h * 0.06, sample - 1.2 * u, r.h * 0.88};
  vd_item_sample(sheet->canvas, sheet->data, &sheet->style, e->item, box);
  vd_cell_text(sheet, (vd_rect){r.x + sample + 0.4 * u, r.y, r.w - sample - 0.4 * u, r.h}, e->text, size,
               VD_FACE_REGULAR, sheet->style.ink, VD_ANCHOR_LEFT);
}

/* Where columns break: as even as they can be, a heading never last in its column. */
static size_t column_end(const entry *entries, size_t n, size_t from, size_t rows) {
  size_t to = from + rows < n ? from + rows : n;
  if (to < n && entries[to - 1].item < 0 && to > from + 1) to--;
  return to;
}

/* How the entries are laid out: as few columns as hold them in generous lines, else all there are room for, tighter. */
typedef struct legend_grid {
  int columns;
  size_t rows;
  double w, high, size; /* of a cell; of the text */
} legend_grid;

static int columns_in(const vd_sheet *sheet, double w) {
  return (int)fmax(1, floor((w + 3 * sheet->u) / (40 * sheet->u + 3 * sheet->u)));
}

static size_t rows_of(size_t n, int columns) {
  return (n + (size_t)columns - 1) / (size_t)columns + 1;
}

static double least_row_mm(const vd_sheet *sheet) {
  return vd_line_mm(sheet, sheet->small) * 1.06;
}

double vd_sheet_legend_mm(vd_sheet *sheet, double w) {
  size_t n;
  list_entries(sheet, &n);
  if (n == 0) return 0;
  double heading = vd_line_mm(sheet, sheet->head) + 3.1 * sheet->u;
  return heading + (double)rows_of(n, columns_in(sheet, w)) * least_row_mm(sheet);
}

static legend_grid lay_out(vd_sheet *sheet, const vd_flow *flow, size_t n) {
  double u = sheet->u, gap = 3 * u, room = vd_flow_room(flow), least = least_row_mm(sheet);
  int most = columns_in(sheet, flow->w);
  for (int columns = 1; columns <= most; columns++) {
    size_t rows = rows_of(n, columns);
    double w = (flow->w - (columns - 1) * gap) / columns, generous = fmax(5.2 * u, least);
    if ((double)rows * generous <= room && w < 100 * u)
      return (legend_grid){columns, rows, w, generous, sheet->body};
  }
  size_t rows = rows_of(n, most);
  double high = fmin(fmax(4.6 * u, least), fmax(least, room / (double)rows));
  size_t fitting = (size_t)fmax(0, floor(room / high + 1e-6));
  return (legend_grid){most, rows < fitting ? rows : fitting, (flow->w - (most - 1) * gap) / most, high,
                       sheet->small};
}

static void draw_more(vd_sheet *sheet, const legend_grid *grid, size_t n, double x, double y) {
  char *more = vd_str_printf(sheet->arena, vd_translate_n("… %zu more", "… %zu more", n), n);
  vd_cell_text(sheet, (vd_rect){x, y, grid->w, grid->high}, more, grid->size, VD_FACE_REGULAR,
               sheet->style.faint_ink, VD_ANCHOR_LEFT);
}

void vd_sheet_legend(vd_sheet *sheet, vd_flow *flow) {
  size_t n, from = 0;
  entry *entries = list_entries(sheet, &n);
  vd_canvas_mark(sheet->canvas, "legend");
  if (n == 0 || !vd_flow_heading(flow, _("Legend"))) return;
  legend_grid grid = lay_out(sheet, flow, n);
  for (int c = 0; c < grid.columns && from < n && grid.rows > 0; c++) {
    double x = flow->x + c * (grid.w + 3 * sheet->u);
    size_t to = column_end(entries, n, from, grid.rows);
    bool cut = c == grid.columns - 1 && to < n;
    if (cut && to > from) to--;
    for (size_t i = from; i < to; i++) {
      vd_rect cell = {x, flow->y + (double)(i - from) * grid.high, grid.w, grid.high};
      draw_entry(sheet, &entries[i], cell, grid.size);
    }
    if (cut) draw_more(sheet, &grid, n - to, x, flow->y + (double)(to - from) * grid.high);
    from = to;
  }
  flow->y += (double)grid.rows * grid.high;
}
