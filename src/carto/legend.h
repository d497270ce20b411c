/* legend: what a map can show, one item a line of the legend, and the pen that notes what it drew.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_LEGEND_H
#define VEDETTE_CARTO_LEGEND_H

#include "carto/data.h"

/* Items in the order of the legend. Ranges hold one item a class. */
enum {
  VD_ITEM_STATE0 = 0,                                         /* + vd_state */
  VD_ITEM_COVER0 = VD_ITEM_STATE0 + VD_STATE_COUNT,           /* + vd_cover_change */
  VD_ITEM_CERTAINTY0 = VD_ITEM_COVER0 + VD_COVER_COUNT,       /* + vd_certainty */
  VD_ITEM_GAP = VD_ITEM_CERTAINTY0 + VD_CERTAINTY_COUNT,      /* */
  VD_ITEM_THREAT0,                                            /* + vd_priority */
  VD_ITEM_ROW0 = VD_ITEM_THREAT0 + VD_PRIORITY_COUNT,         /* + 1 when to be acted on */
  VD_ITEM_RESPONSE0 = VD_ITEM_ROW0 + 2,                       /* + level */
  VD_ITEM_BASE0 = VD_ITEM_RESPONSE0 + VD_MAP_RESPONSE_LEVELS, /* + index in vd_base_class_words */
  VD_ITEM_PROXIMITY = VD_ITEM_BASE0 + 16,
  VD_ITEM_PATROL0, /* + actor */
  VD_ITEM_PATROL_OTHER = VD_ITEM_PATROL0 + VD_MAP_ACTORS_MAX,
  VD_ITEM_PATROL_STATE0,                                                /* + vd_patrol_state */
  VD_ITEM_RESTRICTION0 = VD_ITEM_PATROL_STATE0 + VD_PATROL_STATE_COUNT, /* points: + vd_effect */
  VD_ITEM_RESTRICTION_LINE = VD_ITEM_RESTRICTION0 + VD_EFFECT_COUNT,
  VD_ITEM_RESTRICTION_AREA,
  VD_ITEM_RESTRICTION_SPREAD,
  VD_ITEM_RESTRICTION_UNKNOWN,
  VD_ITEM_INCIDENT,
  VD_ITEM_INCIDENT_FATAL,
  VD_ITEM_SITE0,                      /* + index in vd_site_type_words */
  VD_ITEM_AREA0 = VD_ITEM_SITE0 + 12, /* + index in vd_area_type_words */
  VD_ITEM_AREA_OF_INTEREST = VD_ITEM_AREA0 + 8,
  VD_ITEM_PLACE0,                                          /* + vd_place_size */
  VD_ITEM_ROAD0 = VD_ITEM_PLACE0 + 4,                      /* + vd_road_class */
  VD_ITEM_CROSSING0 = VD_ITEM_ROAD0 + VD_ROAD_CLASS_COUNT, /* + vd_crossing */
  VD_ITEM_WATER0 = VD_ITEM_CROSSING0 + VD_CROSSING_COUNT,  /* + index in vd_water_class_words */
  VD_ITEM_LANDCOVER0 = VD_ITEM_WATER0 + 8,                 /* + code */
  VD_ITEM_RELIEF = VD_ITEM_LANDCOVER0 + VD_LANDCOVER_COUNT + 1,
  VD_ITEM_COUNT
};
_Static_assert(VD_ITEM_COUNT <= 256, "vd_map_drawn holds 256 items");

/* Settlements are drawn in four sizes by their people. */
enum { VD_PLACE_SMALL, VD_PLACE_VILLAGE, VD_PLACE_TOWN, VD_PLACE_CITY };
int32_t vd_place_size(const vd_thing *settlement);

void vd_drawn_add(vd_map_drawn *drawn, int item);
bool vd_drawn_has(const vd_map_drawn *drawn, int item);

