/* cli_table: aligned text, CSV and JSON of the command line's tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/table.h"

static char *printed(void (*print)(const vd_text_table *, FILE *), const vd_text_table *table) {
  char *text = NULL;
  size_t n = 0;
  FILE *out = open_memstream(&text, &n);
  print(table, out);
  fclose(out);
  return text;
}

static vd_text_table *sample(vd_arena *arena) {
  static const vd_text_column columns[] = {
      {"Name", VD_LEFT, "name", 8}, {"People", VD_RIGHT, "people", 0}, {"Note", VD_LEFT, NULL, 0}};
  vd_text_table *table = vd_text_table_new(arena, columns, 3);
  const char **cells = vd_text_table_row(table);
  cells[0] = "جوبا";
  cells[1] = "1200";
  cells[2] = "two\nlines";
  cells = vd_text_table_row(table);
  cells[0] = "Extraordinary";
  cells[1] = "7";
  cells = vd_text_table_row(table);
  cells[0] = "e\xcc\x81t\xc3\xa9"; /* a combining accent takes no column */
  cells[2] = "=1+1, \"quoted\"";
  return table;
}

static void cli_table__aligns_by_display_width(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  char *text = printed(vd_text_table_print, sample(arena));
  assert_string_equal(text, "Name      People  Note\n"
                            "جوبا        1200  two lines\n"
                            "Extraor…       7\n"
                            "e\xcc\x81t\xc3\xa9               =1+1, \"quoted\"\n");
  free(text);
  vd_arena_free(arena);
}

static void cli_table__csv_quotes_and_disarms_formulas(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  char *text = printed(vd_text_table_print_csv, sample(arena));
  assert_string_equal(text, "name,people,Note\n"
                            "جوبا,1200,\"two\nlines\"\n"
                            "Extraordinary,7,\n"
                            "e\xcc\x81t\xc3\xa9,,\"'=1+1, \"\"quoted\"\"\"\n");
  free(text);
  vd_buf buf = {.arena = arena};
  vd_buf_add_csv(&buf, "-5.25");
  vd_buf_add(&buf, " ");
  vd_buf_add_csv(&buf, "-cmd");
  assert_string_equal(buf.text, "-5.25 '-cmd");
  vd_arena_free(arena);
}

static void cli_table__json_is_an_array_of_objects(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  char *text = printed(vd_text_table_print_json, sample(arena));
  assert_non_null(
      strstr(text, "[\n {\"name\": \"جوبا\", \"people\": \"1200\", \"Note\": \"two\\nlines\"},\n"));
  assert_non_null(strstr(text, "\"Note\": null}"));
  free(text);
  vd_arena_free(arena);
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cli_table__aligns_by_display_width),
      cmocka_unit_test(cli_table__csv_quotes_and_disarms_formulas),
      cmocka_unit_test(cli_table__json_is_an_array_of_objects),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
