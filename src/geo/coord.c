/* coord: one reader for every way in which people write a place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/mgrs.h"

enum { TEXT_MAX = 120, NUMBERS_MAX = 6, WORDS_MAX = 10 };

/* A number or a letter of the sky. */
typedef struct word {
  char letter; /* N S E W, 0 for a number */
  double value;
  bool minus;
  int decimals;
} word;

typedef struct angle {
  double degrees, step; /* step: one unit of the last figure, in degrees */
  char letter;          /* 0: none */
} angle;

/* Degree, minute and second signs of all fashions become spaces, since the order of the figures tells them apart;
 * the real minus sign becomes the hyphen. */
static bool plain_text(const char *text, char out[TEXT_MAX]) {
  static const char *const signs[] = {"°", "º", "˚",      "′",      "″", "’",  "”", "‘",
                                      "“", "´", "\u00a0", "\u202f", "'", "\"", "\t"};
  size_t n = 0;
  while (*text) {
    size_t taken = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs && !taken; i++)
      if (vd_str_starts(text, signs[i])) taken = strlen(signs[i]);
    if (n + 2 >= TEXT_MAX) return false;
    if (vd_str_starts(text, "−")) {
      out[n++] = '-';
      taken = strlen("−");
    } else if (taken) {
      out[n++] = ' ';
    } else {
      out[n++] = (char)toupper((unsigned char)*text);
      taken = 1;
    }
    text += taken;
  }
  out[n] = '\0';
  return true;
}

/* Decides what commas mean: decimal ones become points, the others spaces. "31.5, 4.8" and "31,4" separate; "31,5; 4,8" and
 * "31,5 4,8" are decimal. */
static void settle_commas(char *text, bool one_angle) {
  int commas = 0;
  bool spaced = false, points = strchr(text, '.') != NULL, semicolon = strchr(text, ';') != NULL;
  for (char *at = text; *at; at++) {
    if (*at != ',') continue;
    commas++;
    if (at == text || !isdigit((unsigned char)at[-1]) || !isdigit((unsigned char)at[1])) spaced = true;
  }
  bool decimal = !points && !spaced && (one_angle || semicolon || commas > 1 || strpbrk(text, "NSEW"));
  for (char *at = text; *at; at++)
    if (*at == ',' || *at == ';') *at = *at == ',' && decimal ? '.' : ' ';
}

static const char *read_number(const char *at, word *out) {
  *out = (word){0};
  if (*at == '-' || *at == '+') out->minus = *at++ == '-';
  if (!isdigit((unsigned char)*at)) return NULL;
  for (; isdigit((unsigned char)*at); at++) {
    out->value = out->value * 10 + (*at - '0');
    if (out->value > 1e6) return NULL;
  }
  if (*at != '.') return at;
  char digits[24];
  size_t n = 0;
  for (at++; isdigit((unsigned char)*at); at++)
    if (n + 1 < sizeof digits) digits[n++] = *at;
  digits[n] = '\0';
  double scale = 1;
  for (size_t i = 0; i < n; i++) scale *= 10;
  double fraction = 0;
  for (size_t i = 0; i < n; i++) fraction = fraction * 10 + (digits[i] - '0');
  out->value += fraction / scale;
  out->decimals = (int)n;
  return at;
}

/* Numbers and letters in order; their count, or -1 when something else stands there. */
static int read_words(const char *at, word *words) {
  int n = 0;
  while (*at) {
    if (*at == ' ') {
      at++;
      continue;
    }
    if (n == WORDS_MAX) return -1;
    if (strchr("NSEW", *at)) {
      if (isalpha((unsigned char)at[1])) return -1;
      words[n++] = (word){.letter = *at++};
      continue;
    }
    at = read_number(at, &words[n]);
    if (!at) return -1;
    n++;
    /* 12D30M15S and the letters d, m, s for the units; S after seconds would be south, so only D and M */
    if ((*at == 'D' || *at == 'M') && !isalpha((unsigned char)at[1])) at++;
  }
  return n;
}

/* One to three numbers as degrees, minutes, seconds. */
static bool angle_of(const word *numbers, int n, char letter, angle *out) {
  double unit = 1;
  *out = (angle){.letter = letter};
  if (n < 1 || n > 3) return false;
  for (int i = 0; i < n; i++, unit /= 60) {
    if (numbers[i].letter || (i > 0 && (numbers[i].minus || numbers[i].value >= 60))) return false;
    if (i < n - 1 && numbers[i].decimals) return false;
    out->degrees += numbers[i].value * unit;
    out->step = unit * pow(10, -numbers[i].decimals);
  }
  if (letter && numbers[0].minus) return false;
  if (numbers[0].minus || letter == 'S' || letter == 'W') out->degrees = -out->degrees;
  return true;
}

