/* restrictions: the parts of the report on movement restrictions.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_REPORT_RESTRICTIONS_H
#define VEDETTE_SRC_REPORT_RESTRICTIONS_H

#include "vedette/report/report.h"
#include "vedette/study/register.h"

typedef struct vd_telling {
  vd_report *report;
  const vd_plan *plan;
  const vd_register *reg;
  const vd_study *study; /* NULL: costs are not worked out */
} vd_telling;

void vd_tell_incidence(
    const vd_telling *t);                /* restrictions_incidence.c: tables by what reports have in common */
void vd_tell_sites(const vd_telling *t); /* restrictions_places.c: sites, watch flags and access */
void vd_tell_watches(const vd_telling *t);
void vd_tell_access(const vd_telling *t);
void vd_tell_costs(const vd_telling *t); /* restrictions_list.c */
void vd_tell_register(const vd_telling *t);

/* "Land", "Air", "River", translated; "2026-03"; a name or "not named". */
const char *vd_mode_label(vd_mode mode);
const char *vd_month_text(vd_arena *arena, int32_t month);
const char *vd_name_or(const char *name, const char *otherwise);
/* "bridge_damage" -> "bridge damage"; the state of the road that a report tells of, as it is known at a time. */
const char *vd_plain_words(vd_arena *arena, const char *word);
const char *vd_road_state_text(vd_arena *arena, const vd_plan *plan, const vd_restriction *r, int64_t time_s);
/* Where a report's row goes. */
void vd_row_at(vd_report_row *row, double lon_deg, double lat_deg, vd_kind kind, const char *id);

#endif
