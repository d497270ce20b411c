/* replace: writing a file beside its name and renaming it, so that no half-written file is ever seen.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_REPLACE_H
#define VEDETTE_SRC_GEO_REPLACE_H

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

/* A name in the folder of `path` that does not exist, ending in `extension`. */
vd_status vd_replace_start(vd_arena *arena, const char *path, const char *extension, char **beside);
/* Syncs the file beside, renames it over `path` and syncs the folder; removes it when that fails. */
vd_status vd_replace_finish(const char *beside, const char *path);
void vd_replace_abandon(const char *beside);

#endif
