/* live_bench: from an edit to updated states, gap list and headline, on the sample mission area with many bases.
 * SPDX-License-Identifier: Apache-2.0
 *
 * bench_live_bench FOLDER [cell_m [threads [edits [bases]]]], FOLDER as make_area wrote it. */
#include <pthread.h>

#include "bench/sample_plan.h"

typedef struct live {
  vd_arena *arena;
  vd_plan *plan;
  vd_landscape *land;
  vd_study_memory *memory;
  vd_jobs *jobs;
  uint64_t dice;
  char closed[VD_UUID_SIZE]; /* the restriction over the last bridge */
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

/* ---- one kind of edit, many times ---- */

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double processor_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void tell(const char *what, double *ms, int n) {
  qsort(ms, (size_t)n, sizeof *ms, by_value);
  printf("%-34s median %8.1f ms   p95 %8.1f ms   most %8.1f ms   (%d)\n", what, ms[n / 2], ms[(n * 95) / 100],
         ms[n - 1], n);
  fflush(stdout);
}

static vd_study *run(live *l, bool quick) {
  vd_study *study = NULL;
  vd_study_options options = {.quick = quick, .without_losses = true, .memory = l->memory};
  if (vd_study_run(l->plan, l->land, &options, l->jobs, NULL, &study) != VD_OK) die("study");
  return study;
}

/* A base is dragged for some steps of up to 400 m, then the next. */
static void drag(live *l) {
  enum { STEPS = 10 };
  static size_t n_drags;
  const vd_base *base =
      vd_plan_at(l->plan, VD_KIND_BASE, (n_drags++ / STEPS * 13) % vd_plan_count(l->plan, VD_KIND_BASE));
  const double *xy = base->record.geom->xy;
  if (vd_edit_move(l->plan, VD_KIND_BASE, base->record.id, xy[0] + within(l, -0.0025, 0.0025),
                   xy[1] + within(l, -0.0025, 0.0025)) != VD_OK)
    die("move");
}

/* A restriction over a bridge is put and taken away in turn. */
static void bridge(live *l) {
  static size_t n_bridges;
  size_t n = vd_plan_count(l->plan, VD_KIND_ROAD), turn = n_bridges++;
  const vd_road *road = NULL;
  for (size_t i = 0, k = turn / 2 * 17 % n; i < n && !road; i++, k = (k + 1) % n) {
    const vd_road *r = vd_plan_at(l->plan, VD_KIND_ROAD, k);
    if (r->crossing == VD_BRIDGE) road = r;
  }
  vd_edit *edit = NULL;
  if (!road || vd_edit_start(l->plan, "Bridge", &edit) != VD_OK) die("bridge");
  if (turn % 2) {
    if (vd_edit_remove(edit, VD_KIND_RESTRICTION, l->closed) != VD_OK) die("open");
  } else {
    vd_restriction *r = vd_record_new(l->arena, VD_KIND_RESTRICTION);
    r->record.name = "Closed bridge";
    r->record.geom = vd_geom_point(l->arena, road->record.geom->xy[0], road->record.geom->xy[1]);
    r->mode = "land";
    r->road = road->record.id;
    r->effect = VD_EFFECT_BLOCK;
    r->from_s = VD_TIME_MIN, r->to_s = VD_TIME_MAX;
    vd_uuid_of("live", vd_str_printf(l->arena, "bridge %zu", turn), r->record.id);
    snprintf(l->closed, sizeof l->closed, "%s", r->record.id);
    if (vd_edit_put(edit, VD_KIND_RESTRICTION, r) != VD_OK) die("close");
  }
  if (vd_edit_commit(edit) != VD_OK) die("bridge");
}

static void measure(live *l, const char *what, void (*change)(live *l), bool quick, int n) {
  double *ms = VD_NEW_ARRAY(l->arena, double, n), *used = VD_NEW_ARRAY(l->arena, double, n);
  for (int i = -2; i < n; i++) { /* two to warm up */
    change(l);
    double t0 = now_s(), p0 = processor_s();
    vd_study *study = run(l, quick);
    if (i >= 0) ms[i] = (now_s() - t0) * 1e3, used[i] = (processor_s() - p0) * 1e3;
    vd_study_free(study);
  }
  tell(what, ms, n);
  tell("  processor time", used, n);
}

typedef struct canceller {
  atomic_bool cancel;
  double after_s, at_s; /* how long it waits; when it cancelled */
} canceller;

static void *cancel_later(void *context) {
  canceller *c = context;
  struct timespec wait = {0, (long)(c->after_s * 1e9)};
  nanosleep(&wait, NULL);
  c->at_s = now_s();
  atomic_store(&c->cancel, true);
  return NULL;
}

/* A whole study is cancelled at some instant of its first 0.9 s: how long it goes on. */
static void cancel(live *l, int n) {
  double *ms = VD_NEW_ARRAY(l->arena, double, n);
  int cancelled = 0;
  for (int i = 0; i < n; i++) {
    canceller c = {.after_s = within(l, 0, 0.9)};
    vd_progress progress = {.cancel = &c.cancel};
    vd_study *study = NULL;
    pthread_t thread;
    if (pthread_create(&thread, NULL, cancel_later, &c) != 0) die("thread");
    vd_status status = vd_study_run(l->plan, l->land, NULL, l->jobs, &progress, &study);
    double ended_s = now_s();
    pthread_join(thread, NULL);
    if (status == VD_ERR_CANCELLED) ms[cancelled++] = (ended_s - c.at_s) * 1e3;
    vd_study_free(study);
  }
  if (cancelled > 0) tell("cancel a whole study", ms, cancelled);
}

static void scrub(live *l, int n) {
  vd_study *study = run(l, true);
  double *ms = VD_NEW_ARRAY(l->arena, double, n);
  uint8_t *states = VD_NEW_ARRAY(l->arena, uint8_t, vd_grid_n(vd_landscape_grid(l->land)));
  const vd_headline *head = vd_study_headline(study);
  for (int i = 0; i < n; i++) {
    double t0 = now_s();
    vd_study_states_at(study, head->from_s + (int64_t)within(l, 0, (double)(head->to_s - head->from_s)),
                       states);
    ms[i] = (now_s() - t0) * 1e3;
  }
  tell("scrub time", ms, n);
  vd_study_free(study);
}

static void all_on(live *l, double cell_m, int n) {
  double t0 = now_s();
  if (vd_landscape_build(l->plan, cell_m, l->jobs, NULL, &l->land) != VD_OK) die("landscape");
  const vd_grid *grid = vd_landscape_grid(l->land);
  printf("%d x %d cells of %g m, landscape %.2f s\n", (int)grid->nx, (int)grid->ny, grid->cell_m,
         now_s() - t0);
  l->memory = vd_study_memory_new(l->land, (size_t)4 << 30);
  t0 = now_s();
  vd_study *study = run(l, true);
  size_t n_cells, n_gaps, n_responders;
  vd_study_cells(study, &n_cells);
  vd_study_gaps(study, &n_gaps);
  vd_study_responders(study, &n_responders);
  printf("first study %.1f ms: %zu cells under threat, %zu responders, %zu gaps\n", (now_s() - t0) * 1e3,
         n_cells, n_responders, n_gaps);
  vd_study_free(study);
  measure(l, "drag a base", drag, true, n);
  measure(l, "close or open a bridge", bridge, true, n);
  scrub(l, n);
  cancel(l, n < 20 ? n : 20);
  vd_study_memory_free(l->memory);
  vd_landscape_free(l->land);
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
  live l = {.arena = arena, .plan = plan, .jobs = jobs, .dice = 1};
  add_bases(&l, argc > 5 ? (size_t)atoi(argv[5]) : 60);
  all_on(&l, argc > 2 ? atof(argv[2]) : 0, argc > 4 ? atoi(argv[4]) : 100);
  return 0;
}
