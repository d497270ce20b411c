/* rate: which roads and settlements a scale has room for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Not a table of scales but the room on paper: roads are let in class by class until a square millimetre would hold
 * more than ROAD_MM_PER_MM2 of line, settlements by size until each has less than PLACE_MM2. So a land of few tracks
 * shows them all where a dense one shows its main roads. */
#include <math.h>
#include <stdlib.h>

#include "carto/data.h"

static const double ROAD_MM_PER_MM2 = 0.16, PLACE_MM2 = 60, SITE_MM2 = 500, WATER_MM_PER_MM2 = 0.07;

static const int32_t road_order[] = {VD_ROAD_MOTORWAY,     VD_ROAD_TRUNK,   VD_ROAD_PRIMARY,
                                     VD_ROAD_SECONDARY,    VD_ROAD_FERRY,   VD_ROAD_TERTIARY,
                                     VD_ROAD_UNCLASSIFIED, VD_ROAD_TRACK,   VD_ROAD_RESIDENTIAL,
                                     VD_ROAD_PATH,         VD_ROAD_SERVICE, VD_ROAD_STEPS};
_Static_assert(sizeof road_order / sizeof *road_order == VD_ROAD_CLASS_COUNT, "every class has its turn");

static void rate_roads(vd_map_data *data, double area_m2) {
  double length_m[VD_ROAD_CLASS_COUNT] = {0}, at[VD_ROAD_CLASS_COUNT], sum = 0;
  vd_things *roads = &data->things[VD_KIND_ROAD];
  for (size_t i = 0; i < roads->n; i++)
    length_m[roads->items[i].cls] += vd_shape_length_m(&roads->items[i].shape);
  for (int i = 0; i < VD_ROAD_CLASS_COUNT; i++) {
    int32_t cls = road_order[i];
    sum += length_m[cls];
    at[cls] = cls <= VD_ROAD_PRIMARY || cls == VD_ROAD_FERRY ? 0 : sum / (area_m2 * ROAD_MM_PER_MM2);
  }
  for (size_t i = 0; i < roads->n; i++) roads->items[i].min_mm_per_m = at[roads->items[i].cls];
}

static void rate_water(vd_map_data *data, double area_m2) {
  vd_things *water = &data->things[VD_KIND_WATER];
  double stream_m = 0;
  int32_t stream = vd_word_index(vd_water_class_words, "stream");
  for (size_t i = 0; i < water->n; i++)
    if (water->items[i].cls == stream) stream_m += vd_shape_length_m(&water->items[i].shape);
  for (size_t i = 0; i < water->n; i++)
    if (water->items[i].cls == stream) water->items[i].min_mm_per_m = stream_m / (area_m2 * WATER_MM_PER_MM2);
}

typedef struct place {
  double people;
  int32_t cls;
  size_t i;
} place;

static int by_size(const void *va, const void *vb) {
  const place *a = va, *b = vb;
  if (a->people != b->people) return a->people > b->people ? -1 : 1;
  if (a->cls != b->cls) return a->cls < b->cls ? -1 : 1;
  return a->i < b->i ? -1 : a->i > b->i;
}

static void rate_settlements(vd_map_data *data, double area_m2) {
  vd_things *things = &data->things[VD_KIND_SETTLEMENT];
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  place *order = VD_NEW_ARRAY(scratch, place, things->n + 1);
  for (size_t i = 0; i < things->n; i++) {
    double people = things->items[i].value;
    order[i] = (place){isnan(people) ? -1 : people, things->items[i].cls, i};
  }
  qsort(order, things->n, sizeof *order, by_size);
  for (size_t i = 0; i < things->n; i++)
    things->items[order[i].i].min_mm_per_m = i < 10 ? 0 : sqrt((double)(i + 1) * PLACE_MM2 / area_m2);
}

/* Types of site in the order in which they are let in: displaced persons always, then networks and committees. */
static void rate_sites(vd_map_data *data, double area_m2) {
  static const char *const turns[] = {"alert_network", "committee",  "clinic", "landing_site",
                                      "market",        "government", "school", "other"};
  vd_things *sites = &data->things[VD_KIND_SITE];
  double n = 0;
  for (size_t k = 0; k < sizeof turns / sizeof *turns; k++) {
    int32_t type = vd_word_index(vd_site_type_words, turns[k]);
    for (size_t i = 0; i < sites->n; i++) n += sites->items[i].cls == type;
    for (size_t i = 0; i < sites->n; i++)
      if (sites->items[i].cls == type) sites->items[i].min_mm_per_m = sqrt(n * SITE_MM2 / area_m2);
  }
}

enum { NET = 16 };
typedef struct net {
  vd_box box;
  double w_m, h_m; /* of a square of the net */
  uint8_t used[NET * NET];
} net;

static void use_place(net *to, double x_m, double y_m) {
  int c = (int)floor((x_m - to->box.min_x) / to->w_m), r = (int)floor((y_m - to->box.min_y) / to->h_m);
  if (c >= 0 && r >= 0 && c < NET && r < NET) to->used[r * NET + c] = 1;
}

static void use_line(net *to, const double *a, const double *b) {
  double length = hypot(b[0] - a[0], b[1] - a[1]), step = fmin(to->w_m, to->h_m) / 2;
  double n = fmin(ceil(length / step), 1000);
  for (double k = 0; k <= n; k++) {
    double t = n > 0 ? k / n : 0;
    use_place(to, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]));
  }
}

static void use_shape(net *to, const vd_shape *shape) {
  for (int32_t p = 0; p < shape->n_parts; p++) {
    const double *first = shape->xy_m + 2 * shape->part_start[p];
    use_place(to, first[0], first[1]);
    for (int32_t i = shape->part_start[p] + 1; i < shape->part_start[p + 1]; i++)
      use_line(to, shape->xy_m + 2 * (i - 1), shape->xy_m + 2 * i);
  }
}

/* The land that is lived on: squares of a coarse net that hold a road or a settlement. Islands are crowded, however
 * wide the sea around them. */
static double lived_in_m2(const vd_map_data *data) {
  static const vd_kind kinds[] = {VD_KIND_ROAD, VD_KIND_SETTLEMENT};
  net all = {.box = data->box};
  double n = 0;
  all.w_m = fmax(data->box.max_x - data->box.min_x, 1) / NET,
  all.h_m = fmax(data->box.max_y - data->box.min_y, 1) / NET;
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    for (size_t i = 0; i < data->things[kinds[k]].n; i++)
      use_shape(&all, &data->things[kinds[k]].items[i].shape);
  for (int i = 0; i < NET * NET; i++) n += all.used[i];
  return all.w_m * all.h_m * (n > 0 ? n : NET * NET);
}

void vd_map_data_rate(vd_map_data *data) {
  double area_m2 = lived_in_m2(data);
  rate_roads(data, area_m2);
  rate_water(data, area_m2);
  rate_settlements(data, area_m2);
  rate_sites(data, area_m2);
}

bool vd_thing_shown(const vd_map_data *data, const vd_thing *thing, const vd_map_view *view,
                    const vd_map_options *options) {
  bool all = options->from_s == 0 && options->to_s == 0;
  int64_t from = all ? data->from_s : options->from_s, to = all ? data->to_s : options->to_s;
  if (view->mm_per_m < thing->min_mm_per_m) return false;
  if (from == to && thing->kind == VD_KIND_INCIDENT &&
      from != 0) /* what has happened since the window began */
    return data->from_s <= thing->from_s && thing->from_s <= from;
  if (from == to) return from == 0 || (thing->from_s <= from && from < thing->to_s);
  return thing->from_s < to && from < thing->to_s;
}
