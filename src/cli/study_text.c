/* study_text: the report of a study, to be read at a table or at half past five.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every figure stands with what it is part of. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/results_words.h"
#include "cli/study_out.h"
#include "cli/table.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct report {
  const vd_studied *studied;
  const vd_study *study;
  const vd_headline *head;
  vd_arena *arena;
  FILE *out;
  int width;
  size_t most; /* lines of a list */
} report;

static const char *count(const report *r, double value) {
  return vd_count_text(r->arena, value);
}

static double at_risk(const vd_sums *sums) {
  return sums->person_hours - sums->by_state[VD_COVERED];
}

/* How many of n lines to show: one more rather than a line that says "1 more". */
static size_t shown_of(const report *r, size_t n) {
  return r->most == 0 || n <= r->most + 1 ? n : r->most;
}

static void more(const report *r, const char *text) {
  fprintf(r->out, "  %s\n", text);
}

/* ---- title, window ---- */

static void print_span(const report *r, const char *name, int32_t offset_s) {
  fprintf(r->out, _("%-9s%s to %s (%s)"), name, vd_weekday_time_words(r->arena, r->head->from_s, offset_s),
          vd_weekday_time_words(r->arena, r->head->to_s, offset_s), vd_offset_text(r->arena, offset_s));
}

static void print_title(const report *r) {
  const vd_plan_info *info = vd_plan_info_lookup(r->studied->plan);
  const vd_grid *grid = vd_landscape_grid(r->studied->landscape);
  fprintf(r->out, "%s\n",
          vd_terms_label(&vd_classification_terms, (int)vd_plan_classification(r->studied->plan)));
  fprintf(r->out, _("Coverage of %s"), info->title && *info->title ? info->title : _("an untitled plan"));
  fprintf(r->out, "\n\n");
  print_span(r, _("Window"), info->utc_offset_s);
  fprintf(r->out, ", %s\n", vd_duration_text(r->arena, (double)(r->head->to_s - r->head->from_s)));
  if (info->utc_offset_s != 0) {
    print_span(r, "", 0);
    fprintf(r->out, "\n");
  }
  fprintf(r->out, "%-9s%s\n", _("Counted"),
          r->studied->options.past ? _("executed patrols only")
                                   : _("planned, approved and executed patrols"));
  if (r->studied->options.assumed != VD_CASE_LIKELY)
    fprintf(
        r->out, "%-9s%s\n", _("Assumed"),
        r->studied->options.assumed == VD_CASE_BEST
            ? _("the best: speeds at best, restrictions no wider than surely, old reports of roads lifted")
            : _("the worst: speeds at worst, restrictions as wide as may be"));
  fprintf(r->out, _("%-9s%s, cells of %s\n"), _("Travel"), vd_terms_label(&vd_season_terms, info->season),
          vd_length_text(r->arena, grid->cell_m));
}

/* ---- headline ---- */

static void add_sums(const report *r, vd_text_table *table, const char *name, const vd_sums *sums) {
  const char **cells = vd_text_table_row(table);
  cells[0] = name;
  cells[1] = count(r, sums->people);
  cells[2] = count(r, sums->person_hours);
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
    cells[2 + s] = vd_part_words(r->arena, sums->by_state[s], sums->person_hours);
}

static void print_sums(const report *r) {
  const vd_text_column columns[] = {{_("Priority"), VD_LEFT, NULL, 0},
                                    {_("People"), VD_RIGHT, NULL, 0},
                                    {_("Person-hours"), VD_RIGHT, NULL, 0},
                                    {vd_terms_label(&vd_state_terms, VD_COVERED), VD_RIGHT, NULL, 0},
                                    {vd_terms_label(&vd_state_terms, VD_REACH_ONLY), VD_RIGHT, NULL, 0},
                                    {vd_terms_label(&vd_state_terms, VD_PRESENCE_ONLY), VD_RIGHT, NULL, 0},
                                    {vd_terms_label(&vd_state_terms, VD_UNCOVERED), VD_RIGHT, NULL, 0}};
  vd_text_table *table = vd_text_table_new(r->arena, columns, 7);
  for (int p = VD_PRIORITY_COUNT - 1; p >= 0; p--) {
    if (r->head->by_priority[p].people > 0)
      add_sums(r, table, vd_terms_label(&vd_priority_terms, p), &r->head->by_priority[p]);
  }
  add_sums(r, table, _("All"), &r->head->all);
  vd_text_table_print(table, r->out);
}

