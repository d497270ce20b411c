/* textedit: a field of one line: caret, selection, clipboard, words, both directions of writing.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "ui/state.h"
#include "ui/widgets.h"

typedef struct field {
  vd_ui *ui;
  vd_ui_edit *edit;
  vd_text_style style;
  char *buffer;
  size_t size;
  bool changed;
} field;

static size_t low(const field *f) {
  return f->edit->caret < f->edit->anchor ? f->edit->caret : f->edit->anchor;
}
static size_t high(const field *f) {
  return f->edit->caret > f->edit->anchor ? f->edit->caret : f->edit->anchor;
}

/* Puts `text` in place of the selection, as much of it as fits and keeps whole characters. */
static void replace(field *f, const char *text) {
  size_t from = low(f), to = high(f), length = strlen(f->buffer);
  size_t n = strcspn(text, "\r\n"), room = f->size - 1 - (length - (to - from));
  if (n > room) n = room;
  while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) n--;
  memmove(f->buffer + from + n, f->buffer + to, length - to + 1);
  memcpy(f->buffer + from, text, n);
  f->edit->caret = f->edit->anchor = from + n;
  f->changed = true;
}

static void move(field *f, vd_text_step step, bool keep_anchor) {
  f->edit->caret = vd_text_move(f->ui->draw, &f->style, f->buffer, f->edit->caret, step);
  if (!keep_anchor) f->edit->anchor = f->edit->caret;
}

static void erase(field *f, vd_text_step step) {
  if (f->edit->caret == f->edit->anchor) move(f, step, true);
  replace(f, "");
}

static void copy(field *f) {
  if (low(f) == high(f) || !f->ui->host.write_clipboard) return;
  f->ui->host.write_clipboard(f->ui->host.context,
                              vd_str_dup_n(vd_ui_arena(f->ui), f->buffer + low(f), high(f) - low(f)));
}

static bool clipboard_keys(field *f, uint32_t key) {
  if (key == 'a') {
    f->edit->anchor = 0;
    f->edit->caret = strlen(f->buffer);
  } else if (key == 'c') {
    copy(f);
  } else if (key == 'x') {
    copy(f);
    replace(f, "");
  } else if (key == 'v' && f->ui->host.read_clipboard) {
    const char *text = f->ui->host.read_clipboard(f->ui->host.context);
    if (text) replace(f, vd_utf8_clean(vd_ui_arena(f->ui), text, f->size));
  } else {
    return false;
  }
  return true;
}

static bool edit_key(field *f, uint32_t key, unsigned mods) {
  bool shift = mods & VD_MOD_SHIFT, ctrl = mods & VD_MOD_CTRL, forward = !f->ui->mirror;
  switch (key) {
  case VD_KEY_LEFT:
    move(f, ctrl ? (forward ? VD_STEP_WORD_PREVIOUS : VD_STEP_WORD_NEXT) : VD_STEP_LEFT, shift);
    return true;
  case VD_KEY_RIGHT:
    move(f, ctrl ? (forward ? VD_STEP_WORD_NEXT : VD_STEP_WORD_PREVIOUS) : VD_STEP_RIGHT, shift);
    return true;
  case VD_KEY_HOME:
    move(f, VD_STEP_LINE_START, shift);
    return true;
  case VD_KEY_END:
    move(f, VD_STEP_LINE_END, shift);
    return true;
  case VD_KEY_BACKSPACE:
    erase(f, ctrl ? VD_STEP_WORD_PREVIOUS : VD_STEP_PREVIOUS);
    return true;
  case VD_KEY_DELETE:
    erase(f, ctrl ? VD_STEP_WORD_NEXT : VD_STEP_NEXT);
    return true;
  default:
    if (ctrl) return clipboard_keys(f, key);
    return key < VD_KEY_ENTER && !(mods & VD_MOD_ALT); /* its text follows; it is no shortcut meanwhile */
  }
}

/* Where the text begins on the window (not mirrored: letters have their own direction). A text that fits stands at the
 * beginning of the field as one reads; a longer one is scrolled so that the caret is in sight. */
static double origin(field *f, vd_rect seen) {
  double width = vd_text_measure(f->ui->draw, &f->style, f->buffer).width_mm;
  double x = vd_text_caret_at(f->ui->draw, &f->style, VD_ANCHOR_LEFT, f->buffer, f->edit->caret).x_mm;
  if (width < seen.w - 2) {
    f->edit->scroll = 0;
    return f->ui->mirror ? seen.x + seen.w - width - 1 : seen.x;
  }
  f->edit->scroll = fmin(fmax(f->edit->scroll, x - seen.w + 2), x);
  return seen.x - f->edit->scroll;
}

static void paint_selection(field *f, vd_rect seen, double from_x) {
  vd_rect ranges[16];
  int n = vd_text_ranges(f->ui->draw, &f->style, VD_ANCHOR_LEFT, f->buffer, low(f), high(f), ranges, 16);
  for (int i = 0; i < n; i++)
    vd_canvas_fill_rect(f->ui->canvas, from_x + ranges[i].x, seen.y + 4, ranges[i].w, seen.h - 8,
                        f->ui->theme.pressed);
}

