/* raster_read: opening GeoTIFF and SRTM files of unknown origin and reading a window of them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <cpl_vsi.h>
#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/gdal.h"
#include "geo/unzip.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"
#include "vedette/geo/raster.h"

enum { HEAD_SIZE = 16, BLOCK_BYTES_MAX = 1 << 29, ROWS_A_STEP = 128, PIXELS_A_STEP = 1 << 23 };

typedef enum content { CONTENT_NONE, CONTENT_TIFF, CONTENT_HGT, CONTENT_ZIP, CONTENT_PICTURE } content;

/* ---- what a file is ---- */

static bool starts(const uint8_t *head, const char *bytes, size_t n) {
  return memcmp(head, bytes, n) == 0;
}

/* "S12E043" at the start of a name. */
static bool names_a_tile(const char *name) {
  return strlen(name) >= 7 && strchr("NSns", name[0]) && isdigit((unsigned char)name[1]) &&
         isdigit((unsigned char)name[2]) && strchr("EWew", name[3]) && isdigit((unsigned char)name[4]) &&
         isdigit((unsigned char)name[5]) && isdigit((unsigned char)name[6]);
}

static bool is_hgt(const char *name, int64_t size) {
  const int64_t one_second = 3601LL * 3601 * 2, three_seconds = 1201LL * 1201 * 2, polar = 1801LL * 3601 * 2;
  return vd_str_ends_nocase(name, ".hgt") && names_a_tile(vd_path_base(name)) &&
         (size == one_second || size == three_seconds || size == polar);
}

static content content_of(const uint8_t head[HEAD_SIZE], const char *name, int64_t size) {
  if (starts(head, "II*\0", 4) || starts(head, "MM\0*", 4) || starts(head, "II+\0", 4) ||
      starts(head, "MM\0+", 4))
    return CONTENT_TIFF;
  if (is_hgt(name, size)) return CONTENT_HGT;
  if (starts(head, "PK\3\4", 4)) return CONTENT_ZIP;
  if (starts(head, "\x89PNG", 4) || starts(head, "\xff\xd8\xff", 3) || starts(head, "GIF8", 4) ||
      starts(head, "BM", 2) || (starts(head, "RIFF", 4) && starts(head + 8, "WEBP", 4)))
    return CONTENT_PICTURE;
  return CONTENT_NONE;
}

static void file_cleanup(FILE **file) {
  if (*file) fclose(*file);
}

static vd_status content_of_file(const char *path, content *out) {
  uint8_t head[HEAD_SIZE] = {0};
  struct stat told;
  VD_CLEANUP(file_cleanup) FILE *file = fopen(path, "rbe");
  if (!file || fstat(fileno(file), &told) != 0)
    return vd_fail(VD_ERR_IO, _("%s cannot be opened: %m."), path);
  if (fread(head, 1, sizeof head, file) < sizeof head && ferror(file))
    return vd_fail(VD_ERR_IO, _("%s cannot be read: %m."), path);
  *out = content_of(head, path, told.st_size);
  return VD_OK;
}

/* ---- an opened file ---- */

typedef struct opened {
  GDALDatasetH dataset;
  char *memory;   /* name in GDAL's memory file system, NULL for a file on disk */
  uint8_t *bytes; /* behind `memory` */
} opened;

static void opened_cleanup(opened *file) {
  if (file->dataset) GDALClose(file->dataset);
  if (file->memory) VSIUnlink(file->memory);
  free(file->bytes);
}

static vd_status refuse(content found) {
  if (found == CONTENT_PICTURE)
    return vd_fail(
        VD_ERR_INPUT,
        _("it is a picture: its pixels are colours from 0 to 255, a rescaled image and not people or "
          "metres. Use the original GeoTIFF."));
  return vd_fail(VD_ERR_INPUT, _("it is no raster that can be read: GeoTIFF, .hgt or .hgt.zip."));
}

/* Opens bytes through GDAL's memory file system; a tile's place is told by its name alone. */
static vd_status open_memory(vd_arena *arena, const uint8_t *bytes, size_t n, const char *name, opened *out) {
  uint8_t head[HEAD_SIZE] = {0};
  if (n) memcpy(head, bytes, n < HEAD_SIZE ? n : HEAD_SIZE);
  content found = content_of(head, name, (int64_t)n);
  if (found != CONTENT_TIFF && found != CONTENT_HGT) return refuse(found);
  const char *base = vd_path_base(name);
  out->memory = found == CONTENT_HGT ? vd_gdal_memory_name(arena, vd_str_printf(arena, "/%.7s.hgt", base))
                                     : vd_gdal_memory_name(arena, ".tif");
  GByte *borrowed = (GByte *)(uintptr_t)bytes; /* opened read-only */
  VSILFILE *file = VSIFileFromMemBuffer(out->memory, borrowed, n, FALSE);
  if (!file) return vd_fail(VD_ERR_MEMORY, _("there is not enough memory to unpack %s."), base);
  VSIFCloseL(file);
  return vd_gdal_open(out->memory, found == CONTENT_HGT ? "SRTMHGT" : "GTiff", true, &out->dataset);
}

