/* study_legs: where a patrol of a random plan is, from where it answers, and what holds it up, straight from the definitions.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_STUDY_LEGS_H
#define VEDETTE_TESTS_STUDY_LEGS_H

#include "study_random.h"

#include "vedette/core/travel.h"
#include "vedette/study/landscape.h"

typedef struct leg_point {
  double x, y, t_s;
  bool lost; /* where it was since the point before is not known */
} leg_point;

/* What a restriction does to one responder, straight from the manual. */
static inline vd_travel_effect effect_of(const fx *f, const vd_restriction *r, bool escorted) {
  vd_travel_effect effect = {(vd_effect)r->effect, r->slow_factor, (uint32_t)(r->delay_min * 60e3), NULL};
  const char *standard = NULL;
  if (r->effect == VD_EFFECT_ESCORT) {
    effect.effect = escorted ? VD_EFFECT_NONE : VD_EFFECT_DELAY;
    standard = "escort_delay";
  } else if (r->obstacle && strncmp(r->obstacle, "checkpoint", 10) == 0) {
    standard =
        strcmp(r->obstacle, "checkpoint_official") == 0 ? "checkpoint_delay" : "checkpoint_unofficial_delay";
  }
  if (r->delay_min == 0 && standard)
    effect.delay_ms = (uint32_t)(vd_standard_value(f->plan, standard) * 60e3);
  return effect;
}

static inline int points_of_track(const vd_landscape *land, const vd_patrol *patrol, leg_point points[16]) {
  const vd_geom *line = patrol->record.geom;
  const char *text = patrol->track_s;
  double t_s = 0;
  for (int i = 0; i < line->n_points; i++) {
    char *end;
    double xy[2];
    t_s += strtod(text, &end);
    text = end;
    vd_landscape_to_plane(land, line->xy + 2 * (size_t)i, xy, 1);
    points[i] = (leg_point){xy[0], xy[1], t_s, false};
  }
  for (int part = 1; part < line->n_parts; part++) points[line->part_start[part]].lost = true;
  return line->n_points;
}

static inline int legs_of(const fx *f, const vd_landscape *land, const vd_patrol *patrol,
                          leg_point points[16]) {
  if (patrol->track_s) return points_of_track(land, patrol, points);
  int n = 0;
  for (int sequence = 0; sequence < 4; sequence++) {
    VD_EACH(f->plan, VD_KIND_STOP, vd_stop, stop) {
      if (strcmp(stop->patrol, patrol->record.id) != 0 || stop->sequence != sequence) continue;
      double xy[2];
      vd_landscape_to_plane(land, stop->record.geom->xy, xy, 1);
      points[n++] = (leg_point){xy[0], xy[1], stop->arrive_min * 60, false};
      points[n++] = (leg_point){xy[0], xy[1], stop->depart_min * 60, false};
    }
  }
  return n;
}

static inline bool leg_moves(const leg_point *p) {
  return !p[1].lost && (p->x < p[1].x || p->x > p[1].x || p->y < p[1].y || p->y > p[1].y);
}

static inline leg_point leg_point_at(const leg_point *p, double t_s) {
  while (p[1].t_s < t_s) p++;
  double lasts = p[1].t_s - p->t_s, u = lasts > 0 ? (t_s - p->t_s) / lasts : 1;
  return (leg_point){p->x + u * (p[1].x - p->x), p->y + u * (p[1].y - p->y), t_s, false};
}

/* On the way from one halt to the next: cut into the fewest equal parts of time no longer than the step, the patrol goes on to the
 * end of the one it is on, and that whole part is waited for. Where a track halts it answers at once. The place and the minutes of notice when it is
 * called `at_s` after its departure; of its stops another is told. */
static inline bool answers_on_the_way(const leg_point *points, int n, bool is_track, double step_s,
                                      double at_s, leg_point *from, double *notice_min) {
  for (int k = 0, end; k + 1 < n; k = end) {
    end = k + 1;
    const leg_point *p = &points[k];
    if (!leg_moves(p)) {
      *from = *p, *notice_min = 0;
      if (is_track && !p[1].lost && at_s >= p->t_s && at_s < p[1].t_s) return true;
      continue;
    }
    while (end + 1 < n && leg_moves(&points[end])) end++;
    double lasts = points[end].t_s - p->t_s;
    if (at_s < p->t_s || at_s >= points[end].t_s || step_s <= 0) continue;
    int parts = 1, part = 0;
    while (lasts / parts > step_s) parts++;
    while (at_s >= p->t_s + floor(lasts * (part + 1) / parts)) part++;
    double begins = floor(lasts * part / parts), ends = floor(lasts * (part + 1) / parts);
    *from = leg_point_at(p, p->t_s + ends), *notice_min = (ends - begins) / 60;
    return true;
  }
  return false;
}

#endif