static void print_certainty(const report *r) {
  const vd_text_column columns[] = {
      {_("Priority"), VD_LEFT, NULL, 0},
      {vd_terms_label(&vd_certainty_terms, VD_SURELY_COVERED), VD_RIGHT, NULL, 0},
      {vd_terms_label(&vd_certainty_terms, VD_MAYBE_COVERED), VD_RIGHT, NULL, 0},
      {vd_terms_label(&vd_certainty_terms, VD_NOT_COVERED), VD_RIGHT, NULL, 0}};
  vd_text_table *table = vd_text_table_new(r->arena, columns, 4);
  for (int p = VD_PRIORITY_COUNT - 1; p >= -1; p--) {
    const vd_sums *sums = p >= 0 ? &r->head->by_priority[p] : &r->head->all;
    if (!(sums->people > 0)) continue;
    const char **cells = vd_text_table_row(table);
    cells[0] = p >= 0 ? vd_terms_label(&vd_priority_terms, p) : _("All");
    cells[1] = vd_part_words(r->arena, sums->least_covered, sums->person_hours);
    cells[2] = vd_part_words(r->arena, sums->most_covered - sums->least_covered, sums->person_hours);
    cells[3] = vd_part_words(r->arena, sums->person_hours - sums->most_covered, sums->person_hours);
  }
  fprintf(r->out,
          _("How certain that is: surely covered is covered at worst, maybe covered only at best (speeds, "
            "places of\n"
            "restrictions and old reports of roads; docs/study.md):\n\n"));
  vd_text_table_print(table, r->out);
}

/* "Covered: between 3 and 5 of 9 person-hours (33 % to 56 %), likely 4 (44 %)." */
static void print_range(const report *r) {
  const vd_sums *all = &r->head->all;
  if (!vd_study_has_certainty(r->study)) return;
  fprintf(r->out, _("Covered: between %s and %s of %s person-hours (%s to %s), likely %s (%s).\n"),
          count(r, all->least_covered), count(r, all->most_covered), count(r, all->person_hours),
          vd_share_words(r->arena, all->least_covered, all->person_hours),
          vd_share_words(r->arena, all->most_covered, all->person_hours), count(r, all->by_state[VD_COVERED]),
          vd_share_words(r->arena, all->by_state[VD_COVERED], all->person_hours));
}

static void print_headline(const report *r) {
  const vd_headline *h = r->head;
  vd_print_heading(r->out, _("People under threat"));
  fprintf(r->out, _("%s of %s people in the area (%s) live under threat at some time of the window.\n"),
          count(r, h->all.people), count(r, h->people_total),
          vd_share_words(r->arena, h->all.people, h->people_total));
  if (!(h->all.people > 0)) return;
  print_range(r);
  fprintf(r->out, _("Person-hours under threat by state; covered is present and in time:\n\n"));
  print_sums(r);
  if (vd_study_has_certainty(r->study)) {
    fputc('\n', r->out);
    print_certainty(r);
  }
  fprintf(r->out, _("\nNot covered: %s of %s person-hours (%s).\n"), count(r, at_risk(&h->all)),
          count(r, h->all.person_hours), vd_share_words(r->arena, at_risk(&h->all), h->all.person_hours));
  if (r->studied->options.without_losses) {
    fprintf(r->out, _("Lost to restrictions: not worked out (--no-losses).\n"));
  } else {
    fprintf(r->out, _("Lost to restrictions: %s of these %s person-hours (%s).\n"),
            count(r, h->lost_person_hours), count(r, at_risk(&h->all)),
            vd_share_words(r->arena, h->lost_person_hours, at_risk(&h->all)));
  }
}

/* ---- gaps ---- */

