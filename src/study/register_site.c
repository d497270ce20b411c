/* register_site: spots at which restrictions are reported again and again, and how regularly.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Reports of one mode that chain within the site radius are of one site. In cells of radius / sqrt(2) all points are near each
 * other, so only cells at most two apart need a look at pairs, and that only while they are of different sites. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/register.h"
#include "vedette/base/str.h"

typedef struct spot { /* a report in its cell */
  int32_t mode, column, row, entry;
} spot;

static int compare_spots(const void *a, const void *b) {
  const spot *x = a, *y = b;
  if (x->mode != y->mode) return x->mode < y->mode ? -1 : 1;
  if (x->row != y->row) return x->row < y->row ? -1 : 1;
  if (x->column != y->column) return x->column < y->column ? -1 : 1;
  return (x->entry > y->entry) - (x->entry < y->entry);
}

typedef struct cell { /* spots [from, to) */
  size_t from, to;
} cell;

static size_t list_spots(const vd_registering *r, spot *spots) {
  double side = r->out->site_radius_m * (1 - VD_REGISTER_PLANE_ERR) / M_SQRT2;
  size_t n = 0;
  for (size_t i = 0; i < r->n_known; i++) {
    const double *xy = r->xy + 2 * i;
    if (isnan(xy[0]) || r->all[i].physical || !(side > 0)) continue;
    spots[n++] = (spot){(int32_t)r->all[i].mode, (int32_t)fmin(fmax(floor(xy[0] / side), -1e9), 1e9),
                        (int32_t)fmin(fmax(floor(xy[1] / side), -1e9), 1e9), (int32_t)i};
  }
  if (n > 1) qsort(spots, n, sizeof *spots, compare_spots);
  return n;
}

static const cell *find_cell(const spot *spots, const cell *cells, size_t n, spot key) {
  size_t low = 0, high = n;
  key.entry = -1;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compare_spots(&spots[cells[middle].from], &key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == n) return NULL;
  const spot *at = &spots[cells[low].from];
  return at->mode == key.mode && at->column == key.column && at->row == key.row ? &cells[low] : NULL;
}

static void join_cells(const vd_registering *r, const spot *spots, const cell *a, const cell *b,
                       int32_t *parent) {
  int32_t one = spots[a->from].entry, other = spots[b->from].entry;
  if (vd_register_root(parent, one) == vd_register_root(parent, other)) return;
  for (size_t i = a->from; i < a->to; i++) {
    for (size_t k = b->from; k < b->to; k++) {
      int32_t p = spots[i].entry, q = spots[k].entry;
      double at[4] = {r->all[p].lon_deg, r->all[p].lat_deg, r->all[q].lon_deg, r->all[q].lat_deg};
      if (!vd_register_near(r->xy + 2 * (size_t)p, r->xy + 2 * (size_t)q, at, at + 2, r->out->site_radius_m))
        continue;
      vd_register_join(parent, p, q);
      return;
    }
  }
}

static void join_near(const vd_registering *r, const spot *spots, size_t n, int32_t *parent) {
  cell *cells = VD_NEW_ARRAY(r->scratch, cell, n + 1);
  size_t n_cells = 0;
  for (size_t i = 0; i < n; i++) {
    bool same = i > 0 && spots[i].mode == spots[i - 1].mode && spots[i].column == spots[i - 1].column &&
                spots[i].row == spots[i - 1].row;
    if (!same) cells[n_cells++] = (cell){i, i};
    cells[n_cells - 1].to = i + 1;
    if (same) vd_register_join(parent, spots[i - 1].entry, spots[i].entry);
  }
  for (size_t c = 0; c < n_cells; c++) {
    for (int step = 1; step <= 12; step++) { /* the cells after this one within two rows and columns */
      spot key = spots[cells[c].from];
      int k = step + 2;
      key.row += k / 5, key.column += k % 5 - 2;
      const cell *other = find_cell(spots, cells, n_cells, key);
      if (other) join_cells(r, spots, &cells[c], other, parent);
    }
  }
}

/* ---- what is told of each ---- */

typedef struct members { /* of one site, by begin */
  int32_t *items;
  size_t n;
} members;

