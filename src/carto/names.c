/* names: which labels a map wants, how they look and which matters more.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "carto/legend.h"
#include "vedette/base/i18n.h"

/* Ranks: towns before gaps (which can move aside) before bases before threat areas before villages before the rest. */
enum {
  RANK_GAP = 8500,
  RANK_BASE = 8000,
  RANK_TOWN = 9000,
  RANK_THREAT = 6000,
  RANK_AREA = 5500,
  RANK_PLACE = 5000,
  RANK_SITE = 3000,
  RANK_RESTRICTION = 2800,
  RANK_WATER = 2000,
  RANK_ROAD = 1000
};

static vd_label ordinary(const vd_pen *pen, const char *text, double x, double y) {
  return (vd_label){.text = text,
                    .x = x,
                    .y = y,
                    .size_mm = pen->style->text_mm,
                    .color = pen->style->ink,
                    .halo = pen->style->halo,
                    .halo_mm = 0.38 * pen->style->size};
}

static bool named(const vd_thing *thing) {
  return thing->name && thing->name[0];
}

static void block_symbol(vd_labels *labels, double x, double y, double r, bool soft) {
  vd_labels_block(labels, (vd_rect){x - r, y - r, 2 * r, 2 * r}, soft);
}

/* The first of the other names that says something the name does not; NULL when none does. */
static const char *other_name(const vd_pen *pen, const vd_thing *place) {
  for (const char *p = place->other; p && *p;) {
    const char *end = strstr(p, "; ");
    char *one = vd_str_dup_n(pen->arena, p, end ? (size_t)(end - p) : strlen(p));
    if (!vd_str_contains_nocase(place->name, one) && !vd_str_contains_nocase(one, place->name)) return one;
    p = end ? end + 2 : NULL;
  }
  return NULL;
}

static void add_settlement(vd_pen *pen, vd_labels *labels, const vd_thing *place) {
  static const double size_of[] = {0.87, 0.95, 1.1, 1.35};
  double x, y;
  int32_t size = vd_place_size(place);
  if (!vd_pen_place(pen, &place->shape, &x, &y)) return;
  double r = vd_symbol_place_radius(size) * pen->symbol * 1.35;
  block_symbol(labels, x, y, r, size <= VD_PLACE_VILLAGE);
  if (!named(place)) return;
  vd_label label = ordinary(pen, place->name, x, y);
  label.clear_mm = r + 0.25 * pen->style->size;
  label.size_mm *= size_of[size];
  label.face = size >= VD_PLACE_TOWN ? VD_FACE_BOLD : VD_FACE_REGULAR;
  if (size >= VD_PLACE_TOWN) label.spread_mm = 2.2 * pen->symbol;
  if (size >= VD_PLACE_VILLAGE || pen->view->mm_per_m > 0.008) label.under = other_name(pen, place);
  double people = isnan(place->value) ? 0 : place->value;
  label.rank = (size >= VD_PLACE_TOWN ? RANK_TOWN : RANK_PLACE) + 100 * log10(people + 1);
  vd_labels_add(labels, &label);
}

static void add_base(vd_pen *pen, vd_labels *labels, const vd_thing *base) {
  double x, y, r = 2.1 * pen->symbol;
  if (!vd_pen_place(pen, &base->shape, &x, &y)) return;
  vd_labels_block(labels, (vd_rect){x - r * 1.7, y - r, r * 3.4, r * 2}, false);
  if (!named(base)) return;
  vd_label label = ordinary(pen, base->name, x, y);
  label.clear_mm = r * 1.75;
  label.face = VD_FACE_BOLD;
  label.color = pen->style->accent;
  if (base->sub >= 0 && !pen->style->bw)
    label.color = vd_rgba_mix(pen->data->actors[base->sub].color, VD_BLACK, 0.25);
  label.rank = RANK_BASE - base->cls;
  vd_labels_add(labels, &label);
}

static void add_site(vd_pen *pen, vd_labels *labels, const vd_thing *site) {
  double x, y, r = 1.72 * pen->symbol;
  if (!vd_pen_place(pen, &site->shape, &x, &y)) return;
  block_symbol(labels, x, y, r, site->cls != 0);
  if (!named(site) || (site->cls != 0 && pen->view->mm_per_m < 0.008)) return;
  vd_label label = ordinary(pen, site->name, x, y);
  label.clear_mm = r;
  label.size_mm *= 0.88;
  label.color = pen->style->bw ? VD_BLACK : VD_RGB(0x00, 0x50, 0x52);
  label.rank = RANK_SITE - site->cls;
  vd_labels_add(labels, &label);
}

