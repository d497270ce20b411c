/* difference: what changed in coverage from one study to another.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/difference.h"

#include <math.h>

#include "vedette/base/i18n.h"

static const char *const words[] = {"none",        "still_covered", "newly_covered", "newly_not",
                                    "not_covered", "new_threat",    "threat_gone"};
static const char *const labels[] = {N_("No threat"),
                                     N_("Covered as before"),
                                     N_("Newly covered"),
                                     N_("Newly not covered"),
                                     N_("Not covered as before"),
                                     N_("Newly under threat"),
                                     N_("No longer under threat")};
const vd_terms vd_cover_terms = {"cover", VD_COVER_COUNT, words, labels};

/* ---- whether they can be compared ---- */

static vd_status check_grids(const vd_study *before, const vd_study *after) {
  const vd_landscape *first = vd_study_landscape(before), *second = vd_study_landscape(after);
  double origin[2] = {0, 0}, a[2], b[2];
  vd_landscape_to_lonlat(first, origin, a, 1);
  vd_landscape_to_lonlat(second, origin, b, 1);
  bool same_plane = fabs(a[0] - b[0]) < 1e-9 && fabs(a[1] - b[1]) < 1e-9;
  if (same_plane && vd_grid_equal(vd_landscape_grid(first), vd_landscape_grid(second))) return VD_OK;
  return vd_fail(
      VD_ERR_USAGE,
      _("The two studies lie on different grids, so their cells cannot be compared. Study plans of "
        "one area with one cell size (--cell)."));
}

static vd_status check_windows(const vd_study *before, const vd_study *after) {
  const vd_headline *a = vd_study_headline(before), *b = vd_study_headline(after);
  if (a->from_s == b->from_s && a->to_s == b->to_s) return VD_OK;
  return vd_fail(VD_ERR_USAGE,
                 _("The two studies have different windows. Give one for both with --from and --to."));
}

/* ---- cells ---- */

static double threat_h(const vd_study_cell *cell) {
  double sum = 0;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) sum += cell->hours[s];
  return sum;
}

/* NULL where there is none; a cell whose threat is at no time active counts as not under threat. */
static const vd_study_cell *under_threat(const vd_study_cell *cell) {
  return cell && threat_h(cell) > 0 ? cell : NULL;
}

static vd_cover_change cover_of(const vd_study_cell *a, const vd_study_cell *b) {
  if (!a || !b) return a ? VD_COVER_GONE : b ? VD_COVER_NEW : VD_COVER_NONE;
  bool before = a->state == VD_COVERED, after = b->state == VD_COVERED;
  if (before == after) return after ? VD_COVER_STILL : VD_COVER_LACKED;
  return after ? VD_COVER_GAINED : VD_COVER_LOST;
}

static vd_cover_cell compare(const vd_study_cell *a, const vd_study_cell *b) {
  const vd_study_cell *told = b ? b : a;
  return (vd_cover_cell){
      .cell = told->cell,
      .people = told->people,
      .priority = told->priority,
      .cover = (uint8_t)cover_of(a, b),
      .before = a ? a->state : VD_STATE_NONE,
      .after = b ? b->state : VD_STATE_NONE,
      .threat_after = b ? b->threat : -1,
      .covered_before_h = a ? a->hours[VD_COVERED] : 0,
      .covered_after_h = b ? b->hours[VD_COVERED] : 0,
      .threat_before_h = a ? threat_h(a) : 0,
      .threat_after_h = b ? threat_h(b) : 0,
  };
}

static void add(vd_cover_sums *to, const vd_cover_cell *cell) {
  double people = (double)cell->people, more = cell->covered_after_h - cell->covered_before_h;
  to->cells[cell->cover]++;
  to->people[cell->cover] += people;
  to->threat_before += people * cell->threat_before_h;
  to->threat_after += people * cell->threat_after_h;
  to->covered_before += people * cell->covered_before_h;
  to->covered_after += people * cell->covered_after_h;
  if (more > 0) to->gained += people * more;
  if (more < 0) to->lost -= people * more;
}

static void sum_up(vd_study_difference *out, vd_arena *arena) {
  for (size_t i = 0; i < out->n_cells; i++) {
    int32_t threat = out->cells[i].threat_after;
    if (threat >= 0 && (size_t)threat >= out->n_threats) out->n_threats = (size_t)threat + 1;
  }
  out->by_threat = VD_NEW_ARRAY(arena, vd_cover_sums, out->n_threats + 1);
  for (size_t i = 0; i < out->n_cells; i++) {
    const vd_cover_cell *cell = &out->cells[i];
    add(&out->all, cell);
    add(&out->by_priority[cell->priority], cell);
    if (cell->threat_after >= 0) add(&out->by_threat[cell->threat_after], cell);
  }
}

vd_status vd_study_compare(const vd_study *before, const vd_study *after, vd_arena *arena,
                           vd_study_difference **out) {
  VD_TRY(check_grids(before, after));
  VD_TRY(check_windows(before, after));
  size_t n_a, n_b, i = 0, k = 0;
  const vd_study_cell *a = vd_study_cells(before, &n_a), *b = vd_study_cells(after, &n_b);
  vd_study_difference *made = VD_NEW(arena, vd_study_difference);
  uint8_t *covers = VD_NEW_ARRAY(arena, uint8_t, vd_grid_n(vd_landscape_grid(vd_study_landscape(after))) + 1);
  made->cells = VD_NEW_ARRAY(arena, vd_cover_cell, n_a + n_b + 1);
  while (i < n_a || k < n_b) { /* both in the order of cells */
    bool take_a = i < n_a && (k >= n_b || a[i].cell <= b[k].cell);
    bool take_b = k < n_b && (i >= n_a || b[k].cell <= a[i].cell);
    const vd_study_cell *first = under_threat(take_a ? &a[i] : NULL),
                        *second = under_threat(take_b ? &b[k] : NULL);
    i += take_a, k += take_b;
    if (!first && !second) continue;
    made->cells[made->n_cells] = compare(first, second);
    covers[made->cells[made->n_cells].cell] = made->cells[made->n_cells].cover;
    made->n_cells++;
  }
  made->covers = covers;
  sum_up(made, arena);
  *out = made;
  return VD_OK;
}
