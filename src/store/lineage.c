/* lineage: the latest state that two copies of a plan have both been through.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/lineage.h"

#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store/guard.h"
#include "store/migrate.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* ---- the edits of a file ---- */

static void know(vd_arena *arena, vd_edits *to, const char *id) {
  *VD_PUSH(arena, to->known, to->n_known, to->known_capacity) = id;
}

/* Every word of a list; `gone` says that they were taken back, too. */
static void know_words(vd_arena *arena, vd_edits *to, const char *list, bool gone) {
  for (const char *at = list; at && *at;) {
    size_t n = strcspn(at, " ");
    const char *id = vd_str_dup_n(arena, at, n);
    if (n) know(arena, to, id);
    if (n && gone) *VD_PUSH(arena, to->gone, to->n_gone, to->gone_capacity) = id;
    at += n + (at[n] == ' ');
  }
}

static void know_all(vd_arena *arena, vd_edits *to, const char *list) {
  know_words(arena, to, list, false);
}

static int by_text(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool vd_edits_know(const vd_edits *edits, const char *id) {
  return edits->n_known && bsearch(&id, edits->known, edits->n_known, sizeof id, by_text) != NULL;
}

static void add_row(vd_arena *arena, vd_edits *to, sqlite3_stmt *row, const char **before) {
  char made[VD_UUID_SIZE];
  const char *id = vd_column_text(arena, row, 7);
  if (!id) vd_name_edit(*before, row, 2, made);
  *before = id ? id : vd_str_dup(arena, made);
  know(arena, to, *before);
  if (sqlite3_column_int(row, 1)) { /* undone */
    *VD_PUSH(arena, to->gone, to->n_gone, to->gone_capacity) = *before;
    return;
  }
  vd_known_edit *edit = VD_PUSH(arena, to->all, to->n, to->capacity);
  *edit = (vd_known_edit){.id = *before, .number = sqlite3_column_int64(row, 0), .time_s = VD_TIME_MIN};
  edit->title = vd_column_text(arena, row, 2), edit->author = vd_column_text(arena, row, 3);
  const char *time = vd_column_text(arena, row, 4);
  if (time && vd_time_parse(time, 0, &edit->time_s) != VD_OK) edit->time_s = VD_TIME_MIN;
  edit->merged = vd_column_text(arena, row, 8);
  know_all(arena, to, edit->merged);
}

static vd_status read_rows(vd_plan_file *file, vd_arena *arena, vd_edits *to) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  bool named, merges;
  VD_TRY(vd_history_has(file->db, "id", &named));
  VD_TRY(vd_history_has(file->db, "merged", &merges));
  /* The changeset is read only where there is no name. */
  VD_TRY(vd_db_prepare(file->db, &statement,
                       "SELECT number, undone, title, author, time, rasters, %s, %s, %s FROM vedette_history"
                       " ORDER BY number",
                       named ? "CASE WHEN id IS NULL THEN changeset END" : "changeset", named ? "id" : "NULL",
                       merges ? "merged" : "NULL"));
  const char *before = to->root;
  for (;;) {
    bool row;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) return VD_OK;
    add_row(arena, to, statement, &before);
  }
}

vd_status vd_edits_read(vd_plan_file *file, const char *more, vd_arena *arena, vd_edits *out) {
  const char *left;
  *out = (vd_edits){.root = ""};
  VD_TRY(
      vd_db_text(file->db, arena, &out->root, "SELECT id FROM \"" VD_PLAN_TABLE "\" ORDER BY fid LIMIT 1"));
  if (out->root) know(arena, out, out->root);
  VD_TRY(vd_db_text(file->db, arena, &left, "SELECT value FROM vedette_meta WHERE key = 'left'"));
  know_words(arena, out, left, true);
  know_all(arena, out, more);
  VD_TRY(read_rows(file, arena, out));
  if (out->n_known) qsort(out->known, out->n_known, sizeof *out->known, by_text);
  return VD_OK;
}

/* ---- the point ---- */

