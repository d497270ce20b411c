/* situation: each responder at each light under each set of restrictions that can matter to it, and its field.
 * SPDX-License-Identifier: Apache-2.0
 *
 * First every responder is solved without restrictions; only those restrictions that it meets within its cut-off can
 * change anything, and only sets of these are told apart. */
#include "study/run.h"
#include "vedette/base/i18n.h"

/* What a study may look through (about a minute), and what its situations and fields may take. */
#define MOST_LOOKS 4e10
#define MOST_BYTES 8e9

enum { FAR_MS = 24 * 3600 * 1000 }; /* a base's times are known up to a day, for "nearest responder" */

static uint32_t cutoff_of(const vd_study *study, const vd_force *force) {
  uint32_t longest = vd_longest_standard_ms(study);
  return force->standing && !study->quick && longest < FAR_MS ? (uint32_t)FAR_MS : longest;
}

static bool has_light(const vd_study *study, const vd_force *force, vd_light light) {
  for (size_t i = 0; i < force->n_watches; i++) {
    for (int32_t e = force->watches[i].run.from; e < force->watches[i].run.to; e++) {
      if (study->model->epochs->light[e] == light) return true;
    }
  }
  return false;
}

/* ---- restrictions in force ---- */

/* Those that can matter to one responder at one light. */
typedef struct barring {
  int32_t *bars;
  vd_run *runs;
  size_t n;
} barring;

/* All that apply to a force; with met_ms only those that it meets by `until_ms`. */
static barring bars_for(const vd_study *study, vd_arena *scratch, const vd_force *force,
                        const uint32_t *met_ms, uint32_t until_ms) {
  const vd_model *model = study->model;
  barring b = {VD_NEW_ARRAY(scratch, int32_t, model->n_bars + 1),
               VD_NEW_ARRAY(scratch, vd_run, model->n_bars + 1), 0};
  for (size_t i = 0; i < model->n_bars; i++) {
    if ((met_ms && (met_ms[i] == VD_UNREACHED || met_ms[i] > until_ms)) ||
        !vd_bar_applies(&model->bars[i], force->vehicle, force->kind, force->escorted))
      continue;
    vd_run run = vd_bar_run(model, &model->bars[i]);
    if (run.from < run.to) b.bars[b.n] = (int32_t)i, b.runs[b.n++] = run;
  }
  return b;
}

/* The first epoch after `epoch` at which another set of them is in force. */
static int32_t next_turn(const barring *b, int32_t epoch, int32_t end) {
  for (size_t i = 0; i < b->n; i++) {
    if (b->runs[i].from > epoch && b->runs[i].from < end) end = b->runs[i].from;
    if (b->runs[i].to > epoch && b->runs[i].to < end) end = b->runs[i].to;
  }
  return end;
}

static int32_t set_at(vd_study *study, const barring *b, int32_t *bars, int32_t epoch) {
  size_t n = 0;
  for (size_t i = 0; i < b->n; i++) {
    if (epoch >= b->runs[i].from && epoch < b->runs[i].to) bars[n++] = b->bars[i];
  }
  return vd_set_intern(study, bars, n);
}

/* Whether the responder surely stands without any restriction that applies to it at some time of that light. */
static bool is_free_sometimes(const vd_study *study, const vd_force *force, vd_light light,
                              const barring *b) {
  for (size_t w = 0; w < force->n_watches; w++) {
    vd_run run = force->watches[w].run;
    if (force->watches[w].blocker != VD_BLOCKED_BY_NOBODY) continue;
    for (int32_t e = run.from, turn; e < run.to; e = turn) {
      turn = next_turn(b, e, run.to);
      bool barred = false;
      for (size_t i = 0; i < b->n && !barred; i++) barred = e >= b->runs[i].from && e < b->runs[i].to;
      for (int32_t k = e; k < turn && !barred; k++) {
        if (study->model->epochs->light[k] == light) return true;
      }
    }
  }
  return false;
}

/* Later than the longest standard of those whom the responder can reach in time at all no restriction changes that: a quick
 * study does not look further. A whole one tells routes and best times, wherever they lead. */
static uint32_t matters_until(const vd_study *study, const vd_force *force, int32_t field) {
  const vd_solve *free = &study->fields[field];
  if (!study->quick) return cutoff_of(study, force);
  uint32_t latest = 0;
  uint8_t mask = 0;
  for (size_t t = 0; t < study->n_cells; t++) mask |= free->mask[t];
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    uint32_t standard = study->model->figures.response_ms[p];
    if ((mask >> p & 1) != 0 && standard > latest) latest = standard;
  }
  return latest;
}

/* ---- fields and situations ---- */

