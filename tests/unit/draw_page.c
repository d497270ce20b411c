/* draw_page: PDF, SVG and PNG files: same bytes, text that can be found, nothing half-written.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "golden/vocabulary.h"
#include "vedette/draw/surface.h"

/* cairo 1.16 loses 472 bytes of its own for every group it writes to SVG; tests/lsan.supp says the same for scripts. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
  return "leak:libcairo.so\nleak:libfontconfig.so";
}

typedef struct fixture {
  vd_draw *draw;
  vd_arena *arena;
  vd_page page;
  char folder[64];
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  *state = f;
  strcpy(f->folder, "/tmp/vedette-page-XXXXXX");
  if (!mkdtemp(f->folder) || vd_draw_open(&f->draw) != VD_OK) return -1;
  f->arena = vd_arena_new();
  f->page = (vd_page){vocabulary_new(f->arena), VOCABULARY_WIDTH_MM, VOCABULARY_HEIGHT_MM};
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  vd_draw_free(f->draw);
  vd_arena_free(f->arena);
  rmdir(f->folder); /* fails when a test left a file behind; the tests themselves look for that */
  free(f);
  return 0;
}

static char *path_in(fixture *f, const char *name) {
  return vd_str_printf(f->arena, "%s/%s", f->folder, name);
}

static vd_buf contents(fixture *f, const char *path) {
  vd_buf buf = {.arena = f->arena};
  char bytes[65536];
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;) vd_buf_add_n(&buf, bytes, n);
  fclose(file);
  assert_true(buf.n > 0);
  return buf;
}

static int files_in(const char *folder) {
  int n = 0;
  DIR *dir = opendir(folder);
  assert_non_null(dir);
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) n += entry->d_name[0] != '.';
  closedir(dir);
  return n;
}

typedef vd_status (*writer)(fixture *f, const char *path);
static vd_status write_pdf(fixture *f, const char *path) {
  return vd_canvas_write_pdf(f->draw, &f->page, 1, "Gaps — قصر", path);
}
static vd_status write_svg(fixture *f, const char *path) {
  return vd_canvas_write_svg(f->draw, &f->page, path);
}
static vd_status write_png(fixture *f, const char *path) {
  return vd_canvas_write_png(f->draw, &f->page, 72, VD_WHITE, path);
}

/* Also with other drawing in between, another time zone, and another engine. */
static void same_bytes(fixture *f, writer write) {
  char *first = path_in(f, "first"), *second = path_in(f, "second");
  assert_int_equal(write(f, first), VD_OK);
  VD_CLEANUP(vd_draw_cleanup) vd_draw *other = vd_draw_copy(f->draw);
  vd_draw *own = f->draw;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  assert_int_equal(vd_surface_new(300, 300, &surface), VD_OK);
  assert_int_equal(vd_canvas_render(other, f->page.canvas, &(vd_view){.px_per_mm = 3}, surface), VD_OK);
  setenv("TZ", "Pacific/Kiritimati", 1);
  f->draw = other;
  vd_status status = write(f, second);
  f->draw = own;
  unsetenv("TZ");
  assert_int_equal(status, VD_OK);
  vd_buf a = contents(f, first), b = contents(f, second);
  assert_int_equal(a.n, b.n);
  assert_memory_equal(a.text, b.text, a.n);
  unlink(first);
  unlink(second);
  assert_int_equal(files_in(f->folder), 0);
}
static void pdf__same_bytes(void **state) {
  same_bytes(*state, write_pdf);
}
static void svg__same_bytes(void **state) {
  same_bytes(*state, write_svg);
}
static void png__same_bytes(void **state) {
  same_bytes(*state, write_png);
}

static vd_buf output_of(fixture *f, const char *command) {
  vd_buf buf = {.arena = f->arena};
  char bytes[4096];
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  for (size_t n; (n = fread(bytes, 1, sizeof bytes, pipe)) > 0;) vd_buf_add_n(&buf, bytes, n);
  pclose(pipe);
  vd_buf_add(&buf, "");
  return buf;
}

static void pdf__text_can_be_found(void **state) {
  fixture *f = *state;
  if (system("command -v pdftotext >/dev/null") != 0) {
    print_message("pdftotext (poppler-utils) is not installed\n");
    skip();
  }
  char *path = path_in(f, "text.pdf");
  assert_int_equal(write_pdf(f, path), VD_OK);
  vd_buf text = output_of(f, vd_str_printf(f->arena, "pdftotext %s -", path));
  assert_non_null(strstr(text.text, "Regular äçøß Ωж"));
  assert_non_null(strstr(text.text, "38S MB 18952"));
  assert_non_null(strstr(text.text, "Haloed"));
  assert_non_null(strstr(text.text, "قصر"));
  vd_buf info = output_of(f, vd_str_printf(f->arena, "TZ=UTC pdfinfo %s", path));
  assert_non_null(strstr(info.text, "Gaps — قصر"));
  assert_non_null(strstr(info.text, "vedette"));
  assert_non_null(strstr(info.text, "2000"));
  unlink(path);
}

