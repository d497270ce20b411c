/* events: translation of mouse, wheel, keys and text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "platform/events.h"

static unsigned mods_of(Uint16 sdl) {
  unsigned mods = 0;
  if (sdl & KMOD_SHIFT) mods |= VD_MOD_SHIFT;
  if (sdl & (KMOD_CTRL | KMOD_GUI)) mods |= VD_MOD_CTRL;
  if (sdl & KMOD_ALT) mods |= VD_MOD_ALT;
  return mods;
}

static uint32_t key_of(SDL_Keycode key) {
  static const struct {
    SDL_Keycode sdl;
    uint32_t key;
  } keys[] = {
      {SDLK_RETURN, VD_KEY_ENTER},
      {SDLK_KP_ENTER, VD_KEY_ENTER},
      {SDLK_ESCAPE, VD_KEY_ESCAPE},
      {SDLK_TAB, VD_KEY_TAB},
      {SDLK_BACKSPACE, VD_KEY_BACKSPACE},
      {SDLK_DELETE, VD_KEY_DELETE},
      {SDLK_LEFT, VD_KEY_LEFT},
      {SDLK_RIGHT, VD_KEY_RIGHT},
      {SDLK_UP, VD_KEY_UP},
      {SDLK_DOWN, VD_KEY_DOWN},
      {SDLK_HOME, VD_KEY_HOME},
      {SDLK_END, VD_KEY_END},
      {SDLK_PAGEUP, VD_KEY_PAGE_UP},
      {SDLK_PAGEDOWN, VD_KEY_PAGE_DOWN},
      {SDLK_F1, VD_KEY_F1},
      {SDLK_F5, VD_KEY_F5},
      {SDLK_F10, VD_KEY_F10},
      {SDLK_KP_PLUS, '+'},
      {SDLK_KP_MINUS, '-'},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (keys[i].sdl == key) return keys[i].key;
  }
  return key > 0 && key < 0x110000 && !(key & SDLK_SCANCODE_MASK) ? (uint32_t)key : 0;
}

static void put_place(vd_event *event, double x, double y, double scale) {
  event->x = x * scale;
  event->y = y * scale;
}

static void from_wheel(const SDL_MouseWheelEvent *wheel, double scale, vd_event *event) {
  event->type = VD_EVENT_WHEEL;
  event->wheel = (double)wheel->preciseY * (wheel->direction == SDL_MOUSEWHEEL_FLIPPED ? -1 : 1);
  put_place(event, wheel->mouseX, wheel->mouseY, scale);
}

bool vd_event_from_sdl(const SDL_Event *sdl, double scale, vd_event *event) {
  *event = (vd_event){.time_ms = (int64_t)SDL_GetTicks64(), .mods = mods_of((Uint16)SDL_GetModState())};
  switch (sdl->type) {
  case SDL_MOUSEMOTION:
    event->type = VD_EVENT_MOUSE_MOVE;
    put_place(event, sdl->motion.x, sdl->motion.y, scale);
    return true;
  case SDL_MOUSEBUTTONDOWN:
  case SDL_MOUSEBUTTONUP:
    event->type = sdl->type == SDL_MOUSEBUTTONDOWN ? VD_EVENT_MOUSE_DOWN : VD_EVENT_MOUSE_UP;
    event->button = sdl->button.button;
    event->clicks = sdl->button.clicks;
    put_place(event, sdl->button.x, sdl->button.y, scale);
    return sdl->button.button <= VD_MOUSE_RIGHT;
  case SDL_MOUSEWHEEL:
    from_wheel(&sdl->wheel, scale, event);
    return true;
  case SDL_KEYDOWN:
    event->type = VD_EVENT_KEY;
    event->key = key_of(sdl->key.keysym.sym);
    event->mods = mods_of(sdl->key.keysym.mod);
    return event->key != 0;
  case SDL_TEXTINPUT:
    event->type = VD_EVENT_TEXT;
    SDL_strlcpy(event->text, sdl->text.text, sizeof event->text);
    return true;
  case SDL_WINDOWEVENT:
    event->type = sdl->window.event == SDL_WINDOWEVENT_LEAVE ? VD_EVENT_MOUSE_LEAVE : VD_EVENT_NONE;
    return true;
  default:
    return false;
  }
}
