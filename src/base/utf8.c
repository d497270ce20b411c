/* utf8: validity and cleaning of text that comes from files.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

#include "vedette/base/str.h"

size_t vd_utf8_step(const char *text, size_t n, uint32_t *code) {
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *byte = (const unsigned char *)text;
  if (!n) return 0;
  size_t length = byte[0] < 0x80             ? 1
                  : (byte[0] & 0xE0) == 0xC0 ? 2
                  : (byte[0] & 0xF0) == 0xE0 ? 3
                  : (byte[0] & 0xF8) == 0xF0 ? 4
                                             : 0;
  if (!length || length > n) return 0;
  uint32_t value = length == 1 ? byte[0] : byte[0] & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++) {
    if ((byte[i] & 0xC0) != 0x80) return 0;
    value = value << 6 | (byte[i] & 0x3Fu);
  }
  if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  *code = value;
  return length;
}

bool vd_utf8_valid(const char *text, size_t n) {
  for (size_t at = 0; at < n;) {
    uint32_t code;
    size_t step = vd_utf8_step(text + at, n - at, &code);
    if (!step || !code) return false;
    at += step;
  }
  return true;
}

static bool is_control(uint32_t code) {
  return (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0);
}

size_t vd_utf8_clean_into(char *out, size_t max_bytes, const char *text) {
  size_t n = 0;
  for (const char *at = text; *at;) {
    if (*at >= 0x20 && *at < 0x7F) { /* most text is nothing else */
      if (n == max_bytes) break;
      out[n++] = *at++;
      continue;
    }
    uint32_t code;
    /* Four bytes are asked for only as far as the text goes. */
    size_t step = vd_utf8_step(at, strnlen(at, 4), &code);
    const char *piece = at;
    size_t length = step;
    if (!step)
      piece = VD_UTF8_REPLACEMENT, length = 3;
    else if (is_control(code))
      piece = " ", length = 1;
    if (length > max_bytes - n) break;
    memcpy(out + n, piece, length);
    n += length;
    at += step ? step : 1;
  }
  out[n] = '\0';
  return n;
}

char *vd_utf8_clean(vd_arena *arena, const char *text, size_t max_bytes) {
  if (!text) return NULL;
  size_t n = strlen(text);
  /* An invalid byte grows to three. */
  size_t room = n < max_bytes / 3 ? n * 3 : max_bytes;
  char *out = vd_arena_alloc(arena, room + 1);
  vd_utf8_clean_into(out, room, text);
  return out;
}
