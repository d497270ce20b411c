/* state: everything the window remembers; for the files of this folder only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_APP_STATE_H
#define VEDETTE_APP_STATE_H

#include "app/app.h"
#include "app/live.h"
#include "app/reporting.h"
#include "app/results.h"
#include "app/tiles.h"
#include "ui/table.h"
#include "ui/widgets.h"
#include "vedette/carto/map.h"
#include "vedette/carto/markers.h"
#include "vedette/carto/sheet.h"
#include "vedette/plan/standard.h"
#include "vedette/store/merging.h"
#include "vedette/store/plan_file.h"
#include "vedette/study/coverage.h"

enum { VD_APP_MAX_WORKERS = 16, VD_APP_SEARCH_SIZE = 96, VD_APP_MESSAGE_SIZE = 320 };

/* The map as it is looked at. The view's rectangle follows the window. */
typedef struct vd_mapview {
  vd_map_view view;
  vd_rect where; /* on the window, pixels */
  bool fitted;   /* false: fit the area when the size is known */
  bool follows;  /* nobody moved it since it was fitted: it is fitted again when the window changes */
  bool dragging;
  double drag_x, drag_y;
  int64_t moved_ms;
  bool mouse_over;
  double lon_deg, lat_deg; /* under the mouse */
  vd_arena *label_arena;   /* names, placed for the view they were asked for */
  vd_canvas *labels;
  vd_map_view label_view;
  uint64_t label_generation;
  uint64_t label_places; /* of which numbered places the names keep clear */
  /* By the scale bar, the buttons and the numbered places of a report: mm in the view; names keep clear of them. */
  vd_rect covered[2 + VD_MARKERS_MOST];
} vd_mapview;

typedef enum vd_bottom_tab {
  VD_TAB_GAPS,
  VD_TAB_LOSSES,
  VD_TAB_DUPLICATES,
  VD_TAB_NOTES,
  VD_TAB_REPORTS,
  VD_TAB_COUNT
} vd_bottom_tab;

/* The report that is looked at, and one of its tables as it is shown. */
typedef struct vd_report_view {
  int index, table_index;       /* in vd_reports, in its tables */
  const vd_report *now;         /* in sight in this pass, NULL none */
  const vd_report_table *table; /* what the next lines stand for; NULL: none */
  vd_table_state rows;
  int32_t *order;         /* rows as sorted */
  double *widths;         /* of columns, units */
  uint64_t version;       /* another one whenever what is shown, or its order, changes */
  bool has_places, shown; /* whether rows are somewhere; whether they are shown in this pass */
  vd_arena *arena;
  const vd_row_shapes *shapes; /* its areas on the map of the generation, NULL not projected yet */
  uint64_t shapes_generation;
  vd_arena *shapes_arena;
} vd_report_view;

/* What the right side explains. */
typedef struct vd_chosen {
  vd_map_object object; /* highlighted; ids live in `arena` */
  bool has_place;
  double lon_deg, lat_deg;
  vd_explanation *explanation; /* of the place, NULL for none */
  bool has_cover;
  vd_cover cover; /* of the gap or the place's cell */
  vd_arena *arena;
} vd_chosen;

/* A base in the hand: held when it went down, active once it has moved. */
typedef struct vd_move_tool {
  bool held, active;
  char base[VD_UUID_SIZE];
  double lon_deg, lat_deg; /* where it is now */
  vd_map_states *states;   /* of the live study, NULL before there is one */
  vd_arena *states_arena;
} vd_move_tool;

/* Another copy of the plan being merged. */
typedef struct vd_app_merge {
  bool open; /* its panel stands in the details' place */
  char path[512];
  vd_merging *from; /* NULL until it is compared */
  vd_arena *arena;  /* of the choices */
  vd_choices choices;
  const vd_merge *merge; /* worked out for the plan's `revision`; NULL none */
  uint64_t revision;
  vd_table_state table; /* of its conflicts */
} vd_app_merge;

struct vd_app {
  vd_app_host host;
  vd_draw *draw;
  vd_draw *draws[VD_APP_MAX_WORKERS];
  int n_draws;
  bool mirror;
  double width, height, scale;
  vd_ui *ui;
  vd_plan_file *file;
  vd_plan *plan;
  char title[256];
  int classification; /* of all there is in the plan, as of `classified_at` */
  uint64_t classified_at;
  bool read_only;
  uint64_t studied_revision; /* of the plan that results stand for */

  vd_results *results; /* the study and its map, made in the background */
  vd_live *live;       /* studies while something is moved */
  vd_reporting *reporting;
  bool past; /* executed patrols only */
  vd_move_tool move;
  vd_app_merge merge;
  vd_queue *tile_queue;
  vd_tiles *base, *overlays;
  vd_map_options map_options;
  uint64_t map_generation; /* of what tiles and labels show */
  bool map_exact;
  vd_mapview map;
  vd_chosen chosen;

