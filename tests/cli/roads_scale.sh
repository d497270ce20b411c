# A small run of the benchmark of large road networks, which compares its times with a plain Dijkstra over the roads as drawn.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
"$BUILD/tests/bench_roads_bench" 5000 >"$work/out" 2>"$work/err" || fail "the benchmark ended with $?: $(head -3 "$work/err")"
says 'network built'
says 'four hours by road from 60 bases'
says ' [1-9][0-9]* nodes equal, 0 different, 0 reached by one alone'
finish
