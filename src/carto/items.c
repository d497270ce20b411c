/* items: the lines of the legend: heading, words and sample of each item.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/legend.h"
#include "vedette/base/i18n.h"

static const char *const base_labels[16] = {N_("Mission headquarters"),
                                            N_("Force headquarters"),
                                            N_("Sector headquarters"),
                                            N_("Battalion headquarters"),
                                            N_("Company operating base"),
                                            N_("Temporary operating base"),
                                            N_("Mobile operating base"),
                                            N_("Permanent base"),
                                            N_("Standing combat deployment"),
                                            N_("Formed police unit camp"),
                                            N_("Team site"),
                                            N_("Site perimeter"),
                                            N_("Checkpoint or post"),
                                            N_("Airfield"),
                                            N_("Host-force position"),
                                            N_("Other base")};
static const char *const site_labels[] = {N_("Displaced-persons site"),
                                          N_("Protection committee"),
                                          N_("Alert network"),
                                          N_("Clinic"),
                                          N_("School"),
                                          N_("Market"),
                                          N_("Landing site"),
                                          N_("Government office"),
                                          N_("Other site")};
static const char *const area_labels[] = {N_("Mission boundary"),        N_("Sector boundary"),
                                          N_("Administrative boundary"), N_("Boundary of responsibility"),
                                          N_("Weapons-free zone"),       N_("Other boundary")};
static const char *const place_labels[] = {N_("Under 2 000 people"), N_("2 000 to 9 999"),
                                           N_("10 000 to 49 999"), N_("50 000 and more")};
static const char *const water_labels[] = {N_("River"), N_("Stream"),  N_("Canal"),
                                           N_("Lake"),  N_("Wetland"), N_("Coast")};
static const char *const state_labels[] = {"", N_("Covered: present, in time"),
                                           N_("Reach only: no fresh visit"),
                                           N_("Presence only: help is late"), N_("Uncovered")};
static const char *const restriction_labels[] = {N_("Movement blocked"), N_("Movement slowed"),
                                                 N_("Movement delayed"), N_("Report without effect"),
                                                 N_("Escort needed")};
_Static_assert(sizeof restriction_labels / sizeof *restriction_labels == VD_EFFECT_COUNT,
               "a label for every effect");
static const char *const patrol_labels[] = {N_("Planned"), N_("Approved"), N_("Executed"), N_("Obstructed"),
                                            ""};

static const char *const response_labels[VD_MAP_RESPONSE_LEVELS] = {
    N_("Within 30 min"), N_("Within 60 min"), N_("Within 120 min"), N_("Within 240 min")};

static bool in_range(int item, int first, int n) {
  return item >= first && item < first + n;
}

static const char *patrol_label(const vd_map_data *data, int item) {
  if (item == VD_ITEM_PATROL_OTHER) return _("Patrol of an unknown actor");
  size_t actor = (size_t)(item - VD_ITEM_PATROL0);
  if (actor >= data->n_actors) return NULL;
  return data->actors[actor].name ? data->actors[actor].name
                                  : vd_terms_label(&vd_actor_kind_terms, data->actors[actor].kind);
}

static const char *single_label(int item) {
  switch (item) {
  case VD_ITEM_GAP:
    return _("Coverage gap, ranked");
  case VD_ITEM_ROW0:
    return _("Area or line of a row");
  case VD_ITEM_ROW0 + 1:
    return _("Area or line to act on");
  case VD_ITEM_PROXIMITY:
    return _("Proximity zone of a base");
  case VD_ITEM_RESTRICTION_LINE:
    return _("Restricted road or stretch");
  case VD_ITEM_RESTRICTION_AREA:
    return _("Restricted area");
  case VD_ITEM_RESTRICTION_SPREAD:
    return _("Somewhere within");
  case VD_ITEM_RESTRICTION_UNKNOWN:
    return _("Unknown: report too old");
  case VD_ITEM_INCIDENT:
    return _("Incident");
  case VD_ITEM_INCIDENT_FATAL:
    return _("Incident with people killed");
  case VD_ITEM_AREA_OF_INTEREST:
    return _("Area of interest");
  case VD_ITEM_RELIEF:
    return _("Height, low to high");
  default:
    return NULL;
  }
}

static const char *class_label(int item) {
  if (in_range(item, VD_ITEM_STATE0 + 1, VD_STATE_COUNT - 1)) return _(state_labels[item - VD_ITEM_STATE0]);
  if (in_range(item, VD_ITEM_COVER0 + 1, VD_COVER_COUNT - 1))
    return vd_terms_label(&vd_cover_terms, item - VD_ITEM_COVER0);
  if (in_range(item, VD_ITEM_CERTAINTY0, VD_CERTAINTY_COUNT))
    return vd_terms_label(&vd_certainty_terms, item - VD_ITEM_CERTAINTY0);
  if (in_range(item, VD_ITEM_BASE0, 16)) return _(base_labels[item - VD_ITEM_BASE0]);
  if (in_range(item, VD_ITEM_SITE0, 9)) return _(site_labels[item - VD_ITEM_SITE0]);
  if (in_range(item, VD_ITEM_AREA0, 6)) return _(area_labels[item - VD_ITEM_AREA0]);
  if (in_range(item, VD_ITEM_PLACE0, 4)) return _(place_labels[item - VD_ITEM_PLACE0]);
  if (in_range(item, VD_ITEM_WATER0, 6)) return _(water_labels[item - VD_ITEM_WATER0]);
  if (in_range(item, VD_ITEM_RESTRICTION0, VD_EFFECT_COUNT))
    return _(restriction_labels[item - VD_ITEM_RESTRICTION0]);
  if (in_range(item, VD_ITEM_THREAT0, VD_PRIORITY_COUNT))
    return vd_terms_label(&vd_priority_terms, item - VD_ITEM_THREAT0);
  if (in_range(item, VD_ITEM_ROAD0, VD_ROAD_CLASS_COUNT))
    return item == VD_ITEM_ROAD0 + VD_ROAD_FERRY ? _("Ferry line")
                                                 : vd_terms_label(&vd_road_class_terms, item - VD_ITEM_ROAD0);
  if (in_range(item, VD_ITEM_CROSSING0 + 1, VD_FERRY))
    return vd_terms_label(&vd_crossing_terms, item - VD_ITEM_CROSSING0);
  if (in_range(item, VD_ITEM_LANDCOVER0 + 1, VD_LANDCOVER_COUNT))
    return vd_terms_label(&vd_ground_terms, item - VD_ITEM_LANDCOVER0 - 1 + VD_GROUND_BARE);
  return NULL;
}

const char *vd_item_label(const vd_map_data *data, int item) {
  if (in_range(item, VD_ITEM_PATROL0, VD_MAP_ACTORS_MAX + 1)) return patrol_label(data, item);
  if (in_range(item, VD_ITEM_PATROL_STATE0, VD_CANCELLED))
    return _(patrol_labels[item - VD_ITEM_PATROL_STATE0]);
  if (in_range(item, VD_ITEM_RESPONSE0, VD_MAP_RESPONSE_LEVELS))
    return _(response_labels[item - VD_ITEM_RESPONSE0]);
  const char *label = single_label(item);
  return label ? label : class_label(item);
}

const char *vd_item_heading(int item) {
  if (in_range(item, VD_ITEM_COVER0, VD_COVER_COUNT)) return _("Change of coverage");
  if (item <= VD_ITEM_GAP) return _("Coverage under threat");
  if (item < VD_ITEM_ROW0) return _("Threat areas by priority");
  if (item < VD_ITEM_RESPONSE0) return _("Rows of the table");
  if (item < VD_ITEM_BASE0) return _("Quickest response");
  if (item < VD_ITEM_PATROL0) return _("Bases");
  if (item < VD_ITEM_RESTRICTION0) return _("Patrol routes");
  if (item < VD_ITEM_INCIDENT) return _("Movement restrictions");
  if (item < VD_ITEM_AREA0) return _("Incidents and sites");
  if (item < VD_ITEM_PLACE0) return _("Boundaries");
  if (item < VD_ITEM_ROAD0) return _("Settlements");
  if (item < VD_ITEM_WATER0) return _("Roads and crossings");
  return _("Water, land cover and height");
}

/* ---- samples ---- */

