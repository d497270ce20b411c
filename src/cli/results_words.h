/* results_words: how results are put in words - places, shares, minutes, lines of text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_RESULTS_WORDS_H
#define VEDETTE_CLI_RESULTS_WORDS_H

#include <stdio.h>

#include "vedette/study/study.h"

/* "12 %", "< 1 %", "> 99 %" where rounding would say 0 or 100 and it is neither; an en dash when there is nothing to
 * be a part of. */
char *vd_share_words(vd_arena *arena, double part, double whole);
/* "1 234 567 (12 %)". */
char *vd_part_words(vd_arena *arena, double part, double whole);
/* A direction from north clockwise, 0 to under 360. */
double vd_azimuth_round(double azimuth_deg);
/* "N", "NE", ... for a direction clockwise from north. */
const char *vd_compass_words(double azimuth_deg);
/* "Isharen", "3.4 km NE of Isharen"; the place's grid reference when no settlement is known. */
char *vd_gap_place_words(vd_arena *arena, const vd_gap *gap);
/* The place as a grid reference of 100 m, "36N WF 123 456"; coordinates where there is none. */
char *vd_grid_reference_words(vd_arena *arena, double lon_deg, double lat_deg);
/* "Namarel base, 55 min" or what stands for nobody. */
char *vd_responder_words(vd_arena *arena, const vd_study *study, int32_t responder, const vd_route *route);
/* "Mon 9 Mar 2026 05:30" in the zone. */
char *vd_weekday_time_words(vd_arena *arena, int64_t time_s, int32_t utc_offset_s);
/* "Mon", ... for 0 Monday to 6 Sunday. */
const char *vd_weekday_words(int weekday);

/* Columns of the screen behind `out`: 60 to 200; 100 when it is a file or a pipe, so that the same plan gives the same bytes. */
int vd_screen_width(FILE *out);
/* Text broken at spaces to `width` columns: the first line follows `first`, the others as many spaces as it is wide. */
void vd_print_wrapped(FILE *out, const char *first, const char *text, int width);
/* An empty line, a heading and a line of dashes under it. */
void vd_print_heading(FILE *out, const char *text);

#endif