/* A doubled hour is one of those visited too seldom, so it is told within them. */
static const char *causes(const report *r, const vd_gap *gap) {
  vd_buf buf = {.arena = r->arena};
  vd_buf_add(&buf, "");
  for (int c = 0; c < VD_CAUSE_DUPLICATED; c++) {
    if (gap->cause_share[c] < 0.005) continue;
    vd_buf_printf(&buf, "%s%s %s", buf.n ? "; " : "", vd_terms_label(&vd_cause_terms, c),
                  vd_share_words(r->arena, gap->cause_share[c], 1));
    if (c == VD_CAUSE_VISITED_SELDOM && gap->cause_share[VD_CAUSE_DUPLICATED] >= 0.005)
      vd_buf_printf(&buf, _(" (%s while visits elsewhere doubled others)"),
                    vd_share_words(r->arena, gap->cause_share[VD_CAUSE_DUPLICATED], 1));
  }
  return buf.text;
}
_Static_assert(VD_CAUSE_DUPLICATED == VD_CAUSE_COUNT - 1, "the doubled hours are told within another cause");

static const char *last_visit(const report *r, const vd_gap *gap) {
  int32_t offset_s = vd_plan_info_lookup(r->studied->plan)->utc_offset_s;
  if (gap->last_visit_s == VD_TIME_MIN) return _("no visit known: what happens there is unknown");
  char *when = vd_weekday_time_words(r->arena, gap->last_visit_s, offset_s);
  return gap->last_visitor ? vd_str_printf(r->arena, "%s, %s", when, gap->last_visitor) : when;
}

static void detail(const report *r, const char *name, const char *text) {
  enum { NAME_WIDTH = 14 };
  int pad = NAME_WIDTH - vd_text_width(name);
  if (*text)
    vd_print_wrapped(r->out, vd_str_printf(r->arena, "      %s%*s", name, pad > 1 ? pad : 1, ""), text,
                     r->width);
}

static void print_gap_details(const report *r, const vd_gap *gap) {
  enum { CLOSINGS_TOLD = 3 };
  detail(r, _("where"),
         vd_str_printf(r->arena, _("%s; %d cells, %.0f km²"),
                       vd_grid_reference_words(r->arena, gap->lon_deg, gap->lat_deg), (int)gap->n_cells,
                       gap->area_km2));
  detail(r, _("causes"), causes(r, gap));
  if (!isnan(gap->least_person_hours) && gap->least_person_hours < gap->most_person_hours)
    detail(r, _("not covered"),
           vd_str_printf(r->arena, _("between %s and %s person-hours, likely %s"),
                         count(r, gap->least_person_hours), count(r, gap->most_person_hours),
                         count(r, gap->person_hours)));
  detail(r, _("nearest help"), vd_responder_words(r->arena, r->study, gap->responder, &gap->route));
  detail(r, _("last visit"), last_visit(r, gap));
  for (size_t i = 0; i < gap->n_closings && i < CLOSINGS_TOLD; i++)
    detail(r, i == 0 ? _("would close") : "", gap->closings[i].text);
}

static vd_text_table *gap_table(const report *r, const vd_gap *gaps, size_t n) {
  const vd_text_column columns[] = {
      {_("Gap"), VD_LEFT, NULL, 0},       {_("Priority"), VD_LEFT, NULL, 0},
      {_("Where"), VD_LEFT, NULL, 34},    {_("People"), VD_RIGHT, NULL, 0},
      {_("Hours"), VD_RIGHT, NULL, 0},    {_("Person-hours"), VD_RIGHT, NULL, 0},
      {_("Main cause"), VD_LEFT, NULL, 0}};
  vd_text_table *table = vd_text_table_new(r->arena, columns, 7);
  for (size_t i = 0; i < n; i++) {
    const char **cells = vd_text_table_row(table);
    cells[0] = gaps[i].name;
    cells[1] = vd_terms_label(&vd_priority_terms, gaps[i].priority);
    cells[2] = vd_gap_place_words(r->arena, &gaps[i]);
    cells[3] = count(r, gaps[i].people);
    cells[4] = count(r, gaps[i].hours);
    cells[5] = count(r, gaps[i].person_hours);
    cells[6] = vd_terms_label(&vd_cause_terms, gaps[i].cause);
  }
  return table;
}

