/* mgrs: references of the Military Grid Reference System.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/mgrs.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "geo/utm.h"
#include "vedette/base/i18n.h"

/* Without I and O, which look like figures. */
static const char bands[] = "CDEFGHJKLMNPQRSTUVWX";
static const char rows[] = "ABCDEFGHJKLMNPQRSTUV";
static const char *const columns[3] = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"}; /* by zone modulo 3 */
/* Polar columns to the west and east of the pole, and rows; the north uses the inner part. */
static const char polar_west[] = "JKLPQRSTUXYZ", polar_east[] = "ABCFGHJKLPQR";
static const char polar_rows[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
enum { SQUARE_M = 100000, POLE_M = 2000000, NORTH_MIN_M = 1300000, SOUTH_MIN_M = 800000, DIGITS_MAX = 5 };

typedef struct reference {
  int zone; /* 0: polar */
  char band, column, row;
  int32_t easting_m, northing_m; /* within the 100 km square */
} reference;

/* ---- writing ---- */

static int band_index(double lat_deg) {
  int band = (int)floor((lat_deg + 80) / 8);
  return band < 0 ? 0 : band > 19 ? 19 : band;
}

static void reference_of_utm(double lon_deg, double lat_deg, reference *out) {
  vd_utm utm = {.zone = vd_utm_zone(lon_deg, lat_deg)};
  vd_utm_from_lonlat(lon_deg, lat_deg, utm.zone, &utm);
  /* A breath south of the equator rounds to 10 000 km, which would be a northern row. */
  if (!utm.north && utm.northing_m >= 1e7) utm.northing_m = nextafter(1e7, 0);
  int64_t easting = (int64_t)floor(utm.easting_m), northing = (int64_t)floor(utm.northing_m);
  out->zone = utm.zone;
  out->band = bands[band_index(lat_deg)];
  out->column = columns[utm.zone % 3][(easting / SQUARE_M + 7) % 8];
  out->row = rows[(northing / SQUARE_M + (utm.zone % 2 ? 0 : 5)) % 20];
  out->easting_m = (int32_t)(easting % SQUARE_M);
  out->northing_m = (int32_t)(northing % SQUARE_M);
}

static void reference_of_ups(double lon_deg, double lat_deg, reference *out) {
  double easting_m, northing_m;
  int north = lat_deg > 0;
  vd_ups_forward(north, lon_deg, lat_deg, &easting_m, &northing_m);
  int32_t easting = (int32_t)floor(easting_m), northing = (int32_t)floor(northing_m);
  int32_t min_m = north ? NORTH_MIN_M : SOUTH_MIN_M;
  int east = easting >= POLE_M;
  out->zone = 0;
  out->band = north ? (east ? 'Z' : 'Y') : (east ? 'B' : 'A');
  out->column = east ? polar_east[(easting - POLE_M) / SQUARE_M]
                     : polar_west[(easting - min_m) / SQUARE_M + (north ? 5 : 0)];
  out->row = polar_rows[(northing - min_m) / SQUARE_M];
  out->easting_m = easting % SQUARE_M;
  out->northing_m = northing % SQUARE_M;
}

static vd_status reference_of(double lon_deg, double lat_deg, reference *out) {
  if (!isfinite(lon_deg) || fabs(lon_deg) > 1e6 || !(fabs(lat_deg) <= 90))
    return vd_fail(VD_ERR_INPUT, _("The place is not on the earth: latitude goes from -90 to 90."));
  if (vd_utm_zone(lon_deg, lat_deg))
    reference_of_utm(lon_deg, lat_deg, out);
  else
    reference_of_ups(lon_deg, lat_deg, out);
  return VD_OK;
}

static vd_status format_with(double lon_deg, double lat_deg, int digits, const char *space,
                             char text[VD_MGRS_SIZE]) {
  static const int32_t unit_m[DIGITS_MAX + 1] = {100000, 10000, 1000, 100, 10, 1};
  reference ref;
  text[0] = '\0';
  if (digits < 0 || digits > DIGITS_MAX)
    return vd_fail(VD_ERR_USAGE, _("A grid reference has 0 to 5 figures for each direction."));
  VD_TRY(reference_of(lon_deg, lat_deg, &ref));
  char zone[4] = "";
  if (ref.zone) snprintf(zone, sizeof zone, "%02d", ref.zone % 100);
  int n = snprintf(text, VD_MGRS_SIZE, "%s%c%s%c%c", zone, ref.band, space, ref.column, ref.row);
  if (digits)
    snprintf(text + n, (size_t)(VD_MGRS_SIZE - n), "%s%0*d%s%0*d", space, digits,
             (int)(ref.easting_m / unit_m[digits]), space, digits, (int)(ref.northing_m / unit_m[digits]));
  return VD_OK;
}

vd_status vd_mgrs_format(double lon_deg, double lat_deg, int digits, char text[VD_MGRS_SIZE]) {
  return format_with(lon_deg, lat_deg, digits, "", text);
}

vd_status vd_mgrs_format_spaced(double lon_deg, double lat_deg, int digits, char text[VD_MGRS_SIZE]) {
  return format_with(lon_deg, lat_deg, digits, " ", text);
}

/* ---- reading ---- */

/* Capitals without white space; false when there are too many characters or others than letters and figures. */
static int squeeze(const char *text, char out[VD_MGRS_SIZE]) {
  size_t n = 0;
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == ' ' || c == '\t') continue;
    if (n + 1 >= VD_MGRS_SIZE || c > 127 || !isalnum(c)) return 0;
    out[n++] = (char)toupper(c);
  }
  out[n] = '\0';
  return 1;
}

