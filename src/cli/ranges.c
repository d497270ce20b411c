/* ranges: values of cells as a person gives them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/ranges.h"

#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* "7" or "10..20". */
static bool read_range(vd_cli *cli, const char *text, double *from, double *to) {
  const char *dots = strstr(text, "..");
  if (dots)
    return vd_parse_f64(vd_str_dup_n(cli->arena, text, (size_t)(dots - text)), from) &&
           vd_parse_f64(dots + 2, to) && *from <= *to;
  bool read = vd_parse_f64(text, from);
  *to = *from;
  return read;
}

vd_status vd_ranges_read(vd_cli *cli, const char *text, vd_ranges *out) {
  out->n = 0;
  for (const char *at = text; at;) {
    size_t n = strcspn(at, ",");
    if (out->n == VD_RANGES_MAX)
      return vd_fail(VD_ERR_USAGE, _("--from takes at most %d values and ranges"), VD_RANGES_MAX);
    if (!read_range(cli, vd_str_dup_n(cli->arena, at, n), &out->items[out->n].from, &out->items[out->n].to))
      return vd_fail(VD_ERR_USAGE, _("--from takes values and ranges like 1,3,10..20, not “%s”"), text);
    out->n++;
    at = at[n] ? at + n + 1 : NULL;
  }
  return VD_OK;
}
