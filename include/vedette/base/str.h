/* str: strings in an arena, growing buffers, numbers that do not know the locale, UTF-8.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_BASE_STR_H
#define VEDETTE_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"

/* Copies and formats into an arena; the results live as long as it. NULL in gives NULL out. */
char *vd_str_dup(vd_arena *arena, const char *text);
char *vd_str_dup_n(vd_arena *arena, const char *text, size_t n);
char *vd_str_printf(vd_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *vd_str_vprintf(vd_arena *arena, const char *format, va_list args);

/* Comparison that treats NULL as "". */
bool vd_str_equal(const char *a, const char *b);
/* ASCII case-insensitive equality and search; NULL counts as "". */
bool vd_str_equal_nocase(const char *a, const char *b);
bool vd_str_contains_nocase(const char *text, const char *part);
bool vd_str_starts(const char *text, const char *prefix);
/* Ends with `suffix`, ASCII case ignored: file extensions. */
bool vd_str_ends_nocase(const char *text, const char *suffix);
/* `text` without white space at both ends, in the arena. */
char *vd_str_trim(vd_arena *arena, const char *text);
/* The file name of a path; borrowed from it. */
const char *vd_path_base(const char *path);

/* A growing text buffer in an arena. Start from {.arena = a}; text is NUL-terminated once anything was added. */
typedef struct vd_buf {
  vd_arena *arena;
  char *text;
  size_t n, capacity;
} vd_buf;
void vd_buf_add(vd_buf *buf, const char *text);
void vd_buf_add_n(vd_buf *buf, const void *bytes, size_t n);
void vd_buf_printf(vd_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds `text` as a JSON string with quotes; invalid UTF-8 becomes U+FFFD; NULL becomes null. */
void vd_buf_add_json(vd_buf *buf, const char *text);
/* Adds a JSON number with up to `decimals` decimals, trailing zeros dropped; NaN and infinities become null. */
void vd_buf_add_number(vd_buf *buf, double value, int decimals);

/* Whole-string numbers in C notation, white space around allowed; false (and *out untouched) for anything else,
 * for NaN, infinities and overflow. */
bool vd_parse_f64(const char *text, double *out);
bool vd_parse_i64(const char *text, int64_t *out);

/* True when the bytes are valid UTF-8 without NUL. */
bool vd_utf8_valid(const char *text, size_t n);
/* A copy in which invalid bytes became U+FFFD and control characters (but tab and newline) a space; at most
 * `max_bytes` bytes, cut at a character boundary. For text from files before it is stored or shown. */
char *vd_utf8_clean(vd_arena *arena, const char *text, size_t max_bytes);

#endif
