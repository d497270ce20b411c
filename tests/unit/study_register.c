/* study_register: the register of restrictions on a row of ten cells whose numbers can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km with a village each, four weeks from Monday 9 March 2026, sites within 400 m, flags for 3 denials within 2.5 km
 * in 14 days. Seven reports:
 *
 *   A  cell 2, day 0, 06:00   army     returned    violation, protested, 2 hours      denial
 *   B  cell 2, day 7, 06:00   army     returned    violation, hours not told          denial
 *   C  cell 2, day 14, 08:00  army     delayed     1 hour
 *   D  cell 3, day 8, 12:00   Militia  abandoned   violation, resolved on day 9       denial
 *   E  cell 8, day 1          -        closed road, tells of the ground
 *   F  cell 8, no date, air   -        blocks                                         denial
 *   G  nowhere, day 20        -        delays, outcome not told: not known
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/core/grid.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/start.h"
#include "vedette/report/facts.h"
#include "vedette/report/report.h"
#include "vedette/study/register.h"

enum { N = 10, A = 0, B, C, D, E, F, G };

typedef struct world {
  fx *f;
  vd_actor *un, *army;
  vd_restriction *reports[7];
} world;

static int64_t at(double days, int hour) {
  return FX_MONDAY_S + (int64_t)(days * VD_DAY_S) + hour * (int64_t)VD_HOUR_S;
}

static void add_report(world *w, int k, double cell, int64_t from_s, const char *code, const char *outcome) {
  vd_geom *geom = cell >= 0 ? fx_point(w->f, cell, 0) : NULL;
  vd_restriction *r = fx_restriction(w->f, vd_str_printf(w->f->arena, "Report %c", 'A' + k), geom, 400);
  r->code = code, r->outcome = outcome;
  r->from_s = from_s;
  r->to_s = from_s == VD_TIME_MIN ? VD_TIME_MAX : from_s + VD_HOUR_S;
  w->reports[k] = r;
}

static void add_reports(world *w) {
  add_report(w, A, 2, at(0, 6), "ROM-CHK", "returned");
  add_report(w, B, 2, at(7, 6), "ROM-CHK", "returned");
  add_report(w, C, 2, at(14, 8), "ROM-DLY", "delayed");
  add_report(w, D, 3, at(8, 12), "ROM-LND", "abandoned");
  add_report(w, E, 8, at(1, 0), "ROM-LND", NULL);
  add_report(w, F, 8, VD_TIME_MIN, "ROM-AIR", NULL);
  add_report(w, G, -1, at(20, 0), "ROM-DLY", NULL);
  for (int k = A; k <= C; k++)
    w->reports[k]->actor_responsible = w->army->record.id, w->reports[k]->actor = w->un->record.id;
  w->reports[A]->sofa = w->reports[B]->sofa = w->reports[D]->sofa = 1;
  w->reports[A]->protest_reference = "NV-1";
  w->reports[A]->hours_lost = 2, w->reports[C]->hours_lost = 1;
  w->reports[D]->actor_responsible = "Militia";
  w->reports[D]->resolved_s = at(9, 0);
  w->reports[E]->road_state = "closed", w->reports[E]->to_s = VD_TIME_MAX;
  w->reports[F]->mode = "air";
  w->reports[G]->effect = VD_EFFECT_DELAY;
}

/* Planned: ten departures by car and two by helicopter; what else there is does not count. */
static void add_patrols(world *w) {
  fx *f = w->f;
  fx_patrol(f, "Daily", w->un, VD_CAR_4X4, at(0, 6), "FREQ=DAILY;COUNT=10");
  fx_patrol(f, "By air", w->un, VD_HELICOPTER, at(3, 8), "FREQ=WEEKLY;COUNT=2")->state = VD_APPROVED;
  fx_patrol(f, "Army patrol", w->army, VD_CAR_4X4, at(0, 6), "FREQ=DAILY");
  fx_patrol(f, "Cancelled", w->un, VD_CAR_4X4, at(2, 6), NULL)->state = VD_CANCELLED;
  vd_patrol *done = fx_patrol(f, "Done", w->un, VD_CAR_4X4, at(3, 6), NULL);
  done->state = VD_EXECUTED;
  done->executes = ((const vd_record *)f->lists[VD_KIND_PATROL].records[0])->id;
  fx_stop(f, done, 0, 0, 0, 0, 0);
  fx_stop(f, done, 1, 2, 0, 10, 20); /* at the village of cell 2 on day 3 */
}

