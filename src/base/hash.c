/* hash: SHA-256 as in FIPS 180-4, sections 4.1.2, 5.1.1 and 6.2.2.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/hash.h"

#include <math.h>
#include <string.h>

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, int n) {
  return x >> n | x << (32 - n);
}

static void schedule(uint32_t w[64], const uint8_t *block) {
  for (int i = 0; i < 16; i++, block += 4)
    w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
}

static void add_block(uint32_t state[8], const uint8_t *block) {
  uint32_t w[64], s[8]; /* s holds the working variables a..h of the standard */
  schedule(w, block);
  memcpy(s, state, sizeof s);
  for (int i = 0; i < 64; i++) {
    uint32_t sum1 = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25);
    uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    uint32_t t1 = s[7] + sum1 + choice + K[i] + w[i];
    uint32_t sum0 = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22);
    uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += t1;
    s[0] = t1 + sum0 + majority;
  }
  for (int i = 0; i < 8; i++) state[i] += s[i];
}

void vd_hash_start(vd_hash *hash) {
  static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(hash->state, first, sizeof first);
  hash->n_bytes = 0;
}

void vd_hash_add(vd_hash *hash, const void *bytes, size_t n) {
  const uint8_t *from = bytes;
  size_t held = hash->n_bytes % 64;
  hash->n_bytes += n;
  while (n) {
    if (!held && n >= 64) {
      add_block(hash->state, from);
      from += 64, n -= 64;
      continue;
    }
    size_t part = n < 64 - held ? n : 64 - held;
    memcpy(hash->block + held, from, part);
    held += part, from += part, n -= part;
    if (held == 64) add_block(hash->state, hash->block), held = 0;
  }
}

void vd_hash_add_text(vd_hash *hash, const char *text) {
  if (!text) text = "";
  vd_hash_add(hash, text, strlen(text) + 1);
}

static void add_u64(vd_hash *hash, uint64_t value) {
  uint8_t bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(value >> (8 * i));
  vd_hash_add(hash, bytes, sizeof bytes);
}

void vd_hash_add_i64(vd_hash *hash, int64_t value) {
  add_u64(hash, (uint64_t)value);
}

void vd_hash_add_f64(vd_hash *hash, double value) {
  uint64_t bits;
  if (value == 0) value = 0; /* equal numbers hash alike: -0 is 0, and there is one NaN */
  memcpy(&bits, &value, sizeof bits);
  add_u64(hash, isnan(value) ? 0x7ff8000000000000u : bits);
}

void vd_hash_finish(vd_hash *hash, char hex[VD_HASH_HEX_SIZE]) {
  static const uint8_t padding[64] = {0x80};
  static const char digit[] = "0123456789abcdef";
  uint64_t bits = hash->n_bytes * 8;
  size_t held = hash->n_bytes % 64;
  uint8_t length[8];
  for (int i = 0; i < 8; i++) length[i] = (uint8_t)(bits >> (56 - 8 * i));
  vd_hash_add(hash, padding, held < 56 ? 56 - held : 120 - held);
  vd_hash_add(hash, length, sizeof length);
  for (int i = 0; i < 64; i++) hex[i] = digit[hash->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
  hex[64] = '\0';
}

/* ---- the fast one ---- */

/* Multiplying by an odd number and folding the high half down never loses a bit: two inputs that differ in one word end
 * different. Four lanes hide the multiplication's wait. */
static inline uint64_t mix(uint64_t lane, uint64_t word) {
  lane = (lane ^ word) * 0x9e3779b97f4a7c15u;
  return lane ^ lane >> 32;
}

uint64_t vd_checksum(const void *bytes, size_t n, uint64_t seed) {
  const uint8_t *at = bytes;
  uint64_t lanes[4] = {seed, seed + 1, seed + 2, seed + 3}, words[4];
  size_t left = n;
  for (; left >= sizeof words; left -= sizeof words, at += sizeof words) {
    memcpy(words, at, sizeof words);
    for (int i = 0; i < 4; i++) lanes[i] = mix(lanes[i], words[i]);
  }
  memset(words, 0, sizeof words);
  if (left) memcpy(words, at, left);
  uint64_t sum = mix(seed, n);
  for (int i = 0; i < 4; i++) sum = mix(sum, mix(lanes[i], words[i]));
  return mix(sum, 0);
}
