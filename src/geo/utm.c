/* utm: transverse Mercator and polar stereographic on WGS 84.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/utm.h"

#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/geo/mgrs.h"

static const double A_M = 6378137.0, F = 1 / 298.257223563;
static const double RAD = M_PI / 180;

enum { ORDER = 6 };

/* Krueger's coefficients as polynomials of the third flattening n (Karney 2011, equations 35 and 36). */
static void krueger(double n, double alpha[ORDER + 1], double beta[ORDER + 1], double *radius_m) {
  double n2 = n * n, n3 = n2 * n, n4 = n2 * n2, n5 = n4 * n, n6 = n3 * n3;
  *radius_m = A_M / (1 + n) * (1 + n2 / 4 + n4 / 64 + n6 / 256);
  alpha[1] = n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180 - 127 * n5 / 288 + 7891 * n6 / 37800;
  alpha[2] = 13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440 + 281 * n5 / 630 - 1983433 * n6 / 1935360;
  alpha[3] = 61 * n3 / 240 - 103 * n4 / 140 + 15061 * n5 / 26880 + 167603 * n6 / 181440;
  alpha[4] = 49561 * n4 / 161280 - 179 * n5 / 168 + 6601661 * n6 / 7257600;
  alpha[5] = 34729 * n5 / 80640 - 3418889 * n6 / 1995840;
  alpha[6] = 212378941 * n6 / 319334400;
  beta[1] = n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360 - 81 * n5 / 512 + 96199 * n6 / 604800;
  beta[2] = n2 / 48 + n3 / 15 - 437 * n4 / 1440 + 46 * n5 / 105 - 1118711 * n6 / 3870720;
  beta[3] = 17 * n3 / 480 - 37 * n4 / 840 - 209 * n5 / 4480 + 5569 * n6 / 90720;
  beta[4] = 4397 * n4 / 161280 - 11 * n5 / 504 - 830251 * n6 / 7257600;
  beta[5] = 4583 * n5 / 161280 - 108847 * n6 / 3991680;
  beta[6] = 20648693 * n6 / 638668800;
}

/* The tangent of the conformal latitude from the tangent of the geographic one, and back by Newton's method. */
static double conformal(double tau) {
  double e = sqrt(F * (2 - F)), sigma = sinh(e * atanh(e * tau / hypot(1, tau)));
  return tau * hypot(1, sigma) - sigma * hypot(1, tau);
}

static double geographic(double tau_conformal) {
  double e2 = F * (2 - F), tau = tau_conformal / (1 - e2);
  if (!isfinite(tau)) return tau;
  for (int i = 0; i < 8; i++) {
    double here = conformal(tau);
    double step =
        (tau_conformal - here) / hypot(1, here) * (1 + (1 - e2) * tau * tau) / ((1 - e2) * hypot(1, tau));
    tau += step;
    if (!(fabs(step) > 1e-15 * fmax(1, fabs(tau)))) break;
  }
  return tau;
}

static const double TM_SCALE = 0.9996, TM_EAST_M = 500000;

void vd_tm_forward(double central_lon_deg, double lon_deg, double lat_deg, double *easting_m,
                   double *northing_m) {
  double alpha[ORDER + 1], beta[ORDER + 1], radius_m,
      lambda = remainder(lon_deg - central_lon_deg, 360) * RAD;
  krueger(F / (2 - F), alpha, beta, &radius_m);
  double tau = conformal(tan(lat_deg * RAD));
  double xi0 = atan2(tau, cos(lambda)), eta0 = asinh(sin(lambda) / hypot(tau, cos(lambda)));
  double xi = xi0, eta = eta0;
  for (int j = 1; j <= ORDER; j++) {
    xi += alpha[j] * sin(2 * j * xi0) * cosh(2 * j * eta0);
    eta += alpha[j] * cos(2 * j * xi0) * sinh(2 * j * eta0);
  }
  *easting_m = TM_EAST_M + TM_SCALE * radius_m * eta;
  *northing_m = TM_SCALE * radius_m * xi;
}