static world new_world(void) {
  world w = {.f = fx_new(N, 1, 1000, 28)};
  w.un = fx_actor(w.f, "UN military", VD_ACTOR_UN_MILITARY, true);
  w.army = fx_actor(w.f, "Army", VD_ACTOR_HOST_STATE, false);
  fx_people_everywhere(w.f, 100);
  fx_standard(w.f, "site.radius", 400);
  fx_standard(w.f, "watch.radius", 2500);
  fx_standard(w.f, "watch.days", 14);
  fx_standard(w.f, "watch.denials", 3);
  fx_threat(w.f, "Near", VD_MUST, fx_cells(w.f, 4, 0, 5, 0, 0.1));
  fx_threat(w.f, "Far", VD_MUST, fx_cells(w.f, 7, 0, 9, 0, 0.1));
  add_reports(&w);
  add_patrols(&w);
  return w;
}

static const vd_register *make(world *w, int64_t from_s, int64_t to_s) {
  const vd_register *reg = NULL;
  fx_load(w->f);
  if (vd_register_make(w->f->plan, from_s, to_s, w->f->arena, &reg) != VD_OK)
    fail_msg("%s", vd_last_message());
  return reg;
}

static const vd_register_group *group(const vd_register_groups *groups, const char *name, int32_t index) {
  for (size_t i = 0; i < groups->n; i++)
    if (strcmp(groups->items[i].name, name) == 0 && groups->items[i].index == index) return &groups->items[i];
  fail_msg("no group %s %d", name, (int)index);
  return NULL;
}

static const vd_register_place *place(const vd_register *reg, const char *name) {
  for (size_t i = 0; i < reg->n_places; i++)
    if (strcmp(reg->places[i].name, name) == 0) return &reg->places[i];
  fail_msg("no place %s", name);
  return NULL;
}

static void assert_near(double a, double b) {
  if (!(fabs(a - b) <= 1e-9)) fail_msg("%.9g is not %.9g", a, b);
}

static void all__is_counted_by_what_reports_have_in_common(void **state) {
  (void)state;
  world w = new_world();
  const vd_register *reg = make(&w, 0, 0);
  assert_true(reg->all);
  assert_true(reg->from_s == at(0, 0) && reg->to_s == at(28, 0));
  assert_int_equal(reg->n, 7);
  assert_int_equal(reg->n_undated, 1);
  assert_int_equal(reg->n_nowhere, 1);
  const vd_register_group *all = &reg->total;
  assert_int_equal(all->n_denials, 4);  /* A B D F */
  assert_int_equal(all->n_maybe, 1);    /* G */
  assert_int_equal(all->n_physical, 1); /* E */
  assert_int_equal(all->n_sofa, 3);
  assert_int_equal(all->n_protested, 1);
  assert_int_equal(all->n_open, 6); /* all but D */
  assert_near(all->hours_lost, 3);
  assert_int_equal(all->n_hours, 2);
  assert_int_equal(all->n_hours_unknown, 5);
  assert_int_equal(all->planned, 12);
  assert_int_equal(reg->n_sofa_host, 2);
  assert_int_equal(reg->n_sofa_unknown, 1);
  assert_int_equal(reg->n_sofa_protested, 1);
  assert_int_equal(reg->n_sofa_open, 2);
  assert_int_equal(group(&reg->by_actor, "Army", -1)->n, 3);
  assert_int_equal(group(&reg->by_actor, "Army", -1)->n_denials, 2);
  assert_int_equal(group(&reg->by_actor, "Militia", -1)->n, 1);
  assert_int_equal(group(&reg->by_actor, "", -1)->n, 3);
  assert_int_equal(group(&reg->by_mode, "", VD_MODE_LAND)->planned, 10);
  assert_int_equal(group(&reg->by_mode, "", VD_MODE_LAND)->n_denials, 3);
  assert_int_equal(group(&reg->by_mode, "", VD_MODE_AIR)->planned, 2);
  assert_int_equal(group(&reg->by_mode, "", VD_MODE_AIR)->n_denials, 1);
  assert_int_equal(group(&reg->by_component, "", VD_ACTOR_UN_MILITARY)->n, 3);
  assert_int_equal(group(&reg->by_component, "", VD_ACTOR_UN_MILITARY)->planned, 12);
  assert_int_equal(group(&reg->by_component, "", -1)->n, 4);
  assert_int_equal(group(&reg->by_code, "ROM-CHK", -1)->n, 2);
  assert_int_equal(group(&reg->by_code, "ROM-DLY", -1)->n, 2);
  assert_int_equal(group(&reg->by_month, "", 2026 * 12 + 2)->n, 6); /* March, to day 20 */
  assert_int_equal(group(&reg->by_month, "", -1)->n, 1);
  assert_int_equal(reg->by_place.items[0].n, 3);
  assert_string_equal(reg->by_place.items[0].name, "Village 2-0");
  fx_free(w.f);
}

