/* label: greedy placing of names with candidate positions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/carto/label.h"

#include <math.h>
#include <stdlib.h>

#include "vedette/base/str.h"

enum { BUCKET_MM = 12 };
static const double UNDER_SIZE = 0.92;

typedef struct obstacle {
  vd_rect rect;
  bool soft, text; /* text: a label that was placed, or its leader */
  int32_t next;    /* in its bucket, -1 the last */
} obstacle;

typedef struct entry {
  vd_label label;
  vd_label_place place;
  vd_text_size size, under;
  double w, h; /* of the text without halo */
} entry;

struct vd_labels {
  vd_arena *arena;
  vd_draw *draw;
  vd_rect bounds;
  entry *entries;
  size_t n, capacity;
  obstacle *obstacles;
  size_t n_obstacles, cap_obstacles;
  int32_t columns, rows, *buckets;
};

vd_labels *vd_labels_new(vd_arena *arena, vd_draw *draw, vd_rect bounds) {
  vd_labels *labels = VD_NEW(arena, vd_labels);
  *labels = (vd_labels){.arena = arena, .draw = draw, .bounds = bounds};
  labels->columns = (int32_t)fmin(fmax(ceil(bounds.w / BUCKET_MM), 1), 1000);
  labels->rows = (int32_t)fmin(fmax(ceil(bounds.h / BUCKET_MM), 1), 1000);
  size_t n = (size_t)labels->columns * (size_t)labels->rows;
  labels->buckets = VD_NEW_ARRAY(arena, int32_t, n);
  for (size_t i = 0; i < n; i++) labels->buckets[i] = -1;
  return labels;
}

static int32_t bucket_index(double value, int32_t n) {
  return (int32_t)fmin(fmax(floor(value / BUCKET_MM), 0), n - 1);
}

typedef struct bucket_range {
  int32_t c0, c1, r0, r1;
} bucket_range;

static bucket_range buckets_of(const vd_labels *labels, vd_rect r) {
  double x = r.x - labels->bounds.x, y = r.y - labels->bounds.y;
  return (bucket_range){bucket_index(x, labels->columns), bucket_index(x + r.w, labels->columns),
                        bucket_index(y, labels->rows), bucket_index(y + r.h, labels->rows)};
}

/* One copy a bucket, so that each list is walked without looking twice at the same memory. */
static void add_obstacle(vd_labels *labels, vd_rect rect, bool soft, bool text) {
  bucket_range range = buckets_of(labels, rect);
  for (int32_t r = range.r0; r <= range.r1; r++) {
    for (int32_t c = range.c0; c <= range.c1; c++) {
      int32_t *bucket = &labels->buckets[r * labels->columns + c];
      obstacle o = {rect, soft, text, *bucket};
      *bucket = (int32_t)labels->n_obstacles;
      *VD_PUSH(labels->arena, labels->obstacles, labels->n_obstacles, labels->cap_obstacles) = o;
    }
  }
}

void vd_labels_block(vd_labels *labels, vd_rect rect, bool soft) {
  add_obstacle(labels, rect, soft, false);
}

static vd_text_style text_style(const vd_label *label, double factor) {
  return (vd_text_style){.size_mm = label->size_mm * factor, .face = label->face, .line_height = 0.95};
}

int32_t vd_labels_add(vd_labels *labels, const vd_label *label) {
  entry *e = VD_PUSH(labels->arena, labels->entries, labels->n, labels->capacity);
  e->label = *label;
  e->label.text = vd_str_dup(labels->arena, label->text ? label->text : "");
  e->label.under = label->under && label->under[0] ? vd_str_dup(labels->arena, label->under) : NULL;
  vd_text_style style = text_style(label, 1);
  e->size = vd_text_measure(labels->draw, &style, e->label.text);
  e->w = e->size.width_mm, e->h = e->size.height_mm;
  if (e->label.under) {
    style = text_style(label, UNDER_SIZE);
    style.face = VD_FACE_REGULAR;
    e->under = vd_text_measure(labels->draw, &style, e->label.under);
    e->w = fmax(e->w, e->under.width_mm), e->h += e->under.height_mm;
  }
  return (int32_t)labels->n - 1;
}

