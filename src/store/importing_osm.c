/* importing_osm: OpenStreetMap's tags as roads, water, settlements and sites.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Works on OSM files and on tables with a column a tag. Every way with a highway tag is taken or dropped with a reason. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"

static bool one_of(const char *text, const char *words) {
  size_t n = strlen(text);
  for (const char *at = words; text[0] && (at = strstr(at, text)); at += n) {
    bool begins = at == words || at[-1] == ' ';
    if (begins && (at[n] == ' ' || at[n] == '\0')) return true;
  }
  return false;
}

static bool tag_is(const vd_taking *t, const char *key, const char *words) {
  const char *value = vd_taking_text(t, key);
  return value && one_of(value, words);
}

/* A tag that says yes in some way. */
static bool tagged(const vd_taking *t, const char *key) {
  const char *value = vd_taking_text(t, key);
  return value && !one_of(value, "no none false 0");
}

static const char *name_of(const vd_taking *t) {
  static const char *const keys[] = {"name", "name:en", "name_en", "name:fr", "int_name", "loc_name"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const char *name = vd_taking_text(t, keys[i]);
    if (name) return name;
  }
  return NULL;
}

/* The element's number is unique in the world, together with its type. */
static void own_id(vd_taking *t) {
  const char *way = vd_feature_text(t->arena, t->layer, t->feature, "osm_way_id");
  const char *id = vd_feature_text(t->arena, t->layer, t->feature, "osm_id");
  if (way)
    t->own_id = vd_str_printf(t->arena, "way/%s", way);
  else if (id)
    t->own_id = vd_str_printf(t->arena, "%s/%s",
                              vd_str_equal(t->layer->name, "points")          ? "node"
                              : vd_str_equal(t->layer->name, "lines")         ? "way"
                              : vd_str_equal(t->layer->name, "multipolygons") ? "relation"
                                                                              : t->layer->name,
                              id);
}

/* ---- roads ---- */

static const struct {
  const char *highways;
  vd_road_class road_class;
} road_classes[] = {
    {"motorway motorway_link", VD_ROAD_MOTORWAY},
    {"trunk trunk_link", VD_ROAD_TRUNK},
    {"primary primary_link", VD_ROAD_PRIMARY},
    {"secondary secondary_link", VD_ROAD_SECONDARY},
    {"tertiary tertiary_link", VD_ROAD_TERTIARY},
    {"unclassified road ford", VD_ROAD_UNCLASSIFIED},
    {"residential living_street", VD_ROAD_RESIDENTIAL},
    {"service busway bus_guideway escape", VD_ROAD_SERVICE},
    {"track", VD_ROAD_TRACK},
    {"path footway pedestrian bridleway cycleway", VD_ROAD_PATH},
    {"steps", VD_ROAD_STEPS},
};

int vd_road_class_of_highway(const char *highway, const char **reason) {
  for (size_t i = 0; i < sizeof road_classes / sizeof *road_classes; i++)
    if (one_of(highway, road_classes[i].highways)) return (int)road_classes[i].road_class;
  if (one_of(highway, "proposed planned"))
    *reason = _("a road that is only proposed");
  else if (one_of(highway, "construction"))
    *reason = _("a road under construction");
  else if (one_of(highway, "abandoned razed demolished disused dismantled removed no"))
    *reason = _("a road that is no longer there");
  else if (one_of(highway,
                  "platform rest_area services elevator corridor emergency_bay bus_stop traffic_island"))
    *reason = _("a place along a road, not a road");
  else if (one_of(highway, "raceway via_ferrata"))
    *reason = _("not for travel");
  else
    *reason = _("a class of road that is not known here");
  return -1;
}

static void take_surface(vd_taking *t, vd_road *road) {
  const char *surface = vd_taking_text(t, "surface"), *grade = vd_taking_text(t, "tracktype");
  int known = surface ? vd_surface_of_word(surface) : -1;
  if (known >= 0) {
    road->surface = known;
    return;
  }
  if (surface) vd_taking_note(t, _("surface is not a known word: taken as unknown"), surface);
  if (grade && !surface)
    road->surface = strcmp(grade, "grade1") == 0   ? VD_SURFACE_PAVED
                    : strcmp(grade, "grade2") == 0 ? VD_SURFACE_GRAVEL
                                                   : VD_SURFACE_EARTH;
}

