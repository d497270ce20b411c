/* sheet_text: markings, title, sources, notes and what a reader must know about the map.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"

static const char un_disclaimer[] = N_("The boundaries and names shown and the designations used on this map "
                                       "do not imply official endorsement or "
                                       "acceptance by the United Nations.");

bool vd_sheet_made(const vd_sheet *sheet) {
  for (int kind = 0; kind < VD_KIND_SPEED; kind++) {
    for (size_t i = 0; i < vd_plan_count(sheet->plan, (vd_kind)kind); i++) {
      const vd_record *record = vd_plan_at(sheet->plan, (vd_kind)kind, i);
      if (vd_str_contains_nocase(record->source, "sample data")) return true;
    }
  }
  return false;
}

void vd_sheet_markings(vd_sheet *sheet) {
  const char *text = vd_terms_label(&vd_classification_terms, (int)vd_plan_classification(sheet->plan));
  vd_canvas_mark(sheet->canvas, "classification");
  vd_cell_text(sheet, sheet->parts.top, text, sheet->head * 1.1, VD_FACE_BOLD, sheet->style.ink,
               VD_ANCHOR_CENTRE);
  vd_cell_text(sheet, sheet->parts.bottom, text, sheet->head * 1.1, VD_FACE_BOLD, sheet->style.ink,
               VD_ANCHOR_CENTRE);
  if (!vd_sheet_made(sheet)) return;
  const char *made = _("MADE SAMPLE DATA: no real place, people or event");
  vd_rgba color = sheet->style.bw ? VD_BLACK : VD_RGB(0xb0, 0x10, 0x30);
  vd_rect top = sheet->parts.top, half = {top.x + top.w * 0.62, top.y, top.w * 0.38, top.h};
  vd_cell_text(sheet, half, made, sheet->body, VD_FACE_BOLD, color, VD_ANCHOR_RIGHT);
}

/* The window of figures and gaps: the study's, else the plan's. */
static void window_of(const vd_sheet *sheet, int64_t *from, int64_t *to) {
  const vd_headline *headline = sheet->study ? vd_study_headline(sheet->study) : NULL;
  *from = headline ? headline->from_s : sheet->info->from_s;
  *to = headline ? headline->to_s : sheet->info->to_s;
}

static char *window_text(vd_sheet *sheet) {
  vd_arena *a = sheet->arena;
  int32_t offset = sheet->info->utc_offset_s;
  int64_t from, to;
  window_of(sheet, &from, &to);
  if (from == to) return vd_str_dup(a, "");
  return vd_str_printf(a, _("%s to %s UTC (local %s to %s, %s)"), vd_time_text(a, from, 0),
                       vd_time_text(a, to, 0), vd_time_text(a, from, offset), vd_time_text(a, to, offset),
                       vd_offset_text(a, offset));
}

static char *snapshot_text(vd_sheet *sheet) {
  vd_arena *a = sheet->arena;
  int32_t offset = sheet->info->utc_offset_s;
  int64_t t = sheet->options->time_s, from, to;
  window_of(sheet, &from, &to);
  char *at = vd_str_printf(a, _("At %s UTC (local %s, %s)"), vd_time_text(a, t, 0),
                           vd_time_text(a, t, offset), vd_offset_text(a, offset));
  if (!sheet->study) return at;
  return vd_str_printf(a, _("%s; figures and gaps of %s to %s UTC"), at, vd_time_text(a, from, 0),
                       vd_time_text(a, to, 0));
}

void vd_sheet_title(vd_sheet *sheet) {
  vd_rect r = sheet->parts.title;
  const char *title = sheet->options->title ? sheet->options->title : sheet->info->title;
  const char *what = sheet->options->report ? sheet->options->report->title
                     : sheet->study         ? _("Coverage of people under threat, and the gaps")
                                            : _("Plan overview");
  if (sheet->options->difference)
    what = vd_str_printf(sheet->arena, _("Change of coverage against %s"), sheet->options->before);
  double big = vd_line_mm(sheet, sheet->title);
  vd_canvas_mark(sheet->canvas, "title");
  vd_cell_text(sheet, (vd_rect){r.x, r.y, r.w, big}, title && title[0] ? title : _("Untitled plan"),
               sheet->title, VD_FACE_BOLD, sheet->style.ink, VD_ANCHOR_LEFT);
  char *under = vd_str_printf(sheet->arena, "%s  ·  %s", what,
                              sheet->options->snapshot ? snapshot_text(sheet) : window_text(sheet));
  vd_cell_text(sheet, (vd_rect){r.x, r.y + big, r.w, vd_line_mm(sheet, sheet->head)}, under, sheet->head,
               VD_FACE_REGULAR, sheet->style.faint_ink, VD_ANCHOR_LEFT);
}

