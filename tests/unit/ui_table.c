/* ui_table: rows by mouse and keyboard, sorting, scrolling - also of a table with a million rows - and what lies above.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/table.h"

#include "ui/widgets.h"
#include "ui_driver.h"

enum { ROW = 27, HEAD = 27, HEIGHT = 27 * 11 }; /* ten rows in sight */

typedef struct sheet {
  int64_t n_rows;
  vd_table_state state;
  vd_table_result last;
  double width; /* that the columns want */
  int asked;    /* cells asked for in the last pass */
  bool dialog, message;
} sheet;

static vd_table_cell cell_of(void *context, vd_arena *arena, int64_t row, int column) {
  ((sheet *)context)->asked++;
  return (vd_table_cell){.text = vd_str_printf(arena, column ? "value %lld" : "row %lld", (long long)row)};
}

static void build(vd_ui *ui, void *context) {
  sheet *s = context;
  const vd_column columns[] = {{.title = "Name", .share = 1},
                               {.title = "Amount", .width = 100, .number = true}};
  vd_table table = {"Rows", "Nothing here.", columns, 2, s->n_rows, s, cell_of, s->width};
  s->asked = 0;
  vd_table_result result = vd_ui_table(ui, (vd_rect){0, 0, 800, HEIGHT}, &table, &s->state);
  if (result != VD_TABLE_NONE) s->last = result;
  if (s->message) { /* a small thing far away from the table */
    vd_ui_layer_begin(ui, (vd_rect){0, 500, 50, 50}, false);
    vd_ui_layer_end(ui);
  }
  if (s->dialog) {
    vd_ui_dialog_begin(ui, "Above", 300, 200, &s->dialog);
    vd_ui_dialog_end(ui);
  }
}

static sheet open_sheet(driver *d, sheet *s, int64_t n_rows) {
  *s = (sheet){.n_rows = n_rows, .state = {.chosen = -1, .sort_column = -1}};
  driver_open(d, build, s, NULL, false);
  return *s;
}

static void wheel(driver *d, double notches) {
  driver_pass(d, (vd_event){.type = VD_EVENT_WHEEL, .x = 100, .y = 100, .wheel = notches});
}

static bool shown(driver *d, const char *name) {
  const vd_node *node = vd_nodes_find(vd_ui_nodes(d->ui), VD_ROLE_ROW, name);
  return node && strcmp(node->name, name) == 0;
}

static void ui_table__keys_move_the_choice_and_keep_it_in_sight(void **state) {
  (void)state;
  driver d;
  sheet s;
  open_sheet(&d, &s, 100);
  driver_click(&d, "row", "row 2");
  assert_int_equal(s.state.chosen, 2);
  assert_int_equal(s.last, VD_TABLE_CHOSEN);
  driver_key(&d, VD_KEY_DOWN, 0);
  assert_int_equal(s.state.chosen, 3);
  driver_key(&d, VD_KEY_PAGE_DOWN, 0);
  assert_int_equal(s.state.chosen, 13);
  assert_true(shown(&d, "row 13"));
  assert_false(shown(&d, "row 2"));
  driver_key(&d, VD_KEY_END, 0);
  assert_int_equal(s.state.chosen, 99);
  assert_true(shown(&d, "row 99"));
  driver_key(&d, VD_KEY_DOWN, 0); /* there is no further one */
  assert_int_equal(s.state.chosen, 99);
  driver_key(&d, VD_KEY_HOME, 0);
  driver_key(&d, VD_KEY_UP, 0);
  assert_int_equal(s.state.chosen, 0);
  assert_true(shown(&d, "row 0"));
  driver_key(&d, VD_KEY_ENTER, 0);
  assert_int_equal(s.last, VD_TABLE_OPENED);
  driver_close(&d);
}

static void ui_table__a_header_sorts_numbers_from_the_largest(void **state) {
  (void)state;
  driver d;
  sheet s;
  open_sheet(&d, &s, 5);
  driver_click(&d, "column", "Name");
  assert_int_equal(s.last, VD_TABLE_SORTED);
  assert_int_equal(s.state.sort_column, 0);
  assert_false(s.state.descending);
  driver_click(&d, "column", "Name");
  assert_true(s.state.descending);
  driver_click(&d, "column", "Amount");
  assert_int_equal(s.state.sort_column, 1);
  assert_true(s.state.descending);
  driver_close(&d);
}

