/* panel_details: the headline, a gap, or one place explained.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/mgrs.h"
#include "vedette/report/facts.h"

/* Text set from the top down; a first pass with `draw` false measures it for scrolling. */
typedef struct column {
  vd_app *app;
  vd_ui *ui;
  const vd_theme *theme;
  vd_arena *arena;
  vd_rect rest;
  double used;
  bool draw;
} column;

static vd_rect take(column *c, double height) {
  vd_rect piece = {c->rest.x, c->rest.y + c->used, c->rest.w, height};
  c->used += height;
  return piece;
}

static void space(column *c, double units) {
  c->used += vd_ui_px(c->ui, units);
}

static void lines(column *c, const char *text, vd_paint_text how) {
  vd_rect at = {c->rest.x, c->rest.y + c->used, c->rest.w, 0};
  c->used += vd_ui_paint_lines(c->ui, at, text, how, c->draw) + vd_ui_px(c->ui, 2);
  if (c->draw) vd_ui_node(c->ui, vd_ui_id_of(c->ui, text), VD_ROLE_LABEL, text, NULL, at, 0);
}

static void heading(column *c, const char *text) {
  space(c, 10);
  lines(c, text, (vd_paint_text){.bold = true});
}

static void fact(column *c, const char *label, const char *value) {
  vd_rect row = take(c, vd_ui_px(c->ui, 21));
  if (!c->draw) return;
  double width = vd_ui_text_width(c->ui, value, (vd_paint_text){0});
  vd_rect right = vd_cut_right(&row, fmin(width, row.w * 0.62));
  vd_ui_paint(c->ui, row, label, (vd_paint_text){.color = c->theme->faint_text});
  vd_ui_paint(c->ui, right, value, (vd_paint_text){.align = VD_ALIGN_END});
  vd_ui_node(c->ui, vd_ui_id_of(c->ui, label), VD_ROLE_LABEL, label, value, row, 0);
}

static vd_rgba state_color(const column *c, int state) {
  vd_rgba fill = c->app->map_options.style.state[state].fill;
  return fill ? vd_rgba_mix(fill | 0xffu, VD_WHITE, 0) : c->theme->line;
}

/* A bar in four parts with their words below. */
static void state_bar(column *c, const double hours[VD_STATE_COUNT]) {
  double total = 0;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) total += hours[s];
  vd_rect bar = take(c, vd_ui_px(c->ui, 14));
  for (int s = VD_COVERED; s < VD_STATE_COUNT && c->draw && total > 0; s++)
    vd_ui_fill(c->ui, vd_cut_left(&bar, round(c->rest.w * hours[s] / total)), state_color(c, s));
  space(c, 4);
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) {
    vd_rect row = take(c, vd_ui_px(c->ui, 20));
    if (!c->draw) continue;
    double size = vd_ui_px(c->ui, 11);
    vd_rect box = vd_cut_left(&row, size + vd_ui_px(c->ui, 8));
    vd_ui_fill_round(c->ui, (vd_rect){box.x, box.y + (box.h - size) / 2, size, size}, 2, state_color(c, s));
    const char *share = vd_str_printf(c->arena, "%s   %.0f %%", vd_count_text(c->arena, hours[s]),
                                      total > 0 ? 100 * hours[s] / total : 0);
    vd_ui_paint(c->ui, row, vd_terms_label(&vd_state_terms, s), (vd_paint_text){0});
    vd_ui_paint(c->ui, row, share, (vd_paint_text){.align = VD_ALIGN_END});
    vd_ui_node(c->ui, vd_ui_id_of(c->ui, vd_terms_word(&vd_state_terms, s)), VD_ROLE_LABEL,
               vd_terms_label(&vd_state_terms, s), share, row, 0);
  }
}

/* Seven days of 24 hours, Monday on top. */
static void show_ribbon(column *c, const float *ribbon) {
  static const char *const days[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                     N_("Fri"), N_("Sat"), N_("Sun")};
  double high = vd_ui_px(c->ui, 16), label = vd_ui_px(c->ui, 36);
  vd_paint_text small = {.size = c->theme->small_size, .color = c->theme->faint_text};
  for (int day = 0; day < 7; day++) {
    vd_rect row = take(c, high);
    if (!c->draw) continue;
    vd_ui_paint(c->ui, vd_cut_left(&row, label), _(days[day]), small);
    vd_ui_strip(
        c->ui, vd_inset(row, 0, 2),
        &(vd_strip){ribbon + 24 * day, 24, 6, state_color(c, VD_COVERED), state_color(c, VD_UNCOVERED)});
  }
  vd_rect row = take(c, high);
  if (!c->draw) return;
  vd_cut_left(&row, label);
  for (int hour = 0; hour < 24; hour += 6)
    vd_ui_paint(c->ui, (vd_rect){row.x + row.w * hour / 24, row.y, row.w / 4, row.h},
                vd_str_printf(c->arena, "%02d:00", hour), small);
}

