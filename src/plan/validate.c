/* validate: whether a record, the plan's own row or a raster may enter the plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "plan/document.h"
#include "plan/fields.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/recurrence.h"

enum { LONGEST_TEXT = 65536 };
/* 1000-01-01 and 10000-01-01 in UTC: what a date in a file can say. */
static const int64_t FIRST_TIME_S = -30610224000, END_OF_TIME_S = 253402300800;

typedef struct context {
  const vd_edit *edit;
  vd_kind kind;
  const vd_record *record;
  const vd_field *field;
} context;

static vd_status fail_field(const context *at, const char *what) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  return vd_fail(VD_ERR_INPUT, "%s “%.80s”, %s: %s", _(vd_kind_lookup(at->kind)->label),
                 vd_record_label(arena, at->kind, at->record), at->field->name, what);
}

static vd_status fail_range(const context *at, double value) {
  char what[120];
  snprintf(what, sizeof what, _("%g is not from %g to %g."), value, at->field->min, at->field->max);
  return fail_field(at, what);
}

static bool in_range(const vd_field *field, double value) {
  return (field->min == 0 && field->max == 0) || (value >= field->min && value <= field->max);
}

static vd_status check_whole(const context *at) {
  int32_t value = *vd_int_at(at->field, at->record);
  if (value == VD_UNKNOWN_INT && at->field->type == VD_F_INT && vd_field_may_be_unknown(at->field))
    return VD_OK;
  if (at->field->type == VD_F_TERM) {
    bool known = value >= 0 && value < at->field->terms->n;
    return known ? VD_OK : fail_field(at, _("this is not one of the words known here."));
  }
  return in_range(at->field, value) ? VD_OK : fail_range(at, value);
}

static vd_status check_real(const context *at) {
  double value = *vd_real_at(at->field, at->record);
  if (isnan(value) && vd_field_may_be_unknown(at->field)) return VD_OK;
  if (!isfinite(value)) return fail_field(at, _("a number is needed here."));
  return in_range(at->field, value) ? VD_OK : fail_range(at, value);
}

static vd_status check_time(const context *at) {
  int64_t time_s = *vd_time_at(at->field, at->record);
  if (time_s == VD_TIME_MIN || time_s == VD_TIME_MAX) {
    bool open = time_s == at->field->open;
    return open ? VD_OK : fail_field(at, _("the time is open at the wrong end."));
  }
  if (time_s < FIRST_TIME_S || time_s >= END_OF_TIME_S)
    return fail_field(at, _("a date lies in the years 1000 to 9999."));
  return VD_OK;
}

bool vd_each_reference(const vd_field *field, const void *record,
                       bool (*visit)(void *context, const char *id), void *visit_context) {
  const char *at = *vd_text_at(field, record);
  while (at && *at) {
    size_t n = strcspn(at, " ");
    char id[VD_UUID_SIZE] = "";
    if (n) {
      memcpy(id, at, n < sizeof id - 1 ? n : sizeof id - 1); /* a longer word is no id and is not found */
      if (n > sizeof id - 1) id[0] = '?';
      if (!visit(visit_context, id)) return false;
    }
    at += n + (at[n] == ' ');
  }
  return true;
}

static bool is_there(void *visit_context, const char *id) {
  const context *at = visit_context;
  return vd_edit_find(at->edit, at->field->ref, id) != NULL;
}

static vd_status check_list_of_words(const context *at) {
  const char *word = *vd_text_at(at->field, at->record);
  while (word && *word) {
    char one[64];
    size_t n = strcspn(word, " ");
    snprintf(one, sizeof one, "%.*s", (int)(n < sizeof one ? n : sizeof one - 1), word);
    if (n && vd_terms_find(at->field->terms, one) < 0)
      return fail_field(at, _("this is not a list of the words known here, separated by spaces."));
    word += n + (word[n] == ' ');
  }
  return VD_OK;
}