static void period__holds_what_began_in_it(void **state) {
  (void)state;
  world w = new_world();
  const vd_register *reg = make(&w, at(7, 6), at(8, 12)); /* half-open: B, not D */
  assert_false(reg->all);
  assert_int_equal(reg->n, 1);
  assert_string_equal(reg->entries[0].record->record.name, "Report B");
  assert_int_equal(reg->n_undated, 1);
  assert_int_equal(reg->total.planned, 2); /* by car on days 7 and 8, 06:00 */
  assert_int_equal(reg->n_watches, 0);     /* D would raise the flag */
  reg = make(&w, at(7, 6), at(8, 12) + 1);
  assert_int_equal(reg->n, 2);
  assert_int_equal(reg->n_watches, 1);
  /* Begun by its report when its start is not told. */
  w.reports[F]->record.reported_s = at(7, 9);
  assert_int_equal(make(&w, at(7, 6), at(8, 12))->n, 2);
  assert_int_equal(make(&w, at(7, 6), at(8, 12))->n_undated, 0);
  const vd_register *none = NULL;
  assert_int_equal(vd_register_make(w.f->plan, 5, 4, w.f->arena, &none), VD_ERR_INPUT);
  fx_free(w.f);
}

static void month__is_the_local_one(void **state) {
  (void)state;
  world w = new_world();
  w.reports[C]->from_s = at(23, -1); /* 31 March 23:00 UTC */
  w.f->info.utc_offset_s = 2 * VD_HOUR_S;
  const vd_register *reg = make(&w, 0, 0);
  assert_int_equal(group(&reg->by_month, "", 2026 * 12 + 3)->n, 1);
  assert_int_equal(group(&reg->by_month, "", 2026 * 12 + 2)->n, 5);
  fx_free(w.f);
}

static void site__joins_reports_of_one_mode_at_one_spot(void **state) {
  (void)state;
  world w = new_world();
  const vd_register *reg = make(&w, 0, 0);
  assert_int_equal(reg->n_sites, 1); /* A B C; E tells of the ground, F comes by air */
  assert_int_equal(reg->sites[0].n, 3);
  assert_int_equal(reg->sites[0].n_denials, 2);
  assert_int_equal(reg->sites[0].regularity.regular, VD_REGULAR_TOO_FEW);
  assert_near(reg->sites[0].regularity.median_interval_d, 7 + 1.0 / 24); /* 7 days, and 7 days 2 hours */
  assert_int_equal(reg->sites[0].regularity.by_weekday[0], 3);
  fx_place p = fx_at(w.f, 2, 0);
  assert_true(fabs(reg->sites[0].lon_deg - p.lon_deg) < 1e-8 &&
              fabs(reg->sites[0].lat_deg - p.lat_deg) < 1e-8);
  /* Two more Mondays: five are enough, and regular. */
  for (int week = 3; week < 5; week++) {
    add_report(&w, C, 2, at(7 * week, 6), "ROM-CHK", "returned");
  }
  reg = make(&w, 0, 0);
  assert_int_equal(reg->sites[0].n, 5);
  assert_int_equal(reg->sites[0].regularity.regular, VD_REGULAR_BOTH);
  fx_free(w.f);
}

/* Of the three denials two are at cell 2 and one at cell 3: each corner of the shape is 2.5 km from one of these and no nearer to
 * the other; the middles of cells 0 and 5 are inside, those of cells 6 and beyond are not. */
