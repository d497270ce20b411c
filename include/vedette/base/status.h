/* status: result codes, the last message of a thread, the log and the debug switches.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every function that can fail for a reason outside the program returns vd_status. VD_OK is 0. On any other
 * value the calling thread's last message says what failed, where, and what to do. */
#ifndef VEDETTE_BASE_STATUS_H
#define VEDETTE_BASE_STATUS_H

#include <stdarg.h>
#include <stdbool.h>

typedef enum vd_status {
  VD_OK = 0,
  VD_ERR_USAGE,     /* the caller's words are off: a wrong option, a missing argument */
  VD_ERR_NOT_FOUND, /* a file, a record or a layer is not there */
  VD_ERR_INPUT,     /* the input was read and is not what it should be */
  VD_ERR_IO,        /* the system refused: disk full, no permission, read error */
  VD_ERR_LIMIT,     /* the request is larger than this program allows */
  VD_ERR_BUSY,      /* another program holds the file */
  VD_ERR_CANCELLED, /* the user stopped it */
  VD_ERR_MEMORY,    /* not enough memory for what was asked */
  VD_ERR_INTERNAL   /* a broken invariant: a mistake of ours */
} vd_status;

/* Sets the thread's last message (printf rules) and is `code`, so that `return vd_fail(VD_ERR_INPUT, "...")` reads well.
 * A macro, so that the compiler knows the result is not VD_OK and out-parameters need no value then. */
#define vd_fail(code, ...) vd_status_after((code), vd_set_message(__VA_ARGS__))
int vd_set_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
static inline vd_status vd_status_after(vd_status code, int message_set) {
  (void)message_set;
  return code;
}
/* Puts "prefix: " before the last message, for callers that know the file or the row; returns `code`. */
vd_status vd_fail_prefix(vd_status code, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The last message of this thread; never NULL, borrowed until the next failure in this thread. */
const char *vd_last_message(void);

/* Leaves the calling function with the status of `expr` unless it is VD_OK. */
#define VD_TRY(expr)                                                                                         \
  do {                                                                                                       \
    vd_status vd_try_status = (expr);                                                                        \
    if (vd_try_status != VD_OK) return vd_try_status;                                                        \
  } while (0)

/* Declares a variable that releases itself at the end of its scope: VD_CLEANUP(close_file) FILE *f = ...
 * The function takes a pointer to the variable. */
#define VD_CLEANUP(function) __attribute__((cleanup(function)))

/* Debug switches: names in the environment variable VEDETTE_DEBUG, separated by commas ("sql,tiles"). */
bool vd_debug_on(const char *name);
/* A line on standard error when the switch `name` is on; a newline is added. */
void vd_debug(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
