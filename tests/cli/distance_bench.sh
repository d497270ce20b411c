# The benches of distances, outlines and walking still run, and find what they should on a small raster.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
HELPER=$BUILD/tests/bench_distance_bench sh tests/bench/distance_bench.sh smoke >"$work/out" 2>"$work/err" || fail "distance_bench.sh failed"
says 'vedette lines'
says 'vedette areas'
grep -q 'shorter in 0\.00[1-9]\|shorter in 0\.[1-9]\|shorter in [1-9]' "$work/out" && fail "a peer's distance is shorter"
"$BUILD/tests/bench_walk_bench" smoke >"$work/out" 2>"$work/err" || fail "walking differs from Dijkstra's algorithm with the same law"
says ' 0 cells differ'
finish
