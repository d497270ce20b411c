/* field: the solves that a study asks for, each once, and what is kept of them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "study/run.h"

/* ---- sets of restrictions ---- */

int32_t vd_set_intern(vd_study *study, const int32_t *bars, size_t n) {
  for (size_t s = 0; s < study->n_sets; s++) {
    const vd_bar_set *set = &study->sets[s];
    if (set->n == n && (n == 0 || memcmp(set->bars, bars, n * sizeof *bars) == 0)) return (int32_t)s;
  }
  vd_bar_set set = {VD_NEW_ARRAY(study->arena, int32_t, n + 1), n};
  if (n > 0) memcpy(set.bars, bars, n * sizeof *bars);
  *VD_PUSH(study->arena, study->sets, study->n_sets, study->sets_capacity) = set;
  return (int32_t)study->n_sets - 1;
}

vd_travel_effect *vd_set_effects(const vd_study *study, vd_arena *arena, int32_t set, size_t *n) {
  const vd_bar_set *bars = &study->sets[set];
  vd_travel_effect *effects = NULL;
  size_t capacity = 0;
  *n = 0;
  for (size_t i = 0; i < bars->n; i++) {
    const vd_bar *bar = &study->model->bars[bars->bars[i]];
    for (size_t z = 0; z < bar->n_zones; z++) {
      *VD_PUSH(arena, effects, *n, capacity) =
          (vd_travel_effect){bar->effect, bar->slow, bar->delay_ms, bar->zones[z]};
    }
  }
  return effects;
}

/* ---- results ---- */

vd_result *vd_result_new(void) {
  vd_arena *arena = vd_arena_new();
  vd_result *result = VD_NEW(arena, vd_result);
  *result = (vd_result){.refs = 1, .arena = arena};
  return result;
}

const uint32_t *vd_result_cell_ms(const vd_result *result, vd_arena *scratch, size_t n_grid) {
  if (result->has_times) return result->times.cell_ms;
  uint32_t *cell_ms = VD_NEW_ARRAY(scratch, uint32_t, n_grid);
  vd_times_unpack(result->packed, cell_ms);
  return cell_ms;
}

vd_result *vd_result_share(vd_result *result) {
  atomic_fetch_add(&result->refs, 1);
  return result;
}

void vd_result_release(vd_result *result) {
  if (!result || atomic_fetch_sub(&result->refs, 1) != 1) return;
  vd_result_release(result->of_times);
  vd_priced_release(result->priced);
  vd_arena_free(result->arena);
}

/* ---- interning ---- */

static bool same_place(const vd_solve *a, const vd_solve *b) {
  return a->vehicle == b->vehicle && a->light == b->light && a->start_ms == b->start_ms &&
         a->xy_m[0] == b->xy_m[0] && a->xy_m[1] == b->xy_m[1];
}

static size_t head_of(const vd_study *study, const vd_solve *field) {
  uint64_t bits[2],
      h = (uint64_t)field->vehicle * 0x9e3779b97f4a7c15u + (uint64_t)field->light * 31 + field->start_ms;
  memcpy(bits, field->xy_m, sizeof bits);
  h = (h ^ bits[0]) * 0xbf58476d1ce4e5b9u;
  h = (h ^ h >> 29 ^ bits[1]) * 0x94d049bb133111ebu;
  return (size_t)(h ^ h >> 32) & (study->n_heads - 1);
}

static void enter(vd_study *study, int32_t index) {
  size_t head = head_of(study, &study->fields[index]);
  study->fields[index].next = study->field_heads[head] - 1;
  study->field_heads[head] = index + 1;
}

static void grow_heads(vd_study *study) {
  study->n_heads = study->n_heads ? 2 * study->n_heads : 256;
  study->field_heads = VD_NEW_ARRAY(study->arena, int32_t, study->n_heads);
  for (size_t i = 0; i < study->n_fields; i++) enter(study, (int32_t)i);
}

/* Other places may have the same hash: they stand in the same row. */
static int32_t like_from(const vd_study *study, const vd_solve *field, int32_t index) {
  while (index >= 0 && !same_place(&study->fields[index], field)) index = study->fields[index].next;
  return index;
}

int32_t vd_solve_first_like(const vd_study *study, const vd_solve *field) {
  return study->n_heads ? like_from(study, field, study->field_heads[head_of(study, field)] - 1) : -1;
}

int32_t vd_solve_next_like(const vd_study *study, const vd_solve *field, int32_t index) {
  return like_from(study, field, study->fields[index].next);
}

int32_t vd_solve_intern(vd_study *study, const vd_force *force, vd_light light, int32_t set,
                        uint32_t cutoff_ms, uint32_t limit_ms, int32_t best_of) {
  vd_solve field = {.xy_m = {force->xy_m[0], force->xy_m[1]},
                    .start_ms = force->start_ms[light],
                    .cutoff_ms = cutoff_ms,
                    .limit_ms = limit_ms,
                    .set = set,
                    .vehicle = (uint8_t)force->vehicle,
                    .light = (uint8_t)light,
                    .best_of = best_of,
                    .standing = force->standing};
  for (int32_t i = vd_solve_first_like(study, &field); i >= 0; i = vd_solve_next_like(study, &field, i)) {
    vd_solve *have = &study->fields[i];
    if (have->set != set || have->limit_ms != limit_ms) continue;
    if (have->result && have->result->cutoff_ms < cutoff_ms) continue; /* it does not know enough */
    if (!have->result && cutoff_ms > have->cutoff_ms) have->cutoff_ms = cutoff_ms;
    return i;
  }
  if ((limit_ms == 0 || set == VD_FREE_SET) && cutoff_ms > 0)
    field.met_ms = VD_NEW_ARRAY(study->arena, uint32_t, study->model->n_bars + 1);
  if (2 * study->n_fields >= study->n_heads) grow_heads(study);
  *VD_PUSH(study->arena, study->fields, study->n_fields, study->fields_capacity) = field;
  enter(study, (int32_t)study->n_fields - 1);
  return (int32_t)study->n_fields - 1;
}
