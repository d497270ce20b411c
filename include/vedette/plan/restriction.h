/* restriction: what a report of a movement restriction means, beside its fields.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLAN_RESTRICTION_H
#define VEDETTE_PLAN_RESTRICTION_H

#include "vedette/plan/plan.h"

/* When it began: its start, or else when it was reported; VD_TIME_MIN when neither is known. */
int64_t vd_restriction_begin_s(const vd_restriction *restriction);
/* When it ends: its end or, when that is sooner, the time at which it was resolved. */
int64_t vd_restriction_end_s(const vd_restriction *restriction);
/* Minutes that it holds movement up: what it says; or else, for a delay at a checkpoint, the standard checkpoint_delay or
 * checkpoint_unofficial_delay; for an escort escort_delay; else 0. */
double vd_restriction_delay_min(const vd_plan *plan, const vd_restriction *restriction);
/* From when on the state of the road that it tells of is unknown: road_state.dry or road_state.wet days, by the plan's season,
 * after it was reported (or else began). VD_TIME_MAX when it tells of none; VD_TIME_MIN when it was unknown from the start
 * or the report has no date. */
int64_t vd_restriction_unknown_from_s(const vd_plan *plan, const vd_restriction *restriction);
/* Whether it changes movement at all: an open road does not. */
bool vd_restriction_acts(const vd_restriction *restriction);
/* Whether the ground and not a party is the reason: it tells of a road's state, of damage, water, wrecks or mines, or its AMRF
 * type is 7 (mines) or 8 (physical environment). */
bool vd_restriction_is_physical(const vd_restriction *restriction);

/* Whether a protest is on record, by its date or its reference. */
bool vd_restriction_is_protested(const vd_restriction *restriction);
/* What a code says, translated; the code itself when it is not of the list, "" for none. */
const char *vd_restriction_code_label(const char *code);

/* Whether a movement was denied. An outcome tells; without one a report of the ROM codes that blocks is taken as a denial, unless
 * the reason is the ground, and one that does not block is not known to be one. */
typedef enum vd_denial { VD_DENIAL_NO, VD_DENIAL_YES, VD_DENIAL_UNKNOWN } vd_denial;
vd_denial vd_restriction_denial(const vd_restriction *restriction);

/* Land, air or river by the word; another or no word: land. */
typedef enum vd_mode { VD_MODE_LAND, VD_MODE_AIR, VD_MODE_RIVER, VD_MODE_COUNT } vd_mode;
vd_mode vd_restriction_mode(const vd_restriction *restriction);

#endif
