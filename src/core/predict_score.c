/* predict_score: how much better than the base rate simple forecasters foretell presence.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "vedette/core/predict.h"

enum { LONGEST_LAG = 28 /* days */, WEEKDAYS = 7 };

/* How often there was presence among n. */
typedef struct tally {
  int32_t n, present;
} tally;

static void count(tally *t, uint8_t present) {
  t->n++, t->present += present;
}

/* Drawn to the base rate with the weight of one observation. */
static double chance(const tally *t, double base) {
  return (t->present + base) / (t->n + 1);
}

static double squared(double forecast, uint8_t present) {
  double miss = forecast - present;
  return miss * miss;
}

/* Blocks of some hours, 1 where somebody is there in any of them, and what was learnt of those before. */
typedef struct learning {
  const uint8_t *blocks;
  int32_t per_day;
  tally all, *of_week, *of_day, weekday[WEEKDAYS];
  tally lag[LONGEST_LAG + 1][2]; /* by days, and by what was there so many days before */
} learning;

/* Sums of squared misses. */
typedef struct misses {
  double base, of_week, of_day, weekday, lag;
} misses;

static void learn(learning *l, int32_t from, int32_t to) {
  for (int32_t t = from; t < to; t++) {
    uint8_t present = l->blocks[t];
    count(&l->all, present);
    count(&l->of_week[t % (WEEKDAYS * l->per_day)], present);
    count(&l->of_day[t % l->per_day], present);
    count(&l->weekday[t / l->per_day % WEEKDAYS], present);
    for (int32_t lag = 1; lag <= LONGEST_LAG && lag * l->per_day <= t; lag++)
      count(&l->lag[lag][l->blocks[t - lag * l->per_day]], present);
  }
}

/* What a forecast by the tally misses of what it was learnt from, beside the base rate's misses. */
static double missed_in(const tally *t, double base) {
  double p = chance(t, base), absent = t->n - t->present;
  return t->present * ((1 - p) * (1 - p) - (1 - base) * (1 - base)) + absent * (p * p - base * base);
}

/* The lag that would have done best so far, for each block that it tells of. */
static int32_t best_lag(const learning *l, int32_t seen, double base) {
  double least = INFINITY;
  int32_t best = 1;
  for (int32_t lag = 1; lag <= LONGEST_LAG && 2 * lag * l->per_day <= seen; lag++) {
    const tally *t = l->lag[lag];
    double missed = (missed_in(&t[0], base) + missed_in(&t[1], base)) / (t[0].n + t[1].n);
    if (missed < least - 1e-12) least = missed, best = lag;
  }
  return best;
}

static void foretell(const learning *l, int32_t from, int32_t to, misses *m) {
  double base = (double)l->all.present / l->all.n;
  int32_t lag = best_lag(l, from, base);
  for (int32_t t = from; t < to; t++) {
    uint8_t present = l->blocks[t];
    m->base += squared(base, present);
    m->of_week += squared(chance(&l->of_week[t % (WEEKDAYS * l->per_day)], base), present);
    m->of_day += squared(chance(&l->of_day[t % l->per_day], base), present);
    m->weekday += squared(chance(&l->weekday[t / l->per_day % WEEKDAYS], base), present);
    m->lag += squared(chance(&l->lag[lag][l->blocks[t - lag * l->per_day]], base), present);
  }
}

static bool varies(const uint8_t *blocks, int32_t from, int32_t to) {
  for (int32_t t = from + 1; t < to; t++)
    if (blocks[t] != blocks[from]) return true;
  return false;
}

/* Skill in blocks of so many hours; NaN when the weeks to foretell hold only presence or only absence. */
static double skill_in(vd_arena *scratch, const uint8_t *hours, int32_t weeks, int32_t block_h) {
  int32_t per_day = 24 / block_h, per_week = WEEKDAYS * per_day, n = weeks * per_week;
  uint8_t *blocks = VD_NEW_ARRAY(scratch, uint8_t, n);
  for (int32_t h = 0; h < weeks * VD_WEEK_H; h++) blocks[h / block_h] |= hours[h];
  int32_t half = (weeks + 1) / 2;
  if (!varies(blocks, half * per_week, n)) return NAN;
  learning l = {.blocks = blocks,
                .per_day = per_day,
                .of_week = VD_NEW_ARRAY(scratch, tally, per_week),
                .of_day = VD_NEW_ARRAY(scratch, tally, per_day)};
  misses m = {0};
  learn(&l, 0, half * per_week);
  for (int32_t w = half; w < weeks; w++) {
    foretell(&l, w * per_week, (w + 1) * per_week, &m);
    learn(&l, w * per_week, (w + 1) * per_week);
  }
  double least = fmin(fmin(m.of_week, m.of_day), fmin(m.weekday, m.lag));
  return fmax(0, 1 - least / m.base);
}

double vd_predict_score(vd_arena *scratch, const uint8_t *hours, int32_t weeks) {
  static const int32_t lengths_h[] = {1, 6, 24};
  double sum = 0;
  int n = 0;
  for (size_t i = 0; i < sizeof lengths_h / sizeof *lengths_h; i++) {
    double skill = skill_in(scratch, hours, weeks, lengths_h[i]);
    if (isnan(skill)) continue;
    sum += skill, n++;
  }
  if (n > 0) return sum / n;
  /* Always there in the weeks to foretell: no absence is foretold. Never there any more: that is not known to last. */
  return hours[weeks * VD_WEEK_H - 1] ? 0 : NAN;
}