static void ui_table__the_wheel_scrolls_to_both_ends_and_no_further(void **state) {
  (void)state;
  driver d;
  sheet s;
  open_sheet(&d, &s, 40);
  wheel(&d, -1);
  assert_true(shown(&d, "row 3"));
  assert_false(shown(&d, "row 2"));
  wheel(&d, -1000);
  assert_true(shown(&d, "row 39"));
  assert_true(shown(&d, "row 30"));
  assert_false(shown(&d, "row 29"));
  wheel(&d, 1000);
  assert_true(shown(&d, "row 0"));
  driver_close(&d);
}

static void ui_table__a_million_rows_cost_what_is_in_sight(void **state) {
  (void)state;
  driver d;
  sheet s;
  open_sheet(&d, &s, 1000000);
  assert_in_range(s.asked, 20, 24);
  driver_click(&d, "row", "row 1");
  driver_key(&d, VD_KEY_END, 0);
  assert_int_equal(s.state.chosen, 999999);
  assert_true(shown(&d, "row 999999"));
  assert_in_range(s.asked, 20, 24);
  driver_close(&d);
}

static void ui_table__what_lies_above_takes_the_wheel_only_where_it_lies(void **state) {
  (void)state;
  driver d;
  sheet s;
  open_sheet(&d, &s, 40);
  s.message = true;
  driver_pass(&d, (vd_event){0});
  wheel(&d, -1);
  assert_false(shown(&d, "row 0"));
  wheel(&d, 1);
  s.dialog = true;
  driver_pass(&d, (vd_event){0});
  wheel(&d, -1);
  assert_true(shown(&d, "row 0"));
  driver_click_at(&d, 20, HEAD + ROW / 2, 1);
  assert_int_equal(s.state.chosen, -1);
  driver_close(&d);
}

static void ui_table__fewer_rows_than_before_leave_nothing_behind(void **state) {
  (void)state;
  driver d;
  sheet s;
  open_sheet(&d, &s, 100);
  wheel(&d, -1000);
  s.n_rows = 3;
  driver_pass(&d, (vd_event){0});
  assert_true(shown(&d, "row 0"));
  s.n_rows = 0;
  driver_pass(&d, (vd_event){0});
  assert_false(shown(&d, "row 0"));
  assert_string_equal(driver_find(&d, "table", "Rows")->value, "0");
  driver_key(&d, VD_KEY_DOWN, 0);
  driver_close(&d);
}

static double column_x(driver *d, const char *name) {
  return driver_find(d, "column", name)->rect.x;
}

/* Columns that want 1200 of 800 pixels: the wheel with Shift, the arrows and the bar move them, to both ends and no further. */
static void ui_table__columns_wider_than_the_table_scroll_sideways(void **state) {
  (void)state;
  driver d;
  sheet s;
  open_sheet(&d, &s, 100);
  double narrow = column_x(&d, "Amount");
  s.width = 1200;
  driver_pass(&d, (vd_event){0});
  double from = column_x(&d, "Amount");
  assert_true(from > narrow + 350);
  vd_event across = {.type = VD_EVENT_WHEEL, .x = 100, .y = 100, .wheel = -1, .mods = VD_MOD_SHIFT};
  driver_pass(&d, across);
  driver_pass(&d, (vd_event){0});
  assert_true(column_x(&d, "Amount") == from - 80);
  assert_true(shown(&d, "row 0")); /* it did not scroll down */
  across.wheel = -100;
  driver_pass(&d, across);
  driver_pass(&d, (vd_event){0});
  assert_true(column_x(&d, "Amount") == from - 400);
  driver_key(&d, VD_KEY_RIGHT, 0);
  driver_pass(&d, (vd_event){0});
  assert_true(column_x(&d, "Amount") == from - 400);
  across.wheel = 100;
  driver_pass(&d, across);
  driver_pass(&d, (vd_event){0});
  assert_true(column_x(&d, "Amount") == from);
  s.width = 0;
  driver_pass(&d, (vd_event){0});
  assert_true(column_x(&d, "Amount") == narrow);
  driver_close(&d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ui_table__keys_move_the_choice_and_keep_it_in_sight),
      cmocka_unit_test(ui_table__a_header_sorts_numbers_from_the_largest),
      cmocka_unit_test(ui_table__the_wheel_scrolls_to_both_ends_and_no_further),
      cmocka_unit_test(ui_table__a_million_rows_cost_what_is_in_sight),
      cmocka_unit_test(ui_table__what_lies_above_takes_the_wheel_only_where_it_lies),
      cmocka_unit_test(ui_table__fewer_rows_than_before_leave_nothing_behind),
      cmocka_unit_test(ui_table__columns_wider_than_the_table_scroll_sideways),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
