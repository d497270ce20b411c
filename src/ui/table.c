/* table: the rows in sight, their header and their scroll bar.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/table.h"

#include <math.h>

#include "ui/state.h"

enum { MAX_COLUMNS = 24 };

static int columns_of(const vd_table *table) {
  return table->n_columns < MAX_COLUMNS ? table->n_columns : MAX_COLUMNS;
}

static void column_rects(const vd_ui *ui, vd_rect row, const vd_table *table, vd_rect *rects) {
  double fixed = 0, shares = 0;
  for (int i = 0; i < columns_of(table); i++) {
    fixed += table->columns[i].share > 0 ? 0 : vd_ui_px(ui, table->columns[i].width);
    shares += table->columns[i].share;
  }
  double rest = fmax(0, row.w - fixed);
  for (int i = 0; i < columns_of(table); i++) {
    const vd_column *column = &table->columns[i];
    double width = column->share > 0 ? floor(rest * column->share / shares) : vd_ui_px(ui, column->width);
    rects[i] = vd_inset(vd_cut_left(&row, width), vd_ui_px(ui, 8), 0);
  }
}

/* `across`: the rectangle of all columns, as far to the left as it is scrolled. */
static vd_table_result header(vd_ui *ui, vd_rect rect, vd_rect across, const vd_table *table,
                              vd_table_state *state) {
  const vd_theme *theme = &ui->theme;
  vd_table_result result = VD_TABLE_NONE;
  vd_rect rects[MAX_COLUMNS];
  vd_ui_fill(ui, rect, theme->header);
  column_rects(ui, (vd_rect){across.x, rect.y, across.w, rect.h}, table, rects);
  vd_ui_clip(ui, rect);
  for (int i = 0; i < columns_of(table); i++) {
    const vd_column *column = &table->columns[i];
    vd_ui_id id = vd_ui_id_of(ui, column->title);
    vd_touch touch = vd_ui_touch(ui, id, rects[i], 0);
    bool sorted = state->sort_column == i;
    vd_rect text = rects[i];
    if (sorted)
      vd_ui_icon(ui, vd_cut_right(&text, vd_ui_px(ui, 14)), state->descending ? "chevron-down" : "chevron-up",
                 theme->accent);
    vd_ui_paint(ui, text, column->title,
                (vd_paint_text){.size = theme->small_size,
                                .bold = sorted,
                                .align = column->number ? VD_ALIGN_END : VD_ALIGN_START,
                                .color = touch.hovered ? theme->text : theme->faint_text});
    vd_ui_node(ui, id, VD_ROLE_COLUMN, column->title,
               sorted ? (state->descending ? "descending" : "ascending") : NULL, rects[i], 0);
    if (!touch.clicked) continue;
    state->descending = sorted ? !state->descending : column->number;
    state->sort_column = i;
    result = VD_TABLE_SORTED;
  }
  vd_ui_unclip(ui);
  return result;
}

void vd_ui_strip(vd_ui *ui, vd_rect rect, const vd_strip *strip) {
  double one = rect.w / strip->n;
  for (int from = 0, to; from < strip->n; from = to) {
    for (to = from + 1; to < strip->n && strip->shares[to] == strip->shares[from];) to++;
    if (strip->shares[from] < 0) continue;
    double x = floor(rect.x + from * one), w = floor(rect.x + to * one) - x;
    double high = round(rect.h * (double)fminf(strip->shares[from], 1));
    if (high < rect.h) vd_ui_fill(ui, (vd_rect){x, rect.y, w, rect.h - high}, strip->rest);
    if (high > 0) vd_ui_fill(ui, (vd_rect){x, rect.y + rect.h - high, w, high}, strip->filled);
  }
  vd_ui_fill(ui, (vd_rect){rect.x, rect.y + rect.h, rect.w, 1}, ui->theme.border);
  for (int i = 0; strip->mark_every > 0 && i <= strip->n; i += strip->mark_every)
    vd_ui_fill(ui, (vd_rect){floor(rect.x + i * one), rect.y - 1, 1, rect.h + 3}, ui->theme.faint_text);
}

void vd_ui_badge(vd_ui *ui, vd_rect rect, const char *text, vd_rgba color, bool filled) {
  double size = floor(fmin(rect.w, rect.h));
  vd_rect disc = {rect.x, floor(rect.y + (rect.h - size) / 2), size, size};
  vd_ui_fill_round(ui, disc, size / 2, color);
  if (!filled) vd_ui_fill_round(ui, vd_inset(disc, 1.5, 1.5), size / 2 - 1.5, ui->theme.page);
  vd_ui_paint(ui, disc, text,
              (vd_paint_text){.size = 0.54 * size,
                              .bold = true,
                              .align = VD_ALIGN_MIDDLE,
                              .color = filled ? ui->theme.page : color});
}

