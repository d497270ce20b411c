/* importing_landcover: land-cover codes of others, and fractions of classes, as the codes of terms.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Legends: ESA WorldCover (10 tree cover .. 100 moss and lichen), Copernicus Global Land Service discrete
 * classification (20 shrubs .. 126 open forest, 200 sea), and vedette's own (1 bare .. 11 water). */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/raster.h"

enum { CODES = 256 };
typedef struct legend {
  const char *name, *label;
  struct {
    int code, ground;
  } rows[32];
} legend;

static const legend worldcover = {"worldcover",
                                  N_("ESA WorldCover's codes"),
                                  {{10, VD_GROUND_FOREST},
                                   {20, VD_GROUND_SHRUB},
                                   {30, VD_GROUND_GRASS},
                                   {40, VD_GROUND_CROPS},
                                   {50, VD_GROUND_BUILT_UP},
                                   {60, VD_GROUND_BARE},
                                   {70, VD_GROUND_SNOW},
                                   {80, VD_GROUND_WATER},
                                   {90, VD_GROUND_WETLAND},
                                   {95, VD_GROUND_WETLAND},
                                   {100, VD_GROUND_MOSS}}};
static const legend copernicus = {
    "copernicus",
    N_("Copernicus' codes"),
    {{20, VD_GROUND_SHRUB},   {30, VD_GROUND_GRASS},   {40, VD_GROUND_CROPS},   {50, VD_GROUND_BUILT_UP},
     {60, VD_GROUND_BARE},    {70, VD_GROUND_SNOW},    {80, VD_GROUND_WATER},   {90, VD_GROUND_WETLAND},
     {100, VD_GROUND_MOSS},   {111, VD_GROUND_FOREST}, {112, VD_GROUND_FOREST}, {113, VD_GROUND_FOREST},
     {114, VD_GROUND_FOREST}, {115, VD_GROUND_FOREST}, {116, VD_GROUND_FOREST}, {121, VD_GROUND_FOREST},
     {122, VD_GROUND_FOREST}, {123, VD_GROUND_FOREST}, {124, VD_GROUND_FOREST}, {125, VD_GROUND_FOREST},
     {126, VD_GROUND_FOREST}, {200, VD_GROUND_WATER}}};
static const legend own = {"vedette",
                           N_("vedette's codes"),
                           {{1, VD_GROUND_BARE},
                            {2, VD_GROUND_CROPS},
                            {3, VD_GROUND_GRASS},
                            {4, VD_GROUND_SHRUB},
                            {5, VD_GROUND_FOREST},
                            {6, VD_GROUND_BUILT_UP},
                            {7, VD_GROUND_MOSS},
                            {8, VD_GROUND_SNOW},
                            {9, VD_GROUND_WETLAND},
                            {10, VD_GROUND_SEASONAL_WATER},
                            {11, VD_GROUND_WATER}}};
static const legend *const legends[] = {&own, &worldcover, &copernicus};

static uint8_t code_of_ground(int ground) {
  return (uint8_t)(ground - VD_GROUND_BARE + 1);
}

static void fill(const legend *from, uint8_t to[CODES]) {
  for (size_t i = 0; i < sizeof from->rows / sizeof *from->rows && from->rows[i].code; i++)
    to[from->rows[i].code] = code_of_ground(from->rows[i].ground);
}

/* "10=forest,20=shrub" */
static vd_status parse_legend(const char *text, uint8_t to[CODES]) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  for (const char *at = text; *at;) {
    size_t n = strcspn(at, ",");
    char *row = vd_str_dup_n(arena, at, n), *equals = strchr(row, '=');
    int64_t code;
    int ground = equals ? vd_terms_find(&vd_ground_terms, equals + 1) : -1;
    if (equals) *equals = '\0';
    if (!equals || !vd_parse_i64(row, &code) || code < 0 || code >= CODES || ground < VD_GROUND_BARE)
      return vd_fail(
          VD_ERR_USAGE,
          _("--legend: “%.*s” is not of the form CODE=CLASS, with a code from 0 to 255 and a class of "
            "land cover (bare, crops, grass, shrub, forest, built_up, moss, snow, wetland, "
            "seasonal_water, water)"),
          (int)n, at);
    to[code] = code_of_ground(ground);
    at += n + (at[n] == ',');
  }
  return VD_OK;
}

/* The legend that knows all codes; of several the first, which is the one with the most telling codes. */
static const legend *guess(const bool seen[CODES]) {
  for (size_t i = 0; i < sizeof legends / sizeof *legends; i++) {
    uint8_t table[CODES] = {0};
    bool all = true;
    fill(legends[i], table);
    for (int code = 1; code < CODES - 1; code++) all = all && (!seen[code] || table[code]);
    if (all) return legends[i];
  }
  return NULL;
}

static bool only_ten(const bool seen[CODES]) {
  for (int code = 1; code < CODES - 1; code++)
    if (seen[code] != (code == 10)) return false;
  return true;
}

