/* check: findings of a whole plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/check.h"

#include <stdarg.h>
#include <string.h>

#include "plan/checker.h"
#include "plan/document.h"
#include "plan/fields.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/execution.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/restriction.h"
#include "vedette/plan/standard.h"

enum { MOST_A_KIND = 50 };

typedef vd_checker checker;

static void find(checker *to, vd_severity severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void find(checker *to, vd_severity severity, const char *format, ...) {
  if (to->n_of_kind++ >= MOST_A_KIND) return;
  va_list args;
  va_start(args, format);
  vd_finding *made = VD_PUSH(to->arena, to->findings, to->n, to->capacity);
  *made = (vd_finding){.severity = severity, .kind = to->kind};
  made->sentence = vd_str_vprintf(to->arena, format, args);
  va_end(args);
  if (!to->record) return;
  made->id = vd_str_dup(to->arena, to->record->id);
  made->name = vd_record_label(to->arena, to->kind, to->record);
}

/* ---- what every kind is asked ---- */

typedef struct reference {
  checker *to;
  const vd_field *field;
} reference;

static bool look_up(void *context, const char *id) {
  const reference *at = context;
  if (!vd_plan_find(at->to->plan, at->field->ref, id))
    find(at->to, VD_ERROR,
         _("“%s” refers to a record that is not in the plan. Choose one that is, or clear it."),
         _(at->field->label));
  return true;
}

static void check_word(checker *to, const vd_field *field) {
  const char *word = *vd_text_at(field, to->record);
  if (!word || !*word) return;
  for (const char *const *known = field->words; *known; known++)
    if (vd_str_equal_nocase(*known, word)) return;
  find(to, VD_NOTE, _("“%s” holds “%.60s”, a word of its own that no rule knows."), _(field->label), word);
}

/* Fields of time come in pairs named from_time and to_time. */
static void check_span(checker *to) {
  const vd_field *from = vd_field_find(to->kind, "from_time"), *until = vd_field_find(to->kind, "to_time");
  if (!from || !until) return;
  int64_t from_s = *vd_time_at(from, to->record), to_s = *vd_time_at(until, to->record);
  if (from_s == from->open || to_s == until->open) return;
  if (to_s < from_s)
    find(to, VD_ERROR, _("It ends before it starts. Correct one of the two times."));
  else if (to_s == from_s && to->kind != VD_KIND_INCIDENT)
    find(to, VD_WARNING, _("It starts and ends at the same moment and so lasts no time."));
}

static void check_place(checker *to) {
  if (vd_kind_is_table(to->kind)) return;
  const vd_geom *geom = to->record->geom, *area = vd_plan_info_lookup(to->plan)->area;
  if (vd_geom_empty(geom)) {
    if (to->kind != VD_KIND_PATROL &&
        !(to->kind == VD_KIND_RESTRICTION && ((const vd_restriction *)to->record)->road))
      find(to, VD_ERROR, _("It has no place on the map. Draw it."));
    return;
  }
  const char *problem = vd_record_geom_problem(to->kind, geom);
  if (problem) find(to, VD_ERROR, _("Its shape cannot be used: %s"), problem);
  bool base_data = to->kind == VD_KIND_ROAD || to->kind == VD_KIND_WATER || to->kind == VD_KIND_SETTLEMENT;
  if (!base_data && !vd_geom_empty(area) && !vd_box_touches(vd_geom_box(geom), vd_geom_box(area)))
    find(to, VD_WARNING, _("It lies outside the plan's area of interest and does not count there."));
}

static void check_common(checker *to) {
  for (int i = 0; i < vd_kind_n_fields(to->kind); i++) {
    const vd_field *field = vd_kind_field(to->kind, i);
    bool refers = field->type == VD_F_REF || (field->type == VD_F_REFS && !field->terms);
    reference at = {to, field};
    if (refers) vd_each_reference(field, to->record, look_up, &at);
    if (field->type == VD_F_WORD) check_word(to, field);
  }
  check_span(to);
  check_place(to);
}

/* ---- what one kind is asked ---- */

static void check_base(checker *to) {
  const vd_base *base = (const vd_base *)to->record;
  if (!base->actor)
    find(to, VD_WARNING, _("It has no actor, so its presence counts for nobody. Choose one."));
  if (!base->has_reaction_force) return;
  if (isnan(base->notice_day_min) && isnan(base->notice_night_min))
    find(to, VD_WARNING, _("It has a reaction force that never moves: no notice to move by day or night."));
  bool flies = base->vehicle == VD_HELICOPTER, drives = false;
  for (int ground = 0; ground < VD_GROUND_COUNT && !flies && !drives; ground++) {
    const vd_speed *speed = vd_speed_lookup(to->plan, (vd_vehicle)base->vehicle, (vd_ground)ground);
    drives = speed && speed->kmh > 0;
  }
  if (!flies && !drives)
    find(to, VD_ERROR, _("The speed table has no ground on which its vehicle (%s) moves. Add a speed."),
         vd_terms_label(&vd_vehicle_terms, base->vehicle));
}

