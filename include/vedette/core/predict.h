/* predict: how regular visits are, and how well a watcher foretells when nobody comes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A watcher has seen a place (or a unit's departures) for some whole weeks that end at a local midnight. All of this is of
 * local hours; a visit is present in every hour that it touches.
 *
 * Entropies tell how spread visits are: 0 all alike, 1 as even as can be. They carry the correction of G. A. Miller (Note on
 * the bias of information estimates, 1955), also called Miller-Madow: the plug-in entropy + (m - 1) / 2n of n observations
 * in m occupied bins. Of intervals, whole days between days with a visit, the most even is a geometric distribution of
 * the same mean M (visits without memory): M ln M - (M - 1) ln(M - 1).
 *
 * The foretold absence is the longest stretch of the week in which the watcher is sure enough that nobody will come next week:
 * with presence in k of the n weeks in which the stretch was watched whole, by the rule of succession (Laplace 1774) the chance
 * of nobody is (n - k + 1) / (n + 2); it must be at least his confidence.
 *
 * The score is how much better than the base rate simple forecasters foretell presence in weeks that they have not seen:
 * 1 - B / B0 of the Brier scores (G. W. Brier 1950) of the best of them and of the base rate of the weeks before. The second
 * half of the weeks is foretold, each week from all before it. Forecasters: the hour of the week, the hour of the day, the
 * weekday, and what was n days before (n to be found, at most half of what was seen), each drawn to the base rate with the
 * weight of one observation. This is done in hours, in six hours and in days; the score is the mean of those in which both
 * presence and absence occur, none counted below 0. So a visit at a fixed hour every third day scores high, a visit on
 * fixed days at any hour between, and any hour of any day nothing. */
#ifndef VEDETTE_CORE_PREDICT_H
#define VEDETTE_CORE_PREDICT_H

#include "vedette/core/presence.h"

enum {
  VD_PREDICT_LEAST_VISITS = 6, /* fewer are too few to tell */
  VD_PREDICT_LEAST_WEEKS = 4,
  VD_PREDICT_MOST_WEEKS = 260,
  VD_WEEK_H = 168
};

/* What was seen in the `weeks` whole weeks before the last local midnight at or before to_s. */
typedef struct vd_sightings {
  const vd_visit *visits; /* by enter_s; what lies outside of the weeks does not count; borrowed */
  size_t n;
  int64_t to_s;
  int32_t utc_offset_s, weeks;
} vd_sightings;

typedef struct vd_habit {
  int64_t n_visits; /* that begin in the weeks; those that overlap or touch are one */
  double hour_entropy, weekday_entropy, interval_entropy; /* 0-1; NaN too few */
  double score;                                           /* 0 random to 1 clockwork; NaN too few to tell */
  int32_t absent_from_h; /* hour of the local week, Monday 00:00 is 0, from which nobody is foretold ... */
  int32_t absent_h;      /* ... for so many hours, 0-168 */
  int32_t
      absent_weeks_seen; /* the weeks in which that stretch was watched whole, and in how many somebody came */
  int32_t absent_weeks_broken;
} vd_habit;

/* `weeks` from VD_PREDICT_LEAST_WEEKS to VD_PREDICT_MOST_WEEKS, `confidence` above 0 and below 1. Takes some 100 bytes an hour
 * of scratch. Deterministic. */
vd_habit vd_predict_habit(vd_arena *scratch, const vd_sightings *sightings, double confidence);

/* The parts of it. `hours` holds a byte, 0 or 1, for each of weeks * 168 local hours from a local midnight on. */
double vd_predict_score(vd_arena *scratch, const uint8_t *hours, int32_t weeks);
/* Fills absent_*; `first_h` is the hour of the week of hours[0]. */
void vd_predict_absence(vd_arena *scratch, const uint8_t *hours, int32_t weeks, int32_t first_h,
                        double confidence, vd_habit *habit);
/* The corrected entropy of counts in bins, in nats. */
double vd_predict_entropy(const int32_t *counts, size_t n_bins);

/* Whether there were enough visits to tell, and the grade of a score: 0 random (below 0.15), 1 loose (below 0.35), 2 habit (below
 * 0.6), 3 regular (below 0.85), 4 clockwork; -1 too few to tell. Grades are for words only. */
int vd_predict_grade(double score);

#endif
