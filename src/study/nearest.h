/* nearest: when each responder could be at a place at a time, bounded from below until it is solved.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bounds decide what is solved. A responder comes no sooner than along a straight line at its best speed, and under
 * restrictions no sooner than without. Those that it does not meet before it arrives cannot matter: so a call asks only for
 * the restrictions in force that are met sooner, first by the time without any, then by the time found, until no more are
 * added. */
#ifndef VEDETTE_SRC_STUDY_NEAREST_H
#define VEDETTE_SRC_STUDY_NEAREST_H

#include "study/force.h"

typedef struct vd_candidate { /* a base, or a patrol where it answers from */
  vd_force force;
  vd_responder responder; /* its texts are the model's */
  int64_t from_s, to_s;   /* when it is there: of a base; of a patrol after its departure */
  /* Index of its fields + 1, 0 none; the first is that without restrictions. */
  int32_t first[VD_LIGHT_COUNT];
  /* Restrictions that apply to it and that it meets within a day, ascending; NULL: not looked for yet. */
  int32_t *met[VD_LIGHT_COUNT];
  size_t n_met[VD_LIGHT_COUNT];
  uint32_t cutoff_ms; /* beyond this its times are not told */
  double most_m_ms;   /* metres in a millisecond at the best speed */
} vd_candidate;

typedef struct vd_call {
  int32_t t; /* the place: index among the study's cells */
  uint8_t light;
  int64_t time_s; /* whose restrictions count; VD_TIME_MIN: none */
} vd_call;

typedef struct vd_nearest {
  vd_study *study; /* whose cells and model are there */
  vd_arena *arena;
  vd_candidate *candidates; /* bases first, in the plan's order, then patrols as they were added */
  size_t n, capacity, n_bases;
  struct vd_variant *variants;
  size_t n_variants, variants_capacity;
  int32_t *list; /* while a set is put together */
} vd_nearest;

/* Bases with a reaction force. */
vd_nearest vd_nearest_new(vd_arena *arena, vd_study *study);
/* Adds a patrol where it answers from, as yet asked for no times; its index. */
int32_t vd_nearest_add_patrol(vd_nearest *nearest, const vd_beat *beat, const vd_standpoint *at);
/* A patrol is asked for times up to `ms` at least; before any of its fields is. Bases are for a day. */
void vd_nearest_widen(vd_nearest *nearest, int32_t who, uint32_t ms);
/* No sooner than this; VD_UNREACHED: beyond its cutoff. */
uint32_t vd_nearest_bound_ms(const vd_nearest *nearest, int32_t who, const vd_call *call);
/* The exact time; or false, after asking for the field that it takes: vd_solves_run solves what was asked for. */
bool vd_nearest_exact_ms(vd_nearest *nearest, int32_t who, const vd_call *call, uint32_t *ms);
/* Asks for the field without restrictions. */
void vd_nearest_ask(vd_nearest *nearest, int32_t who, vd_light light);
/* With texts in the arena. */
vd_responder vd_nearest_responder(const vd_nearest *nearest, vd_arena *arena, int32_t who);

#endif
