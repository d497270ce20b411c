/* osm: which OpenStreetMap tags become fields, and the ones left over in one text.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "geo/vector_file.h"
#include "vedette/base/str.h"

/* Every layer has the same fields, so that a feature that moves between layers keeps its values. Anything else
 * ends up in other_tags, where vd_osm_tag finds it. */
#define FIELDS                                                                                               \
  "attributes=name,ref,highway,surface,bridge,ford,oneway,access,layer,tunnel,maxspeed,junction,service,"    \
  "tracktype,smoothness,motor_vehicle,seasonal,waterway,natural,water,wetland,landuse,intermittent,boat,"    \
  "route,duration,place,population,barrier,amenity,aeroway,military,man_made,boundary,admin_level,type\n"    \
  "other_tags=yes\nosm_id=yes\nosm_version=no\nosm_timestamp=no\nosm_uid=no\nosm_user=no\nosm_changeset="    \
  "no\n"

const char vd_osm_conf[] =
    "closed_ways_are_polygons=aeroway,amenity,boundary,building,craft,geological,historic,landuse,leisure,"
    "military,natural,office,place,shop,sport,tourism,waterway=riverbank,waterway=dock,public_transport="
    "platform\n"
    "report_all_nodes=no\nreport_all_ways=no\nattribute_name_laundering=no\n"
    "[points]\n" FIELDS "unsignificant=created_by,converted_by,source,time,ele,attribution\n"
    "[lines]\n" FIELDS "[multipolygons]\n" FIELDS "osm_way_id=yes\n"
    "[multilinestrings]\n" FIELDS "[other_relations]\n" FIELDS;

/* A quoted word with \" and \\ inside; the place after it, or NULL when the text is not of that form. */
static const char *quoted(const char *at, vd_buf *out) {
  out->n = 0;
  vd_buf_add_n(out, "", 0);
  if (*at != '"') return NULL;
  for (at++; *at && *at != '"'; at++) {
    if (*at == '\\' && at[1]) at++;
    vd_buf_add_n(out, at, 1);
  }
  return *at == '"' ? at + 1 : NULL;
}

void vd_osm_tags_each(vd_arena *arena, const char *other_tags,
                      void (*fn)(void *context, const char *key, const char *value), void *context) {
  vd_buf key = {.arena = arena}, value = {.arena = arena};
  const char *at = other_tags;
  while (at && *at) {
    at = quoted(at, &key);
    if (!at || !vd_str_starts(at, "=>")) return;
    at = quoted(at + 2, &value);
    if (!at) return;
    fn(context, key.text, value.text);
    while (*at == ',' || *at == ' ') at++;
  }
}

typedef struct wanted {
  vd_arena *arena;
  const char *key;
  char *value;
} wanted;

static void keep_wanted(void *context, const char *key, const char *value) {
  wanted *w = context;
  if (!w->value && vd_str_equal(key, w->key)) w->value = vd_str_dup(w->arena, value);
}

char *vd_osm_tag(vd_arena *arena, const char *other_tags, const char *key) {
  wanted w = {.arena = arena, .key = key};
  if (!other_tags) return NULL;
  /* Most texts do not even hold the word (as it stands there, so escaped ones are looked for in full). */
  if (!strpbrk(key, "\"\\") && !strstr(other_tags, key)) return NULL;
  vd_osm_tags_each(arena, other_tags, keep_wanted, &w);
  return w.value;
}
