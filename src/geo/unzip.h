/* unzip: zip files of unknown origin, under caps.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_UNZIP_H
#define VEDETTE_SRC_GEO_UNZIP_H

#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

typedef struct vd_zip_caps {
  int64_t file_bytes; /* of the zip itself */
  int64_t entries;
  int64_t total_bytes; /* unpacked */
  int64_t ratio;       /* unpacked / packed, for entries above 1 MiB */
} vd_zip_caps;
/* 1000 entries, 256 MiB, 200:1. */
extern const vd_zip_caps vd_zip_usual_caps;

typedef struct vd_zip_entry {
  const char *name;     /* relative path with '/', clean UTF-8 */
  int64_t packed, size; /* bytes */
  int64_t offset;       /* of the local header */
  uint32_t crc;
  uint16_t method;
} vd_zip_entry;

typedef struct vd_zip {
  const uint8_t *bytes;
  size_t n_bytes;
  vd_zip_entry *entries; /* files only; folders are left out */
  size_t n_entries, capacity;
} vd_zip;

/* Reads and checks the table of contents: refuses names with "..", a drive, a leading slash or a backslash, links, encrypted, split,
 * zip64 and overlapping entries, and what breaks a cap. `bytes` stay borrowed. */
vd_status vd_zip_open(vd_arena *arena, const void *bytes, size_t n, const vd_zip_caps *caps, vd_zip *out);
/* Unpacks one entry into malloc'ed memory of exactly its size (and one NUL more); the checksum of a deflated one is verified.
 * The caller frees. */
vd_status vd_zip_unpack(const vd_zip *zip, const vd_zip_entry *entry, uint8_t **out);
/* The first entry whose name ends with `suffix` (ASCII case ignored), or NULL. */
const vd_zip_entry *vd_zip_find(const vd_zip *zip, const char *suffix);

/* A whole file in malloc'ed memory, NUL-terminated; VD_ERR_LIMIT above `max_bytes`. */
vd_status vd_file_bytes(const char *path, int64_t max_bytes, uint8_t **bytes, size_t *n);
void vd_bytes_cleanup(uint8_t **bytes);

#endif
