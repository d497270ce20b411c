/* make_area: makes the sample mission area as files: make_area OUTDIR [--seed N].
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "story.h"
#include "vedette/base/i18n.h"

#define DEFAULT_SEED 20260314

static vd_status parse(int argc, char **argv, const char **folder, uint64_t *seed) {
  for (int i = 1; i < argc; i++) {
    int64_t number;
    if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
      if (!vd_parse_i64(argv[++i], &number) || number < 0)
        return vd_fail(VD_ERR_USAGE, _("--seed takes a whole number of 0 or more, not \"%s\"."), argv[i]);
      *seed = (uint64_t)number;
    } else if (argv[i][0] == '-' || *folder) {
      return vd_fail(VD_ERR_USAGE, _("\"%s\" is not understood. Usage: make_area OUTDIR [--seed N]"),
                     argv[i]);
    } else {
      *folder = argv[i];
    }
  }
  if (!*folder)
    return vd_fail(VD_ERR_USAGE, _("Name the folder to write to. Usage: make_area OUTDIR [--seed N]"));
  if (mkdir(*folder, 0777) != 0 && errno != EEXIST)
    return vd_fail(VD_ERR_IO, _("Cannot make the folder %s: %s."), *folder, strerror(errno));
  return VD_OK;
}

static void make_world(world *w) {
  make_relief(w);
  make_drainage(w);
  make_rivers(w);
  make_wetlands(w);
  make_towns(w);
  make_regions(w);
  make_villages(w);
  make_cover(w);
  make_people(w);
  make_roads(w);
  make_crossings(w);
}

static vd_status write_all(world *w, const char *folder) {
  const graph *g = graph_new(w);
  VD_TRY(write_ground(w, folder));
  VD_TRY(write_actors(w, folder));
  VD_TRY(write_bases(w, folder));
  VD_TRY(write_threats(w, folder));
  VD_TRY(write_patrols(w, g, folder));
  VD_TRY(write_restrictions(w, g, folder));
  VD_TRY(write_incidents(w, folder));
  return write_sites(w, folder);
}

int main(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *folder = NULL;
  world w = {.arena = arena, .seed = DEFAULT_SEED};
  vd_status status = parse(argc, argv, &folder, &w.seed);
  if (status == VD_OK) {
    make_world(&w);
    status = write_all(&w, folder);
  }
  if (status != VD_OK) fprintf(stderr, "make_area: %s\n", vd_last_message());
  return status == VD_OK ? 0 : status == VD_ERR_USAGE ? 2 : 1;
}
