/* register_group: the reports of a period counted by what they have in common.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/register.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct keyed { /* a report under what it is counted by */
  const char *name;
  int32_t index;
  const vd_register_entry *entry;
} keyed;
typedef keyed key_of(const vd_registering *r, const vd_register_entry *entry);

static int compare_keys(const void *a, const void *b) {
  const keyed *x = a, *y = b;
  int by_name = strcmp(x->name, y->name);
  if (by_name != 0) return by_name;
  if (x->index != y->index) return x->index < y->index ? -1 : 1;
  return (x->entry > y->entry) - (x->entry < y->entry);
}

static vd_register_group new_group(const char *name, int32_t index) {
  return (vd_register_group){
      .name = name, .index = index, .planned = -1, .first_s = VD_TIME_MIN, .last_s = VD_TIME_MIN};
}

static void count_entry(const vd_registering *r, vd_register_group *g, const vd_register_entry *e) {
  const vd_restriction *record = e->record;
  g->n++;
  g->n_denials += e->denial == VD_DENIAL_YES;
  g->n_maybe += e->denial == VD_DENIAL_UNKNOWN;
  g->n_physical += e->physical;
  g->n_sofa += record->sofa == 1;
  g->n_protested += vd_restriction_is_protested(record);
  g->n_open += record->resolved_s >= r->out->to_s;
  if (record->hours_lost >= 0)
    g->hours_lost += record->hours_lost, g->n_hours++;
  else
    g->n_hours_unknown++;
  if (e->begin_s == VD_TIME_MIN) return;
  if (g->first_s == VD_TIME_MIN || e->begin_s < g->first_s) g->first_s = e->begin_s;
  if (e->begin_s > g->last_s) g->last_s = e->begin_s;
}

static int compare_groups(const void *a, const void *b) {
  const vd_register_group *x = a, *y = b;
  if (x->n != y->n) return x->n > y->n ? -1 : 1;
  int by_name = strcmp(x->name, y->name);
  return by_name != 0 ? by_name : (x->index > y->index) - (x->index < y->index);
}

static int compare_indices(const void *a, const void *b) {
  const vd_register_group *x = a, *y = b;
  return (x->index > y->index) - (x->index < y->index);
}

static vd_register_groups group_by(const vd_registering *r, key_of *key) {
  const vd_register *out = r->out;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  keyed *keys = VD_NEW_ARRAY(scratch, keyed, out->n + 1);
  for (size_t i = 0; i < out->n; i++) keys[i] = key(r, &out->entries[i]);
  if (out->n > 1) qsort(keys, out->n, sizeof *keys, compare_keys);
  vd_register_groups groups = {0};
  size_t capacity = 0;
  for (size_t i = 0; i < out->n; i++) {
    bool same = i > 0 && strcmp(keys[i].name, keys[i - 1].name) == 0 && keys[i].index == keys[i - 1].index;
    if (!same) *VD_PUSH(r->arena, groups.items, groups.n, capacity) = new_group(keys[i].name, keys[i].index);
    count_entry(r, &groups.items[groups.n - 1], keys[i].entry);
  }
  if (groups.n > 1) qsort(groups.items, groups.n, sizeof *groups.items, compare_groups);
  return groups;
}

/* ---- by what ---- */

static keyed by_actor(const vd_registering *r, const vd_register_entry *e) {
  (void)r;
  return (keyed){e->actor, -1, e};
}
static keyed by_place(const vd_registering *r, const vd_register_entry *e) {
  return (keyed){e->place >= 0 ? r->out->places[e->place].name : "", e->place, e};
}
static keyed by_code(const vd_registering *r, const vd_register_entry *e) {
  (void)r;
  return (keyed){e->record->code ? e->record->code : "", -1, e};
}
static keyed by_month(const vd_registering *r, const vd_register_entry *e) {
  if (e->begin_s == VD_TIME_MIN) return (keyed){"", -1, e};
  vd_civil day = vd_civil_from_s(e->begin_s, r->utc_offset_s);
  return (keyed){"", day.year * 12 + day.month - 1, e};
}

/* One group for each index, also where there are no reports but departures. */
static vd_register_groups group_all(const vd_registering *r, const int64_t *planned, int32_t n,
                                    bool of_mode) {
  vd_register_groups groups = {VD_NEW_ARRAY(r->arena, vd_register_group, n + 1), 0};
  for (int32_t k = 0; k < n; k++) {
    vd_register_group g = new_group("", of_mode || k < n - 1 ? k : -1);
    g.planned = planned[k];
    for (size_t i = 0; i < r->out->n; i++) {
      const vd_register_entry *e = &r->out->entries[i];
      if ((of_mode ? (int32_t)e->mode : e->component) == g.index) count_entry(r, &g, e);
    }
    if (g.n > 0 || g.planned > 0) groups.items[groups.n++] = g;
  }
  return groups;
}

