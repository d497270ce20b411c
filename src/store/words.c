/* words: the words of the command line for kinds and grids.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/store/words.h"

#include <ctype.h>
#include <stdio.h>

#include "vedette/base/str.h"

static const char *const kind_words[VD_KIND_COUNT] = {
    [VD_KIND_ACTOR] = "actors",
    [VD_KIND_BASE] = "bases",
    [VD_KIND_THREAT_AREA] = "threats",
    [VD_KIND_INCIDENT] = "incidents",
    [VD_KIND_PATROL] = "patrols",
    [VD_KIND_STOP] = "stops",
    [VD_KIND_RESTRICTION] = "restrictions",
    [VD_KIND_AREA] = "areas",
    [VD_KIND_SITE] = "sites",
    [VD_KIND_SETTLEMENT] = "settlements",
    [VD_KIND_ROAD] = "roads",
    [VD_KIND_WATER] = "water",
    [VD_KIND_SPEED] = "speeds",
    [VD_KIND_STANDARD] = "standards",
};

const char *vd_kind_word(vd_kind kind) {
  return kind_words[kind];
}

/* Small letters, with "_" for spaces and hyphens. */
static void plain(const char *word, char *out, size_t size) {
  size_t n = 0;
  for (; *word && n + 1 < size; word++)
    out[n++] = *word == ' ' || *word == '-' ? '_' : (char)tolower((unsigned char)*word);
  out[n] = '\0';
}

int vd_kind_of_word(const char *word) {
  char text[32], many[32];
  plain(word, text, sizeof text);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    const char *table = vd_kind_lookup((vd_kind)kind)->table;
    snprintf(many, sizeof many, "%ss", table);
    if (vd_str_equal(text, kind_words[kind]) || vd_str_equal(text, table) || vd_str_equal(text, many))
      return kind;
  }
  return vd_str_equal(text, "threat") ? VD_KIND_THREAT_AREA : -1;
}

int vd_raster_of_word(const char *word) {
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++)
    if (vd_str_equal_nocase(word, vd_raster_words[kind])) return kind;
  return -1;
}

char *vd_words_text(vd_arena *arena, bool with_rasters) {
  vd_buf buf = {.arena = arena};
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    vd_buf_printf(&buf, "%s%s", kind ? ", " : "", kind_words[kind]);
  for (int kind = 0; with_rasters && kind < VD_RASTER_COUNT; kind++)
    vd_buf_printf(&buf, ", %s", vd_raster_words[kind]);
  return buf.text;
}
