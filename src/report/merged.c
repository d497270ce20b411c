/* merged: what a merge makes of a plan, and what it asks.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/report/compare.h"

typedef struct writing {
  vd_report *report;
  vd_arena *arena;
  const vd_merge_from *all;
  size_t n;
} writing;

static const char *kind_label(vd_kind kind) {
  return kind == VD_KIND_COUNT ? _("Plan") : _(vd_kind_lookup(kind)->label);
}
static const char *kind_word(vd_kind kind) {
  return kind == VD_KIND_COUNT ? "plan" : vd_kind_lookup(kind)->table;
}

static void add_figures(const writing *to) {
  size_t n_changes = 0, n_conflicts = 0, n_undecided = 0;
  for (size_t i = 0; i < to->n; i++) {
    n_changes += vd_merge_n_changes(to->all[i].merge);
    n_conflicts += to->all[i].merge->n_conflicts;
    n_undecided += to->all[i].merge->n_undecided;
  }
  vd_report_figure *figure = vd_report_add_figure(
      to->report, "changes",
      vd_str_printf(to->arena, vd_translate_n("%zu change to take in.", "%zu changes to take in.", n_changes),
                    n_changes));
  figure->value = (double)n_changes;
  figure = vd_report_add_figure(
      to->report, "conflicts",
      n_conflicts
          ? vd_str_printf(to->arena, _("Conflicts: %zu, of them not decided: %zu."), n_conflicts, n_undecided)
          : _("No conflicts."));
  figure->value = (double)n_conflicts;
  figure->unknown = (double)n_undecided;
}

static void add_files(const writing *to) {
  const vd_report_column columns[] = {
      {"file", _("From"), VD_REPORT_TEXT, 0, NULL, false},
      {"since", _("Since"), VD_REPORT_TEXT, 0, NULL, true},
      {"added", _("Added"), VD_REPORT_COUNT, 0, NULL, false},
      {"changed", _("Changed"), VD_REPORT_COUNT, 0, NULL, false},
      {"removed", _("Removed"), VD_REPORT_COUNT, 0, NULL, false},
      {"conflicts", _("Conflicts"), VD_REPORT_COUNT, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(to->report, "from", _("Taken in"), "", columns, 6);
  for (size_t i = 0; i < to->n; i++) {
    const vd_merge *merge = to->all[i].merge;
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = vd_path_base(to->all[i].path);
    row->cells[1].text = to->all[i].since;
    row->cells[2].number = (double)merge->n_added;
    row->cells[3].number = (double)(merge->n_changed + (merge->info != NULL));
    row->cells[4].number = (double)merge->n_removed;
    row->cells[5].number = (double)merge->n_conflicts;
    for (int kind = 0; kind < VD_RASTER_COUNT; kind++) row->cells[3].number += merge->raster_changed[kind];
  }
}

/* ---- conflicts ---- */

static const char *value_text(const vd_clash_value *value) {
  return value->absent ? _("not there") : value->text;
}

static void place_row(vd_report_row *row, const vd_conflict *conflict) {
  row->kind = conflict->kind, row->id = conflict->id;
  const vd_geom *geom = conflict->sides[VD_SIDE_MINE].geom;
  if (!geom) geom = conflict->sides[VD_SIDE_THEIRS].geom;
  if (!geom) return;
  vd_box box = vd_geom_box(geom);
  row->lon_deg = (box.min_x + box.max_x) / 2, row->lat_deg = (box.min_y + box.max_y) / 2;
}

static void add_conflict(const writing *to, vd_report_table *table, const vd_conflict *conflict,
                         const char *path) {
  const vd_clash_value *mine = &conflict->sides[VD_SIDE_MINE], *theirs = &conflict->sides[VD_SIDE_THEIRS];
  bool decided = conflict->choice < VD_SIDE_COUNT;
  vd_report_row *row = vd_report_add_row(table);
  place_row(row, conflict);
  row->bad = !decided;
  row->cells[0].text = kind_label(conflict->kind), row->cells[0].word = kind_word(conflict->kind);
  row->cells[1].text = conflict->label;
  row->cells[2].text = conflict->field_label, row->cells[2].word = conflict->field;
  row->cells[3].text = value_text(&conflict->sides[VD_SIDE_BASE]);
  row->cells[4].text = value_text(mine), row->cells[5].text = mine->author,
  row->cells[6].time_s = mine->time_s;
  row->cells[7].text = value_text(theirs), row->cells[8].text = theirs->author;
  row->cells[9].time_s = theirs->time_s;
  row->cells[10].text = decided ? vd_side_words[conflict->choice] : NULL;
  row->cells[11].text =
      vd_str_printf(to->arena, "%s/%s/%s", vd_conflict_kind_word(conflict), conflict->id, conflict->field);
  row->cells[12].text = vd_path_base(path);
}

