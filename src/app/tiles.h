/* tiles: pictures of the map made in the background, nearest the middle first.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A tile set draws one part of the map (the base, or what lies over it) on a lattice tied to the plane, so that
 * panning needs new tiles at the edges only. While a scale's tiles are on their way, those of another scale stand in,
 * stretched. */
#ifndef VEDETTE_APP_TILES_H
#define VEDETTE_APP_TILES_H

#include "vedette/base/queue.h"
#include "vedette/carto/map.h"
#include "vedette/draw/surface.h"

enum { VD_TILE_PX = 256 };

/* What a set draws: vd_map_draw_base or vd_map_draw_overlays. */
typedef void vd_tile_drawing(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                             vd_canvas *canvas, vd_map_drawn *drawn);

typedef struct vd_tiles vd_tiles;
/* `queue` is borrowed; `draws` holds one vd_draw for each of its workers (one when it has none), borrowed. */
vd_tiles *vd_tiles_new(vd_queue *queue, vd_draw *const *draws, vd_tile_drawing *drawing);
void vd_tiles_free(vd_tiles *tiles);
/* From now on tiles show `data` (borrowed until the next call or free) with `options` (copied; `states` borrowed). Tiles made
 * before stand in until the new ones are there, unless `forget`. Waits for tiles being drawn. */
void vd_tiles_show(vd_tiles *tiles, const vd_map_data *data, const vd_map_options *options, bool forget);
/* Draws what is there into `where` (pixels; the view's width_mm and height_mm are where.w and where.h over px_per_mm), asks
 * for what is missing when `settled` (no tiles are begun for scales that pass by). Returns whether all is exact. */
bool vd_tiles_draw(vd_tiles *tiles, const vd_map_view *view, double px_per_mm, vd_rect where, bool settled,
                   vd_canvas *canvas);
/* The last failure of a tile, NULL when none; borrowed. */
const char *vd_tiles_trouble(const vd_tiles *tiles);

#endif
