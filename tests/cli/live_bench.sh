#!/bin/sh
# live_bench: the benchmark of live edits runs, small.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh

sh tests/bench/live_bench.sh smoke >"$work/out" 2>&1 || fail "the bench ends with $?: $(tail -3 "$work/out")"
for line in "drag a base" "close or open a bridge" "scrub time"; do
  grep -q "^$line  *median" "$work/out" || fail "no figure for: $line"
done
finish
