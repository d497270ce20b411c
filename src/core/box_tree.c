/* box_tree: building and asking the packed R-tree.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/box_tree.h"

#include <math.h>
#include <stdlib.h>

#include "core/key_sort.h"
#include "vedette/base/i18n.h"

/* ---- the order ---- */

/* The bits of a number below 2^16 with a nought between each two. */
static uint32_t spread(uint32_t v) {
  v = (v | v << 8) & 0x00ff00ff;
  v = (v | v << 4) & 0x0f0f0f0f;
  v = (v | v << 2) & 0x33333333;
  return (v | v << 1) & 0x55555555;
}

/* Where a value lies between low and high, in 2^16 steps. */
static uint32_t step_of(double value, double low, double high) {
  double part = high > low ? (value - low) / (high - low) * 65535 : 0;
  return (uint32_t)fmin(fmax(part, 0), 65535);
}

static uint32_t curve_key(vd_box box, vd_box all) {
  uint32_t x = step_of(box.min_x / 2 + box.max_x / 2, all.min_x, all.max_x),
           y = step_of(box.min_y / 2 + box.max_y / 2, all.min_y, all.max_y);
  return spread(x) | spread(y) << 1;
}

/* ---- building ---- */

static vd_status no_room(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the roads; choose a smaller area."));
}

static void measure_levels(box_tree *tree) {
  int32_t n = (tree->n + BOX_GROUP - 1) / BOX_GROUP;
  tree->n_levels = 0;
  tree->level_start[0] = 0;
  while (n > 0) {
    tree->level_start[tree->n_levels + 1] = tree->level_start[tree->n_levels] + n;
    tree->n_levels++;
    n = n > 1 ? (n + BOX_GROUP - 1) / BOX_GROUP : 0;
  }
}

/* Boxes that are not empty. */
static inline vd_box join(vd_box a, vd_box b) {
  return (vd_box){a.min_x < b.min_x ? a.min_x : b.min_x, a.min_y < b.min_y ? a.min_y : b.min_y,
                  a.max_x > b.max_x ? a.max_x : b.max_x, a.max_y > b.max_y ? a.max_y : b.max_y};
}

static void group_boxes(box_tree *tree, box_of *of, const void *context) {
  for (int32_t i = 0; i < tree->n; i++) {
    vd_box *group = &tree->groups[i / BOX_GROUP], own = of(context, tree->items[i]);
    *group = i % BOX_GROUP ? join(*group, own) : own;
  }
  for (int32_t level = 1; level < tree->n_levels; level++) {
    int32_t from = tree->level_start[level - 1], n = tree->level_start[level] - from;
    for (int32_t i = 0; i < n; i++) {
      vd_box *group = &tree->groups[tree->level_start[level] + i / BOX_GROUP], own = tree->groups[from + i];
      *group = i % BOX_GROUP ? join(*group, own) : own;
    }
  }
}

/* The items whose box is not empty, in the order of the curve. */
static vd_status order_items(box_tree *tree, int32_t n, box_of *of, const void *context) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_box all = vd_box_empty(), *boxes = vd_arena_try_alloc(scratch, (size_t)n, sizeof *boxes);
  keyed *items = vd_arena_try_alloc(scratch, (size_t)n, sizeof *items),
        *other = vd_arena_try_alloc(scratch, (size_t)n, sizeof *other);
  if (!boxes || !items || !other) return no_room();
  for (int32_t i = 0; i < n; i++) {
    boxes[i] = of(context, i);
    all = join(all, boxes[i]);
  }
  for (int32_t i = 0; i < n; i++)
    if (!vd_box_is_empty(boxes[i])) items[tree->n++] = (keyed){curve_key(boxes[i], all), i};
  key_sort(items, other, (size_t)tree->n);
  for (int32_t i = 0; i < tree->n; i++) tree->items[i] = items[i].item;
  return VD_OK;
}

vd_status box_tree_new(vd_arena *arena, int32_t n, box_of *of, const void *context, bool in_order,
                       box_tree *out) {
  *out = (box_tree){.items = vd_arena_try_alloc(arena, (size_t)n, sizeof *out->items)};
  if (!out->items) return no_room();
  if (!in_order) VD_TRY(order_items(out, n, of, context));
  for (int32_t i = 0; in_order && i < n; i++)
    if (!vd_box_is_empty(of(context, i))) out->items[out->n++] = i;
  measure_levels(out);
  out->groups = vd_arena_try_alloc(arena, (size_t)out->level_start[out->n_levels], sizeof *out->groups);
  if (!out->groups) return no_room();
  group_boxes(out, of, context);
  return VD_OK;
}

/* ---- asking ---- */

typedef struct finding {
  vd_arena *arena;
  const box_tree *tree;
  vd_box box;
  int32_t *items;
  size_t n, capacity;
} finding;

static void look_into(finding *f, int32_t level, int32_t group) {
  const box_tree *tree = f->tree;
  if (!vd_box_touches(tree->groups[tree->level_start[level] + group], f->box)) return;
  int32_t below = level ? tree->level_start[level] - tree->level_start[level - 1] : tree->n;
  int32_t from = group * BOX_GROUP, end = below - from < BOX_GROUP ? below : from + BOX_GROUP;
  for (int32_t i = from; i < end; i++) {
    if (level)
      look_into(f, level - 1, i);
    else
      *VD_PUSH(f->arena, f->items, f->n, f->capacity) = tree->items[i];
  }
}

static int by_number(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

int32_t *box_tree_near(vd_arena *arena, const box_tree *tree, vd_box box, size_t *n) {
  finding f = {.arena = arena, .tree = tree, .box = box};
  if (tree->n_levels) look_into(&f, tree->n_levels - 1, 0);
  if (f.n) qsort(f.items, f.n, sizeof *f.items, by_number);
  *n = f.n;
  return f.items;
}
