/* report: answers put into sentences and tables, once, for the command line, the window and paper.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A report computes nothing: the figures come from study/ and plan/. It says them: each headline figure with its
 * numerator and denominator and what is unknown, each table with columns that have a name for programs and one for
 * people. Everything is in the arena that the report was made in.
 *
 *   vd_report *report = vd_report_new(arena, "restrictions", _("Movement restrictions"));
 *   vd_report_figure(report, "per_100_movements", _("%s denials in %s planned movements"), 12, 340, 3);
 *   vd_report_table *table = vd_report_add_table(report, "by_actor", _("By actor"), _("None."), columns, 3);
 *   vd_report_row *row = vd_report_add_row(table);
 *   row->cells[0].text = "..."; row->cells[1].number = 12; ... */
#ifndef VEDETTE_REPORT_REPORT_H
#define VEDETTE_REPORT_REPORT_H

#include "vedette/study/study.h"

typedef enum vd_report_form {
  VD_REPORT_TEXT,    /* cell.text; cell.word in JSON and CSV where it is set */
  VD_REPORT_COUNT,   /* cell.number, whole; NaN unknown */
  VD_REPORT_NUMBER,  /* cell.number with the column's decimals; NaN unknown */
  VD_REPORT_SHARE,   /* cell.number 0-1, shown as per cent; NaN unknown */
  VD_REPORT_MINUTES, /* cell.number in minutes, shown as "2 h 05 min"; NaN unknown, INFINITY never */
  VD_REPORT_TIME,    /* cell.time_s; VD_TIME_MIN or VD_TIME_MAX: none */
  VD_REPORT_RIBBON /* cell.ribbon: 168 shares 0-1, Monday 00:00 first, local time; negative: no threat then */
} vd_report_form;

enum { VD_RIBBON_HOURS = 168 };

typedef struct vd_report_column {
  const char *key;   /* name in JSON and CSV, with its unit: "person_hours" */
  const char *title; /* translated */
  vd_report_form form;
  int decimals;      /* NUMBER */
  const char *empty; /* shown for unknown; NULL: "–" */
  bool wide;         /* takes what width is left */
} vd_report_column;

/* Set by form; what is not of the column's form is ignored, but for the number of a TEXT, by which it is sorted where it has
 * one (words that have an order: priorities). */
typedef struct vd_report_cell {
  const char *text, *word;
  double number;
  int64_t time_s;
  const float *ribbon;
} vd_report_cell;

typedef struct vd_report_row {
  vd_report_cell *cells;   /* one a column */
  double lon_deg, lat_deg; /* where it is, NaN nowhere: the window goes there */
  vd_kind kind;            /* of the record it is about, VD_KIND_COUNT none */
  const char *id;
  const vd_geom *shape; /* the area or line it is about, lon/lat, of whoever holds the texts; NULL none */
  bool bad;             /* something to act on: shown in the warning colour */
} vd_report_row;

typedef struct vd_report_table {
  vd_arena *arena;
  const char *key, *title;
  const char *empty; /* said when there are no rows */
  vd_report_column *columns;
  int n_columns;
  vd_report_row *rows;
  size_t n_rows, capacity;
} vd_report_table;

/* A headline: what a person reads first. */
typedef struct vd_report_figure {
  const char *key;               /* in JSON */
  const char *sentence;          /* translated, whole */
  double value;                  /* NaN: only the sentence */
  double numerator, denominator; /* NaN: none */
  double unknown;                /* how many could not be told; NaN: none asked */
} vd_report_figure;

typedef struct vd_report {
  vd_arena *arena;
  const char *key, *title;
  int64_t from_s, to_s; /* what it is about; equal: no window */
  int32_t utc_offset_s;
  const char *plan_title;
  int32_t classification;
  char input_hash[65]; /* "" when it rests on no study */
  vd_report_figure *figures;
  size_t n_figures, figures_capacity;
  vd_report_table **tables;
  size_t n_tables, tables_capacity;
  vd_note *notes;
  size_t n_notes, notes_capacity;
} vd_report;

vd_report *vd_report_new(vd_arena *arena, const char *key, const char *title, const vd_plan *plan);
/* Window, hash and notes of the study that it rests on. */
void vd_report_use_study(vd_report *report, const vd_study *study);
/* The figure is zeroed but for key and sentence: value, numerator, denominator and unknown are NaN. */
vd_report_figure *vd_report_add_figure(vd_report *report, const char *key, const char *sentence);
/* Columns are copied, their texts borrowed. */
vd_report_table *vd_report_add_table(vd_report *report, const char *key, const char *title, const char *empty,
                                     const vd_report_column *columns, int n_columns);
/* Texts empty, numbers NaN, times VD_TIME_MIN, nowhere, no record. Valid until the next row is added. */
vd_report_row *vd_report_add_row(vd_report_table *table);
/* The row's shape, borrowed as texts are; points and empty ones are none. */
void vd_report_row_shape(vd_report_row *row, const vd_geom *geom);
void vd_report_add_note(vd_report *report, const char *text, int64_t count);

/* A cell as people read it: numbers with thousands apart, shares in per cent, times local to the offset. */
const char *vd_report_cell_text(vd_arena *arena, const vd_report *report, const vd_report_table *table,
                                const vd_report_row *row, int column);
bool vd_report_is_number(vd_report_form form); /* right-aligned */

/* ---- the reports there are ---- */

/* What a report may look at. `landscape` and `study` are there when the report's info says that it needs them; the study
 * is a whole one of `plan`. Without its study the report of restrictions leaves out what they cost, and says so. */
typedef struct vd_report_input {
  const vd_plan *plan;
  const vd_landscape *landscape;
  const vd_study *study;
  vd_study_options options;           /* window and past as asked for */
  int64_t period_from_s, period_to_s; /* registers: what began in it; both 0: everything */
  int32_t weeks;                      /* of predict: that a watcher has seen; 0: the standard */
  bool planned;                       /* of predict: planned and approved patrols instead of executed ones */
  bool seasons;                       /* coverage: studied in the other season too */
  vd_jobs *jobs;
  const vd_progress *progress;
} vd_report_input;

typedef enum vd_report_need { VD_NEED_PLAN, VD_NEED_LANDSCAPE, VD_NEED_STUDY } vd_report_need;

typedef struct vd_report_info {
  const char *key;   /* also the command's name */
  const char *title; /* N_() marked */
  vd_report_need need;
  vd_status (*make)(const vd_report_input *input, vd_arena *arena, vd_report **out);
} vd_report_info;

extern const vd_report_info vd_reports[];
extern const int vd_n_reports;
/* By key, NULL none. */
const vd_report_info *vd_report_lookup(const char *key);

#endif
