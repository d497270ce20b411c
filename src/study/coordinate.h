/* coordinate: what the files that look at several actors share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_COORDINATE_H
#define VEDETTE_SRC_STUDY_COORDINATE_H

#include "study/run.h"
#include "vedette/study/coordinate.h"

enum { VD_ACTORS_MAX = 64, VD_WAVE = 64 /* chunks looked at before they are joined */ };

/* Whose a responder or a visit is, as bits of actors. */
typedef struct vd_owners {
  uint64_t bits; /* all who take part and count as presence; 0 when the leader does not count */
  uint64_t lead; /* the one that leads */
} vd_owners;

/* A responder as one that may be lost, and as a place from which help comes. */
typedef struct vd_answerer {
  vd_owners owners;
  int32_t post;  /* -1: a patrol */
  int32_t owner; /* number of the base or patrol */
  int32_t place; /* number of the place; bases at one place share it */
} vd_answerer;

typedef struct vd_coordinating {
  const vd_study *study;
  const vd_plan *plan;
  vd_arena *arena, *scratch;
  vd_jobs *jobs;
  const vd_progress *progress;
  vd_coordination *out;
  int32_t *actor_of;  /* per party: index in actors, -1 */
  uint64_t counting;  /* bits of actors that count as presence */
  vd_owners *of_post; /* per post and beat of the model */
  vd_owners *of_beat;
  vd_answerer *answerers; /* per responder */
  int32_t *situations;    /* those that count, by place, then owner */
  size_t n_situations;
  int32_t *beat_start, *beat_passes; /* passes of each beat: indices in study->passes, by cell */
  int32_t *pass_cell;                /* per pass: index of the cell */
  int32_t *town_of;                  /* per cell of the study: nearest town, -1 none */
} vd_coordinating;

/* ---- coordinate_slice.c: a cell's window cut where anything of several actors changes ---- */
typedef struct vd_actor_slice {
  int64_t from_s, to_s;
  int8_t priority;                    /* -1: no threat */
  uint8_t depth, base_depth;          /* responders at distinct places in time, up to VD_DEPTHS - 1 */
  uint32_t perpetrators;              /* bits of classes whose threat is active */
  uint64_t in_time, in_time_lead;     /* bits of actors: taking part, leading */
  uint64_t present, present_lead;     /* present_lead: those that do not count as well */
  int32_t only_in_time, only_present; /* the one base without which nobody would be; -1 */
} vd_actor_slice;
/* Calls for each of cells[from..to) of the study with its slices; not in order. */
void vd_each_actor_slices(const vd_coordinating *c, const int32_t *cells, size_t from, size_t to,
                          void (*call)(void *context, size_t index, const vd_actor_slice *slices, size_t n),
                          void *context);

vd_status
vd_coordinate_sums(vd_coordinating *c); /* coordinate_sums.c: actors, pairs, perpetrators, depth, bases */
vd_status vd_coordinate_spares(vd_coordinating *c);    /* coordinate_spare.c */
vd_status vd_coordinate_seams(vd_coordinating *c);     /* coordinate_seam.c */
vd_status vd_coordinate_handovers(vd_coordinating *c); /* coordinate_handover.c */
vd_status vd_coordinate_places(vd_coordinating *c);    /* coordinate_place.c: hot spots, joint patrols */
vd_status vd_coordinate_roads(vd_coordinating *c);     /* coordinate_road.c: bridges and roads */

/* All cells of the study, 0 .. n - 1, for those who look at some of them elsewhere. */
int32_t *vd_all_cells(const vd_study *study, vd_arena *arena);
/* Name of the town nearest to a cell of the study, NULL none. */
const char *vd_town_name(const vd_coordinating *c, int32_t t);
/* Adds a loss; those without any are left out but for bases. */
void vd_add_loss(vd_coordinating *c, vd_single_loss loss);

#endif
