/* style: the colours, patterns and sizes of a map, one table for screen and print.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The states' colours are told apart with the common kinds of colour blindness (after Okabe and Ito, 2008) and each
 * class has a hatch of its own, so that a black-and-white print says the same. */
#ifndef VEDETTE_CARTO_STYLE_H
#define VEDETTE_CARTO_STYLE_H

#include "vedette/base/terms.h"
#include "vedette/draw/canvas.h"
#include "vedette/study/difference.h"

typedef struct vd_area_style {
  vd_rgba fill;
  vd_hatch hatch; /* spacing_mm 0: none */
  vd_stroke outline;
} vd_area_style;
typedef struct vd_road_style {
  double width_mm, casing_mm; /* the line, and the rim on each side; casing 0: a plain line */
  vd_rgba color, casing;
  double dash_mm; /* 0: solid */
} vd_road_style;

typedef struct vd_style {
  bool bw;
  double size; /* 1 for arm's length */
  vd_rgba paper, ink, faint_ink, halo, accent;
  vd_rgba water, water_line, wetland;
  vd_rgba frame, response;
  vd_road_style road[VD_ROAD_CLASS_COUNT];
  vd_area_style state[VD_STATE_COUNT];
  vd_area_style cover[VD_COVER_COUNT]; /* of changes in coverage */
  vd_area_style certainty[VD_CERTAINTY_COUNT];
  vd_area_style threat[VD_PRIORITY_COUNT];
  vd_area_style area, gap, proximity, restriction, selected;
  vd_area_style spread;               /* within which a restriction's place is known to be */
  vd_area_style row[2];               /* the area of a report's row; [1]: one to act on */
  vd_area_style unknown;              /* a restriction whose road's state is not known any more */
  vd_rgba actor[VD_ACTOR_KIND_COUNT]; /* when the plan's actor carries no colour */
  double text_mm;                     /* em of an ordinary map label; every other size follows from it */
} vd_style;

/* The style of the window and of coloured prints, or with patterns only. Sizes are for reading at arm's length at
 * `size` 1; a wall sheet takes more. */
vd_style vd_style_make(bool bw, double size);

#endif
