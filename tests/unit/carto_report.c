/* carto_report: pages of a report hold all of it, keep to the paper, and set nothing on anything else.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "carto_bench.h"
#include "made_report.h"

#include "draw/ops.h"
#include "vedette/carto/markers.h"
#include "vedette/carto/report.h"

typedef struct paper {
  vd_page *pages;
  int n;
} paper;

static paper draw(const bench *b, const vd_report *report, const vd_report_paper *options, vd_arena *arena) {
  paper p;
  if (vd_report_draw_pages(b->draw, report, b->plan, options, arena, &p.pages, &p.n) != VD_OK)
    fail_msg("%s", vd_last_message());
  return p;
}

/* Calls for the texts of a page that are not on its map. */
static void each_text(const vd_page *page, void (*call)(void *context, const vd_text_run *run),
                      void *context) {
  int depth = 0;
  for (size_t i = 0; i < page->canvas->n; i++) {
    const vd_op *op = &page->canvas->ops[i];
    depth += op->kind == VD_OP_SAVE || op->kind == VD_OP_GROUP;
    depth -= op->kind == VD_OP_RESTORE;
    if (op->kind == VD_OP_TEXT && depth == 0) call(context, op->data);
  }
}

typedef struct counting {
  const char *text;
  int n;
} counting;
static void count_run(void *context, const vd_text_run *run) {
  counting *c = context;
  c->n += strcmp(run->text, c->text) == 0;
}
static int count(const paper *p, int page, const char *text) {
  counting c = {text, 0};
  for (int i = 0; i < p->n; i++)
    if (page < 0 || page == i) each_text(&p->pages[i], count_run, &c);
  return c.n;
}

typedef struct boxes {
  vd_draw *draw;
  const vd_page *page;
  vd_arena *arena;
  vd_rect *items;
  const char **texts;
  size_t n, capacity, n_texts, texts_capacity;
} text_boxes;

static void add_box(void *context, const vd_text_run *run) {
  text_boxes *b = context;
  if (!*run->text) return;
  vd_rect r = vd_text_run_box(b->draw, run);
  if (vd_text_measure(b->draw, &run->style, run->text).cut) fail_msg("“%s” is cut", run->text);
  if (r.x < 4 || r.y < 4 || r.x + r.w > b->page->width_mm - 4 || r.y + r.h > b->page->height_mm - 4)
    fail_msg("“%s” leaves the page", run->text);
  for (size_t i = 0; i < b->n; i++) {
    const vd_rect *o = &b->items[i];
    double dx = fmin(r.x + r.w, o->x + o->w) - fmax(r.x, o->x),
           dy = fmin(r.y + r.h, o->y + o->h) - fmax(r.y, o->y);
    if (dx > 0.3 && dy > 0.6) fail_msg("“%s” lies on “%s”", run->text, b->texts[i]);
  }
  *VD_PUSH(b->arena, b->items, b->n, b->capacity) = r;
  *VD_PUSH(b->arena, b->texts, b->n_texts, b->texts_capacity) = run->text;
}

static void assert_tidy(const bench *b, const paper *p, vd_arena *arena) {
  for (int i = 0; i < p->n; i++) {
    text_boxes found = {.draw = b->draw, .page = &p->pages[i], .arena = arena};
    each_text(&p->pages[i], add_box, &found);
  }
}

