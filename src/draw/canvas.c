/* canvas: appending to the list of operations; everything is copied and made harmless here, once.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/draw/canvas.h"

#include <math.h>
#include <string.h>

#include "draw/hash64.h"
#include "draw/ops.h"

/* Farther out than any page or screen; keeps every later product finite. */
static const double far_mm = 1e9;

vd_canvas *vd_canvas_new(vd_arena *arena) {
  vd_canvas *canvas = VD_NEW(arena, vd_canvas);
  canvas->arena = arena;
  return canvas;
}

vd_arena *vd_canvas_arena(vd_canvas *canvas) {
  return canvas->arena;
}

int64_t vd_canvas_count(const vd_canvas *canvas) {
  return (int64_t)canvas->n;
}

static vd_op *push(vd_canvas *canvas, vd_op_kind kind, const void *data) {
  vd_op *op = VD_PUSH(canvas->arena, canvas->ops, canvas->n, canvas->capacity);
  op->kind = (uint8_t)kind;
  op->data = data;
  return op;
}

static bool usable(double value) {
  return value > -far_mm && value < far_mm;
}

static bool rect_usable(vd_rect r) {
  return usable(r.x) && usable(r.y) && usable(r.w) && usable(r.h) && r.w > 0 && r.h > 0;
}

/* ---- State ---- */

void vd_canvas_save(vd_canvas *canvas) {
  push(canvas, VD_OP_SAVE, NULL);
  canvas->depth++;
}

void vd_canvas_group(vd_canvas *canvas, double opacity) {
  double *kept = VD_NEW(canvas->arena, double);
  *kept = opacity > 0 ? fmin(opacity, 1) : 0;
  push(canvas, VD_OP_GROUP, kept);
  canvas->depth++;
}

void vd_canvas_restore(vd_canvas *canvas) {
  if (canvas->depth == 0) return;
  push(canvas, VD_OP_RESTORE, NULL);
  canvas->depth--;
}

void vd_canvas_transform(vd_canvas *canvas, vd_affine matrix) {
  bool good = usable(matrix.xx) && usable(matrix.yx) && usable(matrix.xy) && usable(matrix.yy) &&
              usable(matrix.x0) && usable(matrix.y0);
  if (!good) return;
  vd_affine *kept = VD_NEW(canvas->arena, vd_affine);
  *kept = matrix;
  push(canvas, VD_OP_TRANSFORM, kept);
}

void vd_canvas_translate(vd_canvas *canvas, double dx, double dy) {
  vd_canvas_transform(canvas, (vd_affine){.xx = 1, .yy = 1, .x0 = dx, .y0 = dy});
}

void vd_canvas_scale(vd_canvas *canvas, double sx, double sy) {
  vd_canvas_transform(canvas, (vd_affine){.xx = sx, .yy = sy});
}

void vd_canvas_rotate(vd_canvas *canvas, double clockwise_deg) {
  double angle = clockwise_deg * 3.14159265358979323846 / 180, c = cos(angle), s = sin(angle);
  vd_canvas_transform(canvas, (vd_affine){.xx = c, .yx = s, .xy = -s, .yy = c});
}

/* ---- Shapes ---- */

static int32_t part_end(const vd_path *path, int32_t part) {
  return path->part_start ? path->part_start[part + 1] : path->n_points;
}

static int32_t part_begin(const vd_path *path, int32_t part) {
  return path->part_start ? path->part_start[part] : 0;
}

static bool points_usable(const vd_path *path, int32_t from, int32_t to) {
  for (int32_t i = 2 * from; i < 2 * to; i++)
    if (!usable(path->xy[i])) return false;
  return true;
}

/* Only the usable points; a part with curves is kept whole or not at all. */
static vd_path filtered(vd_arena *arena, const vd_path *path) {
  double *xy = VD_NEW_ARRAY(arena, double, 2 * path->n_points);
  char *verbs = path->verbs ? VD_NEW_ARRAY(arena, char, path->n_points) : NULL;
  int32_t *starts = VD_NEW_ARRAY(arena, int32_t, path->n_parts + 1);
  int32_t n = 0, n_parts = 0;
  for (int32_t part = 0; part < path->n_parts; part++) {
    int32_t from = part_begin(path, part), to = part_end(path, part);
    if (verbs && !points_usable(path, from, to)) continue;
    for (int32_t i = from; i < to; i++) {
      if (!points_usable(path, i, i + 1)) continue;
      memcpy(xy + 2 * n, path->xy + 2 * i, 2 * sizeof *xy);
      if (verbs) verbs[n] = path->verbs[i];
      n++;
    }
    if (n > starts[n_parts]) starts[++n_parts] = n;
  }
  return (vd_path){xy, n, n_parts, starts, verbs, path->closed};
}

