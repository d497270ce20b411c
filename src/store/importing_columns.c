/* importing_columns: which columns of a file feed which fields of a record.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A field's own name comes first, then names that files usually give it. Values are read leniently where that
 * cannot change a meaning; a value that decides one (a time, a word of a fixed vocabulary, an actor) and cannot be
 * read drops the record with the value as example. */
#include <ctype.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/store/words.h"

void vd_plain_word(const char *text, char *out, size_t size) {
  size_t n = 0;
  for (; *text && n + 1 < size; text++) {
    unsigned char c = (unsigned char)*text;
    if (isalnum(c) || c >= 0x80) out[n++] = (char)tolower(c);
  }
  out[n] = '\0';
}

enum { ANY_KIND = -1 };
/* In order of preference; separated by spaces, in vd_plain_word's form. */
static const struct {
  int kind;
  const char *field, *columns;
} aliases[] = {
    {ANY_KIND, "name",
     "nameen title label fullname placename sitename campname nom namefr featurename adm2en adm1en"},
    {ANY_KIND, "notes", "note description desc comment comments remark remarks cmt incidentdetail"},
    {ANY_KIND, "source", "incidentsourceurl src datasource sourceurl reportedby"},
    {ANY_KIND, "reported", "reportdate datereported reportedon observed obsdate lastupdate"},
    {ANY_KIND, "from_time",
     "from start startdate starttime begin since validfrom datestart incidentdatestart"},
    {ANY_KIND, "to_time", "to end enddate endtime until validto dateend"},
    {ANY_KIND, "actor", "component contingent owner actorname responsible force"},
    {ANY_KIND, "vehicle", "transport vehicletype mode"},
    {ANY_KIND, "strength", "troops personnel people"},
    {VD_KIND_ACTOR, "kind", "type actorkind component"},
    {VD_KIND_ACTOR, "colour", "color"},
    {VD_KIND_BASE, "base_class", "class type category basetype"},
    {VD_KIND_BASE, "proximity_m", "proximity radiusm radius"},
    {VD_KIND_BASE, "notice_day_min", "notice ntm ntmday noticeday noticetomove"},
    {VD_KIND_BASE, "notice_night_min", "ntmnight noticenight"},
    {VD_KIND_BASE, "from_time", "opened established"},
    {VD_KIND_BASE, "to_time", "closed"},
    {VD_KIND_THREAT_AREA, "priority", "prio rating"},
    {VD_KIND_THREAT_AREA, "threat_type", "type threat"},
    {VD_KIND_THREAT_AREA, "perpetrator_class", "perpetratortype"},
    {VD_KIND_THREAT_AREA, "review_time", "review reviewdate nextreview"},
    {VD_KIND_INCIDENT, "from_time", "date datetime eventdate incidentdate time"},
    {VD_KIND_INCIDENT, "incident_type", "type eventtype category incidenttype"},
    {VD_KIND_INCIDENT, "killed", "fatalities deaths dead best"},
    {VD_KIND_INCIDENT, "injured", "wounded injuries"},
    {VD_KIND_INCIDENT, "precision_m", "precision accuracy"},
    {VD_KIND_PATROL, "patrol_class", "class type patroltype"},
    {VD_KIND_PATROL, "from_time", "departure depart date"},
    {VD_KIND_PATROL, "to_time", "return arrival"},
    {VD_KIND_PATROL, "recurrence", "rrule repeats"},
    {VD_KIND_PATROL, "exceptions", "exdate"},
    {VD_KIND_PATROL, "vehicles_named", "callsigns callsign"},
    {VD_KIND_PATROL, "partners", "jointwith"},
    {VD_KIND_PATROL, "state", "status"},
    {VD_KIND_STOP, "patrol", "patrolid patrolname"},
    {VD_KIND_STOP, "sequence", "seq order no number"},
    {VD_KIND_STOP, "arrive_min", "arrive arrival"},
    {VD_KIND_STOP, "depart_min", "depart departure"},
    {VD_KIND_RESTRICTION, "code", "romcode category restrictiontype"},
    {VD_KIND_RESTRICTION, "cause", "incidentdetail reason"},
    {VD_KIND_RESTRICTION, "from_time", "date obsdate incidentdate datetime"},
    {VD_KIND_RESTRICTION, "reference", "ref refno referenceno caseno"},
    {VD_KIND_RESTRICTION, "actor_responsible",
     "responsible deniedby responsibleactor actorclass perpetrator"},
    {VD_KIND_RESTRICTION, "actor", "heldup deniedto unit contingent actorheldup"},
    {VD_KIND_RESTRICTION, "patrol", "patrolid patrolname linkedpatrol"},
    {VD_KIND_RESTRICTION, "demand", "demanded demands"},
    {VD_KIND_RESTRICTION, "clearance", "clearancestatus"},
    {VD_KIND_RESTRICTION, "amrf_type", "amrf amrfcode"},
    {VD_KIND_RESTRICTION, "obstacle", "obstacletype obstaclecode"},
    {VD_KIND_RESTRICTION, "road_state", "roadstatus roadcondition practicability passability incidenttype"},
    {VD_KIND_RESTRICTION, "hours_lost", "hourslost losthours timelost"},
    {VD_KIND_RESTRICTION, "sofa", "sofaviolation sofabreach"},
    {VD_KIND_RESTRICTION, "protest_reference", "protestref demarche demarcheref noteverbale noteverbaleref"},
    {VD_KIND_RESTRICTION, "protest_time", "protestdate demarchedate noteverbaledate"},
    {VD_KIND_RESTRICTION, "resolved_time", "resolveddate dateresolved resolvedon resolutiondate"},
    {VD_KIND_RESTRICTION, "precision_m", "precision accuracy locprecisionm"},
    {VD_KIND_RESTRICTION, "delay_min", "delay"},
    {VD_KIND_RESTRICTION, "radius_m", "radius"},
    {VD_KIND_AREA, "area_type", "type class"},
    {VD_KIND_AREA, "level", "adminlevel admlevel"},
    {VD_KIND_SITE, "site_type", "type category class"},
    {VD_KIND_SITE, "people", "population individuals persons idps pop"},
    {VD_KIND_SETTLEMENT, "population", "pop inhabitants people pop2020 popmax"},
    {VD_KIND_SETTLEMENT, "place", "type class fclass settlementtype"},
    {VD_KIND_SETTLEMENT, "other_names", "altname alternatenames namear othername"},
    {VD_KIND_ROAD, "road_class", "class type fclass highway roadclass roadtype"},
    {VD_KIND_ROAD, "surface", "surf surftype roadsurface"},
    {VD_KIND_ROAD, "max_kmh", "maxspeed speed"},
    {VD_KIND_ROAD, "ref", "number roadnumber"},
    {VD_KIND_WATER, "water_class", "class type fclass waterway natural"},
};