static vd_status choose(const char *asked, const bool seen[CODES], uint8_t table[CODES], const char **used) {
  for (size_t i = 0; asked && i < sizeof legends / sizeof *legends; i++) {
    if (!vd_str_equal_nocase(asked, legends[i]->name)) continue;
    fill(legends[i], table);
    *used = _(legends[i]->label);
    return VD_OK;
  }
  if (asked) {
    *used = asked;
    return parse_legend(asked, table);
  }
  const legend *fits = guess(seen);
  if (fits == &own && only_ten(seen)) fits = NULL; /* seasonal water here, trees there */
  if (!fits)
    return vd_fail(VD_ERR_INPUT, _("The land-cover codes are of no legend known here; give one with --legend "
                                   "(vedette, worldcover, copernicus, or CODE=CLASS,...)."));
  fill(fits, table);
  *used = _(fits->label);
  return VD_OK;
}

vd_status vd_landcover_recode(vd_importing *all, vd_raster *raster, const char **legend_used,
                              vd_tally *tally) {
  size_t n = (size_t)raster->width * (size_t)raster->height;
  bool seen[CODES] = {false};
  uint8_t table[CODES] = {0};
  int64_t unknown = 0;
  for (size_t i = 0; i < n; i++) {
    float value = raster->values[i];
    if (isnan(value)) continue;
    if (value < 0 || value >= CODES || value != floorf(value))
      return vd_fail(VD_ERR_INPUT,
                     _("The land cover holds %g, which is no code of a class; codes are whole "
                       "numbers from 0 to 255."),
                     (double)value);
    seen[(int)value] = true;
  }
  VD_TRY(choose(all->options->legend, seen, table, legend_used));
  for (size_t i = 0; i < n; i++) {
    uint8_t code = isnan(raster->values[i]) ? 0 : table[(int)raster->values[i]];
    unknown += !code && !isnan(raster->values[i]) && raster->values[i] > 0;
    raster->values[i] = code ? (float)code : NAN;
  }
  if (unknown)
    vd_tally_change(tally, 1, _("cells with a code that the legend lacks: unknown"),
                    vd_str_printf(tally->arena, "%lld", (long long)unknown));
  return VD_OK;
}

/* ---- fractions ---- */

static const struct {
  const char *word; /* in the file's name, small letters */
  vd_ground ground;
} fractions[] = {{"builtup", VD_GROUND_BUILT_UP},
                 {"permanentwater", VD_GROUND_WATER},
                 {"seasonalwater", VD_GROUND_SEASONAL_WATER},
                 {"mosslichen", VD_GROUND_MOSS},
                 {"bare", VD_GROUND_BARE},
                 {"crops", VD_GROUND_CROPS},
                 {"grass", VD_GROUND_GRASS},
                 {"shrub", VD_GROUND_SHRUB},
                 {"snow", VD_GROUND_SNOW},
                 {"tree", VD_GROUND_FOREST}};

/* "landcover_BuiltUp.tif" and the like; -1 when the name is not of that form. */
static int fraction_ground(const char *path) {
  char plain[128];
  vd_plain_word(vd_path_base(path), plain, sizeof plain);
  const char *class_name = vd_str_starts(plain, "landcover") ? plain + 9 : NULL;
  for (size_t i = 0; class_name && i < sizeof fractions / sizeof *fractions; i++)
    if (vd_str_starts(class_name, fractions[i].word)) return (int)fractions[i].ground;
  return -1;
}

bool vd_is_fraction_file(const char *path) {
  return fraction_ground(path) >= 0;
}

static bool same_grid(const vd_geo_raster *a, const vd_geo_raster *b) {
  return a->width == b->width && a->height == b->height &&
         memcmp(a->geotransform, b->geotransform, sizeof a->geotransform) == 0 &&
         vd_str_equal(a->crs_wkt, b->crs_wkt);
}

/* The class with the largest share; of equal ones the first in the order of terms.h; unknown where all are 0. */
vd_status vd_landcover_dominant(vd_importing *all, const vd_geo_raster *const *shares,
                                const char *const *paths, size_t n, vd_geo_raster *out) {
  *out = *shares[0];
  size_t cells = (size_t)out->width * (size_t)out->height;
  out->values = vd_arena_try_alloc(all->arena, cells, sizeof(float));
  if (!out->values) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the land cover."));
  for (size_t i = 1; i < n; i++)
    if (!same_grid(shares[0], shares[i]))
      return vd_fail(VD_ERR_INPUT, _("%s and %s do not share one grid; land-cover fractions must."),
                     vd_path_base(paths[0]), vd_path_base(paths[i]));
  for (size_t cell = 0; cell < cells; cell++) {
    float best = 0;
    int ground = VD_GROUND_COUNT;
    for (size_t i = 0; i < n; i++) {
      float share = shares[i]->values[cell];
      int here = fraction_ground(paths[i]);
      if (!(share > 0) || share < best || (share == best && here > ground)) continue;
      best = share;
      ground = here;
    }
    out->values[cell] = ground < VD_GROUND_COUNT ? (float)code_of_ground(ground) : NAN;
  }
  return VD_OK;
}
