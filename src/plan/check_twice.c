/* check_twice: records that tell the same, and stops out of order.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/checker.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* What a record of these kinds is known by. */
typedef struct event {
  const char *reference, *word;
  int64_t from_s;
  const vd_geom *geom;
  int32_t index;
} event;

static event event_of(const vd_checker *to, size_t i) {
  const vd_record *record = vd_plan_at(to->plan, to->kind, i);
  event made = {.geom = record->geom, .index = (int32_t)i};
  if (to->kind == VD_KIND_INCIDENT) {
    const vd_incident *incident = (const vd_incident *)record;
    made.reference = incident->reference, made.word = incident->incident_type, made.from_s = incident->from_s;
  } else {
    const vd_restriction *restriction = (const vd_restriction *)record;
    made.reference = restriction->reference, made.word = restriction->code, made.from_s = restriction->from_s;
  }
  return made;
}

static int by_text(const char *a, const char *b) {
  return strcmp(a ? a : "", b ? b : "");
}

static int by_reference(const event *a, const event *b) {
  return by_text(a->reference, b->reference);
}

static int by_event(const event *a, const event *b) {
  if (a->from_s != b->from_s) return a->from_s < b->from_s ? -1 : 1;
  for (int i = 0; i < 2; i++)
    if (a->geom->xy[i] != b->geom->xy[i]) return a->geom->xy[i] < b->geom->xy[i] ? -1 : 1;
  return by_text(a->word, b->word);
}

static int compare_references(const void *a, const void *b) {
  int order = by_reference(a, b);
  return order ? order : ((const event *)a)->index - ((const event *)b)->index;
}

static int compare_events(const void *a, const void *b) {
  int order = by_event(a, b);
  return order ? order : ((const event *)a)->index - ((const event *)b)->index;
}

/* Of each the first of those like it that stands before it. */
static void mark_alike(const event *sorted, size_t n, int (*order)(const event *, const event *),
                       int32_t *first) {
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && order(&sorted[i], &sorted[end]) == 0; end++)
      first[sorted[end].index] = sorted[i].index;
  }
}

static int32_t *nobody(vd_arena *arena, size_t n) {
  int32_t *first = VD_NEW_ARRAY(arena, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) first[i] = -1;
  return first;
}

static void compare_events_of_kind(vd_checker *to) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n = vd_plan_count(to->plan, to->kind), n_told = 0;
  event *told = VD_NEW_ARRAY(scratch, event, n + 1);
  to->same_reference = nobody(to->arena, n), to->same_event = nobody(to->arena, n);
  for (size_t i = 0; i < n; i++) {
    event at = event_of(to, i);
    if (at.reference && *at.reference) told[n_told++] = at;
  }
  qsort(told, n_told, sizeof *told, compare_references);
  mark_alike(told, n_told, by_reference, to->same_reference);
  n_told = 0;
  for (size_t i = 0; i < n; i++) {
    event at = event_of(to, i);
    if (at.from_s != VD_TIME_MIN && !vd_geom_empty(at.geom)) told[n_told++] = at;
  }
  qsort(told, n_told, sizeof *told, compare_events);
  mark_alike(told, n_told, by_event, to->same_event);
}

/* ---- stops ---- */

typedef struct place {
  const vd_stop *stop;
  int32_t index;
} place;

static int compare_places(const void *a, const void *b) {
  const place *x = a, *y = b;
  int by_patrol = strcmp(x->stop->patrol, y->stop->patrol);
  if (by_patrol != 0) return by_patrol;
  if (x->stop->sequence != y->stop->sequence) return x->stop->sequence < y->stop->sequence ? -1 : 1;
  return strcmp(x->stop->record.id, y->stop->record.id);
}

static void order_stops(vd_checker *to) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n = vd_plan_count(to->plan, VD_KIND_STOP), n_placed = 0;
  place *placed = VD_NEW_ARRAY(scratch, place, n + 1);
  to->stop_before = nobody(to->arena, n);
  VD_EACH(to->plan, VD_KIND_STOP, vd_stop, stop) {
    if (stop->patrol) placed[n_placed++] = (place){stop, (int32_t)stop_i};
  }
  qsort(placed, n_placed, sizeof *placed, compare_places);
  for (size_t i = 1; i < n_placed; i++)
    if (strcmp(placed[i - 1].stop->patrol, placed[i].stop->patrol) == 0)
      to->stop_before[placed[i].index] = placed[i - 1].index;
}

void vd_check_compare(vd_checker *to) {
  to->same_reference = to->same_event = to->stop_before = NULL;
  if (to->kind == VD_KIND_INCIDENT || to->kind == VD_KIND_RESTRICTION) compare_events_of_kind(to);
  if (to->kind == VD_KIND_STOP) order_stops(to);
}

/* ---- what came of it ---- */

static const char *label_of(const vd_checker *to, int32_t index) {
  return vd_record_label(to->arena, to->kind, vd_plan_at(to->plan, to->kind, (size_t)index));
}

static void check_stop(vd_checker *to) {
  int32_t before = to->stop_before[to->at];
  if (before < 0) return;
  const vd_stop *stop = (const vd_stop *)to->record,
                *last = vd_plan_at(to->plan, VD_KIND_STOP, (size_t)before);
  if (stop->sequence == last->sequence)
    to->find(to, VD_WARNING, _("Another stop of its patrol has the same place in it. Number them anew."));
  double left_min = isnan(last->depart_min) ? last->arrive_min : last->depart_min;
  double here_min = isnan(stop->arrive_min) ? stop->depart_min : stop->arrive_min;
  if (here_min < left_min)
    to->find(to, VD_ERROR,
             _("It is reached before the stop before it is left: time goes back. Correct one of the two."));
}

void vd_check_twice(vd_checker *to) {
  if (to->stop_before) check_stop(to);
  if (!to->same_reference) return;
  int32_t reference = to->same_reference[to->at], twin = to->same_event[to->at];
  if (reference >= 0)
    to->find(to, VD_WARNING,
             _("Its reference is that of “%s” too. Correct one of them, or remove what is told twice."),
             label_of(to, reference));
  if (twin >= 0 && twin != reference)
    to->find(to, VD_NOTE, _("It has the time, the place and the type of “%s”. Is it told twice?"),
             label_of(to, twin));
}
