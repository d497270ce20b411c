/* roads_bench: how long a large road graph takes to read, build, keep, open again and search.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_roads_bench [PLAN.gpkg | ROADS]; a plan with roads, or how many roads to make up (100000). The whole of
 * Moscow to Rome: vedette new mr.gpkg --area FILE.osm.pbf; vedette import mr.gpkg FILE.osm.pbf; then with mr.gpkg, which keeps its network afterwards. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/travel_graph.h"
#include "study/land.h"
#include "vedette/geo/start.h"
#include "vedette/store/plan_file.h"

enum { TIMES = 5, N_BASES = 60, FOUR_HOURS_MS = 4 * 3600 * 1000 };

static uint64_t state = 1;
static double random_unit(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(state >> 11) / 9007199254740992.0;
}

static double ms_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct timer {
  double wall, busy;
} timer;
static timer start_timer(void) {
  return (timer){ms_of(CLOCK_MONOTONIC), ms_of(CLOCK_PROCESS_CPUTIME_ID)};
}
static void tell(const char *what, timer began) {
  printf("%-44s %9.1f ms, processor %9.1f ms\n", what, ms_of(CLOCK_MONOTONIC) - began.wall,
         ms_of(CLOCK_PROCESS_CPUTIME_ID) - began.busy);
}

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vd_last_message());
  exit(1);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* ---- a network to work on ---- */

typedef struct subject {
  vd_landscape *land; /* of a plan */
  const vd_travel_network *net;
} subject;

static vd_landscape *build(const vd_plan *plan, const char *what) {
  vd_landscape *land;
  timer began = start_timer();
  if (vd_landscape_build(plan, 0, NULL, NULL, &land) != VD_OK) die("landscape");
  tell(what, began);
  return land;
}

static void keep(vd_plan_file *file, const vd_landscape *land) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_kept kept;
  timer began = start_timer();
  if (vd_landscape_pack(land, arena, &kept) != VD_OK) die("pack");
  if (!kept.n) return;
  tell("network as bytes", began);
  printf("%.1f MB, %.1f bytes a piece of road\n", (double)kept.n / 1e6,
         (double)kept.n / vd_travel_n_edges(land->network));
  began = start_timer();
  if (vd_plan_file_keep(file, &kept) != VD_OK) die("keep");
  tell("kept in the plan", began);
}

static void tell_reading(const vd_plan *plan, const vd_landscape *land) {
  double found[TIMES], whole[TIMES];
  for (int i = 0; i < TIMES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_kept kept = {.name = "roads", .key = land->network_key};
    vd_travel_network *net;
    double began = ms_of(CLOCK_PROCESS_CPUTIME_ID);
    if (vd_plan_find_kept(plan, arena, &kept) != VD_OK) die("find");
    found[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - began;
    if (vd_travel_network_read(arena, kept.bytes, kept.n, &land->terrain, land->barriers, &net) != VD_OK)
      die("read");
    whole[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - began;
  }
  qsort(found, TIMES, sizeof *found, compare);
  qsort(whole, TIMES, sizeof *whole, compare);
  printf("network opened again: median %.1f ms of processor time (least %.1f), of which the file %.1f ms\n",
         whole[TIMES / 2], whole[0], found[TIMES / 2]);
}

static void open_plan(const char *path, subject *out) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  timer began = start_timer();
  if (vd_plan_file_open(path, VD_OPEN_EDIT, &file) != VD_OK) die(path);
  tell("plan opened", began);
  const vd_plan *plan = vd_plan_file_plan(file);
  VD_CLEANUP(vd_plan_cleanup) vd_plan *bare = vd_plan_copy(plan);
  vd_plan_use_keeper(bare, NULL);
  vd_landscape_free(build(bare, "landscape, its network built"));
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = build(plan, "landscape, its network looked for");
  keep(file, land);
  out->land = build(plan, "landscape, its network kept");
  out->net = out->land->network;
  if (out->land->network_kept) tell_reading(plan, out->land);
}

/* Villages in a net: each road leads from a place to one of the three next to it, with a bend. */
static void make_roads(vd_arena *arena, int32_t n, subject *out) {
  int32_t side = (int32_t)sqrt(n / 2.0) + 2;
  double *at = VD_NEW_ARRAY(arena, double, 2 * side * side);
  for (int32_t i = 0; i < side * side; i++) {
    at[2 * i] = (i % side - side / 2.0 + 0.8 * random_unit()) * 1000;
    at[2 * i + 1] = (i / side - side / 2.0 + 0.8 * random_unit()) * 1000;
  }
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, n);
  for (int32_t i = 0; i < n; i++) {
    int32_t x = (int32_t)(random_unit() * (side - 1)), y = (int32_t)(random_unit() * (side - 1)),
            from = y * side + x, to = from + (int32_t)(random_unit() * 3) % 2 * side + 1 - (i & 1);
    if (to == from) to = from + side;
    double *xy = VD_NEW_ARRAY(arena, double, 6);
    memcpy(xy, at + 2 * from, 2 * sizeof *xy);
    memcpy(xy + 4, at + 2 * to, 2 * sizeof *xy);
    xy[2] = (xy[0] + xy[4]) / 2 + 100 * random_unit();
    xy[3] = (xy[1] + xy[5]) / 2 + 100 * random_unit();
    roads[i] = (vd_travel_road){.xy = xy, .n = 3, .ground = (vd_ground)(i % 3), .time_factor = 1};
  }
  int32_t cells = (int32_t)fmin(side / 4 + 1, 1000);
  double extent = side * 1000.0;
  vd_terrain *terrain = VD_NEW(arena, vd_terrain);
  *terrain = (vd_terrain){.grid = {-extent / 2, extent / 2, extent / cells, cells, cells},
                          .ground = VD_NEW_ARRAY(arena, uint8_t, cells * cells)};
  vd_travel_setup setup = {.terrain = terrain, .roads = roads, .n_roads = (size_t)n};
  vd_travel_network *net;
  timer began = start_timer();
  if (vd_travel_network_new(arena, &setup, &net) != VD_OK) die("network");
  tell("network built", began);
  out->net = net;
}

