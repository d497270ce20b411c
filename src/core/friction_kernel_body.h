/* friction_kernel_body: the text of the inner loops of friction, taken in by friction_kernel.c once for each processor.
 * SPDX-License-Identifier: Apache-2.0
 *
 * KERNEL(name) names a function or type of this kind, KERNEL_TARGET is its attribute, KERNEL_FLOATS the floats in a vector.
 * Each operation is rounded as IEEE 754 says and their order is the same for a move and the one back, upright and turned:
 * neither the width of the vectors nor the aspect shows. */

typedef float KERNEL(floats) __attribute__((vector_size(4 * KERNEL_FLOATS)));
typedef int32_t KERNEL(masks) __attribute__((vector_size(4 * KERNEL_FLOATS)));

KERNEL_TARGET static inline KERNEL(floats) KERNEL(loaded)(const float *from) {
  KERNEL(floats) all;
  memcpy(&all, from, sizeof all);
  return all;
}

KERNEL_TARGET static inline KERNEL(floats)
    KERNEL(chosen)(KERNEL(masks) mask, KERNEL(floats) yes, KERNEL(floats) no) {
  return (KERNEL(floats))((mask & (KERNEL(masks))yes) | (~mask & (KERNEL(masks))no));
}

KERNEL_TARGET static inline KERNEL(floats) KERNEL(least)(KERNEL(floats) a, KERNEL(floats) b) {
#ifdef KERNEL_LEAST
  return KERNEL_LEAST(a, b);
#else
  return KERNEL(chosen)(a < b, a, b);
#endif
}

/* The sum of both ends of a diagonal, unless the two cells beside its corner shut it. */
KERNEL_TARGET static inline KERNEL(floats)
    KERNEL(diagonal)(KERNEL(floats) a, KERNEL(floats) b, KERNEL(floats) beside, KERNEL(floats) other) {
  const KERNEL(floats) shut = (KERNEL(floats)){0} + (float)INFINITY;
  return KERNEL(chosen)(KERNEL(least)(beside, other) == shut, shut, a + b);
}

KERNEL_TARGET static void KERNEL(pair)(friction_aspect *a) {
  for (int row = -FRICTION_EDGE; row < FRICTION_SIDE + FRICTION_EDGE; row++) {
    const float *upper = friction_at(&a->value, row), *lower = friction_at(&a->value, row + 1);
    float *right = friction_at(&a->right, row), *below = friction_at(&a->below, row),
          *fall = friction_at(&a->fall, row), *rise = friction_at(&a->rise, row);
    for (int x = -FRICTION_WIDEST; x < FRICTION_SIDE + FRICTION_WIDEST; x += KERNEL_FLOATS) {
      KERNEL(floats) nw = KERNEL(loaded)(upper + x), ne = KERNEL(loaded)(upper + x + 1);
      KERNEL(floats) sw = KERNEL(loaded)(lower + x), se = KERNEL(loaded)(lower + x + 1);
      KERNEL(floats) east = nw + ne, south = nw + sw;
      KERNEL(floats) down = KERNEL(diagonal)(nw, se, ne, sw), up = KERNEL(diagonal)(ne, sw, nw, se);
      memcpy(right + x, &east, sizeof east);
      memcpy(below + x, &south, sizeof south);
      memcpy(fall + x, &down, sizeof down);
      memcpy(rise + x, &up, sizeof up);
    }
  }
}

/* What the moves into a vector of cells make of it, one move at a time. */
typedef struct KERNEL(taking) {
  KERNEL(floats) least, cost; /* `cost` of the cells themselves when sources are inherited */
} KERNEL(taking);

KERNEL_TARGET static inline __attribute__((always_inline)) void
KERNEL(take)(KERNEL(taking) * t, bool sources, const float *cost, const float *from, KERNEL(floats) price) {
  KERNEL(floats) sum = KERNEL(loaded)(cost) + price;
  if (sources) {
    const KERNEL(floats) none = (KERNEL(floats)){0} + (float)INFINITY;
    sum = KERNEL(chosen)((sum == t->cost) & (sum < none), KERNEL(loaded)(from), none);
  }
  t->least = KERNEL(least)(sum, t->least);
}

/* The 15 moves into a row from the rows on one side: `towards` 1 from above, -1 from below. k counts rows towards there; of
 * pairs `BETWEEN(k)` lies between rows k and k + 1, and LEANING(-1, k) and (1, k) are the diagonals between them whose end at
 * k + 1 lies to the left and right. Sums: of the ends of (1,0) and (1,1), of all four cells of (2,1); (3,1) has sixths 1 2 2 1,
 * (3,2) twelfths 2 1 3 3 1 2. With `towards` and `sources` known, every address is one register and a constant. */
