/* importing_gpx: tracks and routes as patrols, waypoints as sites.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A track was walked or driven: it comes in as executed, from its first point's time to its last. A route is planned. */
#include <string.h>

#include "store/import.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct times {
  int64_t from_s, to_s;
} times;

/* First and last time of each track, by its number in the file. */
typedef struct track_times {
  vd_taking *t;
  times *tracks;
  size_t n, capacity;
} track_times;

static vd_status note_time(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  track_times *all = context;
  int track = vd_vector_field_find(layer, "track_fid"), time = vd_vector_field_find(layer, "time");
  if (track < 0 || time < 0) return VD_OK;
  const vd_value *number = &feature->values[track], *when = &feature->values[time];
  if (number->type == VD_VALUE_NONE || when->type != VD_VALUE_TIME || number->whole < 0) return VD_OK;
  while (all->n <= (size_t)number->whole)
    *VD_PUSH(all->t->all->arena, all->tracks, all->n, all->capacity) = (times){VD_TIME_MAX, VD_TIME_MIN};
  times *known = &all->tracks[number->whole];
  if (when->whole < known->from_s) known->from_s = when->whole;
  if (when->whole > known->to_s) known->to_s = when->whole;
  return VD_OK;
}

/* The taker reaches the times through the taking it is part of. */
typedef struct gpx_taking {
  vd_taking taking; /* first */
  track_times times;
  bool track;
} gpx_taking;

static const char *take_line(vd_taking *t, vd_record *record) {
  gpx_taking *gpx = (gpx_taking *)t;
  vd_patrol *patrol = (vd_patrol *)record;
  if (vd_geom_empty(t->feature->geom)) return _("a track or route of fewer than two points");
  record->name = vd_taking_text(t, "name");
  if (!record->name) record->name = t->file;
  const char *notes = vd_taking_text(t, "desc");
  record->notes = notes ? notes : vd_taking_text(t, "cmt");
  patrol->state = gpx->track ? VD_EXECUTED : VD_PLANNED;
  if (!gpx->track) return NULL;
  size_t number = (size_t)t->feature->fid;
  bool timed = t->feature->fid >= 0 && number < gpx->times.n && gpx->times.tracks[number].to_s != VD_TIME_MIN;
  if (!timed) {
    vd_taking_note(t, _("a track without times: when it was is unknown"), record->name);
    return NULL;
  }
  patrol->from_s = gpx->times.tracks[number].from_s;
  patrol->to_s = gpx->times.tracks[number].to_s;
  if (patrol->to_s <= patrol->from_s) patrol->to_s = patrol->from_s + 1;
  return NULL;
}

static const char *take_waypoint(vd_taking *t, vd_record *record) {
  vd_site *site = (vd_site *)record;
  record->name = vd_taking_text(t, "name");
  const char *notes = vd_taking_text(t, "desc");
  record->notes = notes ? notes : vd_taking_text(t, "cmt");
  site->site_type = "other";
  return NULL;
}

static vd_status take(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  (void)layer;
  return vd_take_feature(context, feature);
}

static int layer_named(const vd_vector *vector, const char *name) {
  for (int i = 0; i < vd_vector_layer_count(vector); i++)
    if (vd_str_equal(vd_vector_layer_at(vector, i)->name, name)) return i;
  return -1;
}

static vd_status read_layer(gpx_taking *gpx, vd_vector *vector, const char *name) {
  int layer = layer_named(vector, name);
  if (layer < 0) return VD_OK;
  vd_taking *t = &gpx->taking;
  t->layer = vd_vector_layer_at(vector, layer);
  t->seen = false;
  gpx->track = strcmp(name, "tracks") == 0;
  return vd_vector_each(vector, layer, &vd_taking_part(t)->tally, t->all->progress, take, gpx);
}

static vd_status read_patrols(gpx_taking *gpx, vd_vector *vector) {
  int points = layer_named(vector, "track_points");
  gpx->times.t = &gpx->taking;
  if (points >= 0) VD_TRY(vd_vector_each(vector, points, NULL, NULL, note_time, &gpx->times));
  VD_TRY(read_layer(gpx, vector, "tracks"));
  return read_layer(gpx, vector, "routes");
}

vd_status vd_import_gpx(vd_importing *all, vd_vector *vector, const char *file, int as) {
  bool patrols = as < 0 || as == VD_KIND_PATROL, sites = as < 0 || as == VD_KIND_SITE;
  if (!patrols && !sites)
    return vd_fail(VD_ERR_USAGE, _("%s: a GPX file gives patrols and sites only."), file);
  vd_status status = VD_OK;
  const char *why = as < 0 ? _("GPS tracks, routes and waypoints") : NULL;
  if (patrols) {
    gpx_taking gpx = {.taking = {.all = all, .kind = VD_KIND_PATROL, .taker = take_line, .file = file}};
    gpx.taking.part = vd_import_add_part(all, file, "patrols", why);
    status = read_patrols(&gpx, vector);
    vd_arena_free(gpx.taking.arena);
  }
  if (status == VD_OK && sites) {
    gpx_taking gpx = {.taking = {.all = all, .kind = VD_KIND_SITE, .taker = take_waypoint, .file = file}};
    gpx.taking.part = vd_import_add_part(all, file, "sites", why);
    status = read_layer(&gpx, vector, "waypoints");
    vd_arena_free(gpx.taking.arena);
  }
  return status;
}
