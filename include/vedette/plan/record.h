/* record: the objects of a plan as typed structs, and the table of their fields that storing, importing,
 * exporting, comparing and forms all read.
 * SPDX-License-Identifier: Apache-2.0
 *
 * product.md says what each object is. Coordinates are longitude and latitude in degrees (WGS 84). Strings are
 * UTF-8 or NULL and belong to the plan's arena. A number that may be unknown is NaN (real) or INT32_MIN (whole). */
#ifndef VEDETTE_PLAN_RECORD_H
#define VEDETTE_PLAN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/geom.h"
#include "vedette/base/status.h"
#include "vedette/base/terms.h"
#include "vedette/base/units.h"

enum { VD_UNKNOWN_INT = INT32_MIN };

/* The kinds of record. The order is the order of tables in the file and in listings. */
typedef enum vd_kind {
  VD_KIND_ACTOR,
  VD_KIND_BASE,
  VD_KIND_THREAT_AREA,
  VD_KIND_INCIDENT,
  VD_KIND_PATROL,
  VD_KIND_STOP, /* a stop of a patrol */
  VD_KIND_RESTRICTION,
  VD_KIND_AREA,
  VD_KIND_SITE,
  VD_KIND_SETTLEMENT,
  VD_KIND_ROAD,
  VD_KIND_WATER,
  VD_KIND_SPEED,    /* editable table: speeds by vehicle and ground */
  VD_KIND_STANDARD, /* editable table: every other default figure, by name */
  VD_KIND_COUNT
} vd_kind;

/* What every record carries. `id` never changes. */
typedef struct vd_record {
  char id[VD_UUID_SIZE];
  const char *name;
  const char *author;
  int64_t created_s, changed_s;
  int32_t classification; /* vd_classification */
  const char *source;     /* who says so: a document, a file, a person */
  int64_t reported_s;     /* when the source said it; report age counts from here; VD_TIME_MIN unknown */
  const char *notes;
  vd_geom *geom; /* NULL or empty: no position */
} vd_record;

typedef struct vd_actor {
  vd_record record;
  int32_t kind;               /* vd_actor_kind */
  const char *colour;         /* "#rrggbb" */
  int32_t counts_as_presence; /* 0 or 1 */
  int32_t due_diligence;      /* 0 not rated, 1 low, 2 medium, 3 elevated */
} vd_actor;

typedef struct vd_base {
  vd_record record;       /* point */
  const char *base_class; /* a word of vd_base_class_words */
  const char *actor;      /* id of a vd_actor */
  int64_t from_s, to_s;
  double proximity_m;
  int32_t vehicle;                         /* vd_vehicle of its reaction force */
  int32_t has_reaction_force;              /* 0 or 1: is it a responder */
  double notice_day_min, notice_night_min; /* notice-to-move; NaN: never at that light */
  int32_t strength;                        /* people */
} vd_base;

typedef struct vd_threat_area {
  vd_record record;              /* polygon */
  int32_t priority;              /* vd_priority */
  const char *perpetrator_class; /* a word of vd_perpetrator_words */
  const char *perpetrator;
  const char *threat_type;    /* a word of vd_threat_type_words */
  int32_t likelihood, impact; /* 1-5 */
  const char *drivers, *motive;
  const char *civilians_at_risk;
  int64_t from_s, to_s;
  int32_t hour_from_min,
      hour_to_min;  /* minutes of the local day [from, to); 0 and 1440: all day; from > to: over midnight */
  int32_t weekdays; /* bit 0 Monday .. bit 6 Sunday; 127 every day */
  const char *source_grade; /* Admiralty, "B2" */
  int64_t review_s;
} vd_threat_area;

typedef struct vd_incident {
  vd_record record; /* point */
  double precision_m;
  int64_t from_s, to_s;      /* when it happened; to_s > from_s where only a day or span is known */
  const char *incident_type; /* threat type word or source's own */
  const char *perpetrator_class;
  int32_t killed, injured;
  int64_t alert_s;             /* when the mission heard of it; VD_TIME_MIN unknown */
  int64_t response_departed_s; /* VD_TIME_MIN: none known */
  int64_t response_arrived_s;  /* VD_TIME_MIN: none known */
  const char *reference;
} vd_incident;

typedef struct vd_patrol {
  vd_record record;         /* line: the route as drawn; empty when the stops alone tell it */
  const char *actor;        /* id */
  const char *partners;     /* ids of actors who plan it jointly, separated by spaces */
  const char *patrol_class; /* a word of vd_patrol_class_words */
  int32_t vehicle;          /* vd_vehicle */
  int32_t state;            /* vd_patrol_state */
  int64_t from_s;           /* departure of the first occurrence */
  int64_t to_s;             /* return of the first occurrence; VD_TIME_MAX: from the stops and speeds */
  const char *recurrence;   /* RFC 5545 RRULE subset or NULL: once */
  const char *exceptions;   /* EXDATE of the same: dates left out, separated by commas; NULL none */
  double influence_m;       /* NaN: the plan's standard */
  int32_t responds;         /* 0 or 1: can answer a call while on task */
  int32_t strength;
  const char *crew;           /* who goes, names separated by "; "; one crew cannot be in two places */
  const char *vehicles_named; /* which vehicles go, call signs separated by "; " */
  int32_t escorted;           /* 0 or 1: an escort is arranged */
  int32_t clearance;          /* vd_clearance */
  const char *executes;       /* id of the planned patrol that this executed one drove, or NULL */
  int64_t executes_s;         /* which of its departures; VD_TIME_MIN unknown */
  const char *track_s;        /* seconds at each vertex of the route (track.h), or NULL: by speed */
} vd_patrol;

