/* merge_choices: decisions on conflicts as lines of text, out and back in.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/merge.h"

enum { MOST_LINES = 1000000, LONGEST_VALUE = 200 };

const char *vd_conflict_kind_word(const vd_conflict *conflict) {
  return conflict->kind == VD_KIND_COUNT ? "plan" : vd_kind_lookup(conflict->kind)->table;
}

/* ---- reading ---- */

static vd_side side_of(const char *word) {
  for (int side = 0; side < VD_SIDE_COUNT; side++)
    if (vd_str_equal_nocase(word, vd_side_words[side])) return (vd_side)side;
  return VD_SIDE_COUNT;
}

static vd_status read_key(vd_choice *choice, vd_arena *arena, const char *key) {
  const char *first = strchr(key, '/'), *second = first ? strchr(first + 1, '/') : NULL;
  if (!second || strchr(second + 1, '/') || first == key || second == first + 1 || !second[1])
    return vd_fail(VD_ERR_INPUT, _("A conflict is named KIND/ID/FIELD, not “%.120s”."), key);
  choice->kind = vd_str_dup_n(arena, key, (size_t)(first - key));
  choice->id = vd_str_dup_n(arena, first + 1, (size_t)(second - first - 1));
  choice->field = vd_str_dup(arena, second + 1);
  if (strcmp(choice->kind, "plan") != 0 && vd_kind_find(choice->kind) < 0)
    return vd_fail(VD_ERR_INPUT, _("“%.60s” is no kind of record."), choice->kind);
  return VD_OK;
}

/* `undecided` allows nothing after "=". */
static vd_status read_line(vd_choices *choices, vd_arena *arena, const char *line, bool undecided) {
  const char *equals = strrchr(line, '=');
  if (!equals)
    return vd_fail(VD_ERR_INPUT, _("A decision is written KIND/ID/FIELD=mine, not “%.120s”."), line);
  vd_choice choice = {.side = VD_SIDE_COUNT};
  const char *word = vd_str_trim(arena, equals + 1);
  VD_TRY(read_key(&choice, arena, vd_str_trim(arena, vd_str_dup_n(arena, line, (size_t)(equals - line)))));
  if (!*word && undecided) return VD_OK;
  choice.side = side_of(word);
  if (choice.side == VD_SIDE_COUNT)
    return vd_fail(VD_ERR_INPUT, _("A conflict is decided by mine, theirs or base, not “%.60s”."), word);
  *VD_PUSH(arena, choices->items, choices->n, choices->capacity) = choice;
  return VD_OK;
}

vd_status vd_choices_add(vd_choices *choices, vd_arena *arena, const char *text) {
  if (strchr(text, '=')) return read_line(choices, arena, text, false);
  vd_side side = side_of(text);
  if (side != VD_SIDE_MINE && side != VD_SIDE_THEIRS)
    return vd_fail(VD_ERR_INPUT, _("“%.120s” is neither mine, theirs nor KIND/ID/FIELD=mine."), text);
  choices->all = side;
  return VD_OK;
}

vd_status vd_choices_parse(vd_choices *choices, vd_arena *arena, const char *text) {
  size_t number = 0;
  for (const char *at = text; *at;) {
    size_t n = strcspn(at, "\n");
    if (++number > MOST_LINES) return vd_fail(VD_ERR_LIMIT, _("There are more than a million lines."));
    const char *line = vd_str_trim(arena, vd_str_dup_n(arena, at, n));
    vd_status status = *line && *line != '#' ? read_line(choices, arena, line, true) : VD_OK;
    if (status != VD_OK) return vd_fail_prefix(status, _("line %zu"), number);
    at += n + (at[n] == '\n');
  }
  return VD_OK;
}

/* ---- writing ---- */

static const char *flat(vd_arena *arena, const vd_clash_value *value) {
  if (value->absent) return _("not there");
  if (!value->text) return "–";
  char *text = vd_utf8_clean(arena, value->text, LONGEST_VALUE);
  for (char *at = text; *at; at++)
    if (*at == '\n' || *at == '\t') *at = ' ';
  return text;
}

static void add_side(vd_buf *text, const vd_conflict *conflict, vd_side side, int32_t utc_offset_s) {
  const vd_clash_value *value = &conflict->sides[side];
  vd_buf_printf(text, "#   %-6s  %s", vd_side_words[side], flat(text->arena, value));
  if (side != VD_SIDE_BASE && value->time_s != VD_TIME_MIN) {
    const char *author = value->author ? vd_utf8_clean(text->arena, value->author, LONGEST_VALUE) : "?";
    vd_buf_printf(text, "  (%s, %s %s)", author, vd_time_text(text->arena, value->time_s, utc_offset_s),
                  vd_offset_text(text->arena, utc_offset_s));
  }
  vd_buf_add(text, "\n");
}

const char *vd_conflicts_text(vd_arena *arena, const vd_conflict *conflicts, size_t n, int32_t utc_offset_s) {
  vd_buf text = {.arena = arena};
  vd_buf_add(&text, _("# Write mine, theirs or base after each “=”.\n"));
  for (size_t i = 0; i < n; i++) {
    const vd_conflict *conflict = &conflicts[i];
    const vd_clash_value label = {.text = conflict->label};
    vd_buf_printf(&text, "\n# %s, %s\n", flat(arena, &label), conflict->field_label);
    for (int side = 0; side < VD_SIDE_COUNT; side++) add_side(&text, conflict, (vd_side)side, utc_offset_s);
    vd_buf_printf(&text, "%s/%s/%s = %s\n", vd_conflict_kind_word(conflict), conflict->id, conflict->field,
                  conflict->choice < VD_SIDE_COUNT ? vd_side_words[conflict->choice] : "");
  }
  return text.text;
}