  bool show_layers, show_details, show_bottom;
  int bottom_tab;
  vd_table_state tables[VD_TAB_COUNT];
  int32_t *gap_order; /* rows of the gap table: indices of gaps */
  vd_arena *table_arena;
  vd_report_view report;

  bool at_time; /* states at time_s instead of the whole window */
  bool playing;
  int64_t time_s, played_ms;
  vd_map_states *states;
  vd_arena *states_arena;

  char search[VD_APP_SEARCH_SIZE];
  bool print_open, help_open;
  int print_paper, print_what;
  char print_path[512];
  char message[VD_APP_MESSAGE_SIZE]; /* a short word at the bottom of the map */
  bool message_bad;
  int64_t message_until_ms;
  int64_t now_ms;
  bool ended;
};

/* Starts the study of the plan as it is now. */
void vd_app_study(vd_app *app);
/* Counts executed patrols only, or all that are planned, approved and executed; studies anew. */
void vd_app_set_past(vd_app *app, bool past);
/* Says something for some seconds; a failure stays longer and is coloured. */
void vd_app_say(vd_app *app, bool bad, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Says the last failure's sentence. */
void vd_app_say_failure(vd_app *app);

/* The plan's marking, looked up again when the plan has changed. */
int vd_app_classification(vd_app *app);

/* ---- the map (mapview.c) ---- */
void vd_mapview_show(vd_app *app, vd_rect where);  /* draws it and takes its mouse and keys */
void vd_mapview_refresh(vd_app *app, bool forget); /* after layers, states or data changed */
void vd_mapview_fit(vd_app *app);
void vd_mapview_zoom(vd_app *app, double factor); /* about the middle */
void vd_mapview_centre(vd_app *app, double lon_deg, double lat_deg);
void vd_mapview_frame(vd_app *app, vd_box box_m); /* centres a box and zooms so that it fits */
double vd_mapview_px_per_mm(const vd_app *app);

/* ---- moving the chosen base (tool_move.c) ---- */
bool vd_tool_move_start(vd_app *app, double x_px,
                        double y_px); /* true when it was taken; pixels in the map */
void vd_tool_move_to(vd_app *app, double x_px, double y_px);
void vd_tool_move_drop(vd_app *app); /* makes the edit */
void vd_tool_move_cancel(vd_app *app);
void vd_tool_move_take(vd_app *app);                    /* takes over what was worked out meanwhile */
void vd_tool_move_draw(vd_app *app, vd_canvas *canvas); /* in mm of the view */
void vd_tool_move_tell(vd_app *app, vd_rect map);
/* The study that panels show: that of the move under way, or the plan's. NULL none. */
const vd_study *vd_app_shown_study(const vd_app *app);

/* ---- what is chosen (chosen.c) ---- */
void vd_app_choose_gap(vd_app *app, int32_t gap, bool centre);
void vd_app_choose_place(vd_app *app, double lon_deg, double lat_deg);
void vd_app_choose_nothing(vd_app *app);
/* After a new study: the same gap by place, or the same place again. */
void vd_app_choose_again(vd_app *app);
/* A place by name, coordinates or grid reference. */
vd_status vd_app_find_place(vd_app *app, const char *text, double *lon_deg, double *lat_deg);

/* ---- time (timeline.c) ---- */
void vd_app_set_time(vd_app *app, int64_t time_s);
void vd_app_whole_window(vd_app *app);
void vd_app_play_step(vd_app *app);

/* ---- panels and dialogs: each draws itself into its rectangle ---- */
void vd_panel_layers(vd_app *app, vd_rect rect);
void vd_panel_details(vd_app *app, vd_rect rect);
void vd_panel_merge(vd_app *app, vd_rect rect);
void vd_panel_merge_draw(vd_app *app,
                         vd_canvas *canvas); /* both sides of the chosen conflict, in mm of the view */
void vd_app_merge_end(vd_app *app);          /* forgets the merge under way */
void vd_panel_bottom(vd_app *app, vd_rect rect);
void vd_panel_timeline(vd_app *app, vd_rect rect);
void vd_panel_status(vd_app *app, vd_rect rect);
void vd_dialog_print(vd_app *app);
void vd_dialog_help(vd_app *app);
/* The rows of the gap table in the order they are shown. */
void vd_panel_gaps_sort(vd_app *app);
/* Lets go of the report that is looked at, before it goes; draws its numbered places, in mm of the view. */
void vd_panel_reports_forget(vd_app *app);
/* The areas and lines of the table's rows, under names and numbers. */
void vd_panel_reports_draw_areas(vd_app *app, vd_canvas *canvas);
void vd_panel_reports_draw_places(vd_app *app, vd_canvas *canvas);
/* Which places it draws, 0 none; and their boxes, at most VD_MARKERS_MOST. */
uint64_t vd_panel_reports_places(const vd_app *app);
size_t vd_panel_reports_boxes(vd_app *app, vd_rect *boxes);

#endif
