/* area_arg: reading the area of interest.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/area_arg.h"

#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/raster.h"
#include "vedette/geo/shape.h"
#include "vedette/geo/vector.h"

enum { OUTLINES_MAX = 10000, WIDEST_DEG = 90, SMALLEST_M2 = 10000 };

static vd_geom *box_outline(vd_arena *arena, vd_box box) {
  const double ring[] = {box.min_x, box.min_y, box.max_x, box.min_y,
                         box.max_x, box.max_y, box.min_x, box.max_y};
  return vd_geom_ring(arena, ring, 4);
}

static vd_status check_box(const char *text, vd_box box) {
  bool on_earth = box.min_x >= -180 && box.max_x <= 180 && box.min_y >= -90 && box.max_y <= 90;
  if (on_earth && box.min_x < box.max_x && box.min_y < box.max_y) return VD_OK;
  return vd_fail(
      VD_ERR_USAGE,
      _("--area %s: write west,south,east,north in degrees, west below east and south below north"), text);
}

/* True when the text is four numbers with commas. */
static bool read_box(vd_cli *cli, const char *text, vd_box *box) {
  double numbers[4];
  const char *at = text;
  for (int i = 0; i < 4; i++) {
    size_t n = strcspn(at, ",");
    if (!vd_parse_f64(vd_str_dup_n(cli->arena, at, n), &numbers[i])) return false;
    at += n;
    if (i < 3 && *at++ != ',') return false;
  }
  *box = (vd_box){numbers[0], numbers[1], numbers[2], numbers[3]};
  return *at == '\0';
}

typedef struct outlines {
  vd_arena *arena;
  vd_box box;
  bool only_polygons;
  const vd_geom **polygons;
  size_t n, capacity;
} outlines;

static vd_status gather(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  outlines *all = context;
  (void)layer;
  all->box = vd_box_join(all->box, vd_geom_box(feature->geom));
  if (feature->geom->type != VD_GEOM_POLYGON || all->n >= OUTLINES_MAX) all->only_polygons = false;
  if (!all->only_polygons) return VD_OK;
  *VD_PUSH(all->arena, all->polygons, all->n, all->capacity) = vd_geom_copy(all->arena, feature->geom);
  return VD_OK;
}

static vd_status of_vector(vd_cli *cli, const char *path, vd_geom **out) {
  VD_CLEANUP(vd_vector_cleanup) vd_vector *vector = NULL;
  outlines all = {.arena = cli->arena, .box = vd_box_empty(), .only_polygons = true};
  VD_TRY(vd_vector_open(path, NULL, &vector));
  VD_TRY(vd_vector_each_all(vector, NULL, &cli->progress, gather, &all));
  if (vd_box_is_empty(all.box)) return vd_fail(VD_ERR_INPUT, _("%s holds no place."), vd_path_base(path));
  if (all.only_polygons) return vd_shape_union(cli->arena, all.polygons, all.n, out);
  if (!(all.box.min_x < all.box.max_x && all.box.min_y < all.box.max_y))
    return vd_fail(VD_ERR_INPUT, _("%s covers no area: give one with more than one place."),
                   vd_path_base(path));
  *out = box_outline(cli->arena, all.box);
  return VD_OK;
}

/* What can be planned on one grid and printed on one page. */
static vd_status check_size(const char *text, const vd_geom *area) {
  vd_box box = vd_geom_box(area);
  if (box.max_x - box.min_x > WIDEST_DEG)
    return vd_fail(
        VD_ERR_USAGE,
        _("--area %s spans more than %d degrees of longitude; make a smaller plan, or two where it "
          "crosses the 180th meridian"),
        text, WIDEST_DEG);
  if (vd_geodesic_area_m2(area) < SMALLEST_M2)
    return vd_fail(VD_ERR_USAGE, _("--area %s is smaller than a hectare; make it larger"), text);
  return VD_OK;
}

vd_status vd_cli_area(vd_cli *cli, const char *text, vd_geom **out) {
  vd_box box = vd_box_empty();
  if (read_box(cli, text, &box)) {
    VD_TRY(check_box(text, box));
    *out = box_outline(cli->arena, box);
    return check_size(text, *out);
  }
  if (strchr(text, ',') && text[strspn(text, "0123456789.,;eE+- ")] == '\0')
    return vd_fail(VD_ERR_USAGE, _("--area %s: write west,south,east,north, four numbers in degrees"), text);
  if (!vd_raster_looks_like(text)) {
    VD_TRY(of_vector(cli, text, out));
    return check_size(text, *out);
  }
  vd_raster_info info;
  VD_TRY(vd_raster_probe(cli->arena, text, &info));
  *out = box_outline(cli->arena, info.lonlat);
  return check_size(text, *out);
}
