/* mgrs: any bytes as a grid reference; what is taken must be written back as the same square.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/geo/mgrs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1), again[VD_MGRS_SIZE];
  if (!text) return 0;
  if (size) memcpy(text, data, size);
  text[size] = '\0';
  double lon, lat, side;
  if (vd_mgrs_parse(text, &lon, &lat, &side) == VD_OK) {
    if (!(fabs(lon) <= 180 && fabs(lat) <= 90 && side >= 1 && side <= 100000)) abort();
    if (vd_mgrs_format(lon, lat, 5, again) != VD_OK) abort();
  }
  free(text);
  return 0;
}
