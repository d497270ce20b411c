/* importing: the files of one call, in the order in which records refer to each other, as one edit.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/store/importing.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "store/import.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/raster.h"
#include "vedette/store/words.h"

/* One layer of a vector file, or one raster file, that is to be read. */
typedef struct job {
  const char *path, *file;
  vd_vector *vector; /* NULL: a raster */
  int layer;         /* -1: the whole file (OSM, GPX) */
  vd_guess guess;
  int raster; /* vd_raster_kind, or -1 */
} job;

typedef struct queue {
  job *jobs;
  size_t n, capacity;
  vd_vector **vectors;
  size_t n_vectors, vectors_capacity;
} queue;

static void close_vectors(queue *q) {
  for (size_t i = 0; i < q->n_vectors; i++) vd_vector_free(q->vectors[i]);
}

size_t vd_import_add_part(vd_importing *all, const char *file, const char *word, const char *guess) {
  vd_import_report *report = all->report;
  vd_import_part *part = VD_PUSH(all->arena, report->parts, report->n_parts, report->capacity);
  *part = (vd_import_part){.file = file, .word = word, .guess = guess, .tally = {.arena = all->arena}};
  return report->n_parts - 1;
}

bool vd_import_wants_tracks(const vd_importing *all) {
  const char *as = all->options->as;
  return as && (vd_str_equal_nocase(as, "track") || vd_str_equal_nocase(as, "tracks"));
}

/* ---- what the files hold ---- */

static bool is_raster(const char *path) {
  static const char *const names[] = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".hgt", ".hgt.zip"};
  if (vd_raster_looks_like(path)) return true;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (vd_str_ends_nocase(path, names[i])) return vd_vector_sniff(path) == VD_FORMAT_NONE;
  return false;
}

static vd_status queue_raster(vd_importing *all, queue *q, const char *path, int as_raster, bool as_given) {
  job one = {.path = path, .file = vd_path_base(path), .layer = -1, .raster = as_raster};
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_raster_info info;
  VD_TRY(vd_raster_probe(arena, path, &info)); /* so that a bad file is told before any guess */
  if (as_raster < 0 && as_given)
    return vd_fail(VD_ERR_USAGE, _("%s is a grid; --as takes elevation, population or landcover for it."),
                   one.file);
  if (as_raster < 0) one.raster = vd_guess_raster(all->arena, path, &one.guess.why);
  if (one.raster < 0)
    return vd_fail(VD_ERR_USAGE,
                   _("%s: what the grid holds cannot be told from its name; say --as elevation, "
                     "population or landcover."),
                   one.file);
  *VD_PUSH(all->arena, q->jobs, q->n, q->capacity) = one;
  return VD_OK;
}

static const char *column_list(vd_arena *arena, const vd_vector_layer *layer) {
  vd_buf buf = {.arena = arena};
  for (int i = 0; i < layer->n_fields && i < 12; i++)
    vd_buf_printf(&buf, "%s%.40s", i ? ", " : "", layer->fields[i].name);
  if (layer->n_fields > 12) vd_buf_add(&buf, ", …");
  return buf.text ? buf.text : _("none");
}

static vd_status queue_layers(vd_importing *all, queue *q, const char *path, vd_vector *vector, int as) {
  size_t before = q->n;
  for (int i = 0; i < vd_vector_layer_count(vector); i++) {
    const vd_vector_layer *layer = vd_vector_layer_at(vector, i);
    job one = {.path = path, .file = vd_path_base(path), .vector = vector, .layer = i, .raster = -1};
    one.guess = vd_guess_layer(all->arena, vector, layer, one.file, as);
    if (one.guess.kind < 0) continue;
    VD_TRY(vd_check_columns(all, layer, one.file, (vd_kind)one.guess.kind));
    *VD_PUSH(all->arena, q->jobs, q->n, q->capacity) = one;
  }
  if (q->n > before) return VD_OK;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  return vd_fail(
      VD_ERR_USAGE, _("%s: what it holds cannot be told from its name and its columns (%s); say --as %s."),
      vd_path_base(path), column_list(arena, vd_vector_layer_at(vector, 0)),
      "roads|water|settlements|bases|threats|incidents|patrols|stops|restrictions|areas|sites|actors");
}

