/* geo_vector: reading and refusing vector files, the tables of text, OpenStreetMap, and writing.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/start.h"
#include "vedette/geo/vector.h"

static vd_arena *arena;
static char folder[] = "/tmp/vedette-vector-XXXXXX";

static int start(void **state) {
  (void)state;
  arena = vd_arena_new();
  return mkdtemp(folder) && vd_geo_start() == VD_OK ? 0 : -1;
}

static int stop(void **state) {
  (void)state;
  rmdir(folder);
  vd_arena_free(arena);
  return 0;
}

static const char *in_folder(const char *name) {
  return vd_str_printf(arena, "%s/%s", folder, name);
}

static const char *real_data(const char *name) {
  const char *path = vd_str_printf(arena, "../shared/data/%s", name);
  if (access(path, R_OK) != 0) {
    print_message("no %s: skipped\n", path);
    skip();
  }
  return path;
}

/* What a reading saw. */
typedef struct seen {
  int64_t n, kinds[4], tagged;
  const char *tag;    /* features with this field or tag on a line are counted */
  const char *wanted; /* values of this field are kept, separated by "|" */
  vd_buf values;
  vd_geom *first;
  int64_t first_fid, last_fid;
  vd_box box;
} seen;

static vd_status look(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  seen *s = context;
  vd_geom_type type = feature->geom ? feature->geom->type : VD_GEOM_NONE;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *mine = vd_arena_new();
  if (!s->n++) {
    s->first = vd_geom_copy(arena, feature->geom);
    s->first_fid = feature->fid;
    s->box = vd_box_empty();
  }
  s->last_fid = feature->fid;
  s->kinds[type]++;
  s->box = vd_box_join(s->box, vd_geom_box(feature->geom));
  if (s->tag && type == VD_GEOM_LINE && vd_feature_text(mine, layer, feature, s->tag)) s->tagged++;
  if (s->wanted) {
    const char *value = vd_feature_text(mine, layer, feature, s->wanted);
    vd_buf_printf(&s->values, "%s|", value ? value : "");
  }
  return VD_OK;
}

static vd_status read_bytes(const char *text, const char *name, const vd_vector_options *options, seen *s,
                            vd_tally *tally) {
  VD_CLEANUP(vd_vector_cleanup) vd_vector *v = NULL;
  s->values.arena = arena;
  if (tally) tally->arena = arena;
  VD_TRY(vd_vector_open_bytes(text, strlen(text), name, options, &v));
  return vd_vector_each_all(v, tally, NULL, look, s);
}

static void read_file(const char *path, seen *s, vd_tally *tally) {
  VD_CLEANUP(vd_vector_cleanup) vd_vector *v = NULL;
  s->values.arena = arena;
  tally->arena = arena;
  if (vd_vector_open(path, NULL, &v) != VD_OK || vd_vector_each_all(v, tally, NULL, look, s) != VD_OK)
    fail_msg("%s", vd_last_message());
}

/* ---- text tables ---- */

static void csv_positions_are_found_in_any_usual_column(void **state) {
  (void)state;
  const struct {
    const char *text;
    double x, y;
  } tables[] = {
      {"name,lon,lat\nA,31.5,4.8\n", 31.5, 4.8},
      {"Latitude;Longitude;Name\n4,8;31,5;A\n", 31.5, 4.8},
      {"\xEF\xBB\xBFid\tdecimalLongitude\tdecimalLatitude\r\n1\t31.5\t4.8\r\n", 31.5, 4.8},
      {"_GPS_latitude,_GPS_longitude\n4.8,31.5\n", 31.5, 4.8},
      {"x|y\n31.5|4.8\n", 31.5, 4.8},
      {"lng,lat\n31 30 00 E,4 48 00 N\n", 31.5, 4.8},
      {"name,WKT\nA,\"POINT (31.5 4.8)\"\n", 31.5, 4.8},
      {"name,MGRS\nA,36NUL4253536248\n", 31.58, 4.85},
      {"lon,lat\n\n\n  31.5 , 4.8 \n", 31.5, 4.8},
      {"lon,lat\r31.5,4.8\r", 31.5, 4.8},
  };
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    seen s = {0};
    if (read_bytes(tables[i].text, "t.csv", NULL, &s, NULL) != VD_OK)
      fail_msg("%zu: %s", i, vd_last_message());
    if (s.n != 1 || fabs(s.first->xy[0] - tables[i].x) > 1e-5 || fabs(s.first->xy[1] - tables[i].y) > 1e-5)
      fail_msg("table %zu", i);
  }
}

