/* carto_map: the map shows what the plan holds, where it is.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "carto/legend.h"
#include "carto_fixture.h"
#include "vedette/draw/surface.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/start.h"

typedef struct bench {
  vd_draw *draw;
  vd_plan *plan;
  vd_landscape *landscape;
  vd_study *study;
  vd_map_data *data, *plain; /* with the study, and of the plan alone */
} bench;

static int set_up(void **state) {
  static bench b;
  vd_study_options options = {0};
  if (vd_geo_start() != VD_OK || vd_draw_open(&b.draw) != VD_OK) return -1;
  b.plan = fixture_plan();
  if (vd_landscape_build(b.plan, 500, NULL, NULL, &b.landscape) != VD_OK) return -1;
  if (vd_study_run(b.plan, b.landscape, &options, NULL, NULL, &b.study) != VD_OK) return -1;
  if (vd_map_data_build(b.plan, b.study, NULL, &b.data) != VD_OK) return -1;
  if (vd_map_data_build(b.plan, NULL, NULL, &b.plain) != VD_OK) return -1;
  *state = &b;
  return 0;
}

static int tear_down(void **state) {
  bench *b = *state;
  vd_map_data_free(b->plain);
  vd_map_data_free(b->data);
  vd_study_free(b->study);
  vd_landscape_free(b->landscape);
  vd_plan_free(b->plan);
  vd_draw_free(b->draw);
  return 0;
}

static char *print_of(const bench *b, const vd_map_data *data, const vd_map_view *view,
                      const vd_map_options *options, vd_map_drawn *drawn, vd_arena *arena) {
  vd_canvas *canvas = vd_canvas_new(arena);
  vd_buf buf = {.arena = arena};
  vd_map_draw(b->draw, data, view, options, canvas, drawn);
  vd_canvas_print(canvas, &buf);
  return buf.text;
}

static void draw__same_bytes_twice(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *again = NULL;
  vd_map_view view = vd_map_view_fit(b->data, 200, 150, 5);
  vd_map_options options = vd_map_options_default();
  assert_int_equal(vd_map_data_build(b->plan, b->study, NULL, &again), VD_OK);
  char *one = print_of(b, b->data, &view, &options, NULL, arena),
       *two = print_of(b, again, &view, &options, NULL, arena);
  assert_string_equal(one, two);
}

static void draw__plan_alone_has_neither_states_nor_gaps(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_map_view view = vd_map_view_fit(b->plain, 200, 150, 5);
  vd_map_options options = vd_map_options_default();
  vd_map_drawn with = {{0}}, without = {{0}};
  char *text = print_of(b, b->plain, &view, &options, &without, arena);
  assert_null(strstr(text, "G-01"));
  assert_false(vd_drawn_has(&without, VD_ITEM_GAP));
  text = print_of(b, b->data, &view, &options, &with, arena);
  assert_non_null(strstr(text, "G-01"));
  assert_true(vd_drawn_has(&with, VD_ITEM_GAP) && vd_drawn_has(&with, VD_ITEM_STATE0 + VD_UNCOVERED));
}

static void draw__layers_off_draw_nothing_of_theirs(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_map_view view = vd_map_view_fit(b->data, 200, 150, 5);
  vd_map_options options = vd_map_options_default();
  vd_map_drawn drawn = {{0}};
  memset(options.layers.shown, 0, sizeof options.layers.shown);
  print_of(b, b->data, &view, &options, &drawn, arena);
  for (int item = 0; item < VD_ITEM_COUNT; item++) assert_false(vd_drawn_has(&drawn, item));
  options.layers.shown[VD_MAP_ROADS] = true;
  print_of(b, b->data, &view, &options, &drawn, arena);
  assert_true(vd_drawn_has(&drawn, VD_ITEM_ROAD0 + VD_ROAD_PRIMARY));
  assert_true(vd_drawn_has(&drawn, VD_ITEM_CROSSING0 + VD_BRIDGE));
  assert_false(vd_drawn_has(&drawn, VD_ITEM_BASE0 + 3));
}