static void paint_cell(vd_ui *ui, vd_rect rect, const vd_column *column, vd_table_cell cell, bool chosen) {
  if (cell.strip.n > 0) {
    vd_ui_strip(ui, vd_inset(rect, 0, floor(rect.h * 0.22)), &cell.strip);
    return;
  }
  if (cell.badge) {
    double size = rect.h - vd_ui_px(ui, 5);
    vd_rect piece = vd_cut_left(&rect, size + vd_ui_px(ui, 7));
    if (*cell.badge)
      vd_ui_badge(ui, (vd_rect){piece.x, piece.y, size, piece.h}, cell.badge,
                  cell.color ? cell.color : ui->theme.accent, chosen);
  }
  if (cell.swatch) {
    double size = vd_ui_px(ui, 11);
    vd_rect piece = vd_cut_left(&rect, size + vd_ui_px(ui, 7));
    vd_ui_fill_round(ui, (vd_rect){piece.x, floor(piece.y + (piece.h - size) / 2), size, size}, 2,
                     cell.swatch);
  }
  vd_ui_paint(ui, rect, cell.text,
              (vd_paint_text){.align = column->number ? VD_ALIGN_END : VD_ALIGN_START,
                              .color = cell.color,
                              .bold = cell.bold});
}

static bool row(vd_ui *ui, vd_rect rect, vd_rect across, const vd_table *table, vd_table_state *state,
                int64_t index, vd_table_result *result) {
  const vd_theme *theme = &ui->theme;
  vd_rect rects[MAX_COLUMNS];
  vd_ui_push_index(ui, index);
  vd_ui_id id = vd_ui_id_of(ui, "row");
  vd_touch touch = vd_ui_touch(ui, id, rect, 0);
  bool chosen = state->chosen == index;
  if (touch.started) {
    state->chosen = index;
    *result = touch.double_clicked ? VD_TABLE_OPENED : VD_TABLE_CHOSEN;
  }
  vd_ui_fill(ui, rect,
             chosen          ? theme->selection
             : touch.hovered ? theme->hover
             : index % 2     ? theme->stripe
                             : theme->page);
  if (chosen) vd_ui_fill(ui, (vd_rect){rect.x, rect.y, vd_ui_px(ui, 3), rect.h}, theme->accent);
  column_rects(ui, (vd_rect){across.x, rect.y, across.w, rect.h}, table, rects);
  const char *name = "", *value = NULL;
  for (int i = 0; i < columns_of(table); i++) {
    vd_table_cell cell = table->cell_of(table->context, vd_ui_arena(ui), index, i);
    paint_cell(ui, rects[i], &table->columns[i], cell, chosen);
    if (i == 0) name = cell.text;
    if (i > 0)
      value = vd_str_printf(vd_ui_arena(ui), "%s%s%s", value ? value : "", value ? " | " : "",
                            cell.text ? cell.text : "");
  }
  vd_ui_node(ui, id, VD_ROLE_ROW, name, value, rect, chosen ? VD_NODE_SELECTED : 0u);
  vd_ui_pop(ui);
  return touch.started;
}

/* Moves the chosen row; returns whether a key did. */
static bool table_keys(vd_ui *ui, vd_table_state *state, int64_t n_rows, int64_t page,
                       vd_table_result *result) {
  int64_t before = state->chosen, at = before;
  if (n_rows == 0) return false;
  bool used = true;
  if (vd_ui_key(ui, VD_KEY_DOWN, 0))
    at++;
  else if (vd_ui_key(ui, VD_KEY_UP, 0))
    at--;
  else if (vd_ui_key(ui, VD_KEY_PAGE_DOWN, 0))
    at += page;
  else if (vd_ui_key(ui, VD_KEY_PAGE_UP, 0))
    at -= page;
  else if (vd_ui_key(ui, VD_KEY_HOME, 0))
    at = 0;
  else if (vd_ui_key(ui, VD_KEY_END, 0))
    at = n_rows - 1;
  else if (at >= 0 && vd_ui_key(ui, VD_KEY_ENTER, 0))
    *result = VD_TABLE_OPENED;
  else
    used = false;
  if (at == before) return used;
  state->chosen = at < 0 ? 0 : at >= n_rows ? n_rows - 1 : at;
  *result = VD_TABLE_CHOSEN;
  return true;
}

static void scroll_bar(vd_ui *ui, vd_rect body, double content, double *offset) {
  double most = fmax(0, content - body.h), width = vd_ui_px(ui, 10);
  if (most <= 0) return;
  vd_rect groove = {body.x + body.w - width, body.y, width, body.h};
  double size = fmax(vd_ui_px(ui, 24), body.h * body.h / content), way = body.h - size;
  vd_touch touch = vd_ui_touch(ui, vd_ui_id_of(ui, "scroll bar"), groove, 0);
  if (touch.pressed && way > 0) *offset = fmin(fmax((touch.y - size / 2) / way, 0), 1) * most;
  vd_rect bar = vd_inset((vd_rect){groove.x, body.y + way * *offset / most, width, size}, 2, 2);
  vd_ui_fill_round(ui, bar, bar.w / 2,
                   touch.pressed || touch.hovered ? ui->theme.faint_text : ui->theme.border);
}

