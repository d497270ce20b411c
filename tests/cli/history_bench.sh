#!/bin/sh
# history_bench: a smoke run of the bench of statistics over years: the same plan gives the same answers.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
bench=$BUILD/tests/bench_history_bench
found() { sed 's/:.* MB;/:/' "$1"; }
"$bench" 1 2000 200 20 >"$work/first" 2>"$work/err" || fail "the bench failed: $(cat "$work/err")"
for what in restrictions "response without travel" "predict without moves" "predict" "response"; do
  grep -q "^$what: .* s, processor .* s, peak .* MB; " "$work/first" || fail "no $what: $(cat "$work/first")"
done
grep -q ' [1-9][0-9]* solves$' "$work/first" || fail "nothing was solved: $(cat "$work/first")"
"$bench" 1 2000 200 20 >"$work/second" 2>/dev/null
found "$work/first" >"$work/a"
found "$work/second" | cmp -s - "$work/a" || fail "another run found something else"
finish
