/* units: time, lengths and how they are written.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Time inside is whole seconds since 1970-01-01T00:00:00Z, in an int64_t named *_s; all intervals are half-open
 * [from, to). An open end is VD_TIME_MIN or VD_TIME_MAX. Mission-local time is a fixed offset from UTC. */
#ifndef VEDETTE_BASE_UNITS_H
#define VEDETTE_BASE_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

#define VD_TIME_MIN INT64_MIN
#define VD_TIME_MAX INT64_MAX
enum { VD_MINUTE_S = 60, VD_HOUR_S = 3600, VD_DAY_S = 86400, VD_WEEK_S = 604800 };

/* A civil date and time without zone. month 1-12, day 1-31, hour 0-23, weekday 0 (Monday) - 6 (Sunday). Dates are of
 * the proleptic Gregorian calendar, years 1000 to 9999 in UTC; vd_civil_from_s gives the nearest end beyond them. */
typedef struct vd_civil {
  int year, month, day, hour, minute, second, weekday;
} vd_civil;
vd_civil vd_civil_from_s(int64_t time_s, int32_t utc_offset_s);
/* Seconds of a civil time in the zone `utc_offset_s` east of UTC; weekday is ignored; false when no such date exists. */
bool vd_civil_to_s(const vd_civil *civil, int32_t utc_offset_s, int64_t *time_s);

/* Reads "2026-03-14", "2026-03-14T05:30", "2026-03-14 05:30:00", with Z or +02:00 or nothing at the end; without
 * a zone the time is in `utc_offset_s`. A fraction of a second is dropped. VD_ERR_INPUT with a sentence for anything
 * else (30 February and a 61st second too). */
vd_status vd_time_parse(const char *text, int32_t utc_offset_s, int64_t *time_s);
/* "2026-03-14T05:30:00Z"; "" for open ends. */
char *vd_time_iso(vd_arena *arena, int64_t time_s);
/* "14 Mar 2026 05:30" in the zone; "" for open ends. */
char *vd_time_text(vd_arena *arena, int64_t time_s, int32_t utc_offset_s);
/* "UTC", "UTC+02:00". */
char *vd_offset_text(vd_arena *arena, int32_t utc_offset_s);
/* Reads "UTC", "Z", "+02:00", "UTC+2", "-0330"; range -14 h .. +14 h. */
vd_status vd_offset_parse(const char *text, int32_t *utc_offset_s);

/* "45 min", "3 h 05 min", "2 d 4 h"; for minutes that people read. An en dash stands for NaN and infinities, here and
 * in the two below. */
char *vd_duration_text(vd_arena *arena, double seconds);
/* "850 m", "12.4 km". */
char *vd_length_text(vd_arena *arena, double metres);
/* 1234567 -> "1 234 567" with narrow no-break spaces (U+202F), rounded to whole. */
char *vd_count_text(vd_arena *arena, double count);

/* A v4 UUID of 36 characters and NUL from the system's random source. */
enum { VD_UUID_SIZE = 37 };
void vd_uuid_make(char uuid[VD_UUID_SIZE]);
/* A stable UUID (v5 manner, SHA-256 based, version nibble 8) for `name` in `space`: same words, same UUID. */
void vd_uuid_of(const char *space, const char *name, char uuid[VD_UUID_SIZE]);
bool vd_uuid_valid(const char *text);

#endif
