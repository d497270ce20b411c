/* patrols: 25 recurring patrols that drive the roads, and their stops with times by the speeds of the tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "story.h"

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
  line path;
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

static bool travel(trip *t, int to) {
  way r;
  if (!graph_way(t->g, t->at, to, t->vehicle, t->night, -1, &r)) return false;
  line longer = {VD_NEW_ARRAY(t->w->arena, pt, t->path.n + way_points(t->g, &r)), 0};
  for (int i = 0; i < t->path.n; i++) longer.p[longer.n++] = t->path.p[i];
  way_append(t->g, &r, &longer);
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

static vd_status write_patrol(const world *w, const graph *g, int number, layer *l, layer *stops) {
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
  layer_open(&l, w->arena, "patrols", false);
  layer_open(&stops, w->arena, "stops", false);
  for (int i = 0; i < PATROL_COUNT; i++) VD_TRY(write_patrol(w, g, i, &l, &stops));
  VD_TRY(layer_write(&l, folder));
  return layer_write(&stops, folder);
}
