/* draw_canvas: any numbers and any bytes as a drawing; it must be kept, printed, hashed and rendered without harm.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/draw/surface.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct input {
  const uint8_t *data;
  size_t n;
} input;

static void take(input *in, void *out, size_t n) {
  size_t some = n < in->n ? n : in->n;
  memset(out, 0, n);
  memcpy(out, in->data, some);
  in->data += some;
  in->n -= some;
}

static uint8_t byte(input *in) {
  uint8_t value;
  take(in, &value, 1);
  return value;
}

/* Small numbers mostly, and now and then any eight bytes at all: huge, tiny, infinite, not a number. */
static double number(input *in) {
  double value;
  uint8_t kind = byte(in);
  if (kind < 200) return kind / 2.0 - 20;
  take(in, &value, sizeof value);
  return value;
}

static void path_op(vd_canvas *c, input *in, int kind) {
  double xy[40];
  int32_t n = byte(in) % 20 + 1, starts[] = {0, n / 2, n};
  char verbs[20];
  for (int32_t i = 0; i < n; i++) {
    xy[2 * i] = number(in);
    xy[2 * i + 1] = number(in);
    verbs[i] = byte(in) % 3 == 0 ? 'C' : 'L';
  }
  vd_path path = {.xy = xy, .n_points = n, .n_parts = 2, .part_start = starts, .closed = n % 2 == 0};
  if (byte(in) % 2 == 0) path.verbs = verbs;
  if (kind == 0) vd_canvas_fill(c, path, VD_RULE_EVENODD, 0x11223380);
  if (kind == 1) vd_canvas_clip(c, path, VD_RULE_NONZERO);
  if (kind == 2) {
    vd_stroke stroke = {.width_mm = number(in), .color = VD_BLACK, .n_dashes = byte(in) % 10};
    for (int i = 0; i < VD_DASH_MAX; i++) stroke.dash_mm[i] = number(in);
    vd_canvas_stroke(c, path, &stroke);
  }
  if (kind == 3)
    vd_canvas_hatch(c, path, VD_RULE_NONZERO,
                    &(vd_hatch){(vd_hatch_kind)(byte(in) % 3), number(in), number(in), number(in), VD_BLACK,
                                number(in), number(in)});
}

static void text_op(vd_canvas *c, input *in) {
  char text[33] = {0};
  vd_text_run run = {.text = text, .x = number(in), .y = number(in), .color = VD_BLACK};
  run.style.size_mm = number(in);
  run.style.overflow = (vd_overflow)(byte(in) % 3);
  run.style.max_width_mm = number(in);
  run.style.max_lines = (int8_t)byte(in);
  run.style.line_height = number(in);
  run.halo_mm = number(in), run.halo_color = VD_WHITE;
  run.rotation_deg = number(in);
  take(in, text, byte(in) % 32);
  vd_canvas_text(c, &run);
}

static void other_op(vd_canvas *c, input *in, int kind) {
  static const uint8_t pixels[16] = {1, 2, 3, 4};
  vd_rect rect = {number(in), number(in), number(in), number(in)};
  if (kind == 5) vd_canvas_image(c, (vd_image){pixels, 2, 2}, rect, (vd_sampling)(byte(in) % 2));
  if (kind == 6) vd_canvas_icon(c, "icons/save", rect, 0xff000080);
  if (kind == 7) vd_canvas_group(c, number(in));
  if (kind == 8) vd_canvas_restore(c);
  if (kind == 9) vd_canvas_transform(c, (vd_affine){rect.x, rect.y, rect.w, rect.h, number(in), number(in)});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  if (vd_draw_open(&draw) != VD_OK) return 0;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  vd_canvas *canvas = vd_canvas_new(arena);
  input in = {data, size};
  for (int i = 0; i < 20 && in.n > 0; i++) {
    int kind = byte(&in) % 10;
    if (kind < 4)
      path_op(canvas, &in, kind);
    else if (kind == 4)
      text_op(canvas, &in);
    else
      other_op(canvas, &in, kind);
  }
  vd_buf buf = {.arena = arena};
  vd_canvas_print(canvas, &buf);
  vd_view view = {.px_per_mm = 1.5};
  vd_canvas_damage(draw, canvas, &view, 64, 64, 16, arena);
  if (vd_surface_new(64, 64, &surface) == VD_OK && vd_canvas_render(draw, canvas, &view, surface) != VD_OK) {
    fprintf(stderr, "%s\n%s", vd_last_message(), buf.text); /* no canvas may put cairo into an error */
    abort();
  }
  return 0;
}