static void csv_quotes_hold_line_ends_separators_and_quotes(void **state) {
  (void)state;
  seen s = {.wanted = "note"};
  vd_tally tally = {0};
  const char *text =
      "id,note,lon,lat\n1,\"two\nlines, and \"\"quotes\"\"\",31,4\n2,\"\",32,5\n3,caf\xe9,33,6\n";
  assert_int_equal(read_bytes(text, "t.csv", NULL, &s, &tally), VD_OK);
  assert_string_equal(s.values.text, "two\nlines, and \"quotes\"||café|");
  assert_true(s.first_fid == 2 && s.last_fid == 5); /* the lines in which the records begin */
  assert_int_equal(tally.n_lines, 1);               /* the one that was not UTF-8 */
  assert_true(!tally.lines[0].dropped && tally.lines[0].first == 5);
}

static void csv_rows_that_cannot_be_placed_are_dropped_with_their_line(void **state) {
  (void)state;
  seen s = {0};
  vd_tally tally = {0};
  const char *text =
      "name,lon,lat\nA,31,4\nB,,\nC,north,4\nD,31,97\nE,1e400,4\nF,nan,4\nG,200,4\nH\nI,32,5,extra\n";
  assert_int_equal(read_bytes(text, "t.csv", NULL, &s, &tally), VD_OK);
  assert_int_equal(tally.n_read, 9);
  assert_int_equal(tally.n_dropped, 6);
  assert_int_equal(s.n, 3); /* A, G turned to -160, I */
  assert_true(s.box.min_x == -160);
  assert_true(tally.lines[0].first == 3 && tally.lines[0].count == 2); /* B, H: no position */
  assert_true(tally.lines[1].first == 4 && tally.lines[1].count == 3); /* C, E, F: unreadable */
  assert_true(tally.lines[2].first == 5 && tally.lines[2].count == 1); /* D: not on the earth */
  assert_true(tally.lines[3].first == 10 && !tally.lines[3].dropped);  /* I: more cells */
  assert_non_null(strstr(vd_tally_text(arena, &tally), "31, 97"));
}

static void csv_swapped_columns_are_turned_and_metres_are_refused(void **state) {
  (void)state;
  seen s = {0}, t = {0};
  assert_int_equal(read_bytes("lon,lat\n4.8,131.5\n4.9,131.6\n", "t.csv", NULL, &s, NULL), VD_OK);
  assert_true(s.first->xy[0] == 131.5 && s.first->xy[1] == 4.8);
  assert_int_equal(read_bytes("x,y\n342535.551,536248.563\n", "t.csv", NULL, &s, NULL), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "metres"));
  vd_crs utm;
  assert_int_equal(vd_crs_from_epsg(arena, 32636, &utm), VD_OK);
  vd_vector_options options = {.crs_wkt = utm.wkt};
  assert_int_equal(read_bytes("x,y\n\"342535,551\",536248.563\n", "t.csv", &options, &t, NULL), VD_OK);
  assert_true(fabs(t.first->xy[0] - 31.58) < 1e-7 && fabs(t.first->xy[1] - 4.85) < 1e-7);
}

static void csv_that_is_none_is_refused_in_words(void **state) {
  (void)state;
  const struct {
    const char *text, *word;
  } wrong[] = {
      {"", "empty"},
      {"name,age\nA,5\n", "--column"},
      {"lon,lat,note\n31,4,\"never closed\n32,5,b\n", "line 2"},
      {"lon,lat\n31,4\x01\n", "byte 13"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    seen s = {0};
    assert_int_not_equal(read_bytes(wrong[i].text, "t.csv", NULL, &s, NULL), VD_OK);
    if (!strstr(vd_last_message(), wrong[i].word)) fail_msg("%zu: %s", i, vd_last_message());
  }
  VD_CLEANUP(vd_vector_cleanup) vd_vector *v = NULL;
  assert_int_equal(vd_vector_open_bytes("\xff\xfel\0o\0n\0", 8, "t.csv", NULL, &v), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "UTF-8"));
  vd_vector_options options = {.x = "easting"};
  assert_int_equal(vd_vector_open_bytes("lon,lat\n1,2\n", 12, "t.csv", &options, &v), VD_ERR_USAGE);
}

