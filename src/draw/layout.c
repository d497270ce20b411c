/* layout: shaped and broken text, kept by text and style.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "draw/engine.h"
#include "draw/hash64.h"
#include "draw/ops.h"

/* Layouts a generation; an interface shows some hundreds of strings, a map some thousands. */
enum { GENERATION = 4096 };

double vd_layout_scale(const vd_text_style *style) {
  double size = style->size_mm;
  if (!(size >= 0.1)) size = 0.1;
  return (size > 1000 ? 1000 : size) / VD_EM;
}

/* The style at VD_EM with nothing in it that does not matter, as a key. */
static vd_text_style key_style(const vd_text_style *style) {
  vd_text_style key = {.size_mm = VD_EM, .face = style->face, .direction = style->direction};
  key.line_height = style->line_height > 0 ? fmin(style->line_height, 10) : 1;
  if (style->overflow == VD_OVERFLOW_NONE) return key;
  key.overflow = style->overflow;
  double width = style->max_width_mm / vd_layout_scale(style);
  key.max_width_mm = rint((width > 0 ? fmin(width, 1e6) : 0) * PANGO_SCALE) / PANGO_SCALE;
  if (style->overflow == VD_OVERFLOW_WRAP && style->max_lines > 0) key.max_lines = style->max_lines;
  return key;
}

static uint64_t key_hash(const vd_text_style *key, const char *text) {
  uint64_t hash = vd_mix64((uint64_t)key->face << 8 | (uint64_t)key->overflow << 4 | (uint64_t)key->direction,
                           (uint64_t)key->max_lines);
  hash = vd_mix_f64(vd_mix_f64(hash, key->max_width_mm), key->line_height);
  return vd_mix_text(hash, text);
}

static guint layout_hash(gconstpointer key) {
  return (guint)((const vd_layout *)key)->hash;
}

static gboolean layout_equal(gconstpointer a, gconstpointer b) {
  const vd_layout *p = a, *q = b;
  return p->hash == q->hash && p->style.face == q->style.face && p->style.overflow == q->style.overflow &&
         p->style.direction == q->style.direction && p->style.max_lines == q->style.max_lines &&
         p->style.max_width_mm == q->style.max_width_mm && p->style.line_height == q->style.line_height &&
         strcmp(p->text, q->text) == 0;
}

static void layout_free(gpointer data) {
  vd_layout *layout = data;
  for (int i = 0; i < layout->n_lines; i++) pango_layout_line_unref(layout->lines[i].line);
  g_object_unref(layout->layout);
  g_free(layout->lines);
  g_free(layout->text);
  g_free(layout);
}

static GHashTable *generation_new(void) {
  return g_hash_table_new_full(layout_hash, layout_equal, layout_free, NULL);
}

/* ---- Making one ---- */

/* What Pango is given: newlines are spaces where only one paragraph is wanted. Same bytes otherwise. */
static void set_text(PangoLayout *layout, const vd_text_style *key, const char *text) {
  bool one_paragraph = key->overflow == VD_OVERFLOW_ELLIPSIS || key->max_lines > 0;
  if (!one_paragraph || !strchr(text, '\n')) {
    pango_layout_set_text(layout, text, -1);
    return;
  }
  g_autofree char *flat = g_strdup(text);
  g_strdelimit(flat, "\n", ' ');
  pango_layout_set_text(layout, flat, -1);
}

static void set_overflow(PangoLayout *layout, const vd_text_style *key) {
  if (key->overflow == VD_OVERFLOW_NONE) return;
  pango_layout_set_width(layout, (int)(key->max_width_mm * PANGO_SCALE));
  if (key->overflow == VD_OVERFLOW_WRAP) pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  if (key->overflow == VD_OVERFLOW_WRAP && key->max_lines == 0) return;
  pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height(layout, key->overflow == VD_OVERFLOW_WRAP ? -key->max_lines : -1);
}

