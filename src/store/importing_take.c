/* importing_take: one feature becomes one record - condition, fields, place, identity.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/shape.h"
#include "vedette/store/words.h"

vd_import_part *vd_taking_part(const vd_taking *t) {
  return &t->all->report->parts[t->part];
}

void vd_taking_note(const vd_taking *t, const char *reason, const char *example) {
  vd_tally_change(&vd_taking_part(t)->tally, t->feature->fid, reason, example);
}

const char *vd_taking_text(const vd_taking *t, const char *name) {
  const char *text = vd_feature_text(t->arena, t->layer, t->feature, name);
  if (text) return text;
  const char *tag = vd_feature_text(t->arena, t->layer, t->feature, "tag");
  return tag && strcmp(tag, name) == 0 ? vd_feature_text(t->arena, t->layer, t->feature, "value") : NULL;
}

/* ---- the condition ---- */

static bool meets(const vd_taking *t, const vd_import_where *where) {
  const char *at = where->fields;
  while (*at) {
    size_t n = strcspn(at, ",");
    const char *text = vd_taking_text(t, vd_str_dup_n(t->arena, at, n));
    if (text && vd_str_contains_nocase(text, where->text)) return true;
    at += n + (at[n] == ',');
  }
  return false;
}

static bool meets_all(const vd_taking *t) {
  const vd_import_options *options = t->all->options;
  for (size_t i = 0; i < options->n_wheres; i++)
    if (!meets(t, &options->wheres[i])) return false;
  return true;
}

/* ---- the place ---- */

static double half_diagonal_m(vd_box box) {
  const double metres_a_degree = 111320;
  double dx = (box.max_x - box.min_x) / 2, dy = (box.max_y - box.min_y) / 2;
  return metres_a_degree * (dx > dy ? dx : dy);
}

/* Where a point is wanted and an outline is given, a point surely inside it. */
static const char *point_of(vd_taking *t, const vd_geom *from, vd_record *record) {
  double x, y;
  if (from->type == VD_GEOM_LINE) return _("a line, where a point is needed");
  if (from->type == VD_GEOM_POINT) {
    if (from->n_points > 1) vd_taking_note(t, _("several points: the first is taken"), NULL);
    record->geom = vd_geom_point(t->arena, from->xy[0], from->xy[1]);
    return NULL;
  }
  if (vd_shape_inner_point(from, &x, &y) != VD_OK) return _("an outline without an inside");
  record->geom = vd_geom_point(t->arena, x, y);
  if (t->kind == VD_KIND_INCIDENT) {
    vd_incident *incident = (vd_incident *)record;
    if (isnan(incident->precision_m)) incident->precision_m = half_diagonal_m(vd_geom_box(from));
  }
  return NULL;
}

static bool outlines_are_lines(vd_kind kind) {
  return kind == VD_KIND_ROAD || kind == VD_KIND_PATROL;
}

static const char *shape_of(vd_taking *t, vd_record *record) {
  const vd_geom *from = t->feature->geom;
  unsigned wanted = vd_kind_lookup(t->kind)->geometries;
  if (!vd_geom_empty(record->geom)) return vd_record_geom_problem(t->kind, record->geom); /* the taker's */
  bool optional = vd_kind_is_table(t->kind) || t->kind == VD_KIND_PATROL || t->kind == VD_KIND_RESTRICTION;
  if (vd_geom_empty(from)) return optional ? NULL : _("no position");
  if (vd_kind_is_table(t->kind)) return NULL;
  if (wanted == 1u << VD_GEOM_POINT) return point_of(t, from, record);
  vd_geom *geom = vd_geom_copy(t->arena, from);
  if (geom->type == VD_GEOM_POLYGON && outlines_are_lines(t->kind)) geom->type = VD_GEOM_LINE;
  if (geom->type == VD_GEOM_POINT && wanted & 1u << VD_GEOM_POINT && geom->n_points > 1)
    return point_of(t, from, record);
  if (geom->type == VD_GEOM_POINT && !(wanted & 1u << VD_GEOM_POINT))
    return _("a point, where a line or an outline is needed");
  if (geom->type == VD_GEOM_LINE && !(wanted & 1u << VD_GEOM_LINE))
    return _("a line, where an outline is needed");
  if (geom->type == VD_GEOM_POLYGON && !(wanted & 1u << VD_GEOM_POLYGON))
    return _("an outline, where a line is needed");
  record->geom = geom;
  return vd_record_geom_problem(t->kind, geom);
}

