/* reach_kernel_body: the text of the inner loops of reach, taken in by reach_kernel.c once for each kind of processor.
 * SPDX-License-Identifier: Apache-2.0
 *
 * KERNEL(name) names a function or type of this kind, KERNEL_TARGET is its attribute, KERNEL_DOUBLES the doubles in a
 * vector. The arithmetic is that of move_step_ms, operation by operation (halves and quarters are exact), and each is exact or rounded as IEEE 754 says,
 * so the width of the vectors does not show. */

typedef double KERNEL(doubles) __attribute__((vector_size(8 * KERNEL_DOUBLES)));
typedef int64_t KERNEL(longs) __attribute__((vector_size(8 * KERNEL_DOUBLES)));
typedef int32_t KERNEL(halves) __attribute__((vector_size(4 * KERNEL_DOUBLES)));
typedef uint32_t KERNEL(words) __attribute__((vector_size(8 * KERNEL_DOUBLES)));

KERNEL_TARGET static inline KERNEL(doubles) KERNEL(loaded)(const double *from) {
  KERNEL(doubles) all;
  memcpy(&all, from, sizeof all);
  return all;
}

/* a < b ? yes : no, false where one is not a number. */
KERNEL_TARGET static inline KERNEL(doubles)
    KERNEL(if_less)(KERNEL(doubles) a, KERNEL(doubles) b, KERNEL(doubles) yes, KERNEL(doubles) no) {
#ifdef KERNEL_IF_LESS
  return KERNEL_IF_LESS(a, b, yes, no);
#else
  KERNEL(longs) mask = a < b;
  return (KERNEL(doubles))((mask & (KERNEL(longs))yes) | (~mask & (KERNEL(longs))no));
#endif
}

KERNEL_TARGET static inline KERNEL(words) KERNEL(least)(KERNEL(words) a, KERNEL(words) b) {
#ifdef KERNEL_LEAST
  return KERNEL_LEAST(a, b);
#else
  KERNEL(words) less = (KERNEL(words))(a < b);
  return (a & less) | (b & ~less);
#endif
}

/* Bit i: the mask of word i. */
KERNEL_TARGET static inline uint64_t KERNEL(which)(KERNEL(words) masks) {
#ifdef KERNEL_WHICH
  return KERNEL_WHICH(masks);
#else
  uint64_t bits = 0;
  for (int i = 0; i < 2 * KERNEL_DOUBLES; i++) bits |= (uint64_t)(masks[i] & 1) << i;
  return bits;
#endif
}

/* vd_foot_slope_factor. */
KERNEL_TARGET static inline KERNEL(doubles) KERNEL(tobler)(KERNEL(doubles) slope) {
  const KERNEL(doubles) none = {0};
  const KERNEL(longs) magnitude = (KERNEL(longs)){0} + INT64_MAX;
  KERNEL(doubles) away = (KERNEL(doubles))((KERNEL(longs))(slope + TOBLER_DOWN) & magnitude);
  away = KERNEL(if_less)(away, none + TOBLER_MOST, away, none + TOBLER_MOST);
  KERNEL(doubles) x = TOBLER_STEEP * away - TOBLER_FLAT, shifted = x * EXP_LOG2E + EXP_ROUND;
  KERNEL(doubles) n = shifted - EXP_ROUND, r = (x - n * EXP_LN2_HIGH) - n * EXP_LN2_LOW;
  KERNEL(doubles) r2 = r * r, r4 = r2 * r2, sum = EXP_SERIES(r, r2, r4);
  return (KERNEL(doubles))((KERNEL(longs))sum + ((KERNEL(longs))shifted << 52));
}

