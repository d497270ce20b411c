/* register: what the reports of movement restrictions tell together - how often, whose, where, how regularly, how long.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Terms. A report counts in the period when it began in it (its start, or else the time at which it was reported); one without
 * either is undated and counts only when no period is asked for. A denial is a report whose movement was turned back, sent another
 * way or given up (vd_restriction_denial). A place is the settlement nearest to a report's position. Everything is
 * borrowed from the plan, which must not change while the register is in use. */
#ifndef VEDETTE_STUDY_REGISTER_H
#define VEDETTE_STUDY_REGISTER_H

#include "vedette/core/regularity.h"
#include "vedette/plan/restriction.h"

typedef struct vd_register_entry {
  const vd_restriction *record;
  int64_t begin_s;         /* VD_TIME_MIN: undated */
  int64_t end_s;           /* VD_TIME_MAX: open */
  double lon_deg, lat_deg; /* of its middle; NaN: nowhere */
  int32_t place;           /* index in places, -1 none */
  int32_t component;       /* vd_actor_kind of who was held up, -1 not known */
  int32_t responsible;     /* vd_actor_kind of the actor responsible, -1 not known */
  const char *actor;       /* its name as told, "" not named */
  vd_mode mode;
  vd_denial denial;
  bool physical; /* the ground is the reason */
  bool watched;  /* one of a cluster of denials */
} vd_register_entry;

/* Reports that have something in common; hours and the like are of those. */
typedef struct vd_register_group {
  const char *name;                    /* actor, code, word of the mode or component; "" not told */
  int32_t index;                       /* place, mode, component or month (year * 12 + month - 1); -1 none */
  int64_t n, n_denials, n_maybe;       /* maybe: not known whether they were denials */
  int64_t n_physical;                  /* of which the ground is the reason */
  int64_t n_sofa, n_protested, n_open; /* protested of all; open: not resolved by the end of the period */
  double hours_lost;                   /* known ones */
  int64_t n_hours, n_hours_unknown;
  int64_t planned;         /* departures planned in the period; -1: does not apply */
  int64_t first_s, last_s; /* begin of the first and last; VD_TIME_MIN: none is dated */
} vd_register_group;
typedef struct vd_register_groups {
  vd_register_group *items;
  size_t n;
} vd_register_groups;

/* A settlement near to which reports are, or inside the area of one that denies or blocks. */
typedef struct vd_register_place {
  const char *id, *name, *area; /* area: the smallest administrative one around it, NULL none */
  double lon_deg, lat_deg;
  int64_t n_denials, last_denial_s;
  bool barred; /* a report that blocks there is in force at the end of the period */
  int64_t
      last_visit_s; /* of an executed patrol, or the end of the period where a base's zone holds it; VD_TIME_MIN: none known */
} vd_register_place;

/* Reports of one mode each within the site radius of another: one spot, as far as can be told. At least two. */
typedef struct vd_register_site {
  const char *name; /* what most of its reports are called */
  int32_t place;
  vd_mode mode;
  double lon_deg, lat_deg; /* their middle */
  int64_t n, n_denials, n_in_period, first_s, last_s;
  vd_regularity regularity; /* of the dated ones up to the end of the period */
} vd_register_site;

/* Denials close to each other in space and time: obstruction is more likely where civilians are being attacked (Duursma 2019),
 * so that the area around them deserves a look; no patrols there means that it is unknown, not quiet. */
typedef struct vd_register_watch {
  double lon_deg, lat_deg; /* their middle */
  const vd_geom
      *around; /* all within watch.radius of one of its denials, lon/lat; NULL where that holds a pole */
  int64_t n, from_s, last_s;
  int64_t until_s;                /* the flag stands so long: watch.days after the last */
  bool stands;                    /* at the end of the period */
  int32_t place;                  /* nearest, -1 none */
  int64_t n_settlements;          /* within watch.radius of one of its denials */
  double people;                  /* of those of known size */
  const vd_threat_area **threats; /* that come within watch.radius */
  size_t n_threats;
  const char *actors; /* responsible, ", " between them */
} vd_register_watch;

typedef struct vd_register {
  int64_t from_s,
      to_s; /* the period; all reports: from the first one's local day to the window's end or past the last */
  bool all; /* no period was asked for */
  vd_register_entry *entries; /* in the period, by begin; undated ones last */
  size_t n;
  int64_t n_undated; /* left out for having no date; counted among entries where all are */
  int64_t n_nowhere; /* entries without a position */
  vd_register_group total;
  vd_register_groups by_actor, by_place, by_mode, by_component, by_code,
      by_month; /* most reports first; months in order */
  vd_register_place *places;
  size_t n_places;
  vd_register_site *sites; /* with a report in the period, most reports first */
  size_t n_sites;
  vd_register_watch *watches; /* with a denial in the period, latest first */
  size_t n_watches;
  int64_t n_sofa_host; /* SOFA violations of which host-state forces are responsible */
  int64_t n_sofa_protested, n_sofa_open;
  int64_t n_sofa_unknown; /* of whom it is not told who is */
  double watch_radius_m, watch_days, site_radius_m;
  int64_t watch_denials;
} vd_register;

/* The register of a plan for [from_s, to_s); both 0: of all its reports. In the arena. */
vd_status vd_register_make(const vd_plan *plan, int64_t from_s, int64_t to_s, vd_arena *arena,
                           const vd_register **out);

#endif
