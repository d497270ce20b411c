/* reach_kernel: the inner loops of reach, for every processor, for AVX2 and for AVX-512.
 * SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "core/reach.h"
#include "core/slope_exp.h"

/* Filled at once: zeroes, which the hardened build writes into every local, would be for nothing. */
#if defined(__has_attribute)
#if __has_attribute(uninitialized)
#define KERNEL_BUFFER __attribute__((uninitialized))
#endif
#endif
#ifndef KERNEL_BUFFER
#define KERNEL_BUFFER
#endif

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
#define KERNEL_IF_LESS(a, b, yes, no)                                                                        \
  ((doubles_avx2)_mm256_blendv_pd((__m256d)(no), (__m256d)(yes),                                             \
                                  _mm256_cmp_pd((__m256d)(a), (__m256d)(b), _CMP_LT_OQ)))
#define KERNEL_WHICH(masks) ((uint64_t)(uint32_t)_mm256_movemask_ps((__m256)(masks)))
/* Doubles of 0 to UINT32_MAX: only signed numbers convert, so they go down by 2^31 and, by the top bit, up again. */
#define KERNEL_FLOOR_TO_WORDS(x)                                                                             \
  ((halves_avx2)_mm_xor_si128(_mm256_cvttpd_epi32(_mm256_floor_pd((__m256d)(x)) - 2147483648.0),             \
                              _mm_set1_epi32(INT32_MIN)))
#include "core/reach_kernel_body.h"

#define KERNEL(name) name##_avx512
#define KERNEL_TARGET __attribute__((target("avx512f,avx512dq,avx512vl")))
#define KERNEL_DOUBLES 8
#define KERNEL_LEAST(a, b) ((words_avx512)_mm512_min_epu32((__m512i)(a), (__m512i)(b)))
#define KERNEL_IF_LESS(a, b, yes, no)                                                                        \
  ((doubles_avx512)_mm512_mask_blend_pd(_mm512_cmp_pd_mask((__m512d)(a), (__m512d)(b), _CMP_LT_OQ),          \
                                        (__m512d)(no), (__m512d)(yes)))
#define KERNEL_WHICH(masks) ((uint64_t)_mm512_movepi32_mask((__m512i)(masks)))
#define KERNEL_FLOOR_TO_WORDS(x)                                                                             \
  ((halves_avx512)_mm512_cvttpd_epu32(                                                                       \
      _mm512_roundscale_pd((__m512d)(x), _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)))
#include "core/reach_kernel_body.h"
#endif

const reach_kernel reach_kernel_portable = {price_row_portable, relax_row_portable, loose_row_portable};

const reach_kernel *reach_kernel_numbered(int i) {
  const reach_kernel *runs[3] = {&reach_kernel_portable};
#if defined(__x86_64__)
  static const reach_kernel avx2 = {price_row_avx2, relax_row_avx2, loose_row_avx2};
  static const reach_kernel avx512 = {price_row_avx512, relax_row_avx512, loose_row_avx512};
  int n = 1;
  if (__builtin_cpu_supports("avx2")) runs[n++] = &avx2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    runs[n] = &avx512;
#endif
  return i < 3 ? runs[i] : NULL;
}

const reach_kernel *reach_kernel_best(void) {
  int best = 0;
  while (reach_kernel_numbered(best + 1)) best++;
  return reach_kernel_numbered(best);
}
