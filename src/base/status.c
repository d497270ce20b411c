/* status: the last message of a thread and the debug switches.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { MESSAGE_SIZE = 1024 };
static _Thread_local char last_message[MESSAGE_SIZE];

/* Messages quote files; what reaches a terminal, a window or JSON is clean UTF-8 without control characters. */
static void keep_message(const char *text) {
  vd_utf8_clean_into(last_message, MESSAGE_SIZE - 1, text);
}

int vd_set_message(const char *format, ...) {
  char text[MESSAGE_SIZE]; /* not last_message itself: the arguments may point into it */
  va_list args;
  va_start(args, format);
  if (vsnprintf(text, sizeof text, format, args) < 0) text[0] = '\0';
  va_end(args);
  keep_message(text);
  return 0;
}

vd_status vd_fail_prefix(vd_status code, const char *format, ...) {
  char prefix[MESSAGE_SIZE], text[2 * MESSAGE_SIZE + 2];
  va_list args;
  va_start(args, format);
  if (vsnprintf(prefix, sizeof prefix, format, args) < 0) prefix[0] = '\0';
  va_end(args);
  snprintf(text, sizeof text, "%s: %s", prefix, last_message);
  keep_message(text);
  return code;
}

const char *vd_last_message(void) {
  return last_message;
}

bool vd_debug_on(const char *name) {
  const char *at = getenv("VEDETTE_DEBUG");
  size_t n = strlen(name);
  while (at && *at) {
    size_t length = strcspn(at, ",");
    if (length == n && memcmp(at, name, n) == 0) return true;
    at += length;
    if (*at) at++;
  }
  return false;
}

void vd_debug(const char *name, const char *format, ...) {
  if (!vd_debug_on(name)) return;
  char text[MESSAGE_SIZE]; /* one write a line, so that lines of several threads do not mix */
  va_list args;
  va_start(args, format);
  if (vsnprintf(text, sizeof text, format, args) < 0) text[0] = '\0';
  va_end(args);
  fprintf(stderr, "%s: %s\n", name, text);
}
