/* file: a file written beside its place and renamed when whole.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_FILE_H
#define VEDETTE_DRAW_FILE_H

#include <cairo.h>
#include <stdio.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

typedef struct vd_out_file {
  const char *path, *temporary; /* in `arena`; temporary NULL once renamed or removed */
  vd_arena *arena;
  FILE *file;
  int error; /* of the first write that failed; 0 */
} vd_out_file;

vd_status vd_out_file_open(vd_out_file *out, const char *path);
/* A cairo_write_func_t; `closure` is the vd_out_file. */
cairo_status_t vd_out_file_write(void *closure, const unsigned char *bytes, unsigned int n);
/* Syncs, closes and renames; on failure the temporary file is removed and the old one stays. */
vd_status vd_out_file_finish(vd_out_file *out);
/* For VD_CLEANUP: removes what was not finished. */
void vd_out_file_cleanup(vd_out_file *out);

#endif
