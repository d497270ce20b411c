/* predict: how well a watcher foretells visits of places and departures of units.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/predict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/watching.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/core/grid.h"
#include "vedette/plan/standard.h"

/* ---- places ---- */

static void add_place(vd_watching *w, size_t *capacity, vd_kind kind, const vd_record *record) {
  if (!record->name || !*record->name || vd_geom_empty(record->geom)) return;
  vd_box box = vd_geom_box(record->geom);
  *VD_PUSH(w->scratch, w->seen, w->n_seen, *capacity) =
      (vd_watched_row){.kind = kind,
                       .id = record->id,
                       .name = record->name,
                       .lon_deg = (box.min_x + box.max_x) / 2,
                       .lat_deg = (box.min_y + box.max_y) / 2,
                       .priority = -1};
}

static void list_places(vd_watching *w, const vd_plan *plan) {
  size_t capacity = 0;
  VD_EACH(plan, VD_KIND_SETTLEMENT, vd_settlement, s) add_place(w, &capacity, VD_KIND_SETTLEMENT, &s->record);
  VD_EACH(plan, VD_KIND_SITE, vd_site, s) add_place(w, &capacity, VD_KIND_SITE, &s->record);
  w->n_places = w->n_seen;
  w->places = VD_NEW_ARRAY(w->scratch, vd_watched_place, w->n_places + 1);
  double *xy = VD_NEW_ARRAY(w->scratch, double, 2 * w->n_places + 2);
  for (size_t i = 0; i < w->n_places; i++) xy[2 * i] = w->seen[i].lon_deg, xy[2 * i + 1] = w->seen[i].lat_deg;
  vd_landscape_to_plane(w->model->land, xy, xy, w->n_places);
  for (size_t i = 0; i < w->n_places; i++) memcpy(w->places[i].xy_m, &xy[2 * i], sizeof w->places[i].xy_m);
  for (size_t d = 0; d < w->model->n_dangers; d++) {
    const vd_danger *danger = &w->model->dangers[d];
    const vd_threat_area *threat = vd_plan_at(plan, VD_KIND_THREAT_AREA, d);
    size_t n = w->n_seen;
    if (danger->plane && danger->n_pairs > 0) add_place(w, &capacity, VD_KIND_THREAT_AREA, &threat->record);
    if (w->n_seen > n) w->seen[n].priority = danger->priority;
  }
}

static bool in_box(vd_box box, const double *xy) {
  return xy[0] >= box.min_x && xy[0] <= box.max_x && xy[1] >= box.min_y && xy[1] <= box.max_y;
}

/* The highest priority of the threat areas active in the weeks; those areas' rows follow those of the places. */
static void rank_places(vd_watching *w) {
  for (size_t d = 0; d < w->model->n_dangers; d++) {
    const vd_danger *danger = &w->model->dangers[d];
    if (!danger->plane || danger->n_pairs == 0) continue;
    vd_box box = vd_geom_box(danger->plane);
    for (size_t i = 0; i < w->n_places; i++) {
      const double *xy = w->places[i].xy_m;
      if ((int32_t)danger->priority > w->seen[i].priority && in_box(box, xy) &&
          vd_polygon_holds(danger->plane, xy[0], xy[1]))
        w->seen[i].priority = danger->priority;
    }
  }
}

enum { PIECE = 32 };

typedef struct looking {
  vd_watching *w;
  vd_arena **arenas; /* per piece: the passes of its places */
  size_t n_pieces;
} looking;

static void look_at_place(const vd_watching *w, vd_arena *arena, size_t i) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_watched_place *place = &w->places[i];
  size_t n, n_visits;
  const vd_passing *all = vd_history_passes(&w->history, scratch, place->xy_m, &n);
  place->passes = VD_NEW_ARRAY(arena, vd_passing, n + 1);
  for (size_t k = 0; k < n; k++)
    if (vd_beat_is(w->model, &w->model->beats[all[k].beat], w->driven))
      place->passes[place->n_passes++] = all[k];
  const vd_visit *visits = vd_history_visits(&w->history, scratch, place->passes, place->n_passes, w->driven,
                                             w->out->from_s, w->out->to_s, &n_visits);
  vd_sightings seen = vd_watching_sightings(w, visits, n_visits);
  w->seen[i].habit = vd_predict_habit(scratch, &seen, w->out->confidence);
}