static void assert_around(const world *w, const vd_geom *around) {
  fx_place two = fx_at(w->f, 2, 0), three = fx_at(w->f, 3, 0);
  assert_int_equal(around->n_parts, 1);
  for (int32_t i = 0; i < around->n_points; i++) {
    const double *at = around->xy + 2 * (size_t)i;
    double near = fmin(vd_geodesic_distance_m(at[0], at[1], two.lon_deg, two.lat_deg),
                       vd_geodesic_distance_m(at[0], at[1], three.lon_deg, three.lat_deg));
    /* where two circles meet, their chords do: up to 2500 (1 - cos(pi / 64)) = 3.1 m within */
    if (!(near > 2500 - 3.1 && near < 2500 + 1e-3)) fail_msg("a corner %.3f m off", near);
  }
  for (int c = 0; c < N; c++) {
    fx_place at = fx_at(w->f, c, 0);
    assert_int_equal(vd_polygon_holds(around, at.lon_deg, at.lat_deg), c <= 5);
  }
}

static void flag__is_raised_by_denials_that_come_close_together(void **state) {
  (void)state;
  world w = new_world();
  const vd_register *reg = make(&w, 0, 0);
  assert_int_equal(reg->n_watches, 1);
  const vd_register_watch *watch = &reg->watches[0];
  assert_int_equal(watch->n, 3);
  assert_true(watch->from_s == at(0, 6) && watch->last_s == at(8, 12) && watch->until_s == at(22, 12));
  assert_false(watch->stands);
  assert_int_equal(watch->n_settlements, 6); /* within 2.5 km of cells 2 and 3: 0 to 5 */
  assert_near(watch->people, 600);
  assert_around(&w, watch->around);
  assert_int_equal(watch->n_threats, 1);
  assert_string_equal(watch->threats[0]->record.name, "Near");
  assert_string_equal(watch->actors, "Army, Militia");
  assert_true(make(&w, at(0, 0), at(22, 12))->watches[0].stands);
  assert_false(make(&w, at(0, 0), at(22, 12) + 1)->watches[0].stands);
  /* Fourteen days and a second are too long, and so is the ground a reason of its own. */
  w.reports[A]->from_s = at(8 - 14, 12) - 1;
  assert_int_equal(make(&w, 0, 0)->n_watches, 0);
  w.reports[A]->from_s = at(8 - 14, 12);
  assert_int_equal(make(&w, 0, 0)->n_watches, 1);
  w.reports[A]->obstacle = "flood";
  assert_int_equal(make(&w, 0, 0)->n_watches, 0);
  fx_free(w.f);
}

/* An area off limits keeps out of every place inside it, not only of the nearest to its middle. */
static void access__counts_the_places_inside_an_area(void **state) {
  (void)state;
  world w = new_world();
  add_report(&w, D, 3, at(8, 12), "ROM-LND", "abandoned");
  w.reports[D]->record.geom = fx_cells(w.f, 4, 0, 6, 0, 0.1);
  w.reports[D]->to_s = VD_TIME_MAX;
  const vd_register *reg = make(&w, 0, 0);
  for (int cell = 4; cell <= 6; cell++) {
    const vd_register_place *inside = place(reg, vd_str_printf(w.f->arena, "Village %d-0", cell));
    assert_int_equal(inside->n_denials, 1);
    assert_true(inside->barred && inside->last_denial_s == at(8, 12));
  }
  assert_int_equal(reg->n_places, 6); /* with 2, 3 and 8 */
  fx_free(w.f);
}

static void access__is_unknown_where_nobody_is_known_to_have_been(void **state) {
  (void)state;
  world w = new_world();
  const vd_register *reg = make(&w, 0, 0);
  const vd_register_place *two = place(reg, "Village 2-0"), *three = place(reg, "Village 3-0"),
                          *eight = place(reg, "Village 8-0");
  assert_true(two->last_visit_s == at(3, 6));
  assert_int_equal(two->n_denials, 2);
  assert_true(two->last_denial_s == at(7, 6));
  assert_false(two->barred);
  assert_true(three->last_visit_s == VD_TIME_MIN);
  assert_true(eight->barred); /* the closed road, and F without an end */
  assert_int_equal(eight->n_denials, 1);
  /* What was planned visits nobody; what comes after the period does not count yet. */
  assert_true(place(make(&w, at(0, 0), at(3, 6)), "Village 2-0")->last_visit_s == VD_TIME_MIN);
  /* A base whose zone holds the place is there to the end. */
  fx_base(w.f, "Base", w.un, 3, 0, VD_CAR_4X4, 5);
  assert_true(place(make(&w, 0, 0), "Village 3-0")->last_visit_s == at(28, 0));
  fx_free(w.f);
}

