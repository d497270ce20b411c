/* response: incidents against presence and response. Who could have come, who had been there, who came and when.
 * SPDX-License-Identifier: Apache-2.0
 *
 * By the definitions of study.h, with the incident's own place and time:
 * - An incident known to less than a day is judged at its beginning: the light, the notice, the bases, the restrictions and the
 *   executed patrols on task of that instant, at their stops or on the way; no restriction stopped these, they went. One whose
 *   span is a day or longer is *not dated*: nothing that needs the hour is told of it but the least response time of any light,
 *   without restrictions and patrols, from bases that were there at some time of its span: it can only have taken longer.
 * - Minutes are to the cell that holds the place; the least and the most of them over the cells whose centre is within the
 *   location's precision. Where the precision is not given, or finer than a cell, both are the same.
 * - Presence and proximity are those of the place itself. Only executed patrols are visits; planned and approved ones are
 *   told beside them. Visits are known from a year before the window.
 * - A response is known by what the incident's record says. One without is "unknown", never "none". It was in time when it arrived
 *   within the response standard of the place's priority after the alert or, where that is unknown, after the beginning
 *   of the incident. Outside of every threat area there is no standard and nothing is judged.
 * - Incidents outside the area of interest count, with everything that needs the map unknown. */
#ifndef VEDETTE_STUDY_RESPONSE_H
#define VEDETTE_STUDY_RESPONSE_H

#include "vedette/study/study.h"

typedef enum vd_told { VD_TOLD_UNKNOWN, VD_TOLD_NO, VD_TOLD_PERHAPS, VD_TOLD_YES } vd_told;

typedef struct vd_response_options {
  int64_t from_s, to_s; /* the window, of any length: incidents that begin in it; both 0: the plan's */
  bool without_travel;  /* leave response times unknown; saves the solves */
} vd_response_options;

typedef struct vd_incident_row {
  const char *id, *name, *incident_type;
  int32_t perpetrator; /* index in vd_perpetrator_words, -1 not told */
  int64_t from_s;
  double lon_deg, lat_deg, precision_m; /* NaN: no place; precision not given */
  bool dated, in_area;
  int32_t priority;    /* highest of the threat areas there then, -1 none */
  const char *threat;  /* its name, NULL none */
  double standard_min; /* NaN: none */
  /* who could have come */
  int32_t responder; /* index in responders, -1: none known or none within a day */
  double minutes, least_min,
      most_min;  /* INFINITY: none within a day; NaN: unknown. Not dated: minutes = least_min, most_min NaN */
  vd_told reach; /* whether help could have come within the standard */
  /* who had been there */
  vd_told in_zone;      /* of a base that was there */
  const char *zone;     /* that base, NULL none */
  int64_t last_visit_s; /* executed: when it left, from_s when it was there, VD_TIME_MIN none known */
  const char *last_visitor;
  int64_t last_planned_s; /* the same of planned and approved patrols */
  vd_told before;         /* presence within presence.before minutes before it, or at its beginning */
  /* who came, by the record; NaN unknown */
  int64_t alert_s, departed_s, arrived_s;
  double alert_departed_min, departed_arrived_min, alert_arrived_min;
  double came_after_min; /* from the alert or, where that is unknown, the beginning */
  bool backwards;        /* the record's times run backwards: none of them is used */
  vd_told in_time;
} vd_incident_row;

/* Sums over incidents. The unknown ones of each share are n less its denominator. */
typedef struct vd_response_sums {
  int64_t n;
  int64_t responded;            /* departed or arrived, by the record */
  int64_t judged, in_time;      /* arrival known and a standard there; of these in time */
  int64_t reach_judged, reach;  /* surely in or surely out of reach in time; of these in */
  int64_t before_known, before; /* presence shortly before can be told; of these there was some */
  int64_t zone_known, zone;     /* the same of proximity zones; perhaps counts as unknown */
  double median_min, p90_min;   /* of came_after_min, see vd_durations; NaN none */
  double nearest_median_min;    /* of minutes, INFINITY: most are beyond a day; NaN none */
} vd_response_sums;

/* Of n known durations; quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7, the rule of
 * spreadsheets and R). */
typedef struct vd_durations {
  int64_t n, n_unknown;
  double median_min, p90_min; /* NaN none; INFINITY beyond a day */
} vd_durations;

typedef struct vd_response_group {
  const char *key;  /* "2026-03", an area's id, a word; NULL: none of them */
  const char *name; /* of the area; of others NULL */
  int32_t index;    /* of the priority or perpetrator, of the area among the plan's; -1 none */
  vd_response_sums sums;
} vd_response_group;
typedef struct vd_response_groups {
  vd_response_group *items;
  size_t n;
} vd_response_groups;

typedef struct vd_response {
  int64_t from_s, to_s;
  int64_t before_s;           /* the standard presence.before */
  vd_incident_row *incidents; /* by time, then the plan's order */
  size_t n_incidents;
  vd_responder *responders;
  vd_response_sums all;
  /* In order of time; of areas (of a sector, administrative unit or responsibility; one incident may lie in several); of
   * the vocabularies. What belongs to none comes last. Groups without incidents are left out. */
  vd_response_groups months, areas, perpetrators, priorities;
  vd_durations nearest; /* response times of the nearest responder */
  vd_durations alert_departed, departed_arrived, alert_arrived;
  int64_t n_outside_window, n_undated, n_solves;
  vd_note *notes;
  size_t n_notes;
} vd_response;

/* Everything in the arena. VD_ERR_INPUT for a window without length, VD_ERR_LIMIT, VD_ERR_MEMORY, VD_ERR_CANCELLED. */
vd_status vd_response_run(vd_arena *arena, const vd_plan *plan, const vd_landscape *landscape,
                          const vd_response_options *options, vd_jobs *jobs, const vd_progress *progress,
                          vd_response *out);

#endif