static int32_t crossing_of(const vd_taking *t, bool ferry) {
  if (ferry) return VD_FERRY;
  if (tagged(t, "bridge")) return VD_BRIDGE;
  if (tagged(t, "ford") || tag_is(t, "highway", "ford")) return VD_FORD;
  return tagged(t, "tunnel") ? VD_TUNNEL : VD_CROSSING_NONE;
}

static int32_t oneway_of(const vd_taking *t, const vd_road *road) {
  if (tag_is(t, "oneway", "yes true 1")) return 1;
  if (tag_is(t, "oneway", "-1 reverse")) return -1;
  bool told = vd_taking_text(t, "oneway") != NULL;
  bool implied = road->road_class == VD_ROAD_MOTORWAY || tag_is(t, "junction", "roundabout circular");
  return !told && implied ? 1 : 0;
}

static const char *access_of(const vd_taking *t) {
  if (tagged(t, "4wd_only")) return "4wd";
  const char *access = vd_taking_text(t, "motor_vehicle");
  if (!access) access = vd_taking_text(t, "access");
  if (tagged(t, "seasonal") && !access) return "seasonal";
  if (!access) return NULL;
  if (one_of(access, "private customers delivery permit military employees residents")) return "private";
  if (one_of(access, "no")) return "no";
  if (one_of(access, "yes permissive designated destination public official")) return "yes";
  vd_taking_note(t, _("access is not a known word: left unknown"), access);
  return NULL;
}

static double max_kmh_of(const vd_taking *t) {
  const char *text = vd_taking_text(t, "maxspeed");
  char *end;
  if (!text || !isdigit((unsigned char)*text)) return NAN;
  double value = strtod(text, &end);
  while (*end == ' ') end++;
  if (strncmp(end, "mph", 3) == 0) value *= 1.609344;
  return value > 0 && value <= 200 ? value : NAN;
}

static int32_t whole_of(const vd_taking *t, const char *key) {
  int64_t value = 0;
  const char *text = vd_taking_text(t, key);
  if (!text || !vd_parse_i64(text, &value) || value < -100 || value > 100) return 0;
  return (int32_t)value;
}

const char *vd_take_osm_road(vd_taking *t, vd_record *record) {
  vd_road *road = (vd_road *)record;
  const char *highway = vd_taking_text(t, "highway"), *reason = NULL;
  bool ferry = !highway && tag_is(t, "route", "ferry");
  if (!highway && !ferry) return _("not a road");
  road->road_class = ferry ? VD_ROAD_FERRY : vd_road_class_of_highway(highway, &reason);
  if (reason) t->example = highway;
  if (reason) return reason;
  if (tag_is(t, "area", "yes")) return _("an open area, not a line to travel along");
  if (tag_is(t, "indoor", "yes")) return _("inside a building");
  take_surface(t, road);
  road->crossing = crossing_of(t, ferry);
  road->oneway = oneway_of(t, road);
  road->layer = whole_of(t, "layer");
  road->max_kmh = max_kmh_of(t);
  road->access = access_of(t);
  road->ref = vd_taking_text(t, "ref");
  road->record.name = name_of(t);
  if (vd_taking_text(t, "access:conditional") || vd_taking_text(t, "motor_vehicle:conditional"))
    vd_taking_note(t, _("access depends on conditions, which are not applied"), NULL);
  own_id(t);
  return NULL;
}

/* ---- water ---- */