/* ---- movements planned ---- */

/* Those of the mission and of humanitarian actors, and of patrols that name no actor: whose movement the register is about. */
static bool is_ours(const vd_plan *plan, const vd_patrol *patrol, int32_t *kind) {
  const vd_actor *actor =
      patrol->actor && *patrol->actor ? vd_plan_find(plan, VD_KIND_ACTOR, patrol->actor) : NULL;
  *kind = actor ? actor->kind : -1;
  return !actor || actor->kind == VD_ACTOR_UN_MILITARY || actor->kind == VD_ACTOR_UN_POLICE ||
         actor->kind == VD_ACTOR_CIVILIAN || actor->kind == VD_ACTOR_HUMANITARIAN;
}

/* What was cancelled is not counted, and what carried out a planned patrol is that patrol's departure. */
static bool was_planned(const vd_patrol *patrol) {
  return patrol->state != VD_CANCELLED && !(patrol->executes && *patrol->executes);
}

static vd_status departures_of(const vd_registering *r, const vd_patrol *patrol, int64_t *n) {
  const vd_register *out = r->out;
  int64_t *starts;
  size_t n_starts = 0;
  *n = 0;
  if (patrol->from_s == VD_TIME_MIN || patrol->from_s >= out->to_s) return VD_OK;
  if (!patrol->recurrence || !*patrol->recurrence) {
    *n = patrol->from_s >= out->from_s;
    return VD_OK;
  }
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_status status = vd_register_starts(r, scratch, patrol, out->from_s, out->to_s, &starts, &n_starts);
  *n = (int64_t)n_starts;
  if (status == VD_OK) return VD_OK;
  return vd_fail_prefix(status, _("Patrol %s"), vd_record_label(scratch, VD_KIND_PATROL, patrol));
}

static vd_mode mode_of_vehicle(int32_t vehicle) {
  return vehicle == VD_HELICOPTER ? VD_MODE_AIR : vehicle == VD_BOAT ? VD_MODE_RIVER : VD_MODE_LAND;
}

static vd_status count_planned(const vd_registering *r, int64_t by_mode[VD_MODE_COUNT],
                               int64_t by_kind[VD_ACTOR_KIND_COUNT + 1]) {
  VD_EACH(r->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    int32_t kind;
    int64_t n;
    if (!was_planned(patrol) || !is_ours(r->plan, patrol, &kind)) continue;
    VD_TRY(departures_of(r, patrol, &n));
    by_mode[mode_of_vehicle(patrol->vehicle)] += n;
    by_kind[kind < 0 ? VD_ACTOR_KIND_COUNT : kind] += n;
  }
  return VD_OK;
}

/* ---- all ---- */

vd_status vd_register_group_entries(vd_registering *r) {
  vd_register *out = r->out;
  int64_t modes[VD_MODE_COUNT] = {0}, kinds[VD_ACTOR_KIND_COUNT + 1] = {0};
  VD_TRY(count_planned(r, modes, kinds));
  out->total = new_group("", -1);
  out->total.planned = 0;
  for (int m = 0; m < VD_MODE_COUNT; m++) out->total.planned += modes[m];
  for (size_t i = 0; i < out->n; i++) {
    const vd_register_entry *e = &out->entries[i];
    count_entry(r, &out->total, e);
    if (e->record->sofa != 1) continue;
    out->n_sofa_host += e->responsible == VD_ACTOR_HOST_STATE;
    out->n_sofa_unknown += e->responsible < 0;
    out->n_sofa_protested += vd_restriction_is_protested(e->record);
    out->n_sofa_open += e->record->resolved_s >= out->to_s;
  }
  out->by_actor = group_by(r, by_actor);
  out->by_place = group_by(r, by_place);
  out->by_code = group_by(r, by_code);
  out->by_month = group_by(r, by_month);
  if (out->by_month.n > 1)
    qsort(out->by_month.items, out->by_month.n, sizeof *out->by_month.items, compare_indices);
  out->by_mode = group_all(r, modes, VD_MODE_COUNT, true);
  out->by_component = group_all(r, kinds, VD_ACTOR_KIND_COUNT + 1, false);
  return VD_OK;
}
