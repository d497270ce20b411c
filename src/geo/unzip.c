/* unzip: zip files of unknown origin, under caps (APPNOTE.TXT 6.3, without zip64, encryption and splitting).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the central directory is believed, and every size it names is checked before anything is allocated. */
#include "geo/unzip.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/gdal.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

const vd_zip_caps vd_zip_usual_caps = {
    .file_bytes = 256 << 20, .entries = 1000, .total_bytes = 256 << 20, .ratio = 200};

enum { END_SIZE = 22, CENTRAL_SIZE = 46, LOCAL_SIZE = 30, COMMENT_MAX = 65535, NAME_MAX_BYTES = 512 };
enum { STORED = 0, DEFLATED = 8, FLAG_ENCRYPTED = 1, SMALL_ENTRY = 1 << 20 };

static uint16_t u16(const uint8_t *at) {
  return (uint16_t)(at[0] | at[1] << 8);
}

static uint32_t u32(const uint8_t *at) {
  return (uint32_t)u16(at) | (uint32_t)u16(at + 2) << 16;
}

static vd_status damaged(const char *what) {
  return vd_fail(VD_ERR_INPUT, _("The zip file is damaged: %s."), what);
}

/* The end record, searched from the end since a comment may follow it; NULL when there is none. */
static const uint8_t *find_end(const uint8_t *bytes, size_t n) {
  if (n < END_SIZE) return NULL;
  size_t last = n - END_SIZE, first = last > COMMENT_MAX ? last - COMMENT_MAX : 0;
  for (size_t at = last + 1; at-- > first;)
    if (u32(bytes + at) == 0x06054b50 && at + END_SIZE + u16(bytes + at + 20) <= n) return bytes + at;
  return NULL;
}

static bool safe_name(const char *name, size_t n) {
  if (n == 0 || n > NAME_MAX_BYTES || memchr(name, '\0', n) || memchr(name, '\\', n) || memchr(name, ':', n))
    return false;
  if (name[0] == '/') return false;
  for (size_t at = 0; at < n;) {
    const char *slash = memchr(name + at, '/', n - at);
    size_t part = slash ? (size_t)(slash - name) - at : n - at;
    if (part == 2 && name[at] == '.' && name[at + 1] == '.') return false;
    at += part + 1;
  }
  return true;
}

/* Unix mode in the upper half of the external attributes: a symbolic link is 0120000. */
static bool is_link(const uint8_t *central) {
  return central[5] == 3 && (u32(central + 38) >> 16 & 0170000) == 0120000;
}

static vd_status check_sizes(const vd_zip_entry *entry, const vd_zip_caps *caps, int64_t total) {
  if (entry->size > caps->total_bytes || total > caps->total_bytes)
    return vd_fail(
        VD_ERR_LIMIT,
        _("The zip file unpacks to more than %lld MiB. Unpack it and import the files one by one."),
        (long long)(caps->total_bytes >> 20));
  if (entry->size > SMALL_ENTRY && entry->size / caps->ratio > entry->packed)
    return vd_fail(VD_ERR_LIMIT,
                   _("The zip entry %s unpacks to more than %lld times its size, which no map data does."),
                   entry->name, (long long)caps->ratio);
  return VD_OK;
}

static vd_status read_entry(vd_arena *arena, const uint8_t *central, size_t left, vd_zip_entry *out,
                            size_t *step) {
  if (left < CENTRAL_SIZE || u32(central) != 0x02014b50)
    return damaged(_("its table of contents breaks off"));
  size_t n_name = u16(central + 28);
  *step = CENTRAL_SIZE + n_name + u16(central + 30) + u16(central + 32);
  if (*step > left) return damaged(_("its table of contents breaks off"));
  const char *name = (const char *)central + CENTRAL_SIZE;
  if (!safe_name(name, n_name) || is_link(central))
    return vd_fail(VD_ERR_INPUT,
                   _("The zip file holds an entry that points outside of it and is not opened."));
  if (u16(central + 8) & FLAG_ENCRYPTED)
    return vd_fail(VD_ERR_INPUT, _("The zip file is encrypted. Unpack it first."));
  out->name = vd_utf8_clean(arena, vd_str_dup_n(arena, name, n_name), NAME_MAX_BYTES);
  out->method = u16(central + 10);
  out->crc = u32(central + 16);
  out->packed = u32(central + 20);
  out->size = u32(central + 24);
  out->offset = u32(central + 42);
  if (out->packed == UINT32_MAX || out->size == UINT32_MAX || out->offset == UINT32_MAX)
    return vd_fail(VD_ERR_LIMIT, _("The zip file is larger than 4 GiB. Unpack it first."));
  return VD_OK;
}

static int by_offset(const void *a, const void *b) {
  int64_t x = ((const vd_zip_entry *)a)->offset, y = ((const vd_zip_entry *)b)->offset;
  return (x > y) - (x < y);
}

/* Entries that share bytes are how a small file unpacks to a huge one. */
static vd_status check_overlap(vd_arena *arena, const vd_zip *zip) {
  if (!zip->n_entries) return VD_OK;
  vd_zip_entry *sorted = VD_NEW_ARRAY(arena, vd_zip_entry, zip->n_entries);
  memcpy(sorted, zip->entries, zip->n_entries * sizeof *sorted);
  qsort(sorted, zip->n_entries, sizeof *sorted, by_offset);
  for (size_t i = 0; i < zip->n_entries; i++) {
    int64_t end = sorted[i].offset + LOCAL_SIZE + sorted[i].packed;
    if (end > (i + 1 < zip->n_entries ? sorted[i + 1].offset : (int64_t)zip->n_bytes))
      return damaged(_("its entries overlap"));
  }
  return VD_OK;
}

