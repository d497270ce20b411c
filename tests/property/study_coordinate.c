/* study_coordinate: coordination on random small plans, against plans that lack what stays away or is lost, and against visits and
 * responders looked at minute by minute straight from the definitions.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_random.h"

#include "study/land.h"
#include "vedette/core/proximity.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/start.h"
#include "vedette/plan/recurrence.h"
#include "vedette/study/coordinate.h"

enum { NX = 9, NY = 7, CELLS = NX * NY, ACTORS = 3 };

typedef struct scene {
  fx *f;
  vd_landscape *land;
  vd_study *study;
  vd_coordination *told;
} scene;

static const vd_actor *actor(const fx *f, size_t a) {
  return (const vd_actor *)f->lists[VD_KIND_ACTOR].records[a];
}

/* Three actors, the third of which does not count; some patrols are joint; some threats have a perpetrator. */
static fx *plan_of(uint64_t seed) {
  fx *f = random_plan(seed, NX, NY);
  dice d = {seed ^ 4711};
  for (size_t i = 0; i < f->lists[VD_KIND_PATROL].n; i++) {
    vd_patrol *patrol = (vd_patrol *)(uintptr_t)f->lists[VD_KIND_PATROL].records[i];
    if (dice_below(&d, 2)) patrol->partners = actor(f, (size_t)dice_below(&d, ACTORS))->record.id;
  }
  for (size_t i = 0; i < f->lists[VD_KIND_THREAT_AREA].n; i++) {
    vd_threat_area *threat = (vd_threat_area *)(uintptr_t)f->lists[VD_KIND_THREAT_AREA].records[i];
    threat->perpetrator_class = dice_below(&d, 3) ? vd_perpetrator_words[dice_below(&d, 2)] : NULL;
  }
  return f;
}

/* Restrictions of the plainest kind, and patrols that answer from their stops alone: what the study makes of others is
 * held against the definitions elsewhere (study_brute.c). */
static fx *plainer(fx *f) {
  vd_standard *step = NULL;
  for (size_t i = 0; i < f->lists[VD_KIND_STANDARD].n; i++) {
    vd_standard *at = (vd_standard *)(uintptr_t)f->lists[VD_KIND_STANDARD].records[i];
    if (vd_str_equal(at->record.name, "on_task.step")) step = at;
  }
  if (!step) step = fx_standard(f, "on_task.step", 0);
  step->value = 0;
  for (size_t i = 0; i < f->lists[VD_KIND_PATROL].n; i++)
    ((vd_patrol *)(uintptr_t)f->lists[VD_KIND_PATROL].records[i])->escorted = 0;
  for (size_t i = 0; i < f->lists[VD_KIND_RESTRICTION].n; i++) {
    vd_restriction *r = (vd_restriction *)(uintptr_t)f->lists[VD_KIND_RESTRICTION].records[i];
    if (r->effect == VD_EFFECT_ESCORT) r->effect = VD_EFFECT_DELAY;
    r->delay_min = 4, r->obstacle = NULL, r->road_state = NULL, r->resolved_s = VD_TIME_MAX;
  }
  return f;
}

static vd_study *study_of(const fx *f, const vd_landscape *land) {
  vd_study *study = NULL;
  vd_study_options options = {.without_losses = true};
  if (vd_study_run(f->plan, land, &options, NULL, NULL, &study) != VD_OK) fail_msg("%s", vd_last_message());
  return study;
}

static scene scene_of(fx *f) {
  scene s = {.f = f};
  fx_load(f);
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &s.land) != VD_OK) fail_msg("%s", vd_last_message());
  s.study = study_of(f, s.land);
  if (vd_coordinate(s.study, f->plan, NULL, NULL, f->arena, &s.told) != VD_OK)
    fail_msg("%s", vd_last_message());
  return s;
}

static void scene_end(scene *s) {
  vd_study_free(s->study);
  vd_landscape_free(s->land);
  fx_free(s->f);
}

static void agree(uint64_t seed, const char *what, size_t i, double told, double expected, double tolerance) {
  if (!(fabs(told - expected) <= tolerance))
    fail_msg("seed %d, %s %d: %.6f told, %.6f expected within %.3g", (int)seed, what, (int)i, told, expected,
             tolerance);
}

/* ---- plans that lack something ---- */

typedef struct sums {
  double covered, in_time, present;
} sums;

static sums sums_of(const vd_study *study) {
  const double *by = vd_study_headline(study)->all.by_state;
  return (sums){by[VD_COVERED], by[VD_COVERED] + by[VD_REACH_ONLY], by[VD_COVERED] + by[VD_PRESENCE_ONLY]};
}

/* The landscape stays fresh when no base data is loaded again. */
static void reload(const scene *s, vd_kind kind) {
  const fx_list *list = &s->f->lists[kind];
  assert_int_equal(vd_plan_load_kind(s->f->plan, kind, list->records, list->n), VD_OK);
}

/* The sums when only the records that `keep` wants are there. */
static sums sums_with(const scene *s, vd_kind kind,
                      bool (*keep)(const scene *s, const void *record, unsigned set), unsigned set,
                      vd_kind also) {
  const vd_kind kinds[2] = {kind, also};
  for (int k = 0; k < 2; k++) {
    fx_list kept = {0};
    const fx_list *all = &s->f->lists[kinds[k]];
    for (size_t i = 0; i < all->n; i++)
      if (keep(s, all->records[i], set))
        *VD_PUSH(s->f->arena, kept.records, kept.n, kept.capacity) = all->records[i];
    assert_int_equal(vd_plan_load_kind(s->f->plan, kinds[k], kept.records, kept.n), VD_OK);
  }
  vd_study *study = study_of(s->f, s->land);
  sums found = sums_of(study);
  vd_study_free(study);
  for (int k = 0; k < 2; k++) reload(s, kinds[k]);
  return found;
}

