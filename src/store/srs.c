/* srs: the coordinate reference systems of the rasters in gpkg_spatial_ref_sys.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store/schema.h"
#include "vedette/base/str.h"

/* Skips a quoted text; the doubled quote within is two texts to us, which does no harm. */
static const char *skip_quoted(const char *at) {
  const char *end = strchr(at + 1, '"');
  return end ? end + 1 : at + strlen(at);
}

/* The code in AUTHORITY["EPSG","32736"] (WKT 1) or ID["EPSG",32736] (WKT 2) of the outermost node, or 0. */
static int64_t epsg_code(const char *wkt) {
  int depth = 0;
  for (const char *at = wkt; *at;) {
    if (*at == '"') {
      at = skip_quoted(at);
      continue;
    }
    if (depth == 1) {
      const char *found = vd_str_starts(at, "AUTHORITY[\"EPSG\",") ? at + 17
                          : vd_str_starts(at, "ID[\"EPSG\",")      ? at + 10
                                                                   : NULL;
      if (found && at > wkt && (at[-1] == ',' || at[-1] == ' ' || at[-1] == '\n'))
        return strtol(found + (*found == '"'), NULL, 10);
    }
    if (*at == '[' || *at == '(') depth++;
    if (*at == ']' || *at == ')') depth--;
    at++;
  }
  return 0;
}

/* The text in the first pair of quotes: the system's name. */
static char *name_of(vd_arena *arena, const char *wkt) {
  const char *from = strchr(wkt, '"');
  const char *to = from ? strchr(from + 1, '"') : NULL;
  return to ? vd_str_dup_n(arena, from + 1, (size_t)(to - from - 1)) : vd_str_dup(arena, "unnamed");
}

vd_status vd_srs_put(sqlite3 *db, const char *wkt, int64_t *srs_id) {
  enum { FIRST_OWN = 100000 };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int64_t code = epsg_code(wkt), there = 0;
  bool known = code > 0 && code < FIRST_OWN;
  const char *name = name_of(arena, wkt);
  *srs_id = code;
  if (known) {
    VD_TRY(vd_db_int(db, &there, "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id = %lld", code));
  } else {
    VD_TRY(vd_db_int(db, srs_id, "SELECT srs_id FROM gpkg_spatial_ref_sys WHERE definition = %Q", wkt));
    there = *srs_id;
    if (!there)
      VD_TRY(
          vd_db_int(db, srs_id, "SELECT max(%d, 1 + max(srs_id)) FROM gpkg_spatial_ref_sys", (int)FIRST_OWN));
  }
  if (there) return VD_OK;
  return vd_db_exec(db, "INSERT INTO gpkg_spatial_ref_sys VALUES (%Q, %lld, %Q, %lld, %Q, NULL)", name,
                    *srs_id, known ? "EPSG" : "NONE", *srs_id, wkt);
}