/* A sea tile packs a thousand to one, but a tile's size is known beforehand. */
static vd_status open_zip(vd_arena *arena, const uint8_t *packed, size_t n, opened *out) {
  static const vd_zip_caps caps = {
      .file_bytes = 256 << 20, .entries = 1000, .total_bytes = 256 << 20, .ratio = 1100};
  vd_zip zip;
  VD_TRY(vd_zip_open(arena, packed, n, &caps, &zip));
  const vd_zip_entry *entry = vd_zip_find(&zip, ".hgt");
  if (!entry) entry = vd_zip_find(&zip, ".tif");
  if (!entry) entry = vd_zip_find(&zip, ".tiff");
  if (!entry) return vd_fail(VD_ERR_INPUT, _("the zip file holds no .hgt and no .tif file."));
  VD_TRY(vd_zip_unpack(&zip, entry, &out->bytes));
  return open_memory(arena, out->bytes, (size_t)entry->size, entry->name, out);
}

static vd_status open_zip_file(vd_arena *arena, const char *path, opened *out) {
  VD_CLEANUP(vd_bytes_cleanup) uint8_t *packed = NULL;
  size_t n;
  VD_TRY(vd_file_bytes(path, vd_zip_usual_caps.file_bytes, &packed, &n));
  return open_zip(arena, packed, n, out);
}

static vd_status open_content(vd_arena *arena, const char *path, opened *out) {
  content found;
  char *real;
  VD_TRY(vd_gdal_real_path(arena, path, &real));
  VD_TRY(content_of_file(real, &found));
  if (found == CONTENT_TIFF) return vd_gdal_open(real, "GTiff", true, &out->dataset);
  if (found == CONTENT_HGT) return vd_gdal_open(real, "SRTMHGT", true, &out->dataset);
  return found == CONTENT_ZIP ? open_zip_file(arena, real, out) : refuse(found);
}

static bool is_colour_picture(GDALDatasetH dataset) {
  if (GDALGetRasterCount(dataset) < 3) return false;
  for (int i = 0; i < 3; i++) {
    GDALColorInterp meaning = GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset, i + 1));
    if (meaning != (GDALColorInterp)(GCI_RedBand + i)) return false;
  }
  return true;
}

/* All that a header can say wrong, before anything is allocated by it. */
static vd_status check_header(GDALDatasetH dataset) {
  int width = GDALGetRasterXSize(dataset), height = GDALGetRasterYSize(dataset), block_x = 0, block_y = 0;
  double geotransform[6];
  if (width < 1 || height < 1 || GDALGetRasterCount(dataset) < 1)
    return vd_fail(VD_ERR_INPUT, _("it holds no pixels."));
  if (is_colour_picture(dataset))
    return vd_fail(
        VD_ERR_INPUT,
        _("it is a colour picture: its pixels are red, green and blue, not people or metres. Use the "
          "original values."));
  GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  GDALDataType type = GDALGetRasterDataType(band);
  if (GDALDataTypeIsComplex(type)) return vd_fail(VD_ERR_INPUT, _("its values are complex numbers."));
  GDALGetBlockSize(band, &block_x, &block_y);
  if ((double)block_x * block_y * GDALGetDataTypeSizeBytes(type) > BLOCK_BYTES_MAX)
    return vd_fail(
        VD_ERR_LIMIT,
        _("its blocks are larger than %d MiB. Write it anew in tiles (gdal_translate -co TILED=YES)."),
        BLOCK_BYTES_MAX >> 20);
  if (GDALGetGeoTransform(dataset, geotransform) != CE_None)
    return vd_fail(VD_ERR_INPUT, _("it does not say where on the earth its pixels lie."));
  for (int i = 0; i < 6; i++)
    if (!isfinite(geotransform[i]))
      return vd_fail(VD_ERR_INPUT, _("it does not say where on the earth its pixels lie."));
  if (!(fabs(geotransform[1] * geotransform[5] - geotransform[2] * geotransform[4]) > 0))
    return vd_fail(VD_ERR_INPUT, _("its pixels have no size."));
  return VD_OK;
}

