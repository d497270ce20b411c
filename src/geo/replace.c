/* replace: writing beside a name and renaming.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static char *folder_of(vd_arena *arena, const char *path) {
  size_t n = (size_t)(vd_path_base(path) - path);
  return n ? vd_str_dup_n(arena, path, n) : vd_str_dup(arena, "./");
}

vd_status vd_replace_start(vd_arena *arena, const char *path, const char *extension, char **beside) {
  struct stat told;
  if (!*vd_path_base(path)) return vd_fail(VD_ERR_USAGE, _("%s names no file to write."), path);
  if (stat(path, &told) == 0 && !S_ISREG(told.st_mode))
    return vd_fail(VD_ERR_USAGE, _("%s is not a file and cannot be replaced."), path);
  /* The process's number keeps two programs apart that write into one folder. */
  *beside = vd_str_printf(arena, "%s.%s.%ld.part%s", folder_of(arena, path), vd_path_base(path),
                          (long)getpid(), extension);
  if (unlink(*beside) != 0 && errno != ENOENT)
    return vd_fail(VD_ERR_IO, _("%s cannot be written: %m."), *beside);
  int made = open(*beside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (made < 0) return vd_fail(VD_ERR_IO, _("%s cannot be written: %m."), path);
  close(made);
  unlink(*beside); /* some writers insist on making the file themselves */
  return VD_OK;
}

void vd_replace_abandon(const char *beside) {
  unlink(beside);
}

static int sync_name(const char *path, int flags) {
  int handle = open(path, flags | O_CLOEXEC);
  if (handle < 0) return -1;
  int done = fsync(handle);
  int why = errno;
  close(handle);
  errno = why;
  return done;
}

vd_status vd_replace_finish(const char *beside, const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  if (sync_name(beside, O_RDWR) != 0 || rename(beside, path) != 0) {
    vd_status failed = vd_fail(VD_ERR_IO, _("%s cannot be written: %m."), path);
    unlink(beside);
    return failed;
  }
  /* The new name lasts once the folder is synced; some file systems cannot and say EINVAL. */
  if (sync_name(folder_of(arena, path), O_RDONLY | O_DIRECTORY) != 0 && errno != EINVAL)
    return vd_fail(VD_ERR_IO, _("%s was written, but the system did not confirm it: %m."), path);
  return VD_OK;
}
