/* study_sample: how long a full study of the sample mission area takes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Run it on the folder that make_area wrote: bench_study_sample FOLDER [cell_m [threads]]. It reads the files as they are, without
 * the importer, and prints the headline, the heaviest gaps and the seconds of each part. */
#include "bench/sample_plan.h"
#include "vedette/study/coordinate.h"

static void print_gap(const vd_study *study, const vd_gap *gap) {
  size_t n;
  const vd_responder *responders = vd_study_responders(study, &n);
  printf("%s %-6s %-16s %4d cells %7.0f people %9.0f ph near %s", gap->name,
         vd_terms_word(&vd_priority_terms, gap->priority), vd_terms_word(&vd_cause_terms, gap->cause),
         (int)gap->n_cells, gap->people, gap->person_hours, gap->settlement);
  if (gap->responder >= 0) {
    printf("; %s %.0f+%.0f min, %zu legs", responders[gap->responder].name, gap->route.notice_min,
           gap->route.travel_min, gap->route.n_legs);
  }
  printf("; %zu restrictions\n", gap->n_restrictions);
  for (size_t i = 0; i < gap->n_closings; i++) printf("       - %s\n", gap->closings[i].text);
}

static void print_study(const vd_study *study) {
  const vd_headline *head = vd_study_headline(study);
  printf("people %.0f, under threat %.0f, person-hours %.0f: covered %.0f reach %.0f presence %.0f uncovered "
         "%.0f; lost %.0f\n",
         head->people_total, head->all.people, head->all.person_hours, head->all.by_state[VD_COVERED],
         head->all.by_state[VD_REACH_ONLY], head->all.by_state[VD_PRESENCE_ONLY],
         head->all.by_state[VD_UNCOVERED], head->lost_person_hours);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  printf("%zu gaps\n", n);
  for (size_t i = 0; i < n && i < 14; i++) print_gap(study, &gaps[i]);
  const vd_loss *losses = vd_study_losses(study, &n);
  for (size_t i = 0; i < n && i < 6; i++)
    printf("loss %-34s %9.0f ph covered, %9.0f ph in time\n", losses[i].name, losses[i].person_hours,
           losses[i].in_time_person_hours);
  const vd_duplicate *doubled = vd_study_duplicates(study, &n);
  printf("%zu duplicates\n", n);
  for (size_t i = 0; i < n && i < 4; i++) {
    printf("twice %s + %s at %s %.0f ph\n", doubled[i].name_a, doubled[i].name_b, doubled[i].settlement,
           doubled[i].person_hours);
  }
  const vd_note *notes = vd_study_notes(study, &n);
  for (size_t i = 0; i < n; i++) printf("note %lld %s\n", (long long)notes[i].count, notes[i].text);
}

static void step(void *context, const char *what, int64_t done, int64_t total) {
  (void)done;
  (void)total;
  static const char *last;
  double *since = context, now = now_s();
  if (last == what) return;
  if (last) fprintf(stderr, "%6.2f s %s\n", now - *since, last);
  last = what;
  *since = now;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s FOLDER [cell_m [threads]]\n", argv[0]);
    return 2;
  }
  if (vd_geo_start() != VD_OK) die("start");
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  load_all(plan, arena, argv[1]);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(argc > 3 ? atoi(argv[3]) : 0);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  VD_CLEANUP(vd_study_cleanup) vd_study *study = NULL;
  double t0 = now_s(), since = t0;
  vd_progress progress = {.on_step = step, .context = &since};
  if (vd_landscape_build(plan, argc > 2 ? atof(argv[2]) : 0, jobs, &progress, &land) != VD_OK)
    die("landscape");
  double t1 = now_s();
  vd_study_options options = {.certainty = true};
  if (vd_study_run(plan, land, &options, jobs, &progress, &study) != VD_OK) die("study");
  double t2 = now_s();
  vd_coordination *together;
  if (vd_coordinate(study, plan, jobs, &progress, arena, &together) != VD_OK) die("coordination");
  double t_together = now_s() - t2;
  print_study(study);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  double t3 = now_s();
  vd_explanation *told;
  if (n > 0 && vd_study_explain(study, plan, gaps[0].lon_deg, gaps[0].lat_deg, arena, &told) != VD_OK)
    die("explain");
  if (n > 0)
    printf("explained %s in %.2f s: %zu reaches, %zu visits, %zu spans\n", gaps[0].name, now_s() - t3,
           told->n_reaches, told->n_visits, told->n_spans);
  printf("%d x %d cells of %g m: landscape %.2f s, study %.2f s (each restriction alone, certainty), "
         "coordination %.2f s, "
         "all %.2f s on %d threads\n",
         (int)vd_landscape_grid(land)->nx, (int)vd_landscape_grid(land)->ny, vd_landscape_grid(land)->cell_m,
         t1 - t0, t2 - t1, t_together, t2 - t0 + t_together, vd_jobs_threads(jobs));
  return 0;
}
