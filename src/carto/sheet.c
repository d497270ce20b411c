/* sheet: puts a page together.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/carto/sheet.h"

#include <math.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"

static const double paper_mm[VD_PAPER_COUNT][2] = {
    {297, 210}, {420, 297}, {594, 420}, {841, 594}, {1189, 841}};
static const char *const paper_words[VD_PAPER_COUNT] = {"a4", "a3", "a2", "a1", "a0"};

int vd_paper_find(const char *word) {
  for (int i = 0; i < VD_PAPER_COUNT; i++)
    if (vd_str_equal_nocase(paper_words[i], word)) return i;
  return -1;
}

vd_sheet_options vd_sheet_options_default(void) {
  vd_sheet_options options = {.paper = VD_A3, .layers = vd_map_layers_default()};
  options.layers.shown[VD_MAP_GRID] = true;
  return options;
}

/* A wall sheet is read from further away, but not as much further as it is larger. */
static void set_sizes(vd_sheet *sheet) {
  sheet->u = pow(sheet->w * sheet->h / (420.0 * 297), 0.31);
  sheet->body = fmax(2.6 * sheet->u, VD_TEXT_MIN_MM);
  sheet->small = fmax(2.32 * sheet->u, VD_TEXT_MIN_MM);
  sheet->head = fmax(3.2 * sheet->u, VD_TEXT_MIN_MM * 1.2);
  sheet->title = 6 * sheet->u;
  sheet->style = vd_style_make(sheet->options->bw, sheet->u);
  sheet->style.text_mm = fmax(sheet->style.text_mm, VD_TEXT_MIN_MM * 1.16);
}

double vd_frame_inset(const vd_sheet *sheet) {
  return sheet->small * 1.5;
}

/* The inner frame: the part's rectangle less the room for grid figures. */
static vd_rect map_frame(const vd_sheet *sheet, const vd_page_plan *parts) {
  double in = vd_frame_inset(sheet);
  return (vd_rect){parts->map.x + in, parts->map.y + in, parts->map.w - 2 * in, parts->map.h - 2 * in};
}

/* The next round denominator at or above `least`. */
static double round_denominator(double least) {
  static const double steps[] = {1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 7.5, 8, 9, 10};
  double power = pow(10, floor(log10(least)));
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (steps[i] * power >= least * (1 - 1e-9)) return steps[i] * power;
  return 10 * power;
}

static double fitting_denominator(const vd_sheet *sheet, const vd_page_plan *parts) {
  vd_rect frame = map_frame(sheet, parts);
  return round_denominator(1000 / vd_map_view_fit(sheet->data, frame.w, frame.h, 2 * sheet->u).mm_per_m);
}

static bool choose_landscape(const vd_sheet *sheet) {
  if (sheet->options->orientation != VD_ORIENTATION_AUTO)
    return sheet->options->orientation == VD_LANDSCAPE_WAY;
  vd_page_plan wide = vd_page_arrange(sheet, true), high = vd_page_arrange(sheet, false);
  return fitting_denominator(sheet, &wide) <= fitting_denominator(sheet, &high);
}

static vd_status set_view(vd_sheet *sheet) {
  vd_rect frame = map_frame(sheet, &sheet->parts);
  if (frame.w < 20 || frame.h < 20)
    return vd_fail(VD_ERR_LIMIT, _("the paper is too small for a map; choose a larger one"));
  double given = sheet->options->scale;
  sheet->denominator = given > 0 ? given : fitting_denominator(sheet, &sheet->parts);
  if (!(sheet->denominator >= 500 && sheet->denominator <= 1e8))
    return vd_fail(VD_ERR_LIMIT, _("a scale of 1:%.0f is outside 1:500 to 1:100 000 000"),
                   sheet->denominator);
  vd_box box = vd_map_data_box(sheet->data);
  double mm_per_m = 1000 / sheet->denominator, margin = 6 * sheet->u;
  vd_page_fit(sheet, (box.max_x - box.min_x) * mm_per_m + margin,
              (box.max_y - box.min_y) * mm_per_m + margin);
  sheet->parts.map = map_frame(sheet, &sheet->parts);
  sheet->view = vd_map_view_fit(sheet->data, sheet->parts.map.w, sheet->parts.map.h, 2 * sheet->u);
  sheet->view.mm_per_m = mm_per_m;
  return VD_OK;
}

/* What the panel shows under the figures: the legend whole before long lists, and both before a long footer. */
typedef struct panel_share {
  size_t list_lines;
  double footer_mm;
} panel_share;

