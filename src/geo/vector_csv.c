/* vector_csv: tables of text as features, the position told by column names and by what stands in them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "geo/vector_file.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/mgrs.h"

enum { SAMPLE_ROWS = 200, CELL_MAX = 65536 };

/* ---- columns ---- */

/* Small letters and figures only: "GPS_Longitude (deg)" becomes "gpslongitudedeg". */
static char *plain_name(vd_arena *arena, const char *name) {
  char *plain = vd_str_dup(arena, name);
  size_t n = 0;
  for (const char *at = name; *at; at++)
    if (isalnum((unsigned char)*at)) plain[n++] = (char)tolower((unsigned char)*at);
  plain[n] = '\0';
  return plain;
}

static const char *const x_names[] = {"longitude",
                                      "lon",
                                      "long",
                                      "lng",
                                      "decimallongitude",
                                      "longitudedecimal",
                                      "longitudedd",
                                      "ddlong",
                                      "gpslongitude",
                                      "gpslon",
                                      "longitudewgs84",
                                      "lonwgs84",
                                      "xlongitude",
                                      "longituded",
                                      "locationlongitude",
                                      "longitud",
                                      "pointx",
                                      "xcoord",
                                      "xcoordinate",
                                      "coordx",
                                      "x",
                                      NULL};
static const char *const y_names[] = {"latitude",
                                      "lat",
                                      "decimallatitude",
                                      "latitudedecimal",
                                      "latitudedd",
                                      "ddlat",
                                      "gpslatitude",
                                      "gpslat",
                                      "latitudewgs84",
                                      "latwgs84",
                                      "ylatitude",
                                      "latituded",
                                      "locationlatitude",
                                      "latitud",
                                      "pointy",
                                      "ycoord",
                                      "ycoordinate",
                                      "coordy",
                                      "y",
                                      NULL};
static const char *const wkt_names[] = {"wkt",     "geomwkt",  "wktgeom", "geometrywkt", "wktgeometry",
                                        "thegeom", "geometry", "geom",    NULL};
static const char *const place_names[] = {
    "mgrs",       "mgrsreference", "gridreference", "gridref", "grid",     "usng", "coordinates",
    "coordinate", "coord",         "coords",        "latlong", "position", NULL};

static int find_column(vd_vector *v, const char *const *names) {
  for (; *names; names++)
    for (int i = 0; i < v->layers->n_fields; i++)
      if (vd_str_equal(plain_name(v->arena, v->layers->fields[i].name), *names)) return i;
  return -1;
}

static vd_status named_column(vd_vector *v, const char *name, int *out) {
  if (!name) return VD_OK;
  *out = vd_vector_field_find(v->layers, name);
  if (*out < 0) return vd_fail(VD_ERR_USAGE, _("it has no column %s."), name);
  return VD_OK;
}

static vd_status choose_columns(vd_vector *v) {
  vd_csv_columns *c = &v->columns;
  VD_TRY(named_column(v, v->options.x, &c->x));
  VD_TRY(named_column(v, v->options.y, &c->y));
  VD_TRY(named_column(v, v->options.wkt, &c->wkt));
  VD_TRY(named_column(v, v->options.mgrs, &c->place));
  if ((c->x < 0) != (c->y < 0)) return vd_fail(VD_ERR_USAGE, _("a position needs both an x and a y column."));
  if (c->x >= 0 || c->wkt >= 0 || c->place >= 0) return VD_OK;
  c->x = find_column(v, x_names);
  c->y = find_column(v, y_names);
  if (c->x >= 0 && c->y >= 0) return VD_OK;
  c->x = c->y = -1;
  c->wkt = find_column(v, wkt_names);
  if (c->wkt < 0) c->place = find_column(v, place_names);
  return VD_OK;
}

static void tell_guess(vd_vector *v) {
  const vd_csv_columns *c = &v->columns;
  const vd_vector_field *fields = v->layers->fields;
  if (c->x >= 0)
    v->layers->guess =
        vd_str_printf(v->arena, c->swapped ? _("%s, %s (swapped: the first holds latitudes)") : "%s, %s",
                      fields[c->x].name, fields[c->y].name);
  else if (c->wkt >= 0)
    v->layers->guess = fields[c->wkt].name;
  else if (c->place >= 0)
    v->layers->guess = fields[c->place].name;
}

/* ---- what stands in the columns ---- */

static bool plane_number(vd_arena *arena, const char *text, double *out) {
  char *copy = vd_str_dup(arena, text);
  for (char *at = copy; *at; at++)
    if (*at == ',') *at = '.';
  return vd_parse_f64(copy, out);
}

