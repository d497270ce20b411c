/* denial: which restrictions deny a gap.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "study/closing.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { RESTRICTIONS_TOLD = 5 };

typedef struct denial {
  int32_t bar;
  double person_seconds;
} denial;

static int compare_denials(const void *a, const void *b) {
  const denial *x = a, *y = b;
  if (x->person_seconds != y->person_seconds) return x->person_seconds > y->person_seconds ? -1 : 1;
  return (x->bar > y->bar) - (x->bar < y->bar);
}

/* Those whose lifting alone brings help in time again. */
static size_t lifting_alone(const vd_look *look, denial *denials) {
  const vd_study *study = look->study;
  size_t n = 0;
  for (size_t b = 0; study->reached_s && b < study->model->n_bars; b++) {
    if (!study->reached_s[b]) continue;
    double sum = 0;
    for (int32_t i = 0; i < look->gap->n_cells; i++) {
      int32_t t = study->index_of[look->cells[i]];
      sum += (double)study->cells[t].people * study->reached_s[b][t];
    }
    if (sum > 0) denials[n++] = (denial){(int32_t)b, sum};
  }
  if (n > 1) qsort(denials, n, sizeof *denials, compare_denials);
  return n;
}

/* Where none does alone: those on the way of a responder that would be in time without them. */
static vd_status on_the_way(const vd_look *look, denial *denials, size_t *n) {
  const vd_study *study = look->study;
  int p = look->gap->priority;
  int32_t *bars = VD_NEW_ARRAY(look->scratch, int32_t, study->model->n_bars + 1);
  *n = 0;
  for (size_t s = 0; s < study->n_situations && *n == 0; s++) {
    const vd_situation *situation = &study->situations[s];
    bool denied = (study->fields[situation->free_field].mask[look->place] >> p & 1) != 0 &&
                  (study->fields[situation->field].mask[look->place] >> p & 1) == 0;
    if (!denied) continue;
    VD_TRY(vd_route_meets(study, situation->force, (vd_light)situation->light, study->cells[look->place].cell,
                          situation->set, bars, n));
    for (size_t i = 0; i < *n; i++) denials[i] = (denial){bars[i], 0};
  }
  return VD_OK;
}

vd_status vd_look_deny(vd_look *look) {
  const vd_model *model = look->study->model;
  denial *denials = VD_NEW_ARRAY(look->scratch, denial, model->n_bars + 1);
  size_t n = lifting_alone(look, denials);
  if (n == 0 && look->gap->cause_share[VD_CAUSE_DENIED] > 0) VD_TRY(on_the_way(look, denials, &n));
  const char **ids = VD_NEW_ARRAY(look->arena, const char *, n + 1);
  for (size_t i = 0; i < n; i++) ids[i] = model->bars[denials[i].bar].id;
  look->gap->restrictions = ids, look->gap->n_restrictions = n;
  for (size_t i = 0; i < n && i < RESTRICTIONS_TOLD; i++) {
    const vd_bar *bar = &model->bars[denials[i].bar];
    vd_closing *closing = vd_look_add(look, VD_CLOSE_RESTRICTION, denials[i].person_seconds);
    if (!closing) break;
    closing->id = bar->id, closing->name = bar->name, closing->lon_deg = bar->lon_deg,
    closing->lat_deg = bar->lat_deg;
    closing->text =
        vd_str_printf(look->arena, _("Lifting %s alone would bring help in time again for %.0f %% of it."),
                      bar->name, 100 * closing->share);
  }
  return VD_OK;
}
