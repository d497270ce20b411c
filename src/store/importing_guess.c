/* importing_guess: what a file holds, by its layout, its columns, its layer's and its own name.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/raster.h"
#include "vedette/store/words.h"

static bool has(const vd_vector_layer *layer, const char *column) {
  return vd_vector_field_find(layer, column) >= 0;
}

/* All of the columns, separated by spaces. */
static bool has_all(const vd_vector_layer *layer, const char *columns) {
  char name[64];
  for (const char *at = columns; *at;) {
    size_t n = strcspn(at, " ");
    memcpy(name, at, n);
    name[n] = '\0';
    if (!has(layer, name)) return false;
    at += n + (at[n] == ' ');
  }
  return true;
}

/* Layouts that need a taker of their own, the most telling first. */
static const struct {
  vd_kind kind;
  const char *columns; /* all of them; any row of a kind will do */
  vd_taker taker;
  const char *why;
} layouts[] = {
    {VD_KIND_INCIDENT, "event_date fatalities", vd_take_acled, N_("ACLED's columns")},
    {VD_KIND_INCIDENT, "type_of_violence date_start", vd_take_ucdp, N_("UCDP GED's columns")},
    {VD_KIND_INCIDENT, "where_coordinates best year", vd_take_ucdp, N_("UCDP GED's columns")},
    {VD_KIND_RESTRICTION, "incident:type incident:detail highway", vd_take_columns,
     N_("columns of roads with incidents")},
    {VD_KIND_RESTRICTION, "code effect", vd_take_columns, N_("the columns code and effect")},
    {VD_KIND_STOP, "patrol sequence", vd_take_columns, N_("the columns patrol and sequence")},
    {VD_KIND_PATROL, "patrol_class", vd_take_columns, N_("the column patrol_class")},
    {VD_KIND_PATROL, "recurrence", vd_take_columns, N_("the column recurrence")},
    {VD_KIND_BASE, "base_class", vd_take_columns, N_("the column base_class")},
    {VD_KIND_BASE, "notice_day_min", vd_take_columns, N_("the column notice_day_min")},
    {VD_KIND_THREAT_AREA, "priority threat_type", vd_take_columns,
     N_("the columns priority and threat_type")},
    {VD_KIND_INCIDENT, "incident_type", vd_take_columns, N_("the column incident_type")},
    {VD_KIND_INCIDENT, "incident:type incident:date:start", vd_take_columns, N_("the column incident:type")},
    {VD_KIND_AREA, "area_type", vd_take_columns, N_("the column area_type")},
    {VD_KIND_AREA, "admin_level", vd_take_columns, N_("the column admin_level")},
    {VD_KIND_SITE, "site_type", vd_take_columns, N_("the column site_type")},
    {VD_KIND_ACTOR, "counts_as_presence", vd_take_columns, N_("the column counts_as_presence")},
    {VD_KIND_ROAD, "road_class", vd_take_columns, N_("the column road_class")},
    {VD_KIND_WATER, "water_class", vd_take_columns, N_("the column water_class")},
    {VD_KIND_SETTLEMENT, "other_names", vd_take_columns, N_("the column other_names")},
    {VD_KIND_SPEED, "vehicle ground kmh", vd_take_columns, N_("the columns vehicle, ground and kmh")},
    {VD_KIND_ROAD, "highway", vd_take_osm_road, N_("the column highway")},
    {VD_KIND_WATER, "waterway", vd_take_osm_water, N_("the column waterway")},
    {VD_KIND_WATER, "natural water", vd_take_osm_water, N_("the column natural")},
    {VD_KIND_SITE, "military", vd_take_osm_site, N_("the column military")},
    {VD_KIND_SITE, "healthcare", vd_take_osm_site, N_("the column healthcare")},
    {VD_KIND_SITE, "idp:camp_site", vd_take_osm_site, N_("the column idp:camp_site")},
    {VD_KIND_SITE, "social_facility", vd_take_osm_site, N_("the column social_facility")},
    {VD_KIND_SITE, "government", vd_take_osm_site, N_("the column government")},
    {VD_KIND_SITE, "amenity", vd_take_osm_site, N_("the column amenity")},
    {VD_KIND_SETTLEMENT, "place", vd_take_osm_settlement, N_("the column place")},
    {VD_KIND_SETTLEMENT, "tag value", vd_take_osm_settlement, N_("the columns tag and value")},
    {VD_KIND_SETTLEMENT, "name population", vd_take_columns, N_("the columns name and population")},
};
enum { N_LAYOUTS = sizeof layouts / sizeof *layouts };

