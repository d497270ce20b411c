/* script: reading the lines, finding the widgets, sending the events.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/script.h"

#include <stdio.h>
#include <string.h>

#include "app/action.h"
#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { MAX_WORDS = 12, STEP_MS = 40 };

typedef struct player {
  vd_app *app;
  const vd_script_host *host;
  vd_arena *arena;
  int width, height;
  int64_t now_ms;
  vd_canvas *picture;
  char *words[MAX_WORDS]; /* of this line */
  bool quoted[MAX_WORDS];
  int n;
  double x, y; /* where the button is held */
} player;

/* ---- events ---- */

static void send(player *p, vd_event event) {
  event.time_ms = p->now_ms += STEP_MS;
  vd_app_resize(p->app, p->width, p->height, 1);
  p->picture = vd_app_pass(p->app, &event);
}

static void mouse(player *p, vd_event_type type, double x, double y, int button, int clicks) {
  send(p, (vd_event){.type = type, .x = x, .y = y, .button = button, .clicks = clicks});
}

static void click(player *p, double x, double y, int button, int clicks) {
  mouse(p, VD_EVENT_MOUSE_MOVE, x, y, 0, 0);
  for (int i = 1; i <= clicks; i++) {
    mouse(p, VD_EVENT_MOUSE_DOWN, x, y, button, i);
    mouse(p, VD_EVENT_MOUSE_UP, x, y, button, i);
  }
}

/* From one place to another in a few moves, as a hand does it. */
static void carry(player *p, double x0, double y0, double x1, double y1) {
  enum { MOVES = 5 };
  mouse(p, VD_EVENT_MOUSE_MOVE, x0, y0, 0, 0);
  mouse(p, VD_EVENT_MOUSE_DOWN, x0, y0, VD_MOUSE_LEFT, 1);
  for (int i = 1; i <= MOVES; i++)
    mouse(p, VD_EVENT_MOUSE_MOVE, x0 + (x1 - x0) * i / MOVES, y0 + (y1 - y0) * i / MOVES, 0, 0);
  p->x = x1, p->y = y1;
}

static vd_status wait_idle(player *p) {
  enum { MOST = 400 };
  for (int i = 0; i < MOST; i++) {
    send(p, (vd_event){.type = VD_EVENT_NONE});
    if (vd_app_idle(p->app)) return VD_OK;
  }
  return vd_fail(VD_ERR_INPUT, _("the window does not come to rest"));
}

/* ---- the words of a line ---- */

static vd_status split(player *p, const char *line) {
  p->n = 0;
  while (*line) {
    line += strspn(line, " \t\r");
    if (*line == '\0' || (*line == '#' && (line[1] == ' ' || line[1] == '\0'))) break;
    if (p->n == MAX_WORDS) return vd_fail(VD_ERR_INPUT, _("too many words"));
    bool quoted = *line == '"';
    size_t n = quoted ? strcspn(line + 1, "\"") : strcspn(line, " \t\r");
    if (quoted && line[n + 1] != '"') return vd_fail(VD_ERR_INPUT, _("a closing quotation mark is missing"));
    p->quoted[p->n] = quoted;
    p->words[p->n++] = vd_str_dup_n(p->arena, line + quoted, n);
    line += n + (quoted ? 2 : 0);
  }
  return VD_OK;
}

static bool word_is(const player *p, int i, const char *word) {
  return i < p->n && !p->quoted[i] && strcmp(p->words[i], word) == 0;
}

static vd_status need(const player *p, int i, const char *what) {
  return i < p->n ? VD_OK : vd_fail(VD_ERR_INPUT, _("%s is missing"), what);
}

static vd_status number(const player *p, int i, double *out) {
  VD_TRY(need(p, i, _("a number")));
  if (vd_parse_f64(p->words[i], out)) return VD_OK;
  return vd_fail(VD_ERR_INPUT, _("“%s” is no number"), p->words[i]);
}

static vd_status two_numbers(const player *p, int i, const char *format, double *x, double *y) {
  char rest;
  VD_TRY(need(p, i, _("a place X,Y")));
  bool by_comma = format[0] == ',';
  int n = by_comma ? sscanf(p->words[i], "%lf,%lf%c", x, y, &rest)
                   : sscanf(p->words[i], "%lfx%lf%c", x, y, &rest);
  return n == 2 ? VD_OK : vd_fail(VD_ERR_INPUT, _("“%s” is not two numbers"), p->words[i]);
}

