/* csv: any bytes as a table of text; every record has at least one cell and lines never run backwards.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  vd_csv csv;
  vd_csv_record record;
  vd_arena *arena = vd_arena_new();
  int64_t line = 0;
  size_t length = 0;
  if (vd_csv_open_bytes(data, size, &csv) == VD_OK)
    while (vd_csv_next(&csv, arena, &record) == VD_OK && record.n) {
      if (record.line <= line) abort();
      line = record.line;
      for (int i = 0; i < record.n; i++) length += strlen(record.cells[i]);
    }
  if (length > 4 * size + 4) abort();
  vd_csv_close(&csv);
  vd_arena_free(arena);
  return 0;
}