/* Index of a letter in a set, -1 when absent (NUL is never in). */
static int letter_index(const char *set, char letter) {
  const char *at = letter ? strchr(set, letter) : NULL;
  return at ? (int)(at - set) : -1;
}

/* The figures after the letters; returns their number for each direction or -1. */
static int parse_figures(const char *text, int32_t *easting_m, int32_t *northing_m) {
  size_t n = strlen(text), half = n / 2;
  int32_t unit = SQUARE_M;
  *easting_m = *northing_m = 0;
  if (n % 2 || half > DIGITS_MAX || strspn(text, "0123456789") != n) return -1;
  for (size_t i = 0; i < half; i++) {
    unit /= 10;
    *easting_m += (text[i] - '0') * unit;
    *northing_m += (text[half + i] - '0') * unit;
  }
  return (int)half;
}

/* True when some of the 100 km square lies in the latitudes of its band. */
static int square_meets_band(int zone, int band, double easting_m, double northing_m) {
  double low = 90, high = -90, bottom = -80 + 8.0 * band, top = band == 19 ? 84 : bottom + 8;
  for (int i = 0; i <= 2; i++)
    for (int j = 0; j <= 1; j++) {
      double lon, lat;
      vd_tm_inverse(6.0 * zone - 183, easting_m + i * 50000, northing_m + j * SQUARE_M, &lon, &lat);
      low = fmin(low, lat);
      high = fmax(high, lat);
    }
  return low < top && high > bottom;
}

/* The southern edge of the square, metres from the equator (negative in the south): rows repeat every 2000 km and
 * the band tells which of them is meant. NaN when none. */
static double square_northing(int zone, int band, double easting_m, int row) {
  double first = SQUARE_M * (double)((row + (zone % 2 ? 0 : 15)) % 20);
  for (int turn = -5; turn <= 4; turn++)
    if (square_meets_band(zone, band, easting_m, first + 2e6 * turn)) return first + 2e6 * turn;
  return NAN;
}

static vd_status not_mgrs(const char *text) {
  return vd_fail(VD_ERR_INPUT, _("\"%.40s\" is no MGRS reference. Write it like 36N WF 12345 67890."), text);
}

static vd_status parse_utm(const char *text, const char *squeezed, double *lon_deg, double *lat_deg,
                           double *side_m) {
  int32_t in_east_m, in_north_m;
  int zone = squeezed[0] - '0', at = 1;
  if (isdigit((unsigned char)squeezed[1])) zone = zone * 10 + (squeezed[at++] - '0');
  int band = letter_index(bands, squeezed[at]);
  if (zone < 1 || zone > 60 || band < 0) return not_mgrs(text);
  int column = letter_index(columns[zone % 3], squeezed[at + 1]);
  int row = column < 0 ? -1 : letter_index(rows, squeezed[at + 2]);
  int digits = row < 0 ? -1 : parse_figures(squeezed + at + 3, &in_east_m, &in_north_m);
  if (digits < 0) return not_mgrs(text);
  double easting_m = SQUARE_M * (column + 1.0), northing_m = square_northing(zone, band, easting_m, row);
  if (isnan(northing_m))
    return vd_fail(VD_ERR_INPUT, _("\"%.40s\": the square %c%c does not lie in zone %d%c."), text,
                   squeezed[at + 1], squeezed[at + 2], zone, squeezed[at]);
  double side = SQUARE_M / pow(10, digits);
  vd_tm_inverse(6.0 * zone - 183, easting_m + in_east_m + side / 2, northing_m + in_north_m + side / 2,
                lon_deg, lat_deg);
  *side_m = side;
  return VD_OK;
}

static vd_status parse_ups(const char *text, const char *squeezed, double *lon_deg, double *lat_deg,
                           double *side_m) {
  int32_t in_east_m, in_north_m;
  int north = squeezed[0] >= 'Y', east = squeezed[0] == 'B' || squeezed[0] == 'Z';
  int column = letter_index(east ? polar_east : polar_west, squeezed[1]) - (north && !east ? 5 : 0);
  int row = column < 0 ? -1 : letter_index(polar_rows, squeezed[2]);
  int digits = row < 0 ? -1 : parse_figures(squeezed + 3, &in_east_m, &in_north_m);
  if (digits < 0 || (north && (row > 13 || column > 6))) return not_mgrs(text);
  int32_t min_m = north ? NORTH_MIN_M : SOUTH_MIN_M;
  double side = SQUARE_M / pow(10, digits);
  double easting_m = (east ? POLE_M : min_m) + column * (double)SQUARE_M + in_east_m + side / 2;
  double northing_m = min_m + row * (double)SQUARE_M + in_north_m + side / 2;
  vd_ups_inverse(north, easting_m, northing_m, lon_deg, lat_deg);
  *side_m = side;
  return VD_OK;
}

vd_status vd_mgrs_parse(const char *text, double *lon_deg, double *lat_deg, double *side_m) {
  char squeezed[VD_MGRS_SIZE];
  double lon = 0, lat = 0, side = 0;
  if (!text || !squeeze(text, squeezed)) return not_mgrs(text ? text : "");
  if (isdigit((unsigned char)squeezed[0]))
    VD_TRY(parse_utm(text, squeezed, &lon, &lat, &side));
  else if (letter_index("ABYZ", squeezed[0]) >= 0)
    VD_TRY(parse_ups(text, squeezed, &lon, &lat, &side));
  else
    return not_mgrs(text);
  if (lon_deg) *lon_deg = lon;
  if (lat_deg) *lat_deg = lat;
  if (side_m) *side_m = side;
  return VD_OK;
}
