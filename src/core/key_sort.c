/* key_sort: a radix sort, a byte a pass.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/key_sort.h"

#include <stdbool.h>
#include <string.h>

/* One pass; false when all have the same byte and nothing was moved. */
static bool sort_by_byte(const keyed *from, keyed *to, size_t n, int shift) {
  size_t at[257] = {0};
  for (size_t i = 0; i < n; i++) at[(from[i].key >> shift & 255) + 1]++;
  if (at[(from[0].key >> shift & 255) + 1] == n) return false;
  for (int i = 1; i <= 256; i++) at[i] += at[i - 1];
  for (size_t i = 0; i < n; i++) to[at[from[i].key >> shift & 255]++] = from[i];
  return true;
}

void key_sort(keyed *items, keyed *other, size_t n) {
  keyed *from = items, *to = other;
  for (int shift = 0; n && shift < 64; shift += 8) {
    if (!sort_by_byte(from, to, n, shift)) continue;
    keyed *swap = from;
    from = to;
    to = swap;
  }
  if (n && from != items) memcpy(items, from, n * sizeof *items);
}
