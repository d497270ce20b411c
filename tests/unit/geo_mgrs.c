/* geo_mgrs: grid references against GeographicLib's GeoConvert 2.1.2, and the places people write.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/geo/geodesic.h"
#include "vedette/geo/mgrs.h"

/* lon, lat, "GeoConvert -m -p 0" of it, and "GeoConvert -g -p 5" of that: the centre of the square. */
static const struct {
  double lon, lat;
  const char *mgrs;
  double centre_lon, centre_lat;
} references[] = {
    {31.58, 4.85, "36NUL4253536248", 31.5799995402, 4.8499994248},
    {29.0, -0.0000001, "35MQV2259599999", 29.0000005418, -0.0000045209},
    {0, 0, "31NAA6602100000", 0.0000005108, 0.0000045174},
    {-3.2, 17.9, "30QVE7881579133", -3.2000003680, 17.9000013411},
    {30.0, -2.5, "36MSC6633723291", 29.9999975081, -2.5000030006},
    {5.32, 60.39, "32VKN9723000510", 5.3200047368, 60.3900030500},
    {2.99, 56.0, "31VDC9937606079", 2.9900028566, 55.9999988109},
    {11.99, 63.99, "32VPR4625899330", 11.9899940192, 63.9899985498},
    {8.99, 72.1, "31XGA0518410304", 8.9899971886, 72.1000032427},
    {9.0, 78.2, "33XUG6325787705", 8.9999936333, 78.2000015996},
    {20.99, 79, "33XXH2737776516", 20.9899770764, 79.0000008599},
    {21, 80, "35XLJ8388587579", 21.0000051498, 80.0000045259},
    {33.0, 83.9, "37XDP2894320633", 32.9999573478, 83.9000037156},
    {41.99, 72, "37XFV0308891491", 41.9899992387, 72.0000009146},
    {42.0, 72.0, "38XLE9656691508", 41.9999871591, 71.9999994188},
    {179.9999, -16.5, "60KZG2027773373", 179.9999023371, -16.4999972923},
    {-180, -16.5, "01KAB7971273373", -179.9999959098, -16.4999959486},
    {180, 10, "01PAM7107106908", -179.9999978197, 9.9999968198},
    {43.3, -11.7, "38LLN1471206061", 43.3000017377, -11.7000034639},
    {15.0, -79.9999, "33CWM0000018425", 15.0000257919, -79.9998986161},
    {0, -80.1, "BAZ0000001768", 0.0000260017, -80.0999956186},
    {-120, -84, "ASJ2259666636", -119.9999578652, -83.9999986925},
    {150, -88, "BBL1103407682", 150.0000134948, -88.0000016058},
    {31, 84.0, "ZFB4339028502", 31.0000116663, 83.9999959771},
    {31, 84.5, "ZFB1473076201", 31.0000489484, 84.5000019672},
    {-100, 86, "YTH6248177146", -100.0000233555, 86.0000042224},
    {100, 89.9, "ZAH1093301927", 99.9981142080, 89.9000025385},
    {23.9999999, 12.5, "34PHU2609883692", 23.9999953999, 12.4999982398},
    {24.0, 12.5, "35PJP7390183692", 24.0000046001, 12.4999982398},
    {-63.420205, -62.148847, "20EMS7809809166", -63.4202024333, -62.1488511180},
    {54.33641, -76.106341, "40CDA2862751337", 54.3364040359, -76.1063447153},
    {12.917522, -23.907373, "33KTP8800654466", 12.9175265258, -23.9073752306},
    {-159.120387, 1.323561, "04NDG8660746293", -159.1203868320, 1.3235578821},
    {-166.501563, -11.811068, "03LUG3641093899", -166.5015675153, -11.8110645039},
    {-154.852048, -72.853084, "05CMV3906314967", -154.8520386602, -72.8530867295},
    {-27.173092, 58.179678, "26VMK8981948727", -27.1731000979, 58.1796769345},
    {-135.431294, -49.263464, "08FML6862043166", -135.4312985657, -49.2634596163},
    {45.87596, 79.692192, "38XNP1749747361", 45.8759598126, 79.6921905540},
    {27.757062, -18.390876, "35KNV7996866401", 27.7570666188, -18.3908794934},
    {171.451838, -80.708283, "BBB5366177706", 171.4518334204, -80.7082815384},
    {129.048645, -37.449547, "52HED0430255254", 129.0486435710, -37.4495507210},
    {-128.06817, -68.032982, "09DWE3889853165", -128.0681647843, -68.0329787497},
    {-68.946543, 56.270492, "19VEC0331036186", -68.9465457869, 56.2704914389},
    {-114.938503, 14.524829, "11PQS2215006773", -114.9385015173, 14.5248273037},
    {50.008849, -22.713237, "39KUQ9820887884", 50.0088495391, -22.7132349069},
    {17.188008, -77.823562, "33CWP5150760359", 17.1880240803, -77.8235608515},
    {-158.543579, -52.339349, "04FEH3109501119", -158.5435861535, -52.3393470718},
    {64.94399, -12.88857, "41LQF1093974388", 64.9439921095, -12.8885692897},
    {-66.907019, 15.230012, "19PGS2481284845", -66.9070157659, 15.2300110215},
    {-16.853625, -35.641475, "28HCF3217454233", -16.8536284938, -35.6414775977},
    {105.976613, 35.421009, "48SWE8866020170", 105.9766172437, 35.4210049176},
    {-92.125256, 13.24742, "15PWQ9476664663", -92.1252596761, 13.2474244100},
    {9.070741, 66.774474, "32WNV0311306241", 9.0707517370, 66.7744764831},
    {82.600304, -37.747078, "44HPD4098821041", 82.6003069814, -37.7470741635},
    {172.862945, -67.984291, "59DNE7792257712", 172.8629338073, -67.9842915096},
    {-29.475784, 45.771085, "26TLR0750671594", -29.4757879903, 45.7710806566},
    {-125.285568, -1.964568, "10MBC4575482681", -125.2855658543, -1.9645674777},
    {-165.885387, 29.942422, "03RVP1455512734", -165.8853869887, 29.9424192459},
    {95.245512, 12.998617, "46PGV4356438056", 95.2455151696, 12.9986149204},
    {135.172012, -33.152943, "53HND1604031744", 135.1720079962, -33.1529421414},
    {70.306332, 16.797838, "42QXD3920857649", 70.3063316227, 16.7978355619},
    {28.762274, -7.795451, "35MPM9432637909", 28.7622745163, -7.7954537091},
    {122.388401, 79.153235, "51XVH8715187143", 122.3883887970, 79.1532328698},
    {-9.324599, 29.219093, "29RMN6845032303", -9.3246030311, 29.2190951134},
    {-158.159006, 35.86558, "04SEE7592669365", -158.1590013115, 35.8655758011},
    {52.966388, 87.771077, "ZBF9756950938", 52.9663129319, 87.7710767880},
    {115.892923, -38.341995, "50HMC0325355658", 115.8929249852, -38.3419990377},
    {-41.115081, 30.020183, "24RTU9602322905", -41.1150790261, 30.0201790518},
    {-171.877346, -6.818239, "02MMT0305546255", -171.8773461410, -6.8182433629},
    {-119.502584, -68.156949, "11DLE9611237530", -119.5025941980, -68.1569512581},
    {-158.776409, 47.745472, "04TET1676088035", -158.7764123897, 47.7454735311},
    {-133.43752, -44.92456, "08GPR2330824242", -133.4375248355, -44.9245600790},
    {-39.258107, 66.113111, "24WVU8833732541", -39.2581035158, 66.1131080469},
    {-150.990732, -9.044643, "05LQK2086299603", -150.9907351040, -9.0446405634},
    {17.798367, 68.242321, "33WXR1572772506", 17.7983713279, 68.2423185217},
    {114.940742, 64.789236, "50WMS0214186556", 114.9407478924, 64.7892318136},
    {-79.768417, -15.07722, "17LPD3236532763", -79.7684180356, -15.0772155850},
    {-50.84238, 68.386323, "22WEA0647985945", -50.8423739929, 68.3863259278},
    {164.783233, -62.136079, "58EDS8869710641", 164.7832422165, -62.1360786842},
    {-116.561618, -47.711678, "11GNH3288315651", -116.5616125051, -47.7116797589},
    {-95.99901, -2.676634, "15MST6649403741", -95.9990076822, -2.6766337731},
    {32.084461, -42.231102, "36GVU2445124158", 32.0844562633, -42.2311024691},
    {-178.526303, -14.427523, "01LCE3546504444", -178.5263026917, -14.4275258009},
    {-47.068714, 11.808738, "23PKP7459806237", -47.0687184258, 11.8087388498},
    {163.115253, 33.907871, "58SCC2574853540", 163.1152576932, 33.9078742225},
    {5.576916, 20.931509, "31QGD6800516721", 5.5769154048, 20.9315072067},
    {63.43203, -79.389265, "41CNM0888086547", 63.4320134333, -79.3892636747},
    {143.831884, 49.834569, "54UYA0363424084", 143.8318832992, 49.8345671167},
    {134.824746, 53.021416, "53UMU8824474667", 134.8247465201, 53.0214182672},
};
enum { N_REFERENCES = sizeof references / sizeof *references };

