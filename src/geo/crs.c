/* crs: coordinate reference systems by GDAL's OSR, transforms by PROJ.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/crs.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/gdal.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { WKT_MAX = 65536 };

static int epsg_of(OGRSpatialReferenceH srs) {
  const char *authority = OSRGetAuthorityName(srs, NULL), *code = OSRGetAuthorityCode(srs, NULL);
  if (!authority && OSRAutoIdentifyEPSG(srs) == OGRERR_NONE) {
    authority = OSRGetAuthorityName(srs, NULL);
    code = OSRGetAuthorityCode(srs, NULL);
  }
  int64_t number = 0;
  if (!vd_str_equal_nocase(authority, "EPSG") || !vd_parse_i64(code, &number)) return 0;
  return number > 0 && number < 1000000 ? (int)number : 0;
}

static vd_status describe(vd_arena *arena, OGRSpatialReferenceH srs, vd_crs *out) {
  VD_CLEANUP(vd_gdal_text_cleanup) char *wkt = NULL;
  VD_CLEANUP(vd_gdal_text_cleanup) char *wkt2 = NULL;
  const char *const as_wkt2[] = {"FORMAT=WKT2_2019", NULL};
  out->epsg = epsg_of(srs);
  out->name = vd_str_dup(arena, OSRGetName(srs) ? OSRGetName(srs) : _("unnamed"));
  out->lonlat = OSRIsGeographic(srs) != 0;
  /* The old form is what files carry; the few systems it cannot say come in the new one. */
  if (OSRExportToWkt(srs, &wkt) == OGRERR_NONE && wkt && *wkt)
    out->wkt = vd_str_dup(arena, wkt);
  else if (OSRExportToWktEx(srs, &wkt2, as_wkt2) == OGRERR_NONE && wkt2 && *wkt2)
    out->wkt = vd_str_dup(arena, wkt2);
  else
    return vd_fail(VD_ERR_INPUT, _("The coordinate system %s cannot be written as WKT."), out->name);
  return VD_OK;
}

vd_status vd_crs_of_srs(vd_arena *arena, OGRSpatialReferenceH srs, vd_crs *out) {
  if (!srs) return vd_fail(VD_ERR_INPUT, _("The file names no coordinate system."));
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH flat = OSRClone(srs);
  OSRStripVertical(flat);
  if (!OSRIsGeographic(flat) && !OSRIsProjected(flat))
    return vd_fail(VD_ERR_INPUT, _("The coordinate system \"%s\" does not say where on the earth it lies."),
                   OSRGetName(flat) ? OSRGetName(flat) : "");
  return describe(arena, flat, out);
}

vd_status vd_crs_from_epsg(vd_arena *arena, int epsg, vd_crs *out) {
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  vd_gdal_clear();
  if (OSRImportFromEPSG(srs, epsg) != OGRERR_NONE)
    return vd_fail(VD_ERR_INPUT, _("There is no coordinate system EPSG:%d. Look the number up at epsg.org."),
                   epsg);
  if (!OSRIsGeographic(srs) && !OSRIsProjected(srs))
    return vd_fail(VD_ERR_INPUT, _("EPSG:%d is no system of map coordinates."), epsg);
  return describe(arena, srs, out);
}

vd_status vd_crs_from_wkt(vd_arena *arena, const char *wkt, vd_crs *out) {
  if (!wkt || !*wkt) return vd_fail(VD_ERR_INPUT, _("The text of a coordinate system is empty."));
  if (strlen(wkt) > WKT_MAX) return vd_fail(VD_ERR_LIMIT, _("The text of a coordinate system is too long."));
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  char *at = (char *)(uintptr_t)wkt; /* OSRImportFromWkt moves the pointer and writes nothing */
  vd_gdal_clear();
  if (OSRImportFromWkt(srs, &at) != OGRERR_NONE)
    return vd_fail(VD_ERR_INPUT, _("The text of a coordinate system is not valid WKT (%s)."),
                   vd_gdal_message());
  return vd_crs_of_srs(arena, srs, out);
}

vd_status vd_crs_plane(vd_arena *arena, double lon_deg, double lat_deg, vd_crs *out) {
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  vd_gdal_clear();
  OSRSetProjCS(srs, "vedette analysis plane");
  if (OSRSetWellKnownGeogCS(srs, "WGS84") != OGRERR_NONE ||
      OSRSetLAEA(srs, lat_deg, lon_deg, 0, 0) != OGRERR_NONE)
    return vd_fail(VD_ERR_INTERNAL, _("The analysis plane could not be set up (%s)."), vd_gdal_message());
  VD_TRY(describe(arena, srs, out));
  out->epsg = 0; /* a likeness to a registered system does not make it that system */
  return VD_OK;
}

/* ---- transforms ---- */

struct vd_transform {
  PJ_CONTEXT *context;
  PJ *pj; /* NULL: nothing to do */
};