/* The zone is the geodesic's: 1000 m from the base in every direction, within a metre. */
static void proximity__ring_is_geodesic(void **state) {
  const bench *b = *state;
  const vd_things *bases = &b->data->things[VD_KIND_BASE];
  assert_int_equal(bases->n, 2);
  for (size_t i = 0; i < bases->n; i++) {
    const vd_thing *base = &bases->items[i];
    double centre[2], *ring = malloc(2 * (size_t)base->ring.n_points * sizeof *ring);
    vd_map_to_lonlat(b->data, base->shape.xy_m, centre, 1);
    vd_map_to_lonlat(b->data, base->ring.xy_m, ring, (size_t)base->ring.n_points);
    for (int32_t k = 0; k < base->ring.n_points; k++) {
      double d = vd_geodesic_distance_m(centre[0], centre[1], ring[2 * k], ring[2 * k + 1]);
      assert_true(fabs(d - 1000) < 1);
    }
    free(ring);
  }
}

/* The bar's ends, taken back to lon/lat, are as far apart on the ellipsoid as its figure says. */
static void scale_bar__length_is_the_geodesics(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_style style = vd_style_make(false, 1);
  for (double denominator = 20000; denominator < 3e6; denominator *= 2.7) {
    vd_map_view view = vd_map_view_fit(b->data, 200, 150, 5);
    view.mm_per_m = 1000 / denominator;
    view.centre_x_m += 40000;
    vd_canvas *canvas = vd_canvas_new(arena);
    double mm = vd_map_draw_scale_bar(b->data, &view, &style, 0, 10, 60, canvas);
    double half = mm / view.mm_per_m / 2;
    double ends[4] = {view.centre_x_m - half, view.centre_y_m, view.centre_x_m + half, view.centre_y_m};
    vd_map_to_lonlat(b->data, ends, ends, 2);
    double ground = vd_geodesic_distance_m(ends[0], ends[1], ends[2], ends[3]);
    vd_buf buf = {.arena = arena};
    vd_canvas_print(canvas, &buf);
    double power = pow(10, floor(log10(ground * 1.0001))), figure = round(ground / power) * power;
    assert_true(fabs(ground - figure) < 1e-3 * figure);
    char *words = figure >= 1000 ? vd_str_printf(arena, "\"%g km\"", figure / 1000)
                                 : vd_str_printf(arena, "\"%g m\"", figure);
    assert_non_null(strstr(buf.text, words));
    assert_true(mm <= 60 + 1e-6 && mm > 60 * 0.39);
  }
}

static void view__there_and_back(void **state) {
  (void)state;
  vd_map_view view = {1234, -567, 0.0037, 210, 140};
  double x, y, xm, ym;
  vd_map_view_to_m(&view, 17.5, 99.25, &xm, &ym);
  vd_map_view_to_mm(&view, xm, ym, &x, &y);
  assert_true(fabs(x - (17.5)) <= 1e-9);
  assert_true(fabs(y - (99.25)) <= 1e-9);
  vd_box box = vd_map_view_box(&view);
  assert_true(fabs((box.max_x - box.min_x) * view.mm_per_m - (210)) <= 1e-9);
}

static vd_map_object pick_at(const bench *b, const vd_map_view *view, const vd_map_options *options,
                             double lon, double lat) {
  double xy[2] = {lon, lat}, x, y;
  vd_map_to_plane(b->data, xy, xy, 1);
  vd_map_view_to_mm(view, xy[0], xy[1], &x, &y);
  return vd_map_pick(b->data, view, options, x, y, 1.5);
}