static void references_are_written_as_geographiclib_writes_them(void **state) {
  (void)state;
  for (int i = 0; i < N_REFERENCES; i++) {
    char text[VD_MGRS_SIZE];
    assert_int_equal(vd_mgrs_format(references[i].lon, references[i].lat, 5, text), VD_OK);
    assert_string_equal(text, references[i].mgrs);
  }
}

static void references_are_read_as_geographiclib_reads_them(void **state) {
  (void)state;
  for (int i = 0; i < N_REFERENCES; i++) {
    double lon, lat, side;
    assert_int_equal(vd_mgrs_parse(references[i].mgrs, &lon, &lat, &side), VD_OK);
    double off = vd_geodesic_distance_m(lon, lat, references[i].centre_lon, references[i].centre_lat);
    assert_true(off < 0.0001);
    assert_true(side == 1);
  }
}

static void figures_are_truncated_never_rounded(void **state) {
  (void)state;
  char text[VD_MGRS_SIZE];
  /* 36NUL 42535.551 36248.563 */
  const char *const wanted[] = {"36N UL",         "36N UL 4 3",       "36N UL 42 36",
                                "36N UL 425 362", "36N UL 4253 3624", "36N UL 42535 36248"};
  for (int digits = 0; digits <= 5; digits++) {
    assert_int_equal(vd_mgrs_format_spaced(31.58, 4.85, digits, text), VD_OK);
    assert_string_equal(text, wanted[digits]);
  }
  assert_int_equal(vd_mgrs_format(31.58, 4.85, 6, text), VD_ERR_USAGE);
}

