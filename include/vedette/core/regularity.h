/* regularity: whether events come more regularly than chance would have them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two tests, each against events that fall anywhere in time, independently. Several on one local day are one for them: what
 * follows from another report of the same day is no habit.
 *
 * - Weekdays: are some preferred? With c_d events on weekday d, the statistic is the sum of c_d squared, Pearson's chi-squared but
 *   for a constant (Pearson 1900, Phil. Mag. 50:157). Up to VD_REGULARITY_EXACT events its distribution under the multinomial with
 *   seven equal chances is worked out exactly; beyond, chi-squared with 6 degrees of freedom. It finds a habit of one weekday or
 *   of several.
 * - Intervals: are they too even? The statistic is the sum of squared shares of the time between the first and the last event
 *   (Greenwood 1946, J. R. Stat. Soc. 109:85; Moran 1947, J. R. Stat. Soc. B 9:92). Between them the others of a Poisson process
 *   are uniform, so that the shares are those of uniform spacings, whose statistic is drawn VD_REGULARITY_DRAWS times by a
 *   fixed generator: p = (1 + draws at most as large) / (1 + draws) (Davison and Hinkley 1997, section 4.2).
 *
 * Two tests are made, so an answer at VD_REGULARITY_ALPHA asks each for half of it (Bonferroni). Hours of the day are told but not
 * tested: nobody is out at all hours, so that they are never uniform. */
#ifndef VEDETTE_CORE_REGULARITY_H
#define VEDETTE_CORE_REGULARITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"

enum {
  VD_REGULARITY_EXACT = 30,
  VD_REGULARITY_DRAWS = 1999,
  VD_REGULARITY_LEAST = 5 /* fewer events are too few to tell */
};
#define VD_REGULARITY_ALPHA 0.05

/* What chance would do, worked out once a count; one thread at a time. In the arena. */
typedef struct vd_chance vd_chance;
vd_chance *vd_chance_new(vd_arena *arena);

typedef enum vd_regular {
  VD_REGULAR_TOO_FEW,
  VD_REGULAR_NOT, /* no more regular than chance would have it */
  VD_REGULAR_WEEKDAYS,
  VD_REGULAR_INTERVALS,
  VD_REGULAR_BOTH,
  VD_REGULAR_COUNT
} vd_regular;

typedef struct vd_regularity {
  size_t n, n_days;      /* events; local days on which there were some */
  int32_t by_weekday[7]; /* such days, Monday first */
  int32_t by_hour[24];   /* of the local day */
  int32_t weekday;       /* with most such days, the first of several; -1 none */
  double median_interval_d,
      longest_interval_d; /* from the first of a day to that of the next; NaN below two days */
  double mean_hour;       /* circular, 0 to 24; NaN where it is undefined */
  double
      hour_concentration; /* mean resultant length, 0 spread evenly to 1 all at one hour (Fisher 1993, section 2.3) */
  double weekday_p, interval_p; /* NaN: too few, or all at one time */
  vd_regular regular;
} vd_regularity;
/* `times_s` ascending. */
vd_regularity vd_regularity_of(vd_chance *chance, const int64_t *times_s, size_t n, int32_t utc_offset_s);

/* Probability that chance gives a statistic at least as large as these counts of weekdays have; 1 when all are 0. */
double vd_weekday_p(vd_chance *chance, const int32_t by_weekday[7]);
/* Probability that chance gives intervals at least as even as these n; NaN when n < 2 or their sum is 0. */
double vd_interval_p(vd_chance *chance, const double *intervals, size_t n);

#endif
