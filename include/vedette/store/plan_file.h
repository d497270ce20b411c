/* plan_file: a plan in one GeoPackage, every edit durable before it is seen.
 * SPDX-License-Identifier: Apache-2.0 */
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
/* Checkpoints the write-ahead log into the file, removes it, and closes. NULL is allowed. */
void vd_plan_file_close(vd_plan_file *file);
void vd_plan_file_cleanup(vd_plan_file **file);
/* The document: owned by the file, edits go to it durably. */
vd_plan *vd_plan_file_plan(vd_plan_file *file);
const char *vd_plan_file_path(const vd_plan_file *file);

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
