#!/bin/sh
# includes: the directions of the house hold, line by line; and this check finds what it should.
# SPDX-License-Identifier: Apache-2.0
# Usage: sh tests/arch/includes.sh [root]     without a root: tests itself, then checks the tree it stands in
set -u
here=$(cd "$(dirname "$0")" && pwd)

# The findings for the tree at $1, a line each; fails when there are any.
check_tree() (
  cd "$1" || exit 1
  list=$(for top in src include tests maps cmake tools assets .ci; do
    [ ! -d "$top" ] || find "$top" -path tests/fuzz/corpus -prune -o -type f \
      \( -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' -o -name '*.py' -o -name '*.cmake' -o -name CMakeLists.txt \) -print
  done | LC_ALL=C sort)
  document=ARCHITECTURE.md
  if [ ! -f "$document" ]; then
    echo "$document:1: is missing"
    document=
  fi
  # Unquoted: a name a word; no source file has a space in its name.
  # shellcheck disable=SC2086
  awk -f "$here/includes.awk" CMakeLists.txt $document $list && [ -n "$document" ]
)

# A small tree that keeps all rules.
make_good() {
  mkdir -p "$1/src/core" "$1/src/draw" "$1/src/ui" "$1/src/platform" "$1/include/vedette/core" "$1/include/vedette/base" "$1/include/vedette/draw"
  spdx='/* x: y.
 * SPDX-License-Identifier: Apache-2.0 */'
  printf '# x\n# SPDX-License-Identifier: Apache-2.0\nvedette_folder(core USES base OUTSIDE m)\n' >"$1/CMakeLists.txt"
  echo "$spdx" >"$1/include/vedette/base/str.h"
  echo "$spdx" >"$1/include/vedette/draw/canvas.h"
  printf '%s\n#include "vedette/base/str.h"\n' "$spdx" >"$1/include/vedette/core/grid.h"
  printf '%s\n#include <math.h>\n#include "heap.h"\n#include "core/heap.h"\n#include "vedette/core/grid.h"\n' "$spdx" >"$1/src/core/grid.c"
  echo "$spdx" >"$1/src/core/heap.h"
  printf '%s\n#include <cairo.h>\n#include "vedette/draw/canvas.h"\n' "$spdx" >"$1/src/draw/cairo.c"
  printf '%s\n#include "vedette/draw/canvas.h"\n' "$spdx" >"$1/src/ui/ui.h"
  printf '%s\n#include <SDL2/SDL.h>\n#include "ui/ui.h"\n' "$spdx" >"$1/src/platform/sdl.c"
  printf 'The grid is in `src/core/grid.c`, `core/`, `src/*/ui.h` and\n`vedette/core/grid.h`; it takes `O(n)` and/or `a/b`.\n' >"$1/ARCHITECTURE.md"
}

tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
failures=0

# expect NAME LINE: the tree as it was bent must be refused with exactly this line; then it is made good again.
expect() {
  found=$(check_tree "$tree/house")
  code=$?
  if [ "$code" -eq 0 ] || [ "$found" != "$2" ]; then
    printf 'self-test, %s: expected exit 1 and\n  %s\ngot exit %s and\n  %s\n' "$1" "$2" "$code" "$found"
    failures=$((failures + 1))
  fi
  rm -rf "$tree/house"
  make_good "$tree/house"
}

add() { printf '%s\n' "$2" >>"$tree/house/$1"; }

self_test() {
  make_good "$tree/house"
  if ! found=$(check_tree "$tree/house") || [ -n "$found" ]; then
    printf 'self-test: a good tree was refused:\n%s\n' "$found"
    failures=$((failures + 1))
  fi
  add src/core/grid.c '#include "vedette/draw/canvas.h"'
  expect "an arrow back up" "src/core/grid.c:7: core may not use draw"
  add include/vedette/base/str.h '# include <vedette/core/grid.h>'
  expect "an arrow in a public header" "include/vedette/base/str.h:3: base may not use core"
  add src/draw/cairo.c '#include "ui/ui.h"'
  expect "an arrow to a header beside its source" "src/draw/cairo.c:5: draw may not use ui"
  mkdir "$tree/house/src/geo"
  cp "$tree/house/src/core/heap.h" "$tree/house/src/geo/raster.c"
  add src/geo/raster.c '#include "core/heap.h"'
  expect "a private header from outside" "src/geo/raster.c:3: src/core/heap.h is private to core"
  add include/vedette/core/grid.h '#include "core/heap.h"'
  expect "a private header in a public one" "include/vedette/core/grid.h:4: a public header may not include the private src/core/heap.h"
  add src/core/grid.c '#include "../draw/x.h"'
  expect "a path that climbs" 'src/core/grid.c:7: ../draw/x.h climbs out of its folder; write "vedette/<folder>/x.h"'
  for pair in platform:SDL.h draw:pango/pangocairo.h draw:fontconfig/fontconfig.h draw:glib.h draw:librsvg/rsvg.h geo:gdal.h \
    geo:ogr_api.h geo:cpl_conv.h geo:proj.h geo:geos_c.h store:sqlite3.h base:libintl.h; do
    add src/core/grid.c "#include <${pair#*:}>"
    expect "a second folder that knows ${pair#*:}" "src/core/grid.c:7: only ${pair%%:*} may include ${pair#*:}"
  done
  add src/ui/ui.h '#include "SDL2/SDL.h"'
  expect "an outside header in quotes" "src/ui/ui.h:4: only platform may include SDL2/SDL.h"
  add src/core/grid.c '#include "vedette/core/gird.h"'
  expect "a public header that is not there" "src/core/grid.c:7: there is no header include/vedette/core/gird.h"
  add src/core/grid.c '#include "core/haep.h"'
  expect "a private header that is not there" "src/core/grid.c:7: there is no header src/core/haep.h"
  printf '/* x: y. */\n' >"$tree/house/src/core/gap.c"
  expect "no licence" "src/core/gap.c:1: no SPDX-License-Identifier: Apache-2.0 in the first 4 lines"
  : >"$tree/house/src/core/gap.c"
  expect "an empty file" "src/core/gap.c:1: no SPDX-License-Identifier: Apache-2.0 in the first 4 lines"
  add ARCHITECTURE.md 'See `src/core/travel.c` there.'
  expect "a file named that is not there" 'ARCHITECTURE.md:3: names `src/core/travel.c`, which is not there'
  add ARCHITECTURE.md 'See `include/vedette/core/` and `src/core/gap_*.c`.'
  expect "a pattern that matches nothing" 'ARCHITECTURE.md:3: names `src/core/gap_*.c`, which is not there'
  add ARCHITECTURE.md 'Begin at `travel.c`.'
  expect "a bare file name" 'ARCHITECTURE.md:3: names `travel.c`, which is not there'
  rm "$tree/house/ARCHITECTURE.md"
  expect "no ARCHITECTURE.md" "ARCHITECTURE.md:1: is missing"
  mkdir "$tree/house/src/util"
  cp "$tree/house/src/core/heap.h" "$tree/house/src/util/util.c"
  expect "a folder outside the table" "src/util/util.c:1: there is no folder util in the table of tests/arch/includes.awk"
  add CMakeLists.txt 'vedette_folder(plan USES base geo)'
  expect "a link against the table" "CMakeLists.txt:4: plan links geo, which it may not use
CMakeLists.txt:4: the folders linked here are not those of the table"
  printf '%s\n' '/* main: x.' ' * SPDX-License-Identifier: Apache-2.0 */' '#include "vedette/core/grid.h"' >"$tree/house/src/main.c"
  expect "main reaching past the folders above" "src/main.c:3: main.c may not use core"
}

if [ $# -gt 0 ]; then
  check_tree "$1"
  exit
fi
self_test
check_tree . || failures=$((failures + 1))
[ "$failures" -eq 0 ] && echo "the house holds"
