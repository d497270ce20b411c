/* times: travel times of the cells of a grid in little room.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/times.h"

#include <string.h>

#include "vedette/base/i18n.h"

enum { SIDE = 64, NARROWEST = 2, WIDEST = 4 };

/* The rectangle of a tile around its cells reached. Its values are in `width` bytes each, the low ones first; all ones
 * mean not reached. */
typedef struct patch {
  size_t first; /* byte of its first value */
  uint32_t base_ms;
  uint8_t x, y, nx, ny; /* in the tile */
  uint8_t width;
} patch;

struct vd_times {
  int32_t nx, ny, tiles_x, tiles_y;
  int32_t *patch_of; /* per tile, -1 none */
  patch *patches;
  size_t n_patches, n_bytes;
  unsigned char *bytes; /* and WIDEST more, so that every value can be read at once */
  int64_t reached;
};

static int32_t tiles_along(int32_t cells) {
  return (cells + SIDE - 1) / SIDE;
}

static vd_status no_room(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
}

static uint32_t none(int width) {
  return UINT32_MAX >> (32 - 8 * width);
}

/* The patch of a tile without its place; false when nothing in it is reached. */
static bool measure(const vd_times *t, const uint32_t *cell_ms, uint32_t cutoff_ms, int32_t tile,
                    int64_t *reached, patch *out) {
  int32_t left = tile % t->tiles_x * SIDE, top = tile / t->tiles_x * SIDE, x0 = SIDE, x1 = -1, y0 = SIDE,
          y1 = -1;
  uint32_t low = UINT32_MAX, high = 0;
  for (int32_t y = 0; y < SIDE && top + y < t->ny; y++) {
    const uint32_t *row = cell_ms + (size_t)(top + y) * (size_t)t->nx + (size_t)left;
    for (int32_t x = 0; x < SIDE && left + x < t->nx; x++) {
      if (row[x] > cutoff_ms || row[x] == VD_UNREACHED) continue;
      ++*reached;
      low = row[x] < low ? row[x] : low;
      high = row[x] > high ? row[x] : high;
      x0 = x < x0 ? x : x0;
      x1 = x > x1 ? x : x1;
      y0 = y < y0 ? y : y0;
      y1 = y;
    }
  }
  if (x1 < 0) return false;
  int width = NARROWEST;
  while (width < WIDEST && high - low >= none(width)) width++;
  *out = (patch){.base_ms = width < WIDEST ? low : 0,
                 .x = (uint8_t)x0,
                 .y = (uint8_t)y0,
                 .nx = (uint8_t)(x1 - x0 + 1),
                 .ny = (uint8_t)(y1 - y0 + 1),
                 .width = (uint8_t)width};
  return true;
}

static void write_patch(const vd_times *t, const uint32_t *cell_ms, uint32_t cutoff_ms, int32_t tile,
                        const patch *p) {
  unsigned char *to = t->bytes + p->first;
  for (int32_t y = 0; y < p->ny; y++)
    for (int32_t x = 0; x < p->nx; x++, to += p->width) {
      size_t row = (size_t)(tile / t->tiles_x * SIDE + p->y + y),
             column = (size_t)(tile % t->tiles_x * SIDE + p->x + x);
      uint32_t ms = cell_ms[row * (size_t)t->nx + column];
      uint32_t value = ms > cutoff_ms || ms == VD_UNREACHED ? none(p->width) : ms - p->base_ms;
      for (int i = 0; i < p->width; i++) to[i] = (unsigned char)(value >> 8 * i);
    }
}

