/* ops: how a canvas keeps its operations; for the files that read them back.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_OPS_H
#define VEDETTE_DRAW_OPS_H

#include "vedette/draw/canvas.h"

typedef enum vd_op_kind {
  VD_OP_SAVE,
  VD_OP_GROUP,
  VD_OP_RESTORE,
  VD_OP_TRANSFORM,
  VD_OP_CLIP,
  VD_OP_FILL,
  VD_OP_STROKE,
  VD_OP_HATCH,
  VD_OP_TEXT,
  VD_OP_IMAGE,
  VD_OP_SURFACE,
  VD_OP_ICON,
  VD_OP_SUB,
  VD_OP_MARK
} vd_op_kind;

/* A path of its own with the box around its points (control points too). */
typedef struct vd_shape {
  vd_path path;
  vd_rule rule;
  vd_box box;
} vd_shape;

/* Every payload that has a shape begins with it, so that one look at `data` serves them all. */
typedef struct vd_op_stroke {
  vd_shape shape;
  vd_stroke stroke;
} vd_op_stroke;
typedef struct vd_op_hatch {
  vd_shape shape;
  vd_hatch hatch;
} vd_op_hatch;
typedef struct vd_op_image {
  uint32_t *pixels; /* premultiplied 0xAARRGGBB, width * height */
  int width_px, height_px;
  uint64_t hash;
  vd_rect rect;
} vd_op_image;
typedef struct vd_op_surface {
  const struct vd_surface *surface;
  uint64_t version;
  vd_rect rect;
} vd_op_surface;
typedef struct vd_op_icon {
  const char *name;
  vd_rect rect;
} vd_op_icon;

typedef struct vd_op {
  uint8_t kind;     /* vd_op_kind */
  uint8_t sampling; /* vd_sampling of images and surfaces */
  vd_rgba color;    /* of fills; an icon's tint */
  const void
      *data; /* GROUP: double; TRANSFORM: vd_affine; CLIP, FILL: vd_shape; TEXT: vd_text_run; SUB: vd_canvas;
                       MARK: char; else the struct named after it */
} vd_op;

struct vd_canvas {
  vd_arena *arena;
  vd_op *ops;
  size_t n, capacity;
  size_t depth; /* open saves and groups */
};

/* How deep canvases may play each other. */
enum { VD_SUB_DEPTH_MAX = 16 };
/* Longest text of one run, in bytes. */
enum { VD_TEXT_MAX = 16384 };

#endif