/* Ninety rows: every one once, heads on every page that has some, numbers to 99, pages counted. */
static void pages__hold_everything_and_keep_to_the_paper(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_report *report = made_report(arena, b->plan, 90);
  paper p = draw(b, report, &(vd_report_paper){0}, arena);
  assert_true(p.n >= 3);
  assert_true(p.pages[0].width_mm > p.pages[0].height_mm); /* eight columns need the width */
  for (int i = 0; i < 90; i++) assert_int_equal(count(&p, -1, vd_str_printf(arena, "Village %d", i + 1)), 1);
  int heads = 0;
  for (int i = 0; i < p.n; i++) {
    assert_int_equal(count(&p, i, vd_str_printf(arena, "Page %d of %d", i + 1, p.n)), 1);
    assert_int_equal(count(&p, i, "CONFIDENTIAL"), 2);
    int rows = 0;
    for (int k = 0; k < 90; k++) rows += count(&p, i, vd_str_printf(arena, "Village %d", k + 1));
    assert_int_equal(count(&p, i, "Response"), rows > 0);
    heads += count(&p, i, "Many places (continued)");
  }
  assert_true(heads >= 1);
  assert_int_equal(count(&p, 0, "A made report"), 1);
  assert_int_equal(count(&p, -1, report->figures[0].sentence), 1);
  assert_int_equal(count(&p, -1, report->figures[1].sentence), 1);
  assert_int_equal(count(&p, -1, "Nothing was reported in this window."), 1);
  assert_int_equal(count(&p, -1, "– Records whose place is not known. (4)"), 1);
  assert_int_equal(count(&p, -1, "not told"), 23); /* rows 1, 5, 9 .. 89 */
  assert_int_equal(count(&p, -1, "No."), heads + 1);
  assert_tidy(b, &p, arena);
}

/* What a limit leaves out is counted. */
static void pages__count_the_rows_left_out(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  paper p = draw(b, made_report(arena, b->plan, 90), &(vd_report_paper){.most_rows = 10, .bw = true}, arena);
  assert_int_equal(count(&p, -1, "Village 10"), 1);
  assert_int_equal(count(&p, -1, "Village 11"), 0);
  assert_int_equal(count(&p, -1, "… and 80 more"), 1);
  assert_tidy(b, &p, arena);
}

/* A report of narrow tables without places stands upright and has no map. */
static void pages__upright_without_a_map(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_report *report = made_report(arena, b->plan, 0);
  report->n_tables = 2;
  paper p = draw(b, report, &(vd_report_paper){0}, arena);
  assert_int_equal(p.n, 1);
  assert_true(p.pages[0].height_mm > p.pages[0].width_mm);
  vd_buf buf = {.arena = arena};
  vd_canvas_print(p.pages[0].canvas, &buf);
  assert_null(strstr(buf.text, "# map"));
  assert_null(strstr(buf.text, "numbered places"));
  assert_tidy(b, &p, arena);
}

/* Words without a space, huge numbers, no title, no notes, very many columns: still tidy. */
static void pages__bear_what_is_odd(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { N = 18 };
  vd_report *report = vd_report_new(arena, "odd", "Odd", b->plan);
  vd_report_column columns[N];
  for (int k = 0; k < N; k++)
    columns[k] = (vd_report_column){"c",
                                    k % 3 ? "Column" : "Incomprehensibilities of administration",
                                    k % 4 == 3 ? VD_REPORT_COUNT : VD_REPORT_TEXT,
                                    0,
                                    NULL,
                                    k == 0};
  vd_report_table *table = vd_report_add_table(report, "odd", "Odd", "None.", columns, N);
  for (int i = 0; i < 30; i++) {
    vd_report_row *row = vd_report_add_row(table);
    for (int k = 0; k < N; k++) {
      row->cells[k].text =
          (i + k) % 5 == 0 ? "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" : "a";
      row->cells[k].number = i == 7 ? 1e12 : k;
    }
  }
  paper p = draw(b, report, &(vd_report_paper){0}, arena);
  assert_true(p.n >= 2);
  for (int i = 0; i < p.n; i++) {
    text_boxes found = {.draw = b->draw, .page = &p.pages[i], .arena = arena};
    each_text(&p.pages[i], add_box, &found);
  }
}

static void pages__same_bytes_twice(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_buf one = {.arena = arena}, two = {.arena = arena};
  paper p = draw(b, made_report(arena, b->plan, 40), &(vd_report_paper){0}, arena),
        q = draw(b, made_report(arena, b->plan, 40), &(vd_report_paper){0}, arena);
  assert_int_equal(p.n, q.n);
  for (int i = 0; i < p.n; i++)
    vd_canvas_print(p.pages[i].canvas, &one), vd_canvas_print(q.pages[i].canvas, &two);
  assert_string_equal(one.text, two.text);
}

/* ---- on a map sheet ---- */

static int times(const char *text, const char *part) {
  int n = 0;
  for (const char *p = text; (p = strstr(p, part)) != NULL; p += strlen(part)) n++;
  return n;
}

/* The table stands in place of the gaps; the map has a number for each row of it that is somewhere, and for no other; the rest is
 * counted. */
