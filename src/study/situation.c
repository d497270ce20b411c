/* situation: each responder at each light under each set of restrictions that can matter to it, and its field.
 * SPDX-License-Identifier: Apache-2.0
 *
 * First every responder is solved without restrictions; only those restrictions that it meets within its cut-off can
 * change anything, and only sets of these are told apart. */
#include "study/run.h"
#include "vedette/base/i18n.h"

enum { FAR_MS = 24 * 3600 * 1000 }; /* a base's times are known up to a day, for "nearest responder" */

static uint32_t cutoff_of(const vd_study *study, const vd_force *force) {
  uint32_t longest = vd_longest_standard_ms(study);
  return force->standing && longest < FAR_MS ? (uint32_t)FAR_MS : longest;
}

static bool has_light(const vd_study *study, const vd_force *force, vd_light light) {
  for (size_t i = 0; i < force->n_watches; i++) {
    for (int32_t e = force->watches[i].run.from; e < force->watches[i].run.to; e++) {
      if (study->model->epochs->light[e] == light) return true;
    }
  }
  return false;
}

/* Whether the responder surely stands without any restriction that applies to it at some time of that light. */
static bool is_free_sometimes(const vd_study *study, const vd_force *force, vd_light light,
                              const vd_run *bar_runs) {
  const vd_model *model = study->model;
  for (size_t w = 0; w < force->n_watches; w++) {
    if (force->watches[w].blocker != VD_BLOCKED_BY_NOBODY) continue;
    for (int32_t e = force->watches[w].run.from; e < force->watches[w].run.to; e++) {
      bool barred = model->epochs->light[e] != light;
      for (size_t b = 0; b < model->n_bars && !barred; b++) {
        barred = e >= bar_runs[b].from && e < bar_runs[b].to &&
                 vd_bar_applies(&model->bars[b], force->vehicle, force->kind);
      }
      if (!barred) return true;
    }
  }
  return false;
}

static int32_t free_field(vd_study *study, int32_t force, vd_light light, int32_t free_set,
                          const vd_run *bar_runs) {
  const vd_force *f = &study->forces[force];
  int32_t best_of = is_free_sometimes(study, f, light, bar_runs) ? force : -1;
  int32_t index = vd_solve_intern(study, f, light, free_set, cutoff_of(study, f), 0, best_of);
  vd_solve *field = &study->fields[index];
  if (field->best_of < 0) field->best_of = best_of;
  return index;
}

/* The restrictions in force in an epoch that can matter to a field. */
static int32_t set_at(vd_study *study, vd_arena *scratch, const vd_force *force, const uint32_t *met_ms,
                      int32_t epoch, const vd_run *bar_runs) {
  int32_t *bars = VD_NEW_ARRAY(scratch, int32_t, study->model->n_bars + 1);
  size_t n = 0;
  for (size_t b = 0; b < study->model->n_bars; b++) {
    if (epoch < bar_runs[b].from || epoch >= bar_runs[b].to || met_ms[b] == VD_UNREACHED) continue;
    if (vd_bar_applies(&study->model->bars[b], force->vehicle, force->kind)) bars[n++] = (int32_t)b;
  }
  return vd_set_intern(study, bars, n);
}

static vd_situation *situation_of(vd_study *study, size_t first, int32_t force, vd_light light, int32_t set,
                                  int32_t blocker) {
  for (size_t s = first; s < study->n_situations; s++) {
    vd_situation *have = &study->situations[s];
    if (have->light == (int32_t)light && have->set == set && have->blocker == blocker) return have;
  }
  vd_situation *made =
      VD_PUSH(study->arena, study->situations, study->n_situations, study->situations_capacity);
  *made = (vd_situation){.force = force, .light = (int32_t)light, .set = set, .blocker = blocker};
  return made;
}

/* Whether the same responder is also there without restrictions at that light: then it is never quicker with some. */
static bool has_free_twin(const vd_study *study, size_t first, const vd_situation *situation) {
  for (size_t s = first; s < study->n_situations; s++) {
    const vd_situation *other = &study->situations[s];
    if (other->light == situation->light && other->set == VD_FREE_SET &&
        other->blocker == VD_BLOCKED_BY_NOBODY)
      return true;
  }
  return false;
}

static void give_field(vd_study *study, size_t first, vd_situation *situation) {
  const vd_force *force = &study->forces[situation->force];
  bool slower = situation->set != VD_FREE_SET && has_free_twin(study, first, situation);
  bool best = situation->blocker == VD_BLOCKED_BY_NOBODY && !slower;
  uint32_t cutoff = best ? cutoff_of(study, force) : vd_longest_standard_ms(study);
  situation->field = vd_solve_intern(study, force, (vd_light)situation->light, situation->set, cutoff, 0,
                                     best ? situation->force : -1);
  vd_solve *field = &study->fields[situation->field];
  if (best && field->best_of < 0) {
    field->best_of = situation->force;
    field->solved = false; /* solved before it was known to count in the best times */
  }
}

static void situate(vd_study *study, vd_arena *scratch, int32_t force,
                    const int32_t free_fields[VD_LIGHT_COUNT], const vd_run *bar_runs) {
  const vd_force *f = &study->forces[force];
  size_t first = study->n_situations;
  for (size_t w = 0; w < f->n_watches; w++) {
    for (int32_t e = f->watches[w].run.from; e < f->watches[w].run.to; e++) {
      vd_light light = (vd_light)study->model->epochs->light[e];
      if (free_fields[light] < 0) continue;
      const uint32_t *met_ms = study->fields[free_fields[light]].met_ms;
      int32_t set = set_at(study, scratch, f, met_ms, e, bar_runs);
      vd_situation *s = situation_of(study, first, force, light, set, f->watches[w].blocker);
      s->free_field = free_fields[light];
      vd_runs_add(study->arena, &s->runs, (vd_run){e, e + 1});
    }
  }
  for (size_t s = first; s < study->n_situations; s++) give_field(study, first, &study->situations[s]);
}

vd_status vd_run_find_situations(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_model *model = study->model;
  int32_t free_set = vd_set_intern(study, NULL, 0);
  vd_run *bar_runs = VD_NEW_ARRAY(scratch, vd_run, model->n_bars + 1);
  for (size_t b = 0; b < model->n_bars; b++) bar_runs[b] = vd_bar_run(model, &model->bars[b]);
  int32_t(*free_fields)[VD_LIGHT_COUNT] =
      vd_arena_alloc(scratch, sizeof *free_fields * (study->n_responders + 1));
  for (size_t r = 0; r < study->n_responders; r++) {
    for (int light = 0; light < VD_LIGHT_COUNT; light++) {
      const vd_force *force = &study->forces[r];
      bool needed = force->able[light] && has_light(study, force, (vd_light)light);
      free_fields[r][light] =
          needed ? free_field(study, (int32_t)r, (vd_light)light, free_set, bar_runs) : -1;
    }
  }
  VD_TRY(vd_solves_run(study, jobs, progress, _("Least times")));
  for (size_t r = 0; r < study->n_responders; r++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *own = vd_arena_new();
    situate(study, own, (int32_t)r, free_fields[r], bar_runs);
  }
  vd_run_mark_epochs(study);
  return vd_solves_run(study, jobs, progress, _("Least times under restrictions"));
}
