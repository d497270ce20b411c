/* cmd_merge: vedette merge - copies of a plan that were edited apart, put together.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/report_out.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/report/compare.h"
#include "vedette/store/merging.h"

static const vd_option options[] = {
    {"into", 0, "PLAN", N_("merge into this plan; what both came from is found in their histories")},
    {"output", 'o', "OUT.gpkg",
     N_("write the result here (default: into MINE, as one edit that can be undone)")},
    {"resolve", 0, "DECISION",
     N_("mine or theirs for all conflicts, or KIND/ID/FIELD=mine|theirs|base for one; may be given several "
        "times")},
    {"decisions", 0, "FILE", N_("read decisions from a file that --conflicts wrote and you filled in")},
    {"conflicts", 0, "FILE", N_("write the conflicts that are not decided, to be filled in")},
    {"dry-run", 0, NULL, N_("tell what would be taken in, write nothing")},
    {"json", 0, NULL, N_("everything as JSON, described in docs/json.md")},
    {"csv", 0, "TABLE", N_("one table as CSV, by its key in the JSON")},
    {"top", 0, "N", N_("how many rows of each table (default 0: all)")},
    VD_AUTHOR_OPTION,
    {0},
};

typedef struct merge_job {
  vd_cli *cli;
  const vd_args *args;
  const char *mine_path, *base_path; /* base_path NULL: by the histories */
  const char *const *others;
  size_t n;
  vd_plan_file *mine;
  vd_merging **from; /* one an other, each into the result of the one before */
  vd_plan **results;
  vd_merge_from *told;
  vd_choices choices;
} merge_job;

static void free_job(merge_job *job) {
  for (size_t i = 0; job->from && i < job->n; i++) {
    vd_merging_free(job->from[i]);
    vd_plan_free(job->results[i]);
  }
  vd_plan_file_close(job->mine);
}

/* ---- the command line ---- */

static vd_status read_names(merge_job *job) {
  const vd_args *args = job->args;
  job->mine_path = vd_opt_value(args, "into");
  job->others = args->rest, job->n = args->n_rest;
  if (job->mine_path) return VD_OK;
  if (args->n_rest != 3)
    return vd_fail(VD_ERR_USAGE, _("give BASE MINE THEIRS, or --into PLAN and the other copies"));
  job->base_path = args->rest[0], job->mine_path = args->rest[1];
  job->others = args->rest + 2, job->n = 1;
  return VD_OK;
}

static void close_stream(FILE **file) {
  if (*file) fclose(*file);
}

static vd_status read_text(vd_arena *arena, const char *path, char **text) {
  enum { LARGEST = 64 << 20 };
  VD_CLEANUP(close_stream) FILE *file = fopen(path, "rb");
  struct stat told;
  if (!file || fstat(fileno(file), &told) != 0 || !S_ISREG(told.st_mode))
    return vd_fail(VD_ERR_IO, _("%s cannot be read: %s."), path, errno ? strerror(errno) : "");
  if (told.st_size > LARGEST) return vd_fail(VD_ERR_LIMIT, _("%s is larger than 64 MB."), path);
  *text = vd_arena_alloc(arena, (size_t)told.st_size + 1);
  size_t n = fread(*text, 1, (size_t)told.st_size, file);
  (*text)[n] = '\0';
  if (!vd_utf8_valid(*text, n)) return vd_fail(VD_ERR_INPUT, _("%s is not text in UTF-8."), path);
  return VD_OK;
}

static vd_status read_choices(merge_job *job) {
  const char *path = vd_opt_value(job->args, "decisions");
  vd_arena *arena = job->cli->arena;
  job->choices.all = VD_SIDE_COUNT;
  if (path) {
    char *text;
    VD_TRY(read_text(arena, path, &text));
    vd_status status = vd_choices_parse(&job->choices, arena, text);
    if (status != VD_OK) return vd_fail_prefix(status, "%s", path);
  }
  for (size_t i = 0; i < job->args->n_set; i++) {
    if (strcmp(job->args->set[i].option->name, "resolve") != 0) continue;
    if (vd_choices_add(&job->choices, arena, job->args->set[i].value) != VD_OK)
      return vd_fail_prefix(VD_ERR_USAGE, "--resolve");
  }
  return VD_OK;
}

/* ---- the merges ---- */

static vd_status merge_one(merge_job *job, size_t i) {
  const vd_plan *into = i ? job->results[i - 1] : vd_plan_file_plan(job->mine);
  const vd_merge *merge;
  VD_TRY(vd_progress_step(&job->cli->progress, _("Merging"), (int64_t)i, (int64_t)job->n));
  VD_TRY(vd_merging_open(job->mine, into, job->base_path, job->others[i], i ? job->from[i - 1] : NULL,
                         &job->from[i]));
  VD_TRY(vd_merging_run(job->from[i], &job->choices, &merge));
  job->told[i] = (vd_merge_from){job->others[i], vd_merging_since(job->from[i], job->cli->arena), merge};
  return vd_merging_result(job->from[i], &job->results[i]);
}

