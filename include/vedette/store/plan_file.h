/* plan_file: a plan in one GeoPackage, every edit durable before it is seen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The file is an ordinary GeoPackage 1.3: each kind of record is a layer of its table's name, rasters are tiled
 * gridded coverages "elevation", "population" and "landcover". Several programs may edit it: each edit waits up to 5 s
 * for another's, and fails with VD_ERR_BUSY, saying who, when it cannot have its turn or when the same record was
 * changed meanwhile. On a network file system the rollback journal is used instead of the write-ahead log. A file with
 * triggers that are not a GeoPackage's own can be read but not edited. Times in the file and the history come from
 * the system's clock, or from SOURCE_DATE_EPOCH (seconds since 1970) when that is set. */
#ifndef VEDETTE_STORE_PLAN_FILE_H
#define VEDETTE_STORE_PLAN_FILE_H

#include "vedette/plan/edit.h"

typedef struct vd_plan_file vd_plan_file;

typedef enum vd_open_mode { VD_OPEN_READ, VD_OPEN_EDIT } vd_open_mode;

/* Creates `path` (VD_ERR_INPUT when something is there already) with the defaults of standard.h, durable, and
 * opens it for editing. The file has its final name only once it is complete. */
vd_status vd_plan_file_create(const char *path, const vd_plan_info *info, vd_plan_file **file);
/* Opens an existing plan; migrates an older schema when editing (read mode reads the older one or says what to do). A file of a newer
 * schema, a file that is not a plan, or a damaged one gives one sentence. The plan is loaded whole. */
vd_status vd_plan_file_open(const char *path, vd_open_mode mode, vd_plan_file **file);
/* Copies the plan with its history to `path` (VD_ERR_INPUT when something is there already) and has `change` edit the copy,
 * which gets its name only when that succeeds. */
vd_status vd_plan_file_copy(vd_plan_file *file, const char *path,
                            vd_status (*change)(void *context, vd_plan_file *), void *context);
/* Checkpoints the write-ahead log into the file, removes it, and closes. NULL is allowed. */
void vd_plan_file_close(vd_plan_file *file);
void vd_plan_file_cleanup(vd_plan_file **file);
/* The document: owned by the file, edits go to it durably. */
vd_plan *vd_plan_file_plan(vd_plan_file *file);
const char *vd_plan_file_path(const vd_plan_file *file);

/* Reads what other programs changed since, if anything (vd_plan_revision tells). Commits, undo and redo do it by
 * themselves. Pointers into the plan are stale afterwards. */
vd_status vd_plan_file_refresh(vd_plan_file *file);
/* Sentences about what was read otherwise than it stands in the file, or mended, or about the place the file is in;
 * borrowed until the next refresh. For the person who opened it. */
size_t vd_plan_file_notes(const vd_plan_file *file, const char *const **sentences);

/* Keeps bytes with the plan instead of those of the same name; not an edit, and not in the history. The plan finds them
 * by vd_plan_find_kept. They are only worth time: a caller goes on without when this fails, for a file that was opened
 * for reading, a full disk, another's turn. */
vd_status vd_plan_file_keep(vd_plan_file *file, const vd_kept *kept);

/* One line of the history, newest first. */
typedef struct vd_history_entry {
  int64_t number;
  const char *title, *author;
  int64_t time_s;
  bool undone;
} vd_history_entry;
vd_status vd_plan_file_history(vd_plan_file *file, vd_arena *arena, size_t at_most,
                               vd_history_entry **entries, size_t *n);

#endif