/* ---- what is measured ---- */

static void tell_zones(const vd_travel_network *net, const vd_travel_source *at) {
  enum { ZONES = 1000 };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  timer began = start_timer();
  size_t edges = 0;
  for (int i = 0; i < ZONES; i++) {
    const vd_travel_source *s = &at[i % N_BASES];
    edges += vd_travel_zone_circle(arena, net, s->x_m + 10 * i, s->y_m, 500)->n_edges;
  }
  char what[80];
  snprintf(what, sizeof what, "%d zones, %zu pieces of road", (int)ZONES, edges);
  tell(what, began);
}

/* Bases stand on roads, as bases do. */
static void choose_bases(const vd_travel_network *net, vd_travel_source *bases) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_grid *g = vd_travel_network_grid(net);
  for (int i = 0; i < N_BASES;) {
    vd_travel_source at = {g->x0_m + random_unit() * g->nx * g->cell_m,
                           g->y0_m - random_unit() * g->ny * g->cell_m, 0};
    if (vd_travel_zone_circle(arena, net, at.x_m, at.y_m, g->cell_m / 2)->n_edges) bases[i++] = at;
  }
}

/* ---- a plain Dijkstra over the roads as they are drawn, to compare with ---- */

typedef struct plain {
  int64_t *x, *y; /* in centimetres, by slot of the table */
  int32_t *used;  /* 0 free */
  uint32_t *ms;
  int32_t *first; /* arc, -1 none */
  size_t mask;
  int32_t *arc_to, *arc_next;
  uint32_t *arc_ms;
  size_t n_arcs;
} plain;

static size_t slot_of(plain *p, double x_m, double y_m) {
  int64_t x = llround(x_m * 100), y = llround(y_m * 100);
  size_t at = (size_t)((uint64_t)x * 0x9E3779B97F4A7C15u ^ (uint64_t)y * 0xC2B2AE3D27D4EB4Fu) >> 20 & p->mask;
  while (p->used[at] && (p->x[at] != x || p->y[at] != y)) at = (at + 1) & p->mask;
  if (!p->used[at]) p->first[at] = -1, p->ms[at] = VD_UNREACHED;
  p->used[at] = 1, p->x[at] = x, p->y[at] = y;
  return at;
}

static void add_arc(plain *p, size_t from, size_t to, uint32_t ms) {
  p->arc_to[p->n_arcs] = (int32_t)to;
  p->arc_ms[p->n_arcs] = ms;
  p->arc_next[p->n_arcs] = p->first[from];
  p->first[from] = (int32_t)p->n_arcs++;
}

