/* key_sort: sorting many things by a whole number, in time that grows with their count alone; private to core.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_KEY_SORT_H
#define VEDETTE_CORE_KEY_SORT_H

#include <stddef.h>
#include <stdint.h>

typedef struct keyed {
  uint64_t key;
  int32_t item;
} keyed;

/* Ascending by key, equal ones in the order in which they came. `other` is room for as many. */
void key_sort(keyed *items, keyed *other, size_t n);

#endif
