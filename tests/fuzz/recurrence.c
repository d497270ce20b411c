/* recurrence: any text as a rule; what it says is in order and within the window.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "vedette/base/str.h"
#include "vedette/plan/recurrence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_recurrence rule;
  const int64_t start_s = 1772431200, from_s = 1772500000, to_s = 1790000000;
  if (vd_recurrence_parse(vd_str_dup_n(arena, (const char *)data, size), 7200, &rule) != VD_OK) return 0;
  int64_t *starts;
  size_t n;
  if (vd_recurrence_starts(arena, &rule, start_s, 7200, from_s, to_s, &starts, &n) != VD_OK) abort();
  for (size_t i = 0; i < n; i++)
    if (starts[i] < from_s || starts[i] >= to_s || (i && starts[i] <= starts[i - 1])) abort();
  return 0;
}
