/* geo_raster: reading rasters, joining them, laying them on the grid, and writing; hand-made cases and real files.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/raster.h"
#include "vedette/geo/start.h"

static vd_arena *arena;
static char folder[] = "/tmp/vedette-raster-XXXXXX";

static int start(void **state) {
  (void)state;
  arena = vd_arena_new();
  return mkdtemp(folder) && vd_geo_start() == VD_OK ? 0 : -1;
}

static int stop(void **state) {
  (void)state;
  rmdir(folder);
  vd_arena_free(arena);
  return 0;
}

static const char *in_folder(const char *name) {
  return vd_str_printf(arena, "%s/%s", folder, name);
}

static void write_bytes(const char *path, const void *bytes, size_t n) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, n, file), n);
  fclose(file);
}

static const char *real_data(const char *name) {
  const char *path = vd_str_printf(arena, "../shared/data/%s", name);
  if (access(path, R_OK) != 0) {
    print_message("no %s: skipped\n", path);
    skip();
  }
  return path;
}

static vd_geo_raster *raster_of(int32_t width, int32_t height, const double geotransform[6],
                                const char *wkt) {
  vd_geo_raster *made = VD_NEW(arena, vd_geo_raster);
  made->width = width;
  made->height = height;
  memcpy(made->geotransform, geotransform, sizeof made->geotransform);
  made->crs_wkt = wkt;
  made->values = VD_NEW_ARRAY(arena, float, (size_t)width *(size_t)height);
  made->source = "made";
  return made;
}

static vd_geo_grid grid_at(double lon, double lat, double cell_m, int32_t nx, int32_t ny) {
  return (vd_geo_grid){{-cell_m * nx / 2, cell_m * ny / 2, cell_m, nx, ny}, lon, lat};
}

static double sum_of(const float *cells, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += isnan(cells[i]) ? 0 : (double)cells[i];
  return sum;
}

/* In the plane's own system a pixel's share in each cell can be worked out by hand. */
static void people_are_split_by_the_area_shared(void **state) {
  (void)state;
  vd_crs plane;
  vd_crs_plane(arena, 31.5, 4.4, &plane);
  /* Cells of 100 m: columns at x -200..200, rows at y 200..-200. One pixel of 100 x 100 m whose corner lies at (-130, 170): 30 % of
   * it in column 0, 70 % in column 1; 70 % in row 0 (y 200..100), 30 % in row 1. */
  vd_geo_grid grid = grid_at(31.5, 4.4, 100, 4, 4);
  vd_geo_raster *r = raster_of(1, 1, (double[6]){-130, 100, 0, 170, 0, -100}, plane.wkt);
  float cells[16];
  vd_raster_sums sums;
  r->values[0] = 1000;
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
  const float wanted[16] = {210, 490, 0, 0, 90, 210};
  for (int i = 0; i < 16; i++) assert_true(fabsf(cells[i] - wanted[i]) < 0.01f);
  assert_true(fabs(sums.total - 1000) < 1e-6 && fabs(sums.inside - 1000) < 1e-6 && sums.outside == 0);
  /* Half of it beyond the grid's western border. */
  r->geotransform[0] = -250;
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
  assert_true(fabs(sums.inside - 500) < 0.01 && fabs(sums.outside - 500) < 0.01 &&
              fabs(sums.total - 1000) < 1e-6);
  r->geotransform[0] = 5000;
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
  assert_true(sums.inside == 0 && sums.outside == 1000);
  /* Unknown and negative amounts give nobody. */
  r->values[0] = NAN;
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
  assert_true(sums.total == 0);
  r->values[0] = -5;
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
  assert_true(sums.total == 0 && sums.n_negative == 1);
}