/* slope_factor of travel_costs.c; a slope that is not known is none. */
KERNEL_TARGET static inline KERNEL(doubles)
    KERNEL(climb)(KERNEL(doubles) rise, KERNEL(doubles) length_m, double slope_max, bool foot) {
  const KERNEL(doubles) none = {0};
  const KERNEL(longs) magnitude = (KERNEL(longs)){0} + INT64_MAX;
  /* rise - rise is zero or not a number */
  KERNEL(doubles) slope = KERNEL(if_less)(rise - rise, length_m, rise / length_m, none), factor = none + 1.0;
  KERNEL(doubles) steep = (KERNEL(doubles))((KERNEL(longs))slope & magnitude);
  if (foot) factor = KERNEL(tobler)(slope);
  return KERNEL(if_less)(none + slope_max, steep, none + (double)INFINITY, factor);
}

/* vd_ms_round of what is not negative. */
KERNEL_TARGET static inline KERNEL(halves) KERNEL(rounded)(KERNEL(doubles) ms) {
  const KERNEL(doubles) none = {0};
#ifdef KERNEL_FLOOR_TO_WORDS
  return KERNEL_FLOOR_TO_WORDS(
      KERNEL(if_less)(ms, none + ((double)UINT32_MAX - 1), ms + 0.5, none + (double)UINT32_MAX));
#else
  const double whole_bits =
      4503599627370496.0; /* 2^52: a double at least this large has its ones in its low bits */
  KERNEL(longs) valid = ms < none + ((double)UINT32_MAX - 1);
  KERNEL(doubles) half_up = ms + 0.5, near = half_up + whole_bits;
  KERNEL(longs) whole = (KERNEL(longs))near + (near - whole_bits > half_up); /* a mask is -1 */
  return __builtin_convertvector((whole & valid) | ~valid, KERNEL(halves));
#endif
}

/* The move k from a row of cells to another: its length times the mean pace of the cells on the way, 2 or 4, times the
 * factor of its slope; shut at a corner between two impassable cells. Inlined for each kind of slope. */
KERNEL_TARGET static inline __attribute__((always_inline)) void
KERNEL(price_move)(const reach_ground *g, int row, int k, reach_slope kind, uint32_t *out) {
  const vd_move *m = &vd_moves[k];
  const KERNEL(doubles) none = {0}, shut = none + (double)INFINITY, high = none + DBL_MAX;
  int to = row + REACH_EDGE, from = to - m->dy, origin = REACH_PAD - m->dx;
  const double *lengths_m = &g->length_m[reach_band(row - m->dy)][k >> 1][origin];
  const double *rise_from = &g->elevation_m[from][origin], *rise_to = &g->elevation_m[to][REACH_PAD];
  const double *pace_from = &g->pace[from][origin], *pace_to = &g->pace[to][REACH_PAD];
  const double *over = &g->pace[from + m->cy[1]][origin + m->cx[1]],
               *then = &g->pace[from + m->cy[2]][origin + m->cx[2]];
  const double *corner = &g->pace[from][REACH_PAD], *other = &g->pace[to][origin];
  bool knight = m->n == VD_MOVE_CELLS, corners = m->diagonal && g->any_impassable;
  double share = knight ? 0.25 : 0.5;
  for (int x = 0; x < REACH_SIDE; x += KERNEL_DOUBLES) {
    KERNEL(doubles) sum = KERNEL(loaded)(pace_from + x) + KERNEL(loaded)(pace_to + x);
    if (knight) sum += KERNEL(loaded)(over + x) + KERNEL(loaded)(then + x);
    KERNEL(doubles) length_m = KERNEL(loaded)(lengths_m + x), ms = length_m * (sum * share);
    if (kind != REACH_FLAT)
      ms *= KERNEL(climb)(KERNEL(loaded)(rise_to + x) - KERNEL(loaded)(rise_from + x), length_m, g->slope_max,
                          kind == REACH_FOOT);
    if (corners) {
      KERNEL(doubles) one = KERNEL(loaded)(corner + x), two = KERNEL(loaded)(other + x);
      ms = KERNEL(if_less)(high, KERNEL(if_less)(one, two, one, two), shut, ms);
    }
    KERNEL(halves) whole = KERNEL(rounded)(ms);
    memcpy(out + x, &whole, sizeof whole);
  }
  for (int x = 0; g->any_blocked && x < REACH_SIDE; x++)
    if (g->blocked[from][x + REACH_PAD - m->dx] >> k & 1) out[x] = UINT32_MAX;
}

