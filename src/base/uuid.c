/* uuid: identifiers by chance and by name, as in RFC 9562.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "vedette/base/hash.h"
#include "vedette/base/units.h"

static const char digit[] = "0123456789abcdef";

static bool is_dash_place(int i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

/* Lays 32 hexadecimal digits out as a UUID of `version`, variant 10xx. */
static void lay_out(const char *hex, char version, char uuid[VD_UUID_SIZE]) {
  for (int i = 0; i < VD_UUID_SIZE - 1; i++) uuid[i] = is_dash_place(i) ? '-' : *hex++;
  uuid[14] = version;
  uuid[19] = digit[8 | ((uuid[19] <= '9' ? uuid[19] - '0' : uuid[19] - 'a' + 10) & 3)];
  uuid[VD_UUID_SIZE - 1] = '\0';
}

void vd_uuid_make(char uuid[VD_UUID_SIZE]) {
  unsigned char bytes[16];
  char hex[33];
  /* Up to 256 bytes come whole once the system has started; only a signal can cut the wait before that. */
  while (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
    if (errno == EINTR) continue;
    perror("vedette: the system gave no random numbers");
    abort();
  }
  for (int i = 0; i < 32; i++) hex[i] = digit[bytes[i / 2] >> (i % 2 ? 0 : 4) & 15];
  lay_out(hex, '4', uuid);
}

void vd_uuid_of(const char *space, const char *name, char uuid[VD_UUID_SIZE]) {
  vd_hash hash;
  char hex[VD_HASH_HEX_SIZE];
  vd_hash_start(&hash);
  vd_hash_add_text(&hash, space);
  vd_hash_add_text(&hash, name);
  vd_hash_finish(&hash, hex);
  lay_out(hex, '8', uuid);
}

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool vd_uuid_valid(const char *text) {
  if (!text || strlen(text) != VD_UUID_SIZE - 1) return false;
  for (int i = 0; i < VD_UUID_SIZE - 1; i++)
    if (is_dash_place(i) ? text[i] != '-' : !is_hex(text[i])) return false;
  return true;
}
