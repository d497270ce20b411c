/* study_out: a study's results as text, JSON, layers and rasters.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_STUDY_OUT_H
#define VEDETTE_CLI_STUDY_OUT_H

#include "cli/with_study.h"
#include "vedette/study/difference.h"

/* The report; lists end after `most` lines and say how many more there are (0: all). */
void vd_study_print_text(const vd_studied *studied, int most);
void vd_study_print_json(const vd_studied *studied);

typedef enum vd_result_raster {
  VD_RESULT_STATE,     /* vd_state of the state that lasts longest */
  VD_RESULT_HOURS,     /* hours not covered in the window */
  VD_RESULT_RESPONSE,  /* least response time in minutes */
  VD_RESULT_CERTAINTY, /* vd_certainty of the one that lasts longest */
  VD_RESULT_COUNT
} vd_result_raster;
extern const char *const vd_result_raster_words[VD_RESULT_COUNT];

/* Before the work: does the name end in something that can be written? */
vd_status vd_results_check_path(const char *path);
/* Writes by extension: .gpkg all layers, .geojson the gaps' outlines, .csv the gaps as a table, .tif a raster. */
vd_status vd_results_write(const vd_studied *studied, const char *path, vd_result_raster raster);
vd_status vd_results_write_layers(const vd_studied *studied, const char *path);
/* Cells and what changed in them, as .gpkg or .geojson; `after` is the later study. */
vd_status vd_results_write_cover(const vd_studied *after, const vd_study_difference *difference,
                                 const char *path);
vd_status vd_results_write_raster(const vd_studied *studied, const char *path, vd_result_raster raster);

#endif
