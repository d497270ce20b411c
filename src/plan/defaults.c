/* defaults: standards and speeds, each with the source that was read or "unsourced" for a proposal.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/defaults.h"

#define JUBA "Close proximity as read in Juba, 2016: within 1 km of a base"

const vd_default_standard vd_default_standards[] = {
    {"response.must", 60, "min", VD_UNSOURCED},
    {"response.should", 120, "min", VD_UNSOURCED},
    {"response.could", 240, "min", VD_UNSOURCED},
    {"response.watch", 480, "min", VD_UNSOURCED},
    {"revisit.must", 24, "h", VD_UNSOURCED},
    {"revisit.should", 72, "h", VD_UNSOURCED},
    {"revisit.could", 168, "h", VD_UNSOURCED},
    {"revisit.watch", 720, "h", VD_UNSOURCED},
    {"weight.must", 4, "1", VD_UNSOURCED},
    {"weight.should", 3, "1", VD_UNSOURCED},
    {"weight.could", 2, "1", VD_UNSOURCED},
    {"weight.watch", 1, "1", VD_UNSOURCED},
    {"influence_radius", 1000, "m", VD_UNSOURCED},
    {"presence.full", 24, "h", VD_UNSOURCED},
    {"presence.gone", 168, "h", VD_UNSOURCED},
    {"proximity_radius", 1000, "m", JUBA},
    {"day.from", 360, "min", VD_UNSOURCED},
    {"day.to", 1080, "min", VD_UNSOURCED},
    {"night_factor", 0.7, "1", VD_UNSOURCED},
    {"ford_delay", 15, "min", VD_UNSOURCED},
    {"ferry_delay", 60, "min", VD_UNSOURCED},
    {"checkpoint_delay", 15, "min", VD_UNSOURCED},
    {"checkpoint_unofficial_delay", 45, "min", VD_UNSOURCED},
    {"helicopter_preflight", 45, "min", VD_UNSOURCED},
    {"helicopter_kmh", 200, "km/h", VD_UNSOURCED},
    {"slope_limit.4x4", 0.45, "1", VD_UNSOURCED},
    {"slope_limit.convoy", 0.3, "1", VD_UNSOURCED},
    {"slope_limit.foot", 1, "1", VD_UNSOURCED},
    {"restriction_radius", 500, "m", VD_UNSOURCED},
    {"seam.width", 5000, "m", VD_UNSOURCED},
    {"unmarked_crossing", 1, "1", VD_UNSOURCED},
    {"settlement_people", 500, "1", VD_UNSOURCED},
    {"escort_delay", 120, "min", VD_UNSOURCED},
    {"road_state.dry", 45, "d", VD_UNSOURCED},
    {"road_state.wet", 14, "d", VD_UNSOURCED},
    {"site.radius", 1000, "m", VD_UNSOURCED},
    {"watch.radius", 25000, "m", VD_UNSOURCED},
    {"watch.days", 14, "d", VD_UNSOURCED},
    {"watch.denials", 3, "1", VD_UNSOURCED},
    {"duty.longest", 8, "h", VD_UNSOURCED},
    {"rest.least", 8, "h", VD_UNSOURCED},
    {"curfew.from", 0, "min", VD_UNSOURCED},
    {"curfew.to", 0, "min", VD_UNSOURCED},
    {"schedule.slack", 10, "min", VD_UNSOURCED},
    {"track.near", 500, "m", VD_UNSOURCED},
    {"track.hours", 6, "h", VD_UNSOURCED},
    {"presence.before", 60, "min", VD_UNSOURCED},
    {"watcher.weeks", 8, "1", VD_UNSOURCED},
    {"watcher.confidence", 0.8, "1", VD_UNSOURCED},
    {"on_task.step", 60, "min", VD_UNSOURCED},
};
const size_t vd_n_default_standards = sizeof vd_default_standards / sizeof *vd_default_standards;

/* Sources of speeds on foot; two thirds in the rains is Blanford's dry-to-wet ratio. */
#define MARCH "FM 21-18: 4.0 km/h net of halts; wet: Blanford 2012, IJHG 11:24, table 2"
#define BLSQ "BLSQ geohealthaccess, moving-speeds.json; wet: Blanford 2012, IJHG 11:24, table 2"
#define BLSQ_FERRY "BLSQ geohealthaccess, moving-speeds.json: ferry"
#define WET_ON_FOOT 0.67

/* vehicle, ground, km/h, wet, worst, best */
#define FOOT(ground, kmh, source)                                                                            \
  { VD_FOOT, ground, kmh, WET_ON_FOOT, 0.67, 1.2, source }