vd_status vd_zip_open(vd_arena *arena, const void *bytes, size_t n, const vd_zip_caps *caps, vd_zip *out) {
  *out = (vd_zip){.bytes = bytes, .n_bytes = n};
  const uint8_t *end = n ? find_end(bytes, n) : NULL;
  if (!end) return damaged(_("its end is missing"));
  int64_t count = u16(end + 10), offset = u32(end + 16), total = 0;
  if (u16(end + 4) != 0 || u16(end + 8) != count)
    return vd_fail(VD_ERR_INPUT, _("The zip file is one of several parts."));
  if (count > caps->entries)
    return vd_fail(VD_ERR_LIMIT, _("The zip file holds %lld files; at most %lld are read."), (long long)count,
                   (long long)caps->entries);
  if (offset > end - out->bytes) return damaged(_("its table of contents is missing"));
  const uint8_t *at = out->bytes + offset;
  for (int64_t i = 0; i < count; i++) {
    vd_zip_entry entry;
    size_t step;
    VD_TRY(read_entry(arena, at, (size_t)(end - at), &entry, &step));
    at += step;
    total += entry.size;
    VD_TRY(check_sizes(&entry, caps, total));
    if (!vd_str_ends_nocase(entry.name, "/"))
      *VD_PUSH(arena, out->entries, out->n_entries, out->capacity) = entry;
  }
  return check_overlap(arena, out);
}

/* GDAL's inflater takes gzip, whose frame carries the checksum and size that the zip names: both are verified. */
static bool inflate_entry(const vd_zip_entry *entry, const uint8_t *data, uint8_t *out) {
  enum { HEAD = 10, TAIL = 8 };
  size_t n = HEAD + (size_t)entry->packed + TAIL, unpacked = 0;
  uint8_t *frame = calloc(1, n);
  if (!frame) return false;
  memcpy(frame, (const uint8_t[]){0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}, HEAD);
  memcpy(frame + HEAD, data, (size_t)entry->packed);
  for (int i = 0; i < 4; i++) {
    frame[n - 8 + (size_t)i] = (uint8_t)(entry->crc >> 8 * i);
    frame[n - 4 + (size_t)i] = (uint8_t)((uint32_t)entry->size >> 8 * i);
  }
  void *done = CPLZLibInflate(frame, n, out, (size_t)entry->size + 1, &unpacked);
  free(frame);
  return done && unpacked == (size_t)entry->size;
}

vd_status vd_zip_unpack(const vd_zip *zip, const vd_zip_entry *entry, uint8_t **out) {
  const uint8_t *local = zip->bytes + entry->offset;
  int64_t left = (int64_t)zip->n_bytes - entry->offset;
  *out = NULL;
  if (left < LOCAL_SIZE || u32(local) != 0x04034b50) return damaged(_("an entry is missing"));
  int64_t start = LOCAL_SIZE + u16(local + 26) + u16(local + 28);
  if (start + entry->packed > left) return damaged(_("an entry breaks off"));
  if (entry->method != STORED && entry->method != DEFLATED)
    return vd_fail(VD_ERR_INPUT,
                   _("The zip entry %s is packed in a way that is not known here. Unpack it first."),
                   entry->name);
  if (entry->method == STORED && entry->packed != entry->size) return damaged(_("an entry's size is wrong"));
  uint8_t *bytes = calloc(1, (size_t)entry->size + 1);
  if (!bytes) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to unpack %s."), entry->name);
  bool whole = true;
  if (entry->method == STORED)
    memcpy(bytes, local + start, (size_t)entry->size);
  else if (entry->size)
    whole = inflate_entry(entry, local + start, bytes);
  if (!whole) {
    free(bytes);
    return vd_fail(VD_ERR_INPUT, _("The zip entry %s is damaged."), entry->name);
  }
  *out = bytes;
  return VD_OK;
}

const vd_zip_entry *vd_zip_find(const vd_zip *zip, const char *suffix) {
  for (size_t i = 0; i < zip->n_entries; i++)
    if (vd_str_ends_nocase(zip->entries[i].name, suffix) && !vd_str_starts(zip->entries[i].name, "__MACOSX/"))
      return &zip->entries[i];
  return NULL;
}

void vd_bytes_cleanup(uint8_t **bytes) {
  free(*bytes);
  *bytes = NULL;
}

static void file_cleanup(FILE **file) {
  if (*file) fclose(*file);
}

vd_status vd_file_bytes(const char *path, int64_t max_bytes, uint8_t **bytes, size_t *n) {
  VD_CLEANUP(file_cleanup) FILE *file = fopen(path, "rbe");
  *bytes = NULL;
  if (!file) return vd_fail(VD_ERR_IO, _("%s cannot be opened: %m."), path);
  if (fseeko(file, 0, SEEK_END) != 0) return vd_fail(VD_ERR_IO, _("%s cannot be read: %m."), path);
  int64_t size = ftello(file);
  rewind(file);
  if (size < 0) return vd_fail(VD_ERR_IO, _("%s cannot be read: %m."), path);
  if (size > max_bytes)
    return vd_fail(VD_ERR_LIMIT, _("%s is larger than %lld MiB."), vd_path_base(path),
                   (long long)(max_bytes >> 20));
  VD_CLEANUP(vd_bytes_cleanup) uint8_t *read = calloc(1, (size_t)size + 1);
  if (!read) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to read %s."), vd_path_base(path));
  *n = fread(read, 1, (size_t)size, file);
  if (*n < (size_t)size && ferror(file)) return vd_fail(VD_ERR_IO, _("%s cannot be read: %m."), path);
  *bytes = read;
  read = NULL;
  return VD_OK;
}
