/* recurrence: any text as a rule and, after a newline, its exceptions; what it says is in order, within the window and in no
 * exception, and a far window holds what walking there gives.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/plan/recurrence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  char *text = vd_str_dup_n(arena, (const char *)data, size), *exceptions = strchr(text, '\n');
  if (exceptions) *exceptions++ = '\0';
  vd_recurrence rule;
  const int64_t start_s = 1772431200, from_s = 1772500000, to_s = 1790000000;
  if (vd_recurrence_parse(text, 7200, &rule) != VD_OK) return 0;
  if (vd_recurrence_except(arena, exceptions, 7200, &rule) != VD_OK) return 0;
  int64_t *starts, *all;
  size_t n, n_all;
  if (vd_recurrence_starts(arena, &rule, start_s, 7200, from_s, to_s, &starts, &n) != VD_OK) abort();
  if (vd_recurrence_starts(arena, &rule, start_s, 7200, start_s, to_s, &all, &n_all) != VD_OK) abort();
  if (n > n_all || (n && memcmp(starts, all + (n_all - n), n * sizeof *all) != 0)) abort();
  for (size_t i = 0; i < n; i++) {
    if (starts[i] < from_s || starts[i] >= to_s || (i && starts[i] <= starts[i - 1])) abort();
    for (size_t k = 0; k < rule.n_exceptions; k++)
      if (starts[i] >= rule.exceptions[k].from_s && starts[i] < rule.exceptions[k].to_s) abort();
  }
  int64_t last_s = vd_recurrence_last_s(&rule, start_s, 7200);
  if (n_all && last_s < all[n_all - 1]) abort();
  return 0;
}