/* ---- footer ---- */

typedef struct source_line {
  const char *source;
  int64_t newest_s;
  size_t n;
} source_line;

static void note_source(vd_arena *arena, source_line **lines, size_t *n, size_t *capacity, const char *source,
                        int64_t t) {
  source = source && source[0] ? source : _("source not stated");
  for (size_t i = 0; i < *n; i++) {
    if (!vd_str_equal((*lines)[i].source, source)) continue;
    (*lines)[i].n++;
    if (t > (*lines)[i].newest_s) (*lines)[i].newest_s = t;
    return;
  }
  *VD_PUSH(arena, *lines, *n, *capacity) = (source_line){source, t, 1};
}

static void add_date(vd_sheet *sheet, vd_buf *buf, int64_t t) {
  if (t == VD_TIME_MIN || t == VD_TIME_MAX || t == 0) {
    vd_buf_printf(buf, " (%s)", _("undated"));
    return;
  }
  vd_civil day = vd_civil_from_s(t, sheet->info->utc_offset_s);
  vd_buf_printf(buf, " (%04d-%02d-%02d)", day.year, day.month, day.day);
}

/* "Roads: OpenStreetMap extract (2026-02-12), field report (2026-03-01)": the two that give most, the rest counted. */
static void add_kind_sources(vd_sheet *sheet, vd_kind kind, vd_buf *buf) {
  source_line *lines = NULL;
  size_t n = 0, capacity = 0;
  for (size_t i = 0; i < vd_plan_count(sheet->plan, kind); i++) {
    const vd_record *record = vd_plan_at(sheet->plan, kind, i);
    note_source(sheet->arena, &lines, &n, &capacity, record->source, record->reported_s);
  }
  if (n == 0) return;
  vd_buf_printf(buf, "%s%s: ", buf->n > 0 ? "; " : "", _(vd_kind_lookup(kind)->label_many));
  for (size_t shown = 0; shown < 2 && shown < n; shown++) {
    size_t best = shown;
    for (size_t i = shown + 1; i < n; i++)
      if (lines[i].n > lines[best].n) best = i;
    source_line line = lines[best];
    lines[best] = lines[shown], lines[shown] = line;
    vd_buf_printf(buf, "%s%s", shown ? ", " : "", line.source);
    add_date(sheet, buf, line.newest_s);
  }
  if (n > 2) vd_buf_printf(buf, _(", %d more"), (int)n - 2);
}

static char *sources_text(vd_sheet *sheet) {
  static const char *const raster_names[VD_RASTER_COUNT] = {N_("Elevation"), N_("Population"),
                                                            N_("Land cover")};
  vd_buf buf = {.arena = sheet->arena};
  for (int kind = VD_KIND_BASE; kind < VD_KIND_SPEED; kind++)
    if (kind != VD_KIND_STOP) add_kind_sources(sheet, (vd_kind)kind, &buf);
  for (int k = 0; k < VD_RASTER_COUNT; k++) {
    const vd_raster *raster = vd_plan_raster(sheet->plan, (vd_raster_kind)k);
    if (!raster) continue;
    vd_buf_printf(&buf, "%s%s: %s", buf.n > 0 ? "; " : "", _(raster_names[k]),
                  raster->source && raster->source[0] ? raster->source : _("source not stated"));
    add_date(sheet, &buf, raster->reported_s);
  }
  vd_buf_add(&buf, ".");
  return buf.text;
}

