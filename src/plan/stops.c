/* stops: the stops of a plan in order of patrol and sequence.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/stops.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
  const vd_stop *x = *(const vd_stop *const *)a, *y = *(const vd_stop *const *)b;
  int by_patrol = strcmp(x->patrol, y->patrol);
  if (by_patrol != 0) return by_patrol;
  if (x->sequence != y->sequence) return x->sequence < y->sequence ? -1 : 1;
  return strcmp(x->record.id, y->record.id);
}

vd_stop_list vd_plan_stops(const vd_plan *plan, vd_arena *arena) {
  vd_stop_list list = {VD_NEW_ARRAY(arena, const vd_stop *, vd_plan_count(plan, VD_KIND_STOP) + 1), 0};
  VD_EACH(plan, VD_KIND_STOP, vd_stop, stop) {
    if (stop->patrol && !vd_geom_empty(stop->record.geom)) list.items[list.n++] = stop;
  }
  if (list.n > 1) qsort(list.items, list.n, sizeof *list.items, compare);
  return list;
}

vd_stop_list vd_stops_of(vd_stop_list all, const char *patrol) {
  size_t low = 0, high = all.n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(all.items[middle]->patrol, patrol) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  size_t end = low;
  while (end < all.n && strcmp(all.items[end]->patrol, patrol) == 0) end++;
  return (vd_stop_list){all.items + low, end - low};
}