static void check_threat(checker *to) {
  const vd_threat_area *threat = (const vd_threat_area *)to->record;
  if (!(threat->weekdays & 127) || threat->hour_from_min == threat->hour_to_min)
    find(to, VD_ERROR, _("It is active at no hour of the week. Set its weekdays and hours."));
  if (!threat->perpetrator_class)
    find(to, VD_NOTE, _("Its perpetrator class is not known, so coverage by class leaves it out."));
}

/* Of alert, departure and arrival those that are known have to follow each other. */
static void check_incident(checker *to) {
  const vd_incident *incident = (const vd_incident *)to->record;
  const int64_t times[] = {incident->alert_s, incident->response_departed_s, incident->response_arrived_s};
  int64_t last = VD_TIME_MIN;
  bool backwards = false;
  for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
    if (times[i] == VD_TIME_MIN) continue;
    backwards |= times[i] < last;
    last = times[i];
  }
  if (backwards)
    find(to, VD_ERROR, _("Its alert, departure and arrival run backwards and are not used. Correct them."));
  if (incident->from_s == VD_TIME_MIN)
    find(to, VD_WARNING, _("It has no time, so no figure counts it. Set when it happened."));
}

/* Whether the plan still has the departure; a rule that does not parse is told elsewhere. */
static bool has_departure(checker *to, const vd_patrol *patrol, int64_t departure_s) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_planned planned = {.patrol = patrol};
  int64_t *starts;
  size_t n;
  int32_t offset_s = vd_plan_info_lookup(to->plan)->utc_offset_s;
  return vd_planned_departures(arena, &planned, offset_s, departure_s, departure_s + 1, &starts, &n) !=
             VD_OK ||
         n > 0;
}

static void check_execution(checker *to, const vd_patrol *patrol) {
  if (vd_track_misfits(patrol))
    find(to, VD_WARNING,
         _("The times of its track do not fit its route any more and are not used. Import the track again."));
  if (patrol->track_s && *patrol->track_s && patrol->state != VD_EXECUTED)
    find(to, VD_WARNING, _("It has a track but is not executed. Set its state, or clear the track."));
  const vd_patrol *planned =
      patrol->executes ? vd_plan_find(to->plan, VD_KIND_PATROL, patrol->executes) : NULL;
  if (!planned) return;
  if (patrol->executes_s == VD_TIME_MIN)
    find(to, VD_WARNING,
         _("It names the patrol that it executed but not which departure, so both count. Set which."));
  else if (!has_departure(to, planned, patrol->executes_s))
    find(to, VD_WARNING,
         _("The patrol that it executed does not leave at the time it names, so both count. Correct it."));
}

static void check_patrol(checker *to) {
  const vd_patrol *patrol = (const vd_patrol *)to->record;
  vd_recurrence rule;
  if (!patrol->actor)
    find(to, VD_WARNING, _("It has no actor, so its presence counts for nobody. Choose one."));
  if (patrol->from_s == VD_TIME_MIN) find(to, VD_ERROR, _("It has no departure. Set when it leaves."));
  if (vd_recurrence_parse(patrol->recurrence, 0, &rule) != VD_OK) find(to, VD_ERROR, "%s", vd_last_message());
  check_execution(to, patrol);
  ptrdiff_t at = vd_table_find(&to->plan->tables[VD_KIND_PATROL], patrol->record.id);
  if (!to->has_stop[at] && vd_geom_empty(patrol->record.geom))
    find(to, VD_ERROR, _("It has neither a route nor stops. Draw where it goes."));
}

static void check_stop(checker *to) {
  const vd_stop *stop = (const vd_stop *)to->record;
  if (!stop->patrol) find(to, VD_ERROR, _("It belongs to no patrol."));
  if (stop->depart_min < stop->arrive_min)
    find(to, VD_ERROR, _("It is left before it is reached. Correct one of the two times."));
}

