/* coverage: how cover goes through the week and the window - of all, of gaps, threat areas, settlements and single places.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything is exact, from the spans in which a cell's state stays the same; nothing is sampled. Person-time is people
 * times threat-active time. */
#ifndef VEDETTE_STUDY_COVERAGE_H
#define VEDETTE_STUDY_COVERAGE_H

#include "vedette/study/study.h"

enum { VD_WEEK_HOURS = 168 };

/* Parts of the window, all local. Day and night are the standards' day.from and day.to. A market day is one of the days of
 * the nearest market whose days are known; all other days are OTHER. Both have nothing when no market's days are known. */
typedef enum vd_when {
  VD_WHEN_ALL,
  VD_WHEN_DAY,
  VD_WHEN_NIGHT,
  VD_WHEN_MARKET,
  VD_WHEN_OTHER,
  VD_WHEN_COUNT
} vd_when;

/* A gap in time is a stretch in which a cell is under threat and not covered throughout: it ends when the cell is covered
 * or nothing threatens it any more. Of several cells, longest and number are those of the cell with the longest one. */
typedef struct vd_cover {
  double people;                                  /* under threat at some time of the window */
  double by_state[VD_WHEN_COUNT][VD_STATE_COUNT]; /* person-hours under threat; VD_STATE_NONE stays 0 */
  float ribbon
      [VD_WEEK_HOURS]; /* hours of the local week, Monday 00:00 first: share of person-time covered; -1 no threat then */
  double gap_hours; /* not covered: of a cell; of several, the mean over their people. NaN without people */
  double longest_gap_h;   /* 0 none */
  int64_t longest_from_s; /* VD_TIME_MIN none */
  int32_t n_gaps;
} vd_cover;
double vd_cover_hours(const vd_cover *cover, vd_when when); /* person-hours under threat */
double vd_cover_share(const vd_cover *cover, vd_when when); /* covered of them, NaN none */

typedef struct vd_cover_place { /* a settlement that stands in a cell under threat in which people live */
  const char *id, *name;
  double lon_deg, lat_deg;
  uint8_t priority; /* highest of the window, vd_priority */
  int32_t gap;      /* index in the study's gaps, -1 */
  vd_cover cover;   /* of its cell */
} vd_cover_place;

typedef struct vd_coverage {
  vd_cover all;
  vd_cover *gaps; /* of the study's gaps */
  size_t n_gaps;
  vd_cover *threats; /* of the plan's threat areas, each over the time in which it is active itself */
  size_t n_threats;
  vd_cover_place *places; /* by person-hours not covered, then by name */
  size_t n_places;
  int64_t n_unpeopled; /* settlements under threat in whose cell nobody lives: not among the places */
  int64_t n_markets, n_markets_unknown; /* markets; those of them whose days are not known */
} vd_coverage;

/* Of a finished study; `plan` is the one it ran on. Same result on any number of threads. VD_ERR_CANCELLED. */
vd_status vd_study_coverage(const vd_study *study, const vd_plan *plan, vd_jobs *jobs,
                            const vd_progress *progress, vd_arena *arena, vd_coverage **out);
/* Of the cell that holds a place, or of one gap. False when it is not under threat or nobody lives there. */
bool vd_study_cover_place(const vd_study *study, const vd_plan *plan, double lon_deg, double lat_deg,
                          vd_cover *out);
bool vd_study_cover_gap(const vd_study *study, const vd_plan *plan, int32_t gap, vd_cover *out);

#endif
