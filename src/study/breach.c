/* breach: one outing against the plan's rules, the restrictions in its way, and its clearance.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/outing.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static vd_conflict breach_of(const vd_outing *outing, int32_t index, vd_conflict_kind kind) {
  return (vd_conflict){.kind = kind,
                       .a = index,
                       .b = -1,
                       .leg = -1,
                       .from_s = outing->depart_s,
                       .to_s = outing->return_s,
                       .minutes = NAN,
                       .lon_deg = outing->lon_deg,
                       .lat_deg = outing->lat_deg};
}

static const char *length_text(const vd_scheduling *s, double seconds) {
  return vd_duration_text(s->arena, seconds);
}

/* ---- legs and duty ---- */

static void check_legs(vd_scheduling *s, int32_t index) {
  const vd_outing *outing = &s->outings[index];
  for (size_t k = 0; k < outing->n_legs; k++) {
    const vd_outing_leg *leg = &outing->times[k];
    double more_s = leg->needed_s - leg->planned_s;
    if (!(more_s > s->rules.slack_s)) continue; /* NaN: none is planned */
    vd_conflict found = breach_of(outing, index, VD_CONFLICT_LEG);
    const char *place = outing->legs[k].place;
    found.leg = (int32_t)k, found.minutes = more_s / 60;
    found.from_s = leg->leave_s, found.to_s = leg->arrive_s;
    if (!isnan(outing->legs[k].lon_deg))
      found.lon_deg = outing->legs[k].lon_deg, found.lat_deg = outing->legs[k].lat_deg;
    found.text = vd_str_printf(s->arena, _("“%s” needs %s to reach %s; %s is planned."), outing->name,
                               length_text(s, leg->needed_s),
                               place                      ? place
                               : outing->legs[k].stop < 0 ? _("the end of the route")
                                                          : _("a stop"),
                               leg->planned_s >= 30 ? length_text(s, leg->planned_s) : _("no time"));
    if (!vd_conflict_add(s, &found)) return;
  }
}

static void check_duty(vd_scheduling *s, int32_t index) {
  const vd_outing *outing = &s->outings[index];
  int64_t from_s, to_s;
  for (size_t at = 0; vd_outing_turn(&s->rules, outing, &at, &from_s, &to_s);) {
    if (to_s - from_s <= s->rules.duty_s) continue;
    vd_conflict found = breach_of(outing, index, VD_CONFLICT_DUTY);
    found.from_s = from_s, found.to_s = to_s;
    found.minutes = (double)(to_s - from_s - s->rules.duty_s) / 60;
    found.text =
        vd_str_printf(s->arena, _("“%s” is on duty for %s without rest; the longest is %s."), outing->name,
                      length_text(s, (double)(to_s - from_s)), length_text(s, (double)s->rules.duty_s));
    if (!vd_conflict_add(s, &found)) return;
  }
}

/* ---- curfew ---- */

typedef struct curfew {
  int64_t out_s, first_s, last_s; /* time out in it, from and to */
} curfew;

/* The nights of [from_s, to_s) that lie in the curfew. */
static void add_nights(const vd_scheduling *s, int64_t from_s, int64_t to_s, curfew *sum) {
  const vd_schedule_rules *rules = &s->rules;
  int32_t offset_s = s->model->utc_offset_s;
  int64_t over = rules->curfew_to_min < rules->curfew_from_min ? VD_DAY_S : 0;
  int64_t local_s = from_s + offset_s, first = local_s / VD_DAY_S - (local_s % VD_DAY_S < 0) - 1;
  for (int64_t midnight_s = first * VD_DAY_S - offset_s; midnight_s < to_s; midnight_s += VD_DAY_S) {
    int64_t begin_s = midnight_s + rules->curfew_from_min * (int64_t)VD_MINUTE_S;
    int64_t end_s = midnight_s + over + rules->curfew_to_min * (int64_t)VD_MINUTE_S;
    if (begin_s < from_s) begin_s = from_s;
    if (end_s > to_s) end_s = to_s;
    if (begin_s >= end_s) continue;
    if (sum->out_s == 0) sum->first_s = begin_s;
    sum->out_s += end_s - begin_s, sum->last_s = end_s;
  }
}

static void check_curfew(vd_scheduling *s, int32_t index) {
  const vd_outing *outing = &s->outings[index];
  curfew sum = {0};
  int64_t from_s, to_s;
  if (s->rules.curfew_from_min == s->rules.curfew_to_min) return;
  for (size_t at = 0; vd_outing_turn(&s->rules, outing, &at, &from_s, &to_s);)
    add_nights(s, from_s, to_s, &sum);
  if (sum.out_s == 0) return;
  vd_conflict found = breach_of(outing, index, VD_CONFLICT_CURFEW);
  found.from_s = sum.first_s, found.to_s = sum.last_s, found.minutes = (double)sum.out_s / 60;
  bool back_late = sum.first_s > outing->depart_s && sum.last_s == outing->return_s;
  found.text =
      back_late ? vd_str_printf(s->arena, _("“%s” is back at %s, %s after the curfew begins."), outing->name,
                                vd_time_text(s->arena, outing->return_s, s->model->utc_offset_s),
                                length_text(s, (double)(outing->return_s - sum.first_s)))
                : vd_str_printf(s->arena, _("“%s” is out for %s of the curfew."), outing->name,
                                length_text(s, (double)sum.out_s));
  vd_conflict_add(s, &found);
}