void vd_tm_inverse(double central_lon_deg, double easting_m, double northing_m, double *lon_deg,
                   double *lat_deg) {
  double alpha[ORDER + 1], beta[ORDER + 1], radius_m;
  krueger(F / (2 - F), alpha, beta, &radius_m);
  double xi0 = northing_m / (TM_SCALE * radius_m), eta0 = (easting_m - TM_EAST_M) / (TM_SCALE * radius_m);
  double xi = xi0, eta = eta0;
  for (int j = 1; j <= ORDER; j++) {
    xi -= beta[j] * sin(2 * j * xi0) * cosh(2 * j * eta0);
    eta -= beta[j] * cos(2 * j * xi0) * sinh(2 * j * eta0);
  }
  double tau = sin(xi) / hypot(sinh(eta), cos(xi));
  *lat_deg = atan(geographic(tau)) / RAD;
  *lon_deg = remainder(central_lon_deg + atan2(sinh(eta), cos(xi)) / RAD, 360);
}

static const double UPS_SCALE = 0.994, UPS_ORIGIN_M = 2000000;

/* Metres from the pole for the tangent of half the conformal colatitude equal to 1. */
static double ups_radius(void) {
  double e = sqrt(F * (2 - F));
  return 2 * UPS_SCALE * A_M / ((1 - F) * exp(e * atanh(e)));
}

void vd_ups_forward(int north, double lon_deg, double lat_deg, double *easting_m, double *northing_m) {
  double tau = conformal(tan((north ? lat_deg : -lat_deg) * RAD));
  /* tan of half the colatitude, without loss near the pole */
  double half = tau > 0 ? 1 / (tau + hypot(1, tau)) : hypot(1, tau) - tau;
  double rho_m = fabs(lat_deg) >= 90 ? 0 : ups_radius() * half;
  *easting_m = UPS_ORIGIN_M + rho_m * sin(lon_deg * RAD);
  *northing_m = UPS_ORIGIN_M + (north ? -1 : 1) * rho_m * cos(lon_deg * RAD);
}

void vd_ups_inverse(int north, double easting_m, double northing_m, double *lon_deg, double *lat_deg) {
  double x = easting_m - UPS_ORIGIN_M, y = northing_m - UPS_ORIGIN_M, half = hypot(x, y) / ups_radius();
  double tau = half > 0 ? geographic((1 / half - half) / 2) : INFINITY;
  *lat_deg = (north ? 1 : -1) * atan(tau) / RAD;
  *lon_deg = half > 0 ? atan2(x, north ? -y : y) / RAD : 0;
}

/* ---- zones ---- */

int vd_utm_zone(double lon_deg, double lat_deg) {
  if (!isfinite(lon_deg) || !(lat_deg >= -80 && lat_deg < 84)) return 0;
  double lon = lon_deg - 360 * floor((lon_deg + 180) / 360); /* -180 <= lon < 180 */
  int zone = (int)floor((lon + 180) / 6) + 1;
  if (zone > 60) zone = 60;
  if (lat_deg >= 56 && lat_deg < 64 && lon >= 3 && lon < 12) return 32; /* western Norway */
  if (lat_deg >= 72 && lon >= 0 && lon < 42)                            /* Svalbard */
    return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
  return zone;
}

int vd_utm_epsg(int zone, int north) {
  return (north ? 32600 : 32700) + zone;
}

static double central_meridian(int zone) {
  return 6.0 * zone - 183;
}

vd_status vd_utm_from_lonlat(double lon_deg, double lat_deg, int zone, vd_utm *out) {
  int own = vd_utm_zone(lon_deg, lat_deg);
  if (!own || zone < 0 || zone > 60)
    return vd_fail(VD_ERR_INPUT,
                   _("UTM reaches from 80 degrees south to 84 degrees north in zones 1 to 60."));
  out->zone = zone ? zone : own;
  out->north = lat_deg >= 0;
  if (!(fabs(remainder(lon_deg - central_meridian(out->zone), 360)) <= 60))
    return vd_fail(VD_ERR_INPUT, _("The place is too far from UTM zone %d."), out->zone);
  vd_tm_forward(central_meridian(out->zone), lon_deg, lat_deg, &out->easting_m, &out->northing_m);
  if (!out->north) out->northing_m += 1e7;
  return VD_OK;
}

vd_status vd_utm_to_lonlat(const vd_utm *utm, double *lon_deg, double *lat_deg) {
  if (utm->zone < 1 || utm->zone > 60 || !(fabs(utm->easting_m - 5e5) <= 5e6) ||
      !(utm->northing_m >= -1e7 && utm->northing_m <= 1e7))
    return vd_fail(VD_ERR_INPUT, _("That is no UTM place."));
  vd_tm_inverse(central_meridian(utm->zone), utm->easting_m, utm->northing_m - (utm->north ? 0 : 1e7),
                lon_deg, lat_deg);
  return VD_OK;
}