/* ---- widgets ---- */

static vd_status role_at(const player *p, int i, vd_role *role) {
  VD_TRY(need(p, i, _("the kind of widget")));
  if (word_is(p, i, "any")) return *role = VD_ROLE_COUNT, VD_OK;
  int found = vd_role_find(p->words[i]);
  if (found < 0) return vd_fail(VD_ERR_INPUT, _("there is no kind of widget “%s”"), p->words[i]);
  *role = (vd_role)found;
  return VD_OK;
}

/* "map" alone is the map. *next is the first word after the widget. */
static vd_status widget_at(const player *p, int i, const vd_node **node, int *next) {
  vd_role role;
  VD_TRY(role_at(p, i, &role));
  bool named = i + 1 < p->n && p->quoted[i + 1];
  if (!named && role != VD_ROLE_MAP && role != VD_ROLE_TIMELINE)
    return vd_fail(VD_ERR_INPUT, _("the name of the %s is missing"), p->words[i]);
  const char *name = named ? p->words[i + 1] : "";
  *node = vd_nodes_find(vd_app_nodes(p->app), role, name);
  *next = i + 1 + named;
  if (*node) return VD_OK;
  return vd_fail(VD_ERR_NOT_FOUND, _("there is no %s “%s” on screen"), p->words[i], name);
}

/* A place on a widget: given for the map, else the middle of what is seen of it. */
static vd_status place_at(player *p, int i, double *x, double *y, int *next) {
  const vd_node *node;
  VD_TRY(widget_at(p, i, &node, next));
  if (node->rect.w <= 0 || node->rect.h <= 0 || (node->flags & VD_NODE_HIDDEN))
    return vd_fail(VD_ERR_INPUT, _("“%s” is scrolled out of sight"), node->name);
  *x = node->rect.x + node->rect.w / 2;
  *y = node->rect.y + node->rect.h / 2;
  bool placed = *next < p->n && !p->quoted[*next] && strchr(p->words[*next], ',');
  if (node->role != VD_ROLE_MAP || !placed) return VD_OK;
  double dx, dy;
  VD_TRY(two_numbers(p, *next, ",", &dx, &dy));
  *x = node->rect.x + dx;
  *y = node->rect.y + dy;
  ++*next;
  return VD_OK;
}

/* ---- one line each ---- */

static vd_status play_click(player *p, int button, int clicks) {
  double x, y;
  int next;
  VD_TRY(place_at(p, 1, &x, &y, &next));
  click(p, x, y, button, clicks);
  return VD_OK;
}

static vd_status play_hover(player *p) {
  double x, y;
  int next;
  VD_TRY(place_at(p, 1, &x, &y, &next));
  mouse(p, VD_EVENT_MOUSE_MOVE, x, y, 0, 0);
  return VD_OK;
}

static vd_status play_drop(player *p) {
  mouse(p, VD_EVENT_MOUSE_UP, p->x, p->y, VD_MOUSE_LEFT, 1);
  return VD_OK;
}

static vd_status play_carry(player *p) {
  double x0, y0, x1, y1;
  int next;
  VD_TRY(place_at(p, 1, &x0, &y0, &next));
  VD_TRY(two_numbers(p, next, ",", &x1, &y1));
  if (word_is(p, 1, "map")) {
    const vd_node *map;
    VD_TRY(widget_at(p, 1, &map, &next));
    x1 += map->rect.x;
    y1 += map->rect.y;
  } else {
    x1 += x0;
    y1 += y0;
  }
  carry(p, x0, y0, x1, y1);
  return VD_OK;
}

static vd_status play_drag(player *p) {
  VD_TRY(play_carry(p));
  return play_drop(p);
}

static vd_status play_wheel(player *p) {
  double x, y, notches;
  int next;
  VD_TRY(place_at(p, 1, &x, &y, &next));
  VD_TRY(number(p, next, &notches));
  send(p, (vd_event){.type = VD_EVENT_WHEEL, .x = x, .y = y, .wheel = notches});
  return VD_OK;
}

