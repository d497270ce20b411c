/* zonal: sums of a layer over connected cells, near the speed of the memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order of additions is fixed by the grid alone: along a run of one component in a row four partial sums, which are
 * joined at its end; runs in order within a block of rows; blocks in order. So the result is the same on any number of
 * threads. */
#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/core/gap.h"

enum { BLOCK_ROWS = 64, LANES = 4, STRIDE = 16 };

typedef struct part {
  int32_t component;
  double sum;
} part;

typedef struct parts {
  part *items;
  size_t n, capacity;
} parts;

typedef struct bench {
  vd_arena *arena;
  double *sums;     /* per component */
  int32_t *met;     /* per component: the last block that met it, counted from 1 */
  int32_t *touched; /* components met in the block */
} bench;

typedef struct zonal {
  const vd_components *components;
  const float *values;
  bench *benches;
  parts *blocks;
} zonal;

static void bench_cleanup(zonal *z) {
  for (bench *b = z->benches; b && b->arena; b++) vd_arena_free(b->arena);
}

static int32_t run_end(const int32_t *label, int32_t from, int32_t end) {
  int32_t to = from + 1;
  for (; to + STRIDE <= end; to += STRIDE) {
    int32_t differ = 0;
    for (int k = 0; k < STRIDE; k++) differ |= label[to + k] ^ label[from];
    if (differ) break;
  }
  while (to < end && label[to] == label[from]) to++;
  return to;
}

static double known(float value) {
  return isnan(value) ? 0 : (double)value;
}

static double run_sum(const float *values, int32_t n) {
  double lanes[LANES] = {0};
  int32_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int k = 0; k < LANES; k++) lanes[k] += known(values[i + k]);
  for (; i < n; i++) lanes[0] += known(values[i]);
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

static vd_status sum_block(void *context, int64_t item, int worker) {
  zonal *z = context;
  bench *b = &z->benches[worker];
  parts *out = &z->blocks[item];
  const vd_grid *g = &z->components->grid;
  int32_t row = (int32_t)item * BLOCK_ROWS, last = row + BLOCK_ROWS < g->ny ? row + BLOCK_ROWS : g->ny, n = 0;
  for (; row < last; row++) {
    const int32_t *label = z->components->label + (int64_t)row * g->nx;
    const float *values = z->values + (int64_t)row * g->nx;
    for (int32_t from = 0, to; from < g->nx; from = to) {
      to = run_end(label, from, g->nx);
      if (label[from] < 0) continue;
      double *sum = &b->sums[label[from]];
      if (b->met[label[from]] != item + 1) {
        b->met[label[from]] = (int32_t)item + 1;
        b->touched[n++] = label[from];
        *sum = 0;
      }
      *sum += run_sum(values + from, to - from);
    }
  }
  for (int32_t i = 0; i < n; i++)
    *VD_PUSH(b->arena, out->items, out->n, out->capacity) = (part){b->touched[i], b->sums[b->touched[i]]};
  return VD_OK;
}

static vd_status no_memory(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the gaps; choose a larger cell."));
}

static bool bench_new(bench *b, size_t n) {
  b->arena = vd_arena_new();
  b->sums = vd_arena_try_alloc(b->arena, n, sizeof *b->sums);
  b->touched = vd_arena_try_alloc(b->arena, n, sizeof *b->touched);
  b->met = vd_arena_try_alloc(b->arena, n, sizeof *b->met);
  return b->sums && b->touched && b->met;
}

vd_status vd_components_sum_floats(vd_arena *arena, vd_jobs *jobs, const vd_components *components,
                                   const float *values, double **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int64_t n_blocks = (components->grid.ny + BLOCK_ROWS - 1) / BLOCK_ROWS;
  VD_CLEANUP(bench_cleanup)
  zonal z = {components, values, VD_NEW_ARRAY(scratch, bench, vd_jobs_threads(jobs) + 1),
             VD_NEW_ARRAY(scratch, parts, n_blocks)};
  for (int i = 0; i < vd_jobs_threads(jobs); i++)
    if (!bench_new(&z.benches[i], components->n)) return no_memory();
  *out = vd_arena_try_alloc(arena, components->n + 1, sizeof **out);
  if (!*out) return no_memory();
  VD_TRY(vd_jobs_run(jobs, n_blocks, sum_block, &z));
  for (int64_t block = 0; block < n_blocks; block++)
    for (size_t i = 0; i < z.blocks[block].n; i++)
      (*out)[z.blocks[block].items[i].component] += z.blocks[block].items[i].sum;
  return VD_OK;
}