typedef struct vd_stop {
  vd_record record;              /* point */
  const char *patrol;            /* id */
  int32_t sequence;              /* from 0 */
  double arrive_min, depart_min; /* minutes after the patrol's departure; NaN: from route and speeds */
} vd_stop;

typedef struct vd_restriction {
  vd_record record;              /* point, line or polygon */
  const char *code;              /* a word of vd_restriction_code_words (ROM-..., SOF-...) */
  const char *mode;              /* land, air, river */
  const char *actor_responsible; /* neutral words; an actor's id or free text */
  const char *cause;
  const char *demand;   /* what was asked for to let pass */
  const char *actor;    /* id of who was held up, or NULL */
  const char *patrol;   /* id of the patrol that was held up, or NULL */
  int32_t clearance;    /* vd_clearance of that movement */
  int32_t severity;     /* 0-5 */
  int32_t amrf_type;    /* 1-9, OCHA's Access Monitoring and Reporting Framework; VD_UNKNOWN_INT */
  const char *obstacle; /* a word of vd_obstacle_words (WFP SDI-T), or NULL */
  const char
      *road_state; /* a word of vd_road_state_words; unknown some days after it was reported (standards) */
  const char *components; /* actor kinds affected, words separated by spaces; NULL: all */
  const char *vehicles;   /* vehicles affected, words separated by spaces; NULL: all */
  int32_t effect;         /* vd_effect; ESCORT: passes with an escort only, which takes delay_min to come */
  double slow_factor;     /* with VD_EFFECT_SLOW: travel takes this many times as long, >= 1 */
  double delay_min;       /* with VD_EFFECT_DELAY */
  double radius_m;        /* a point or line acts within it; NaN: the plan's standard */
  const char *road;       /* id of a road that is affected as a whole, or NULL */
  int64_t from_s, to_s;
  const char *outcome;           /* proceeded, delayed, returned, rerouted, abandoned */
  double hours_lost;             /* NaN unknown */
  const char *reference;         /* of the report */
  int32_t sofa;                  /* 0 or 1 */
  const char *protest_reference; /* demarche or note verbale */
  int64_t protest_s;             /* its date; VD_TIME_MIN: none known */
  int64_t resolved_s;            /* VD_TIME_MAX: not resolved */
  double precision_m;            /* drawn as a spread, not as a dot; NaN unknown */
} vd_restriction;

typedef struct vd_area {
  vd_record record;      /* polygon */
  const char *area_type; /* mission, sector, admin, aor, weapons_free, other */
  const char *actor;     /* id of who is responsible, or NULL */
  int32_t level;
} vd_area;

typedef struct vd_site {
  vd_record record; /* point or polygon */
  const char *
      site_type; /* displaced, committee, alert_network, clinic, school, market, landing_site, government, other */
  int32_t people; /* VD_UNKNOWN_INT */
  const char *status;
  int32_t weekdays; /* market days of a market: bit 0 Monday .. bit 6 Sunday; 0 unknown */
} vd_site;

typedef struct vd_settlement {
  vd_record record;        /* point */
  const char *other_names; /* separated by "; " */
  const char *place;       /* city, town, village, hamlet, other */
  double population;       /* NaN unknown */
} vd_settlement;

typedef struct vd_road {
  vd_record record;   /* line */
  int32_t road_class; /* vd_road_class */
  int32_t surface;    /* vd_road_surface */
  int32_t crossing;   /* vd_crossing */
  int32_t oneway;     /* 1 along the line, -1 against, 0 both */
  int32_t layer;      /* OpenStreetMap's layer: above or below others */
  double max_kmh;     /* a limit known for this road; NaN none */
  const char *access; /* yes, private, no, 4wd, seasonal; NULL unknown */
  const char *ref;    /* road number */
} vd_road;

typedef struct vd_water {
  vd_record record;        /* line or polygon */
  const char *water_class; /* river, stream, canal, lake, wetland, coastline */
  int32_t navigable;       /* 0 or 1: boats use it */
  int32_t barrier;         /* 0 or 1: cannot be crossed but on a bridge, ford or ferry */
} vd_water;

typedef struct vd_speed {
  vd_record record;
  int32_t vehicle, ground;          /* vd_vehicle, vd_ground */
  double kmh;                       /* dry season, by day; 0 impassable */
  double wet_factor;                /* kmh x wet_factor in the wet season */
  double worst_factor, best_factor; /* band for surely / maybe */
} vd_speed;

/* One figure. record.name is its key (see standard.h); record.source "unsourced" marks a proposal. */
typedef struct vd_standard {
  vd_record record;
  double value;
  const char *unit;
} vd_standard;

