/* csv: records of comma-separated text (RFC 4180) as found in the wild.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Separators , ; tab and | are told by the first line; quotes may hold separators, line ends and doubled quotes; lines end in
 * LF, CRLF or CR; a UTF-8 mark at the start is skipped; a record that is not UTF-8 is read as Windows-1252. */
#ifndef VEDETTE_SRC_GEO_CSV_H
#define VEDETTE_SRC_GEO_CSV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

enum { VD_CSV_BUFFER = 65536, VD_CSV_CELLS_MAX = 2000, VD_CSV_RECORD_MAX = 4 << 20 };

typedef struct vd_csv {
  FILE *file;           /* NULL: from bytes */
  const uint8_t *bytes; /* the memory, or the buffer below */
  size_t n, at;
  int64_t done_bytes; /* before the buffer */
  char separator;
  int64_t line; /* of the next character, from 1 */
  uint8_t *buffer;
  char *record; /* unquoted cells, each with its NUL */
  size_t record_capacity;
} vd_csv;

typedef struct vd_csv_record {
  char **cells; /* in the arena given */
  int n;
  int64_t line;   /* where it begins */
  bool converted; /* was not UTF-8 */
} vd_csv_record;

/* From a file (borrowed) or from bytes. */
vd_status vd_csv_open_file(FILE *file, vd_csv *out);
vd_status vd_csv_open_bytes(const void *bytes, size_t n, vd_csv *out);
void vd_csv_close(vd_csv *csv);
/* Back to the first record. */
vd_status vd_csv_rewind(vd_csv *csv);
/* The next record that is not blank; n = 0 at the end. VD_ERR_INPUT names the line of a quote that never closes and of binary data. */
vd_status vd_csv_next(vd_csv *csv, vd_arena *arena, vd_csv_record *out);
/* Bytes read so far. */
int64_t vd_csv_position(const vd_csv *csv);
/* The separator that a first line shows, 0 when it shows none. */
char vd_csv_separator_of(const void *bytes, size_t n);

#endif