static vd_status look_at_places(void *context, int64_t item, int worker) {
  looking *look = context;
  size_t from = (size_t)item * PIECE, n = look->w->n_places, to = from + PIECE < n ? from + PIECE : n;
  (void)worker;
  VD_TRY(vd_progress_step(look->w->progress, _("Visits of places"), item, (int64_t)look->n_pieces));
  look->arenas[item] = vd_arena_new();
  for (size_t i = from; i < to; i++) look_at_place(look->w, look->arenas[item], i);
  return VD_OK;
}

/* ---- threat areas: visited when a settlement or site in them is ---- */

static void look_at_threat(vd_watching *w, const vd_danger *danger, vd_watched_row *row) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_visit *all = NULL;
  size_t n = 0, capacity = 0;
  vd_box box = vd_geom_box(danger->plane);
  for (size_t i = 0; i < w->n_places; i++) {
    const vd_watched_place *place = &w->places[i];
    size_t n_visits;
    if (place->n_passes == 0 || !in_box(box, place->xy_m) ||
        !vd_polygon_holds(danger->plane, place->xy_m[0], place->xy_m[1]))
      continue;
    const vd_visit *visits = vd_history_visits(&w->history, scratch, place->passes, place->n_passes,
                                               w->driven, w->out->from_s, w->out->to_s, &n_visits);
    for (size_t v = 0; v < n_visits; v++) *VD_PUSH(scratch, all, n, capacity) = visits[v];
  }
  vd_visits_sort(all, n);
  vd_sightings seen = vd_watching_sightings(w, all, n);
  row->habit = vd_predict_habit(scratch, &seen, w->out->confidence);
}

static vd_status look_at_threats(vd_watching *w) {
  size_t row = w->n_places;
  for (size_t d = 0; d < w->model->n_dangers && row < w->n_seen; d++) {
    const vd_danger *danger = &w->model->dangers[d];
    if (!vd_str_equal(danger->id, w->seen[row].id)) continue;
    VD_TRY(
        vd_progress_step(w->progress, _("Visits of threat areas"), (int64_t)d, (int64_t)w->model->n_dangers));
    look_at_threat(w, danger, &w->seen[row++]);
  }
  return VD_OK;
}

/* ---- in order ---- */

/* Scores as they are read, to a thousandth: most foretellable first, too few to tell last. */
static int64_t rank_of(const vd_habit *habit) {
  return isnan(habit->score) ? -1 : llround(habit->score * 1000);
}

static int compare_rows(const vd_watched_row *x, const vd_watched_row *y) {
  int64_t a = rank_of(&x->habit), b = rank_of(&y->habit);
  if (a != b) return a > b ? -1 : 1;
  if (x->habit.absent_h != y->habit.absent_h) return x->habit.absent_h > y->habit.absent_h ? -1 : 1;
  if (x->habit.n_visits != y->habit.n_visits) return x->habit.n_visits > y->habit.n_visits ? -1 : 1;
  int by_name = strcmp(x->name ? x->name : "", y->name ? y->name : "");
  return by_name != 0 ? by_name : strcmp(x->id, y->id);
}

static int compare_seen(const void *a, const void *b) {
  return compare_rows(a, b);
}
static int compare_units(const void *a, const void *b) {
  return compare_rows(&((const vd_unit *)a)->row, &((const vd_unit *)b)->row);
}

static vd_watched_row kept(vd_arena *arena, const vd_watched_row *from) {
  vd_watched_row row = *from;
  row.id = vd_str_dup(arena, row.id), row.name = vd_str_dup(arena, row.name),
  row.actor = vd_str_dup(arena, row.actor);
  return row;
}

static void order_places(vd_watching *w) {
  vd_predictability *out = w->out;
  vd_watched_row *sorted = VD_NEW_ARRAY(w->scratch, vd_watched_row, w->n_seen + 1);
  if (w->n_seen > 0) memcpy(sorted, w->seen, w->n_seen * sizeof *sorted);
  if (w->n_seen > 1) qsort(sorted, w->n_seen, sizeof *sorted, compare_seen);
  out->places = VD_NEW_ARRAY(w->arena, vd_watched_row, w->n_seen + 1);
  for (size_t i = 0; i < w->n_seen; i++) {
    if (sorted[i].habit.n_visits > 0)
      out->places[out->n_places++] = kept(w->arena, &sorted[i]);
    else
      out->n_unvisited++;
  }
}

