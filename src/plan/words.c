/* words: the vocabularies that planners may extend by words of their own.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/record.h"

const char *const vd_base_class_words[] = {"mission_hq",
                                           "force_hq",
                                           "sector_hq",
                                           "battalion_hq",
                                           "company_operating_base",
                                           "temporary_operating_base",
                                           "mobile_operating_base",
                                           "permanent_base",
                                           "standing_combat_deployment",
                                           "fpu_camp",
                                           "team_site",
                                           "site_perimeter",
                                           "checkpoint",
                                           "airfield",
                                           "host_force_position",
                                           NULL};
const char *const vd_patrol_class_words[] = {"town",
                                             "short_duration",
                                             "long_duration",
                                             "long_range",
                                             "extended_long_range",
                                             "night",
                                             "joint",
                                             "integrated",
                                             "escort",
                                             "humanitarian_escort",
                                             "dynamic_air",
                                             "aerial_reconnaissance",
                                             "riverine",
                                             "domination",
                                             "quick_reaction",
                                             NULL};
const char *const vd_threat_type_words[] = {"killing",
                                            "attack_on_village",
                                            "attack_on_displaced",
                                            "sexual_violence",
                                            "abduction",
                                            "looting",
                                            "forced_displacement",
                                            "denial_of_access",
                                            "explosive_hazard",
                                            "shelling",
                                            "inter_communal",
                                            "threat_on_the_move",
                                            "election_violence",
                                            "other",
                                            NULL};
const char *const vd_perpetrator_words[] = {
    "state_forces", "armed_group", "communal_militia", "foreign_forces", "criminal", "unknown", NULL};
const char *const vd_restriction_code_words[] = {
    "ROM-LND", "ROM-DLY", "ROM-AIR", "ROM-RIV", "ROM-CHK", "ROM-CRF", "ROM-ESC", "SOF-DET", "SOF-HAR",
    "SOF-ASL", "SOF-PRM", "SOF-IMP", "SOF-VIS", "SOF-CUS", "SOF-TAX", "SOF-COM", "SOF-OTH", NULL};
const char *const vd_mode_words[] = {"land", "air", "river", NULL};
const char *const vd_outcome_words[] = {"proceeded", "delayed", "returned", "rerouted", "abandoned", NULL};
const char *const vd_area_type_words[] = {"mission", "sector", "admin", "aor", "weapons_free", "other", NULL};
const char *const vd_site_type_words[] = {"displaced", "committee",    "alert_network", "clinic", "school",
                                          "market",    "landing_site", "government",    "other",  NULL};
const char *const vd_place_words[] = {"city", "town", "village", "hamlet", "other", NULL};
const char *const vd_water_class_words[] = {"river", "stream", "canal", "lake", "wetland", "coastline", NULL};
const char *const vd_access_words[] = {"yes", "private", "no", "4wd", "seasonal", NULL};
/* Obstacle codes of the WFP SDI-T road and obstacle model. */
const char *const vd_obstacle_words[] = {"unknown",
                                         "flood",
                                         "mines",
                                         "roadblock",
                                         "road_damage",
                                         "railway_damage",
                                         "bridge_damage",
                                         "culvert_damage",
                                         "ferry",
                                         "checkpoint_official",
                                         "checkpoint_unofficial",
                                         "traffic_restriction",
                                         "landslide",
                                         "wreckage",
                                         "ford",
                                         "trees",
                                         NULL};
const char *const vd_road_state_words[] = {"open",   "restricted", "4x4_only", "seasonal",
                                           "closed", "unknown",    NULL};
