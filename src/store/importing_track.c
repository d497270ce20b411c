/* importing_track: what receivers recorded as executed patrols, each with the planned departure that it drove.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/execution.h"
#include "vedette/plan/standard.h"

enum { MOST_FIXES = 5000000, MOST_TOLD = 20 };

typedef struct raw_track {
  vd_fix *fixes;
  size_t n, capacity;
} raw_track;

typedef struct track_taking {
  vd_taking taking;  /* first: the taker reaches the rest through it */
  vd_arena *arena;   /* of the fixes */
  raw_track *tracks; /* by their number in the file */
  size_t n, capacity, n_fixes;
  vd_planned_list planned;
  vd_match_rules rules;
  /* the track at hand */
  vd_arena *own;
  const raw_track *raw;
  vd_buf told;
  size_t n_told;
} track_taking;

/* ---- reading the fixes ---- */

static vd_status note_fix(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  track_taking *all = context;
  int track = vd_vector_field_find(layer, "track_fid"), time = vd_vector_field_find(layer, "time");
  const vd_value *number = track >= 0 ? &feature->values[track] : NULL;
  const vd_value *when = time >= 0 ? &feature->values[time] : NULL;
  if (!number || number->type == VD_VALUE_NONE || number->whole < 0 || number->whole > MOST_FIXES)
    return VD_OK;
  if (all->n_fixes++ >= MOST_FIXES)
    return vd_fail(VD_ERR_LIMIT, _("%s: more than %d points; cut the file into several."), all->taking.file,
                   (int)MOST_FIXES);
  while (all->n <= (size_t)number->whole)
    *VD_PUSH(all->arena, all->tracks, all->n, all->capacity) = (raw_track){0};
  raw_track *to = &all->tracks[number->whole];
  vd_fix fix = {NAN, NAN, when && when->type == VD_VALUE_TIME ? when->whole : VD_TIME_MIN};
  if (!vd_geom_empty(feature->geom)) fix.lon_deg = feature->geom->xy[0], fix.lat_deg = feature->geom->xy[1];
  *VD_PUSH(all->arena, to->fixes, to->n, to->capacity) = fix;
  return VD_OK;
}

/* ---- what is said of a track ---- */

static void note_count(const vd_taking *t, int64_t count, const char *reason, const char *name) {
  if (count == 0) return;
  vd_taking_note(t, reason, vd_str_printf(t->arena, "%s: %lld", name, (long long)count));
}

static void note_cleaning(const vd_taking *t, const vd_cleaning *cleaned, const vd_track *track,
                          const char *name) {
  note_count(t, cleaned->n_untimed, _("points of a track without a time or place: left out"), name);
  note_count(t, cleaned->n_repeated, _("points of a track in one second: the first is taken"), name);
  note_count(t, cleaned->n_backward, _("points of a track that go back in time: left out"), name);
  note_count(t, cleaned->n_too_fast, _("points of a track that nobody could have reached: left out"), name);
  if (track->n_gaps > 0)
    vd_taking_note(t, _("gaps in a track (more than 10 minutes and 100 m): nothing is known of them"),
                   vd_str_printf(t->arena, _("%s: %d, %s together"), name, (int)track->n_gaps,
                                 vd_duration_text(t->arena, (double)track->gap_s)));
  if (track->off_m > VD_TRACK_OFF_M)
    vd_taking_note(t, _("a very long track: simplified more than others"),
                   vd_str_printf(t->arena, "%s: %.0f m", name, track->off_m));
}

static const char *departure_words(const track_taking *all, const vd_planned *planned, int64_t departure_s) {
  vd_arena *arena = all->own;
  return vd_str_printf(arena, _("“%s” of %s"), vd_record_label(arena, VD_KIND_PATROL, planned->patrol),
                       vd_time_text(arena, departure_s, all->planned.utc_offset_s));
}

static const char *late_words(vd_arena *arena, double minutes) {
  if (!isfinite(minutes) || fabs(minutes) < 0.5) return _("on time");
  const char *how = vd_duration_text(arena, 60 * fabs(minutes));
  return minutes > 0 ? vd_str_printf(arena, _("%s late"), how) : vd_str_printf(arena, _("%s early"), how);
}

/* Planned against done, one line a track: the report's own line on the file. */
static void tell(track_taking *all, const char *line) {
  vd_buf *told = &all->told;
  if (all->n_told++ < MOST_TOLD) vd_buf_printf(told, "%s%s", told->n > 0 ? "\n  " : "", line);
}

