/* patrols: 25 recurring patrols that drive the roads, and their stops with times by the speeds of the tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "story.h"
#include "tracks.h"

enum {
  PATROL_COUNT = 25,
  MAX_STOPS = 6,
  MON = 1,
  TUE = 2,
  WED = 4,
  THU = 8,
  FRI = 16,
  SAT = 32,
  SUN = 64,
  DAILY = 127
};
#define NOBODY 0
#define WITH(a) (1 << (a))

typedef struct patrol {
  const char *name, *patrol_class;
  actor who;
  int partners; /* bits of actors */
  vd_vehicle vehicle;
  vd_patrol_state state;
  int weekdays, every;           /* every so many weeks */
  int hour, minute, first, last; /* days; last < 0: no end */
  int post;
  place stops[MAX_STOPS]; /* town -1 ends */
  int dwell, last_dwell;  /* minutes */
  int strength;
} patrol;
#define END                                                                                                  \
  { -1, 0 }
#define TOWN(t)                                                                                              \
  { t, 0 }

/* clang-format off */
static const patrol patrols[PATROL_COUNT] = {
    /* Everybody goes to the same market town in the same morning hours. */
    {"Dorrumai market patrol", "short_duration", UN_MILITARY, NOBODY, VD_CONVOY, VD_EXECUTED, DAILY &
     ~SUN, 1, 7, 30, 0, LAST_DAY, 0, {TOWN(MARKET_TOWN), END}, 120, 120, 24},
    {"Dorrumai town patrol", "town", UN_POLICE, NOBODY, VD_CAR_4X4, VD_EXECUTED, DAILY, 1, 8, 30, 0,
     LAST_DAY, 5, {TOWN(MARKET_TOWN), END}, 150, 150, 12},
    {"Army patrol of Dorrumai", "town", HOST_ARMY, NOBODY, VD_CONVOY, VD_EXECUTED, DAILY, 1, 8, 0, 0,
     LAST_DAY, 6, {TOWN(MARKET_TOWN), END}, 210, 210, 30},
    {"Civil affairs visit to Dorrumai", "integrated", CIVILIAN, NOBODY, VD_CAR_4X4, VD_EXECUTED, TUE |
     THU | SAT, 1, 8, 45, 0, LAST_DAY, 0, {TOWN(MARKET_TOWN), END}, 120, 120, 5},
    {"Police market-day patrol of Dorrumai", "town", HOST_POLICE, NOBODY, VD_CAR_4X4, VD_EXECUTED, WED |
     SAT, 1, 8, 15, 0, LAST_DAY, 6, {TOWN(MARKET_TOWN), END}, 240, 240, 10},
    /* The clockwork. */
    {"Kethun morning loop", "short_duration", UN_MILITARY, NOBODY, VD_CAR_4X4, VD_EXECUTED, DAILY, 1, 8,
     0, 0, LAST_DAY, 3, {TOWN(NORTH_TOWN), {NORTH_TOWN, 1}, {NORTH_TOWN, 2}, END}, 20, 20, 12},
    {"Kethun foothills", "short_duration", UN_MILITARY, NOBODY, VD_CAR_4X4, VD_EXECUTED, MON | THU, 1,
     13, 20, 0, LAST_DAY, 3, {{NORTH_TOWN, 3}, {NORTH_TOWN, 4}, END}, 35, 35, 12},
    {"Tirosha evening foot patrol", "town", UN_MILITARY, NOBODY, VD_FOOT, VD_EXECUTED, DAILY & ~SUN, 1,
     17, 0, 2, LAST_DAY, 1, {TOWN(WEST_TOWN), END}, 60, 60, 16},
    {"N2 road patrol", "short_duration", UN_MILITARY, NOBODY, VD_CONVOY, VD_EXECUTED, TUE | FRI, 1, 9,
     10, 0, LAST_DAY, 1, {{WEST_TOWN, -55}, {WEST_TOWN, -20}, END}, 30, 30, 18},
    {"Grazing corridor patrol", "short_duration", UN_MILITARY, NOBODY, VD_CAR_4X4, VD_EXECUTED, MON |
     WED | SAT, 1, 6, 40, 0, LAST_DAY, 1, {{WEST_TOWN, 4}, {WEST_TOWN, 3}, END}, 75, 45, 14},
    {"Brenolo long patrol", "long_duration", UN_MILITARY, NOBODY, VD_CONVOY, VD_EXECUTED, MON, 2, 7, 0,
     0, LAST_DAY, 1, {TOWN(SOUTH_WEST_TOWN), {SOUTH_WEST_TOWN, 1}, END}, 960, 120, 36},
    {"Zorrim patrol", "short_duration", UN_MILITARY, NOBODY, VD_CONVOY, VD_EXECUTED, TUE, 1, 8, 20, 0,
     LAST_DAY, 2, {TOWN(SOUTH_EAST_TOWN), {SOUTH_EAST_TOWN, 1}, END}, 60, 40, 20},
    /* Turned back at the checkpoint every market day. */
    {"Sallavesh market-day patrol", "short_duration", UN_MILITARY, NOBODY, VD_CONVOY, VD_OBSTRUCTED,
     WED, 1, 8, 0, 0, LAST_DAY, 2, {TOWN(CHECK_TOWN), END}, 150, 150, 20},
    {"Sallavesh police visit", "town", UN_POLICE, NOBODY, VD_CAR_4X4, VD_EXECUTED, FRI, 1, 9, 30, 0,
     LAST_DAY, 5, {TOWN(CHECK_TOWN), END}, 120, 120, 8},
    /* Over the bridge until it closed. */
    {"Namarel patrol", "short_duration", UN_MILITARY, NOBODY, VD_CAR_4X4, VD_EXECUTED, MON | THU, 1, 9,
     0, 62, STUDY_DAY + 1, 4, {TOWN(CUT_TOWN), {CUT_TOWN, 2}, END}, 120, 40, 14},
    {"Namarel daily patrol", "short_duration", UN_MILITARY, NOBODY, VD_CAR_4X4, VD_APPROVED, DAILY, 1,
     7, 0, STUDY_DAY, -1, 4, {TOWN(CUT_TOWN), {CUT_TOWN, 1}, {CUT_TOWN, 2}, END}, 90, 30, 14},
    {"Namarel patrol after the bridge closed", "short_duration", UN_MILITARY, NOBODY, VD_CAR_4X4,
     VD_OBSTRUCTED, THU, 1, 9, 0, STUDY_DAY + 2, LAST_DAY, 4, {TOWN(CUT_TOWN), END}, 120, 120, 14},
    {"Namarel civil affairs visit", "integrated", CIVILIAN, NOBODY, VD_CAR_4X4, VD_EXECUTED, TUE, 1, 8,
     30, 0, STUDY_DAY + 2, 0, {TOWN(CUT_TOWN), END}, 180, 180, 4},
    {"Vellan night patrol", "night", UN_POLICE, NOBODY, VD_CAR_4X4, VD_EXECUTED, MON | WED | FRI, 1, 21,
     30, 0, LAST_DAY, 0, {TOWN(CAPITAL), END}, 150, 150, 10},
    {"Vellan day patrol", "town", HOST_POLICE, NOBODY, VD_CAR_4X4, VD_EXECUTED, DAILY, 1, 10, 0, 0,
     LAST_DAY, 0, {TOWN(CAPITAL), END}, 180, 180, 12},
    {"Joint patrol on the N1", "joint", UN_MILITARY, WITH(HOST_ARMY), VD_CONVOY, VD_EXECUTED, THU, 1,
     10, 15, 3, LAST_DAY, 0, {TOWN(MARKET_TOWN), END}, 60, 60, 30},
    {"Ellovar integrated patrol", "integrated", UN_MILITARY, WITH(UN_POLICE) | WITH(CIVILIAN),
     VD_CAR_4X4, VD_EXECUTED, FRI, 2, 8, 0, 1, LAST_DAY, 5, {TOWN(LAKE_TOWN), {LAKE_TOWN, 1}, END}, 150,
     45, 22},
    {"Army road patrol", "short_duration", HOST_ARMY, NOBODY, VD_CONVOY, VD_EXECUTED, MON | FRI, 1, 9,
     0, 0, LAST_DAY, 6, {{MARKET_TOWN, 2}, {MARKET_TOWN, 1}, END}, 40, 40, 30},
    {"Firewood escort at Dorrumai", "escort", UN_POLICE, WITH(COMMUNITY), VD_CAR_4X4, VD_APPROVED, TUE |
     SAT, 1, 6, 0, STUDY_DAY, -1, 5, {{MARKET_TOWN, 1}, END}, 60, 60, 10},
    {"Zorrim long patrol", "long_duration", UN_MILITARY, NOBODY, VD_CONVOY, VD_PLANNED, WED, 2, 7, 30,
     STUDY_DAY, -1, 2, {TOWN(SOUTH_EAST_TOWN), {SOUTH_EAST_TOWN, 2}, {SOUTH_EAST_TOWN, 3}, END}, 900, 90,
     32},
};
/* clang-format on */

