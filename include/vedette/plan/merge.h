/* merge: two plans that were edited apart from a common one put together, by record and field.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Records are the same when their ids are, whatever their names. Against the common plan, the base:
 * - what one side added, changed or removed is taken; the same change on both sides is one change;
 * - a field that both changed to different values is a conflict, the geometry counting as one field, a grid as one;
 * - a record that one side removed and the other changed is a conflict, and so is one that is removed while a record of the
 *   other side refers to it; a patrol is changed when one of its stops is, and its stops share its fate;
 * - records that both sides added with equal content and other ids are told as possible twins and both kept.
 * Author and time of creation never change; times of change are those of the side that changed. Without conflicts the
 * merged records are the same whichever side is `mine`; only the order of lists may differ.
 *
 * An undecided conflict leaves what `mine` says. Nothing here looks at files; store/lineage.h finds the base. */
#ifndef VEDETTE_PLAN_MERGE_H
#define VEDETTE_PLAN_MERGE_H

#include "vedette/plan/edit.h"

typedef enum vd_side { VD_SIDE_BASE, VD_SIDE_MINE, VD_SIDE_THEIRS, VD_SIDE_COUNT } vd_side;
/* "base", "mine", "theirs". */
extern const char *const vd_side_words[VD_SIDE_COUNT];

typedef enum vd_clash {
  VD_CLASH_CHANGED, /* both changed the field */
  VD_CLASH_REMOVED, /* one removed the record, the other changed it */
  VD_CLASH_REFERRED /* one removed the record, the other's records refer to it */
} vd_clash;

/* What one side says in a conflict. */
typedef struct vd_clash_value {
  bool absent;         /* the record is not there */
  const char *text;    /* files' form; NULL unknown or empty */
  const vd_geom *geom; /* of the record there, NULL none: where the map should look */
  const char *author;  /* the record's; store/lineage.h knows better from the history */
  int64_t time_s;      /* when the record was last changed there; VD_TIME_MIN unknown */
} vd_clash_value;

typedef struct vd_conflict {
  vd_clash clash;
  vd_kind kind; /* VD_KIND_COUNT: of the plan itself */
  const char *id, *label;
  const char
      *field; /* column name, "geometry" or "record"; the plan's: "title", "window", "elevation", ... */
  const char *field_label;
  vd_clash_value sides[VD_SIDE_COUNT];
  vd_side choice; /* VD_SIDE_COUNT: undecided */
} vd_conflict;

typedef struct vd_twin {
  vd_kind kind;
  const char *mine, *theirs; /* ids */
  const char *label;
} vd_twin;

/* Something a planner should look at after the merge. */
typedef struct vd_merge_note {
  vd_kind kind; /* VD_KIND_COUNT: of the plan itself */
  const char *id, *label, *sentence;
} vd_merge_note;

/* One decision. `kind` is a table's name or "plan". */
typedef struct vd_choice {
  const char *kind, *id, *field;
  vd_side side;
  bool used; /* set by vd_merge_plans when there was such a conflict */
} vd_choice;
typedef struct vd_choices {
  vd_side all; /* for conflicts without a decision of their own; VD_SIDE_COUNT none */
  vd_choice *items;
  size_t n, capacity;
} vd_choices;

typedef struct vd_merge {
  vd_change *changes; /* of mine; before is mine's record or NULL, after NULL a removal; each record once */
  size_t n_changes, changes_capacity;
  const vd_plan_info *info; /* NULL: unchanged */
  bool raster_changed[VD_RASTER_COUNT];
  const vd_raster *rasters[VD_RASTER_COUNT]; /* borrowed from a plan; NULL removed */
  size_t n_added, n_changed, n_removed;      /* of changes */
  vd_conflict *conflicts;
  size_t n_conflicts, conflicts_capacity, n_undecided;
  vd_twin *twins;
  size_t n_twins, twins_capacity;
  vd_merge_note *notes;
  size_t n_notes, notes_capacity;
} vd_merge;

/* Works out the merge in `arena`; the plans must outlive it. `choices` NULL: none. */
void vd_merge_plans(const vd_plan *base, const vd_plan *mine, const vd_plan *theirs, vd_choices *choices,
                    vd_arena *arena, vd_merge *out);
/* Makes the changes in `mine`, the plan they were worked out for, as one edit that keeps the records' own authors and times.
 * `merged` are ids for the journal, see vd_edit_mark_merged. VD_ERR_USAGE while conflicts are undecided. On failure the
 * plan is unchanged. */
vd_status vd_merge_apply(vd_plan *mine, const vd_merge *merge, const char *title, const char *merged);
size_t vd_merge_n_changes(const vd_merge *merge); /* records, grids and the plan's own row */

/* The word of a conflict's kind in decisions: the table's name, or "plan". */
const char *vd_conflict_kind_word(const vd_conflict *conflict);
/* Reads "base/UUID/strength=theirs" or, alone, "mine" or "theirs" for all; VD_ERR_INPUT with a sentence. */
vd_status vd_choices_add(vd_choices *choices, vd_arena *arena, const char *text);
/* Reads a file of such lines. "#" starts a remark, a line without a word after "=" is undecided. At most a million
 * lines; VD_ERR_INPUT names the line. */
vd_status vd_choices_parse(vd_choices *choices, vd_arena *arena, const char *text);
/* The file that vd_choices_parse reads: each conflict with its values as remarks, to be filled in. */
const char *vd_conflicts_text(vd_arena *arena, const vd_conflict *conflicts, size_t n, int32_t utc_offset_s);

#endif