static int32_t free_field(vd_study *study, vd_arena *scratch, int32_t force, vd_light light,
                          int32_t free_set) {
  const vd_force *f = &study->forces[force];
  barring b = bars_for(study, scratch, f, NULL, 0);
  int32_t best_of = !study->quick && is_free_sometimes(study, f, light, &b) ? force : -1;
  int32_t index = vd_solve_intern(study, f, light, free_set, cutoff_of(study, f), 0, best_of);
  vd_solve *field = &study->fields[index];
  if (field->best_of < 0) field->best_of = best_of;
  return index;
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

static void give_field(vd_study *study, size_t first, vd_situation *situation, uint32_t until_ms) {
  const vd_force *force = &study->forces[situation->force];
  bool slower = situation->set != VD_FREE_SET && has_free_twin(study, first, situation);
  bool best = !study->quick && situation->blocker == VD_BLOCKED_BY_NOBODY && !slower;
  uint32_t cutoff = best ? cutoff_of(study, force) : study->quick ? until_ms : vd_longest_standard_ms(study);
  situation->field = vd_solve_intern(study, force, (vd_light)situation->light, situation->set, cutoff, 0,
                                     best ? situation->force : -1);
  vd_solve *field = &study->fields[situation->field];
  if (best && field->best_of < 0) {
    field->best_of = situation->force;
    vd_result_release(field->result); /* solved before it was known to count in the best times */
    field->result = NULL, field->mask = NULL;
  }
}

static void situate_watch(vd_study *study, size_t first, int32_t force, const vd_watch *watch,
                          const int32_t free_fields[VD_LIGHT_COUNT], const barring bars[VD_LIGHT_COUNT],
                          int32_t *list) {
  const uint8_t *lights = study->model->epochs->light;
  for (int32_t e = watch->run.from, turn; e < watch->run.to; e = turn) {
    vd_light light = (vd_light)lights[e];
    turn = e + 1;
    while (turn < watch->run.to && lights[turn] == lights[e]) turn++;
    if (free_fields[light] < 0) continue;
    turn = next_turn(&bars[light], e, turn);
    int32_t set = set_at(study, &bars[light], list, e);
    vd_situation *s = situation_of(study, first, force, light, set, watch->blocker);
    s->free_field = free_fields[light];
    vd_runs_add(study->arena, &s->runs, (vd_run){e, turn});
  }
}

static void situate(vd_study *study, vd_arena *scratch, int32_t force,
                    const int32_t free_fields[VD_LIGHT_COUNT]) {
  const vd_force *f = &study->forces[force];
  size_t first = study->n_situations;
  int32_t *list = VD_NEW_ARRAY(scratch, int32_t, study->model->n_bars + 1);
  barring bars[VD_LIGHT_COUNT] = {0};
  uint32_t until_ms[VD_LIGHT_COUNT] = {0};
  for (int light = 0; light < VD_LIGHT_COUNT; light++) {
    if (free_fields[light] < 0) continue;
    until_ms[light] = matters_until(study, f, free_fields[light]);
    bars[light] = bars_for(study, scratch, f, study->fields[free_fields[light]].met_ms, until_ms[light]);
  }
  for (size_t w = 0; w < f->n_watches; w++)
    situate_watch(study, first, force, &f->watches[w], free_fields, bars, list);
  for (size_t s = first; s < study->n_situations; s++) {
    vd_situation *situation = &study->situations[s];
    give_field(study, first, situation, until_ms[situation->light]);
  }
}

/* ---- too many ---- */

static vd_status too_many_changes(void) {
  return vd_fail(
      VD_ERR_LIMIT,
      _("Restrictions and patrols that respond change at too many times within the window; "
        "choose a shorter window, fewer of them, or a longer on_task.step (0: from stops alone)."));
}

/* Every responder looks at every restriction whenever anything changes. */
static vd_status check_looks(const vd_study *study) {
  double looks = (double)study->model->epochs->n * (double)study->model->n_bars * (double)study->n_responders;
  return looks > MOST_LOOKS ? too_many_changes() : VD_OK;
}

/* A situation takes a bit an epoch, a field a time and a mask a cell. */
static vd_status check_bytes(const vd_study *study) {
  double bytes = (double)study->n_situations * (double)vd_epoch_words(study) * sizeof(uint64_t) +
                 (double)study->n_fields * (double)study->n_cells * 5;
  return bytes > MOST_BYTES ? too_many_changes() : VD_OK;
}

vd_status vd_run_find_situations(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_TRY(check_looks(study));
  int32_t free_set = vd_set_intern(study, NULL, 0);
  int32_t(*free_fields)[VD_LIGHT_COUNT] =
      vd_arena_alloc(scratch, sizeof *free_fields * (study->n_responders + 1));
  for (size_t r = 0; r < study->n_responders; r++) {
    for (int light = 0; light < VD_LIGHT_COUNT; light++) {
      const vd_force *force = &study->forces[r];
      bool needed = force->able[light] && has_light(study, force, (vd_light)light);
      free_fields[r][light] = needed ? free_field(study, scratch, (int32_t)r, (vd_light)light, free_set) : -1;
    }
  }
  VD_TRY(check_bytes(study));
  VD_TRY(vd_solves_run(study, jobs, progress, _("Least times")));
  for (size_t r = 0; r < study->n_responders; r++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *own = vd_arena_new();
    situate(study, own, (int32_t)r, free_fields[r]);
    VD_TRY(check_bytes(study));
  }
  vd_run_mark_epochs(study);
  if (study->quick) {
    vd_memory_recall(study);
    VD_TRY(vd_run_settle(study, jobs, progress));
  }
  return vd_solves_run(study, jobs, progress, _("Least times under restrictions"));
}
