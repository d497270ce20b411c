/* sheet_figures: the headline figures, each with what it is part of, and the short lists under them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"

static double covered(const vd_sums *sums) {
  return sums->by_state[VD_COVERED];
}

/* One bar for all person-hours under threat, cut by state. */
static void draw_bar(vd_sheet *sheet, vd_flow *flow, const vd_sums *sums) {
  double x = flow->x, high = 5 * sheet->u;
  if (!(sums->person_hours > 0) || vd_flow_room(flow) < high) return;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) {
    double w = flow->w * sums->by_state[s] / sums->person_hours;
    if (w < 0.05) continue;
    vd_path path = vd_path_rect(sheet->arena, x, flow->y, w, high);
    const vd_area_style *style = &sheet->style.state[s];
    vd_canvas_fill(sheet->canvas, path, VD_RULE_NONZERO, style->fill);
    if (style->hatch.spacing_mm > 0) vd_canvas_hatch(sheet->canvas, path, VD_RULE_NONZERO, &style->hatch);
    char *share = vd_share_text(sheet->arena, sums->by_state[s], sums->person_hours);
    vd_text_run run = {.text = share,
                       .style = {.size_mm = sheet->body, .face = VD_FACE_BOLD},
                       .x = x + w / 2,
                       .y = flow->y + high / 2,
                       .anchor_x = VD_ANCHOR_CENTRE,
                       .anchor_y = VD_ANCHOR_MIDDLE,
                       .color = sheet->style.ink,
                       .halo_color = VD_WHITE,
                       .halo_mm = 0.5 * sheet->u};
    if (vd_text_measure(sheet->draw, &run.style, share).width_mm < w - sheet->u)
      vd_canvas_text(sheet->canvas, &run);
    x += w;
  }
  vd_canvas_stroke(sheet->canvas, vd_path_rect(sheet->arena, flow->x, flow->y, flow->w, high),
                   &(vd_stroke){.width_mm = 0.2 * sheet->u, .color = sheet->style.ink});
  flow->y += high + 1.5 * sheet->u;
}

enum { COLUMNS = 7 };
static const double column_share[COLUMNS] = {0.15, 0.15, 0.19, 0.13, 0.12, 0.13, 0.13};

static void draw_row(vd_sheet *sheet, vd_flow *flow, const char *const text[COLUMNS], vd_face face,
                     vd_rgba color) {
  double x = flow->x, high = vd_line_mm(sheet, sheet->body) + 0.5 * sheet->u;
  if (vd_flow_room(flow) < high) return;
  for (int k = 0; k < COLUMNS; k++) {
    double w = flow->w * column_share[k];
    vd_cell_text(sheet, (vd_rect){x, flow->y, w - sheet->u, high}, text[k], sheet->small, face, color,
                 k == 0 ? VD_ANCHOR_LEFT : VD_ANCHOR_RIGHT);
    x += w;
  }
  flow->y += high;
}

static void draw_sums(vd_sheet *sheet, vd_flow *flow, const char *name, const vd_sums *sums, vd_face face) {
  const char *text[COLUMNS] = {name, vd_count_text(sheet->arena, sums->people),
                               vd_count_text(sheet->arena, sums->person_hours)};
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
    text[2 + s] = vd_share_text(sheet->arena, sums->by_state[s], sums->person_hours);
  draw_row(sheet, flow, text, face, sheet->style.ink);
}

/* Small samples of the states above their columns. */
static void draw_state_heads(vd_sheet *sheet, vd_flow *flow) {
  const char *head[COLUMNS] = {_("Priority"), _("People"), _("Person-hours"), "", "", "", ""};
  double y = flow->y, high = vd_line_mm(sheet, sheet->body) + 0.5 * sheet->u, x = flow->x + flow->w;
  draw_row(sheet, flow, head, VD_FACE_REGULAR, sheet->style.faint_ink);
  for (int s = VD_STATE_COUNT - 1; s >= VD_COVERED; s--) {
    x -= flow->w * column_share[2 + s];
    vd_rect sample = {x + flow->w * column_share[2 + s] - 6.4 * sheet->u, y + high * 0.1, 5.4 * sheet->u,
                      high * 0.8};
    vd_item_sample(sheet->canvas, sheet->data, &sheet->style, VD_ITEM_STATE0 + s, sample);
  }
}

