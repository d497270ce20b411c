/* memory: what studies leave for the next one on the same landscape.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It holds on to the last whole study and the last quick ones and takes over from them what still holds, told by content and
 * not by revision: plans may be copies of each other that were edited apart. */
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

enum { DEFAULT_BYTES = 512 << 20 };

vd_study_memory *vd_study_memory_new(const vd_landscape *landscape, size_t max_bytes) {
  vd_study_memory *memory = calloc(1, sizeof *memory);
  if (!memory) return NULL;
  memory->land = landscape;
  memory->max_bytes = max_bytes > 0 ? max_bytes : DEFAULT_BYTES;
  return memory;
}

void vd_study_memory_free(vd_study_memory *memory) {
  if (!memory) return;
  for (int i = 0; i < VD_REMEMBERED; i++) vd_study_free(memory->before[i]);
  for (int c = 0; c < VD_CASE_COUNT; c++) {
    for (int v = 0; v < VD_VEHICLE_COUNT; v++) {
      for (int light = 0; light < VD_LIGHT_COUNT; light++) vd_priced_release(memory->priced[c][v][light]);
    }
  }
  free(memory);
}

void vd_study_memory_cleanup(vd_study_memory **memory) {
  vd_study_memory_free(*memory);
  *memory = NULL;
}

bool vd_memory_reserve(vd_study_memory *memory, size_t bytes) {
  if (atomic_fetch_add(&memory->bytes, bytes) + bytes <= memory->max_bytes) return true;
  atomic_fetch_sub(&memory->bytes, bytes);
  return false;
}

static size_t bytes_of(const vd_study *study, int64_t counting) {
  size_t bytes = 0;
  for (size_t f = 0; study && f < study->n_fields; f++) {
    vd_result *result = study->fields[f].result;
    if (!result || result->counted == counting) continue;
    result->counted = counting;
    bytes += result->times_bytes;
  }
  for (int c = 0; study && c < VD_CASE_COUNT; c++) bytes += bytes_of(study->cases[c], counting);
  return bytes;
}

/* What is kept is counted anew, each result once. */
static void count_bytes(vd_study_memory *memory) {
  size_t bytes = 0;
  memory->counting++;
  for (int i = 0; i < VD_REMEMBERED; i++) bytes += bytes_of(memory->before[i], memory->counting);
  atomic_store(&memory->bytes, bytes);
}

/* A case takes over from its likely study and from that case of the last whole one. */
const vd_study *vd_memory_before(const vd_study *study, int i) {
  const vd_study_memory *memory = study->memory;
  if (!study->likely) return memory->before[i];
  const vd_study *whole = memory->before[VD_BEFORE_WHOLE];
  if (i == 0) return study->likely;
  return i == 1 && whole ? whole->cases[study->assumed] : NULL;
}

void vd_memory_keep(vd_study_memory *memory, vd_study *study) {
  vd_study **before = memory->before;
  atomic_fetch_add(&study->refs, 1);
  if (!study->quick) {
    vd_study_free(before[VD_BEFORE_WHOLE]);
    before[VD_BEFORE_WHOLE] = study;
  } else {
    vd_study_free(before[VD_REMEMBERED - 1]);
    for (int i = VD_REMEMBERED - 1; i > 1; i--) before[i] = before[i - 1];
    before[1] = study;
  }
  count_bytes(memory);
}

/* ---- costs ---- */

vd_priced *vd_priced_share(vd_priced *priced) {
  atomic_fetch_add(&priced->refs, 1);
  return priced;
}

void vd_priced_release(vd_priced *priced) {
  if (!priced || atomic_fetch_sub(&priced->refs, 1) != 1) return;
  vd_priced_release(priced->base);
  vd_arena_free(priced->arena);
}

typedef struct pricing {
  vd_study *study;
  bool wanted[VD_VEHICLE_COUNT * VD_LIGHT_COUNT];
} pricing;