/* ---- the report ---- */

static const vd_report_figure *figure(const vd_report *report, const char *key) {
  for (size_t i = 0; i < report->n_figures; i++)
    if (strcmp(report->figures[i].key, key) == 0) return &report->figures[i];
  fail_msg("no figure %s", key);
  return NULL;
}

static const vd_report_table *table(const vd_report *report, const char *key) {
  for (size_t i = 0; i < report->n_tables; i++)
    if (strcmp(report->tables[i]->key, key) == 0) return report->tables[i];
  fail_msg("no table %s", key);
  return NULL;
}

static vd_report *report_of(fx *f, const vd_study *study, int64_t from_s, int64_t to_s) {
  vd_report *report = NULL;
  vd_report_input input = {.plan = f->plan, .study = study, .period_from_s = from_s, .period_to_s = to_s};
  if (vd_report_lookup("restrictions")->make(&input, f->arena, &report) != VD_OK)
    fail_msg("%s", vd_last_message());
  return report;
}

static void report__shows_numerator_denominator_and_unknown(void **state) {
  (void)state;
  world w = new_world();
  fx_load(w.f);
  vd_report *report = report_of(w.f, NULL, 0, 0);
  const vd_report_figure *rate = figure(report, "denials_per_100_movements");
  assert_near(rate->numerator, 4);
  assert_near(rate->denominator, 12);
  assert_near(rate->unknown, 1);
  assert_near(rate->value, 100 * 4.0 / 12);
  assert_near(figure(report, "denials")->denominator, 7);
  assert_near(figure(report, "hours_lost")->value, 3);
  assert_near(figure(report, "hours_lost")->unknown, 5);
  assert_near(figure(report, "sofa_host_state")->numerator, 2);
  assert_near(figure(report, "sofa_host_state")->denominator, 3);
  assert_near(figure(report, "sofa_protested")->numerator, 1);
  assert_near(figure(report, "regular_sites")->denominator, 1);
  assert_near(figure(report, "regular_sites")->unknown, 1);
  assert_near(figure(report, "places_unknown")->numerator, 2); /* of villages 2, 3 and 8 */
  assert_near(figure(report, "places_unknown")->denominator, 3);
  assert_true(isnan(figure(report, "lost")->value)); /* not worked out */
  assert_int_equal(table(report, "costs")->n_rows, 0);
  assert_int_equal(table(report, "register")->n_rows, 7);
  assert_int_equal(table(report, "access")->n_rows, 3);
  const vd_report_table *access = table(report, "access");
  assert_string_equal(vd_report_cell_text(w.f->arena, report, access, &access->rows[0], 5), "unknown");
  assert_near(access->rows[2].cells[6].number, 24.75); /* day 3, 06:00 to day 28 */
  int32_t offset = 0;
  vd_civil first = {.year = 2026, .month = 3, .day = 1}, next = {.year = 2026, .month = 4, .day = 1};
  int64_t from_s = 0, to_s = 0;
  assert_true(vd_civil_to_s(&first, offset, &from_s) && vd_civil_to_s(&next, offset, &to_s));
  assert_non_null(strstr(report_of(w.f, NULL, from_s, to_s)->title, "2026-03"));
  fx_free(w.f);
}

/* A base in cell 0 reaches all ten cells; its zone covers its own only. Blocked in cell 3 for the last 12 of 24 hours, help is late in
 * seven cells of 100 people: visited for a day by a patrol, they are covered but for that. */
