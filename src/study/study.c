/* study: who is covered, by whom, when; where the gaps are and why.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static void hash_inputs(vd_study *study, const vd_plan *plan, const vd_study_options *options) {
  char of_plan[65];
  vd_plan_hash(plan, of_plan);
  vd_hash hash;
  vd_hash_start(&hash);
  vd_hash_add_text(&hash, of_plan);
  vd_hash_add_i64(&hash, study->model->from_s);
  vd_hash_add_i64(&hash, study->model->to_s);
  vd_hash_add_i64(&hash, options->past);
  if (options->assumed != VD_CASE_LIKELY) vd_hash_add_i64(&hash, options->assumed);
  vd_hash_add_f64(&hash, vd_landscape_grid(study->land)->cell_m);
  vd_hash_finish(&hash, study->headline.input_hash);
}

static void start_headline(vd_study *study) {
  const vd_model *model = study->model;
  vd_headline *head = &study->headline;
  head->from_s = model->from_s, head->to_s = model->to_s;
  head->all.least_covered = head->all.most_covered = NAN;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++)
    head->by_priority[p].least_covered = head->by_priority[p].most_covered = NAN;
  head->people_total = vd_landscape_people_total(study->land);
  head->n_patrols = model->n_patrols, head->n_occurrences = model->n_occurrences;
  head->n_bases = model->n_bases, head->n_restrictions = model->n_restrictions;
  head->n_unsourced = model->n_unsourced;
}

/* The landscape's notes first, then the study's own. */
static void join_notes(vd_study *study) {
  vd_model *model = study->model;
  size_t n_land;
  const vd_note *of_land = vd_landscape_notes(study->land, &n_land);
  vd_note *all = VD_NEW_ARRAY(study->arena, vd_note, n_land + model->n_notes + 1);
  for (size_t i = 0; i < n_land; i++) all[i] = of_land[i];
  for (size_t i = 0; i < model->n_notes; i++) all[n_land + i] = model->notes[i];
  model->notes = all;
  model->n_notes = model->notes_capacity = n_land + model->n_notes;
}

static void note_stopped(vd_study *study) {
  vd_model *model = study->model;
  int64_t n = 0;
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    for (size_t o = 0; o < beat->n_starts && model->parties[beat->party].counts; o++) {
      if (beat->starts[o] < model->from_s || beat->starts[o] >= model->to_s) continue;
      n += vd_beat_blocker(model, beat, beat->starts[o], INT64_MAX) != VD_BLOCKED_BY_NOBODY;
    }
  }
  if (n > 0) {
    vd_model_note(model,
                  _("Planned patrols meet a restriction that blocks their way: their visits beyond it are "
                    "not counted."),
                  n, NAN, NAN);
  }
}

static vd_status run_all(vd_study *study, const vd_study_options *options, vd_jobs *jobs,
                         const vd_progress *progress) {
  size_t n_grid = study->quick ? 0 : (size_t)vd_grid_n(vd_landscape_grid(study->land));
  vd_run_find_cells(study);
  study->best_s = VD_NEW_ARRAY(study->arena, uint32_t, n_grid + 1);
  memset(study->best_s, 0xff, n_grid * sizeof *study->best_s);
  vd_run_find_forces(study);
  VD_TRY(vd_run_find_situations(study, jobs, progress));
  VD_TRY(vd_run_find_best(study, jobs));
  VD_TRY(vd_run_find_passes(study, jobs, progress));
  VD_TRY(vd_run_find_duplicates(study, jobs, progress));
  VD_TRY(vd_run_tally(study, jobs, progress));
  if (!options->without_losses && !study->quick) VD_TRY(vd_run_losses(study, jobs, progress));
  VD_TRY(vd_run_gaps(study, jobs, progress));
  if (options->certainty) VD_TRY(vd_run_certainty(study, jobs, progress));
  note_stopped(study);
  if (!study->quick) vd_solves_note_stuck(study);
  join_notes(study);
  study->headline.n_gaps = (int64_t)study->n_gaps;
  return vd_progress_step(progress, _("Study ready"), 1, 1);
}

static vd_status run(vd_study *study, const vd_plan *plan, const vd_study_options *options, vd_jobs *jobs,
                     const vd_progress *progress) {
  VD_TRY(vd_model_read(plan, study->land, options, progress, study->arena, &study->model));
  if (!options->quick) hash_inputs(study, plan, options);
  start_headline(study);
  return run_all(study, options, jobs, progress);
}

