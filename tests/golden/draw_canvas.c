/* draw_canvas: every operation of the canvas, Latin, Arabic and mixed text, and all icons, as pictures.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "golden/golden.h"
#include "golden/vocabulary.h"
#include "vedette/draw/icon.h"

static int open_draw(void **state) {
  return vd_draw_open((vd_draw **)state) == VD_OK ? 0 : -1;
}
static int free_draw(void **state) {
  vd_draw_free(*state);
  return 0;
}

static void canvas__every_operation(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *canvas = vocabulary_new(arena);
  golden_canvas(*state, canvas, "draw_vocabulary", VOCABULARY_WIDTH_MM, VOCABULARY_HEIGHT_MM, 6, 0);
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int drawings(vd_arena *arena, const char *folder, const char **names, int max) {
  const char *path = NULL;
  assert_int_equal(vd_assets_path(arena, folder, &path), VD_OK);
  DIR *dir = opendir(path);
  assert_non_null(dir);
  int n = 0;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL && n < max;)
    if (vd_str_ends_nocase(entry->d_name, ".svg"))
      names[n++] = vd_str_printf(arena, "%s/%.*s", folder, (int)strlen(entry->d_name) - 4, entry->d_name);
  closedir(dir);
  qsort(names, (size_t)n, sizeof *names, by_name);
  return n;
}

/* Both at the size of a tool bar and large, so that a person sees what each is. */
static void icons__whole_set(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *canvas = vd_canvas_new(arena);
  const char *names[200];
  int n = drawings(arena, "icons", names, 100);
  assert_true(n >= 40);
  for (int i = 0; i < n; i++) {
    double x = 100 * (i % 10), y = 84 * (i / 10);
    vd_rgba tint = 0x1b1f24ff;
    vd_canvas_icon(canvas, names[i], (vd_rect){x + 10, y + 8, 48, 48}, tint);
    vd_canvas_icon(canvas, names[i], (vd_rect){x + 68, y + 20, 24, 24}, tint);
    vd_canvas_text(canvas, &(vd_text_run){.text = strchr(names[i], '/') + 1,
                                          .x = x + 50,
                                          .y = y + 72,
                                          .anchor_x = VD_ANCHOR_CENTRE,
                                          .color = VD_BLACK,
                                          .style = {.size_mm = 11}});
  }
  golden_canvas(*state, canvas, "draw_icons", 1000, 84 * ((n + 9) / 10), 1, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(canvas__every_operation, open_draw, free_draw),
      cmocka_unit_test_setup_teardown(icons__whole_set, open_draw, free_draw),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
