#!/bin/sh
# study: the report of a plan that can be checked by eye, its JSON and its files, and what is refused.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
golden=$(pwd)/tests/cli/expected
cd "$work" || exit 1
make_ten_cells

# The report, word by word; ids are new each time, so the hash is left out.
run 0 study ten.gpkg
sed 's/^Inputs (SHA-256): [0-9a-f]*$/Inputs (SHA-256): HASH/' out >report
cmp -s report "$golden/study_ten.txt" || { fail "the report differs:" && diff "$golden/study_ten.txt" report; }
cp out first
for threads in 1 2 7; do
  run 0 study ten.gpkg --threads $threads
  cmp -s out first || fail "the report differs on $threads threads"
done
LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$VEDETTE" study ten.gpkg | cmp -s - first || fail "the report follows the locale"

# Another window: from 08:00:01 on V3 is stale too and nobody was there within the window.
run 0 study ten.gpkg --from 2026-03-09T12:00 --to 2026-03-09T18:00
says '^All  *1.000  *6.000  *600 (10 %)  *3.000 (50 %)  *0 (0 %)  *2.400 (40 %)$'
# The visit is planned, so coverage of the past does not know it.
run 0 study ten.gpkg --past
says 'executed patrols only'
says '^All  *1.000  *24.000  *2.400 (10 %)'

# At worst, half as quick, only V0 to V2 are in time; at best V6 is. So V0 is surely covered, V3 maybe, and nobody else is visited.
run 0 study ten.gpkg
says '^Covered: between 2.400 and 3.100 of 24.000 person-hours (10 % to 13 %), likely 3.100 (13 %)\.$'
run 0 study ten.gpkg --assume worst
says '^Assumed *the worst'
says '^All  *1.000  *24.000  *2.400 (10 %)  *4.800 (20 %)  *700 (3 %)  *16.100 (67 %)$'
run 0 study ten.gpkg --assume best
says '^All  *1.000  *24.000  *3.100 (13 %)  *13.700 (57 %)  *0 (0 %)  *7.200 (30 %)$'

# The same figures as data.
run 0 study ten.gpkg --json -o ten-results.gpkg -o gaps.geojson -o gaps.csv -o reach-response.tif -o hours.tif -o state.tif -o certainty.tif
if command -v python3 >/dev/null; then
  cp out study.json
  python3 - <<'END' || fail "the JSON is not what it should be"
import json
study = json.load(open("study.json"))
head = study["headline"]
threat = head["under_threat"]
assert study["format"] == "vedette-study-1" and study["window"]["hours"] == 24, study["window"]
assert head["people_in_area"] == 1000 and threat["person_hours"] == 24000, head
states = threat["person_hours_by_state"]
assert abs(states["covered"] - 3100) < 0.1 and states["uncovered"] == 9600, states  # 2400 at V0, 7 h at V3
assert abs(sum(states.values()) - threat["person_hours"]) < 0.3
assert (threat["covered_at_worst_person_hours"], study["plan"]["assumed"]) == (2400, "likely"), threat
assert abs(threat["covered_at_best_person_hours"] - 3100) < 0.1, threat
near = study["gaps"][0]  # V1 to V5: V3 is not covered at worst
assert (near["person_hours_at_best"], near["person_hours_at_worst"]) == (near["person_hours"], 12000), near
assert head["by_priority"]["must"] == threat and head["by_priority"]["watch"]["people"] == 0
assert [(gap["name"], gap["cause"], gap["people"]) for gap in study["gaps"]] == [
    ("G-01", "visited_seldom", 500), ("G-02", "beyond_reach", 400)]
far = study["gaps"][1]
assert far["route"]["notice_min"] == 2 and far["route"]["travel_min"] == 6 and far["responder"]["name"] == "Base"
assert all(abs(sum(list(gap["cause_share"].values())[:4]) - 1) < 1e-3 for gap in study["gaps"])
table = json.load(open("gaps.geojson"))["features"]
assert [row["properties"]["name"] for row in table] == ["G-01", "G-02"]
assert all(row["geometry"]["type"].endswith("Polygon") for row in table)
END
fi
same "lines of gaps.csv" "$(wc -l <gaps.csv)" 3
same "cells and people as layers" "$(sqlite3 ten-results.gpkg 'select count(*), sum(people), sum(hours_covered * people) > 3099.9 from cells')" '10|1000.0|1'
same "hours surely, maybe and not covered at V3" "$(sqlite3 ten-results.gpkg "select printf('%.0f %.0f %.0f %s', hours_surely_covered,
  hours_maybe_covered, hours_not_covered, certainty) from cells order by abs(hours_maybe_covered) desc limit 1")" '0 7 17 not'
same "layers" "$(sqlite3 ten-results.gpkg 'select group_concat(table_name) from (select table_name from gpkg_contents order by 1)')" \
  cells,duplicates,gaps,responders
if command -v gdallocationinfo >/dev/null; then
  at() { gdallocationinfo -valonly -wgs84 "$1" "$2" 5; }
  same "response at V6" "$(at reach-response.tif 20.013526 | awk "{ printf \"%.1f\", \$1 }")" 8.0
  same "hours not covered at V0" "$(at hours.tif 19.959423)" 0
  same "hours not covered at V6" "$(at hours.tif 20.013526)" 24
  same "state at V6" "$(at state.tif 20.013526)" 4
  same "certainty at V0" "$(at certainty.tif 19.959423)" 0
  same "certainty at V6" "$(at certainty.tif 20.013526)" 2
fi

# Same input, same bytes.
for name in ten-results.gpkg gaps.geojson gaps.csv reach-response.tif; do mv $name was-$name; done
run 0 study ten.gpkg -q -o ten-results.gpkg -o gaps.geojson -o gaps.csv -o reach-response.tif
for name in ten-results.gpkg gaps.geojson gaps.csv reach-response.tif; do
  cmp -s $name was-$name || fail "$name differs between two runs"
done
same "words on standard error" "$(wc -c <err)" 0

# Refused with a sentence, nothing written, the plan untouched.
before=$(content ten.gpkg)
run 2 study ten.gpkg -o ten.gpkg
says 'is a plan'
run 2 study ten.gpkg -o results.doc
says 'should end in'
run 1 study ten.gpkg -o nowhere/results.csv
says 'folder'
run 2 study ten.gpkg --from 2026-03-10 --to 2026-03-09
says 'ends before it begins'
run 2 study ten.gpkg --from 2026-02-30
says '2026-02-30'
run 2 study ten.gpkg --season monsoon
says 'dry or wet'
run 2 study ten.gpkg --raster people -o a.tif
says 'state, hours, response or certainty'
run 2 study ten.gpkg --assume hoped
says 'likely, best or worst'
run 2 study ten.gpkg --assume worst -o ten-certainty.tif
says 'leave out --assume'
run 1 study absent.gpkg
says 'absent.gpkg'
[ ! -e results.doc ] && [ ! -e a.tif ] || fail "a refused run left a file"
same "the plan" "$(content ten.gpkg)" "$before"

# A plan without people or threats says so.
run 0 new empty.gpkg --area=19.955,4.9955,20.045,5.0045 --cell 1000
run 0 study empty.gpkg
says '^0 of 0 people'
finish
