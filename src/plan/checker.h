/* checker: what the files share that look for findings.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_PLAN_CHECKER_H
#define VEDETTE_SRC_PLAN_CHECKER_H

#include "vedette/plan/check.h"

typedef struct vd_checker vd_checker;
struct vd_checker {
  const vd_plan *plan;
  vd_arena *arena;
  vd_finding *findings;
  size_t n, capacity;
  vd_kind kind; /* what is looked at: VD_KIND_COUNT, the plan */
  const vd_record *record;
  size_t at; /* its place among those of the kind */
  size_t n_of_kind;
  bool *has_stop; /* a place for every patrol */
  /* Of every record of the kind an earlier one, -1 none; NULL where the kind is not asked. */
  int32_t *same_reference,
      *same_event;      /* of the same reference; of the same time, place and word for what it was */
  int32_t *stop_before; /* the stop before it in its patrol */
  /* Adds a finding about the record. */
  void (*find)(vd_checker *to, vd_severity severity, const char *format, ...)
      __attribute__((format(printf, 3, 4)));
};

/* Compares the records of a kind with each other, before they are looked at one by one. */
void vd_check_compare(vd_checker *to); /* check_twice.c */
void vd_check_twice(vd_checker *to);   /* what came of it, of one record */
void vd_check_times(vd_checker *to);   /* check_times.c: what cannot be by time and number */

#endif
