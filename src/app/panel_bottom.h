/* panel_bottom: the panels behind the tabs under the map, one file each.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_APP_PANEL_BOTTOM_H
#define VEDETTE_APP_PANEL_BOTTOM_H

#include "app/state.h"

void vd_panel_gaps(vd_app *app, vd_rect rect, const vd_study *study);
void vd_panel_losses(vd_app *app, vd_rect rect, const vd_study *study);
void vd_panel_duplicates(vd_app *app, vd_rect rect, const vd_study *study);
void vd_panel_notes(vd_app *app, vd_rect rect, const vd_study *study);
/* The choosers of report and table stand in `tools`, beside the tabs. */
void vd_panel_reports(vd_app *app, vd_rect rect, vd_rect tools);

#endif