static void every_square_reads_back_as_itself(void **state) {
  (void)state;
  uint32_t seed = 20260321;
  for (int i = 0; i < 20000; i++) {
    double u[2];
    for (int k = 0; k < 2; k++) {
      seed = seed * 1664525u + 1013904223u;
      u[k] = seed / 4294967296.0;
    }
    char text[VD_MGRS_SIZE], again[VD_MGRS_SIZE];
    double lon, lat;
    int digits = 3 + i % 3; /* finer than the parts of squares that bands and zones cut off */
    assert_int_equal(vd_mgrs_format(u[0] * 360 - 180, u[1] * 180 - 90, digits, text), VD_OK);
    assert_int_equal(vd_mgrs_parse(text, &lon, &lat, NULL), VD_OK);
    assert_true(fabs(lat) <= 90 && fabs(lon) <= 180);
    /* At a zone's or band's edge the centre of the square may lie beyond it. */
    vd_mgrs_format(lon, lat, digits, again);
    if (strcmp(text, again) != 0) {
      double side = pow(10, 5 - digits);
      assert_true(vd_geodesic_distance_m(lon, lat, u[0] * 360 - 180, u[1] * 180 - 90) < side);
    }
  }
}

static void wrong_references_are_refused(void **state) {
  (void)state;
  const char *const wrong[] = {"",
                               "36",
                               "36N",
                               "36NU",
                               "36NIL12",
                               "36NUO12",
                               "36NUL123",
                               "61NUL12",
                               "0NUL12",
                               "36IUL12",
                               "36NUL123456789012",
                               "36NAL12",

                               "YAB12",
                               "ZAZ1212",
                               "36N UL 12 3x",
                               "36NUL-1-1",
                               "36N UL 42535 36248 extra",
                               "\xc3\xa9",
                               "99999999999999999999999999999"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    double lon = 7, lat = 8;
    assert_int_equal(vd_mgrs_parse(wrong[i], &lon, &lat, NULL), VD_ERR_INPUT);
    assert_true(lon == 7 && lat == 8);
    assert_true(strlen(vd_last_message()) > 10);
  }
  char text[VD_MGRS_SIZE];
  assert_int_equal(vd_mgrs_format(0, 90.001, 5, text), VD_ERR_INPUT);
  assert_int_equal(vd_mgrs_format(NAN, 0, 5, text), VD_ERR_INPUT);
}

