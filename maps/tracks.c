/* tracks: what receivers recorded of three departures in the study week, as GPX.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tracks.h"

#include <math.h>

#include "vedette/base/units.h"

enum { STEP_S = 60 };

void tracks_open(tracks *t, const world *w) {
  *t = (tracks){.w = w, .r = rng_of(w->seed, "tracks"), .body.arena = w->arena};
}

/* A fix is a few metres off: 5 at one deviation. */
static void add_fix(tracks *t, pt p, int64_t time_s) {
  const double metre = 1 / 231.0; /* cells */
  p = (pt){p.x + rng_bell(&t->r) * 5 * metre, p.y + rng_bell(&t->r) * 5 * metre};
  vd_buf_add(&t->body, "<trkpt lat=\"");
  vd_buf_add_number(&t->body, lat_of(p.y), 6);
  vd_buf_add(&t->body, "\" lon=\"");
  vd_buf_add_number(&t->body, lon_of(p.x), 6);
  vd_buf_printf(&t->body, "\"><time>%s</time></trkpt>\n", vd_time_iso(t->w->arena, time_s));
}

void tracks_add(tracks *t, const char *name, const line *path, const double *at_min, int64_t departed_s) {
  vd_buf_printf(&t->body, "<trk><name>%s</name><trkseg>\n", name);
  double end_s = at_min[path->n - 1] * 60;
  int k = 0;
  for (double s = 0; s < end_s + STEP_S; s += STEP_S) {
    double now = fmin(s, end_s) / 60;
    while (k + 2 < path->n && at_min[k + 1] < now) k++;
    double span = at_min[k + 1] - at_min[k], part = span > 0 ? (now - at_min[k]) / span : 1;
    pt a = path->p[k], b = path->p[k + 1];
    add_fix(t, (pt){a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)},
            departed_s + (int64_t)fmin(s, end_s));
  }
  vd_buf_add(&t->body, "</trkseg></trk>\n");
}

vd_status tracks_write(const tracks *t, const char *folder) {
  vd_buf all = {.arena = t->w->arena};
  vd_buf_add(&all,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<gpx version=\"1.1\" creator=\"make_area\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n");
  vd_buf_add_n(&all, t->body.text, t->body.n);
  vd_buf_add(&all, "</gpx>\n");
  return write_bytes(folder, "tracks.gpx", all.text, all.n);
}