static int column_of(const vd_vector_layer *layer, const char *plain) {
  char name[128];
  for (int i = 0; i < layer->n_fields; i++) {
    vd_plain_word(layer->fields[i].name, name, sizeof name);
    if (strcmp(name, plain) == 0) return i;
  }
  return -1;
}

static void add_column(vd_binding *binding, int column) {
  for (int i = 0; i < binding->n; i++)
    if (binding->columns[i] == column) return;
  if (column >= 0 && binding->n < VD_SOURCE_COLUMNS) binding->columns[binding->n++] = column;
}

static void add_aliases(vd_binding *binding, const vd_vector_layer *layer, int kind) {
  char word[64];
  for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
    if (aliases[i].kind != kind || strcmp(aliases[i].field, binding->field->name) != 0) continue;
    for (const char *at = aliases[i].columns; *at;) {
      size_t n = strcspn(at, " ");
      memcpy(word, at, n);
      word[n] = '\0';
      add_column(binding, column_of(layer, word));
      at += n + (at[n] == ' ');
    }
  }
}

static vd_binding bind(const vd_taking *t, const vd_field *field) {
  const vd_import_options *options = t->all->options;
  char plain[64];
  vd_binding binding = {.field = field};
  for (size_t i = 0; i < options->n_columns; i++)
    if (vd_str_equal(options->columns[i].field, field->name))
      add_column(&binding, vd_vector_field_find(t->layer, options->columns[i].column));
  if (binding.n) return binding;
  vd_plain_word(field->name, plain, sizeof plain);
  /* Beside a report's own source, "source" is where the map's line came from. */
  if (strcmp(plain, "source") == 0) add_column(&binding, column_of(t->layer, "incidentsourceurl"));
  add_column(&binding, column_of(t->layer, plain));
  add_aliases(&binding, t->layer, (int)t->kind);
  /* Who is responsible for a restriction is not whom it held up. */
  bool held_up = t->kind == VD_KIND_RESTRICTION && strcmp(field->name, "actor") == 0;
  if (!held_up) add_aliases(&binding, t->layer, ANY_KIND);
  return binding;
}