enum { NOWHERE = -2, ROOT = -1 };

/* The last edit in force that the other has been through. */
static ptrdiff_t last_known(const vd_edits *edits, const vd_edits *to) {
  for (ptrdiff_t i = (ptrdiff_t)edits->n - 1; i >= 0; i--)
    if (vd_edits_know(to, edits->all[i].id)) return i;
  return vd_str_equal(edits->root, to->root) ? ROOT : NOWHERE;
}

static bool lists(const char *list, const char *id) {
  const char *at = list ? strstr(list, id) : NULL;
  return at != NULL; /* names are of one length */
}

/* Whether the state after edit `at` holds all of the edit called `id`. */
static bool holds(const vd_edits *edits, ptrdiff_t at, const char *id) {
  for (ptrdiff_t i = at; i >= 0; i--)
    if (strcmp(edits->all[i].id, id) == 0 || lists(edits->all[i].merged, id)) return true;
  return false;
}

/* ---- the plan at the point ---- */

static vd_status copy_to_memory(sqlite3 *from, sqlite3 **to) {
  enum { MOST_MIB = 2048 };
  int64_t pages, page_size;
  VD_TRY(vd_db_int(from, &pages, "PRAGMA page_count"));
  VD_TRY(vd_db_int(from, &page_size, "PRAGMA page_size"));
  if (pages > (int64_t)MOST_MIB * 1024 * 1024 / (page_size > 0 ? page_size : 512))
    return vd_fail(VD_ERR_LIMIT,
                   _("The plan is larger than 2 GB. Give the common plan it came from as BASE."));
  VD_TRY(vd_db_open(":memory:", VD_DB_WRITE, to));
  sqlite3_backup *backup = sqlite3_backup_init(*to, "main", from, "main");
  if (!backup) return vd_db_fail(*to);
  sqlite3_backup_step(backup, -1);
  return sqlite3_backup_finish(backup) == SQLITE_OK ? VD_OK : vd_db_fail(*to);
}

static void free_copy(vd_plan_file *copy) {
  vd_db_cleanup(&copy->db);
  vd_plan_free(copy->plan);
  vd_arena_free(copy->load_arena);
  vd_arena_free(copy->title_arena);
}

static vd_status take_back(vd_plan_file *copy, int64_t number) {
  VD_TRY(vd_guard_mend(copy->db, &copy->notes));
  VD_TRY(vd_file_name_edits(copy->db));
  return vd_file_back_to(copy, number);
}

/* The plan of a file after the edit of that number, 0: as it was created. */
static vd_status plan_after(vd_plan_file *file, int64_t number, vd_arena *arena, vd_plan **out) {
  VD_CLEANUP(free_copy) vd_plan_file copy = {.arena = arena, .path = file->path, .plan = vd_plan_new()};
  int64_t version;
  copy.load_arena = vd_arena_new();
  copy.notes.arena = copy.load_arena;
  VD_TRY(copy_to_memory(file->db, &copy.db));
  VD_TRY(vd_guard_is_plan(copy.db, &version));
  VD_TRY(vd_migrate(copy.db, vd_migrations, version, VD_SCHEMA_VERSION));
  VD_TRY(vd_guard_schema(copy.db, true));
  vd_db_trust(copy.db);
  VD_TRY(vd_file_begin(&copy));
  VD_TRY(vd_file_end(&copy, take_back(&copy, number)));
  VD_TRY(vd_file_load_all(&copy));
  *out = copy.plan;
  copy.plan = NULL;
  return VD_OK;
}

static int64_t number_at(const vd_edits *edits, ptrdiff_t at) {
  return at >= 0 ? edits->all[at].number : 0;
}

/* ---- changes of other programs ---- */

