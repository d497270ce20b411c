/* import: what the files of importing share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_IMPORT_H
#define VEDETTE_SRC_STORE_IMPORT_H

#include "store/name_map.h"
#include "vedette/base/jobs.h"
#include "vedette/geo/vector.h"
#include "vedette/store/importing.h"

/* Everything one call works with. */
typedef struct vd_importing {
  vd_plan *plan;
  vd_edit *edit;
  const vd_import_options *options;
  const vd_progress *progress;
  vd_import_report *report;
  vd_arena *arena;       /* lives as long as the call's report */
  vd_box keep;           /* the area of interest with its margin, lon/lat */
  vd_geom *keep_outline; /* the same as a polygon */
  vd_name_map actors;    /* name -> id, plan's and imported ones */
  vd_name_map patrols;   /* name -> id */
  vd_name_map places;    /* "kind|text" -> how often it occurred */
  const char *actor_id;  /* of options->actor, or NULL */
} vd_importing;

enum { VD_SOURCE_COLUMNS = 4 };

/* Where a field's value comes from: the first of these columns that is filled. */
typedef struct vd_binding {
  const vd_field *field;
  int columns[VD_SOURCE_COLUMNS];
  int n;
} vd_binding;

typedef struct vd_taking vd_taking;
/* Fills a record from the feature; gives why it is dropped (translated, may set t->example), or NULL to take it. */
typedef const char *(*vd_taker)(vd_taking *t, vd_record *record);

/* One kind of record being read from one layer. */
struct vd_taking {
  vd_importing *all;
  size_t part; /* in the report */
  vd_kind kind;
  vd_taker taker;
  const vd_vector_layer *layer;
  const vd_binding *bindings;
  size_t n_bindings;
  const char *file; /* its name, the records' source where they name none */
  bool own_ids;     /* the column "id" holds names that are unique in the world ("way/42") */
  /* per feature */
  vd_arena *arena;
  const vd_feature *feature;
  const char *own_id;  /* the data set's own name for it ("way/123"), NULL: none */
  const char *example; /* of the reason to drop it */
  int64_t last_fid;
  bool seen;
};

vd_import_part *vd_taking_part(const vd_taking *t);
/* A value by the name of its column or tag; NULL when empty. In layouts with columns "tag" and "value" these are
 * looked at as well. */
const char *vd_taking_text(const vd_taking *t, const char *name);
/* Counts a change of the record on its way in. */
void vd_taking_note(const vd_taking *t, const char *reason, const char *example);
/* Reads the feature's time in any usual form; false leaves t->example. */
bool vd_taking_time(vd_taking *t, const char *text, int64_t *time_s);

/* One feature: condition, record, place, identity, edit. */
vd_status vd_take_feature(vd_taking *t, const vd_feature *feature);
/* The next part of the report, and its number. */
size_t vd_import_add_part(vd_importing *all, const char *file, const char *word, const char *guess);

/* importing_columns.c: which columns feed which fields. */
void vd_bind_columns(vd_taking *t);
vd_status vd_check_columns(const vd_importing *all, const vd_vector_layer *layer, const char *file,
                           vd_kind kind);
const char *vd_take_columns(vd_taking *t, vd_record *record);
/* Sets one field from a file's text, with the leniency files of others need; a reason to drop the record, or NULL. */
const char *vd_take_field(vd_taking *t, const vd_field *field, vd_record *record, const char *text);
/* "Road Class", "road-class" and "road:class" are one column: small letters and digits only. */
void vd_plain_word(const char *text, char *out, size_t size);

/* importing_guess.c */
typedef struct vd_guess {
  int kind; /* vd_kind, or -1 */
  vd_taker taker;
  const char *why; /* translated; NULL when told */
} vd_guess;
/* What a layer holds; `as` -1: unknown. */
vd_guess vd_guess_layer(vd_arena *arena, const vd_vector *vector, const vd_vector_layer *layer,
                        const char *file, int as);
/* -1, or the raster kind; *why tells by what. */
int vd_guess_raster(vd_arena *arena, const char *path, const char **why);

/* importing_osm.c, importing_events.c: takers of known layouts. */
const char *vd_take_osm_road(vd_taking *t, vd_record *record);
const char *vd_take_osm_water(vd_taking *t, vd_record *record);
const char *vd_take_osm_settlement(vd_taking *t, vd_record *record);
const char *vd_take_osm_site(vd_taking *t, vd_record *record);
const char *vd_take_ucdp(vd_taking *t, vd_record *record);
const char *vd_take_acled(vd_taking *t, vd_record *record);
/* A whole OpenStreetMap file: roads, water, settlements and sites, or the kind of `as`. */
vd_status vd_import_osm(vd_importing *all, vd_vector *vector, const char *file, int as);
/* The class of a highway value, -1 when no road; *reason tells why not. */
int vd_road_class_of_highway(const char *highway, const char **reason);

/* importing_gpx.c: tracks and routes as patrols, waypoints as sites; `as` -1: both. */
vd_status vd_import_gpx(vd_importing *all, vd_vector *vector, const char *file, int as);

/* importing_track.c: tracks as executed patrols with the time of every vertex, each matched to the departure it drove. */
bool vd_import_wants_tracks(const vd_importing *all);
vd_status vd_import_tracks(vd_importing *all, vd_vector *vector, const char *file);

/* importing_raster.c: all rasters of one kind together. */
vd_status vd_import_rasters(vd_importing *all, vd_raster_kind kind, const char *const *paths, size_t n,
                            const char *why);
/* importing_landcover.c: codes of terms.h from coded rasters, or the dominant class of fraction files. */
vd_status vd_landcover_recode(vd_importing *all, vd_raster *raster, const char **legend_used,
                              vd_tally *tally);
bool vd_is_fraction_file(const char *path);
struct vd_geo_raster;
vd_status vd_landcover_dominant(vd_importing *all, const struct vd_geo_raster *const *fractions,
                                const char *const *paths, size_t n, struct vd_geo_raster *out);

#endif
