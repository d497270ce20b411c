/* table: rows of text in aligned columns for people, or as CSV and JSON for programs.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   vd_text_table *table = vd_text_table_new(cli->arena, columns, 3);
 *   const char **cells = vd_text_table_row(table);
 *   cells[0] = base->record.name; ...
 *   vd_text_table_print(table, cli->out); */
#ifndef VEDETTE_CLI_TABLE_H
#define VEDETTE_CLI_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "vedette/base/str.h"

typedef enum vd_align { VD_LEFT, VD_RIGHT } vd_align;

typedef struct vd_text_column {
  const char *title; /* as shown, already translated; NULL in all columns: no heading */
  vd_align align;
  const char *key; /* name in CSV and JSON; NULL: the title */
  int widest;      /* longer cells are cut with an ellipsis; 0: never */
} vd_text_column;

typedef struct vd_text_table vd_text_table;

/* The columns are copied, their texts borrowed. */
vd_text_table *vd_text_table_new(vd_arena *arena, const vd_text_column *columns, int n_columns);
/* A new row of empty cells to fill in; NULL stays empty. The texts are borrowed until printing. */
const char **vd_text_table_row(vd_text_table *table);
size_t vd_text_table_n_rows(const vd_text_table *table);
/* Heading, rows, two spaces between columns, no space at line ends. Columns are as wide as their widest cell on the
 * screen (combining marks 0, wide characters 2), line breaks and tabs become spaces. */
void vd_text_table_print(const vd_text_table *table, FILE *out);
/* RFC 4180 with a heading line; a cell that a spreadsheet would run as a formula gets a leading apostrophe. */
void vd_text_table_print_csv(const vd_text_table *table, FILE *out);
/* An array of objects; cells are strings, empty ones null. */
void vd_text_table_print_json(const vd_text_table *table, FILE *out);

/* Columns of the screen that a UTF-8 text fills. */
int vd_text_width(const char *text);
/* `text` cut to `columns` columns with an ellipsis, line breaks and other controls as spaces, in the arena. */
char *vd_text_fit(vd_arena *arena, const char *text, int columns);
/* One CSV cell, quoted where needed. */
void vd_buf_add_csv(vd_buf *buf, const char *text);

#endif