static void pick__finds_the_topmost(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_map_view view = vd_map_view_fit(b->data, 200, 150, 5);
  vd_map_options options = vd_map_options_default();
  vd_map_object base = pick_at(b, &view, &options, 20.22, 4.90);
  assert_int_equal(base.what, VD_OBJECT_RECORD);
  assert_string_equal(base.id, fixture_id(arena, VD_KIND_BASE, "Post Birch"));
  vd_map_object gap = pick_at(b, &view, &options, 20.05, 5.10);
  assert_int_equal(gap.what, VD_OBJECT_GAP);
  options.layers.shown[VD_MAP_GAPS] = false;
  vd_map_object threat = pick_at(b, &view, &options, 20.05, 5.10);
  assert_int_equal(threat.kind, VD_KIND_THREAT_AREA);
  options.layers.shown[VD_MAP_THREATS] = options.layers.shown[VD_MAP_AREAS] = false;
  assert_int_equal(pick_at(b, &view, &options, 20.05, 5.10).what, VD_OBJECT_NONE);
  assert_false(vd_box_is_empty(vd_map_object_box(b->data, &base)));
  assert_true(
      vd_box_is_empty(vd_map_object_box(b->data, &(vd_map_object){.what = VD_OBJECT_GAP, .gap = 999})));
}

/* Two tiles side by side are the picture of the whole, but for the antialiased pixels along their seam. */
static void tiles__meet_without_a_seam(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { W = 64, PX = 4 };
  vd_map_view whole = vd_map_view_fit(b->data, 2 * W, W, 2);
  whole.centre_x_m = round(whole.centre_x_m / 1000) * 1000;
  vd_map_options options = vd_map_options_default();
  options.raster_px_per_mm = PX;
  vd_canvas *one = vd_canvas_new(arena), *two = vd_canvas_new(arena);
  vd_map_draw_base(b->data, &whole, &options, one, NULL);
  vd_map_draw_overlays(b->data, &whole, &options, one, NULL);
  for (int k = 0; k < 2; k++) {
    vd_map_view half = whole;
    half.width_mm = W;
    half.centre_x_m += (k == 0 ? -0.5 : 0.5) * W / whole.mm_per_m;
    vd_canvas_save(two);
    vd_canvas_translate(two, k * W, 0);
    vd_map_draw_base(b->data, &half, &options, two, NULL);
    vd_map_draw_overlays(b->data, &half, &options, two, NULL);
    vd_canvas_restore(two);
  }
  VD_CLEANUP(vd_surface_cleanup) vd_surface *a = NULL, *c = NULL;
  assert_int_equal(vd_surface_new(2 * W * PX, W * PX, &a), VD_OK);
  assert_int_equal(vd_surface_new(2 * W * PX, W * PX, &c), VD_OK);
  assert_int_equal(vd_canvas_render(b->draw, one, &(vd_view){.px_per_mm = PX}, a), VD_OK);
  assert_int_equal(vd_canvas_render(b->draw, two, &(vd_view){.px_per_mm = PX}, c), VD_OK);
  vd_surface_diff diff = vd_surface_compare(a, c);
  assert_true(diff.mean_difference < 0.5);
  assert_true(diff.n_pixels < 2 * W * PX * W * PX / 50);
}

static void selection__is_drawn_only_for_what_is_there(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_map_view view = vd_map_view_fit(b->data, 200, 150, 5);
  vd_map_options options = vd_map_options_default();
  vd_canvas *canvas = vd_canvas_new(arena);
  vd_map_object nothing = {VD_OBJECT_RECORD, VD_KIND_BASE, "no such id", -1};
  vd_map_draw_selection(b->data, &view, &options, &nothing, canvas);
  assert_int_equal(vd_canvas_count(canvas), 0);
  vd_map_object base = {VD_OBJECT_RECORD, VD_KIND_BASE, fixture_id(arena, VD_KIND_BASE, "Camp Alder"), -1};
  vd_map_draw_selection(b->data, &view, &options, &base, canvas);
  assert_true(vd_canvas_count(canvas) > 0);
}

