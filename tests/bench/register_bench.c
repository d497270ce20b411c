/* register_bench: how long the register of restrictions takes over five years of made history.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_register_bench [REPORTS [PATROLS]]. REPORTS (10000) of five years at 300 spots and in between, PATROLS (750000)
 * executed along 400 routes of 20 points, 2,000 settlements. Reading the plan is not counted. */
#include <stdlib.h>
#include <time.h>

#include "study_random.h"

#include "vedette/geo/start.h"
#include "vedette/report/report.h"

enum { SIDE = 320, ROUTES = 400, POINTS = 20, TOWNS = 2000, SPOTS = 300, DAYS = 5 * 365 };

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vd_last_message());
  exit(1);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void add_reports(fx *f, dice *d, const vd_actor *un, int n) {
  static const char *const codes[] = {"ROM-CHK", "ROM-LND", "ROM-DLY", "SOF-HAR", "ROM-AIR"};
  static const char *const outcomes[] = {"returned", "delayed", "proceeded", "abandoned"};
  static const char *const modes[] = {"land", "land", "air", "river"};
  double spots[2 * SPOTS];
  for (int i = 0; i < 2 * SPOTS; i++) spots[i] = dice_real(d, 0, SIDE - 1);
  for (int i = 0; i < n; i++) {
    const double *spot = spots + 2 * (size_t)dice_below(d, SPOTS);
    bool known = dice_below(d, 5) > 0;
    double x = known ? spot[0] + dice_real(d, -0.2, 0.2) : dice_real(d, 0, SIDE - 1),
           y = known ? spot[1] + dice_real(d, -0.2, 0.2) : dice_real(d, 0, SIDE - 1);
    vd_restriction *r = fx_restriction(f, "Report", fx_point(f, x, y), 500);
    r->code = codes[dice_below(d, 5)], r->mode = modes[dice_below(d, 4)],
    r->outcome = outcomes[dice_below(d, 4)];
    r->actor = un->record.id;
    r->actor_responsible = vd_str_printf(f->arena, "Group %d", dice_below(d, 300));
    r->from_s = FX_MONDAY_S + dice_below(d, DAYS * 1440) * (int64_t)VD_MINUTE_S;
    r->to_s = r->from_s + 6 * VD_HOUR_S;
  }
}

static void add_patrols(fx *f, dice *d, const vd_actor *un, int n) {
  vd_geom *routes[ROUTES];
  for (int k = 0; k < ROUTES; k++) {
    double way[2 * POINTS] = {dice_real(d, 0, SIDE - 1), dice_real(d, 0, SIDE - 1)};
    for (int i = 2; i < 2 * POINTS; i++) way[i] = fmin(fmax(way[i - 2] + dice_real(d, -3, 3), 0), SIDE - 1);
    routes[k] = fx_line(f, way, POINTS);
  }
  for (int i = 0; i < n; i++) {
    int64_t from_s = FX_MONDAY_S + dice_below(d, DAYS * 1440) * (int64_t)VD_MINUTE_S;
    vd_patrol *patrol = fx_patrol(f, "Patrol", un, VD_CAR_4X4, from_s, NULL);
    patrol->state = VD_EXECUTED;
    patrol->record.geom = routes[dice_below(d, ROUTES)];
  }
}

int main(int argc, char **argv) {
  int n_reports = argc > 1 ? atoi(argv[1]) : 10000, n_patrols = argc > 2 ? atoi(argv[2]) : 750000;
  if (vd_geo_start() != VD_OK) die("start");
  dice d = {7};
  fx *f = fx_new(SIDE, SIDE, 1000, DAYS);
  vd_actor *un = fx_actor(f, "Mission", VD_ACTOR_UN_MILITARY, true);
  for (int i = 0; i < TOWNS; i++)
    fx_settlement(f, vd_str_printf(f->arena, "Town %d", i), dice_real(&d, 0, SIDE - 1),
                  dice_real(&d, 0, SIDE - 1), 100);
  add_reports(f, &d, un, n_reports);
  add_patrols(f, &d, un, n_patrols);
  fx_load(f);
  vd_report *report = NULL;
  vd_report_input input = {.plan = f->plan};
  double before = seconds();
  if (vd_report_lookup("restrictions")->make(&input, f->arena, &report) != VD_OK) die("report");
  printf("%d reports, %d patrols: %.2f s of processor time\n", n_reports, n_patrols, seconds() - before);
  for (size_t i = 0; i < report->n_figures; i++) printf("  %s\n", report->figures[i].sentence);
  fx_free(f);
  return 0;
}
