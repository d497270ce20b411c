/* time_parse: what reads a moment, a zone or a number takes any text, and what it took it reads again the same.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/base/units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
  if (!holds) abort();
}

static void check_time(vd_arena *arena, const char *text) {
  int64_t time_s, again_s;
  if (vd_time_parse(text, 3600, &time_s) != VD_OK) {
    check(vd_utf8_valid(vd_last_message(), strlen(vd_last_message())) && *vd_last_message());
    return;
  }
  check(vd_time_parse(vd_time_iso(arena, time_s), -7200, &again_s) == VD_OK && again_s == time_s);
  vd_civil civil = vd_civil_from_s(time_s, 0);
  check(vd_civil_to_s(&civil, 0, &again_s) && again_s == time_s);
}

static void check_offset(vd_arena *arena, const char *text) {
  int32_t offset_s, again_s;
  if (vd_offset_parse(text, &offset_s) != VD_OK) return;
  check(abs(offset_s) <= 14 * VD_HOUR_S);
  check(vd_offset_parse(vd_offset_text(arena, offset_s), &again_s) == VD_OK && again_s == offset_s);
}

static void check_numbers(vd_arena *arena, const char *text) {
  double value, again;
  int64_t whole, whole_again;
  if (vd_parse_f64(text, &value))
    check(vd_parse_f64(vd_str_printf(arena, "%.17g", value), &again) && again == value);
  if (vd_parse_i64(text, &whole))
    check(vd_parse_i64(vd_str_printf(arena, "%lld", (long long)whole), &whole_again) && whole_again == whole);
}

static void check_text(vd_arena *arena, const char *text) {
  vd_buf json = {.arena = arena};
  size_t limit = strlen(text) / 2 + 1;
  const char *clean = vd_utf8_clean(arena, text, limit);
  check(strlen(clean) <= limit && vd_utf8_valid(clean, strlen(clean)));
  vd_buf_add_json(&json, text);
  check(json.text[0] == '"' && vd_utf8_valid(json.text, json.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  vd_arena *arena = vd_arena_new();
  const char *text = vd_str_dup_n(arena, (const char *)data, size);
  check_time(arena, text);
  check_offset(arena, text);
  check_numbers(arena, text);
  check_text(arena, text);
  vd_arena_free(arena);
  return 0;
}