static void show_share(column *c, const char *label, const vd_cover *cover, vd_when when) {
  double share = vd_cover_share(cover, when);
  if (!isnan(share)) fact(c, label, vd_str_printf(c->arena, _("%.0f %% of the time"), 100 * share));
}

/* Gap-hours, and how cover goes through the week. */
static void show_cover(column *c) {
  const vd_cover *cover = &c->app->chosen.cover;
  int32_t offset = vd_plan_info_lookup(c->app->plan)->utc_offset_s;
  if (!c->app->chosen.has_cover || !(cover->people > 0)) return;
  heading(c, _("Covered, hour by hour of the week"));
  show_ribbon(c, cover->ribbon);
  fact(c, _("Gap-hours"),
       vd_str_printf(c->arena, _("%.1f of %.1f h"), cover->gap_hours,
                     vd_cover_hours(cover, VD_WHEN_ALL) / cover->people));
  if (cover->n_gaps > 0) {
    fact(c, _("Gaps in time"), vd_count_text(c->arena, cover->n_gaps));
    fact(c, _("Longest gap"), vd_str_printf(c->arena, "%.1f h", cover->longest_gap_h));
    fact(c, _("Longest gap from"), vd_time_text(c->arena, cover->longest_from_s, offset));
  }
  show_share(c, _("Covered by day"), cover, VD_WHEN_DAY);
  show_share(c, _("Covered by night"), cover, VD_WHEN_NIGHT);
  show_share(c, _("Covered on market days"), cover, VD_WHEN_MARKET);
  show_share(c, _("Covered on other days"), cover, VD_WHEN_OTHER);
}

/* ---- how certain it is ---- */

/* "25 %", or "20–27 %" where best and worst are known and differ. */
static const char *covered_words(const column *c, const vd_sums *sums) {
  double likely = 100 * sums->by_state[VD_COVERED] / sums->person_hours;
  double least = round(100 * sums->least_covered / sums->person_hours),
         most = round(100 * sums->most_covered / sums->person_hours);
  if (isnan(least) || least >= most) return vd_str_printf(c->arena, "%.0f %%", likely);
  return vd_str_printf(c->arena, "%.0f–%.0f %%", least, most);
}

static void show_covered(column *c, const char *label, const vd_sums *sums) {
  if (sums->person_hours > 0)
    fact(c, label,
         vd_str_printf(c->arena, _("%s of %s"), covered_words(c, sums),
                       vd_count_text(c->arena, sums->person_hours)));
}

static void show_certain_hours(column *c, const double hours[VD_CERTAINTY_COUNT]) {
  if (isnan(hours[VD_SURELY_COVERED])) return;
  for (int k = 0; k < VD_CERTAINTY_COUNT; k++)
    fact(c, vd_terms_label(&vd_certainty_terms, k), vd_str_printf(c->arena, "%.1f h", hours[k]));
}

/* "50 min", or "50 min (40–100)": at best and at worst. */
static const char *response_words(const column *c, const vd_reach *reach) {
  const char *likely = vd_duration_text(c->arena, 60 * (reach->route.notice_min + reach->route.travel_min));
  if (isnan(reach->best_min)) return likely;
  const char *worst = isinf(reach->worst_min) ? "…" : vd_str_printf(c->arena, "%.0f", reach->worst_min);
  return vd_str_printf(c->arena, "%s (%.0f–%s)", likely, reach->best_min, worst);
}

/* ---- nothing chosen: the headline ---- */