static bool is_patrol(const scene *s, const void *record) {
  const fx_list *all = &s->f->lists[VD_KIND_PATROL];
  for (size_t i = 0; i < all->n; i++)
    if (all->records[i] == record) return true;
  return false;
}

static unsigned bit_of(const scene *s, const char *id) {
  for (unsigned a = 0; a < ACTORS; a++)
    if (vd_str_equal(actor(s->f, a)->record.id, id)) return 1u << a;
  return 0;
}

static unsigned leader_of(const scene *s, const void *record) {
  return bit_of(s,
                is_patrol(s, record) ? ((const vd_patrol *)record)->actor : ((const vd_base *)record)->actor);
}

static bool takes_part(const scene *s, const void *record, unsigned set) {
  unsigned who = leader_of(s, record);
  if (is_patrol(s, record)) who |= bit_of(s, ((const vd_patrol *)record)->partners);
  return (who & set) != 0;
}

static bool leads(const scene *s, const void *record, unsigned set) {
  return (leader_of(s, record) & set) != 0;
}

/* Only two of the three count, so the sets are: each alone, both, and one without the other. */
static void sets_of_actors_are_plans_without_the_others(void **state) {
  (void)state;
  for (uint64_t seed = 400; seed < 412; seed++) {
    scene s = scene_of(plan_of(seed));
    sums all = sums_of(s.study);
    agree(seed, "all", 0, s.told->covered, all.covered, 1e-6);
    for (size_t i = 0; i < s.told->n_actors; i++) {
      const vd_coordinate_actor *told = &s.told->actors[i];
      unsigned bit = bit_of(&s, told->id);
      if (!told->counts) continue;
      sums alone = sums_with(&s, VD_KIND_BASE, takes_part, bit, VD_KIND_PATROL);
      agree(seed, "alone", i, told->alone, alone.covered, 1e-6);
      agree(seed, "in time", i, told->in_time, alone.in_time, 1e-6);
      agree(seed, "present", i, told->present, alone.present, 1e-6);
      sums without = sums_with(&s, VD_KIND_BASE, leads, ~bit, VD_KIND_PATROL);
      agree(seed, "lost", i, told->lost, all.covered - without.covered, 1e-6);
    }
    for (size_t i = 0; i < s.told->n_pairs; i++) {
      const vd_coordinate_actor *a = &s.told->actors[s.told->pairs[i].a],
                                *b = &s.told->actors[s.told->pairs[i].b];
      if (!a->counts || !b->counts) continue;
      sums both =
          sums_with(&s, VD_KIND_BASE, takes_part, bit_of(&s, a->id) | bit_of(&s, b->id), VD_KIND_PATROL);
      agree(seed, "pair", i, s.told->pairs[i].covered, both.covered, 1e-6);
    }
    scene_end(&s);
  }
}

/* Roads that meet at the corners of a net, more of them than are told, over ground that is slow to cross. */
static void add_roads(fx *f, uint64_t seed) {
  dice d = {seed ^ 99};
  for (size_t i = 0; i < f->lists[VD_KIND_SPEED].n; i++) {
    vd_speed *speed = (vd_speed *)(uintptr_t)f->lists[VD_KIND_SPEED].records[i];
    if (speed->ground == VD_GROUND_GRASS && speed->vehicle == VD_CAR_4X4) speed->kmh = 12;
  }
  for (size_t i = 0; i < f->lists[VD_KIND_BASE].n; i++) {
    vd_base *base = (vd_base *)(uintptr_t)f->lists[VD_KIND_BASE].records[i];
    base->proximity_m = 6000;
  }
  for (int i = 0; i < 40; i++) {
    int c = dice_below(&d, NX - 2), r = dice_below(&d, NY - 2);
    double to[2] = {c + 1 + dice_below(&d, 2), r};
    if (dice_below(&d, 2)) to[0] = c, to[1] = r + 1 + dice_below(&d, 2);
    vd_road *road = fx_road(f, vd_str_printf(f->arena, "R%d", i),
                            (double[]){c + 0.1, r + 0.1, to[0] + 0.1, to[1] + 0.1}, 2);
    if (dice_below(&d, 4) == 0) road->crossing = VD_BRIDGE;
  }
}

/* The plan with the road blocked the whole time. */
static sums sums_without_road(const scene *s, const char *id) {
  fx_list *list = &s->f->lists[VD_KIND_RESTRICTION], kept = *list;
  vd_restriction *block = fx_restriction(s->f, "Blocked", NULL, NAN);
  block->road = id;
  reload(s, VD_KIND_RESTRICTION);
  vd_study *study = study_of(s->f, s->land);
  sums found = sums_of(study);
  vd_study_free(study);
  *list = kept;
  reload(s, VD_KIND_RESTRICTION);
  return found;
}

static sums sums_without_base(const scene *s, const char *id) {
  fx_list *list = &s->f->lists[VD_KIND_BASE], kept = *list;
  *list = (fx_list){0};
  for (size_t i = 0; i < kept.n; i++) {
    if (!vd_str_equal(((const vd_record *)kept.records[i])->id, id))
      *VD_PUSH(s->f->arena, list->records, list->n, list->capacity) = kept.records[i];
  }
  reload(s, VD_KIND_BASE);
  vd_study *study = study_of(s->f, s->land);
  sums found = sums_of(study);
  vd_study_free(study);
  *list = kept;
  reload(s, VD_KIND_BASE);
  return found;
}

