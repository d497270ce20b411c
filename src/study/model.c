/* model: what a study reads from the plan, copied, put in order and laid on the landscape.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/model.h"

#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/standard.h"

void vd_model_note(vd_model *model, const char *text, int64_t count, double lon_deg, double lat_deg) {
  *VD_PUSH(model->arena, model->notes, model->n_notes, model->notes_capacity) =
      (vd_note){vd_str_dup(model->arena, text), count, lon_deg, lat_deg};
}

/* ---- actors ---- */

static void read_parties(vd_model *model, const vd_plan *plan) {
  size_t n = vd_plan_count(plan, VD_KIND_ACTOR), i = 0;
  model->parties = VD_NEW_ARRAY(model->arena, vd_party, n + 1);
  VD_EACH(plan, VD_KIND_ACTOR, vd_actor, actor) {
    model->parties[i++] = (vd_party){vd_str_dup(model->arena, actor->record.id),
                                     vd_str_dup(model->arena, actor->record.name ? actor->record.name : ""),
                                     actor->kind, actor->counts_as_presence == 1, actor->due_diligence};
  }
  model->parties[n] = (vd_party){"", _("no actor named"), VD_ACTOR_UN_MILITARY, true, 0};
  model->n_parties = n + 1;
}

int32_t vd_model_party(const vd_model *model, const char *id) {
  int32_t last = (int32_t)model->n_parties - 1;
  for (int32_t i = 0; id && *id && i < last; i++) {
    if (vd_str_equal(model->parties[i].id, id)) return i;
  }
  return last;
}

bool vd_beat_plans_with(const vd_beat *beat, int32_t party) {
  if (beat->party == party) return true;
  for (size_t i = 0; i < beat->n_partners; i++) {
    if (beat->partners[i] == party) return true;
  }
  return false;
}

/* ---- bases ---- */

static vd_post read_post(vd_model *model, const vd_base *base) {
  double proximity = base->proximity_m;
  vd_post post = {
      .id = vd_str_dup(model->arena, base->record.id),
      .name = vd_str_dup(model->arena, base->record.name ? base->record.name : ""),
      .party = vd_model_party(model, base->actor),
      .lon_deg = base->record.geom->xy[0],
      .lat_deg = base->record.geom->xy[1],
      .radius_m = proximity >= 0 ? proximity : 0,
      .from_s = base->from_s,
      .to_s = base->to_s,
      .vehicle = base->vehicle,
      .responds = base->has_reaction_force == 1,
      .notice_s = {[VD_DAY] = base->notice_day_min * 60, [VD_NIGHT] = base->notice_night_min * 60}};
  post.xy_m[0] = post.lon_deg, post.xy_m[1] = post.lat_deg;
  vd_transform_forward(model->to_plane, post.xy_m, 1);
  return post;
}

/* Bases of actors that count as presence; positions of others are never counted as cover. */
static void read_posts(vd_model *model, const vd_plan *plan) {
  size_t capacity = 0;
  int64_t n_unnamed = 0, n_outside = 0;
  const vd_post *first_outside = NULL;
  VD_EACH(plan, VD_KIND_BASE, vd_base, base) {
    if (vd_geom_empty(base->record.geom) || base->from_s >= base->to_s) continue;
    /* A host force's position is never cover, even where its patrols count as presence. */
    if (vd_str_equal(base->base_class, "host_force_position")) continue;
    vd_post post = read_post(model, base);
    if (!model->parties[post.party].counts || post.to_s <= model->seen_from_s || post.from_s >= model->to_s)
      continue;
    if (post.from_s < model->to_s && post.to_s > model->from_s) model->n_bases++;
    n_unnamed += post.party == (int32_t)model->n_parties - 1;
    *VD_PUSH(model->arena, model->posts, model->n_posts, capacity) = post;
    if (post.responds && vd_grid_cell(&model->land->grid, post.xy_m[0], post.xy_m[1]) < 0 &&
        n_outside++ == 0) {
      first_outside = &model->posts[model->n_posts - 1];
    }
    vd_epochs_cut(model->epochs, post.from_s);
    vd_epochs_cut(model->epochs, post.to_s);
  }
  if (n_unnamed > 0) {
    vd_model_note(model, _("Bases name no actor: they are counted as presence."), n_unnamed, NAN, NAN);
  }
  if (first_outside) {
    vd_model_note(model,
                  _("Bases with a reaction force lie outside the grid: only their helicopters are counted."),
                  n_outside, first_outside->lon_deg, first_outside->lat_deg);
  }
}

/* ---- threat areas ---- */

