/* label: draws text runs; those with a halo are kept as pixels, since outlining letters is slow and a map shows the same
 * names frame after frame.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "draw/engine.h"
#include "draw/hash64.h"
#include "draw/render.h"

/* Pixels kept at once, in bytes; thrown away together when full. */
enum { KEPT_BYTES_MAX = 32 << 20, SIDE_MAX_PX = 2048 };

/* ---- Drawing with the anchor at the origin ---- */

static void line_start(cairo_t *cr, const vd_layout *layout, const vd_text_run *run, int line) {
  double dx = 0, dy = 0;
  vd_layout_place(layout, run, &dx, &dy);
  cairo_move_to(cr, dx + vd_layout_indent(layout, line, run->anchor_x),
                dy + vd_layout_baseline(layout, line));
}

static void text_path(cairo_t *cr, const vd_layout *layout, const vd_text_run *run) {
  cairo_new_path(cr);
  for (int i = 0; i < layout->n_lines; i++) {
    line_start(cr, layout, run, i);
    pango_cairo_layout_line_path(cr, layout->lines[i].line);
  }
}

static void text_letters(cairo_t *cr, const vd_layout *layout, const vd_text_run *run) {
  for (int i = 0; i < layout->n_lines; i++) {
    line_start(cr, layout, run, i);
    pango_cairo_show_layout_line(cr, layout->lines[i].line);
  }
}

static bool has_halo(const vd_text_run *run) {
  return run->halo_mm > 0 && (run->halo_color & 0xffu) != 0;
}

static void text_draw(cairo_t *cr, const vd_layout *layout, const vd_text_run *run, bool vector) {
  double scale = vd_layout_scale(&run->style);
  cairo_scale(cr, scale, scale);
  if (has_halo(run)) {
    text_path(cr, layout, run);
    vd_render_color(cr, run->halo_color);
    cairo_set_line_width(cr, 2 * run->halo_mm / scale);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_stroke(cr);
  }
  vd_render_color(cr, run->color);
  /* On pixels a letter with a halo or turned is filled as a shape: cairo would set it on whole pixels. */
  if (!vector && (has_halo(run) || run->rotation_deg != 0)) {
    text_path(cr, layout, run);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cr);
  } else {
    text_letters(cr, layout, run);
  }
  cairo_new_path(cr);
}

/* ---- Kept pixels ---- */

typedef struct label {
  uint64_t hash;
  char *text;
  double px_per_mm;
  vd_text_run run; /* text and place left out */
  cairo_surface_t *pixels;
  int x, y; /* of the pixels' top left corner from the anchor's pixel */
} label;

static guint label_hash(gconstpointer key) {
  return (guint)((const label *)key)->hash;
}

static gboolean label_equal(gconstpointer a, gconstpointer b) {
  const label *p = a, *q = b;
  return p->hash == q->hash && p->px_per_mm == q->px_per_mm && p->run.color == q->run.color &&
         p->run.halo_color == q->run.halo_color && p->run.halo_mm == q->run.halo_mm &&
         p->run.anchor_x == q->run.anchor_x && p->run.anchor_y == q->run.anchor_y &&
         p->run.style.size_mm == q->run.style.size_mm && strcmp(p->text, q->text) == 0;
}

static void label_free(gpointer data) {
  label *l = data;
  cairo_surface_destroy(l->pixels);
  g_free(l->text);
  g_free(l);
}

static label label_key(const vd_layout *layout, const vd_text_run *run, double px_per_mm) {
  label key = {.text = layout->text, .px_per_mm = px_per_mm, .run = *run};
  uint64_t hash = vd_mix_f64(vd_mix_f64(layout->hash, px_per_mm), run->style.size_mm);
  hash = vd_mix64(vd_mix_f64(hash, run->halo_mm), (uint64_t)run->color << 32 | run->halo_color);
  key.hash = vd_mix64(hash, (uint64_t)run->anchor_x << 4 | (uint64_t)run->anchor_y);
  return key;
}

