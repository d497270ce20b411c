/* start: the one place where GDAL and PROJ are set up.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/start.h"

#include <geos_c.h>
#include <limits.h>
#include <proj.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/gdal.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

extern char **environ;

static const char *const allowed_drivers[] = {"GPKG", "GeoJSON",        "GPX", "LIBKML", "KML",     "CSV",
                                              "OSM",  "ESRI Shapefile", "MEM", "GTiff",  "SRTMHGT", "Memory"};
static const char *const needed_drivers[] = {"GPKG", "GeoJSON",        "GPX",   "LIBKML",
                                             "OSM",  "ESRI Shapefile", "GTiff", "SRTMHGT"};
static const char *const settings[][2] = {
    {"GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR"},
    {"GDAL_PAM_ENABLED", "NO"},
    {"GDAL_VRT_ENABLE_PYTHON", "NO"},
    {"GDAL_CACHEMAX", "64"},
    {"GTIFF_DIRECT_IO", "YES"}, /* what is not packed is read without a detour through the cache of blocks */
    {"GDAL_NUM_THREADS", "1"},
    {"OGR_SQLITE_SYNCHRONOUS", "FULL"},
    {"OGR_GEOJSON_MAX_OBJ_SIZE", "200"},
    {"OSM_MAX_TMPFILE_SIZE", "512"},
    {"OSM_COMPRESS_NODES", "YES"},
    {"LIBKML_RESOLVE_STYLE", "NO"},
    {"GPX_USE_EXTENSIONS", "NO"},
};

/* GDAL's failures wait here until a caller puts them into a sentence; each thread has its own. */
static _Thread_local char last_gdal[512];

static void CPL_STDCALL keep_message(CPLErr class, CPLErrorNum number, const char *text) {
  vd_debug("gdal", "%d %d %s", (int)class, (int)number, text);
  if (class < CE_Failure || last_gdal[0])
    return; /* the first failure is the cause, later ones follow from it */
  snprintf(last_gdal, sizeof last_gdal, "%s", text);
  for (char *at = last_gdal; *at; at++)
    if ((unsigned char)*at < ' ') *at = ' ';
}

void vd_gdal_clear(void) {
  last_gdal[0] = '\0';
  CPLErrorReset();
}

const char *vd_gdal_message(void) {
  return last_gdal[0] ? last_gdal : _("no details");
}

static bool is_ours_to_clear(const char *variable) {
  static const char *const prefixes[] = {"GDAL_", "OGR_",   "CPL_",    "OSR_",  "OSM_", "PROJ_",
                                         "VSI",   "GML_",   "GTIFF_",  "GPX_",  "AWS_", "LIBKML_",
                                         "KML_",  "SHAPE_", "SQLITE_", "TIFF_", "CSV_"};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
    if (vd_str_starts(variable, prefixes[i])) return true;
  return false;
}

static void clear_environment(void) {
  for (char **at = environ; at && *at;) {
    char name[256];
    size_t n = strcspn(*at, "=");
    if (n < sizeof name && is_ours_to_clear(*at)) {
      memcpy(name, *at, n);
      name[n] = '\0';
      if (unsetenv(name) == 0) {
        at = environ; /* the table has moved */
        continue;
      }
    }
    at++;
  }
}

static bool in_list(const char *name, const char *const *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(name, list[i]) == 0) return true;
  return false;
}

static void keep_allowed_drivers(void) {
  for (int i = GDALGetDriverCount() - 1; i >= 0; i--) {
    GDALDriverH driver = GDALGetDriver(i);
    if (!in_list(GDALGetDriverShortName(driver), allowed_drivers,
                 sizeof allowed_drivers / sizeof *allowed_drivers)) {
      GDALDeregisterDriver(driver);
      GDALDestroyDriver(driver);
    }
  }
}

static vd_status check_libraries(void) {
  for (size_t i = 0; i < sizeof needed_drivers / sizeof *needed_drivers; i++)
    if (!GDALGetDriverByName(needed_drivers[i]))
      return vd_fail(VD_ERR_INTERNAL,
                     _("The GDAL library of this system lacks the driver %s. Install Debian's libgdal32."),
                     needed_drivers[i]);
  OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  OGRErr found = OSRImportFromEPSG(srs, 4326);
  OSRDestroySpatialReference(srs);
  if (found != OGRERR_NONE)
    return vd_fail(
        VD_ERR_INTERNAL,
        _("The database of coordinate systems (proj.db) was not found. Install Debian's proj-data."));
  return VD_OK;
}

