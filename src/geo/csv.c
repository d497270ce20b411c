/* csv: records of comma-separated text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/csv.h"

#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const char separators[] = ",;\t|";

char vd_csv_separator_of(const void *bytes, size_t n) {
  const char *text = bytes;
  int counts[4] = {0}, best = -1;
  bool quoted = false;
  for (size_t i = 0; i < n; i++) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && (text[i] == '\n' || text[i] == '\r')) break;
    const char *found = text[i] && !quoted ? strchr(separators, text[i]) : NULL;
    if (found) counts[found - separators]++;
  }
  for (int k = 0; k < 4; k++)
    if (counts[k] && (best < 0 || counts[k] > counts[best])) best = k;
  return best < 0 ? '\0' : separators[best];
}

/* ---- characters ---- */

static bool refill(vd_csv *csv) {
  if (!csv->file) return false;
  csv->done_bytes += (int64_t)csv->n;
  csv->n = fread(csv->buffer, 1, VD_CSV_BUFFER, csv->file);
  csv->at = 0;
  csv->bytes = csv->buffer;
  return csv->n > 0;
}

static int peek(vd_csv *csv) {
  if (csv->at == csv->n && !refill(csv)) return -1;
  return csv->bytes[csv->at];
}

/* The next character; CR and CRLF become LF. */
static int take(vd_csv *csv) {
  int c = peek(csv);
  if (c < 0) return -1;
  csv->at++;
  if (c == '\r') {
    if (peek(csv) == '\n') csv->at++;
    c = '\n';
  }
  if (c == '\n') csv->line++;
  return c;
}

static void skip_mark(vd_csv *csv) {
  if (peek(csv) == 0xEF && csv->n >= 3 && csv->bytes[1] == 0xBB && csv->bytes[2] == 0xBF) csv->at = 3;
}

vd_status vd_csv_rewind(vd_csv *csv) {
  if (csv->file) {
    if (fseeko(csv->file, 0, SEEK_SET) != 0)
      return vd_fail(VD_ERR_IO, _("The file cannot be read again: %m."));
    csv->n = 0;
  }
  csv->at = 0;
  csv->done_bytes = 0;
  csv->line = 1;
  skip_mark(csv);
  return VD_OK;
}

static vd_status finish_open(vd_csv *csv) {
  VD_TRY(vd_csv_rewind(csv));
  peek(csv);
  csv->separator = vd_csv_separator_of(csv->bytes + csv->at, csv->n - csv->at);
  if (!csv->separator) csv->separator = ',';
  return VD_OK;
}

vd_status vd_csv_open_file(FILE *file, vd_csv *out) {
  *out = (vd_csv){.file = file, .buffer = malloc(VD_CSV_BUFFER)};
  if (!out->buffer) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to read the file."));
  return finish_open(out);
}

vd_status vd_csv_open_bytes(const void *bytes, size_t n, vd_csv *out) {
  *out = (vd_csv){.bytes = bytes, .n = n};
  return finish_open(out);
}

void vd_csv_close(vd_csv *csv) {
  free(csv->buffer);
  free(csv->record);
  *csv = (vd_csv){0};
}

int64_t vd_csv_position(const vd_csv *csv) {
  return csv->done_bytes + (int64_t)csv->at;
}

/* ---- records ---- */

static vd_status put(vd_csv *csv, size_t *n, char c) {
  if (*n == csv->record_capacity) {
    size_t wider = csv->record_capacity ? csv->record_capacity * 2 : 4096;
    char *grown = wider > VD_CSV_RECORD_MAX ? NULL : realloc(csv->record, wider);
    if (!grown)
      return vd_fail(VD_ERR_LIMIT, _("line %lld: the record is longer than %d MiB."), (long long)csv->line,
                     VD_CSV_RECORD_MAX >> 20);
    csv->record = grown;
    csv->record_capacity = wider;
  }
  csv->record[(*n)++] = c;
  return VD_OK;
}

/* One cell up to its separator or the line's end; *end is the character that ended it (-1: the file's end). */
static vd_status read_cell(vd_csv *csv, size_t *n, int *end) {
  int64_t opened = csv->line;
  bool quoted = peek(csv) == '"';
  if (quoted) take(csv);
  for (;;) {
    int c = take(csv);
    if (c == 0)
      return vd_fail(VD_ERR_INPUT, _("line %lld holds binary data. Is this a text file?"),
                     (long long)csv->line);
    if (quoted && c < 0)
      return vd_fail(VD_ERR_INPUT, _("a quote that opens in line %lld is never closed."), (long long)opened);
    if (quoted && c == '"') {
      if (peek(csv) != '"') {
        quoted = false;
        continue;
      }
      take(csv);
    } else if (!quoted && (c < 0 || c == '\n' || c == csv->separator)) {
      *end = c;
      return put(csv, n, '\0');
    }
    vd_status done = put(csv, n, (char)c);
    if (done == VD_ERR_LIMIT && quoted)
      return vd_fail(VD_ERR_INPUT, _("a quote that opens in line %lld is never closed."), (long long)opened);
    VD_TRY(done);
  }
}

/* Windows-1252's own part, the rest is Latin-1; unused places become the replacement character. */
static char *from_1252(vd_arena *arena, const char *text) {
  static const uint16_t high[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  vd_buf out = {.arena = arena};
  for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
    unsigned code = *at >= 0x80 && *at < 0xA0 ? high[*at - 0x80] : *at;
    if (code < 0x80)
      vd_buf_add_n(&out, (char[]){(char)code}, 1);
    else if (code < 0x800)
      vd_buf_add_n(&out, (char[]){(char)(0xC0 | code >> 6), (char)(0x80 | (code & 63))}, 2);
    else
      vd_buf_add_n(
          &out,
          (char[]){(char)(0xE0 | code >> 12), (char)(0x80 | (code >> 6 & 63)), (char)(0x80 | (code & 63))},
          3);
  }
  return out.text ? out.text : vd_str_dup(arena, "");
}

static void hand_out(vd_csv *csv, vd_arena *arena, size_t n, vd_csv_record *out) {
  char *text = vd_str_dup_n(arena, "", 0);
  if (n) {
    text = vd_arena_alloc(arena, n);
    memcpy(text, csv->record, n);
  }
  out->cells = VD_NEW_ARRAY(arena, char *, out->n);
  for (int i = 0; i < out->n; i++) {
    out->cells[i] = text;
    text += strlen(text) + 1;
    if (vd_utf8_valid(out->cells[i], strlen(out->cells[i]))) continue;
    out->cells[i] = from_1252(arena, out->cells[i]);
    out->converted = true;
  }
}

vd_status vd_csv_next(vd_csv *csv, vd_arena *arena, vd_csv_record *out) {
  for (;;) {
    size_t n = 0;
    int end = 0;
    *out = (vd_csv_record){.line = csv->line};
    if (peek(csv) < 0)
      return csv->file && ferror(csv->file) ? vd_fail(VD_ERR_IO, _("the file cannot be read: %m.")) : VD_OK;
    do {
      if (out->n == VD_CSV_CELLS_MAX)
        return vd_fail(VD_ERR_LIMIT, _("line %lld has more than %d columns."), (long long)out->line,
                       VD_CSV_CELLS_MAX);
      VD_TRY(read_cell(csv, &n, &end));
      out->n++;
    } while (end >= 0 && end != '\n');
    if (out->n == 1 && n == 1) continue; /* a blank line */
    hand_out(csv, arena, n, out);
    return VD_OK;
  }
}
