/* json: indented JSON in a buffer.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/json.h"

#include <math.h>

#include "vedette/base/units.h"

vd_json vd_json_start(vd_arena *arena) {
  return (vd_json){.buf = {.arena = arena}};
}

static void line_break(vd_json *json, int depth) {
  vd_buf_add(&json->buf, "\n");
  for (int i = 0; i < depth; i++) vd_buf_add(&json->buf, "  ");
}

/* What stands before a value: a comma, a new line, its key. */
static void begin(vd_json *json, const char *key) {
  int top = json->depth - 1;
  if (top >= 0) {
    if (!json->empty[top]) vd_buf_add(&json->buf, json->flat[top] ? ", " : ",");
    if (!json->flat[top]) line_break(json, json->depth);
    json->empty[top] = false;
  }
  if (!key) return;
  vd_buf_add_json(&json->buf, key);
  vd_buf_add(&json->buf, ": ");
}

void vd_json_open(vd_json *json, const char *key, char bracket) {
  bool object = bracket == '{' || bracket == '(',
       inside_flat = json->depth > 0 && json->flat[json->depth - 1];
  begin(json, key);
  vd_buf_add(&json->buf, object ? "{" : "[");
  json->closing[json->depth] = object ? '}' : ']';
  json->empty[json->depth] = true;
  json->flat[json->depth] = inside_flat || bracket == '(' || bracket == '<';
  json->depth++;
}

void vd_json_close(vd_json *json) {
  int top = --json->depth;
  if (!json->empty[top] && !json->flat[top]) line_break(json, top);
  vd_buf_add_n(&json->buf, &json->closing[top], 1);
}

void vd_json_text(vd_json *json, const char *key, const char *text) {
  begin(json, key);
  vd_buf_add_json(&json->buf, text);
}

void vd_json_number(vd_json *json, const char *key, double value, int decimals) {
  begin(json, key);
  vd_buf_add_number(&json->buf, value, decimals);
}

void vd_json_shares(vd_json *json, const char *key, const float *shares, int n) {
  if (!shares) {
    vd_json_text(json, key, NULL);
    return;
  }
  vd_json_open(json, key, '<');
  for (int i = 0; i < n; i++) vd_json_number(json, NULL, shares[i] < 0 ? (double)NAN : (double)shares[i], 2);
  vd_json_close(json);
}

void vd_json_whole(vd_json *json, const char *key, int64_t value) {
  begin(json, key);
  vd_buf_printf(&json->buf, "%lld", (long long)value);
}

void vd_json_bool(vd_json *json, const char *key, bool value) {
  begin(json, key);
  vd_buf_add(&json->buf, value ? "true" : "false");
}

void vd_json_time(vd_json *json, const char *key, int64_t time_s) {
  bool open = time_s == VD_TIME_MIN || time_s == VD_TIME_MAX;
  vd_json_text(json, key, open ? NULL : vd_time_iso(json->buf.arena, time_s));
}

void vd_json_finish(vd_json *json, FILE *out) {
  vd_buf_add(&json->buf, "\n");
  fputs(json->buf.text, out);
}
