/* script: a person at the window, written down: what is clicked, typed and dragged, and what should be seen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One step a line; # begins a remark; names stand in double quotes. Widgets are found by role and name (ui/node.h); a
 * name stands for the first widget that begins with it when none is called exactly so. Pixels of the map count from its
 * upper-left corner.
 *
 *   click ROLE "NAME"              also: double-click, right-click
 *   click map X,Y
 *   hover ROLE "NAME"              hover map X,Y
 *   drag map X,Y X,Y               press, move, release
 *   drag ROLE "NAME" DX,DY         from its middle
 *   carry map X,Y X,Y              the same without releasing; then: drop
 *   wheel map N                    wheel ROLE "NAME" N        notches, up positive
 *   key ctrl+z                     type "text"
 *   run ACTION                     an action by its word ("zoom-in")
 *   select "G-01"                  a gap by name, or a place by name, coordinates or grid reference
 *   resize WxH
 *   wait idle                      wait MS
 *   expect ROLE "NAME" [is "VALUE"] [contains "PART"] [checked|unchecked|focused|selected|disabled|enabled]
 *   expect no ROLE "NAME"
 *   shot NAME                      a picture of the window
 *   print                          the tree of what is on screen, to `print` */
#ifndef VEDETTE_APP_SCRIPT_H
#define VEDETTE_APP_SCRIPT_H

#include "app/app.h"

/* What a script does besides using the window. Any member may be NULL. */
typedef struct vd_script_host {
  void *context;
  vd_status (*shot)(void *context, const char *name, const vd_canvas *picture, int width_px, int height_px);
  void (*print)(void *context, const char *text);
} vd_script_host;

/* Plays `text` in an app without workers, of the given size (0 x 0: as it is). On failure the message begins with "name:line: ". */
vd_status vd_script_play(vd_app *app, const vd_script_host *host, int width_px, int height_px,
                         const char *name, const char *text);

#endif
