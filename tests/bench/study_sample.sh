#!/bin/sh
# study_sample: makes the sample mission area and times a whole study of it.
# SPDX-License-Identifier: Apache-2.0
# Usage: sh tests/bench/study_sample.sh [cell size in metres]
#   BUILD=...   the build folder (default build/release)
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$top/build/release}
area=$(mktemp -d) || exit 1
trap 'rm -rf "$area"' EXIT
"$build/maps/make_area" "$area" >/dev/null && "$build/tests/bench_study_sample" "$area" "${1:-0}"