/* Leaves in `plan` the records that `other` holds alike. */
static vd_status keep_agreed(vd_plan *plan, const vd_plan *other) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    size_t n = 0, n_all = vd_plan_count(plan, (vd_kind)kind);
    const void **kept = VD_NEW_ARRAY(scratch, const void *, n_all + 1);
    VD_EACH(plan, (vd_kind)kind, vd_record, record) {
      const void *same = vd_plan_find(other, (vd_kind)kind, record->id);
      if (same && vd_record_equal((vd_kind)kind, record, same)) kept[n++] = record;
    }
    if (n < n_all) VD_TRY(vd_plan_load_kind(plan, (vd_kind)kind, kept, n));
  }
  return VD_OK;
}

/* ---- the ancestor ---- */

typedef struct meeting {
  vd_plan_file *mine, *theirs;
  vd_edits of_mine, of_theirs;
  ptrdiff_t in_mine, in_theirs; /* the latest edit of each that the other has been through */
  vd_arena *arena;
} meeting;

static ptrdiff_t index_of(const vd_edits *edits, const char *id) {
  for (size_t i = 0; i < edits->n; i++)
    if (strcmp(edits->all[i].id, id) == 0) return (ptrdiff_t)i;
  return ROOT;
}

static void tell(vd_ancestor *out, const vd_edits *edits, ptrdiff_t at) {
  out->time_s = VD_TIME_MIN;
  if (at < 0) return;
  out->title = edits->all[at].title ? edits->all[at].title : "";
  out->author = edits->all[at].author, out->time_s = edits->all[at].time_s;
}

/* A point that stands in both histories: the plan there is read from both. */
static vd_status at_common(meeting *at, ptrdiff_t in_mine, ptrdiff_t in_theirs, vd_ancestor *out) {
  VD_CLEANUP(vd_plan_cleanup) vd_plan *other = NULL;
  tell(out, &at->of_mine, in_mine);
  VD_TRY(plan_after(at->mine, number_at(&at->of_mine, in_mine), at->arena, &out->plan));
  VD_TRY(plan_after(at->theirs, number_at(&at->of_theirs, in_theirs), at->arena, &other));
  return keep_agreed(out->plan, other);
}

/* Each has taken in something of the other that the other's point lacks: the base is what merging the two points gives. What
 * clashes between them is taken as it was before both, so that it is told again where it still differs. */
static vd_status at_crossing(meeting *at, vd_ancestor *out) {
  VD_CLEANUP(vd_plan_cleanup) vd_plan *before = NULL, *theirs = NULL;
  ptrdiff_t shared = ROOT;
  for (size_t i = 0; i < at->of_mine.n && i < at->of_theirs.n; i++)
    if (strcmp(at->of_mine.all[i].id, at->of_theirs.all[i].id) == 0) shared = (ptrdiff_t)i;
  tell(out, &at->of_mine, at->in_mine);
  VD_TRY(plan_after(at->mine, number_at(&at->of_mine, at->in_mine), at->arena, &out->plan));
  VD_TRY(plan_after(at->theirs, number_at(&at->of_theirs, at->in_theirs), at->arena, &theirs));
  VD_TRY(plan_after(at->mine, number_at(&at->of_mine, shared), at->arena, &before));
  vd_choices as_before = {.all = VD_SIDE_BASE};
  vd_merge merge;
  vd_merge_plans(before, out->plan, theirs, &as_before, at->arena, &merge);
  merge.n_undecided = 0; /* records of one id that both added and that differ: as in mine */
  return vd_merge_apply(out->plan, &merge, "", NULL);
}

static vd_status find_plan(meeting *at, vd_ancestor *out) {
  const vd_known_edit *in_mine = at->in_mine >= 0 ? &at->of_mine.all[at->in_mine] : NULL;
  const vd_known_edit *in_theirs = at->in_theirs >= 0 ? &at->of_theirs.all[at->in_theirs] : NULL;
  bool mine_is_in_theirs = !in_mine || holds(&at->of_theirs, at->in_theirs, in_mine->id);
  bool theirs_is_in_mine = !in_theirs || holds(&at->of_mine, at->in_mine, in_theirs->id);
  if (mine_is_in_theirs && theirs_is_in_mine) {
    ptrdiff_t there = in_mine ? index_of(&at->of_theirs, in_mine->id) : ROOT;
    bool common = in_mine ? there >= 0 : !in_theirs;
    if (common) return at_common(at, at->in_mine, there, out);
  }
  if (mine_is_in_theirs) {
    tell(out, &at->of_theirs, at->in_theirs);
    return plan_after(at->theirs, number_at(&at->of_theirs, at->in_theirs), at->arena, &out->plan);
  }
  if (!theirs_is_in_mine) return at_crossing(at, out);
  tell(out, &at->of_mine, at->in_mine);
  return plan_after(at->mine, number_at(&at->of_mine, at->in_mine), at->arena, &out->plan);
}