static bool box_holds(vd_box outer, vd_box inner) {
  return inner.min_x >= outer.min_x && inner.max_x <= outer.max_x && inner.min_y >= outer.min_y &&
         inner.max_y <= outer.max_y;
}

/* Roads and water are cut at the margin; anything else is kept whole when it touches. */
static const char *keep_near_area(vd_taking *t, vd_record *record) {
  const vd_importing *all = t->all;
  if (vd_geom_empty(record->geom)) return NULL;
  vd_box box = vd_geom_box(record->geom);
  if (!vd_box_touches(box, all->keep)) {
    vd_box turned = {box.min_y, box.min_x, box.max_y, box.max_x};
    bool swapped = vd_box_touches(turned, all->keep);
    return swapped ? _("outside the area, where latitude and longitude look exchanged")
                   : _("outside the area");
  }
  if (record->geom->type == VD_GEOM_POINT || box_holds(all->keep, box)) return NULL;
  vd_geom *inside;
  if (vd_shape_clip(t->arena, record->geom, all->keep_outline, &inside) != VD_OK || vd_geom_empty(inside))
    return _("outside the area");
  if (t->kind != VD_KIND_ROAD && t->kind != VD_KIND_WATER) return NULL;
  record->geom = inside;
  vd_taking_note(t, _("reaches beyond the area: cut at its margin"), NULL);
  return NULL;
}

/* ---- identity ---- */

static void hash_content(vd_hash *hash, const vd_taking *t, const vd_record *record) {
  for (int i = 0; i < vd_kind_n_fields(t->kind); i++)
    vd_hash_add_text(hash, vd_field_text(t->arena, vd_kind_field(t->kind, i), record));
  if (vd_geom_empty(record->geom)) return;
  vd_hash_add_i64(hash, record->geom->type);
  for (int32_t i = 0; i <= record->geom->n_parts; i++) vd_hash_add_i64(hash, record->geom->part_start[i]);
  for (size_t i = 0; i < 2 * (size_t)record->geom->n_points; i++) vd_hash_add_f64(hash, record->geom->xy[i]);
}

/* How often a key was asked for in this call before. */
static size_t times_seen(const vd_taking *t, const char *key) {
  return vd_name_map_at(&t->all->places, key)->count++;
}

/* A figure is known by what it is a figure of, as the defaults of standard.h are. */
static bool identify_figure(const vd_taking *t, vd_record *record) {
  if (t->kind == VD_KIND_STANDARD && record->name) {
    vd_uuid_of("vedette standard", record->name, record->id);
    return true;
  }
  if (t->kind != VD_KIND_SPEED) return false;
  const vd_speed *speed = (const vd_speed *)record;
  const char *name = vd_str_printf(t->arena, "%s on %s", vd_terms_word(&vd_vehicle_terms, speed->vehicle),
                                   vd_terms_word(&vd_ground_terms, speed->ground));
  vd_uuid_of("vedette speed", name, record->id);
  if (!record->name) record->name = name;
  return true;
}