static void pdf__pages_have_their_sizes(void **state) {
  fixture *f = *state;
  if (system("command -v pdfinfo >/dev/null") != 0) {
    print_message("pdfinfo (poppler-utils) is not installed\n");
    skip();
  }
  char *path = path_in(f, "pages.pdf");
  vd_page pages[] = {{f->page.canvas, 210, 297}, {f->page.canvas, 594, 420}};
  assert_int_equal(vd_canvas_write_pdf(f->draw, pages, 2, NULL, path), VD_OK);
  vd_buf info = output_of(f, vd_str_printf(f->arena, "pdfinfo -l 2 %s", path));
  assert_non_null(strstr(info.text, "595.276 x 841.89"));
  assert_non_null(strstr(info.text, "1683.78 x 1190.55"));
  unlink(path);
}

static void svg__hatches_and_icons_stay_vector(void **state) {
  fixture *f = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *canvas = vd_canvas_new(arena);
  vd_canvas_hatch(canvas, vd_path_circle(arena, 50, 50, 30), VD_RULE_NONZERO,
                  &(vd_hatch){VD_HATCH_CROSS, 45, 2, 0.3, VD_BLACK, 0, 0});
  vd_canvas_icon(canvas, "icons/home-village", (vd_rect){10, 10, 20, 20}, 0x2f855aff);
  char *path = path_in(f, "vector.svg");
  assert_int_equal(vd_canvas_write_svg(f->draw, &(vd_page){canvas, 100, 100}, path), VD_OK);
  assert_null(strstr(contents(f, path).text, "<image"));
  assert_non_null(strstr(contents(f, path).text, "<path"));
  unlink(path);
}

static void write__no_folder_no_file(void **state) {
  fixture *f = *state;
  const writer writers[] = {write_pdf, write_svg, write_png};
  for (int i = 0; i < 3; i++) {
    char *path = path_in(f, "missing/sheet");
    assert_int_equal(writers[i](f, path), VD_ERR_IO);
    assert_non_null(strstr(vd_last_message(), path));
  }
  assert_int_equal(files_in(f->folder), 0);
}

/* A disk that takes 2000 bytes more: the old file stays as it was, and no part of the new one. */
static void write__full_disk_keeps_the_old_file(void **state) {
  fixture *f = *state;
  const writer writers[] = {write_pdf, write_svg, write_png};
  char *path = path_in(f, "sheet");
  FILE *old = fopen(path, "wb");
  assert_non_null(old);
  fputs("old", old);
  fclose(old);
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit before, small;
  getrlimit(RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 2000;
  for (int i = 0; i < 3; i++) {
    setrlimit(RLIMIT_FSIZE, &small);
    vd_status status = writers[i](f, path);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(status, VD_ERR_IO);
    assert_non_null(strstr(vd_last_message(), "too large")); /* what the system says of its limit */
    assert_int_equal(files_in(f->folder), 1);
    assert_string_equal(contents(f, path).text, "old");
  }
  signal(SIGXFSZ, SIG_DFL);
  unlink(path);
}

static void write__a_failing_page_leaves_nothing(void **state) {
  fixture *f = *state;
  vd_canvas *canvas = vd_canvas_new(f->arena);
  vd_canvas_icon(canvas, "icons/not-there", (vd_rect){0, 0, 5, 5}, VD_BLACK);
  vd_page page = {canvas, 100, 100}, huge = {canvas, 100, 6000};
  char *path = path_in(f, "page");
  assert_int_equal(vd_canvas_write_pdf(f->draw, &page, 1, "", path), VD_ERR_NOT_FOUND);
  assert_int_equal(vd_canvas_write_svg(f->draw, &page, path), VD_ERR_NOT_FOUND);
  assert_int_equal(vd_canvas_write_png(f->draw, &page, 72, VD_WHITE, path), VD_ERR_NOT_FOUND);
  assert_int_equal(vd_canvas_write_pdf(f->draw, &huge, 1, "", path), VD_ERR_LIMIT);
  assert_int_equal(vd_canvas_write_png(f->draw, &huge, 720, VD_WHITE, path), VD_ERR_LIMIT);
  assert_int_equal(files_in(f->folder), 0);
}

/* A file for others to read, as any program writes it. */
static void write__follows_the_umask(void **state) {
  fixture *f = *state;
  char *path = path_in(f, "mode.png");
  mode_t before = umask(022);
  assert_int_equal(write_png(f, path), VD_OK);
  umask(before);
  struct stat info;
  assert_int_equal(stat(path, &info), 0);
  assert_int_equal(info.st_mode & 0777, 0644);
  unlink(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(pdf__same_bytes),
      TEST(svg__same_bytes),
      TEST(png__same_bytes),
      TEST(pdf__text_can_be_found),
      TEST(pdf__pages_have_their_sizes),
      TEST(svg__hatches_and_icons_stay_vector),
      TEST(write__no_folder_no_file),
      TEST(write__full_disk_keeps_the_old_file),
      TEST(write__a_failing_page_leaves_nothing),
      TEST(write__follows_the_umask),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
