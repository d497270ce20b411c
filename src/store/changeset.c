/* changeset: reading through a changeset without believing it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/changeset.h"

#include <stdint.h>
#include <string.h>

enum { MOST_COLUMNS = 2000, OP_DELETE = 9, OP_INSERT = 18, OP_UPDATE = 23 };

typedef struct reading {
  const uint8_t *at, *end;
} reading;

/* SQLite's variable-length integer, as far as it fits into 31 bits. */
static bool read_size(reading *in, size_t *size) {
  uint64_t value = 0;
  for (int i = 0; i < 5 && in->at < in->end; i++) {
    uint8_t byte = *in->at++;
    value = value << 7 | (byte & 127u);
    *size = (size_t)value;
    if (byte < 128) return value <= INT32_MAX;
  }
  return false;
}

static bool skip(reading *in, size_t n) {
  if (n > (size_t)(in->end - in->at)) return false;
  in->at += n;
  return true;
}

/* A type, then what the type asks: 0 nothing told, 1 integer, 2 real, 3 text, 4 blob, 5 NULL. */
static bool read_value(reading *in) {
  size_t size;
  if (in->at == in->end) return false;
  switch (*in->at++) {
  case 0:
  case 5:
    return true;
  case 1:
  case 2:
    return skip(in, 8);
  case 3:
  case 4:
    return read_size(in, &size) && skip(in, size);
  default:
    return false;
  }
}

static bool read_row(reading *in, size_t n_columns) {
  for (size_t i = 0; i < n_columns; i++)
    if (!read_value(in)) return false;
  return true;
}

/* Column count, a byte a column that tells the key, the name and its NUL. */
static bool read_table(reading *in, size_t *n_columns) {
  if (!read_size(in, n_columns) || *n_columns < 1 || *n_columns > MOST_COLUMNS || !skip(in, *n_columns))
    return false;
  const uint8_t *name_end = memchr(in->at, 0, (size_t)(in->end - in->at));
  if (!name_end || name_end == in->at) return false;
  in->at = name_end + 1;
  return true;
}

static bool read_change(reading *in, size_t n_columns, uint8_t op) {
  if (op != OP_DELETE && op != OP_INSERT && op != OP_UPDATE) return false;
  if (!skip(in, 1) || !read_row(in, n_columns)) return false; /* the byte tells whether a trigger did it */
  return op != OP_UPDATE || read_row(in, n_columns);
}

bool vd_changeset_is_sound(const void *bytes, size_t n) {
  reading in = {bytes, (const uint8_t *)bytes + n};
  size_t n_columns = 0;
  while (in.at < in.end) {
    uint8_t op = *in.at++;
    bool good = op == 'T' ? read_table(&in, &n_columns) : n_columns > 0 && read_change(&in, n_columns, op);
    if (!good) return false;
  }
  return true;
}
