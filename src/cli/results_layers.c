/* results_layers: cells, gaps, responders and duplicates as layers for other programs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "cli/results_words.h"
#include "cli/study_out.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/vector.h"

/* A layer being filled: fields are named once, values pushed in their order. */
typedef struct filling {
  vd_arena *arena;
  vd_write_layer layer;
  vd_write_feature *features;
  vd_value *at; /* of the feature being filled */
} filling;

static filling start(vd_arena *arena, const char *name, vd_geom_type geometry, const vd_vector_field *fields,
                     int n_fields, size_t n) {
  filling f = {.arena = arena, .features = VD_NEW_ARRAY(arena, vd_write_feature, n + 1)};
  f.layer = (vd_write_layer){
      .name = name, .geometry = geometry, .n_fields = n_fields, .fields = fields, .features = f.features};
  return f;
}

static void add_feature(filling *f, const vd_geom *geom) {
  f->at = VD_NEW_ARRAY(f->arena, vd_value, f->layer.n_fields);
  f->features[f->layer.n_features++] = (vd_write_feature){geom, f->at};
}

static void put_text(filling *f, const char *text) {
  if (text) *f->at = (vd_value){.type = VD_VALUE_TEXT, .text = text};
  f->at++;
}

static void put_real(filling *f, double value, int decimals) {
  double scale = pow(10, decimals);
  if (isfinite(value)) {
    double rounded = round(value * scale) / scale;
    vd_buf text = {.arena = f->arena};
    vd_buf_add_number(&text, rounded, decimals);
    *f->at = (vd_value){.type = VD_VALUE_REAL, .text = text.text, .real = rounded};
  }
  f->at++;
}

static void put_whole(filling *f, int64_t value) {
  *f->at++ = (vd_value){.type = VD_VALUE_INT,
                        .text = vd_str_printf(f->arena, "%lld", (long long)value),
                        .whole = value,
                        .real = (double)value};
}

static void put_time(filling *f, int64_t time_s) {
  if (time_s != VD_TIME_MIN && time_s != VD_TIME_MAX)
    *f->at = (vd_value){.type = VD_VALUE_TIME, .text = vd_time_iso(f->arena, time_s), .whole = time_s};
  f->at++;
}

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

/* ---- cells ---- */

static const vd_vector_field cell_fields[] = {
    {"cell", VD_VALUE_INT},
    {"people", VD_VALUE_REAL},
    {"priority", VD_VALUE_TEXT},
    {"threat_area", VD_VALUE_TEXT},
    {"state", VD_VALUE_TEXT},
    {"cause", VD_VALUE_TEXT},
    {"gap", VD_VALUE_TEXT},
    {"hours_covered", VD_VALUE_REAL},
    {"hours_reach_only", VD_VALUE_REAL},
    {"hours_presence_only", VD_VALUE_REAL},
    {"hours_uncovered", VD_VALUE_REAL},
    {"response_min", VD_VALUE_REAL},
    {"responder", VD_VALUE_TEXT},
    {"last_visit", VD_VALUE_TIME},
    {"certainty", VD_VALUE_TEXT},
    {"hours_surely_covered", VD_VALUE_REAL},
    {"hours_maybe_covered", VD_VALUE_REAL},
    {"hours_not_covered", VD_VALUE_REAL},
};

static vd_geom *cell_square(vd_arena *arena, const vd_landscape *landscape, int32_t cell) {
  const vd_grid *grid = vd_landscape_grid(landscape);
  double x, y, h = grid->cell_m / 2;
  vd_grid_centre(grid, cell, &x, &y);
  double corners[8] = {x - h, y - h, x + h, y - h, x + h, y + h, x - h, y + h};
  vd_landscape_to_lonlat(landscape, corners, corners, 4);
  return vd_geom_ring(arena, corners, 4);
}

static const char *responder_name(const vd_study *study, int32_t responder) {
  size_t n;
  const vd_responder *all = vd_study_responders(study, &n);
  return responder >= 0 && (size_t)responder < n ? all[responder].name : NULL;
}

static const char *threat_name(const vd_plan *plan, int32_t threat) {
  if (threat < 0 || (size_t)threat >= vd_plan_count(plan, VD_KIND_THREAT_AREA)) return NULL;
  return ((const vd_threat_area *)vd_plan_at(plan, VD_KIND_THREAT_AREA, (size_t)threat))->record.name;
}

static void put_cell(filling *f, const vd_studied *studied, const vd_study_cell *cell) {
  size_t n_gaps;
  const vd_gap *gaps = vd_study_gaps(studied->study, &n_gaps);
  add_feature(f, cell_square(f->arena, studied->landscape, cell->cell));
  put_whole(f, cell->cell);
  put_real(f, (double)cell->people, 3);
  put_text(f, vd_terms_word(&vd_priority_terms, cell->priority));
  put_text(f, threat_name(studied->plan, cell->threat));
  put_text(f, vd_terms_word(&vd_state_terms, cell->state));
  put_text(f, cell->cause < VD_CAUSE_COUNT ? vd_terms_word(&vd_cause_terms, cell->cause) : NULL);
  put_text(f, cell->gap >= 0 && (size_t)cell->gap < n_gaps ? gaps[cell->gap].name : NULL);
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) put_real(f, cell->hours[s], 4);
  put_real(f, (double)cell->best_response_min, 2);
  put_text(f, responder_name(studied->study, cell->best_responder));
  put_time(f, cell->last_visit_s);
  put_text(f,
           cell->certainty < VD_CERTAINTY_COUNT ? vd_terms_word(&vd_certainty_terms, cell->certainty) : NULL);
  for (int c = 0; c < VD_CERTAINTY_COUNT; c++) put_real(f, cell->certain_hours[c], 4);
}