static int32_t perpetrator_of(const char *word) {
  for (int32_t i = 0; word && vd_perpetrator_words[i]; i++) {
    if (vd_str_equal(vd_perpetrator_words[i], word)) return i;
  }
  return -1;
}

static vd_status read_danger(vd_model *model, const vd_threat_area *threat, vd_danger *danger) {
  *danger = (vd_danger){.id = vd_str_dup(model->arena, threat->record.id),
                        .name = vd_str_dup(model->arena, threat->record.name ? threat->record.name : ""),
                        .priority = (uint8_t)threat->priority,
                        .perpetrator = perpetrator_of(threat->perpetrator_class)};
  const vd_geom *geom = threat->record.geom;
  if (!vd_geom_empty(geom) && geom->type == VD_GEOM_POLYGON) {
    danger->plane = vd_land_to_plane_geom(model->arena, model->to_plane, geom);
  }
  VD_TRY(vd_threat_active(model->arena, threat, model->utc_offset_s, model->from_s, model->to_s,
                          &danger->pairs, &danger->n_pairs));
  for (size_t i = 0; i < 2 * danger->n_pairs; i++) vd_epochs_cut(model->epochs, danger->pairs[i]);
  return VD_OK;
}

static vd_status read_dangers(vd_model *model, const vd_plan *plan) {
  model->dangers = VD_NEW_ARRAY(model->arena, vd_danger, vd_plan_count(plan, VD_KIND_THREAT_AREA) + 1);
  VD_EACH(plan, VD_KIND_THREAT_AREA, vd_threat_area, threat) {
    VD_TRY(read_danger(model, threat, &model->dangers[model->n_dangers++]));
  }
  return VD_OK;
}

/* What was to be looked at again by now is taken as it stands. */
static void note_reviews(vd_model *model, const vd_plan *plan) {
  int64_t n = 0;
  size_t d = 0;
  VD_EACH(plan, VD_KIND_THREAT_AREA, vd_threat_area, threat) {
    n += model->dangers[d++].n_pairs > 0 && threat->review_s <= model->from_s;
  }
  if (n > 0) {
    vd_model_note(
        model, _("Threat areas were to be reviewed before the window begins: they are taken as they stand."),
        n, NAN, NAN);
  }
}

/* When all cuts are made the active times become runs of epochs. */
static void runs_of_dangers(vd_model *model) {
  for (size_t i = 0; i < model->n_dangers; i++) {
    vd_danger *danger = &model->dangers[i];
    for (size_t k = 0; k < danger->n_pairs; k++) {
      vd_runs_add(model->arena, &danger->runs,
                  vd_epochs_between(model->epochs, danger->pairs[2 * k], danger->pairs[2 * k + 1]));
    }
  }
}

/* ---- settlements ---- */

static void read_towns(vd_model *model, const vd_plan *plan) {
  model->towns = VD_NEW_ARRAY(model->arena, vd_town, vd_plan_count(plan, VD_KIND_SETTLEMENT) + 1);
  VD_EACH(plan, VD_KIND_SETTLEMENT, vd_settlement, s) {
    if (!s->record.name || !*s->record.name || vd_geom_empty(s->record.geom)) continue;
    vd_town town = {vd_str_dup(model->arena, s->record.name),
                    s->record.geom->xy[0],
                    s->record.geom->xy[1],
                    {s->record.geom->xy[0], s->record.geom->xy[1]}};
    vd_transform_forward(model->to_plane, town.xy_m, 1);
    model->towns[model->n_towns++] = town;
  }
}

int32_t vd_model_nearest_town(const vd_model *model, const double *lonlat, const double *xy_m,
                              double *distance_m) {
  double best = INFINITY;
  int32_t nearest = -1;
  for (size_t i = 0; i < model->n_towns; i++) {
    double d = vd_plane_distance_m(xy_m[0], xy_m[1], model->towns[i].xy_m[0], model->towns[i].xy_m[1]);
    if (d < best) best = d, nearest = (int32_t)i;
  }
  if (!distance_m) return nearest;
  *distance_m = nearest < 0 ? NAN
                            : vd_geodesic_distance_m(model->towns[nearest].lon_deg,
                                                     model->towns[nearest].lat_deg, lonlat[0], lonlat[1]);
  return nearest;
}

/* ---- all ---- */

static vd_status choose_window(vd_model *model, const vd_plan *plan, const vd_study_options *options) {
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  bool own = options->from_s != 0 || options->to_s != 0;
  model->from_s = own ? options->from_s : info->from_s;
  model->to_s = own ? options->to_s : info->to_s;
  if (model->from_s >= model->to_s || model->from_s == VD_TIME_MIN || model->to_s == VD_TIME_MAX) {
    return vd_fail(VD_ERR_INPUT, _("The window has no length; set its start and end."));
  }
  if (model->to_s - model->from_s > 400 * (int64_t)VD_DAY_S) {
    return vd_fail(VD_ERR_LIMIT, _("The window is longer than 400 days; choose a shorter one."));
  }
  return VD_OK;
}

