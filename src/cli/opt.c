/* opt: parsing and printing of option tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/opt.h"

#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct parsing {
  const vd_option *table;
  vd_arena *arena;
  vd_opt_set *set;
  const char **rest;
  size_t n_set, set_capacity, n_rest, rest_capacity;
} parsing;

static vd_status find_long(const vd_option *table, const char *text, size_t n, const vd_option **out) {
  const vd_option *begins = NULL;
  bool ambiguous = false;
  for (const vd_option *option = table; option->name; option++) {
    if (strncmp(option->name, text, n) != 0) continue;
    if (option->name[n] == '\0') {
      *out = option;
      return VD_OK;
    }
    ambiguous = begins != NULL;
    begins = option;
  }
  if (!begins)
    return vd_fail(VD_ERR_USAGE, _("unknown option --%.*s; --help lists the options"), (int)n, text);
  if (ambiguous)
    return vd_fail(VD_ERR_USAGE, _("--%.*s is the beginning of several options; --help lists them"), (int)n,
                   text);
  *out = begins;
  return VD_OK;
}

static vd_status find_letter(const vd_option *table, char letter, const vd_option **out) {
  for (const vd_option *option = table; option->name; option++) {
    if (option->letter == letter) {
      *out = option;
      return VD_OK;
    }
  }
  return vd_fail(VD_ERR_USAGE, _("unknown option -%c; --help lists the options"), letter);
}

/* Stores one option; returns how many further arguments it used (0 or 1) in *used. */
static vd_status take(parsing *p, const vd_option *option, const char *attached, const char *next,
                      int *used) {
  *used = 0;
  const char *value = attached;
  if (!option->value && attached) return vd_fail(VD_ERR_USAGE, _("--%s takes no value"), option->name);
  if (option->value && !value) {
    if (!next)
      return vd_fail(VD_ERR_USAGE, _("--%s needs a value: --%s %s"), option->name, option->name,
                     option->value);
    value = next;
    *used = 1;
  }
  *VD_PUSH(p->arena, p->set, p->n_set, p->set_capacity) = (vd_opt_set){option, value};
  return VD_OK;
}

static vd_status take_long(parsing *p, const char *text, const char *next, int *used) {
  const vd_option *option;
  const char *equals = strchr(text, '=');
  VD_TRY(find_long(p->table, text, equals ? (size_t)(equals - text) : strlen(text), &option));
  return take(p, option, equals ? equals + 1 : NULL, next, used);
}

static vd_status take_letters(parsing *p, const char *text, const char *next, int *used) {
  *used = 0;
  for (; *text; text++) {
    const vd_option *option;
    VD_TRY(find_letter(p->table, *text, &option));
    if (option->value) return take(p, option, text[1] ? text + 1 : NULL, next, used);
    VD_TRY(take(p, option, NULL, NULL, used));
  }
  return VD_OK;
}

/* "-5.5,3" and "-" are arguments, not letters. */
static bool is_letters(const char *text) {
  return text[0] == '-' && text[1] != '\0' && text[1] != '.' && !(text[1] >= '0' && text[1] <= '9');
}

vd_status vd_opt_parse(const vd_option *table, int argc, char **argv, vd_arena *arena, vd_args *args) {
  parsing p = {.table = table, .arena = arena};
  bool options_ended = false;
  for (int i = 0; i < argc; i++) {
    const char *next = i + 1 < argc ? argv[i + 1] : NULL;
    int used = 0;
    if (options_ended || !is_letters(argv[i])) {
      *VD_PUSH(arena, p.rest, p.n_rest, p.rest_capacity) = argv[i];
    } else if (strcmp(argv[i], "--") == 0) {
      options_ended = true;
    } else if (argv[i][1] == '-') {
      VD_TRY(take_long(&p, argv[i] + 2, next, &used));
    } else {
      VD_TRY(take_letters(&p, argv[i] + 1, next, &used));
    }
    i += used;
  }
  *args = (vd_args){p.set, p.n_set, p.rest, p.n_rest};
  return VD_OK;
}

const char *vd_opt_value(const vd_args *args, const char *name) {
  const char *value = NULL;
  for (size_t i = 0; i < args->n_set; i++) {
    if (strcmp(args->set[i].option->name, name) == 0) value = args->set[i].value;
  }
  return value;
}

bool vd_opt_given(const vd_args *args, const char *name) {
  for (size_t i = 0; i < args->n_set; i++) {
    if (strcmp(args->set[i].option->name, name) == 0) return true;
  }
  return false;
}

vd_status vd_opt_f64(const vd_args *args, const char *name, double min, double max, double *out) {
  const char *text = vd_opt_value(args, name);
  double value;
  if (!text) return VD_OK;
  if (!vd_parse_f64(text, &value) || value < min || value > max) {
    return vd_fail(VD_ERR_USAGE, _("--%s %s: give a number from %g to %g"), name, text, min, max);
  }
  *out = value;
  return VD_OK;
}

vd_status vd_opt_i32(const vd_args *args, const char *name, int32_t min, int32_t max, int32_t *out) {
  const char *text = vd_opt_value(args, name);
  int64_t value;
  if (!text) return VD_OK;
  if (!vd_parse_i64(text, &value) || value < min || value > max) {
    return vd_fail(VD_ERR_USAGE, _("--%s %s: give a whole number from %d to %d"), name, text, min, max);
  }
  *out = (int32_t)value;
  return VD_OK;
}

static void print_text(FILE *out, const char *text, int indent) {
  const int width = 100;
  int column = indent;
  while (*text) {
    size_t word = strcspn(text, " \n");
    if (column > indent && column + (int)word + 1 > width) {
      fprintf(out, "\n%*s", indent, "");
      column = indent;
    }
    fprintf(out, "%s%.*s", column > indent ? " " : "", (int)word, text);
    column += (int)word + (column > indent ? 1 : 0);
    text += word;
    while (*text == ' ' || *text == '\n') text++;
  }
  fputc('\n', out);
}

void vd_opt_print(const vd_option *table, FILE *out) {
  enum { HELP_COLUMN = 28 };
  for (const vd_option *option = table; option->name; option++) {
    char left[64];
    const char *value = option->value ? option->value : "";
    if (option->letter) {
      snprintf(left, sizeof left, "  -%c, --%s %s", option->letter, option->name, value);
    } else {
      snprintf(left, sizeof left, "      --%s %s", option->name, value);
    }
    fprintf(out, "%-*s", HELP_COLUMN, left);
    if (strlen(left) >= HELP_COLUMN) fprintf(out, "\n%*s", HELP_COLUMN, "");
    print_text(out, _(option->help), HELP_COLUMN);
  }
}