/* ---- other formats ---- */

static void geojson_of_every_shape_and_system(void **state) {
  (void)state;
  seen s = {.wanted = "addr:city"};
  vd_tally tally = {0};
  const char *text =
      "{\"type\":\"FeatureCollection\",\"features\":["
      "{\"type\":\"Feature\",\"properties\":{\"addr:city\":\"\xd8\xac\xd9\x88\xd8\xa8\xd8\xa7\"},"
      "\"geometry\":{\"type\":\"Point\",\"coordinates\":[31,4,700]}},"
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":[[["
      "31,4],[32,4]],[[33,4],[34,4]]]}},"
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,"
      "1],[1,0],[0,1],[0,0]]]}},"
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,"
      "1],[0,0]]]}},"
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null},"
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":["
      "{\"type\":\"Point\",\"coordinates\":[5,5]},{\"type\":\"LineString\",\"coordinates\":[[5,5],[6,6]]}]}}]"
      "}";
  assert_int_equal(read_bytes(text, "t.geojson", NULL, &s, &tally), VD_OK);
  assert_int_equal(tally.n_read, 6);
  assert_int_equal(tally.n_dropped, 2);
  assert_true(s.kinds[VD_GEOM_POINT] == 2 && s.kinds[VD_GEOM_LINE] == 2 && s.kinds[VD_GEOM_POLYGON] == 1);
  assert_true(strncmp(s.values.text, "جوبا|", strlen("جوبا|")) == 0);
  seen mercator = {0};
  const char *metres =
      "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
      "\"urn:ogc:def:crs:EPSG::3857\"}},\"features\":[{\"type\":\"Feature\",\"properties\":{},"
      "\"geometry\":{\"type\":\"Point\",\"coordinates\":[3515469.5,540545.6]}}]}";
  assert_int_equal(read_bytes(metres, "t.json", NULL, &mercator, NULL), VD_OK);
  assert_true(fabs(mercator.first->xy[0] - 31.58) < 1e-5 && fabs(mercator.first->xy[1] - 4.85) < 1e-5);
}

static void a_bow_tie_becomes_two_rings(void **state) {
  (void)state;
  seen s = {0};
  vd_tally tally = {0};
  const char *text = "wkt\n\"POLYGON ((0 0,1 1,1 0,0 1,0 0))\"\n";
  assert_int_equal(read_bytes(text, "t.csv", NULL, &s, &tally), VD_OK);
  assert_int_equal(s.first->n_parts, 2);
  assert_true(tally.n_lines == 1 && !tally.lines[0].dropped);
}

static void gpx_and_kml_keep_times_and_names(void **state) {
  (void)state;
  seen s = {.wanted = "time"}, k = {.wanted = "Name"};
  const char *gpx = "<?xml version=\"1.0\"?><gpx version=\"1.1\" "
                    "xmlns=\"http://www.topografix.com/GPX/1/1\"><wpt lat=\"4.8\" "
                    "lon=\"31.5\"><time>2026-03-14T05:30:00Z</time><name>A</name></wpt></gpx>";
  assert_int_equal(read_bytes(gpx, "t.gpx", NULL, &s, NULL), VD_OK);
  assert_string_equal(s.values.text, "2026-03-14T05:30:00Z|");
  const char *kml = "<?xml version=\"1.0\"?><kml "
                    "xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>Bor</name>"
                    "<Point><coordinates>31.5,4.8,0</coordinates></Point></Placemark></Document></kml>";
  assert_int_equal(read_bytes(kml, "t.kml", NULL, &k, NULL), VD_OK);
  assert_string_equal(k.values.text, "Bor|");
  assert_true(k.first->xy[0] == 31.5 && k.first->xy[1] == 4.8);
}

