/* theme: the colours and sizes of the window, one table.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Text on its background has a contrast of at least 4.5 : 1 (WCAG 2.1, AA). Sizes are in units that vd_ui_px turns
 * into pixels. */
#ifndef VEDETTE_UI_THEME_H
#define VEDETTE_UI_THEME_H

#include "vedette/draw/canvas.h"

typedef struct vd_theme {
  vd_rgba page, panel, stripe, header, border, line;
  vd_rgba text, faint_text, accent, accent_text, hover, pressed, selection, disabled;
  vd_rgba low, medium, high; /* severity words */
  vd_rgba shadow;
  double text_size, small_size, title_size, icon_size;
  double row_height, control_height, toolbar_height, menu_height, status_height, gap, radius;
} vd_theme;
vd_theme vd_theme_light(void);

#endif
