/* clash: crews and vehicles in two places at once, and crews without rest.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/outing.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* A crew or vehicle of an outing. Names are compared without letter case and white space around. */
typedef struct berth {
  const char *key, *name;
  int32_t outing;
} berth;

typedef struct berths {
  berth *items;
  size_t n, capacity;
} berths;

static int compare_berths(const void *a, const void *b) {
  const berth *x = a, *y = b;
  int by_key = strcmp(x->key, y->key);
  return by_key != 0 ? by_key : x->outing - y->outing;
}

static char *lower(vd_arena *arena, const char *text) {
  char *copy = vd_str_dup(arena, text);
  for (char *at = copy; *at; at++)
    if (*at >= 'A' && *at <= 'Z') *at = (char)(*at - 'A' + 'a');
  return copy;
}

/* The names of a list separated by semicolons; copied once for all outings of a patrol, as `names` lives. */
static void add_berths(vd_scheduling *s, berths *all, const char *names, int32_t outing) {
  while (names && *names) {
    size_t n = strcspn(names, ";");
    char *name = vd_str_trim(s->arena, vd_str_dup_n(s->scratch, names, n));
    if (*name)
      *VD_PUSH(s->scratch, all->items, all->n, all->capacity) =
          (berth){lower(s->scratch, name), name, outing};
    names += n + (names[n] == ';');
  }
}

/* ---- pairs ---- */

typedef struct clash {
  vd_scheduling *s;
  vd_conflict_kind kind;
} clash;

static const char *overlap_text(vd_scheduling *s, const vd_conflict *c) {
  const vd_outing *a = &s->outings[c->a], *b = &s->outings[c->b];
  const char *from = vd_time_text(s->arena, c->from_s, s->model->utc_offset_s);
  const char *length = vd_duration_text(s->arena, 60 * c->minutes);
  return c->kind == VD_CONFLICT_CREW
             ? vd_str_printf(s->arena, _("Crew %s is in both “%s” and “%s” for %s from %s."), c->who, a->name,
                             b->name, length, from)
             : vd_str_printf(s->arena, _("Vehicle %s is in both “%s” and “%s” for %s from %s."), c->who,
                             a->name, b->name, length, from);
}

static vd_conflict pair_of(const vd_scheduling *s, vd_conflict_kind kind, const berth *a, const berth *b,
                           int64_t from_s, int64_t to_s) {
  const vd_outing *later = &s->outings[b->outing];
  return (vd_conflict){.kind = kind,
                       .a = a->outing,
                       .b = b->outing,
                       .leg = -1,
                       .who = a->name,
                       .from_s = from_s,
                       .to_s = to_s,
                       .minutes = (double)(to_s - from_s) / 60,
                       .lon_deg = later->lon_deg,
                       .lat_deg = later->lat_deg};
}

static bool add_overlap(const clash *c, const berth *a, const berth *b) {
  vd_scheduling *s = c->s;
  int64_t end_a = s->outings[a->outing].return_s, end_b = s->outings[b->outing].return_s;
  vd_conflict found =
      pair_of(s, c->kind, a, b, s->outings[b->outing].depart_s, end_a < end_b ? end_a : end_b);
  if (found.from_s >= found.to_s) return true;
  found.text = overlap_text(s, &found);
  return vd_conflict_add(s, &found);
}

/* `a` is back before `b` leaves. */
static bool add_rest(const clash *c, const berth *a, const berth *b) {
  vd_scheduling *s = c->s;
  const vd_outing *before = &s->outings[a->outing], *after = &s->outings[b->outing];
  int64_t rest_s = after->depart_s - before->return_s;
  if (c->kind != VD_CONFLICT_CREW || rest_s < 0 || rest_s >= s->rules.rest_s || !vd_outing_ruled(after))
    return true;
  vd_conflict found = pair_of(s, VD_CONFLICT_REST, a, b, before->return_s, after->depart_s);
  found.minutes = (double)(s->rules.rest_s - rest_s) / 60;
  found.text =
      vd_str_printf(s->arena, _("Crew %s rests %s between “%s” and “%s”; the least is %s."), found.who,
                    rest_s > 0 ? vd_duration_text(s->arena, (double)rest_s) : _("not at all"), before->name,
                    after->name, vd_duration_text(s->arena, (double)s->rules.rest_s));
  return vd_conflict_add(s, &found);
}

/* All outings of one crew or vehicle, by departure: each against those that are still out, and the last one back. */
static bool sweep(const clash *c, const berth *items, size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const berth **out = VD_NEW_ARRAY(scratch, const berth *, n);
  const berth *last = NULL; /* the one back last */
  size_t n_out = 0;
  for (size_t i = 0; i < n; i++) {
    const vd_outing *now = &c->s->outings[items[i].outing];
    size_t n_still = 0;
    for (size_t k = 0; k < n_out; k++) {
      if (c->s->outings[out[k]->outing].return_s <= now->depart_s) continue;
      out[n_still++] = out[k];
      if (!add_overlap(c, out[k], &items[i])) return false;
    }
    if (last && !add_rest(c, last, &items[i])) return false;
    if (!last || now->return_s > c->s->outings[last->outing].return_s) last = &items[i];
    out[n_still++] = &items[i];
    n_out = n_still;
  }
  return true;
}

static void find_of(vd_scheduling *s, vd_conflict_kind kind) {
  berths all = {0};
  clash c = {s, kind};
  for (size_t i = 0; i < s->n; i++) {
    const vd_outing *outing = &s->outings[i];
    if (!vd_outing_binds(outing)) continue;
    add_berths(s, &all, kind == VD_CONFLICT_CREW ? outing->crew : outing->vehicles_named, (int32_t)i);
  }
  if (all.n == 0) return;
  qsort(all.items, all.n, sizeof *all.items, compare_berths);
  size_t n = 0; /* a name told twice in one outing is one */
  for (size_t i = 0; i < all.n; i++)
    if (n == 0 || compare_berths(&all.items[n - 1], &all.items[i]) != 0) all.items[n++] = all.items[i];
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && strcmp(all.items[end].key, all.items[i].key) == 0; end++) continue;
    if (!sweep(&c, all.items + i, end - i)) return;
  }
}

void vd_find_clashes(vd_scheduling *s) {
  find_of(s, VD_CONFLICT_CREW);
  find_of(s, VD_CONFLICT_VEHICLE);
}