KERNEL_TARGET static void KERNEL(price_row)(const reach_ground *g, int row, reach_prices prices) {
  for (int k = 0; k < VD_MOVES; k++) switch (g->slope) {
    case REACH_FOOT:
      KERNEL(price_move)(g, row, k, REACH_FOOT, prices[k]);
      break;
    case REACH_LIMIT:
      KERNEL(price_move)(g, row, k, REACH_LIMIT, prices[k]);
      break;
    case REACH_FLAT:
      KERNEL(price_move)(g, row, k, REACH_FLAT, prices[k]);
      break;
    }
}

/* Bit x: the cell of the row can be lowered from the one at `from`, one to its side. */
KERNEL_TARGET static inline uint64_t KERNEL(lowerable)(const uint32_t *row, const uint32_t *from,
                                                       const uint32_t *prices) {
  enum { WORDS = 2 * KERNEL_DOUBLES };
  uint64_t cells = 0;
  for (int x = 0; x < REACH_SIDE; x += WORDS) {
    KERNEL(words) now, beside, price;
    memcpy(&now, row + x, sizeof now);
    memcpy(&beside, from + x, sizeof beside);
    memcpy(&price, prices + x, sizeof price);
    cells |= KERNEL(which)((KERNEL(words))(KERNEL(least)(beside, ~price) + price < now)) << x;
  }
  return cells;
}

/* Moves along the row, from each side: the least way is straight from one of its cells. Each cell that can be lowered
 * begins a chain, and behind its end nothing is lower than before. */
KERNEL_TARGET static inline bool KERNEL(along_row)(uint32_t *row, const uint32_t *east,
                                                   const uint32_t *west) {
  uint64_t eastward = KERNEL(lowerable)(row, row - 1, east), westward = KERNEL(lowerable)(row, row + 1, west);
  bool any = (eastward | westward) != 0;
  while (eastward) {
    int x = __builtin_ctzll(eastward);
    uint64_t ms = (uint64_t)row[x - 1] + east[x];
    do {
      row[x] = (uint32_t)ms;
      eastward &= ~(UINT64_C(1) << x++);
      if (x < REACH_SIDE) ms += east[x];
    } while (x < REACH_SIDE && ms < row[x]);
  }
  while (westward) {
    int x = 63 - __builtin_clzll(westward);
    uint64_t ms = (uint64_t)row[x + 1] + west[x];
    westward &= ~(UINT64_C(1) << x);
    for (; x >= 0 && ms < row[x]; ms += west[x]) {
      row[x] = (uint32_t)ms;
      westward &= ~(UINT64_C(1) << x);
      if (!x--) break;
    }
  }
  return any;
}

/* The moves from the two rows above, or from the two below. */
KERNEL_TARGET static inline bool KERNEL(from_side)(uint32_t *own, reach_prices prices,
                                                   const uint8_t moves[7]) {
  enum { WORDS = 2 * KERNEL_DOUBLES };
  KERNEL(words) changed = {0};
  for (int x = 0; x < REACH_SIDE; x += WORDS) {
    KERNEL(words) before, least;
    memcpy(&before, own + x, sizeof before);
    least = before;
#pragma GCC unroll 7
    for (int i = 0; i < 7; i++) {
      const vd_move *m = &vd_moves[moves[i]];
      KERNEL(words) from, price;
      memcpy(&from, own - m->dy * REACH_STRIDE - m->dx + x, sizeof from);
      memcpy(&price, prices[moves[i]] + x, sizeof price);
      least = KERNEL(least)(least, KERNEL(least)(from, ~price) + price); /* the sum is at most UINT32_MAX */
    }
    memcpy(own + x, &least, sizeof least);
    changed |= least ^ before;
  }
  return KERNEL(which)((KERNEL(words))(changed != 0)) != 0;
}