/* A study laid over a plan's own data gives the same map as building both at once. */
static void with_study__equals_building_both(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *joined = NULL;
  assert_int_equal(vd_map_data_with_study(b->plain, b->study, &joined), VD_OK);
  vd_map_view view = vd_map_view_fit(b->data, 200, 150, 5);
  vd_map_options options = vd_map_options_default();
  vd_map_drawn one = {{0}}, two = {{0}};
  print_of(b, b->data, &view, &options, &one, arena);
  print_of(b, joined, &view, &options, &two, arena);
  assert_memory_equal(&one, &two, sizeof one);
}

/* Its place known within 6 km, an escort post is as wide as that on the map, a dot's symbol where that is smaller than the
 * symbol; a closed road whose report is 50 days old is told as unknown, one of last week is not. */
static void restriction__shows_how_well_it_is_known(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_copy(b->plan);
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *data = NULL;
  vd_edit *edit;
  assert_int_equal(vd_edit_start(plan, "Restrictions", &edit), VD_OK);
  vd_restriction *escort = vd_record_new(arena, VD_KIND_RESTRICTION);
  escort->effect = VD_EFFECT_ESCORT, escort->precision_m = 6000;
  fixture_add(edit, VD_KIND_RESTRICTION, escort, "Escort post", vd_geom_point(arena, 20.0, 4.9));
  vd_restriction *closed = vd_record_new(arena, VD_KIND_RESTRICTION);
  closed->road_state = "closed";
  static const double way[] = {19.8, 5.05, 19.9, 5.1};
  fixture_add(edit, VD_KIND_RESTRICTION, closed, "Closed road", vd_geom_line(arena, way, 2));
  closed->record.reported_s = FIXTURE_FROM_S - 50 * (int64_t)VD_DAY_S;
  assert_int_equal(vd_edit_put(edit, VD_KIND_RESTRICTION, closed), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  assert_int_equal(vd_map_data_build(plan, NULL, NULL, &data), VD_OK);
  vd_map_options options = vd_map_options_default();
  vd_map_view near = vd_map_view_fit(data, 200, 150, 5), far = near;
  far.mm_per_m = 1e-4;
  vd_map_drawn close = {{0}}, wide = {{0}}, before = {{0}};
  print_of(b, data, &near, &options, &close, arena);
  assert_true(vd_drawn_has(&close, VD_ITEM_RESTRICTION_SPREAD));
  assert_true(vd_drawn_has(&close, VD_ITEM_RESTRICTION0 + VD_EFFECT_ESCORT));
  assert_true(vd_drawn_has(&close, VD_ITEM_RESTRICTION_UNKNOWN));
  assert_false(vd_drawn_has(&close, VD_ITEM_RESTRICTION_LINE)); /* greyed: the only line */
  assert_string_equal(vd_item_label(data, VD_ITEM_RESTRICTION0 + VD_EFFECT_ESCORT), "Escort needed");
  print_of(b, data, &far, &options, &wide, arena);
  assert_false(vd_drawn_has(&wide, VD_ITEM_RESTRICTION_SPREAD));          /* 0.6 mm */
  options.from_s = options.to_s = FIXTURE_FROM_S - 6 * (int64_t)VD_DAY_S; /* 44 days after the report */
  print_of(b, data, &near, &options, &before, arena);
  assert_true(vd_drawn_has(&before, VD_ITEM_RESTRICTION_LINE));
  assert_false(vd_drawn_has(&before, VD_ITEM_RESTRICTION_UNKNOWN));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draw__same_bytes_twice),
      cmocka_unit_test(draw__plan_alone_has_neither_states_nor_gaps),
      cmocka_unit_test(draw__layers_off_draw_nothing_of_theirs),
      cmocka_unit_test(proximity__ring_is_geodesic),
      cmocka_unit_test(scale_bar__length_is_the_geodesics),
      cmocka_unit_test(view__there_and_back),
      cmocka_unit_test(pick__finds_the_topmost),
      cmocka_unit_test(tiles__meet_without_a_seam),
      cmocka_unit_test(restriction__shows_how_well_it_is_known),
      cmocka_unit_test(selection__is_drawn_only_for_what_is_there),
      cmocka_unit_test(with_study__equals_building_both),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