static void show_headline(column *c, const vd_study *study) {
  const vd_headline *headline = vd_study_headline(study);
  int32_t offset = vd_plan_info_lookup(c->app->plan)->utc_offset_s;
  lines(c, _("Reach and presence"), (vd_paint_text){.bold = true, .size = c->theme->title_size});
  lines(c,
        vd_str_printf(c->arena, _("%s to %s, %s"), vd_time_text(c->arena, headline->from_s, offset),
                      vd_time_text(c->arena, headline->to_s, offset), vd_offset_text(c->arena, offset)),
        (vd_paint_text){.size = c->theme->small_size, .color = c->theme->faint_text});
  if (vd_results_past(c->app->results))
    lines(c, _("Executed patrols only: coverage of the past."), (vd_paint_text){.bold = true});
  space(c, 8);
  fact(c, _("People in the area"), vd_count_text(c->arena, headline->people_total));
  fact(c, _("of them under threat"), vd_count_text(c->arena, headline->all.people));
  fact(c, _("Gaps"), vd_count_text(c->arena, (double)headline->n_gaps));
  heading(c, _("Person-hours under threat"));
  state_bar(c, headline->all.by_state);
  heading(c, _("Covered, by priority"));
  for (int p = VD_PRIORITY_COUNT; p-- > 0;)
    show_covered(c, vd_terms_label(&vd_priority_terms, p), &headline->by_priority[p]);
  show_covered(c, _("All"), &headline->all);
  heading(c, _("Lost to restrictions"));
  if (vd_results_complete(c->app->results)) {
    fact(c, _("Person-hours"), vd_count_text(c->arena, headline->lost_person_hours));
  } else {
    lines(c, _("being worked out"), (vd_paint_text){.color = c->theme->faint_text});
  }
  space(c, 10);
  lines(c,
        vd_str_printf(
            c->arena,
            _("%lld of the figures used have no published source. Reach and presence are not protection."),
            (long long)headline->n_unsourced),
        (vd_paint_text){.size = c->theme->small_size, .color = c->theme->faint_text});
  lines(c, _("Click a gap or any place on the map to have it explained."),
        (vd_paint_text){.size = c->theme->small_size, .color = c->theme->faint_text});
}

/* ---- a gap ---- */

/* The stretches that take the time; short ones are counted. */
static void show_route(column *c, const vd_route *route) {
  int n_short = 0;
  for (size_t i = 0; i < route->n_legs; i++) {
    const vd_leg *leg = &route->legs[i];
    if (leg->minutes < 0.03 * route->travel_min && !leg->slowed_by) {
      n_short++;
      continue;
    }
    const char *way = leg->road ? leg->road : vd_terms_label(&vd_ground_terms, leg->ground);
    const char *text = vd_str_printf(c->arena, "%s, %s, %s%s%s", way, vd_length_text(c->arena, leg->length_m),
                                     vd_duration_text(c->arena, 60 * leg->minutes),
                                     leg->slowed_by ? " — " : "", leg->slowed_by ? leg->slowed_by : "");
    lines(c, text, (vd_paint_text){.size = c->theme->small_size, .color = c->theme->faint_text});
  }
  if (n_short == 0) return;
  const char *text = vd_str_printf(
      c->arena, vd_translate_n("and %d short stretch", "and %d short stretches", (unsigned long)n_short),
      n_short);
  lines(c, text, (vd_paint_text){.size = c->theme->small_size, .color = c->theme->faint_text});
}

static void show_gap(column *c, const vd_study *study, const vd_gap *gap) {
  size_t n;
  const vd_responder *responders = vd_study_responders(study, &n);
  int32_t offset = vd_plan_info_lookup(c->app->plan)->utc_offset_s;
  lines(c, vd_str_printf(c->arena, _("Gap %s"), gap->name),
        (vd_paint_text){.bold = true, .size = c->theme->title_size});
  lines(c,
        vd_str_printf(c->arena, "%s · %s", vd_terms_label(&vd_priority_terms, gap->priority),
                      vd_terms_label(&vd_cause_terms, gap->cause)),
        (vd_paint_text){.color = gap->priority >= VD_MUST ? c->theme->high : c->theme->text});
  space(c, 6);
  fact(c, _("People"), vd_count_text(c->arena, gap->people));
  fact(c, _("Hours not covered"), vd_str_printf(c->arena, "%.0f", gap->hours));
  fact(c, _("Person-hours at risk"), vd_count_text(c->arena, gap->person_hours));
  if (!isnan(gap->least_person_hours))
    fact(c, _("at best and at worst"),
         vd_str_printf(c->arena, "%s–%s", vd_count_text(c->arena, gap->least_person_hours),
                       vd_count_text(c->arena, gap->most_person_hours)));
  fact(c, _("Area"), vd_str_printf(c->arena, "%.0f km²", gap->area_km2));
  fact(c, _("Last visit"),
       gap->last_visit_s == VD_TIME_MIN ? _("unknown") : vd_time_text(c->arena, gap->last_visit_s, offset));
  if (gap->last_visitor) fact(c, _("Last visitor"), gap->last_visitor);
  show_cover(c);
  heading(c, _("Why"));
  for (int cause = 0; cause < VD_CAUSE_COUNT; cause++) {
    if (gap->cause_share[cause] < 0.005) continue;
    fact(c, vd_terms_label(&vd_cause_terms, cause),
         vd_str_printf(c->arena, "%.0f %%", 100 * gap->cause_share[cause]));
  }
  for (size_t i = 0; i < gap->n_restrictions; i++) {
    const vd_restriction *restriction =
        vd_plan_find(vd_results_plan(c->app->results), VD_KIND_RESTRICTION, gap->restrictions[i]);
    if (restriction)
      lines(c,
            vd_str_printf(c->arena, "• %s",
                          restriction->record.name ? restriction->record.name : gap->restrictions[i]),
            (vd_paint_text){.size = c->theme->small_size});
  }
  heading(c, _("What would close it"));
  for (size_t i = 0; i < gap->n_closings; i++)
    lines(c, vd_str_printf(c->arena, "• %s", gap->closings[i].text), (vd_paint_text){0});
  if (gap->n_closings == 0)
    lines(c, _("Nothing that this plan holds."), (vd_paint_text){.color = c->theme->faint_text});
  heading(c, _("Nearest responder"));
  if (gap->responder < 0) {
    lines(c, _("none can get there"), (vd_paint_text){0});
    return;
  }
  double minutes = gap->route.notice_min + gap->route.travel_min;
  fact(c, vd_responder_label(c->arena, &responders[gap->responder]),
       vd_duration_text(c->arena, 60 * minutes));
  show_route(c, &gap->route);
}