static vd_write_layer cells_layer(const vd_studied *studied, vd_arena *arena) {
  size_t n;
  const vd_study_cell *cells = vd_study_cells(studied->study, &n);
  filling f = start(arena, "cells", VD_GEOM_POLYGON, cell_fields, N_OF(cell_fields), n);
  for (size_t i = 0; i < n; i++) put_cell(&f, studied, &cells[i]);
  return f.layer;
}

/* ---- gaps ---- */

static const vd_vector_field gap_fields[] = {
    {"name", VD_VALUE_TEXT},
    {"rank", VD_VALUE_INT},
    {"priority", VD_VALUE_TEXT},
    {"cause", VD_VALUE_TEXT},
    {"people", VD_VALUE_REAL},
    {"hours", VD_VALUE_REAL},
    {"person_hours", VD_VALUE_REAL},
    {"weighted_person_hours", VD_VALUE_REAL},
    {"share_beyond_reach", VD_VALUE_REAL},
    {"share_denied", VD_VALUE_REAL},
    {"share_outside_hours", VD_VALUE_REAL},
    {"share_visited_seldom", VD_VALUE_REAL},
    {"share_duplicated", VD_VALUE_REAL},
    {"cells", VD_VALUE_INT},
    {"area_km2", VD_VALUE_REAL},
    {"settlement", VD_VALUE_TEXT},
    {"settlement_m", VD_VALUE_REAL},
    {"settlement_azimuth_deg", VD_VALUE_REAL},
    {"responder", VD_VALUE_TEXT},
    {"response_min", VD_VALUE_REAL},
    {"last_visit", VD_VALUE_TIME},
    {"last_visitor", VD_VALUE_TEXT},
    {"closing", VD_VALUE_TEXT},
    {"closing_share", VD_VALUE_REAL},
    {"person_hours_at_best", VD_VALUE_REAL},
    {"person_hours_at_worst", VD_VALUE_REAL},
};
_Static_assert(VD_CAUSE_COUNT == 5, "a field for the share of every cause");

static void put_gap_help(filling *f, const vd_studied *studied, const vd_gap *gap) {
  put_text(f, gap->settlement);
  put_real(f, gap->settlement ? gap->settlement_m : NAN, 0);
  put_real(f, gap->settlement ? vd_azimuth_round(gap->settlement_azimuth_deg) : NAN, 0);
  put_text(f, responder_name(studied->study, gap->responder));
  put_real(f, gap->responder >= 0 ? gap->route.notice_min + gap->route.travel_min : NAN, 1);
  put_time(f, gap->last_visit_s);
  put_text(f, gap->last_visitor);
  put_text(f, gap->n_closings ? gap->closings[0].text : NULL);
  put_real(f, gap->n_closings ? gap->closings[0].share : NAN, 4);
  put_real(f, gap->least_person_hours, 1);
  put_real(f, gap->most_person_hours, 1);
}

static void put_gap(filling *f, const vd_studied *studied, const vd_gap *gap, int64_t rank) {
  put_text(f, gap->name);
  put_whole(f, rank);
  put_text(f, vd_terms_word(&vd_priority_terms, gap->priority));
  put_text(f, vd_terms_word(&vd_cause_terms, gap->cause));
  put_real(f, gap->people, 1);
  put_real(f, gap->hours, 2);
  put_real(f, gap->person_hours, 1);
  put_real(f, gap->weighted_person_hours, 1);
  for (int c = 0; c < VD_CAUSE_COUNT; c++) put_real(f, gap->cause_share[c], 4);
  put_whole(f, gap->n_cells);
  put_real(f, gap->area_km2, 3);
  put_gap_help(f, studied, gap);
}

/* Outlines for maps, the most peopled place for tables. */
static vd_write_layer gaps_layer(const vd_studied *studied, vd_arena *arena, bool outlines) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(studied->study, &n);
  filling f =
      start(arena, "gaps", outlines ? VD_GEOM_POLYGON : VD_GEOM_POINT, gap_fields, N_OF(gap_fields), n);
  for (size_t i = 0; i < n; i++) {
    add_feature(&f, outlines ? gaps[i].outline : vd_geom_point(arena, gaps[i].lon_deg, gaps[i].lat_deg));
    put_gap(&f, studied, &gaps[i], (int64_t)i + 1);
  }
  return f.layer;
}

/* ---- responders and duplicates ---- */

