/* chance: random numbers, noise and the heap of the sample area.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "grid.h"

static uint64_t mix(uint64_t z) { /* SplitMix64's finaliser */
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

rng rng_of(uint64_t seed, const char *purpose) {
  uint64_t h = mix(seed + 0x9e3779b97f4a7c15u);
  for (const char *c = purpose; *c; c++) h = mix(h ^ (uint64_t)(unsigned char)*c);
  return (rng){h};
}

static uint64_t rng_next(rng *r) {
  return mix(r->state += 0x9e3779b97f4a7c15u);
}

double rng_unit(rng *r) {
  return (double)(rng_next(r) >> 11) / 9007199254740992.0;
}

double rng_between(rng *r, double low, double high) {
  return low + (high - low) * rng_unit(r);
}

int rng_below(rng *r, int n) {
  return (int)(rng_unit(r) * n);
}

double rng_bell(rng *r) {
  double sum = -6;
  for (int i = 0; i < 12; i++) sum += rng_unit(r);
  return sum;
}

static double corner(uint64_t seed, int64_t x, int64_t y, double dx, double dy) {
  static const double gx[8] = {1, 0.7071, 0, -0.7071, -1, -0.7071, 0, 0.7071};
  static const double gy[8] = {0, 0.7071, 1, 0.7071, 0, -0.7071, -1, -0.7071};
  uint64_t h = mix(seed ^ mix((uint64_t)x * 0x8da6b343u ^ ((uint64_t)y * 0xd8163841u) << 1));
  int g = (int)(h >> 61);
  return gx[g] * dx + gy[g] * dy;
}

double noise(uint64_t seed, double x, double y) {
  double fx = floor(x), fy = floor(y), dx = x - fx, dy = y - fy;
  int64_t ix = (int64_t)fx, iy = (int64_t)fy;
  double sx = dx * dx * dx * (dx * (dx * 6 - 15) + 10), sy = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
  double top = corner(seed, ix, iy, dx, dy) * (1 - sx) + corner(seed, ix + 1, iy, dx - 1, dy) * sx;
  double low =
      corner(seed, ix, iy + 1, dx, dy - 1) * (1 - sx) + corner(seed, ix + 1, iy + 1, dx - 1, dy - 1) * sx;
  return 1.5 * (top * (1 - sy) + low * sy);
}

double fbm(uint64_t seed, double x, double y, int octaves) {
  double sum = 0, size = 1;
  for (int i = 0; i < octaves; i++) {
    sum += size * noise(seed + (uint64_t)i * 7919u, x, y);
    x = x * 2 + 17.3, y = y * 2 - 9.1, size /= 2;
  }
  return sum;
}

static bool less(heap_item a, heap_item b) {
  if (a.key < b.key) return true;
  return !(b.key < a.key) && a.cell < b.cell;
}

void heap_push(heap *h, double key, int32_t cell) {
  *VD_PUSH(h->arena, h->items, h->n, h->capacity) = (heap_item){key, cell};
  size_t i = h->n - 1;
  heap_item item = h->items[i];
  for (; i > 0 && less(item, h->items[(i - 1) / 2]); i = (i - 1) / 2) h->items[i] = h->items[(i - 1) / 2];
  h->items[i] = item;
}

heap_item heap_pop(heap *h) {
  heap_item top = h->items[0], last = h->items[--h->n];
  size_t i = 0, child;
  while ((child = 2 * i + 1) < h->n) {
    if (child + 1 < h->n && less(h->items[child + 1], h->items[child])) child++;
    if (!less(h->items[child], last)) break;
    h->items[i] = h->items[child];
    i = child;
  }
  h->items[i] = last;
  return top;
}