static vd_status price(void *context, int64_t item, int worker) {
  (void)worker;
  pricing *run = context;
  int vehicle = (int)item / VD_LIGHT_COUNT, light = (int)item % VD_LIGHT_COUNT;
  if (!run->wanted[item]) return VD_OK;
  vd_priced **kept = &run->study->memory->priced[run->study->assumed][vehicle][light];
  vd_profile profile = vd_model_profile(run->study->model, (vd_vehicle)vehicle, (vd_light)light);
  if (!*kept || !vd_profile_equal(&(*kept)->profile, &profile)) {
    vd_priced_release(*kept);
    vd_arena *arena = vd_arena_new();
    *kept = VD_NEW(arena, vd_priced);
    **kept = (vd_priced){.refs = 1, .arena = arena, .profile = profile};
    vd_status status =
        vd_travel_costs_new(arena, run->study->land->network, &profile, NULL, 0, &(*kept)->costs);
    if (status != VD_OK) {
      vd_priced_release(*kept);
      *kept = NULL;
      return status;
    }
  }
  run->study->priced[vehicle][light] = vd_priced_share(*kept);
  return VD_OK;
}

vd_status vd_memory_price(vd_study *study, vd_jobs *jobs) {
  pricing run = {.study = study};
  for (size_t f = 0; f < study->n_fields; f++) {
    const vd_solve *field = &study->fields[f];
    if (field->vehicle != VD_HELICOPTER && !study->priced[field->vehicle][field->light])
      run.wanted[field->vehicle * VD_LIGHT_COUNT + field->light] = true;
  }
  return vd_jobs_run(jobs, (int64_t)VD_VEHICLE_COUNT * VD_LIGHT_COUNT, price, &run);
}

/* ---- fields ---- */

/* An earlier study compared with the one that runs. */
typedef struct vd_earlier {
  const vd_study *study;
  bool same_cells, same_standards;
  bool same_speed[VD_VEHICLE_COUNT][VD_LIGHT_COUNT];
  int32_t *bar; /* per restriction of the study that runs: the same one there, -1 none */
} earlier;

static bool same_speed(const vd_study *a, const vd_study *b, int vehicle, int light) {
  if (vehicle == VD_HELICOPTER) return a->model->figures.helicopter_kmh == b->model->figures.helicopter_kmh;
  vd_profile x = vd_model_profile(a->model, (vd_vehicle)vehicle, (vd_light)light),
             y = vd_model_profile(b->model, (vd_vehicle)vehicle, (vd_light)light);
  return vd_profile_equal(&x, &y);
}

/* The restriction at the same number, or else the first that does the same. */
static int32_t same_bar(const vd_model *there, const vd_bar *bar, size_t hint) {
  if (hint < there->n_bars && vd_bar_same_effect(&there->bars[hint], bar)) return (int32_t)hint;
  for (size_t b = 0; b < there->n_bars; b++) {
    if (vd_bar_same_effect(&there->bars[b], bar)) return (int32_t)b;
  }
  return -1;
}

static earlier *look_back(const vd_study *study, const vd_study *before) {
  earlier *e = VD_NEW(study->arena, earlier);
  e->study = before;
  e->same_cells = before->cellset == study->cellset;
  e->same_standards = memcmp(before->model->figures.response_ms, study->model->figures.response_ms,
                             sizeof study->model->figures.response_ms) == 0;
  for (int v = 0; v < VD_VEHICLE_COUNT; v++) {
    for (int light = 0; light < VD_LIGHT_COUNT; light++)
      e->same_speed[v][light] = same_speed(before, study, v, light);
  }
  e->bar = VD_NEW_ARRAY(study->arena, int32_t, study->model->n_bars + 1);
  for (size_t b = 0; b < study->model->n_bars; b++)
    e->bar[b] = same_bar(before->model, &study->model->bars[b], b);
  return e;
}

