/* time: civil dates, and reading and writing moments and zones.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"

/* 1000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: the years that are written with four digits. */
#define FIRST_S INT64_C(-30610224000)
#define LAST_S INT64_C(253402300799)
enum { FIRST_YEAR = 1000, LAST_YEAR = 9999, LARGEST_OFFSET_S = 14 * VD_HOUR_S };

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar. This and its inverse below follow Howard
 * Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days): years begin in March,
 * eras have 400 years and 146097 days. */
static int64_t days_from_civil(int64_t year, int month, int day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, vd_civil *civil) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t day_of_era = days - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_from_march = (5 * day_of_year + 2) / 153;
  civil->day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  civil->month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  civil->year = (int)(year_of_era + era * 400 + (civil->month <= 2));
}

vd_civil vd_civil_from_s(int64_t time_s, int32_t utc_offset_s) {
  vd_civil civil = {0};
  time_s = time_s < FIRST_S ? FIRST_S : time_s > LAST_S ? LAST_S : time_s;
  int64_t local_s = time_s + utc_offset_s;
  int64_t days = local_s / VD_DAY_S - (local_s % VD_DAY_S < 0);
  int second = (int)(local_s - days * VD_DAY_S);
  civil_from_days(days, &civil);
  civil.hour = second / VD_HOUR_S;
  civil.minute = second / VD_MINUTE_S % 60;
  civil.second = second % 60;
  civil.weekday = (int)((days % 7 + 7 + 3) % 7); /* 1970-01-01 was a Thursday */
  return civil;
}

static int days_in_month(int year, int month) {
  static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (leap && month == 2);
}

static bool within(int value, int least, int most) {
  return value >= least && value <= most;
}

bool vd_civil_to_s(const vd_civil *civil, int32_t utc_offset_s, int64_t *time_s) {
  if (!within(civil->year, FIRST_YEAR, LAST_YEAR) || !within(civil->month, 1, 12)) return false;
  if (!within(civil->day, 1, days_in_month(civil->year, civil->month))) return false;
  if (!within(civil->hour, 0, 23) || !within(civil->minute, 0, 59) || !within(civil->second, 0, 59))
    return false;
  int64_t days = days_from_civil(civil->year, civil->month, civil->day);
  int64_t second =
      days * VD_DAY_S + civil->hour * VD_HOUR_S + civil->minute * VD_MINUTE_S + civil->second - utc_offset_s;
  if (second < FIRST_S || second > LAST_S) return false;
  *time_s = second;
  return true;
}

/* The readers below take what they know from *at and move it on; they leave it alone and say false otherwise. */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool read_char(const char **at, char c) {
  if (**at != c) return false;
  (*at)++;
  return true;
}

/* Exactly `n` digits. */
static bool read_digits(const char **at, int n, int *value) {
  int read = 0;
  for (int i = 0; i < n; i++) {
    if (!is_digit((*at)[i])) return false;
    read = read * 10 + ((*at)[i] - '0');
  }
  *at += n;
  *value = read;
  return true;
}

static bool read_date(const char **at, vd_civil *civil) {
  return read_digits(at, 4, &civil->year) && read_char(at, '-') && read_digits(at, 2, &civil->month) &&
         read_char(at, '-') && read_digits(at, 2, &civil->day);
}

/* "05:30", "05:30:00", "05:30:00.25"; the fraction is dropped. */
static bool read_clock(const char **at, vd_civil *civil) {
  if (!read_digits(at, 2, &civil->hour) || !read_char(at, ':') || !read_digits(at, 2, &civil->minute))
    return false;
  if (!read_char(at, ':')) return true;
  if (!read_digits(at, 2, &civil->second)) return false;
  if (!read_char(at, '.')) return true;
  if (!is_digit(**at)) return false;
  while (is_digit(**at)) (*at)++;
  return true;
}

