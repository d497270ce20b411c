/* standard: the default figures a new plan starts with, each with its source or "unsourced", and reading them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They are ordinary records (VD_KIND_SPEED, VD_KIND_STANDARD) that planners edit. Keys used by the study:
 *   response.must response.should response.could response.watch          min    in time when <= this
 *   revisit.must ...                                                     h      present when last visit <= this
 *   weight.must ...                                                      1      of person-hours at risk
 *   influence_radius                                                     m      of a passing patrol
 *   presence.full presence.gone                                          h      24, 168
 *   proximity_radius                                                     m      1000
 *   day.from day.to                                                      min    of the local day: light
 *   night_factor                                                         1      speed by night
 *   ford_delay ferry_delay checkpoint_delay checkpoint_unofficial_delay  min
 *   helicopter_preflight helicopter_kmh                                  min, km/h
 *   slope_limit.4x4 slope_limit.convoy slope_limit.foot                  1      rise over run
 *   restriction_radius                                                   m      of a point restriction without one
 *   seam.width                                                           m      a seam: places so near to two areas of responsibility
 *   unmarked_crossing                                                    1      0 closed, 1 ford, 2 bridge
 *   settlement_people                                                    1      people of a settlement of unknown size
 *   escort_delay                                                         min    until an escort is there
 *   road_state.dry road_state.wet                                        d      after its report a road's state is unknown
 *   site.radius                                                          m      reports chained so near are of one site
 *   watch.radius watch.days watch.denials                                m d 1  so many denials raise a watch flag
 *   duty.longest rest.least                                              h      of a crew, on task and between two tasks
 *   curfew.from curfew.to                                                min    of the local day; equal: none
 *   schedule.slack                                                       min    what a plan may be off unremarked
 *   track.near track.hours                                               m h    a track is a patrol's when so near, so close in time
 *   presence.before                                                      min    presence so shortly before an incident
 *   watcher.weeks watcher.confidence                                     1      what a watcher has seen; how sure he wants to be
 *   on_task.step                                                         min    a patrol on the way answers once in so long; 0: from its stops alone */
#ifndef VEDETTE_PLAN_STANDARD_H
#define VEDETTE_PLAN_STANDARD_H

#include "vedette/plan/edit.h"

/* Puts every default speed and standard that the plan lacks. */
vd_status vd_standard_put_defaults(vd_edit *edit);
/* The value of a standard; the built-in default when the plan has no such row. An unknown key is a mistake of
 * ours: NaN. */
double vd_standard_value(const vd_plan *plan, const char *key);
/* The speed row of a vehicle on a ground, NULL when the plan has none (impassable). */
const vd_speed *vd_speed_lookup(const vd_plan *plan, vd_vehicle vehicle, vd_ground ground);
/* The ground group of a road by its class and surface (domain.md section 3). */
vd_ground vd_road_ground(const vd_road *road);
/* Whether a record's figure is a proposal without a published source. */
bool vd_record_unsourced(const vd_record *record);

#endif