static bool same_effect(const vd_study *study, const earlier *e, int32_t bar, int32_t bar_there) {
  return e->bar[bar] == bar_there ||
         vd_bar_same_effect(&study->model->bars[bar], &e->study->model->bars[bar_there]);
}

/* Effects are applied in order, so sets are the same only in the same order. */
static bool same_set(const vd_study *study, const earlier *e, int32_t set, int32_t set_there) {
  const vd_bar_set *here = &study->sets[set], *there = &e->study->sets[set_there];
  if (here->n != there->n) return false;
  for (size_t i = 0; i < here->n; i++) {
    if (!same_effect(study, e, here->bars[i], there->bars[i])) return false;
  }
  return true;
}

static bool answers(const vd_study *study, const earlier *e, const vd_solve *field, const vd_solve *there) {
  return there->result && there->limit_ms == field->limit_ms &&
         there->result->cutoff_ms >= field->cutoff_ms && same_set(study, e, field->set, there->set);
}

/* Times of cells at other numbers, from those over all cells. */
static vd_result *at_cells(const vd_study *study, vd_result *from) {
  vd_result *made = vd_result_new();
  made->cutoff_ms = from->cutoff_ms;
  made->stuck = from->stuck;
  made->ms = VD_NEW_ARRAY(made->arena, uint32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) {
    int32_t cell = study->cells[t].cell;
    made->ms[t] = from->has_times ? from->times.cell_ms[cell] : vd_times_at(from->packed, cell);
  }
  made->has_times = from->has_times, made->times = from->times, made->packed = from->packed;
  if (from->priced) made->priced = vd_priced_share(from->priced);
  made->of_times = vd_result_share(from->of_times ? from->of_times : from);
  return made;
}

static bool recall_met(const vd_study *study, const earlier *e, vd_solve *field, const vd_solve *there) {
  if (!field->met_ms) return true;
  for (size_t b = 0; b < study->model->n_bars; b++) {
    int32_t bar = e->bar[b];
    bool applies = (study->model->bars[b].vehicles >> field->vehicle & 1u) != 0;
    bool applied = bar >= 0 && (e->study->model->bars[bar].vehicles >> field->vehicle & 1u) != 0;
    field->met_ms[b] = VD_UNREACHED;
    if (!applies) continue;
    if (applied && there->met_ms)
      field->met_ms[b] = there->met_ms[bar];
    else if (there->result->has_times)
      field->met_ms[b] = vd_solve_met_ms(study, (int32_t)b, field->vehicle, &there->result->times);
    else
      return false;
    if (field->met_ms[b] > field->cutoff_ms) field->met_ms[b] = VD_UNREACHED;
  }
  return true;
}

/* A mask holds for the standards it was made with, and for a shorter cut-off when that cuts no standard off. */
static bool mask_holds(const vd_study *study, const vd_solve *field) {
  const vd_result *result = field->result;
  return result->mask &&
         memcmp(result->standard_ms, study->model->figures.response_ms, sizeof result->standard_ms) == 0 &&
         (field->cutoff_ms == result->cutoff_ms || field->cutoff_ms >= vd_longest_standard_ms(study));
}

static bool recall(vd_study *study, const earlier *e, vd_solve *field, const vd_solve *there) {
  vd_result *result = there->result;
  bool in_the_grid_best = !study->quick && field->best_of >= 0;
  if (!vd_result_has_cells(result) && (!e->same_cells || in_the_grid_best)) return false;
  if (!recall_met(study, e, field, there)) return false;
  field->result = e->same_cells ? vd_result_share(result) : at_cells(study, result);
  field->mask = mask_holds(study, field) ? field->result->mask
                                         : vd_solve_mask(study, study->arena, field, field->result->ms);
  return true;
}

static void look_back_at_all(vd_study *study) {
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const vd_study *before = vd_memory_before(study, i);
    if (before) study->earlier[i] = look_back(study, before);
  }
}