static bool overlap(vd_rect a, vd_rect b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static bool centred_on(vd_rect r, const vd_label *label) {
  return fabs(r.x + r.w / 2 - label->x) < 0.01 && fabs(r.y + r.h / 2 - label->y) < 0.01;
}

static bool is_free(const vd_labels *labels, vd_rect box, const vd_label *label, bool yield_soft) {
  vd_rect b = labels->bounds;
  if (box.x < b.x || box.y < b.y || box.x + box.w > b.x + b.w || box.y + box.h > b.y + b.h) return false;
  bucket_range range = buckets_of(labels, box);
  for (int32_t r = range.r0; r <= range.r1; r++) {
    for (int32_t c = range.c0; c <= range.c1; c++) {
      for (int32_t k = labels->buckets[r * labels->columns + c]; k >= 0; k = labels->obstacles[k].next) {
        const obstacle *o = &labels->obstacles[k];
        if ((o->soft && yield_soft) || !overlap(o->rect, box) || (!o->text && centred_on(o->rect, label)))
          continue;
        return false;
      }
    }
  }
  return true;
}

/* The box around text, halo and plate when the text's own box has its top left corner at (x, y). */
static vd_rect outer_box(const entry *e, double x, double y) {
  double pad = e->label.halo_mm + ((e->label.plate & 0xff) ? e->label.size_mm * 0.28 : 0);
  return (vd_rect){x - pad, y - pad, e->w + 2 * pad, e->h + 2 * pad};
}

static bool try_box(const vd_labels *labels, entry *e, vd_rect box, bool yield_soft) {
  if (!is_free(labels, box, &e->label, yield_soft)) return false;
  e->place = (vd_label_place){.placed = true, .box = box};
  return true;
}

/* Right, right above, right below, left, left above, left below, above, below: Imhof's order, more or less. */
static bool try_ring(const vd_labels *labels, entry *e, double clear, bool yield_soft) {
  static const double dx[8] = {1, 0.72, 0.72, -1, -0.72, -0.72, 0, 0}, dy[8] = {0, -1, 1, 0, -1, 1, -1, 1};
  vd_rect o = outer_box(e, 0, 0);
  for (int k = 0; k < 8; k++) {
    double x = e->label.x + dx[k] * clear, y = e->label.y + dy[k] * clear * (dx[k] == 0 ? 1 : 0.72);
    vd_rect box = {x, y, o.w, o.h};
    box.x -= dx[k] == 0 ? o.w / 2 : dx[k] < 0 ? o.w : 0;
    box.y -= dy[k] == 0 ? o.h / 2 : dy[k] < 0 ? o.h : 0;
    if (try_box(labels, e, box, yield_soft)) return true;
  }
  return false;
}

static bool try_around(const vd_labels *labels, entry *e, bool yield_soft) {
  double clear = e->label.clear_mm, spread = e->label.spread_mm;
  return try_ring(labels, e, clear, yield_soft) ||
         (spread > 0 && (try_ring(labels, e, clear + spread, yield_soft) ||
                         try_ring(labels, e, clear + 2 * spread, yield_soft)));
}

static bool try_inside(const vd_labels *labels, entry *e, bool yield_soft) {
  static const double dx[] = {0, 0, 0, -0.5, 0.5, -0.5, 0.5, 0, 0},
                      dy[] = {0, -1.2, 1.2, 0, 0, -1.2, 1.2, -2.4, 2.4};
  vd_rect o = outer_box(e, 0, 0);
  for (size_t k = 0; k < sizeof dx / sizeof *dx; k++) {
    vd_rect box = {e->label.x - o.w / 2 + dx[k] * o.w, e->label.y - o.h / 2 + dy[k] * o.h, o.w, o.h};
    if (try_box(labels, e, box, yield_soft)) return true;
  }
  return false;
}

/* The box of the text turned around its centre. */
static bool try_along(const vd_labels *labels, entry *e, bool yield_soft) {
  double a = e->label.rotation_deg * acos(-1) / 180;
  vd_rect o = outer_box(e, 0, 0);
  double w = fabs(o.w * cos(a)) + fabs(o.h * sin(a)), h = fabs(o.w * sin(a)) + fabs(o.h * cos(a));
  return try_box(labels, e, (vd_rect){e->label.x - w / 2, e->label.y - h / 2, w, h}, yield_soft);
}

static bool segment_meets(vd_rect r, double x0, double y0, double x1, double y1) {
  enum { STEPS = 24 };
  for (int k = 0; k <= STEPS; k++) {
    double t = (double)k / STEPS, x = x0 + t * (x1 - x0), y = y0 + t * (y1 - y0);
    if (x > r.x && x < r.x + r.w && y > r.y && y < r.y + r.h) return true;
  }
  return false;
}

static bool leader_free(const vd_labels *labels, const entry *self, double x1, double y1) {
  for (size_t i = 0; i < labels->n; i++) {
    const entry *e = &labels->entries[i];
    if (e == self || !e->place.placed) continue;
    if (segment_meets(e->place.box, self->label.x, self->label.y, x1, y1)) return false;
  }
  return true;
}

/* Rings of twelve places further and further out; the leader meets the box where it is nearest. */
static bool try_leader(const vd_labels *labels, entry *e, bool yield_soft) {
  static const double ring[] = {1.6, 2.6, 3.8, 5.2, 7, 9, 12};
  vd_rect o = outer_box(e, 0, 0);
  for (size_t k = 0; k < sizeof ring / sizeof *ring; k++) {
    for (int step = 0; step < 12; step++) {
      double a = (step * 30 - 45) * acos(-1) / 180, r = e->label.clear_mm + ring[k] * e->label.size_mm;
      double cx = e->label.x + cos(a) * (r + o.w / 2), cy = e->label.y + sin(a) * (r + o.h / 2);
      vd_rect box = {cx - o.w / 2, cy - o.h / 2, o.w, o.h};
      double lx = fmin(fmax(e->label.x, box.x), box.x + box.w),
             ly = fmin(fmax(e->label.y, box.y), box.y + box.h);
      if (!is_free(labels, box, &e->label, yield_soft) || !leader_free(labels, e, lx, ly)) continue;
      e->place = (vd_label_place){true, true, box, lx, ly};
      return true;
    }
  }
  return false;
}

static bool try_place(const vd_labels *labels, entry *e, bool yield_soft) {
  switch (e->label.manner) {
  case VD_LABEL_INSIDE:
    return try_inside(labels, e, yield_soft);
  case VD_LABEL_ALONG:
    return try_along(labels, e, yield_soft);
  case VD_LABEL_LEADER:
    return try_around(labels, e, yield_soft) || try_leader(labels, e, yield_soft);
  default:
    return try_around(labels, e, yield_soft);
  }
}

/* A leader keeps labels off itself by a few small squares along it. */
static void block_leader(vd_labels *labels, const entry *e) {
  double x0 = e->label.x, y0 = e->label.y, x1 = e->place.leader_x, y1 = e->place.leader_y;
  int n = (int)ceil(hypot(x1 - x0, y1 - y0) / 1.5);
  for (int k = 1; k < n; k++) {
    double t = (double)k / n, x = x0 + t * (x1 - x0), y = y0 + t * (y1 - y0);
    add_obstacle(labels, (vd_rect){x - 0.4, y - 0.4, 0.8, 0.8}, false, true);
  }
}

typedef struct turn {
  double rank;
  size_t i;
} turn;

static int by_rank(const void *va, const void *vb) {
  const turn *a = va, *b = vb;
  if (a->rank != b->rank) return a->rank > b->rank ? -1 : 1;
  return a->i < b->i ? -1 : a->i > b->i;
}

static turn *in_turn(const vd_labels *labels) {
  turn *turns = VD_NEW_ARRAY(labels->arena, turn, labels->n + 1);
  for (size_t i = 0; i < labels->n; i++) turns[i] = (turn){labels->entries[i].label.rank, i};
  qsort(turns, labels->n, sizeof *turns, by_rank);
  return turns;
}

void vd_labels_place(vd_labels *labels) {
  turn *turns = in_turn(labels);
  for (size_t k = 0; k < labels->n; k++) {
    entry *e = &labels->entries[turns[k].i];
    if (!isfinite(e->label.x) || !isfinite(e->label.y) || e->w <= 0) continue;
    if (!try_place(labels, e, false) && !try_place(labels, e, true)) continue;
    add_obstacle(labels, e->place.box, false, true);
    if (e->place.leader) block_leader(labels, e);
  }
}

int32_t vd_labels_count(const vd_labels *labels) {
  return (int32_t)labels->n;
}

const vd_label *vd_labels_at(const vd_labels *labels, int32_t index) {
  return &labels->entries[index].label;
}

const vd_label_place *vd_labels_place_of(const vd_labels *labels, int32_t index) {
  return &labels->entries[index].place;
}

/* Text beside a symbol leans on it: left aligned when right of it. */
static vd_anchor_x alignment(const entry *e) {
  double middle = e->place.box.x + e->place.box.w / 2, off = middle - e->label.x;
  if (e->label.manner != VD_LABEL_POINT || fabs(off) < e->place.box.w * 0.3) return VD_ANCHOR_CENTRE;
  return off > 0 ? VD_ANCHOR_LEFT : VD_ANCHOR_RIGHT;
}

static void draw_line(const entry *e, vd_canvas *canvas, const char *text, double factor, double dy) {
  vd_rect box = e->place.box;
  double pad = (box.w - e->w) / 2;
  bool turned = e->label.manner == VD_LABEL_ALONG;
  vd_text_run run = {.text = text, .style = text_style(&e->label, factor), .color = e->label.color};
  run.anchor_x = turned ? VD_ANCHOR_CENTRE : alignment(e);
  run.anchor_y = turned ? VD_ANCHOR_MIDDLE : VD_ANCHOR_TOP;
  run.x = run.anchor_x == VD_ANCHOR_LEFT    ? box.x + pad
          : run.anchor_x == VD_ANCHOR_RIGHT ? box.x + box.w - pad
                                            : box.x + box.w / 2;
  run.y = turned ? box.y + box.h / 2 : box.y + (box.h - e->h) / 2 + dy;
  run.rotation_deg = turned ? e->label.rotation_deg : 0;
  run.halo_color = e->label.halo, run.halo_mm = e->label.halo_mm;
  if (factor < 1) run.style.face = VD_FACE_REGULAR;
  vd_canvas_text(canvas, &run);
}

static void draw_plate(const entry *e, vd_canvas *canvas) {
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_rect b = e->place.box;
  double edge = e->label.halo_mm;
  vd_path path = vd_path_round_rect(arena, b.x, b.y, b.w, b.h, e->label.size_mm * 0.25);
  vd_canvas_fill(canvas, path, VD_RULE_NONZERO, e->label.halo);
  path = vd_path_round_rect(arena, b.x + edge, b.y + edge, b.w - 2 * edge, b.h - 2 * edge,
                            e->label.size_mm * 0.2);
  vd_canvas_fill(canvas, path, VD_RULE_NONZERO, e->label.plate);
}

static void draw_leader(const entry *e, vd_canvas *canvas) {
  double w = e->label.size_mm * 0.09;
  vd_rgba color = (e->label.plate & 0xff) ? e->label.plate : e->label.color;
  vd_canvas_line(canvas, e->label.x, e->label.y, e->place.leader_x, e->place.leader_y, w * 3, e->label.halo);
  vd_canvas_line(canvas, e->label.x, e->label.y, e->place.leader_x, e->place.leader_y, w, color);
  vd_canvas_fill(canvas, vd_path_circle(vd_canvas_arena(canvas), e->label.x, e->label.y, w * 2),
                 VD_RULE_NONZERO, color);
}

void vd_labels_draw(const vd_labels *labels, vd_canvas *canvas) {
  turn *turns = in_turn(labels);
  for (size_t k = labels->n; k-- > 0;)
    if (labels->entries[turns[k].i].place.leader) draw_leader(&labels->entries[turns[k].i], canvas);
  for (size_t k = labels->n; k-- > 0;) {
    const entry *e = &labels->entries[turns[k].i];
    if (!e->place.placed) continue;
    bool plate = (e->label.plate & 0xff) != 0;
    entry plain = *e;
    if (plate) {
      draw_plate(e, canvas);
      plain.label.halo_mm = 0;
    }
    draw_line(&plain, canvas, e->label.text, 1, 0);
    if (e->label.under) draw_line(&plain, canvas, e->label.under, UNDER_SIZE, e->size.height_mm);
  }
}
