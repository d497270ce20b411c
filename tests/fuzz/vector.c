/* vector: any bytes as a vector file; what comes out is on the earth and well formed.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/vector.h"

#include <math.h>
#include <stdlib.h>

#include "vedette/geo/start.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static vd_status check(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  const vd_geom *geom = feature->geom;
  (void)context;
  if (!geom || geom->part_start[geom->n_parts] != geom->n_points) abort();
  for (int32_t i = 0; i < geom->n_points; i++)
    if (!(fabs(geom->xy[2 * i]) <= 361 && fabs(geom->xy[2 * i + 1]) <= 90)) abort();
  for (int f = 0; f < layer->n_fields; f++)
    if (feature->values[f].type != VD_VALUE_NONE && !feature->values[f].text) abort();
  return VD_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  vd_vector *v = NULL;
  vd_arena *arena = vd_arena_new();
  vd_tally tally = {.arena = arena};
  if (vd_geo_start() != VD_OK) abort();
  if (vd_vector_open_bytes(data, size, "fuzz", NULL, &v) == VD_OK)
    vd_vector_each_all(v, &tally, NULL, check, NULL);
  vd_vector_free(v);
  vd_arena_free(arena);
  return 0;
}