static void sheet__numbers_the_rows_it_shows(void **state) {
  const bench *b = *state;
  for (int size = VD_A4; size <= VD_A1; size++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_report *report = made_report(arena, b->plan, 40);
    vd_sheet_options options = vd_sheet_options_default();
    options.paper = (vd_paper)size;
    options.report = report, options.report_table = report->tables[2];
    options.layers.shown[VD_MAP_GAPS] = false;
    vd_page page;
    vd_buf buf = {.arena = arena};
    assert_int_equal(vd_sheet_draw(b->draw, b->plan, b->study, &options, arena, &page), VD_OK);
    vd_canvas_print(page.canvas, &buf);
    char *table = strstr(buf.text, "# report table"), *map = strstr(buf.text, "# numbered places");
    assert_non_null(table);
    assert_non_null(map);
    assert_null(strstr(buf.text, "# gaps table"));
    assert_int_equal(times(buf.text, "A made report"), 1);
    int rows = 0, somewhere = 0;
    for (int i = 0; i < 40; i++) {
      if (!strstr(table, vd_str_printf(arena, "\"Village %d\"", i + 1))) continue;
      assert_int_equal(rows, i); /* the first ones */
      rows++, somewhere += i % 6 != 5;
    }
    assert_true(rows >= 2);
    if (rows < 40) assert_non_null(strstr(table, vd_str_printf(arena, "… and %d more", 40 - rows)));
    char *end = strstr(map, "# scale");
    size_t length = end ? (size_t)(end - map) : strlen(map);
    char *drawn = vd_str_dup_n(arena, map, length);
    int numbers = 0;
    for (int i = 0; i < 40; i++) {
      bool there = strstr(drawn, vd_str_printf(arena, "\"%d\"", i + 1)) != NULL;
      assert_int_equal(there, i < rows && i % 6 != 5);
      numbers += there;
    }
    assert_int_equal(numbers, somewhere);
  }
}

/* ---- numbers on the map ---- */

static void markers__are_the_first_rows_that_are_somewhere(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_report_table *table = made_report(arena, b->plan, 130)->tables[2];
  vd_marker markers[VD_MARKERS_MOST];
  size_t n = vd_markers_of(table, NULL, markers);
  assert_int_equal(n, 99 - 16); /* rows 6, 12 .. 96 are nowhere */
  assert_int_equal(markers[4].number, 5);
  assert_int_equal(markers[5].number, 7);
  assert_int_equal(markers[n - 1].number, 99);
  /* In another order the numbers go with the order. */
  int32_t *order = VD_NEW_ARRAY(arena, int32_t, 130);
  for (int32_t i = 0; i < 130; i++) order[i] = 129 - i;
  vd_markers_of(table, order, markers);
  assert_int_equal(markers[0].number, 1);
  assert_true(markers[0].lon_deg == table->rows[129].lon_deg);
}

/* Fifty at one place and forty more: no disc on another, all on the map. */
static void markers__step_aside(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *data = NULL;
  assert_int_equal(vd_map_data_build(b->plan, NULL, NULL, &data), VD_OK);
  vd_map_view view = vd_map_view_fit(data, 120, 90, 3);
  vd_marker markers[90];
  vd_rect boxes[VD_MARKERS_MOST];
  for (int i = 0; i < 90; i++)
    markers[i] =
        (vd_marker){i < 50 ? 20.0 : 19.75 + 0.012 * (i - 50), i < 50 ? 5.0 : 4.9, i + 1, false, false};
  size_t n = vd_map_marker_boxes(data, &view, markers, 90, 2.2, boxes);
  assert_int_equal(n, 90);
  for (size_t i = 0; i < n; i++) {
    assert_true(boxes[i].x >= -0.1 && boxes[i].y >= -0.1 && boxes[i].x + boxes[i].w <= 120.1 &&
                boxes[i].y + boxes[i].h <= 90.1);
    for (size_t k = 0; k < i; k++)
      assert_true(hypot(boxes[i].x - boxes[k].x, boxes[i].y - boxes[k].y) >= 2 * 0.95 * 2.2);
  }
  markers[0].lon_deg = 25; /* outside the view */
  assert_int_equal(vd_map_marker_boxes(data, &view, markers, 90, 2.2, boxes), 89);
}