/* NULL when the text is too large to be worth it. */
static label *label_new(vd_draw *draw, const vd_layout *layout, const label *key) {
  vd_box box = vd_layout_box(draw, &(vd_text_run){.text = layout->text,
                                                  .style = key->run.style,
                                                  .anchor_x = key->run.anchor_x,
                                                  .anchor_y = key->run.anchor_y,
                                                  .halo_mm = key->run.halo_mm});
  double x0 = floor(box.min_x * key->px_per_mm) - 1, y0 = floor(box.min_y * key->px_per_mm) - 1;
  double w = ceil(box.max_x * key->px_per_mm) + 1 - x0, h = ceil(box.max_y * key->px_per_mm) + 1 - y0;
  if (!(w <= SIDE_MAX_PX && h <= SIDE_MAX_PX)) return NULL;
  label *made = g_new0(label, 1);
  *made = *key;
  made->text = g_strdup(key->text);
  made->run.text = NULL;
  made->x = (int)x0;
  made->y = (int)y0;
  made->pixels = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)w, (int)h);
  cairo_t *cr = cairo_create(made->pixels);
  cairo_translate(cr, -x0, -y0);
  cairo_scale(cr, key->px_per_mm, key->px_per_mm);
  text_draw(cr, layout, &key->run, false);
  cairo_destroy(cr);
  return made;
}

static label *label_lookup(vd_draw *draw, const vd_layout *layout, const vd_text_run *run, double px_per_mm) {
  label key = label_key(layout, run, px_per_mm);
  if (!draw->labels) draw->labels = g_hash_table_new_full(label_hash, label_equal, label_free, NULL);
  label *found = g_hash_table_lookup(draw->labels, &key);
  if (found) return found;
  found = label_new(draw, layout, &key);
  if (!found) return NULL;
  size_t bytes = (size_t)cairo_image_surface_get_stride(found->pixels) *
                 (size_t)cairo_image_surface_get_height(found->pixels);
  if (draw->label_bytes + bytes > KEPT_BYTES_MAX) {
    g_hash_table_remove_all(draw->labels);
    draw->label_bytes = 0;
  }
  draw->label_bytes += bytes;
  g_hash_table_add(draw->labels, found);
  return found;
}

/* Puts the kept pixels on whole pixels, as letters without a halo are; false when that cannot be. */
static bool label_paint(vd_render *render, const vd_layout *layout, const vd_text_run *run,
                        const vd_affine *m) {
  bool upright = m->xy == 0 && m->yx == 0 && m->xx == m->yy && m->xx > 0 && run->rotation_deg == 0;
  double x = run->x, y = run->y;
  vd_affine_apply(m, &x, &y);
  if (render->vector || !upright || !has_halo(run) || fabs(x) > 1e6 || fabs(y) > 1e6) return false;
  const label *kept = label_lookup(render->draw, layout, run, m->xx);
  if (!kept) return false;
  cairo_save(render->cr);
  cairo_identity_matrix(render->cr);
  cairo_set_source_surface(render->cr, kept->pixels, rint(x) + kept->x, rint(y) + kept->y);
  cairo_pattern_set_filter(cairo_get_source(render->cr), CAIRO_FILTER_NEAREST);
  cairo_paint(render->cr);
  cairo_restore(render->cr);
  return true;
}

void vd_emit_text(vd_render *render, const vd_text_run *run) {
  const vd_layout *layout = vd_layout_lookup(render->draw, &run->style, run->text);
  vd_affine m = vd_render_matrix(render);
  /* Letters larger than any wall or smaller than dust: FreeType gives up on them, and nobody can read them. */
  double em_px = vd_affine_stretch(&m) * vd_layout_scale(&run->style) * VD_EM;
  if (!(em_px > 0.05 && em_px < 5000) || label_paint(render, layout, run, &m)) return;
  cairo_save(render->cr);
  cairo_translate(render->cr, run->x, run->y);
  if (run->rotation_deg != 0) cairo_rotate(render->cr, run->rotation_deg * 3.14159265358979323846 / 180);
  text_draw(render->cr, layout, run, render->vector);
  cairo_restore(render->cr);
}
