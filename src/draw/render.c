/* render: plays the operations of a canvas on a cairo context.
 * SPDX-License-Identifier: Apache-2.0 */
#include "draw/render.h"

#include <math.h>
#include <string.h>

#include "draw/engine.h"
#include "draw/icons.h"
#include "draw/pixels.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

vd_affine vd_render_matrix(const vd_render *render) {
  cairo_matrix_t m;
  cairo_get_matrix(render->cr, &m);
  return (vd_affine){m.xx, m.yx, m.xy, m.yy, m.x0, m.y0};
}

void vd_render_color(cairo_t *cr, vd_rgba color) {
  cairo_set_source_rgba(cr, (color >> 24) / 255.0, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0,
                        (color & 0xff) / 255.0);
}

/* ---- Pixels ---- */

static cairo_filter_t filter_of(const vd_affine *m, vd_sampling sampling, double scale_x, double scale_y) {
  if (sampling == VD_SAMPLE_NEAREST) return CAIRO_FILTER_NEAREST;
  double smaller = fmin(hypot(m->xx, m->yx) * scale_x, hypot(m->xy, m->yy) * scale_y);
  return smaller < 0.75 ? CAIRO_FILTER_GOOD : CAIRO_FILTER_BILINEAR;
}

void vd_emit_pixels(vd_render *render, cairo_surface_t *pixels, vd_rect rect, vd_sampling sampling) {
  cairo_t *cr = render->cr;
  double width = cairo_image_surface_get_width(pixels), height = cairo_image_surface_get_height(pixels);
  vd_affine m = vd_render_matrix(render);
  cairo_save(cr);
  cairo_translate(cr, rect.x, rect.y);
  cairo_scale(cr, rect.w / width, rect.h / height);
  cairo_set_source_surface(cr, pixels, 0, 0);
  cairo_pattern_t *source = cairo_get_source(cr);
  cairo_pattern_set_filter(source, filter_of(&m, sampling, rect.w / width, rect.h / height));
  if (!render->vector) {
    /* Hard edges and a padded border: neighbouring tiles meet without a seam. */
    cairo_pattern_set_extend(source, CAIRO_EXTEND_PAD);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
  }
  cairo_rectangle(cr, 0, 0, width, height);
  cairo_fill(cr);
  cairo_restore(cr);
}

static void image(vd_render *render, const vd_op *op) {
  const vd_op_image *data = op->data;
  VD_CLEANUP(vd_cairo_surface_cleanup)
  cairo_surface_t *pixels =
      cairo_image_surface_create_for_data((unsigned char *)data->pixels, CAIRO_FORMAT_ARGB32, data->width_px,
                                          data->height_px, 4 * data->width_px);
  vd_emit_pixels(render, pixels, data->rect, (vd_sampling)op->sampling);
  /* The context may keep the surface a little longer than the canvas lives; its pixels are let go here. */
  cairo_surface_finish(pixels);
}

/* ---- Playing ---- */

static void keep_failure(vd_render *render, vd_status status) {
  if (status == VD_OK || render->status != VD_OK) return;
  render->status = status;
  render->message = vd_str_dup(render->scratch, vd_last_message());
}

static bool wanted(const vd_render *render, const vd_op *op) {
  vd_affine m = vd_render_matrix(render);
  return vd_box_touches(vd_op_extent(render->draw, op, &m), render->target);
}

static void paint(vd_render *render, const vd_op *op) {
  switch ((vd_op_kind)op->kind) {
  case VD_OP_FILL:
    vd_render_color(render->cr, op->color);
    vd_emit_shape(render, op->data);
    cairo_fill(render->cr);
    break;
  case VD_OP_STROKE:
    vd_emit_stroke(render, op->data);
    break;
  case VD_OP_HATCH:
    vd_emit_hatch(render, op->data);
    break;
  case VD_OP_TEXT:
    vd_emit_text(render, op->data);
    break;
  case VD_OP_IMAGE:
    image(render, op);
    break;
  case VD_OP_SURFACE: {
    const vd_op_surface *data = op->data;
    vd_emit_pixels(render, data->surface->cairo, data->rect, (vd_sampling)op->sampling);
    break;
  }
  case VD_OP_ICON: {
    const vd_op_icon *data = op->data;
    keep_failure(render, vd_icons_paint(render->draw->icons, render->cr, data->name, data->rect, op->color,
                                        render->vector));
    break;
  }
  default:
    break;
  }
}

static void save(vd_render *render, double opacity) {
  cairo_save(render->cr);
  if (opacity >= 0) cairo_push_group(render->cr);
  *VD_PUSH(render->scratch, render->opacities, render->depth, render->capacity) = opacity;
}

static void restore(vd_render *render) {
  double opacity = render->opacities[--render->depth];
  if (opacity >= 0) {
    cairo_pop_group_to_source(render->cr);
    cairo_paint_with_alpha(render->cr, opacity);
  }
  cairo_restore(render->cr);
}

static vd_status play(vd_render *render, const vd_canvas *canvas, int depth);

