#!/bin/sh
# schedule: outings and conflicts of a plan that can be checked by eye, as text, JSON and CSV, and what is refused.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
cd "$work" || exit 1
make_ten_cells

# The one visit fits.
run 0 schedule ten.gpkg --check --strict
says 'Nothing conflicts'

# A second one of the same crew from V0 to V9 and back: 9 min out, 30 min there, 9 min back; 01:30 to 02:18.
run 0 set ten.gpkg patrols Visit crew="First section"
run 0 add ten.gpkg patrols name="Round" actor="UN Force" vehicle=4x4 state=approved responds=0 \
  crew="first section; Second section" from_time=2026-03-09T01:30:00Z recurrence="FREQ=DAILY;COUNT=3" exceptions=20260310
i=0
for at in 19.959423 20.040577 19.959423; do
  arrive= && depart=
  [ $i -eq 0 ] && arrive=arrive_min=0
  [ $i -eq 1 ] && arrive=arrive_min=9 depart=depart_min=39
  run 0 add ten.gpkg stops --at $at,5 name="Stop $i" patrol="Round" sequence=$i $arrive $depart
  i=$((i + 1))
done
run 0 schedule ten.gpkg
says '2 outings in the window: 1 Planned, 1 Approved, 0 Executed, 0 Obstructed, 0 Cancelled'
says '1 conflicts; 2 of 2 planned and approved outings have one'
says 'Crew First section is in both “Visit” and “Round” for 30 min from 9 Mar 2026 01:30'
says '^9 Mar 2026 01:30  *Round .* 9 Mar 2026 02:18 '
cp out first
run 0 schedule ten.gpkg --threads 2
cmp -s out first || fail "the schedule differs on two threads"
LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$VEDETTE" schedule ten.gpkg | cmp -s - first || fail "the schedule follows the locale"

# What does not fit, alone; with --strict it is a failure that a script sees.
run 0 schedule ten.gpkg --check
grep -q 'Outings' out && fail "--check tells outings"
run 1 schedule ten.gpkg --check --strict
says '1 conflicts in the schedule'
run 0 schedule ten.gpkg --check --csv conflicts
same "lines of the conflicts" "$(wc -l <out)" 2
says '2026-03-09T01:30:00Z,2026-03-09T02:00:00Z,crew,30,'

# A week: the second day is left out, the third is there.
run 0 schedule ten.gpkg --from 2026-03-09 --to 2026-03-16 --csv outings
same "outings of the week" "$(grep -c '^2026' out)" 3
says '^2026-03-11T01:30:00Z,Round,'
if command -v python3 >/dev/null; then
  run 0 schedule ten.gpkg --json
  python3 - <<'END' || fail "the JSON is not what it should be"
import json
report = json.load(open("out"))
assert report["format"] == "vedette-schedule-1"
legs = [leg for leg in report["legs"] if leg["patrol"] == "Round"]
assert [leg["to"] for leg in legs] == ["Stop 0", "Stop 1", "Stop 2"]
assert [leg["arrive"][11:16] for leg in legs[:2]] == ["01:30", "01:39"] and legs[2]["arrive"][11:16] in ("02:17", "02:18"), legs
assert abs(legs[1]["needed_min"] - 9) < 0.1 and legs[1]["planned_min"] == 9 and legs[1]["stay_min"] == 30
assert legs[2]["planned_min"] is None and abs(legs[2]["length_km"] - 9) < 0.05
assert [c["kind"] for c in report["conflicts"]] == ["crew"] and report["conflicts"][0]["minutes"] == 30
END
fi

# The sample area: the clockwork loop is told seven times, the vehicle that is down for two patrols, the bridge that stops the
# daily patrol from Wednesday noon on; what was obstructed is told and held against nothing.
make_area=$BUILD/maps/make_area
if [ -x "$make_area" ]; then
  "$make_area" area
  run 0 new sample.gpkg --area area/area.geojson --utc-offset +02:00 --from 2026-03-09 --to 2026-03-16 --cell 1000
  run 0 import sample.gpkg area/actors.csv area/roads.geojson area/settlements.geojson area/patrols.geojson \
    area/stops.geojson area/restrictions.geojson
  run 0 schedule sample.gpkg --csv outings
  same "loops" "$(grep -c ',Kethun morning loop,.*,executed,' out)" 7
  same "obstructed" "$(grep -c ',obstructed,.*,0,[0-9.]*,[0-9.]*$' out)" 2
  run 0 schedule sample.gpkg --check --csv conflicts
  same "vehicles twice" "$(grep -c ',vehicle,219,' out)" 1
  says 'Vehicle N-32 is in both “Namarel daily patrol” and “Namarel patrol” for 3 h 39 min from 9 Mar 2026 09:00'
  same "days on which the bridge stops the patrol" "$(grep ',blocked,' out | grep -c 'Namarel bridge closed')" 5
  says '^2026-03-11T10:3[0-9]:[0-9Z:,T-]*blocked'
else
  echo "the sample area is left out: $make_area is not built"
fi

# Refused with a sentence, the plan untouched.
unchanged ten.gpkg set ten.gpkg patrols Round exceptions="second of March"
says 'dates left out'
unchanged ten.gpkg set ten.gpkg patrols Round recurrence="FREQ=YEARLY"
run 1 set ten.gpkg plan utc_offset=Africa/Juba
says 'understood are UTC'
run 2 schedule ten.gpkg --from 2026-03-10 --to 2026-03-09
says 'ends before it begins'
run 1 schedule ten.gpkg --from 2026-01-01 --to 2028-01-01
says 'longer than 400 days'
run 2 schedule ten.gpkg --csv trips
says 'outings, legs, conflict_kinds, conflicts'
finish
