/* story: places, times and ids that the records of the sample area share.
 * SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

#include <math.h>

int settlement_of(const world *w, place p) {
  pt middle = centre_of(w->settlements[p.town].cell);
  double past = 0;
  int at = p.town;
  if (p.nth < 0) {
    pt capital = centre_of(w->settlements[CAPITAL].cell);
    middle = (pt){middle.x - (capital.x - middle.x) * p.nth / 100,
                  middle.y - (capital.y - middle.y) * p.nth / 100};
    p.nth = 1;
  }
  for (int k = 0; k < p.nth; k++) { /* the next nearest each time */
    double least = 1e9;
    for (int i = 0; i < w->n_settlements; i++) {
      double d = dist(middle, centre_of(w->settlements[i].cell));
      if (d > past && d < least && i != p.town) least = d, at = i;
    }
    past = least;
  }
  return at;
}

pt place_of(const world *w, place p) {
  return centre_of(w->settlements[settlement_of(w, p)].cell);
}

int64_t local_s(int day, int hour, int minute) {
  int64_t start = 0;
  vd_civil monday = {.year = 2025, .month = 12, .day = 15};
  vd_civil_to_s(&monday, 2 * VD_HOUR_S, &start);
  return start + (int64_t)day * VD_DAY_S + hour * VD_HOUR_S + minute * VD_MINUTE_S;
}

char *id_of(vd_arena *arena, const char *kind, int number) {
  char *id = vd_arena_alloc(arena, VD_UUID_SIZE);
  vd_uuid_of("sample", vd_str_printf(arena, "%s/%d", kind, number), id);
  return id;
}

char *actor_id(vd_arena *arena, actor a) {
  return id_of(arena, "actor", (int)a);
}

pt point_on_way(const world *w, const graph *g, place from, place to, double part, size_t *road_index) {
  way r;
  int a = graph_node(g, w->settlements[settlement_of(w, from)].cell);
  int b = graph_node(g, w->settlements[settlement_of(w, to)].cell);
  if (road_index) *road_index = 0;
  if (!graph_way(g, a, b, VD_CAR_4X4, false, -1, &r) || !r.n) return place_of(w, to);
  double all = 0, at = 0;
  for (int i = 0; i < r.n; i++) all += w->roads[r.roads[i]].m;
  int i = 0;
  while (i + 1 < r.n && at + w->roads[r.roads[i]].m < part * all) at += w->roads[r.roads[i++]].m;
  const road *found = &w->roads[r.roads[i]];
  if (road_index) *road_index = (size_t)r.roads[i];
  return found->path.p[found->path.n / 2];
}

line blob(const world *w, pt middle, double radius, uint64_t salt) {
  enum { POINTS = 48 };
  line l = {VD_NEW_ARRAY(w->arena, pt, POINTS + 1), POINTS + 1};
  for (int i = 0; i <= POINTS; i++) {
    double angle = -(i % POINTS) * 2 * 3.14159265358979 / POINTS, x = cos(angle), y = sin(angle);
    double r = radius * (1 + 0.45 * fbm(w->seed + salt * 97, 1.1 * x + 5, 1.1 * y + 5, 3));
    l.p[i] = (pt){clamp(middle.x + r * x, 1, GRID_W - 1), clamp(middle.y + r * y, 1, GRID_H - 1)};
  }
  return l;
}
