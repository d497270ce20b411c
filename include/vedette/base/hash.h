/* hash: SHA-256 (FIPS 180-4), for the input hash printed on every result and for cache keys.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_BASE_HASH_H
#define VEDETTE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct vd_hash {
  uint32_t state[8];
  uint64_t n_bytes;
  uint8_t block[64];
} vd_hash;
enum { VD_HASH_HEX_SIZE = 65 };

void vd_hash_start(vd_hash *hash);
void vd_hash_add(vd_hash *hash, const void *bytes, size_t n);
/* The text and its closing NUL, so that "ab"+"c" and "a"+"bc" differ; NULL counts as "". */
void vd_hash_add_text(vd_hash *hash, const char *text);
void vd_hash_add_i64(vd_hash *hash, int64_t value);
/* Equal numbers hash alike: -0 as 0, and every NaN the same. */
void vd_hash_add_f64(vd_hash *hash, double value);
/* 64 hexadecimal digits and NUL; the hash is used up. */
void vd_hash_finish(vd_hash *hash, char hex[VD_HASH_HEX_SIZE]);

/* A fast 64-bit checksum of bytes, several gigabytes a second, against accidents and not against intent. With another
 * `seed` another one, so that checksums chain. The same on machines of the same byte order. */
uint64_t vd_checksum(const void *bytes, size_t n, uint64_t seed);

#endif