static char *notes_text(vd_sheet *sheet) {
  vd_buf buf = {.arena = sheet->arena};
  size_t n = 0;
  vd_buf_add(
      &buf,
      _("Reach and presence are worked out from what the plan holds; a place not visited is unknown, not "
        "quiet. Planned patrols are dashed, executed ones solid."));
  if (!sheet->study) return buf.text;
  const vd_headline *headline = vd_study_headline(sheet->study);
  if (headline->n_unsourced > 0)
    vd_buf_printf(&buf, _(" %lld default figures have no published source."),
                  (long long)headline->n_unsourced);
  const vd_note *notes = vd_study_notes(sheet->study, &n);
  for (size_t i = 0; i < n; i++)
    vd_buf_printf(&buf, " %s%s", notes[i].text, vd_str_ends_nocase(notes[i].text, ".") ? "" : ".");
  return buf.text;
}

static char *about_text(vd_sheet *sheet) {
  double lon, lat;
  vd_map_data_centre(sheet->data, &lon, &lat);
  return vd_str_printf(
      sheet->arena,
      _("Lambert azimuthal equal-area on WGS 84, centre %.4f° %s %.4f° %s. Heights in metres. Made with "
        "vedette %s."),
      fabs(lat), lat < 0 ? "S" : "N", fabs(lon), lon < 0 ? "W" : "E", VEDETTE_VERSION);
}

/* What must never be cut. */
static char *hash_text(vd_sheet *sheet) {
  char hash[65];
  vd_plan_hash(sheet->plan, hash);
  return vd_str_printf(sheet->arena, _("Input hash %s"),
                       sheet->study ? vd_study_headline(sheet->study)->input_hash : hash);
}

static void footer_section(vd_flow *flow, const char *heading, const char *text, int lines) {
  vd_sheet *sheet = flow->sheet;
  if (vd_flow_heading(flow, heading))
    vd_flow_lines(flow, text, sheet->small, VD_FACE_REGULAR, sheet->style.faint_ink, lines);
}

static double wrapped_mm(const vd_flow *flow, const char *text) {
  vd_text_style style = {
      .size_mm = flow->sheet->small, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = flow->w};
  return vd_text_measure(flow->sheet->draw, &style, text).height_mm;
}

/* The third section: hash and disclaimer keep their room, the rest is cut before they are. */
static void about_section(vd_flow *flow) {
  vd_sheet *sheet = flow->sheet;
  const char *own = sheet->info->disclaimer, *hash = hash_text(sheet);
  const char *disclaimer = own && own[0] ? own : _(un_disclaimer);
  vd_rgba ink = sheet->style.faint_ink;
  if (!vd_flow_heading(flow, _("This map"))) return;
  double bottom = flow->bottom;
  flow->bottom = fmax(bottom - wrapped_mm(flow, hash) - wrapped_mm(flow, disclaimer), flow->y);
  vd_flow_text(flow, about_text(sheet), sheet->small, VD_FACE_REGULAR, ink);
  flow->bottom = bottom;
  vd_flow_text(flow, hash, sheet->small, VD_FACE_REGULAR, ink);
  vd_flow_text(flow, disclaimer, sheet->small, VD_FACE_REGULAR, ink);
}

void vd_sheet_footer(vd_sheet *sheet) {
  vd_rect r = sheet->parts.footer;
  double gap = 4 * sheet->u, w = (r.w - 2 * gap) / 3;
  vd_canvas_mark(sheet->canvas, "footer");
  vd_flow flow = vd_flow_in(sheet, r);
  if (sheet->parts.panel_columns == 1) {
    double heads = 3 * (vd_line_mm(sheet, sheet->head) + 1.4 * sheet->u) + 2 * sheet->u;
    int lines = (int)fmax(1, floor((r.h - heads) / vd_line_mm(sheet, sheet->small) * 0.3));
    footer_section(&flow, _("Sources"), sources_text(sheet), lines);
    vd_flow_space(&flow, sheet->u);
    footer_section(&flow, _("Notes"), notes_text(sheet), lines);
    vd_flow_space(&flow, sheet->u);
    about_section(&flow);
    return;
  }
  flow = vd_flow_in(sheet, (vd_rect){r.x, r.y, w, r.h});
  footer_section(&flow, _("Sources"), sources_text(sheet), 0);
  flow = vd_flow_in(sheet, (vd_rect){r.x + w + gap, r.y, w, r.h});
  footer_section(&flow, _("Notes"), notes_text(sheet), 0);
  flow = vd_flow_in(sheet, (vd_rect){r.x + 2 * (w + gap), r.y, w, r.h});
  about_section(&flow);
}