static const char *position_column(const vd_import_options *options, const char *field) {
  for (size_t i = 0; i < options->n_columns; i++)
    if (vd_str_equal(options->columns[i].field, field)) return options->columns[i].column;
  return NULL;
}

static vd_status queue_vector(vd_importing *all, queue *q, const char *path, int as) {
  const vd_import_options *from = all->options;
  const vd_vector_options options = {.crs_wkt = from->crs_wkt,
                                     .x = position_column(from, "lon"),
                                     .y = position_column(from, "lat"),
                                     .wkt = position_column(from, "wkt"),
                                     .mgrs = position_column(from, "mgrs"),
                                     .keep_no_position = true};
  vd_vector **slot = VD_PUSH(all->arena, q->vectors, q->n_vectors, q->vectors_capacity);
  VD_TRY(vd_vector_open(path, &options, slot));
  vd_vector_format format = vd_vector_format_of(*slot);
  if (format != VD_FORMAT_OSM && format != VD_FORMAT_GPX) return queue_layers(all, q, path, *slot, as);
  job one = {.path = path, .file = vd_path_base(path), .vector = *slot, .layer = -1, .raster = -1};
  one.guess.kind = as;
  *VD_PUSH(all->arena, q->jobs, q->n, q->capacity) = one;
  return VD_OK;
}

static vd_status queue_tracks(vd_importing *all, queue *q, const char *const *paths, size_t n) {
  if (all->options->replace)
    return vd_fail(VD_ERR_USAGE, _("--replace would remove the patrols that were planned; leave it out."));
  for (size_t i = 0; i < n; i++) {
    if (vd_vector_sniff(paths[i]) == VD_FORMAT_GPX)
      VD_TRY(queue_vector(all, q, paths[i], VD_KIND_PATROL));
    else if (access(paths[i], R_OK) == 0)
      return vd_fail(VD_ERR_INPUT, _("%s: is no GPX file; tracks are read from GPX."),
                     vd_path_base(paths[i]));
    else
      return vd_fail(VD_ERR_IO, _("%s: cannot be read: %s"), paths[i], strerror(errno));
  }
  return VD_OK;
}

static vd_status queue_all(vd_importing *all, queue *q, const char *const *paths, size_t n) {
  const char *as = all->options->as;
  if (vd_import_wants_tracks(all)) return queue_tracks(all, q, paths, n);
  if (all->options->patrol)
    return vd_fail(VD_ERR_USAGE, _("--patrol says which patrol a track drove; it needs --as track."));
  int as_kind = as ? vd_kind_of_word(as) : -1, as_raster = as ? vd_raster_of_word(as) : -1;
  if (as && as_kind < 0 && as_raster < 0)
    return vd_fail(VD_ERR_USAGE, _("--as %s: there is no such kind; there are %s."), as,
                   vd_words_text(all->arena, true));
  for (size_t i = 0; i < n; i++) {
    if (is_raster(paths[i]))
      VD_TRY(queue_raster(all, q, paths[i], as_raster, as != NULL));
    else if (as_raster >= 0 && as_kind < 0)
      return vd_fail(VD_ERR_INPUT, _("%s: is no grid that can be read (GeoTIFF, .hgt, .hgt.zip)."),
                     vd_path_base(paths[i]));
    else
      VD_TRY(queue_vector(all, q, paths[i], as_kind));
  }
  return VD_OK;
}

/* ---- the order: what is referred to comes first ---- */

static int rank_of(const job *one) {
  static const int ranks[VD_KIND_COUNT] = {
      [VD_KIND_ACTOR] = 1, [VD_KIND_ROAD] = 3, [VD_KIND_PATROL] = 4, [VD_KIND_STOP] = 5};
  if (one->raster >= 0) return 0;
  if (one->layer < 0) return 3;
  return ranks[one->guess.kind] ? ranks[one->guess.kind] : 6;
}

static void sort_jobs(queue *q) {
  for (size_t i = 1; i < q->n; i++) { /* stable; a call has few files */
    job one = q->jobs[i];
    size_t at = i;
    for (; at > 0 && rank_of(&q->jobs[at - 1]) > rank_of(&one); at--) q->jobs[at] = q->jobs[at - 1];
    q->jobs[at] = one;
  }
}

/* ---- reading ---- */

