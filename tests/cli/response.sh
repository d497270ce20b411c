#!/bin/sh
# response: incidents of a plan that can be checked by eye, what is unknown, and real events of a mission area.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
cd "$work" || exit 1
make_ten_cells

# At V5 help comes in 2 + 5 min, at V7 in 2 + 7; in time is 7.5. The visit at V3 is planned: presence does not know it.
at_v5=20.004508,5 at_v7=20.022544,5
run 0 add ten.gpkg incidents --at $at_v5 name="In time" from_time=2026-03-09T12:00:00Z perpetrator_class=armed_group precision_m=0 \
  alert_time=2026-03-09T12:10:00Z response_departed_time=2026-03-09T12:12:00Z response_arrived_time=2026-03-09T12:17:00Z
run 0 add ten.gpkg incidents --at $at_v7 name="Too far" from_time=2026-03-09T13:00:00Z perpetrator_class=criminal precision_m=0 \
  alert_time=2026-03-09T13:00:00Z response_arrived_time=2026-03-09T13:09:00Z
run 0 add ten.gpkg incidents --at 19.986474,5 name="After the visit" from_time=2026-03-09T02:30:00Z precision_m=0
run 0 add ten.gpkg incidents --at 21,5 name="Elsewhere" from_time=2026-03-09T14:00:00Z precision_m=0
run 0 add ten.gpkg incidents --at $at_v5 name="The year before" from_time=2025-03-09T14:00:00Z precision_m=0
run 0 response ten.gpkg
cp out first
says '^A response is recorded of 2 of 4 incidents; of 2 it is unknown\.$'
says '^1 of 2 recorded responses under a standard came in time; 2 incidents cannot be judged\.$'
says '^2 of 3 incidents were in reach in time; of 1 it is not sure or has no standard\.$'
says '^0 of 3 incidents had presence within 1 h 00 min before; of 1 it is not known\.$'
says 'Incidents begin outside the window and are not counted.*(1)$'
says 'Incidents lie outside the area of interest.*(1)$'
says 'No executed patrol is recorded'
says '^9 Mar 2026 12:00  *In time  *Must  *Armed group  *Base  *7 min  *7 min  *7 min  *8 min  *yes '
says '^9 Mar 2026 13:00  *Too far  *Must  *Criminal  *Base  *9 min  *9 min  *9 min  *8 min  *no '
run 0 response ten.gpkg --csv incidents
same "planned visit told apart" "$(awk -F, '$2 == "After the visit" { print $11 "|" $13 }' out)" "|2026-03-09T02:00:00Z"
# Once it was driven, it is presence; half an hour after it there was presence shortly before.
run 0 set ten.gpkg patrols Visit state=executed
run 0 response ten.gpkg --csv incidents
same "executed visit" "$(awk -F, '$2 == "After the visit" { print $11 "|" $12 "|" $13 "|" $15 }' out)" "2026-03-09T02:00:00Z|Visit||yes"
run 0 response ten.gpkg --json
if command -v python3 >/dev/null; then
  python3 - <<'END' || fail "the JSON is not what it should be"
import json
told = json.load(open("out"))
assert told["format"] == "vedette-response-1" and len(told["incidents"]) == 4
figures = {figure["key"]: figure for figure in told["figures"]}
rate = figures["response_rate"]
assert (rate["numerator"], rate["denominator"], rate["unknown"], rate["value"]) == (2, 4, 2, 0.5), rate
assert (figures["before_share"]["numerator"], figures["before_share"]["denominator"]) == (1, 3)
assert (figures["alert_arrived_min"]["value"], figures["alert_arrived_min"]["unknown"]) == (8, 2)
assert [row["priority"] for row in told["by_priority"]] == ["must", "none"]
assert {row["perpetrator"]: row["incidents"] for row in told["by_perpetrator"]} == {"armed_group": 1, "criminal": 1, "none": 2}
assert [row["month"] for row in told["by_month"]] == ["2026-03"]
for table in ("by_month", "by_priority", "by_perpetrator"):
    assert sum(row["incidents"] for row in told[table]) == 4, table
END
fi
run 0 response ten.gpkg --from 2025-01-01 --to 2027-01-01
says '^2025-03  *1 '
for threads in 1 2 7; do
  run 0 response ten.gpkg --threads $threads --csv incidents
  [ $threads -eq 1 ] && cp out one
  cmp -s out one || fail "the report differs on $threads threads"
done
run 2 response ten.gpkg --csv nothing
says 'incidents, by_month, by_area, by_perpetrator, by_priority'
run 2 response ten.gpkg --from 2026-03-10 --to 2026-03-09

# Real events, by year alone, with camps and closed roads: every one is told, nothing is claimed that is not known.
if [ -d "$data" ]; then
  ss=$data/south-sudan
  run 0 new ss.gpkg --area=23.4,3.4,36,12.3 --utc-offset +02:00 --from 2022-12-12 --title "South"
  run 0 import ss.gpkg "$ss/GeoJSON_military.geojson" --as bases --where 'name,name:en,operator~UN' --actor UNMISS --create-actors
  run 0 import ss.gpkg "$ss/GeoJSON_road_closed.geojson"
  run 0 import ss.gpkg "$ss/GeoJSON_incidents.geojson"
  run 0 import ss.gpkg "$ss/ucdp_ged201_events.csv"
  run 0 response ss.gpkg --from 1995-01-01 --to 2023-01-01
  says '^A response is recorded of 0 of 1.819 incidents; of 1.819 it is unknown\.$'
  says '^Response time of the nearest responder: median .*, of 1.664; 155 unknown\.$'
  says '^not known to the month  *1.815 '
  says 'known to a day or longer only.*(1815)$'
  run 0 response ss.gpkg --from 1995-01-01 --to 2023-01-01 --csv incidents
  same "events told" "$(awk 'END { print NR - 1 }' out)" 1819
  same "in Juba within the hour" "$(awk -F, '$2 == "Juba town" && $6 > 0 && $6 < 60 { n++ } END { print (n + 0) }' out)" 6
else
  echo "without ../shared/data: real events are left out"
fi
finish
