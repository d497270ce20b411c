/* box_tree: which of many boxes a box may touch, without looking at all of them; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A packed R-tree: the boxes in the order of a Z-curve through their centres, sixteen to a group, sixteen groups to a
 * group, and so on. It does not change once made. */
#ifndef VEDETTE_CORE_BOX_TREE_H
#define VEDETTE_CORE_BOX_TREE_H

#include "vedette/base/geom.h"
#include "vedette/base/status.h"

enum { BOX_GROUP = 16, BOX_LEVELS = 9 };

typedef struct box_tree {
  int32_t n;      /* boxes that are not empty */
  int32_t *items; /* their numbers along the curve */
  vd_box *groups; /* of all levels, the lowest first */
  int32_t level_start[BOX_LEVELS + 1];
  int32_t n_levels;
} box_tree;

/* The box of an item, from the owner's own arrays. */
typedef vd_box box_of(const void *context, int32_t item);

/* Of items 0..n-1, those with an empty box left out. VD_ERR_MEMORY. With `in_order` items of neighbouring numbers are near
 * each other anyway and are grouped as they come. */
vd_status box_tree_new(vd_arena *arena, int32_t n, box_of *of, const void *context, bool in_order,
                       box_tree *out);
/* Every item whose box touches `box`, ascending, and few others: those of the same groups. In the arena. */
int32_t *box_tree_near(vd_arena *arena, const box_tree *tree, vd_box box, size_t *n);

#endif
