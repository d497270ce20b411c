/* loss: what restrictions cost, all together and each alone.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Lifting a restriction can only make ways shorter and let patrols through, so only cells that it changes are cut anew: those
 * where a responder's reach differs, or that a stopped patrol would have passed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

typedef struct lifting {
  vd_study *study;
  vd_scenario scenario;
  const int32_t *cells; /* of the study, to be cut anew */
  size_t n_cells;
  int32_t *covered_s, *reached_s; /* per cell of the study: seconds gained; NULL: not wanted */
  double *hours, *weighted,
      *in_time; /* per entry of `cells`: covered hours gained, times the weight; in time */
  const vd_progress *progress;
} lifting;

typedef struct gain {
  int64_t covered_s[VD_PRIORITY_COUNT], in_time_s;
} gain;

static gain seconds_of(const vd_slice *slices, size_t n) {
  gain g = {0};
  for (size_t i = 0; i < n; i++) {
    if (slices[i].priority < 0) continue;
    int64_t s = slices[i].to_s - slices[i].from_s;
    if (slices[i].state == VD_COVERED) g.covered_s[slices[i].priority] += s;
    if (slices[i].in_time) g.in_time_s += s;
  }
  return g;
}

static gain seconds_before(const vd_tally_cell *tally) {
  gain g = {0};
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    g.covered_s[p] = tally->state_s[p][VD_COVERED];
    g.in_time_s += tally->state_s[p][VD_COVERED] + tally->state_s[p][VD_REACH_ONLY];
  }
  return g;
}

static void lift_cell(void *context, size_t i, const vd_timeline *line) {
  lifting *run = context;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_study *study = run->study;
  size_t t = (size_t)run->cells[i], n_nears, n;
  const vd_near *nears = vd_cell_nears(study, scratch, t, &n_nears);
  const vd_slice *slices = vd_timeline_slices(study, scratch, line, run->scenario.lifted, nears, n_nears, &n);
  gain after = seconds_of(slices, n), before = seconds_before(&study->tallies[t]);
  int64_t covered_s = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    int64_t s = after.covered_s[p] - before.covered_s[p];
    covered_s += s;
    run->weighted[i] += study->model->figures.weight[p] * ((double)s / VD_HOUR_S);
  }
  run->hours[i] = (double)covered_s / VD_HOUR_S;
  run->in_time[i] = (double)(after.in_time_s - before.in_time_s) / VD_HOUR_S;
  if (!run->covered_s) return;
  run->covered_s[t] = (int32_t)covered_s;
  run->reached_s[t] = (int32_t)(after.in_time_s - before.in_time_s);
}

static vd_status lift_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  lifting *run = context;
  VD_TRY(vd_progress_step(run->progress, _("Lost to restrictions"), item, vd_chunks(run->n_cells)));
  size_t first = (size_t)item * VD_CHUNK, n = run->n_cells - first;
  vd_each_timeline(run->study, &run->scenario, run->cells, first, n < VD_CHUNK ? first + n : first + VD_CHUNK,
                   lift_cell, run);
  return VD_OK;
}

/* Person-hours gained over the run's cells, added up in order. */
static vd_status lift(lifting *run, vd_arena *scratch, vd_jobs *jobs, vd_loss *loss) {
  run->hours = VD_NEW_ARRAY(scratch, double, run->n_cells + 1);
  run->weighted = VD_NEW_ARRAY(scratch, double, run->n_cells + 1);
  run->in_time = VD_NEW_ARRAY(scratch, double, run->n_cells + 1);
  VD_TRY(vd_jobs_run(jobs, vd_chunks(run->n_cells), lift_chunk, run));
  for (size_t i = 0; i < run->n_cells; i++) {
    double people = (double)run->study->cells[run->cells[i]].people;
    loss->person_hours += people * run->hours[i];
    loss->weighted_person_hours += people * run->weighted[i];
    loss->in_time_person_hours += people * run->in_time[i];
  }
  return VD_OK;
}

/* ---- which cells change ---- */

static void mark_reach(const vd_study *study, const int32_t *fields, int32_t lifted, uint8_t *marks) {
  for (size_t s = 0; s < study->n_situations; s++) {
    const vd_situation *situation = &study->situations[s];
    if (!vd_situation_counts(situation, lifted)) continue;
    const uint8_t *after = study->fields[fields[s]].mask, *before = study->fields[situation->field].mask;
    bool stopped = situation->blocker != VD_BLOCKED_BY_NOBODY;
    if (after == before && !stopped) continue;
    for (size_t t = 0; t < study->n_cells; t++)
      marks[t] |= (uint8_t)(stopped ? after[t] != 0 : (after[t] & ~before[t]) != 0);
  }
}

static void mark_visits(const vd_study *study, int32_t lifted, uint8_t *marks) {
  const vd_model *model = study->model;
  for (size_t t = 0; t < study->n_cells; t++) {
    for (int32_t i = study->pass_start[t]; i < study->pass_start[t + 1] && !marks[t]; i++) {
      const vd_beat *beat = &model->beats[study->passes[i].beat];
      for (size_t k = 0; k < beat->n_stoppages; k++) {
        marks[t] |= (uint8_t)(lifted == VD_LIFT_ALL || beat->stoppages[k].bar == lifted);
      }
    }
  }
}

static void list_marked(const vd_study *study, vd_arena *scratch, const int32_t *fields, lifting *run) {
  uint8_t *marks = VD_NEW_ARRAY(scratch, uint8_t, study->n_cells + 1);
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  mark_reach(study, fields, run->scenario.lifted, marks);
  mark_visits(study, run->scenario.lifted, marks);
  for (size_t t = 0; t < study->n_cells; t++) {
    if (marks[t]) cells[run->n_cells++] = (int32_t)t;
  }
  run->cells = cells;
}