static void add_restriction(vd_pen *pen, vd_labels *labels, const vd_thing *restriction) {
  double x, y, r = 1.4 * pen->symbol;
  if (!vd_pen_place(pen, &restriction->shape, &x, &y)) return;
  block_symbol(labels, x, y, r, restriction->cls == VD_EFFECT_NONE);
  if (!named(restriction) || restriction->cls == VD_EFFECT_NONE || pen->view->mm_per_m < 0.012) return;
  vd_label label = ordinary(pen, restriction->name, x, y);
  label.clear_mm = r;
  label.size_mm *= 0.88;
  label.color = pen->style->restriction.outline.color;
  label.rank = RANK_RESTRICTION;
  vd_labels_add(labels, &label);
}

static bool add_gap(vd_pen *pen, vd_labels *labels, const vd_map_gap *gap, size_t rank) {
  double x, y;
  vd_map_view_to_mm(pen->view, gap->label_x_m, gap->label_y_m, &x, &y);
  if (x < 0 || y < 0 || x > pen->view->width_mm || y > pen->view->height_mm) return false;
  vd_label label = ordinary(pen, gap->name, x, y);
  label.manner = VD_LABEL_LEADER;
  label.face = VD_FACE_BOLD;
  label.clear_mm = 1.2 * pen->style->size;
  label.size_mm *= rank < 10 ? 1.02 : 0.9;
  label.color = VD_WHITE;
  label.plate = pen->style->gap.outline.color;
  label.halo = VD_WHITE;
  label.rank = RANK_GAP - (double)rank;
  vd_labels_add(labels, &label);
  return true;
}

/* The heaviest gaps of the view, as many as leave room to read the map. */
static void add_gaps(vd_pen *pen, vd_labels *labels) {
  enum { LEAST = 6, MM2_EACH = 2600 };
  double s = pen->style->size;
  size_t most = LEAST + (size_t)(pen->view->width_mm * pen->view->height_mm / (MM2_EACH * s * s)), n = 0;
  for (size_t i = 0; i < pen->data->n_gaps && n < most; i++)
    n += add_gap(pen, labels, &pen->data->gaps[i], i);
}

/* An area's name in the part of it that is seen, when that is larger than the name. */
static void add_inside(vd_pen *pen, vd_labels *labels, const vd_thing *area, double rank, double size,
                       vd_rgba color) {
  double x_m, y_m, x, y, s = pen->view->mm_per_m;
  const vd_box *b = &area->shape.box;
  if (!named(area) || (b->max_x - b->min_x) * s < 8 || (b->max_y - b->min_y) * s < 4) return;
  if (!vd_shape_inside_place(&area->shape, vd_map_view_box(pen->view), &x_m, &y_m)) return;
  vd_map_view_to_mm(pen->view, x_m, y_m, &x, &y);
  vd_label label = ordinary(pen, area->name, x, y);
  label.manner = VD_LABEL_INSIDE;
  label.size_mm *= size;
  label.face = VD_FACE_BOLD;
  label.color = color;
  label.rank = rank;
  vd_labels_add(labels, &label);
}

/* Whether the same words stand nearby already: a road or river comes in many pieces. */
static bool said_nearby(const vd_labels *labels, const vd_label *label, double within_mm) {
  for (int32_t i = 0; i < vd_labels_count(labels); i++) {
    const vd_label *other = vd_labels_at(labels, i);
    if (vd_str_equal(other->text, label->text) && hypot(other->x - label->x, other->y - label->y) < within_mm)
      return true;
  }
  return false;
}

