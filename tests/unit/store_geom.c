/* store_geom: geometry blobs - GeoPackage's own bytes by hand, other writers' forms, and broken ones.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "store/gpkg_geom.h"

/* Hexadecimal digits, white space ignored, as bytes. */
static size_t bytes_of(const char *hex, uint8_t *out) {
  static const char digits[] = "0123456789abcdef";
  size_t n = 0;
  int n_digits = 0;
  for (; *hex; hex++) {
    const char *at = strchr(digits, *hex);
    if (!at) continue;
    uint8_t digit = (uint8_t)(at - digits);
    if (n_digits++ % 2 == 0)
      out[n] = (uint8_t)(digit << 4);
    else
      out[n++] |= digit;
  }
  return n;
}

static void store_geom__a_point_by_hand(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  uint8_t expected[64];
  size_t size, n = bytes_of("4750 00 01 e6100000  01 01000000 000000000000f03f 00000000000000c0", expected);
  const uint8_t *blob = vd_gpkg_geom_write(arena, vd_geom_point(arena, 1, -2), &size);
  assert_int_equal(size, n);
  assert_memory_equal(blob, expected, n);
  assert_null(vd_gpkg_geom_write(arena, NULL, &size));
  assert_int_equal(size, 0);
}

/* Two outer rings, the first with a hole, come back part by part. */
static void store_geom__polygons_keep_their_holes(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  static const double xy[] = {0, 0, 9, 0, 9, 9, 0, 0, 2, 1, 3, 1, 3, 2, 2, 1, 20, 20, 29, 20, 29, 29, 20, 20};
  vd_geom *geom = vd_geom_new(arena, VD_GEOM_POLYGON, 3, 12), *back;
  memcpy(geom->xy, xy, sizeof xy);
  geom->part_start[1] = 4, geom->part_start[2] = 8;
  geom->hole[1] = 1;
  size_t size;
  bool empty;
  vd_box box;
  const uint8_t *blob = vd_gpkg_geom_write(arena, geom, &size);
  assert_int_equal(vd_gpkg_geom_read(arena, blob, size, &back), VD_OK);
  assert_true(vd_geom_equal(geom, back));
  assert_int_equal(vd_gpkg_geom_bounds(blob, size, &empty, &box), VD_OK);
  assert_true(!empty && box.min_x == 0 && box.max_x == 29 && box.min_y == 0 && box.max_y == 29);
}

typedef struct form {
  const char *hex;
  vd_geom_type type; /* NONE: reads as empty */
  int n_parts, n_points;
} form;

static void store_geom__reads_what_others_write(void **state) {
  (void)state;
  static const form forms[] = {
      /* big-endian point, no envelope */
      {"4750 00 00 000010e6  00 00000001 3ff0000000000000 c000000000000000", VD_GEOM_POINT, 1, 1},
      /* a point with Z (ISO 1001), with Z and M as extended bits, with an SRID of its own */
      {"4750 00 01 e6100000  01 e9030000 000000000000f03f 00000000000000c0 0000000000000840", VD_GEOM_POINT,
       1, 1},
      {"4750 00 01 e6100000  01 010000c0 000000000000f03f 00000000000000c0 0000000000000840 0000000000000840",
       VD_GEOM_POINT, 1, 1},
      {"4750 00 01 e6100000  01 01000020 e6100000 000000000000f03f 00000000000000c0", VD_GEOM_POINT, 1, 1},
      /* an empty point as NaN, and a header that says empty */
      {"4750 00 11 e6100000  01 01000000 000000000000f87f 000000000000f87f", VD_GEOM_NONE, 0, 0},
      /* a line of two points; a multi line with that line in big-endian */
      {"4750 00 01 e6100000  01 02000000 02000000 000000000000f03f 00000000000000c0 0000000000000840"
       " 0000000000000840",
       VD_GEOM_LINE, 1, 2},
      {"4750 00 01 e6100000  01 05000000 01000000 00 00000002 00000002 3ff0000000000000 c000000000000000"
       " 4008000000000000 4008000000000000",
       VD_GEOM_LINE, 1, 2},
      /* a polygon whose ring is open gets its last point */
      {"4750 00 01 e6100000  01 03000000 01000000 03000000 0000000000000000 0000000000000000 000000000000f03f"
       " 0000000000000000 000000000000f03f 000000000000f03f",
       VD_GEOM_POLYGON, 1, 4},
      /* a multi point */
      {"4750 00 01 e6100000  01 04000000 02000000 01 01000000 000000000000f03f 00000000000000c0 01 01000000"
       " 000000000000f03f 00000000000000c0",
       VD_GEOM_POINT, 1, 2},
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    uint8_t blob[256];
    size_t size = bytes_of(forms[i].hex, blob);
    vd_geom *geom;
    assert_int_equal(vd_gpkg_geom_read(arena, blob, size, &geom), VD_OK);
    if (forms[i].type == VD_GEOM_NONE) {
      assert_null(geom);
      continue;
    }
    assert_int_equal(geom->type, forms[i].type);
    assert_int_equal(geom->n_parts, forms[i].n_parts);
    assert_int_equal(geom->n_points, forms[i].n_points);
    if (forms[i].type != VD_GEOM_POLYGON) assert_true(geom->xy[0] == 1 && geom->xy[1] == -2);
    /* Cut off anywhere it is refused, not read beyond. */
    for (size_t n = 0; n < size; n++)
      assert_int_equal(vd_gpkg_geom_read(arena, blob, n, &geom), VD_ERR_INPUT);
  }
}

static void store_geom__refuses_the_rest(void **state) {
  (void)state;
  static const char *const forms[] = {
      "",
      "5047 00 01 e6100000  01 01000000 000000000000f03f 00000000000000c0", /* not GP */
      "4750 00 0b e6100000  01 01000000 000000000000f03f 00000000000000c0", /* envelope 5 */
      "4750 00 21 e6100000  01 01000000 000000000000f03f 00000000000000c0", /* an extension's geometry */
      "4750 00 01 e6100000  01 07000000 00000000",                          /* a collection */
      "4750 00 01 e6100000  01 02000000 ffffffff 000000000000f03f",         /* four thousand million points */
      "4750 00 01 e6100000  01 06000000 ffffffff",                          /* as many polygons */
      "4750 00 01 e6100000  01 05000000 01000000 01 01000000 000000000000f03f 00000000000000c0", /* a point in lines */
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    uint8_t blob[256];
    size_t size = bytes_of(forms[i], blob);
    vd_geom *geom;
    assert_int_equal(vd_gpkg_geom_read(arena, blob, size, &geom), VD_ERR_INPUT);
    assert_null(geom);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(store_geom__a_point_by_hand),
      cmocka_unit_test(store_geom__polygons_keep_their_holes),
      cmocka_unit_test(store_geom__reads_what_others_write),
      cmocka_unit_test(store_geom__refuses_the_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