/* ---- fields of what would be ---- */

static bool holds(const vd_bar_set *set, int32_t bar) {
  for (size_t i = 0; i < set->n; i++) {
    if (set->bars[i] == bar) return true;
  }
  return false;
}

/* The longest standard of a cell that the situation's restrictions, all together, keep from being in time; 0: of none. What is
 * met later than that, alone or not, changes nothing. */
static uint32_t denied_within_ms(const vd_study *study, const vd_situation *situation) {
  const uint8_t *with = study->fields[situation->field].mask,
                *without = study->fields[situation->free_field].mask;
  uint8_t denied = 0;
  for (size_t t = 0; t < study->n_cells; t++) denied |= (uint8_t)(without[t] & ~with[t]);
  uint32_t longest = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    uint32_t standard = study->model->figures.response_ms[p];
    if ((denied >> p & 1) != 0 && standard > longest) longest = standard;
  }
  return longest;
}

static int32_t field_without(vd_study *study, const vd_situation *situation, uint32_t within_ms,
                             int32_t bar) {
  const vd_bar_set *set = &study->sets[situation->set];
  if (!holds(set, bar) || study->fields[situation->field].met_ms[bar] > within_ms) return situation->field;
  if (set->n == 1) return situation->free_field;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t *rest = VD_NEW_ARRAY(scratch, int32_t, set->n);
  size_t n = 0;
  for (size_t i = 0; i < set->n; i++) {
    if (set->bars[i] != bar) rest[n++] = set->bars[i];
  }
  const vd_force *force = &study->forces[situation->force];
  return vd_solve_intern(study, force, (vd_light)situation->light, vd_set_intern(study, rest, n), within_ms,
                         0, -1);
}

/* ---- all together, each alone ---- */

static vd_status lose_all(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t *fields = VD_NEW_ARRAY(scratch, int32_t, study->n_situations + 1);
  for (size_t s = 0; s < study->n_situations; s++) fields[s] = study->situations[s].free_field;
  lifting run = {.study = study, .scenario = {VD_LIFT_ALL, fields}, .progress = progress};
  list_marked(study, scratch, fields, &run);
  vd_loss all = {0};
  VD_TRY(lift(&run, scratch, jobs, &all));
  study->headline.lost_person_hours = all.person_hours;
  study->headline.lost_weighted = all.weighted_person_hours;
  study->headline.lost_in_time = all.in_time_person_hours;
  return VD_OK;
}

static vd_status lose_one(vd_study *study, int32_t bar, const int32_t *fields, vd_jobs *jobs,
                          const vd_progress *progress, vd_loss *loss) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  lifting run = {.study = study, .scenario = {bar, fields}, .progress = progress};
  list_marked(study, scratch, fields, &run);
  if (run.n_cells > 0) {
    run.covered_s = study->regained_s[bar] = VD_NEW_ARRAY(study->arena, int32_t, study->n_cells);
    run.reached_s = study->reached_s[bar] = VD_NEW_ARRAY(study->arena, int32_t, study->n_cells);
  }
  *loss = (vd_loss){.id = study->model->bars[bar].id, .name = study->model->bars[bar].name};
  return lift(&run, scratch, jobs, loss);
}

static int compare_losses(const void *a, const void *b) {
  const vd_loss *x = a, *y = b;
  if (x->weighted_person_hours != y->weighted_person_hours)
    return x->weighted_person_hours > y->weighted_person_hours ? -1 : 1;
  if (x->person_hours != y->person_hours) return x->person_hours > y->person_hours ? -1 : 1;
  if (x->in_time_person_hours != y->in_time_person_hours) {
    return x->in_time_person_hours > y->in_time_person_hours ? -1 : 1;
  }
  return strcmp(x->id, y->id);
}

static vd_status lose_each(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_model *model = study->model;
  int32_t **fields = VD_NEW_ARRAY(scratch, int32_t *, model->n_bars + 1);
  for (size_t b = 0; b < model->n_bars; b++)
    fields[b] = VD_NEW_ARRAY(scratch, int32_t, study->n_situations + 1);
  for (size_t s = 0; s < study->n_situations; s++) {
    uint32_t within_ms = denied_within_ms(study, &study->situations[s]);
    for (size_t b = 0; b < model->n_bars; b++) {
      fields[b][s] = field_without(study, &study->situations[s], within_ms, (int32_t)b);
    }
  }
  VD_TRY(vd_solves_run(study, jobs, progress, _("Without each restriction")));
  study->losses = VD_NEW_ARRAY(study->arena, vd_loss, model->n_bars + 1);
  for (size_t b = 0; b < model->n_bars; b++) {
    VD_TRY(vd_progress_step(progress, _("Lost to each restriction"), (int64_t)b, (int64_t)model->n_bars));
    bool in_window = model->bars[b].from_s < model->to_s && model->bars[b].to_s > model->from_s;
    vd_loss loss;
    VD_TRY(lose_one(study, (int32_t)b, fields[b], jobs, progress, &loss));
    if (in_window || loss.person_hours > 0) study->losses[study->n_losses++] = loss;
  }
  if (study->n_losses > 1) qsort(study->losses, study->n_losses, sizeof *study->losses, compare_losses);
  return VD_OK;
}

vd_status vd_run_losses(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  study->regained_s = VD_NEW_ARRAY(study->arena, int32_t *, study->model->n_bars + 1);
  study->reached_s = VD_NEW_ARRAY(study->arena, int32_t *, study->model->n_bars + 1);
  VD_TRY(lose_all(study, jobs, progress));
  return lose_each(study, jobs, progress);
}
