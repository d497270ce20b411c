/* ui_driver: drives the window kit headless: one event a pass, widgets by role and name.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_UI_DRIVER_H
#define VEDETTE_TESTS_UI_DRIVER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/ui.h"

typedef struct driver {
  vd_draw *draw;
  vd_ui *ui;
  void (*build)(vd_ui *ui, void *context);
  void *context;
  int64_t now_ms;
} driver;

static inline void driver_pass(driver *d, vd_event event) {
  event.time_ms = d->now_ms;
  for (int i = 0; i < 4; i++) {
    vd_ui_begin(d->ui, &event);
    d->build(d->ui, d->context);
    vd_ui_end(d->ui);
    if (!vd_ui_again(d->ui)) break;
    event = (vd_event){.type = VD_EVENT_NONE, .time_ms = d->now_ms};
  }
}

static inline void driver_open(driver *d, void (*build)(vd_ui *, void *), void *context,
                               const vd_ui_host *host, bool mirror) {
  assert_int_equal(vd_draw_open(&d->draw), VD_OK);
  d->ui = vd_ui_new(d->draw, host);
  d->build = build;
  d->context = context;
  d->now_ms = 1000;
  vd_ui_resize(d->ui, 800, 600, 1, mirror);
  driver_pass(d, (vd_event){0});
}

static inline void driver_close(driver *d) {
  vd_ui_free(d->ui);
  vd_draw_free(d->draw);
}

static inline const vd_node *driver_find(driver *d, const char *role, const char *name) {
  const vd_node *node = vd_nodes_find(vd_ui_nodes(d->ui), (vd_role)vd_role_find(role), name);
  if (!node) fail_msg("no %s “%s” on screen", role, name);
  return node;
}

static inline void driver_mouse(driver *d, vd_event_type type, double x, double y, int clicks) {
  driver_pass(d, (vd_event){.type = type, .x = x, .y = y, .button = VD_MOUSE_LEFT, .clicks = clicks});
}

static inline void driver_click_at(driver *d, double x, double y, int clicks) {
  driver_mouse(d, VD_EVENT_MOUSE_MOVE, x, y, 0);
  driver_mouse(d, VD_EVENT_MOUSE_DOWN, x, y, clicks);
  driver_mouse(d, VD_EVENT_MOUSE_UP, x, y, clicks);
}

static inline void driver_click(driver *d, const char *role, const char *name) {
  vd_rect at = driver_find(d, role, name)->rect;
  driver_click_at(d, at.x + at.w / 2, at.y + at.h / 2, 1);
}

static inline void driver_key(driver *d, uint32_t key, unsigned mods) {
  driver_pass(d, (vd_event){.type = VD_EVENT_KEY, .key = key, .mods = mods});
}

static inline void driver_type(driver *d, const char *text) {
  vd_event event = {.type = VD_EVENT_TEXT};
  strncpy(event.text, text, sizeof event.text - 1);
  driver_pass(d, event);
}

#endif
