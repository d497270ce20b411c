/* lzw: TIFF's LZW - codes of 9 to 12 bits, most significant bit first, 256 clears and 257 ends.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "store/tile.h"

enum { CLEAR = 256, END = 257, FIRST = 258, LAST = 4094, N_CODES = 4096, N_SLOTS = 1 << 14 };

/* ---- writing ---- */

typedef struct writer {
  uint8_t *out;
  size_t n;
  uint32_t bits;
  int n_bits, width, next; /* next: the table entry to come */
  uint32_t keys[N_SLOTS];  /* prefix << 8 | byte, plus 1; 0 free */
  uint16_t codes[N_SLOTS];
} writer;

static void put_code(writer *to, int code) {
  to->bits = to->bits << to->width | (uint32_t)code;
  to->n_bits += to->width;
  while (to->n_bits >= 8) {
    to->n_bits -= 8;
    to->out[to->n++] = (uint8_t)(to->bits >> to->n_bits);
  }
}

static void start_table(writer *to) {
  memset(to->keys, 0, sizeof to->keys);
  to->width = 9;
  to->next = FIRST;
}

/* After each code the table has one entry more, which may widen the codes or fill it. */
static void count_entry(writer *to) {
  if (to->next == LAST) {
    put_code(to, CLEAR);
    start_table(to);
    return;
  }
  if (to->next == (1 << to->width) - 1) to->width++;
  to->next++;
}

static size_t slot_of(const writer *to, uint32_t key) {
  size_t slot = (key * 2654435761u) >> 18;
  while (to->keys[slot] && to->keys[slot] != key) slot = (slot + 1) & (N_SLOTS - 1);
  return slot;
}

size_t vd_lzw_write(const uint8_t *bytes, size_t n, uint8_t *out) {
  writer to = {.out = out};
  start_table(&to);
  put_code(&to, CLEAR);
  int prefix = n ? bytes[0] : -1;
  for (size_t i = 1; i < n; i++) {
    uint32_t key = ((uint32_t)prefix << 8 | bytes[i]) + 1;
    size_t slot = slot_of(&to, key);
    if (to.keys[slot]) {
      prefix = to.codes[slot];
      continue;
    }
    put_code(&to, prefix);
    to.keys[slot] = key;
    to.codes[slot] = (uint16_t)to.next;
    count_entry(&to);
    prefix = bytes[i];
  }
  if (prefix >= 0) put_code(&to, prefix), count_entry(&to);
  put_code(&to, END);
  if (to.n_bits) to.out[to.n++] = (uint8_t)(to.bits << (8 - to.n_bits));
  return to.n;
}

/* ---- reading ---- */

typedef struct entry {
  uint16_t prefix, length;
  uint8_t first, last;
} entry;

typedef struct reader {
  const uint8_t *code;
  size_t n_code;
  uint32_t bits;
  int n_bits, width, next;
  entry table[N_CODES];
} reader;

static int take_code(reader *from) {
  while (from->n_bits < from->width) {
    if (!from->n_code) return END;
    from->bits = from->bits << 8 | *from->code++;
    from->n_code--;
    from->n_bits += 8;
  }
  from->n_bits -= from->width;
  return (int)(from->bits >> from->n_bits & ((1u << from->width) - 1));
}

/* Writes the string of a code so that it ends before `end`. */
static void spell(const reader *from, int code, uint8_t *end) {
  for (int left = from->table[code].length; left > 0; left--) {
    *--end = from->table[code].last;
    code = from->table[code].prefix;
  }
}

static void add_entry(reader *from, int prefix, uint8_t last) {
  if (from->next >= N_CODES) return;
  const entry *before = &from->table[prefix];
  from->table[from->next++] = (entry){(uint16_t)prefix, (uint16_t)(before->length + 1), before->first, last};
  if (from->next == (1 << from->width) - 1 && from->width < 12) from->width++;
}

bool vd_lzw_read(const uint8_t *code, size_t n_code, uint8_t *out, size_t n) {
  reader from = {.code = code, .n_code = n_code, .width = 9, .next = FIRST};
  for (int i = 0; i < 256; i++) from.table[i] = (entry){0, 1, (uint8_t)i, (uint8_t)i};
  size_t filled = 0;
  int before = -1;
  for (int now = take_code(&from); now != END; now = take_code(&from)) {
    if (now == CLEAR) {
      from.width = 9, from.next = FIRST, before = -1;
      continue;
    }
    if (now > from.next || (now == from.next && before < 0) || (before < 0 && now > 255)) return false;
    if (before >= 0) add_entry(&from, before, from.table[now < from.next ? now : before].first);
    if (now >= from.next || from.table[now].length > n - filled) return false;
    filled += from.table[now].length;
    spell(&from, now, out + filled);
    before = now;
  }
  return filled == n;
}
