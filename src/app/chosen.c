/* chosen: what the right side explains, and searching for a place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/mgrs.h"

static void start(vd_app *app) {
  vd_arena_free(app->chosen.arena);
  app->chosen = (vd_chosen){.arena = vd_arena_new()};
}

static void explain(vd_app *app, double lon_deg, double lat_deg) {
  const vd_study *study = vd_results_study(app->results);
  app->chosen.lon_deg = lon_deg;
  app->chosen.lat_deg = lat_deg;
  if (!study) return;
  vd_status status = vd_study_explain(study, vd_results_plan(app->results), lon_deg, lat_deg,
                                      app->chosen.arena, &app->chosen.explanation);
  if (status != VD_OK) vd_app_say_failure(app);
}

/* How it is covered through the week: the gap that is chosen, or the place. */
static void cover(vd_app *app) {
  const vd_study *study = vd_results_study(app->results);
  const vd_plan *plan = vd_results_plan(app->results);
  vd_chosen *chosen = &app->chosen;
  if (!study) return;
  chosen->has_cover =
      chosen->object.what == VD_OBJECT_GAP
          ? vd_study_cover_gap(study, plan, chosen->object.gap, &chosen->cover)
          : vd_study_cover_place(study, plan, chosen->lon_deg, chosen->lat_deg, &chosen->cover);
}

void vd_app_choose_nothing(vd_app *app) {
  start(app);
  app->tables[VD_TAB_GAPS].chosen = app->report.rows.chosen = -1;
  vd_ui_ask_again(app->ui);
}

static int64_t row_of(const vd_app *app, int32_t gap) {
  size_t n;
  vd_study_gaps(vd_results_study(app->results), &n);
  for (size_t i = 0; i < n && app->gap_order; i++) {
    if (app->gap_order[i] == gap) return (int64_t)i;
  }
  return -1;
}

void vd_app_choose_gap(vd_app *app, int32_t gap, bool centre) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(vd_results_study(app->results), &n);
  if (gap < 0 || (size_t)gap >= n) return;
  app->report.rows.chosen = -1;
  start(app);
  app->chosen.object = (vd_map_object){.what = VD_OBJECT_GAP, .gap = gap};
  app->tables[VD_TAB_GAPS].chosen = row_of(app, gap);
  explain(app, gaps[gap].lon_deg, gaps[gap].lat_deg);
  cover(app);
  if (centre) vd_mapview_frame(app, vd_map_object_box(vd_results_data(app->results), &app->chosen.object));
  app->show_details = true;
  vd_ui_ask_again(app->ui);
}

void vd_app_choose_place(vd_app *app, double lon_deg, double lat_deg) {
  start(app);
  app->chosen.has_place = true;
  app->tables[VD_TAB_GAPS].chosen = app->report.rows.chosen = -1;
  explain(app, lon_deg, lat_deg);
  cover(app);
  app->show_details = true;
  vd_ui_ask_again(app->ui);
}

/* Numbers of gaps change with every study; a gap is the same when it lies around the same place. */
void vd_app_choose_again(vd_app *app) {
  bool gap = app->chosen.object.what == VD_OBJECT_GAP, place = app->chosen.has_place;
  double lon_deg = app->chosen.lon_deg, lat_deg = app->chosen.lat_deg;
  if (!gap && !place) return;
  vd_map_object object = app->chosen.object;
  vd_arena *kept = app->chosen.arena;
  app->chosen = (vd_chosen){.arena = vd_arena_new(), .has_place = place};
  explain(app, lon_deg, lat_deg);
  if (gap && app->chosen.explanation && app->chosen.explanation->gap >= 0) {
    app->chosen.object = (vd_map_object){.what = VD_OBJECT_GAP, .gap = app->chosen.explanation->gap};
    app->tables[VD_TAB_GAPS].chosen = row_of(app, app->chosen.explanation->gap);
  } else if (object.what == VD_OBJECT_RECORD) {
    object.id = vd_str_dup(app->chosen.arena, object.id);
    app->chosen.object = object;
  }
  cover(app);
  vd_arena_free(kept);
}

/* ---- searching ---- */

static const vd_settlement *find_settlement(const vd_plan *plan, const char *text) {
  const vd_settlement *part = NULL;
  for (size_t i = 0; i < vd_plan_count(plan, VD_KIND_SETTLEMENT); i++) {
    const vd_settlement *settlement = vd_plan_at(plan, VD_KIND_SETTLEMENT, i);
    if (vd_geom_empty(settlement->record.geom)) continue;
    if (vd_str_equal_nocase(settlement->record.name, text)) return settlement;
    bool holds = vd_str_contains_nocase(settlement->record.name, text) ||
                 vd_str_contains_nocase(settlement->other_names, text);
    bool larger = !part || isnan(part->population) || settlement->population > part->population;
    if (holds && larger) part = settlement;
  }
  return part;
}

vd_status vd_app_find_place(vd_app *app, const char *text, double *lon_deg, double *lat_deg) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *wanted = vd_str_trim(arena, text);
  const vd_settlement *settlement = *wanted ? find_settlement(app->plan, wanted) : NULL;
  if (settlement) {
    *lon_deg = settlement->record.geom->xy[0];
    *lat_deg = settlement->record.geom->xy[1];
    return VD_OK;
  }
  if (vd_coord_parse(wanted, lon_deg, lat_deg, NULL) == VD_OK) return VD_OK;
  return vd_fail(
      VD_ERR_NOT_FOUND,
      _("No place of this plan is called “%s”, and it is no coordinates: try 31.58, 4.85 or 36N VL "
        "42800 37150"),
      wanted);
}

static int32_t find_gap(const vd_app *app, const char *name) {
  size_t n;
  const vd_study *study = vd_results_study(app->results);
  const vd_gap *gaps = study ? vd_study_gaps(study, &n) : NULL;
  for (size_t i = 0; gaps && i < n; i++) {
    if (vd_str_equal_nocase(gaps[i].name, name)) return (int32_t)i;
  }
  return -1;
}

vd_status vd_app_select(vd_app *app, const char *text) {
  double lon_deg, lat_deg;
  int32_t gap = find_gap(app, text);
  if (!vd_results_data(app->results)) return vd_fail(VD_ERR_BUSY, _("The map is still being prepared."));
  if (gap >= 0) return vd_app_choose_gap(app, gap, true), VD_OK;
  VD_TRY(vd_app_find_place(app, text, &lon_deg, &lat_deg));
  vd_mapview_centre(app, lon_deg, lat_deg);
  vd_app_choose_place(app, lon_deg, lat_deg);
  return VD_OK;
}
