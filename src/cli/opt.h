/* opt: option tables that parse a command line and print its help.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_OPT_H
#define VEDETTE_CLI_OPT_H

#include <stdio.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

/* One option. `value` names what it takes ("FILE") or is NULL for a switch. Texts are N_() marked. */
typedef struct vd_option {
  const char *name; /* "cell", given as --cell */
  char letter;      /* 'o' for -o, or 0 */
  const char *value;
  const char *help;
} vd_option;

typedef struct vd_opt_set {
  const vd_option *option;
  const char *value; /* NULL for switches */
} vd_opt_set;

/* A parsed command line: options given (in order) and the other arguments. Borrowed from argv. */
typedef struct vd_args {
  const vd_opt_set *set;
  size_t n_set;
  const char **rest;
  size_t n_rest;
} vd_args;

/* Parses argv[0..argc) against a table ended by a NULL name. --name VALUE, --name=VALUE, -o VALUE, -oVALUE; "--" ends
 * options; a unique beginning of a name is enough. VD_ERR_USAGE with a sentence for anything unknown or missing. */
vd_status vd_opt_parse(const vd_option *table, int argc, char **argv, vd_arena *arena, vd_args *args);
/* The last value given for an option, NULL when absent. For switches use vd_opt_given. */
const char *vd_opt_value(const vd_args *args, const char *name);
bool vd_opt_given(const vd_args *args, const char *name);
/* Reads numbers; *out is untouched when the option is absent; VD_ERR_USAGE names option, value and range. */
vd_status vd_opt_f64(const vd_args *args, const char *name, double min, double max, double *out);
vd_status vd_opt_i32(const vd_args *args, const char *name, int32_t min, int32_t max, int32_t *out);
/* Option lines of a help text, aligned. */
void vd_opt_print(const vd_option *table, FILE *out);

#endif
