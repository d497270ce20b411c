/* friction: from files to least costs.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/friction.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct job {
  const vd_friction_request *request;
  vd_jobs *jobs;
  vd_friction_input *in;
} job;

/* Everything that a header tells is checked before anything is read. */
static vd_status check_header(job *j) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const char *path = j->request->friction;
  vd_raster_info info;
  double dx_m, dy_m;
  VD_TRY(vd_raster_probe(scratch, path, &info));
  vd_status sides = vd_raster_cell_sides(info.geotransform, info.crs_wkt, &dx_m, &dy_m);
  if (sides != VD_OK) return vd_fail_prefix(sides, "%s", vd_path_base(path));
  j->in->friction = (vd_friction){.nx = info.width, .ny = info.height, .dx = dx_m, .dy = dy_m};
  if (j->request->meaning == VD_MEANS_COST) j->in->friction.dx = 1, j->in->friction.dy = dy_m / dx_m;
  double cells = (double)info.width * info.height;
  double bytes = cells * (j->request->allocate ? 12 : 8);
  double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
  if (memory > 0 && bytes > 0.9 * memory)
    return vd_fail(
        VD_ERR_LIMIT,
        _("%s: %d x %d cells need %.1f GB of memory, and this machine has %.1f. Cut it (gdal_translate "
          "-projwin) or choose a larger cell (gdalwarp -tr)."),
        vd_path_base(path), info.width, info.height, bytes / 1e9, memory / 1e9);
  return VD_OK;
}

typedef struct preparing {
  job *j;
  vd_friction_counts *parts; /* one an item, joined in order */
} preparing;
enum { CELLS_AN_ITEM = 1 << 18 };

static vd_status prepare_part(void *context, int64_t item, int worker) {
  const preparing *p = context;
  const vd_geo_raster *raster = p->j->in->raster;
  int64_t n = (int64_t)raster->width * raster->height, first = item * CELLS_AN_ITEM;
  int64_t end = first + CELLS_AN_ITEM < n ? first + CELLS_AN_ITEM : n;
  (void)worker;
  p->parts[item] = (vd_friction_counts){.first_bad = -1};
  vd_friction_prepare(raster->values + first, (size_t)(end - first),
                      p->j->request->meaning == VD_MEANS_KMH ? VD_FRICTION_KMH : VD_FRICTION_COST, first,
                      &p->parts[item]);
  return VD_OK;
}

static vd_status prepare(job *j) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int64_t n = (int64_t)j->in->raster->width * j->in->raster->height,
          items = (n + CELLS_AN_ITEM - 1) / CELLS_AN_ITEM;
  preparing p = {j, VD_NEW_ARRAY(scratch, vd_friction_counts, items)};
  VD_TRY(vd_jobs_run(j->jobs, items, prepare_part, &p));
  j->in->counts = (vd_friction_counts){.first_bad = -1};
  for (int64_t i = 0; i < items; i++) {
    j->in->counts.missing += p.parts[i].missing;
    j->in->counts.zero += p.parts[i].zero;
    j->in->counts.negative += p.parts[i].negative;
    j->in->counts.too_large += p.parts[i].too_large;
    if (j->in->counts.first_bad < 0) j->in->counts.first_bad = p.parts[i].first_bad;
  }
  j->in->friction.values = j->in->raster->values;
  return VD_OK;
}

/* A cost of nothing or less makes any way free or pays for it: surely a mistake, which is not guessed around. */
static vd_status check_values(const job *j) {
  const vd_friction_counts *c = &j->in->counts;
  const char *name = vd_path_base(j->request->friction);
  int64_t n = (int64_t)j->in->raster->width * j->in->raster->height, bad = c->first_bad;
  int64_t n_bad = c->negative + (j->request->meaning == VD_MEANS_KMH ? 0 : c->zero);
  if (n_bad)
    return vd_fail(
        VD_ERR_INPUT,
        _("%s: friction has to be above 0; cells where it is not: %lld, the first in column %d, row %d. "
          "Where nothing passes it should be unknown (nodata)."),
        name, (long long)n_bad, (int)(bad % j->in->raster->width), (int)(bad / j->in->raster->width));
  if (c->missing + c->zero + c->too_large == n)
    return vd_fail(VD_ERR_INPUT, _("%s: all cells are impassable."), name);
  return VD_OK;
}

vd_status vd_friction_read(vd_arena *arena, const vd_friction_request *request, vd_jobs *jobs,
                           const vd_progress *progress, vd_friction_input *out) {
  job j = {request, jobs, out};
  *out = (vd_friction_input){0};
  VD_TRY(check_header(&j));
  VD_TRY(vd_raster_read(arena, request->friction, NULL, progress, &out->raster));
  VD_TRY(prepare(&j));
  VD_TRY(check_values(&j));
  return vd_friction_read_sources(arena, request, out->raster, progress, &out->sources);
}

static void sum_up(const vd_friction_input *in, vd_friction_reach *out) {
  int64_t n = (int64_t)in->raster->width * in->raster->height, reached = 0;
  float most = 0;
  for (int64_t i = 0; i < n; i++) {
    float cost = out->field.cost[i] < INFINITY ? out->field.cost[i] : -1;
    reached += cost >= 0;
    most = cost > most ? cost : most;
  }
  out->n_reached = reached;
  out->farthest = (double)most;
  out->n_passable = n - in->counts.missing - in->counts.zero - in->counts.too_large;
}

vd_status vd_friction_run(vd_arena *arena, const vd_friction_request *request, const vd_friction_input *input,
                          vd_jobs *jobs, const vd_progress *progress, vd_friction_reach *out) {
  const vd_friction_sources *sources = &input->sources;
  int64_t n = (int64_t)input->raster->width * input->raster->height;
  VD_TRY(vd_friction_solve(arena, &input->friction, sources->items, sources->n, (float)request->most,
                           request->allocate, jobs, progress, &out->field));
  float *from = out->field.from;
  for (int64_t i = 0; from && i < n; i++)
    if (from[i] < INFINITY) from[i] = (float)sources->number[(size_t)from[i]];
  sum_up(input, out);
  return VD_OK;
}
