#!/bin/sh
# presence_bench: a smoke run of the bench of presence: the same plan gives the same study, and very many changes are refused.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
bench=$BUILD/tests/bench_presence_bench
for what in once weekly answer many; do
  "$bench" $what 300 60 100 >"$work/$what" 2>"$work/steps" || fail "the bench failed: $(cat "$work/steps")"
  grep -q '^whole study: .* cells, .* departures' "$work/$what" || fail "no study: $(cat "$work/$what")"
done
"$bench" once 300 60 100 2>/dev/null | sed 's/.*; //' >"$work/again"
sed 's/.*; //' "$work/once" | cmp -s - "$work/again" || fail "another run found something else"
"$bench" dated 300 60 100000 >"$work/out" 2>&1 && fail "100000 restrictions with dates of their own were taken"
grep -q 'change at too many times' "$work/out" || fail "no clear sentence: $(cat "$work/out")"
finish
