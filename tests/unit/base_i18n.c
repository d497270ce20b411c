/* base_i18n: a catalogue is found and used, and numbers stay as they are.
 * SPDX-License-Identifier: Apache-2.0 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "vedette/base/i18n.h"

static const char catalogue[] =
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; "
    "plural=(n>1);\\n\"\n"
    "msgid \"base\"\nmsgstr \"قاعدة\"\n"
    "msgid \"one gap\"\nmsgid_plural \"many gaps\"\nmsgstr[0] \"un trou\"\nmsgstr[1] \"des trous\"\n";

/* The folder LOCALE/qq/LC_MESSAGES with a catalogue compiled by msgfmt, which the build needs anyway. */
static void make_catalogue(char *folder) {
  char path[256], command[600];
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/qq", folder);
  assert_int_equal(mkdir(path, 0700), 0);
  snprintf(path, sizeof path, "%s/qq/LC_MESSAGES", folder);
  assert_int_equal(mkdir(path, 0700), 0);
  snprintf(command, sizeof command, "msgfmt -o %s/vedette.mo -", path);
  FILE *pipe = popen(command, "w");
  assert_non_null(pipe);
  fputs(catalogue, pipe);
  assert_int_equal(pclose(pipe), 0);
}

static void remove_catalogue(const char *folder) {
  static const char *const parts[] = {"/qq/LC_MESSAGES/vedette.mo", "/qq/LC_MESSAGES", "/qq", ""};
  for (int i = 0; i < 4; i++) {
    char path[256];
    snprintf(path, sizeof path, "%s%s", folder, parts[i]);
    assert_int_equal(remove(path), 0);
  }
}

static void words_follow_the_language_and_numbers_do_not(void **state) {
  (void)state;
  char folder[] = "/tmp/vedette-i18n-XXXXXX", number[16];
  make_catalogue(folder);
  setenv("LC_ALL", "C.UTF-8", 1);
  setenv("LANGUAGE", "qq", 1);
  vd_i18n_start(folder);
  assert_string_equal(_("base"), "قاعدة");
  assert_string_equal(_("not in the catalogue"), "not in the catalogue");
  assert_string_equal(vd_translate_n("one gap", "many gaps", 1), "un trou");
  assert_string_equal(vd_translate_n("one gap", "many gaps", 5), "des trous");
  assert_string_equal(_(""), ""); /* gettext alone would answer with the catalogue's header */
  snprintf(number, sizeof number, "%.1f", 1.5);
  assert_string_equal(number, "1.5");
  assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
  assert_string_equal(setlocale(LC_CTYPE, NULL), "C.UTF-8");
  remove_catalogue(folder);
}

/* Laptops name locales that nobody generated; "qq_QQ.UTF-8" surely is one of those. */
static void a_language_needs_no_installed_locale(void **state) {
  (void)state;
  char folder[] = "/tmp/vedette-i18n-XXXXXX";
  make_catalogue(folder);
  unsetenv("LC_ALL");
  unsetenv("LC_MESSAGES");
  unsetenv("LANGUAGE");
  setenv("LANG", "qq_QQ.UTF-8", 1);
  vd_i18n_start(folder);
  assert_string_equal(_("base"), "قاعدة");
  unsetenv("LANG");
  setenv("LANGUAGE", "qq", 1);
  vd_i18n_start(folder);
  assert_string_equal(_("base"), "قاعدة");
  setenv("LC_ALL", "C", 1); /* who asks for C is given English */
  vd_i18n_start(folder);
  assert_string_equal(_("base"), "base");
  assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
  remove_catalogue(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(words_follow_the_language_and_numbers_do_not),
                                     cmocka_unit_test(a_language_needs_no_installed_locale)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
