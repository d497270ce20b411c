/* hash64: a quick 64-bit hash for caches and damage; not for anything that leaves the process.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_HASH64_H
#define VEDETTE_DRAW_HASH64_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The finishing steps of SplitMix64 (Steele, Lea, Flood 2014) over the running value and the next word. */
static inline uint64_t vd_mix64(uint64_t hash, uint64_t word) {
  uint64_t z = (hash ^ word) + 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static inline uint64_t vd_mix_bytes(uint64_t hash, const void *bytes, size_t n) {
  const uint8_t *p = bytes;
  uint64_t word = 0;
  hash = vd_mix64(hash, n);
  for (; n >= sizeof word; p += sizeof word, n -= sizeof word) {
    memcpy(&word, p, sizeof word);
    hash = vd_mix64(hash, word);
  }
  if (n == 0) return hash;
  word = 0;
  memcpy(&word, p, n);
  return vd_mix64(hash, word);
}

static inline uint64_t vd_mix_f64(uint64_t hash, double value) {
  uint64_t word;
  memcpy(&word, &value, sizeof word);
  return vd_mix64(hash, word);
}

static inline uint64_t vd_mix_text(uint64_t hash, const char *text) {
  return vd_mix_bytes(hash, text, strlen(text));
}

#endif
