/* text: what one thread needs to draw: the fonts, the icons, and their caches; and measuring of text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * main opens one vd_draw and hands it around; each worker thread draws with its own vd_draw_copy. The fonts are five
 * files by name and nothing else of the machine's font settings, so that a picture has the same bytes everywhere.
 * Shaping, bidi and line breaking are Pango's. All lengths are in canvas units, from the text's own top left corner
 * (y down), and scale exactly with the size: nothing is rounded to pixels. */
#ifndef VEDETTE_DRAW_TEXT_H
#define VEDETTE_DRAW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"
#include "vedette/draw/canvas.h"

typedef struct vd_draw vd_draw;

/* VD_ERR_NOT_FOUND with the name of the Debian package when a font file is missing. Caller frees. */
vd_status vd_draw_open(vd_draw **out);
/* Another one for another thread, sharing the read-only font list. Never NULL; caller frees, in any order. */
vd_draw *vd_draw_copy(const vd_draw *draw);
void vd_draw_free(vd_draw *draw);
void vd_draw_cleanup(vd_draw **draw);

typedef struct vd_text_size {
  double width_mm, height_mm; /* the logical box: the widest line, all lines */
  double ascent_mm;           /* from the top of the box to the first baseline */
  double line_mm;             /* one line's height */
  int32_t n_lines;
  bool cut; /* an ellipsis stands for the rest */
} vd_text_size;
/* Results are cached in `draw`: asking again costs a hash look-up. */
vd_text_size vd_text_measure(vd_draw *draw, const vd_text_style *style, const char *text);
/* The rectangle around the run as drawn on the canvas, halo and rotation included: for label placing. */
vd_rect vd_text_run_box(vd_draw *draw, const vd_text_run *run);

/* ---- For editing: byte indices into valid UTF-8; lines are left aligned unless `anchor` says otherwise ------ */

typedef struct vd_text_caret {
  double x_mm, y_mm, height_mm; /* the top of the caret */
  int32_t line;
} vd_text_caret;
vd_text_caret vd_text_caret_at(vd_draw *draw, const vd_text_style *style, vd_anchor_x anchor,
                               const char *text, size_t index);
/* The byte index nearest to a point; points outside go to the nearest line and its end. */
size_t vd_text_hit(vd_draw *draw, const vd_text_style *style, vd_anchor_x anchor, const char *text,
                   double x_mm, double y_mm);

typedef enum vd_text_step {
  VD_STEP_LEFT,      /* one position to the left as seen, also in right-to-left text */
  VD_STEP_RIGHT,     /* one position to the right as seen */
  VD_STEP_NEXT,      /* the next character (grapheme) in reading order */
  VD_STEP_PREVIOUS,  /* the previous one */
  VD_STEP_WORD_NEXT, /* the end of this or the next word in reading order */
  VD_STEP_WORD_PREVIOUS,
  VD_STEP_LINE_START, /* of the line as broken */
  VD_STEP_LINE_END
} vd_text_step;
size_t vd_text_move(vd_draw *draw, const vd_text_style *style, const char *text, size_t index,
                    vd_text_step step);
/* The rectangles of the bytes from..to, left aligned unless anchored: at most `max` are written, their number is returned. */
int vd_text_ranges(vd_draw *draw, const vd_text_style *style, vd_anchor_x anchor, const char *text,
                   size_t from, size_t to, vd_rect *rects, int max);

#endif