static vd_status take(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  (void)layer;
  return vd_take_feature(context, feature);
}

static vd_status import_layer(vd_importing *all, const job *one) {
  const vd_vector_layer *layer = vd_vector_layer_at(one->vector, one->layer);
  vd_taking t = {.all = all,
                 .kind = (vd_kind)one->guess.kind,
                 .taker = one->guess.taker,
                 .layer = layer,
                 .file = one->file,
                 .own_ids = vd_vector_field_find(layer, "id") >= 0 && one->guess.taker != vd_take_ucdp};
  t.part = vd_import_add_part(all, one->file, vd_kind_word(t.kind), one->guess.why);
  if (t.taker == vd_take_columns) vd_bind_columns(&t);
  vd_status status =
      vd_vector_each(one->vector, one->layer, &vd_taking_part(&t)->tally, all->progress, take, &t);
  vd_arena_free(t.arena);
  return status;
}

static vd_status import_vector(vd_importing *all, const job *one) {
  if (one->layer >= 0) return import_layer(all, one);
  bool osm = vd_vector_format_of(one->vector) == VD_FORMAT_OSM;
  return osm                           ? vd_import_osm(all, one->vector, one->file, one->guess.kind)
         : vd_import_wants_tracks(all) ? vd_import_tracks(all, one->vector, one->file)
                                       : vd_import_gpx(all, one->vector, one->file, one->guess.kind);
}

static vd_status import_grids(vd_importing *all, const queue *q, vd_raster_kind kind) {
  const char **paths = VD_NEW_ARRAY(all->arena, const char *, q->n);
  const char *why = NULL;
  size_t n = 0;
  for (size_t i = 0; i < q->n; i++) {
    if (q->jobs[i].raster != (int)kind) continue;
    if (!n) why = q->jobs[i].guess.why;
    paths[n++] = q->jobs[i].path;
  }
  return n ? vd_import_rasters(all, kind, paths, n, why) : VD_OK;
}

static vd_status clear_kinds(vd_importing *all, const queue *q) {
  static const vd_kind of_osm[] = {VD_KIND_ROAD, VD_KIND_WATER, VD_KIND_SETTLEMENT, VD_KIND_SITE};
  bool clear[VD_KIND_COUNT] = {false};
  for (size_t i = 0; i < q->n; i++) {
    const job *one = &q->jobs[i];
    if (one->raster >= 0) continue;
    if (one->guess.kind >= 0) clear[one->guess.kind] = true;
    if (one->guess.kind >= 0) continue;
    bool osm = vd_vector_format_of(one->vector) == VD_FORMAT_OSM;
    for (size_t k = 0; osm && k < sizeof of_osm / sizeof *of_osm; k++) clear[of_osm[k]] = true;
    if (!osm) clear[VD_KIND_PATROL] = clear[VD_KIND_SITE] = true;
  }
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    if (clear[kind]) VD_TRY(vd_edit_clear(all->edit, (vd_kind)kind));
  return VD_OK;
}

static vd_status import_queue(vd_importing *all, const queue *q) {
  if (all->options->replace) VD_TRY(clear_kinds(all, q));
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++) VD_TRY(import_grids(all, q, (vd_raster_kind)kind));
  for (size_t i = 0; i < q->n; i++)
    if (q->jobs[i].vector) VD_TRY(import_vector(all, &q->jobs[i]));
  return VD_OK;
}

/* ---- the whole ---- */

/* The area's box, wider by a tenth of its larger side, 5 km at least and 25 km at most. */
static void set_margin(vd_importing *all) {
  const double metres_a_degree = 111320;
  vd_box box = vd_geom_box(vd_plan_info_lookup(all->plan)->area);
  if (vd_box_is_empty(box)) box = (vd_box){-180, -90, 180, 90};
  double cosine = cos((box.min_y + box.max_y) / 2 * 3.14159265358979323846 / 180);
  if (cosine < 0.01) cosine = 0.01;
  double width_m = (box.max_x - box.min_x) * cosine * metres_a_degree;
  double margin_m = 0.1 * fmax(width_m, (box.max_y - box.min_y) * metres_a_degree);
  margin_m = fmin(fmax(margin_m, 5000), 25000);
  double dy = margin_m / metres_a_degree, dx = dy / cosine;
  all->keep = (vd_box){fmax(box.min_x - dx, -180), fmax(box.min_y - dy, -90), fmin(box.max_x + dx, 180),
                       fmin(box.max_y + dy, 90)};
  vd_box k = all->keep;
  const double ring[] = {k.min_x, k.min_y, k.max_x, k.min_y, k.max_x, k.max_y, k.min_x, k.max_y};
  all->keep_outline = vd_geom_ring(all->arena, ring, 4);
}