/* The points that belong to parts, and where the parts start among them. */
static vd_path path_copy(vd_arena *arena, const vd_path *path) {
  int32_t first = part_begin(path, 0), last = part_end(path, path->n_parts - 1);
  if (last <= first) return (vd_path){0};
  if (!points_usable(path, first, last)) return filtered(arena, path);
  size_t n = (size_t)(last - first);
  vd_path copy = {.n_points = last - first, .n_parts = path->n_parts, .closed = path->closed};
  copy.xy = memcpy(VD_NEW_ARRAY(arena, double, 2 * n), path->xy + 2 * first, 2 * n * sizeof(double));
  if (path->verbs) copy.verbs = memcpy(VD_NEW_ARRAY(arena, char, n), path->verbs + first, n);
  if (!path->part_start || path->n_parts == 1) return copy;
  int32_t *starts = VD_NEW_ARRAY(arena, int32_t, path->n_parts + 1);
  for (int32_t part = 0; part <= path->n_parts; part++) starts[part] = path->part_start[part] - first;
  copy.part_start = starts;
  return copy;
}

/* False when nothing is left to draw. */
static bool shape_fill(vd_canvas *canvas, vd_shape *shape, const vd_path *path, vd_rule rule) {
  if (!path->xy || path->n_points <= 0 || path->n_parts <= 0) return false;
  shape->path = path_copy(canvas->arena, path);
  shape->rule = rule;
  shape->box = vd_box_empty();
  for (int32_t i = 0; i < shape->path.n_points; i++)
    shape->box = vd_box_add(shape->box, shape->path.xy[2 * i], shape->path.xy[2 * i + 1]);
  return shape->path.n_points > 0;
}

void vd_canvas_clip(vd_canvas *canvas, vd_path path, vd_rule rule) {
  vd_shape *shape = VD_NEW(canvas->arena, vd_shape);
  /* An empty clip hides everything that follows; it is kept as such. */
  if (!shape_fill(canvas, shape, &path, rule)) shape->path = (vd_path){0};
  push(canvas, VD_OP_CLIP, shape);
}

void vd_canvas_clip_rect(vd_canvas *canvas, double x, double y, double w, double h) {
  double xy[] = {x, y, x + w, y, x + w, y + h, x, y + h};
  vd_canvas_clip(canvas, vd_path_points(xy, 4, true), VD_RULE_NONZERO);
}

void vd_canvas_fill(vd_canvas *canvas, vd_path path, vd_rule rule, vd_rgba color) {
  if ((color & 0xffu) == 0) return;
  vd_shape *shape = VD_NEW(canvas->arena, vd_shape);
  if (shape_fill(canvas, shape, &path, rule)) push(canvas, VD_OP_FILL, shape)->color = color;
}

void vd_canvas_fill_rect(vd_canvas *canvas, double x, double y, double w, double h, vd_rgba color) {
  double xy[] = {x, y, x + w, y, x + w, y + h, x, y + h};
  vd_canvas_fill(canvas, vd_path_points(xy, 4, true), VD_RULE_NONZERO, color);
}

/* Dashes that are finite, not negative and not all nothing; otherwise the line is solid. */
static void dashes_clean(vd_stroke *stroke) {
  double total = 0;
  int n = stroke->n_dashes < 0 ? 0 : (stroke->n_dashes > VD_DASH_MAX ? VD_DASH_MAX : stroke->n_dashes);
  for (int i = 0; i < n; i++) {
    double *dash = &stroke->dash_mm[i];
    *dash = usable(*dash) ? fmax(*dash, 0) : 0;
    total += *dash;
  }
  stroke->n_dashes = total > 0 ? n : 0;
  for (int i = stroke->n_dashes; i < VD_DASH_MAX; i++) stroke->dash_mm[i] = 0;
  if (!usable(stroke->dash_offset_mm) || stroke->n_dashes == 0) stroke->dash_offset_mm = 0;
  /* A dot: cairo leaves out dashes without any length. */
  for (int i = 0; i < stroke->n_dashes; i += 2)
    if (stroke->dash_mm[i] == 0) stroke->dash_mm[i] = stroke->width_mm / 64;
}

void vd_canvas_stroke(vd_canvas *canvas, vd_path path, const vd_stroke *stroke) {
  if (!usable(stroke->width_mm) || stroke->width_mm <= 0 || (stroke->color & 0xffu) == 0) return;
  vd_op_stroke *data = VD_NEW(canvas->arena, vd_op_stroke);
  data->stroke = *stroke;
  dashes_clean(&data->stroke);
  if (shape_fill(canvas, &data->shape, &path, VD_RULE_NONZERO))
    push(canvas, VD_OP_STROKE, data)->color = stroke->color;
}

