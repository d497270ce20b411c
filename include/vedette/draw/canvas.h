/* canvas: a drawing as a list of operations in millimetres, x right and y down, independent of any device.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Maps, sheets and the window's widgets all emit a canvas; only surface.h turns one into pixels, PDF or SVG.
 * Everything handed to a canvas is copied into its arena unless a comment says "borrowed"; it lives as long as the
 * arena. Appending never fails: points that are not finite are left out (a part without points vanishes), text is
 * cleaned to valid UTF-8. The unit is called a millimetre; the window uses the same canvas with one unit a pixel.
 *
 *   vd_canvas *canvas = vd_canvas_new(arena);
 *   vd_canvas_fill(canvas, vd_path_rect(arena, 0, 0, 210, 297), VD_RULE_NONZERO, VD_WHITE);
 *   vd_canvas_text(canvas, &(vd_text_run){.text = "Gap 3", .x = 20, .y = 30, .color = VD_BLACK,
 *                                         .style = {.size_mm = 3, .face = VD_FACE_BOLD}}); */
#ifndef VEDETTE_DRAW_CANVAS_H
#define VEDETTE_DRAW_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/geom.h"
#include "vedette/base/str.h"

typedef struct vd_canvas vd_canvas;
struct vd_surface;

/* A colour as 0xRRGGBBAA, not premultiplied. */
typedef uint32_t vd_rgba;
#define VD_RGB(r, g, b)                                                                                      \
  ((vd_rgba)(((uint32_t)(r) << 24) | ((uint32_t)(g) << 16) | ((uint32_t)(b) << 8) | 0xffu))
#define VD_BLACK ((vd_rgba)0x000000ffu)
#define VD_WHITE ((vd_rgba)0xffffffffu)
#define VD_CLEAR ((vd_rgba)0x00000000u) /* nothing is drawn */
/* `color` with its alpha multiplied by `opacity` 0..1. */
vd_rgba vd_rgba_fade(vd_rgba color, double opacity);
/* The colour `t` 0..1 of the way from `a` to `b`, each channel by itself. */
vd_rgba vd_rgba_mix(vd_rgba a, vd_rgba b, double t);
/* Reads "#rrggbb" or "#rrggbbaa"; false (and *out untouched) for anything else. */
bool vd_rgba_parse(const char *text, vd_rgba *out);

typedef struct vd_rect {
  double x, y, w, h;
} vd_rect;

/* x' = xx x + xy y + x0,  y' = yx x + yy y + y0. */
typedef struct vd_affine {
  double xx, yx, xy, yy, x0, y0;
} vd_affine;
vd_affine vd_affine_identity(void);
/* First `inner`, then `outer`. */
vd_affine vd_affine_multiply(vd_affine outer, vd_affine inner);
void vd_affine_apply(const vd_affine *m, double *x, double *y);

/* ---- Paths ----------------------------------------------------------------------------------------------- */

/* Parts of points. Part k is the points part_start[k] .. part_start[k + 1] - 1; part_start NULL: one part.
 * verbs NULL: straight lines. Otherwise one letter a point: 'L' a corner (also for a part's first point), and
 * 'C' three times in a row for the two control points and the end of a cubic Bezier curve.
 * A path may be put together on the stack around someone else's arrays; filling closes every part by itself. */
typedef struct vd_path {
  const double *xy; /* 2 * n_points */
  int32_t n_points;
  int32_t n_parts;
  const int32_t *part_start;
  const char *verbs;
  bool closed; /* strokes join each part's last point with its first */
} vd_path;

/* Borrows the arrays of `geom` (a polygon's path is closed); coordinates are taken as millimetres. */
vd_path vd_path_geom(const vd_geom *geom);
/* Borrows `xy`; one part. */
vd_path vd_path_points(const double *xy, int32_t n_points, bool closed);
/* These allocate from `arena`. */
vd_path vd_path_rect(vd_arena *arena, double x, double y, double w, double h);
vd_path vd_path_round_rect(vd_arena *arena, double x, double y, double w, double h, double radius);
vd_path vd_path_circle(vd_arena *arena, double x, double y, double radius);
vd_path vd_path_ellipse(vd_arena *arena, double x, double y, double radius_x, double radius_y);
vd_path vd_path_line(vd_arena *arena, double x0, double y0, double x1, double y1);
/* An open arc from angle `from_deg` to `to_deg`, degrees clockwise from the x axis (y is down). */
vd_path vd_path_arc(vd_arena *arena, double x, double y, double radius, double from_deg, double to_deg);
/* A slice of a circle, closed through its centre. */
vd_path vd_path_sector(vd_arena *arena, double x, double y, double radius, double from_deg, double to_deg);
vd_path vd_path_bezier(vd_arena *arena, double x0, double y0, double x1, double y1, double x2, double y2,
                       double x3, double y3);
