#!/bin/sh
# coordinate: ten cells that can be checked by eye, and the sample area's story: Dorrumai visited by all, Isharen valley by nobody.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
golden=$(pwd)/tests/cli/expected
make_area=$BUILD/maps/make_area
cd "$work" || exit 1

# The police stand at V3 from 03:00 to 04:00, an hour after the force: presence of six hours each, and one of them could be spared.
make_ten_cells
run 0 add ten.gpkg actors name="UN Police" kind=un_police counts_as_presence=1
run 0 add ten.gpkg patrols name="Second visit" actor="UN Police" vehicle=4x4 state=planned influence_m=400 responds=0 \
  from_time=2026-03-09T03:00:00Z to_time=2026-03-09T04:00:00Z
run 0 add ten.gpkg stops --at 19.986474,5 name="At V3" patrol="Second visit" sequence=0 arrive_min=0 depart_min=60
run 0 coordinate ten.gpkg
sed 's/(marked unsourced). ([0-9]*)/(marked unsourced). (N)/' out >report
cmp -s report "$golden/coordinate_ten.txt" || { fail "the report differs:" && diff "$golden/coordinate_ten.txt" report; }
cp out first
for threads in 1 2 7; do
  run 0 coordinate ten.gpkg --threads $threads
  cmp -s out first || fail "the report differs on $threads threads"
done
LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$VEDETTE" coordinate ten.gpkg | cmp -s - first || fail "the report follows the locale"
run 0 coordinate ten.gpkg --csv actors
says '^actor,kind,counts_as_presence,bases,patrols,departures,covered_alone_person_hours'
run 2 coordinate ten.gpkg --csv nothing
says 'single_losses'
run 2 coordinate

"$make_area" area >/dev/null || fail "no sample area"
cd area || exit 1
"$VEDETTE" new ../plan.gpkg --area area.geojson --title "Velundra" --utc-offset +02:00 --from 2026-03-09 \
  --to 2026-03-16 --cell 1500 -q >/dev/null || fail "no plan"
"$VEDETTE" import ../plan.gpkg -q actors.csv areas.geojson bases.geojson threats.geojson patrols.geojson stops.geojson \
  restrictions.geojson roads.geojson water.geojson settlements.geojson elevation.tif population.tif landcover.tif \
  >/dev/null || fail "nothing imported"
cd ..
run 0 coordinate plan.gpkg --json -q
if command -v python3 >/dev/null; then
  cp out told.json
  python3 - <<'END' || fail "the sample area's story does not come out"
import json
told = json.load(open("told.json"))
assert told["format"] == "vedette-coordinate-1"
figures = {figure["key"]: figure for figure in told["figures"]}
assert 0 < figures["covered"]["numerator"] < figures["covered"]["denominator"]

# Five actors, all alone less than all together; what one of them leaves open is at most what it has.
assert len(told["actors"]) == 5, [a["actor"] for a in told["actors"]]
for actor in told["actors"]:
    assert actor["covered_alone_person_hours"] <= figures["covered"]["numerator"] + 1
    assert actor["lost_without_person_hours"] <= figures["covered"]["numerator"] + 1
for pair in told["pairs"]:
    assert pair["both_cover_person_hours"] <= pair["both_present_person_hours"] + 1

# Everybody goes to Dorrumai, and nobody to the valley where a fifth of all that is open lies.
spots = told["hot_spots"]
dorrumai = next(s for s in spots if s["settlement"] == "Dorrumai")
assert dorrumai is spots[0] and dorrumai["actors"] == 5 and dorrumai["visits"] > 20, dorrumai
valley = [s for s in spots if s["threat_area"] == "Isharen valley"]
assert len(valley) >= 4 and all(s["actors"] == 0 and s["visits"] == 0 and s["balance"] == "nobody" for s in valley)
assert sum(s["need_share"] for s in valley) > 0.15
assert abs(sum(s["need_share"] for s in spots) - 1) < 1e-3 and abs(sum(s["visit_share"] for s in spots) - 1) < 1e-3

# The spare visits of Dorrumai, and what each could have covered elsewhere.
spare = [d for d in told["duplications"] if d["settlement"] == "Dorrumai" and d["answer"] == "found"]
assert len(spare) > 20 and {"Dorrumai town patrol", "Civil affairs visit to Dorrumai"} <= {d["spare_visit"] for d in spare}
assert all(d["gained_person_hours"] > d["given_up_person_hours"] and d["minutes"] <= 60 and d["gap"] for d in spare)

# Sectors are not told besides the areas of responsibility of the same outline; the flagged patrol; the bridge.
assert len(told["seams"]) == 2 and all(s["area_a"].startswith("Area of responsibility") for s in told["seams"])
assert [flag["patrol"] for flag in told["joint_flagged"]] == ["Joint patrol on the N1"]
losses = told["single_losses"]
assert any(l["kind"] == "bridge" and l["name"] == "Namarel bridge" and l["covered_person_hours"] > 0 for l in losses)
assert [l["covered_person_hours"] for l in losses] == sorted((l["covered_person_hours"] for l in losses), reverse=True)
depth = {row["places"]: row["person_hours"] for row in told["depth"]}
assert abs(sum(depth.values()) - figures["covered"]["denominator"]) < 1 and set(depth) == {"0", "1", "2", "3+"}
assert sum(row["person_hours"] for row in told["perpetrators"]) >= figures["covered"]["denominator"] - 1
END
fi
finish
