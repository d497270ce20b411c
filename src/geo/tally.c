/* tally: counting what an import takes and drops, by reason.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/tally.h"

#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { REASONS_MAX = 200, EXAMPLE_MAX = 60 };

void vd_tally_read(vd_tally *tally) {
  if (tally) tally->n_read++;
}

void vd_tally_take(vd_tally *tally) {
  if (tally) tally->n_taken++;
}

static vd_tally_line *line_of(vd_tally *tally, const char *reason, bool dropped) {
  for (size_t i = 0; i < tally->n_lines; i++)
    if (tally->lines[i].dropped == dropped && vd_str_equal(tally->lines[i].reason, reason))
      return &tally->lines[i];
  if (tally->n_lines >= REASONS_MAX && !vd_str_equal(reason, _("other reasons")))
    return line_of(tally, _("other reasons"), dropped);
  vd_tally_line *line = VD_PUSH(tally->arena, tally->lines, tally->n_lines, tally->capacity);
  line->reason = vd_str_dup(tally->arena, reason);
  line->dropped = dropped;
  return line;
}

static void add(vd_tally *tally, int64_t id, const char *reason, const char *example, bool dropped) {
  vd_tally_line *line = line_of(tally, reason, dropped);
  if (line->count++) return;
  line->first = id;
  if (example && *example) line->example = vd_utf8_clean(tally->arena, example, EXAMPLE_MAX);
}

void vd_tally_drop(vd_tally *tally, int64_t id, const char *reason, const char *example) {
  if (!tally) return;
  tally->n_dropped++;
  add(tally, id, reason, example, true);
}

void vd_tally_change(vd_tally *tally, int64_t id, const char *reason, const char *example) {
  if (tally) add(tally, id, reason, example, false);
}

void vd_tally_join(vd_tally *tally, const vd_tally *more) {
  if (!tally) return;
  tally->n_read += more->n_read;
  tally->n_taken += more->n_taken;
  tally->n_dropped += more->n_dropped;
  for (size_t i = 0; i < more->n_lines; i++) {
    const vd_tally_line *from = &more->lines[i];
    vd_tally_line *line = line_of(tally, from->reason, from->dropped);
    if (!line->count) {
      line->first = from->first;
      line->example = vd_str_dup(tally->arena, from->example);
    }
    line->count += from->count;
  }
}

char *vd_tally_text(vd_arena *arena, const vd_tally *tally) {
  vd_buf text = {.arena = arena};
  vd_buf_printf(&text, _("read %lld, taken %lld, dropped %lld\n"), (long long)tally->n_read,
                (long long)tally->n_taken, (long long)tally->n_dropped);
  for (size_t i = 0; i < tally->n_lines; i++) {
    const vd_tally_line *line = &tally->lines[i];
    vd_buf_printf(
        &text, line->dropped ? _("%10lld dropped: %s (first: %lld)") : _("%10lld changed: %s (first: %lld)"),
        (long long)line->count, line->reason, (long long)line->first);
    if (line->example) vd_buf_printf(&text, ": %s", line->example);
    vd_buf_add(&text, "\n");
  }
  return text.text;
}
