/* changeset: any bytes as a step of the history; what is found sound SQLite inverts and walks through in the end.
 * SPDX-License-Identifier: Apache-2.0 */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <sqlite3.h>
#include <stdint.h>

#include "store/changeset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0 || size > 1 << 20 || !vd_changeset_is_sound(data, size)) return 0;
  void *inverse = NULL;
  int n = 0;
  sqlite3changeset_invert((int)size, data, &n, &inverse);
  sqlite3_free(inverse);
  sqlite3_changeset_iter *iterator = NULL;
  if (sqlite3changeset_start(&iterator, (int)size, (void *)(uintptr_t)data) != SQLITE_OK) return 0;
  while (sqlite3changeset_next(iterator) == SQLITE_ROW) continue;
  sqlite3changeset_finalize(iterator);
  return 0;
}