/* Who goes with which vehicles, in the order of the patrols; of host-state forces it is not known. The vehicle N-32 is down for
 * both patrols to Namarel on Monday 9 March: a conflict to find. */
static const struct {
  const char *crew, *vehicles;
} teams[PATROL_COUNT] = {
    {"Alpha platoon", "C-11; C-12"},
    {"Police squad 1", "P-21"},
    {NULL, NULL},
    {"Civil affairs team", "V-41"},
    {NULL, NULL},
    {"Kethun section 1", "K-31; K-32"},
    {"Kethun section 2", "K-33; K-34"},
    {"Tirosha section 3", NULL},
    {"Tirosha platoon 1", "C-21; C-22"},
    {"Tirosha section 1", "T-31; T-32"},
    {"Tirosha platoon 2", "C-23; C-24; C-25"},
    {"Orrasha platoon 1", "C-31; C-32"},
    {"Orrasha platoon 2", "C-33"},
    {"Police squad 2", "P-22"},
    {"Bridge section 1", "N-31; N-32"},
    {"Bridge section 2", "N-32; N-34"},
    {"Bridge section 1", "N-31"},
    {"Civil affairs team 2", "V-42"},
    {"Police squad 4", "P-24"},
    {NULL, NULL},
    {"Bravo platoon", "C-13; C-14"},
    {"Police squad 3", "P-23; V-43"},
    {NULL, NULL},
    {"Police squad 1", "P-25"},
    {"Orrasha platoon 1", "C-31; C-34"},
};

