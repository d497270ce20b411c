/* fields_threat: the fields of threats, incidents and movement restrictions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/fields.h"

static const vd_field threat_area_fields[] = {
    TERM(vd_threat_area, priority, "priority", "Priority", vd_priority_terms, VD_WATCH),
    WORD(vd_threat_area, perpetrator_class, "perpetrator_class", "Perpetrator class", vd_perpetrator_words),
    TEXT(vd_threat_area, perpetrator, "perpetrator", "Perpetrator"),
    WORD(vd_threat_area, threat_type, "threat_type", "Threat type", vd_threat_type_words),
    INT(vd_threat_area, likelihood, "likelihood", "Likelihood, 1 to 5", 1, 5, NAN),
    INT(vd_threat_area, impact, "impact", "Impact, 1 to 5", 1, 5, NAN),
    TEXT(vd_threat_area, drivers, "drivers", "Drivers"),
    TEXT(vd_threat_area, motive, "motive", "Motive"),
    TEXT(vd_threat_area, civilians_at_risk, "civilians_at_risk", "Civilians at risk"),
    TIME(vd_threat_area, from_s, "from_time", "From", VD_TIME_MIN),
    TIME(vd_threat_area, to_s, "to_time", "To", VD_TIME_MAX),
    INT(vd_threat_area, hour_from_min, "hour_from_min", "Active from, minute of the local day", 0, 1440, 0),
    INT(vd_threat_area, hour_to_min, "hour_to_min", "Active to, minute of the local day", 0, 1440, 1440),
    INT(vd_threat_area, weekdays, "weekdays", "Weekdays, 1 Monday + 2 Tuesday ... + 64 Sunday", 0, 127, 127),
    TEXT(vd_threat_area, source_grade, "source_grade", "Source grade"),
    TIME(vd_threat_area, review_s, "review_time", "Next review", VD_TIME_MAX),
};
const vd_kind_info vd_threat_area_info =
    KIND_INFO(VD_KIND_THREAT_AREA, "threat_area", "Threat area", "Threat areas", vd_threat_area, AS_POLYGON,
              threat_area_fields);

static const vd_field incident_fields[] = {
    REAL(vd_incident, precision_m, "precision_m", "Precision of the place", "m", 0, 1000000, NAN),
    TIME(vd_incident, from_s, "from_time", "From", VD_TIME_MIN),
    TIME(vd_incident, to_s, "to_time", "To", VD_TIME_MAX),
    TEXT(vd_incident, incident_type, "incident_type", "Type"),
    WORD(vd_incident, perpetrator_class, "perpetrator_class", "Perpetrator class", vd_perpetrator_words),
    INT(vd_incident, killed, "killed", "Killed", 0, 10000000, NAN),
    INT(vd_incident, injured, "injured", "Injured", 0, 10000000, NAN),
    TIME(vd_incident, alert_s, "alert_time", "Alert received", VD_TIME_MIN),
    TIME(vd_incident, response_departed_s, "response_departed_time", "Response departed", VD_TIME_MIN),
    TIME(vd_incident, response_arrived_s, "response_arrived_time", "Response arrived", VD_TIME_MIN),
    TEXT(vd_incident, reference, "reference", "Reference"),
};
const vd_kind_info vd_incident_info =
    KIND_INFO(VD_KIND_INCIDENT, "incident", "Incident", "Incidents", vd_incident, AS_POINT, incident_fields);

static const vd_field restriction_fields[] = {
    WORD(vd_restriction, code, "code", "Code", vd_restriction_code_words),
    WORD(vd_restriction, mode, "mode", "Mode", vd_mode_words),
    TEXT(vd_restriction, actor_responsible, "actor_responsible", "Actor responsible"),
    TEXT(vd_restriction, cause, "cause", "Cause"),
    TEXT(vd_restriction, demand, "demand", "Demand"),
    REF(vd_restriction, actor, "actor", "Actor held up", VD_KIND_ACTOR),
    REF(vd_restriction, patrol, "patrol", "Patrol held up", VD_KIND_PATROL),
    TERM(vd_restriction, clearance, "clearance", "Clearance of the movement", vd_clearance_terms,
         VD_CLEARANCE_UNKNOWN),
    INT(vd_restriction, severity, "severity", "Severity, 0 to 5", 0, 5, NAN),
    INT(vd_restriction, amrf_type, "amrf_type", "AMRF type, 1 to 9", 1, 9, NAN),
    WORD(vd_restriction, obstacle, "obstacle", "Obstacle", vd_obstacle_words),
    WORD(vd_restriction, road_state, "road_state", "State of the road", vd_road_state_words),
    WORDS(vd_restriction, components, "components", "Components affected", vd_actor_kind_terms),
    WORDS(vd_restriction, vehicles, "vehicles", "Vehicles affected", vd_vehicle_terms),
    TERM(vd_restriction, effect, "effect", "Effect on movement", vd_effect_terms, VD_EFFECT_BLOCK),
    REAL(vd_restriction, slow_factor, "slow_factor", "Travel takes this many times as long", NULL, 1, 1000,
         1),
    REAL(vd_restriction, delay_min, "delay_min", "Delay", "min", 0, 527040, 0),
    REAL(vd_restriction, radius_m, "radius_m", "Acts within", "m", 0, 200000, NAN),
    REF(vd_restriction, road, "road", "Road affected as a whole", VD_KIND_ROAD),
    TIME(vd_restriction, from_s, "from_time", "From", VD_TIME_MIN),
    TIME(vd_restriction, to_s, "to_time", "To", VD_TIME_MAX),
    WORD(vd_restriction, outcome, "outcome", "Outcome", vd_outcome_words),
    REAL(vd_restriction, hours_lost, "hours_lost", "Hours lost", "h", 0, 8784, NAN),
    TEXT(vd_restriction, reference, "reference", "Reference"),
    BOOL(vd_restriction, sofa, "sofa", "Status-of-forces violation", 0),
    TEXT(vd_restriction, protest_reference, "protest_reference", "Reference of the protest"),
    TIME(vd_restriction, protest_s, "protest_time", "Date of the protest", VD_TIME_MIN),
    TIME(vd_restriction, resolved_s, "resolved_time", "Resolved", VD_TIME_MAX),
    REAL(vd_restriction, precision_m, "precision_m", "Precision of the place", "m", 0, 1000000, NAN),
};
const vd_kind_info vd_restriction_info =
    KIND_INFO(VD_KIND_RESTRICTION, "restriction", "Movement restriction", "Movement restrictions",
              vd_restriction, AS_POINT | AS_LINE | AS_POLYGON, restriction_fields);
