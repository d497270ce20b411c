/* kml: how many fields of their own the places of a KML file name.
 * SPDX-License-Identifier: Apache-2.0
 *
 * GDAL's reader compares each field with all before it, so that a file with a hundred thousand of them takes minutes to open.
 * They are counted first, in one pass. */
#include <cpl_vsi.h>
#include <string.h>

#include "geo/vector_file.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { CHUNK = 65536, TAG_MAX = 512, SLOTS = 8192 };

typedef struct scan {
  char tag[TAG_MAX + 1]; /* what stands after '<', as far as it fits */
  size_t n;
  bool inside;
  uint64_t *slots; /* hashes of the names seen; 0: free */
  int n_names, most;
} scan;

static void note_name(scan *s, const char *name, size_t n) {
  uint64_t hash = 14695981039346656037u; /* FNV-1a */
  for (size_t i = 0; i < n; i++) hash = (hash ^ (unsigned char)name[i]) * 1099511628211u;
  hash |= 1;
  size_t at = (size_t)(hash >> 20) % SLOTS;
  while (s->slots[at] && s->slots[at] != hash) at = (at + 1) % SLOTS;
  s->n_names += s->slots[at] == 0;
  s->slots[at] = hash;
}

/* <Data name="x">, <SimpleData name="x">, <SimpleField name="x" type="string">, with a prefix or without. */
static void end_tag(scan *s) {
  s->inside = false;
  s->tag[s->n] = '\0';
  size_t word = strcspn(s->tag, " \t\r\n/");
  const char *colon = memchr(s->tag, ':', word), *kind = colon ? colon + 1 : s->tag;
  word -= (size_t)(kind - s->tag);
  bool field = (word == 4 && memcmp(kind, "Data", 4) == 0) ||
               (word == 10 && memcmp(kind, "SimpleData", 10) == 0) ||
               (word == 11 && memcmp(kind, "SimpleField", 11) == 0);
  const char *name = field ? strstr(kind, "name=") : NULL;
  if (!name || (name[5] != '"' && name[5] != '\'')) return;
  const char quote[] = {name[5], '\0'};
  note_name(s, name + 6, strcspn(name + 6, quote));
}

static void take_bytes(scan *s, const char *bytes, size_t n) {
  for (size_t i = 0; i < n && s->n_names <= s->most; i++) {
    if (bytes[i] == '<') {
      s->inside = true;
      s->n = 0;
    } else if (s->inside && bytes[i] == '>') {
      end_tag(s);
    } else if (s->inside && s->n < TAG_MAX) {
      s->tag[s->n++] = bytes[i];
    }
  }
}

static void file_cleanup(VSILFILE **file) {
  if (*file) VSIFCloseL(*file);
}

vd_status vd_kml_check_fields(const char *path, int most) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(file_cleanup) VSILFILE *file = VSIFOpenL(path, "rb");
  if (!file) return vd_fail(VD_ERR_IO, _("it cannot be opened: %m."));
  char *chunk = vd_arena_alloc(arena, CHUNK);
  scan *s = VD_NEW(arena, scan);
  s->slots = VD_NEW_ARRAY(arena, uint64_t, SLOTS);
  s->most = most < SLOTS / 2 ? most : SLOTS / 2;
  for (size_t n; s->n_names <= s->most && (n = VSIFReadL(chunk, 1, CHUNK, file)) > 0;)
    take_bytes(s, chunk, n);
  if (s->n_names <= s->most) return VD_OK;
  return vd_fail(VD_ERR_LIMIT, _("its places have more than %d fields of their own."), s->most);
}