static const vd_single_loss *told_of(const scene *s, const char *id) {
  for (size_t i = 0; i < s->told->n_losses; i++)
    if (vd_str_equal(s->told->losses[i].id, id)) return &s->told->losses[i];
  return NULL;
}

/* What is told is exact; what is not told costs no more than the least of its kind that is, nor than the bound. */
static int check_road(uint64_t seed, const scene *s, sums all, const vd_road *road) {
  vd_lost_kind kind = road->crossing == VD_BRIDGE ? VD_LOST_BRIDGE : VD_LOST_ROAD;
  sums without = sums_without_road(s, road->record.id);
  double covered = all.covered - without.covered, in_time = all.in_time - without.in_time;
  const vd_single_loss *told = told_of(s, road->record.id);
  if (told) {
    assert_int_equal(told->kind, kind);
    agree(seed, "road", 0, told->covered, covered, 1e-6);
    agree(seed, "road in time", 0, told->in_time, in_time, 1e-6);
    return 1;
  }
  const vd_single_loss *least = NULL;
  for (size_t i = 0; i < s->told->n_losses; i++)
    if (s->told->losses[i].kind == kind) least = &s->told->losses[i];
  double most = least ? least->covered : 0;
  if (covered > most + 1e-6) fail_msg("seed %d: a road that costs %g is not told", (int)seed, covered);
  if (!least && in_time > 1e-6)
    fail_msg("seed %d: a road that costs %g in time is not told", (int)seed, in_time);
  return 0;
}

static void losses_are_plans_without_the_base_or_road(void **state) {
  (void)state;
  int64_t n_told = 0, n_unsolved = 0;
  for (uint64_t seed = 500; seed < 510; seed++) {
    fx *f = plan_of(seed);
    add_roads(f, seed);
    scene s = scene_of(f);
    sums all = sums_of(s.study);
    for (size_t i = 0; i < f->lists[VD_KIND_BASE].n; i++) {
      const vd_base *base = f->lists[VD_KIND_BASE].records[i];
      const vd_single_loss *told = told_of(&s, base->record.id);
      sums without = sums_without_base(&s, base->record.id);
      agree(seed, "base", i, told ? told->covered : 0, all.covered - without.covered, 1e-6);
      agree(seed, "base in time", i, told ? told->in_time : 0, all.in_time - without.in_time, 1e-6);
    }
    for (size_t i = 0; i < f->lists[VD_KIND_ROAD].n; i++)
      n_told += check_road(seed, &s, all, f->lists[VD_KIND_ROAD].records[i]);
    for (int kind = VD_LOST_BRIDGE; kind < VD_LOST_KINDS; kind++)
      n_unsolved += s.told->searches[kind].n_on_ways - s.told->searches[kind].n_solved;
    scene_end(&s);
  }
  assert_true(n_told > 20);
  assert_true(n_unsolved > 0);
}

/* ---- spare visits ---- */

/* Patrols go once and do not answer, so that sending one elsewhere changes presence alone. */
static fx *plan_of_visits(uint64_t seed) {
  fx *f = plan_of(seed);
  dice d = {seed ^ 31};
  for (size_t i = 0; i < f->lists[VD_KIND_PATROL].n; i++) {
    vd_patrol *patrol = (vd_patrol *)(uintptr_t)f->lists[VD_KIND_PATROL].records[i];
    patrol->recurrence = NULL, patrol->responds = 0;
    patrol->from_s = dice_minute(&d, 1, 12);
    patrol->influence_m *= 2;
  }
  return f;
}

/* The plan in which the spare visit passes the place told instead of its round. */
static vd_study *study_when_moved(const scene *s, const vd_doubling *d) {
  fx_list *patrols = &s->f->lists[VD_KIND_PATROL], *stops = &s->f->lists[VD_KIND_STOP],
          kept[2] = {*patrols, *stops};
  *patrols = (fx_list){0};
  for (size_t i = 0; i < kept[0].n; i++) {
    const vd_patrol *patrol = kept[0].records[i];
    vd_patrol *copy = vd_record_copy(s->f->arena, VD_KIND_PATROL, patrol);
    if (vd_str_equal(patrol->record.id, d->patrol)) {
      vd_uuid_of("fixture", "moved", copy->record.id);
      copy->record.geom = NULL;
      copy->from_s = d->leaves_s + (int64_t)ceil(d->minutes * 60 - 1e-6);
      vd_stop *stop = fx_add(s->f, VD_KIND_STOP, NULL, vd_geom_point(s->f->arena, d->lon_deg, d->lat_deg));
      stop->patrol = copy->record.id, stop->arrive_min = stop->depart_min = 0;
    }
    *VD_PUSH(s->f->arena, patrols->records, patrols->n, patrols->capacity) = copy;
  }
  reload(s, VD_KIND_PATROL), reload(s, VD_KIND_STOP);
  vd_study *study = study_of(s->f, s->land);
  *patrols = kept[0], *stops = kept[1];
  reload(s, VD_KIND_PATROL), reload(s, VD_KIND_STOP);
  return study;
}

static double weighted_presence(const scene *s, const vd_study *study) {
  double sum = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    const double *by = vd_study_headline(study)->by_priority[p].by_state;
    sum += vd_standard_value(s->f->plan,
                             vd_str_printf(s->f->arena, "weight.%s", vd_terms_word(&vd_priority_terms, p))) *
           (by[VD_COVERED] + by[VD_PRESENCE_ONLY]);
  }
  return sum;
}