static const char *water_class_of(const vd_taking *t, const char **reason) {
  const char *waterway = vd_taking_text(t, "waterway"), *natural = vd_taking_text(t, "natural");
  if (waterway && one_of(waterway, "river riverbank")) return "river";
  if (waterway && one_of(waterway, "stream tidal_channel wadi")) return "stream";
  if (waterway && one_of(waterway, "canal fairway")) return "canal";
  if (natural && one_of(natural, "coastline")) return "coastline";
  if (natural && one_of(natural, "wetland")) return "wetland";
  if (natural && one_of(natural, "water"))
    return tag_is(t, "water", "river stream") ? "river" : tag_is(t, "water", "canal") ? "canal" : "lake";
  if (tag_is(t, "landuse", "reservoir basin")) return "lake";
  if (waterway && one_of(waterway, "drain ditch"))
    *reason = _("a drain or ditch");
  else if (waterway)
    *reason = _("a structure on the water");
  else
    *reason = _("not water");
  return NULL;
}

const char *vd_take_osm_water(vd_taking *t, vd_record *record) {
  vd_water *water = (vd_water *)record;
  const char *reason = NULL;
  water->water_class = water_class_of(t, &reason);
  if (reason) {
    t->example = vd_taking_text(t, "waterway");
    return reason;
  }
  bool underground = tagged(t, "tunnel") || tagged(t, "culvert");
  water->barrier = one_of(water->water_class, "river canal lake coastline") && !underground;
  water->navigable =
      tag_is(t, "boat", "yes designated permissive") || tagged(t, "motorboat") || tagged(t, "ship");
  water->record.name = name_of(t);
  /* Not translated: what is stored is the same in every language. */
  if (tagged(t, "intermittent")) water->record.notes = "falls dry in some seasons";
  own_id(t);
  return NULL;
}

/* ---- settlements ---- */

static const char *place_of(const char *place, const char **reason) {
  if (one_of(place, "city town village hamlet")) return place;
  if (one_of(place, "isolated_dwelling farm allotments")) return "hamlet";
  if (one_of(place, "suburb quarter neighbourhood borough")) return "other";
  *reason = one_of(place, "locality") ? _("a name of a place where nobody is said to live")
                                      : _("a place that is not a settlement");
  return NULL;
}

static bool holds_word(const char *list, const char *word) {
  size_t n = strlen(word);
  for (const char *at = list; at && (at = strstr(at, word)); at += n)
    if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ';')) return true;
  return false;
}

static void add_name(vd_buf *names, const char *own, const char *name) {
  if (!name || vd_str_equal(name, own) || (names->n && holds_word(names->text, name))) return;
  vd_buf_printf(names, "%s%s", names->n ? "; " : "", name);
}

static const char *other_names_of(const vd_taking *t, const char *own) {
  static const char *const keys[] = {"name:en",  "name_en",       "name:fr",  "name:ar",
                                     "name_ar",  "name:sw",       "alt_name", "old_name",
                                     "int_name", "official_name", "loc_name", "name_de"};
  vd_buf names = {.arena = t->arena};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) add_name(&names, own, vd_taking_text(t, keys[i]));
  return names.text;
}

static double people_of(const vd_taking *t) {
  char digits[32];
  size_t n = 0;
  double value;
  const char *text = vd_taking_text(t, "population");
  for (; text && *text && n + 1 < sizeof digits; text++)
    if (isdigit((unsigned char)*text) || *text == '.') digits[n++] = *text;
  digits[n] = '\0';
  return n && vd_parse_f64(digits, &value) && value <= 1e8 ? value : NAN;
}

/* The same place is often mapped as a point and as an outline: the second of a name within 3 km is the same. */
static bool is_twin(vd_taking *t, const char *name) {
  const vd_geom *geom = t->feature->geom;
  if (vd_geom_empty(geom) || !name) return false;
  vd_box box = vd_geom_box(geom);
  double lon = (box.min_x + box.max_x) / 2, lat = (box.min_y + box.max_y) / 2, old_lon, old_lat;
  const char *key = vd_str_printf(t->arena, "place|%s", name);
  const vd_name_entry *entry = vd_name_map_find(&t->all->places, key);
  if (geom->type != VD_GEOM_POINT)
    return entry && sscanf(entry->text, "%lf %lf", &old_lon, &old_lat) == 2 &&
           vd_geodesic_distance_m(lon, lat, old_lon, old_lat) <= 3000;
  if (!entry)
    vd_name_map_at(&t->all->places, key)->text = vd_str_printf(t->all->arena, "%.7f %.7f", lon, lat);
  return false;
}

