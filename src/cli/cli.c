/* cli: runs one command with its options, progress and exit status.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"

#include <string.h>

#include "cli/bar.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const vd_option common_options[] = {
    {"threads", 0, "N", N_("how many threads work (0: one per processor)")},
    {"quiet", 'q', NULL, N_("no progress and no remarks")},
    {"help", 'h', NULL, N_("this text")},
    {0},
};

const vd_command *vd_cli_find(const vd_command *const *commands, const char *name) {
  for (size_t i = 0; commands[i]; i++) {
    if (strcmp(commands[i]->name, name) == 0) return commands[i];
  }
  return NULL;
}

void vd_cli_usage(const vd_command *const *commands, FILE *out) {
  fprintf(out, "%s\n\n",
          _("vedette tells who under threat is reached and visited, by whom, when, and where the gaps are."));
  fprintf(out, "%s\n", _("Usage: vedette PLAN.gpkg            open the window"));
  fprintf(out, "%s\n\n", _("       vedette COMMAND [ARGUMENTS]  work from the command line"));
  for (size_t i = 0; commands[i]; i++)
    fprintf(out, "  %-13s %s\n", commands[i]->name, _(commands[i]->summary));
  fprintf(out, "\n%s\n", _("vedette COMMAND --help tells the rest."));
}

static void print_help(const vd_command *command, FILE *out) {
  fprintf(out, _("Usage: vedette %s %s [OPTIONS]"), command->name, command->arguments);
  fprintf(out, "\n\n%s\n", _(command->summary));
  if (command->details) fprintf(out, "\n%s\n", _(command->details));
  fprintf(out, "\n");
  if (command->options) vd_opt_print(command->options, out);
  vd_opt_print(common_options, out);
}

/* The command's own options followed by the common ones. */
static const vd_option *all_options(const vd_command *command, vd_arena *arena) {
  size_t n = 0, n_common = sizeof common_options / sizeof *common_options;
  while (command->options && command->options[n].name) n++;
  vd_option *all = VD_NEW_ARRAY(arena, vd_option, n + n_common);
  for (size_t i = 0; i < n; i++) all[i] = command->options[i];
  for (size_t i = 0; i < n_common; i++) all[n + i] = common_options[i];
  return all;
}

static vd_status check_count(const vd_command *command, const vd_args *args) {
  if (args->n_rest < command->min_rest) {
    return vd_fail(VD_ERR_USAGE, _("something is missing: vedette %s %s"), command->name, command->arguments);
  }
  if (args->n_rest > command->max_rest) {
    return vd_fail(VD_ERR_USAGE, _("“%s” is one argument too many: vedette %s %s"),
                   args->rest[command->max_rest], command->name, command->arguments);
  }
  return VD_OK;
}

static vd_status run_parsed(const vd_command *command, const vd_args *args, vd_arena *arena) {
  int32_t threads = 0;
  VD_TRY(check_count(command, args));
  VD_TRY(vd_opt_i32(args, "threads", 0, 256, &threads));
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(threads);
  VD_CLEANUP(vd_bar_cleanup) vd_bar *bar = vd_bar_new(stderr, vd_opt_given(args, "quiet"));
  vd_cli cli = {stdout, stderr, arena, jobs, vd_bar_progress(bar)};
  return command->run(&cli, args);
}

static int exit_status(vd_status status) {
  switch (status) {
  case VD_OK:
    return 0;
  case VD_ERR_USAGE:
    return 2;
  case VD_ERR_CANCELLED:
    return 130;
  default:
    return 1;
  }
}

static int run_command(const vd_command *command, int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_args args;
  vd_status status = vd_opt_parse(all_options(command, arena), argc, argv, arena, &args);
  if (status == VD_OK && vd_opt_given(&args, "help")) {
    print_help(command, stdout);
    return 0;
  }
  if (status == VD_OK) status = run_parsed(command, &args, arena);
  if (status == VD_OK && (fflush(stdout) != 0 || ferror(stdout))) {
    status = vd_fail(VD_ERR_IO, _("the output could not be written; is the disk full?"));
  }
  if (status != VD_OK) fprintf(stderr, "vedette %s: %s\n", command->name, vd_last_message());
  return exit_status(status);
}

/* Letters to add, leave out, change or exchange with the next one to make b of a (optimal string alignment). */
static int letters_apart(const char *a, const char *b) {
  enum { MOST = 16 };
  int rows[MOST + 1][MOST + 1], n_a = (int)strlen(a), n_b = (int)strlen(b);
  if (n_a > MOST || n_b > MOST) return MOST;
  for (int i = 0; i <= n_a; i++)
    for (int j = 0; j <= n_b; j++) {
      if (!i || !j) {
        rows[i][j] = i + j;
        continue;
      }
      int best = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      if (rows[i - 1][j] + 1 < best) best = rows[i - 1][j] + 1;
      if (rows[i][j - 1] + 1 < best) best = rows[i][j - 1] + 1;
      bool turned = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (turned && rows[i - 2][j - 2] + 1 < best) best = rows[i - 2][j - 2] + 1;
      rows[i][j] = best;
    }
  return rows[n_a][n_b];
}

/* The command that a mistyped word is nearest to, or NULL. */
static const char *nearest(const vd_command *const *commands, const char *word) {
  const char *best = NULL;
  int least = strlen(word) > 5 ? 3 : strlen(word) > 2 ? 2 : 1;
  for (size_t i = 0; commands[i]; i++) {
    int apart = letters_apart(word, commands[i]->name);
    if (apart < least) best = commands[i]->name, least = apart;
  }
  return best;
}

int vd_cli_run(const vd_command *const *commands, int argc, char **argv) {
  const char *name = argc > 1 ? argv[1] : "--help";
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
    const vd_command *asked = argc > 2 ? vd_cli_find(commands, argv[2]) : NULL;
    if (asked) {
      print_help(asked, stdout);
    } else {
      vd_cli_usage(commands, stdout);
    }
    return 0;
  }
  if (strcmp(name, "--version") == 0) {
    printf("vedette %s\n", VEDETTE_VERSION);
    return 0;
  }
  const vd_command *command = vd_cli_find(commands, name);
  if (!command) {
    const char *meant = nearest(commands, name);
    if (meant)
      fprintf(stderr, _("vedette: there is no command or plan “%s”; did you mean “%s”?\n"), name, meant);
    else
      fprintf(stderr, _("vedette: there is no command or plan “%s”; vedette --help lists the commands\n"),
              name);
    return 2;
  }
  return run_command(command, argc - 2, argv + 2);
}
