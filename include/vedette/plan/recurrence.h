/* recurrence: the occurrences of a patrol (RFC 5545 RRULE subset) and the active times of a threat area.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLAN_RECURRENCE_H
#define VEDETTE_PLAN_RECURRENCE_H

#include "vedette/plan/record.h"

/* FREQ=DAILY|WEEKLY; INTERVAL, BYDAY (weekly), COUNT, UNTIL; with or without "RRULE:". */
typedef struct vd_recurrence {
  bool weekly;
  int32_t interval; /* >= 1 */
  int32_t weekdays; /* bit 0 Monday; 0: the weekday of the start */
  int64_t count;    /* 0: no limit */
  int64_t until_s;  /* inclusive, VD_TIME_MAX: no end */
} vd_recurrence;
/* NULL or "" text is "once" (count 1). VD_ERR_INPUT names the part that does not fit. */
vd_status vd_recurrence_parse(const char *text, int32_t utc_offset_s, vd_recurrence *out);
/* Starts of occurrences in [from_s, to_s), in order, by local date and clock time of start_s; at most 100 000,
 * VD_ERR_LIMIT beyond. *starts is in the arena. */
vd_status vd_recurrence_starts(vd_arena *arena, const vd_recurrence *rule, int64_t start_s,
                               int32_t utc_offset_s, int64_t from_s, int64_t to_s, int64_t **starts,
                               size_t *n);
/* When a threat area is active within [from_s, to_s): alternating from, to pairs (half-open, sorted, disjoint). */
vd_status vd_threat_active(vd_arena *arena, const vd_threat_area *threat, int32_t utc_offset_s,
                           int64_t from_s, int64_t to_s, int64_t **pairs, size_t *n_pairs);

#endif