static void add_water(vd_pen *pen, vd_labels *labels, const vd_thing *water) {
  double x, y, s = pen->view->mm_per_m;
  double extent =
      fmax(water->shape.box.max_x - water->shape.box.min_x, water->shape.box.max_y - water->shape.box.min_y);
  if (!named(water) || extent * s < 14 || !vd_pen_place(pen, &water->shape, &x, &y)) return;
  vd_label label = ordinary(pen, water->name, x, y);
  label.manner = water->shape.type == VD_GEOM_POLYGON ? VD_LABEL_INSIDE : VD_LABEL_ALONG;
  label.color = pen->style->bw ? VD_BLACK : VD_RGB(0x2a, 0x6a, 0x9c);
  label.size_mm *= 0.9;
  label.rank = RANK_WATER + extent / 1e6;
  if (label.manner == VD_LABEL_ALONG) {
    vd_path path = vd_pen_path(pen, &water->shape);
    if (path.n_parts == 0) return;
    int32_t i = (path.part_start[0] + path.part_start[1]) / 2;
    const double *a = path.xy + 2 * (i > 0 ? i - 1 : i), *b = path.xy + 2 * i;
    double angle = atan2(b[1] - a[1], b[0] - a[0]) * 180 / acos(-1);
    label.x = (a[0] + b[0]) / 2, label.y = (a[1] + b[1]) / 2;
    label.rotation_deg = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
  }
  if (said_nearby(labels, &label, 80 * pen->style->size)) return;
  vd_labels_add(labels, &label);
}

static void add_road(vd_pen *pen, vd_labels *labels, const vd_thing *road) {
  double x, y;
  const char *text = road->other;
  if (!text || !text[0] || road->cls > VD_ROAD_SECONDARY || !vd_pen_place(pen, &road->shape, &x, &y)) return;
  if (vd_shape_length_m(&road->shape) * pen->view->mm_per_m < 12) return;
  vd_label label = ordinary(pen, text, x, y);
  label.manner = VD_LABEL_INSIDE;
  label.size_mm *= 0.87;
  label.face = VD_FACE_BOLD;
  label.color = pen->style->ink;
  label.plate = pen->style->bw ? VD_WHITE : VD_RGB(0xff, 0xf3, 0xcf);
  label.halo = VD_RGB(0x7d, 0x6a, 0x4a);
  label.halo_mm = 0.15 * pen->style->size;
  label.rank = RANK_ROAD - road->cls;
  if (said_nearby(labels, &label, 50 * pen->style->size)) return;
  vd_labels_add(labels, &label);
}

static void add_kind(vd_pen *pen, vd_labels *labels, vd_map_layer layer, vd_kind kind,
                     void (*add)(vd_pen *, vd_labels *, const vd_thing *)) {
  const vd_things *things = &pen->data->things[kind];
  if (!vd_pen_on(pen, layer)) return;
  for (size_t i = 0; i < things->n; i++)
    if (vd_pen_shows(pen, &things->items[i])) add(pen, labels, &things->items[i]);
}

static void add_threat(vd_pen *pen, vd_labels *labels, const vd_thing *threat) {
  add_inside(pen, labels, threat, RANK_THREAT + threat->cls, 0.9,
             pen->style->threat[threat->cls].outline.color);
}

static void add_area(vd_pen *pen, vd_labels *labels, const vd_thing *area) {
  static const double size_of[] = {1.5, 1.4, 1, 1.1, 1, 1}; /* by vd_area_type_words */
  double size = size_of[area->cls];
  add_inside(pen, labels, area, RANK_AREA + 100 * size, size,
             vd_rgba_fade(pen->style->area.outline.color, 0.85));
}

void vd_add_labels(vd_pen *pen, vd_labels *labels) {
  for (size_t i = 0; i < pen->options->n_keep_clear; i++)
    vd_labels_block(labels, pen->options->keep_clear[i], false);
  if (vd_pen_on(pen, VD_MAP_GAPS)) add_gaps(pen, labels);
  add_kind(pen, labels, VD_MAP_BASES, VD_KIND_BASE, add_base);
  add_kind(pen, labels, VD_MAP_SETTLEMENTS, VD_KIND_SETTLEMENT, add_settlement);
  add_kind(pen, labels, VD_MAP_SITES, VD_KIND_SITE, add_site);
  add_kind(pen, labels, VD_MAP_RESTRICTIONS, VD_KIND_RESTRICTION, add_restriction);
  add_kind(pen, labels, VD_MAP_THREATS, VD_KIND_THREAT_AREA, add_threat);
  add_kind(pen, labels, VD_MAP_AREAS, VD_KIND_AREA, add_area);
  add_kind(pen, labels, VD_MAP_WATER, VD_KIND_WATER, add_water);
  add_kind(pen, labels, VD_MAP_ROADS, VD_KIND_ROAD, add_road);
}
