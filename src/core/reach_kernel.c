/* reach_kernel: the inner loops of reach, for every processor and for AVX2.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/reach.h"
#include "core/slope_exp.h"

#define KERNEL(name) name##_portable
#define KERNEL_TARGET
#define KERNEL_DOUBLES 2
#include "core/reach_kernel_body.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define KERNEL(name) name##_avx2
#define KERNEL_TARGET __attribute__((target("avx2")))
#define KERNEL_DOUBLES 4
#define KERNEL_LEAST(a, b) ((words_avx2)_mm256_min_epu32((__m256i)(a), (__m256i)(b)))
/* Doubles of 0 to UINT32_MAX: only signed numbers convert, so they go down by 2^31 and, by the top bit, up again. */
#define KERNEL_FLOOR_TO_WORDS(x)                                                                             \
  ((halves_avx2)_mm_xor_si128(_mm256_cvttpd_epi32(_mm256_floor_pd((__m256d)(x)) - 2147483648.0),             \
                              _mm_set1_epi32(INT32_MIN)))
#include "core/reach_kernel_body.h"
#endif

const reach_kernel reach_kernel_portable = {price_row_portable, relax_row_portable, loose_row_portable};

const reach_kernel *reach_kernel_best(void) {
#if defined(__x86_64__)
  static const reach_kernel avx2 = {price_row_avx2, relax_row_avx2, loose_row_avx2};
  if (__builtin_cpu_supports("avx2")) return &avx2;
#endif
  return &reach_kernel_portable;
}