/* Total kept for fine and coarse pixels, turned and sheared ones, whatever the cell. */
static void totals_are_kept_by_construction(void **state) {
  (void)state;
  const double transforms[][6] = {{31.0, 0.01, 0, 5, 0, -0.01},
                                  {31.0, 0.003, 0.002, 5, 0.001, -0.004},
                                  {32.0, -0.0123, 0, 4, 0, 0.0077},
                                  {31.2, 0.05, 0, 4.9, 0, -0.03}};
  const double sizes[] = {313, 1000, 7777};
  for (size_t t = 0; t < 4; t++)
    for (size_t s = 0; s < 3; s++) {
      vd_geo_raster *r = raster_of(100, 90, transforms[t], NULL);
      uint32_t seed = 9;
      for (int i = 0; i < 9000; i++) {
        seed = seed * 1664525u + 1013904223u;
        r->values[i] = (float)(seed >> 20);
      }
      int32_t n = (int32_t)(1400000 / sizes[s]);
      vd_geo_grid grid = grid_at(31.5, 4.5, sizes[s], n, n);
      float *cells = malloc((size_t)n * (size_t)n * sizeof *cells);
      vd_raster_sums sums;
      assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
      double total = vd_raster_total(r, NULL);
      /* No pixel lies beyond the grid, which spans 1400 km. */
      assert_true(fabs(sums.inside / total - 1) < 1e-9);
      assert_true(fabs(sum_of(cells, (size_t)n * (size_t)n) / total - 1) < 1e-5);
      free(cells);
    }
}

/* One person a square metre-degree is no test of place: a ramp of density must come out as the same ramp. */
static void people_stay_where_they_are(void **state) {
  (void)state;
  vd_geo_raster *r = raster_of(400, 400, (double[6]){30, 0.01, 0, 6, 0, -0.01}, NULL);
  r->values[200 * 400 + 150] = 500; /* 31.505 E 3.995 N */
  vd_geo_grid grid = grid_at(31.5, 4.4, 2000, 200, 200);
  float *cells = malloc(40000 * sizeof *cells);
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, NULL), VD_OK);
  double x = 0, y = 0;
  for (int32_t i = 0; i < 40000; i++) {
    double cx, cy;
    cx = grid.grid.x0_m + (i % 200 + 0.5) * 2000;
    cy = grid.grid.y0_m - (i / 200 + 0.5) * 2000;
    x += (double)cells[i] * cx / 500;
    y += (double)cells[i] * cy / 500;
  }
  VD_CLEANUP(vd_transform_cleanup) vd_transform *plane = NULL;
  double place[2] = {31.505, 3.995};
  vd_transform_plane(31.5, 4.4, &plane);
  vd_transform_forward(plane, place, 1);
  assert_true(hypot(x - place[0], y - place[1]) < 1000); /* within half a cell */
  free(cells);
}

static void elevation_is_averaged_or_interpolated(void **state) {
  (void)state;
  vd_crs plane;
  vd_crs_plane(arena, 31.5, 4.4, &plane);
  /* Pixels of 50 m in cells of 100 m: the mean of four; one unknown among them is left out. */
  vd_geo_raster *fine = raster_of(4, 2, (double[6]){-100, 50, 0, 50, 0, -50}, plane.wkt);
  const float heights[8] = {10, 20, 1, NAN, 30, 40, 3, 5};
  memcpy(fine->values, heights, sizeof heights);
  vd_geo_grid grid = {{-100, 50, 100, 2, 1}, 31.5, 4.4};
  float cells[64];
  assert_int_equal(vd_raster_mean_to_grid(fine, &grid, NULL, cells), VD_OK);
  assert_true(fabsf(cells[0] - 25) < 0.01f && fabsf(cells[1] - 3) < 0.01f);
  /* Pixels of 1000 m, cells of 100 m: between the centres of 0 m and 100 m the rise is even. */
  vd_geo_raster *coarse = raster_of(2, 1, (double[6]){-1000, 1000, 0, 500, 0, -1000}, plane.wkt);
  coarse->values[1] = 100;
  vd_geo_grid strip = {{-450, 50, 100, 9, 1}, 31.5, 4.4};
  assert_int_equal(vd_raster_mean_to_grid(coarse, &strip, NULL, cells), VD_OK);
  for (int i = 0; i < 9; i++) assert_true(fabsf(cells[i] - (float)(10 * (i + 1))) < 0.02f);
}