static void add_road(plain *p, const vd_travel_network *net, int32_t index, const vd_profile *profile) {
  const road *r = &net->roads[index];
  int32_t n;
  const double *xy = vd_travel_road_line(net, index, &n);
  double along_m = 0, pace = profile->ms_per_m[r->ground] * r->time_factor, before_ms = 0;
  for (int32_t i = 1; i < n; i++) {
    along_m += vd_plane_distance_m(xy[2 * i - 2], xy[2 * i - 1], xy[2 * i], xy[2 * i + 1]);
    double ms = floor(along_m * pace + 0.5);
    size_t from = slot_of(p, xy[2 * i - 2], xy[2 * i - 1]), to = slot_of(p, xy[2 * i], xy[2 * i + 1]);
    if (r->oneway >= 0) add_arc(p, from, to, (uint32_t)(ms - before_ms));
    if (r->oneway <= 0) add_arc(p, to, from, (uint32_t)(ms - before_ms));
    before_ms = ms;
  }
}

static plain *make_plain(vd_arena *arena, const vd_travel_network *net, const vd_profile *profile) {
  plain *p = VD_NEW(arena, plain);
  size_t points = 0, size = 16;
  for (int32_t i = 0; i < net->n_roads; i++) points += (size_t)net->roads[i].n;
  while (size < 2 * points) size *= 2;
  p->mask = size - 1;
  p->x = VD_NEW_ARRAY(arena, int64_t, size), p->y = VD_NEW_ARRAY(arena, int64_t, size);
  p->used = VD_NEW_ARRAY(arena, int32_t, size), p->first = VD_NEW_ARRAY(arena, int32_t, size);
  p->ms = VD_NEW_ARRAY(arena, uint32_t, size);
  p->arc_to = VD_NEW_ARRAY(arena, int32_t, 2 * points),
  p->arc_next = VD_NEW_ARRAY(arena, int32_t, 2 * points);
  p->arc_ms = VD_NEW_ARRAY(arena, uint32_t, 2 * points);
  for (int32_t i = 0; i < net->n_roads; i++) add_road(p, net, i, profile);
  return p;
}

/* A binary heap of (time, vertex), the least first. */
typedef struct heap {
  uint64_t *items;
  size_t n, capacity;
} heap;

static void heap_put(vd_arena *arena, heap *h, uint32_t ms, size_t at) {
  *VD_PUSH(arena, h->items, h->n, h->capacity) = (uint64_t)ms << 32 | at;
  for (size_t i = h->n - 1; i && h->items[i] < h->items[(i - 1) / 2]; i = (i - 1) / 2) {
    uint64_t swap = h->items[i];
    h->items[i] = h->items[(i - 1) / 2];
    h->items[(i - 1) / 2] = swap;
  }
}

static uint64_t heap_take(heap *h) {
  uint64_t least = h->items[0], last = h->items[--h->n];
  size_t i = 0;
  for (size_t child; (child = 2 * i + 1) < h->n; i = child) {
    if (child + 1 < h->n && h->items[child + 1] < h->items[child]) child++;
    if (h->items[child] >= last) break;
    h->items[i] = h->items[child];
  }
  h->items[i] = last;
  return least;
}

static void run_plain(vd_arena *arena, plain *p, heap *h, uint32_t cutoff_ms) {
  while (h->n) {
    uint64_t item = heap_take(h);
    size_t at = item & UINT32_MAX;
    if (p->ms[at] != item >> 32) continue;
    for (int32_t k = p->first[at]; k >= 0; k = p->arc_next[k]) {
      uint32_t ms = vd_ms_add(p->ms[at], p->arc_ms[k]);
      if (ms > cutoff_ms || ms >= p->ms[p->arc_to[k]]) continue;
      p->ms[p->arc_to[k]] = ms;
      heap_put(arena, h, ms, (size_t)p->arc_to[k]);
    }
  }
}

