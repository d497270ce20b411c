/* response: incidents against presence and response.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/response.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/judging.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/standard.h"

/* ---- the incidents of the window ---- */

typedef struct reading {
  const vd_incident *incident;
  int64_t from_s;
  size_t order; /* in the plan */
} reading;

static int compare_readings(const void *a, const void *b) {
  const reading *x = a, *y = b;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

static int32_t perpetrator_of(const char *word) {
  for (int32_t i = 0; vd_perpetrator_words[i]; i++)
    if (vd_str_equal(vd_perpetrator_words[i], word)) return i;
  return -1;
}

static vd_incident_row row_of(vd_arena *arena, const vd_incident *incident, int64_t end_s) {
  const vd_geom *geom = incident->record.geom;
  bool placed = !vd_geom_empty(geom);
  return (vd_incident_row){.id = vd_str_dup(arena, incident->record.id),
                           .name = vd_record_label(arena, VD_KIND_INCIDENT, incident),
                           .incident_type = vd_str_dup(arena, incident->incident_type),
                           .perpetrator = perpetrator_of(incident->perpetrator_class),
                           .from_s = incident->from_s,
                           .lon_deg = placed ? geom->xy[0] : NAN,
                           .lat_deg = placed ? geom->xy[1] : NAN,
                           .precision_m = incident->precision_m,
                           .dated = end_s - incident->from_s < VD_DAY_S,
                           .responder = -1,
                           .minutes = NAN,
                           .least_min = NAN,
                           .most_min = NAN,
                           .alert_s = incident->alert_s,
                           .departed_s = incident->response_departed_s,
                           .arrived_s = incident->response_arrived_s};
}

static int64_t end_of(const vd_incident *incident) {
  bool known = incident->to_s != VD_TIME_MAX && incident->to_s > incident->from_s;
  return known ? incident->to_s : incident->from_s + 1;
}

static void read_incidents(vd_judging *j, vd_arena *scratch, const vd_plan *plan, int64_t *n_timeless) {
  vd_response *out = j->out;
  reading *list = NULL;
  size_t n = 0, capacity = 0, order = 0;
  VD_EACH(plan, VD_KIND_INCIDENT, vd_incident, incident) {
    bool timeless = incident->from_s == VD_TIME_MIN || incident->from_s == VD_TIME_MAX;
    bool inside = !timeless && incident->from_s >= out->from_s && incident->from_s < out->to_s;
    *n_timeless += timeless;
    out->n_outside_window += !timeless && !inside;
    if (inside) *VD_PUSH(scratch, list, n, capacity) = (reading){incident, incident->from_s, order++};
  }
  if (n > 1) qsort(list, n, sizeof *list, compare_readings);
  out->incidents = VD_NEW_ARRAY(j->arena, vd_incident_row, n + 1);
  out->n_incidents = n;
  j->end_s = VD_NEW_ARRAY(scratch, int64_t, n + 1);
  for (size_t i = 0; i < n; i++) {
    j->end_s[i] = end_of(list[i].incident);
    out->incidents[i] = row_of(j->arena, list[i].incident, j->end_s[i]);
    out->n_undated += !out->incidents[i].dated;
  }
}

static void place_incidents(vd_judging *j, vd_arena *scratch) {
  const vd_landscape *land = j->study->land;
  vd_response *out = j->out;
  size_t n = out->n_incidents;
  j->xy_m = VD_NEW_ARRAY(scratch, double, 2 * n + 2);
  for (size_t i = 0; i < n; i++)
    j->xy_m[2 * i] = out->incidents[i].lon_deg, j->xy_m[2 * i + 1] = out->incidents[i].lat_deg;
  vd_landscape_to_plane(land, j->xy_m, j->xy_m, n);
  for (size_t i = 0; i < n; i++) {
    int32_t cell = isnan(j->xy_m[2 * i]) ? -1 : vd_grid_cell(&land->grid, j->xy_m[2 * i], j->xy_m[2 * i + 1]);
    out->incidents[i].in_area = cell >= 0 && land->inside[cell];
  }
}

/* ---- presence, shared out to the workers ---- */

enum { PIECE = 64 };

typedef struct presence_run {
  const vd_judging *j;
  const vd_presence_aids *aids;
} presence_run;

static vd_status presence_piece(void *context, int64_t item, int worker) {
  const presence_run *run = context;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t from = (size_t)item * PIECE, n = run->j->out->n_incidents, to = from + PIECE < n ? from + PIECE : n;
  (void)worker;
  VD_TRY(vd_progress_step(run->j->progress, _("Visits before incidents"), item, 0));
  for (size_t i = from; i < to; i++) vd_judge_presence(run->j, run->aids, scratch, i);
  return VD_OK;
}

static vd_status find_presence(const vd_judging *j, vd_arena *scratch, vd_jobs *jobs) {
  presence_run run = {j, vd_presence_aids_new(j, scratch)};
  return vd_jobs_run(jobs, (int64_t)((j->out->n_incidents + PIECE - 1) / PIECE), presence_piece, &run);
}

/* ---- notes ---- */

typedef struct remarks {
  vd_judging *j;
  size_t capacity;
} remarks;

static void remark(remarks *r, const char *text, int64_t count, const vd_incident_row *first) {
  vd_response *out = r->j->out;
  if (count <= 0) return;
  *VD_PUSH(r->j->arena, out->notes, out->n_notes, r->capacity) = (vd_note){
      vd_str_dup(r->j->arena, text), count, first ? first->lon_deg : NAN, first ? first->lat_deg : NAN};
}

static bool is_outside(const vd_incident_row *row) {
  return !row->in_area;
}
static bool is_undated(const vd_incident_row *row) {
  return !row->dated;
}
static bool is_backwards(const vd_incident_row *row) {
  return row->backwards;
}
static bool lacks_precision(const vd_incident_row *row) {
  return !(row->precision_m >= 0);
}
static bool lacks_alert(const vd_incident_row *row) {
  return row->arrived_s != VD_TIME_MIN && row->alert_s == VD_TIME_MIN;
}

static void remark_on(remarks *r, bool (*is)(const vd_incident_row *), const char *text) {
  const vd_response *out = r->j->out;
  const vd_incident_row *first = NULL;
  int64_t n = 0;
  for (size_t i = 0; i < out->n_incidents; i++)
    if (is(&out->incidents[i]) && n++ == 0) first = &out->incidents[i];
  remark(r, text, n, first);
}

static int64_t driven_departures(const vd_model *model) {
  int64_t n = 0;
  for (size_t b = 0; b < model->n_beats; b++)
    if (vd_beat_is(model, &model->beats[b], VD_DRIVEN)) n += (int64_t)model->beats[b].n_starts;
  return n;
}

static void add_notes(vd_judging *j, int64_t n_timeless) {
  const vd_model *model = j->study->model;
  remarks r = {j, 0};
  for (size_t i = 0; i < model->n_notes; i++) {
    const vd_note *note = &model->notes[i];
    *VD_PUSH(j->arena, j->out->notes, j->out->n_notes, r.capacity) =
        (vd_note){vd_str_dup(j->arena, note->text), note->count, note->lon_deg, note->lat_deg};
  }
  remark(&r, _("Incidents begin outside the window and are not counted; --from and --to choose another."),
         j->out->n_outside_window, NULL);
  remark(&r, _("Incidents have no time: not counted."), n_timeless, NULL);
  remark_on(
      &r, is_outside,
      _("Incidents lie outside the area of interest or have no place: reach and presence are unknown."));
  remark_on(
      &r, is_undated,
      _("Incidents are known to a day or longer only: the least response time of any hour is told, without "
        "restrictions; presence is unknown."));
  remark_on(&r, lacks_precision, _("Incidents do not say how precise their place is: taken as exact."));
  remark_on(&r, lacks_alert,
            _("Responses arrived but the alert is not recorded: their time runs from the beginning of "
              "the incident."));
  remark_on(&r, is_backwards, _("Alert, departure and arrival of incidents run backwards: not used."));
  if (j->out->n_incidents > 0 && driven_departures(model) == 0)
    remark(
        &r,
        _("No executed patrol is recorded in the window or the year before: presence rests on bases alone."),
        1, NULL);
}

/* ---- all ---- */

static vd_status judge(vd_judging *j, vd_arena *scratch, const vd_plan *plan, bool without_travel,
                       vd_jobs *jobs) {
  vd_study *study = j->study;
  vd_response *out = j->out;
  int64_t n_timeless = 0;
  VD_TRY(vd_model_read_history(plan, study->land, out->from_s, out->to_s, VD_HISTORY_BACK_S, j->progress,
                               study->arena, &study->model));
  vd_history_index(scratch, study->model, &j->history);
  read_incidents(j, scratch, plan, &n_timeless);
  place_incidents(j, scratch);
  VD_TRY(find_presence(j, scratch, jobs));
  if (!without_travel) VD_TRY(vd_judge_reach(j, jobs));
  vd_judge_sums(j, plan);
  add_notes(j, n_timeless);
  return VD_OK;
}

/* Names that a row borrows from the model move to the results. */
static void keep_names(vd_judging *j) {
  for (size_t i = 0; i < j->out->n_incidents; i++) {
    vd_incident_row *row = &j->out->incidents[i];
    row->threat = vd_str_dup(j->arena, row->threat);
    row->zone = vd_str_dup(j->arena, row->zone);
    row->last_visitor = vd_str_dup(j->arena, row->last_visitor);
  }
}

static vd_status choose_window(const vd_plan *plan, const vd_response_options *options, vd_response *out) {
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  bool own = options->from_s != 0 || options->to_s != 0;
  out->from_s = own ? options->from_s : info->from_s;
  out->to_s = own ? options->to_s : info->to_s;
  if (out->from_s >= out->to_s || out->from_s == VD_TIME_MIN || out->to_s == VD_TIME_MAX)
    return vd_fail(VD_ERR_INPUT, _("The window has no length; set its start and end."));
  return VD_OK;
}

vd_status vd_response_run(vd_arena *arena, const vd_plan *plan, const vd_landscape *landscape,
                          const vd_response_options *options, vd_jobs *jobs, const vd_progress *progress,
                          vd_response *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  *out = (vd_response){0};
  VD_TRY(choose_window(plan, options, out));
  out->before_s = (int64_t)(fmax(0, vd_standard_value(plan, "presence.before")) * VD_MINUTE_S);
  VD_CLEANUP(vd_study_memory_cleanup) vd_study_memory *memory = vd_study_memory_new(landscape, 0);
  VD_CLEANUP(vd_study_cleanup) vd_study *study = calloc(1, sizeof *study);
  if (!study || !memory) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the study."));
  study->refs = 1;
  study->quick = true; /* no best times over the grid */
  study->arena = vd_arena_new();
  study->land = landscape;
  study->memory = memory;
  vd_judging j = {.arena = arena, .study = study, .out = out, .progress = progress};
  VD_TRY(judge(&j, scratch, plan, options->without_travel, jobs));
  keep_names(&j);
  return VD_OK;
}
