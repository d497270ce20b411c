/* i18n: gettext behind two functions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/i18n.h"

#include <libintl.h>
#include <locale.h>

static const char domain[] = "vedette";

/* gettext answers "" with the catalogue's header. */
const char *vd_translate(const char *text) {
  return text && *text ? dgettext(domain, text) : text;
}

const char *vd_translate_n(const char *one, const char *many, unsigned long n) {
  return dngettext(domain, one, many, n);
}

void vd_i18n_start(const char *locale_folder) {
  /* LC_NUMERIC stays "C": printf and strtod write and read points everywhere in the program. */
  setlocale(LC_CTYPE, "C.UTF-8");
  setlocale(LC_MESSAGES, "");
  if (locale_folder) bindtextdomain(domain, locale_folder);
  bind_textdomain_codeset(domain, "UTF-8");
  textdomain(domain);
}
