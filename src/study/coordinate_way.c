/* coordinate_way: roads and bridges that may be lost, and which of them the quickest ways of responders use.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate_road.h"
#include "vedette/base/i18n.h"

#define KEPT_BYTES 1e9 /* of times of fields that are kept for solving from */

/* ---- units ---- */

typedef struct numbered {
  const char *id;
  int32_t road;
} numbered;

static int compare_numbered(const void *a, const void *b) {
  const numbered *x = a, *y = b;
  int by_id = strcmp(x->id, y->id);
  return by_id != 0 ? by_id : (x->road > y->road) - (x->road < y->road);
}

void vd_road_list_units(vd_road_search *s) {
  const vd_landscape *land = s->c->study->land;
  vd_arena *scratch = s->c->scratch;
  numbered *all = VD_NEW_ARRAY(scratch, numbered, land->n_roads + 1);
  size_t n = 0;
  for (size_t i = 0; i < land->n_roads; i++)
    if (land->roads[i].ground != VD_GROUND_RIVER) all[n++] = (numbered){land->roads[i].id, (int32_t)i};
  if (n > 1) qsort(all, n, sizeof *all, compare_numbered);
  s->units = VD_NEW_ARRAY(scratch, vd_road_unit, n + 1);
  s->unit_of = VD_NEW_ARRAY(scratch, int32_t, land->n_roads + 1);
  for (size_t i = 0; i < land->n_roads; i++) s->unit_of[i] = -1;
  for (size_t i = 0, end; i < n; i = end) {
    vd_road_unit *u = &s->units[s->n_units];
    const vd_land_road *road = &land->roads[all[i].road];
    for (end = i; end < n && strcmp(all[end].id, all[i].id) == 0; end++)
      s->unit_of[all[end].road] = (int32_t)s->n_units;
    *u = (vd_road_unit){.id = road->id,
                        .name = road->name,
                        .kind = road->crossing == VD_BRIDGE ? VD_LOST_BRIDGE : VD_LOST_ROAD,
                        .roads = VD_NEW_ARRAY(scratch, int32_t, end - i)};
    for (size_t k = i; k < end; k++) u->roads[u->n_roads++] = all[k].road;
    s->n_units++;
  }
}

/* ---- ways ---- */

static bool is_on_land(int32_t vehicle) {
  return vehicle != VD_HELICOPTER && vehicle != VD_BOAT;
}

void vd_road_list_fields(vd_road_search *s) {
  const vd_study *study = s->c->study;
  s->index_of = VD_NEW_ARRAY(s->c->scratch, int32_t, study->n_fields + 1);
  s->fields = VD_NEW_ARRAY(s->c->scratch, vd_way_field, study->n_fields + 1);
  for (size_t f = 0; f < study->n_fields; f++) s->index_of[f] = -1;
  for (size_t i = 0; i < s->c->n_situations; i++) {
    const vd_situation *situation = &study->situations[s->c->situations[i]];
    if (s->index_of[situation->field] >= 0 || !is_on_land(study->fields[situation->field].vehicle)) continue;
    s->index_of[situation->field] = (int32_t)s->n_fields;
    s->fields[s->n_fields++] = (vd_way_field){.field = situation->field, .force = situation->force};
  }
}

/* The longest standard of the priorities whose bits are set; 0 of none. */
uint32_t vd_longest_of(const vd_study *study, uint8_t priorities) {
  uint32_t longest = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    uint32_t standard = study->model->figures.response_ms[p];
    if ((priorities >> p & 1) != 0 && standard > longest) longest = standard;
  }
  return longest;
}

/* The times of a field up to the longest standard by which it is in time anywhere, with routes, in the arena. */
vd_status vd_road_times(const vd_road_search *s, vd_arena *arena, const vd_way_field *w,
                        vd_travel_field *out) {
  const vd_study *study = s->c->study;
  const vd_solve *field = &study->fields[w->field];
  const vd_travel_field *free = vd_solve_kept(study, w->force, (vd_light)field->light);
  uint8_t priorities = 0;
  for (size_t t = 0; t < study->n_cells; t++) priorities |= field->mask[t];
  uint32_t cutoff = vd_longest_of(study, priorities);
  vd_travel_costs *costs;
  VD_TRY(vd_solve_costs(study, arena, field->vehicle, (vd_light)field->light, field->set, &costs));
  if (free && free->cutoff_ms >= cutoff)
    return vd_travel_change(arena, free, costs, cutoff, s->c->progress, out, NULL);
  vd_travel_source source = {field->xy_m[0], field->xy_m[1], field->start_ms};
  return vd_travel_solve(arena, costs, &source, cutoff, true, s->c->progress, out);
}

static void find_ways(const vd_road_search *s, vd_way_field *w, vd_arena *scratch,
                      const vd_travel_field *times) {
  const vd_study *study = s->c->study;
  const uint8_t *mask = study->fields[w->field].mask;
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  size_t n = 0;
  for (size_t t = 0; t < study->n_cells; t++)
    if (mask[t]) cells[n++] = study->cells[t].cell;
  w->ways_arena = vd_arena_new();
  vd_travel_ways ways = vd_travel_ways_to(w->ways_arena, times, cells, n);
  w->last = VD_NEW_ARRAY(w->ways_arena, int32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) w->last[t] = -1;
  for (size_t i = 0; i < n; i++) w->last[study->index_of[cells[i]]] = ways.last[i];
  w->links = ways.links, w->n_links = ways.n_links;
  for (size_t i = 0; i < ways.n_links; i++) w->links[i].road = s->unit_of[w->links[i].road];
}

vd_status vd_road_find_ways(void *context, int64_t item, int worker) {
  (void)worker;
  const vd_road_search *s = context;
  vd_way_field *w = &s->fields[item];
  VD_TRY(vd_progress_step(s->c->progress, _("Ways of responders"), item, (int64_t)s->n_fields));
  size_t places = (size_t)vd_grid_n(vd_landscape_grid(s->c->study->land)) +
                  (size_t)vd_travel_n_nodes(s->c->study->land->network);
  bool keep = 8.0 * (double)places * (double)s->n_fields <= KEPT_BYTES;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  if (keep) w->arena = vd_arena_new();
  VD_TRY(vd_road_times(s, keep ? w->arena : scratch, w, &w->times));
  find_ways(s, w, scratch, &w->times);
  return VD_OK;
}

bool vd_way_uses(const vd_way_field *w, size_t t, int32_t u) {
  for (int32_t k = w->last[t]; k >= 0; k = w->links[k].before)
    if (w->links[k].road == u) return true;
  return false;
}
