/* times: travel times of the cells of a grid in little room, for keeping many responders' fields at once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Exact. Only tiles of 64 x 64 cells with something reached are kept, and of those only the rectangle around the cells
 * reached, as differences from its least time in 2, 3 or 4 bytes a cell, whichever the rectangle needs. */
#ifndef VEDETTE_CORE_TIMES_H
#define VEDETTE_CORE_TIMES_H

#include "vedette/core/grid.h"
#include "vedette/core/speed.h"

typedef struct vd_times vd_times;
/* Packs vd_grid_n(grid) times; those above `cutoff_ms` count as VD_UNREACHED. In the arena. VD_ERR_MEMORY. */
vd_status vd_times_pack(vd_arena *arena, const vd_grid *grid, const uint32_t *cell_ms, uint32_t cutoff_ms,
                        vd_times **out);
/* The same when all cells reached are in `n` known tiles, ascending, as vd_travel_scratch_tiles tells: reads only those. */
vd_status vd_times_pack_tiles(vd_arena *arena, const vd_grid *grid, const uint32_t *cell_ms,
                              uint32_t cutoff_ms, const int32_t *tiles, size_t n, vd_times **out);
/* Of one cell of the grid; VD_UNREACHED when it is not reached. */
uint32_t vd_times_at(const vd_times *times, int32_t cell);
/* Of a row from the north, grid->nx values. */
void vd_times_row(const vd_times *times, int32_t row, uint32_t *out);
/* Of all cells. */
void vd_times_unpack(const vd_times *times, uint32_t *cell_ms);
/* Cells reached, and the bytes that all this takes. */
int64_t vd_times_reached(const vd_times *times);
size_t vd_times_bytes(const vd_times *times);

#endif
