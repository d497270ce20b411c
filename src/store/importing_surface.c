/* importing_surface: words for road surfaces, in English and French, misspelt too.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "vedette/base/terms.h"
#include "vedette/store/importing.h"

typedef struct surface_word {
  const char *word;
  vd_road_surface surface;
} surface_word;

static const surface_word words[] = {
    {"asphalt", VD_SURFACE_PAVED},
    {"asphalte", VD_SURFACE_PAVED},
    {"paved", VD_SURFACE_PAVED},
    {"pave", VD_SURFACE_PAVED},
    {"paves", VD_SURFACE_PAVED},
    {"concrete", VD_SURFACE_PAVED},
    {"concrete plates", VD_SURFACE_PAVED},
    {"concrete lanes", VD_SURFACE_PAVED},
    {"cement", VD_SURFACE_PAVED},
    {"ciment", VD_SURFACE_PAVED},
    {"beton", VD_SURFACE_PAVED},
    {"goudron", VD_SURFACE_PAVED},
    {"goudronne", VD_SURFACE_PAVED},
    {"goudronnee", VD_SURFACE_PAVED},
    {"bitume", VD_SURFACE_PAVED},
    {"bitumee", VD_SURFACE_PAVED},
    {"bitumen", VD_SURFACE_PAVED},
    {"enrobe", VD_SURFACE_PAVED},
    {"revetu", VD_SURFACE_PAVED},
    {"revetue", VD_SURFACE_PAVED},
    {"macadam", VD_SURFACE_PAVED},
    {"tarmac", VD_SURFACE_PAVED},
    {"tar", VD_SURFACE_PAVED},
    {"tarred", VD_SURFACE_PAVED},
    {"sealed", VD_SURFACE_PAVED},
    {"chipseal", VD_SURFACE_PAVED},
    {"paving stones", VD_SURFACE_PAVED},
    {"sett", VD_SURFACE_PAVED},
    {"cobblestone", VD_SURFACE_PAVED},
    {"unhewn cobblestone", VD_SURFACE_PAVED},
    {"brick", VD_SURFACE_PAVED},
    {"bricks", VD_SURFACE_PAVED},
    {"metal", VD_SURFACE_PAVED},
    {"metal grid", VD_SURFACE_PAVED},
    {"wood", VD_SURFACE_PAVED},
    {"bois", VD_SURFACE_PAVED},
    {"gravel", VD_SURFACE_GRAVEL},
    {"fine gravel", VD_SURFACE_GRAVEL},
    {"compacted", VD_SURFACE_GRAVEL},
    {"pebblestone", VD_SURFACE_GRAVEL},
    {"pebbles", VD_SURFACE_GRAVEL},
    {"gravier", VD_SURFACE_GRAVEL},
    {"graviers", VD_SURFACE_GRAVEL},
    {"gravillon", VD_SURFACE_GRAVEL},
    {"laterite", VD_SURFACE_GRAVEL},
    {"murram", VD_SURFACE_GRAVEL},
    {"marram", VD_SURFACE_GRAVEL},
    {"tout venant", VD_SURFACE_GRAVEL},
    {"unpaved", VD_SURFACE_EARTH},
    {"unsealed", VD_SURFACE_EARTH},
    {"dirt", VD_SURFACE_EARTH},
    {"earth", VD_SURFACE_EARTH},
    {"ground", VD_SURFACE_EARTH},
    {"soil", VD_SURFACE_EARTH},
    {"sand", VD_SURFACE_EARTH},
    {"sable", VD_SURFACE_EARTH},
    {"mud", VD_SURFACE_EARTH},
    {"boue", VD_SURFACE_EARTH},
    {"grass", VD_SURFACE_EARTH},
    {"herbe", VD_SURFACE_EARTH},
    {"clay", VD_SURFACE_EARTH},
    {"argile", VD_SURFACE_EARTH},
    {"terre", VD_SURFACE_EARTH},
    {"terre battue", VD_SURFACE_EARTH},
    {"piste", VD_SURFACE_EARTH},
    {"rock", VD_SURFACE_EARTH},
    {"rocks", VD_SURFACE_EARTH},
    {"rocky", VD_SURFACE_EARTH},
    {"stone", VD_SURFACE_EARTH},
    {"stones", VD_SURFACE_EARTH},
    {"pierre", VD_SURFACE_EARTH},
    {"pierres", VD_SURFACE_EARTH},
    {"roche", VD_SURFACE_EARTH},
    {"woodchips", VD_SURFACE_EARTH},
    {"salt", VD_SURFACE_EARTH},
    {"black cotton", VD_SURFACE_EARTH},
    {"black cotton soil", VD_SURFACE_EARTH},
};
enum { N_WORDS = sizeof words / sizeof *words, LONGEST = 40 };

/* U+00C0..U+00FF without their accents. */
static const char unaccented[] = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

/* Small letters without accents, words apart by one space; the first of several told with ";". */
static void plain_surface(const char *text, char *out) {
  size_t n = 0;
  for (const unsigned char *c = (const unsigned char *)text; *c && *c != ';' && n + 1 < LONGEST; c++) {
    if (*c == 0xc3 && c[1] >= 0x80 && c[1] <= 0xbf) {
      out[n++] = unaccented[c[1] - 0x80];
      c++;
    } else if (isalpha(*c)) {
      out[n++] = (char)tolower(*c);
    } else if (n && out[n - 1] != ' ') {
      out[n++] = ' ';
    }
  }
  while (n && out[n - 1] == ' ') n--;
  out[n] = '\0';
}

/* Whether one letter added, left out, changed or swapped with its neighbour turns a into b. */
static bool one_slip(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  if (strcmp(a, b) == 0) return true;
  if (*a && strcmp(a + 1, b) == 0) return true;
  if (*b && strcmp(a, b + 1) == 0) return true;
  if (*a && *b && strcmp(a + 1, b + 1) == 0) return true;
  return a[0] && a[1] && a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0;
}

static int find(bool (*fits)(const char *text, const char *word), const char *text) {
  for (int i = 0; i < N_WORDS; i++)
    if (fits(text, words[i].word)) return (int)words[i].surface;
  return -1;
}

static bool is_word(const char *text, const char *word) {
  return strcmp(text, word) == 0;
}

/* "asphalt no", "goudron degrade": the word with something after it. */
static bool begins_with(const char *text, const char *word) {
  size_t n = strlen(word);
  return n >= 4 && strncmp(text, word, n) == 0 && text[n] == ' ';
}

static bool misspelt(const char *text, const char *word) {
  return strlen(word) >= 5 && strlen(text) >= 5 && one_slip(text, word);
}

int vd_surface_of_word(const char *word) {
  char text[LONGEST];
  plain_surface(word, text);
  if (!*text) return -1;
  if (strncmp(text, "non ", 4) == 0 || strncmp(text, "not ", 4) == 0) return VD_SURFACE_EARTH;
  int surface = find(is_word, text);
  if (surface < 0) surface = find(begins_with, text);
  return surface < 0 ? find(misspelt, text) : surface;
}