/* What the plan says of its own making is not taken from files. */
static bool is_ours(const vd_field *field) {
  return strcmp(field->name, "created") == 0 || strcmp(field->name, "changed") == 0;
}

void vd_bind_columns(vd_taking *t) {
  vd_buf told = {.arena = t->all->arena};
  size_t capacity = 0;
  vd_binding *bindings = NULL;
  for (int i = 0; i < vd_kind_n_fields(t->kind); i++) {
    const vd_field *field = vd_kind_field(t->kind, i);
    vd_binding binding = bind(t, field);
    if (is_ours(field) || !binding.n) continue;
    *VD_PUSH(t->all->arena, bindings, t->n_bindings, capacity) = binding;
    const char *column = t->layer->fields[binding.columns[0]].name;
    bool same = vd_str_equal(column, field->name);
    vd_buf_printf(&told, same ? "%s%s" : "%s%s < %s", told.n ? ", " : "", field->name, column);
  }
  t->bindings = bindings;
  vd_taking_part(t)->columns = told.text;
}

static bool is_position(const char *field) {
  return strcmp(field, "lon") == 0 || strcmp(field, "lat") == 0 || strcmp(field, "wkt") == 0 ||
         strcmp(field, "mgrs") == 0;
}

vd_status vd_check_columns(const vd_importing *all, const vd_vector_layer *layer, const char *file,
                           vd_kind kind) {
  for (size_t i = 0; i < all->options->n_columns; i++) {
    const vd_import_column *column = &all->options->columns[i];
    if (is_position(column->field)) continue; /* the reader's */
    if (!vd_field_find(kind, column->field))
      return vd_fail(VD_ERR_USAGE, _("--column %s=%s: in %s there is no field “%s”."), column->field,
                     column->column, vd_kind_word(kind), column->field);
    if (vd_vector_field_find(layer, column->column) < 0)
      return vd_fail(VD_ERR_USAGE, _("--column %s=%s: %s has no column “%s”."), column->field, column->column,
                     file, column->column);
  }
  return VD_OK;
}

/* ---- values ---- */

static const char *unreadable(vd_taking *t, const vd_field *field, const char *text) {
  t->example = text;
  return vd_str_printf(t->arena, _("%s cannot be read"), field->name);
}

/* "Company Operating Base", "company-operating-base" -> "company_operating_base" */
static const char *as_word(vd_arena *arena, const char *text) {
  char *word = vd_str_trim(arena, text);
  for (char *c = word; *c; c++) *c = *c == ' ' || *c == '-' ? '_' : (char)tolower((unsigned char)*c);
  return word;
}

static int term_of(vd_taking *t, const vd_field *field, const char *text) {
  const char *reason;
  int index = vd_terms_find(field->terms, text);
  if (index < 0) index = vd_terms_find(field->terms, as_word(t->arena, text));
  for (int i = 0; index < 0 && i < field->terms->n; i++)
    if (vd_str_equal_nocase(field->terms->labels[i], text)) index = i;
  if (index < 0 && field->terms == &vd_road_class_terms) index = vd_road_class_of_highway(text, &reason);
  if (index < 0 && field->terms == &vd_surface_terms) index = vd_surface_of_word(text);
  return index;
}