static void check_restriction(checker *to) {
  const vd_restriction *restriction = (const vd_restriction *)to->record;
  if (restriction->effect == VD_EFFECT_DELAY && !(vd_restriction_delay_min(to->plan, restriction) > 0))
    find(to, VD_WARNING, _("It delays by no minutes and so changes nothing. Set the delay."));
  if (restriction->effect == VD_EFFECT_SLOW && !(restriction->slow_factor > 1))
    find(to, VD_WARNING, _("It slows by a factor of 1 and so changes nothing. Set the factor."));
}

static void check_settlement(checker *to) {
  const vd_settlement *settlement = (const vd_settlement *)to->record;
  if (!to->record->name) find(to, VD_NOTE, _("It has no name."));
  if (isnan(settlement->population) && !vd_plan_raster(to->plan, VD_RASTER_POPULATION))
    find(to, VD_NOTE,
         _("How many people live here is not known; the standard “settlement_people” stands in."));
}

static void check_record(checker *to) {
  check_common(to);
  switch (to->kind) {
  case VD_KIND_BASE:
    check_base(to);
    break;
  case VD_KIND_THREAT_AREA:
    check_threat(to);
    break;
  case VD_KIND_INCIDENT:
    check_incident(to);
    break;
  case VD_KIND_PATROL:
    check_patrol(to);
    break;
  case VD_KIND_STOP:
    check_stop(to);
    break;
  case VD_KIND_RESTRICTION:
    check_restriction(to);
    break;
  case VD_KIND_SETTLEMENT:
    check_settlement(to);
    break;
  default:
    break;
  }
  vd_check_times(to);
  vd_check_twice(to);
}

/* ---- the plan ---- */

static void check_info(checker *to) {
  const vd_plan_info *info = vd_plan_info_lookup(to->plan);
  if (vd_geom_empty(info->area)) find(to, VD_ERROR, _("The plan has no area of interest. Set one."));
  if (info->from_s == VD_TIME_MIN || info->to_s == VD_TIME_MAX)
    find(to, VD_WARNING, _("The plan has no time window. A study needs a start and an end."));
  if (!vd_plan_raster(to->plan, VD_RASTER_POPULATION) && !vd_plan_count(to->plan, VD_KIND_SETTLEMENT))
    find(to, VD_ERROR, _("The plan does not know where people live. Import population or settlements."));
  if (!vd_plan_count(to->plan, VD_KIND_ROAD)) find(to, VD_WARNING, _("The plan has no roads. Import them."));
  if (!vd_plan_raster(to->plan, VD_RASTER_ELEVATION))
    find(to, VD_NOTE, _("The plan has no elevation: slopes are taken as flat."));
  if (!vd_plan_raster(to->plan, VD_RASTER_LANDCOVER))
    find(to, VD_NOTE, _("The plan has no land cover: the ground off the roads is not known."));
  if (!vd_plan_count(to->plan, VD_KIND_THREAT_AREA))
    find(to, VD_WARNING, _("The plan has no threat areas, so nothing can be a gap."));
  if (!vd_plan_count(to->plan, VD_KIND_BASE) && !vd_plan_count(to->plan, VD_KIND_PATROL))
    find(to, VD_WARNING, _("The plan has no bases and no patrols."));
}

static void mark_stops(checker *to) {
  to->has_stop = VD_NEW_ARRAY(to->arena, bool, vd_plan_count(to->plan, VD_KIND_PATROL) + 1);
  VD_EACH(to->plan, VD_KIND_STOP, vd_stop, stop) {
    ptrdiff_t at = stop->patrol ? vd_table_find(&to->plan->tables[VD_KIND_PATROL], stop->patrol) : -1;
    if (at >= 0) to->has_stop[at] = true;
  }
}

static void tell_the_rest(checker *to) {
  if (to->n_of_kind <= MOST_A_KIND) return;
  size_t rest = to->n_of_kind - MOST_A_KIND;
  to->n_of_kind = 0;
  to->record = NULL;
  find(to, VD_NOTE, _("%s: %zu more findings are not listed."), _(vd_kind_lookup(to->kind)->label_many),
       rest);
}

void vd_plan_check(const vd_plan *plan, vd_arena *arena, vd_finding **findings, size_t *n) {
  checker to = {.plan = plan, .arena = arena, .kind = VD_KIND_COUNT, .find = find};
  mark_stops(&to);
  check_info(&to);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    to.kind = (vd_kind)kind;
    to.n_of_kind = 0;
    vd_check_compare(&to);
    VD_EACH(plan, to.kind, vd_record, record) {
      to.record = record, to.at = record_i;
      check_record(&to);
    }
    tell_the_rest(&to);
    to.record = NULL;
  }
  *findings = to.findings;
  *n = to.n;
}