static void paint_caret(field *f, vd_rect seen, double from_x) {
  enum { BLINK_MS = 530 };
  double x = vd_text_caret_at(f->ui->draw, &f->style, VD_ANCHOR_LEFT, f->buffer, f->edit->caret).x_mm;
  int64_t phase = (f->ui->now_ms - f->edit->blink_from_ms) / BLINK_MS;
  if (phase % 2 == 0)
    vd_canvas_fill_rect(f->ui->canvas, round(from_x + x), seen.y + 5, 1, seen.h - 10, f->ui->theme.text);
  int64_t next = f->edit->blink_from_ms + (phase + 1) * BLINK_MS;
  if (next < f->ui->wake_ms) f->ui->wake_ms = next;
}

static void paint_edited(field *f, vd_rect seen) {
  double x = origin(f, seen);
  paint_selection(f, seen, x);
  vd_text_run run = {.text = f->buffer,
                     .style = f->style,
                     .x = x,
                     .y = seen.y + seen.h / 2,
                     .anchor_y = VD_ANCHOR_MIDDLE,
                     .color = f->ui->theme.text};
  if (*f->buffer) vd_canvas_text(f->ui->canvas, &run);
  paint_caret(f, seen, x);
}

static vd_edit_result handle(field *f, const vd_touch *touch, vd_rect seen) {
  const vd_event *event = &f->ui->event;
  if (touch->pressed && (event->type == VD_EVENT_MOUSE_DOWN || event->type == VD_EVENT_MOUSE_MOVE)) {
    double x = (f->ui->mirror ? f->ui->width - f->ui->mouse_x : f->ui->mouse_x) - origin(f, seen);
    f->edit->caret = vd_text_hit(f->ui->draw, &f->style, VD_ANCHOR_LEFT, f->buffer, x, 1);
    if (touch->started) f->edit->anchor = f->edit->caret;
    if (touch->double_clicked) clipboard_keys(f, 'a');
  }
  if (f->ui->event_used && event->type != VD_EVENT_MOUSE_DOWN) return VD_EDIT_NONE;
  if (event->type == VD_EVENT_TEXT) {
    replace(f, vd_utf8_clean(vd_ui_arena(f->ui), event->text, sizeof event->text));
    f->ui->event_used = true;
  } else if (event->type == VD_EVENT_KEY && event->key == VD_KEY_ENTER) {
    f->ui->event_used = true;
    return VD_EDIT_ENTERED;
  } else if (event->type == VD_EVENT_KEY && edit_key(f, event->key, event->mods)) {
    f->ui->event_used = true;
  }
  if (f->ui->event_used) f->edit->blink_from_ms = f->ui->now_ms;
  return f->changed ? VD_EDIT_CHANGED : VD_EDIT_NONE;
}

static void start(vd_ui *ui, vd_ui_id id, const char *buffer) {
  ui->edit = (vd_ui_edit){.id = id, .caret = strlen(buffer), .anchor = 0, .blink_from_ms = ui->now_ms};
}

vd_edit_result vd_ui_textbox(vd_ui *ui, vd_rect rect, const char *label, const char *hint, char *buffer,
                             size_t size) {
  const vd_theme *theme = &ui->theme;
  vd_ui_id id = vd_ui_id_of(ui, label);
  vd_touch touch = vd_ui_touch(ui, id, rect, 0);
  vd_rect inside = vd_inset(rect, vd_ui_px(ui, 8), 0);
  vd_edit_result result = VD_EDIT_NONE;
  if (touch.started) vd_ui_focus(ui, id);
  bool editing = vd_ui_focused(ui, id);
  if (ui->edit.id == id && !editing) {
    ui->edit.id = 0;
    result = VD_EDIT_LEFT;
  }
  field f = {ui, &ui->edit, {.size_mm = theme->text_size * ui->scale}, buffer, size, false};
  vd_ui_fill_round(ui, rect, vd_ui_px(ui, theme->radius), theme->page);
  vd_ui_frame(ui, rect, vd_ui_px(ui, theme->radius), editing ? 2 : 1,
              editing ? theme->accent : theme->border);
  if (touch.hovered) vd_ui_set_cursor(ui, VD_CURSOR_TEXT);
  vd_ui_clip(ui, vd_inset(rect, 3, 1));
  if (editing) {
    if (ui->edit.id != id) start(ui, id, buffer);
    /* The buffer may have been set by the program since. */
    if (ui->edit.caret > strlen(buffer)) ui->edit.caret = strlen(buffer);
    if (ui->edit.anchor > strlen(buffer)) ui->edit.anchor = strlen(buffer);
    ui->wants_text = true;
    result = handle(&f, &touch, vd_ui_seen(ui, inside));
    paint_edited(&f, vd_ui_seen(ui, inside));
  } else if (*buffer) {
    vd_ui_paint(ui, inside, buffer, (vd_paint_text){0});
  }
  if (!*buffer && hint) vd_ui_paint(ui, inside, hint, (vd_paint_text){.color = theme->faint_text});
  vd_ui_unclip(ui);
  vd_ui_node(ui, id, VD_ROLE_TEXTBOX, label, buffer, rect, VD_NODE_TAB_STOP);
  return result;
}