static const char *take_term(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  int index = term_of(t, field, text);
  if (index < 0 && field->terms == &vd_surface_terms) {
    vd_taking_note(t, _("surface is not a known word: taken as unknown"), text);
    return NULL;
  }
  if (index < 0 && field->terms == &vd_clearance_terms) {
    vd_taking_note(t, _("clearance is not a known word: left unknown"), text);
    return NULL;
  }
  if (index < 0) return unreadable(t, field, text);
  (void)vd_field_set(t->arena, field, record, vd_terms_word(field->terms, index));
  return NULL;
}

/* What road and obstacle reports say for our words; the reports' in vd_plain_word's form. */
static const struct {
  const char *field, *told, *word;
} synonyms[] = {
    {"obstacle", "minesuxo", "mines"},
    {"obstacle", "mine", "mines"},
    {"obstacle", "landmines", "mines"},
    {"obstacle", "uxo", "mines"},
    {"obstacle", "officialcheckpoint", "checkpoint_official"},
    {"obstacle", "unofficialcheckpoint", "checkpoint_unofficial"},
    {"obstacle", "flooding", "flood"},
    {"obstacle", "flooded", "flood"},
    {"obstacle", "damagedbridge", "bridge_damage"},
    {"obstacle", "damagedroad", "road_damage"},
    {"road_state", "roadclosed", "closed"},
    {"road_state", "notpassable", "closed"},
    {"road_state", "impassable", "closed"},
    {"road_state", "notpracticable", "closed"},
    {"road_state", "no", "closed"},
    {"road_state", "passable", "open"},
    {"road_state", "practicable", "open"},
    {"road_state", "yes", "open"},
    {"road_state", "difficult", "restricted"},
    {"road_state", "limited", "restricted"},
    {"road_state", "passablewithdifficulty", "restricted"},
    {"road_state", "4wdonly", "4x4_only"},
    {"road_state", "4wd", "4x4_only"},
};

static const char *synonym_of(const char *field, const char *text) {
  char plain[64];
  vd_plain_word(text, plain, sizeof plain);
  for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
    if (strcmp(synonyms[i].field, field) == 0 && strcmp(synonyms[i].told, plain) == 0)
      return synonyms[i].word;
  return NULL;
}

/* A word beside the vocabulary is kept: the planner may have a reason, and vedette check tells. */
static const char *take_word(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  if (vd_field_set(t->arena, field, record, text) == VD_OK) return NULL;
  if (vd_field_set(t->arena, field, record, as_word(t->arena, text)) == VD_OK) return NULL;
  const char *synonym = synonym_of(field->name, text);
  if (synonym)
    return vd_field_set(t->arena, field, record, synonym) == VD_OK ? NULL : unreadable(t, field, text);
  if (strcmp(field->name, "road_state") == 0) { /* the column may tell of another thing */
    vd_taking_note(t, _("says nothing of the state of the road: left unknown"), text);
    return NULL;
  }
  *(const char **)((char *)record + field->offset) = text;
  vd_taking_note(
      t, vd_str_printf(t->arena, _("%s is not one of the usual words: kept as it is"), field->name), text);
  return NULL;
}

/* "12 500", "12,500", "~500" and "500 m" are numbers too. */
static const char *take_number(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  char plain[64];
  size_t n = 0;
  if (vd_field_set(t->arena, field, record, text) == VD_OK) return NULL;
  for (const char *c = text; *c && n + 1 < sizeof plain; c++) {
    if (isdigit((unsigned char)*c) || *c == '.' || *c == '-') plain[n++] = *c;
    if (isalpha((unsigned char)*c)) break;
  }
  plain[n] = '\0';
  if (n && vd_field_set(t->arena, field, record, plain) == VD_OK) return NULL;
  vd_taking_note(t, vd_str_printf(t->arena, _("%s is not a number that fits: left unknown"), field->name),
                 text);
  return NULL;
}

static const char *take_time(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  int64_t time_s;
  if (!vd_taking_time(t, text, &time_s)) return unreadable(t, field, text);
  (void)vd_field_set(t->arena, field, record, vd_time_iso(t->arena, time_s));
  return NULL;
}

/* ---- references ---- */

