/* units: durations, lengths and counts as people read them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/units.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const char no_value[] = "\xE2\x80\x93"; /* an en dash: not a number, or beyond counting */

/* Beyond this a double no longer holds every whole number. */
static bool countable(double value) {
  return isfinite(value) && fabs(value) < 9007199254740992.0;
}

/* To the nearest whole, halves away from zero; `value` is countable. */
static int64_t nearest(double value) {
  return (int64_t)(value < 0 ? value - 0.5 : value + 0.5);
}

char *vd_duration_text(vd_arena *arena, double seconds) {
  if (!countable(seconds)) return vd_str_dup(arena, no_value);
  int64_t minutes = nearest(fabs(seconds) / VD_MINUTE_S);
  const char *sign = seconds < 0 && minutes ? "-" : "";
  if (minutes < 60) return vd_str_printf(arena, _("%s%d min"), sign, (int)minutes);
  if (minutes < 24 * 60)
    return vd_str_printf(arena, _("%s%d h %02d min"), sign, (int)(minutes / 60), (int)(minutes % 60));
  int64_t hours = (minutes + 30) / 60;
  return vd_str_printf(arena, _("%s%lld d %d h"), sign, (long long)(hours / 24), (int)(hours % 24));
}

char *vd_length_text(vd_arena *arena, double metres) {
  if (!countable(metres)) return vd_str_dup(arena, no_value);
  double size = fabs(metres);
  if (size < 999.5) return vd_str_printf(arena, _("%lld m"), (long long)nearest(metres));
  if (size < 99950) return vd_str_printf(arena, _("%.1f km"), metres / 1000);
  return vd_str_printf(arena, _("%s km"), vd_count_text(arena, metres / 1000));
}

char *vd_count_text(vd_arena *arena, double count) {
  if (!countable(count)) return vd_str_dup(arena, no_value);
  int64_t whole = nearest(count);
  const char *digits = vd_str_printf(arena, "%lld", (long long)(whole < 0 ? -whole : whole));
  vd_buf text = {.arena = arena};
  if (whole < 0) vd_buf_add(&text, "-");
  for (const char *at = digits; *at; at++) {
    vd_buf_add_n(&text, at, 1);
    size_t left = strlen(at + 1);
    if (left && left % 3 == 0) vd_buf_add(&text, "\xE2\x80\xAF");
  }
  return text.text;
}