/* Two angles with letters before or after them, or without letters (two numbers). */
static bool two_angles(const word *words, int n, angle out[2]) {
  int at[2], letters = 0;
  for (int i = 0; i < n; i++)
    if (words[i].letter) {
      if (letters == 2) return false;
      at[letters++] = i;
    }
  if (!letters) return n == 2 && angle_of(words, 1, 0, &out[0]) && angle_of(words + 1, 1, 0, &out[1]);
  if (letters != 2) return false;
  if (at[0] == 0)
    return angle_of(words + 1, at[1] - 1, words[0].letter, &out[0]) &&
           angle_of(words + at[1] + 1, n - at[1] - 1, words[at[1]].letter, &out[1]);
  return at[1] == n - 1 && angle_of(words, at[0], words[at[0]].letter, &out[0]) &&
         angle_of(words + at[0] + 1, at[1] - at[0] - 1, words[at[1]].letter, &out[1]);
}

static bool is_latitude(const angle *a) {
  return a->letter == 'N' || a->letter == 'S';
}

static vd_status not_a_place(const char *text) {
  return vd_fail(VD_ERR_INPUT,
                 _("\"%.60s\" is no place. Write longitude,latitude like 31.58,4.85, or 4.85 N 31.58 E, or "
                   "an MGRS reference "
                   "like 36N UL 42535 36248."),
                 text);
}

static bool looks_like_mgrs(const char *plain) {
  char s[8] = "";
  size_t n = 0;
  for (; *plain && n < 6; plain++)
    if (*plain != ' ') s[n++] = *plain;
  size_t at = strspn(s, "0123456789");
  if (at > 2 || (at == 0 && !(s[0] && strchr("ABYZ", s[0])))) return false;
  return isalpha((unsigned char)s[at]) && isalpha((unsigned char)s[at + 1]) &&
         isalpha((unsigned char)s[at + 2]);
}

vd_status vd_coord_parse(const char *text, double *lon_deg, double *lat_deg, double *precision_m) {
  const double METRES_A_DEGREE = 111320; /* of longitude at the equator: the most it can be */
  char plain[TEXT_MAX];
  word words[WORDS_MAX];
  angle angles[2];
  if (!text || !plain_text(text, plain)) return not_a_place(text ? text : "");
  if (looks_like_mgrs(plain)) return vd_mgrs_parse(plain, lon_deg, lat_deg, precision_m);
  settle_commas(plain, false);
  int n = read_words(plain, words);
  if (n < 2 || !two_angles(words, n, angles)) return not_a_place(text);
  int lat = is_latitude(&angles[0]) ? 0 : 1;
  if (angles[0].letter && is_latitude(&angles[0]) == is_latitude(&angles[1])) return not_a_place(text);
  if (!(fabs(angles[lat].degrees) <= 90))
    return vd_fail(
        VD_ERR_INPUT,
        _("\"%.60s\": a latitude goes from -90 to 90. Longitude comes first where no letters stand."), text);
  if (!(fabs(angles[1 - lat].degrees) <= 180))
    return vd_fail(VD_ERR_INPUT, _("\"%.60s\": a longitude goes from -180 to 180."), text);
  *lon_deg = angles[1 - lat].degrees;
  *lat_deg = angles[lat].degrees;
  if (precision_m) *precision_m = fmax(angles[0].step, angles[1].step) / 2 * METRES_A_DEGREE;
  return VD_OK;
}

int vd_angle_parse(const char *text, char axis, double *degrees) {
  char plain[TEXT_MAX];
  word words[WORDS_MAX];
  angle found;
  if (!text || !plain_text(text, plain)) return 0;
  settle_commas(plain, true);
  int n = read_words(plain, words);
  if (n < 1) return 0;
  bool first = words[0].letter != 0, last = n > 1 && words[n - 1].letter != 0;
  char letter = first ? words[0].letter : last ? words[n - 1].letter : '\0';
  if ((first && last) || !angle_of(words + first, n - first - last, letter, &found)) return 0;
  if (letter && (letter == 'N' || letter == 'S') != (axis == 'y')) return 0;
  *degrees = found.degrees;
  return 1;
}

char *vd_coord_text(vd_arena *arena, double lon_deg, double lat_deg) {
  return vd_str_printf(arena, "%.5f° %s %.5f° %s", fabs(lat_deg), lat_deg < 0 ? "S" : "N", fabs(lon_deg),
                       lon_deg < 0 ? "W" : "E");
}
