/* merge_info: what the three plans say of themselves, and their grids.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/document.h"
#include "plan/info.h"
#include "plan/merging.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* ---- the plan's own fields ---- */

static const char *or_null(const char *text) {
  return text && *text ? text : NULL;
}

static bool same_title(const vd_plan_info *a, const vd_plan_info *b) {
  return vd_str_equal(a->title, b->title);
}
static const char *title_text(vd_arena *arena, const vd_plan_info *info) {
  (void)arena;
  return or_null(info->title);
}
static void take_title(vd_plan_info *to, const vd_plan_info *from) {
  to->title = from->title;
}

static bool same_area(const vd_plan_info *a, const vd_plan_info *b) {
  return vd_geom_equal(a->area, b->area);
}
static const char *area_text(vd_arena *arena, const vd_plan_info *info) {
  if (vd_geom_empty(info->area)) return NULL;
  vd_box box = vd_geom_box(info->area);
  return vd_str_printf(arena, _("polygon of %d points around %.5f, %.5f"), info->area->n_points,
                       (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2);
}
static void take_area(vd_plan_info *to, const vd_plan_info *from) {
  to->area = from->area;
}

static bool same_offset(const vd_plan_info *a, const vd_plan_info *b) {
  return a->utc_offset_s == b->utc_offset_s;
}
static const char *offset_text(vd_arena *arena, const vd_plan_info *info) {
  return vd_offset_text(arena, info->utc_offset_s);
}
static void take_offset(vd_plan_info *to, const vd_plan_info *from) {
  to->utc_offset_s = from->utc_offset_s;
}

static bool same_window(const vd_plan_info *a, const vd_plan_info *b) {
  return a->from_s == b->from_s && a->to_s == b->to_s;
}
static const char *window_text(vd_arena *arena, const vd_plan_info *info) {
  return vd_str_printf(arena, "%s/%s", vd_time_iso(arena, info->from_s), vd_time_iso(arena, info->to_s));
}
static void take_window(vd_plan_info *to, const vd_plan_info *from) {
  to->from_s = from->from_s, to->to_s = from->to_s;
}

static bool same_cell(const vd_plan_info *a, const vd_plan_info *b) {
  return a->cell_m == b->cell_m;
}
static const char *cell_text(vd_arena *arena, const vd_plan_info *info) {
  return vd_str_printf(arena, "%.10g", info->cell_m);
}
static void take_cell(vd_plan_info *to, const vd_plan_info *from) {
  to->cell_m = from->cell_m;
}

static bool same_season(const vd_plan_info *a, const vd_plan_info *b) {
  return a->season == b->season;
}
static const char *season_text(vd_arena *arena, const vd_plan_info *info) {
  (void)arena;
  return vd_terms_word(&vd_season_terms, info->season);
}
static void take_season(vd_plan_info *to, const vd_plan_info *from) {
  to->season = from->season;
}

static bool same_classification(const vd_plan_info *a, const vd_plan_info *b) {
  return a->classification == b->classification;
}
static const char *classification_text(vd_arena *arena, const vd_plan_info *info) {
  (void)arena;
  return vd_terms_word(&vd_classification_terms, info->classification);
}
static void take_classification(vd_plan_info *to, const vd_plan_info *from) {
  to->classification = from->classification;
}

static bool same_author(const vd_plan_info *a, const vd_plan_info *b) {
  return vd_str_equal(a->author, b->author);
}
static const char *author_text(vd_arena *arena, const vd_plan_info *info) {
  (void)arena;
  return or_null(info->author);
}
static void take_author(vd_plan_info *to, const vd_plan_info *from) {
  to->author = from->author;
}

static bool same_disclaimer(const vd_plan_info *a, const vd_plan_info *b) {
  return vd_str_equal(a->disclaimer, b->disclaimer);
}
static const char *disclaimer_text(vd_arena *arena, const vd_plan_info *info) {
  (void)arena;
  return or_null(info->disclaimer);
}
static void take_disclaimer(vd_plan_info *to, const vd_plan_info *from) {
  to->disclaimer = from->disclaimer;
}

const vd_info_field vd_info_fields[] = {
    {"title", N_("Title"), same_title, title_text, take_title},
    {"area", N_("Area of interest"), same_area, area_text, take_area},
    {"utc_offset", N_("Local time"), same_offset, offset_text, take_offset},
    {"window", N_("Window"), same_window, window_text, take_window},
    {"cell", N_("Cell, m"), same_cell, cell_text, take_cell},
    {"season", N_("Season"), same_season, season_text, take_season},
    {"classification", N_("Classification"), same_classification, classification_text, take_classification},
    {"author", N_("Author"), same_author, author_text, take_author},
    {"disclaimer", N_("Disclaimer"), same_disclaimer, disclaimer_text, take_disclaimer},
};
const int vd_n_info_fields = sizeof vd_info_fields / sizeof *vd_info_fields;

/* ---- grids ---- */

static bool same_value(float a, float b) {
  return a == b || (isnan(a) && isnan(b));
}

bool vd_raster_same(const vd_raster *a, const vd_raster *b) {
  if (a == b) return true;
  if (!a || !b || a->width != b->width || a->height != b->height || !vd_str_equal(a->source, b->source) ||
      !vd_str_equal(a->crs_wkt, b->crs_wkt) ||
      memcmp(a->geotransform, b->geotransform, sizeof a->geotransform) != 0)
    return false;
  size_t n = (size_t)a->width * (size_t)a->height;
  for (size_t i = 0; i < n; i++)
    if (!same_value(a->values[i], b->values[i])) return false;
  return true;
}

const char *vd_raster_text(vd_arena *arena, const vd_raster *raster) {
  if (!raster) return NULL;
  return vd_str_printf(arena, _("grid of %d x %d, %s"), raster->width, raster->height,
                       or_null(raster->source) ? raster->source : _("without a source"));
}

/* ---- merging them ---- */

static vd_conflict *own_conflict(vd_merger *merger, const char *field, const char *label) {
  const void *infos[VD_SIDE_COUNT];
  for (int side = 0; side < VD_SIDE_COUNT; side++) infos[side] = vd_plan_info_lookup(merger->plans[side]);
  const vd_plan_info *mine = infos[VD_SIDE_MINE];
  vd_conflict *made = vd_merger_conflict(merger, VD_CLASH_CHANGED, VD_KIND_COUNT, mine->id, field, infos);
  made->label = mine->title ? mine->title : "";
  made->field_label = label;
  return made;
}

static void merge_raster(vd_merger *merger, vd_raster_kind kind) {
  const vd_raster *of[VD_SIDE_COUNT];
  for (int side = 0; side < VD_SIDE_COUNT; side++) of[side] = vd_plan_raster(merger->plans[side], kind);
  if (vd_raster_same(of[VD_SIDE_MINE], of[VD_SIDE_THEIRS]) ||
      vd_raster_same(of[VD_SIDE_BASE], of[VD_SIDE_THEIRS]))
    return;
  vd_side side = VD_SIDE_THEIRS;
  if (!vd_raster_same(of[VD_SIDE_BASE], of[VD_SIDE_MINE])) {
    vd_conflict *conflict = own_conflict(merger, vd_raster_words[kind], _("Grid"));
    for (int s = 0; s < VD_SIDE_COUNT; s++) {
      conflict->sides[s].text = vd_raster_text(merger->arena, of[s]);
      conflict->sides[s].absent = !of[s];
      if (of[s]) conflict->sides[s].time_s = of[s]->reported_s;
    }
    side = conflict->choice == VD_SIDE_COUNT ? VD_SIDE_MINE : conflict->choice;
  }
  if (vd_raster_same(of[side], of[VD_SIDE_MINE])) return;
  merger->out->raster_changed[kind] = true;
  merger->out->rasters[kind] = of[side];
}

static vd_side own_side(vd_merger *merger, const vd_info_field *field, const vd_plan_info *const of[]) {
  if (field->same(of[VD_SIDE_MINE], of[VD_SIDE_THEIRS]) || field->same(of[VD_SIDE_BASE], of[VD_SIDE_THEIRS]))
    return VD_SIDE_MINE;
  if (field->same(of[VD_SIDE_BASE], of[VD_SIDE_MINE])) return VD_SIDE_THEIRS;
  vd_conflict *conflict = own_conflict(merger, field->name, _(field->label));
  for (int side = 0; side < VD_SIDE_COUNT; side++) {
    conflict->sides[side].text = field->text(merger->arena, of[side]);
    if (field->same == same_area) conflict->sides[side].geom = of[side]->area;
  }
  return conflict->choice == VD_SIDE_COUNT ? VD_SIDE_MINE : conflict->choice;
}

void vd_merge_info(vd_merger *merger) {
  const vd_plan_info *of[VD_SIDE_COUNT];
  for (int side = 0; side < VD_SIDE_COUNT; side++) of[side] = vd_plan_info_lookup(merger->plans[side]);
  vd_plan_info *merged = VD_NEW(merger->arena, vd_plan_info);
  *merged = *of[VD_SIDE_MINE];
  bool changed = false;
  for (int i = 0; i < vd_n_info_fields; i++) {
    vd_side side = own_side(merger, &vd_info_fields[i], of);
    if (side == VD_SIDE_MINE || vd_info_fields[i].same(of[side], of[VD_SIDE_MINE])) continue;
    vd_info_fields[i].take(merged, of[side]);
    changed = true;
  }
  if (changed) merger->out->info = merged;
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++) merge_raster(merger, (vd_raster_kind)kind);
}