static void a_spare_visit_is_worth_what_the_changed_plan_has(void **state) {
  (void)state;
  int n_found = 0;
  for (uint64_t seed = 600; seed < 640; seed++) {
    scene s = scene_of(plan_of_visits(seed));
    sums all = sums_of(s.study);
    for (size_t i = 0; i < s.told->n_doublings; i++) {
      const vd_doubling *d = &s.told->doublings[i];
      if (d->answer != VD_SPARE_FOUND) continue;
      n_found++;
      vd_study *study = study_when_moved(&s, d);
      sums moved = sums_of(study);
      vd_study_free(study);
      agree(seed, "presence", i, d->gained - d->given_up, moved.present - all.present, 1e-6);
      agree(seed, "covered", i, d->gained_covered - d->given_up_covered, moved.covered - all.covered, 1e-6);
      assert_true(d->gained > 0 && d->minutes <= 60);
    }
    scene_end(&s);
  }
  assert_true(n_found > 5);
}

/* ---- minute by minute ---- */

typedef struct near { /* somebody near a cell, looked for second by second */
  unsigned bits, lead;
  int64_t enter_s, leave_s; /* the last second in which he was near */
} near;
typedef struct minute_sums {
  double alone[ACTORS], lost[ACTORS], both_present[ACTORS][ACTORS], both_cover[ACTORS][ACTORS];
  double depth[VD_DEPTHS], base_depth[VD_DEPTHS], by_class[3][VD_STATE_COUNT], handovers, several;
} minute_sums;

typedef struct solved { /* a solve for the same place, light and restrictions in force is not made again */
  const vd_geom *place;
  bool day;
  unsigned in_force;
  uint32_t ms[CELLS];
} solved;
typedef struct brute {
  const scene *s;
  vd_arena *arena;
  solved *solves;
  size_t n_solves, solves_capacity;
  double response_min[VD_PRIORITY_COUNT], revisit_h[VD_PRIORITY_COUNT];
  bool inside[3][CELLS]; /* of each threat area, where people live */
  near *nears[CELLS];
  size_t n_nears[CELLS], capacity[CELLS];
  int32_t priority[CELLS]; /* at the minute, -1 */
  unsigned classes[CELLS];
  int32_t highest[CELLS]; /* at any time of the window */
  minute_sums sums;
} brute;

static void read_standards(brute *b) {
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    const char *word = vd_terms_word(&vd_priority_terms, p);
    b->response_min[p] = vd_standard_value(b->s->f->plan, vd_str_printf(b->arena, "response.%s", word));
    b->revisit_h[p] = vd_standard_value(b->s->f->plan, vd_str_printf(b->arena, "revisit.%s", word));
  }
  int k = 0;
  VD_EACH(b->s->f->plan, VD_KIND_THREAT_AREA, vd_threat_area, threat) {
    for (int32_t c = 0; c < CELLS; c++) {
      double xy[2];
      vd_grid_centre(vd_landscape_grid(b->s->land), c, &xy[0], &xy[1]);
      vd_landscape_to_lonlat(b->s->land, xy, xy, 1);
      b->inside[k][c] =
          vd_landscape_people(b->s->land)[c] > 0 && vd_polygon_holds(threat->record.geom, xy[0], xy[1]);
    }
    k++;
  }
}

static bool is_day(const brute *b, int64_t time_s) {
  int64_t minute = (time_s - FX_MONDAY_S + 10 * VD_DAY_S) % VD_DAY_S / 60;
  return minute >= (int64_t)vd_standard_value(b->s->f->plan, "day.from") &&
         minute < (int64_t)vd_standard_value(b->s->f->plan, "day.to");
}

static int starts_of(const vd_patrol *patrol, int64_t starts[4]) {
  int n = patrol->recurrence ? 4 : 1;
  for (int i = 0; i < n; i++) starts[i] = patrol->from_s + i * (int64_t)VD_DAY_S;
  return n;
}

static void add_near(brute *b, int32_t cell, near found) {
  near *last = b->n_nears[cell] ? &b->nears[cell][b->n_nears[cell] - 1] : NULL;
  if (last && last->bits == found.bits && last->lead == found.lead && found.enter_s > VD_TIME_MIN &&
      last->leave_s == found.enter_s - 1) {
    last->leave_s = found.leave_s;
    return;
  }
  *VD_PUSH(b->arena, b->nears[cell], b->n_nears[cell], b->capacity[cell]) = found;
}