static void report__joins_what_each_restriction_costs(void **state) {
  (void)state;
  static const char *const names[] = {"watch", "could", "should", "must"};
  fx *f = fx_new(N, 1, 1000, 1);
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 20.5);
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), 24);
    fx_standard(f, vd_str_printf(f->arena, "weight.%s", names[p]), p + 1);
  }
  fx_standard(f, "night_factor", 1);
  fx_standard(f, "slope_limit.4x4", 1);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(f, 100);
  vd_actor *un = fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true);
  fx_base(f, "Base", un, 0, 0, VD_CAR_4X4, 2);
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, N - 1, 0, 0.01));
  vd_patrol *patrol = fx_patrol(f, "Patrol", un, VD_CAR_4X4, FX_MONDAY_S - VD_HOUR_S, NULL);
  patrol->state = VD_EXECUTED;
  fx_stop(f, patrol, 0, 0, 0, 0, 60);
  fx_stop(f, patrol, 1, 9, 0, 60, 60);
  patrol->influence_m = 9500;
  vd_restriction *block = fx_restriction(f, "Block", fx_point(f, 3, 0), 400);
  block->from_s = FX_MONDAY_S + 12 * VD_HOUR_S;
  vd_restriction *idle = fx_restriction(f, "Harassment", fx_point(f, 5, 0), 400);
  idle->effect = VD_EFFECT_NONE;
  idle->from_s = FX_MONDAY_S;
  fx_load(f);
  vd_landscape *land = NULL;
  vd_study *study = NULL;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  assert_int_equal(vd_study_run(f->plan, land, NULL, NULL, NULL, &study), VD_OK);
  vd_report *report = report_of(f, study, 0, 0);
  const vd_report_table *costs = table(report, "costs");
  assert_int_equal(costs->n_rows, 1);
  assert_string_equal(costs->rows[0].cells[0].text, "Block");
  assert_near(costs->rows[0].cells[4].number, 7 * 100 * 12);
  assert_near(costs->rows[0].cells[5].number, 4 * 7 * 100 * 12);
  assert_near(costs->rows[0].cells[7].number, 1);
  assert_near(figure(report, "lost")->numerator, 7 * 100 * 12);
  assert_near(figure(report, "lost")->denominator, 7 * 100 * 12);
  vd_study_free(study);
  vd_landscape_free(land);
  fx_free(f);
}

static const char *fact(const vd_fact *facts, size_t n, const char *label) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(facts[i].label, label) == 0) return facts[i].value;
  return NULL;
}

static void facts__are_those_that_the_report_tells(void **state) {
  (void)state;
  world w = new_world();
  w.reports[C]->effect = VD_EFFECT_DELAY;
  w.reports[C]->obstacle = "checkpoint_official";
  w.reports[E]->record.reported_s = at(-60, 0);
  fx_load(w.f);
  size_t n;
  const vd_fact *facts = vd_restriction_facts(w.f->arena, w.f->plan, NULL, w.reports[A], &n);
  assert_string_equal(fact(facts, n, "Kind"), "Checkpoint or roadblock");
  assert_string_equal(fact(facts, n, "Responsible"), "Army");
  assert_string_equal(fact(facts, n, "Held up"), "UN military");
  assert_string_equal(fact(facts, n, "Outcome"), "returned");
  assert_string_equal(fact(facts, n, "Time lost"), "2 h 00 min");
  assert_string_equal(fact(facts, n, "Status of forces"), "violation");
  assert_string_equal(fact(facts, n, "Protest"), "NV-1");
  assert_null(fact(facts, n, "Severity"));
  assert_null(fact(facts, n, "Road"));
  assert_null(fact(facts, n, "Resolved"));
  facts = vd_restriction_facts(w.f->arena, w.f->plan, NULL, w.reports[C], &n);
  assert_string_equal(fact(facts, n, "Effect"), "Delays, 15 min");
  facts = vd_restriction_facts(w.f->arena, w.f->plan, NULL, w.reports[E], &n);
  assert_string_equal(fact(facts, n, "Road"), "unknown, was closed");
  assert_string_equal(fact(facts, n, "To"), "open");
  fx_free(w.f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all__is_counted_by_what_reports_have_in_common),
      cmocka_unit_test(period__holds_what_began_in_it),
      cmocka_unit_test(month__is_the_local_one),
      cmocka_unit_test(site__joins_reports_of_one_mode_at_one_spot),
      cmocka_unit_test(flag__is_raised_by_denials_that_come_close_together),
      cmocka_unit_test(access__counts_the_places_inside_an_area),
      cmocka_unit_test(access__is_unknown_where_nobody_is_known_to_have_been),
      cmocka_unit_test(report__shows_numerator_denominator_and_unknown),
      cmocka_unit_test(facts__are_those_that_the_report_tells),
      cmocka_unit_test(report__joins_what_each_restriction_costs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
