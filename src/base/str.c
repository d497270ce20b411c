/* str: copies, comparisons and numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/str.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* White space and letters as in C; isspace() and tolower() would ask the locale. */
static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}
static const char *or_empty(const char *text) {
  return text ? text : "";
}

char *vd_str_dup(vd_arena *arena, const char *text) {
  return text ? vd_str_dup_n(arena, text, strlen(text)) : NULL;
}

char *vd_str_dup_n(vd_arena *arena, const char *text, size_t n) {
  if (!text) return NULL;
  char *copy = vd_arena_alloc(arena, n + 1);
  memcpy(copy, text, n);
  return copy;
}

char *vd_str_printf(vd_arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *text = vd_str_vprintf(arena, format, args);
  va_end(args);
  return text;
}

char *vd_str_vprintf(vd_arena *arena, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  char *text = vd_arena_alloc(arena, (n > 0 ? (size_t)n : 0) + 1);
  if (n > 0) vsnprintf(text, (size_t)n + 1, format, again);
  va_end(again);
  return text;
}

bool vd_str_equal(const char *a, const char *b) {
  return strcmp(or_empty(a), or_empty(b)) == 0;
}

bool vd_str_equal_nocase(const char *a, const char *b) {
  a = or_empty(a), b = or_empty(b);
  while (*a && lower(*a) == lower(*b)) a++, b++;
  return lower(*a) == lower(*b);
}

static bool starts_nocase(const char *text, const char *prefix) {
  while (*prefix && lower(*text) == lower(*prefix)) text++, prefix++;
  return !*prefix;
}

bool vd_str_contains_nocase(const char *text, const char *part) {
  text = or_empty(text), part = or_empty(part);
  if (!*part) return true;
  for (; *text; text++)
    if (starts_nocase(text, part)) return true;
  return false;
}

bool vd_str_starts(const char *text, const char *prefix) {
  return strncmp(or_empty(text), or_empty(prefix), strlen(or_empty(prefix))) == 0;
}

bool vd_str_ends_nocase(const char *text, const char *suffix) {
  text = or_empty(text), suffix = or_empty(suffix);
  size_t n = strlen(text), tail = strlen(suffix);
  return n >= tail && vd_str_equal_nocase(text + n - tail, suffix);
}

char *vd_str_trim(vd_arena *arena, const char *text) {
  if (!text) return NULL;
  while (is_space(*text)) text++;
  size_t n = strlen(text);
  while (n && is_space(text[n - 1])) n--;
  return vd_str_dup_n(arena, text, n);
}

const char *vd_path_base(const char *path) {
  const char *base = or_empty(path);
  for (const char *at = base; *at; at++)
    if (*at == '/' && at[1]) base = at + 1;
  return base;
}

/* True when `text` is white space around characters of `allowed` only: keeps out the hexadecimal, "inf" and "nan"
 * forms that strtod would read. */
static bool only(const char *text, const char *allowed) {
  while (is_space(*text)) text++;
  size_t n = strspn(text, allowed);
  const char *rest = text + n;
  while (is_space(*rest)) rest++;
  return n && !*rest;
}

static bool only_space(const char *text) {
  while (is_space(*text)) text++;
  return !*text;
}

bool vd_parse_f64(const char *text, double *out) {
  if (!text || !only(text, "0123456789+-.eE")) return false;
  /* glibc hands out its static C locale here: no allocation. */
  locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (!c_locale) return false;
  char *end;
  double value = strtod_l(text, &end, c_locale);
  freelocale(c_locale);
  if (end == text || !only_space(end) || !isfinite(value)) return false;
  *out = value;
  return true;
}

bool vd_parse_i64(const char *text, int64_t *out) {
  if (!text || !only(text, "0123456789+-")) return false;
  char *end;
  errno = 0;
  long long value = strtoll(text, &end, 10);
  if (end == text || !only_space(end) || errno == ERANGE) return false;
  *out = value;
  return true;
}
