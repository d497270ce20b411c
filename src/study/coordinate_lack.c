/* coordinate_lack: when nobody is present in the cells that spare visits may come near.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate_spare.h"
#include "vedette/base/i18n.h"

enum { WIDE = 8 }; /* cells; about a visit that is seen farther every cell is looked at */

static void want_near(vd_spare_search *f, int32_t t, double radius_m) {
  const vd_study *study = f->c->study;
  const vd_grid *grid = vd_landscape_grid(study->land);
  int32_t column = study->cells[t].cell % grid->nx, row = study->cells[t].cell / grid->nx,
          reach = (int32_t)fmin(1.5 * radius_m / grid->cell_m, 1e6);
  for (int32_t dy = -reach; dy <= reach; dy++) {
    for (int32_t dx = -reach; dx <= reach; dx++) {
      int32_t cell = vd_grid_cell_of(grid, column + dx, row + dy);
      if (cell >= 0 && study->index_of[cell] >= 0) f->wanted[study->index_of[cell]] = 1;
    }
  }
}

void vd_spare_want_cells(vd_spare_search *f) {
  const vd_study *study = f->c->study;
  f->wanted = VD_NEW_ARRAY(f->c->scratch, uint8_t, study->n_cells + 1);
  f->cells = VD_NEW_ARRAY(f->c->scratch, int32_t, study->n_cells + 1);
  double *radius =
      VD_NEW_ARRAY(f->c->scratch, double, study->n_cells + 1); /* largest of a visit that can come */
  for (size_t i = 0; i < f->n; i++) {
    const uint8_t *mask = study->fields[f->spares[i]->field].mask;
    double influence = study->model->beats[f->spares[i]->beat].influence_m;
    for (size_t t = 0; t < study->n_cells; t++)
      if (mask[t]) radius[t] = fmax(radius[t], influence + 1);
  }
  double cell_m = vd_landscape_grid(study->land)->cell_m;
  for (size_t t = 0; t < study->n_cells; t++) {
    if (!(radius[t] > 0)) continue;
    if (1.5 * radius[t] > WIDE * cell_m) {
      memset(f->wanted, 1, study->n_cells);
      break;
    }
    want_near(f, (int32_t)t, radius[t] - 1);
  }
  for (size_t t = 0; t < study->n_cells; t++)
    if (f->wanted[t]) f->cells[f->n_cells++] = (int32_t)t;
}

typedef struct lack_chunk {
  vd_spare_search *f;
  vd_arena *arena;
} lack_chunk;

void vd_add_lacks(vd_arena *arena, vd_lacks *to, const vd_slice *slices, size_t n) {
  for (size_t k = 0; k < n; k++) {
    if (slices[k].priority < 0 || slices[k].present) continue;
    vd_lack *last = to->n ? &to->items[to->n - 1] : NULL;
    if (last && last->to_s == slices[k].from_s && last->priority == slices[k].priority)
      last->to_s = slices[k].to_s;
    else
      *VD_PUSH(arena, to->items, to->n, to->capacity) =
          (vd_lack){slices[k].from_s, slices[k].to_s, slices[k].priority};
  }
}

static void lacks_of_cell(void *context, size_t i, const vd_timeline *line) {
  const lack_chunk *chunk = context;
  const vd_study *study = chunk->f->c->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t t = chunk->f->cells[i];
  size_t n_nears, n;
  const vd_near *nears = vd_cell_nears(study, scratch, (size_t)t, &n_nears);
  const vd_slice *slices = vd_timeline_slices(study, scratch, line, VD_LIFT_NONE, nears, n_nears, &n);
  vd_add_lacks(chunk->arena, &chunk->f->lacks[t], slices, n);
}

vd_status vd_spare_find_lacks(void *context, int64_t item, int worker) {
  (void)worker;
  vd_spare_search *f = context;
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  f->arenas[item] = vd_arena_new();
  lack_chunk chunk = {f, f->arenas[item]};
  size_t first = (size_t)item * VD_CHUNK, left = f->n_cells - first;
  vd_each_timeline(f->c->study, &as_it_is, f->cells, first, left < VD_CHUNK ? first + left : first + VD_CHUNK,
                   lacks_of_cell, &chunk);
  return vd_progress_step(f->c->progress, _("Where nobody is present"), item, vd_chunks(f->n_cells));
}