static int first_day(const patrol *p) {
  int day = p->first;
  while (!(p->weekdays >> (day % 7) & 1)) day++;
  return day;
}

static const char *recurrence_of(vd_arena *arena, const patrol *p) {
  static const char *const days[7] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  vd_buf b = {.arena = arena};
  if (p->weekdays == DAILY) {
    vd_buf_add(&b, "FREQ=DAILY");
  } else {
    vd_buf_add(&b, "FREQ=WEEKLY");
    if (p->every > 1) vd_buf_printf(&b, ";INTERVAL=%d", p->every);
    vd_buf_add(&b, ";BYDAY=");
    const char *comma = "";
    for (int d = 0; d < 7; d++)
      if (p->weekdays >> d & 1) {
        vd_buf_printf(&b, "%s%s", comma, days[d]);
        comma = ",";
      }
  }
  if (p->last >= 0) {
    vd_civil end = vd_civil_from_s(local_s(p->last, 0, 0) - 1, 0);
    vd_buf_printf(&b, ";UNTIL=%04d%02d%02dT%02d%02d%02dZ", end.year, end.month, end.day, end.hour, end.minute,
                  end.second);
  }
  return b.text;
}

char *patrol_id(vd_arena *arena, const char *name) {
  for (int i = 0; i < PATROL_COUNT; i++)
    if (strcmp(patrols[i].name, name) == 0) return id_of(arena, "patrol", i);
  return NULL;
}

