/* restriction: what a report of a movement restriction means, beside its fields.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/restriction.h"

#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/standard.h"

enum { AMRF_MINES = 7, AMRF_PHYSICAL = 8 };

int64_t vd_restriction_begin_s(const vd_restriction *restriction) {
  return restriction->from_s != VD_TIME_MIN ? restriction->from_s : restriction->record.reported_s;
}

int64_t vd_restriction_end_s(const vd_restriction *restriction) {
  return restriction->resolved_s < restriction->to_s ? restriction->resolved_s : restriction->to_s;
}

double vd_restriction_delay_min(const vd_plan *plan, const vd_restriction *restriction) {
  if (restriction->delay_min > 0) return restriction->delay_min;
  if (restriction->effect == VD_EFFECT_ESCORT) return vd_standard_value(plan, "escort_delay");
  if (restriction->effect != VD_EFFECT_DELAY) return 0;
  if (vd_str_equal(restriction->obstacle, "checkpoint_official"))
    return vd_standard_value(plan, "checkpoint_delay");
  if (vd_str_equal(restriction->obstacle, "checkpoint_unofficial"))
    return vd_standard_value(plan, "checkpoint_unofficial_delay");
  return 0;
}

int64_t vd_restriction_unknown_from_s(const vd_plan *plan, const vd_restriction *restriction) {
  const char *state = restriction->road_state;
  if (!state || !*state || vd_str_equal(state, "open")) return VD_TIME_MAX;
  int64_t told_s = restriction->record.reported_s;
  if (told_s == VD_TIME_MIN) told_s = restriction->from_s;
  if (told_s == VD_TIME_MIN || vd_str_equal(state, "unknown")) return VD_TIME_MIN;
  bool wet = vd_plan_info_lookup(plan)->season == VD_WET;
  double days = vd_standard_value(plan, wet ? "road_state.wet" : "road_state.dry");
  return told_s + (days > 0 ? (int64_t)(days * VD_DAY_S) : 0);
}

bool vd_restriction_acts(const vd_restriction *restriction) {
  return restriction->effect != VD_EFFECT_NONE && !vd_str_equal(restriction->road_state, "open");
}

bool vd_restriction_is_physical(const vd_restriction *restriction) {
  static const char *const words[] = {"flood",          "mines",     "road_damage", "railway_damage",
                                      "bridge_damage",  "landslide", "ferry",       "ford",
                                      "culvert_damage", "wreckage",  "trees"};
  if (restriction->road_state && *restriction->road_state) return true;
  if (restriction->amrf_type == AMRF_MINES || restriction->amrf_type == AMRF_PHYSICAL) return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (vd_str_equal(restriction->obstacle, words[i])) return true;
  return false;
}

bool vd_restriction_is_protested(const vd_restriction *restriction) {
  return restriction->protest_s != VD_TIME_MIN ||
         (restriction->protest_reference && *restriction->protest_reference);
}

const char *vd_restriction_code_label(const char *code) {
  static const char *const labels[] = {/* in the order of vd_restriction_code_words */
                                       N_("Denial on land"),
                                       N_("Delay or turning back"),
                                       N_("Flight clearance denied"),
                                       N_("Denial on a river"),
                                       N_("Checkpoint or roadblock"),
                                       N_("Curfew or no-go order"),
                                       N_("Escort or permission demanded"),
                                       N_("Arrest or detention"),
                                       N_("Harassment or threat"),
                                       N_("Assault or attack"),
                                       N_("Entry into premises"),
                                       N_("Seizure or theft"),
                                       N_("Visa or entry denied"),
                                       N_("Customs, import or fuel denied"),
                                       N_("Taxes or fees"),
                                       N_("Radio or observation denied"),
                                       N_("Other violation")};
  for (size_t i = 0; vd_restriction_code_words[i]; i++)
    if (vd_str_equal(code, vd_restriction_code_words[i])) return _(labels[i]);
  return code ? code : "";
}

vd_denial vd_restriction_denial(const vd_restriction *restriction) {
  const char *outcome = restriction->outcome, *code = restriction->code;
  if (vd_str_equal(outcome, "returned") || vd_str_equal(outcome, "rerouted") ||
      vd_str_equal(outcome, "abandoned"))
    return VD_DENIAL_YES;
  if (vd_str_equal(outcome, "proceeded") || vd_str_equal(outcome, "delayed")) return VD_DENIAL_NO;
  if (code && strncmp(code, "SOF-", 4) == 0) return VD_DENIAL_NO;
  if (vd_restriction_is_physical(restriction)) return VD_DENIAL_NO;
  return restriction->effect == VD_EFFECT_BLOCK ? VD_DENIAL_YES : VD_DENIAL_UNKNOWN;
}

vd_mode vd_restriction_mode(const vd_restriction *restriction) {
  if (vd_str_equal(restriction->mode, "air")) return VD_MODE_AIR;
  return vd_str_equal(restriction->mode, "river") ? VD_MODE_RIVER : VD_MODE_LAND;
}
