/* merging: another copy of a plan taken into this one.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/store/merging.h"

#include <sys/stat.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

struct vd_merging {
  vd_arena *arena, *run_arena; /* run_arena: of the latest run */
  const char *path;
  vd_plan_file *mine, *theirs, *base_file;
  const vd_plan *into;
  vd_ancestor ancestor; /* its plan NULL: base_file's is the base */
  const char *author;   /* of the last edit there */
  const char *names;    /* that this merge takes in */
  const char *known;    /* `names` of this and the merges before */
  vd_merge merge;
};

static vd_status same_file(const char *a, const char *b) {
  struct stat first, second;
  bool same = stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
              first.st_ino == second.st_ino;
  return same ? vd_fail(VD_ERR_USAGE, _("%s: this is the plan itself. Name another copy of it."), b) : VD_OK;
}

static vd_status find_author(vd_merging *to) {
  vd_history_entry *entries;
  size_t n;
  VD_TRY(vd_plan_file_history(to->theirs, to->arena, 1, &entries, &n));
  to->author =
      n && entries[0].author ? entries[0].author : vd_plan_info_lookup(vd_plan_file_plan(to->theirs))->author;
  return VD_OK;
}

static vd_status open_all(vd_merging *to, const char *base, const char *known) {
  VD_TRY(same_file(vd_plan_file_path(to->mine), to->path));
  VD_TRY(vd_plan_file_open(to->path, VD_OPEN_READ, &to->theirs));
  if (base) VD_TRY(vd_plan_file_open(base, VD_OPEN_READ, &to->base_file));
  if (!base) {
    vd_status status = vd_plan_file_ancestor(to->mine, to->theirs, known, to->arena, &to->ancestor);
    if (status != VD_OK) return vd_fail_prefix(status, "%s", to->path);
  }
  VD_TRY(find_author(to));
  return vd_plan_file_merged(to->mine, to->theirs, known, to->arena, &to->names);
}

vd_status vd_merging_open(vd_plan_file *mine, const vd_plan *into, const char *base, const char *path,
                          const vd_merging *before, vd_merging **out) {
  vd_arena *arena = vd_arena_new();
  vd_merging *opened = VD_NEW(arena, vd_merging);
  *out = NULL;
  *opened = (vd_merging){.arena = arena, .mine = mine, .into = into, .path = vd_str_dup(arena, path)};
  const char *known = before ? before->known : "";
  vd_status status = open_all(opened, base, known);
  if (status != VD_OK) return vd_merging_free(opened), status;
  opened->known = vd_str_printf(arena, "%s %s", known, opened->names);
  *out = opened;
  return VD_OK;
}

void vd_merging_free(vd_merging *merging) {
  if (!merging) return;
  vd_ancestor_cleanup(&merging->ancestor);
  vd_plan_file_close(merging->theirs);
  vd_plan_file_close(merging->base_file);
  vd_arena_free(merging->run_arena);
  vd_arena_free(merging->arena);
}

void vd_merging_cleanup(vd_merging **merging) {
  vd_merging_free(*merging);
  *merging = NULL;
}

const char *vd_merging_since(const vd_merging *merging, vd_arena *arena) {
  const vd_ancestor *at = &merging->ancestor;
  if (!at->plan) return vd_str_printf(arena, _("Since %s"), vd_plan_file_path(merging->base_file));
  int32_t offset_s = vd_plan_info_lookup(merging->into)->utc_offset_s;
  const char *since =
      at->title ? vd_str_printf(arena, _("Since “%s” (%s, %s)"), at->title, at->author ? at->author : "?",
                                vd_time_text(arena, at->time_s, offset_s))
                : _("Since the plan was made");
  const char *told =
      vd_str_printf(arena, _("%s; edits since: %zu here, %zu there"), since, at->n_mine, at->n_theirs);
  if (!at->n_staying) return told;
  return vd_str_printf(arena, _("%s; edits taken back in one copy that the other had merged, and keeps: %zu"),
                       told, at->n_staying);
}

vd_status vd_merging_run(vd_merging *merging, vd_choices *choices, const vd_merge **out) {
  vd_arena_free(merging->run_arena);
  merging->run_arena = vd_arena_new();
  const vd_plan *base =
      merging->ancestor.plan ? merging->ancestor.plan : vd_plan_file_plan(merging->base_file);
  vd_merge *merge = &merging->merge;
  vd_merge_plans(base, merging->into, vd_plan_file_plan(merging->theirs), choices, merging->run_arena, merge);
  *out = merge;
  if (!merge->n_conflicts) return VD_OK;
  VD_TRY(vd_plan_file_sign(merging->mine, VD_SIDE_MINE, merge->conflicts, merge->n_conflicts,
                           merging->run_arena));
  return vd_plan_file_sign(merging->theirs, VD_SIDE_THEIRS, merge->conflicts, merge->n_conflicts,
                           merging->run_arena);
}

vd_status vd_merging_result(const vd_merging *merging, vd_plan **out) {
  vd_merge as_it_is = merging->merge;
  as_it_is.n_undecided = 0;
  *out = vd_plan_copy(merging->into);
  vd_status status = vd_merge_apply(*out, &as_it_is, "", NULL);
  if (status != VD_OK) vd_plan_cleanup(out);
  return status;
}

/* ---- writing ---- */

static const char *title_of(vd_merging *const *all, size_t n, size_t n_changes, vd_arena *arena) {
  vd_buf names = {.arena = arena};
  for (size_t i = 0; i < n; i++) vd_buf_printf(&names, "%s%s", i ? ", " : "", vd_path_base(all[i]->path));
  const char *author = n == 1 ? all[0]->author : NULL;
  return author ? vd_str_printf(arena,
                                vd_translate_n("Merge from %s (%s, %zu change)",
                                               "Merge from %s (%s, %zu changes)", n_changes),
                                names.text, author, n_changes)
                : vd_str_printf(
                      arena,
                      vd_translate_n("Merge from %s (%zu change)", "Merge from %s (%zu changes)", n_changes),
                      names.text, n_changes);
}

/* All that the merges make of the plan, as changes of it: against itself as the base everything is taken. */
static vd_status sum_up(vd_merging *const *all, size_t n, vd_plan *mine, vd_arena *arena, vd_plan **after,
                        vd_merge *out) {
  for (size_t i = 0; i < n; i++)
    if (all[i]->merge.n_undecided)
      return vd_fail(VD_ERR_USAGE, _("Conflicts not decided yet: %zu."), all[i]->merge.n_undecided);
  VD_TRY(vd_merging_result(all[n - 1], after));
  vd_merge_plans(mine, mine, *after, NULL, arena, out);
  return VD_OK;
}

vd_status vd_merging_write(vd_merging *const *all, size_t n, vd_plan_file *file) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *after = NULL;
  vd_plan *mine = vd_plan_file_plan(file);
  vd_merge merge;
  vd_buf names = {.arena = arena};
  VD_TRY(sum_up(all, n, mine, arena, &after, &merge));
  for (size_t i = 0; i < n; i++)
    if (*all[i]->names) vd_buf_printf(&names, "%s%s", names.n ? " " : "", all[i]->names);
  return vd_merge_apply(mine, &merge, title_of(all, n, vd_merge_n_changes(&merge), arena), names.text);
}
