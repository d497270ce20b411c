/* coord_parse: any bytes as a place; what is taken lies on the earth.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/geo/mgrs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  if (!text) return 0;
  if (size) memcpy(text, data, size);
  text[size] = '\0';
  double lon, lat, precision_m, degrees;
  if (vd_coord_parse(text, &lon, &lat, &precision_m) == VD_OK && !(fabs(lon) <= 180 && fabs(lat) <= 90))
    abort();
  if (vd_angle_parse(text, 'x', &degrees) && !isfinite(degrees)) abort();
  free(text);
  return 0;
}