/* How a base joins the roads around it is the network's own matter: the plain search starts with the times there. */
static void compare_with_plain(const vd_travel_costs *costs, const vd_travel_source *base,
                               const vd_travel_reached *got, uint32_t cutoff_ms) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_travel_network *net = costs->net;
  plain *p = make_plain(arena, net, &costs->profile);
  heap h = {0};
  double near_m = 1.5 * net->terrain.grid.cell_m;
  size_t equal = 0, different = 0, reached = 0;
  for (size_t i = 0; i < got->n; i++) {
    const node *n = &net->nodes[got->nodes[i]];
    if (n->cell != VD_NO_CELL || fabs(n->x - base->x_m) > near_m || fabs(n->y - base->y_m) > near_m) continue;
    size_t at = slot_of(p, n->x, n->y);
    p->ms[at] = got->ms[i];
    heap_put(arena, &h, got->ms[i], at);
  }
  run_plain(arena, p, &h, cutoff_ms);
  for (size_t i = 0; i < got->n; i++) {
    const node *n = &net->nodes[got->nodes[i]];
    if (n->cell != VD_NO_CELL) continue; /* between vertices */
    bool same = p->ms[slot_of(p, n->x, n->y)] == got->ms[i];
    equal += same, different += !same;
  }
  for (int32_t i = 0; i < net->n_nodes; i++)
    if (net->nodes[i].cell == VD_NO_CELL)
      reached += p->ms[slot_of(p, net->nodes[i].x, net->nodes[i].y)] <= cutoff_ms;
  printf("against a plain Dijkstra over the roads as drawn: %zu nodes equal, %zu different, %zu reached by "
         "one alone\n",
         equal, different, reached - equal - different);
  if (different || reached != equal) exit(1);
}

static void tell_searches(vd_arena *arena, const vd_travel_network *net, const vd_travel_source *bases) {
  vd_speed_rules rules = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_COUNT; g++) rules.kmh[g] = g < VD_GROUND_BARE ? 80 - 10 * g : 0;
  vd_profile profile = vd_profile_resolve(VD_CAR_4X4, &rules, &rules, VD_DRY, VD_DAY, 900000, 3600000);
  for (int g = 0; g < VD_GROUND_COUNT; g++) profile.walk_ms_per_m[g] = 720;
  vd_travel_costs *costs;
  vd_travel_lanes *lanes;
  timer began = start_timer();
  if (vd_travel_costs_new(arena, net, &profile, NULL, 0, &costs) != VD_OK) die("costs");
  tell("costs of a vehicle", began);
  began = start_timer();
  if (vd_travel_lanes_new(arena, costs, &lanes) != VD_OK) die("lanes");
  tell("lanes", began);
  double took[N_BASES], most = 0, reached = 0;
  for (int i = 0; i < N_BASES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *own = vd_arena_new();
    vd_travel_reached one;
    double at = ms_of(CLOCK_PROCESS_CPUTIME_ID);
    if (vd_travel_by_road(own, costs, lanes, &bases[i], 1, FOUR_HOURS_MS, NULL, NULL, &one) != VD_OK)
      die("search");
    took[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - at;
    most = fmax(most, took[i]);
    reached += (double)one.n / N_BASES;
  }
  qsort(took, N_BASES, sizeof *took, compare);
  printf("four hours by road from one base: median %.1f ms, most %.1f ms of processor time; %.0f nodes on "
         "average\n",
         took[N_BASES / 2], most, reached);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(2);
  vd_travel_reached all[N_BASES];
  began = start_timer();
  if (vd_travel_by_road(arena, costs, lanes, bases, N_BASES, FOUR_HOURS_MS, jobs, NULL, all) != VD_OK)
    die("search");
  tell("four hours by road from 60 bases, two threads", began);
  began = start_timer();
  if (vd_travel_by_road(arena, costs, lanes, bases, 1, VD_UNREACHED - 1, NULL, NULL, all) != VD_OK)
    die("search");
  tell("without a limit from one base", began);
  compare_with_plain(costs, &bases[0], &all[0], VD_UNREACHED - 1);
  printf("%zu nodes reached\n", all[0].n);
}

int main(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  subject s = {0};
  int32_t n = argc > 1 ? atoi(argv[1]) : 100000;
  if (argc > 1 && strchr(argv[1], '.')) {
    if (vd_geo_start() != VD_OK) die("start");
    open_plan(argv[1], &s);
  } else if (n >= 10 && n <= 2000000) {
    make_roads(arena, n, &s);
  } else {
    return 2;
  }
  printf("%d nodes, %d pieces of road\n", (int)vd_travel_n_nodes(s.net), (int)vd_travel_n_edges(s.net));
  vd_travel_source bases[N_BASES];
  choose_bases(s.net, bases);
  tell_zones(s.net, bases);
  tell_searches(arena, s.net, bases);
  vd_landscape_free(s.land);
  return 0;
}