/* A filled arrowhead with its tip at (x, y) that points along `heading_deg` (clockwise from the x axis). */
vd_path vd_path_arrowhead(vd_arena *arena, double x, double y, double heading_deg, double length,
                          double width);
/* A regular polygon with one corner at `heading_deg`; n_corners 3..64. */
vd_path vd_path_ngon(vd_arena *arena, double x, double y, double radius, int n_corners, double heading_deg);

typedef enum vd_rule { VD_RULE_NONZERO = 0, VD_RULE_EVENODD } vd_rule;
typedef enum vd_cap { VD_CAP_BUTT = 0, VD_CAP_ROUND, VD_CAP_SQUARE } vd_cap;
typedef enum vd_join { VD_JOIN_MITER = 0, VD_JOIN_ROUND, VD_JOIN_BEVEL } vd_join;
enum { VD_DASH_MAX = 8 };

typedef struct vd_stroke {
  double width_mm; /* <= 0: nothing is drawn */
  vd_rgba color;
  vd_cap cap;
  vd_join join;
  int n_dashes; /* 0: solid; else lengths on, off, on, off ...; on 0 is a dot (with round caps) */
  double dash_mm[VD_DASH_MAX];
  double dash_offset_mm;
} vd_stroke;

typedef enum vd_hatch_kind { VD_HATCH_LINES = 0, VD_HATCH_CROSS, VD_HATCH_DOTS } vd_hatch_kind;
/* A fill that survives black and white print; vector in PDF and SVG. The pattern is tied to the point
 * (origin_x, origin_y), so that neighbouring areas and map tiles meet without a step. */
typedef struct vd_hatch {
  vd_hatch_kind kind;
  double angle_deg;  /* of the lines, clockwise from the x axis */
  double spacing_mm; /* between lines or dots, at least 0.05 */
  double width_mm;   /* of a line, or a dot's diameter */
  vd_rgba color;
  double origin_x, origin_y;
} vd_hatch;

/* ---- Text, icons, images --------------------------------------------------------------------------------- */

typedef enum vd_face { VD_FACE_REGULAR = 0, VD_FACE_BOLD, VD_FACE_MONO } vd_face;
typedef enum vd_overflow {
  VD_OVERFLOW_NONE = 0, /* as long as it is; a newline starts a new line */
  VD_OVERFLOW_ELLIPSIS, /* one line, cut with an ellipsis at max_width_mm; newlines count as spaces */
  VD_OVERFLOW_WRAP      /* broken at words (at letters when a word is too long) to max_width_mm */
} vd_overflow;
/* The base direction of each paragraph; AUTO takes the first strong letter's. Lines are placed by the anchor,
 * never by the direction. */
typedef enum vd_direction { VD_DIRECTION_AUTO = 0, VD_DIRECTION_LTR, VD_DIRECTION_RTL } vd_direction;

typedef struct vd_text_style {
  double size_mm; /* the em; 0.1 .. 1000 */
  vd_face face;
  vd_overflow overflow;
  double max_width_mm; /* for ELLIPSIS and WRAP */
  vd_direction direction;
  double line_height; /* as a factor of the font's own; 0 means 1 */
  int max_lines;      /* for WRAP: later lines are cut with an ellipsis; 0: no limit */
} vd_text_style;

typedef enum vd_anchor_x { VD_ANCHOR_LEFT = 0, VD_ANCHOR_CENTRE, VD_ANCHOR_RIGHT } vd_anchor_x;
/* BASELINE: of the first line. TOP and BOTTOM: of the logical box (measure's height). MIDDLE: of that box. */
typedef enum vd_anchor_y {
  VD_ANCHOR_BASELINE = 0,
  VD_ANCHOR_MIDDLE,
  VD_ANCHOR_TOP,
  VD_ANCHOR_BOTTOM
} vd_anchor_y;

