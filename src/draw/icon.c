/* icon: finds the program's own files, loads their drawings and paints them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/draw/icon.h"

#include <glib.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "draw/engine.h"
#include "draw/icons.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* ---- Where the files are ---- */

/* share/vedette beside the folder of the running program, as an installed or unpacked copy has it. */
static const char *beside_program(vd_arena *arena) {
  char path[4096];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  if (n <= 0) return VEDETTE_INSTALL_DIR "/share/vedette";
  path[n] = 0;
  g_autofree char *folder = g_path_get_dirname(path);
  g_autofree char *above = g_path_get_dirname(folder);
  return vd_str_printf(arena, "%s/share/vedette", above);
}

vd_status vd_assets_path(vd_arena *arena, const char *name, const char **path) {
  const char *chosen = getenv("VEDETTE_ASSETS");
  bool only = chosen && chosen[0];
  const char *folders[] = {only ? chosen : VEDETTE_SOURCE_DIR "/assets", beside_program(arena),
                           VEDETTE_INSTALL_DIR "/share/vedette"};
  for (int i = 0; i < (only ? 1 : 3); i++) {
    *path = vd_str_printf(arena, "%s%s%s", folders[i], name[0] ? "/" : "", name);
    if (access(*path, R_OK) == 0) return VD_OK;
  }
  if (only)
    return vd_fail(VD_ERR_NOT_FOUND, _("The file %s is not in %s, the folder that VEDETTE_ASSETS names."),
                   name, chosen);
  return vd_fail(VD_ERR_NOT_FOUND,
                 _("The file %s is neither in %s nor in %s; install vedette again or set VEDETTE_ASSETS."),
                 name, folders[0], folders[1]);
}

/* ---- Loading ---- */

typedef struct drawing {
  RsvgHandle *handle;
  vd_rgba tint; /* the one its style sheet now has */
  double aspect;
} drawing;

struct vd_icons {
  GHashTable *drawings; /* name -> drawing */
  GHashTable *pixels;   /* name, tint and size -> cairo_surface_t */
};

/* Pixels kept at once; thrown away together when full. */
enum { PIXELS_MAX = 2048, KEPT_SIZE_MAX_PX = 512 };

static void drawing_free(gpointer data) {
  drawing *d = data;
  g_object_unref(d->handle);
  g_free(d);
}

static void pixels_free(gpointer data) {
  cairo_surface_destroy(data);
}

vd_icons *vd_icons_new(void) {
  vd_icons *icons = g_new0(vd_icons, 1);
  icons->drawings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, drawing_free);
  icons->pixels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, pixels_free);
  return icons;
}

void vd_icons_free(vd_icons *icons) {
  if (!icons) return;
  g_hash_table_destroy(icons->drawings);
  g_hash_table_destroy(icons->pixels);
  g_free(icons);
}

static bool name_good(const char *name) {
  for (const char *p = name; *p; p++)
    if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && !strchr("-_/", *p)) return false;
  return name[0] != 0 && name[0] != '/';
}

static double handle_aspect(RsvgHandle *handle) {
  gboolean has_width, has_height, has_box;
  RsvgLength width, height;
  RsvgRectangle box;
  rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
  return has_box && box.width > 0 && box.height > 0 ? box.width / box.height : 1;
}

