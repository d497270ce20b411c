/* json: writing JSON piece by piece, indented, with commas where they belong.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   vd_json json = vd_json_start(arena);
 *   vd_json_open(&json, NULL, '{');
 *   vd_json_text(&json, "name", base->name);
 *   vd_json_close(&json);
 *   vd_json_finish(&json, out); */
#ifndef VEDETTE_CLI_JSON_H
#define VEDETTE_CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "vedette/base/str.h"

typedef struct vd_json {
  vd_buf buf;
  char closing[16]; /* of what is open */
  bool empty[16], flat[16];
  int depth;
} vd_json;

vd_json vd_json_start(vd_arena *arena);
/* `key` is NULL in arrays and for the whole. `bracket` is '{' or '[', or '(' and '<' for an object and an array on one line. */
void vd_json_open(vd_json *json, const char *key, char bracket);
void vd_json_close(vd_json *json);
/* NULL is null. */
void vd_json_text(vd_json *json, const char *key, const char *text);
/* Up to `decimals` decimals; NaN and infinities are null. */
void vd_json_number(vd_json *json, const char *key, double value, int decimals);
void vd_json_whole(vd_json *json, const char *key, int64_t value);
void vd_json_bool(vd_json *json, const char *key, bool value);
/* "2026-03-14T05:30:00Z"; open ends are null. */
void vd_json_time(vd_json *json, const char *key, int64_t time_s);
/* `n` shares on one line, null for negative ones; NULL is null. */
void vd_json_shares(vd_json *json, const char *key, const float *shares, int n);
/* Ends the text with a line break and writes it. */
void vd_json_finish(vd_json *json, FILE *out);

#endif