static void sample_area(vd_canvas *canvas, const vd_area_style *style, vd_rect r, bool band) {
  vd_path path = vd_path_rect(vd_canvas_arena(canvas), r.x, r.y + r.h * 0.12, r.w, r.h * 0.76);
  if (!band && (style->fill & 0xff)) vd_canvas_fill(canvas, path, VD_RULE_NONZERO, style->fill);
  if (band) {
    vd_canvas_save(canvas);
    vd_canvas_clip(canvas, path, VD_RULE_NONZERO);
    vd_canvas_stroke(canvas, path, &(vd_stroke){.width_mm = r.h * 0.7, .color = style->fill});
    vd_canvas_restore(canvas);
  } else if (style->hatch.spacing_mm > 0) {
    vd_canvas_hatch(canvas, path, VD_RULE_NONZERO, &style->hatch);
  }
  vd_canvas_stroke(canvas, path, &style->outline);
}

static void sample_row(vd_canvas *canvas, const vd_style *style, bool bad, vd_rect r) {
  vd_path path = vd_path_rect(vd_canvas_arena(canvas), r.x, r.y + r.h * 0.12, r.w, r.h * 0.76);
  vd_symbol_row(canvas, style, path, style->row[bad].hatch, bad, false);
}

static void sample_line(vd_canvas *canvas, const vd_stroke *stroke, vd_rect r) {
  vd_canvas_stroke(
      canvas, vd_path_line(vd_canvas_arena(canvas), r.x, r.y + r.h / 2, r.x + r.w, r.y + r.h / 2), stroke);
}

