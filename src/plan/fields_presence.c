/* fields_presence: the fields of those who are there - actors, bases, patrols and their stops.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/fields.h"

static const vd_field actor_fields[] = {
    TERM(vd_actor, kind, "kind", "Component or party", vd_actor_kind_terms, VD_ACTOR_UN_MILITARY),
    TEXT(vd_actor, colour, "colour", "Colour"),
    BOOL(vd_actor, counts_as_presence, "counts_as_presence", "Counts as presence", 1),
    INT(vd_actor, due_diligence, "due_diligence", "Due-diligence rating (0 not rated, 3 elevated)", 0, 3, 0),
};
const vd_kind_info vd_actor_info =
    KIND_INFO(VD_KIND_ACTOR, "actor", "Actor", "Actors", vd_actor, 0, actor_fields);

static const vd_field base_fields[] = {
    WORD(vd_base, base_class, "base_class", "Class", vd_base_class_words),
    REF(vd_base, actor, "actor", "Actor", VD_KIND_ACTOR),
    TIME(vd_base, from_s, "from_time", "From", VD_TIME_MIN),
    TIME(vd_base, to_s, "to_time", "To", VD_TIME_MAX),
    REAL(vd_base, proximity_m, "proximity_m", "Proximity radius", "m", 0, 200000, 1000),
    TERM(vd_base, vehicle, "vehicle", "Vehicle of the reaction force", vd_vehicle_terms, VD_CAR_4X4),
    BOOL(vd_base, has_reaction_force, "has_reaction_force", "Has a reaction force", 1),
    REAL_OR_NEVER(vd_base, notice_day_min, "notice_day_min", "Notice to move by day", "min", 0, 43200, 30),
    REAL_OR_NEVER(vd_base, notice_night_min, "notice_night_min", "Notice to move by night", "min", 0, 43200,
                  60),
    INT(vd_base, strength, "strength", "Strength", 0, 1000000, NAN),
};
const vd_kind_info vd_base_info =
    KIND_INFO(VD_KIND_BASE, "base", "Base", "Bases", vd_base, AS_POINT, base_fields);

static const vd_field patrol_fields[] = {
    REF(vd_patrol, actor, "actor", "Actor", VD_KIND_ACTOR),
    REFS(vd_patrol, partners, "partners", "Partners of a joint patrol", VD_KIND_ACTOR),
    WORD(vd_patrol, patrol_class, "patrol_class", "Class", vd_patrol_class_words),
    TERM(vd_patrol, vehicle, "vehicle", "Vehicle", vd_vehicle_terms, VD_CAR_4X4),
    TERM(vd_patrol, state, "state", "State", vd_patrol_state_terms, VD_PLANNED),
    TIME(vd_patrol, from_s, "from_time", "Departure", VD_TIME_MIN),
    TIME(vd_patrol, to_s, "to_time", "Return", VD_TIME_MAX),
    TEXT(vd_patrol, recurrence, "recurrence", "Recurrence"),
    TEXT(vd_patrol, exceptions, "exceptions", "Dates left out"),
    REAL(vd_patrol, influence_m, "influence_m", "Influence radius", "m", 0, 200000, NAN),
    BOOL(vd_patrol, responds, "responds", "Can answer a call while on task", 1),
    INT(vd_patrol, strength, "strength", "Strength", 0, 1000000, NAN),
    TEXT(vd_patrol, crew, "crew", "Crew"),
    TEXT(vd_patrol, vehicles_named, "vehicles_named", "Vehicles by call sign"),
    BOOL(vd_patrol, escorted, "escorted", "An escort is arranged", 0),
    TERM(vd_patrol, clearance, "clearance", "Clearance", vd_clearance_terms, VD_CLEARANCE_UNKNOWN),
    REF(vd_patrol, executes, "executes", "Planned patrol that it executed", VD_KIND_PATROL),
    TIME(vd_patrol, executes_s, "executes_time", "Planned departure that it executed", VD_TIME_MIN),
    TEXT(vd_patrol, track_s, "track_s", "Seconds between the points of its track"),
};
const vd_kind_info vd_patrol_info =
    KIND_INFO(VD_KIND_PATROL, "patrol", "Patrol", "Patrols", vd_patrol, AS_LINE, patrol_fields);

static const vd_field stop_fields[] = {
    REF(vd_stop, patrol, "patrol", "Patrol", VD_KIND_PATROL),
    INT(vd_stop, sequence, "sequence", "Place in the patrol, from 0", 0, 100000, 0),
    REAL(vd_stop, arrive_min, "arrive_min", "Arrival after departure", "min", 0, 527040, NAN),
    REAL(vd_stop, depart_min, "depart_min", "Leaving after departure", "min", 0, 527040, NAN),
};
const vd_kind_info vd_stop_info =
    KIND_INFO(VD_KIND_STOP, "stop", "Stop", "Stops", vd_stop, AS_POINT, stop_fields);