/* Earlier studies may go before this one does. */
void vd_study_end_run(vd_study *study) {
  study->memory = NULL, study->like = NULL, study->changed = NULL;
  memset(study->earlier, 0, sizeof study->earlier);
}

vd_status vd_study_run(const vd_plan *plan, const vd_landscape *landscape, const vd_study_options *options,
                       vd_jobs *jobs, const vd_progress *progress, vd_study **out) {
  static const vd_study_options usual = {0};
  if (!options) options = &usual;
  *out = NULL;
  if (!vd_landscape_fresh(landscape, plan) || (options->memory && options->memory->land != landscape)) {
    return vd_fail(VD_ERR_INPUT,
                   _("The landscape was built from an earlier state of the plan; build it anew."));
  }
  if (options->certainty && (options->quick || options->assumed != VD_CASE_LIKELY))
    return vd_fail(VD_ERR_INPUT, _("Only a whole study of what is likely tells how certain it is."));
  VD_CLEANUP(vd_study_memory_cleanup)
  vd_study_memory *own = options->memory ? NULL : vd_study_memory_new(landscape, 0);
  VD_CLEANUP(vd_study_cleanup) vd_study *study = calloc(1, sizeof *study);
  if (!study || (!options->memory && !own))
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the study."));
  study->refs = 1;
  study->quick = options->quick;
  study->assumed = options->assumed;
  study->arena = vd_arena_new();
  study->land = landscape;
  study->memory = options->memory ? options->memory : own;
  VD_TRY(run(study, plan, options, jobs, progress));
  vd_study_end_run(study);
  if (options->memory) vd_memory_keep(options->memory, study);
  *out = study;
  study = NULL;
  return VD_OK;
}

void vd_study_free(vd_study *study) {
  if (!study || atomic_fetch_sub(&study->refs, 1) != 1) return;
  for (int c = 0; c < VD_CASE_COUNT; c++) vd_study_free(study->cases[c]);
  for (size_t i = 0; i < study->n_gap_arenas; i++) vd_arena_free(study->gap_arenas[i]);
  for (size_t f = 0; f < study->n_fields; f++)
    vd_result_release(study->fields[f].result), vd_bound_release(study->fields[f].bound);
  for (int v = 0; v < VD_VEHICLE_COUNT; v++) {
    for (int light = 0; light < VD_LIGHT_COUNT; light++) vd_priced_release(study->priced[v][light]);
  }
  vd_passes_release(study->passes_shared);
  vd_doubled_release(study->doubled);
  vd_cellset_release(study->cellset);
  vd_arena_free(study->arena);
  free(study);
}

void vd_study_cleanup(vd_study **study) {
  vd_study_free(*study);
  *study = NULL;
}

const vd_landscape *vd_study_landscape(const vd_study *study) {
  return study->land;
}
bool vd_study_is_quick(const vd_study *study) {
  return study->quick;
}
bool vd_study_has_certainty(const vd_study *study) {
  return study->cases[VD_CASE_WORST] != NULL;
}
const vd_headline *vd_study_headline(const vd_study *study) {
  return &study->headline;
}
const vd_study_cell *vd_study_cells(const vd_study *study, size_t *n) {
  *n = study->n_cells;
  return study->cells;
}
const vd_gap *vd_study_gaps(const vd_study *study, size_t *n) {
  *n = study->n_gaps;
  return study->gaps;
}
char *vd_responder_label(vd_arena *arena, const vd_responder *responder) {
  const char *name = responder->name ? responder->name : responder->id;
  return responder->on_the_way ? vd_str_printf(arena, _("%s, on the way"), name) : vd_str_dup(arena, name);
}

const vd_responder *vd_study_responders(const vd_study *study, size_t *n) {
  *n = study->n_responders;
  return study->responders;
}
const vd_loss *vd_study_losses(const vd_study *study, size_t *n) {
  *n = study->n_losses;
  return study->losses;
}
const vd_duplicate *vd_study_duplicates(const vd_study *study, size_t *n) {
  *n = study->n_duplicates;
  return study->duplicates;
}
const vd_note *vd_study_notes(const vd_study *study, size_t *n) {
  *n = study->model->n_notes;
  return study->model->notes;
}
const uint32_t *vd_study_best_response_s(const vd_study *study) {
  return study->quick ? NULL : study->best_s;
}
