/* write_layer: records as GeoJSON and as comma-separated values.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "vedette/base/units.h"
#include "write.h"

void layer_open(layer *l, vd_arena *arena, const char *name, bool csv) {
  *l = (layer){.name = name, .csv = csv};
  l->head.arena = l->row.arena = l->body.arena = arena;
}

static void add_key(layer *l, const char *field) {
  if (l->csv) {
    if (l->n == 0) vd_buf_printf(&l->head, "%s%s", l->row.n || l->head.n ? "," : "", field);
    if (strcmp(field, "id") != 0) vd_buf_add(&l->row, ",");
    return;
  }
  if (l->row.n) vd_buf_add(&l->row, ",");
  vd_buf_add_json(&l->row, field);
  vd_buf_add(&l->row, ":");
}

static void add_csv_text(vd_buf *b, const char *value) {
  if (!value) return;
  if (!strpbrk(value, ",\"\n")) {
    vd_buf_add(b, value);
    return;
  }
  vd_buf_add(b, "\"");
  for (const char *c = value; *c; c++) vd_buf_add_n(b, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
  vd_buf_add(b, "\"");
}

void record_begin(layer *l, const char *id, const char *name) {
  l->row.n = 0;
  record_text(l, "id", id);
  record_text(l, "name", name);
}

void record_text(layer *l, const char *field, const char *value) {
  add_key(l, field);
  if (l->csv)
    add_csv_text(&l->row, value);
  else
    vd_buf_add_json(&l->row, value);
}

void record_number(layer *l, const char *field, double value, int decimals) {
  add_key(l, field);
  if (!l->csv || !isnan(value)) vd_buf_add_number(&l->row, value, decimals);
}

void record_time(layer *l, const char *field, int64_t time_s) {
  bool open = time_s == VD_TIME_MIN || time_s == VD_TIME_MAX;
  record_text(l, field, open ? NULL : vd_time_iso(l->row.arena, time_s));
}

static void add_position(vd_buf *b, pt p) {
  vd_buf_add(b, "[");
  vd_buf_add_number(b, lon_of(p.x), 6);
  vd_buf_add(b, ",");
  vd_buf_add_number(b, lat_of(p.y), 6);
  vd_buf_add(b, "]");
}

static void add_positions(vd_buf *b, const line *path) {
  vd_buf_add(b, "[");
  for (int i = 0; i < path->n; i++) {
    if (i) vd_buf_add(b, ",");
    add_position(b, path->p[i]);
  }
  vd_buf_add(b, "]");
}

static void begin_geometry(layer *l, const char *type) {
  vd_buf_add(&l->body, l->n++ ? ",\n" : "\n");
  vd_buf_add(&l->body, "{\"type\":\"Feature\",\"properties\":{");
  vd_buf_add_n(&l->body, l->row.text, l->row.n);
  vd_buf_printf(&l->body, "},\"geometry\":{\"type\":\"%s\",\"coordinates\":", type);
}

void record_end_nowhere(layer *l) {
  vd_buf_add_n(&l->body, l->row.text, l->row.n);
  vd_buf_add(&l->body, "\n");
  l->n++;
}

void record_end_point(layer *l, pt p) {
  if (l->csv) {
    record_number(l, "lon", lon_of(p.x), 6);
    record_number(l, "lat", lat_of(p.y), 6);
    record_end_nowhere(l);
    return;
  }
  begin_geometry(l, "Point");
  add_position(&l->body, p);
  vd_buf_add(&l->body, "}}");
}

void record_end_line(layer *l, const line *path) {
  begin_geometry(l, "LineString");
  add_positions(&l->body, path);
  vd_buf_add(&l->body, "}}");
}

void record_end_rings(layer *l, const line *rings, size_t n) {
  begin_geometry(l, "Polygon");
  vd_buf_add(&l->body, "[");
  for (size_t i = 0; i < n; i++) {
    if (i) vd_buf_add(&l->body, ",");
    add_positions(&l->body, &rings[i]);
  }
  vd_buf_add(&l->body, "]}}");
}

vd_status layer_write(layer *l, const char *folder) {
  vd_buf all = {.arena = l->body.arena};
  if (l->csv) {
    vd_buf_add_n(&all, l->head.text, l->head.n);
    vd_buf_add(&all, "\n");
    vd_buf_add_n(&all, l->body.text, l->body.n);
  } else {
    vd_buf_printf(&all, "{\"type\":\"FeatureCollection\",\"name\":\"%s\",\"features\":[", l->name);
    vd_buf_add_n(&all, l->body.text, l->body.n);
    vd_buf_add(&all, "\n]}\n");
  }
  return write_bytes(folder, vd_str_printf(all.arena, "%s.%s", l->name, l->csv ? "csv" : "geojson"), all.text,
                     all.n);
}

vd_status write_bytes(const char *folder, const char *file, const void *bytes, size_t n) {
  char path[4096];
  if (snprintf(path, sizeof path, "%s/%s", folder, file) >= (int)sizeof path)
    return vd_fail(VD_ERR_USAGE, "The path of %s is too long; choose a shorter folder.", file);
  FILE *f = fopen(path, "wb");
  if (!f) return vd_fail(VD_ERR_IO, "Cannot write %s: %m. Choose a folder you may write to.", path);
  bool whole = fwrite(bytes, 1, n, f) == n;
  if (fclose(f) != 0 || !whole)
    return vd_fail(VD_ERR_IO, "Could not write all of %s: %m. Is the disk full?", path);
  return VD_OK;
}