static uint32_t key_of(const char *word) {
  static const struct {
    const char *word;
    uint32_t key;
  } keys[] = {
      {"enter", VD_KEY_ENTER},
      {"escape", VD_KEY_ESCAPE},
      {"tab", VD_KEY_TAB},
      {"backspace", VD_KEY_BACKSPACE},
      {"delete", VD_KEY_DELETE},
      {"left", VD_KEY_LEFT},
      {"right", VD_KEY_RIGHT},
      {"up", VD_KEY_UP},
      {"down", VD_KEY_DOWN},
      {"home", VD_KEY_HOME},
      {"end", VD_KEY_END},
      {"page-up", VD_KEY_PAGE_UP},
      {"space", ' '},
      {"page-down", VD_KEY_PAGE_DOWN},
      {"f1", VD_KEY_F1},
      {"f5", VD_KEY_F5},
      {"f10", VD_KEY_F10},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (strcmp(keys[i].word, word) == 0) return keys[i].key;
  }
  return word[0] && !word[1] ? (uint32_t)(unsigned char)word[0] : 0;
}

static vd_status play_key(player *p) {
  VD_TRY(need(p, 1, _("a key")));
  const char *word = p->words[1];
  vd_event event = {.type = VD_EVENT_KEY};
  for (;; word += strcspn(word, "+") + 1) {
    if (vd_str_starts(word, "ctrl+"))
      event.mods |= VD_MOD_CTRL;
    else if (vd_str_starts(word, "shift+"))
      event.mods |= VD_MOD_SHIFT;
    else if (vd_str_starts(word, "alt+"))
      event.mods |= VD_MOD_ALT;
    else
      break;
  }
  event.key = key_of(word);
  if (!event.key) return vd_fail(VD_ERR_INPUT, _("there is no key “%s”"), word);
  send(p, event);
  return VD_OK;
}

/* One character an event, with its key before it, as a keyboard sends them. */
static vd_status play_type(player *p) {
  VD_TRY(need(p, 1, _("the text")));
  for (const char *at = p->words[1]; *at;) {
    size_t n = 1;
    while (((unsigned char)at[n] & 0xC0) == 0x80) n++;
    vd_event text = {.type = VD_EVENT_TEXT};
    memcpy(text.text, at, n);
    if (n == 1 && (unsigned char)*at < 0x80) send(p, (vd_event){.type = VD_EVENT_KEY, .key = (uint32_t)*at});
    send(p, text);
    at += n;
  }
  return VD_OK;
}

static vd_status play_run(player *p) {
  VD_TRY(need(p, 1, _("the action")));
  if (!vd_action_run(p->app, p->words[1]))
    return vd_fail(VD_ERR_INPUT, _("there is no action “%s”, or it cannot be used now"), p->words[1]);
  send(p, (vd_event){.type = VD_EVENT_NONE});
  return VD_OK;
}

static vd_status play_select(player *p) {
  VD_TRY(need(p, 1, _("what to select")));
  VD_TRY(wait_idle(p));
  VD_TRY(vd_app_select(p->app, p->words[1]));
  return wait_idle(p);
}

static vd_status play_resize(player *p) {
  double width, height;
  VD_TRY(two_numbers(p, 1, "x", &width, &height));
  if (!(width >= 1 && width <= 8192 && height >= 1 && height <= 8192))
    return vd_fail(VD_ERR_INPUT, _("a window is 1x1 to 8192x8192 pixels"));
  p->width = (int)width;
  p->height = (int)height;
  send(p, (vd_event){.type = VD_EVENT_NONE});
  return VD_OK;
}

static vd_status play_wait(player *p) {
  double ms;
  if (word_is(p, 1, "idle")) return wait_idle(p);
  VD_TRY(number(p, 1, &ms));
  p->now_ms += (int64_t)ms;
  send(p, (vd_event){.type = VD_EVENT_NONE});
  return VD_OK;
}

/* ---- expectations ---- */

static vd_status check_flag(const vd_node *node, const char *word) {
  static const struct {
    const char *word;
    unsigned flag;
    bool set;
  } flags[] = {{"checked", VD_NODE_CHECKED, true},   {"unchecked", VD_NODE_CHECKED, false},
               {"focused", VD_NODE_FOCUSED, true},   {"selected", VD_NODE_SELECTED, true},
               {"disabled", VD_NODE_DISABLED, true}, {"enabled", VD_NODE_DISABLED, false}};
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
    if (strcmp(flags[i].word, word) != 0) continue;
    if (((node->flags & flags[i].flag) != 0) == flags[i].set) return VD_OK;
    return vd_fail(VD_ERR_INPUT, _("“%s” is not %s"), node->name, word);
  }
  return vd_fail(VD_ERR_INPUT, _("“%s” is nothing that can be expected"), word);
}