static vd_status finish_open(vd_arena *arena, vd_status done, const char *name, opened *file, vd_crs *crs) {
  if (done == VD_OK) done = check_header(file->dataset);
  if (done == VD_OK) done = vd_crs_of_srs(arena, GDALGetSpatialRef(file->dataset), crs);
  if (done != VD_OK) return vd_fail_prefix(done, "%s", vd_path_base(name));
  if (crs->epsg == 4326) crs->wkt = NULL; /* lon/lat WGS 84 needs no words */
  return VD_OK;
}

static vd_status open_raster(vd_arena *arena, const char *path, opened *out, vd_crs *crs) {
  return finish_open(arena, open_content(arena, path, out), path, out, crs);
}

bool vd_raster_looks_like(const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  content found;
  char *real;
  if (vd_gdal_real_path(arena, path, &real) != VD_OK || content_of_file(real, &found) != VD_OK) return false;
  if (found != CONTENT_ZIP) return found == CONTENT_TIFF || found == CONTENT_HGT;
  VD_CLEANUP(vd_bytes_cleanup) uint8_t *packed = NULL;
  size_t n;
  vd_zip zip;
  if (vd_file_bytes(real, vd_zip_usual_caps.file_bytes, &packed, &n) != VD_OK) return false;
  vd_zip_caps caps = vd_zip_usual_caps;
  caps.ratio = 1100;
  if (vd_zip_open(arena, packed, n, &caps, &zip) != VD_OK) return false;
  return vd_zip_find(&zip, ".hgt") || vd_zip_find(&zip, ".tif") || vd_zip_find(&zip, ".tiff");
}

/* ---- header ---- */

static vd_status lonlat_box(const char *wkt, const double g[6], int32_t width, int32_t height, vd_box *out) {
  vd_box box = vd_box_empty();
  for (int corner = 0; corner < 4; corner++) {
    double c = corner & 1 ? width : 0, r = corner & 2 ? height : 0;
    box = vd_box_add(box, g[0] + c * g[1] + r * g[2], g[3] + c * g[4] + r * g[5]);
  }
  *out = box;
  if (!wkt) return VD_OK;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_lonlat = NULL;
  VD_TRY(vd_transform_new(wkt, NULL, &to_lonlat));
  *out = vd_transform_box(to_lonlat, box, false);
  return VD_OK;
}

vd_status vd_raster_box(const vd_geo_raster *raster, vd_box *lonlat) {
  return lonlat_box(raster->crs_wkt, raster->geotransform, raster->width, raster->height, lonlat);
}

vd_status vd_raster_probe(vd_arena *arena, const char *path, vd_raster_info *out) {
  VD_CLEANUP(opened_cleanup) opened file = {0};
  vd_crs crs;
  int has_nodata = 0;
  VD_TRY(open_raster(arena, path, &file, &crs));
  GDALRasterBandH band = GDALGetRasterBand(file.dataset, 1);
  *out = (vd_raster_info){.width = GDALGetRasterXSize(file.dataset),
                          .height = GDALGetRasterYSize(file.dataset),
                          .n_bands = GDALGetRasterCount(file.dataset),
                          .crs_wkt = crs.wkt,
                          .crs_name = crs.name,
                          .type = GDALGetDataTypeName(GDALGetRasterDataType(band))};
  OGRSpatialReferenceH srs = GDALGetSpatialRef(file.dataset);
  out->metres_a_unit = !crs.lonlat && srs ? OSRGetLinearUnits(srs, NULL) : 0;
  GDALGetGeoTransform(file.dataset, out->geotransform);
  out->nodata = GDALGetRasterNoDataValue(band, &has_nodata);
  if (!has_nodata) out->nodata = NAN;
  return lonlat_box(crs.wkt, out->geotransform, out->width, out->height, &out->lonlat);
}

/* ---- a window of pixels ---- */

typedef struct window {
  int32_t column, row, width, height;
} window;