void vd_canvas_line(vd_canvas *canvas, double x0, double y0, double x1, double y1, double width_mm,
                    vd_rgba color) {
  double xy[] = {x0, y0, x1, y1};
  vd_canvas_stroke(canvas, vd_path_points(xy, 2, false), &(vd_stroke){.width_mm = width_mm, .color = color});
}

void vd_canvas_hatch(vd_canvas *canvas, vd_path path, vd_rule rule, const vd_hatch *hatch) {
  bool good = usable(hatch->angle_deg) && usable(hatch->spacing_mm) && usable(hatch->width_mm) &&
              usable(hatch->origin_x) && usable(hatch->origin_y);
  if (!good || hatch->width_mm <= 0 || (hatch->color & 0xffu) == 0) return;
  vd_op_hatch *data = VD_NEW(canvas->arena, vd_op_hatch);
  data->hatch = *hatch;
  data->hatch.spacing_mm = fmax(hatch->spacing_mm, 0.05);
  if (shape_fill(canvas, &data->shape, &path, rule)) push(canvas, VD_OP_HATCH, data)->color = hatch->color;
}

/* ---- Text, icons, images ---- */

static double clamp(double value, double low, double high, double otherwise) {
  if (!(value == value)) return otherwise;
  return value < low ? low : (value > high ? high : value);
}

void vd_canvas_text(vd_canvas *canvas, const vd_text_run *run) {
  if (!run->text || !run->text[0] || !usable(run->x) || !usable(run->y)) return;
  vd_text_run *kept = VD_NEW(canvas->arena, vd_text_run);
  *kept = *run;
  kept->text = vd_utf8_clean(canvas->arena, run->text, VD_TEXT_MAX);
  kept->halo_mm = clamp(run->halo_mm, 0, 1000, 0);
  kept->rotation_deg = usable(run->rotation_deg) ? fmod(run->rotation_deg, 360) : 0;
  push(canvas, VD_OP_TEXT, kept)->color = run->color;
}

static uint32_t premultiplied(const uint8_t *rgba) {
  uint32_t a = rgba[3];
  uint32_t r = (rgba[0] * a + 127) / 255, g = (rgba[1] * a + 127) / 255, b = (rgba[2] * a + 127) / 255;
  return a << 24 | r << 16 | g << 8 | b;
}

void vd_canvas_image(vd_canvas *canvas, vd_image image, vd_rect rect, vd_sampling sampling) {
  if (!image.rgba || image.width_px <= 0 || image.height_px <= 0 || !rect_usable(rect)) return;
  size_t n = (size_t)image.width_px * (size_t)image.height_px;
  uint32_t *pixels = vd_arena_try_alloc(canvas->arena, n, sizeof *pixels);
  if (!pixels) return;
  for (size_t i = 0; i < n; i++) pixels[i] = premultiplied(image.rgba + 4 * i);
  vd_op_image *data = VD_NEW(canvas->arena, vd_op_image);
  *data = (vd_op_image){pixels, image.width_px, image.height_px, vd_mix_bytes(0, pixels, n * sizeof *pixels),
                        rect};
  push(canvas, VD_OP_IMAGE, data)->sampling = (uint8_t)sampling;
}

void vd_canvas_surface(vd_canvas *canvas, const struct vd_surface *surface, uint64_t version, vd_rect rect,
                       vd_sampling sampling) {
  if (!surface || !rect_usable(rect)) return;
  vd_op_surface *data = VD_NEW(canvas->arena, vd_op_surface);
  *data = (vd_op_surface){surface, version, rect};
  push(canvas, VD_OP_SURFACE, data)->sampling = (uint8_t)sampling;
}

void vd_canvas_icon(vd_canvas *canvas, const char *name, vd_rect rect, vd_rgba tint) {
  if (!name || !rect_usable(rect)) return;
  vd_op_icon *data = VD_NEW(canvas->arena, vd_op_icon);
  *data = (vd_op_icon){vd_utf8_clean(canvas->arena, name, 200), rect};
  push(canvas, VD_OP_ICON, data)->color = tint;
}

void vd_canvas_sub(vd_canvas *canvas, const vd_canvas *other) {
  if (other && other != canvas) push(canvas, VD_OP_SUB, other);
}

void vd_canvas_mark(vd_canvas *canvas, const char *name) {
  if (name) push(canvas, VD_OP_MARK, vd_utf8_clean(canvas->arena, name, 200));
}