static void tell_execution(track_taking *all, const char *name, const vd_trace *trace,
                           const vd_match *match) {
  const vd_planned *planned = match->planned;
  vd_arena *arena = all->own;
  vd_stop_done *stops = VD_NEW_ARRAY(arena, vd_stop_done, planned->n_stops + 1);
  vd_trace_stops(trace, planned, match->departure_s, all->rules.near_m, stops);
  size_t n_reached = 0, n_not_driven = vd_legs_not_driven(stops, planned->n_stops);
  double latest_min = NAN;
  for (size_t i = 0; i < planned->n_stops; i++) {
    n_reached += stops[i].reached;
    if (isfinite(stops[i].late_min) && !(stops[i].late_min <= latest_min)) latest_min = stops[i].late_min;
  }
  double left_min = (double)(trace->time_s[0] - match->departure_s) / VD_MINUTE_S;
  tell(all,
       vd_str_printf(arena,
                     planned->n_stops == 0 || planned->stops[0].id
                         ? _("%s drove %s: left %s; %zu of %zu stops reached, latest arrival %s; %zu of %zu "
                             "legs not driven")
                         : _("%s drove %s: left %s; %zu of %zu places of its route reached, latest arrival "
                             "%s; %zu of %zu "
                             "legs not driven"),
                     name, departure_words(all, planned, match->departure_s), late_words(arena, left_min),
                     n_reached, planned->n_stops, late_words(arena, latest_min), n_not_driven,
                     planned->n_stops > 0 ? planned->n_stops - 1 : 0));
}

/* ---- the departure it drove ---- */

static void take_over(vd_patrol *patrol, const vd_patrol *planned) {
  patrol->record.classification = planned->record.classification;
  patrol->actor = planned->actor, patrol->partners = planned->partners;
  patrol->patrol_class = planned->patrol_class;
  patrol->vehicle = planned->vehicle;
  patrol->influence_m = planned->influence_m;
  patrol->responds = planned->responds, patrol->strength = planned->strength;
  patrol->crew = planned->crew, patrol->vehicles_named = planned->vehicles_named;
  patrol->escorted = planned->escorted, patrol->clearance = planned->clearance;
}

static void note_again(track_taking *all, const vd_match *match, const char *id) {
  VD_EACH(all->taking.all->plan, VD_KIND_PATROL, vd_patrol, other) {
    if (!vd_str_equal(other->executes, match->planned->patrol->record.id) ||
        other->executes_s != match->departure_s || vd_str_equal(other->record.id, id))
      continue;
    vd_taking_note(&all->taking, _("a departure that another record tells of already: both stand"),
                   departure_words(all, match->planned, match->departure_s));
    return;
  }
}

static vd_status match_track(track_taking *all, vd_patrol *patrol, const char *id) {
  vd_taking *t = &all->taking;
  vd_trace trace = {patrol->record.geom, vd_track_times(all->own, patrol)};
  vd_match match;
  VD_TRY(vd_trace_match(&trace, &all->planned, &all->rules, &match));
  const char *name = patrol->record.name;
  if (!match.planned) {
    vd_taking_note(t, _("a track that fits no planned departure: executed without a plan"), name);
  } else if (match.rival) {
    vd_taking_note(t,
                   _("a track that fits several planned departures alike: executed without a plan; say "
                     "--patrol or --actor"),
                   vd_str_printf(all->own, _("%s or %s"),
                                 departure_words(all, match.planned, match.departure_s),
                                 departure_words(all, match.rival, match.rival_departure_s)));
  } else {
    take_over(patrol, match.planned->patrol);
    patrol->executes = match.planned->patrol->record.id;
    patrol->executes_s = match.departure_s;
    tell_execution(all, name, &trace, &match);
    note_again(all, &match, id);
  }
  if (!patrol->actor && !t->all->actor_id)
    vd_taking_note(t, _("a track of an unknown actor: --actor says whose"), name);
  return VD_OK;
}

/* ---- one track ---- */

static const char *identity_of(const track_taking *all) {
  vd_hash hash;
  char hex[VD_HASH_HEX_SIZE];
  vd_hash_start(&hash);
  for (size_t i = 0; i < all->raw->n; i++) {
    vd_hash_add_i64(&hash, all->raw->fixes[i].time_s);
    vd_hash_add_f64(&hash, all->raw->fixes[i].lon_deg), vd_hash_add_f64(&hash, all->raw->fixes[i].lat_deg);
  }
  vd_hash_finish(&hash, hex);
  return vd_str_printf(all->own, "track/%s", hex);
}