#define CAR(ground, kmh, wet)                                                                                \
  { VD_CAR_4X4, ground, kmh, wet, 0.5, 1.25, VD_UNSOURCED }
#define CONVOY(ground, kmh, wet)                                                                             \
  { VD_CONVOY, ground, kmh, wet, 0.5, 1.25, VD_UNSOURCED }
#define BOAT(ground, kmh, best)                                                                              \
  { VD_BOAT, ground, kmh, 1, 0.75, best, VD_UNSOURCED }
#define BY_FERRY(vehicle)                                                                                    \
  { vehicle, VD_GROUND_FERRY, 5, 1, 0.67, 1.2, BLSQ_FERRY }

const vd_default_speed vd_default_speeds[] = {
    FOOT(VD_GROUND_PAVED, 4, MARCH),
    FOOT(VD_GROUND_GRAVEL, 4, MARCH),
    FOOT(VD_GROUND_EARTH, 4, MARCH),
    FOOT(VD_GROUND_TRACK, 4, MARCH),
    FOOT(VD_GROUND_PATH, 4, MARCH),
    BY_FERRY(VD_FOOT),
    FOOT(VD_GROUND_BARE, 3, BLSQ),
    FOOT(VD_GROUND_CROPS, 2.5, BLSQ),
    FOOT(VD_GROUND_GRASS, 4.86, BLSQ),
    FOOT(VD_GROUND_SHRUB, 3, BLSQ),
    FOOT(VD_GROUND_FOREST, 4, BLSQ),
    FOOT(VD_GROUND_BUILT_UP, 5, BLSQ),
    FOOT(VD_GROUND_MOSS, 4.86, BLSQ),
    FOOT(VD_GROUND_SNOW, 1.62, BLSQ),
    FOOT(VD_GROUND_WETLAND, 1, VD_UNSOURCED),
    FOOT(VD_GROUND_SEASONAL_WATER, 0.5, BLSQ),
    FOOT(VD_GROUND_WATER, 0, BLSQ),

    CAR(VD_GROUND_PAVED, 70, 0.9),
    CAR(VD_GROUND_GRAVEL, 45, 0.6),
    CAR(VD_GROUND_EARTH, 30, 0.33),
    CAR(VD_GROUND_TRACK, 15, 0),
    CAR(VD_GROUND_PATH, 0, 0),
    BY_FERRY(VD_CAR_4X4),
    CAR(VD_GROUND_BARE, 10, 0),
    CAR(VD_GROUND_CROPS, 10, 0),
    CAR(VD_GROUND_GRASS, 10, 0),
    CAR(VD_GROUND_SHRUB, 10, 0),
    CAR(VD_GROUND_FOREST, 0, 0),
    CAR(VD_GROUND_BUILT_UP, 10, 0.6),
    CAR(VD_GROUND_MOSS, 10, 0),
    CAR(VD_GROUND_SNOW, 0, 0),
    CAR(VD_GROUND_WETLAND, 0, 0),
    CAR(VD_GROUND_SEASONAL_WATER, 0, 0),
    CAR(VD_GROUND_WATER, 0, 0),

    CONVOY(VD_GROUND_PAVED, 50, 0.9),
    CONVOY(VD_GROUND_GRAVEL, 30, 0.6),
    CONVOY(VD_GROUND_EARTH, 20, 0.33),
    CONVOY(VD_GROUND_TRACK, 10, 0),
    CONVOY(VD_GROUND_PATH, 0, 0),
    BY_FERRY(VD_CONVOY),
    CONVOY(VD_GROUND_BARE, 6, 0),
    CONVOY(VD_GROUND_CROPS, 6, 0),
    CONVOY(VD_GROUND_GRASS, 6, 0),
    CONVOY(VD_GROUND_SHRUB, 6, 0),
    CONVOY(VD_GROUND_FOREST, 0, 0),
    CONVOY(VD_GROUND_BUILT_UP, 6, 0.6),
    CONVOY(VD_GROUND_MOSS, 6, 0),
    CONVOY(VD_GROUND_SNOW, 0, 0),
    CONVOY(VD_GROUND_WETLAND, 0, 0),
    CONVOY(VD_GROUND_SEASONAL_WATER, 0, 0),
    CONVOY(VD_GROUND_WATER, 0, 0),

    BOAT(VD_GROUND_RIVER, 12, 1.67), /* upstream; downstream 20 km/h at best */
    BOAT(VD_GROUND_WATER, 12, 1.67),
};
const size_t vd_n_default_speeds = sizeof vd_default_speeds / sizeof *vd_default_speeds;