/* Sideways: by its bar, by the wheel with Shift, by the arrows. Returns the rectangle of all columns. */
static vd_rect scroll_across(vd_ui *ui, vd_ui_id id, vd_rect *body, const vd_table *table) {
  double want = vd_ui_px(ui, table->width), width = vd_ui_px(ui, 10), step = vd_ui_px(ui, 80);
  double *offset = vd_ui_memory(ui, vd_ui_id_of(ui, "across")), most = want - body->w;
  if (most <= 0) {
    *offset = 0;
    return *body;
  }
  vd_rect groove = vd_cut_bottom(body, width);
  double size = fmax(vd_ui_px(ui, 24), groove.w * groove.w / want), way = groove.w - size;
  vd_touch touch = vd_ui_touch(ui, vd_ui_id_of(ui, "across bar"), groove, 0);
  if (touch.pressed && way > 0) *offset = (touch.x - size / 2) / way * most;
  if (vd_ui_focused(ui, id) && vd_ui_key(ui, VD_KEY_LEFT, 0)) *offset -= step;
  if (vd_ui_focused(ui, id) && vd_ui_key(ui, VD_KEY_RIGHT, 0)) *offset += step;
  if (ui->event.type == VD_EVENT_WHEEL && (ui->event.mods & VD_MOD_SHIFT) != 0 && !ui->event_used &&
      vd_ui_mouse_over(ui, *body)) {
    *offset -= ui->event.wheel * step;
    ui->event_used = true;
  }
  *offset = round(fmin(fmax(*offset, 0), most));
  vd_rect bar = vd_inset((vd_rect){groove.x + way * *offset / most, groove.y, size, width}, 2, 2);
  vd_ui_fill_round(ui, bar, bar.h / 2,
                   touch.pressed || touch.hovered ? ui->theme.faint_text : ui->theme.border);
  return (vd_rect){body->x - *offset, body->y, want, body->h};
}

vd_table_result vd_ui_table(vd_ui *ui, vd_rect rect, const vd_table *table, vd_table_state *state) {
  vd_ui_id id = vd_ui_id_of(ui, table->name);
  vd_table_result result;
  vd_rect body = rect;
  double height = vd_ui_px(ui, ui->theme.row_height), *offset = vd_ui_memory(ui, id);
  double content = height * (double)table->n_rows;
  vd_ui_push(ui, table->name);
  vd_rect across = scroll_across(ui, id, &body, table);
  result = header(ui, vd_cut_top(&body, height), across, table, state);
  vd_ui_node(ui, id, VD_ROLE_TABLE, table->name,
             vd_str_printf(vd_ui_arena(ui), "%lld", (long long)table->n_rows), rect, VD_NODE_TAB_STOP);
  bool keyed =
      vd_ui_focused(ui, id) && table_keys(ui, state, table->n_rows, (int64_t)(body.h / height), &result);
  if (keyed && state->chosen >= 0)
    *offset =
        fmin(fmax(*offset, (double)(state->chosen + 1) * height - body.h), (double)state->chosen * height);
  if (ui->event.type == VD_EVENT_WHEEL && !ui->event_used && vd_ui_mouse_over(ui, body)) {
    *offset -= ui->event.wheel * 3 * height;
    ui->event_used = true;
  }
  *offset = round(fmin(fmax(*offset, 0), fmax(0, content - body.h)));
  vd_ui_clip(ui, body);
  scroll_bar(ui, body, content, offset);
  vd_rect rows = body;
  if (content > body.h) rows.w -= vd_ui_px(ui, 10);
  if (across.w <= body.w) across.w = rows.w;
  for (int64_t i = (int64_t)(*offset / height); i < table->n_rows && (double)i * height - *offset < body.h;
       i++) {
    vd_rect at = {rows.x, rows.y + (double)i * height - *offset, rows.w, height};
    if (row(ui, at, across, table, state, i, &result)) vd_ui_focus(ui, id);
  }
  if (table->n_rows == 0 && table->empty)
    vd_ui_paint(ui, vd_inset(body, 12, 0), table->empty,
                (vd_paint_text){.color = ui->theme.faint_text, .align = VD_ALIGN_MIDDLE});
  vd_ui_unclip(ui);
  vd_ui_pop(ui);
  if (result != VD_TABLE_NONE) vd_ui_ask_again(ui);
  return result;
}
