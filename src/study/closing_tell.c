/* closing_tell: what would close a gap, in words and figures.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/closing.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { SPARES_TOLD = 3 };

vd_closing *vd_look_add(vd_look *look, vd_closing_kind kind, double person_seconds) {
  double share = fmin(1, person_seconds / VD_HOUR_S / look->gap->person_hours);
  if (!(share >= 0.005)) return NULL;
  vd_closing *closing = VD_PUSH(look->scratch, look->closings, look->n, look->capacity);
  *closing = (vd_closing){.kind = kind,
                          .minutes = NAN,
                          .lon_deg = look->gap->lon_deg,
                          .lat_deg = look->gap->lat_deg,
                          .share = share};
  return closing;
}

static void tell_base(vd_look *look, int32_t from) {
  if (from < 0) return;
  vd_closing *closing = vd_look_add(look, VD_CLOSE_BASE, look->base);
  if (!closing) return;
  const vd_study *study = look->study;
  closing->lon_deg = study->lonlat[2 * from], closing->lat_deg = study->lonlat[2 * from + 1];
  closing->vehicle = VD_CAR_4X4;
  closing->minutes = look->base_notice_ms / 60e3;
  int32_t town = vd_model_nearest_town(study->model, &study->lonlat[2 * from], &study->xy_m[2 * from], NULL);
  closing->name = town < 0 ? NULL : study->model->towns[town].name;
  bool road = study->land->has_road[study->cells[from].cell] != 0;
  const char *near = closing->name ? closing->name : look->gap->name;
  closing->text = vd_str_printf(look->arena,
                                road ? _("A deployment near %s with 4x4 and %.0f min notice-to-move would "
                                         "bring help in time for %.0f %% of it.")
                                     : _("A deployment near %s, where no road leads, with 4x4 and %.0f min "
                                         "notice-to-move would bring help in time for %.0f %% of it."),
                                near, closing->minutes, 100 * closing->share);
}

static void tell_visits(vd_look *look) {
  vd_closing *closing = look->n_visits > 0 ? vd_look_add(look, VD_CLOSE_VISITS, look->seldom) : NULL;
  if (!closing) return;
  const vd_study *study = look->study;
  closing->count = (int32_t)look->n_visits;
  if (look->gap->responder >= 0) {
    closing->id = study->responders[look->gap->responder].id;
    closing->name = study->responders[look->gap->responder].name;
  }
  closing->text = vd_str_printf(
      look->arena,
      vd_translate_n(
          "%d more visit in the window would keep presence fresh for %.0f %% of it.",
          "%d more visits in the window, at even times, would keep presence fresh for %.0f %% of it.",
          (unsigned long)closing->count),
      (int)closing->count, 100 * closing->share);
}

static void tell_night(vd_look *look) {
  vd_closing *closing = look->night_force >= 0 ? vd_look_add(look, VD_CLOSE_NIGHT, look->night) : NULL;
  if (!closing) return;
  const vd_responder *responder = &look->study->responders[look->night_force];
  closing->id = responder->id, closing->name = responder->name;
  closing->minutes = look->night_min;
  closing->text = vd_str_printf(
      look->arena,
      _("A notice-to-move by night of at most %.0f min at %s would bring help in time for %.0f %% of it."),
      closing->minutes, closing->name, 100 * closing->share);
}

static void tell_spares(vd_look *look) {
  const vd_model *model = look->study->model;
  for (int told = 0; told < SPARES_TOLD; told++) {
    size_t best = 0;
    for (size_t b = 1; b < model->n_beats; b++)
      best = look->spare.sums[b] > look->spare.sums[best] ? b : best;
    vd_closing *closing =
        model->n_beats > 0 ? vd_look_add(look, VD_CLOSE_SPARE, look->spare.sums[best]) : NULL;
    if (!closing) return;
    closing->id = model->beats[best].id, closing->name = model->beats[best].name;
    for (size_t i = 0; i < look->study->n_spares; i++)
      closing->count += look->study->spares[i].beat == (int32_t)best;
    closing->text = vd_str_printf(
        look->arena,
        _("Sending visits of %s here that now double others would keep presence fresh for %.0f %% of it."),
        closing->name, 100 * closing->share);
    look->spare.sums[best] = 0;
  }
}

void vd_look_tell(vd_look *look, int32_t from) {
  tell_base(look, from);
  tell_visits(look);
  tell_night(look);
  tell_spares(look);
}