/* ---- areas on the map ---- */

/* How many areas and lines are drawn of the first `most` rows, by hatches and by lines (two a shape: rim and line). */
static void count_shapes(const bench *b, const vd_map_data *data, const vd_map_view *view,
                         const int32_t *order, size_t most, int *hatches, int *strokes) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_row_shapes *shapes;
  vd_style style = vd_style_make(false, 1);
  vd_canvas *canvas = vd_canvas_new(arena);
  const vd_report_table *table = made_report(arena, b->plan, 40)->tables[2];
  assert_int_equal(vd_row_shapes_of(data, table, order, most, arena, &shapes), VD_OK);
  bool seen = vd_map_draw_row_shapes(shapes, view, &style, 0, canvas, NULL);
  *hatches = *strokes = 0;
  for (size_t i = 0; i < canvas->n; i++) {
    *hatches += canvas->ops[i].kind == VD_OP_HATCH;
    *strokes += canvas->ops[i].kind == VD_OP_STROKE;
  }
  assert_int_equal(seen, *strokes > 0);
}

/* Rows 2 and 3 are areas, row 4 is a line, row 5 a point. */
static void areas__are_those_of_the_rows_shown(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *data = NULL;
  assert_int_equal(vd_map_data_build(b->plan, NULL, NULL, &data), VD_OK);
  vd_map_view view = vd_map_view_fit(data, 120, 90, 3);
  int hatches, strokes;
  count_shapes(b, data, &view, NULL, 40, &hatches, &strokes);
  assert_int_equal(hatches, 2);
  assert_int_equal(strokes, 2 * 3);
  count_shapes(b, data, &view, NULL, 2, &hatches, &strokes);
  assert_int_equal(hatches, 1);
  assert_int_equal(strokes, 2);
  count_shapes(b, data, &view, NULL, 1, &hatches, &strokes);
  assert_int_equal(strokes, 0);
  int32_t order[40];
  for (int32_t i = 0; i < 40; i++) order[i] = 39 - i; /* row 4 is the 37th, row 3 the 38th */
  count_shapes(b, data, &view, order, 37, &hatches, &strokes);
  assert_int_equal(hatches, 0);
  assert_int_equal(strokes, 2);
  view.centre_x_m += 1e6; /* out of sight */
  count_shapes(b, data, &view, NULL, 40, &hatches, &strokes);
  assert_int_equal(strokes, 0);
}

/* The legend of the sheet explains what the map shows, and only that; names and numbers lie over the areas. */
static void areas__are_explained_on_the_sheet(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_report *report = made_report(arena, b->plan, 40);
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  options.paper = VD_A1;
  for (int with = 1; with >= 0; with--) {
    vd_buf buf = {.arena = arena};
    options.report = report, options.report_table = report->tables[2];
    for (size_t i = 0; i < 40 && !with; i++) report->tables[2]->rows[i].shape = NULL;
    assert_int_equal(vd_sheet_draw(b->draw, b->plan, b->study, &options, arena, &page), VD_OK);
    vd_canvas_print(page.canvas, &buf);
    assert_int_equal(times(buf.text, "\"Area or line of a row\""), with);
    assert_int_equal(times(buf.text, "\"Area or line to act on\""), with);
    const char *areas = strstr(buf.text, "# areas of rows"), *names = strstr(buf.text, "# labels"),
               *numbers = strstr(buf.text, "# numbered places");
    assert_true(areas && names && numbers && areas < names && names < numbers);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pages__hold_everything_and_keep_to_the_paper),
      cmocka_unit_test(pages__count_the_rows_left_out),
      cmocka_unit_test(pages__upright_without_a_map),
      cmocka_unit_test(pages__bear_what_is_odd),
      cmocka_unit_test(pages__same_bytes_twice),
      cmocka_unit_test(sheet__numbers_the_rows_it_shows),
      cmocka_unit_test(markers__are_the_first_rows_that_are_somewhere),
      cmocka_unit_test(markers__step_aside),
      cmocka_unit_test(areas__are_those_of_the_rows_shown),
      cmocka_unit_test(areas__are_explained_on_the_sheet),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