static vd_status make_actor(vd_importing *all, const char *name, const char **id) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_actor *actor = vd_record_new(arena, VD_KIND_ACTOR);
  actor->record.name = name;
  vd_uuid_of("vedette import actor", name, actor->record.id);
  VD_TRY(vd_edit_put(all->edit, VD_KIND_ACTOR, actor));
  vd_name_entry *entry = vd_name_map_at(&all->actors, name);
  *id = entry->text = vd_str_dup(all->arena, actor->record.id);
  return VD_OK;
}

static const char *lookup(vd_importing *all, vd_kind kind, const char *text) {
  if (vd_uuid_valid(text) && vd_edit_find(all->edit, kind, text)) return text;
  const vd_name_map *map = kind == VD_KIND_ACTOR    ? &all->actors
                           : kind == VD_KIND_PATROL ? &all->patrols
                                                    : NULL;
  const vd_name_entry *entry = map ? vd_name_map_find(map, text) : NULL;
  if (entry && entry->text && vd_edit_find(all->edit, kind, entry->text)) return entry->text;
  const vd_record *named = map ? NULL : vd_plan_find_name(all->plan, kind, text);
  return named ? named->id : NULL;
}

/* The id of what the text refers to; makes actors when asked to. */
static const char *resolve(vd_taking *t, vd_kind kind, const char *text) {
  const char *id = lookup(t->all, kind, text);
  if (!id && kind == VD_KIND_ACTOR && t->all->options->create_actors && !vd_uuid_valid(text)) {
    if (make_actor(t->all, text, &id) != VD_OK) return NULL;
    vd_taking_note(t, _("an actor that was not in the plan: made"), text);
  }
  return id;
}

static const char *unknown_reference(vd_taking *t, const vd_field *field, const char *text) {
  t->example = text;
  if (field->ref == VD_KIND_ACTOR) return _("an actor that is not in the plan (--create-actors makes them)");
  return vd_str_printf(t->arena, _("%s refers to a record that is not in the plan"), field->name);
}

static const char *take_reference(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  const char *id = resolve(t, field->ref, vd_str_trim(t->arena, text));
  if (!id && field->ref == VD_KIND_ROAD) {
    vd_taking_note(t, _("the road is not in the plan: acts where it is drawn"), text);
    return NULL;
  }
  if (!id && t->kind == VD_KIND_RESTRICTION) { /* what was denied was denied, whoever it was */
    vd_taking_note(t, vd_str_printf(t->arena, _("%s is not in the plan: left unknown"), field->name), text);
    return NULL;
  }
  if (!id) return unknown_reference(t, field, text);
  (void)vd_field_set(t->arena, field, record, id);
  return NULL;
}

static bool starts_with_id(vd_arena *arena, const char *text) {
  return vd_uuid_valid(vd_str_dup_n(arena, text, strnlen(text, VD_UUID_SIZE - 1)));
}

/* Ids apart by spaces, or names apart by ";" or ",". */
static const char *take_references(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  vd_buf ids = {.arena = t->arena};
  const char *apart = strpbrk(text, ";,") ? ";," : starts_with_id(t->arena, text) ? " " : ";";
  for (const char *at = text; *at;) {
    size_t n = strcspn(at, apart);
    const char *one = vd_str_trim(t->arena, vd_str_dup_n(t->arena, at, n));
    const char *id = *one ? resolve(t, field->ref, one) : NULL;
    if (*one && !id) return unknown_reference(t, field, one);
    if (id) vd_buf_printf(&ids, "%s%s", ids.n ? " " : "", id);
    at += n + (at[n] != '\0');
  }
  if (ids.n) (void)vd_field_set(t->arena, field, record, ids.text);
  return NULL;
}

static const char *take_words(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  char *list = vd_str_dup(t->arena, text);
  vd_buf words = {.arena = t->arena};
  for (char *c = list; *c; c++)
    if (*c == ',' || *c == ';') *c = ' ';
  for (char *at = list; *at;) {
    size_t n = strcspn(at, " ");
    char *one = vd_str_dup_n(t->arena, at, n);
    if (n && vd_terms_find(field->terms, one) < 0) return unreadable(t, field, text);
    if (n) vd_buf_printf(&words, "%s%s", words.n ? " " : "", one);
    at += n + (at[n] == ' ');
  }
  if (words.n) (void)vd_field_set(t->arena, field, record, words.text);
  return NULL;
}

