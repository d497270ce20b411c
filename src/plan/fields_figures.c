/* fields_figures: the fields of the editable tables of figures.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/fields.h"

static const vd_field speed_fields[] = {
    TERM(vd_speed, vehicle, "vehicle", "Vehicle", vd_vehicle_terms, VD_CAR_4X4),
    TERM(vd_speed, ground, "ground", "Ground", vd_ground_terms, VD_GROUND_PAVED),
    REAL(vd_speed, kmh, "kmh", "Speed, dry season by day", "km/h", 0, 1000, 0),
    REAL(vd_speed, wet_factor, "wet_factor", "Speed factor in the wet season", NULL, 0, 10, 1),
    REAL(vd_speed, worst_factor, "worst_factor", "Speed factor at worst", NULL, 0, 1, 1),
    REAL(vd_speed, best_factor, "best_factor", "Speed factor at best", NULL, 1, 10, 1),
};
const vd_kind_info vd_speed_info =
    KIND_INFO(VD_KIND_SPEED, "speed", "Speed", "Speeds", vd_speed, 0, speed_fields);

static const vd_field standard_fields[] = {
    REAL(vd_standard, value, "value", "Value", NULL, -1e12, 1e12, 0),
    TEXT(vd_standard, unit, "unit", "Unit"),
};
const vd_kind_info vd_standard_info =
    KIND_INFO(VD_KIND_STANDARD, "standard", "Standard", "Standards", vd_standard, 0, standard_fields);
