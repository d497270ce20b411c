/* actors: who acts in the sample area, their bases and camps.
 * SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

vd_status write_actors(const world *w, const char *folder) {
  static const struct {
    const char *name;
    vd_actor_kind kind;
    const char *colour;
    int presence, due_diligence;
  } actors[ACTOR_COUNT] = {
      [UN_MILITARY] = {"Mission military component", VD_ACTOR_UN_MILITARY, "#1f6fb5", 1, 0},
      [UN_POLICE] = {"Mission police component", VD_ACTOR_UN_POLICE, "#3aa6dd", 1, 0},
      [CIVILIAN] = {"Civil affairs and human rights", VD_ACTOR_CIVILIAN, "#2a9d8f", 1, 0},
      [HOST_ARMY] = {"Host-state army", VD_ACTOR_HOST_STATE, "#8a7a2f", 1, 3},
      [HOST_POLICE] = {"Host-state police", VD_ACTOR_HOST_STATE, "#b09a45", 1, 1},
      [PARALLEL_FORCE] = {"Parallel force", VD_ACTOR_PARALLEL_FORCE, "#7b5ea7", 0, 2},
      [HUMANITARIAN] = {"Humanitarian agencies", VD_ACTOR_HUMANITARIAN, "#d9822b", 0, 0},
      [COMMUNITY] = {"Community alert networks", VD_ACTOR_COMMUNITY, "#6b8e23", 0, 0},
      [GROUP_NORTH] = {"Northern armed group", VD_ACTOR_ARMED_GROUP, "#5f5f5f", 0, 0},
      [GROUP_SOUTH] = {"Southern militia", VD_ACTOR_ARMED_GROUP, "#8f8f8f", 0, 0},
  };
  layer l;
  layer_open(&l, w->arena, "actors", true);
  for (int i = 0; i < ACTOR_COUNT; i++) {
    record_begin(&l, actor_id(w->arena, (actor)i), actors[i].name);
    record_text(&l, "kind", vd_terms_word(&vd_actor_kind_terms, (int)actors[i].kind));
    record_text(&l, "colour", actors[i].colour);
    record_number(&l, "counts_as_presence", actors[i].presence, 0);
    record_number(&l, "due_diligence", actors[i].due_diligence, 0);
    record_text(&l, "source", MADE);
    record_end_nowhere(&l);
  }
  return layer_write(&l, folder);
}

vd_status write_bases(const world *w, const char *folder) {
  /* Notice to move: an own reaction platoon 30 min by day and 60 by night, the police unit's 20 and 40,
   * the platoon that stands by at the bridge 5 and 8. */
  static const struct {
    const char *name, *base_class;
    actor who;
    vd_vehicle vehicle;
    int responds;
    double day, night;
    int strength, since;
  } bases[BASE_COUNT + CAMP_COUNT] = {
      {"Vellan headquarters", "mission_hq", UN_MILITARY, VD_CONVOY, 1, 30, 60, 640, -700},
      {"Tirosha sector headquarters", "sector_hq", UN_MILITARY, VD_CAR_4X4, 1, 30, 60, 310, -520},
      {"Orrasha sector headquarters", "sector_hq", UN_MILITARY, VD_CONVOY, 1, 30, 60, 290, -505},
      {"Kethun company operating base", "company_operating_base", UN_MILITARY, VD_CAR_4X4, 1, 30, 60, 130,
       -210},
      {"Namarel bridge temporary operating base", "temporary_operating_base", UN_MILITARY, VD_CAR_4X4, 1, 5,
       8, 45, 61},
      {"Dorrumai formed police unit camp", "fpu_camp", UN_POLICE, VD_CAR_4X4, 1, 20, 40, 140, -160},
      {"Dorrumai garrison", "host_force_position", HOST_ARMY, VD_CONVOY, 0, 120, 240, 400, -1400},
      {"Tirosha forward camp", "permanent_base", PARALLEL_FORCE, VD_CONVOY, 0, 120, 240, 220, -330},
  };
  layer l;
  layer_open(&l, w->arena, "bases", false);
  for (int i = 0; i < BASE_COUNT + CAMP_COUNT; i++) {
    record_begin(&l, id_of(w->arena, "base", i), bases[i].name);
    record_text(&l, "base_class", bases[i].base_class);
    record_text(&l, "actor", actor_id(w->arena, bases[i].who));
    record_time(&l, "from_time", local_s(bases[i].since, 0, 0));
    record_time(&l, "to_time", VD_TIME_MAX);
    record_number(&l, "proximity_m", 1000, 0);
    record_text(&l, "vehicle", vd_terms_word(&vd_vehicle_terms, (int)bases[i].vehicle));
    record_number(&l, "has_reaction_force", bases[i].responds, 0);
    record_number(&l, "notice_day_min", bases[i].day, 0);
    record_number(&l, "notice_night_min", bases[i].night, 0);
    record_number(&l, "strength", bases[i].strength, 0);
    record_text(&l, "classification", i < BASE_COUNT ? "unclassified" : "confidential");
    record_text(&l, "source", MADE);
    record_time(&l, "reported", local_s(STUDY_DAY - 3, 9, 0));
    record_end_point(&l, centre_of(w->posts[i]));
  }
  return layer_write(&l, folder);
}
