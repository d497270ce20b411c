/* study_live: after any sequence of edits a study that takes over from earlier ones finds the same bytes as one from
 * scratch.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_hash.h"
#include "study_random.h"

#include "vedette/geo/start.h"
#include "vedette/plan/edit.h"

enum { NX = 9, NY = 8, PLANS = 20, EDITS = 50, WHOLE_EVERY = 7 };

typedef struct world {
  fx *f;
  dice d;
  vd_edit *edit;
  vd_jobs *jobs; /* of every second plan */
  int serial;
} world;

static const void *any(world *w, vd_kind kind) {
  size_t n = vd_plan_count(w->f->plan, kind);
  return n > 0 ? vd_plan_at(w->f->plan, kind, (size_t)dice_below(&w->d, (int)n)) : NULL;
}

static vd_geom *anywhere(world *w) {
  return fx_point(w->f, dice_real(&w->d, 0, NX - 1), dice_real(&w->d, 0, NY - 1));
}

static void put(world *w, vd_kind kind, void *record) {
  if (vd_edit_put(w->edit, kind, record) != VD_OK) fail_msg("%s", vd_last_message());
}

/* ---- edits ---- */

static void move_base(world *w) {
  const vd_base *from = any(w, VD_KIND_BASE);
  if (!from) return;
  vd_base base = *from;
  base.record.geom = anywhere(w);
  put(w, VD_KIND_BASE, &base);
}

static void change_base(world *w) {
  const vd_base *from = any(w, VD_KIND_BASE);
  if (!from) return;
  vd_base base = *from;
  switch (dice_below(&w->d, 5)) {
  case 0:
    base.notice_day_min = dice_below(&w->d, 6);
    break;
  case 1:
    base.proximity_m = dice_real(&w->d, 500, 2500);
    break;
  case 2:
    base.vehicle = dice_below(&w->d, 4) ? VD_CAR_4X4 : VD_FOOT;
    break;
  case 3:
    base.has_reaction_force = dice_below(&w->d, 2);
    break;
  default:
    base.from_s = dice_below(&w->d, 2) ? VD_TIME_MIN : dice_minute(&w->d, 0, 12);
    base.to_s = dice_below(&w->d, 2) ? VD_TIME_MAX : dice_minute(&w->d, 16, 36);
  }
  put(w, VD_KIND_BASE, &base);
}

static void add_base(world *w) {
  const vd_base *from = any(w, VD_KIND_BASE);
  if (!from || vd_plan_count(w->f->plan, VD_KIND_BASE) > 5) return;
  vd_base base = *from;
  base.record.id[0] = '\0';
  vd_uuid_of("live", vd_str_printf(w->f->arena, "base %d", w->serial++), base.record.id);
  base.record.geom = anywhere(w);
  put(w, VD_KIND_BASE, &base);
}

static void remove_one(world *w, vd_kind kind, size_t least) {
  if (vd_plan_count(w->f->plan, kind) <= least) return;
  const vd_record *record = any(w, kind);
  if (vd_edit_remove(w->edit, kind, record->id) != VD_OK) fail_msg("%s", vd_last_message());
}

static void change_restriction(world *w) {
  const vd_restriction *from = any(w, VD_KIND_RESTRICTION);
  if (!from) return;
  static const vd_effect effects[] = {VD_EFFECT_BLOCK, VD_EFFECT_SLOW, VD_EFFECT_DELAY, VD_EFFECT_NONE,
                                      VD_EFFECT_ESCORT};
  static const char *const road_states[] = {NULL, "closed", "open", "4x4_only"};
  static const char *const obstacles[] = {NULL, "checkpoint_official", "checkpoint_unofficial"};
  vd_restriction r = *from;
  switch (dice_below(&w->d, 10)) {
  case 8:
    r.precision_m = dice_real(&w->d, 0, 1.5) * w->f->cell_m;
    break;
  case 9:
    r.record.reported_s = dice_minute(&w->d, -20, 30);
    break;
  case 0:
    r.effect = (int32_t)effects[dice_below(&w->d, 5)];
    break;
  case 5:
    r.resolved_s = dice_below(&w->d, 2) ? VD_TIME_MAX : dice_minute(&w->d, -10, 30);
    break;
  case 6:
    r.road_state = road_states[dice_below(&w->d, 4)];
    break;
  case 7:
    r.delay_min = 0, r.obstacle = obstacles[dice_below(&w->d, 3)];
    break;
  case 1:
    r.record.geom = anywhere(w);
    break;
  case 2:
    r.radius_m = dice_real(&w->d, 0.3, 1.5) * w->f->cell_m;
    break;
  case 3:
    r.components = dice_below(&w->d, 2) ? "un_police" : NULL;
    break;
  default:
    r.from_s = dice_minute(&w->d, -10, 30);
    r.to_s = r.from_s + (60 + dice_below(&w->d, 1200)) * (int64_t)VD_MINUTE_S;
  }
  put(w, VD_KIND_RESTRICTION, &r);
}

