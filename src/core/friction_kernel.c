/* friction_kernel: the inner loops of friction, for every processor, for AVX2 and for AVX-512.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/friction.h"

#define TABLE(kind)                                                                                          \
  { pair_##kind, lower_##kind, inherit_##kind, along_costs_##kind, along_sources_##kind }

#define KERNEL(name) name##_portable
#define KERNEL_TARGET
#define KERNEL_FLOATS 4
#include "core/friction_kernel_body.h"
const friction_kernel friction_kernel_portable = TABLE(portable);

#if defined(__x86_64__)
#include <immintrin.h>
#define KERNEL(name) name##_avx2
#define KERNEL_TARGET __attribute__((target("avx2")))
#define KERNEL_FLOATS 8
#define KERNEL_LEAST(a, b) ((floats_avx2)_mm256_min_ps((__m256)(a), (__m256)(b)))
#include "core/friction_kernel_body.h"

#define KERNEL(name) name##_avx512
#define KERNEL_TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw")))
#define KERNEL_FLOATS 16
#define KERNEL_LEAST(a, b) ((floats_avx512)_mm512_min_ps((__m512)(a), (__m512)(b)))
#include "core/friction_kernel_body.h"
#endif

const friction_kernel *friction_kernel_at(int number) {
  if (number == 0) return &friction_kernel_portable;
#if defined(__x86_64__)
  static const friction_kernel avx2 = TABLE(avx2), avx512 = TABLE(avx512);
  if (number == 1 && __builtin_cpu_supports("avx2")) return &avx2;
  if (number == 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    return &avx512;
#endif
  return NULL;
}

const friction_kernel *friction_kernel_best(void) {
  int number = 0;
  while (friction_kernel_at(number + 1)) number++;
  return friction_kernel_at(number);
}