static void utm_follows_geographiclib(void **state) {
  (void)state;
  vd_utm utm;
  double lon, lat;
  assert_int_equal(vd_utm_from_lonlat(31.58, 4.85, 0, &utm), VD_OK); /* GeoConvert -u -p 9 */
  assert_int_equal(utm.zone, 36);
  assert_true(fabs(utm.easting_m - 342535.551130903) < 1e-6 &&
              fabs(utm.northing_m - 536248.563494968) < 1e-6);
  assert_int_equal(vd_utm_to_lonlat(&utm, &lon, &lat), VD_OK);
  assert_true(fabs(lon - 31.58) < 1e-12 && fabs(lat - 4.85) < 1e-12);
  /* The neighbour's zone, for a grid drawn across the edge. */
  assert_int_equal(vd_utm_from_lonlat(31.58, 4.85, 35, &utm), VD_OK);
  assert_int_equal(vd_utm_to_lonlat(&utm, &lon, &lat), VD_OK);
  assert_true(fabs(lon - 31.58) < 1e-12 && fabs(lat - 4.85) < 1e-12);
  assert_int_equal(vd_utm_from_lonlat(0, 84.2, 0, &utm), VD_ERR_INPUT);
  assert_int_equal(vd_utm_epsg(36, 1), 32636);
  assert_int_equal(vd_utm_epsg(38, 0), 32738);
}