/* The context's direction decides paragraphs without strong letters; with auto off it decides them all. */
static void set_direction(vd_draw *draw, PangoLayout *layout, vd_direction direction) {
  pango_context_set_base_dir(draw->context,
                             direction == VD_DIRECTION_RTL ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir(layout, direction == VD_DIRECTION_AUTO);
  pango_layout_context_changed(layout);
}

static void line_measure(vd_layout_line *out, PangoLayoutIter *at) {
  PangoRectangle ink, logical, placed;
  out->line = pango_layout_line_ref(pango_layout_iter_get_line_readonly(at));
  pango_layout_line_get_extents(out->line, &ink, &logical);
  pango_layout_iter_get_line_extents(at, NULL, &placed);
  out->width = pango_units_to_double(logical.width);
  out->pango_x = pango_units_to_double(placed.x);
  out->ink_x0 = pango_units_to_double(ink.x);
  out->ink_y0 = pango_units_to_double(ink.y);
  out->ink_x1 = pango_units_to_double(ink.x + ink.width);
  out->ink_y1 = pango_units_to_double(ink.y + ink.height);
}

static void lines_settle(vd_draw *draw, const vd_layout *made) {
  for (int i = 0; i < made->n_lines; i++)
    for (GSList *run = made->lines[i].line->runs; run; run = run->next)
      vd_fonts_settle(draw, made->style.face, ((PangoLayoutRun *)run->data)->item->analysis.language);
}

static void lines_measure(vd_layout *made) {
  made->n_lines = pango_layout_get_line_count(made->layout);
  made->lines = g_new0(vd_layout_line, (gsize)made->n_lines);
  PangoLayoutIter *at = pango_layout_get_iter(made->layout);
  for (int i = 0; i < made->n_lines; i++, pango_layout_iter_next_line(at)) {
    line_measure(&made->lines[i], at);
    made->width = fmax(made->width, made->lines[i].width);
  }
  pango_layout_iter_free(at);
}

static vd_layout *layout_new(vd_draw *draw, const vd_layout *key) {
  vd_layout *made = g_new0(vd_layout, 1);
  *made = *key;
  made->text = g_strdup(key->text);
  made->layout = pango_layout_new(draw->context);
  pango_layout_set_font_description(made->layout, draw->faces[key->style.face]);
  set_direction(draw, made->layout, key->style.direction);
  set_overflow(made->layout, &key->style);
  set_text(made->layout, &key->style, key->text);
  lines_measure(made);
  lines_settle(draw, made);
  made->ascent = draw->ascent[key->style.face];
  made->line_height = draw->line[key->style.face] * key->style.line_height;
  made->height = draw->line[key->style.face] + (made->n_lines - 1) * made->line_height;
  made->cut = pango_layout_is_ellipsized(made->layout);
  return made;
}

/* ---- Looking one up ---- */

/* Whether vd_utf8_clean would leave the text as it is. */
static bool is_clean(const char *text) {
  size_t n = strlen(text);
  if (n > VD_TEXT_MAX || !vd_utf8_valid(text, n)) return false;
  for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
    bool control = (*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f;
    bool late_control = p[0] == 0xc2 && p[1] < 0xa0; /* U+0080 to U+009F */
    if (control || late_control) return false;
  }
  return true;
}

static const vd_layout *keep(vd_draw *draw, vd_layout *layout) {
  if (g_hash_table_size(draw->young) >= GENERATION) {
    if (draw->old) g_hash_table_destroy(draw->old);
    draw->old = draw->young;
    draw->young = generation_new();
  }
  g_hash_table_add(draw->young, layout);
  return layout;
}

static const vd_layout *find_or_make(vd_draw *draw, const vd_layout *key) {
  if (!draw->young) draw->young = generation_new();
  vd_layout *found = g_hash_table_lookup(draw->young, key);
  if (found) return found;
  found = draw->old ? g_hash_table_lookup(draw->old, key) : NULL;
  if (!found) return keep(draw, layout_new(draw, key));
  g_hash_table_steal(draw->old, found);
  return keep(draw, found);
}

const vd_layout *vd_layout_lookup(vd_draw *draw, const vd_text_style *style, const char *text) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = NULL;
  const char *clean = text ? text : "";
  if (!is_clean(clean)) {
    scratch = vd_arena_new();
    clean = vd_utf8_clean(scratch, clean, VD_TEXT_MAX);
  }
  vd_layout key = {.style = key_style(style)};
  key.hash = key_hash(&key.style, clean);
  key.text = (char *)clean; /* only read while it is a key */
  return find_or_make(draw, &key);
}

/* ---- Where things are in one ---- */

static double anchor_share(vd_anchor_x anchor) {
  return anchor == VD_ANCHOR_LEFT ? 0 : (anchor == VD_ANCHOR_CENTRE ? 0.5 : 1);
}

double vd_layout_indent(const vd_layout *layout, int line, vd_anchor_x anchor) {
  return anchor_share(anchor) * (layout->width - layout->lines[line].width);
}

double vd_layout_baseline(const vd_layout *layout, int line) {
  return layout->ascent + line * layout->line_height;
}

void vd_layout_place(const vd_layout *layout, const vd_text_run *run, double *dx, double *dy) {
  *dx = -anchor_share(run->anchor_x) * layout->width;
  switch (run->anchor_y) {
  case VD_ANCHOR_BASELINE:
    *dy = -layout->ascent;
    break;
  case VD_ANCHOR_MIDDLE:
    *dy = -layout->height / 2;
    break;
  case VD_ANCHOR_TOP:
    *dy = 0;
    break;
  case VD_ANCHOR_BOTTOM:
    *dy = -layout->height;
    break;
  }
}

vd_box vd_layout_box(vd_draw *draw, const vd_text_run *run) {
  const vd_layout *layout = vd_layout_lookup(draw, &run->style, run->text);
  double dx = 0, dy = 0, scale = vd_layout_scale(&run->style), halo = run->halo_mm > 0 ? run->halo_mm : 0;
  vd_layout_place(layout, run, &dx, &dy);
  vd_box box = {dx, dy, dx + layout->width, dy + layout->height};
  for (int i = 0; i < layout->n_lines; i++) {
    const vd_layout_line *line = &layout->lines[i];
    double x = dx + vd_layout_indent(layout, i, run->anchor_x), y = dy + vd_layout_baseline(layout, i);
    box = vd_box_add(box, x + line->ink_x0, y + line->ink_y0);
    box = vd_box_add(box, x + line->ink_x1, y + line->ink_y1);
  }
  return (vd_box){box.min_x * scale - halo, box.min_y * scale - halo, box.max_x * scale + halo,
                  box.max_y * scale + halo};
}
