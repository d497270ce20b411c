/* land_kept: the road network kept with the plan, so that it is built once and not at every start.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The key says everything that the network follows from: roads and barrier lines as the plan has them, the grid, the rules,
 * and where this computer's projection puts some of the points, so that a network from one that rounds otherwise is not
 * taken for ours. */
#include <string.h>

#include "study/land.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"

/* A network with fewer pieces of road is built sooner than the file would be written. */
enum { KEEP_FROM = 20000, SAMPLE_POINTS = 64, KEY_VERSION = 1 };
static const char kept_name[] = "roads";

static uint64_t add_geom(const vd_geom *geom, uint64_t sum) {
  const int32_t head[] = {(int32_t)geom->type, geom->n_parts, geom->n_points};
  sum = vd_checksum(head, sizeof head, sum);
  sum = vd_checksum(geom->part_start, ((size_t)geom->n_parts + 1) * sizeof *geom->part_start, sum);
  return vd_checksum(geom->xy, 2 * (size_t)geom->n_points * sizeof *geom->xy, sum);
}

static uint64_t add_lines(const vd_land_line *lines, size_t n, uint64_t sum) {
  for (size_t i = 0; i < n; i++) {
    const vd_travel_road *r = &lines[i].road;
    const int32_t says[] = {(int32_t)r->ground, (int32_t)r->crossing, r->oneway, r->closed};
    sum = add_geom(lines[i].lonlat, vd_checksum(says, sizeof says, sum));
  }
  return sum;
}

static uint64_t add_barriers(const vd_plan *plan, uint64_t sum) {
  VD_EACH(plan, VD_KIND_WATER, vd_water, water) {
    if (water->barrier == 1 && !vd_geom_empty(water->record.geom)) sum = add_geom(water->record.geom, sum);
  }
  return sum;
}

static void add_samples(vd_land_build *build, const vd_land_line *lines, size_t n, vd_hash *hash) {
  size_t step = n / SAMPLE_POINTS + 1;
  for (size_t i = 0; i < n; i += step) {
    double xy[2] = {lines[i].lonlat->xy[0], lines[i].lonlat->xy[1]};
    vd_transform_forward(build->to_plane, xy, 1);
    vd_hash_add_f64(hash, xy[0]);
    vd_hash_add_f64(hash, xy[1]);
    vd_hash_add_f64(hash, vd_plane_distance_m(xy[0], xy[1], 0, 0));
  }
}

void vd_land_network_key(vd_land_build *build, const vd_land_line *lines, size_t n, int unmarked) {
  vd_landscape *land = build->land;
  const vd_grid *g = &land->grid;
  vd_hash hash;
  vd_hash_start(&hash);
  vd_hash_add_text(&hash, kept_name);
  vd_hash_add_i64(&hash, KEY_VERSION);
  const double plane[] = {land->lon_deg, land->lat_deg, g->x0_m, g->y0_m, g->cell_m};
  for (size_t i = 0; i < sizeof plane / sizeof *plane; i++) vd_hash_add_f64(&hash, plane[i]);
  vd_hash_add_i64(&hash, g->nx);
  vd_hash_add_i64(&hash, g->ny);
  vd_hash_add_i64(&hash, unmarked);
  uint64_t sum = add_barriers(build->plan, add_lines(lines, n, 0));
  vd_hash_add_i64(&hash, (int64_t)sum);
  add_samples(build, lines, n, &hash);
  vd_hash_finish(&hash, land->network_key);
}

vd_status vd_land_find_network(vd_land_build *build, size_t n_roads) {
  vd_landscape *land = build->land;
  vd_kept kept = {.name = kept_name, .key = land->network_key};
  VD_TRY(vd_plan_find_kept(build->plan, land->arena, &kept));
  VD_TRY(vd_travel_network_read(land->arena, kept.bytes, kept.n, &land->terrain, land->barriers,
                                &land->network));
  if ((size_t)vd_travel_n_roads(land->network) != n_roads) {
    land->network = NULL;
    return vd_fail(VD_ERR_INPUT, _("The kept road network does not fit this plan or is damaged."));
  }
  land->network_kept = true;
  return VD_OK;
}

vd_status vd_landscape_pack(const vd_landscape *landscape, vd_arena *arena, vd_kept *kept) {
  *kept = (vd_kept){.name = kept_name, .key = landscape->network_key};
  if (landscape->network_kept || !*landscape->network_key ||
      vd_travel_n_edges(landscape->network) < KEEP_FROM)
    return VD_OK;
  uint8_t *bytes;
  VD_TRY(vd_travel_network_write(arena, landscape->network, &bytes, &kept->n));
  kept->bytes = bytes;
  return VD_OK;
}
