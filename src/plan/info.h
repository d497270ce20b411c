/* info: the fields of what a plan says of itself, and grids, compared and told.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_PLAN_INFO_H
#define VEDETTE_SRC_PLAN_INFO_H

#include "vedette/plan/plan.h"

/* The two ends of the window are one field. */
typedef struct vd_info_field {
  const char *name, *label; /* label N_() marked */
  bool (*same)(const vd_plan_info *a, const vd_plan_info *b);
  const char *(*text)(vd_arena *arena, const vd_plan_info *info); /* NULL: empty */
  void (*take)(vd_plan_info *to, const vd_plan_info *from);       /* borrows */
} vd_info_field;
extern const vd_info_field vd_info_fields[];
extern const int vd_n_info_fields;

/* Same place, values, coordinate system and source; NULL equals NULL. */
bool vd_raster_same(const vd_raster *a, const vd_raster *b);
/* "grid of 400 x 300, SRTM"; NULL for none. */
const char *vd_raster_text(vd_arena *arena, const vd_raster *raster);

#endif
