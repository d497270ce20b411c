/* with_plan: opening plans and finding records for the commands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/with_plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/store/words.h"

vd_status vd_cli_open_plan(vd_cli *cli, const vd_args *args, vd_open_mode mode, vd_plan_file **file) {
  return vd_cli_open_path(cli, args, args->rest[0], mode, file);
}

vd_status vd_cli_open_path(vd_cli *cli, const vd_args *args, const char *path, vd_open_mode mode,
                           vd_plan_file **file) {
  const char *const *sentences;
  VD_TRY(vd_plan_file_open(path, mode, file));
  size_t n = vd_plan_file_notes(*file, &sentences);
  for (size_t i = 0; i < n && !vd_opt_given(args, "quiet"); i++) fprintf(cli->err, "%s\n", sentences[i]);
  if (mode == VD_OPEN_EDIT) {
    vd_plan *plan = vd_plan_file_plan(*file);
    const char *author = vd_opt_value(args, "author");
    vd_plan_use_author(plan, author ? author : vd_plan_info_lookup(plan)->author);
  }
  return VD_OK;
}

vd_status vd_cli_kind(vd_cli *cli, const char *word, vd_kind *kind) {
  int found = vd_kind_of_word(word);
  if (found < 0)
    return vd_fail(VD_ERR_USAGE, _("“%s” is no kind of record; there are %s"), word,
                   vd_words_text(cli->arena, false));
  *kind = (vd_kind)found;
  return VD_OK;
}

/* How well a record answers to the text; 0 not at all. */
static int fit(const vd_record *record, const char *text) {
  if (vd_str_equal(record->id, text)) return 4;
  if (record->name && strcmp(record->name, text) == 0) return 3;
  if (record->name && vd_str_equal_nocase(record->name, text)) return 2;
  return strlen(text) >= 4 && vd_str_starts(record->id, text) ? 1 : 0;
}

vd_status vd_cli_record(vd_cli *cli, const vd_plan *plan, vd_kind kind, const char *text, const void **out) {
  int best = 0, several = 0;
  const char *label = _(vd_kind_lookup(kind)->label);
  for (size_t i = 0; i < vd_plan_count(plan, kind); i++) {
    const vd_record *record = vd_plan_at(plan, kind, i);
    int how = fit(record, text);
    if (how > best) *out = record, several = 0;
    if (how && how >= best) several++;
    if (how > best) best = how;
  }
  if (best == 0)
    return vd_fail(VD_ERR_NOT_FOUND, _("%s “%s” is not in the plan; vedette list PLAN %s shows what is"),
                   label, text, vd_kind_word(kind));
  if (several > 1)
    return vd_fail(VD_ERR_USAGE, _("%d records answer to “%s”; give the id that vedette list PLAN %s shows"),
                   several, text, vd_kind_word(kind));
  (void)cli;
  return VD_OK;
}

char *vd_cli_time(vd_arena *arena, const vd_plan *plan, int64_t time_s) {
  if (time_s == VD_TIME_MIN || time_s == VD_TIME_MAX) return vd_str_dup(arena, "");
  int32_t offset_s = vd_plan_info_lookup(plan)->utc_offset_s;
  char *local = vd_time_text(arena, time_s, offset_s);
  if (offset_s == 0) return vd_str_printf(arena, _("%s UTC"), local);
  char *utc = vd_time_text(arena, time_s, 0);
  /* The date is told twice only where it differs. */
  const char *clock = strrchr(utc, ' ');
  bool same_day = clock && strncmp(local, utc, (size_t)(clock - utc)) == 0;
  return vd_str_printf(arena, _("%s (%s UTC)"), local, same_day ? clock + 1 : utc);
}

int64_t vd_cli_now_s(void) {
  int64_t fixed_s;
  const char *fixed = getenv("SOURCE_DATE_EPOCH");
  if (fixed && vd_parse_i64(fixed, &fixed_s)) return fixed_s;
  return (int64_t)time(NULL);
}