/* ---- a place ---- */

/* The states through the window, one strip. */
static void show_spans(column *c, const vd_explanation *place) {
  vd_rect strip = take(c, vd_ui_px(c->ui, 16));
  if (!c->draw || place->n_spans == 0) return;
  int64_t from_s = place->spans[0].from_s, to_s = place->spans[place->n_spans - 1].to_s;
  for (size_t i = 0; i < place->n_spans; i++) {
    const vd_state_span *span = &place->spans[i];
    double x0 = strip.x + strip.w * (double)(span->from_s - from_s) / (double)(to_s - from_s);
    double x1 = strip.x + strip.w * (double)(span->to_s - from_s) / (double)(to_s - from_s);
    vd_ui_fill(c->ui, (vd_rect){x0, strip.y, x1 - x0, strip.h},
               span->state == VD_STATE_NONE ? c->theme->line : state_color(c, span->state));
  }
}

static void show_reaches(column *c, const vd_study *study, const vd_explanation *place, vd_light light,
                         const char *title) {
  size_t n;
  const vd_responder *responders = vd_study_responders(study, &n);
  int shown = 0;
  enum { MOST = 5 };
  heading(c, title);
  for (size_t i = 0; i < place->n_reaches && shown < MOST; i++) {
    const vd_reach *reach = &place->reaches[i];
    if (reach->light != light || reach->unreached) continue;
    fact(c, vd_responder_label(c->arena, &responders[reach->responder]),
         vd_str_printf(c->arena, "%s %s", response_words(c, reach), reach->in_time ? "✓" : ""));
    if (shown++ == 0) show_route(c, &reach->route);
  }
  if (shown == 0) lines(c, _("none can get there"), (vd_paint_text){.color = c->theme->faint_text});
}

static void show_facts_of(column *c, const vd_restriction *restriction) {
  size_t n;
  const vd_fact *facts = vd_restriction_facts(c->arena, vd_results_plan(c->app->results),
                                              vd_results_study(c->app->results), restriction, &n);
  for (size_t i = 0; i < n; i++) fact(c, facts[i].label, facts[i].value);
  space(c, 10);
}

/* What was clicked, when it is a record of the plan. */
static void show_record(column *c) {
  const vd_map_object *object = &c->app->chosen.object;
  if (object->what != VD_OBJECT_RECORD) return;
  const vd_record *record = vd_plan_find(vd_results_plan(c->app->results), object->kind, object->id);
  const char *kind = _(vd_kind_lookup(object->kind)->label);
  if (!record) return;
  const char *text = record->name ? vd_str_printf(c->arena, "%s: %s", kind, record->name) : kind;
  lines(c, text, (vd_paint_text){.bold = true, .color = c->theme->accent});
  if (object->kind == VD_KIND_RESTRICTION) show_facts_of(c, (const vd_restriction *)record);
  if (object->kind == VD_KIND_BASE && !c->app->read_only)
    lines(c, _("Drag it on the map to move it."),
          (vd_paint_text){.size = c->theme->small_size, .color = c->theme->faint_text});
}