static const vd_vector_field responder_fields[] = {
    {"kind", VD_VALUE_TEXT},  {"id", VD_VALUE_TEXT},      {"name", VD_VALUE_TEXT},
    {"actor", VD_VALUE_TEXT}, {"vehicle", VD_VALUE_TEXT},
};

static vd_write_layer responders_layer(const vd_studied *studied, vd_arena *arena) {
  size_t n;
  const vd_responder *all = vd_study_responders(studied->study, &n);
  filling f = start(arena, "responders", VD_GEOM_POINT, responder_fields, N_OF(responder_fields), n);
  for (size_t i = 0; i < n; i++) {
    if (all[i].on_the_way) continue;
    add_feature(&f, vd_geom_point(arena, all[i].lon_deg, all[i].lat_deg));
    put_text(&f, vd_kind_lookup(all[i].kind)->table);
    put_text(&f, all[i].id);
    put_text(&f, all[i].name);
    put_text(&f, all[i].actor_name);
    put_text(&f, vd_terms_word(&vd_vehicle_terms, all[i].vehicle));
  }
  return f.layer;
}

static const vd_vector_field duplicate_fields[] = {
    {"patrol_a", VD_VALUE_TEXT},     {"name_a", VD_VALUE_TEXT},  {"actor_a", VD_VALUE_TEXT},
    {"patrol_b", VD_VALUE_TEXT},     {"name_b", VD_VALUE_TEXT},  {"actor_b", VD_VALUE_TEXT},
    {"from_time", VD_VALUE_TIME},    {"to_time", VD_VALUE_TIME}, {"settlement", VD_VALUE_TEXT},
    {"person_hours", VD_VALUE_REAL},
};

static vd_write_layer duplicates_layer(const vd_studied *studied, vd_arena *arena) {
  size_t n;
  const vd_duplicate *all = vd_study_duplicates(studied->study, &n);
  filling f = start(arena, "duplicates", VD_GEOM_POINT, duplicate_fields, N_OF(duplicate_fields), n);
  for (size_t i = 0; i < n; i++) {
    add_feature(&f, vd_geom_point(arena, all[i].lon_deg, all[i].lat_deg));
    put_text(&f, all[i].patrol_a), put_text(&f, all[i].name_a), put_text(&f, all[i].actor_a);
    put_text(&f, all[i].patrol_b), put_text(&f, all[i].name_b), put_text(&f, all[i].actor_b);
    put_time(&f, all[i].from_s), put_time(&f, all[i].to_s);
    put_text(&f, all[i].settlement);
    put_real(&f, all[i].person_hours, 1);
  }
  return f.layer;
}

/* ---- what changed from one study to another ---- */

static const vd_vector_field cover_fields[] = {
    {"cell", VD_VALUE_INT},
    {"change", VD_VALUE_TEXT},
    {"people", VD_VALUE_REAL},
    {"priority", VD_VALUE_TEXT},
    {"state_before", VD_VALUE_TEXT},
    {"state_after", VD_VALUE_TEXT},
    {"hours_covered_before", VD_VALUE_REAL},
    {"hours_covered_after", VD_VALUE_REAL},
    {"hours_threat_before", VD_VALUE_REAL},
    {"hours_threat_after", VD_VALUE_REAL},
};

vd_status vd_results_write_cover(const vd_studied *after, const vd_study_difference *difference,
                                 const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  filling f =
      start(arena, "coverage_change", VD_GEOM_POLYGON, cover_fields, N_OF(cover_fields), difference->n_cells);
  for (size_t i = 0; i < difference->n_cells; i++) {
    const vd_cover_cell *cell = &difference->cells[i];
    add_feature(&f, cell_square(arena, after->landscape, cell->cell));
    put_whole(&f, cell->cell);
    put_text(&f, vd_terms_word(&vd_cover_terms, cell->cover));
    put_real(&f, (double)cell->people, 3);
    put_text(&f, vd_terms_word(&vd_priority_terms, cell->priority));
    put_text(&f, cell->before != VD_STATE_NONE ? vd_terms_word(&vd_state_terms, cell->before) : NULL);
    put_text(&f, cell->after != VD_STATE_NONE ? vd_terms_word(&vd_state_terms, cell->after) : NULL);
    put_real(&f, cell->covered_before_h, 4);
    put_real(&f, cell->covered_after_h, 4);
    put_real(&f, cell->threat_before_h, 4);
    put_real(&f, cell->threat_after_h, 4);
  }
  return vd_vector_write(path, &f.layer, 1, &after->cli->progress);
}

vd_status vd_results_write_layers(const vd_studied *studied, const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_progress *progress = &studied->cli->progress;
  if (!vd_str_ends_nocase(path, ".gpkg")) {
    vd_write_layer gaps = gaps_layer(studied, arena, !vd_str_ends_nocase(path, ".csv"));
    return vd_vector_write(path, &gaps, 1, progress);
  }
  vd_write_layer layers[] = {cells_layer(studied, arena), gaps_layer(studied, arena, true),
                             responders_layer(studied, arena), duplicates_layer(studied, arena)};
  return vd_vector_write(path, layers, sizeof layers / sizeof *layers, progress);
}