static vd_status check_value(const player *p, const vd_node *node, int i) {
  const char *value = node->value ? node->value : "", *wanted = p->words[i + 1];
  VD_TRY(need(p, i + 1, _("the value")));
  bool exact = word_is(p, i, "is");
  if (exact ? strcmp(value, wanted) == 0 : strstr(value, wanted) != NULL) return VD_OK;
  return vd_fail(VD_ERR_INPUT, _("“%s” shows “%s”, not “%s”"), node->name, value, wanted);
}

static vd_status play_expect(player *p) {
  const vd_node *node;
  int next;
  if (word_is(p, 1, "no")) {
    vd_role role;
    VD_TRY(role_at(p, 2, &role));
    VD_TRY(need(p, 3, _("the name")));
    node = vd_nodes_find(vd_app_nodes(p->app), role, p->words[3]);
    return node ? vd_fail(VD_ERR_INPUT, _("there is a %s “%s” on screen"), p->words[2], node->name) : VD_OK;
  }
  VD_TRY(widget_at(p, 1, &node, &next));
  while (next < p->n) {
    if (word_is(p, next, "is") || word_is(p, next, "contains")) {
      VD_TRY(check_value(p, node, next));
      next += 2;
    } else {
      VD_TRY(check_flag(node, p->words[next++]));
    }
  }
  return VD_OK;
}

static vd_status play_shot(player *p) {
  VD_TRY(need(p, 1, _("the name of the picture")));
  VD_TRY(wait_idle(p));
  return p->host->shot ? p->host->shot(p->host->context, p->words[1], p->picture, p->width, p->height)
                       : VD_OK;
}

static vd_status play_print(player *p) {
  vd_buf buf = {.arena = p->arena};
  vd_nodes_print(vd_app_nodes(p->app), &buf);
  if (p->host->print && buf.text) p->host->print(p->host->context, buf.text);
  return VD_OK;
}

/* ---- the script ---- */

static vd_status play_double(player *p) {
  return play_click(p, VD_MOUSE_LEFT, 2);
}
static vd_status play_right(player *p) {
  return play_click(p, VD_MOUSE_RIGHT, 1);
}
static vd_status play_left(player *p) {
  return play_click(p, VD_MOUSE_LEFT, 1);
}

static vd_status play_line(player *p) {
  static const struct {
    const char *word;
    vd_status (*play)(player *p);
  } steps[] = {{"click", play_left},        {"double-click", play_double},
               {"right-click", play_right}, {"hover", play_hover},
               {"drag", play_drag},         {"carry", play_carry},
               {"drop", play_drop},         {"wheel", play_wheel},
               {"key", play_key},           {"type", play_type},
               {"run", play_run},           {"select", play_select},
               {"resize", play_resize},     {"wait", play_wait},
               {"expect", play_expect},     {"shot", play_shot},
               {"print", play_print}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (word_is(p, 0, steps[i].word)) return steps[i].play(p);
  }
  return vd_fail(VD_ERR_INPUT, _("there is no step “%s”"), p->words[0]);
}

vd_status vd_script_play(vd_app *app, const vd_script_host *host, int width_px, int height_px,
                         const char *name, const char *text) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  player p = {.app = app, .host = host, .arena = arena, .width = width_px, .height = height_px};
  if (width_px == 0) { /* as an earlier script left it */
    p.width = (int)app->width;
    p.height = (int)app->height;
  }
  p.now_ms = app->now_ms;
  VD_TRY(wait_idle(&p));
  int line = 1;
  for (const char *at = text; *at; line++) {
    size_t n = strcspn(at, "\n");
    vd_status status = split(&p, vd_str_dup_n(arena, at, n));
    if (status == VD_OK && p.n > 0) status = play_line(&p);
    if (status != VD_OK) return vd_fail_prefix(status, "%s:%d", name, line);
    at += n + (at[n] == '\n');
  }
  return VD_OK;
}