static void add_conflicts(const writing *to) {
  const vd_report_column columns[] = {
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, false},
      {"record", _("Name"), VD_REPORT_TEXT, 0, NULL, false},
      {"field", _("Field"), VD_REPORT_TEXT, 0, NULL, false},
      {"base", _("Before"), VD_REPORT_TEXT, 0, NULL, false},
      {"mine", _("Mine"), VD_REPORT_TEXT, 0, NULL, false},
      {"mine_author", _("by"), VD_REPORT_TEXT, 0, NULL, false},
      {"mine_time", _("at"), VD_REPORT_TIME, 0, NULL, false},
      {"theirs", _("Theirs"), VD_REPORT_TEXT, 0, NULL, false},
      {"theirs_author", _("by"), VD_REPORT_TEXT, 0, NULL, false},
      {"theirs_time", _("at"), VD_REPORT_TIME, 0, NULL, false},
      {"decision", _("Decision"), VD_REPORT_TEXT, 0, NULL, false},
      {"conflict", _("For --resolve"), VD_REPORT_TEXT, 0, NULL, true},
      {"from", _("From"), VD_REPORT_TEXT, 0, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(to->report, "conflicts", _("Conflicts"), _("None."), columns, 13);
  for (size_t i = 0; i < to->n; i++)
    for (size_t c = 0; c < to->all[i].merge->n_conflicts; c++)
      add_conflict(to, table, &to->all[i].merge->conflicts[c], to->all[i].path);
}

/* ---- changes, twins, notes ---- */

static void add_changes(const writing *to) {
  const vd_report_column columns[] = {
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, true},
      {"added", _("Added"), VD_REPORT_COUNT, 0, NULL, false},
      {"changed", _("Changed"), VD_REPORT_COUNT, 0, NULL, false},
      {"removed", _("Removed"), VD_REPORT_COUNT, 0, NULL, false},
  };
  size_t counts[VD_KIND_COUNT][3] = {{0}};
  for (size_t i = 0; i < to->n; i++) {
    for (size_t c = 0; c < to->all[i].merge->n_changes; c++) {
      const vd_change *change = &to->all[i].merge->changes[c];
      counts[change->kind][!change->before ? 0 : change->after ? 1 : 2]++;
    }
  }
  vd_report_table *table =
      vd_report_add_table(to->report, "changes", _("Records taken in"), _("None."), columns, 4);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    const size_t *n = counts[kind];
    if (n[0] + n[1] + n[2] == 0) continue;
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = _(vd_kind_lookup((vd_kind)kind)->label_many),
    row->cells[0].word = kind_word((vd_kind)kind);
    for (int i = 0; i < 3; i++) row->cells[1 + i].number = (double)n[i];
  }
}

static void add_twins(const writing *to) {
  const vd_report_column columns[] = {
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, false},
      {"record", _("Name"), VD_REPORT_TEXT, 0, NULL, true},
      {"mine", _("Mine"), VD_REPORT_TEXT, 0, NULL, false},
      {"theirs", _("Theirs"), VD_REPORT_TEXT, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(
      to->report, "twins", _("Possible twins: added on both sides with the same content; both are kept"),
      _("None."), columns, 4);
  for (size_t i = 0; i < to->n; i++) {
    for (size_t t = 0; t < to->all[i].merge->n_twins; t++) {
      const vd_twin *twin = &to->all[i].merge->twins[t];
      vd_report_row *row = vd_report_add_row(table);
      row->kind = twin->kind, row->id = twin->mine;
      row->cells[0].text = kind_label(twin->kind), row->cells[0].word = kind_word(twin->kind);
      row->cells[1].text = twin->label;
      row->cells[2].text = twin->mine, row->cells[3].text = twin->theirs;
    }
  }
}

static void add_notes(const writing *to) {
  const vd_report_column columns[] = {
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, false},
      {"record", _("Name"), VD_REPORT_TEXT, 0, NULL, false},
      {"finding", _("To look at"), VD_REPORT_TEXT, 0, NULL, true},
  };
  vd_report_table *table =
      vd_report_add_table(to->report, "look", _("To look at"), _("Nothing."), columns, 3);
  for (size_t i = 0; i < to->n; i++) {
    for (size_t t = 0; t < to->all[i].merge->n_notes; t++) {
      const vd_merge_note *note = &to->all[i].merge->notes[t];
      vd_report_row *row = vd_report_add_row(table);
      row->kind = note->kind, row->id = note->id;
      row->cells[0].text = kind_label(note->kind), row->cells[0].word = kind_word(note->kind);
      row->cells[1].text = note->label;
      row->cells[2].text = note->sentence;
    }
  }
}

void vd_report_merge(const vd_plan *mine, const vd_merge_from *all, size_t n, vd_arena *arena,
                     vd_report **out) {
  writing to = {vd_report_new(arena, "merge", _("Merge"), mine), arena, all, n};
  add_figures(&to);
  add_files(&to);
  add_conflicts(&to);
  add_changes(&to);
  add_twins(&to);
  add_notes(&to);
  *out = to.report;
}
