/* classes: values chosen in a raster, and its cells as small numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/classes.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* ---- ranges ---- */

/* "7" or "10..20". */
static bool read_range(vd_cli *cli, const char *text, double *from, double *to) {
  const char *dots = strstr(text, "..");
  if (dots)
    return vd_parse_f64(vd_str_dup_n(cli->arena, text, (size_t)(dots - text)), from) &&
           vd_parse_f64(dots + 2, to) && *from <= *to;
  bool read = vd_parse_f64(text, from);
  *to = *from;
  return read;
}

vd_status vd_ranges_read(vd_cli *cli, const char *text, vd_ranges *out) {
  out->n = 0;
  for (const char *at = text; at;) {
    size_t n = strcspn(at, ",");
    if (out->n == VD_RANGES_MAX)
      return vd_fail(VD_ERR_USAGE, _("--from takes at most %d values and ranges"), VD_RANGES_MAX);
    if (!read_range(cli, vd_str_dup_n(cli->arena, at, n), &out->items[out->n].from, &out->items[out->n].to))
      return vd_fail(VD_ERR_USAGE, _("--from takes values and ranges like 1,3,10..20, not “%s”"), text);
    out->n++;
    at = at[n] ? at + n + 1 : NULL;
  }
  return VD_OK;
}

bool vd_ranges_hold(const vd_ranges *ranges, float value) {
  if (!ranges->n) return value < 0 || value > 0;
  for (int i = 0; i < ranges->n; i++)
    if ((double)value >= ranges->items[i].from && (double)value <= ranges->items[i].to) return true;
  return false;
}

/* ---- keys ---- */

enum { SLOTS = 1 << 17, KEYS_MAX = UINT16_MAX };

typedef struct keying {
  vd_ranges ranges;
  int32_t width;
  uint16_t *keys;  /* per cell */
  float *values;   /* per key */
  int32_t n;       /* keys given, counted from 1 */
  uint16_t *slots; /* keys by a hash of their value */
} keying;

/* The key of a value, given when it is new; 0 when it is not chosen, or there are too many. */
static uint16_t key_of(keying *k, float value) {
  uint32_t bits;
  if (!vd_ranges_hold(&k->ranges, value)) return 0;
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

vd_status vd_cli_classes(vd_cli *cli, const char *path, const char *from, vd_raster_info *grid,
                         uint16_t **keys, const float **values) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  keying k = {.slots = VD_NEW_ARRAY(scratch, uint16_t, SLOTS)};
  VD_TRY(vd_ranges_read(cli, from, &k.ranges));
  VD_TRY(vd_raster_probe(cli->arena, path, grid));
  if ((int64_t)grid->width * grid->height > VD_GRID_MAX_CELLS)
    return vd_fail(VD_ERR_LIMIT, _("%s: %d x %d cells are more than %d million; choose larger cells."),
                   vd_path_base(path), grid->width, grid->height, VD_GRID_MAX_CELLS / 1000000);
  k.width = grid->width;
  k.keys = vd_arena_try_alloc(cli->arena, (size_t)grid->width * (size_t)grid->height, sizeof *k.keys);
  k.values = VD_NEW_ARRAY(cli->arena, float, KEYS_MAX + 1);
  if (!k.keys) return vd_fail(VD_ERR_MEMORY, _("%s: not enough memory for the raster"), vd_path_base(path));
  VD_TRY(vd_raster_read_rows(path, &cli->progress, key_rows, &k));
  *keys = k.keys;
  *values = k.values;
  return VD_OK;
}