static vd_status read_all(vd_model *model, const vd_plan *plan) {
  vd_model_read_figures(model, plan);
  int64_t longest = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    if (model->figures.revisit_s[p] > longest) longest = model->figures.revisit_s[p];
  }
  if (model->look_back_s > longest) longest = model->look_back_s;
  model->seen_from_s = model->from_s - longest - 1;
  read_parties(model, plan);
  read_towns(model, plan);
  read_posts(model, plan);
  VD_TRY(read_dangers(model, plan));
  note_reviews(model, plan);
  VD_TRY(vd_model_read_bars(model, plan));
  VD_TRY(vd_model_read_beats(model, plan));
  vd_epochs_finish(model->epochs, &model->figures.day);
  runs_of_dangers(model);
  if (model->n_unsourced > 0) {
    vd_model_note(model, _("Figures of the plan's tables have no published source (marked unsourced)."),
                  model->n_unsourced, NAN, NAN);
  }
  return VD_OK;
}

static vd_model *model_new(const vd_plan *plan, const vd_landscape *land, vd_arena *arena) {
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  vd_model *model = VD_NEW(arena, vd_model);
  *model = (vd_model){
      .arena = arena, .land = land, .season = (vd_season)info->season, .utc_offset_s = info->utc_offset_s};
  return model;
}

static vd_status read_in_plane(vd_model *model, const vd_plan *plan) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_plane = NULL;
  VD_TRY(vd_transform_plane(model->land->lon_deg, model->land->lat_deg, &to_plane));
  model->to_plane = to_plane;
  VD_TRY(read_all(model, plan));
  model->to_plane = NULL;
  return VD_OK;
}

vd_status vd_model_read(const vd_plan *plan, const vd_landscape *land, const vd_study_options *options,
                        const vd_progress *progress, vd_arena *arena, vd_model **out) {
  VD_TRY(vd_progress_step(progress, _("Reading the plan"), 0, 0));
  vd_model *model = *out = model_new(plan, land, arena);
  model->past = options->past;
  VD_TRY(choose_window(model, plan, options));
  model->epochs = vd_epochs_new(arena, model->from_s, model->to_s);
  VD_TRY(read_in_plane(model, plan));
  if (options->assumed == VD_CASE_LIKELY) return VD_OK;
  *out = vd_model_vary(model, options->assumed, arena);
  (*out)->notes = model->notes;
  (*out)->n_notes = model->n_notes, (*out)->notes_capacity = model->notes_capacity;
  return VD_OK;
}

vd_status vd_model_read_history(const vd_plan *plan, const vd_landscape *land, int64_t from_s, int64_t to_s,
                                int64_t look_back_s, const vd_progress *progress, vd_arena *arena,
                                vd_model **out) {
  VD_TRY(vd_progress_step(progress, _("Reading the plan"), 0, 0));
  vd_model *model = *out = model_new(plan, land, arena);
  model->from_s = from_s, model->to_s = to_s, model->look_back_s = look_back_s;
  /* An empty span of epochs: cuts fall outside of it. */
  model->epochs = vd_epochs_new(arena, from_s, from_s);
  return read_in_plane(model, plan);
}

static vd_status read_patrols_in_plane(vd_model *model, const vd_plan *plan) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_plane = NULL;
  VD_TRY(vd_transform_plane(model->land->lon_deg, model->land->lat_deg, &to_plane));
  model->to_plane = to_plane;
  vd_model_read_figures(model, plan);
  read_parties(model, plan);
  read_towns(model, plan);
  VD_TRY(vd_model_read_bars(model, plan));
  VD_TRY(vd_model_read_beats(model, plan));
  model->to_plane = NULL;
  return VD_OK;
}

vd_status vd_model_read_patrols(const vd_plan *plan, const vd_landscape *land,
                                const vd_study_options *options, int64_t look_back_s, vd_arena *arena,
                                vd_model **out) {
  vd_model *model = *out = model_new(plan, land, arena);
  model->past = options->past, model->all_states = true;
  VD_TRY(choose_window(model, plan, options));
  model->seen_from_s = model->from_s - look_back_s;
  model->epochs = vd_epochs_new(arena, model->from_s, model->from_s); /* nothing lies in it */
  return read_patrols_in_plane(model, plan);
}