/* Scratch files of the OSM reader go where the user's scratch files go, never into the working folder. */
static const char *scratch_folder(void) {
  const char *folder = getenv("TMPDIR");
  return folder && *folder ? folder : "/tmp";
}

vd_status vd_geo_start(void) {
  static bool started; /* called by main before any thread begins */
  if (started) return VD_OK;
  clear_environment();
  CPLSetErrorHandler(keep_message);
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
    CPLSetConfigOption(settings[i][0], settings[i][1]);
  CPLSetConfigOption("CPL_TMPDIR", scratch_folder());
  GDALAllRegister();
  keep_allowed_drivers();
  OSRSetPROJEnableNetwork(0);
  VD_TRY(check_libraries());
  started = true;
  return VD_OK;
}

const char *vd_geo_versions(void) {
  static char text[128];
  PJ_INFO proj = proj_info();
  char geos[64];
  snprintf(geos, sizeof geos, "%s", GEOSversion());
  geos[strcspn(geos, "-")] = '\0'; /* without the C interface's own number */
  snprintf(text, sizeof text, "GDAL %s, PROJ %s, GEOS %s", GDALVersionInfo("RELEASE_NAME"), proj.version,
           geos);
  return text;
}

/* GDAL's driver names in the words of the field. */
static const char *kind_of(const char *driver) {
  static const char *const words[][2] = {{"LIBKML", "KML"},
                                         {"GTiff", "GeoTIFF"},
                                         {"SRTMHGT", "SRTM"},
                                         {"ESRI Shapefile", "shapefile"},
                                         {"GPKG", "GeoPackage"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(driver, words[i][0]) == 0) return words[i][1];
  return driver;
}

vd_status vd_gdal_open(const char *path, const char *driver, bool raster, GDALDatasetH *out) {
  const char *const drivers[] = {driver, NULL};
  const char *const no_siblings[] = {NULL};
  vd_gdal_clear();
  unsigned flags = GDAL_OF_READONLY | (raster ? GDAL_OF_RASTER : GDAL_OF_VECTOR) | GDAL_OF_VERBOSE_ERROR;
  *out = GDALOpenEx(path, flags, drivers, NULL, strcmp(driver, "ESRI Shapefile") == 0 ? NULL : no_siblings);
  if (!*out)
    return vd_fail(VD_ERR_INPUT, _("it cannot be read as %s (%s)."), kind_of(driver), vd_gdal_message());
  return VD_OK;
}

vd_status vd_gdal_real_path(vd_arena *arena, const char *path, char **out) {
  struct stat told;
  if (!path || !*path) return vd_fail(VD_ERR_USAGE, _("No file was named."));
  if (vd_str_starts(path, "/vsi") || strchr(path, '<') || strchr(path, '\n'))
    return vd_fail(VD_ERR_INPUT, _("%s is not the name of a file."), path);
  char *real = realpath(path, NULL);
  if (!real || stat(real, &told) != 0) {
    free(real);
    return vd_fail(VD_ERR_NOT_FOUND, _("%s was not found. Check the name and the folder."), path);
  }
  *out = vd_str_dup(arena, real);
  free(real);
  if (vd_str_starts(*out, "/vsi")) return vd_fail(VD_ERR_INPUT, _("%s is not the name of a file."), path);
  if (!S_ISREG(told.st_mode)) return vd_fail(VD_ERR_INPUT, _("%s is not a file."), path);
  return VD_OK;
}

char *vd_gdal_memory_name(vd_arena *arena, const char *extension) {
  static atomic_ullong next; /* GDAL's memory files are one name space for the whole program */
  return vd_str_printf(arena, "/vsimem/vedette-%llu%s", atomic_fetch_add(&next, 1), extension);
}

void vd_gdal_dataset_cleanup(GDALDatasetH *dataset) {
  if (*dataset) GDALClose(*dataset);
  *dataset = NULL;
}

void vd_gdal_srs_cleanup(OGRSpatialReferenceH *srs) {
  if (*srs) OSRDestroySpatialReference(*srs);
  *srs = NULL;
}

void vd_gdal_text_cleanup(char **text) {
  CPLFree(*text);
  *text = NULL;
}
