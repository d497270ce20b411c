/* plan: the document in memory - making, reading and loading it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "plan/document.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

const char *const vd_raster_words[VD_RASTER_COUNT] = {"elevation", "population", "landcover"};

static vd_lineage *lineage_new(void) {
  vd_lineage *lineage = calloc(1, sizeof *lineage);
  if (!lineage) abort();
  vd_uuid_make(lineage->id);
  atomic_init(&lineage->owners, 1);
  return lineage;
}

static void lineage_drop(vd_lineage *lineage) {
  if (atomic_fetch_sub(&lineage->owners, 1) == 1) free(lineage);
}

vd_plan *vd_plan_new(void) {
  vd_arena *arena = vd_arena_new();
  vd_plan *plan = VD_NEW(arena, vd_plan);
  plan->lineage = lineage_new();
  plan->author_arena = arena; /* the plan itself lies in it, and every author it was given */
  plan->info_arena = vd_arena_new();
  plan->info.from_s = VD_TIME_MIN;
  plan->info.to_s = VD_TIME_MAX;
  for (int i = 0; i < VD_KIND_COUNT; i++) vd_table_start(&plan->tables[i]);
  return plan;
}

void vd_plan_free(vd_plan *plan) {
  if (!plan) return;
  for (int i = 0; i < VD_KIND_COUNT; i++) vd_table_free(&plan->tables[i]);
  for (int i = 0; i < VD_RASTER_COUNT; i++) vd_raster_share_drop(plan->rasters[i]);
  vd_arena_free(plan->info_arena);
  lineage_drop(plan->lineage);
  vd_arena_free(plan->author_arena);
}

void vd_plan_cleanup(vd_plan **plan) {
  vd_plan_free(*plan);
  *plan = NULL;
}

vd_plan *vd_plan_copy(const vd_plan *plan) {
  vd_plan *copy = vd_plan_new();
  lineage_drop(copy->lineage);
  copy->lineage = plan->lineage;
  atomic_fetch_add(&copy->lineage->owners, 1);
  copy->info = *vd_plan_info_copy(copy->info_arena, &plan->info);
  for (int i = 0; i < VD_KIND_COUNT; i++) {
    vd_table_free(&copy->tables[i]);
    vd_table_copy(&copy->tables[i], &plan->tables[i], (vd_kind)i);
  }
  for (int i = 0; i < VD_RASTER_COUNT; i++) {
    copy->rasters[i] = plan->rasters[i];
    if (copy->rasters[i]) atomic_fetch_add(&copy->rasters[i]->owners, 1);
  }
  copy->revision = plan->revision;
  copy->base_revision = plan->base_revision;
  vd_plan_use_author(copy, plan->author);
  if (plan->keeper.find) vd_plan_use_keeper(copy, &plan->keeper);
  return copy;
}

void vd_plan_use_keeper(vd_plan *plan, const vd_keeper *keeper) {
  plan->keeper = (vd_keeper){0};
  if (!keeper) return;
  plan->keeper = *keeper;
  plan->keeper.place = vd_str_dup(plan->author_arena, keeper->place);
}

bool vd_plan_has_keeper(const vd_plan *plan) {
  return plan->keeper.find != NULL;
}

vd_status vd_plan_find_kept(const vd_plan *plan, vd_arena *arena, vd_kept *kept) {
  if (plan->keeper.find) return plan->keeper.find(plan->keeper.place, arena, kept);
  return vd_fail(VD_ERR_NOT_FOUND, _("Nothing is kept with the plan under “%s”."), kept->name);
}

const vd_plan_info *vd_plan_info_lookup(const vd_plan *plan) {
  return &plan->info;
}

size_t vd_plan_count(const vd_plan *plan, vd_kind kind) {
  return plan->tables[kind].n;
}

const void *vd_plan_at(const vd_plan *plan, vd_kind kind, size_t i) {
  return i < plan->tables[kind].n ? plan->tables[kind].records[i] : NULL;
}

const void *vd_plan_find(const vd_plan *plan, vd_kind kind, const char *id) {
  ptrdiff_t at = id ? vd_table_find(&plan->tables[kind], id) : -1;
  return at >= 0 ? plan->tables[kind].records[at] : NULL;
}

const void *vd_plan_find_name(const vd_plan *plan, vd_kind kind, const char *name) {
  const vd_table *table = &plan->tables[kind];
  for (size_t i = 0; name && i < table->n; i++)
    if (table->records[i]->name && strcmp(table->records[i]->name, name) == 0) return table->records[i];
  return NULL;
}