/* Where a patrol is at each second after its departure; its stops are in order. */
static void follow(brute *b, const vd_patrol *patrol, int64_t start) {
  double x[8], y[8], t[8];
  int n = 0;
  for (int sequence = 0; sequence < 4; sequence++) {
    VD_EACH(b->s->f->plan, VD_KIND_STOP, vd_stop, stop) {
      if (!vd_str_equal(stop->patrol, patrol->record.id) || stop->sequence != sequence) continue;
      double xy[2];
      vd_landscape_to_plane(b->s->land, stop->record.geom->xy, xy, 1);
      x[n] = x[n + 1] = xy[0], y[n] = y[n + 1] = xy[1];
      t[n] = stop->arrive_min * 60, t[n + 1] = stop->depart_min * 60;
      n += 2;
    }
  }
  bool counts = bit_of(b->s, patrol->actor) != 4;
  unsigned lead = bit_of(b->s, patrol->actor),
           bits = counts ? (lead | bit_of(b->s, patrol->partners)) & 3u : 0;
  for (int32_t c = 0; c < CELLS; c++) {
    double cx, cy;
    vd_grid_centre(vd_landscape_grid(b->s->land), c, &cx, &cy);
    for (int k = 0; k + 1 < n; k++) {
      for (double at = t[k]; at <= t[k + 1]; at++) {
        double u = t[k + 1] > t[k] ? (at - t[k]) / (t[k + 1] - t[k]) : 0;
        if (hypot(x[k] + u * (x[k + 1] - x[k]) - cx, y[k] + u * (y[k + 1] - y[k]) - cy) > patrol->influence_m)
          continue;
        int64_t now = start + (int64_t)at;
        near *last = b->n_nears[c] ? &b->nears[c][b->n_nears[c] - 1] : NULL;
        if (last && last->bits == bits && last->lead == lead && last->leave_s == now) continue;
        add_near(b, c, (near){bits, lead, now, now});
      }
    }
  }
}

static void find_nears(brute *b) {
  VD_EACH(b->s->f->plan, VD_KIND_BASE, vd_base, base) {
    unsigned bit = bit_of(b->s, base->actor);
    if (bit == 4) continue;
    for (int32_t c = 0; c < CELLS; c++) {
      double xy[2];
      vd_grid_centre(vd_landscape_grid(b->s->land), c, &xy[0], &xy[1]);
      vd_landscape_to_lonlat(b->s->land, xy, xy, 1);
      if (vd_geodesic_distance_m(xy[0], xy[1], base->record.geom->xy[0], base->record.geom->xy[1]) <=
          base->proximity_m)
        add_near(b, c, (near){bit, bit, base->from_s, base->to_s == VD_TIME_MAX ? VD_TIME_MAX : base->to_s});
    }
  }
  VD_EACH(b->s->f->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    int64_t starts[4];
    int n = starts_of(patrol, starts);
    for (int i = 0; i < n && patrol->state == VD_EXECUTED; i++) follow(b, patrol, starts[i]);
  }
}

static void threaten(brute *b, vd_arena *arena, int64_t time_s) {
  int k = 0;
  for (int32_t c = 0; c < CELLS; c++) b->priority[c] = -1, b->classes[c] = 0;
  VD_EACH(b->s->f->plan, VD_KIND_THREAT_AREA, vd_threat_area, threat) {
    int64_t *pairs;
    size_t n;
    const char *class = threat->perpetrator_class;
    unsigned bit = !class ? 4u : vd_str_equal(class, vd_perpetrator_words[0]) ? 1u : 2u;
    assert_int_equal(vd_threat_active(arena, threat, 0, time_s, time_s + 1, &pairs, &n), VD_OK);
    for (int32_t c = 0; c < CELLS && n > 0; c++) {
      if (!b->inside[k][c]) continue;
      if (threat->priority > b->priority[c]) b->priority[c] = threat->priority;
      b->classes[c] |= bit;
    }
    k++;
  }
  for (int32_t c = 0; c < CELLS; c++)
    if (b->priority[c] > b->highest[c]) b->highest[c] = b->priority[c];
}

/* ---- response at a minute: every responder that is there, solved anew with what is in force ---- */

typedef struct answer { /* of one base or patrol */
  unsigned bits, lead;
  bool base;
  double lon_deg, lat_deg;
  uint32_t ms[CELLS];
} answer;

static vd_profile profile_of(const brute *b, vd_vehicle vehicle, int64_t time_s) {
  const vd_plan *plan = b->s->f->plan;
  vd_speed_rules rules = {.night_factor = vd_standard_value(plan, "night_factor"),
                          .slope_max = vd_standard_value(plan, "slope_limit.4x4")};
  vd_speed_rules foot = rules;
  for (int g = 0; g < VD_GROUND_COUNT; g++) {
    const vd_speed *speed = vd_speed_lookup(plan, vehicle, (vd_ground)g),
                   *walk = vd_speed_lookup(plan, VD_FOOT, (vd_ground)g);
    if (speed) rules.kmh[g] = speed->kmh, rules.wet_factor[g] = 1;
    if (walk) foot.kmh[g] = walk->kmh, foot.wet_factor[g] = 1;
  }
  return vd_profile_resolve(vehicle, &rules, &foot, VD_DRY, is_day(b, time_s) ? VD_DAY : VD_NIGHT,
                            (uint32_t)(vd_standard_value(plan, "ford_delay") * 60e3),
                            (uint32_t)(vd_standard_value(plan, "ferry_delay") * 60e3));
}

static void solve_anew(const brute *b, vd_arena *arena, const vd_actor *who, vd_vehicle vehicle,
                       const vd_geom *place, double notice_min, int64_t time_s, uint32_t ms[CELLS]) {
  vd_travel_effect effects[32];
  size_t n = 0;
  VD_EACH(b->s->f->plan, VD_KIND_RESTRICTION, vd_restriction, r) {
    if (time_s < r->from_s || time_s >= r->to_s) continue;
    if (r->components && !strstr(r->components, vd_terms_word(&vd_actor_kind_terms, who->kind))) continue;
    double xy[2];
    vd_landscape_to_plane(b->s->land, r->record.geom->xy, xy, 1);
    effects[n++] =
        (vd_travel_effect){(vd_effect)r->effect, r->slow_factor, (uint32_t)(r->delay_min * 60e3),
                           vd_travel_zone_circle(arena, b->s->land->network, xy[0], xy[1], r->radius_m)};
  }
  vd_profile profile = profile_of(b, vehicle, time_s);
  vd_travel_costs *costs;
  assert_int_equal(vd_travel_costs_new(arena, b->s->land->network, &profile, effects, n, &costs), VD_OK);
  double xy[2];
  vd_landscape_to_plane(b->s->land, place->xy, xy, 1);
  vd_travel_source source = {xy[0], xy[1], (uint32_t)(notice_min * 60e3)};
  vd_travel_field field;
  assert_int_equal(vd_travel_solve(arena, costs, &source, VD_UNREACHED - 1, false, NULL, &field), VD_OK);
  memcpy(ms, field.cell_ms, sizeof *ms * CELLS);
}