KERNEL_TARGET static inline __attribute__((always_inline)) bool
KERNEL(relaxed)(friction_aspect *a, int row, const int towards, float *own, int begin, int n, uint32_t *lanes,
                const bool sources) {
#define ROW(plane, k) (friction_at(&a->plane, row) - towards * (k)*FRICTION_STRIDE + x)
#define AT(plane, k, offset) KERNEL(loaded)(ROW(plane, k) + (offset))
#define BETWEEN(k, offset) KERNEL(loaded)(ROW(below, (k) + (towards > 0)) + (offset))
#define LEANING(side, k, offset)                                                                             \
  KERNEL(loaded)                                                                                             \
  (((side)*towards < 0 ? ROW(fall, (k) + (towards > 0)) : ROW(rise, (k) + (towards > 0))) + (offset))
#define TAKE(k, offset, price)                                                                               \
  KERNEL(take)(&t, sources, ROW(cost, k) + (offset), ROW(from, k) + (offset), (price))
  const friction_rates *rates = &a->rates;
  KERNEL(masks) any = {0};
  for (int x = begin; x < begin + n; x += KERNEL_FLOATS) {
    KERNEL(taking) t = {KERNEL(loaded)(own + x), AT(cost, 0, 0)};
    const KERNEL(floats) before = t.least, value = AT(value, 0, 0);
    const KERNEL(floats) left = AT(right, 0, -1), right = AT(right, 0, 0), ahead = BETWEEN(0, 0);
    TAKE(1, 0, ahead * rates->x0y1);
    TAKE(1, -1, LEANING(-1, 0, -1) * rates->x1y1);
    TAKE(1, 1, LEANING(1, 0, 0) * rates->x1y1);
    TAKE(1, -2, (AT(right, 1, -2) + left) * rates->x2y1);
    TAKE(1, 2, (AT(right, 1, 1) + right) * rates->x2y1);
    TAKE(1, -3, ((AT(right, 1, -3) + left) + LEANING(-1, 0, -2)) * rates->x3y1);
    TAKE(1, 3, ((AT(right, 1, 2) + right) + LEANING(1, 0, 1)) * rates->x3y1);
    TAKE(2, -1, (BETWEEN(1, -1) + ahead) * rates->x1y2);
    TAKE(2, 1, (BETWEEN(1, 1) + ahead) * rates->x1y2);
    TAKE(2, -3,
         (((AT(right, 2, -3) + left) + (AT(value, 2, -3) + value)) + 3.0F * AT(right, 1, -2)) * rates->x3y2);
    TAKE(2, 3,
         (((AT(right, 2, 2) + right) + (AT(value, 2, 3) + value)) + 3.0F * AT(right, 1, 1)) * rates->x3y2);
    TAKE(3, -1, ((BETWEEN(2, -1) + ahead) + LEANING(-1, 1, -1)) * rates->x1y3);
    TAKE(3, 1, ((BETWEEN(2, 1) + ahead) + LEANING(1, 1, 0)) * rates->x1y3);
    TAKE(3, -2,
         (((BETWEEN(2, -2) + ahead) + (AT(value, 3, -2) + value)) + 3.0F * BETWEEN(1, -1)) * rates->x2y3);
    TAKE(3, 2, (((BETWEEN(2, 2) + ahead) + (AT(value, 3, 2) + value)) + 3.0F * BETWEEN(1, 1)) * rates->x2y3);
    KERNEL(masks) less = t.least < before, known;
    any |= less;
    memcpy(&known, lanes + x, sizeof known);
    known |= less;
    memcpy(lanes + x, &known, sizeof known);
    memcpy(own + x, &t.least, sizeof t.least);
  }
#undef ROW
#undef AT
#undef BETWEEN
#undef LEANING
#undef TAKE
  uint64_t parts[KERNEL_FLOATS / 2], all = 0;
  memcpy(parts, &any, sizeof parts);
  for (int i = 0; i < KERNEL_FLOATS / 2; i++) all |= parts[i];
  return all != 0;
}

KERNEL_TARGET static bool KERNEL(lower)(friction_aspect *a, int row, int towards, float *own, int x, int n,
                                        uint32_t *lanes) {
  return towards > 0 ? KERNEL(relaxed)(a, row, 1, own, x, n, lanes, false)
                     : KERNEL(relaxed)(a, row, -1, own, x, n, lanes, false);
}
KERNEL_TARGET static bool KERNEL(inherit)(friction_aspect *a, int row, int towards, float *own, int x, int n,
                                          uint32_t *lanes) {
  return towards > 0 ? KERNEL(relaxed)(a, row, 1, own, x, n, lanes, true)
                     : KERNEL(relaxed)(a, row, -1, own, x, n, lanes, true);
}

KERNEL_TARGET static inline void KERNEL(along)(friction_aspect *a, int row, uint32_t *from_left,
                                               uint32_t *from_right, bool sources) {
  const float *cost = friction_at(&a->cost, row), *from = friction_at(&a->from, row),
              *pairs = friction_at(&a->right, row), *own = sources ? from : cost;
  for (int x = 0; x < FRICTION_SIDE; x += KERNEL_FLOATS) {
    KERNEL(taking) t = {KERNEL(loaded)(own + x), KERNEL(loaded)(cost + x)}, back = t;
    const KERNEL(floats) before = t.least;
    KERNEL(take)(&t, sources, cost + x - 1, from + x - 1, KERNEL(loaded)(pairs + x - 1) * a->rates.x1y0);
    KERNEL(take)(&back, sources, cost + x + 1, from + x + 1, KERNEL(loaded)(pairs + x) * a->rates.x1y0);
    KERNEL(masks) left, right;
    memcpy(&left, from_left + x, sizeof left);
    memcpy(&right, from_right + x, sizeof right);
    left |= t.least < before;
    right |= back.least < before;
    memcpy(from_left + x, &left, sizeof left);
    memcpy(from_right + x, &right, sizeof right);
  }
}
KERNEL_TARGET static void KERNEL(along_costs)(friction_aspect *a, int row, uint32_t *from_left,
                                              uint32_t *from_right) {
  KERNEL(along)(a, row, from_left, from_right, false);
}
KERNEL_TARGET static void KERNEL(along_sources)(friction_aspect *a, int row, uint32_t *from_left,
                                                uint32_t *from_right) {
  KERNEL(along)(a, row, from_left, from_right, true);
}

#undef KERNEL
#undef KERNEL_TARGET
#undef KERNEL_FLOATS
#undef KERNEL_LEAST
