/* buf: a growing text buffer, and JSON's strings and numbers in it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "vedette/base/str.h"

void vd_buf_add(vd_buf *buf, const char *text) {
  if (text) vd_buf_add_n(buf, text, strlen(text));
}

/* Room for `n` more bytes and the NUL. */
static void make_room(vd_buf *buf, size_t n) {
  if (buf->text && n < buf->capacity - buf->n) return;
  size_t capacity = buf->capacity ? buf->capacity : 64;
  while (capacity - buf->n <= n && capacity < SIZE_MAX / 2) capacity *= 2;
  buf->text = vd_arena_grow(buf->arena, buf->text, buf->n, capacity);
  buf->capacity = capacity;
}

void vd_buf_add_n(vd_buf *buf, const void *bytes, size_t n) {
  make_room(buf, n);
  if (n) memcpy(buf->text + buf->n, bytes, n);
  buf->n += n;
  buf->text[buf->n] = '\0';
}

void vd_buf_printf(vd_buf *buf, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  make_room(buf, n > 0 ? (size_t)n : 0);
  if (n > 0) buf->n += (size_t)vsnprintf(buf->text + buf->n, (size_t)n + 1, format, again);
  buf->text[buf->n] = '\0';
  va_end(again);
  va_end(args);
}

static void add_json_ascii(vd_buf *buf, char c) {
  static const char plain[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
  const char *found = strchr(plain, c);
  if (found)
    vd_buf_add_n(buf, (char[]){'\\', letter[found - plain]}, 2);
  else if (c < 0x20 || c == 0x7F)
    vd_buf_printf(buf, "\\u%04x", (unsigned)c);
  else
    vd_buf_add_n(buf, &c, 1);
}

void vd_buf_add_json(vd_buf *buf, const char *text) {
  if (!text) {
    vd_buf_add(buf, "null");
    return;
  }
  vd_buf_add(buf, "\"");
  for (size_t left = strlen(text); left;) {
    uint32_t code;
    size_t step = vd_utf8_step(text, left, &code);
    if (step == 1)
      add_json_ascii(buf, *text);
    else if (step)
      vd_buf_add_n(buf, text, step);
    else
      vd_buf_add(buf, VD_UTF8_REPLACEMENT);
    if (!step) step = 1;
    text += step, left -= step;
  }
  vd_buf_add(buf, "\"");
}

/* The digits in C notation, even when a library has set a locale with a decimal comma for the whole program. */
static size_t write_fixed(char *digits, size_t size, double value, int decimals) {
  locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); /* glibc's static one: no allocation */
  locale_t before = uselocale(c_locale);
  int n = snprintf(digits, size, "%.*f", decimals, value);
  uselocale(before);
  if (c_locale) freelocale(c_locale);
  return (size_t)n;
}

void vd_buf_add_number(vd_buf *buf, double value, int decimals) {
  char digits[400]; /* 309 digits of the largest double, the point and the decimals */
  if (!isfinite(value)) {
    vd_buf_add(buf, "null");
    return;
  }
  decimals = decimals < 0 ? 0 : decimals > 20 ? 20 : decimals;
  size_t n = write_fixed(digits, sizeof digits, value, decimals);
  if (decimals) {
    while (digits[n - 1] == '0') n--;
    if (digits[n - 1] == '.') n--;
  }
  bool minus_zero = n == 2 && digits[0] == '-' && digits[1] == '0';
  vd_buf_add_n(buf, digits + minus_zero, n - minus_zero);
}
