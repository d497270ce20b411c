/* utf8: one character at a time, for str.c, buf.c and status.c.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the character at `text` (1-4) of which `n` bytes may be read, and its code point; 0 when the bytes are not
 * a character (overlong forms, surrogates and values over U+10FFFF are none). */
size_t vd_utf8_step(const char *text, size_t n, uint32_t *code);

/* vd_utf8_clean into `out`, which holds `max_bytes` + 1; returns the length without the NUL. */
size_t vd_utf8_clean_into(char *out, size_t max_bytes, const char *text);

#define VD_UTF8_REPLACEMENT "\xEF\xBF\xBD"

#endif
