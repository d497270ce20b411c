/* sniff: what a file is, told by its content.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "geo/unzip.h"
#include "geo/vector_file.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

bool vd_is_zip(const uint8_t *head, size_t n) {
  return n >= 4 && memcmp(head, "PK\3\4", 4) == 0;
}

static bool begins(const uint8_t *head, size_t n, const char *bytes, size_t length) {
  return n >= length && memcmp(head, bytes, length) == 0;
}

/* Steps over white space, the XML declaration, comments and a plain DOCTYPE. */
static vd_status skip_prolog(const char **at) {
  for (;;) {
    const char *end = NULL;
    while (isspace((unsigned char)**at)) (*at)++;
    if (vd_str_starts(*at, "<?"))
      end = strstr(*at, "?>");
    else if (vd_str_starts(*at, "<!--"))
      end = strstr(*at, "-->");
    else if (vd_str_starts(*at, "<!")) {
      end = strchr(*at, '>');
      const char *inner = strchr(*at, '[');
      if (inner && (!end || inner < end))
        return vd_fail(
            VD_ERR_INPUT,
            _("its XML defines entities of its own, which no map file needs and which is not read."));
    } else
      return VD_OK;
    if (!end) return vd_fail(VD_ERR_INPUT, _("its XML does not begin in the first 16 KiB."));
    *at = strchr(end, '>') + 1;
  }
}

static vd_status sniff_xml(const char *text, vd_vector_format *out) {
  static const struct {
    const char *root;
    vd_vector_format format;
  } roots[] = {{"kml", VD_FORMAT_KML}, {"gpx", VD_FORMAT_GPX}, {"osm", VD_FORMAT_OSM}};
  VD_TRY(skip_prolog(&text));
  if (*text != '<') return VD_OK;
  size_t n = strcspn(++text, " \t\r\n/>"), colon = strcspn(text, ":");
  const char *name = colon < n ? text + colon + 1 : text; /* kml:kml */
  n = colon < n ? n - colon - 1 : n;
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
    if (n == 3 && strncmp(name, roots[i].root, 3) == 0) *out = roots[i].format;
  if (*out != VD_FORMAT_NONE) return VD_OK;
  if (n >= 3 && (strncmp(name, "OGRVRT", n < 6 ? n : 6) == 0 || strncmp(name, "VRT", 3) == 0))
    return vd_fail(VD_ERR_INPUT, _("it is a virtual file that points at other files, which is not opened. "
                                   "Use the file it points at."));
  return vd_fail(VD_ERR_INPUT, _("it is XML of a kind that is not read: KML, GPX and OSM are."));
}

/* How many bytes from the first on are those of text. */
static size_t text_length(const uint8_t *head, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (head[i] == 0 || (head[i] < ' ' && !strchr("\t\n\r\f", head[i]))) return i;
  return n;
}

static bool is_text(const uint8_t *head, size_t n) {
  return n > 0 && text_length(head, n) == n;
}

static bool csv_name(const char *name) {
  return vd_str_ends_nocase(name, ".csv") || vd_str_ends_nocase(name, ".tsv") ||
         vd_str_ends_nocase(name, ".txt");
}

vd_status vd_sniff_bytes(const uint8_t *head, size_t n, const char *name, vd_vector_format *out) {
  char text[VD_SNIFF_BYTES + 1];
  *out = VD_FORMAT_NONE;
  if (n == 0) return vd_fail(VD_ERR_INPUT, _("it is empty."));
  if (begins(head, n, "SQLite format 3\0", 16)) {
    *out = VD_FORMAT_GPKG;
    return VD_OK;
  }
  if (begins(head, n, "\0\0\x27\x0a", 4)) {
    *out = VD_FORMAT_SHAPEFILE;
    return VD_OK;
  }
  if (n > 15 && head[0] == 0 && head[1] == 0 && head[4] == 0x0A && memcmp(head + 6, "OSMHeader", 9) == 0) {
    *out = VD_FORMAT_OSM;
    return VD_OK;
  }
  if (begins(head, n, "\xff\xfe", 2) || begins(head, n, "\xfe\xff", 2))
    return vd_fail(VD_ERR_INPUT,
                   _("it is text in UTF-16. Save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")."));
  if (vd_is_zip(head, n)) return VD_OK;
  if (!is_text(head, n) && csv_name(name))
    return vd_fail(VD_ERR_INPUT,
                   _("it holds bytes that text does not have (the first is byte %zu of the file). Save "
                     "it anew as CSV."),
                   text_length(head, n) + 1);
  if (!is_text(head, n)) return vd_fail(VD_ERR_INPUT, _("it is of no kind that is read here."));
  memcpy(text, head, n);
  text[n] = '\0';
  const char *at = vd_str_starts(text, "\xEF\xBB\xBF") ? text + 3 : text;
  while (isspace((unsigned char)*at)) at++;
  if (*at == '<') return sniff_xml(at, out);
  if (*at == '{' && (!csv_name(name) || strstr(at, "\"type\"")))
    *out = VD_FORMAT_GEOJSON;
  else if (csv_name(name) || vd_csv_separator_of(at, strlen(at)))
    *out = VD_FORMAT_CSV;
  else
    return vd_fail(VD_ERR_INPUT, _("it is text of no kind that is read here."));
  return VD_OK;
}

static void file_cleanup(FILE **file) {
  if (*file) fclose(*file);
}

vd_vector_format vd_vector_sniff(const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_vector_format format = VD_FORMAT_NONE;
  char *real;
  if (vd_gdal_real_path(arena, path, &real) != VD_OK) return VD_FORMAT_NONE;
  uint8_t *head = vd_arena_alloc(arena, VD_SNIFF_BYTES);
  VD_CLEANUP(file_cleanup) FILE *file = fopen(real, "rbe");
  size_t n = file ? fread(head, 1, VD_SNIFF_BYTES, file) : 0;
  if (!vd_is_zip(head, n)) return vd_sniff_bytes(head, n, real, &format) == VD_OK ? format : VD_FORMAT_NONE;
  vd_vector *v = NULL;
  if (vd_vector_open(path, NULL, &v) == VD_OK) format = vd_vector_format_of(v);
  vd_vector_free(v);
  return format;
}

const char *vd_vector_format_word(vd_vector_format format) {
  static const char *const words[] = {"",    "GeoPackage", "shapefile", "GeoJSON",
                                      "KML", "GPX",        "CSV",       "OpenStreetMap"};
  return (unsigned)format < sizeof words / sizeof *words ? words[format] : "";
}
