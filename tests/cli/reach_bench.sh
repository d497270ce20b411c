#!/bin/sh
# reach_bench: a smoke run of the bench of reach, and the error it measures.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
HELPER=$BUILD/tests/bench_reach_bench PEERS='' RUNS=1 VEDETTE=$VEDETTE sh tests/bench/reach_bench.sh smoke >"$work/out" 2>&1 ||
  fail "the bench failed: $(cat "$work/out")"
grep -q '^  vedette .* ns a cell' "$work/out" || fail "no time: $(cat "$work/out")"
# The greatest error of 32 neighbours, 1 / cos(atan(1/3) / 2) - 1, and hardly more for floats.
awk '/greatest/ { n++; if ($3 > 1.32 || $3 < 0.5) bad++ } END { exit !(n == 2 && !bad) }' "$work/out" ||
  fail "the error is not that of 32 neighbours: $(cat "$work/out")"
finish