static void remember_names(vd_importing *all) {
  all->actors.arena = all->patrols.arena = all->places.arena = all->arena;
  VD_EACH(all->plan, VD_KIND_ACTOR, vd_record, actor) {
    if (actor->name) vd_name_map_at(&all->actors, actor->name)->text = vd_str_dup(all->arena, actor->id);
  }
  VD_EACH(all->plan, VD_KIND_PATROL, vd_record, patrol) {
    if (patrol->name) vd_name_map_at(&all->patrols, patrol->name)->text = vd_str_dup(all->arena, patrol->id);
  }
}

/* The actor of --actor, made when asked to. */
static vd_status find_actor(vd_importing *all) {
  const char *asked = all->options->actor;
  if (!asked) return VD_OK;
  if (vd_uuid_valid(asked) && vd_plan_find(all->plan, VD_KIND_ACTOR, asked)) {
    all->actor_id = asked;
    return VD_OK;
  }
  const vd_name_entry *entry = vd_name_map_find(&all->actors, asked);
  if (entry) {
    all->actor_id = entry->text;
    return VD_OK;
  }
  if (!all->options->create_actors)
    return vd_fail(VD_ERR_NOT_FOUND, _("The plan has no actor “%s”; --create-actors makes it."), asked);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_actor *actor = vd_record_new(arena, VD_KIND_ACTOR);
  actor->record.name = asked;
  vd_uuid_of("vedette import actor", asked, actor->record.id);
  VD_TRY(vd_edit_put(all->edit, VD_KIND_ACTOR, actor));
  all->actor_id = vd_str_dup(all->arena, actor->record.id);
  vd_name_map_at(&all->actors, asked)->text = all->actor_id;
  return VD_OK;
}

static const char *title_of(vd_importing *all, const char *const *paths, size_t n) {
  if (all->options->as && n == 1)
    return vd_str_printf(all->arena, _("Import %s from %s"), all->options->as, vd_path_base(paths[0]));
  if (n == 1) return vd_str_printf(all->arena, _("Import %s"), vd_path_base(paths[0]));
  return vd_str_printf(all->arena, _("Import %s and %zu more files"), vd_path_base(paths[0]), n - 1);
}

static vd_status run(vd_importing *all, queue *q, const char *const *paths, size_t n) {
  VD_TRY(queue_all(all, q, paths, n));
  sort_jobs(q);
  VD_TRY(find_actor(all));
  VD_TRY(import_queue(all, q));
  for (size_t i = 0; i < all->report->n_parts; i++)
    all->report->n_taken += all->report->parts[i].tally.n_taken;
  if (all->report->n_taken) return VD_OK;
  return vd_fail(VD_ERR_INPUT,
                 n == 1 ? _("%s holds nothing that could be taken; the plan stays as it was.")
                        : _("%s and the other files hold nothing that could be taken; the plan "
                            "stays as it was."),
                 vd_path_base(paths[0]));
}

vd_status vd_import(vd_plan *plan, const vd_import_options *options, const char *const *paths, size_t n_paths,
                    vd_arena *arena, const vd_progress *progress, vd_import_report *report) {
  vd_importing all = {
      .plan = plan, .options = options, .progress = progress, .report = report, .arena = arena};
  queue q = {0};
  *report = (vd_import_report){0};
  set_margin(&all);
  remember_names(&all);
  report->title = title_of(&all, paths, n_paths);
  VD_TRY(vd_edit_start(plan, report->title, &all.edit));
  vd_status status = run(&all, &q, paths, n_paths);
  close_vectors(&q);
  if (status == VD_OK) status = vd_progress_step(progress, _("writing"), 0, 0);
  if (status == VD_OK && !options->dry_run) return vd_edit_commit(all.edit);
  vd_edit_cancel(all.edit);
  return status;
}
