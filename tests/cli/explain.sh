#!/bin/sh
# explain: one place of a plan that can be checked by eye, by name, coordinates, grid reference and gap.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
golden=$(pwd)/tests/cli/expected
cd "$work" || exit 1
make_ten_cells

run 0 explain ten.gpkg --at V3 --time 2026-03-09T09:00
sed 's/^Inputs (SHA-256): [0-9a-f]*$/Inputs (SHA-256): HASH/' out >told
cmp -s told "$golden/explain_ten.txt" || { fail "the explanation differs:" && diff "$golden/explain_ten.txt" told; }

# However the place is named it is the same one.
sed -n '/^State through/,$p' out >rest
for at in 19.986474,5 '5N 19.986474E' v3; do
  run 0 explain ten.gpkg --at "$at" --time 2026-03-09T09:00
  sed -n '/^State through/,$p' out | cmp -s - rest || fail "$at is another place"
done
run 0 explain ten.gpkg --at G-02
says 'V6, '
says 'Beyond reach'
says '^too late  *8 min  *7 min to 14 min  *2 min  *6 min  Base'

run 0 explain ten.gpkg --at V3 --json
if command -v python3 >/dev/null; then
  cp out explain.json
  python3 - <<'END' || fail "the JSON is not what it should be"
import json
told = json.load(open("explain.json"))
assert told["format"] == "vedette-explain-1" and told["place"]["people"] == 100 and told["moment"] is None
assert told["threat"]["response_standard_min"] == 7.5 and told["threat"]["priority"] == "must"
covered = [span for span in told["states"] if span["state"] == "covered"]
assert [(span["from"], span["to"]) for span in covered] == [("2026-03-09T01:00:00Z", "2026-03-09T08:00:01Z")], covered
cover = told["cover"] # covered from 01:00 to 08:00:01 of 24 hours, all of them light
assert abs(cover["gap_hours"] - 17) < 0.001 and cover["n_gaps"] == 2 and abs(cover["longest_gap_h"] - 16) < 0.001
assert cover["longest_from"] == "2026-03-09T08:00:01Z" and abs(cover["covered_share"]["day"] - 7 / 24) < 0.001
assert cover["covered_share"]["night"] is None and cover["covered_share"]["market_days"] is None
assert cover["ribbon"][:9] == [0, 1, 1, 1, 1, 1, 1, 1, 0] and cover["ribbon"][24:] == [None] * 144
assert told["reaches"][0]["in_time"] and told["reaches"][0]["route"]["travel_min"] == 3
reach = told["reaches"][0]  # two minutes notice, and three at best 2.4, at worst 6
assert abs(reach["response_at_best_min"] - 4.4) < 0.02 and abs(reach["response_at_worst_min"] - 8) < 0.02, reach
assert [visit["name"] for visit in told["visits"]] == ["Visit"] and told["gap"]["name"] == "G-01"
END
fi

# Two weeks of which one day had a visit: half of its hours of the week.
run 0 explain ten.gpkg --at V3 --to 2026-03-23
says '^Mon ░▓▓▓▓▓ ▓▓░░░░'
says '^Sun ░░░░░░'
says 'Gap-hours  *329.0 of 336.0 hours under threat not covered; gaps in time: 2, the longest 328.0 h'

run 2 explain ten.gpkg
says 'say which place'
run 1 explain ten.gpkg --at Nowhere
says 'no coordinate'
run 1 explain ten.gpkg --at 30,10
says 'outside the plan'
run 2 explain ten.gpkg --at V3 --time 2027-01-01
says 'outside the window'
finish