static void land_cover_takes_the_majority_and_nearest_the_centre(void **state) {
  (void)state;
  vd_crs plane;
  vd_crs_plane(arena, 31.5, 4.4, &plane);
  vd_geo_raster *r = raster_of(4, 4, (double[6]){-100, 50, 0, 100, 0, -50}, plane.wkt);
  const float codes[16] = {7, 7, 3, 2, 7, 9, 2, 3, NAN, NAN, 4, 4, NAN, NAN, 4, NAN};
  memcpy(r->values, codes, sizeof codes);
  vd_geo_grid grid = grid_at(31.5, 4.4, 100, 2, 2);
  float cells[16];
  assert_int_equal(vd_raster_majority_to_grid(r, &grid, NULL, cells), VD_OK);
  assert_true(cells[0] == 7 && cells[1] == 2 && isnan(cells[2]) &&
              cells[3] == 4); /* 2 and 3 are equal: the smaller */
  vd_geo_grid same = grid_at(31.5, 4.4, 50, 4, 4);
  assert_int_equal(vd_raster_nearest_to_grid(r, &same, NULL, cells), VD_OK);
  for (int i = 0; i < 16; i++) assert_true(isnan(codes[i]) ? isnan(cells[i]) : cells[i] == codes[i]);
}

static void tiles_are_joined_on_their_grid_only(void **state) {
  (void)state;
  vd_geo_raster *a = raster_of(2, 2, (double[6]){30, 0.5, 0, 5, 0, -0.5}, NULL);
  vd_geo_raster *b = raster_of(2, 2, (double[6]){31, 0.5, 0, 4.5, 0, -0.5}, NULL), *joined;
  for (int i = 0; i < 4; i++) {
    a->values[i] = (float)i;
    b->values[i] = (float)(10 + i);
  }
  const vd_geo_raster *tiles[] = {b, a};
  assert_int_equal(vd_raster_mosaic(arena, tiles, 2, &joined), VD_OK);
  assert_true(joined->width == 4 && joined->height == 3);
  assert_true(joined->geotransform[0] == 30 && joined->geotransform[3] == 5);
  const float wanted[12] = {0, 1, NAN, NAN, 2, 3, 10, 11, NAN, NAN, 12, 13};
  for (int i = 0; i < 12; i++)
    assert_true(isnan(wanted[i]) ? isnan(joined->values[i]) : joined->values[i] == wanted[i]);
  b->geotransform[0] = 31.1;
  assert_int_equal(vd_raster_mosaic(arena, tiles, 2, &joined), VD_ERR_INPUT);
}

static void what_is_written_reads_back_the_same_and_in_the_same_bytes(void **state) {
  (void)state;
  vd_crs plane;
  vd_crs_plane(arena, 43.6, -11.9, &plane);
  vd_geo_raster *r = raster_of(70, 50, (double[6]){-35000, 1000, 0, 25000, 0, -1000}, plane.wkt), *again;
  for (int i = 0; i < 3500; i++) r->values[i] = i % 13 ? (float)i / 3 : NAN;
  const char *first = in_folder("a.tif"), *second = in_folder("b.tif");
  assert_int_equal(vd_raster_write(first, r), VD_OK);
  assert_int_equal(vd_raster_write(second, r), VD_OK);
  assert_int_equal(vd_raster_write(second, r), VD_OK); /* over itself */
  assert_int_equal(vd_raster_read(arena, first, NULL, NULL, &again), VD_OK);
  assert_true(again->width == 70 && again->height == 50);
  for (int i = 0; i < 3500; i++)
    assert_true(isnan(r->values[i]) ? isnan(again->values[i]) : again->values[i] == r->values[i]);
  for (int i = 0; i < 6; i++) assert_true(fabs(again->geotransform[i] - r->geotransform[i]) < 1e-9);
  float value[2];
  const double places[4] = {43.604, -11.904, 0, 0};
  assert_int_equal(vd_raster_sample(again, places, 2, value), VD_OK);
  assert_true(value[0] == r->values[25 * 70 + 35] && isnan(value[1]));
  char *cmp = vd_str_printf(arena, "cmp -s %s %s", first, second);
  assert_int_equal(system(cmp), 0);
  assert_int_equal(vd_raster_write(in_folder("no/such/folder.tif"), r), VD_ERR_IO);
  /* Nothing half-written stays. */
  assert_int_equal(system(vd_str_printf(arena, "test $(ls -A %s | wc -l) -eq 2", folder)), 0);
  unlink(first);
  unlink(second);
}

