/* scripts: plays tests/ui/scripts/NAME.txt in the window without a display, each on a fresh plan of its own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "shot NAME" in a script compares with tests/golden/ref/window_NAME.png. One script alone: ui_scripts NAME. A script whose
 * name ends in _rtl is played from right to left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>

#include "app/script.h"
#include "app/state.h"
#include "golden/golden.h"
#include "ui_plan.h"
#include "vedette/geo/start.h"
#include "vedette/store/plan_file.h"

typedef struct setting {
  vd_draw *draw;
  vd_arena *arena;
  const char *folder; /* scratch */
  const char *plan;   /* written once, copied for each script */
} setting;

static setting shared;

static vd_status compare_shot(void *context, const char *name, const vd_canvas *picture, int width,
                              int height) {
  const setting *s = context;
  char full[256];
  snprintf(full, sizeof full, "window_%s", name);
  golden_canvas(s->draw, picture, full, width, height, 1, 2);
  return VD_OK;
}

static void print_tree(void *context, const char *text) {
  (void)context;
  fputs(text, stderr);
}

static char *read_all(vd_arena *arena, const char *path) {
  vd_buf buf = {.arena = arena};
  char piece[4096];
  FILE *file = fopen(path, "rb");
  if (!file) fail_msg("%s cannot be read", path);
  for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;) vd_buf_add_n(&buf, piece, n);
  fclose(file);
  return buf.text ? buf.text : vd_str_dup(arena, "");
}

static vd_status play_file(const char *path) {
  VD_CLEANUP(vd_app_cleanup) vd_app *app = NULL;
  const char *plan = vd_str_printf(shared.arena, "%s/%s.gpkg", shared.folder, vd_path_base(path));
  if (system(vd_str_printf(shared.arena, "cp '%s' '%s'", shared.plan, plan)) != 0) fail_msg("cp failed");
  vd_app_host outside = {0};
  vd_app_options options = {.path = plan, .mirror = vd_str_ends_nocase(path, "_rtl.txt")};
  VD_TRY(vd_app_open(&outside, shared.draw, &options, &app));
  vd_plan_use_author(app->plan, "Amina"); /* not whoever runs the tests */
  vd_script_host host = {&shared, compare_shot, print_tree};
  return vd_script_play(app, &host, 1280, 800, path, read_all(shared.arena, path));
}

static void play(void **state) {
  if (play_file(*state) != VD_OK) fail_msg("%s", vd_last_message());
}

/* Another copy of the plan: a base stands elsewhere, another one is stronger. */
static vd_status write_other(void) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  const char *path = vd_str_printf(shared.arena, "%s/other.gpkg", shared.folder);
  if (system(vd_str_printf(shared.arena, "cp '%s' '%s'", shared.plan, path)) != 0)
    return vd_fail(VD_ERR_IO, "cp failed");
  VD_TRY(vd_plan_file_open(path, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  vd_plan_use_author(plan, "Bakary");
  const vd_record *birch = vd_plan_find_name(plan, VD_KIND_BASE, "Post Birch");
  const vd_record *alder = vd_plan_find_name(plan, VD_KIND_BASE, "Camp Alder");
  VD_TRY(vd_edit_move(plan, VD_KIND_BASE, birch->id, birch->geom->xy[0] - 0.05, birch->geom->xy[1] + 0.05));
  return vd_edit_set_field(plan, VD_KIND_BASE, alder->id, "strength", "90");
}

static int start(void **state) {
  (void)state;
  setenv("SOURCE_DATE_EPOCH", "1773500000", 1); /* pictures tell times of edits */
  shared.arena = vd_arena_new();
  shared.folder = scratch_make(shared.arena);
  shared.plan = vd_str_printf(shared.arena, "%s/fixture.gpkg", shared.folder);
  if (vd_geo_start() != VD_OK || vd_draw_open(&shared.draw) != VD_OK || ui_plan_write(shared.plan) != VD_OK ||
      write_other() != VD_OK) {
    fprintf(stderr, "%s\n", vd_last_message());
    return -1;
  }
  return 0;
}

static int end(void **state) {
  (void)state;
  scratch_remove(shared.arena, shared.folder);
  vd_draw_free(shared.draw);
  vd_arena_free(shared.arena);
  return 0;
}

int main(int argc, char **argv) {
  glob_t found;
  struct CMUnitTest tests[128];
  size_t n = 0;
  if (glob("tests/ui/scripts/*.txt", 0, NULL, &found) != 0) return fprintf(stderr, "no scripts here\n"), 1;
  for (size_t i = 0; i < found.gl_pathc && n < 128; i++) {
    if (argc > 1 && !strstr(found.gl_pathv[i], argv[1])) continue;
    tests[n++] = (struct CMUnitTest){vd_path_base(found.gl_pathv[i]), play, NULL, NULL, found.gl_pathv[i]};
  }
  int failed = _cmocka_run_group_tests("ui_scripts", tests, n, start, end);
  globfree(&found);
  return failed;
}
