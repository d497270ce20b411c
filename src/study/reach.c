/* reach: least times from bases at one instant, over all of them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/reach.h"

#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* The least and the second-least (ms << 32 | base) of each cell, of one worker: least values do not depend on the order. */
typedef struct two_best {
  uint64_t *first, *second; /* second NULL when not asked for */
} two_best;

typedef struct reaching {
  vd_study study; /* its model and sets only */
  const vd_reach_options *options;
  vd_light light;
  const vd_force **forces; /* those that count */
  int32_t *sets;           /* restrictions of each */
  vd_travel_costs **costs; /* of each, shared by equal ones; NULL for helicopters */
  int32_t *costs_of;       /* the force that makes the costs of each */
  size_t n;
  two_best *best; /* one a worker */
  const vd_progress *progress;
  atomic_int_fast64_t done;
} reaching;

static bool is_wanted(const vd_reach_options *o, const char *id) {
  for (size_t i = 0; i < o->n_bases; i++)
    if (vd_str_equal(o->bases[i], id)) return true;
  return o->n_bases == 0;
}

static vd_status no_base(const vd_reach_times *out) {
  if (out->n_unable)
    return vd_fail(
        VD_ERR_INPUT,
        _("No base can respond at that light; without notice for it, or helicopters by night: %lld."),
        (long long)out->n_unable);
  return vd_fail(VD_ERR_INPUT, _("No base with a reaction force is there at that time; check --from and "
                                 "--at, and the bases' times and "
                                 "actors."));
}

/* Which bases count, with what. */
static vd_status find_forces(reaching *r, vd_arena *arena, vd_reach_times *out) {
  vd_study *study = &r->study;
  for (size_t i = 0; i < study->model->n_posts && r->options->vehicle >= 0; i++)
    study->model->posts[i].vehicle = r->options->vehicle;
  vd_run_find_forces(study);
  r->forces = VD_NEW_ARRAY(arena, const vd_force *, study->n_responders + 1);
  out->bases = VD_NEW_ARRAY(arena, vd_reach_base, study->n_responders + 1);
  for (size_t i = 0; i < study->n_responders; i++) {
    const vd_responder *who = &study->responders[i];
    const vd_force *force = &study->forces[i];
    if (who->kind != VD_KIND_BASE || !is_wanted(r->options, who->id)) continue;
    if (!force->able[r->light]) {
      out->n_unable++;
      continue;
    }
    r->forces[r->n++] = force;
    out->bases[out->n_bases++] =
        (vd_reach_base){who->id, who->name, who->vehicle, force->start_ms[r->light], 0};
  }
  return out->n_bases ? VD_OK : no_base(out);
}

/* The restrictions in force that apply to each, and whose costs are the same. */
static void find_sets(reaching *r, vd_arena *arena) {
  const vd_model *model = r->study.model;
  int32_t *bars = VD_NEW_ARRAY(arena, int32_t, model->n_bars + 1);
  r->sets = VD_NEW_ARRAY(arena, int32_t, r->n);
  r->costs_of = VD_NEW_ARRAY(arena, int32_t, r->n);
  for (size_t i = 0; i < r->n; i++) {
    size_t n = 0;
    for (size_t b = 0; b < model->n_bars; b++) {
      vd_run run = vd_bar_run(model, &model->bars[b]);
      bool in_force = run.from < run.to;
      if (in_force && vd_bar_applies(&model->bars[b], r->forces[i]->vehicle, r->forces[i]->kind, false))
        bars[n++] = (int32_t)b;
    }
    r->sets[i] = vd_set_intern(&r->study, bars, n);
    r->costs_of[i] = (int32_t)i;
    for (size_t k = 0; k < i && r->costs_of[i] == (int32_t)i; k++)
      if (r->sets[k] == r->sets[i] && r->forces[k]->vehicle == r->forces[i]->vehicle)
        r->costs_of[i] = (int32_t)k;
  }
}

static vd_status make_costs(reaching *r, vd_arena *arena) {
  r->costs = VD_NEW_ARRAY(arena, vd_travel_costs *, r->n);
  for (size_t i = 0; i < r->n; i++) {
    int32_t vehicle = r->forces[i]->vehicle;
    VD_TRY(vd_progress_step(r->progress, _("Costs of travel"), (int64_t)i, (int64_t)r->n));
    if (vehicle == VD_HELICOPTER) continue;
    if (r->costs_of[i] == (int32_t)i)
      VD_TRY(vd_solve_costs(&r->study, arena, vehicle, r->light, r->sets[i], &r->costs[i]));
    r->costs[i] = r->costs[r->costs_of[i]];
  }
  return VD_OK;
}