static void solve(brute *b, vd_arena *arena, const vd_actor *who, vd_vehicle vehicle, const vd_geom *place,
                  double notice_min, int64_t time_s, uint32_t ms[CELLS]) {
  unsigned in_force = 0, k = 0;
  VD_EACH(b->s->f->plan, VD_KIND_RESTRICTION, vd_restriction, r) {
    if (time_s >= r->from_s && time_s < r->to_s) in_force |= 1u << k;
    k++;
  }
  const solved *found = NULL;
  for (size_t i = 0; i < b->n_solves && !found; i++) {
    const solved *at = &b->solves[i];
    if (at->place == place && at->day == is_day(b, time_s) && at->in_force == in_force) found = at;
  }
  if (!found) {
    solved *made = VD_PUSH(b->arena, b->solves, b->n_solves, b->solves_capacity);
    *made = (solved){.place = place, .day = is_day(b, time_s), .in_force = in_force};
    solve_anew(b, arena, who, vehicle, place, notice_min, time_s, made->ms);
    found = made;
  }
  memcpy(ms, found->ms, sizeof *ms * CELLS);
}

static size_t answers_at(brute *b, vd_arena *arena, int64_t time_s, answer *answers) {
  size_t n = 0;
  VD_EACH(b->s->f->plan, VD_KIND_BASE, vd_base, base) {
    double notice = is_day(b, time_s) ? base->notice_day_min : base->notice_night_min;
    unsigned bit = bit_of(b->s, base->actor);
    if (bit == 4 || isnan(notice) || time_s < base->from_s || time_s >= base->to_s) continue;
    answers[n] = (answer){.bits = bit, .lead = bit, .base = true};
    solve(b, arena, vd_plan_find(b->s->f->plan, VD_KIND_ACTOR, base->actor), (vd_vehicle)base->vehicle,
          base->record.geom, notice, time_s, answers[n++].ms);
  }
  VD_EACH(b->s->f->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    unsigned lead = bit_of(b->s, patrol->actor);
    answer *made = &answers[n];
    *made = (answer){.bits = (lead | bit_of(b->s, patrol->partners)) & 3u, .lead = lead};
    memset(made->ms, 0xff, sizeof made->ms);
    bool any = false;
    VD_EACH(b->s->f->plan, VD_KIND_STOP, vd_stop, stop) {
      int64_t starts[4];
      int n_starts = starts_of(patrol, starts);
      bool counts = patrol->state == VD_EXECUTED && patrol->responds && lead != 4 &&
                    vd_str_equal(stop->patrol, patrol->record.id);
      for (int i = 0; i < n_starts && counts; i++) {
        uint32_t ms[CELLS];
        if (time_s < starts[i] + (int64_t)(stop->arrive_min * 60) ||
            time_s >= starts[i] + (int64_t)(stop->depart_min * 60))
          continue;
        solve(b, arena, vd_plan_find(b->s->f->plan, VD_KIND_ACTOR, patrol->actor),
              (vd_vehicle)patrol->vehicle, stop->record.geom, 0, time_s, ms);
        for (int c = 0; c < CELLS; c++) made->ms[c] = ms[c] < made->ms[c] ? ms[c] : made->ms[c];
        any = true;
      }
    }
    n += any;
  }
  return n;
}

/* ---- sums ---- */

typedef struct makeup {
  unsigned in_time, in_time_lead, present, present_lead;
} makeup;

static bool covers(makeup m, unsigned set) {
  return (m.in_time & set) && (m.present & set);
}

static void add_handover(brute *b, int32_t c, int64_t time_s, double hours) {
  int64_t revisit = (int64_t)(b->revisit_h[b->highest[c]] * 3600), left = VD_TIME_MIN, came = VD_TIME_MAX;
  unsigned before = 0, after = 0;
  for (size_t i = 0; i < b->n_nears[c]; i++) {
    const near *at = &b->nears[c][i];
    if (at->bits == 0) continue;
    if (at->enter_s <= time_s && at->leave_s > left) left = at->leave_s, before = at->bits;
    if (at->enter_s > time_s && at->enter_s < came) came = at->enter_s, after = at->bits;
  }
  if (left == VD_TIME_MIN || came >= b->s->f->info.to_s || came == VD_TIME_MAX) return;
  if (time_s - left > revisit && (before & after) == 0) b->sums.handovers += hours;
}

