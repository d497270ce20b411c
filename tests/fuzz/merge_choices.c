/* merge_choices: any text as decisions on conflicts.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "vedette/base/str.h"
#include "vedette/plan/merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_choices choices = {.all = VD_SIDE_COUNT};
  const char *text = vd_str_dup_n(arena, (const char *)data, size);
  if (vd_choices_parse(&choices, arena, text) != VD_OK) return 0;
  for (size_t i = 0; i < choices.n; i++)
    if (choices.items[i].side >= VD_SIDE_COUNT || !*choices.items[i].id || !*choices.items[i].field) abort();
  return 0;
}
