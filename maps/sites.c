/* sites: displaced-persons sites, alert networks, committees, services and landing sites.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "story.h"

typedef struct site_list {
  const world *w;
  layer l;
  int n;
} site_list;

/* Wednesday in Sallavesh, Wednesday and Saturday in Dorrumai, Tuesday and Friday elsewhere. */
static int market_days(const world *w, pt p) {
  enum { TUE_FRI = 2 | 16, WED = 4, WED_SAT = 4 | 32, NEAR_CELLS = 8 };
  if (dist(p, place_of(w, (place){CHECK_TOWN, 0})) < NEAR_CELLS) return WED;
  return dist(p, place_of(w, (place){MARKET_TOWN, 0})) < NEAR_CELLS ? WED_SAT : TUE_FRI;
}

static void write_site(site_list *x, const char *name, const char *type, int people, const char *status,
                       pt p) {
  record_begin(&x->l, id_of(x->w->arena, "site", x->n++), name);
  record_text(&x->l, "site_type", type);
  record_number(&x->l, "people", people < 0 ? (double)NAN : people, 0);
  record_text(&x->l, "status", status);
  record_number(&x->l, "weekdays", strcmp(type, "market") == 0 ? market_days(x->w, p) : 0, 0);
  record_text(&x->l, "source", MADE);
  record_time(&x->l, "reported", local_s(STUDY_DAY - 10, 12, 0));
  record_end_point(&x->l, p);
}

static void write_displaced(site_list *x) {
  static const struct {
    place at;
    double dx, dy;
    int people;
  } camps[6] = {{{MARKET_TOWN, 0}, -10, 9, 18400}, {{CUT_TOWN, 0}, 9, 3, 6200},
                {{CHECK_TOWN, 0}, 5, 7, 3900},     {{LAKE_TOWN, 0}, -6, -4, 2700},
                {{EAST_TOWN, 0}, -8, -6, 5100},    {{VALLEY_VILLAGE, 0}, 5, 3, 1300}};
  for (int i = 0; i < 6; i++) {
    pt p = place_of(x->w, camps[i].at);
    const char *town = x->w->settlements[settlement_of(x->w, camps[i].at)].name;
    int32_t cell = best_site(x->w, (pt){p.x + camps[i].dx, p.y + camps[i].dy}, 3, 0,
                             camps[i].at.town == CUT_TOWN ? 2 : 1);
    write_site(x, vd_str_printf(x->w->arena, "%s displaced-persons site", town), "displaced", camps[i].people,
               "open", cell < 0 ? p : centre_of(cell));
  }
}

/* One kind of site at every so-many-th settlement of a range of ranks, a few hundred metres from its middle. */
static void write_kind(site_list *x, const char *type, const char *words, int first, int step, int count,
                       rng *r) {
  for (int k = 0; k < count; k++) {
    const settlement *s = &x->w->settlements[(first + k * step) % x->w->n_settlements];
    pt p = centre_of(s->cell);
    p = (pt){p.x + rng_between(r, -1.5, 1.5), p.y + rng_between(r, -1.5, 1.5)};
    bool closed = rng_unit(r) < 0.12;
    write_site(x, vd_str_printf(x->w->arena, "%s %s", s->name, words), type, -1, closed ? "closed" : "open",
               p);
  }
}

vd_status write_sites(const world *w, const char *folder) {
  site_list x = {.w = w};
  rng r = rng_of(w->seed, "sites");
  layer_open(&x.l, w->arena, "sites", false);
  write_displaced(&x);
  write_kind(&x, "alert_network", "alert network", 11, 7, 16, &r);
  write_kind(&x, "committee", "protection committee", 3, 9, 12, &r);
  write_kind(&x, "clinic", "clinic", 0, 4, 22, &r);
  write_kind(&x, "school", "school", 0, 3, 30, &r);
  write_kind(&x, "market", "market", 0, 2, 12, &r);
  write_kind(&x, "landing_site", "landing site", 0, 1, 11, &r);
  write_kind(&x, "government", "district office", 0, 1, 8, &r);
  write_site(&x, "Dorrumai market", "market", -1, "open", place_of(w, (place){MARKET_TOWN, 0}));
  return layer_write(&x.l, folder);
}