/* "Between 26 % and 33 % of their hours covered, likely 32 %: 11 189 331 to 14 208 488 of 43 391 637 person-hours". */
static const char *covered_words(vd_arena *a, const vd_headline *h, bool range) {
  const vd_sums *all = &h->all;
  const char *likely = vd_share_text(a, covered(all), all->person_hours);
  if (!range)
    return vd_str_printf(a, _("%s of their hours covered: %s of %s person-hours"), likely,
                         vd_count_text(a, covered(all)), vd_count_text(a, all->person_hours));
  return vd_str_printf(a,
                       _("Between %s and %s of their hours covered, likely %s: %s to %s (%s) of %s "
                         "person-hours"),
                       vd_share_text(a, all->least_covered, all->person_hours),
                       vd_share_text(a, all->most_covered, all->person_hours), likely,
                       vd_count_text(a, all->least_covered), vd_count_text(a, all->most_covered),
                       vd_count_text(a, covered(all)), vd_count_text(a, all->person_hours));
}

static void draw_study_figures(vd_sheet *sheet, vd_flow *flow, const vd_headline *h) {
  vd_arena *a = sheet->arena;
  char *people = vd_str_printf(a, _("%s people under threat"), vd_count_text(a, h->all.people));
  vd_flow_lines(flow, people, sheet->title * 0.8, VD_FACE_BOLD, sheet->style.ink, 1);
  char *of =
      vd_str_printf(a, _("of %s in the area (%s), at some time of the window"),
                    vd_count_text(a, h->people_total), vd_share_text(a, h->all.people, h->people_total));
  vd_flow_lines(flow, of, sheet->body, VD_FACE_REGULAR, sheet->style.faint_ink, 2);
  vd_flow_space(flow, 1.2 * sheet->u);
  const char *share = covered_words(a, h, vd_study_has_certainty(sheet->study));
  vd_flow_lines(flow, share, sheet->body, VD_FACE_BOLD, sheet->style.ink, 3);
  vd_flow_space(flow, 0.8 * sheet->u);
  draw_bar(sheet, flow, &h->all);
  draw_state_heads(sheet, flow);
  for (int p = VD_PRIORITY_COUNT - 1; p >= 0; p--)
    if (h->by_priority[p].people > 0)
      draw_sums(sheet, flow, vd_terms_label(&vd_priority_terms, p), &h->by_priority[p], VD_FACE_REGULAR);
  draw_sums(sheet, flow, _("All"), &h->all, VD_FACE_BOLD);
  vd_flow_space(flow, sheet->u);
  double at_risk = h->all.person_hours - covered(&h->all);
  char *lost = vd_str_printf(a, _("Lost to restrictions: %s person-hours, %s of the %s not covered"),
                             vd_count_text(a, h->lost_person_hours),
                             vd_share_text(a, h->lost_person_hours, at_risk), vd_count_text(a, at_risk));
  vd_flow_lines(flow, lost, sheet->body, VD_FACE_REGULAR, sheet->style.ink, 2);
}

static void draw_plan_figures(vd_sheet *sheet, vd_flow *flow) {
  static const vd_kind kinds[] = {VD_KIND_BASE,        VD_KIND_PATROL,   VD_KIND_THREAT_AREA,
                                  VD_KIND_RESTRICTION, VD_KIND_INCIDENT, VD_KIND_SITE};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    size_t n = vd_plan_count(sheet->plan, kinds[i]);
    if (n == 0) continue;
    char *text = vd_str_printf(sheet->arena, "%s: %s", _(vd_kind_lookup(kinds[i])->label_many),
                               vd_count_text(sheet->arena, (double)n));
    vd_flow_lines(flow, text, sheet->body, VD_FACE_REGULAR, sheet->style.ink, 1);
  }
  vd_flow_lines(flow, _("No study was run: coverage and gaps are not shown."), sheet->body, VD_FACE_REGULAR,
                sheet->style.faint_ink, 2);
}

/* ---- a change in coverage ---- */

static void draw_cover_line(vd_sheet *sheet, vd_flow *flow, const vd_cover_sums *sums,
                            vd_cover_change cover) {
  double high = vd_line_mm(sheet, sheet->body) + 0.5 * sheet->u, sample = 7.6 * sheet->u,
         figure = flow->w * 0.36;
  if (sums->cells[cover] == 0 || vd_flow_room(flow) < high) return;
  vd_item_sample(sheet->canvas, sheet->data, &sheet->style, VD_ITEM_COVER0 + (int)cover,
                 (vd_rect){flow->x, flow->y + high * 0.1, sample - 1.2 * sheet->u, high * 0.8});
  vd_cell_text(sheet, (vd_rect){flow->x + sample, flow->y, flow->w - sample - figure, high},
               vd_terms_label(&vd_cover_terms, (int)cover), sheet->body, VD_FACE_REGULAR, sheet->style.ink,
               VD_ANCHOR_LEFT);
  vd_cell_text(sheet, (vd_rect){flow->x + flow->w - figure, flow->y, figure, high},
               vd_str_printf(sheet->arena, _("%s people"), vd_count_text(sheet->arena, sums->people[cover])),
               sheet->body, VD_FACE_REGULAR, sheet->style.ink, VD_ANCHOR_RIGHT);
  flow->y += high;
}