static void add_cell(brute *b, int32_t c, int64_t time_s, const answer *answers, size_t n) {
  double hours = (double)vd_landscape_people(b->s->land)[c] / 60;
  uint32_t limit = (uint32_t)(b->response_min[b->priority[c]] * 60e3);
  int64_t revisit = (int64_t)(b->revisit_h[b->priority[c]] * 3600);
  makeup m = {0};
  int depth = 0, base_depth = 0;
  for (size_t i = 0; i < n; i++) {
    if (answers[i].ms[c] == VD_UNREACHED || answers[i].ms[c] > limit) continue;
    m.in_time |= answers[i].bits, m.in_time_lead |= answers[i].lead;
    depth++, base_depth += answers[i].base;
  }
  for (size_t i = 0; i < b->n_nears[c]; i++) {
    const near *at = &b->nears[c][i];
    if (at->enter_s > time_s || (at->leave_s < time_s && time_s - at->leave_s > revisit)) continue;
    m.present |= at->bits, m.present_lead |= at->lead;
  }
  minute_sums *s = &b->sums;
  for (unsigned a = 0; a < ACTORS; a++) {
    unsigned x = 1u << a;
    if (covers(m, x)) s->alone[a] += hours;
    if (covers(m, 3) && !((m.in_time_lead & ~x) && (m.present_lead & 3u & ~x))) s->lost[a] += hours;
    for (unsigned o = a + 1; o < ACTORS; o++) {
      unsigned y = 1u << o;
      if (!(m.present_lead & x) || !(m.present_lead & y)) continue;
      s->both_present[a][o] += hours;
      if ((m.in_time_lead & x) && (m.in_time_lead & y)) s->both_cover[a][o] += hours;
    }
  }
  s->several += (m.present_lead & (m.present_lead - 1)) ? hours : 0;
  s->depth[depth < 3 ? depth : 3] += hours, s->base_depth[base_depth < 3 ? base_depth : 3] += hours;
  vd_state state = m.in_time   ? m.present ? VD_COVERED : VD_REACH_ONLY
                   : m.present ? VD_PRESENCE_ONLY
                               : VD_UNCOVERED;
  for (int k = 0; k < 3; k++)
    if (b->classes[c] >> k & 1) s->by_class[k][state] += hours;
  add_handover(b, c, time_s, hours);
}

/* Every minute of the window, at its middle. Who answers changes at whole minutes only. */
static void look_minute_by_minute(brute *b) {
  const vd_plan_info *info = &b->s->f->info;
  answer answers[16];
  read_standards(b);
  for (int32_t c = 0; c < CELLS; c++) b->highest[c] = -1;
  for (int64_t at = info->from_s + 30; at < info->to_s; at += 60) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    threaten(b, arena, at);
  }
  for (int64_t at = info->from_s + 30; at < info->to_s; at += 60) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    size_t n = answers_at(b, arena, at, answers);
    threaten(b, arena, at);
    for (int32_t c = 0; c < CELLS; c++)
      if (b->priority[c] >= 0) add_cell(b, c, at, answers, n);
  }
}

static double handover_sum(const vd_coordination *told) {
  double sum = 0;
  for (size_t i = 0; i < told->n_handovers; i++) sum += told->handovers[i].person_hours;
  return sum;
}

static int class_of(const char *word) {
  return !word ? 2 : vd_str_equal(word, vd_perpetrator_words[0]) ? 0 : 1;
}

/* Presence begins and ends within a minute: each visit of a cell may be half a minute off at either end. */
static double tolerance_of(const brute *b) {
  double sum = 0;
  for (int32_t c = 0; c < CELLS; c++)
    sum += (double)vd_landscape_people(b->s->land)[c] * (double)b->n_nears[c] / 60;
  return sum + 1e-6;
}

static void compare(uint64_t seed, const brute *b) {
  const vd_coordination *told = b->s->told;
  const minute_sums *m = &b->sums;
  double off = tolerance_of(b);
  for (size_t i = 0; i < told->n_actors; i++) {
    unsigned bit = bit_of(b->s, told->actors[i].id), a = bit == 4 ? 2 : bit - 1;
    agree(seed, "alone", a, told->actors[i].alone, told->actors[i].counts ? m->alone[a] : 0, off);
    agree(seed, "lost", a, told->actors[i].lost, told->actors[i].counts ? m->lost[a] : 0, off);
  }
  for (size_t i = 0; i < told->n_pairs; i++) {
    const vd_coordinate_pair *pair = &told->pairs[i];
    unsigned x = bit_of(b->s, told->actors[pair->a].id), y = bit_of(b->s, told->actors[pair->b].id);
    unsigned a = x == 4 ? 2 : x - 1, o = y == 4 ? 2 : y - 1;
    agree(seed, "both present", i, pair->both_present, m->both_present[a][o], off);
    agree(seed, "both cover", i, pair->both_cover, m->both_cover[a][o], off);
  }
  agree(seed, "several", 0, told->several_present, m->several, off);
  for (size_t k = 0; k < VD_DEPTHS; k++) {
    agree(seed, "depth", k, told->in_time_of[k], m->depth[k], 1e-6); /* whole minutes: exact */
    agree(seed, "depth of bases", k, told->in_time_of_bases[k], m->base_depth[k], 1e-6);
  }
  for (size_t i = 0; i < told->n_perpetrators; i++) {
    for (int state = VD_COVERED; state < VD_STATE_COUNT; state++)
      agree(seed, "perpetrator", i, told->perpetrators[i].by_state[state],
            m->by_class[class_of(told->perpetrators[i].word)][state], off);
  }
  agree(seed, "hand-overs", 0, handover_sum(told), m->handovers, off);
}

static void sums_agree_with_looking_every_minute(void **state) {
  (void)state;
  for (uint64_t seed = 700; seed < 704; seed++) {
    scene s = scene_of(plainer(plan_of(seed)));
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    brute b = {.s = &s, .arena = arena};
    find_nears(&b);
    look_minute_by_minute(&b);
    compare(seed, &b);
    scene_end(&s);
  }
}