const char *vd_take_osm_settlement(vd_taking *t, vd_record *record) {
  vd_settlement *settlement = (vd_settlement *)record;
  const char *place = vd_taking_text(t, "place"), *reason = NULL;
  if (!place) {
    t->example = vd_taking_text(t, "tag");
    return _("not a settlement");
  }
  settlement->place = place_of(place, &reason);
  if (reason) t->example = place;
  if (reason) return reason;
  settlement->record.name = name_of(t);
  if (is_twin(t, settlement->record.name)) return _("the outline of a place that is there as a point");
  settlement->other_names = other_names_of(t, settlement->record.name);
  settlement->population = people_of(t);
  if (!settlement->record.name) vd_taking_note(t, _("no name"), NULL);
  own_id(t);
  return NULL;
}

/* ---- sites ---- */

static const struct {
  const char *key, *values, *site_type;
} site_tags[] = {
    {"amenity", "refugee_site refugee_housing", "displaced"},
    {"refugee", "yes", "displaced"},
    {"social_facility:for", "refugee refugees displaced", "displaced"},
    {"idp:camp_site", "yes spontaneous_camp planned_camp", "displaced"},
    {"amenity", "hospital clinic doctors health_post", "clinic"},
    {"healthcare", "hospital clinic doctor centre health_post", "clinic"},
    {"amenity", "school college university kindergarten", "school"},
    {"amenity", "marketplace", "market"},
    {"aeroway", "helipad heliport airstrip aerodrome", "landing_site"},
    {"amenity", "townhall courthouse police", "government"},
    {"office", "government administrative", "government"},
    {"military", "", "other"},
    {"landuse", "military", "other"},
};

static const char *site_type_of(const vd_taking *t) {
  for (size_t i = 0; i < sizeof site_tags / sizeof *site_tags; i++) {
    const char *value = vd_taking_text(t, site_tags[i].key);
    if (value && (!*site_tags[i].values || one_of(value, site_tags[i].values))) return site_tags[i].site_type;
  }
  if (tagged(t, "idp:camp_site")) return "displaced";
  return tagged(t, "government") ? "government" : NULL;
}

