/* changeset: whether the bytes of a step of the history are what SQLite's session extension writes.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_CHANGESET_H
#define VEDETTE_SRC_STORE_CHANGESET_H

#include <stdbool.h>
#include <stddef.h>

/* SQLite 3.40 never ends inverting some bytes that are none: ask this first of a file that others may have made. Follows the
 * format told in SQLite's ext/session/sqlite3session.c, changesets only. */
bool vd_changeset_is_sound(const void *bytes, size_t n);

#endif
