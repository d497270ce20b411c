/* label: names placed on a map so that none lies on another.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Greedy by rank: the most important label is placed first and takes the first of its candidate positions that is
 * free; a label without a free position is left out (or, with a leader, moved further away and joined by a line).
 * The same labels in the same order always give the same picture. */
#ifndef VEDETTE_CARTO_LABEL_H
#define VEDETTE_CARTO_LABEL_H

#include "vedette/base/arena.h"
#include "vedette/draw/canvas.h"
#include "vedette/draw/text.h"

typedef enum vd_label_manner {
  VD_LABEL_POINT,  /* eight positions around a symbol: right above first, then the others */
  VD_LABEL_INSIDE, /* centred on the place; tries a few shifts of its own height */
  VD_LABEL_LEADER, /* like POINT, then further rings with a leader line to the place */
  VD_LABEL_ALONG   /* centred on the place, turned by rotation_deg, one position */
} vd_label_manner;

typedef struct vd_label {
  const char *text, *under; /* `under` in smaller type below, NULL none */
  vd_label_manner manner;
  double x, y;      /* the place, mm on the canvas */
  double clear_mm;  /* radius of the symbol to keep clear of */
  double spread_mm; /* POINT: when nothing is free, tried again this much further out, twice */
  double rotation_deg;
  double rank;    /* higher is placed first; ties in the order added */
  double size_mm; /* em */
  vd_face face;
  vd_rgba color, halo;
  double halo_mm;
  vd_rgba plate; /* a filled rounded plate behind the text, VD_CLEAR none */
} vd_label;

/* Where a label went; `placed` false when there was no room. `box` holds text and halo. */
typedef struct vd_label_place {
  bool placed, leader;
  vd_rect box;
  double leader_x, leader_y; /* where the leader meets the box */
} vd_label_place;

typedef struct vd_labels vd_labels;
/* Labels inside `bounds` only, all in `arena`; `draw` measures and must stay. */
vd_labels *vd_labels_new(vd_arena *arena, vd_draw *draw, vd_rect bounds);
/* Keeps a rectangle free of labels: a symbol, a legend. A soft one is avoided while another position is free. A label
 * may touch the block whose centre is its own place: its symbol. */
void vd_labels_block(vd_labels *labels, vd_rect rect, bool soft);
/* Copies the label; its index is returned. */
int32_t vd_labels_add(vd_labels *labels, const vd_label *label);
/* Places all; call once. */
void vd_labels_place(vd_labels *labels);
int32_t vd_labels_count(const vd_labels *labels);
const vd_label *vd_labels_at(const vd_labels *labels, int32_t index);
const vd_label_place *vd_labels_place_of(const vd_labels *labels, int32_t index);
/* Least important first, so that the important ones lie on top of leaders. */
void vd_labels_draw(const vd_labels *labels, vd_canvas *canvas);

#endif
