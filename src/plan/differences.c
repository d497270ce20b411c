/* differences: what two plans hold otherwise.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/differences.h"

#include <string.h>

#include "plan/fields.h"
#include "plan/info.h"
#include "plan/merging.h"
#include "vedette/base/i18n.h"

const char *const vd_differs_words[VD_DIFFERS_COUNT] = {"added", "removed", "changed"};

typedef struct differing {
  const vd_plan *a, *b;
  vd_arena *arena;
  vd_difference *all;
  size_t n, capacity;
} differing;

static vd_difference *add(differing *to, vd_differs what, vd_kind kind, const void *record) {
  const vd_record *of = record;
  vd_difference *made = VD_PUSH(to->arena, to->all, to->n, to->capacity);
  *made = (vd_difference){.what = what, .kind = kind};
  if (!of) return made;
  made->id = of->id;
  made->label = vd_record_label(to->arena, kind, of);
  made->geom = vd_geom_empty(of->geom) ? NULL : of->geom;
  return made;
}

static void add_field(differing *to, vd_kind kind, const vd_field *field, const void *before,
                      const void *after) {
  vd_difference *made = add(to, VD_DIFFERS_CHANGED, kind, after);
  made->field = field ? field->name : "geometry";
  made->field_label = field ? _(field->label) : _("Place");
  made->before = vd_value_text(to->arena, field, before);
  made->after = vd_value_text(to->arena, field, after);
}

static void compare(differing *to, vd_kind kind, const vd_record *before, const vd_record *after) {
  if (!vd_geom_equal(before->geom, after->geom)) add_field(to, kind, NULL, before, after);
  for (int i = 0; i < vd_kind_n_fields(kind); i++) {
    const vd_field *field = vd_kind_field(kind, i);
    if (!vd_field_is_stamp(field) && !vd_field_same(field, before, after))
      add_field(to, kind, field, before, after);
  }
}

static void compare_kind(differing *to, vd_kind kind) {
  VD_EACH(to->a, kind, vd_record, before) {
    const vd_record *after = vd_plan_find(to->b, kind, before->id);
    if (after)
      compare(to, kind, before, after);
    else
      add(to, VD_DIFFERS_REMOVED, kind, before);
  }
  VD_EACH(to->b, kind, vd_record, after) {
    if (!vd_plan_find(to->a, kind, after->id)) add(to, VD_DIFFERS_ADDED, kind, after);
  }
}

static void add_own(differing *to, const char *name, const char *label, const char *before,
                    const char *after) {
  const vd_plan_info *info = vd_plan_info_lookup(to->b);
  vd_difference *made = add(to, VD_DIFFERS_CHANGED, VD_KIND_COUNT, NULL);
  made->id = info->id, made->label = info->title ? info->title : "";
  made->field = name, made->field_label = label;
  made->before = before, made->after = after;
}

static void compare_own(differing *to) {
  const vd_plan_info *before = vd_plan_info_lookup(to->a), *after = vd_plan_info_lookup(to->b);
  for (int i = 0; i < vd_n_info_fields; i++) {
    const vd_info_field *field = &vd_info_fields[i];
    if (!field->same(before, after))
      add_own(to, field->name, _(field->label), field->text(to->arena, before),
              field->text(to->arena, after));
  }
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++) {
    const vd_raster *was = vd_plan_raster(to->a, (vd_raster_kind)kind);
    const vd_raster *is = vd_plan_raster(to->b, (vd_raster_kind)kind);
    if (!vd_raster_same(was, is))
      add_own(to, vd_raster_words[kind], _("Grid"), vd_raster_text(to->arena, was),
              vd_raster_text(to->arena, is));
  }
}

void vd_plan_differences(const vd_plan *a, const vd_plan *b, vd_arena *arena, vd_difference **out,
                         size_t *n) {
  differing to = {.a = a, .b = b, .arena = arena};
  compare_own(&to);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) compare_kind(&to, (vd_kind)kind);
  *out = to.all;
  *n = to.n;
}
