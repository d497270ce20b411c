/* slope_exp: the numbers of the exponential function that speed.c and the kernels of reach share; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * exp(x) for |x| < 700 as 2^n exp(r), r = x - n ln 2, |r| <= ln 2 / 2, the latter by Taylor's series. Only additions and
 * multiplications in a fixed order, so that every processor, vector width and mathematics library yields the same bits;
 * within 1e-14 of the true value. */
#ifndef VEDETTE_CORE_SLOPE_EXP_H
#define VEDETTE_CORE_SLOPE_EXP_H

#define EXP_LOG2E 1.4426950408889634
#define EXP_LN2_HIGH 6.93147180369123816490e-01 /* its last 32 bits are zero: times n it is exact */
#define EXP_LN2_LOW 1.90821492927058770002e-10
#define EXP_ROUND                                                                                            \
  6755399441055744.0 /* 1.5 * 2^52: adding it rounds to a whole number, kept in the low bits */

/* Terms up to r^11, in an order that lets a processor work on several at a time. */
#define EXP_FOUR(a, b, c, d, r, r2) ((1.0 / (a) + 1.0 / (b) * (r)) + (1.0 / (c) + 1.0 / (d) * (r)) * (r2))
#define EXP_SERIES(r, r2, r4)                                                                                \
  (EXP_FOUR(1, 1, 2, 6, r, r2) +                                                                             \
   (EXP_FOUR(24, 120, 720, 5040, r, r2) + EXP_FOUR(40320, 362880, 3628800, 39916800, r, r2) * (r4)) * (r4))

/* Tobler's: exp(TOBLER_STEEP |slope + TOBLER_DOWN| - TOBLER_FLAT), |slope + TOBLER_DOWN| at most TOBLER_MOST. */
#define TOBLER_STEEP 3.5
#define TOBLER_DOWN 0.05
#define TOBLER_FLAT 0.175
#define TOBLER_MOST 2.0

#endif
