/* words: what a person calls the kinds of records and grids of a plan when importing, listing and exporting.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_STORE_WORDS_H
#define VEDETTE_STORE_WORDS_H

#include "vedette/plan/plan.h"

/* "roads", "threats", ...: the word of a kind. */
const char *vd_kind_word(vd_kind kind);
/* The kind of a word ("roads"), a table name ("road") or either with other letter case or spaces; -1 when none. */
int vd_kind_of_word(const char *word);
/* vd_raster_kind of "elevation", "population", "landcover"; -1 when none. */
int vd_raster_of_word(const char *word);
/* All words separated by ", ", grids after the kinds, in the arena. */
char *vd_words_text(vd_arena *arena, bool with_rasters);

#endif