static vd_status drawing_load(const char *name, drawing **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const char *path = NULL;
  if (!name_good(name)) return vd_fail(VD_ERR_NOT_FOUND, _("There is no drawing named \"%s\"."), name);
  VD_TRY(vd_assets_path(scratch, vd_str_printf(scratch, "%s.svg", name), &path));
  g_autoptr(GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize n = 0;
  RsvgHandle *handle = NULL;
  if (g_file_get_contents(path, &bytes, &n, &error))
    handle = rsvg_handle_new_from_data((const guint8 *)bytes, n, &error);
  if (!handle)
    return vd_fail(VD_ERR_INPUT, _("The drawing %s cannot be used: %s."), path,
                   error ? error->message : _("it is empty"));
  *out = g_new0(drawing, 1);
  (*out)->handle = handle;
  (*out)->tint = 1; /* no style sheet has been set yet */
  (*out)->aspect = handle_aspect(handle);
  return VD_OK;
}

static vd_status drawing_lookup(vd_icons *icons, const char *name, drawing **out) {
  *out = g_hash_table_lookup(icons->drawings, name);
  if (*out) return VD_OK;
  VD_TRY(drawing_load(name, out));
  g_hash_table_insert(icons->drawings, g_strdup(name), *out);
  return VD_OK;
}

vd_status vd_icons_aspect(vd_icons *icons, const char *name, double *aspect) {
  drawing *found = NULL;
  *aspect = 1;
  VD_TRY(drawing_lookup(icons, name, &found));
  *aspect = found->aspect;
  return VD_OK;
}

vd_status vd_icon_check(vd_draw *draw, const char *name) {
  double aspect;
  return vd_icons_aspect(draw->icons, name, &aspect);
}

double vd_icon_aspect(vd_draw *draw, const char *name) {
  double aspect;
  return vd_icons_aspect(draw->icons, name, &aspect) == VD_OK ? aspect : 1;
}

/* ---- Painting ---- */

static vd_status drawing_paint(drawing *d, cairo_t *cr, vd_rect rect, vd_rgba tint) {
  g_autoptr(GError) error = NULL;
  vd_rgba wanted = tint == VD_CLEAR ? VD_BLACK : tint;
  if (d->tint != wanted) {
    char sheet[64];
    int n = g_snprintf(sheet, sizeof sheet, "svg{color:#%06x}", wanted >> 8);
    if (!rsvg_handle_set_stylesheet(d->handle, (const guint8 *)sheet, (gsize)n, &error))
      return vd_fail(VD_ERR_INTERNAL, "%s", error->message);
    d->tint = wanted;
  }
  double alpha = (wanted & 0xffu) / 255.0;
  RsvgRectangle viewport = {rect.x, rect.y, rect.w, rect.h};
  if (alpha < 1) cairo_push_group(cr);
  gboolean done = rsvg_handle_render_document(d->handle, cr, &viewport, &error);
  if (alpha < 1) {
    cairo_pop_group_to_source(cr);
    cairo_paint_with_alpha(cr, alpha);
  }
  return done ? VD_OK : vd_fail(VD_ERR_INPUT, _("A drawing cannot be painted: %s."), error->message);
}

static vd_status pixels_new(drawing *d, int width, int height, vd_rgba tint, cairo_surface_t **out) {
  *out = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create(*out);
  vd_status status = drawing_paint(d, cr, (vd_rect){0, 0, width, height}, tint);
  cairo_destroy(cr);
  if (status != VD_OK) cairo_surface_destroy(*out);
  return status;
}

static vd_status pixels_lookup(vd_icons *icons, const char *name, drawing *d, int width, int height,
                               vd_rgba tint, cairo_surface_t **out) {
  g_autofree char *key = g_strdup_printf("%s %08x %d %d", name, tint, width, height);
  *out = g_hash_table_lookup(icons->pixels, key);
  if (*out) return VD_OK;
  VD_TRY(pixels_new(d, width, height, tint, out));
  if (g_hash_table_size(icons->pixels) >= PIXELS_MAX) g_hash_table_remove_all(icons->pixels);
  g_hash_table_insert(icons->pixels, g_steal_pointer(&key), *out);
  return VD_OK;
}

/* The device rectangle on whole pixels when the drawing stands upright and is of a size worth keeping. */
static bool upright(cairo_t *cr, vd_rect rect, int px[4]) {
  cairo_matrix_t m;
  cairo_get_matrix(cr, &m);
  if (m.xy != 0 || m.yx != 0 || m.xx <= 0 || m.yy <= 0) return false;
  double w = rint(rect.w * m.xx), h = rint(rect.h * m.yy);
  double x = rint(rect.x * m.xx + m.x0), y = rint(rect.y * m.yy + m.y0);
  if (w < 1 || h < 1 || w > KEPT_SIZE_MAX_PX || h > KEPT_SIZE_MAX_PX || fabs(x) > 1e6 || fabs(y) > 1e6)
    return false;
  px[0] = (int)x, px[1] = (int)y, px[2] = (int)w, px[3] = (int)h;
  return true;
}

vd_status vd_icons_paint(vd_icons *icons, cairo_t *cr, const char *name, vd_rect rect, vd_rgba tint,
                         bool vector) {
  drawing *d = NULL;
  int px[4];
  VD_TRY(drawing_lookup(icons, name, &d));
  if (vector || !upright(cr, rect, px)) return drawing_paint(d, cr, rect, tint);
  cairo_surface_t *pixels = NULL;
  VD_TRY(pixels_lookup(icons, name, d, px[2], px[3], tint, &pixels));
  cairo_save(cr);
  cairo_identity_matrix(cr);
  cairo_set_source_surface(cr, pixels, px[0], px[1]);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
  cairo_paint(cr);
  cairo_restore(cr);
  return VD_OK;
}
