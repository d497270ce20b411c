/* terms: the words of the vocabularies.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/terms.h"

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define TERMS(id, count)                                                                                     \
  _Static_assert(COUNT(id##_words) == (count), "a word for every member");                                   \
  _Static_assert(COUNT(id##_labels) == (count), "a label for every member");                                 \
  const vd_terms vd_##id##_terms = {#id, (count), id##_words, id##_labels}

static const char *const priority_words[] = {"watch", "could", "should", "must"};
static const char *const priority_labels[] = {N_("Watch"), N_("Could"), N_("Should"), N_("Must")};
TERMS(priority, VD_PRIORITY_COUNT);

static const char *const state_words[] = {"none", "covered", "reach_only", "presence_only", "uncovered"};
static const char *const state_labels[] = {N_("No one under threat"), N_("Covered"), N_("Reach only"),
                                           N_("Presence only"), N_("Uncovered")};
TERMS(state, VD_STATE_COUNT);

static const char *const vehicle_words[] = {"foot", "4x4", "convoy", "boat", "helicopter"};
static const char *const vehicle_labels[] = {N_("On foot"), N_("4x4"), N_("Convoy"), N_("Boat"),
                                             N_("Helicopter")};
TERMS(vehicle, VD_VEHICLE_COUNT);

static const char *const road_class_words[] = {"motorway", "trunk",        "primary",     "secondary",
                                               "tertiary", "unclassified", "residential", "service",
                                               "track",    "path",         "steps",       "ferry"};
static const char *const road_class_labels[] = {N_("Motorway"),       N_("Trunk road"),    N_("Primary road"),
                                                N_("Secondary road"), N_("Tertiary road"), N_("Minor road"),
                                                N_("Street"),         N_("Service road"),  N_("Track"),
                                                N_("Path"),           N_("Steps"),         N_("Ferry")};
TERMS(road_class, VD_ROAD_CLASS_COUNT);

static const char *const surface_words[] = {"unknown", "paved", "gravel", "earth"};
static const char *const surface_labels[] = {N_("Surface unknown"), N_("Paved"), N_("Gravel"), N_("Earth")};
TERMS(surface, VD_SURFACE_COUNT);

static const char *const crossing_words[] = {"none", "bridge", "ford", "ferry", "tunnel"};
static const char *const crossing_labels[] = {N_("No crossing"), N_("Bridge"), N_("Ford"), N_("Ferry"),
                                              N_("Tunnel")};
TERMS(crossing, VD_CROSSING_COUNT);

static const char *const ground_words[] = {
    "paved", "gravel", "earth",  "track",    "path", "ferry", "river",   "bare",           "crops",
    "grass", "shrub",  "forest", "built_up", "moss", "snow",  "wetland", "seasonal_water", "water"};
static const char *const ground_labels[] = {
    N_("Paved road"), N_("Gravel road"),    N_("Earth road"),  N_("Track"),           N_("Path"),
    N_("Ferry"),      N_("River"),          N_("Bare ground"), N_("Crops"),           N_("Grassland"),
    N_("Shrub"),      N_("Forest"),         N_("Built-up"),    N_("Moss and lichen"), N_("Snow"),
    N_("Wetland"),    N_("Seasonal water"), N_("Water")};
TERMS(ground, VD_GROUND_COUNT);

static const char *const season_words[] = {"dry", "wet"};
static const char *const season_labels[] = {N_("Dry season"), N_("Wet season")};
TERMS(season, VD_SEASON_COUNT);

static const char *const light_words[] = {"day", "night"};
static const char *const light_labels[] = {N_("Day"), N_("Night")};
TERMS(light, VD_LIGHT_COUNT);

static const char *const classification_words[] = {"unclassified", "confidential", "strictly_confidential"};
static const char *const classification_labels[] = {N_("UNCLASSIFIED"), N_("CONFIDENTIAL"),
                                                    N_("STRICTLY CONFIDENTIAL")};
TERMS(classification, VD_CLASSIFICATION_COUNT);

static const char *const effect_words[] = {"block", "slow", "delay", "none", "escort"};
static const char *const effect_labels[] = {N_("Blocks"), N_("Slows"), N_("Delays"),
                                            N_("No effect on movement"), N_("Escort needed")};
TERMS(effect, VD_EFFECT_COUNT);

static const char *const clearance_words[] = {"unknown", "not_requested", "requested", "granted", "refused"};
static const char *const clearance_labels[] = {N_("Not known"), N_("Not requested"), N_("Requested"),
                                               N_("Granted"), N_("Refused")};
TERMS(clearance, VD_CLEARANCE_COUNT);

static const char *const patrol_state_words[] = {"planned", "approved", "executed", "obstructed",
                                                 "cancelled"};
static const char *const patrol_state_labels[] = {N_("Planned"), N_("Approved"), N_("Executed"),
                                                  N_("Obstructed"), N_("Cancelled")};
TERMS(patrol_state, VD_PATROL_STATE_COUNT);

static const char *const actor_kind_words[] = {"un_military",    "un_police",    "civilian",  "host_state",
                                               "parallel_force", "humanitarian", "community", "armed_group"};
static const char *const actor_kind_labels[] = {
    N_("UN military"),    N_("UN police"),    N_("Civilian section"), N_("Host-state forces"),
    N_("Parallel force"), N_("Humanitarian"), N_("Community"),        N_("Armed group")};
TERMS(actor_kind, VD_ACTOR_KIND_COUNT);

static const char *const cause_words[] = {"beyond_reach", "denied", "outside_hours", "visited_seldom",
                                          "duplicated"};
static const char *const cause_labels[] = {N_("Beyond reach"), N_("Denied by a restriction"),
                                           N_("Outside the hours covered"), N_("Visited too seldom"),
                                           N_("Visit spent on a place already visited")};
TERMS(cause, VD_CAUSE_COUNT);

static const char *const case_words[] = {"likely", "best", "worst"};
static const char *const case_labels[] = {N_("Likely"), N_("At best"), N_("At worst")};
TERMS(case, VD_CASE_COUNT);

static const char *const certainty_words[] = {"surely", "maybe", "not"};
static const char *const certainty_labels[] = {N_("Surely covered"), N_("Maybe covered"), N_("Not covered")};
TERMS(certainty, VD_CERTAINTY_COUNT);

int vd_terms_find(const vd_terms *terms, const char *word) {
  for (int i = 0; i < terms->n; i++) {
    if (vd_str_equal_nocase(terms->words[i], word)) return i;
  }
  return -1;
}

const char *vd_terms_word(const vd_terms *terms, int index) {
  return index >= 0 && index < terms->n ? terms->words[index] : "";
}

const char *vd_terms_label(const vd_terms *terms, int index) {
  return index >= 0 && index < terms->n ? _(terms->labels[index]) : "";
}
