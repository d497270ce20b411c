/* engine: the fonts, icons and caches of one thread, and laid out text as the other files of draw see it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_ENGINE_H
#define VEDETTE_DRAW_ENGINE_H

#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <pango/pangocairo.h>

#include "vedette/draw/text.h"

enum { VD_FACE_COUNT = 3 };
/* Text is always laid out at this em and scaled when drawn, so that measures scale exactly with the size. */
#define VD_EM 100.0

struct vd_draw {
  FcConfig *fonts; /* shared by copies, never changed after opening */
  bool is_copy;
  PangoFontMap *map;
  PangoContext *context;
  PangoFontDescription *faces[VD_FACE_COUNT];
  double ascent[VD_FACE_COUNT], line[VD_FACE_COUNT]; /* at VD_EM */
  GHashTable *settled; /* languages whose fonts Pango has finished sorting, by face */
  /* Layouts by text and style: those of the last while, and those before them, dropped when the young are full. */
  GHashTable *young, *old;
  struct vd_icons *icons;
  GHashTable *labels; /* text with a halo, as pixels */
  size_t label_bytes;
};

typedef struct vd_layout_line {
  PangoLayoutLine *line;
  double width;                          /* logical */
  double pango_x;                        /* where Pango itself would start the line */
  double ink_x0, ink_y0, ink_x1, ink_y1; /* from the line's start and baseline */
} vd_layout_line;

/* Laid out text at VD_EM; multiply by `scale` for canvas units. */
typedef struct vd_layout {
  PangoLayout *layout;
  vd_layout_line *lines;
  int n_lines;
  double width, ascent, line_height, height;
  bool cut;
  /* the key */
  uint64_t hash;
  vd_text_style style; /* at VD_EM, unused members zero */
  char *text;
} vd_layout;

/* Pango sorts the fonts of a language in a thread of its own that nobody can wait for. This goes through them once,
 * which ends it, so that no thread still holds fonts when the program is done. */
void vd_fonts_settle(vd_draw *draw, vd_face face, PangoLanguage *language);
/* The layout of a text; borrowed until a few thousand other texts were asked for. Never NULL. */
const vd_layout *vd_layout_lookup(vd_draw *draw, const vd_text_style *style, const char *text);
/* Canvas units per layout unit. */
double vd_layout_scale(const vd_text_style *style);
/* Where a line starts, right of the box's left edge. */
double vd_layout_indent(const vd_layout *layout, int line, vd_anchor_x anchor);
/* Baseline of a line below the top of the box. */
double vd_layout_baseline(const vd_layout *layout, int line);
/* From the anchor to the top left corner of the box, at VD_EM. */
void vd_layout_place(const vd_layout *layout, const vd_text_run *run, double *dx, double *dy);
/* The ink and logical box of a run as drawn, around its anchor, before rotation; canvas units, halo included. */
vd_box vd_layout_box(vd_draw *draw, const vd_text_run *run);

#endif