/* Everything a drawing function is handed. */
typedef struct vd_pen {
  const vd_map_data *data;
  const vd_map_view *view;
  const vd_map_options *options;
  const vd_style *style;
  vd_canvas *canvas;
  vd_arena *arena; /* scratch */
  vd_frame frame;
  vd_map_drawn *drawn; /* may be NULL */
  double symbol;       /* symbol_scale times the style's size */
} vd_pen;
/* Begins: saves, clips to the view. The scratch arena is the pen's own. */
vd_pen vd_pen_start(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                    vd_canvas *canvas, vd_map_drawn *drawn);
void vd_pen_end(vd_pen *pen);
bool vd_pen_on(const vd_pen *pen, vd_map_layer layer);
/* Opens a group for the layer's opacity (a plain save at 1). Close with vd_canvas_restore. */
void vd_pen_layer(vd_pen *pen, vd_map_layer layer);
bool vd_pen_shows(const vd_pen *pen, const vd_thing *thing);
vd_path vd_pen_path(const vd_pen *pen, const vd_shape *shape);
/* The hatch tied to the plane. */
vd_hatch vd_pen_hatch(const vd_pen *pen, vd_hatch hatch);
/* Fill, hatch and outline of a polygon; true when something of it is seen. */
bool vd_pen_area(vd_pen *pen, const vd_shape *shape, const vd_area_style *style);
/* Where the middle of a thing is on the canvas; false when it is outside the frame. */
bool vd_pen_place(const vd_pen *pen, const vd_shape *shape, double *x_mm, double *y_mm);

/* ---- symbols: drawn around (x, y) with a half-width of r mm; also the legend's samples ---- */
void vd_symbol_base(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                    int32_t base_class, vd_rgba color);
void vd_symbol_site(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                    int32_t site_type);
void vd_symbol_place(vd_canvas *canvas, const vd_style *style, double x, double y, double r, int32_t size);
/* Greyed when it is not known to hold any more. */
void vd_symbol_restriction(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                           int32_t effect, bool known);
void vd_symbol_incident(vd_canvas *canvas, const vd_style *style, double x, double y, double r, bool fatal);
/* heading_deg: of the road, clockwise from the x axis. */
void vd_symbol_crossing(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                        int32_t crossing, double heading_deg);
double vd_symbol_place_radius(int32_t size); /* mm at size 1 */
/* A road's casing (pass 0) or its line (pass 1) along a path. */
void vd_symbol_road(vd_canvas *canvas, const vd_style *style, vd_path path, int32_t road_class, int pass,
                    double factor);
/* `actor`: its index; in black and white widths and greys tell actors apart. */
vd_stroke vd_symbol_patrol_stroke(const vd_style *style, int32_t patrol_state, int32_t actor, vd_rgba color);

/* The area (a closed path) or line of a table's row, with the style's hatch where it hangs. */
void vd_symbol_row(vd_canvas *canvas, const vd_style *style, vd_path path, vd_hatch hatch, bool bad,
                   bool chosen);

/* What an item is called, translated; NULL when it has no line. */
const char *vd_item_label(const vd_map_data *data, int item);
/* The heading an item stands under. */
const char *vd_item_heading(int item);
/* A sample of an item in the rectangle. */
void vd_item_sample(vd_canvas *canvas, const vd_map_data *data, const vd_style *style, int item,
                    vd_rect rect);

/* ---- the layers ---- */
void vd_draw_water(vd_pen *pen);
void vd_draw_roads(vd_pen *pen);
void vd_draw_settlements(vd_pen *pen);
void vd_draw_areas(vd_pen *pen);
void vd_draw_states(vd_pen *pen);
void vd_draw_certainty(vd_pen *pen);
void vd_draw_response(vd_pen *pen);
void vd_draw_threats(vd_pen *pen);
void vd_draw_gaps(vd_pen *pen);
void vd_draw_proximity(vd_pen *pen);
void vd_draw_patrols(vd_pen *pen);
void vd_draw_restrictions(vd_pen *pen);
void vd_draw_incidents(vd_pen *pen);
void vd_draw_sites(vd_pen *pen);
void vd_draw_bases(vd_pen *pen);

/* Fills the set with every label of the view. */
void vd_add_labels(vd_pen *pen, vd_labels *labels);

#endif