static void files_that_are_no_raster_are_refused_in_words(void **state) {
  (void)state;
  vd_geo_raster *r;
  const char *path = in_folder("x.tif");
  write_bytes(path, "\x89PNG\r\n\x1a\n0000000000", 18);
  assert_int_equal(vd_raster_read(arena, path, NULL, NULL, &r), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "picture"));
  assert_non_null(strstr(vd_last_message(), "x.tif"));
  write_bytes(path, "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>", 45);
  assert_int_equal(vd_raster_read(arena, path, NULL, NULL, &r), VD_ERR_INPUT);
  write_bytes(path, "II*\0garbagegarbagegarbage", 25);
  assert_int_equal(vd_raster_read(arena, path, NULL, NULL, &r), VD_ERR_INPUT);
  write_bytes(path, "", 0);
  assert_int_equal(vd_raster_read(arena, path, NULL, NULL, &r), VD_ERR_INPUT);
  write_bytes(path, "PK\3\4 not a zip", 14);
  assert_int_equal(vd_raster_read(arena, path, NULL, NULL, &r), VD_ERR_INPUT);
  unlink(path);
  assert_int_equal(vd_raster_read(arena, "/no/such/file.tif", NULL, NULL, &r), VD_ERR_NOT_FOUND);
  assert_int_equal(vd_raster_read(arena, "/vsicurl/http://127.0.0.1/x.tif", NULL, NULL, &r), VD_ERR_INPUT);
  assert_int_equal(vd_raster_read(arena, "GTIFF_DIR:1:x.tif", NULL, NULL, &r), VD_ERR_NOT_FOUND);
  assert_int_equal(vd_raster_read(arena, folder, NULL, NULL, &r), VD_ERR_INPUT);
}

/* A classic TIFF header that claims 2^30 x 2^30 pixels, or blocks of gigabytes, with no data behind it. */
static void a_lying_header_is_refused_before_memory_is_taken(void **state) {
  (void)state;
  enum { TAGS = 10 };
  const uint32_t sizes[][3] = {
      {1u << 30, 1u << 30, 64}, {2000000000u, 40, 2000000000u}, {60000, 60000, 60000}};
  for (size_t s = 0; s < 3; s++) {
    uint8_t bytes[512] = {'I', 'I', '*', 0, 8, 0, 0, 0, TAGS, 0};
    const uint32_t tags[TAGS][4] = {{256, 4, 1, sizes[s][0]}, {257, 4, 1, sizes[s][1]},
                                    {258, 3, 1, 32},          {259, 3, 1, 1},
                                    {262, 3, 1, 1},           {273, 4, 1, 8},
                                    {277, 3, 1, 1},           {278, 4, 1, sizes[s][2]},
                                    {279, 4, 1, 4},           {339, 3, 1, 3}};
    for (int t = 0; t < TAGS; t++)
      for (int b = 0; b < 4; b++) {
        uint8_t *at = bytes + 10 + 12 * t;
        if (b < 2) at[b] = (uint8_t)(tags[t][0] >> 8 * b);
        if (b < 2) at[2 + b] = (uint8_t)(tags[t][1] >> 8 * b);
        at[4 + b] = (uint8_t)(tags[t][2] >> 8 * b);
        at[8 + b] = (uint8_t)(tags[t][3] >> 8 * b);
      }
    const char *path = in_folder("lie.tif");
    vd_geo_raster *r;
    write_bytes(path, bytes, sizeof bytes);
    vd_status done = vd_raster_read(arena, path, NULL, NULL, &r);
    assert_true(done == VD_ERR_INPUT || done == VD_ERR_LIMIT);
    unlink(path);
  }
}

