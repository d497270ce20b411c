/* merge_refer: records that one side removed and the other's records refer to.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each reference to what is not there any more either brings it back (undecided, or decided so), or is cut with a
 * note. Both make progress, so it ends. */
#include <string.h>

#include "plan/document.h"
#include "plan/fields.h"
#include "plan/merging.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct search {
  const vd_merger *merger;
  const vd_field *field;
  bool removed_only;        /* pass over what mine lacked already */
  char found[VD_UUID_SIZE]; /* the first id that is not there */
} search;

static bool is_living(void *context, const char *id) {
  search *at = context;
  if (vd_merger_result(at->merger, at->field->ref, id)) return true;
  if (at->removed_only && !vd_plan_find(at->merger->plans[VD_SIDE_MINE], at->field->ref, id)) return true;
  memcpy(at->found, id, strlen(id) + 1);
  return false;
}

/* ---- bringing back ---- */

static void bring_stops(vd_merger *merger, const char *patrol, vd_side side) {
  VD_EACH(merger->plans[side], VD_KIND_STOP, vd_stop, stop) {
    if (!vd_str_equal(stop->patrol, patrol) || vd_merger_result(merger, VD_KIND_STOP, stop->record.id))
      continue;
    vd_merger_set(merger, VD_KIND_STOP, stop->record.id, stop);
  }
}

static void bring_back(vd_merger *merger, vd_kind kind, const char *id, vd_side side) {
  vd_merger_set(merger, kind, id, vd_plan_find(merger->plans[side], kind, id));
  if (kind == VD_KIND_PATROL) bring_stops(merger, id, side);
}

/* The decision on the removed record; made when this is the first that refers to it. */
static vd_side decide(vd_merger *merger, vd_kind kind, const vd_record *gone, vd_kind by_kind,
                      const void *by) {
  ptrdiff_t known = vd_id_map_find(&merger->conflicts, kind, gone->id);
  if (known >= 0) return merger->out->conflicts[known].choice;
  const void *records[VD_SIDE_COUNT];
  for (int side = 0; side < VD_SIDE_COUNT; side++)
    records[side] = vd_plan_find(merger->plans[side], kind, gone->id);
  vd_conflict *made = vd_merger_conflict(merger, VD_CLASH_REFERRED, kind, gone->id, "record", records);
  made->field_label = _("Record");
  vd_side kept = records[VD_SIDE_MINE] ? VD_SIDE_MINE : VD_SIDE_THEIRS;
  made->sides[kept].text =
      vd_str_printf(merger->arena, _("%s “%s” refers to it"), _(vd_kind_lookup(by_kind)->label),
                    vd_record_label(merger->arena, by_kind, by));
  return made->choice;
}

/* ---- cutting ---- */

static const char *without(vd_arena *arena, const char *list, const char *id) {
  vd_buf left = {.arena = arena};
  for (const char *at = list; at && *at;) {
    size_t n = strcspn(at, " ");
    if (n && (n != strlen(id) || strncmp(at, id, n) != 0)) {
      if (left.n) vd_buf_add(&left, " ");
      vd_buf_add_n(&left, at, n);
    }
    at += n + (at[n] == ' ');
  }
  return left.text;
}

static void cut(vd_merger *merger, vd_kind kind, const vd_record *record, const vd_field *field,
                const char *id) {
  if (kind == VD_KIND_STOP && strcmp(field->name, "patrol") == 0) {
    vd_merger_note(merger, kind, record, _("It was left out, since its patrol is removed."));
    vd_merger_set(merger, kind, vd_str_dup(merger->arena, record->id), NULL);
    return;
  }
  vd_record *left = vd_record_copy(merger->arena, kind, record);
  const vd_record *base = vd_plan_find(merger->plans[VD_SIDE_BASE], kind, record->id);
  search at = {.merger = merger, .field = field};
  bool back = base && !vd_field_same(field, base, record) && vd_each_reference(field, base, is_living, &at);
  if (back)
    vd_field_copy(field, left, base);
  else
    *vd_text_at(field, left) =
        field->type == VD_F_REF ? NULL : without(merger->arena, *vd_text_at(field, left), id);
  vd_merger_note(merger, kind, record,
                 vd_str_printf(merger->arena,
                               back ? _("“%s” was set back, since what it referred to is removed.")
                                    : _("“%s” was cleared of what is removed or in neither plan."),
                               _(field->label)));
  vd_merger_set(merger, kind, left->id, left);
}

/* ---- looking for them ---- */

static void mend(vd_merger *merger, vd_kind kind, const vd_record *record, const vd_field *field,
                 const char *id) {
  const vd_record *in_mine = vd_plan_find(merger->plans[VD_SIDE_MINE], field->ref, id);
  const vd_record *in_theirs = vd_plan_find(merger->plans[VD_SIDE_THEIRS], field->ref, id);
  const vd_record *gone = in_mine ? in_mine : in_theirs;
  if (!gone) {
    cut(merger, kind, record, field, id);
    return;
  }
  vd_side side = decide(merger, field->ref, gone, kind, record);
  if (side == VD_SIDE_COUNT) side = in_mine ? VD_SIDE_MINE : VD_SIDE_THEIRS;
  if (vd_plan_find(merger->plans[side], field->ref, id))
    bring_back(merger, field->ref, gone->id, side);
  else
    cut(merger, kind, record, field, id);
}

/* True when something had to be mended. */
static bool look_at(vd_merger *merger, vd_kind kind, const void *record, bool removed_only) {
  for (int i = 0; i < vd_kind_lookup(kind)->n_fields; i++) {
    search at = {merger, &vd_kind_lookup(kind)->fields[i], removed_only, ""};
    if (!vd_field_refers(at.field) || vd_each_reference(at.field, record, is_living, &at)) continue;
    mend(merger, kind, record, at.field, at.found);
    return true;
  }
  return false;
}

static bool look_at_changed(vd_merger *merger) {
  bool mended = false;
  for (size_t i = 0; i < merger->out->n_changes;) {
    vd_change change = merger->out->changes[i];
    bool as_in_mine = change.after == change.before;
    if (change.after && look_at(merger, change.kind, change.after, as_in_mine))
      mended = true;
    else
      i++;
  }
  return mended;
}

static bool look_at_others(vd_merger *merger) {
  bool removes = false, mended = false;
  for (size_t i = 0; i < merger->out->n_changes && !removes; i++) removes = !merger->out->changes[i].after;
  for (int kind = 0; removes && kind < VD_KIND_COUNT; kind++) {
    bool refers = false;
    for (int i = 0; i < vd_kind_lookup((vd_kind)kind)->n_fields; i++)
      refers = refers || vd_field_refers(&vd_kind_lookup((vd_kind)kind)->fields[i]);
    for (size_t i = 0; refers && i < vd_plan_count(merger->plans[VD_SIDE_MINE], (vd_kind)kind); i++) {
      const vd_record *record = vd_plan_at(merger->plans[VD_SIDE_MINE], (vd_kind)kind, i);
      if (vd_id_map_find(&merger->changes, (vd_kind)kind, record->id) < 0)
        mended = look_at(merger, (vd_kind)kind, record, true) || mended;
    }
  }
  return mended;
}

void vd_merge_references(vd_merger *merger) {
  for (bool mended = true; mended;) {
    mended = look_at_changed(merger);
    mended = look_at_others(merger) || mended;
  }
}
