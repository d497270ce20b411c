/* print: a canvas as text, one operation a line, for tests and for reading along.
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>

#include "draw/ops.h"
#include "vedette/draw/surface.h"

static void number(vd_buf *buf, double value, int decimals) {
  vd_buf_add(buf, " ");
  vd_buf_add_number(buf, fabs(value) < 0.5 * pow(10, -decimals) ? 0 : value, decimals);
}

static void lengths(vd_buf *buf, const double *values, int n) {
  for (int i = 0; i < n; i++) number(buf, values[i], 4);
}

static void rect(vd_buf *buf, vd_rect r) {
  vd_buf_add(buf, " in");
  lengths(buf, (double[]){r.x, r.y, r.w, r.h}, 4);
}

static void color(vd_buf *buf, vd_rgba value) {
  vd_buf_printf(buf, " #%08" PRIx32, value);
}

static void path(vd_buf *buf, const vd_path *p) {
  for (int32_t part = 0; part < p->n_parts; part++) {
    int32_t from = p->part_start ? p->part_start[part] : 0;
    int32_t to = p->part_start ? p->part_start[part + 1] : p->n_points;
    char last = 0;
    for (int32_t i = from; i < to; i++) {
      char verb = i == from ? 'M' : (p->verbs ? p->verbs[i] : 'L');
      if (verb != last || verb == 'M') vd_buf_printf(buf, " %c", verb);
      lengths(buf, p->xy + 2 * i, 2);
      last = verb;
    }
    if (p->closed) vd_buf_add(buf, " Z");
  }
}

static void shape(vd_buf *buf, const vd_shape *s) {
  vd_buf_add(buf, s->rule == VD_RULE_EVENODD ? " evenodd" : " nonzero");
  path(buf, &s->path);
}

static void stroke(vd_buf *buf, const vd_op_stroke *data) {
  static const char *const caps[] = {"butt", "round", "square"};
  static const char *const joins[] = {"miter", "round", "bevel"};
  const vd_stroke *s = &data->stroke;
  vd_buf_add(buf, "stroke");
  color(buf, s->color);
  vd_buf_add(buf, " width");
  number(buf, s->width_mm, 4);
  vd_buf_printf(buf, " %s %s", caps[s->cap], joins[s->join]);
  if (s->n_dashes > 0) {
    vd_buf_add(buf, " dash");
    lengths(buf, s->dash_mm, s->n_dashes);
    vd_buf_add(buf, " from");
    number(buf, s->dash_offset_mm, 4);
  }
  path(buf, &data->shape.path);
}

static void hatch(vd_buf *buf, const vd_op_hatch *data) {
  static const char *const kinds[] = {"lines", "cross", "dots"};
  const vd_hatch *h = &data->hatch;
  vd_buf_printf(buf, "hatch %s", kinds[h->kind]);
  color(buf, h->color);
  vd_buf_add(buf, " angle");
  number(buf, h->angle_deg, 4);
  vd_buf_add(buf, " spacing");
  number(buf, h->spacing_mm, 4);
  vd_buf_add(buf, " width");
  number(buf, h->width_mm, 4);
  vd_buf_add(buf, " from");
  lengths(buf, (double[]){h->origin_x, h->origin_y}, 2);
  shape(buf, &data->shape);
}

static void text_style(vd_buf *buf, const vd_text_style *s) {
  static const char *const faces[] = {"regular", "bold", "mono"};
  vd_buf_printf(buf, " %s", faces[s->face]);
  number(buf, s->size_mm, 4);
  if (s->overflow != VD_OVERFLOW_NONE) {
    vd_buf_add(buf, s->overflow == VD_OVERFLOW_WRAP ? " wrap" : " ellipsis");
    number(buf, s->max_width_mm, 4);
    if (s->max_lines > 0) vd_buf_printf(buf, " lines %d", s->max_lines);
  }
  if (s->direction != VD_DIRECTION_AUTO) vd_buf_add(buf, s->direction == VD_DIRECTION_RTL ? " rtl" : " ltr");
  if (s->line_height > 0) {
    vd_buf_add(buf, " leading");
    number(buf, s->line_height, 4);
  }
}

static void text(vd_buf *buf, const vd_text_run *run) {
  static const char *const across[] = {"left", "centre", "right"};
  static const char *const down[] = {"baseline", "middle", "top", "bottom"};
  vd_buf_add(buf, "text");
  lengths(buf, (double[]){run->x, run->y}, 2);
  vd_buf_printf(buf, " %s %s", across[run->anchor_x], down[run->anchor_y]);
  text_style(buf, &run->style);
  color(buf, run->color);
  if (run->halo_mm > 0) {
    vd_buf_add(buf, " halo");
    number(buf, run->halo_mm, 4);
    color(buf, run->halo_color);
  }
  if (run->rotation_deg != 0) {
    vd_buf_add(buf, " turned");
    number(buf, run->rotation_deg, 4);
  }
  vd_buf_add(buf, " ");
  vd_buf_add_json(buf, run->text);
}

static void transform(vd_buf *buf, const vd_affine *m) {
  vd_buf_add(buf, "transform");
  double values[] = {m->xx, m->yx, m->xy, m->yy, m->x0, m->y0};
  for (int i = 0; i < 6; i++) number(buf, values[i], i < 4 ? 6 : 4);
}

static void image(vd_buf *buf, const vd_op *op) {
  const vd_op_image *data = op->data;
  vd_buf_printf(buf, "image %dx%d %016" PRIx64, data->width_px, data->height_px, data->hash);
  rect(buf, data->rect);
  vd_buf_add(buf, op->sampling == VD_SAMPLE_SMOOTH ? " smooth" : " nearest");
}

static void surface(vd_buf *buf, const vd_op *op) {
  const vd_op_surface *data = op->data;
  vd_buf_printf(buf, "surface %dx%d version %" PRIu64, vd_surface_width(data->surface),
                vd_surface_height(data->surface), data->version);
  rect(buf, data->rect);
  vd_buf_add(buf, op->sampling == VD_SAMPLE_SMOOTH ? " smooth" : " nearest");
}

static void icon(vd_buf *buf, const vd_op *op) {
  const vd_op_icon *data = op->data;
  vd_buf_printf(buf, "icon %s", data->name);
  rect(buf, data->rect);
  if (op->color != VD_CLEAR) {
    vd_buf_add(buf, " tint");
    color(buf, op->color);
  }
}

static void op_print(const vd_op *op, vd_buf *buf) {
  switch ((vd_op_kind)op->kind) {
  case VD_OP_SAVE:
    vd_buf_add(buf, "save");
    break;
  case VD_OP_GROUP:
    vd_buf_add(buf, "group");
    number(buf, *(const double *)op->data, 4);
    break;
  case VD_OP_RESTORE:
    vd_buf_add(buf, "restore");
    break;
  case VD_OP_TRANSFORM:
    transform(buf, op->data);
    break;
  case VD_OP_CLIP:
    vd_buf_add(buf, "clip");
    shape(buf, op->data);
    break;
  case VD_OP_FILL:
    vd_buf_add(buf, "fill");
    color(buf, op->color);
    shape(buf, op->data);
    break;
  case VD_OP_STROKE:
    stroke(buf, op->data);
    break;
  case VD_OP_HATCH:
    hatch(buf, op->data);
    break;
  case VD_OP_TEXT:
    text(buf, op->data);
    break;
  case VD_OP_IMAGE:
    image(buf, op);
    break;
  case VD_OP_SURFACE:
    surface(buf, op);
    break;
  case VD_OP_ICON:
    icon(buf, op);
    break;
  case VD_OP_SUB:
    break;
  case VD_OP_MARK:
    vd_buf_printf(buf, "# %s", (const char *)op->data);
    break;
  }
}

static void canvas_print(const vd_canvas *canvas, vd_buf *buf, int depth) {
  for (size_t i = 0; i < canvas->n; i++) {
    const vd_op *op = &canvas->ops[i];
    for (int d = 0; d < depth; d++) vd_buf_add(buf, "  ");
    if (op->kind == VD_OP_SUB) {
      vd_buf_add(buf, "sub\n");
      if (depth < VD_SUB_DEPTH_MAX) canvas_print(op->data, buf, depth + 1);
      continue;
    }
    op_print(op, buf);
    vd_buf_add(buf, "\n");
  }
}

void vd_canvas_print(const vd_canvas *canvas, vd_buf *buf) {
  canvas_print(canvas, buf, 0);
}
