/* theme: the light theme.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/theme.h"

vd_theme vd_theme_light(void) {
  return (vd_theme){
      .page = VD_RGB(252, 253, 254),
      .panel = VD_RGB(252, 253, 254),
      .stripe = VD_RGB(241, 243, 245),
      .header = VD_RGB(235, 239, 243),
      .border = VD_RGB(203, 210, 217),
      .line = VD_RGB(224, 229, 234),
      .text = VD_RGB(27, 36, 48),
      .faint_text = VD_RGB(84, 97, 112),
      .accent = VD_RGB(10, 94, 181),
      .accent_text = VD_RGB(255, 255, 255),
      .hover = VD_RGB(232, 239, 247),
      .pressed = VD_RGB(208, 224, 241),
      .selection = VD_RGB(217, 230, 243),
      .disabled = VD_RGB(150, 160, 171),
      .low = VD_RGB(74, 92, 112),
      .medium = VD_RGB(143, 82, 0),
      .high = VD_RGB(178, 24, 24),
      .shadow = 0x1b243040u,
      .text_size = 13.5,
      .small_size = 11.5,
      .title_size = 14.5,
      .icon_size = 18,
      .row_height = 27,
      .control_height = 30,
      .toolbar_height = 42,
      .menu_height = 32,
      .status_height = 25,
      .gap = 8,
      .radius = 4,
  };
}