static vd_status step(vd_render *render, const vd_op *op, int depth) {
  switch ((vd_op_kind)op->kind) {
  case VD_OP_SAVE:
    save(render, -1);
    break;
  case VD_OP_GROUP:
    save(render, *(const double *)op->data);
    break;
  case VD_OP_RESTORE:
    restore(render);
    break;
  case VD_OP_TRANSFORM: {
    const vd_affine *a = op->data;
    cairo_matrix_t m = {a->xx, a->yx, a->xy, a->yy, a->x0, a->y0};
    /* A matrix that flattens the plane hides what follows; cairo itself would stop with an error. */
    if (fabs(a->xx * a->yy - a->xy * a->yx) > 1e-12) {
      cairo_transform(render->cr, &m);
    } else {
      cairo_new_path(render->cr);
      cairo_clip(render->cr);
    }
    break;
  }
  case VD_OP_CLIP:
    vd_emit_shape(render, op->data);
    cairo_clip(render->cr);
    break;
  case VD_OP_SUB:
    if (depth >= VD_SUB_DEPTH_MAX) break;
    save(render, -1);
    VD_TRY(play(render, op->data, depth + 1));
    restore(render);
    break;
  case VD_OP_MARK:
    break;
  default:
    if (wanted(render, op)) paint(render, op);
    break;
  }
  return VD_OK;
}

static vd_status play(vd_render *render, const vd_canvas *canvas, int depth) {
  size_t bottom = render->depth;
  for (size_t i = 0; i < canvas->n; i++) {
    if (render->cancel && atomic_load(render->cancel))
      return vd_fail(VD_ERR_CANCELLED, _("Drawing was stopped."));
    VD_TRY(step(render, &canvas->ops[i], depth));
  }
  while (render->depth > bottom) restore(render);
  return VD_OK;
}

vd_status vd_render_canvas(vd_render *render, const vd_canvas *canvas, const vd_affine *matrix) {
  cairo_matrix_t m = {matrix->xx, matrix->yx, matrix->xy, matrix->yy, matrix->x0, matrix->y0};
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  render->scratch = scratch;
  cairo_set_matrix(render->cr, &m);
  cairo_set_tolerance(render->cr, 0.1);
  vd_status status = play(render, canvas, 0);
  while (render->depth > 0) restore(render);
  if (status == VD_OK) status = vd_cairo_status(cairo_status(render->cr));
  if (status == VD_OK && render->status != VD_OK) status = vd_fail(render->status, "%s", render->message);
  render->scratch = NULL;
  return status;
}

/* ---- On a surface ---- */

static vd_status view_check(const vd_view *view) {
  bool good = view->px_per_mm > 0 && view->px_per_mm < 1e6 && fabs(view->origin_x_mm) < 1e9 &&
              fabs(view->origin_y_mm) < 1e9;
  return good ? VD_OK : vd_fail(VD_ERR_INTERNAL, _("The view to draw is not a usable rectangle."));
}

static vd_status box_play(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, cairo_t *cr,
                          vd_box box) {
  vd_render render = {.draw = draw, .cr = cr, .target = box, .cancel = view->cancel};
  vd_affine matrix = vd_view_matrix(view);
  return vd_render_canvas(&render, canvas, &matrix);
}

vd_status vd_canvas_render(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, vd_surface *surface) {
  VD_TRY(view_check(view));
  VD_CLEANUP(vd_cairo_cleanup) cairo_t *cr = cairo_create(surface->cairo);
  return box_play(draw, canvas, view, cr,
                  (vd_box){0, 0, vd_surface_width(surface), vd_surface_height(surface)});
}

/* A mask of wanted cells, and taking from it one rectangle of cells after the other. */
typedef struct cell_mask {
  int columns, rows, px;
  bool *wanted;
} cell_mask;

static bool row_wanted(const cell_mask *mask, int row, int column, int end) {
  for (; column < end; column++)
    if (!mask->wanted[row * mask->columns + column]) return false;
  return true;
}

/* The rectangle that grows from a cell first right, then down. */
static vd_box take_cells(cell_mask *mask, int column, int row) {
  int right = column, below = row;
  while (right < mask->columns && mask->wanted[row * mask->columns + right]) right++;
  while (below < mask->rows && row_wanted(mask, below, column, right)) below++;
  for (int r = row; r < below; r++)
    memset(mask->wanted + r * mask->columns + column, 0, (size_t)(right - column));
  return (vd_box){column * mask->px, row * mask->px, right * mask->px, below * mask->px};
}

static vd_status box_render(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, vd_box box,
                            vd_rgba background, const vd_surface *surface) {
  VD_CLEANUP(vd_cairo_cleanup) cairo_t *cr = cairo_create(surface->cairo);
  cairo_rectangle(cr, box.min_x, box.min_y, box.max_x - box.min_x, box.max_y - box.min_y);
  cairo_clip(cr);
  cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
  vd_render_color(cr, background);
  cairo_paint(cr);
  cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
  return box_play(draw, canvas, view, cr, box);
}

vd_status vd_canvas_render_cells(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, vd_cells cells,
                                 vd_rgba background, vd_surface *surface) {
  VD_TRY(view_check(view));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int px = cells.cell_px;
  cell_mask mask = {.px = px};
  mask.columns = (vd_surface_width(surface) + px - 1) / px;
  mask.rows = (vd_surface_height(surface) + px - 1) / px;
  mask.wanted = VD_NEW_ARRAY(scratch, bool, (size_t)mask.columns *(size_t)mask.rows);
  for (int i = 0; i < cells.n; i++) {
    int column = cells.cell[2 * i], row = cells.cell[2 * i + 1];
    bool inside = column >= 0 && row >= 0 && column < mask.columns && row < mask.rows;
    if (inside) mask.wanted[row * mask.columns + column] = true;
  }
  for (int i = 0; i < mask.columns * mask.rows; i++) {
    if (!mask.wanted[i]) continue;
    vd_box box = take_cells(&mask, i % mask.columns, i / mask.columns);
    VD_TRY(box_render(draw, canvas, view, box, background, surface));
  }
  return VD_OK;
}