/* ---- the best place ---- */

/* Every cell that the spare visit reaches within an hour, tried one after the other: none is worth more. */
static void try_all_places(uint64_t seed, const scene *s, const vd_doubling *d) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  brute b = {.s = s, .arena = arena};
  const vd_patrol *patrol = vd_plan_find(s->f->plan, VD_KIND_PATROL, d->patrol);
  uint32_t ms[CELLS];
  solve_anew(&b, arena, vd_plan_find(s->f->plan, VD_KIND_ACTOR, patrol->actor), (vd_vehicle)patrol->vehicle,
             vd_geom_point(arena, d->leaves_lon_deg, d->leaves_lat_deg), 0, d->leaves_s, ms);
  vd_study *study = study_when_moved(s, d);
  double best = weighted_presence(s, study);
  vd_study_free(study);
  assert_true(best > weighted_presence(s, s->study));
  size_t n;
  const vd_study_cell *cells = vd_study_cells(s->study, &n);
  for (size_t t = 0; t < n; t++) {
    double xy[2];
    if (ms[cells[t].cell] > 3600 * 1000 || cells[t].gap < 0) continue;
    vd_grid_centre(vd_landscape_grid(s->land), cells[t].cell, &xy[0], &xy[1]);
    vd_landscape_to_lonlat(s->land, xy, xy, 1);
    vd_doubling other = *d;
    other.lon_deg = xy[0], other.lat_deg = xy[1], other.minutes = ms[cells[t].cell] / 60e3;
    study = study_when_moved(s, &other);
    double worth = weighted_presence(s, study);
    vd_study_free(study);
    if (worth > best + 1e-6)
      fail_msg("seed %d: cell %d would be worth %.3f, the one told %.3f", (int)seed, (int)cells[t].cell,
               worth, best);
  }
}

static void no_place_is_worth_more_to_a_spare_visit(void **state) {
  (void)state;
  int n_tried = 0;
  for (uint64_t seed = 600; seed < 640 && n_tried < 5; seed++) {
    scene s = scene_of(plainer(plan_of_visits(seed)));
    for (size_t i = 0; i < s.told->n_doublings; i++) {
      if (s.told->doublings[i].answer != VD_SPARE_FOUND) continue;
      try_all_places(seed, &s, &s.told->doublings[i]);
      n_tried++;
      break;
    }
    scene_end(&s);
  }
  assert_int_equal(n_tried, 5);
}

/* ---- places ---- */

/* A settlement in every cell: a place is a cell. */
static void places_count_those_who_come(void **state) {
  (void)state;
  for (uint64_t seed = 800; seed < 806; seed++) {
    scene s = scene_of(plan_of(seed));
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    brute b = {.s = &s, .arena = arena};
    find_nears(&b);
    double need = 0;
    for (size_t i = 0; i < s.told->n_hot_spots; i++) {
      const vd_hot_spot *spot = &s.told->hot_spots[i];
      int32_t cell = vd_landscape_cell_at(s.land, spot->lon_deg, spot->lat_deg);
      uint64_t actors = 0;
      for (size_t k = 0; k < b.n_nears[cell]; k++) {
        const near *at = &b.nears[cell][k];
        if (at->enter_s < s.f->info.to_s && at->leave_s > s.f->info.from_s) actors |= at->bits | at->lead;
      }
      uint64_t told = 0;
      for (size_t a = 0; a < s.told->n_actors; a++)
        if (spot->actors >> a & 1) told |= bit_of(&s, s.told->actors[a].id);
      assert_int_equal(told, actors);
      need += spot->need_share;
      if (i > 0) assert_true(fabs(spot->balance) <= fabs(spot[-1].balance));
    }
    agree(seed, "need", 0, need, 1, 1e-9);
    scene_end(&s);
  }
}

/* ---- any number of threads ---- */

static void threads_change_nothing(void **state) {
  (void)state;
  for (uint64_t seed = 900; seed < 904; seed++) {
    fx *f = plan_of(seed);
    add_roads(f, seed);
    scene s = scene_of(f);
    VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(3);
    vd_coordination *again;
    assert_int_equal(vd_coordinate(s.study, f->plan, jobs, NULL, f->arena, &again), VD_OK);
    const vd_coordination *told = s.told;
    assert_memory_equal(again->actors, told->actors, told->n_actors * sizeof *told->actors);
    assert_memory_equal(again->pairs, told->pairs, told->n_pairs * sizeof *told->pairs);
    assert_int_equal(again->n_losses, told->n_losses);
    for (size_t i = 0; i < told->n_losses; i++) {
      assert_string_equal(again->losses[i].id, told->losses[i].id);
      assert_true(again->losses[i].covered == told->losses[i].covered);
      assert_true(again->losses[i].in_time == told->losses[i].in_time);
    }
    assert_int_equal(again->n_handovers, told->n_handovers);
    assert_true(handover_sum(again) == handover_sum(told));
    assert_memory_equal(again->in_time_of, told->in_time_of, sizeof told->in_time_of);
    scene_end(&s);
  }
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sets_of_actors_are_plans_without_the_others),
      cmocka_unit_test(losses_are_plans_without_the_base_or_road),
      cmocka_unit_test(a_spare_visit_is_worth_what_the_changed_plan_has),
      cmocka_unit_test(no_place_is_worth_more_to_a_spare_visit),
      cmocka_unit_test(sums_agree_with_looking_every_minute),
      cmocka_unit_test(places_count_those_who_come),
      cmocka_unit_test(threads_change_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