static vd_status times_of(const reaching *r, size_t i, vd_arena *scratch, uint32_t **cell_ms) {
  const vd_force *force = r->forces[i];
  vd_travel_source source = {force->xy_m[0], force->xy_m[1], force->start_ms[r->light]};
  if (force->vehicle != VD_HELICOPTER) {
    vd_travel_field field;
    VD_TRY(vd_travel_solve(scratch, r->costs[i], &source, r->options->most_ms, false, r->progress, &field));
    *cell_ms = field.cell_ms;
    return VD_OK;
  }
  size_t n;
  const vd_travel_effect *effects = vd_set_effects(&r->study, scratch, r->sets[i], &n);
  return vd_travel_direct(scratch, vd_landscape_grid(r->study.land), &source,
                          r->study.model->figures.helicopter_kmh, effects, n, r->options->most_ms, cell_ms);
}

static void add_key(two_best *best, size_t cell, uint64_t key) {
  uint64_t *first = &best->first[cell], later = key;
  if (key < *first) {
    later = *first;
    *first = key;
  }
  if (best->second && later < best->second[cell]) best->second[cell] = later;
}

static vd_status reach_from(void *context, int64_t item, int worker) {
  reaching *r = context;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  uint32_t *cell_ms;
  VD_TRY(vd_progress_step(r->progress, _("Least times"), atomic_fetch_add(&r->done, 1), (int64_t)r->n));
  VD_TRY(times_of(r, (size_t)item, scratch, &cell_ms));
  size_t n = (size_t)vd_grid_n(vd_landscape_grid(r->study.land));
  for (size_t c = 0; c < n; c++)
    if (cell_ms[c] != VD_UNREACHED) add_key(&r->best[worker], c, (uint64_t)cell_ms[c] << 32 | (uint64_t)item);
  return VD_OK;
}

static vd_status new_best(reaching *r, vd_arena *scratch, int n_workers) {
  size_t n = (size_t)vd_grid_n(vd_landscape_grid(r->study.land));
  r->best = VD_NEW_ARRAY(scratch, two_best, n_workers);
  for (int w = 0; w < n_workers; w++) {
    r->best[w].first = vd_arena_try_alloc(scratch, n, sizeof(uint64_t));
    if (r->options->with_second) r->best[w].second = vd_arena_try_alloc(scratch, n, sizeof(uint64_t));
    if (!r->best[w].first || (r->options->with_second && !r->best[w].second))
      return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
    memset(r->best[w].first, 0xff, n * sizeof(uint64_t));
    if (r->best[w].second) memset(r->best[w].second, 0xff, n * sizeof(uint64_t));
  }
  return VD_OK;
}

static vd_status tell(const reaching *r, vd_arena *arena, int n_workers, vd_reach_times *out) {
  size_t n = (size_t)vd_grid_n(vd_landscape_grid(r->study.land));
  two_best *best = &r->best[0];
  out->first_ms = vd_arena_try_alloc(arena, n, sizeof(uint32_t));
  out->who = vd_arena_try_alloc(arena, n, sizeof(int32_t));
  if (best->second) out->second_ms = vd_arena_try_alloc(arena, n, sizeof(uint32_t));
  if (!out->first_ms || !out->who || (best->second && !out->second_ms))
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
  for (size_t c = 0; c < n; c++) {
    for (int w = 1; w < n_workers; w++) {
      add_key(best, c, r->best[w].first[c]);
      if (best->second) add_key(best, c, r->best[w].second[c]);
    }
    out->first_ms[c] = (uint32_t)(best->first[c] >> 32);
    if (best->second) out->second_ms[c] = (uint32_t)(best->second[c] >> 32);
    out->who[c] = out->first_ms[c] == VD_UNREACHED ? -1 : (int32_t)(best->first[c] & UINT32_MAX);
    if (out->who[c] >= 0) out->bases[out->who[c]].n_cells++;
  }
  return VD_OK;
}

vd_status vd_reach_run(vd_arena *arena, const vd_plan *plan, const vd_landscape *landscape,
                       const vd_reach_options *options, vd_jobs *jobs, const vd_progress *progress,
                       vd_reach_times *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  reaching r = {.study = {.arena = arena, .land = landscape}, .options = options, .progress = progress};
  /* One second long; planned patrols do not matter, and finding their ways would take long. */
  vd_study_options instant = {.from_s = options->time_s, .to_s = options->time_s + 1, .past = true};
  int n_workers = vd_jobs_threads(jobs);
  *out = (vd_reach_times){0};
  VD_TRY(vd_model_read(plan, landscape, &instant, progress, arena, &r.study.model));
  r.light = options->light >= 0 ? (vd_light)options->light : (vd_light)r.study.model->epochs->light[0];
  out->light = r.light;
  VD_TRY(find_forces(&r, arena, out));
  find_sets(&r, scratch);
  VD_TRY(make_costs(&r, scratch));
  VD_TRY(new_best(&r, scratch, n_workers));
  VD_TRY(vd_jobs_run(jobs, (int64_t)r.n, reach_from, &r));
  return tell(&r, arena, n_workers, out);
}