/* A table of sites whose rows do not all say what they are: its file's name may. */
static const char *site_type_of_file(const char *file) {
  static const char *const words[][2] = {{"refugee", "displaced"},     {"idp", "displaced"},
                                         {"displaced", "displaced"},   {"hospital", "clinic"},
                                         {"clinic", "clinic"},         {"health", "clinic"},
                                         {"school", "school"},         {"market", "market"},
                                         {"government", "government"}, {"airstrip", "landing_site"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (vd_str_contains_nocase(file, words[i][0])) return words[i][1];
  return "other";
}

const char *vd_take_osm_site(vd_taking *t, vd_record *record) {
  vd_site *site = (vd_site *)record;
  site->site_type = site_type_of(t);
  if (!site->site_type) {
    site->site_type = site_type_of_file(t->file);
    vd_taking_note(t, _("does not say what kind of site it is: taken by the file's name"), site->site_type);
  }
  site->record.name = name_of(t);
  site->status = vd_taking_text(t, "operational_status");
  const char *text = vd_taking_text(t, "description");
  site->record.notes = text ? text : vd_taking_text(t, "operator");
  own_id(t);
  return NULL;
}

/* ---- a whole file ---- */

enum { OSM_ROADS, OSM_WATER, OSM_SETTLEMENTS, OSM_SITES, OSM_KINDS };

typedef struct osm_file {
  vd_importing *all;
  vd_taking kinds[OSM_KINDS];
  bool wanted[OSM_KINDS];
  size_t rest;        /* the part that counts everything else */
  int64_t n_highways; /* ways with a highway tag */
} osm_file;

static bool plain_tag(const vd_taking *t, const char *key, const char *words) {
  const char *value = vd_feature_text(t->arena, t->layer, t->feature, key);
  return value && (!words || one_of(value, words));
}

/* Which kind a feature could be: what decides that it counts as read there. */
static int kind_of(osm_file *osm, vd_taking *t) {
  bool point = vd_str_equal(t->layer->name, "points"), line = vd_str_equal(t->layer->name, "lines");
  bool area = vd_str_equal(t->layer->name, "multipolygons");
  if (line && plain_tag(t, "highway", NULL)) {
    osm->n_highways++;
    return OSM_ROADS;
  }
  if (line && plain_tag(t, "route", "ferry")) return OSM_ROADS;
  if (!point && (line || area) &&
      (plain_tag(t, "waterway", NULL) || plain_tag(t, "natural", "water wetland coastline") ||
       plain_tag(t, "landuse", "reservoir basin")))
    return OSM_WATER;
  if ((point || area) && plain_tag(t, "place", NULL)) return OSM_SETTLEMENTS;
  if ((point || area) && !plain_tag(t, "military", NULL) && !plain_tag(t, "landuse", "military") &&
      site_type_of(t))
    return OSM_SITES;
  return -1;
}

static vd_status take_osm(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  osm_file *osm = context;
  vd_taking *probe = &osm->kinds[OSM_ROADS];
  probe->layer = layer;
  probe->feature = feature;
  if (!probe->arena || vd_arena_used(probe->arena) > 1 << 20) {
    vd_arena_free(probe->arena);
    probe->arena = vd_arena_new();
  }
  int kind = kind_of(osm, probe);
  if (kind < 0 || !osm->wanted[kind]) {
    vd_tally *rest = &osm->all->report->parts[osm->rest].tally;
    vd_tally_drop(rest, feature->fid, kind < 0 ? _("of no use here") : _("of a kind not asked for"), NULL);
    return VD_OK;
  }
  vd_taking *t = &osm->kinds[kind];
  t->layer = layer;
  vd_tally_read(&vd_taking_part(t)->tally);
  return vd_take_feature(t, feature);
}

static void release(osm_file *osm) {
  for (int i = 0; i < OSM_KINDS; i++) vd_arena_free(osm->kinds[i].arena);
}

vd_status vd_import_osm(vd_importing *all, vd_vector *vector, const char *file, int as) {
  static const struct {
    vd_kind kind;
    const char *word;
    vd_taker taker;
  } kinds[OSM_KINDS] = {{VD_KIND_ROAD, "roads", vd_take_osm_road},
                        {VD_KIND_WATER, "water", vd_take_osm_water},
                        {VD_KIND_SETTLEMENT, "settlements", vd_take_osm_settlement},
                        {VD_KIND_SITE, "sites", vd_take_osm_site}};
  osm_file osm = {.all = all};
  const char *source = vd_str_printf(all->arena, "OpenStreetMap contributors, ODbL (%s)", file);
  bool known = as < 0;
  for (int i = 0; i < OSM_KINDS; i++) {
    osm.wanted[i] = as < 0 || as == (int)kinds[i].kind;
    known = known || osm.wanted[i];
    osm.kinds[i] = (vd_taking){.all = all, .kind = kinds[i].kind, .taker = kinds[i].taker, .file = source};
    if (osm.wanted[i])
      osm.kinds[i].part =
          vd_import_add_part(all, file, kinds[i].word, as < 0 ? _("OpenStreetMap data") : NULL);
  }
  if (!known)
    return vd_fail(VD_ERR_USAGE, _("%s: OpenStreetMap data gives roads, water, settlements and sites only."),
                   file);
  osm.rest = vd_import_add_part(all, file, NULL, NULL);
  vd_status status =
      vd_vector_each_all(vector, &all->report->parts[osm.rest].tally, all->progress, take_osm, &osm);
  /* The reader counted every feature there; what is not elsewhere is the rest. */
  vd_tally *rest = &all->report->parts[osm.rest].tally;
  rest->n_read = rest->n_dropped;
  if (osm.wanted[OSM_ROADS])
    all->report->parts[osm.kinds[OSM_ROADS].part].remark =
        vd_str_printf(all->arena, _("%lld ways with a highway tag"), (long long)osm.n_highways);
  release(&osm);
  return status;
}