static void show_place(column *c, const vd_study *study, const vd_explanation *place) {
  int32_t offset = vd_plan_info_lookup(c->app->plan)->utc_offset_s;
  show_record(c);
  const char *title = place->settlement ? place->settlement : _("A place");
  if (place->settlement && place->settlement_m > 1000)
    title = vd_str_printf(c->arena, _("%s from %s"), vd_length_text(c->arena, place->settlement_m),
                          place->settlement);
  lines(c, title, (vd_paint_text){.bold = true, .size = c->theme->title_size});
  lines(c, vd_coord_text(c->arena, place->lon_deg, place->lat_deg),
        (vd_paint_text){.size = c->theme->small_size, .color = c->theme->faint_text});
  space(c, 6);
  if (place->cell < 0) {
    lines(c, _("Outside the area of this plan."), (vd_paint_text){0});
    return;
  }
  fact(c, _("People in this cell"), vd_count_text(c->arena, place->people));
  fact(c, _("Ground"), vd_terms_label(&vd_ground_terms, place->ground));
  if (!isnan(place->elevation_m))
    fact(c, _("Elevation"), vd_str_printf(c->arena, "%.0f m", place->elevation_m));
  fact(c, _("Threat"),
       place->priority < 0  ? _("none in this window")
       : place->threat_name ? place->threat_name
                            : "–");
  if (place->priority >= 0) {
    fact(c, _("Priority"), vd_terms_label(&vd_priority_terms, place->priority));
    fact(c, _("In time within"), vd_duration_text(c->arena, 60 * place->response_standard_min));
    fact(c, _("Visit at least every"), vd_duration_text(c->arena, 3600 * place->revisit_standard_h));
  }
  fact(c, _("Last visit"),
       place->last_visit_s == VD_TIME_MIN ? _("unknown")
                                          : vd_time_text(c->arena, place->last_visit_s, offset));
  heading(c, _("State through the window"));
  show_spans(c, place);
  show_cover(c);
  show_certain_hours(c, place->certain_hours);
  show_reaches(c, study, place, VD_DAY, _("Who gets here by day"));
  show_reaches(c, study, place, VD_NIGHT, _("Who gets here by night"));
  heading(c, _("Visits in the window"));
  for (size_t i = 0; i < place->n_visits && i < 8; i++)
    fact(c, place->visits[i].name, vd_time_text(c->arena, place->visits[i].from_s, offset));
  if (place->n_visits == 0)
    lines(c, _("none: what happens here is unknown, not quiet"),
          (vd_paint_text){.color = c->theme->faint_text});
  if (place->n_visits > 8)
    lines(c, vd_str_printf(c->arena, _("and %d more"), (int)place->n_visits - 8),
          (vd_paint_text){.color = c->theme->faint_text});
}

/* ---- the panel ---- */

static double content(vd_app *app, vd_rect rect, bool draw) {
  column c = {app, app->ui, vd_ui_theme(app->ui), vd_ui_arena(app->ui), rect, 0, draw};
  const vd_study *study = vd_results_study(app->results);
  size_t n;
  if (!study) return 0;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  if (app->chosen.object.what == VD_OBJECT_GAP && (size_t)app->chosen.object.gap < n) {
    show_gap(&c, study, &gaps[app->chosen.object.gap]);
  } else if (app->chosen.explanation) {
    show_place(&c, study, app->chosen.explanation);
  } else {
    show_headline(&c, study);
  }
  space(&c, 12);
  return c.used;
}

void vd_panel_details(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_fill(ui, rect, theme->panel);
  vd_ui_fill(ui, vd_cut_left(&rect, 1), theme->line);
  rect = vd_inset(rect, vd_ui_px(ui, 14), 0);
  vd_ui_push(ui, "details");
  bool chosen = app->chosen.object.what != VD_OBJECT_NONE || app->chosen.has_place;
  vd_rect head = vd_cut_top(&rect, vd_ui_px(ui, 38)), close = vd_cut_right(&head, vd_ui_px(ui, 26));
  vd_ui_title(ui, head, _("Details"));
  if (chosen && vd_ui_icon_button(ui, vd_inset(close, 0, vd_ui_px(ui, 6)), "close",
                                  _("Back to the whole area"), false, true))
    vd_app_choose_nothing(app);
  double width = rect.w - vd_ui_px(ui, 12), height = content(app, (vd_rect){0, 0, width, 0}, false);
  const char *name = vd_str_printf(vd_ui_arena(ui), "%d %.5f %.5f", app->chosen.object.gap,
                                   app->chosen.lon_deg, app->chosen.lat_deg);
  vd_rect inside = vd_ui_scroll_begin(ui, rect, name, height);
  inside.w = width;
  content(app, inside, true);
  vd_ui_scroll_end(ui);
  vd_ui_pop(ui);
}