static void people_write_places_in_many_ways(void **state) {
  (void)state;
  const struct {
    const char *text;
    double lon, lat, precision_m;
  } places[] = {
      {"31.58,4.85", 31.58, 4.85, 557},
      {" 31.58 , 4.85 ", 31.58, 4.85, 557},
      {"31.58 4.85", 31.58, 4.85, 557},
      {"31,58; 4,85", 31.58, 4.85, 557},
      {"31,58 4,85", 31.58, 4.85, 557},
      {"31,4", 31, 4, 55660},
      {"-73.8, -40.60000", -73.8, -40.6, 5566},
      {"4.85 N 31.58 E", 4.85, 0, 0},
      {"4.85N, 31.58E", 4.85, 0, 0},
      {"4,85 N 31,58 E", 4.85, 0, 0},
      {"E 31.58 N 4.85", 4.85, 0, 0},
      {"31.58 e 4.85 n", 4.85, 0, 0},
      {"4°51'00\"N 31°34'48\"E", 4.85, 0, 0},
      {"4° 51′ 00″ N, 31° 34′ 48″ E", 4.85, 0, 0},
      {"N4°51.000' E31°34.800'", 4.85, 0, 0},
      {"4 51 0 N 31 34 48 E", 4.85, 0, 0},
  };
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    double lon, lat, precision_m;
    if (vd_coord_parse(places[i].text, &lon, &lat, &precision_m) != VD_OK) fail_msg("%s", vd_last_message());
    double wanted_lon = places[i].precision_m > 0 ? places[i].lon : 31.58;
    double wanted_lat = places[i].precision_m > 0 ? places[i].lat : 4.85;
    if (fabs(lon - wanted_lon) > 1e-9 || fabs(lat - wanted_lat) > 1e-9)
      fail_msg("%s: %g %g", places[i].text, lon, lat);
    if (places[i].precision_m > 0) assert_true(fabs(precision_m - places[i].precision_m) < 1);
  }
  double lon, lat, precision_m;
  assert_int_equal(vd_coord_parse("4°51'S 31°34'48\"W", &lon, &lat, NULL), VD_OK);
  assert_true(fabs(lon + 31.58) < 1e-9 && fabs(lat + 4.85) < 1e-9);
  assert_int_equal(vd_coord_parse("36n ul 4253 3624", &lon, &lat, &precision_m), VD_OK);
  assert_true(precision_m == 10 && vd_geodesic_distance_m(lon, lat, 31.58, 4.85) < 15);
}

static void what_is_no_place_says_how_to_write_one(void **state) {
  (void)state;
  const char *const wrong[] = {"",         "Juba",       "31.58",         "4.85,131.58,2", "31.58,95",
                               "181,4",    "4 N 5 N",    "-4 S 31 E",     "4 61 0 N 31 E", "4.5 30 N 31 E",
                               "1e5,4",    "nan,4",      "31.58,4.85abc", "N E",           "36N ZZ 12",
                               "inf, inf", "4 N 31 E 5", "'; DROP TABLE", "0x10,4",        "--4,5"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    double lon, lat;
    if (vd_coord_parse(wrong[i], &lon, &lat, NULL) != VD_ERR_INPUT) fail_msg("\"%s\" was taken", wrong[i]);
  }
  double lon, lat;
  vd_coord_parse("Juba", &lon, &lat, NULL);
  assert_non_null(strstr(vd_last_message(), "31.58,4.85"));
}

static void angles_of_columns_are_read(void **state) {
  (void)state;
  double degrees;
  assert_true(vd_angle_parse("8,5", 'x', &degrees) && degrees == 8.5);
  assert_true(vd_angle_parse(" -12.25 ", 'y', &degrees) && degrees == -12.25);
  assert_true(vd_angle_parse("12°15'S", 'y', &degrees) && degrees == -12.25);
  assert_true(vd_angle_parse("W 12 15", 'x', &degrees) && degrees == -12.25);
  assert_false(vd_angle_parse("12°15'S", 'x', &degrees));
  assert_false(vd_angle_parse("", 'x', &degrees));
  assert_false(vd_angle_parse("12.5.5", 'x', &degrees));
  assert_false(vd_angle_parse("1e400", 'x', &degrees));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(references_are_written_as_geographiclib_writes_them),
      cmocka_unit_test(references_are_read_as_geographiclib_reads_them),
      cmocka_unit_test(figures_are_truncated_never_rounded),
      cmocka_unit_test(every_square_reads_back_as_itself),
      cmocka_unit_test(wrong_references_are_refused),
      cmocka_unit_test(utm_follows_geographiclib),
      cmocka_unit_test(people_write_places_in_many_ways),
      cmocka_unit_test(what_is_no_place_says_how_to_write_one),
      cmocka_unit_test(angles_of_columns_are_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