static const char *take_track(vd_taking *t, vd_record *record) {
  track_taking *all = (track_taking *)t;
  vd_patrol *patrol = (vd_patrol *)record;
  record->name = vd_taking_text(t, "name");
  if (!record->name) record->name = t->file;
  const char *notes = vd_taking_text(t, "desc");
  record->notes = notes ? notes : vd_taking_text(t, "cmt");
  t->example = record->name;
  if (!all->raw || all->raw->n < 2) return _("a track or route of fewer than two points");
  t->own_id = identity_of(all);
  if (vd_name_map_at(&t->all->places, t->own_id)->count++) return _("the same track again");
  vd_cleaning cleaned;
  size_t n;
  int64_t now_s = t->all->options->now_s ? t->all->options->now_s : VD_TIME_MAX / 2;
  const vd_fix *fixes = vd_track_clean(all->own, all->raw->fixes, all->raw->n, now_s, &n, &cleaned);
  if (cleaned.refusal) return cleaned.refusal;
  vd_track track = vd_track_of(all->own, fixes, n);
  note_cleaning(t, &cleaned, &track, record->name);
  record->geom = track.line;
  patrol->state = VD_EXECUTED;
  patrol->from_s = track.from_s, patrol->to_s = track.to_s;
  patrol->track_s = track.track_s;
  char id[VD_UUID_SIZE];
  vd_uuid_of(vd_str_printf(all->own, "vedette import %s", "patrols"), t->own_id, id);
  return match_track(all, patrol, id) == VD_OK ? NULL : vd_str_dup(t->all->arena, vd_last_message());
}

static vd_status take(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  (void)layer;
  track_taking *all = context;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *own = vd_arena_new();
  all->own = own;
  all->raw = feature->fid >= 0 && (size_t)feature->fid < all->n ? &all->tracks[feature->fid] : NULL;
  return vd_take_feature(&all->taking, feature);
}

/* ---- a file ---- */

static int layer_named(const vd_vector *vector, const char *name) {
  for (int i = 0; i < vd_vector_layer_count(vector); i++)
    if (vd_str_equal(vd_vector_layer_at(vector, i)->name, name)) return i;
  return -1;
}

/* --patrol: a planned or approved patrol, by id or name. */
static vd_status find_patrol(track_taking *all) {
  const char *asked = all->taking.all->options->patrol;
  if (!asked) return VD_OK;
  for (size_t i = 0; i < all->planned.n; i++) {
    const vd_patrol *patrol = all->planned.items[i].patrol;
    if (vd_str_equal(patrol->record.id, asked) ||
        (patrol->record.name && vd_str_equal_nocase(patrol->record.name, asked))) {
      all->rules.patrol = patrol;
      return VD_OK;
    }
  }
  return vd_fail(VD_ERR_NOT_FOUND, _("The plan has no planned or approved patrol “%s” with a departure."),
                 asked);
}

static vd_status read_file(track_taking *all, vd_vector *vector) {
  int points = layer_named(vector, "track_points"), tracks = layer_named(vector, "tracks");
  vd_taking *t = &all->taking;
  VD_TRY(find_patrol(all));
  if (tracks < 0) return VD_OK;
  if (points >= 0) VD_TRY(vd_vector_each(vector, points, NULL, NULL, note_fix, all));
  t->layer = vd_vector_layer_at(vector, tracks);
  return vd_vector_each(vector, tracks, &vd_taking_part(t)->tally, t->all->progress, take, all);
}

vd_status vd_import_tracks(vd_importing *all, vd_vector *vector, const char *file) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  track_taking tracks = {.taking = {.all = all, .kind = VD_KIND_PATROL, .taker = take_track, .file = file},
                         .arena = arena,
                         .planned = vd_planned_of(arena, all->plan, 1u << VD_PLANNED | 1u << VD_APPROVED),
                         .rules = {vd_standard_value(all->plan, "track.near"),
                                   vd_standard_value(all->plan, "track.hours"), all->actor_id, NULL},
                         .told = {.arena = all->arena}};
  tracks.taking.part = vd_import_add_part(all, file, "tracks", NULL);
  vd_status status = read_file(&tracks, vector);
  vd_arena_free(tracks.taking.arena);
  if (tracks.n_told > MOST_TOLD)
    vd_buf_printf(&tracks.told, _("\n  ... and %zu more"), tracks.n_told - MOST_TOLD);
  all->report->parts[tracks.taking.part].remark = tracks.told.text;
  return status;
}
