/* table: aligned columns, CSV and JSON.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Widths come from wcwidth in the C.UTF-8 locale that main sets, so they do not depend on the user's. */
#include "cli/table.h"

#include <string.h>
#include <wchar.h>

#include "vedette/base/status.h"

struct vd_text_table {
  vd_arena *arena;
  vd_text_column *columns;
  int n_columns;
  const char ***rows;
  size_t n_rows, capacity;
};

vd_text_table *vd_text_table_new(vd_arena *arena, const vd_text_column *columns, int n_columns) {
  vd_text_table *table = VD_NEW(arena, vd_text_table);
  table->arena = arena;
  table->n_columns = n_columns;
  table->columns = VD_NEW_ARRAY(arena, vd_text_column, n_columns);
  memcpy(table->columns, columns, sizeof *columns * (size_t)n_columns);
  return table;
}

const char **vd_text_table_row(vd_text_table *table) {
  const char **cells = VD_NEW_ARRAY(table->arena, const char *, table->n_columns);
  *VD_PUSH(table->arena, table->rows, table->n_rows, table->capacity) = cells;
  return cells;
}

size_t vd_text_table_n_rows(const vd_text_table *table) {
  return table->n_rows;
}

/* The next character: its bytes and its columns on the screen. Bytes that are no character count one. */
static size_t next_character(const char *text, mbstate_t *state, int *columns) {
  wchar_t wide;
  size_t n = mbrtowc(&wide, text, strlen(text), state);
  if (n == 0 || n == (size_t)-1 || n == (size_t)-2) {
    memset(state, 0, sizeof *state);
    *columns = 1;
    return 1;
  }
  int width = wcwidth(wide);
  *columns = width < 0 ? ((unsigned)wide < 0x20 || wide == 0x7f ? 1 : 0) : width;
  return n;
}

int vd_text_width(const char *text) {
  mbstate_t state = {0};
  int width = 0, columns;
  while (text && *text) {
    text += next_character(text, &state, &columns);
    width += columns;
  }
  return width;
}

static void add_visible(vd_buf *buf, const char *text, size_t n) {
  bool control = n == 1 && ((unsigned char)*text < 0x20 || *text == 0x7f);
  vd_buf_add_n(buf, control ? " " : text, n);
}

char *vd_text_fit(vd_arena *arena, const char *text, int columns) {
  vd_buf buf = {.arena = arena};
  mbstate_t state = {0};
  bool cut = columns > 0 && vd_text_width(text) > columns;
  int room = cut ? columns - 1 : columns;
  vd_buf_add(&buf, "");
  while (text && *text) {
    int width;
    size_t n = next_character(text, &state, &width);
    if (cut && (room -= width) < 0) break;
    add_visible(&buf, text, n);
    text += n;
  }
  if (cut) vd_buf_add(&buf, "…");
  return buf.text;
}

static void print_cell(const char *text, int width, vd_align align, bool last, FILE *out) {
  int space = width - vd_text_width(text);
  if (align == VD_RIGHT) fprintf(out, "%*s", space, "");
  fputs(text, out);
  if (align == VD_LEFT && !last) fprintf(out, "%*s", space, "");
}

/* The last filled column ends the line, so that no line ends in spaces. */
static void print_row(const vd_text_table *table, const char *const *cells, const int *widths, FILE *out) {
  int last = table->n_columns - 1;
  while (last > 0 && (!cells[last] || !*cells[last])) last--;
  for (int i = 0; i <= last; i++) {
    if (i) fputs("  ", out);
    print_cell(cells[i] ? cells[i] : "", widths[i], table->columns[i].align, i == last, out);
  }
  fputc('\n', out);
}

static const char **fitted_row(const vd_text_table *table, vd_arena *arena, const char *const *cells) {
  const char **fitted = VD_NEW_ARRAY(arena, const char *, table->n_columns);
  for (int i = 0; i < table->n_columns; i++)
    fitted[i] = vd_text_fit(arena, cells[i], table->columns[i].widest);
  return fitted;
}

void vd_text_table_print(const vd_text_table *table, FILE *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int *widths = VD_NEW_ARRAY(arena, int, table->n_columns);
  const char **titles = VD_NEW_ARRAY(arena, const char *, table->n_columns);
  const char ***rows = VD_NEW_ARRAY(arena, const char **, table->n_rows + 1);
  bool heading = false;
  for (int i = 0; i < table->n_columns; i++) {
    titles[i] = table->columns[i].title;
    widths[i] = vd_text_width(titles[i]);
    heading = heading || titles[i];
  }
  for (size_t r = 0; r < table->n_rows; r++) {
    rows[r] = fitted_row(table, arena, table->rows[r]);
    for (int i = 0; i < table->n_columns; i++) {
      int width = vd_text_width(rows[r][i]);
      if (width > widths[i]) widths[i] = width;
    }
  }
  if (heading) print_row(table, titles, widths, out);
  for (size_t r = 0; r < table->n_rows; r++) print_row(table, rows[r], widths, out);
}

void vd_buf_add_csv(vd_buf *buf, const char *text) {
  if (!text || !*text) return;
  double number;
  bool formula = strchr("=+-@\t\r", *text) && !vd_parse_f64(text, &number);
  bool quoted = strpbrk(text, ",\"\r\n") != NULL;
  if (quoted) vd_buf_add(buf, "\"");
  if (formula) vd_buf_add(buf, "'");
  for (; *text; text++) vd_buf_add_n(buf, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
  if (quoted) vd_buf_add(buf, "\"");
}

static const char *key_of(const vd_text_column *column) {
  return column->key ? column->key : column->title;
}

void vd_text_table_print_csv(const vd_text_table *table, FILE *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_buf buf = {.arena = arena};
  for (int i = 0; i < table->n_columns; i++) {
    if (i) vd_buf_add(&buf, ",");
    vd_buf_add_csv(&buf, key_of(&table->columns[i]));
  }
  vd_buf_add(&buf, "\n");
  for (size_t r = 0; r < table->n_rows; r++) {
    for (int i = 0; i < table->n_columns; i++) {
      if (i) vd_buf_add(&buf, ",");
      vd_buf_add_csv(&buf, table->rows[r][i]);
    }
    vd_buf_add(&buf, "\n");
  }
  fputs(buf.text, out);
}

static void add_json_row(vd_buf *buf, const vd_text_table *table, const char *const *cells) {
  vd_buf_add(buf, "{");
  for (int i = 0; i < table->n_columns; i++) {
    if (i) vd_buf_add(buf, ", ");
    vd_buf_add_json(buf, key_of(&table->columns[i]));
    vd_buf_add(buf, ": ");
    vd_buf_add_json(buf, cells[i] && *cells[i] ? cells[i] : NULL);
  }
  vd_buf_add(buf, "}");
}

void vd_text_table_print_json(const vd_text_table *table, FILE *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_buf buf = {.arena = arena};
  vd_buf_add(&buf, "[");
  for (size_t r = 0; r < table->n_rows; r++) {
    vd_buf_add(&buf, r ? ",\n " : "\n ");
    add_json_row(&buf, table, table->rows[r]);
  }
  vd_buf_add(&buf, table->n_rows ? "\n]\n" : "]\n");
  fputs(buf.text, out);
}