/* What most of them are called; the first of several in alphabet. */
static const char *usual_name(const vd_registering *r, members m) {
  const char *best = "";
  size_t most = 0;
  enum { LOOKED_AT = 400 };
  for (size_t i = 0; i < m.n && i < LOOKED_AT; i++) {
    const char *name = r->all[m.items[i]].record->record.name;
    size_t n = 0;
    if (!name || !*name || (most > 0 && strcmp(name, best) == 0)) continue;
    for (size_t k = 0; k < m.n && k < LOOKED_AT; k++)
      n += vd_str_equal(name, r->all[m.items[k]].record->record.name);
    if (n > most || (n == most && strcmp(name, best) < 0)) best = name, most = n;
  }
  return best;
}

static vd_register_site tell_site(const vd_registering *r, vd_chance *chance, members m) {
  const vd_register *out = r->out;
  const vd_register_entry *first = &r->all[m.items[0]];
  vd_register_site site = {.name = usual_name(r, m),
                           .place = first->place,
                           .mode = first->mode,
                           .n = (int64_t)m.n,
                           .first_s = first->begin_s,
                           .last_s = r->all[m.items[m.n - 1]].begin_s};
  int64_t *times = VD_NEW_ARRAY(r->scratch, int64_t, m.n);
  double middle[2] = {0, 0};
  for (size_t i = 0; i < m.n; i++) {
    const vd_register_entry *e = &r->all[m.items[i]];
    times[i] = e->begin_s;
    site.n_denials += e->denial == VD_DENIAL_YES;
    site.n_in_period += e->begin_s >= out->from_s;
    for (int d = 0; d < 2; d++) middle[d] += r->xy[2 * (size_t)m.items[i] + (size_t)d] / (double)m.n;
  }
  vd_transform_inverse(r->to_plane, middle, 1);
  site.lon_deg = middle[0], site.lat_deg = middle[1];
  site.regularity = vd_regularity_of(chance, times, m.n, r->utc_offset_s);
  return site;
}

static int compare_sites(const void *a, const void *b) {
  const vd_register_site *x = a, *y = b;
  if (x->n != y->n) return x->n > y->n ? -1 : 1;
  if (x->first_s != y->first_s) return x->first_s < y->first_s ? -1 : 1;
  if (x->lat_deg != y->lat_deg) return x->lat_deg < y->lat_deg ? -1 : 1;
  return (x->lon_deg > y->lon_deg) - (x->lon_deg < y->lon_deg);
}

/* The reports of each site after each other, by begin: where each starts is in `start`. */
static members *members_of(const vd_registering *r, int32_t *parent) {
  members *list = VD_NEW_ARRAY(r->scratch, members, r->n_known + 1);
  size_t *n = VD_NEW_ARRAY(r->scratch, size_t, r->n_known + 1);
  int32_t *items = VD_NEW_ARRAY(r->scratch, int32_t, r->n_known + 1);
  for (size_t i = 0; i < r->n_known; i++) n[vd_register_root(parent, (int32_t)i)]++;
  size_t at = 0;
  for (size_t i = 0; i < r->n_known; i++) list[i].items = items + at, at += n[i];
  for (size_t i = 0; i < r->n_known; i++) {
    members *m = &list[vd_register_root(parent, (int32_t)i)];
    m->items[m->n++] = (int32_t)i;
  }
  return list;
}

void vd_register_find_sites(vd_registering *r) {
  int32_t *parent = VD_NEW_ARRAY(r->scratch, int32_t, r->n_known + 1);
  for (size_t i = 0; i < r->n_known; i++) parent[i] = (int32_t)i;
  spot *spots = VD_NEW_ARRAY(r->scratch, spot, r->n_known + 1);
  join_near(r, spots, list_spots(r, spots), parent);
  members *list = members_of(r, parent);
  vd_chance *chance = vd_chance_new(r->scratch);
  vd_register *out = r->out;
  size_t capacity = 0;
  for (size_t i = 0; i < r->n_known; i++) {
    if (list[i].n < 2 || r->all[list[i].items[list[i].n - 1]].begin_s < out->from_s) continue;
    *VD_PUSH(r->arena, out->sites, out->n_sites, capacity) = tell_site(r, chance, list[i]);
  }
  if (out->n_sites > 1) qsort(out->sites, out->n_sites, sizeof *out->sites, compare_sites);
}