void vd_transform_free(vd_transform *transform) {
  if (!transform) return;
  proj_destroy(transform->pj);
  proj_context_destroy(transform->context);
  free(transform);
}

void vd_transform_cleanup(vd_transform **transform) {
  vd_transform_free(*transform);
  *transform = NULL;
}

static void pj_cleanup(PJ **pj) {
  proj_destroy(*pj);
}

static vd_transform *transform_alloc(void) {
  vd_transform *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  made->context = proj_context_create();
  if (!made->context) {
    free(made);
    return NULL;
  }
  proj_log_level(made->context, PJ_LOG_NONE);
  proj_context_set_enable_network(made->context, 0);
  return made;
}

static vd_status no_transform(vd_transform *made, const char *why) {
  vd_transform_free(made);
  return vd_fail(VD_ERR_INPUT, _("Coordinates cannot be transformed: %s."), why);
}

static PJ *system_of(PJ_CONTEXT *context, const char *wkt) {
  if (!wkt) return proj_create_from_database(context, "EPSG", "4326", PJ_CATEGORY_CRS, 0, NULL);
  return proj_create_from_wkt(context, wkt, NULL, NULL, NULL);
}

vd_status vd_transform_new(const char *from_wkt, const char *to_wkt, vd_transform **out) {
  *out = NULL;
  vd_transform *made = transform_alloc();
  if (!made) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for a coordinate transform."));
  if (!from_wkt && !to_wkt) {
    *out = made;
    return VD_OK;
  }
  VD_CLEANUP(pj_cleanup) PJ *from = system_of(made->context, from_wkt);
  VD_CLEANUP(pj_cleanup) PJ *to = system_of(made->context, to_wkt);
  if (!from || !to) return no_transform(made, _("a coordinate system is not valid WKT"));
  VD_CLEANUP(pj_cleanup) PJ *raw = proj_create_crs_to_crs_from_pj(made->context, from, to, NULL, NULL);
  if (raw) made->pj = proj_normalize_for_visualization(made->context, raw);
  if (!made->pj) return no_transform(made, _("no way is known between the two coordinate systems"));
  *out = made;
  return VD_OK;
}

vd_status vd_transform_plane(double lon_deg, double lat_deg, vd_transform **out) {
  char text[256];
  *out = NULL;
  if (!(fabs(lon_deg) <= 360 && fabs(lat_deg) <= 90))
    return vd_fail(VD_ERR_INPUT, _("The centre of the area is not on the earth."));
  vd_transform *made = transform_alloc();
  if (!made) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for a coordinate transform."));
  snprintf(text, sizeof text,
           "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
           "+step +proj=laea +lat_0=%.17g +lon_0=%.17g +ellps=WGS84",
           lat_deg, lon_deg);
  made->pj = proj_create(made->context, text);
  if (!made->pj) return no_transform(made, _("the analysis plane could not be set up"));
  *out = made;
  return VD_OK;
}

static size_t run(vd_transform *transform, double *xy, size_t n, PJ_DIRECTION direction) {
  size_t failed = 0, stride = 2 * sizeof *xy;
  if (transform->pj && n) {
    proj_errno_reset(transform->pj);
    proj_trans_generic(transform->pj, direction, xy, stride, n, xy + 1, stride, n, NULL, 0, 0, NULL, 0, 0);
  }
  for (size_t i = 0; i < n; i++) {
    if (isfinite(xy[2 * i]) && isfinite(xy[2 * i + 1])) continue;
    xy[2 * i] = xy[2 * i + 1] = NAN;
    failed++;
  }
  return failed;
}

size_t vd_transform_forward(vd_transform *transform, double *xy, size_t n) {
  return run(transform, xy, n, PJ_FWD);
}

size_t vd_transform_inverse(vd_transform *transform, double *xy, size_t n) {
  return run(transform, xy, n, PJ_INV);
}

vd_box vd_transform_box(vd_transform *transform, vd_box box, bool inverse) {
  enum { STEPS = 21 };
  vd_box image = vd_box_empty();
  if (vd_box_is_empty(box)) return image;
  /* A lattice over the whole box: the extreme of an image may lie inside, as at a pole. */
  for (int i = 0; i < STEPS; i++) {
    double row[2 * STEPS];
    for (int j = 0; j < STEPS; j++) {
      row[2 * j] = box.min_x + (box.max_x - box.min_x) * j / (STEPS - 1);
      row[2 * j + 1] = box.min_y + (box.max_y - box.min_y) * i / (STEPS - 1);
    }
    run(transform, row, STEPS, inverse ? PJ_INV : PJ_FWD);
    for (int j = 0; j < STEPS; j++)
      if (isfinite(row[2 * j])) image = vd_box_add(image, row[2 * j], row[2 * j + 1]);
  }
  return image;
}
