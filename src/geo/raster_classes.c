/* raster_classes: a raster of classes as small numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/raster_classes.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { SLOTS = 1 << 17, KEYS_MAX = UINT16_MAX };

typedef struct keying {
  const vd_ranges *ranges;
  int32_t width;
  uint16_t *keys;  /* per cell */
  float *values;   /* per key */
  int32_t n;       /* keys given, counted from 1 */
  uint16_t *slots; /* keys by a hash of their value */
} keying;

/* The key of a value, given when it is new; 0 when it is not chosen, or there are too many. */
static uint16_t key_of(keying *k, float value) {
  uint32_t bits;
  if (!vd_ranges_hold(k->ranges, value)) return 0;
  memcpy(&bits, &value, sizeof bits);
  for (uint32_t slot = bits * 2654435761u >> 15;; slot = (slot + 1) % SLOTS) {
    uint16_t key = k->slots[slot];
    if (key && k->values[key] == value) return key;
    if (key) continue;
    if (k->n == KEYS_MAX) {
      k->n++;
      return 0;
    }
    if (k->n > KEYS_MAX) return 0;
    k->values[++k->n] = value;
    return k->slots[slot] = (uint16_t)k->n;
  }
}

static vd_status key_rows(void *context, int32_t row, int32_t n_rows, float *values) {
  keying *k = context;
  int64_t n = (int64_t)n_rows * k->width;
  uint16_t *keys = k->keys + (int64_t)row * k->width;
  float last = NAN;
  uint16_t key = 0;
  for (int64_t i = 0; i < n; i++) {
    if (values[i] != last) key = isnan(values[i]) ? 0 : key_of(k, values[i]);
    last = values[i];
    keys[i] = key;
  }
  return k->n <= KEYS_MAX
             ? VD_OK
             : vd_fail(VD_ERR_LIMIT,
                       _("it has more than %d different values. Group them to classes first (gdal_calc.py)."),
                       KEYS_MAX);
}

vd_status vd_classes_read(vd_arena *arena, const char *path, const vd_ranges *of, const vd_progress *progress,
                          vd_classes *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  keying k = {.ranges = of, .slots = VD_NEW_ARRAY(scratch, uint16_t, SLOTS)};
  VD_TRY(vd_raster_probe(arena, path, &out->grid));
  if ((int64_t)out->grid.width * out->grid.height > VD_GRID_MAX_CELLS)
    return vd_fail(VD_ERR_LIMIT, _("%s: %d x %d cells are more than %d million; choose larger cells."),
                   vd_path_base(path), out->grid.width, out->grid.height, VD_GRID_MAX_CELLS / 1000000);
  k.width = out->grid.width;
  k.keys = vd_arena_try_alloc(arena, (size_t)k.width * (size_t)out->grid.height, sizeof *k.keys);
  k.values = VD_NEW_ARRAY(arena, float, KEYS_MAX + 1);
  if (!k.keys) return vd_fail(VD_ERR_MEMORY, _("%s: not enough memory for the raster"), vd_path_base(path));
  VD_TRY(vd_raster_read_rows(path, progress, key_rows, &k));
  out->keys = k.keys;
  out->values = k.values;
  return VD_OK;
}
