/* results_words: places, shares, minutes and lines of text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/results_words.h"

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/table.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/mgrs.h"

char *vd_share_words(vd_arena *arena, double part, double whole) {
  if (!(whole > 0)) return vd_str_dup(arena, "–");
  double percent = 100 * part / whole;
  if (percent > 0 && percent < 0.5) return vd_str_dup(arena, "< 1 %");
  if (percent < 100 && percent >= 99.5) return vd_str_dup(arena, "> 99 %");
  return vd_str_printf(arena, "%.0f %%", fabs(percent));
}

char *vd_part_words(vd_arena *arena, double part, double whole) {
  return vd_str_printf(arena, "%s (%s)", vd_count_text(arena, part), vd_share_words(arena, part, whole));
}

double vd_azimuth_round(double azimuth_deg) {
  return fmod(round(azimuth_deg) + 360, 360);
}

const char *vd_compass_words(double azimuth_deg) {
  static const char *const points[8] = {N_("N"), N_("NE"), N_("E"), N_("SE"),
                                        N_("S"), N_("SW"), N_("W"), N_("NW")};
  int k = (int)floor(fmod(azimuth_deg + 360 + 22.5, 360) / 45);
  return _(points[k & 7]);
}

char *vd_grid_reference_words(vd_arena *arena, double lon_deg, double lat_deg) {
  char mgrs[VD_MGRS_SIZE];
  if (vd_mgrs_format_spaced(lon_deg, lat_deg, 3, mgrs) == VD_OK) return vd_str_dup(arena, mgrs);
  return vd_coord_text(arena, lon_deg, lat_deg);
}

char *vd_gap_place_words(vd_arena *arena, const vd_gap *gap) {
  if (!gap->settlement) return vd_grid_reference_words(arena, gap->lon_deg, gap->lat_deg);
  if (gap->settlement_m < 500) return vd_str_dup(arena, gap->settlement);
  return vd_str_printf(arena, _("%s %s of %s"), vd_length_text(arena, gap->settlement_m),
                       vd_compass_words(gap->settlement_azimuth_deg), gap->settlement);
}

char *vd_responder_words(vd_arena *arena, const vd_study *study, int32_t responder, const vd_route *route) {
  size_t n;
  const vd_responder *all = vd_study_responders(study, &n);
  double minutes = route->notice_min + route->travel_min;
  if (responder < 0 || (size_t)responder >= n || !isfinite(minutes))
    return vd_str_dup(arena, _("none can reach it"));
  return vd_str_printf(arena, "%s, %s", vd_responder_label(arena, &all[responder]),
                       vd_duration_text(arena, minutes * VD_MINUTE_S));
}

const char *vd_weekday_words(int weekday) {
  static const char *const days[7] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                      N_("Fri"), N_("Sat"), N_("Sun")};
  return weekday >= 0 && weekday < 7 ? _(days[weekday]) : "";
}

char *vd_weekday_time_words(vd_arena *arena, int64_t time_s, int32_t utc_offset_s) {
  return vd_str_printf(arena, "%s %s", vd_weekday_words(vd_civil_from_s(time_s, utc_offset_s).weekday),
                       vd_time_text(arena, time_s, utc_offset_s));
}

int vd_screen_width(FILE *out) {
  struct winsize size;
  if (isatty(fileno(out)) != 1 || ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return size.ws_col < 60 ? 60 : size.ws_col > 200 ? 200 : size.ws_col;
}

void vd_print_wrapped(FILE *out, const char *first, const char *text, int width) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int indent = vd_text_width(first), column = indent;
  fputs(first, out);
  while (*text) {
    size_t n = strcspn(text, " \n");
    const char *word = vd_text_fit(arena, vd_str_dup_n(arena, text, n), 0);
    int wide = vd_text_width(word);
    if (column > indent && column + 1 + wide > width) {
      fprintf(out, "\n%*s", indent, "");
      column = indent;
    }
    fprintf(out, "%s%s", column > indent ? " " : "", word);
    column += wide + (column > indent ? 1 : 0);
    text += n;
    while (*text == ' ' || *text == '\n') text++;
  }
  fputc('\n', out);
}

void vd_print_heading(FILE *out, const char *text) {
  fprintf(out, "\n%s\n", text);
  for (int i = vd_text_width(text); i > 0; i--) fputc('-', out);
  fputc('\n', out);
}
