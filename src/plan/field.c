/* field: a field as the text that files carry, and back.
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plan/fields.h"
#include "vedette/base/str.h"

/* The shortest of 15, 16 and 17 digits that reads back as the same number. */
static const char *real_text(vd_arena *arena, double value) {
  for (int digits = 15; digits < 17; digits++) {
    const char *text = vd_str_printf(arena, "%.*g", digits, value);
    double back;
    if (vd_parse_f64(text, &back) && back == value) return text;
  }
  return vd_str_printf(arena, "%.17g", value);
}

const char *vd_field_text(vd_arena *arena, const vd_field *field, const void *record) {
  int32_t whole;
  switch (field->type) {
  case VD_F_INT:
    whole = *vd_int_at(field, record);
    return whole == VD_UNKNOWN_INT ? NULL : vd_str_printf(arena, "%" PRId32, whole);
  case VD_F_BOOL:
    return *vd_int_at(field, record) ? "1" : "0";
  case VD_F_TERM:
    return vd_terms_word(field->terms, *vd_int_at(field, record));
  case VD_F_REAL:
    if (isfinite(*vd_real_at(field, record))) return real_text(arena, *vd_real_at(field, record));
    return field->may_be_unknown ? "never" : NULL;
  case VD_F_TIME:
    return *vd_time_at(field, record) == field->open ? NULL : vd_time_iso(arena, *vd_time_at(field, record));
  default:
    return *vd_text_at(field, record) && **vd_text_at(field, record) ? *vd_text_at(field, record) : NULL;
  }
}

static vd_status set_number(const vd_field *field, void *record, const char *text) {
  double value;
  bool whole = field->type == VD_F_INT;
  if (field->may_be_unknown && vd_str_equal_nocase(text, "never"))
    return *vd_real_at(field, record) = NAN, VD_OK;
  if (!vd_parse_f64(text, &value) || (whole && value != floor(value)))
    return vd_fail(VD_ERR_INPUT,
                   whole ? _("“%s” takes a whole number, not “%.60s”.")
                         : _("“%s” takes a number, not “%.60s”."),
                   field->name, text);
  bool limited = field->min != 0 || field->max != 0;
  if (limited && (value < field->min || value > field->max))
    return vd_fail(VD_ERR_INPUT, _("“%s” takes a number from %g to %g, not %.60s."), field->name, field->min,
                   field->max, text);
  if (whole && (value <= INT32_MIN || value > INT32_MAX))
    return vd_fail(VD_ERR_INPUT, _("%.60s is too large for “%s”."), text, field->name);
  if (whole)
    *vd_int_at(field, record) = (int32_t)value;
  else
    *vd_real_at(field, record) = value;
  return VD_OK;
}

static vd_status set_bool(const vd_field *field, void *record, const char *text) {
  static const char *const yes[] = {"1", "true", "yes", "y", "t"}, *const no[] = {"0", "false", "no", "n",
                                                                                  "f"};
  for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
    if (vd_str_equal_nocase(text, yes[i])) return *vd_int_at(field, record) = 1, VD_OK;
    if (vd_str_equal_nocase(text, no[i])) return *vd_int_at(field, record) = 0, VD_OK;
  }
  return vd_fail(VD_ERR_INPUT, _("“%s” takes yes or no, not “%.60s”."), field->name, text);
}

static const char *list_words(vd_arena *arena, const char *const *words, int n) {
  vd_buf buf = {.arena = arena};
  for (int i = 0; n < 0 ? words[i] != NULL : i < n; i++) vd_buf_printf(&buf, "%s%s", i ? ", " : "", words[i]);
  return buf.text ? buf.text : "";
}

static vd_status set_term(vd_arena *arena, const vd_field *field, void *record, const char *text) {
  int index = vd_terms_find(field->terms, text);
  if (index < 0)
    return vd_fail(VD_ERR_INPUT, _("“%s” takes one of %s, not “%.60s”."), field->name,
                   list_words(arena, field->terms->words, field->terms->n), text);
  *vd_int_at(field, record) = index;
  return VD_OK;
}

static vd_status set_word(vd_arena *arena, const vd_field *field, void *record, const char *text) {
  for (const char *const *word = field->words; *word; word++)
    if (vd_str_equal_nocase(*word, text)) return *vd_text_at(field, record) = *word, VD_OK;
  return vd_fail(VD_ERR_INPUT, _("“%s” takes one of %s, not “%.60s”."), field->name,
                 list_words(arena, field->words, -1), text);
}

static vd_status set_text(vd_arena *arena, const vd_field *field, void *record, const char *text) {
  if (!vd_utf8_valid(text, strlen(text)))
    return vd_fail(VD_ERR_INPUT, _("The text for “%s” is not valid UTF-8."), field->name);
  *vd_text_at(field, record) = vd_str_dup(arena, text);
  return VD_OK;
}

static vd_status set_time(const vd_field *field, void *record, const char *text) {
  int64_t time_s;
  vd_status status = vd_time_parse(text, 0, &time_s);
  if (status != VD_OK) return vd_fail_prefix(status, "%s", field->name);
  *vd_time_at(field, record) = time_s;
  return VD_OK;
}

vd_status vd_field_set(vd_arena *arena, const vd_field *field, void *record, const char *text) {
  if (!text || !*text) return vd_field_clear(field, record), VD_OK;
  switch (field->type) {
  case VD_F_INT:
  case VD_F_REAL:
    return set_number(field, record, text);
  case VD_F_BOOL:
    return set_bool(field, record, text);
  case VD_F_TERM:
    return set_term(arena, field, record, text);
  case VD_F_WORD:
    return set_word(arena, field, record, text);
  case VD_F_TIME:
    return set_time(field, record, text);
  default:
    return set_text(arena, field, record, text);
  }
}