static void order_units(vd_watching *w, vd_units *list) {
  vd_predictability *out = w->out;
  if (list->n > 1) qsort(list->items, list->n, sizeof *list->items, compare_units);
  out->units = VD_NEW_ARRAY(w->arena, vd_watched_row, list->n + 1);
  w->tours = VD_NEW_ARRAY(w->scratch, vd_tour *, list->n + 1);
  w->n_tours = VD_NEW_ARRAY(w->scratch, size_t, list->n + 1);
  for (size_t i = 0; i < list->n; i++) {
    out->units[i] = kept(w->arena, &list->items[i].row);
    w->tours[i] = list->items[i].tours, w->n_tours[i] = list->items[i].n_tours;
  }
  out->n_units = list->n;
}

/* ---- all ---- */

static vd_status choose_weeks(const vd_plan *plan, const vd_predict_options *options,
                              vd_predictability *out) {
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  int64_t to_s = options->to_s != 0 ? options->to_s : info->to_s;
  double weeks = options->weeks != 0 ? options->weeks : vd_standard_value(plan, "watcher.weeks");
  out->confidence =
      options->confidence != 0 ? options->confidence : vd_standard_value(plan, "watcher.confidence");
  if (to_s == VD_TIME_MAX || to_s == VD_TIME_MIN)
    return vd_fail(VD_ERR_INPUT, _("The window has no end; set it."));
  if (!(weeks >= VD_PREDICT_LEAST_WEEKS && weeks <= VD_PREDICT_MOST_WEEKS))
    return vd_fail(VD_ERR_INPUT,
                   _("A watcher sees from %d to %d weeks, not %g; see the standard watcher.weeks."),
                   (int)VD_PREDICT_LEAST_WEEKS, (int)VD_PREDICT_MOST_WEEKS, weeks);
  if (!(out->confidence > 0 && out->confidence < 1))
    return vd_fail(VD_ERR_INPUT,
                   _("A watcher's confidence lies between 0 and 1; see the standard watcher.confidence."));
  int64_t local = to_s + info->utc_offset_s, since = (local % VD_DAY_S + VD_DAY_S) % VD_DAY_S;
  out->weeks = (int32_t)weeks;
  out->to_s = to_s - since, out->from_s = out->to_s - (int64_t)out->weeks * VD_WEEK_S;
  return VD_OK;
}

static vd_status watch(vd_watching *w, const vd_plan *plan, looking *look, vd_jobs *jobs,
                       bool without_moves) {
  vd_units units = {0};
  list_places(w, plan);
  rank_places(w);
  look->n_pieces = (w->n_places + PIECE - 1) / PIECE;
  look->arenas = VD_NEW_ARRAY(w->scratch, vd_arena *, look->n_pieces + 1);
  VD_TRY(vd_jobs_run(jobs, (int64_t)look->n_pieces, look_at_places, look));
  VD_TRY(look_at_threats(w));
  VD_TRY(vd_find_units(w, plan, jobs, &units));
  order_places(w);
  order_units(w, &units);
  return without_moves ? VD_OK : vd_find_moves(w, jobs);
}

static void keep_notes(vd_watching *w) {
  const vd_model *model = w->model;
  w->out->notes = VD_NEW_ARRAY(w->arena, vd_note, model->n_notes + 1);
  for (size_t i = 0; i < model->n_notes; i++) {
    w->out->notes[i] = model->notes[i];
    w->out->notes[i].text = vd_str_dup(w->arena, model->notes[i].text);
  }
  w->out->n_notes = model->n_notes;
}

vd_status vd_predict_run(vd_arena *arena, const vd_plan *plan, const vd_landscape *landscape,
                         const vd_predict_options *options, vd_jobs *jobs, const vd_progress *progress,
                         vd_predictability *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_model *model;
  *out = (vd_predictability){0};
  VD_TRY(choose_weeks(plan, options, out));
  VD_TRY(vd_model_read_history(plan, landscape, out->from_s, out->to_s, 0, progress, scratch, &model));
  vd_watching w = {.arena = arena,
                   .scratch = scratch,
                   .model = model,
                   .driven = options->planned ? VD_TO_BE_DRIVEN : VD_DRIVEN,
                   .out = out,
                   .progress = progress};
  vd_history_index(scratch, model, &w.history);
  looking look = {.w = &w};
  vd_status status = watch(&w, plan, &look, jobs, options->without_moves);
  for (size_t i = 0; look.arenas && i < look.n_pieces; i++) vd_arena_free(look.arenas[i]);
  if (status == VD_OK) keep_notes(&w);
  return status;
}
