/* fields_ground: the fields of areas, sites and the base data - settlements, roads and water.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/fields.h"

static const vd_field area_fields[] = {
    WORD(vd_area, area_type, "area_type", "Type", vd_area_type_words),
    REF(vd_area, actor, "actor", "Actor responsible", VD_KIND_ACTOR),
    INT(vd_area, level, "level", "Administrative level", 0, 12, NAN),
};
const vd_kind_info vd_area_info =
    KIND_INFO(VD_KIND_AREA, "area", "Area", "Areas", vd_area, AS_POLYGON, area_fields);

static const vd_field site_fields[] = {
    WORD(vd_site, site_type, "site_type", "Type", vd_site_type_words),
    INT(vd_site, people, "people", "People", 0, 100000000, NAN),
    TEXT(vd_site, status, "status", "Status"),
    INT(vd_site, weekdays, "weekdays", "Market days, 1 Monday + 2 Tuesday ... + 64 Sunday", 0, 127, 0),
};
const vd_kind_info vd_site_info =
    KIND_INFO(VD_KIND_SITE, "site", "Site", "Sites", vd_site, AS_POINT | AS_POLYGON, site_fields);

static const vd_field settlement_fields[] = {
    TEXT(vd_settlement, other_names, "other_names", "Other names"),
    WORD(vd_settlement, place, "place", "Size class", vd_place_words),
    REAL(vd_settlement, population, "population", "People", NULL, 0, 100000000, NAN),
};
const vd_kind_info vd_settlement_info = KIND_INFO(VD_KIND_SETTLEMENT, "settlement", "Settlement",
                                                  "Settlements", vd_settlement, AS_POINT, settlement_fields);

static const vd_field road_fields[] = {
    TERM(vd_road, road_class, "road_class", "Class", vd_road_class_terms, VD_ROAD_UNCLASSIFIED),
    TERM(vd_road, surface, "surface", "Surface", vd_surface_terms, VD_SURFACE_UNKNOWN),
    TERM(vd_road, crossing, "crossing", "Crossing", vd_crossing_terms, VD_CROSSING_NONE),
    INT(vd_road, oneway, "oneway", "One way (1 along, -1 against, 0 both)", -1, 1, 0),
    INT(vd_road, layer, "layer", "Level above or below others", -100, 100, 0),
    REAL(vd_road, max_kmh, "max_kmh", "Known limit", "km/h", 0, 200, NAN),
    WORD(vd_road, access, "access", "Access", vd_access_words),
    TEXT(vd_road, ref, "ref", "Road number"),
};
const vd_kind_info vd_road_info =
    KIND_INFO(VD_KIND_ROAD, "road", "Road", "Roads", vd_road, AS_LINE, road_fields);

static const vd_field water_fields[] = {
    WORD(vd_water, water_class, "water_class", "Class", vd_water_class_words),
    BOOL(vd_water, navigable, "navigable", "Boats use it", 0),
    BOOL(vd_water, barrier, "barrier", "Crossed only on a bridge, ford or ferry", 1),
};
const vd_kind_info vd_water_info =
    KIND_INFO(VD_KIND_WATER, "water", "Water", "Waters", vd_water, AS_LINE | AS_POLYGON, water_fields);
