/* recurrence: the occurrences of a patrol (RFC 5545 RRULE subset with EXDATE) and the active times of a threat area.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLAN_RECURRENCE_H
#define VEDETTE_PLAN_RECURRENCE_H

#include "vedette/plan/record.h"

typedef enum vd_frequency { VD_DAILY, VD_WEEKLY, VD_MONTHLY } vd_frequency;

typedef struct vd_time_span { /* [from_s, to_s) */
  int64_t from_s, to_s;
} vd_time_span;

/* FREQ=DAILY|WEEKLY|MONTHLY; INTERVAL, BYDAY (daily: only on these; weekly: on each of these), BYMONTHDAY (monthly, also
 * from the month's end), COUNT, UNTIL; with or without "RRULE:". A month without the day has no occurrence (RFC 5545). */
typedef struct vd_recurrence {
  vd_frequency frequency;
  int32_t interval;                   /* >= 1 */
  int32_t weekdays;                   /* bit 0 Monday; 0: daily all, weekly the weekday of the start */
  uint32_t month_days, days_from_end; /* bit 1 .. bit 31; both 0: the day of the start */
  int64_t count;                      /* 0: no limit; what is left out counts too */
  int64_t until_s;                    /* inclusive, VD_TIME_MAX: no end */
  vd_time_span *exceptions;           /* no occurrence starts in these; in order */
  size_t n_exceptions;
} vd_recurrence;
/* NULL or "" text is "once" (count 1). Without exceptions. VD_ERR_INPUT names the part that does not fit. */
vd_status vd_recurrence_parse(const char *text, int32_t utc_offset_s, vd_recurrence *out);
/* Sets the rule's exceptions from EXDATE's list: local dates 20260311 (whatever starts on that day), local times
 * 20260311T073000 or UTC 20260311T053000Z, apart by commas; NULL or "" none. In the arena. VD_ERR_INPUT. */
vd_status vd_recurrence_except(vd_arena *arena, const char *text, int32_t utc_offset_s, vd_recurrence *rule);
/* Starts of occurrences in [from_s, to_s), in order, by local date and clock time of start_s, without exceptions; at most
 * 100 000, VD_ERR_LIMIT beyond. *starts is in the arena. Takes as long for a start decades before the window. */
vd_status vd_recurrence_starts(vd_arena *arena, const vd_recurrence *rule, int64_t start_s,
                               int32_t utc_offset_s, int64_t from_s, int64_t to_s, int64_t **starts,
                               size_t *n);
/* The start of the last occurrence, exceptions or not; VD_TIME_MAX without end, VD_TIME_MIN when there is none. */
int64_t vd_recurrence_last_s(const vd_recurrence *rule, int64_t start_s, int32_t utc_offset_s);
/* Exceptions in which no occurrence would start. */
size_t vd_recurrence_n_idle(const vd_recurrence *rule, int64_t start_s, int32_t utc_offset_s,
                            vd_time_span *first);
/* Departures of a patrol in [from_s, to_s) by its recurrence and exceptions: what everything lists that goes by them. */
vd_status vd_patrol_starts(vd_arena *arena, const vd_patrol *patrol, int32_t utc_offset_s, int64_t from_s,
                           int64_t to_s, int64_t **starts, size_t *n);
/* When a threat area is active within [from_s, to_s): alternating from, to pairs (half-open, sorted, disjoint). */
vd_status vd_threat_active(vd_arena *arena, const vd_threat_area *threat, int32_t utc_offset_s,
                           int64_t from_s, int64_t to_s, int64_t **pairs, size_t *n_pairs);

#endif
