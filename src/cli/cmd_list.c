/* cmd_list: the records of one kind.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/table.h"
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/mgrs.h"
#include "vedette/store/words.h"

static const vd_option options[] = {
    {"fields", 'f', "NAMES",
     N_("which fields, separated by commas (default: the most telling; “all” for all)")},
    {"json", 0, NULL, N_("all fields as JSON")},
    {"csv", 0, NULL, N_("all fields as CSV")},
    {0},
};

typedef struct listing {
  vd_cli *cli;
  const vd_plan *plan;
  vd_kind kind;
  const vd_field **fields;
  size_t n, capacity;
  bool raw; /* files' form instead of people's */
} listing;

static void add(listing *l, const vd_field *field) {
  *VD_PUSH(l->cli->arena, l->fields, l->n, l->capacity) = field;
}

static void add_all(listing *l) {
  const vd_kind_info *info = vd_kind_lookup(l->kind);
  for (int i = 0; i < vd_n_record_fields; i++) add(l, &vd_record_fields[i]);
  for (int i = 0; i < info->n_fields; i++) add(l, &info->fields[i]);
}

/* Name, then the kind's own fields that fit a screen, then the source. */
static void add_telling(listing *l) {
  enum { MOST = 6 };
  const vd_kind_info *info = vd_kind_lookup(l->kind);
  add(l, vd_field_find(l->kind, "name"));
  for (int i = 0; i < info->n_fields && i < MOST; i++) add(l, &info->fields[i]);
  add(l, vd_field_find(l->kind, "source"));
}

static vd_status add_named(listing *l, const char *names) {
  for (const char *at = names; *at;) {
    const char *comma = at;
    while (*comma && *comma != ',') comma++;
    char *name = vd_str_trim(l->cli->arena, vd_str_dup_n(l->cli->arena, at, (size_t)(comma - at)));
    const vd_field *field = vd_field_find(l->kind, name);
    if (!field)
      return vd_fail(VD_ERR_USAGE, _("%s has no field “%s”; --fields all shows them"), vd_kind_word(l->kind),
                     name);
    add(l, field);
    at = *comma ? comma + 1 : comma;
  }
  return VD_OK;
}

static const char *cell(const listing *l, const vd_field *field, const void *record) {
  const char *text = vd_field_text(l->cli->arena, field, record);
  if (l->raw || !text) return text;
  if (field->type == VD_F_REF) {
    const vd_record *other = vd_plan_find(l->plan, field->ref, text);
    return other && other->name ? other->name : text;
  }
  if (field->type != VD_F_TIME) return text;
  int64_t time_s;
  return vd_time_parse(text, 0, &time_s) == VD_OK
             ? vd_time_text(l->cli->arena, time_s, vd_plan_info_lookup(l->plan)->utc_offset_s)
             : text;
}

static const char *place(const listing *l, const vd_record *record) {
  if (vd_geom_empty(record->geom)) return NULL;
  vd_box box = vd_geom_box(record->geom);
  if (record->geom->n_points == 1) return vd_str_printf(l->cli->arena, "%.6f,%.6f", box.min_x, box.min_y);
  return vd_str_printf(l->cli->arena, "%.6f,%.6f,%.6f,%.6f", box.min_x, box.min_y, box.max_x, box.max_y);
}

static vd_text_table *make(const listing *l) {
  vd_arena *arena = l->cli->arena;
  size_t n = l->n + 2;
  vd_text_column *columns = VD_NEW_ARRAY(arena, vd_text_column, n);
  columns[0] = (vd_text_column){_("Id"), VD_LEFT, "id", l->raw ? 0 : 9};
  columns[n - 1] = (vd_text_column){_("Place"), VD_LEFT, "place", 0};
  for (size_t i = 0; i < l->n; i++) {
    bool number = l->fields[i]->type == VD_F_INT || l->fields[i]->type == VD_F_REAL;
    const char *title = l->fields[i]->unit
                            ? vd_str_printf(arena, "%s (%s)", _(l->fields[i]->label), l->fields[i]->unit)
                            : _(l->fields[i]->label);
    columns[i + 1] =
        (vd_text_column){title, number ? VD_RIGHT : VD_LEFT, l->fields[i]->name, l->raw ? 0 : 32};
  }
  vd_text_table *table = vd_text_table_new(arena, columns, (int)n);
  for (size_t r = 0; r < vd_plan_count(l->plan, l->kind); r++) {
    const vd_record *record = vd_plan_at(l->plan, l->kind, r);
    const char **cells = vd_text_table_row(table);
    cells[0] = record->id;
    for (size_t i = 0; i < l->n; i++) cells[i + 1] = cell(l, l->fields[i], record);
    cells[n - 1] = place(l, record);
  }
  return table;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  listing l = {.cli = cli, .raw = vd_opt_given(args, "json") || vd_opt_given(args, "csv")};
  const char *names = vd_opt_value(args, "fields");
  VD_TRY(vd_cli_kind(cli, args->rest[1], &l.kind));
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_READ, &file));
  l.plan = vd_plan_file_plan(file);
  if (names && !vd_str_equal(names, "all")) {
    VD_TRY(add_named(&l, names));
  } else if (names || l.raw) {
    add_all(&l);
  } else {
    add_telling(&l);
  }
  vd_text_table *table = make(&l);
  if (vd_opt_given(args, "json")) {
    vd_text_table_print_json(table, cli->out);
  } else if (vd_opt_given(args, "csv")) {
    vd_text_table_print_csv(table, cli->out);
  } else if (vd_text_table_n_rows(table) > 0) {
    vd_text_table_print(table, cli->out);
  } else {
    fprintf(cli->out, _("no %s in this plan\n"), _(vd_kind_lookup(l.kind)->label_many));
  }
  return VD_OK;
}

const vd_command vd_cmd_list = {
    .name = "list",
    .arguments = "PLAN KIND",
    .summary = N_("list the records of one kind"),
    .details = N_("  vedette list sector.gpkg bases\n"
                  "  vedette list sector.gpkg standards\n"
                  "  vedette list sector.gpkg patrols --fields name,actor,from_time,recurrence\n"
                  "  vedette list sector.gpkg restrictions --csv"),
    .options = options,
    .min_rest = 2,
    .max_rest = 2,
    .run = run,
};