typedef struct vd_text_run {
  const char *text; /* UTF-8 */
  vd_text_style style;
  double x, y; /* where the anchor is */
  vd_anchor_x anchor_x;
  vd_anchor_y anchor_y;
  vd_rgba color;
  vd_rgba halo_color;
  double halo_mm;      /* the halo's width on each side; 0: none */
  double rotation_deg; /* clockwise around (x, y) */
} vd_text_run;

/* Pixels, row by row from the top: 4 bytes R G B A each, not premultiplied, no padding. */
typedef struct vd_image {
  const uint8_t *rgba;
  int width_px, height_px;
} vd_image;
typedef enum vd_sampling { VD_SAMPLE_NEAREST = 0, VD_SAMPLE_SMOOTH } vd_sampling;

/* ---- The list -------------------------------------------------------------------------------------------- */

/* An empty canvas in `arena`; it goes with the arena. */
vd_canvas *vd_canvas_new(vd_arena *arena);
vd_arena *vd_canvas_arena(vd_canvas *canvas);
int64_t vd_canvas_count(const vd_canvas *canvas);

/* save, group and the clips and transforms since are undone by restore. A restore without its save is left out;
 * a missing restore is made good at the end. */
void vd_canvas_save(vd_canvas *canvas);
/* A save whose drawing is put on the page as one, with `opacity` 0..1. */
void vd_canvas_group(vd_canvas *canvas, double opacity);
void vd_canvas_restore(vd_canvas *canvas);
void vd_canvas_transform(vd_canvas *canvas, vd_affine matrix);
void vd_canvas_translate(vd_canvas *canvas, double dx, double dy);
void vd_canvas_scale(vd_canvas *canvas, double sx, double sy);
void vd_canvas_rotate(vd_canvas *canvas, double clockwise_deg);
void vd_canvas_clip_rect(vd_canvas *canvas, double x, double y, double w, double h);
void vd_canvas_clip(vd_canvas *canvas, vd_path path, vd_rule rule);

void vd_canvas_fill(vd_canvas *canvas, vd_path path, vd_rule rule, vd_rgba color);
void vd_canvas_fill_rect(vd_canvas *canvas, double x, double y, double w, double h, vd_rgba color);
void vd_canvas_stroke(vd_canvas *canvas, vd_path path, const vd_stroke *stroke);
/* A straight line, solid, butt ends: table rules, ticks. */
void vd_canvas_line(vd_canvas *canvas, double x0, double y0, double x1, double y1, double width_mm,
                    vd_rgba color);
void vd_canvas_hatch(vd_canvas *canvas, vd_path path, vd_rule rule, const vd_hatch *hatch);
void vd_canvas_text(vd_canvas *canvas, const vd_text_run *run);
/* The whole image stretched to the rectangle; the pixels are copied. */
void vd_canvas_image(vd_canvas *canvas, vd_image image, vd_rect rect, vd_sampling sampling);
/* The same for a surface, borrowed until the canvas has been drawn. `version` stands for its content where canvases
 * are compared (damage, print): change it when the pixels change. */
void vd_canvas_surface(vd_canvas *canvas, const struct vd_surface *surface, uint64_t version, vd_rect rect,
                       vd_sampling sampling);
/* A drawing of assets/: name "icons/save" (without .svg). tint VD_CLEAR keeps the drawing's own
 * colours; else parts drawn in "currentColor" take the tint. It is fitted into the rectangle with its proportions kept. */
void vd_canvas_icon(vd_canvas *canvas, const char *name, vd_rect rect, vd_rgba tint);
/* Plays `other` here, inside a save and restore. Borrowed until the canvas has been drawn; must not change any more. */
void vd_canvas_sub(vd_canvas *canvas, const vd_canvas *other);
/* A name for what follows; draws nothing, shows as "# name" in the print. */
void vd_canvas_mark(vd_canvas *canvas, const char *name);

/* One operation a line, the same text for the same canvas on every machine. Lengths with at most 4 decimals. */
void vd_canvas_print(const vd_canvas *canvas, vd_buf *buf);

#endif