void vd_memory_recall(vd_study *study) {
  if (!study->looked_back) look_back_at_all(study);
  study->looked_back = true;
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const earlier *e = study->earlier[i];
    for (size_t f = 0; e && f < study->n_fields; f++) {
      vd_solve *field = &study->fields[f];
      if (field->mask || !e->same_speed[field->vehicle][field->light]) continue;
      for (int32_t k = vd_solve_first_like(e->study, field); k >= 0;
           k = vd_solve_next_like(e->study, field, k)) {
        const vd_solve *there = &e->study->fields[k];
        if (answers(study, e, field, there) && recall(study, e, field, there)) break;
      }
    }
  }
}

/* ---- answers under a part of the restrictions ---- */

/* Whether those of a set there are some of a set here, in order; *met_ms when the soonest of the others is met, by the
 * times without restrictions, which are the soonest. */
static bool is_part(const vd_study *study, const earlier *e, int32_t set, int32_t set_there,
                    const vd_solve *free, uint32_t *met_ms) {
  const vd_bar_set *here = &study->sets[set], *there = &e->study->sets[set_there];
  size_t k = 0;
  *met_ms = VD_UNREACHED;
  for (size_t i = 0; i < here->n; i++) {
    if (k < there->n && same_effect(study, e, here->bars[i], there->bars[k]))
      k++;
    else if (free->met_ms[here->bars[i]] < *met_ms)
      *met_ms = free->met_ms[here->bars[i]];
  }
  return k == there->n && there->n > 0;
}

bool vd_memory_part(const vd_study *study, int which, const vd_solve *field, const vd_solve *free,
                    vd_part_answer *part) {
  const earlier *e = study->earlier[which];
  if (!e || !e->same_cells || !e->same_standards || !e->same_speed[field->vehicle][field->light])
    return false;
  bool found = false;
  for (int32_t k = vd_solve_first_like(e->study, field); k >= 0; k = vd_solve_next_like(e->study, field, k)) {
    const vd_solve *there = &e->study->fields[k];
    uint32_t met_ms;
    if (!there->result || !there->mask || there->limit_ms != field->limit_ms ||
        there->cutoff_ms < field->cutoff_ms || !is_part(study, e, field->set, there->set, free, &met_ms) ||
        (found && met_ms <= part->met_ms))
      continue;
    *part = (vd_part_answer){there->mask, there->result->ms, met_ms};
    found = true;
  }
  return found;
}

vd_bound *vd_memory_bound(const vd_study *study, const vd_solve *field) {
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const earlier *e = study->earlier[i];
    if (!e || !e->same_cells || !e->same_standards || !e->same_speed[field->vehicle][field->light]) continue;
    for (int32_t k = vd_solve_first_like(e->study, field); k >= 0;
         k = vd_solve_next_like(e->study, field, k)) {
      const vd_solve *there = &e->study->fields[k];
      if (!there->bound || there->limit_ms != field->limit_ms || there->cutoff_ms != field->cutoff_ms ||
          !same_set(study, e, field->set, there->set))
        continue;
      atomic_fetch_add(&there->bound->refs, 1);
      return there->bound;
    }
  }
  return NULL;
}

vd_result *vd_memory_times(const vd_study *study, const vd_solve *field, const vd_solve *free) {
  vd_result *best = NULL;
  size_t most = 0;
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const earlier *e = study->earlier[i];
    if (!e || !e->same_speed[field->vehicle][field->light]) continue;
    for (int32_t k = vd_solve_first_like(e->study, field); k >= 0;
         k = vd_solve_next_like(e->study, field, k)) {
      const vd_solve *there = &e->study->fields[k];
      uint32_t met_ms;
      if (!there->result || !there->result->has_times || there->limit_ms != field->limit_ms ||
          there->result->cutoff_ms < field->cutoff_ms || e->study->sets[there->set].n <= most ||
          !is_part(study, e, field->set, there->set, free, &met_ms))
        continue;
      best = there->result;
      most = e->study->sets[there->set].n;
    }
  }
  return best;
}
