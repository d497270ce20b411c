/* restriction_facts: what is told of one restriction.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report/restrictions.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/report/facts.h"

typedef struct listing {
  vd_arena *arena;
  const vd_plan *plan;
  int32_t offset_s;
  vd_fact *facts;
  size_t n, capacity;
} listing;

static void add(listing *l, const char *label, const char *value) {
  if (value && *value) *VD_PUSH(l->arena, l->facts, l->n, l->capacity) = (vd_fact){label, value};
}

static void add_time(listing *l, const char *label, int64_t time_s) {
  add(l, label, vd_time_text(l->arena, time_s, l->offset_s));
}

static const char *name_of(const listing *l, vd_kind kind, const char *id) {
  const vd_record *record = id && *id ? vd_plan_find(l->plan, kind, id) : NULL;
  return record ? vd_record_label(l->arena, kind, record) : id;
}

const char *vd_plain_words(vd_arena *arena, const char *word) {
  if (!word) return "";
  char *text = vd_str_dup(arena, word);
  for (char *c = text; *c; c++)
    if (*c == '_') *c = ' ';
  return text;
}

const char *vd_road_state_text(vd_arena *arena, const vd_plan *plan, const vd_restriction *r,
                               int64_t time_s) {
  if (!r->road_state || !*r->road_state) return "";
  bool expired = vd_restriction_unknown_from_s(plan, r) < time_s && !vd_str_equal(r->road_state, "unknown");
  const char *state = vd_plain_words(arena, r->road_state);
  return expired ? vd_str_printf(arena, _("unknown, was %s"), state) : state;
}

static const char *effect_text(const listing *l, const vd_restriction *r) {
  const char *effect = vd_terms_label(&vd_effect_terms, r->effect);
  double delay = vd_restriction_delay_min(l->plan, r);
  if ((r->effect == VD_EFFECT_DELAY || r->effect == VD_EFFECT_ESCORT) && delay > 0)
    return vd_str_printf(l->arena, "%s, %s", effect, vd_duration_text(l->arena, 60 * delay));
  if (r->effect == VD_EFFECT_SLOW) return vd_str_printf(l->arena, "%s, × %.1f", effect, r->slow_factor);
  return effect;
}

static void add_movement(listing *l, const vd_restriction *r) {
  add(l, _("Kind"), vd_restriction_code_label(r->code));
  add(l, _("Effect"), effect_text(l, r));
  add(l, _("Mode"), vd_mode_label(vd_restriction_mode(r)));
  add_time(l, _("From"), vd_restriction_begin_s(r));
  int64_t end_s = vd_restriction_end_s(r);
  add(l, _("To"), end_s == VD_TIME_MAX ? _("open") : vd_time_text(l->arena, end_s, l->offset_s));
  add(l, _("Road"), vd_road_state_text(l->arena, l->plan, r, vd_plan_info_lookup(l->plan)->to_s));
  add(l, _("Obstacle"), vd_plain_words(l->arena, r->obstacle));
}

static void add_report(listing *l, const vd_restriction *r) {
  add(l, _("Responsible"), name_of(l, VD_KIND_ACTOR, r->actor_responsible));
  add(l, _("Cause"), r->cause);
  add(l, _("Demand"), r->demand);
  add(l, _("Held up"), name_of(l, VD_KIND_ACTOR, r->actor));
  add(l, _("Patrol"), name_of(l, VD_KIND_PATROL, r->patrol));
  if (r->clearance != VD_CLEARANCE_UNKNOWN)
    add(l, _("Clearance"), vd_terms_label(&vd_clearance_terms, r->clearance));
  add(l, _("Outcome"), r->outcome);
  if (r->hours_lost >= 0) add(l, _("Time lost"), vd_duration_text(l->arena, 3600 * r->hours_lost));
  if (r->severity != VD_UNKNOWN_INT)
    add(l, _("Severity"), vd_str_printf(l->arena, _("%d of 5"), (int)r->severity));
  if (r->amrf_type != VD_UNKNOWN_INT)
    add(l, _("AMRF type"), vd_str_printf(l->arena, "%d", (int)r->amrf_type));
}

static void add_follow_up(listing *l, const vd_restriction *r) {
  if (r->sofa == 1) add(l, _("Status of forces"), _("violation"));
  add(l, _("Reference"), r->reference);
  add(l, _("Protest"), r->protest_reference);
  add_time(l, _("Protested"), r->protest_s);
  add_time(l, _("Resolved"), r->resolved_s);
  if (r->precision_m > 0) add(l, _("Place known within"), vd_length_text(l->arena, r->precision_m));
}

static void add_cost(listing *l, const vd_study *study, const vd_restriction *r) {
  size_t n;
  if (!study || vd_study_is_quick(study)) return;
  const vd_loss *losses = vd_study_losses(study, &n);
  for (size_t i = 0; i < n; i++) {
    if (!vd_str_equal(losses[i].id, r->record.id)) continue;
    add(l, _("Person-hours it costs"), vd_count_text(l->arena, losses[i].person_hours));
    add(l, _("… in which help would come in time"), vd_count_text(l->arena, losses[i].in_time_person_hours));
  }
}

const vd_fact *vd_restriction_facts(vd_arena *arena, const vd_plan *plan, const vd_study *study,
                                    const vd_restriction *restriction, size_t *n) {
  listing l = {.arena = arena, .plan = plan, .offset_s = vd_plan_info_lookup(plan)->utc_offset_s};
  add_movement(&l, restriction);
  add_report(&l, restriction);
  add_cost(&l, study, restriction);
  add_follow_up(&l, restriction);
  *n = l.n;
  return l.facts;
}