vd_status vd_times_pack_tiles(vd_arena *arena, const vd_grid *grid, const uint32_t *cell_ms,
                              uint32_t cutoff_ms, const int32_t *tiles, size_t n, vd_times **out) {
  VD_TRY(vd_grid_check(grid));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_times *t = VD_NEW(arena, vd_times);
  *t = (vd_times){
      .nx = grid->nx, .ny = grid->ny, .tiles_x = tiles_along(grid->nx), .tiles_y = tiles_along(grid->ny)};
  size_t n_tiles = (size_t)t->tiles_x * (size_t)t->tiles_y, capacity = 0;
  t->patch_of = vd_arena_try_alloc(arena, n_tiles, sizeof *t->patch_of);
  if (t->patch_of) memset(t->patch_of, 0xff, n_tiles * sizeof *t->patch_of);
  patch *patches = NULL, p;
  for (size_t i = 0; t->patch_of && i < n; i++) {
    if (!measure(t, cell_ms, cutoff_ms, tiles[i], &t->reached, &p)) continue;
    p.first = t->n_bytes;
    t->n_bytes += (size_t)p.nx * p.ny * p.width;
    t->patch_of[tiles[i]] = (int32_t)t->n_patches;
    *VD_PUSH(scratch, patches, t->n_patches, capacity) = p;
  }
  t->patches = vd_arena_try_alloc(arena, t->n_patches, sizeof *t->patches);
  t->bytes = vd_arena_try_alloc(arena, t->n_bytes + WIDEST, 1);
  if (!t->patch_of || !t->patches || !t->bytes) return no_room();
  if (t->n_patches) memcpy(t->patches, patches, t->n_patches * sizeof *patches);
  for (size_t i = 0; i < n; i++)
    if (t->patch_of[tiles[i]] >= 0)
      write_patch(t, cell_ms, cutoff_ms, tiles[i], &t->patches[t->patch_of[tiles[i]]]);
  *out = t;
  return VD_OK;
}

vd_status vd_times_pack(vd_arena *arena, const vd_grid *grid, const uint32_t *cell_ms, uint32_t cutoff_ms,
                        vd_times **out) {
  VD_TRY(vd_grid_check(grid));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n = (size_t)tiles_along(grid->nx) * (size_t)tiles_along(grid->ny);
  int32_t *tiles = vd_arena_try_alloc(scratch, n, sizeof *tiles);
  if (!tiles) return no_room();
  for (size_t i = 0; i < n; i++) tiles[i] = (int32_t)i;
  return vd_times_pack_tiles(arena, grid, cell_ms, cutoff_ms, tiles, n, out);
}

static uint32_t read_value(const vd_times *t, const patch *p, size_t index) {
  const unsigned char *at = t->bytes + p->first + index * p->width;
  uint32_t value = ((uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24) &
                   none(p->width);
  return value == none(p->width) ? VD_UNREACHED : p->base_ms + value;
}

uint32_t vd_times_at(const vd_times *times, int32_t cell) {
  int32_t column = cell % times->nx, row = cell / times->nx;
  int32_t at = times->patch_of[row / SIDE * times->tiles_x + column / SIDE];
  if (at < 0) return VD_UNREACHED;
  const patch *p = &times->patches[at];
  int32_t x = column % SIDE - p->x, y = row % SIDE - p->y;
  if (x < 0 || y < 0 || x >= p->nx || y >= p->ny) return VD_UNREACHED;
  return read_value(times, p, (size_t)y * p->nx + (size_t)x);
}

void vd_times_row(const vd_times *times, int32_t row, uint32_t *out) {
  memset(out, 0xff, (size_t)times->nx * sizeof *out);
  for (int32_t tile_x = 0; tile_x < times->tiles_x; tile_x++) {
    int32_t at = times->patch_of[row / SIDE * times->tiles_x + tile_x];
    if (at < 0) continue;
    const patch *p = &times->patches[at];
    int32_t y = row % SIDE - p->y;
    if (y < 0 || y >= p->ny) continue;
    uint32_t *to = out + tile_x * SIDE + p->x;
    for (size_t x = 0; x < p->nx; x++) to[x] = read_value(times, p, (size_t)y * p->nx + x);
  }
}

void vd_times_unpack(const vd_times *times, uint32_t *cell_ms) {
  for (int32_t row = 0; row < times->ny; row++)
    vd_times_row(times, row, cell_ms + (size_t)row * (size_t)times->nx);
}

int64_t vd_times_reached(const vd_times *times) {
  return times->reached;
}

size_t vd_times_bytes(const vd_times *times) {
  return sizeof *times + (size_t)times->tiles_x * (size_t)times->tiles_y * sizeof *times->patch_of +
         times->n_patches * sizeof *times->patches + times->n_bytes + WIDEST;
}