/* Edits taken back in one that the other has by a merge: they cannot be seen as taken back from any state of both. */
static size_t count_staying(const vd_edits *taken_back, const vd_edits *other) {
  size_t n = 0;
  for (size_t i = 0; i < taken_back->n_gone; i++) {
    bool merged = false;
    for (size_t k = 0; k < other->n && !merged; k++)
      merged = lists(other->all[k].merged, taken_back->gone[i]);
    n += merged && index_of(taken_back, taken_back->gone[i]) == ROOT;
  }
  return n;
}

vd_status vd_plan_file_ancestor(vd_plan_file *mine, vd_plan_file *theirs, const char *known, vd_arena *arena,
                                vd_ancestor *out) {
  meeting at = {.mine = mine, .theirs = theirs, .arena = arena};
  *out = (vd_ancestor){.time_s = VD_TIME_MIN};
  VD_TRY(vd_edits_read(mine, known, arena, &at.of_mine));
  VD_TRY(vd_edits_read(theirs, NULL, arena, &at.of_theirs));
  at.in_mine = last_known(&at.of_mine, &at.of_theirs);
  at.in_theirs = last_known(&at.of_theirs, &at.of_mine);
  if (at.in_mine == NOWHERE || at.in_theirs == NOWHERE)
    return vd_fail(
        VD_ERR_NOT_FOUND,
        _("The two plans share no history, so it cannot be told who changed what. Give the plan that "
          "both came from as BASE."));
  out->n_mine = (size_t)((ptrdiff_t)at.of_mine.n - 1 - at.in_mine);
  out->n_theirs = (size_t)((ptrdiff_t)at.of_theirs.n - 1 - at.in_theirs);
  out->n_staying = count_staying(&at.of_mine, &at.of_theirs) + count_staying(&at.of_theirs, &at.of_mine);
  vd_status status = find_plan(&at, out);
  if (status == VD_OK) return VD_OK;
  vd_ancestor_cleanup(out);
  return vd_fail_prefix(status, _("The plan both came from cannot be made from the history"));
}

void vd_ancestor_cleanup(vd_ancestor *ancestor) {
  vd_plan_cleanup(&ancestor->plan);
}

vd_status vd_plan_file_merged(vd_plan_file *mine, vd_plan_file *theirs, const char *known, vd_arena *arena,
                              const char **names) {
  vd_edits of_mine, of_theirs, taken = {0};
  vd_buf text = {.arena = arena};
  VD_TRY(vd_edits_read(mine, known, arena, &of_mine));
  VD_TRY(vd_edits_read(theirs, NULL, arena, &of_theirs));
  for (size_t i = 0; i < of_theirs.n; i++) {
    know(arena, &taken, of_theirs.all[i].id);
    know_all(arena, &taken, of_theirs.all[i].merged);
  }
  if (taken.n_known) qsort(taken.known, taken.n_known, sizeof *taken.known, by_text);
  for (size_t i = 0; i < taken.n_known; i++) {
    bool again = i > 0 && strcmp(taken.known[i - 1], taken.known[i]) == 0;
    if (!again && vd_uuid_valid(taken.known[i]) && !vd_edits_know(&of_mine, taken.known[i]))
      vd_buf_printf(&text, "%s%s", text.n ? " " : "", taken.known[i]);
  }
  *names = text.text ? text.text : "";
  return VD_OK;
}
