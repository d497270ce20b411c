/* store_surface: words for road surfaces as mappers write them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "vedette/base/terms.h"
#include "vedette/store/importing.h"

static void store_surface__understands_french_and_slips(void **state) {
  static const struct {
    const char *word;
    int surface;
  } cases[] = {
      {"asphalt", VD_SURFACE_PAVED},
      {"Asphalt ", VD_SURFACE_PAVED},
      {"asphalt_no_1", VD_SURFACE_PAVED},
      {"ashpalt", VD_SURFACE_PAVED},
      {"asphlt", VD_SURFACE_PAVED},
      {"goudronnée", VD_SURFACE_PAVED},
      {"Béton", VD_SURFACE_PAVED},
      {"concrete:plates", VD_SURFACE_PAVED},
      {"paved;gravel", VD_SURFACE_PAVED},
      {"fine_gravel", VD_SURFACE_GRAVEL},
      {"latérite", VD_SURFACE_GRAVEL},
      {"unpaved", VD_SURFACE_EARTH},
      {"non goudronné", VD_SURFACE_EARTH},
      {"not paved", VD_SURFACE_EARTH},
      {"terre battue", VD_SURFACE_EARTH},
      {"grond", VD_SURFACE_EARTH},
      {"xyzzy", -1},
      {"", -1},
      {";;", -1},
      {"\xc3", -1},
      {"sandwich", -1},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (vd_surface_of_word(cases[i].word) != cases[i].surface)
      fail_msg("%s: %d", cases[i].word, vd_surface_of_word(cases[i].word));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(store_surface__understands_french_and_slips)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