/* The pixels that touch the box of the area, and one around them so that interpolation at the edge finds neighbours. */
static vd_status window_of(GDALDatasetH dataset, const vd_crs *crs, const vd_geom *area, window *out) {
  double g[6];
  int width = GDALGetRasterXSize(dataset), height = GDALGetRasterYSize(dataset);
  *out = (window){0, 0, width, height};
  if (vd_geom_empty(area)) return VD_OK;
  GDALGetGeoTransform(dataset, g);
  vd_box box = vd_geom_box(area);
  if (crs->wkt) {
    VD_CLEANUP(vd_transform_cleanup) vd_transform *from_lonlat = NULL;
    VD_TRY(vd_transform_new(NULL, crs->wkt, &from_lonlat));
    box = vd_transform_box(from_lonlat, box, false);
  }
  double det = g[1] * g[5] - g[2] * g[4];
  vd_box pixels = vd_box_empty();
  for (int corner = 0; corner < 4 && !vd_box_is_empty(box); corner++) {
    double x = (corner & 1 ? box.max_x : box.min_x) - g[0], y = (corner & 2 ? box.max_y : box.min_y) - g[3];
    pixels = vd_box_add(pixels, (x * g[5] - y * g[2]) / det, (y * g[1] - x * g[4]) / det);
  }
  double left = fmax(floor(pixels.min_x) - 1, 0), right = fmin(ceil(pixels.max_x) + 1, width);
  double top = fmax(floor(pixels.min_y) - 1, 0), bottom = fmin(ceil(pixels.max_y) + 1, height);
  if (!(pixels.max_x > 0 && pixels.max_y > 0 && pixels.min_x < width && pixels.min_y < height &&
        left < right && top < bottom))
    return vd_fail(VD_ERR_NOT_FOUND, _("it lies outside the area."));
  *out = (window){(int32_t)left, (int32_t)top, (int32_t)(right - left), (int32_t)(bottom - top)};
  return VD_OK;
}

typedef struct meaning {
  bool has_nodata, is_float;
  float nodata;
  double scale, offset;
} meaning;

static meaning meaning_of(GDALRasterBandH band) {
  int has_nodata = 0, has_scale = 0, has_offset = 0;
  GDALDataType type = GDALGetRasterDataType(band);
  meaning made = {.is_float = type == GDT_Float32 || type == GDT_Float64};
  made.nodata = (float)GDALGetRasterNoDataValue(band, &has_nodata);
  made.scale = GDALGetRasterScale(band, &has_scale);
  made.offset = GDALGetRasterOffset(band, &has_offset);
  if (!has_scale || !isfinite(made.scale) || made.scale == 0) made.scale = 1;
  if (!has_offset || !isfinite(made.offset)) made.offset = 0;
  made.has_nodata = has_nodata != 0;
  if (!has_nodata && type == GDT_Int16) { /* SRTM's void, which copies of it often fail to name */
    made.has_nodata = true;
    made.nodata = -32768;
  }
  return made;
}

/* Nodata compares as float, since -3.4e38 and -99999 were cut to float when they were written; anything below -1e38 is
 * such a mark whatever the header says. */
static void make_known(float *values, size_t n, const meaning *m) {
  float nodata = m->has_nodata ? m->nodata : NAN, most = m->is_float ? 1e38f : FLT_MAX;
  if (m->scale == 1 && m->offset == 0) { /* mostly; without branches, for the processor's vectors */
    for (size_t i = 0; i < n; i++) {
      bool known = (fabsf(values[i]) <= most) & (values[i] != nodata);
      values[i] = known ? values[i] : NAN;
    }
    return;
  }
  for (size_t i = 0; i < n; i++) {
    float v = values[i];
    if ((m->has_nodata && v == m->nodata) || !isfinite(v) || (m->is_float && fabsf(v) > 1e38f))
      values[i] = NAN;
    else
      values[i] = (float)(v * m->scale + m->offset);
  }
}

static vd_status read_rows(GDALDatasetH dataset, const window *w, const char *name,
                           const vd_progress *progress, float *values) {
  GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  meaning m = meaning_of(band);
  vd_gdal_clear();
  for (int32_t row = 0; row < w->height; row += ROWS_A_STEP) {
    int32_t rows = w->height - row < ROWS_A_STEP ? w->height - row : ROWS_A_STEP;
    float *to = values + (size_t)row * (size_t)w->width;
    VD_TRY(vd_progress_step(progress, name, row, w->height));
    if (GDALRasterIO(band, GF_Read, w->column, w->row + row, w->width, rows, to, w->width, rows, GDT_Float32,
                     0, 0) != CE_None)
      return vd_fail(VD_ERR_INPUT, _("it is damaged near row %d (%s)."), w->row + row, vd_gdal_message());
    make_known(to, (size_t)rows * (size_t)w->width, &m);
  }
  return vd_progress_step(progress, name, w->height, w->height);
}

