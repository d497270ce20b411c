/* results_json: pieces that the JSON of study and explain share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_RESULTS_JSON_H
#define VEDETTE_CLI_RESULTS_JSON_H

#include "cli/json.h"
#include "cli/with_study.h"

/* "program", "plan", "window" and "grid" of the object that is open. */
void vd_json_add_inputs(vd_json *json, const vd_studied *studied);
void vd_json_add_gap(vd_json *json, const char *key, const vd_studied *studied, const vd_gap *gap);
/* "responder" by name, class and place; null when none. */
void vd_json_add_responder(vd_json *json, const char *key, const vd_study *study, int32_t responder);
/* Notice, travel and the legs; null when the route is endless. */
void vd_json_add_route(vd_json *json, const char *key, const vd_route *route);
/* Hours or person-hours by the words of `terms`, from member `first` on. */
void vd_json_add_by_word(vd_json *json, const char *key, const vd_terms *terms, int first,
                         const double *values, int decimals);

#endif