const char *vd_take_field(vd_taking *t, const vd_field *field, vd_record *record, const char *text) {
  switch (field->type) {
  case VD_F_TERM:
    return take_term(t, field, record, text);
  case VD_F_WORD:
    return take_word(t, field, record, text);
  case VD_F_INT:
  case VD_F_REAL:
    return take_number(t, field, record, text);
  case VD_F_TIME:
    return take_time(t, field, record, text);
  case VD_F_REF:
    return take_reference(t, field, record, text);
  case VD_F_REFS:
    return field->terms ? take_words(t, field, record, text) : take_references(t, field, record, text);
  default:
    return vd_field_set(t->arena, field, record, text) == VD_OK ? NULL : unreadable(t, field, text);
  }
}

static const char *first_value(const vd_taking *t, const vd_binding *binding) {
  for (int i = 0; i < binding->n; i++) {
    const vd_value *value = &t->feature->values[binding->columns[i]];
    if (value->type != VD_VALUE_NONE && value->text && *value->text) return value->text;
  }
  return NULL;
}

/* ---- what a kind needs besides its columns ---- */

/* A road taken as a restriction tells that it is closed. */
static void finish_restriction(const vd_taking *t, vd_restriction *restriction) {
  bool road = column_of(t->layer, "highway") >= 0 && restriction->effect == VD_EFFECT_BLOCK;
  if (road && !restriction->road_state && !restriction->obstacle && !restriction->outcome)
    restriction->road_state = "closed";
  if (!restriction->mode) restriction->mode = "land";
  if (!restriction->code)
    restriction->code = vd_str_equal(restriction->mode, "air")     ? "ROM-AIR"
                        : vd_str_equal(restriction->mode, "river") ? "ROM-RIV"
                                                                   : "ROM-LND";
}

static const char *finish_incident(vd_taking *t, vd_incident *incident) {
  if (incident->from_s == VD_TIME_MIN) return _("no date");
  if (incident->to_s == VD_TIME_MAX) { /* a date alone stands for its day */
    const char *when = NULL;
    for (size_t i = 0; i < t->n_bindings; i++)
      if (strcmp(t->bindings[i].field->name, "from_time") == 0) when = first_value(t, &t->bindings[i]);
    bool day_only = when && !strchr(when, ':') && !strchr(when, 'T');
    incident->to_s = incident->from_s + (day_only ? VD_DAY_S : 1);
  }
  return NULL;
}

static const char *finish(vd_taking *t, vd_record *record) {
  if (t->kind == VD_KIND_RESTRICTION) finish_restriction(t, (vd_restriction *)record);
  if (t->kind == VD_KIND_INCIDENT) return finish_incident(t, (vd_incident *)record);
  if (t->kind == VD_KIND_ACTOR && !record->name) return _("no name");
  if (t->kind == VD_KIND_STOP && !((vd_stop *)record)->patrol) return _("no patrol named");
  return NULL;
}

static bool ends_before_start(const vd_taking *t, const vd_record *record) {
  const vd_field *from = vd_field_find(t->kind, "from_time"), *to = vd_field_find(t->kind, "to_time");
  if (!from || !to) return false;
  int64_t from_s = *(const int64_t *)((const char *)record + from->offset);
  int64_t to_s = *(const int64_t *)((const char *)record + to->offset);
  return from_s != VD_TIME_MIN && to_s <= from_s;
}

const char *vd_take_columns(vd_taking *t, vd_record *record) {
  for (size_t i = 0; i < t->n_bindings; i++) {
    const char *text = first_value(t, &t->bindings[i]);
    if (!text) continue;
    const char *reason = vd_take_field(t, t->bindings[i].field, record, text);
    if (reason) return reason;
  }
  const char *reason = finish(t, record);
  return reason ? reason : ends_before_start(t, record) ? _("ends before it begins") : NULL;
}