vd_classification vd_plan_classification(const vd_plan *plan) {
  int32_t highest = vd_plan_info_lookup(plan)->classification;
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    for (size_t i = 0; i < vd_plan_count(plan, (vd_kind)kind); i++) {
      const vd_record *record = vd_plan_at(plan, (vd_kind)kind, i);
      if (record->classification > highest) highest = record->classification;
    }
  }
  return (vd_classification)highest;
}

const vd_raster *vd_plan_raster(const vd_plan *plan, vd_raster_kind kind) {
  return plan->rasters[kind] ? &plan->rasters[kind]->raster : NULL;
}

uint64_t vd_plan_base_revision(const vd_plan *plan) {
  return plan->base_revision;
}

uint64_t vd_plan_revision(const vd_plan *plan, vd_kind kind) {
  return kind == VD_KIND_COUNT ? plan->revision : plan->tables[kind].revision;
}

const char *vd_plan_lineage(const vd_plan *plan) {
  return plan->lineage->id;
}

void vd_plan_touch(vd_plan *plan, vd_kind kind) {
  plan->revision = atomic_fetch_add(&plan->lineage->revision, 1) + 1;
  if (kind == VD_KIND_COUNT)
    plan->base_revision = plan->revision;
  else
    plan->tables[kind].revision = plan->revision;
}

/* ---- rasters ---- */

vd_raster_share *vd_raster_share_new(const vd_raster *raster) {
  vd_arena *arena = vd_arena_new();
  size_t n = (size_t)raster->width * (size_t)raster->height;
  vd_raster_share *share = VD_NEW(arena, vd_raster_share);
  float *values = vd_arena_try_alloc(arena, n, sizeof *values);
  if (!values) return vd_arena_free(arena), NULL;
  memcpy(values, raster->values, n * sizeof *values);
  share->arena = arena;
  share->raster = *raster;
  share->raster.values = values;
  share->raster.crs_wkt = vd_str_dup(arena, raster->crs_wkt);
  share->raster.source = vd_str_dup(arena, raster->source);
  atomic_init(&share->owners, 1);
  return share;
}

void vd_raster_share_drop(vd_raster_share *share) {
  if (share && atomic_fetch_sub(&share->owners, 1) == 1) vd_arena_free(share->arena);
}

void vd_plan_set_raster(vd_plan *plan, vd_raster_kind kind, vd_raster_share *share) {
  vd_raster_share_drop(plan->rasters[kind]);
  plan->rasters[kind] = share;
  vd_plan_touch(plan, VD_KIND_COUNT);
}

/* ---- loading ---- */

vd_plan_info *vd_plan_info_copy(vd_arena *arena, const vd_plan_info *info) {
  vd_plan_info *copy = VD_NEW(arena, vd_plan_info);
  *copy = *info;
  copy->title = vd_str_dup(arena, info->title);
  copy->author = vd_str_dup(arena, info->author);
  copy->disclaimer = vd_str_dup(arena, info->disclaimer);
  copy->area = vd_geom_copy(arena, info->area);
  return copy;
}

vd_status vd_plan_load_info(vd_plan *plan, const vd_plan_info *info) {
  vd_arena *arena = vd_arena_new(); /* `info` may lie in the old one */
  plan->info = *vd_plan_info_copy(arena, info);
  vd_arena_free(plan->info_arena);
  plan->info_arena = arena;
  vd_plan_touch(plan, VD_KIND_COUNT);
  return VD_OK;
}

vd_status vd_plan_load_kind(vd_plan *plan, vd_kind kind, const void *const *records, size_t n) {
  vd_table loaded = {.revision = plan->tables[kind].revision};
  vd_table_start(&loaded);
  for (size_t i = 0; i < n; i++) {
    const vd_record *record = records[i];
    if (!vd_uuid_valid(record->id) || vd_table_find(&loaded, record->id) >= 0) {
      vd_table_free(&loaded);
      return vd_fail(VD_ERR_INPUT, _("%s %zu: the id “%.40s” is not a UUID or comes twice."),
                     _(vd_kind_lookup(kind)->label), i + 1, record->id);
    }
    vd_table_put(&loaded, kind, record);
  }
  vd_table_free(&plan->tables[kind]);
  plan->tables[kind] = loaded;
  vd_plan_touch(plan, kind);
  return VD_OK;
}

vd_status vd_plan_load_raster(vd_plan *plan, vd_raster_kind kind, const vd_raster *raster) {
  vd_raster_share *share = NULL;
  if (raster) {
    share = vd_raster_share_new(raster);
    if (!share)
      return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for a grid of %d x %d values."),
                     raster->width, raster->height);
  }
  vd_plan_set_raster(plan, kind, share);
  return VD_OK;
}
