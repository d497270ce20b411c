/* damage: a hash a cell of everything that can touch it, so that only changed cells are drawn again.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "draw/extent.h"
#include "draw/hash64.h"

/* What the following operations are drawn under. */
typedef struct state {
  vd_affine matrix;
  vd_box clip;   /* device */
  uint64_t hash; /* of clips and open groups */
  bool is_group;
  double opacity;
  vd_box drawn; /* what a group drew so far */
} state;

typedef struct pass {
  vd_draw *draw;
  vd_damage *damage;
  vd_arena *arena; /* for the states */
  state *states;
  size_t n, capacity;
} pass;

static state *top(pass *p) {
  return &p->states[p->n - 1];
}

/* ---- What an operation's content hashes to ---- */

static uint64_t mix_matrix(uint64_t hash, const vd_affine *m) {
  hash = vd_mix_f64(vd_mix_f64(vd_mix_f64(hash, m->xx), m->yx), m->xy);
  return vd_mix_f64(vd_mix_f64(vd_mix_f64(hash, m->yy), m->x0), m->y0);
}

static uint64_t mix_rect(uint64_t hash, vd_rect r) {
  return vd_mix_f64(vd_mix_f64(vd_mix_f64(vd_mix_f64(hash, r.x), r.y), r.w), r.h);
}

static uint64_t mix_shape(uint64_t hash, const vd_shape *shape) {
  const vd_path *p = &shape->path;
  hash = vd_mix64(hash, (uint64_t)shape->rule << 1 | (p->closed ? 1 : 0));
  hash = vd_mix_bytes(hash, p->xy, sizeof(double) * 2 * (size_t)p->n_points);
  if (p->part_start) hash = vd_mix_bytes(hash, p->part_start, sizeof(int32_t) * ((size_t)p->n_parts + 1));
  return p->verbs ? vd_mix_bytes(hash, p->verbs, (size_t)p->n_points) : hash;
}

static uint64_t mix_stroke(uint64_t hash, const vd_op_stroke *data) {
  const vd_stroke *s = &data->stroke;
  hash = vd_mix64(vd_mix_f64(hash, s->width_mm), (uint64_t)s->cap << 8 | (uint64_t)s->join);
  hash = vd_mix_f64(vd_mix_bytes(hash, s->dash_mm, sizeof(double) * (size_t)s->n_dashes), s->dash_offset_mm);
  return mix_shape(hash, &data->shape);
}

static uint64_t mix_hatch(uint64_t hash, const vd_op_hatch *data) {
  const vd_hatch *h = &data->hatch;
  hash = vd_mix_f64(vd_mix_f64(vd_mix64(hash, (uint64_t)h->kind), h->angle_deg), h->spacing_mm);
  hash = vd_mix_f64(vd_mix_f64(vd_mix_f64(hash, h->width_mm), h->origin_x), h->origin_y);
  return mix_shape(hash, &data->shape);
}

static uint64_t mix_run(uint64_t hash, const vd_text_run *run) {
  const vd_text_style *s = &run->style;
  uint64_t enums = (uint64_t)s->face | (uint64_t)s->overflow << 4 | (uint64_t)s->direction << 8 |
                   (uint64_t)run->anchor_x << 12 | (uint64_t)run->anchor_y << 16;
  hash = vd_mix64(vd_mix64(hash, enums), (uint64_t)s->max_lines);
  hash = vd_mix_f64(vd_mix_f64(vd_mix_f64(hash, s->size_mm), s->max_width_mm), s->line_height);
  hash = vd_mix_f64(vd_mix_f64(vd_mix_f64(hash, run->x), run->y), run->rotation_deg);
  hash = vd_mix_f64(vd_mix64(hash, run->halo_color), run->halo_mm);
  return vd_mix_text(hash, run->text);
}

static uint64_t op_hash(const vd_op *op, uint64_t hash) {
  hash = vd_mix64(hash, (uint64_t)op->kind << 40 | (uint64_t)op->sampling << 32 | op->color);
  switch ((vd_op_kind)op->kind) {
  case VD_OP_CLIP:
  case VD_OP_FILL:
    return mix_shape(hash, op->data);
  case VD_OP_STROKE:
    return mix_stroke(hash, op->data);
  case VD_OP_HATCH:
    return mix_hatch(hash, op->data);
  case VD_OP_TEXT:
    return mix_run(hash, op->data);
  case VD_OP_IMAGE: {
    const vd_op_image *data = op->data;
    return mix_rect(vd_mix64(hash, data->hash), data->rect);
  }
  case VD_OP_SURFACE: {
    const vd_op_surface *data = op->data;
    return mix_rect(vd_mix64(hash, data->version), data->rect);
  }
  case VD_OP_ICON: {
    const vd_op_icon *data = op->data;
    return mix_rect(vd_mix_text(hash, data->name), data->rect);
  }
  default:
    return hash;
  }
}

/* ---- Laying the hashes on the cells ---- */

static int cell_index(double px, int cell_px, int n) {
  double cell = floor(px / cell_px);
  return cell < 0 ? 0 : (cell > n - 1 ? n - 1 : (int)cell);
}