static const char *partners_of(vd_arena *arena, const patrol *p) {
  if (!p->partners) return NULL;
  vd_buf b = {.arena = arena};
  for (int i = 0; i < ACTOR_COUNT; i++)
    if (p->partners >> i & 1) vd_buf_printf(&b, "%s%s", b.n ? " " : "", actor_id(arena, (actor)i));
  return b.text;
}

typedef struct trip {
  layer *stops;
  const world *w;
  const graph *g;
  const char *patrol;
  int sequence, at;
  double minutes;
  bool night;
  vd_vehicle vehicle;
  line path, trace; /* the trace stands at each stop twice */
  double *at_min;   /* of the points of the trace */
} trip;

static void write_stop(trip *t, const char *name, double depart) {
  record_begin(t->stops, id_of(t->w->arena, t->patrol, t->sequence), name);
  record_text(t->stops, "patrol", t->patrol);
  record_number(t->stops, "sequence", t->sequence++, 0);
  record_number(t->stops, "arrive_min", t->minutes, 1);
  record_number(t->stops, "depart_min", depart, 1);
  record_text(t->stops, "source", MADE);
  record_end_point(t->stops, graph_place(t->g, t->at));
  t->minutes = depart;
}

static line longer_line(vd_arena *arena, const line *l, int more) {
  line longer = {VD_NEW_ARRAY(arena, pt, (size_t)(l->n + more)), 0};
  for (int i = 0; i < l->n; i++) longer.p[longer.n++] = l->p[i];
  return longer;
}

/* Adds the leg's points to the trace with times by their share of the way. */
static void trace_leg(trip *t, const line *leg, double from, double to) {
  line longer = longer_line(t->w->arena, &t->trace, leg->n);
  double *at_min = VD_NEW_ARRAY(t->w->arena, double, (size_t)(t->trace.n + leg->n)), all = 0, done = 0;
  for (int i = 0; i < t->trace.n; i++) at_min[i] = t->at_min[i];
  for (int i = 1; i < leg->n; i++) all += dist(leg->p[i - 1], leg->p[i]);
  for (int i = 0; i < leg->n; i++) {
    if (i > 0) done += dist(leg->p[i - 1], leg->p[i]);
    at_min[longer.n] = all > 0 ? from + (to - from) * done / all : to;
    longer.p[longer.n++] = leg->p[i];
  }
  t->trace = longer, t->at_min = at_min;
}

static bool travel(trip *t, int to) {
  way r;
  if (!graph_way(t->g, t->at, to, t->vehicle, t->night, -1, &r)) return false;
  line longer = longer_line(t->w->arena, &t->path, way_points(t->g, &r));
  line leg = {VD_NEW_ARRAY(t->w->arena, pt, way_points(t->g, &r)), 0};
  way_append(t->g, &r, &longer);
  way_append(t->g, &r, &leg);
  trace_leg(t, &leg, t->minutes, ceil(t->minutes + r.minutes));
  t->path = longer;
  t->minutes = ceil(t->minutes + r.minutes);
  t->at = to;
  return true;
}

static vd_status drive(trip *t, const patrol *p) {
  int home = t->at;
  write_stop(t, "Departure", 0);
  for (int i = 0; i < MAX_STOPS && p->stops[i].town >= 0; i++) {
    int at = settlement_of(t->w, p->stops[i]), last = i + 1 == MAX_STOPS || p->stops[i + 1].town < 0;
    if (!travel(t, graph_node(t->g, t->w->settlements[at].cell)))
      return vd_fail(VD_ERR_INTERNAL, "No road leads the patrol \"%s\" to %s; try another seed.", p->name,
                     t->w->settlements[at].name);
    write_stop(t, t->w->settlements[at].name, t->minutes + (last ? p->last_dwell : p->dwell));
  }
  if (!travel(t, home)) return vd_fail(VD_ERR_INTERNAL, "No road leads the patrol \"%s\" home.", p->name);
  write_stop(t, "Return", t->minutes);
  return VD_OK;
}