/* Twins within one file stay two records: the first, second, ... of their number or content. */
static void identify(vd_taking *t, vd_record *record) {
  char content[VD_HASH_HEX_SIZE];
  const char *word = vd_kind_word(t->kind), *id = vd_feature_text(t->arena, t->layer, t->feature, "id");
  const char *space = vd_str_printf(t->arena, "vedette import %s", word);
  if (id && vd_uuid_valid(id)) {
    for (size_t i = 0; i < VD_UUID_SIZE - 1; i++) record->id[i] = (char)tolower((unsigned char)id[i]);
    if (times_seen(t, vd_str_printf(t->arena, "%zu|%s", t->part, record->id)))
      vd_taking_note(t, _("an id that another row has: the later row stays"), id);
    return;
  }
  if (identify_figure(t, record)) return;
  if (!t->own_id && t->own_ids && id) t->own_id = id;
  if (t->own_id) {
    size_t seen = times_seen(t, vd_str_printf(t->arena, "%zu|%s", t->part, t->own_id));
    const char *again = seen ? vd_str_printf(t->arena, " again %zu", seen) : "";
    vd_uuid_of(space, vd_str_printf(t->arena, "%s%s", t->own_id, again), record->id);
    return;
  }
  vd_hash hash;
  vd_hash_start(&hash);
  hash_content(&hash, t, record);
  vd_hash_finish(&hash, content);
  size_t seen = times_seen(t, vd_str_printf(t->arena, "%zu|%s|%s", t->part, word, content));
  vd_uuid_of(space, vd_str_printf(t->arena, "%s %zu", content, seen), record->id);
}

/* ---- into the edit ---- */

static void remember_names(vd_taking *t, const vd_record *record) {
  vd_name_map *map = t->kind == VD_KIND_ACTOR    ? &t->all->actors
                     : t->kind == VD_KIND_PATROL ? &t->all->patrols
                                                 : NULL;
  if (!map || !record->name) return;
  vd_name_entry *entry = vd_name_map_at(map, record->name);
  if (!entry->text) entry->text = vd_str_dup(map->arena, record->id);
}

static vd_status put(vd_taking *t, vd_record *record) {
  vd_import_part *part = vd_taking_part(t);
  const vd_record *before = vd_edit_find(t->all->edit, t->kind, record->id);
  if (before) { /* what the plan says of its making stays */
    record->author = before->author;
    record->created_s = before->created_s;
    record->changed_s = before->changed_s;
  }
  bool same = before && vd_record_equal(t->kind, before, record);
  if (!same && vd_edit_put(t->all->edit, t->kind, record) != VD_OK) {
    vd_tally_drop(&part->tally, t->feature->fid, vd_str_dup(t->all->arena, vd_last_message()), NULL);
    return VD_OK;
  }
  if (same)
    part->n_same++;
  else if (before)
    part->n_replaced++;
  else
    part->n_new++;
  vd_tally_take(&part->tally);
  remember_names(t, record);
  return VD_OK;
}

static void presets(const vd_taking *t, vd_record *record) {
  const vd_importing *all = t->all;
  if (!record->source || !*record->source) record->source = t->file;
  if (!all->actor_id) return;
  if (t->kind == VD_KIND_BASE && !((vd_base *)record)->actor) ((vd_base *)record)->actor = all->actor_id;
  if (t->kind == VD_KIND_PATROL && !((vd_patrol *)record)->actor)
    ((vd_patrol *)record)->actor = all->actor_id;
  if (t->kind == VD_KIND_AREA && !((vd_area *)record)->actor) ((vd_area *)record)->actor = all->actor_id;
}

/* A collection of shapes arrives as several features of one id, of which the reader counted one. */
static void count_shapes(vd_taking *t, const vd_feature *feature) {
  bool another = t->seen && t->last_fid == feature->fid;
  t->seen = true;
  t->last_fid = feature->fid;
  if (!another) return;
  vd_tally_read(&vd_taking_part(t)->tally);
  vd_taking_note(t, _("a collection of several shapes: each is a record"), NULL);
}

vd_status vd_take_feature(vd_taking *t, const vd_feature *feature) {
  vd_import_part *part = vd_taking_part(t);
  if (!t->arena || vd_arena_used(t->arena) > 1 << 20) {
    vd_arena_free(t->arena);
    t->arena = vd_arena_new();
  }
  t->feature = feature;
  t->own_id = t->example = NULL;
  count_shapes(t, feature);
  const char *reason = meets_all(t) ? NULL : _("does not meet --where");
  vd_record *record = vd_record_new(t->arena, t->kind);
  if (!reason) reason = t->taker(t, record);
  if (!reason) reason = shape_of(t, record);
  if (!reason) reason = keep_near_area(t, record);
  if (reason) {
    vd_tally_drop(&part->tally, feature->fid, reason, t->example);
    return VD_OK;
  }
  presets(t, record);
  identify(t, record);
  return put(t, record);
}