/* ---- the table of fields ---- */

typedef enum vd_field_type {
  VD_F_TEXT, /* const char * */
  VD_F_INT,  /* int32_t */
  VD_F_REAL, /* double */
  VD_F_BOOL, /* int32_t 0 or 1 */
  VD_F_TIME, /* int64_t seconds; TEXT "2026-03-14T05:30:00Z" in files; open ends are NULL there */
  VD_F_TERM, /* int32_t index into `terms`; the word in files */
  VD_F_WORD, /* const char *, one of `words` or NULL; another word is kept and is a finding (check.h) */
  VD_F_REF,  /* const char * id of a record of kind `ref`, or NULL */
  VD_F_REFS  /* ids of kind `ref`, or words of `terms` where that is given, separated by spaces; or NULL */
} vd_field_type;

typedef struct vd_field {
  const char *name; /* column name */
  vd_field_type type;
  size_t offset;            /* in the struct of the kind */
  const char *label;        /* N_() marked */
  const char *unit;         /* "m", "min", "km/h" or NULL */
  const vd_terms *terms;    /* VD_F_TERM; VD_F_REFS of words */
  const char *const *words; /* VD_F_WORD: NULL-terminated */
  vd_kind ref;              /* VD_F_REF, VD_F_REFS of ids */
  double min, max;          /* VD_F_INT, VD_F_REAL: allowed range; both 0: any */
  int64_t open;             /* VD_F_TIME: the value of an empty field (VD_TIME_MIN or VD_TIME_MAX) */
  double preset;       /* VD_F_INT, _REAL, _BOOL, _TERM: what a new record holds; NaN: unknown may stay */
  bool may_be_unknown; /* VD_F_REAL with a preset: NaN is allowed too, written "never" (notice to move) */
} vd_field;

/* Which geometries a kind takes: bits 1 << vd_geom_type. */
typedef struct vd_kind_info {
  vd_kind kind;
  const char *table;              /* layer name in the file: "base", "threat_area", ... */
  const char *label, *label_many; /* N_() marked */
  size_t size;                    /* of the struct */
  unsigned geometries;
  const vd_field *fields; /* own fields; the fields of vd_record are vd_record_fields */
  int n_fields;
} vd_kind_info;

extern const vd_field
    vd_record_fields[]; /* name, author, created, changed, classification, source, reported, notes */
extern const int vd_n_record_fields;
const vd_kind_info *vd_kind_lookup(vd_kind kind);
/* -1 when no kind has that table name. */
int vd_kind_find(const char *table);
/* The field of a kind (own or common) by name, or NULL. */
const vd_field *vd_field_find(vd_kind kind, const char *name);
/* All fields of a kind, the common ones first: i in 0..vd_kind_n_fields(kind)-1. */
int vd_kind_n_fields(vd_kind kind);
const vd_field *vd_kind_field(vd_kind kind, int i);
/* A kind that has no place on the map: actor, speed, standard. */
bool vd_kind_is_table(vd_kind kind);

/* A zeroed record of the kind with every field at its preset: unknown (NaN, VD_UNKNOWN_INT) or a sensible default
 * from the field table, open times. `id` is empty. */
void *vd_record_new(vd_arena *arena, vd_kind kind);
void *vd_record_copy(vd_arena *arena, vd_kind kind, const void *record);
/* Same id, fields and geometry; an empty text equals none, unknown equals unknown. */
bool vd_record_equal(vd_kind kind, const void *a, const void *b);
/* A field as text, in files' form (numbers in C notation, times ISO, terms as words); NULL when unknown. */
const char *vd_field_text(vd_arena *arena, const vd_field *field, const void *record);
/* Sets a field from text in the same form (text is copied into the arena); VD_ERR_INPUT with a sentence when it does
 * not fit, the record then being unchanged. NULL or "" sets the preset or the open end. Times without a zone are UTC. */
vd_status vd_field_set(vd_arena *arena, const vd_field *field, void *record, const char *text);
/* Why a geometry cannot stand in a record of the kind (its type, its rings, coordinates out of range), translated;
 * NULL when it can. An empty one always can. */
const char *vd_record_geom_problem(vd_kind kind, const vd_geom *geom);
/* What a person calls the record in a sentence: its name, or else the kind's label and the start of its id. */
const char *vd_record_label(vd_arena *arena, vd_kind kind, const void *record);

/* Vocabularies of VD_F_WORD, each NULL-terminated. */
extern const char *const vd_base_class_words[];
extern const char *const vd_patrol_class_words[];
extern const char *const vd_threat_type_words[];
extern const char *const vd_perpetrator_words[];
extern const char *const vd_restriction_code_words[];
extern const char *const vd_mode_words[];
extern const char *const vd_outcome_words[];
extern const char *const vd_area_type_words[];
extern const char *const vd_site_type_words[];
extern const char *const vd_place_words[];
extern const char *const vd_water_class_words[];
extern const char *const vd_access_words[];
extern const char *const vd_obstacle_words[];
extern const char *const vd_road_state_words[];

#endif
