/* engine: opens the five fonts through a private list, so that no setting of the machine changes a picture.
 * SPDX-License-Identifier: Apache-2.0 */
#include "draw/engine.h"

#include <hb.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>
#include <unistd.h>

#include "draw/icons.h"
#include "vedette/base/i18n.h"

typedef struct font_file {
  const char *folder, *name, *package;
} font_file;

/* A packager's build may keep the five in one folder and name it in VEDETTE_FONTS. */
static const font_file font_files[] = {
    {"/usr/share/fonts/truetype/noto", "NotoSans-Regular.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/noto", "NotoSans-Bold.ttf", "fonts-noto-core"},
    {"/usr/share/fonts/truetype/noto", "NotoSansArabicUI-Regular.ttf", "fonts-noto-ui-core"},
    {"/usr/share/fonts/truetype/noto", "NotoSansArabicUI-Bold.ttf", "fonts-noto-ui-core"},
    {"/usr/share/fonts/truetype/dejavu", "DejaVuSansMono.ttf", "fonts-dejavu-core"},
};

static vd_status fonts_add(FcConfig *config) {
  const char *elsewhere = getenv("VEDETTE_FONTS");
  for (size_t i = 0; i < sizeof font_files / sizeof *font_files; i++) {
    const font_file *file = &font_files[i];
    const char *folder = elsewhere && elsewhere[0] ? elsewhere : file->folder;
    g_autofree char *path = g_build_filename(folder, file->name, NULL);
    if (access(path, R_OK) != 0 || !FcConfigAppFontAddFile(config, (const FcChar8 *)path))
      return vd_fail(VD_ERR_NOT_FOUND, _("The font %s cannot be read; install the Debian package %s."), path,
                     file->package);
  }
  return VD_OK;
}

static PangoContext *context_new(PangoFontMap *map) {
  PangoContext *context = pango_font_map_create_context(map);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(context, 72);
  pango_context_set_round_glyph_positions(context, FALSE);
  /* A fixed language: the locale would choose other letter forms and line breaks. */
  pango_context_set_language(context, pango_language_from_string("en"));
  pango_context_set_base_dir(context, PANGO_DIRECTION_WEAK_LTR);
  return context;
}

static gboolean font_pass(PangoFontset *set, PangoFont *font, gpointer data) {
  (void)set, (void)font, (void)data;
  return FALSE;
}

void vd_fonts_settle(vd_draw *draw, vd_face face, PangoLanguage *language) {
  gpointer key = (char *)language + face; /* a language is a unique pointer into a longer string */
  if (!g_hash_table_add(draw->settled, key)) return;
  PangoFontset *set = pango_context_load_fontset(draw->context, draw->faces[face], language);
  pango_fontset_foreach(set, font_pass, NULL);
  g_object_unref(set);
}

/* The font's own line, so that lines are evenly spaced whatever script they hold. Taken from the font's tables:
 * Pango's metrics lay out a sample in the language of the locale. */
static void face_metrics(vd_draw *draw, int face) {
  PangoFont *font = pango_context_load_font(draw->context, draw->faces[face]);
  hb_font_extents_t extents = {0};
  hb_font_get_h_extents(pango_font_get_hb_font(font), &extents);
  draw->ascent[face] = pango_units_to_double(extents.ascender);
  draw->line[face] = draw->ascent[face] - pango_units_to_double(extents.descender);
  g_object_unref(font);
}

static void faces_new(vd_draw *draw) {
  static const char *const families[] = {"Noto Sans,Noto Sans Arabic UI,DejaVu Sans Mono",
                                         "Noto Sans,Noto Sans Arabic UI,DejaVu Sans Mono",
                                         "DejaVu Sans Mono,Noto Sans,Noto Sans Arabic UI"};
  for (int face = 0; face < VD_FACE_COUNT; face++) {
    draw->faces[face] = pango_font_description_new();
    pango_font_description_set_family_static(draw->faces[face], families[face]);
    pango_font_description_set_weight(draw->faces[face],
                                      face == VD_FACE_BOLD ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(draw->faces[face], VD_EM * PANGO_SCALE);
    face_metrics(draw, face);
    vd_fonts_settle(draw, (vd_face)face, pango_context_get_language(draw->context));
  }
}

/* Pango asks fontconfig for its current list before it is given ours: without one at hand fontconfig would read
 * the machine's settings and look through all its fonts, only to leave them aside. */
static vd_draw *draw_new(FcConfig *fonts) {
  FcConfigSetCurrent(fonts);
  vd_draw *draw = g_new0(vd_draw, 1);
  draw->fonts = fonts;
  draw->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(draw->map), fonts);
  draw->context = context_new(draw->map);
  draw->settled = g_hash_table_new(NULL, NULL);
  faces_new(draw);
  draw->icons = vd_icons_new();
  return draw;
}

vd_status vd_draw_open(vd_draw **out) {
  *out = NULL;
  FcConfig *fonts = FcConfigCreate();
  vd_status status = fonts_add(fonts);
  if (status == VD_OK)
    *out = draw_new(fonts);
  else
    FcConfigDestroy(fonts);
  return status;
}

vd_draw *vd_draw_copy(const vd_draw *draw) {
  return draw_new(FcConfigReference(draw->fonts));
}

/* Pango's thread may still ask for the current list when ours goes: an empty one is there for it, or it would read the
 * machine's. */
static void current_fonts_clear(void) {
  FcConfig *empty = FcConfigCreate();
  FcConfigSetCurrent(empty);
  FcConfigDestroy(empty);
}

void vd_draw_free(vd_draw *draw) {
  if (!draw) return;
  if (!draw->is_copy) current_fonts_clear();
  if (draw->young) g_hash_table_destroy(draw->young);
  if (draw->old) g_hash_table_destroy(draw->old);
  if (draw->labels) g_hash_table_destroy(draw->labels);
  g_hash_table_destroy(draw->settled);
  vd_icons_free(draw->icons);
  for (int face = 0; face < VD_FACE_COUNT; face++) pango_font_description_free(draw->faces[face]);
  g_object_unref(draw->context);
  /* Pango 1.50 forgets to let its own hold of the list go with the map. */
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(draw->map), NULL);
  g_object_unref(draw->map);
  FcConfigDestroy(draw->fonts);
  g_free(draw);
}

void vd_draw_cleanup(vd_draw **draw) {
  vd_draw_free(*draw);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define VD_LEAKS_CHECKED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define VD_LEAKS_CHECKED 1
#endif
#ifdef VD_LEAKS_CHECKED
/* For builds with the address sanitizer only: Pango's thread may let go of the fonts after the program's end. A test
 * that needs more names it in a definition of its own. */
const char *__lsan_default_suppressions(void);
__attribute__((weak)) const char *__lsan_default_suppressions(void) {
  return "leak:libfontconfig.so";
}
const char *__lsan_default_options(void);
__attribute__((weak)) const char *__lsan_default_options(void) {
  return "print_suppressions=0";
}
#endif
