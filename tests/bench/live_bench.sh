#!/bin/sh
# live_bench: makes the sample mission area and measures edits of it, live, on grids of several sizes.
# SPDX-License-Identifier: Apache-2.0
# Usage: sh tests/bench/live_bench.sh [smoke | cell sizes in metres...]     default 900 180
#   BUILD=...   the build folder (default build/release)      THREADS=n (default: one per processor)
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$top/build/release}
edits=60
if [ "${1:-}" = smoke ]; then
  edits=3
  set -- 4000
fi
[ $# -gt 0 ] || set -- 900 180
area=$(mktemp -d) || exit 1
trap 'rm -rf "$area"' EXIT
"$build/maps/make_area" "$area" >/dev/null || exit 1
for cell in "$@"; do
  "$build/tests/bench_live_bench" "$area" "$cell" "${THREADS:-0}" "$edits" || exit 1
done
