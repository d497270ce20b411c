/* file: a file written beside its place and renamed when whole.
 * SPDX-License-Identifier: Apache-2.0 */
#include "draw/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static vd_status fail(const vd_out_file *out, int error) {
  return vd_fail(VD_ERR_IO, _("%s cannot be written: %s."), out->path, strerror(error));
}

/* Another process may be writing the same path: the number tells the temporary files apart. */
static int open_new(vd_out_file *out, const char *path) {
  for (int i = 0; i < 100; i++) {
    out->temporary = vd_str_printf(out->arena, "%s.%ld-%d.tmp", path, (long)getpid(), i);
    int fd = open(out->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

vd_status vd_out_file_open(vd_out_file *out, const char *path) {
  *out = (vd_out_file){.arena = vd_arena_new()};
  out->path = vd_str_dup(out->arena, path);
  int fd = open_new(out, path);
  if (fd < 0) {
    out->temporary = NULL;
    return fail(out, errno);
  }
  out->file = fdopen(fd, "wb");
  if (out->file) return VD_OK;
  int error = errno;
  close(fd);
  return fail(out, error);
}

cairo_status_t vd_out_file_write(void *closure, const unsigned char *bytes, unsigned int n) {
  vd_out_file *out = closure;
  if (fwrite(bytes, 1, n, out->file) == n) return CAIRO_STATUS_SUCCESS;
  if (!out->error) out->error = errno ? errno : EIO;
  return CAIRO_STATUS_WRITE_ERROR;
}

/* 0, or why the bytes are not safely on the disk. */
static int sync_and_close(vd_out_file *out) {
  int error = out->error;
  if (!error && fflush(out->file) != 0) error = errno;
  /* Some file systems have no sync to offer; that is no loss of what was written. */
  if (!error && fsync(fileno(out->file)) != 0 && errno != EINVAL && errno != ENOTSUP) error = errno;
  if (fclose(out->file) != 0 && !error) error = errno;
  out->file = NULL;
  return error;
}

vd_status vd_out_file_finish(vd_out_file *out) {
  int error = sync_and_close(out);
  if (error) return fail(out, error);
  if (rename(out->temporary, out->path) != 0) return fail(out, errno);
  out->temporary = NULL;
  return VD_OK;
}

void vd_out_file_cleanup(vd_out_file *out) {
  if (out->file) fclose(out->file);
  if (out->temporary) unlink(out->temporary);
  vd_arena_free(out->arena);
  *out = (vd_out_file){0};
}