static void draw_cover_figures(vd_sheet *sheet, vd_flow *flow, const vd_study_difference *difference) {
  vd_arena *a = sheet->arena;
  const vd_cover_sums *sums = &difference->all;
  char *gained =
      vd_str_printf(a, _("%s people newly covered"), vd_count_text(a, sums->people[VD_COVER_GAINED]));
  vd_flow_lines(flow, gained, sheet->title * 0.7, VD_FACE_BOLD, sheet->style.ink, 1);
  char *lost =
      vd_str_printf(a, _("%s people newly not covered"), vd_count_text(a, sums->people[VD_COVER_LOST]));
  vd_flow_lines(flow, lost, sheet->title * 0.7, VD_FACE_BOLD, sheet->style.ink, 1);
  vd_flow_space(flow, 1.2 * sheet->u);
  char *hours = vd_str_printf(a,
                              _("Covered: %s of %s person-hours before (%s), %s of %s after (%s); %s gained "
                                "in some places, %s lost in others"),
                              vd_count_text(a, sums->covered_before), vd_count_text(a, sums->threat_before),
                              vd_share_text(a, sums->covered_before, sums->threat_before),
                              vd_count_text(a, sums->covered_after), vd_count_text(a, sums->threat_after),
                              vd_share_text(a, sums->covered_after, sums->threat_after),
                              vd_count_text(a, sums->gained), vd_count_text(a, sums->lost));
  vd_flow_lines(flow, hours, sheet->body, VD_FACE_REGULAR, sheet->style.ink, 5);
  vd_flow_space(flow, sheet->u);
  for (int k = VD_COVER_NONE + 1; k < VD_COVER_COUNT; k++)
    draw_cover_line(sheet, flow, sums, (vd_cover_change)k);
}

void vd_sheet_figures(vd_sheet *sheet, vd_flow *flow) {
  vd_canvas_mark(sheet->canvas, "figures");
  if (!vd_flow_heading(flow, _("Headline figures"))) return;
  if (sheet->options->difference) {
    draw_cover_figures(sheet, flow, sheet->options->difference);
  } else if (sheet->study) {
    draw_study_figures(sheet, flow, vd_study_headline(sheet->study));
  } else {
    draw_plan_figures(sheet, flow);
  }
}

/* ---- short lists ---- */

static double list_line_mm(vd_sheet *sheet) {
  return vd_line_mm(sheet, sheet->small) + 0.3 * sheet->u;
}

static void list_line(vd_sheet *sheet, vd_flow *flow, const char *left, const char *right) {
  double high = list_line_mm(sheet), figure = flow->w * 0.24;
  vd_cell_text(sheet, (vd_rect){flow->x, flow->y, flow->w - figure - sheet->u, high}, left, sheet->small,
               VD_FACE_REGULAR, sheet->style.ink, VD_ANCHOR_LEFT);
  vd_cell_text(sheet, (vd_rect){flow->x + flow->w - figure, flow->y, figure, high}, right, sheet->small,
               VD_FACE_REGULAR, sheet->style.ink, VD_ANCHOR_RIGHT);
  flow->y += high;
}

/* How many of n lines to show under a heading in `room` mm, when at most `most` and a line for the rest are wanted. */
static size_t list_fit(vd_sheet *sheet, size_t n, double room, size_t most) {
  size_t lines = (size_t)fmax(0, floor(room / list_line_mm(sheet) + 1e-6));
  if (n <= lines && n <= most) return n;
  return lines < 2 ? 0 : lines - 1 < most ? lines - 1 : most;
}

static double heading_mm(vd_sheet *sheet) {
  return vd_line_mm(sheet, sheet->head) + 1.4 * sheet->u;
}

static void more_line(vd_sheet *sheet, vd_flow *flow, size_t n, size_t shown) {
  if (n <= shown) return;
  list_line(sheet, flow,
            vd_str_printf(sheet->arena, vd_translate_n("… %zu more", "… %zu more", n - shown), n - shown),
            "");
}