static void sample_road(vd_canvas *canvas, const vd_style *style, int32_t cls, vd_rect r) {
  vd_path path = vd_path_line(vd_canvas_arena(canvas), r.x, r.y + r.h / 2, r.x + r.w, r.y + r.h / 2);
  vd_symbol_road(canvas, style, path, cls, 0, 1);
  vd_symbol_road(canvas, style, path, cls, 1, 1);
}

static void sample_water(vd_canvas *canvas, const vd_style *style, int32_t cls, vd_rect r) {
  if (cls == 3 || cls == 4) {
    vd_area_style area = {.fill = cls == 3 ? style->water : vd_rgba_fade(style->water, 0.35)};
    if (cls == 4)
      area.hatch = (vd_hatch){VD_HATCH_LINES, 0, 0.9 * style->size, 0.16 * style->size, style->wetland, 0, 0};
    sample_area(canvas, &area, r, false);
    return;
  }
  double width = (cls == 0 ? 0.62 : 0.28) * style->size;
  sample_line(canvas, &(vd_stroke){.width_mm = width, .color = style->water_line}, r);
}

static void sample_relief(vd_canvas *canvas, const vd_style *style, vd_rect r) {
  enum { STEPS = 12 };
  for (int k = 0; k < STEPS; k++) {
    double t = (double)k / (STEPS - 1);
    vd_rgba color = style->bw ? VD_WHITE : vd_relief_color(t);
    vd_canvas_fill_rect(canvas, r.x + r.w * k / STEPS, r.y + r.h * 0.15, r.w / STEPS + 0.02, r.h * 0.7,
                        color);
  }
}

static void sample_restriction_line(vd_canvas *canvas, const vd_style *style, bool known, vd_rect r) {
  double s = style->size;
  vd_rgba color = known ? style->restriction.outline.color : style->unknown.outline.color;
  sample_line(canvas, &(vd_stroke){.width_mm = 1.5 * s, .color = color}, r);
  sample_line(
      canvas,
      &(vd_stroke){.width_mm = 1.0 * s, .color = VD_WHITE, .n_dashes = 2, .dash_mm = {1.1 * s, 1.1 * s}}, r);
}

static void sample_spread(vd_canvas *canvas, const vd_style *style, vd_rect r) {
  vd_path path = vd_path_circle(vd_canvas_arena(canvas), r.x + r.w / 2, r.y + r.h / 2, r.h * 0.48);
  vd_canvas_hatch(canvas, path, VD_RULE_NONZERO, &style->spread.hatch);
  vd_canvas_stroke(canvas, path, &style->spread.outline);
}

static void sample_patrol(vd_canvas *canvas, const vd_map_data *data, const vd_style *style, int item,
                          vd_rect r) {
  vd_stroke stroke;
  if (item < VD_ITEM_PATROL_STATE0) {
    vd_rgba color = style->faint_ink;
    if (item < VD_ITEM_PATROL_OTHER) color = data->actors[item - VD_ITEM_PATROL0].color;
    stroke = vd_symbol_patrol_stroke(style, VD_EXECUTED, item - VD_ITEM_PATROL0, color);
  } else {
    stroke = vd_symbol_patrol_stroke(style, item - VD_ITEM_PATROL_STATE0, 0, style->ink);
  }
  sample_line(canvas, &stroke, r);
}

static void sample_response(vd_canvas *canvas, const vd_style *style, int level, vd_rect r) {
  double s = style->size;
  vd_stroke stroke = {.width_mm = (0.55 - 0.1 * level) * s, .color = style->response};
  if (level > 0)
    stroke.n_dashes = 2, stroke.dash_mm[0] = (3.2 - 0.8 * level) * s, stroke.dash_mm[1] = 0.8 * s;
  sample_line(canvas, &stroke, r);
}