/* ---- real files ---- */

static void worldpop_keeps_its_total_on_a_500_m_grid(void **state) {
  (void)state;
  vd_geo_raster *r;
  vd_raster_info info;
  const char *path = real_data("comoros/com_ppp_2020_UNadj.tif");
  assert_int_equal(vd_raster_probe(arena, path, &info), VD_OK);
  assert_true(info.width == 1576 && info.height == 1270 && info.nodata == -99999);
  assert_string_equal(info.type, "Float32");
  assert_int_equal(vd_raster_read(arena, path, NULL, NULL, &r), VD_OK);
  assert_true(fabs(vd_raster_total(r, NULL) - 869595.03) < 0.01);
  vd_box box;
  assert_int_equal(vd_raster_box(r, &box), VD_OK);
  vd_geo_grid grid = grid_at((box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2, 500, 320, 260);
  float *cells = malloc(320 * 260 * sizeof *cells);
  vd_raster_sums sums;
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
  assert_true(fabs(sums.total - 869595.03) < 0.01);
  assert_true(fabs(sums.inside / 869595.03 - 1) < 1e-6);
  assert_true(fabs(sum_of(cells, 320 * 260) / 869595.03 - 1) < 1e-4);
  /* Cut to one island, the part is read alone and holds that island's people. */
  const double grande_comore[] = {43.2, -11.95, 43.55, -11.95, 43.55, -11.35, 43.2, -11.35};
  vd_geo_raster *part;
  assert_int_equal(vd_raster_read(arena, path, vd_geom_ring(arena, grande_comore, 4), NULL, &part), VD_OK);
  assert_true(part->width < 450 && part->height < 750);
  double west = vd_raster_total(part, NULL);
  assert_true(west > 300000 && west < 600000);
  float same[2];
  const double place[4] = {43.2554, -11.7022, 43.4, -11.5};
  float whole[2];
  assert_int_equal(vd_raster_sample(part, place, 2, same), VD_OK);
  assert_int_equal(vd_raster_sample(r, place, 2, whole), VD_OK);
  assert_true(same[0] == whole[0] && same[0] > 1); /* Moroni */
  const double elsewhere[] = {10, 10, 11, 10, 11, 11, 10, 11};
  assert_int_equal(vd_raster_read(arena, path, vd_geom_ring(arena, elsewhere, 4), NULL, &part),
                   VD_ERR_NOT_FOUND);
  free(cells);
}

static void mollweide_with_oblong_pixels_keeps_its_total(void **state) {
  (void)state;
  vd_geo_raster *r;
  assert_int_equal(
      vd_raster_read(arena, real_data("quirks/burundi_population_mollweide.tif"), NULL, NULL, &r), VD_OK);
  double total = vd_raster_total(r, NULL);
  assert_true(fabs(total - 11131281) < 1);
  assert_true(fabs(fabs(r->geotransform[1]) - fabs(r->geotransform[5])) > 0.001);
  vd_geo_grid grid = grid_at(29.9, -3.4, 1000, 260, 300);
  float *cells = malloc(260 * 300 * sizeof *cells);
  vd_raster_sums sums;
  assert_int_equal(vd_raster_sum_to_grid(r, &grid, NULL, cells, &sums), VD_OK);
  assert_true(fabs(sums.total / total - 1) < 1e-9);
  assert_true(fabs(sum_of(cells, 260 * 300) / 11131281 - 1) < 0.001);
  free(cells);
}

static void srtm_tiles_come_out_of_their_zips(void **state) {
  (void)state;
  const char *const names[] = {"S12E043", "S13E043", "S13E044"};
  const vd_geo_raster *tiles[3];
  for (int i = 0; i < 3; i++) {
    vd_geo_raster *r;
    const char *path = real_data(vd_str_printf(arena, "comoros/%s.SRTMGL1.hgt.zip", names[i]));
    assert_true(vd_raster_looks_like(path));
    if (vd_raster_read(arena, path, NULL, NULL, &r) != VD_OK) fail_msg("%s", vd_last_message());
    assert_true(r->width == 3601 && r->height == 3601);
    tiles[i] = r;
  }
  vd_geo_raster *all;
  assert_int_equal(vd_raster_mosaic(arena, tiles, 3, &all), VD_OK);
  assert_true(all->width == 7201 && all->height == 7201);
  /* The volcano Karthala rises to 2361 m at 43.37 E 11.76 S; the sea off it is 0. */
  float highest = 0, heights[400];
  double places[800];
  for (int i = 0; i < 400; i++) {
    places[2 * i] = 43.33 + i % 20 * 0.004;
    places[2 * i + 1] = -11.81 + i / 20 * 0.004;
  }
  assert_int_equal(vd_raster_sample(all, places, 400, heights), VD_OK);
  for (int i = 0; i < 400; i++) highest = fmaxf(highest, heights[i]);
  assert_true(highest > 2250 && highest < 2400);
  vd_geo_grid grid = grid_at(43.6, -12, 500, 400, 400);
  float *cells = malloc(160000 * sizeof *cells);
  assert_int_equal(vd_raster_mean_to_grid(all, &grid, NULL, cells), VD_OK);
  float top = 0;
  for (int i = 0; i < 160000; i++) top = fmaxf(top, isnan(cells[i]) ? 0 : cells[i]);
  assert_true(top > 2200 && top < 2400);
  free(cells);
}

static void a_rescaled_picture_is_refused_with_the_right_words(void **state) {
  (void)state;
  vd_geo_raster *r;
  const char *path = real_data("south-sudan/ssd_pd_2020_1km_UNadj.png");
  assert_false(vd_raster_looks_like(path));
  assert_int_equal(vd_raster_read(arena, path, NULL, NULL, &r), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "not people"));
  assert_int_equal(
      vd_raster_read(arena, real_data("south-sudan/gpw_population_count_30s.tif"), NULL, NULL, &r), VD_OK);
  assert_true(vd_raster_total(r, NULL) > 1e6);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(people_are_split_by_the_area_shared),
      cmocka_unit_test(totals_are_kept_by_construction),
      cmocka_unit_test(people_stay_where_they_are),
      cmocka_unit_test(elevation_is_averaged_or_interpolated),
      cmocka_unit_test(land_cover_takes_the_majority_and_nearest_the_centre),
      cmocka_unit_test(tiles_are_joined_on_their_grid_only),
      cmocka_unit_test(what_is_written_reads_back_the_same_and_in_the_same_bytes),
      cmocka_unit_test(files_that_are_no_raster_are_refused_in_words),
      cmocka_unit_test(a_lying_header_is_refused_before_memory_is_taken),
      cmocka_unit_test(worldpop_keeps_its_total_on_a_500_m_grid),
      cmocka_unit_test(mollweide_with_oblong_pixels_keeps_its_total),
      cmocka_unit_test(srtm_tiles_come_out_of_their_zips),
      cmocka_unit_test(a_rescaled_picture_is_refused_with_the_right_words),
  };
  return cmocka_run_group_tests(tests, start, stop);
}
