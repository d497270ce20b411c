# vedette diff: two plans in words, and what changes in coverage, on the row of ten cells.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
cd "$work" || exit 1
make_ten_cells
cp ten.gpkg moved.gpkg
# From V0 to V8. The base is present in its own cell alone: V0 covered all day before, V8 after; V3 seven hours in both.
run 0 set moved.gpkg bases Base at=20.031560,5
run 0 diff ten.gpkg moved.gpkg --csv differences
says '^base,Base,changed,geometry,"19.959423, 5.000000","20.031560, 5.000000"'
run 0 diff ten.gpkg moved.gpkg --csv counts
says '^base,0,0,1'
run 0 diff ten.gpkg moved.gpkg --study
says '^100 people newly covered, in 1 cells'
says '^100 people newly not covered, in 1 cells'
run 0 diff ten.gpkg moved.gpkg --study --csv by_priority
says '^must,100,100,3100[.0-9]*,3100[.0-9]*,2400,2400'
run 0 diff ten.gpkg moved.gpkg --study --csv by_change
says '^newly_covered,1,100'
says '^newly_not,1,100'
says '^not_covered,8,800'
run 0 diff ten.gpkg moved.gpkg --study --csv by_threat
says 'All along the row'
run 0 diff ten.gpkg moved.gpkg --study -o cells.geojson -q
same "cells" "$(grep -o '"change": *"[a-z_]*"' cells.geojson | sort | uniq -c | tr -s ' \n' ' ')" \
  ' 1 "change":"newly_covered" 1 "change":"newly_not" 8 "change":"not_covered" '
run 0 diff ten.gpkg moved.gpkg --study -o change.svg -q
grep -q '<svg' change.svg || fail "no map was drawn"
run 0 diff ten.gpkg moved.gpkg --study -o change2.svg -q --threads 1
cmp -s change.svg change2.svg || fail "the map depends on the threads"

run 0 set moved.gpkg plan cell=500
run 2 diff ten.gpkg moved.gpkg --study
says 'different grids'
run 0 diff ten.gpkg moved.gpkg --study --cell 1000
run 0 set moved.gpkg plan cell=1000 to=2026-03-11
run 2 diff ten.gpkg moved.gpkg --study
says 'different windows'
run 0 diff ten.gpkg moved.gpkg --study --to 2026-03-10
run 2 diff ten.gpkg moved.gpkg --study -o ten.gpkg
says 'is a plan'
run 2 diff ten.gpkg moved.gpkg -o cells.geojson
run 2 diff ten.gpkg moved.gpkg --study -o cells.doc
run 1 diff ten.gpkg absent.gpkg
finish