static vd_status merge_all(merge_job *job) {
  vd_arena *arena = job->cli->arena;
  job->from = VD_NEW_ARRAY(arena, vd_merging *, job->n);
  job->results = VD_NEW_ARRAY(arena, vd_plan *, job->n);
  job->told = VD_NEW_ARRAY(arena, vd_merge_from, job->n);
  for (size_t i = 0; i < job->n; i++) VD_TRY(merge_one(job, i));
  for (size_t i = 0; i < job->choices.n; i++) {
    const vd_choice *choice = &job->choices.items[i];
    if (!choice->used)
      return vd_fail(VD_ERR_USAGE, _("there is no conflict %s/%s/%s to decide"), choice->kind, choice->id,
                     choice->field);
  }
  return VD_OK;
}

static size_t count_undecided(const merge_job *job) {
  size_t n = 0;
  for (size_t i = 0; i < job->n; i++) n += job->told[i].merge->n_undecided;
  return n;
}

/* ---- telling and writing ---- */

static vd_status print(const merge_job *job) {
  vd_report *report;
  vd_report_merge(vd_plan_file_plan(job->mine), job->told, job->n, job->cli->arena, &report);
  return vd_cli_report_forms(job->cli, job->args, report, 0);
}

static vd_status write_conflicts(const merge_job *job) {
  const char *path = vd_opt_value(job->args, "conflicts");
  if (!path) return VD_OK;
  VD_CLEANUP(close_stream) FILE *file = fopen(path, "wb");
  bool good = file != NULL;
  int32_t offset_s = vd_plan_info_lookup(vd_plan_file_plan(job->mine))->utc_offset_s;
  for (size_t i = 0; good && i < job->n; i++) {
    const vd_merge *merge = job->told[i].merge;
    good =
        fputs(vd_conflicts_text(job->cli->arena, merge->conflicts, merge->n_conflicts, offset_s), file) >= 0;
  }
  return good && fflush(file) == 0
             ? VD_OK
             : vd_fail(VD_ERR_IO, _("%s cannot be written: %s."), path, strerror(errno));
}

static vd_status change_copy(void *context, vd_plan_file *copy) {
  const merge_job *job = context;
  const char *author = vd_opt_value(job->args, "author");
  vd_plan *plan = vd_plan_file_plan(copy);
  vd_plan_use_author(plan, author ? author : vd_plan_info_lookup(plan)->author);
  return vd_merging_write(job->from, job->n, copy);
}

static vd_status write_result(merge_job *job) {
  const char *out = vd_opt_value(job->args, "output");
  VD_TRY(out ? vd_plan_file_copy(job->mine, out, change_copy, job)
             : vd_merging_write(job->from, job->n, job->mine));
  if (!vd_opt_given(job->args, "quiet"))
    fprintf(job->cli->err, _("written: %s\n"), out ? out : job->mine_path);
  return VD_OK;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(free_job) merge_job job = {.cli = cli, .args = args};
  VD_TRY(read_names(&job));
  VD_TRY(read_choices(&job));
  bool reads = vd_opt_given(args, "dry-run") || vd_opt_value(args, "output");
  VD_TRY(vd_cli_open_path(cli, args, job.mine_path, reads ? VD_OPEN_READ : VD_OPEN_EDIT, &job.mine));
  VD_TRY(merge_all(&job));
  VD_TRY(print(&job));
  size_t n = count_undecided(&job);
  if (n > 0) VD_TRY(write_conflicts(&job));
  if (n > 0)
    return vd_fail(VD_ERR_INPUT,
                   _("Conflicts not decided: %zu. Nothing was written; decide them with --resolve."), n);
  return vd_opt_given(args, "dry-run") ? VD_OK : write_result(&job);
}

const vd_command vd_cmd_merge = {
    .name = "merge",
    .arguments = "BASE MINE THEIRS | --into PLAN OTHER...",
    .summary = N_("put copies of a plan together that were edited apart"),
    .details =
        N_("By record and field: what one side added, changed or removed is taken. What both changed to "
           "different values is a conflict, listed with both values, authors and times; without a "
           "decision on each nothing is written and the exit status is 1. docs/merging.md tells more.\n\n"
           "  vedette merge --into sector.gpkg laptop-b.gpkg laptop-c.gpkg --dry-run\n"
           "  vedette merge --into sector.gpkg laptop-b.gpkg --resolve mine\n"
           "  vedette merge base.gpkg mine.gpkg theirs.gpkg -o merged.gpkg"),
    .options = options,
    .min_rest = 1,
    .max_rest = 50,
    .run = run,
};