static void add_restriction(world *w) {
  const vd_restriction *from = any(w, VD_KIND_RESTRICTION);
  if (!from || vd_plan_count(w->f->plan, VD_KIND_RESTRICTION) > 7) return;
  vd_restriction r = *from;
  vd_uuid_of("live", vd_str_printf(w->f->arena, "restriction %d", w->serial++), r.record.id);
  r.record.geom = anywhere(w);
  put(w, VD_KIND_RESTRICTION, &r);
}

static void change_patrol(world *w) {
  const vd_patrol *from = any(w, VD_KIND_PATROL);
  if (!from) return;
  static const vd_patrol_state states[] = {VD_PLANNED, VD_APPROVED, VD_EXECUTED, VD_OBSTRUCTED};
  vd_patrol p = *from;
  static const char *const tracks[] = {"0 900", "0 1800 1200", "0 600 900 300", NULL};
  const vd_patrol *other = any(w, VD_KIND_PATROL);
  switch (dice_below(&w->d, 9)) {
  case 0:
    p.from_s = dice_minute(&w->d, -8, 20);
    break;
  case 4:
    p.escorted = dice_below(&w->d, 2);
    break;
  case 5:
    p.exceptions = dice_below(&w->d, 2) ? "20260309,20260311" : NULL;
    break;
  case 6: /* tells how a departure of another went */
    p.executes = other->record.id;
    p.executes_s = other->from_s + dice_below(&w->d, 2) * (int64_t)VD_DAY_S;
    break;
  case 7: /* fits a route now and then */
    p.track_s = tracks[dice_below(&w->d, 4)];
    break;
  case 1:
    p.state = (int32_t)states[dice_below(&w->d, 4)];
    break;
  case 2:
    p.influence_m = dice_real(&w->d, 0.3, 1.6) * w->f->cell_m;
    break;
  case 3:
    p.actor = ((const vd_record *)any(w, VD_KIND_ACTOR))->id;
    break;
  default:
    p.responds = dice_below(&w->d, 2);
  }
  put(w, VD_KIND_PATROL, &p);
}

static void change_stop(world *w) {
  const vd_stop *from = any(w, VD_KIND_STOP);
  if (!from) return;
  vd_stop stop = *from;
  if (dice_below(&w->d, 2))
    stop.record.geom = anywhere(w);
  else
    stop.depart_min += dice_below(&w->d, 60);
  put(w, VD_KIND_STOP, &stop);
}

static void change_threat(world *w) {
  const vd_threat_area *from = any(w, VD_KIND_THREAT_AREA);
  if (!from) return;
  vd_threat_area t = *from;
  int c = dice_below(&w->d, NX - 3), r = dice_below(&w->d, NY - 3);
  switch (dice_below(&w->d, 3)) {
  case 0:
    t.priority = dice_below(&w->d, 4);
    break;
  case 1:
    t.record.geom = fx_cells(w->f, c, r, c + 3, r + 2, 0.1);
    break;
  default:
    t.hour_from_min = 60 * dice_below(&w->d, 12), t.hour_to_min = 60 * (12 + dice_below(&w->d, 12)) + 30;
  }
  put(w, VD_KIND_THREAT_AREA, &t);
}

static void change_figure(world *w) {
  static const char *const keys[] = {"response.must", "response.watch", "revisit.could",
                                     "revisit.must",  "night_factor",   "day.from",
                                     "weight.should", "escort_delay",   "on_task.step"};
  static const double least[] = {4, 4, 1, 1, 0.5, 330, 1, 1, 0},
                      most[] = {14, 14, 10, 10, 0.9, 390, 5, 6, 12};
  int k = dice_below(&w->d, 9);
  const vd_standard *from = vd_plan_find_name(w->f->plan, VD_KIND_STANDARD, keys[k]);
  if (!from) return;
  vd_standard standard = *from;
  standard.value = k == 4 ? dice_real(&w->d, least[k], most[k]) : floor(dice_real(&w->d, least[k], most[k]));
  put(w, VD_KIND_STANDARD, &standard);
}

static void change_bounds(world *w) {
  const vd_speed *from = any(w, VD_KIND_SPEED);
  if (!from) return;
  vd_speed speed = *from;
  if (dice_below(&w->d, 2))
    speed.worst_factor = dice_real(&w->d, 0.3, 1);
  else
    speed.best_factor = dice_real(&w->d, 1, 2);
  put(w, VD_KIND_SPEED, &speed);
}

static void remove_base(world *w) {
  remove_one(w, VD_KIND_BASE, 2);
}
static void remove_restriction(world *w) {
  remove_one(w, VD_KIND_RESTRICTION, 3);
}
static void remove_patrol(world *w) {
  VD_EACH(w->f->plan, VD_KIND_PATROL, vd_patrol, from) {
    vd_patrol p = *from;
    p.executes = NULL;
    if (from->executes) put(w, VD_KIND_PATROL, &p);
  }
  remove_one(w, VD_KIND_PATROL, 3);
}