static vd_status read_window(vd_arena *arena, const opened *file, const vd_crs *crs, const vd_geom *area,
                             const vd_progress *progress, vd_geo_raster *out) {
  double g[6];
  window w;
  VD_TRY(window_of(file->dataset, crs, area, &w));
  if ((int64_t)w.width * w.height > VD_RASTER_PIXELS_MAX)
    return vd_fail(
        VD_ERR_LIMIT,
        _("%d x %d pixels are more than %d million. Cut it to the area first (gdal_translate -projwin)."),
        w.width, w.height, VD_RASTER_PIXELS_MAX / 1000000);
  out->values = vd_arena_try_alloc(arena, (size_t)w.width * (size_t)w.height, sizeof(float));
  if (!out->values)
    return vd_fail(VD_ERR_MEMORY, _("there is not enough memory for %d x %d pixels."), w.width, w.height);
  GDALGetGeoTransform(file->dataset, g);
  memcpy(out->geotransform, g, sizeof g);
  out->geotransform[0] = g[0] + w.column * g[1] + w.row * g[2];
  out->geotransform[3] = g[3] + w.column * g[4] + w.row * g[5];
  out->width = w.width;
  out->height = w.height;
  out->crs_wkt = crs->wkt;
  out->reported_s = VD_TIME_MIN;
  return read_rows(file->dataset, &w, out->source, progress, out->values);
}

static vd_status read_opened(vd_arena *arena, const opened *file, const vd_crs *crs, const char *name,
                             const vd_geom *area, const vd_progress *progress, vd_geo_raster **out) {
  vd_geo_raster *made = VD_NEW(arena, vd_geo_raster);
  made->source = vd_utf8_clean(arena, vd_path_base(name), 256);
  vd_status done = read_window(arena, file, crs, area, progress, made);
  if (done == VD_ERR_CANCELLED) return done;
  if (done != VD_OK) return vd_fail_prefix(done, "%s", vd_path_base(name));
  *out = made;
  return VD_OK;
}

vd_status vd_raster_read(vd_arena *arena, const char *path, const vd_geom *area, const vd_progress *progress,
                         vd_geo_raster **out) {
  VD_CLEANUP(opened_cleanup) opened file = {0};
  vd_crs crs;
  VD_TRY(open_raster(arena, path, &file, &crs));
  return read_opened(arena, &file, &crs, path, area, progress, out);
}

/* ---- rows one after the other ---- */

int32_t vd_raster_rows_a_step(int32_t width) {
  int32_t rows = width ? PIXELS_A_STEP / width : ROWS_A_STEP;
  return rows < 1 ? 1 : rows < ROWS_A_STEP ? rows : ROWS_A_STEP;
}

static vd_status pass_rows(GDALDatasetH dataset, const char *name, const vd_progress *progress,
                           vd_raster_rows_fn fn, void *context) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  meaning m = meaning_of(band);
  int width = GDALGetRasterXSize(dataset), height = GDALGetRasterYSize(dataset),
      step = vd_raster_rows_a_step(width);
  float *values = vd_arena_try_alloc(arena, (size_t)width * (size_t)step, sizeof *values);
  if (!values)
    return vd_fail(VD_ERR_MEMORY, _("there is not enough memory for %d x %d pixels."), width, step);
  vd_gdal_clear();
  for (int row = 0; row < height; row += step) {
    int rows = height - row < step ? height - row : step;
    VD_TRY(vd_progress_step(progress, name, row, height));
    if (GDALRasterIO(band, GF_Read, 0, row, width, rows, values, width, rows, GDT_Float32, 0, 0) != CE_None)
      return vd_fail(VD_ERR_INPUT, _("it is damaged near row %d (%s)."), row, vd_gdal_message());
    make_known(values, (size_t)rows * (size_t)width, &m);
    VD_TRY(fn(context, row, rows, values));
  }
  return vd_progress_step(progress, name, height, height);
}

vd_status vd_raster_read_rows(const char *path, const vd_progress *progress, vd_raster_rows_fn fn,
                              void *context) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(opened_cleanup) opened file = {0};
  vd_crs crs;
  VD_TRY(open_raster(arena, path, &file, &crs));
  vd_status done = pass_rows(file.dataset, vd_path_base(path), progress, fn, context);
  if (done == VD_OK || done == VD_ERR_CANCELLED) return done;
  return vd_fail_prefix(done, "%s", vd_path_base(path));
}

vd_status vd_raster_read_bytes(vd_arena *arena, const void *bytes, size_t n, const char *name,
                               vd_geo_raster **out) {
  VD_CLEANUP(opened_cleanup) opened file = {0};
  vd_crs crs;
  const uint8_t *at = bytes;
  bool zip = n >= 4 && memcmp(at, "PK\3\4", 4) == 0;
  vd_status done = zip ? open_zip(arena, at, n, &file) : open_memory(arena, at, n, name, &file);
  VD_TRY(finish_open(arena, done, name, &file, &crs));
  return read_opened(arena, &file, &crs, name, NULL, NULL, out);
}
