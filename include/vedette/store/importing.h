/* importing: files of others into a plan, all files of one call as one named edit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a file holds is told by the caller or guessed from its content, and every record is accounted for: taken, or dropped
 * with a reason. Records keep their identity: a UUID in a column "id", an OpenStreetMap element's or a data set's
 * own number, a track's fixes, else the record's content; so the same file imported again changes nothing. Features that lie wholly outside the
 * area of interest and its margin are dropped; roads and water are cut there. */
#ifndef VEDETTE_STORE_IMPORTING_H
#define VEDETTE_STORE_IMPORTING_H

#include "vedette/base/jobs.h"
#include "vedette/geo/tally.h"
#include "vedette/plan/edit.h"

/* A condition a feature must meet: any of `fields` (names separated by commas) holds `text`, letter case ignored. */
typedef struct vd_import_where {
  const char *fields, *text;
} vd_import_where;

/* "field=COLUMN": the field of the record is read from that column. */
typedef struct vd_import_column {
  const char *field, *column;
} vd_import_column;

typedef struct vd_import_options {
  const char *as; /* a word of words.h, or "track"; NULL: guessed file by file */
  const vd_import_column *columns;
  size_t n_columns;
  const vd_import_where *wheres; /* all must hold */
  size_t n_wheres;
  const char *actor;   /* name or id, for records that name no actor */
  const char *patrol;  /* name or id of the planned patrol that tracks drove; NULL: found by place and time */
  int64_t now_s;       /* tracks from later than this were not recorded; 0: not asked */
  bool create_actors;  /* actors that the plan lacks are made (UN military), else such records are dropped */
  bool replace;        /* first remove what the plan holds of the kinds imported */
  bool dry_run;        /* count everything, change nothing */
  const char *crs_wkt; /* for files that name no coordinate reference system */
  const char
      *legend; /* land cover: "vedette", "worldcover", "copernicus", "10=forest,20=shrub"; NULL: guessed */
} vd_import_options;

/* One kind of record, or one grid, out of one file. */
typedef struct vd_import_part {
  const char *file;    /* without its folder; several: "3 files" */
  const char *word;    /* "roads"; NULL: what the file holds besides */
  const char *guess;   /* by what the kind was guessed; NULL when it was told */
  const char *columns; /* "name < Name, surface < SURF_TYPE"; NULL none */
  const char *remark;  /* what else a person should know of this part; NULL none */
  vd_tally tally;
  int64_t n_new, n_replaced, n_same; /* of those taken: `same` stood in the plan already */
} vd_import_part;

typedef struct vd_import_report {
  vd_import_part *parts;
  size_t n_parts, capacity;
  const char *title; /* of the edit */
  int64_t n_taken;
} vd_import_report;

/* Imports files. On any failure, on cancelling, and when nothing at all could be taken (VD_ERR_INPUT), the plan stays as
 * it was; the report tells what was counted until then. Texts of the report are in the arena. */
vd_status vd_import(vd_plan *plan, const vd_import_options *options, const char *const *paths, size_t n_paths,
                    vd_arena *arena, const vd_progress *progress, vd_import_report *report);

/* The surface that a word of OpenStreetMap's surface tag means, in English or French, with common misspellings; -1 when it
 * is not known. */
int vd_surface_of_word(const char *word);

#endif