static panel_share share_panel(vd_sheet *sheet, double room, double w) {
  double full = sheet->parts.footer.h, short_mm = full * 0.78, legend = vd_sheet_legend_mm(sheet, w);
  const panel_share choices[] = {{9, full},     {5, full},     {3, full},    {3, short_mm},
                                 {2, short_mm}, {1, short_mm}, {0, short_mm}};
  size_t n = sizeof choices / sizeof *choices;
  for (size_t i = 0; i + 1 < n; i++) {
    double lists = vd_sheet_lists_mm(sheet, choices[i].list_lines);
    if (lists + legend + choices[i].footer_mm + 6 * sheet->u <= room) return choices[i];
  }
  return choices[n - 1];
}

static void draw_side_panel(vd_sheet *sheet) {
  vd_rect p = sheet->parts.panel;
  double bottom = sheet->parts.footer.y + sheet->parts.footer.h, gap = 2.4 * sheet->u;
  vd_flow flow = vd_flow_in(sheet, (vd_rect){p.x, p.y, p.w, bottom - p.y});
  vd_sheet_figures(sheet, &flow);
  vd_flow_space(&flow, gap);
  panel_share share = share_panel(sheet, vd_flow_room(&flow), p.w);
  sheet->parts.footer.y = bottom - share.footer_mm, sheet->parts.footer.h = share.footer_mm;
  flow.bottom = sheet->parts.footer.y - gap;
  vd_sheet_lists(sheet, &flow, share.list_lines);
  vd_flow_space(&flow, 0.4 * gap);
  vd_sheet_legend(sheet, &flow);
}

/* Portrait: figures and lists on the left, the legend on the right. */
static void draw_wide_panel(vd_sheet *sheet) {
  vd_rect p = sheet->parts.panel;
  double gap = 4 * sheet->u, left = (p.w - gap) * (sheet->study ? 0.42 : 0.3);
  vd_flow flow = vd_flow_in(sheet, (vd_rect){p.x, p.y, left, p.h});
  vd_sheet_figures(sheet, &flow);
  vd_flow_space(&flow, gap * 0.6);
  vd_sheet_lists(sheet, &flow, 3);
  flow = vd_flow_in(sheet, (vd_rect){p.x + left + gap, p.y, p.w - left - gap, p.h});
  vd_sheet_legend(sheet, &flow);
}

static void draw_panel(vd_sheet *sheet) {
  if (sheet->parts.panel_columns == 1) {
    draw_side_panel(sheet);
  } else {
    draw_wide_panel(sheet);
  }
}

static vd_status prepare(vd_sheet *sheet) {
  VD_TRY(vd_map_data_build(sheet->plan, sheet->study, NULL, &sheet->data));
  bool landscape = choose_landscape(sheet);
  double longer = fmax(sheet->w, sheet->h), shorter = fmin(sheet->w, sheet->h);
  sheet->w = landscape ? longer : shorter, sheet->h = landscape ? shorter : longer;
  sheet->parts = vd_page_arrange(sheet, landscape);
  return set_view(sheet);
}

static void sheet_cleanup(vd_sheet *sheet) {
  vd_map_data_free(sheet->data);
}

vd_status vd_sheet_draw(vd_draw *draw, const vd_plan *plan, const vd_study *study,
                        const vd_sheet_options *options, vd_arena *arena, vd_page *page) {
  VD_CLEANUP(sheet_cleanup)
  vd_sheet sheet = {.draw = draw,
                    .plan = plan,
                    .study = study,
                    .options = options,
                    .info = vd_plan_info_lookup(plan),
                    .arena = arena,
                    .canvas = vd_canvas_new(arena)};
  sheet.w = paper_mm[options->paper][0], sheet.h = paper_mm[options->paper][1];
  set_sizes(&sheet);
  VD_TRY(prepare(&sheet));
  vd_canvas_fill_rect(sheet.canvas, 0, 0, sheet.w, sheet.h, VD_WHITE);
  VD_TRY(vd_sheet_map(&sheet)); /* first: the legend shows what it drew */
  vd_sheet_markings(&sheet);
  vd_sheet_title(&sheet);
  vd_sheet_scale(&sheet);
  draw_panel(&sheet);
  vd_sheet_table(&sheet);
  vd_sheet_footer(&sheet);
  *page = (vd_page){sheet.canvas, sheet.w, sheet.h};
  return VD_OK;
}