static void edit_something(world *w) {
  static void (*const edits[])(world *) = {
      move_base,     move_base,          move_base,       move_base,          change_base,   add_base,
      remove_base,   change_restriction, add_restriction, remove_restriction, change_patrol, change_patrol,
      remove_patrol, change_stop,        change_threat,   change_figure,      change_bounds, change_bounds};
  if (vd_edit_start(w->f->plan, "Edit", &w->edit) != VD_OK) fail_msg("%s", vd_last_message());
  edits[dice_below(&w->d, (int)(sizeof edits / sizeof *edits))](w);
  if (vd_edit_commit(w->edit) != VD_OK) fail_msg("%s", vd_last_message());
}

/* ---- the property ---- */

static void study_hash(const world *w, const vd_landscape *land, bool quick, vd_study_memory *memory,
                       char hex[65]) {
  VD_CLEANUP(vd_study_cleanup) vd_study *study = NULL;
  vd_study_options options = {.quick = quick, .certainty = !quick, .memory = memory};
  if (vd_study_run(w->f->plan, land, &options, memory ? w->jobs : NULL, NULL, &study) != VD_OK)
    fail_msg("%s", vd_last_message());
  hash_study(study, hex);
}

static void follow(uint64_t seed) {
  world w = {
      .f = random_plan_with_tracks(seed, NX, NY), .d = {seed * 77}, .jobs = seed % 2 ? vd_jobs_new(2) : NULL};
  fx_load(w.f);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  if (vd_landscape_build(w.f->plan, 0, NULL, NULL, &land) != VD_OK) fail_msg("%s", vd_last_message());
  VD_CLEANUP(vd_study_memory_cleanup)
  vd_study_memory *memory =
      vd_study_memory_new(land, seed % 3 ? 0 : 4000); /* sometimes nearly no room for times */
  for (int i = 0; i < EDITS; i++) {
    edit_something(&w);
    if (!vd_landscape_fresh(land, w.f->plan)) { /* a figure that the base data is laid by */
      vd_study_memory_free(memory);
      vd_landscape_free(land);
      if (vd_landscape_build(w.f->plan, 0, NULL, NULL, &land) != VD_OK) fail_msg("%s", vd_last_message());
      memory = vd_study_memory_new(land, 0);
    }
    bool quick = i % WHOLE_EVERY != 3;
    char live[65], scratch[65];
    study_hash(&w, land, quick, memory, live);
    study_hash(&w, land, quick, NULL, scratch);
    if (strcmp(live, scratch) != 0)
      fail_msg("plan %d, edit %d (%s): differs from scratch", (int)seed, i, quick ? "quick" : "whole");
  }
  vd_jobs_free(w.jobs);
  fx_free(w.f);
}

static void edits_give_the_same_bytes_as_from_scratch(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= PLANS; seed++) follow(seed);
}

/* What a quick study leaves out it leaves out; what it tells is what a whole one tells. */
static void a_quick_study_tells_the_states_of_a_whole_one(void **state) {
  (void)state;
  for (uint64_t seed = 300; seed < 330; seed++) {
    fx *f = random_plan_with_tracks(seed, NX, NY);
    fx_load(f);
    VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
    assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
    vd_study *quick = NULL, *whole = NULL;
    vd_study_options options = {.quick = true};
    assert_int_equal(vd_study_run(f->plan, land, &options, NULL, NULL, &quick), VD_OK);
    assert_int_equal(vd_study_run(f->plan, land, NULL, NULL, NULL, &whole), VD_OK);
    size_t n, m;
    const vd_study_cell *a = vd_study_cells(quick, &n), *b = vd_study_cells(whole, &m);
    assert_int_equal(n, m);
    for (size_t t = 0; t < n; t++) {
      assert_memory_equal(a[t].hours, b[t].hours, sizeof a[t].hours);
      assert_memory_equal(a[t].cause_hours, b[t].cause_hours, sizeof a[t].cause_hours);
      assert_int_equal(a[t].gap, b[t].gap);
      assert_true(a[t].last_visit_s == b[t].last_visit_s);
    }
    vd_study_free(quick);
    vd_study_free(whole);
    fx_free(f);
  }
}

static void a_memory_is_for_one_landscape(void **state) {
  (void)state;
  fx *f = random_plan(3, NX, NY);
  fx_load(f);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *one = NULL;
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *other = NULL;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &one), VD_OK);
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &other), VD_OK);
  VD_CLEANUP(vd_study_memory_cleanup) vd_study_memory *memory = vd_study_memory_new(one, 0);
  vd_study *study = NULL;
  vd_study_options options = {.memory = memory};
  assert_int_equal(vd_study_run(f->plan, other, &options, NULL, NULL, &study), VD_ERR_INPUT);
  assert_null(study);
  fx_free(f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(edits_give_the_same_bytes_as_from_scratch),
      cmocka_unit_test(a_quick_study_tells_the_states_of_a_whole_one),
      cmocka_unit_test(a_memory_is_for_one_landscape),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
