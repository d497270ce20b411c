/* check_times: times and numbers that cannot be, recurrences, and names told twice.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/checker.h"
#include "plan/fields.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/restriction.h"

/* ---- numbers ---- */

/* What a strange file may hold and an edit would refuse. */
static void check_range(vd_checker *to, const vd_field *field) {
  double value = NAN;
  if (field->min == 0 && field->max == 0) return;
  if (field->type == VD_F_REAL) value = *vd_real_at(field, to->record);
  if (field->type == VD_F_INT && *vd_int_at(field, to->record) != VD_UNKNOWN_INT)
    value = *vd_int_at(field, to->record);
  if (value < field->min || value > field->max)
    to->find(to, VD_ERROR, _("“%s” holds %g, which is not from %g to %g. Correct it."), _(field->label),
             value, field->min, field->max);
}

/* ---- patrols ---- */

/* The first name that stands twice in a list separated by semicolons; NULL none. */
static const char *named_twice(vd_arena *arena, const char *names) {
  char *list[256];
  size_t n = 0;
  while (names && *names && n < sizeof list / sizeof *list) {
    size_t length = strcspn(names, ";");
    char *name = vd_str_trim(arena, vd_str_dup_n(arena, names, length));
    for (size_t i = 0; i < n && *name; i++)
      if (vd_str_equal_nocase(list[i], name)) return name;
    list[n++] = name;
    names += length + (names[length] == ';');
  }
  return NULL;
}

static void check_exceptions(vd_checker *to, const vd_patrol *patrol, vd_recurrence *rule, int32_t offset_s) {
  vd_time_span first;
  if (vd_recurrence_except(to->arena, patrol->exceptions, offset_s, rule) != VD_OK) {
    to->find(to, VD_ERROR, "%s", vd_last_message());
    return;
  }
  size_t n = vd_recurrence_n_idle(rule, patrol->from_s, offset_s, &first);
  if (n > 0)
    to->find(to, VD_WARNING,
             _("No departure falls on %zu of %zu dates left out, the first being %s. Correct or clear them."),
             n, rule->n_exceptions, vd_time_text(to->arena, first.from_s, offset_s));
}

static void check_recurrence(vd_checker *to, const vd_patrol *patrol) {
  int32_t offset_s = vd_plan_info_lookup(to->plan)->utc_offset_s;
  vd_recurrence rule;
  bool dated = patrol->from_s != VD_TIME_MIN && patrol->from_s != VD_TIME_MAX;
  if (!dated || vd_recurrence_parse(patrol->recurrence, offset_s, &rule) != VD_OK)
    return; /* told elsewhere */
  int64_t last_s = vd_recurrence_last_s(&rule, patrol->from_s, offset_s);
  if (last_s == VD_TIME_MIN)
    to->find(to, VD_ERROR, _("Its recurrence has no departure at all. Correct it, or its first departure."));
  else if (last_s == VD_TIME_MAX)
    to->find(to, VD_NOTE,
             _("It recurs without end: what falls into a window counts. Set COUNT or UNTIL to end it."));
  check_exceptions(to, patrol, &rule, offset_s);
}

static void check_patrol(vd_checker *to) {
  const vd_patrol *patrol = (const vd_patrol *)to->record;
  check_recurrence(to, patrol);
  const char *crew = named_twice(to->arena, patrol->crew);
  if (crew) to->find(to, VD_WARNING, _("Its crew “%s” is named twice. Name each once."), crew);
  const char *vehicle = named_twice(to->arena, patrol->vehicles_named);
  if (vehicle) to->find(to, VD_WARNING, _("Its vehicle “%s” is named twice. Name each once."), vehicle);
}

/* ---- restrictions ---- */

static void check_restriction(vd_checker *to) {
  const vd_restriction *r = (const vd_restriction *)to->record;
  int64_t end_s = vd_restriction_end_s(r);
  bool begins = r->from_s != VD_TIME_MIN, ends = end_s != VD_TIME_MAX;
  if (begins && ends && end_s > r->from_s && r->hours_lost * VD_HOUR_S > (double)(end_s - r->from_s))
    to->find(to, VD_WARNING, _("It cost %g hours and lasted %g. Correct the hours lost, or its times."),
             r->hours_lost, (double)(end_s - r->from_s) / VD_HOUR_S);
  if (begins && r->resolved_s < r->from_s)
    to->find(to, VD_ERROR, _("It was resolved before it began. Correct one of the two times."));
  if (begins && r->protest_s != VD_TIME_MIN && r->protest_s < r->from_s)
    to->find(to, VD_WARNING, _("It was protested before it began. Correct one of the two times."));
  if (r->road_state && *r->road_state && r->record.reported_s == VD_TIME_MIN)
    to->find(to, VD_WARNING,
             begins
                 ? _("It tells the state of a road but not when that was reported: its start stands in.")
                 : _("It tells the state of a road but not when that was reported: the state is unknown."));
}

void vd_check_times(vd_checker *to) {
  for (int i = 0; i < vd_kind_n_fields(to->kind); i++) check_range(to, vd_kind_field(to->kind, i));
  if (to->kind == VD_KIND_PATROL) check_patrol(to);
  if (to->kind == VD_KIND_RESTRICTION) check_restriction(to);
}
