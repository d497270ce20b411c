/* names: words of an invented language, and the same in Arabic letters.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "vedette/base/str.h"
#include "world.h"

struct namer {
  vd_arena *arena;
  rng r;
  const char **given;
  size_t n, capacity;
};
#define PICK(r, list) ((list)[rng_below((r), (int)(sizeof(list) / sizeof *(list)))])

namer *namer_new(vd_arena *arena, uint64_t seed) {
  namer *n = VD_NEW(arena, namer);
  *n = (namer){.arena = arena, .r = rng_of(seed, "names")};
  return n;
}

static const char *make_name(namer *n) {
  static const char *const starts[] = {"v", "t", "m",  "l",  "k", "s", "n",  "d",
                                       "r", "h", "br", "tr", "z", "h", "or", "el"};
  static const char *const vowels[] = {"a", "e", "i", "o", "u", "a", "e", "ai"};
  static const char *const middles[] = {"l", "r", "m", "n", "d", "v", "sh", "z", "ll", "rn", "nd", "th"};
  static const char *const ends[] = {"n",   "r",   "l",   "",    "",    "sh",  "m",
                                     "ren", "vel", "dun", "mar", "tha", "ssa", "lo"};
  rng *r = &n->r;
  vd_buf b = {.arena = n->arena};
  const char *start = PICK(r, starts);
  vd_buf_add(&b, start);
  if (strcmp(start, "or") != 0 && strcmp(start, "el") != 0) vd_buf_add(&b, PICK(r, vowels));
  vd_buf_add(&b, PICK(r, middles));
  vd_buf_add(&b, PICK(r, vowels));
  if (rng_unit(r) < 0.25) {
    vd_buf_add(&b, PICK(r, middles));
    vd_buf_add(&b, PICK(r, vowels));
  }
  vd_buf_add(&b, PICK(r, ends));
  b.text[0] = (char)toupper((unsigned char)b.text[0]);
  return b.text;
}

/* Words that mean a real place or something unkind, and names of the story. */
static bool allowed(const namer *n, const char *name) {
  static const char *const never[] = {"Mali",   "Malin",  "Moldo",  "Iran",   "Roma",   "Lima",   "Tana",
                                      "Dili",   "Mina",   "Dallo",  "Delhi",  "Sudan",  "Sanaa",  "Sena",
                                      "Milan",  "Turin",  "Lahar",  "Madina", "Medina", "Manama", "Sidon",
                                      "Tunis",  "Nila",   "Soma",   "Vilna",  "Hamar",  "Dinar",  "Zulu",
                                      "Luanda", "Rwanda", "Uganda", "Malawi", "Oran",   "Orlo",   "Elba",
                                      "Merula", "Hela",   "Dashur", "Landen", "Danai",  "Sindesh"};
  if (strlen(name) > 10 || strlen(name) < 5) return false;
  for (size_t i = 0; i < sizeof never / sizeof *never; i++)
    if (vd_str_equal_nocase(name, never[i])) return false;
  for (size_t i = 0; i < n->n; i++)
    if (vd_str_equal(name, n->given[i]) || (strncmp(name, n->given[i], 4) == 0)) return false;
  return true;
}

const char *namer_next(namer *n) {
  const char *name = make_name(n);
  for (int i = 0; i < 2000 && !allowed(n, name); i++) name = make_name(n);
  *VD_PUSH(n->arena, n->given, n->n, n->capacity) = name;
  return name;
}

const char *name_in_arabic(vd_arena *arena, const char *name) {
  static const char *const pairs[][2] = {
      {"sh", "ش"}, {"th", "ث"}, {"gh", "غ"}, {"ai", "اي"}, {"a", "ا"}, {"b", "ب"}, {"d", "د"}, {"e", "ي"},
      {"g", "ق"},  {"h", "ه"},  {"i", "ي"},  {"k", "ك"},   {"l", "ل"}, {"m", "م"}, {"n", "ن"}, {"o", "و"},
      {"p", "ب"},  {"r", "ر"},  {"s", "س"},  {"t", "ت"},   {"u", "و"}, {"v", "ف"}, {"y", "ي"}, {"z", "ز"}};
  vd_buf b = {.arena = arena};
  if (strchr("aeiou", tolower((unsigned char)name[0]))) vd_buf_add(&b, "ا");
  for (const char *c = name; *c;) {
    size_t used = 1;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
      size_t n = strlen(pairs[i][0]);
      char low[3] = {(char)tolower((unsigned char)c[0]), c[0] ? (char)tolower((unsigned char)c[1]) : 0, 0};
      if (strncmp(low, pairs[i][0], n) != 0) continue;
      if (!(c == name && n == 1 && strchr("a", low[0]))) vd_buf_add(&b, pairs[i][1]);
      used = n;
      break;
    }
    if (used == 1 && c[1] == c[0]) used = 2; /* a doubled letter is written once */
    c += used;
  }
  return b.text;
}