/* Looks at the first rows: swapped columns show as latitudes beyond 90, plane coordinates as angles beyond 360. */
static vd_status look_at_values(vd_vector *v) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int seen = 0, swapped = 0, plane = 0;
  vd_csv_record record;
  for (int i = 0; i < SAMPLE_ROWS && v->columns.x >= 0; i++) {
    double x, y;
    VD_TRY(vd_csv_next(&v->csv, arena, &record));
    if (!record.n) break;
    if (record.n <= v->columns.x || record.n <= v->columns.y) continue;
    if (!plane_number(arena, record.cells[v->columns.x], &x) ||
        !plane_number(arena, record.cells[v->columns.y], &y))
      continue;
    seen++;
    swapped += fabs(y) > 90 && fabs(y) <= 180 && fabs(x) <= 90;
    plane += fabs(x) > 360 || fabs(y) > 360;
  }
  if (seen && plane * 2 > seen && !v->options.crs_wkt)
    return vd_fail(VD_ERR_INPUT,
                   _("the columns %s, %s hold metres and not degrees. Name their coordinate system (--crs)."),
                   v->layers->fields[v->columns.x].name, v->layers->fields[v->columns.y].name);
  v->columns.swapped = seen && swapped * 10 >= seen * 9 && !v->options.x && !v->options.crs_wkt;
  return VD_OK;
}

/* Empty and doubled names get a number, so that every column can be named. */
static void name_fields(vd_vector *v, const vd_csv_record *head) {
  vd_vector_layer *layer = v->layers;
  vd_vector_field *fields = VD_NEW_ARRAY(v->arena, vd_vector_field, head->n);
  layer->n_fields = 0;
  layer->fields = fields;
  for (int i = 0; i < head->n; i++) {
    const char *name = vd_str_trim(v->arena, vd_utf8_clean(v->arena, head->cells[i], 200));
    const char *base = *name ? name : "column";
    bool taken = !*name || vd_vector_field_find(layer, name) >= 0;
    fields[i].name = taken ? vd_str_printf(v->arena, "%s_%d", base, i + 1) : name;
    fields[i].type = VD_VALUE_TEXT;
    layer->n_fields = i + 1;
  }
}

vd_status vd_vector_open_csv(vd_vector *v, const void *bytes, size_t n, const char *path) {
  vd_csv_record head;
  VD_TRY(path ? vd_csv_open_file(v->file, &v->csv) : vd_csv_open_bytes(bytes, n, &v->csv));
  v->n_layers = 1;
  v->layers = VD_NEW(v->arena, vd_vector_layer);
  v->to_lonlat = VD_NEW(v->arena, vd_transform *);
  v->layers->name = v->name;
  v->layers->n_features = -1;
  VD_TRY(vd_csv_next(&v->csv, v->arena, &head));
  if (!head.n) return vd_fail(VD_ERR_INPUT, _("it is empty."));
  name_fields(v, &head);
  VD_TRY(choose_columns(v));
  if (v->columns.x < 0 && v->columns.wkt < 0 && v->columns.place < 0 && !v->options.keep_no_position)
    return vd_fail(VD_ERR_INPUT, _("no column gives a position: longitude and latitude, WKT or MGRS. Name "
                                   "the columns (--column lon=NAME --column lat=NAME)."));
  if (v->options.crs_wkt) {
    vd_crs crs;
    VD_TRY(vd_crs_from_wkt(v->arena, v->options.crs_wkt, &crs));
    v->layers->crs_name = crs.name;
    v->layers->epsg = crs.epsg;
    if (crs.epsg != 4326) VD_TRY(vd_transform_new(crs.wkt, NULL, v->to_lonlat));
  }
  VD_TRY(look_at_values(v));
  tell_guess(v);
  return VD_OK;
}

/* ---- rows ---- */

static const char *cell_of(const vd_csv_record *record, int column) {
  const char *cell = column >= 0 && column < record->n ? record->cells[column] : "";
  while (isspace((unsigned char)*cell)) cell++;
  return cell;
}

/* False with a reason when the cells are not a position; true with NULL when they are empty. */
static bool xy_position(vd_reading *r, const vd_csv_record *record, vd_geom **out, const char **reason) {
  const vd_csv_columns *c = &r->v->columns;
  const char *x_text = cell_of(record, c->swapped ? c->y : c->x),
             *y_text = cell_of(record, c->swapped ? c->x : c->y);
  double x, y;
  *out = NULL;
  if (!*x_text || !*y_text) return true;
  bool plane = *r->v->to_lonlat != NULL;
  bool read = plane ? plane_number(r->arena, x_text, &x) && plane_number(r->arena, y_text, &y)
                    : vd_angle_parse(x_text, 'x', &x) && vd_angle_parse(y_text, 'y', &y);
  if (!read) {
    *reason = _("a coordinate that cannot be read");
    return false;
  }
  *out = vd_geom_point(r->arena, x, y);
  return true;
}