static void mark(vd_damage *d, vd_box box, uint64_t hash) {
  vd_box seen = vd_box_meet(box, (vd_box){0, 0, d->width_px, d->height_px});
  if (vd_box_is_empty(seen)) return;
  int c0 = cell_index(seen.min_x, d->cell_px, d->columns),
      c1 = cell_index(seen.max_x, d->cell_px, d->columns);
  int r0 = cell_index(seen.min_y, d->cell_px, d->rows), r1 = cell_index(seen.max_y, d->cell_px, d->rows);
  for (int row = r0; row <= r1; row++)
    for (int column = c0; column <= c1; column++) {
      uint64_t *cell = &d->hash[(size_t)row * (size_t)d->columns + (size_t)column];
      *cell = vd_mix64(*cell, hash);
    }
}

static void push_state(pass *p, bool is_group, double opacity) {
  state next = *top(p);
  next.is_group = is_group;
  next.opacity = opacity;
  next.drawn = vd_box_empty();
  *VD_PUSH(p->arena, p->states, p->n, p->capacity) = next;
}

/* The end of a group counts where the group drew: what is in it and what follows it then differ. */
static void pop_state(pass *p) {
  if (p->n < 2) return;
  state ended = *top(p);
  p->n--;
  top(p)->drawn = vd_box_join(top(p)->drawn, ended.drawn);
  if (ended.is_group) mark(p->damage, ended.drawn, vd_mix_f64(VD_OP_RESTORE, ended.opacity));
}

static void draws(pass *p, const vd_op *op) {
  state *s = top(p);
  vd_box box = vd_box_meet(vd_op_extent(p->draw, op, &s->matrix), s->clip);
  if (vd_box_is_empty(vd_box_meet(box, (vd_box){0, 0, p->damage->width_px, p->damage->height_px}))) return;
  s->drawn = vd_box_join(s->drawn, box);
  mark(p->damage, box, op_hash(op, mix_matrix(s->hash, &s->matrix)));
}

static void clips(pass *p, const vd_op *op) {
  state *s = top(p);
  s->hash = op_hash(op, mix_matrix(s->hash, &s->matrix));
  vd_box box = vd_shape_extent(op->data, &s->matrix);
  if (!vd_box_is_empty(box)) box = (vd_box){box.min_x - 1, box.min_y - 1, box.max_x + 1, box.max_y + 1};
  s->clip = vd_box_meet(s->clip, box);
}

static void canvas_pass(pass *p, const vd_canvas *canvas, int depth) {
  size_t bottom = p->n;
  for (size_t i = 0; i < canvas->n; i++) {
    const vd_op *op = &canvas->ops[i];
    switch ((vd_op_kind)op->kind) {
    case VD_OP_SAVE:
      push_state(p, false, 1);
      break;
    case VD_OP_GROUP:
      push_state(p, true, *(const double *)op->data);
      break;
    case VD_OP_RESTORE:
      pop_state(p);
      break;
    case VD_OP_TRANSFORM:
      top(p)->matrix = vd_affine_multiply(top(p)->matrix, *(const vd_affine *)op->data);
      break;
    case VD_OP_CLIP:
      clips(p, op);
      break;
    case VD_OP_SUB:
      if (depth >= VD_SUB_DEPTH_MAX) break;
      push_state(p, false, 1);
      canvas_pass(p, op->data, depth + 1);
      pop_state(p);
      break;
    case VD_OP_MARK:
      break;
    default:
      draws(p, op);
      break;
    }
  }
  while (p->n > bottom) pop_state(p);
}

vd_damage vd_canvas_damage(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, int width_px,
                           int height_px, int cell_px, vd_arena *arena) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_damage damage = {.width_px = width_px, .height_px = height_px, .cell_px = cell_px};
  damage.columns = (width_px + cell_px - 1) / cell_px;
  damage.rows = (height_px + cell_px - 1) / cell_px;
  damage.hash = VD_NEW_ARRAY(arena, uint64_t, (size_t)damage.columns * (size_t)damage.rows);
  pass p = {.draw = draw, .damage = &damage, .arena = scratch};
  state first = {.matrix = vd_view_matrix(view), .clip = {-1e12, -1e12, 1e12, 1e12}, .drawn = vd_box_empty()};
  *VD_PUSH(scratch, p.states, p.n, p.capacity) = first;
  canvas_pass(&p, canvas, 0);
  return damage;
}

vd_cells vd_damage_changed(const vd_damage *before, const vd_damage *now, vd_arena *arena) {
  bool all = !before || before->width_px != now->width_px || before->height_px != now->height_px ||
             before->cell_px != now->cell_px;
  size_t n = (size_t)now->columns * (size_t)now->rows;
  int32_t *list = VD_NEW_ARRAY(arena, int32_t, 2 * n);
  vd_cells cells = {.cell_px = now->cell_px, .cell = list};
  for (size_t i = 0; i < n; i++) {
    if (!all && before->hash[i] == now->hash[i]) continue;
    list[2 * cells.n] = (int32_t)(i % (size_t)now->columns);
    list[2 * cells.n + 1] = (int32_t)(i / (size_t)now->columns);
    cells.n++;
  }
  return cells;
}
