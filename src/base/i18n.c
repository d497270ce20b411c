/* i18n: gettext behind two functions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/i18n.h"

#include <libintl.h>
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>

static const char domain[] = "vedette";

/* gettext answers "" with the catalogue's header. */
const char *vd_translate(const char *text) {
  return text && *text ? dgettext(domain, text) : text;
}

const char *vd_translate_n(const char *one, const char *many, unsigned long n) {
  return dngettext(domain, one, many, n);
}

static const char *set_in_environment(const char *name) {
  const char *value = getenv(name);
  return value && *value ? value : NULL;
}

/* The locale of messages, as setlocale(LC_MESSAGES, "") reads it; NULL: none is named. */
static const char *named_locale(void) {
  const char *all = set_in_environment("LC_ALL"), *messages = set_in_environment("LC_MESSAGES");
  return all ? all : messages ? messages : set_in_environment("LANG");
}

/* gettext needs a locale other than "C", and laptops in the field often lack the one their LANG names. C.UTF-8 is part
 * of the C library; in it LANGUAGE alone chooses the catalogue. Whoever names "C" gets English. */
static void start_messages(void) {
  const char *named = named_locale();
  if (setlocale(LC_MESSAGES, "") && named) return;
  if (!named && !set_in_environment("LANGUAGE")) return;
  setlocale(LC_MESSAGES, "C.UTF-8");
  if (!set_in_environment("LANGUAGE")) setenv("LANGUAGE", named, 1);
}

void vd_i18n_start(const char *locale_folder) {
  /* LC_NUMERIC stays "C": printf and strtod write and read points everywhere in the program. */
  setlocale(LC_CTYPE, "C.UTF-8");
  start_messages();
  if (locale_folder) bindtextdomain(domain, locale_folder);
  bind_textdomain_codeset(domain, "UTF-8");
  textdomain(domain);
}