static void print_rest_of_gaps(const report *r, const vd_gap *gaps, size_t shown, size_t n) {
  double people = 0, hours = 0;
  for (size_t i = shown; i < n; i++) people += gaps[i].people, hours += gaps[i].person_hours;
  if (shown < n) {
    more(r, vd_str_printf(r->arena, _("... and %zu more with %s people and %s person-hours together"),
                          n - shown, count(r, people), count(r, hours)));
  }
}

static void print_gaps(const report *r) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(r->study, &n);
  size_t shown = shown_of(r, n);
  vd_print_heading(r->out, vd_str_printf(r->arena, _("Gaps (%zu), heaviest first"), n));
  if (n == 0) {
    fprintf(r->out, "%s\n", _("None: everybody under threat is covered through the whole window."));
    return;
  }
  fprintf(r->out, "%s\n\n",
          _("Weight is people x hours not covered x weight of the priority. Hours are those of an average "
            "person."));
  vd_text_table_print(gap_table(r, gaps, shown), r->out);
  print_rest_of_gaps(r, gaps, shown, n);
  vd_print_heading(r->out, _("What is behind them, and what would close them"));
  for (size_t i = 0; i < shown; i++) {
    fprintf(r->out, "%s  %s\n", gaps[i].name, vd_gap_place_words(r->arena, &gaps[i]));
    print_gap_details(r, &gaps[i]);
  }
}

/* ---- losses, duplicates, notes ---- */

static void print_losses(const report *r) {
  size_t n, counted = 0;
  const vd_loss *losses = vd_study_losses(r->study, &n);
  while (counted < n && losses[counted].person_hours > 0.5) counted++;
  if (n == 0) return;
  vd_print_heading(r->out, _("Lost to restrictions"));
  fprintf(r->out, "%s\n\n", _("Person-hours that come back when one restriction alone is lifted."));
  const vd_text_column columns[] = {{_("Person-hours"), VD_RIGHT, NULL, 0},
                                    {_("Of those not covered"), VD_RIGHT, NULL, 0},
                                    {_("Restriction"), VD_LEFT, NULL, 60}};
  vd_text_table *table = vd_text_table_new(r->arena, columns, 3);
  size_t shown = shown_of(r, counted);
  for (size_t i = 0; i < shown; i++) {
    const char **cells = vd_text_table_row(table);
    cells[0] = count(r, losses[i].person_hours);
    cells[1] = vd_share_words(r->arena, losses[i].person_hours, at_risk(&r->head->all));
    cells[2] = losses[i].name ? losses[i].name : losses[i].id;
  }
  if (shown) vd_text_table_print(table, r->out);
  if (shown < counted) more(r, vd_str_printf(r->arena, _("... and %zu more"), counted - shown));
  if (counted < n)
    more(r, vd_str_printf(r->arena, _("%zu of %zu restrictions give nothing back when lifted alone."),
                          n - counted, n));
}

/* Visits of one pair of patrols to one place, told as one. */
typedef struct pair {
  const vd_duplicate *first;
  size_t times;
  double person_hours;
} pair;

static int by_pair(const void *a, const void *b) {
  const vd_duplicate *x = *(const vd_duplicate *const *)a, *y = *(const vd_duplicate *const *)b;
  int order = strcmp(x->patrol_a, y->patrol_a);
  if (order == 0) order = strcmp(x->patrol_b, y->patrol_b);
  if (order == 0) order = strcmp(x->settlement ? x->settlement : "", y->settlement ? y->settlement : "");
  return order ? order : (x->from_s > y->from_s) - (x->from_s < y->from_s);
}

static bool same_pair(const vd_duplicate *x, const vd_duplicate *y) {
  return strcmp(x->patrol_a, y->patrol_a) == 0 && strcmp(x->patrol_b, y->patrol_b) == 0 &&
         vd_str_equal(x->settlement, y->settlement);
}

static int dearest_first(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->person_hours > y->person_hours || x->person_hours < y->person_hours)
    return x->person_hours < y->person_hours ? 1 : -1;
  return by_pair(&x->first, &y->first);
}