/* What was recorded: of the daily patrol to Namarel the two days before the bridge closed, and of the firewood escort a
 * departure 25 minutes late. */
static void record_tracks(tracks *to, const patrol *p, const trip *t) {
  if (strcmp(p->name, "Namarel daily patrol") == 0) {
    for (int day = 0; day < 2; day++)
      tracks_add(to, p->name, &t->trace, t->at_min, local_s(STUDY_DAY + day, p->hour, p->minute + 3 * day));
  }
  if (strcmp(p->name, "Firewood escort at Dorrumai") == 0)
    tracks_add(to, p->name, &t->trace, t->at_min, local_s(STUDY_DAY + 1, p->hour, p->minute + 25));
}

static vd_status write_patrol(const world *w, const graph *g, int number, layer *l, layer *stops,
                              tracks *to) {
  const patrol *p = &patrols[number];
  char *id = id_of(w->arena, "patrol", number);
  trip t = {.stops = stops,
            .w = w,
            .g = g,
            .patrol = id,
            .vehicle = p->vehicle,
            .night = p->hour >= 18 || p->hour < 5};
  t.at = graph_node(g, w->posts[p->post]);
  VD_TRY(drive(&t, p));
  record_tracks(to, p, &t);
  int64_t start = local_s(first_day(p), p->hour, p->minute);
  record_begin(l, id, p->name);
  record_text(l, "actor", actor_id(w->arena, p->who));
  record_text(l, "partners", partners_of(w->arena, p));
  record_text(l, "patrol_class", p->patrol_class);
  record_text(l, "vehicle", vd_terms_word(&vd_vehicle_terms, (int)p->vehicle));
  record_text(l, "state", vd_terms_word(&vd_patrol_state_terms, (int)p->state));
  record_time(l, "from_time", start);
  record_time(l, "to_time", start + (int64_t)(t.minutes * 60));
  record_text(l, "recurrence", recurrence_of(w->arena, p));
  record_number(l, "influence_m", NAN, 0);
  record_number(l, "responds", p->who == UN_MILITARY || p->who == UN_POLICE, 0);
  record_number(l, "strength", p->strength, 0);
  record_text(l, "crew", teams[number].crew);
  record_text(l, "vehicles_named", teams[number].vehicles);
  record_number(l, "escorted", 0, 0);
  record_text(l, "clearance",
              vd_terms_word(&vd_clearance_terms, p->who == UN_MILITARY && p->vehicle == VD_CONVOY
                                                     ? VD_CLEARANCE_GRANTED
                                                     : VD_CLEARANCE_NOT_REQUESTED));
  record_text(l, "classification", "confidential");
  record_text(l, "source", MADE);
  record_time(l, "reported",
              p->state == VD_PLANNED || p->state == VD_APPROVED ? local_s(STUDY_DAY - 4, 15, 0)
                                                                : local_s(LAST_DAY, 7, 0));
  record_end_line(l, &t.path);
  return VD_OK;
}

vd_status write_patrols(const world *w, const graph *g, const char *folder) {
  layer l, stops;
  tracks recorded;
  tracks_open(&recorded, w);
  layer_open(&l, w->arena, "patrols", false);
  layer_open(&stops, w->arena, "stops", false);
  for (int i = 0; i < PATROL_COUNT; i++) VD_TRY(write_patrol(w, g, i, &l, &stops, &recorded));
  VD_TRY(layer_write(&l, folder));
  VD_TRY(tracks_write(&recorded, folder));
  return layer_write(&stops, folder);
}
