/* main: starts the libraries, then runs the command that the first word names; a plan's name opens the window.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order of starting is written here and nowhere else; nothing else knows both the command line and the window. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/headless.h"
#include "cli/cli.h"
#include "platform/window.h"
#include "vedette/base/i18n.h"
#include "vedette/base/status.h"
#include "vedette/base/str.h"
#include "vedette/geo/start.h"

/* ---- the window --------------------------------------------------------------------------------------------- */

static const vd_option window_options[] = {
    {"size", 's', "WxH", N_("size of the window in pixels (default: most of the screen)")},
    {"rtl", 0, NULL, N_("right to left, as Arabic is written")},
    {"shot", 0, "FILE.png", N_("open no window, write a picture of it")},
    {"select", 0, "GAP|PLACE",
     N_("with --shot: choose a gap (G-01), a place, coordinates or a grid reference")},
    {"script", 0, "FILE", N_("play a script of clicks and keys without a display (src/app/script.h)")},
    {0},
};

static vd_status read_size(const vd_args *args, int *width, int *height) {
  char rest;
  const char *text = vd_opt_value(args, "size");
  if (!text) return VD_OK;
  if (sscanf(text, "%dx%d%c", width, height, &rest) == 2 && *width >= 320 && *height >= 240 &&
      *width <= 8192 && *height <= 8192)
    return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("--size takes 320x240 to 8192x8192, not “%s”"), text);
}

static vd_status read_text(const char *path, vd_arena *arena, const char **out) {
  FILE *file = fopen(path, "rb");
  if (!file) return vd_fail(VD_ERR_NOT_FOUND, _("%s: the script cannot be read"), path);
  vd_buf text = {.arena = arena};
  char piece[4096];
  for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;) vd_buf_add_n(&text, piece, n);
  fclose(file);
  *out = text.text ? text.text : "";
  return VD_OK;
}

static vd_status run_window(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  int width = 0, height = 0;
  const char *script = vd_opt_value(args, "script"), *shot = vd_opt_value(args, "shot");
  const char *select = vd_opt_value(args, "select"), *text = NULL;
  VD_TRY(read_size(args, &width, &height));
  VD_TRY(vd_draw_open(&draw));
  if (!script && !shot) {
    if (select) return vd_fail(VD_ERR_USAGE, _("--select goes with --shot"));
    vd_window_options options = {args->rest[0], width, height, vd_opt_given(args, "rtl"),
                                 cli->progress.cancel};
    return vd_window_run(draw, &options);
  }
  if (script) VD_TRY(read_text(script, cli->arena, &text));
  vd_headless_options options = {.path = args->rest[0],
                                 .width_px = width ? width : 1600,
                                 .height_px = height ? height : 900,
                                 .mirror = vd_opt_given(args, "rtl"),
                                 .select = select,
                                 .script_name = script,
                                 .script = text,
                                 .shot = shot};
  return vd_headless_run(draw, &options);
}

static const vd_command window_command = {
    .name = "window",
    .arguments = "PLAN",
    .summary = N_("open the window; without a display, play a script or take a picture of it"),
    .details = N_("vedette PLAN does the same.\n\n"
                  "  vedette plan.gpkg --size 1600x900\n"
                  "  vedette window plan.gpkg --shot window.png --select G-01"),
    .options = window_options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run_window,
};

/* ---- translations ------------------------------------------------------------------------------------------- */

/* The catalogues beside the program: in the folder of a build, or in the share folder of wherever it was installed. */
static const char *find_catalogues(vd_arena *arena) {
  static const char *const places[] = {"locale", "../share/locale"};
  char program[4096];
  ssize_t n = readlink("/proc/self/exe", program, sizeof program);
  if (n <= 0 || n == sizeof program) return VEDETTE_INSTALL_DIR "/share/locale";
  while (n > 0 && program[n - 1] != '/') n--;
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const char *folder = vd_str_printf(arena, "%.*s%s", (int)n, program, places[i]);
    if (access(folder, R_OK) == 0) return folder;
  }
  return VEDETTE_INSTALL_DIR "/share/locale";
}

static void start_words(void) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_i18n_start(find_catalogues(arena));
}

/* ---- the table ---------------------------------------------------------------------------------------------- */

/* In the order of --help: making a plan, looking at it, changing it, results. */
static const vd_command *const commands[] = {
    /* clang-format off */
    &window_command,
    &vd_cmd_new,
    &vd_cmd_import,
    &vd_cmd_info,
    &vd_cmd_list,
    &vd_cmd_check,
    &vd_cmd_add,
    &vd_cmd_set,
    &vd_cmd_remove,
    &vd_cmd_undo,
    &vd_cmd_redo,
    &vd_cmd_history,
    &vd_cmd_merge,
    &vd_cmd_diff,
    &vd_cmd_study,
    &vd_cmd_explain,
    &vd_cmd_coverage,
    &vd_cmd_restrictions,
    &vd_cmd_response,
    &vd_cmd_predict,
    &vd_cmd_coordinate,
    &vd_cmd_schedule,
    &vd_cmd_execution,
    &vd_cmd_reach,
    &vd_cmd_export,
    &vd_cmd_print,
    &vd_cmd_distance,
    &vd_cmd_outline,
    NULL,
    /* clang-format on */
};

/* "vedette PLAN ..." is "vedette window PLAN ...". */
static int open_plan(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  char **longer = VD_NEW_ARRAY(arena, char *, argc + 2);
  longer[0] = argv[0];
  longer[1] = vd_str_dup(arena, window_command.name);
  for (int i = 1; i < argc; i++) longer[i + 1] = argv[i];
  return vd_cli_run(commands, argc + 1, longer);
}

int main(int argc, char **argv) {
  start_words();
  if (vd_geo_start() != VD_OK) {
    fprintf(stderr, "vedette: %s\n", vd_last_message());
    return 1;
  }
  bool names_plan =
      argc > 1 && argv[1][0] != '-' && !vd_cli_find(commands, argv[1]) && access(argv[1], F_OK) == 0;
  return names_plan ? open_plan(argc, argv) : vd_cli_run(commands, argc, argv);
}
