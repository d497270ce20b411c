/* ui_widgets: what a user does with mouse and keyboard, and what the widgets tell.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/widgets.h"

#include "ui_driver.h"

typedef struct form {
  int presses, other_presses, chosen_tab, chosen_option, menu_choices;
  bool checked, dialog_open, dialog_closed_by_key;
  double amount;
  char text[32];
  char clipboard[64];
} form;

static void build(vd_ui *ui, void *context) {
  form *f = context;
  vd_rect all = vd_ui_area(ui), bar = vd_cut_top(&all, 30);
  if (vd_ui_menu_begin(ui, &bar, "File", 2)) {
    if (vd_ui_menu_item(ui, "Open", "Ctrl+O", false, true)) f->menu_choices++;
    if (vd_ui_menu_item(ui, "Never", NULL, false, false)) f->menu_choices += 100;
    vd_ui_menu_end(ui);
  }
  if (vd_ui_button(ui, vd_cut_top(&all, 30), "Press", VD_BUTTON_MAIN, true)) f->presses++;
  if (vd_ui_button(ui, vd_cut_top(&all, 30), "Off", VD_BUTTON_PLAIN, false)) f->other_presses++;
  vd_ui_checkbox(ui, vd_cut_top(&all, 30), "Show", &f->checked);
  vd_ui_slider(ui, vd_cut_top(&all, 30), "Opacity", 0, 100, 10, &f->amount);
  vd_ui_textbox(ui, vd_cut_top(&all, 30), "Name", "hint", f->text, sizeof f->text);
  const char *const tabs[] = {"One", "Two"}, *const options[] = {"A4", "A3", "A2"};
  vd_ui_tabs(ui, vd_cut_top(&all, 30), tabs, 2, &f->chosen_tab);
  vd_ui_combo(ui, vd_cut_top(&all, 30), "Paper", options, 3, &f->chosen_option);
  if (!f->dialog_open) return;
  vd_rect inside = vd_ui_dialog_begin(ui, "Sure?", 300, 200, &f->dialog_open);
  if (vd_ui_button(ui, vd_cut_top(&inside, 30), "Yes", VD_BUTTON_MAIN, true)) f->dialog_open = false;
  vd_ui_dialog_end(ui);
}

static const char *read_clipboard(void *context) {
  return ((form *)context)->clipboard;
}
static void write_clipboard(void *context, const char *text) {
  strncpy(((form *)context)->clipboard, text, sizeof((form *)context)->clipboard - 1);
}

static void open_form(driver *d, form *f, bool mirror) {
  vd_ui_host host = {f, read_clipboard, write_clipboard};
  driver_open(d, build, f, &host, mirror);
}

static void ui_widgets__a_button_acts_on_release_inside_only(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, false);
  vd_rect at = driver_find(&d, "button", "Press")->rect;
  driver_mouse(&d, VD_EVENT_MOUSE_DOWN, at.x + 5, at.y + 5, 1);
  assert_int_equal(f.presses, 0);
  driver_mouse(&d, VD_EVENT_MOUSE_UP, at.x + 5, at.y + 5, 1);
  assert_int_equal(f.presses, 1);
  driver_mouse(&d, VD_EVENT_MOUSE_DOWN, at.x + 5, at.y + 5, 1);
  driver_mouse(&d, VD_EVENT_MOUSE_UP, at.x + 5, at.y + 500, 1);
  assert_int_equal(f.presses, 1);
  driver_click(&d, "button", "Off");
  assert_int_equal(f.other_presses, 0);
  driver_close(&d);
}

static void ui_widgets__tab_reaches_everything_and_space_works_it(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, false);
  driver_key(&d, VD_KEY_TAB, 0); /* File */
  driver_key(&d, VD_KEY_TAB, 0); /* Press; the disabled button is passed over */
  driver_key(&d, ' ', 0);
  assert_int_equal(f.presses, 1);
  driver_key(&d, VD_KEY_TAB, 0);
  driver_key(&d, ' ', 0);
  assert_true(f.checked);
  driver_key(&d, VD_KEY_TAB, 0);
  driver_key(&d, VD_KEY_RIGHT, 0);
  assert_true(f.amount == 10);
  driver_key(&d, VD_KEY_END, 0);
  assert_true(f.amount == 100);
  driver_key(&d, VD_KEY_TAB, VD_MOD_SHIFT);
  driver_key(&d, ' ', 0);
  assert_false(f.checked);
  driver_close(&d);
}

static void ui_widgets__a_text_field_edits_latin_and_arabic(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, false);
  driver_click(&d, "textbox", "Name");
  driver_type(&d, "Cedar");
  driver_key(&d, VD_KEY_LEFT, 0);
  driver_key(&d, VD_KEY_BACKSPACE, 0);
  assert_string_equal(f.text, "Cedr");
  driver_key(&d, VD_KEY_END, 0);
  driver_type(&d, " عين");
  assert_string_equal(f.text, "Cedr عين");
  driver_key(&d, VD_KEY_BACKSPACE, 0);
  assert_string_equal(f.text, "Cedr عي");
  driver_key(&d, 'a', VD_MOD_CTRL);
  driver_key(&d, 'x', VD_MOD_CTRL);
  assert_string_equal(f.text, "");
  assert_string_equal(f.clipboard, "Cedr عي");
  driver_key(&d, 'v', VD_MOD_CTRL);
  driver_key(&d, 'v', VD_MOD_CTRL);
  assert_string_equal(f.text, "Cedr عيCedr عي");
  driver_close(&d);
}

