/* tracks: what receivers recorded of departures, as GPX.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef MAPS_TRACKS_H
#define MAPS_TRACKS_H

#include "story.h"

typedef struct tracks {
  const world *w;
  rng r;
  vd_buf body;
} tracks;

void tracks_open(tracks *t, const world *w);
/* A fix a minute along `path`, at whose points the patrol was `at_min` minutes after it left at `departed_s`. */
void tracks_add(tracks *t, const char *name, const line *path, const double *at_min, int64_t departed_s);
vd_status tracks_write(const tracks *t, const char *folder);

#endif