static vd_status check_text(const context *at) {
  const char *text = *vd_text_at(at->field, at->record);
  if (!text || !*text) return VD_OK;
  size_t n = strlen(text);
  if (n > LONGEST_TEXT) return fail_field(at, _("the text is longer than 65536 bytes."));
  if (!vd_utf8_valid(text, n)) return fail_field(at, _("the text is not valid UTF-8."));
  if (at->field->type == VD_F_REFS && at->field->terms) return check_list_of_words(at);
  bool refers = at->field->type == VD_F_REF || at->field->type == VD_F_REFS;
  if (refers && !vd_each_reference(at->field, at->record, is_there, (void *)(uintptr_t)at))
    return fail_field(at, _("it refers to a record that is not in the plan."));
  return VD_OK;
}

static vd_status check_field(const context *at) {
  switch (at->field->type) {
  case VD_F_INT:
  case VD_F_BOOL:
  case VD_F_TERM:
    return check_whole(at);
  case VD_F_REAL:
    return check_real(at);
  case VD_F_TIME:
    return check_time(at);
  default:
    return check_text(at);
  }
}

/* ---- geometry ---- */

/* What is off with the shape, or NULL. */
static const char *wrong_part(const vd_geom *geom, int32_t part) {
  int32_t n = geom->part_start[part + 1] - geom->part_start[part];
  const double *first = geom->xy + 2 * (size_t)geom->part_start[part];
  const double *last = first + 2 * (size_t)(n > 0 ? n - 1 : 0);
  if (geom->type == VD_GEOM_LINE) return n < 2 ? N_("a line needs two points.") : NULL;
  if (geom->type != VD_GEOM_POLYGON) return NULL;
  if (n < 4 || first[0] != last[0] || first[1] != last[1])
    return N_("a ring needs four points, the last equal to the first.");
  return part == 0 && geom->hole && geom->hole[0] ? N_("a hole comes before its outer ring.") : NULL;
}

static const char *wrong_geom(const vd_geom *geom) {
  if (geom->n_parts < 1 || geom->part_start[0] != 0 || geom->part_start[geom->n_parts] != geom->n_points)
    return N_("the shape has no parts.");
  for (size_t i = 0; i < (size_t)geom->n_points; i++) {
    double x = geom->xy[2 * i], y = geom->xy[2 * i + 1];
    if (!(x >= -180 && x <= 180 && y >= -90 && y <= 90))
      return N_("a coordinate is not a longitude from -180 to 180 and a latitude from -90 to 90.");
  }
  for (int32_t part = 0; part < geom->n_parts; part++) {
    if (geom->part_start[part + 1] < geom->part_start[part]) return N_("the shape's parts are out of order.");
    const char *wrong = wrong_part(geom, part);
    if (wrong) return wrong;
  }
  return NULL;
}

const char *vd_record_geom_problem(vd_kind kind, const vd_geom *geom) {
  if (vd_geom_empty(geom)) return NULL;
  if (!(vd_kind_lookup(kind)->geometries & 1u << geom->type))
    return _("this kind of shape does not belong here.");
  if (geom->type == VD_GEOM_POINT && geom->n_points != 1) return _("one point is needed here.");
  const char *wrong = wrong_geom(geom);
  return wrong ? _(wrong) : NULL;
}

static vd_status check_geom(vd_kind kind, const vd_record *record) {
  const char *problem = vd_record_geom_problem(kind, record->geom);
  if (!problem) return VD_OK;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  return vd_fail(VD_ERR_INPUT, "%s “%.80s”: %s", _(vd_kind_lookup(kind)->label),
                 vd_record_label(arena, kind, record), problem);
}

/* ---- what only one kind asks ---- */