static void ogr_cleanup(OGRGeometryH *g) {
  if (*g) OGR_G_DestroyGeometry(*g);
}

static bool wkt_position(vd_reading *r, const char *text, vd_geom *out[3], const char **reason) {
  VD_CLEANUP(ogr_cleanup) OGRGeometryH g = NULL;
  char *at = vd_str_dup(r->arena, text);
  if (!*text) return true;
  if (vd_str_starts(text, "SRID=") && strchr(at, ';')) at = strchr(at, ';') + 1;
  if (OGR_G_CreateFromWkt(&at, NULL, &g) != OGRERR_NONE || !g) {
    *reason = _("a WKT shape that cannot be read");
    return false;
  }
  return vd_geom_of_ogr(r->arena, g, out, reason);
}

static bool place_position(vd_reading *r, const char *text, vd_geom **out, const char **reason) {
  double lon, lat;
  if (!*text) return true;
  if (vd_coord_parse(text, &lon, &lat, NULL) != VD_OK) {
    *reason = _("a grid reference or place that cannot be read");
    return false;
  }
  *out = vd_geom_point(r->arena, lon, lat);
  return true;
}

static const char *position_text(vd_reading *r, const vd_csv_record *record) {
  const vd_csv_columns *c = &r->v->columns;
  if (c->x >= 0) return vd_str_printf(r->arena, "%.30s, %.30s", cell_of(record, c->x), cell_of(record, c->y));
  return cell_of(record, c->wkt >= 0 ? c->wkt : c->place);
}

static vd_status emit_row(vd_reading *r, const vd_csv_record *record) {
  const vd_vector_layer *layer = r->v->layers;
  const vd_csv_columns *c = &r->v->columns;
  vd_geom *geoms[3] = {NULL};
  const char *reason = NULL;
  bool read = c->x >= 0     ? xy_position(r, record, &geoms[0], &reason)
              : c->wkt >= 0 ? wkt_position(r, cell_of(record, c->wkt), geoms, &reason)
                            : place_position(r, cell_of(record, c->place), &geoms[0], &reason);
  if (!read) {
    vd_reading_drop(r, record->line, reason, position_text(r, record));
    return VD_OK;
  }
  if (record->converted)
    vd_tally_change(r->tally, record->line, _("text that is not UTF-8: read as Windows-1252"), NULL);
  if (record->n > layer->n_fields)
    vd_tally_change(r->tally, record->line, _("more cells than the first line has: the last ones left out"),
                    NULL);
  vd_value *values = VD_NEW_ARRAY(r->arena, vd_value, layer->n_fields);
  for (int i = 0; i < layer->n_fields && i < record->n; i++)
    if (record->cells[i][0])
      values[i] =
          (vd_value){.type = VD_VALUE_TEXT, .text = vd_utf8_clean(r->arena, record->cells[i], CELL_MAX)};
  bool any = geoms[0] || geoms[1] || geoms[2];
  vd_transform *transform = c->place >= 0 ? NULL : *r->v->to_lonlat;
  if (!any) return vd_reading_emit(r, layer, NULL, record->line, NULL, values);
  for (int k = 0; k < 3; k++)
    if (geoms[k]) VD_TRY(vd_reading_emit(r, layer, transform, record->line, geoms[k], values));
  return VD_OK;
}

vd_status vd_csv_each(vd_reading *r) {
  vd_csv *csv = &r->v->csv;
  vd_csv_record record;
  int64_t total = (int64_t)csv->n;
  if (csv->file && fseeko(csv->file, 0, SEEK_END) == 0) total = ftello(csv->file);
  VD_TRY(vd_csv_rewind(csv));
  vd_status done = vd_csv_next(csv, r->arena, &record); /* the names */
  while (done == VD_OK && record.n) {
    vd_reading_renew(r);
    done = vd_csv_next(csv, r->arena, &record);
    if (done != VD_OK || !record.n) break;
    VD_TRY(vd_reading_next(r, vd_csv_position(csv), total));
    VD_TRY(emit_row(r, &record));
  }
  return done == VD_OK ? VD_OK : vd_fail_prefix(done, "%s", r->v->name);
}