/* Words of file and layer names. */
static const struct {
  int kind;
  const char *words;
} name_words[] = {
    {VD_KIND_RESTRICTION, "closed closure closures restriction restrictions rom denials obstacles"},
    {VD_KIND_SETTLEMENT, "settlement settlements places place villages towns populated"},
    {VD_KIND_ROAD, "road roads highways streets tracks"},
    {VD_KIND_WATER, "water waters waterway waterways rivers river lakes"},
    {VD_KIND_BASE, "base bases camps deployments"},
    {VD_KIND_THREAT_AREA, "threat threats threat_area hotspots"},
    {VD_KIND_INCIDENT, "incident incidents events ged acled"},
    {VD_KIND_PATROL, "patrol patrols"},
    {VD_KIND_STOP, "stop stops"},
    {VD_KIND_SITE, "site sites refugee idp hospital hospitals clinics schools markets government military"},
    {VD_KIND_AREA, "area areas sectors admin adm1 adm2 districts counties boundaries"},
    {VD_KIND_ACTOR, "actor actors components"},
};

/* Whether a word of `words` stands in the name, apart from other letters. */
static bool name_holds(const char *name, const char *words) {
  char plain[256], word[32];
  size_t n = 0;
  for (; *name && n + 1 < sizeof plain; name++)
    plain[n++] = isalnum((unsigned char)*name) ? (char)tolower((unsigned char)*name) : ' ';
  plain[n] = '\0';
  for (const char *at = words; *at;) {
    size_t length = strcspn(at, " ");
    memcpy(word, at, length);
    word[length] = '\0';
    for (const char *found = plain; (found = strstr(found, word)); found += length)
      if ((found == plain || found[-1] == ' ') && (found[length] == ' ' || found[length] == '\0'))
        return true;
    at += length + (at[length] == ' ');
  }
  return false;
}

static int kind_by_name(const char *name) {
  for (size_t i = 0; i < sizeof name_words / sizeof *name_words; i++)
    if (name_holds(name, name_words[i].words)) return name_words[i].kind;
  return -1;
}

/* The taker that reads a kind from this layer's columns: our own field names before tags. */
static vd_taker taker_of(const vd_vector_layer *layer, int kind) {
  if (kind == VD_KIND_WATER && has(layer, "man_made") && !has(layer, "water_class")) return vd_take_osm_water;
  for (int i = 0; i < N_LAYOUTS; i++)
    if ((int)layouts[i].kind == kind && has_all(layer, layouts[i].columns)) return layouts[i].taker;
  return vd_take_columns;
}

static vd_guess by_name(vd_arena *arena, const vd_vector_layer *layer, const char *name, const char *what) {
  int kind = kind_by_name(name);
  if (kind < 0) return (vd_guess){-1, NULL, NULL};
  return (vd_guess){kind, taker_of(layer, kind), vd_str_printf(arena, "%s “%.60s”", what, name)};
}

vd_guess vd_guess_layer(vd_arena *arena, const vd_vector *vector, const vd_vector_layer *layer,
                        const char *file, int as) {
  (void)vector;
  if (as >= 0) return (vd_guess){as, taker_of(layer, as), NULL};
  int table = vd_kind_find(layer->name);
  if (has(layer, "highway") && kind_by_name(file) == VD_KIND_RESTRICTION)
    return by_name(arena, layer, file, _("the file's name"));
  if (table >= 0) return (vd_guess){table, taker_of(layer, table), _("the layer's name")};
  for (int i = 0; i < N_LAYOUTS; i++) {
    bool generic_tags = layouts[i].taker == vd_take_osm_site || layouts[i].kind == VD_KIND_SETTLEMENT;
    if (!has_all(layer, layouts[i].columns)) continue;
    /* A name that says what it is weighs more than columns that many tables have. */
    vd_guess named =
        generic_tags ? by_name(arena, layer, file, _("the file's name")) : (vd_guess){.kind = -1};
    if (named.kind >= 0 && named.kind != VD_KIND_ROAD) return named;
    return (vd_guess){(int)layouts[i].kind, layouts[i].taker, _(layouts[i].why)};
  }
  vd_guess guess = by_name(arena, layer, file, _("the file's name"));
  return guess.kind >= 0 ? guess : by_name(arena, layer, layer->name, _("the layer's name"));
}

/* ---- rasters ---- */

static const struct {
  vd_raster_kind kind;
  const char *words;
} raster_words[] = {
    {VD_RASTER_POPULATION, "ppp pop population worldpop gpw ghs ghspop people landscan hrsl"},
    {VD_RASTER_LANDCOVER, "landcover land worldcover esa copernicus lulc cover discrete"},
    {VD_RASTER_ELEVATION,
     "elevation dem dtm dsm srtm srtmgl1 srtmgl3 etopo etopo1 etopo5 relief alti height"},
};

int vd_guess_raster(vd_arena *arena, const char *path, const char **why) {
  const char *name = vd_path_base(path);
  *why = vd_str_printf(arena, _("the file's name “%.60s”"), name);
  if (vd_is_fraction_file(path)) return VD_RASTER_LANDCOVER;
  for (size_t i = 0; i < sizeof raster_words / sizeof *raster_words; i++)
    if (name_holds(name, raster_words[i].words)) return (int)raster_words[i].kind;
  if (!vd_str_ends_nocase(name, ".hgt") && !vd_str_ends_nocase(name, ".hgt.zip")) return -1;
  *why = _("an SRTM tile");
  return VD_RASTER_ELEVATION;
}
