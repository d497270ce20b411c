/* importing_time: dates as files of others write them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/str.h"

static int month_of(const char *word) {
  static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  char start[4];
  snprintf(start, sizeof start, "%.3s", word);
  for (int i = 0; i < 12; i++)
    if (vd_str_equal_nocase(months[i], start)) return i + 1;
  return 0;
}

/* "14 March 2023", "14-Mar-2023"; "14/03/2023" only where no other reading is possible. */
static bool parse_civil(const char *text, vd_civil *out) {
  char word[16], rest[2];
  int a, b, year;
  vd_civil civil = {0};
  if (sscanf(text, "%2d%*[- ./]%15[A-Za-z]%*[-. /]%4d%1s", &a, word, &year, rest) == 3 && month_of(word)) {
    civil.day = a;
    civil.month = month_of(word);
  } else if (sscanf(text, "%2d/%2d/%4d%1s", &a, &b, &year, rest) == 3 ||
             sscanf(text, "%2d.%2d.%4d%1s", &a, &b, &year, rest) == 3) {
    bool dotted = strchr(text, '.') != NULL; /* days come first where points are written */
    if (!dotted && a <= 12 && b <= 12 && a != b) return false;
    civil.day = dotted || a > 12 ? a : b;
    civil.month = dotted || a > 12 ? b : a;
  } else if (sscanf(text, "%4d/%2d/%2d%1s", &year, &a, &b, rest) == 3) {
    civil.month = a;
    civil.day = b;
  } else if (sscanf(text, "%4d%1s", &year, rest) == 1 && strlen(text) == 4) {
    civil.month = civil.day = 1;
  } else {
    return false;
  }
  civil.year = year;
  *out = civil;
  return true;
}

/* Times without a zone are the mission's. */
bool vd_taking_time(vd_taking *t, const char *text, int64_t *time_s) {
  vd_civil civil;
  int32_t offset_s = vd_plan_info_lookup(t->all->plan)->utc_offset_s;
  char *trimmed = vd_str_trim(t->arena, text);
  if (vd_time_parse(trimmed, offset_s, time_s) == VD_OK) return true;
  t->example = text;
  return parse_civil(trimmed, &civil) && vd_civil_to_s(&civil, offset_s, time_s);
}
