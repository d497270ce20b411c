/* period: the span that a register is told of.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/period.h"

#include <ctype.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* [first of the month, first of the next), mission-local. */
static vd_status read_month(const vd_studied *studied, const char *text, int64_t *from_s, int64_t *to_s) {
  int32_t offset = vd_plan_info_lookup(studied->plan)->utc_offset_s;
  int64_t year = 0, month = 0;
  bool fits = strlen(text) == 7 && text[4] == '-' && isdigit((unsigned char)text[0]) &&
              vd_parse_i64(vd_str_dup_n(studied->cli->arena, text, 4), &year) &&
              isdigit((unsigned char)text[5]) && vd_parse_i64(text + 5, &month);
  vd_civil first = {.year = (int)year, .month = (int)month, .day = 1};
  vd_civil next = {
      .year = (int)(month == 12 ? year + 1 : year), .month = (int)(month == 12 ? 1 : month + 1), .day = 1};
  if (!fits || !vd_civil_to_s(&first, offset, from_s) || !vd_civil_to_s(&next, offset, to_s))
    return vd_fail(VD_ERR_USAGE, _("--month takes a month as 2026-03, not “%s”"), text);
  return VD_OK;
}

vd_status vd_cli_period(vd_studied *studied, int64_t *from_s, int64_t *to_s) {
  const char *month = vd_opt_value(studied->args, "month");
  bool window = vd_opt_given(studied->args, "from") || vd_opt_given(studied->args, "to");
  *from_s = *to_s = 0;
  if (month && window) return vd_fail(VD_ERR_USAGE, _("give --month, or --from and --to, not both"));
  if (month) {
    VD_TRY(read_month(studied, month, from_s, to_s));
    studied->options.from_s = *from_s, studied->options.to_s = *to_s;
  } else if (window) {
    *from_s = studied->options.from_s, *to_s = studied->options.to_s;
  }
  return VD_OK;
}