static pair *pairs_of(const report *r, const vd_duplicate *doubles, size_t n, size_t *n_pairs) {
  const vd_duplicate **sorted = VD_NEW_ARRAY(r->arena, const vd_duplicate *, n + 1);
  pair *pairs = VD_NEW_ARRAY(r->arena, pair, n + 1);
  for (size_t i = 0; i < n; i++) sorted[i] = &doubles[i];
  qsort(sorted, n, sizeof *sorted, by_pair);
  *n_pairs = 0;
  for (size_t i = 0; i < n; i++) {
    if (i == 0 || !same_pair(sorted[i - 1], sorted[i])) pairs[(*n_pairs)++].first = sorted[i];
    pairs[*n_pairs - 1].times++;
    pairs[*n_pairs - 1].person_hours += sorted[i]->person_hours;
  }
  qsort(pairs, *n_pairs, sizeof *pairs, dearest_first);
  return pairs;
}

static void print_duplicates(const report *r) {
  size_t n, n_pairs;
  const vd_duplicate *doubles = vd_study_duplicates(r->study, &n);
  if (n == 0) return;
  const pair *pairs = pairs_of(r, doubles, n, &n_pairs);
  vd_print_heading(r->out, vd_str_printf(r->arena, _("Doubled visits (%zu, by %zu pairs)"), n, n_pairs));
  vd_print_wrapped(
      r->out, "",
      _("Two actors present in the same cells over the same time without planning it jointly. A visit "
        "counts as presence for as long as the revisit standard says."),
      r->width);
  fputc('\n', r->out);
  const vd_text_column columns[] = {{_("Shared person-hours"), VD_RIGHT, NULL, 0},
                                    {_("Times"), VD_RIGHT, NULL, 0},
                                    {_("Where"), VD_LEFT, NULL, 18},
                                    {_("Who"), VD_LEFT, NULL, 80}};
  vd_text_table *table = vd_text_table_new(r->arena, columns, 4);
  size_t shown = shown_of(r, n_pairs);
  for (size_t i = 0; i < shown; i++) {
    const vd_duplicate *d = pairs[i].first;
    const char **cells = vd_text_table_row(table);
    cells[0] = count(r, pairs[i].person_hours);
    cells[1] = count(r, (double)pairs[i].times);
    cells[2] = d->settlement ? d->settlement : vd_grid_reference_words(r->arena, d->lon_deg, d->lat_deg);
    cells[3] = vd_str_printf(r->arena, _("%s and %s"), d->name_a ? d->name_a : d->patrol_a,
                             d->name_b ? d->name_b : d->patrol_b);
  }
  vd_text_table_print(table, r->out);
  if (shown < n_pairs) more(r, vd_str_printf(r->arena, _("... and %zu more pairs"), n_pairs - shown));
}

static void print_inputs(const report *r) {
  size_t n;
  const vd_note *notes = vd_study_notes(r->study, &n);
  const vd_headline *h = r->head;
  vd_print_heading(r->out, _("What these results rest on"));
  fprintf(r->out, _("Bases: %lld. Patrols: %lld, departures: %lld. Restrictions in force: %lld.\n"),
          (long long)h->n_bases, (long long)h->n_patrols, (long long)h->n_occurrences,
          (long long)h->n_restrictions);
  for (size_t i = 0; i < n; i++) {
    const char *how_many = notes[i].count > 0 ? count(r, (double)notes[i].count) : "";
    int pad = 7 - vd_text_width(how_many);
    vd_print_wrapped(r->out, vd_str_printf(r->arena, "%*s%s  ", pad > 0 ? pad : 0, "", how_many),
                     notes[i].text, r->width);
  }
  fprintf(r->out,
          _("Figures in use without a published source: %lld (vedette list PLAN standards, speeds)\n"),
          (long long)h->n_unsourced);
  fprintf(r->out, _("Inputs (SHA-256): %s\n"), h->input_hash);
  fprintf(r->out, "%s\n",
          _("Reach and presence tell who can come and who was there; they promise nobody's safety."));
}

void vd_study_print_text(const vd_studied *studied, int most) {
  const vd_cli *cli = studied->cli;
  report r = {studied,
              studied->study,
              vd_study_headline(studied->study),
              cli->arena,
              cli->out,
              vd_screen_width(cli->out),
              (size_t)(most > 0 ? most : 0)};
  print_title(&r);
  print_headline(&r);
  if (r.head->all.people > 0) {
    print_gaps(&r);
    print_losses(&r);
    print_duplicates(&r);
  }
  print_inputs(&r);
}
