/* threats: the twelve threat areas.
 * SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

enum { ALL_DAY = 1440, EVERY_DAY = 127, WEDNESDAY = 4 };
typedef struct threat {
  const char *name;
  vd_priority priority;
  place at;
  double km; /* radius */
  const char *perpetrator_class, *perpetrator, *threat_type;
  int likelihood, impact, hour_from_min, hour_to_min, weekdays, since, incidents;
  const char *drivers, *motive, *civilians_at_risk, *grade;
} threat;
/* clang-format off */
static const threat threats[THREAT_COUNT] = {
    {"Dorrumai market and camp", VD_MUST, {MARKET_TOWN, 0}, 7, "armed_group", "Northern armed group",
     "attack_on_displaced", 4, 5, 300, 1200, EVERY_DAY, -30, 34, "Control of the market and its taxes",
     "Revenue and recruits", "Displaced families, traders, women collecting firewood", "B2"},
    {"Isharen valley", VD_MUST, {VALLEY_VILLAGE, 0}, 13, "communal_militia", NULL, "attack_on_village",
     4, 5, 0, ALL_DAY, EVERY_DAY, -20, 29, "Dry-season grazing and an unsettled killing of last year",
     "Revenge and cattle", "Farming villages without a clinic or a garrison", "C3"},
    {"Namarel and the south bank", VD_MUST, {CUT_TOWN, 0}, 10, "armed_group", "Southern militia",
     "abduction", 3, 5, 360, 1080, EVERY_DAY, 12, 22, "Recruitment after losses in January", "Recruits and porters", "Young men, teachers, a displaced site east of the town", "B3"},
    {"Vellan outskirts by night", VD_COULD, {CAPITAL, 0}, 6, "criminal", NULL, "looting", 4, 2, 1200,
     300, EVERY_DAY, -60, 24, "No work, weapons for sale", "Money", "Market stalls and compounds at the edge of the town", "B2"},
    {"Sallavesh market road", VD_SHOULD, {CHECK_TOWN, 0}, 8, "state_forces", "Host-state army",
     "sexual_violence", 3, 4, 360, 1080, WEDNESDAY, 5, 16, "A checkpoint that is not paid", "Extortion",
     "Women and traders on market day", "B3"},
    {"Ellovar lakeside", VD_SHOULD, {LAKE_TOWN, 0}, 8, "armed_group", "Southern militia",
     "forced_displacement", 3, 4, 0, ALL_DAY, EVERY_DAY, 20, 15, "Landing places and fishing grounds",
     "Territory", "Fishing villages, people displaced from the south bank", "C3"},
    {"Grazing corridor of Tirosha", VD_SHOULD, {WEST_TOWN, 4}, 11, "communal_militia", NULL,
     "inter_communal", 4, 3, 240, 1140, EVERY_DAY, -10, 18, "Herds come early in a dry year", "Water and pasture", "Herders and farmers of two communities", "B3"},
    {"N2 between Vellan and Tirosha", VD_COULD, {WEST_TOWN, -55}, 9, "criminal", NULL,
     "threat_on_the_move", 3, 2, 600, 1080, EVERY_DAY, -50, 14, "Unpaid checkpoints", "Money",
     "Passengers and traders", "C3"},
    {"Western border", VD_WATCH, {WEST_TOWN, 9}, 9, "foreign_forces", NULL, "shelling", 1, 4, 0,
     ALL_DAY, EVERY_DAY, 40, 3, "A dispute over the border post", "Pressure", "Two border villages",
     "D4"},
    {"Isharen road", VD_WATCH, {VALLEY_VILLAGE, 8}, 7, "unknown", NULL, "explosive_hazard", 2, 4, 0,
     ALL_DAY, EVERY_DAY, 30, 3, "Remnants of last year's fighting", NULL, "Travellers to the valley",
     "D4"},
    {"Kethun foothills by night", VD_SHOULD, {NORTH_TOWN, 3}, 9, "armed_group", "Northern armed group",
     "abduction", 3, 4, 1080, 360, EVERY_DAY, -5, 15, "Camps in the range above", "Food and porters",
     "Hamlets above the road", "B3"},
    {"Zorrim pastures", VD_COULD, {SOUTH_EAST_TOWN, 1}, 9, "communal_militia", NULL, "looting", 2, 3, 0,
     ALL_DAY, EVERY_DAY, 25, 7, "Cattle theft and its return", "Cattle", "Herders and their families",
     "C3"},
};
/* clang-format on */

threat_sketch threat_sketch_of(const world *w, int number) {
  const threat *t = &threats[number];
  return (threat_sketch){place_of(w, t->at), t->km * 1000 / CELL_M, t->hour_from_min, t->hour_to_min,
                         t->weekdays,        t->perpetrator_class,  t->threat_type,   t->incidents};
}

static void write_threat(const world *w, layer *l, int number) {
  const threat *t = &threats[number];
  record_begin(l, id_of(w->arena, "threat", number), t->name);
  record_text(l, "priority", vd_terms_word(&vd_priority_terms, (int)t->priority));
  record_text(l, "perpetrator_class", t->perpetrator_class);
  record_text(l, "perpetrator", t->perpetrator);
  record_text(l, "threat_type", t->threat_type);
  record_number(l, "likelihood", t->likelihood, 0);
  record_number(l, "impact", t->impact, 0);
  record_text(l, "drivers", t->drivers);
  record_text(l, "motive", t->motive);
  record_text(l, "civilians_at_risk", t->civilians_at_risk);
  record_time(l, "from_time", local_s(t->since, 0, 0));
  record_time(l, "to_time", VD_TIME_MAX);
  record_number(l, "hour_from_min", t->hour_from_min, 0);
  record_number(l, "hour_to_min", t->hour_to_min, 0);
  record_number(l, "weekdays", t->weekdays, 0);
  record_text(l, "source_grade", t->grade);
  record_time(l, "review_time", local_s(STUDY_DAY + 21, 8, 0));
  record_text(l, "classification", t->priority >= VD_SHOULD ? "confidential" : "unclassified");
  record_text(l, "source", MADE);
  record_time(l, "reported", local_s(STUDY_DAY - 3 - number % 5, 16, 0));
  line ring = blob(w, place_of(w, t->at), t->km * 1000 / CELL_M, (uint64_t)number + 11);
  record_end_rings(l, &ring, 1);
}

vd_status write_threats(const world *w, const char *folder) {
  layer l;
  layer_open(&l, w->arena, "threats", false);
  for (int i = 0; i < THREAT_COUNT; i++) write_threat(w, &l, i);
  return layer_write(&l, folder);
}