static void a_disguised_or_hostile_file_is_refused(void **state) {
  (void)state;
  const struct {
    const char *text, *name, *word;
  } wrong[] = {
      {"<OGRVRTDataSource><OGRVRTLayer "
       "name=\"x\"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
       "t.gpx", "virtual"},
      {"<?xml version=\"1.0\"?>\n<!-- map -->\n<VRTDataset rasterXSize=\"1\"/>", "t.kml", "virtual"},
      {"<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a \"aaaa\">]><kml>&a;</kml>", "t.kml", "entities"},
      {"<?xml version=\"1.0\"?><!DOCTYPE gpx SYSTEM \"file:///etc/passwd\" [ ]><gpx/>", "t.gpx", "entities"},
      {"<html><body>404</body></html>", "t.kml", "XML"},
      {"PG:dbname=x", "t.kml", "kind"},
      {"{\"type\":\"FeatureCollection\",\"features\":[", "t.geojson", "t.geojson"},
      {"PK\3\4nonsense", "t.zip", "zip"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    seen s = {0};
    assert_int_not_equal(read_bytes(wrong[i].text, wrong[i].name, NULL, &s, NULL), VD_OK);
    if (!strstr(vd_last_message(), wrong[i].word)) fail_msg("%zu: %s", i, vd_last_message());
  }
  vd_vector *v = NULL;
  const char *const names[] = {"/vsimem/x.gpx",
                               "/vsicurl/http://127.0.0.1/a.geojson",
                               "CSV:/etc/passwd",
                               "PG:dbname=x",
                               "<OGRVRTDataSource/>",
                               "/no/such/file.kml",
                               "",
                               "/etc"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    assert_int_not_equal(vd_vector_open(names[i], NULL, &v), VD_OK);
    assert_null(v);
  }
}

/* ---- zip ---- */

static vd_status read_zip(const char *shell, seen *s) {
  VD_CLEANUP(vd_vector_cleanup) vd_vector *v = NULL;
  const char *path = in_folder("t.zip");
  s->values.arena = arena;
  unlink(path);
  if (system(vd_str_printf(arena, "cd %s && python3 - <<'END' >/dev/null 2>&1\n%s\nEND", folder, shell)) != 0)
    fail_msg("the test's zip could not be made");
  vd_status done = vd_vector_open(path, NULL, &v);
  if (done == VD_OK) done = vd_vector_each_all(v, NULL, NULL, look, s);
  unlink(path);
  return done;
}

#define ZIP "import zipfile\nz=zipfile.ZipFile('t.zip','w',zipfile.ZIP_DEFLATED)\n"

static void zip_files_are_read_under_caps(void **state) {
  (void)state;
  if (system("python3 -c pass >/dev/null 2>&1") != 0) {
    print_message("no python3 to make zip files: skipped\n");
    skip();
  }
  seen s = {0};
  assert_int_equal(
      read_zip(ZIP
               "z.writestr('a/points.csv','lon,lat\\n31,4\\n'*1)\nz.writestr('README.txt','x')\nz.close()",
               &s),
      VD_OK);
  assert_true(s.n == 1);
  const struct {
    const char *script, *word;
  } wrong[] = {
      {ZIP "z.writestr('../evil.csv','lon,lat\\n31,4\\n')\nz.close()", "outside"},
      {ZIP "z.writestr('/etc/evil.csv','lon,lat\\n31,4\\n')\nz.close()", "outside"},
      {ZIP "i=zipfile.ZipInfo('a.csv')\ni.create_system=3\ni.external_attr=0o120777<<16\nz.writestr(i,'/etc/"
           "passwd')\nz.close()",
       "outside"},
      {ZIP "z.writestr('a.csv','lon,lat\\n'+'0'*50000000)\nz.close()", "200 times"},
      {ZIP "[z.writestr('%d.csv'%i,'x') for i in range(1001)]\nz.close()", "1001"},
      {ZIP "z.writestr('a.csv','x')\nz.writestr('b.csv','x')\nz.close()", "2 map files"},
      {ZIP "z.writestr('readme.txt','x')\nz.close()", "no map file"},
      {ZIP "z.writestr('a.csv','lon,lat\\n31,4\\n'*9)\nz.close()\nb=bytearray(open('t.zip','rb').read())\nb["
           "45]^=255\n"
           "open('t.zip','wb').write(b)",
       "damaged"},
      {ZIP "z.writestr('a.csv','lon,lat\\n31,4\\n'*9)\nz.close()\nb=open('t.zip','rb').read()\nopen('t.zip','"
           "wb').write(b[:-30])",
       "damaged"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    seen none = {0};
    assert_int_not_equal(read_zip(wrong[i].script, &none), VD_OK);
    if (!strstr(vd_last_message(), wrong[i].word)) fail_msg("%zu: %s", i, vd_last_message());
  }
}

/* ---- OpenStreetMap ---- */

static void osm_tags_have_one_way_to_be_asked_for(void **state) {
  (void)state;
  const char *tags = "\"name:fr\"=>\"Pont \\\"Neuf\\\"\",\"a\\\\b\"=>\"1\",\"ele\"=>\"12\"";
  assert_string_equal(vd_osm_tag(arena, tags, "name:fr"), "Pont \"Neuf\"");
  assert_string_equal(vd_osm_tag(arena, tags, "a\\b"), "1");
  assert_string_equal(vd_osm_tag(arena, tags, "ele"), "12");
  assert_null(vd_osm_tag(arena, tags, "name"));
  assert_null(vd_osm_tag(arena, "\"a\"=>\"unclosed", "a"));
  assert_null(vd_osm_tag(arena, NULL, "a"));
}

static void a_closed_road_with_an_area_tag_stays_a_line(void **state) {
  (void)state;
  seen s = {.tag = "highway", .wanted = "surface"};
  const char *osm =
      "<?xml version='1.0'?><osm version='0.6'>"
      "<node id='9000000001' lat='4' lon='31'/><node id='9000000002' lat='4' lon='31.1'/>"
      "<node id='9000000003' lat='4.1' lon='31.1'/>"
      "<way id='77'><nd ref='9000000001'/><nd ref='9000000002'/><nd ref='9000000003'/><nd ref='9000000001'/>"
      "<tag k='highway' v='pedestrian'/><tag k='area' v='yes'/><tag k='surface' v='sand'/></way>"
      "<way id='78'><nd ref='9000000001'/><nd ref='9000000002'/><nd ref='9000000003'/><nd ref='9000000001'/>"
      "<tag k='building' v='yes'/></way></osm>";
  assert_int_equal(read_bytes(osm, "t.osm", NULL, &s, NULL), VD_OK);
  assert_true(s.tagged == 1 && s.kinds[VD_GEOM_LINE] == 1 && s.kinds[VD_GEOM_POLYGON] == 1);
  assert_true(s.first_fid == 77 || s.last_fid == 77);
  assert_non_null(strstr(s.values.text, "sand|"));
}

/* ---- writing ---- */

static vd_value text_value(const char *text) {
  return (vd_value){.type = VD_VALUE_TEXT, .text = text};
}

static void write_both(const char *name, const vd_write_layer *layers, size_t n, const char **first,
                       const char **second) {
  *first = in_folder(vd_str_printf(arena, "1%s", name));
  *second = in_folder(vd_str_printf(arena, "2%s", name));
  if (vd_vector_write(*first, layers, n, NULL) != VD_OK || vd_vector_write(*second, layers, n, NULL) != VD_OK)
    fail_msg("%s", vd_last_message());
  assert_int_equal(system(vd_str_printf(arena, "cmp -s %s %s", *first, *second)), 0);
}

static void what_is_written_reads_back_in_the_same_bytes(void **state) {
  (void)state;
  const vd_vector_field fields[] = {
      {"name", VD_VALUE_TEXT}, {"people", VD_VALUE_INT}, {"weight", VD_VALUE_REAL}, {"seen", VD_VALUE_TIME}};
  vd_value rows[2][4] = {{text_value("=cmd|' /C calc'!A0"),
                          {.type = VD_VALUE_INT, .whole = 9007199254740993},
                          {.type = VD_VALUE_REAL, .real = 0.1},
                          {.type = VD_VALUE_TIME, .whole = 1773466200, .text = "2026-03-14T05:30:00Z"}},
                         {text_value("-5.5"), {0}, {.type = VD_VALUE_REAL, .real = NAN}, {0}}};
  /* A square with a hole, its outer ring given clockwise, and a second square. */
  vd_geom *area = vd_geom_new(arena, VD_GEOM_POLYGON, 3, 15);
  const double xy[30] = {31,  4,    31,  5,    32,  5,  32, 4,  31, 4,  31.2, 4.2, 31.4, 4.2, 31.4,
                         4.4, 31.2, 4.4, 31.2, 4.2, 33, 4,  34, 4,  34, 5,    33,  5,    33,  4};
  memcpy(area->xy, xy, sizeof xy);
  area->part_start[1] = 5;
  area->part_start[2] = 10;
  area->hole[1] = 1;
  const vd_write_feature shapes[] = {{area, rows[0]}, {NULL, rows[1]}};
  const vd_write_feature places[] = {{vd_geom_point(arena, 31.123456789, 4), rows[0]},
                                     {vd_geom_point(arena, -0.0, 5), rows[1]}};
  const vd_write_layer layers[] = {{"gaps", VD_GEOM_POLYGON, 4, fields, 2, shapes, NULL},
                                   {"places", VD_GEOM_POINT, 4, fields, 2, places, NULL}};
  const char *const names[] = {"a.gpkg", "a.geojson"};
  for (int i = 0; i < 2; i++) {
    const char *a, *b;
    seen s = {.wanted = "people"};
    vd_tally tally = {0};
    write_both(names[i], layers, 2, &a, &b);
    read_file(a, &s, &tally);
    assert_true(s.kinds[VD_GEOM_POLYGON] == 1 && s.kinds[VD_GEOM_POINT] == 2 && tally.n_dropped == 1);
    assert_int_equal(s.first->n_parts, 3);
    assert_true(s.first->hole[1] && !s.first->hole[2]);
    assert_non_null(strstr(s.values.text, "9007199254740993|"));
    unlink(a);
    unlink(b);
  }
  const char *a, *b;
  write_both("a.csv", &layers[1], 1, &a, &b);
  FILE *file = fopen(a, "rb");
  char text[512] = "";
  assert_true(fread(text, 1, sizeof text - 1, file) > 0);
  fclose(file);
  assert_string_equal(text,
                      "lon,lat,name,people,weight,seen\r\n"
                      "31.1234568,4,\"'=cmd|' /C calc'!A0\",9007199254740993,0.1,2026-03-14T05:30:00Z\r\n"
                      "0,5,-5.5,,,\r\n");
  unlink(a);
  unlink(b);
  write_both("b.csv", &layers[0], 1, &a, &b);
  seen s = {0};
  vd_tally tally = {0};
  read_file(a, &s, &tally);
  assert_true(s.first->n_parts == 3 && s.first->hole[1]);
  unlink(a);
  unlink(b);
  assert_int_equal(vd_vector_write(in_folder("x.kml"), layers, 1, NULL), VD_ERR_USAGE);
  assert_int_equal(vd_vector_write(in_folder("x.csv"), layers, 2, NULL), VD_ERR_USAGE);
  assert_int_equal(vd_vector_write(in_folder("no/x.gpkg"), layers, 1, NULL), VD_ERR_IO);
  assert_int_equal(system(vd_str_printf(arena, "test -z \"$(ls -A %s)\"", folder)),
                   0); /* nothing is left behind */
}

static void a_cancelled_writing_leaves_the_old_file(void **state) {
  (void)state;
  const char *path = in_folder("old.geojson");
  const vd_write_feature place = {vd_geom_point(arena, 1, 2), NULL};
  const vd_write_layer layer = {"p", VD_GEOM_POINT, 0, NULL, 1, &place, NULL};
  assert_int_equal(vd_vector_write(path, &layer, 1, NULL), VD_OK);
  atomic_bool cancel = true;
  const vd_progress progress = {.cancel = &cancel};
  const vd_write_layer empty = {"p", VD_GEOM_POINT, 0, NULL, 1, &place, NULL};
  assert_int_equal(vd_vector_write(path, &empty, 1, &progress), VD_ERR_CANCELLED);
  seen s = {0};
  vd_tally tally = {0};
  read_file(path, &s, &tally);
  assert_int_equal(s.n, 1);
  unlink(path);
  assert_int_equal(system(vd_str_printf(arena, "test -z \"$(ls -A %s)\"", folder)), 0);
}

/* ---- real files ---- */

static void comoros_accounts_for_every_highway(void **state) {
  (void)state;
  seen s = {.tag = "highway"};
  vd_tally tally = {0};
  read_file(real_data("comoros/comoros-2021-04-08.osm.pbf"), &s, &tally);
  assert_int_equal(s.tagged, 4378);
  assert_int_equal(tally.n_dropped, 0);
}

static void real_files_come_in_whole(void **state) {
  (void)state;
  const struct {
    const char *name;
    int64_t points, lines, polygons;
  } files[] = {
      {"south-sudan/GeoJSON_military.geojson", 0, 0, 84},
      {"south-sudan/GeoJSON_refugee_site.geojson", 21, 0, 23},
      {"south-sudan/road_closed.geojson", 0, 45, 0},
      {"south-sudan/osm_waterways_epsg3857.geojson", 0, 1878, 0},
      {"south-sudan/osm_nodes.csv", 5353, 0, 0},
      {"south-sudan/ucdp_ged201_events.csv", 1940, 0, 0},
      {"quirks/hotosm_sdn_populated_places_points_geojson.zip", 35573, 0, 0},
      {"quirks/conditional-restrictions.osm.xml", 2, 10, 4},
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    seen s = {0};
    vd_tally tally = {0};
    read_file(real_data(files[i].name), &s, &tally);
    assert_int_equal(s.kinds[VD_GEOM_POINT], files[i].points);
    assert_int_equal(s.kinds[VD_GEOM_LINE], files[i].lines);
    assert_int_equal(s.kinds[VD_GEOM_POLYGON], files[i].polygons);
    assert_int_equal(tally.n_dropped, 0);
    if (strstr(files[i].name, "south-sudan"))
      assert_true(s.box.min_x > 20 && s.box.max_x < 40 && s.box.max_y < 15);
  }
}

static void newlines_in_quotes_are_one_record(void **state) {
  (void)state;
  seen s = {0};
  vd_tally tally = {0};
  read_file(real_data("quirks/ucdp_ged231_car_49col.csv"), &s, &tally);
  assert_int_equal(s.n, 1848);
}

static void every_track_is_read_or_refused_in_words(void **state) {
  (void)state;
  const char *path = real_data("quirks/gpx");
  DIR *tracks = opendir(path);
  int n = 0;
  for (struct dirent *entry; (entry = readdir(tracks));) {
    if (entry->d_name[0] == '.') continue;
    seen s = {0};
    vd_tally tally = {0};
    read_file(vd_str_printf(arena, "%s/%s", path, entry->d_name), &s, &tally);
    assert_int_equal(tally.n_read, s.n + tally.n_dropped);
    n++;
  }
  closedir(tracks);
  assert_int_equal(n, 28);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_positions_are_found_in_any_usual_column),
      cmocka_unit_test(csv_quotes_hold_line_ends_separators_and_quotes),
      cmocka_unit_test(csv_rows_that_cannot_be_placed_are_dropped_with_their_line),
      cmocka_unit_test(csv_swapped_columns_are_turned_and_metres_are_refused),
      cmocka_unit_test(csv_that_is_none_is_refused_in_words),
      cmocka_unit_test(geojson_of_every_shape_and_system),
      cmocka_unit_test(a_bow_tie_becomes_two_rings),
      cmocka_unit_test(gpx_and_kml_keep_times_and_names),
      cmocka_unit_test(a_disguised_or_hostile_file_is_refused),
      cmocka_unit_test(zip_files_are_read_under_caps),
      cmocka_unit_test(osm_tags_have_one_way_to_be_asked_for),
      cmocka_unit_test(a_closed_road_with_an_area_tag_stays_a_line),
      cmocka_unit_test(what_is_written_reads_back_in_the_same_bytes),
      cmocka_unit_test(a_cancelled_writing_leaves_the_old_file),
      cmocka_unit_test(comoros_accounts_for_every_highway),
      cmocka_unit_test(real_files_come_in_whole),
      cmocka_unit_test(newlines_in_quotes_are_one_record),
      cmocka_unit_test(every_track_is_read_or_refused_in_words),
  };
  return cmocka_run_group_tests(tests, start, stop);
}