static size_t count_losses(const vd_study *study) {
  size_t n = 0;
  const vd_loss *losses = vd_study_losses(study, &n);
  while (n > 0 && !(losses[n - 1].person_hours > 0)) n--;
  return n;
}

static void list_losses(vd_sheet *sheet, vd_flow *flow, double room, size_t most) {
  size_t n = 0;
  const vd_loss *losses = vd_study_losses(sheet->study, &n);
  n = count_losses(sheet->study);
  size_t shown = list_fit(sheet, n, room - heading_mm(sheet), most);
  if (n == 0 || shown == 0 || !vd_flow_heading(flow, _("Restrictions that cost most, person-hours"))) return;
  for (size_t i = 0; i < shown; i++)
    list_line(sheet, flow, losses[i].name ? losses[i].name : losses[i].id,
              vd_count_text(sheet->arena, losses[i].person_hours));
  more_line(sheet, flow, n, shown);
  vd_flow_space(flow, 1.6 * sheet->u);
}

/* The same two visits at the same place, all their times together. */
typedef struct double_sum {
  const vd_duplicate *first;
  double person_hours;
  int times;
} double_sum;

static int by_person_hours(const void *va, const void *vb) {
  const double_sum *a = va, *b = vb;
  if (a->person_hours != b->person_hours) return a->person_hours > b->person_hours ? -1 : 1;
  return a->first < b->first ? -1 : a->first > b->first;
}

static double_sum *sum_doubles(vd_sheet *sheet, size_t *n) {
  size_t n_all = 0, capacity = 0;
  const vd_duplicate *all = vd_study_duplicates(sheet->study, &n_all);
  double_sum *sums = NULL;
  *n = 0;
  for (size_t i = 0; i < n_all; i++) {
    size_t k = 0;
    for (; k < *n; k++)
      if (vd_str_equal(sums[k].first->patrol_a, all[i].patrol_a) &&
          vd_str_equal(sums[k].first->patrol_b, all[i].patrol_b) &&
          vd_str_equal(sums[k].first->settlement, all[i].settlement))
        break;
    if (k == *n) *VD_PUSH(sheet->arena, sums, *n, capacity) = (double_sum){.first = &all[i]};
    sums[k].person_hours += all[i].person_hours;
    sums[k].times++;
  }
  if (*n > 0) qsort(sums, *n, sizeof *sums, by_person_hours);
  return sums;
}

static void list_doubles(vd_sheet *sheet, vd_flow *flow, double room, size_t most) {
  size_t n = 0;
  double_sum *sums = sum_doubles(sheet, &n);
  size_t shown = list_fit(sheet, n, room - heading_mm(sheet), most);
  if (n == 0 || shown == 0 || !vd_flow_heading(flow, _("Doubled visits, person-hours shared"))) return;
  for (size_t i = 0; i < shown; i++) {
    const vd_duplicate *d = sums[i].first;
    char *text = vd_str_printf(sheet->arena, _("%d × %s: %s and %s"), sums[i].times,
                               d->settlement ? d->settlement : _("Unnamed place"),
                               d->name_a ? d->name_a : "–", d->name_b ? d->name_b : "–");
    list_line(sheet, flow, text, vd_count_text(sheet->arena, sums[i].person_hours));
  }
  more_line(sheet, flow, n, shown);
}

static double one_list_mm(vd_sheet *sheet, size_t n, size_t most) {
  if (n == 0) return 0;
  return heading_mm(sheet) + (double)(n <= most ? n : most + 1) * list_line_mm(sheet) + 1.7 * sheet->u;
}

double vd_sheet_lists_mm(vd_sheet *sheet, size_t most) {
  size_t n_doubles = 0;
  if (!sheet->study || most == 0) return 0;
  sum_doubles(sheet, &n_doubles);
  return one_list_mm(sheet, count_losses(sheet->study), most) + one_list_mm(sheet, n_doubles, most);
}

void vd_sheet_lists(vd_sheet *sheet, vd_flow *flow, size_t most) {
  size_t n_doubles = 0;
  if (!sheet->study || most == 0) return;
  sum_doubles(sheet, &n_doubles);
  double room = vd_flow_room(flow) - one_list_mm(sheet, n_doubles, 1);
  list_losses(sheet, flow, room, most);
  list_doubles(sheet, flow, vd_flow_room(flow), most);
}
