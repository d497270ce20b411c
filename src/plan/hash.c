/* hash: the input hash of a plan - everything a study reads, in a form that does not depend on the machine.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "plan/fields.h"
#include "vedette/base/hash.h"
#include "vedette/plan/plan.h"

/* Authorship and notes tell nothing to a study; the name and source are printed on the map. */
static bool studied(const vd_field *field) {
  static const char *const left_out[] = {"author", "created", "changed", "notes"};
  for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
    if (strcmp(field->name, left_out[i]) == 0) return false;
  return true;
}

static void add_field(vd_hash *hash, const vd_field *field, const void *record) {
  switch (field->type) {
  case VD_F_INT:
  case VD_F_BOOL:
    vd_hash_add_i64(hash, *vd_int_at(field, record));
    break;
  case VD_F_TERM: /* the word, so that a new term in the middle of a vocabulary keeps old hashes */
    vd_hash_add_text(hash, vd_terms_word(field->terms, *vd_int_at(field, record)));
    break;
  case VD_F_REAL:
    vd_hash_add_f64(hash, *vd_real_at(field, record));
    break;
  case VD_F_TIME:
    vd_hash_add_i64(hash, *vd_time_at(field, record));
    break;
  default:
    vd_hash_add_text(hash, *vd_text_at(field, record));
  }
}

static void add_geom(vd_hash *hash, const vd_geom *geom) {
  if (vd_geom_empty(geom)) {
    vd_hash_add_i64(hash, VD_GEOM_NONE);
    return;
  }
  vd_hash_add_i64(hash, geom->type);
  vd_hash_add_i64(hash, geom->n_parts);
  for (int32_t i = 0; i < geom->n_parts; i++) {
    vd_hash_add_i64(hash, geom->part_start[i + 1]);
    vd_hash_add_i64(hash, geom->hole && geom->hole[i]);
  }
  for (size_t i = 0; i < 2 * (size_t)geom->n_points; i++) vd_hash_add_f64(hash, geom->xy[i]);
}

static void add_raster(vd_hash *hash, const vd_raster *raster) {
  vd_hash_add_i64(hash, raster->width);
  vd_hash_add_i64(hash, raster->height);
  for (int i = 0; i < 6; i++) vd_hash_add_f64(hash, raster->geotransform[i]);
  vd_hash_add_text(hash, raster->crs_wkt);
  vd_hash_add_text(hash, raster->source);
  size_t n = (size_t)raster->width * (size_t)raster->height;
  for (size_t i = 0; i < n; i++) {
    uint32_t bits;
    memcpy(&bits, &raster->values[i], sizeof bits);
    if (raster->values[i] == 0) bits = 0;
    if (isnan(raster->values[i])) bits = 0x7fc00000u;
    uint8_t bytes[4] = {(uint8_t)bits, (uint8_t)(bits >> 8), (uint8_t)(bits >> 16), (uint8_t)(bits >> 24)};
    vd_hash_add(hash, bytes, sizeof bytes);
  }
}

static void add_info(vd_hash *hash, const vd_plan_info *info) {
  vd_hash_add_text(hash, info->title);
  add_geom(hash, info->area);
  vd_hash_add_i64(hash, info->utc_offset_s);
  vd_hash_add_i64(hash, info->from_s);
  vd_hash_add_i64(hash, info->to_s);
  vd_hash_add_f64(hash, info->cell_m);
  vd_hash_add_text(hash, vd_terms_word(&vd_season_terms, info->season));
  vd_hash_add_text(hash, vd_terms_word(&vd_classification_terms, info->classification));
}

void vd_plan_hash(const vd_plan *plan, char hex[65]) {
  vd_hash hash;
  vd_hash_start(&hash);
  add_info(&hash, vd_plan_info_lookup(plan));
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    vd_hash_add_text(&hash, vd_kind_lookup((vd_kind)kind)->table);
    VD_EACH(plan, (vd_kind)kind, vd_record, record) {
      vd_hash_add_text(&hash, record->id);
      for (int i = 0; i < vd_kind_n_fields((vd_kind)kind); i++) {
        const vd_field *field = vd_kind_field((vd_kind)kind, i);
        if (studied(field)) add_field(&hash, field, record);
      }
      add_geom(&hash, record->geom);
    }
  }
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++) {
    const vd_raster *raster = vd_plan_raster(plan, (vd_raster_kind)kind);
    vd_hash_add_text(&hash, vd_raster_words[kind]);
    if (raster) add_raster(&hash, raster);
  }
  vd_hash_finish(&hash, hex);
}
