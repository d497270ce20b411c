/* live_bench: from an edit to updated states, gap list and headline, on the sample mission area with many bases.
 * SPDX-License-Identifier: Apache-2.0
 *
 * bench_live_bench FOLDER [cell_m [threads [edits [bases]]]], FOLDER as make_area wrote it. */
#include "bench/sample_plan.h"

typedef struct live {
  vd_arena *arena;
  vd_plan *plan;
  vd_landscape *land;
  vd_jobs *jobs;
  uint64_t dice;
} live;

static uint64_t next(live *l) { /* splitmix64 */
  uint64_t z = (l->dice += 0x9e3779b97f4a7c15u);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}
static double within(live *l, double from, double to) {
  return from + (to - from) * ((double)(next(l) >> 11) * 0x1p-53);
}

/* More bases like the first, at settlements, until there are `n`. */
static void add_bases(live *l, size_t n) {
  const vd_base *like = vd_plan_at(l->plan, VD_KIND_BASE, 0);
  vd_edit *edit;
  if (vd_edit_start(l->plan, "Bases", &edit) != VD_OK) die("bases");
  for (size_t i = vd_plan_count(l->plan, VD_KIND_BASE); i < n; i++) {
    vd_base base = *like;
    const vd_record *at =
        vd_plan_at(l->plan, VD_KIND_SETTLEMENT, (i * 37) % vd_plan_count(l->plan, VD_KIND_SETTLEMENT));
    vd_uuid_of("live", vd_str_printf(l->arena, "%zu", i), base.record.id);
    base.record.name = vd_str_printf(l->arena, "Base %zu", i);
    base.record.geom = vd_geom_point(l->arena, at->geom->xy[0] + within(l, -0.02, 0.02),
                                     at->geom->xy[1] + within(l, -0.02, 0.02));
    base.vehicle = VD_CAR_4X4;
    base.has_reaction_force = 1;
    if (vd_edit_put(edit, VD_KIND_BASE, &base) != VD_OK) die("base");
  }
  if (vd_edit_commit(edit) != VD_OK) die("bases");
}

static void stage(void *context, const char *what, int64_t done, int64_t total) {
  (void)done;
  (void)total;
  static const char *last;
  double *since = context, now = now_s();
  if (last == what) return;
  if (last && now - *since > 0.002) fprintf(stderr, "  %7.1f ms %s\n", (now - *since) * 1e3, last);
  last = what;
  *since = now;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s FOLDER [cell_m [threads [edits [bases]]]]\n", argv[0]);
    return 2;
  }
  if (vd_geo_start() != VD_OK) die("start");
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  load_all(plan, arena, argv[1]);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(argc > 3 ? atoi(argv[3]) : 0);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  live l = {.arena = arena, .plan = plan, .jobs = jobs, .dice = 1};
  add_bases(&l, argc > 5 ? (size_t)atoi(argv[5]) : 60);
  double t0 = now_s(), since = t0;
  if (vd_landscape_build(plan, argc > 2 ? atof(argv[2]) : 0, jobs, NULL, &land) != VD_OK) die("landscape");
  const vd_grid *grid = vd_landscape_grid(land);
  printf("%d x %d cells of %g m, landscape %.2f s\n", (int)grid->nx, (int)grid->ny, grid->cell_m,
         now_s() - t0);
  vd_progress progress = {.on_step = stage, .context = &since};
  VD_CLEANUP(vd_study_cleanup) vd_study *study = NULL;
  t0 = since = now_s();
  vd_study_options options = {.without_losses = true};
  if (vd_study_run(plan, land, &options, jobs, &progress, &study) != VD_OK) die("study");
  size_t n_cells, n_gaps, n_responders;
  vd_study_cells(study, &n_cells);
  vd_study_gaps(study, &n_gaps);
  vd_study_responders(study, &n_responders);
  printf("study %.1f ms: %zu cells under threat, %zu responders, %zu gaps\n", (now_s() - t0) * 1e3, n_cells,
         n_responders, n_gaps);
  return 0;
}