/* ---- restrictions and clearance ---- */

static bool wants_clearance(const vd_restriction *r) {
  return vd_str_equal(r->code, "ROM-ESC") || vd_str_equal(r->code, "ROM-CRF") ||
         vd_str_equal(r->code, "ROM-AIR");
}

/* What a restriction in the way is to an outing; VD_CONFLICT_COUNT nothing. */
static vd_conflict_kind kind_of(const vd_scheduling *s, const vd_outing *outing, const vd_bar *bar) {
  const vd_restriction *r = vd_plan_find(s->plan, VD_KIND_RESTRICTION, bar->id);
  if (bar->effect == VD_EFFECT_BLOCK) return VD_CONFLICT_BLOCKED;
  if (bar->escort) return VD_CONFLICT_ESCORT;
  if (!r) return VD_CONFLICT_COUNT;
  bool free =
      outing->clearance == VD_CLEARANCE_GRANTED || (outing->escorted && vd_str_equal(r->code, "ROM-ESC"));
  return wants_clearance(r) && !free ? VD_CONFLICT_CLEARANCE : VD_CONFLICT_COUNT;
}

static const char *meets_text(const vd_scheduling *s, const vd_outing *outing, const vd_bar *bar,
                              vd_conflict_kind kind, int64_t at_s) {
  const char *when = vd_time_text(s->arena, at_s, s->model->utc_offset_s);
  switch (kind) {
  case VD_CONFLICT_BLOCKED:
    return vd_str_printf(s->arena, _("“%s” comes to “%s” at %s, which blocks the way."), outing->name,
                         bar->name, when);
  case VD_CONFLICT_ESCORT:
    return vd_str_printf(s->arena, _("“%s” comes to “%s” at %s, which asks for an escort; none is arranged."),
                         outing->name, bar->name, when);
  default:
    return vd_str_printf(s->arena, _("“%s” comes to “%s” at %s without clearance."), outing->name, bar->name,
                         when);
  }
}

typedef struct passages { /* of one patrol */
  const vd_stoppage *items;
  size_t n;
} passages;

/* Each restriction once, where it is met first; passages stand by restriction. */
static void check_passages(vd_scheduling *s, int32_t index, const passages *all) {
  const vd_outing *outing = &s->outings[index];
  const char *told = NULL;
  for (size_t i = 0; i < all->n; i++) {
    const vd_bar *bar = &s->model->bars[all->items[i].bar];
    if (vd_str_equal(bar->id, told) || !vd_passage_meets(&all->items[i], bar, outing->depart_s)) continue;
    vd_conflict_kind kind = kind_of(s, outing, bar);
    if (kind == VD_CONFLICT_COUNT) continue;
    vd_conflict found = breach_of(outing, index, kind);
    found.from_s = outing->depart_s + all->items[i].from_s,
    found.to_s = outing->depart_s + all->items[i].to_s;
    found.restriction = told = bar->id, found.restriction_name = bar->name;
    if (!isnan(bar->lon_deg)) found.lon_deg = bar->lon_deg, found.lat_deg = bar->lat_deg;
    found.text = meets_text(s, outing, bar, kind, found.from_s);
    if (!vd_conflict_add(s, &found)) return;
  }
}

static void check_clearance(vd_scheduling *s, int32_t index) {
  const vd_outing *outing = &s->outings[index];
  bool refused = outing->clearance == VD_CLEARANCE_REFUSED;
  if (!refused && outing->clearance != VD_CLEARANCE_REQUESTED) return;
  vd_conflict found = breach_of(outing, index, refused ? VD_CONFLICT_REFUSED : VD_CONFLICT_CLEARANCE);
  found.text =
      refused
          ? vd_str_printf(s->arena, _("“%s” is planned although its clearance was refused."), outing->name)
          : vd_str_printf(s->arena, _("“%s” has asked for clearance; it is not granted."), outing->name);
  vd_conflict_add(s, &found);
}

void vd_find_breaches(vd_scheduling *s) {
  passages *of = VD_NEW_ARRAY(s->scratch, passages, s->model->n_beats + 1);
  bool *known = VD_NEW_ARRAY(s->scratch, bool, s->model->n_beats + 1);
  for (size_t i = 0; i < s->n && !s->conflicts_cut; i++) {
    int32_t b = s->beats[i];
    if (!vd_outing_ruled(&s->outings[i]) || !s->outings[i].in_window) continue;
    if (!known[b]) {
      of[b].items = vd_beat_passages(s->model, s->scratch, &s->model->beats[b], false, &of[b].n);
      known[b] = true;
    }
    check_legs(s, (int32_t)i);
    check_duty(s, (int32_t)i);
    check_curfew(s, (int32_t)i);
    check_passages(s, (int32_t)i, &of[b]);
    check_clearance(s, (int32_t)i);
  }
}
