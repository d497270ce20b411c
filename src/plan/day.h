/* day: local days by number, for rules that recur by the calendar.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_PLAN_DAY_H
#define VEDETTE_SRC_PLAN_DAY_H

#include <stdint.h>

/* The years 1000 to 10000: what a time in a plan can be. */
#define VD_FIRST_TIME_S INT64_C(-30610224000)
#define VD_END_OF_TIME_S INT64_C(253402300800)

static inline int64_t vd_floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

/* Of a day counted from 1 January 1970, a Thursday; Monday is 0. */
static inline int vd_weekday_of(int64_t day) {
  return (int)(((day + 3) % 7 + 7) % 7);
}

#endif