/* "+2", "+02", "+02:00", "-0330". */
static bool read_offset(const char **at, int32_t *utc_offset_s) {
  int hour = 0, minute = 0;
  bool west = **at == '-';
  if (!read_char(at, '+') && !read_char(at, '-')) return false;
  if (!read_digits(at, 2, &hour) && !read_digits(at, 1, &hour)) return false;
  bool colon = read_char(at, ':');
  if ((colon || is_digit(**at)) && !read_digits(at, 2, &minute)) return false;
  int32_t offset_s = hour * VD_HOUR_S + minute * VD_MINUTE_S;
  if (minute > 59 || offset_s > LARGEST_OFFSET_S) return false;
  *utc_offset_s = west ? -offset_s : offset_s;
  return true;
}

static bool read_zone(const char **at, int32_t *utc_offset_s) {
  if (!read_char(at, 'Z') && !read_char(at, 'z')) return read_offset(at, utc_offset_s);
  *utc_offset_s = 0;
  return true;
}

static void skip_space(const char **at) {
  while (**at == ' ' || (**at >= '\t' && **at <= '\r')) (*at)++;
}

static bool at_end(const char *at) {
  skip_space(&at);
  return !*at;
}

static bool has_clock(const char *at) {
  return (*at == 'T' || *at == 't' || *at == ' ') && is_digit(at[1]);
}

static bool read_moment(const char *at, vd_civil *civil, int32_t *utc_offset_s) {
  skip_space(&at);
  if (!read_date(&at, civil)) return false;
  if (has_clock(at)) {
    at++;
    if (!read_clock(&at, civil)) return false;
  }
  if (at_end(at)) return true;
  read_char(&at, ' ');
  return read_zone(&at, utc_offset_s) && at_end(at);
}

vd_status vd_time_parse(const char *text, int32_t utc_offset_s, int64_t *time_s) {
  vd_civil civil = {0};
  if (!read_moment(text ? text : "", &civil, &utc_offset_s))
    return vd_fail(VD_ERR_INPUT, _("\"%.40s\" is not a date and time; write it like 2026-03-14T05:30Z"),
                   text ? text : "");
  if (!vd_civil_to_s(&civil, utc_offset_s, time_s))
    return vd_fail(VD_ERR_INPUT,
                   _("there is no such date and time as \"%.40s\" between the years 1000 and 9999"), text);
  return VD_OK;
}

char *vd_time_iso(vd_arena *arena, int64_t time_s) {
  if (time_s == VD_TIME_MIN || time_s == VD_TIME_MAX) return vd_str_dup(arena, "");
  vd_civil at = vd_civil_from_s(time_s, 0);
  return vd_str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month, at.day, at.hour, at.minute,
                       at.second);
}

char *vd_time_text(vd_arena *arena, int64_t time_s, int32_t utc_offset_s) {
  static const char *const months[12] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
                                         N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};
  if (time_s == VD_TIME_MIN || time_s == VD_TIME_MAX) return vd_str_dup(arena, "");
  vd_civil at = vd_civil_from_s(time_s, utc_offset_s);
  return vd_str_printf(arena, "%d %s %04d %02d:%02d", at.day, _(months[at.month - 1]), at.year, at.hour,
                       at.minute);
}

char *vd_offset_text(vd_arena *arena, int32_t utc_offset_s) {
  int minutes = utc_offset_s / VD_MINUTE_S;
  if (!minutes) return vd_str_dup(arena, "UTC");
  int size = minutes < 0 ? -minutes : minutes;
  return vd_str_printf(arena, "UTC%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

static bool read_named_offset(const char *at, int32_t *utc_offset_s) {
  skip_space(&at);
  bool named = strncmp(at, "UTC", 3) == 0 || strncmp(at, "utc", 3) == 0;
  if (named) at += 3;
  *utc_offset_s = 0;
  if (named && at_end(at)) return true;
  return (named ? read_offset(&at, utc_offset_s) : read_zone(&at, utc_offset_s)) && at_end(at);
}

vd_status vd_offset_parse(const char *text, int32_t *utc_offset_s) {
  int32_t read_s;
  if (!text || !read_named_offset(text, &read_s))
    return vd_fail(VD_ERR_INPUT,
                   _("\"%.40s\" is not a time zone known here; understood are UTC, Z, +02:00, -0330, +2 and "
                     "UTC+02:00, at "
                     "most 14 hours, but no names of places and no daylight saving"),
                   text ? text : "");
  *utc_offset_s = read_s;
  return VD_OK;
}
