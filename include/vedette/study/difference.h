/* difference: what changed in coverage from one study to another, cell by cell.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A cell counts as covered when "covered" is the state that lasts longest of its threat-active time (as the map shows it);
 * person-hours are counted exactly, by the hours of each cell. People, priority and threat area are those of the later study
 * where the cell is under threat there, else of the earlier. Both must have the same grid and window. */
#ifndef VEDETTE_STUDY_DIFFERENCE_H
#define VEDETTE_STUDY_DIFFERENCE_H

#include "vedette/study/study.h"

typedef enum vd_cover_change {
  VD_COVER_NONE,   /* no people under threat in either */
  VD_COVER_STILL,  /* covered before and after */
  VD_COVER_GAINED, /* newly covered */
  VD_COVER_LOST,   /* newly not covered */
  VD_COVER_LACKED, /* not covered, before or after */
  VD_COVER_NEW,    /* under threat only in the later study */
  VD_COVER_GONE,   /* under threat only in the earlier study */
  VD_COVER_COUNT
} vd_cover_change;
extern const vd_terms vd_cover_terms; /* "still_covered", "newly_covered", ... with labels */

typedef struct vd_cover_cell {
  int32_t cell;
  float people;
  uint8_t priority, cover; /* vd_cover_change */
  uint8_t before, after;   /* vd_state; VD_STATE_NONE: not under threat */
  int32_t threat_after;    /* index among the later plan's threat areas, -1 when not under threat there */
  double covered_before_h, covered_after_h;
  double threat_before_h, threat_after_h;
} vd_cover_cell;

typedef struct vd_cover_sums {
  int64_t cells[VD_COVER_COUNT];
  double people[VD_COVER_COUNT];
  double threat_before, threat_after;   /* person-hours under threat */
  double covered_before, covered_after; /* of these, covered */
  double gained,
      lost; /* person-hours covered more in some cells, and less in others; their difference is the two above's */
} vd_cover_sums;

typedef struct vd_study_difference {
  vd_cover_cell *cells; /* in the order of cell numbers */
  size_t n_cells;
  const uint8_t *covers; /* of every cell of the grid, vd_cover_change */
  vd_cover_sums all, by_priority[VD_PRIORITY_COUNT];
  vd_cover_sums *by_threat; /* one a threat area of the later plan that has cells, by `threat_after` */
  size_t n_threats;
} vd_study_difference;

/* From `before` to `after`, in the arena. VD_ERR_USAGE with a sentence when grids or windows differ. */
vd_status vd_study_compare(const vd_study *before, const vd_study *after, vd_arena *arena,
                           vd_study_difference **out);

#endif