static bool is_colour(const char *text) {
  return strlen(text) == 7 && text[0] == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

static vd_status check_kind(vd_kind kind, const vd_record *record) {
  if (kind == VD_KIND_ACTOR) {
    const char *colour = ((const vd_actor *)record)->colour;
    if (colour && *colour && !is_colour(colour))
      return vd_fail(VD_ERR_INPUT, _("A colour is written “#rrggbb”, not “%.40s”."), colour);
  }
  if (kind == VD_KIND_PATROL) {
    const vd_patrol *patrol = (const vd_patrol *)record;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    vd_recurrence rule;
    vd_status status = vd_recurrence_parse(patrol->recurrence, 0, &rule);
    if (status == VD_OK) status = vd_recurrence_except(scratch, patrol->exceptions, 0, &rule);
    if (status != VD_OK)
      return vd_fail_prefix(status, _("Patrol “%.80s”"), record->name ? record->name : record->id);
  }
  return VD_OK;
}

vd_status vd_validate_record(const vd_edit *edit, vd_kind kind, const vd_record *record) {
  if (record->id[0] && !vd_uuid_valid(record->id))
    return vd_fail(VD_ERR_INPUT, _("The id “%.40s” is not a UUID; leave it empty for a new one."),
                   record->id);
  for (int i = 0; i < vd_kind_n_fields(kind); i++) {
    context at = {edit, kind, record, vd_kind_field(kind, i)};
    VD_TRY(check_field(&at));
  }
  VD_TRY(check_geom(kind, record));
  return check_kind(kind, record);
}

vd_status vd_validate_info(const vd_plan_info *info) {
  enum { FURTHEST_ZONE_S = 14 * VD_HOUR_S };
  if (info->title && !vd_utf8_valid(info->title, strlen(info->title)))
    return vd_fail(VD_ERR_INPUT, _("The plan's title is not valid UTF-8."));
  if (!vd_geom_empty(info->area)) {
    const char *wrong =
        info->area->type == VD_GEOM_POLYGON ? wrong_geom(info->area) : N_("a polygon is needed.");
    if (wrong) return vd_fail(VD_ERR_INPUT, _("Area of interest: %s"), _(wrong));
  }
  if (info->utc_offset_s < -FURTHEST_ZONE_S || info->utc_offset_s > FURTHEST_ZONE_S)
    return vd_fail(VD_ERR_INPUT, _("Local time lies at most 14 hours from UTC."));
  if (info->from_s >= info->to_s)
    return vd_fail(VD_ERR_INPUT, _("The study's window ends before it starts."));
  if (!(info->cell_m >= 0 && info->cell_m <= 100000))
    return vd_fail(VD_ERR_INPUT, _("A cell is at most 100 km wide; 0 lets the program choose."));
  if (info->season < 0 || info->season >= VD_SEASON_COUNT || info->classification < 0 ||
      info->classification >= VD_CLASSIFICATION_COUNT)
    return vd_fail(VD_ERR_INPUT, _("The plan's season or classification is not one known here."));
  return VD_OK;
}

vd_status vd_validate_raster(vd_raster_kind kind, const vd_raster *raster) {
  enum { LARGEST_SIDE = 1 << 20 };
  const char *word = vd_raster_words[kind];
  if (raster->width < 1 || raster->height < 1 || raster->width > LARGEST_SIDE ||
      raster->height > LARGEST_SIDE)
    return vd_fail(VD_ERR_LIMIT, _("The %s grid of %d x %d values is empty or too large."), word,
                   raster->width, raster->height);
  const double *t = raster->geotransform;
  double area = t[1] * t[5] - t[2] * t[4];
  if (!isfinite(t[0]) || !isfinite(t[3]) || !isfinite(area) || area == 0)
    return vd_fail(VD_ERR_INPUT, _("The %s grid does not say where it lies."), word);
  if (!raster->crs_wkt || !*raster->crs_wkt)
    return vd_fail(VD_ERR_INPUT, _("The %s grid does not say its coordinate reference system."), word);
  return VD_OK;
}
