#!/bin/sh
# predict: the clockwork patrol of the sample area comes out on top; planned patrols are told apart; moves lower the score.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
"$BUILD/maps/make_area" area >/dev/null || exit 1
run 0 new plan.gpkg --area area/area.geojson --utc-offset +02:00 --from 2026-03-09 --to 2026-03-16 --cell 2000
for file in actors.csv bases.geojson settlements.geojson sites.geojson threats.geojson patrols.geojson stops.geojson; do
  run 0 import plan.gpkg area/$file
done
run 0 predict plan.gpkg
says '^From 19 Jan 2026 00:00 to 16 Mar 2026 00:00, UTC+02:00$'
says '^Seen for 8 weeks, executed patrols only; a watcher wants to be 80 % sure\.$'
same "the first unit" "$(sed -n '/^Units$/,$p' out | sed -n 3p | cut -c1-19)" "Kethun morning loop"
says '^Kethun morning loop  *Patrol  *Mission military component  *56  *1.00  *clockwork  *Mon 11:00 for 21 h  *21  *0  *8  *0.00  *1.00  *0.00$'
grep -q 'Namarel daily patrol' out && fail "an approved patrol is counted as executed"
run 0 predict plan.gpkg --top 0
says '^Brenolo long patrol .* 4  *–  *too few to tell '

# Every move lowers the score of its patrol, by whole hours, and the moved departure is told.
run 0 predict plan.gpkg --csv moves
same "moves told" "$(awk 'END { print (NR > 100) }' out)" 1
same "moves that do not help" "$(awk -F, 'NR > 1 && ($7 > $6 - 0.05 || $4 % 60 != 0 || $4 == 0 || $2 == $5)' out)" ""
run 0 predict plan.gpkg --csv units
same "units by score" "$(awk -F, 'NR > 1 && $5 != "" { if (last != "" && $5 > last + 0.0011) print; last = $5 }' out)" ""

# Another number of weeks, and what is planned.
run 0 predict plan.gpkg --weeks 4 --from 2026-02-09 --to 2026-02-16
says '^From 19 Jan 2026 00:00 to 16 Feb 2026 00:00'
run 0 predict plan.gpkg --planned --to 2026-04-13 --weeks 4
says 'planned and approved patrols only'
says '^Namarel daily patrol '
grep -q 'Kethun morning loop' out && fail "an executed patrol is counted as planned"
run 2 predict plan.gpkg --weeks 3
says 'weeks'
for threads in 1 3; do
  run 0 predict plan.gpkg --threads $threads --json
  [ $threads -eq 1 ] && cp out one
  cmp -s out one || fail "the report differs on $threads threads"
done

# An empty plan says so.
run 0 new empty.gpkg --area=19.955,4.9955,20.045,5.0045 --cell 1000 --from 2026-03-09 --to 2026-03-16
run 0 predict empty.gpkg
says 'No unit departs in these weeks'
finish