static void ui_widgets__a_text_field_never_passes_its_size_nor_splits_a_character(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, false);
  driver_click(&d, "textbox", "Name");
  for (int i = 0; i < 12; i++) driver_type(&d, "عين");
  assert_true(strlen(f.text) <= sizeof f.text - 1);
  assert_true(vd_utf8_valid(f.text, strlen(f.text)));
  assert_int_equal(strlen(f.text), 30); /* 31 bytes fit, 15 letters of two */
  driver_close(&d);
}

static void ui_widgets__a_menu_opens_chooses_and_closes(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, false);
  driver_click(&d, "menu", "File");
  driver_click(&d, "menuitem", "Never");
  assert_int_equal(f.menu_choices, 0);
  driver_click(&d, "menuitem", "Open");
  assert_int_equal(f.menu_choices, 1);
  assert_null(vd_nodes_find(vd_ui_nodes(d.ui), VD_ROLE_MENUITEM, "Open"));
  driver_click(&d, "menu", "File");
  driver_key(&d, VD_KEY_ESCAPE, 0);
  assert_null(vd_nodes_find(vd_ui_nodes(d.ui), VD_ROLE_MENUITEM, "Open"));
  driver_click(&d, "menu", "File");
  driver_click_at(&d, 700, 500, 1);
  assert_null(vd_nodes_find(vd_ui_nodes(d.ui), VD_ROLE_MENUITEM, "Open"));
  driver_click(&d, "menu", "File");
  driver_key(&d, VD_KEY_DOWN, 0);
  driver_key(&d, VD_KEY_ENTER, 0);
  assert_int_equal(f.menu_choices, 2);
  driver_close(&d);
}

static void ui_widgets__an_open_menu_hides_what_is_under_it_from_the_mouse(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, false);
  driver_click(&d, "menu", "File");
  driver_click(&d, "menuitem", "Never"); /* lies over “Press” or “Off” */
  driver_click(&d, "menuitem", "Open");
  assert_int_equal(f.presses, 0);
  driver_close(&d);
}

static void ui_widgets__a_drop_down_chooses(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, false);
  driver_click(&d, "combo", "Paper");
  driver_click(&d, "option", "A2");
  assert_int_equal(f.chosen_option, 2);
  driver_click(&d, "tab", "Two");
  assert_int_equal(f.chosen_tab, 1);
  driver_close(&d);
}

static void ui_widgets__a_dialog_takes_mouse_and_keyboard_alone(void **state) {
  (void)state;
  driver d;
  form f = {.dialog_open = true};
  open_form(&d, &f, false);
  driver_click(&d, "button", "Press");
  assert_int_equal(f.presses, 0);
  driver_key(&d, VD_KEY_TAB, 0);
  driver_key(&d, VD_KEY_TAB, 0); /* Close, Yes */
  driver_key(&d, VD_KEY_ENTER, 0);
  assert_false(f.dialog_open);
  f.dialog_open = true;
  driver_pass(&d, (vd_event){0});
  driver_key(&d, VD_KEY_ESCAPE, 0);
  assert_false(f.dialog_open);
  driver_close(&d);
}

static void ui_widgets__right_to_left_mirrors_places_and_the_mouse_alike(void **state) {
  (void)state;
  driver d;
  form f = {0};
  open_form(&d, &f, true);
  vd_rect file = driver_find(&d, "menu", "File")->rect;
  assert_true(file.x > 600);
  driver_click(&d, "menu", "File");
  driver_click(&d, "menuitem", "Open");
  assert_int_equal(f.menu_choices, 1);
  vd_rect slider = driver_find(&d, "slider", "Opacity")->rect;
  driver_click_at(&d, slider.x + slider.w * 0.1, slider.y + 5, 1);
  assert_true(f.amount == 90);
  driver_close(&d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ui_widgets__a_button_acts_on_release_inside_only),
      cmocka_unit_test(ui_widgets__tab_reaches_everything_and_space_works_it),
      cmocka_unit_test(ui_widgets__a_text_field_edits_latin_and_arabic),
      cmocka_unit_test(ui_widgets__a_text_field_never_passes_its_size_nor_splits_a_character),
      cmocka_unit_test(ui_widgets__a_menu_opens_chooses_and_closes),
      cmocka_unit_test(ui_widgets__an_open_menu_hides_what_is_under_it_from_the_mouse),
      cmocka_unit_test(ui_widgets__a_drop_down_chooses),
      cmocka_unit_test(ui_widgets__a_dialog_takes_mouse_and_keyboard_alone),
      cmocka_unit_test(ui_widgets__right_to_left_mirrors_places_and_the_mouse_alike),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
