/* table: rows of which only those in sight are asked for; sorting, choosing and scrolling by mouse and keyboard.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_UI_TABLE_H
#define VEDETTE_UI_TABLE_H

#include "ui/ui.h"

typedef struct vd_column {
  const char *title; /* translated */
  double share;      /* of the width that fixed columns leave; 0: fixed */
  double width;      /* units, when fixed */
  bool number;       /* right-aligned */
} vd_column;

/* A row of bars, one a share 0..1, each filled from below; a negative share: no bar. `mark_every` shares a thin line; 0: none. */
typedef struct vd_strip {
  const float *shares;
  int n, mark_every;
  vd_rgba filled, rest; /* below and above */
} vd_strip;
void vd_ui_strip(vd_ui *ui, vd_rect rect, const vd_strip *strip);
/* A disc with a short text, as tables and maps show what belongs together. */
void vd_ui_badge(vd_ui *ui, vd_rect rect, const char *text, vd_rgba color, bool filled);

/* What a cell shows; text is borrowed until the end of the pass. */
typedef struct vd_table_cell {
  const char *text;
  vd_rgba color;     /* VD_CLEAR: the theme's */
  vd_rgba swatch;    /* a small square before the text; VD_CLEAR: none */
  const char *badge; /* in a disc before the text; "" leaves its room empty; NULL: none */
  vd_strip strip;    /* in place of the text when n > 0; the text is its value in the tree */
  bool bold;
} vd_table_cell;

typedef struct vd_table {
  const char *name;  /* in the tree */
  const char *empty; /* said when there are no rows */
  const vd_column *columns;
  int n_columns;
  int64_t n_rows;
  void *context;
  vd_table_cell (*cell_of)(void *context, vd_arena *arena, int64_t row, int column);
  double
      width; /* units that the columns want together; more than there are: the table scrolls sideways. 0: what there are */
} vd_table;

/* What the user keeps: which row is chosen (-1 none), how it is sorted (the caller sorts). */
typedef struct vd_table_state {
  int64_t chosen;
  int sort_column; /* -1: as given */
  bool descending;
} vd_table_state;
typedef enum vd_table_result {
  VD_TABLE_NONE,
  VD_TABLE_CHOSEN,
  VD_TABLE_OPENED,
  VD_TABLE_SORTED
} vd_table_result;
/* CHOSEN: another row is chosen (or the same again); OPENED: double click or Enter. */
vd_table_result vd_ui_table(vd_ui *ui, vd_rect rect, const vd_table *table, vd_table_state *state);

#endif