KERNEL_TARGET static bool KERNEL(relax_row)(reach_times ms, int row, reach_prices prices, unsigned from) {
  static const uint8_t above[] = {2, 4, 7, 8, 11, 12, 15}, below[] = {3, 5, 6, 9, 10, 13, 14};
  uint32_t *own = ms[row + REACH_EDGE] + REACH_PAD;
  bool changed = false;
  if (from & REACH_ABOVE) changed |= KERNEL(from_side)(own, prices, above);
  if (from & REACH_BELOW) changed |= KERNEL(from_side)(own, prices, below);
  if (changed || from & REACH_ALONG) changed |= KERNEL(along_row)(own, prices[0], prices[1]);
  return changed;
}

/* Bit x: the low bit of word x. */
KERNEL_TARGET static inline uint64_t KERNEL(bits)(const uint32_t *words) {
  uint64_t bits = 0;
  for (int x = 0; x < REACH_SIDE; x++) bits |= (uint64_t)(words[x] & 1) << x;
  return bits;
}

/* All ones where a move supports the time: from a cell truly nearer, so a move of no time counts as one of 1 ms. */
KERNEL_TARGET static inline KERNEL(words)
    KERNEL(supports)(const uint32_t *from_row, const uint32_t *prices, KERNEL(words) own) {
  KERNEL(words) from, price;
  memcpy(&from, from_row, sizeof from);
  memcpy(&price, prices, sizeof price);
  price -= (KERNEL(words))(price == 0);
  KERNEL(words) sum = KERNEL(least)(from, ~price) + price;
  return (KERNEL(words))(sum <= own);
}

KERNEL_TARGET static uint64_t KERNEL(loose_row)(reach_times ms, int row, reach_prices prices, uint64_t held) {
  enum { WORDS = 2 * KERNEL_DOUBLES };
  const uint32_t *own = ms[row + REACH_EDGE] + REACH_PAD;
  KERNEL_BUFFER uint32_t by_others[REACH_SIDE], from_west[REACH_SIDE], from_east[REACH_SIDE];
  KERNEL(words) all = ~(KERNEL(words)){0};
  for (int x = 0; x < REACH_SIDE; x += WORDS) {
    KERNEL(words) now, others, west, east;
    memcpy(&now, own + x, sizeof now);
    others = (KERNEL(words))(now == UINT32_MAX);
    for (int k = 2; k < VD_MOVES; k++)
      others |=
          KERNEL(supports)(own - vd_moves[k].dy * REACH_STRIDE - vd_moves[k].dx + x, prices[k] + x, now);
    west = KERNEL(supports)(own - 1 + x, prices[0] + x, now);
    east = KERNEL(supports)(own + 1 + x, prices[1] + x, now);
    all &= others | west | east;
    memcpy(by_others + x, &others, sizeof others);
    memcpy(from_west + x, &west, sizeof west);
    memcpy(from_east + x, &east, sizeof east);
  }
  uint32_t lanes[WORDS], every = 1;
  memcpy(lanes, &all, sizeof all);
  for (int i = 0; i < WORDS; i++) every &= lanes[i];
  if (every) return 0; /* nearer and nearer: the chain ends at the source or beyond the row */
  uint64_t eastward = KERNEL(bits)(from_west), westward = KERNEL(bits)(from_east);
  held |= KERNEL(bits)(by_others) | (eastward & 1) | (westward & UINT64_C(1) << (REACH_SIDE - 1));
  uint64_t from = held;
  for (int by = 1; by < REACH_SIDE; by *= 2, eastward &= eastward << by / 2) held |= held << by & eastward;
  for (int by = 1; by < REACH_SIDE; by *= 2, westward &= westward >> by / 2) from |= from >> by & westward;
  return ~(held | from);
}

#undef KERNEL
#undef KERNEL_TARGET
#undef KERNEL_DOUBLES
#undef KERNEL_LEAST
#undef KERNEL_WHICH
#undef KERNEL_IF_LESS
#undef KERNEL_FLOOR_TO_WORDS
