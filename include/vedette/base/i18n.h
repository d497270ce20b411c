/* i18n: the words a person sees.
 * SPDX-License-Identifier: Apache-2.0
 *
 * _("text") translates now; N_("text") marks a constant to be translated where it is shown. Numbers never follow
 * the locale: only messages do. */
#ifndef VEDETTE_BASE_I18N_H
#define VEDETTE_BASE_I18N_H

#define _(text) vd_translate(text)
#define N_(text) (text)

const char *vd_translate(const char *text) __attribute__((format_arg(1)));
/* Singular or plural by `n`. */
const char *vd_translate_n(const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(1), format_arg(2)));
/* Called once, by main, before any thread: sets the message locale from LC_ALL, LC_MESSAGES, LANG and LANGUAGE, and the
 * catalogues' folder. The locale need not be installed; when it is not, LANGUAGE is set in the environment. */
void vd_i18n_start(const char *locale_folder);

#endif