static void sample_symbol(vd_canvas *canvas, const vd_map_data *data, const vd_style *style, int item,
                          vd_rect r) {
  double x = r.x + r.w / 2, y = r.y + r.h / 2, s = style->size;
  (void)data;
  if (in_range(item, VD_ITEM_BASE0, 16))
    vd_symbol_base(canvas, style, x, y, fmax(r.h * 0.42, 2.08), item - VD_ITEM_BASE0, style->accent);
  else if (in_range(item, VD_ITEM_SITE0, 12))
    vd_symbol_site(canvas, style, x, y, fmax(r.h * 0.42, 1.5), item - VD_ITEM_SITE0);
  else if (in_range(item, VD_ITEM_PLACE0, 4))
    vd_symbol_place(canvas, style, x, y, vd_symbol_place_radius(item - VD_ITEM_PLACE0) * s,
                    item - VD_ITEM_PLACE0);
  else if (in_range(item, VD_ITEM_RESTRICTION0, VD_EFFECT_COUNT))
    vd_symbol_restriction(canvas, style, x, y, r.h * 0.38, item - VD_ITEM_RESTRICTION0, true);
  else if (in_range(item, VD_ITEM_CROSSING0, VD_CROSSING_COUNT))
    vd_symbol_crossing(canvas, style, x, y, r.h * (item == VD_ITEM_CROSSING0 + VD_FERRY ? 0.38 : 0.3),
                       item - VD_ITEM_CROSSING0, 0);
  else
    vd_symbol_incident(canvas, style, x, y, r.h * 0.3, item == VD_ITEM_INCIDENT_FATAL);
}

void vd_item_sample(vd_canvas *canvas, const vd_map_data *data, const vd_style *style, int item, vd_rect r) {
  if (in_range(item, VD_ITEM_STATE0, VD_STATE_COUNT)) {
    sample_area(canvas, &style->state[item - VD_ITEM_STATE0], r, false);
  } else if (in_range(item, VD_ITEM_COVER0, VD_COVER_COUNT)) {
    sample_area(canvas, &style->cover[item - VD_ITEM_COVER0], r, false);
  } else if (in_range(item, VD_ITEM_CERTAINTY0, VD_CERTAINTY_COUNT)) {
    sample_area(canvas, &style->certainty[item - VD_ITEM_CERTAINTY0], r, false);
  } else if (item == VD_ITEM_GAP) {
    sample_area(canvas, &style->gap, r, false);
  } else if (in_range(item, VD_ITEM_THREAT0, VD_PRIORITY_COUNT)) {
    sample_area(canvas, &style->threat[item - VD_ITEM_THREAT0], r, true);
  } else if (in_range(item, VD_ITEM_ROW0, 2)) {
    sample_row(canvas, style, item - VD_ITEM_ROW0, r);
  } else if (in_range(item, VD_ITEM_RESPONSE0, VD_MAP_RESPONSE_LEVELS)) {
    sample_response(canvas, style, item - VD_ITEM_RESPONSE0, r);
  } else if (item == VD_ITEM_PROXIMITY) {
    vd_path path = vd_path_circle(vd_canvas_arena(canvas), r.x + r.w / 2, r.y + r.h / 2, r.h * 0.42);
    vd_canvas_fill(canvas, path, VD_RULE_NONZERO, style->proximity.fill);
    vd_canvas_stroke(canvas, path, &style->proximity.outline);
  } else if (in_range(item, VD_ITEM_PATROL0, VD_ITEM_RESTRICTION0 - VD_ITEM_PATROL0)) {
    sample_patrol(canvas, data, style, item, r);
  } else if (item == VD_ITEM_RESTRICTION_LINE) {
    sample_restriction_line(canvas, style, true, r);
  } else if (item == VD_ITEM_RESTRICTION_UNKNOWN) {
    sample_restriction_line(canvas, style, false, r);
  } else if (item == VD_ITEM_RESTRICTION_SPREAD) {
    sample_spread(canvas, style, r);
  } else if (item == VD_ITEM_RESTRICTION_AREA) {
    sample_area(canvas, &style->restriction, r, false);
  } else if (in_range(item, VD_ITEM_AREA0, 8)) {
    sample_line(canvas, &style->area.outline, r);
  } else if (item == VD_ITEM_AREA_OF_INTEREST) {
    sample_line(canvas, &(vd_stroke){.width_mm = 0.3 * style->size, .color = style->faint_ink}, r);
  } else if (in_range(item, VD_ITEM_ROAD0, VD_ROAD_CLASS_COUNT)) {
    sample_road(canvas, style, item - VD_ITEM_ROAD0, r);
  } else if (in_range(item, VD_ITEM_WATER0, 8)) {
    sample_water(canvas, style, item - VD_ITEM_WATER0, r);
  } else if (in_range(item, VD_ITEM_LANDCOVER0, VD_LANDCOVER_COUNT + 1)) {
    vd_area_style area = {.fill = vd_landcover_color(item - VD_ITEM_LANDCOVER0)};
    sample_area(canvas, &area, r, false);
  } else if (item == VD_ITEM_RELIEF) {
    sample_relief(canvas, style, r);
  } else {
    sample_symbol(canvas, data, style, item, r);
  }
}
