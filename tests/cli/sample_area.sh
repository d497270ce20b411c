#!/bin/sh
# sample_area: the sample mission area is the same bytes every time, hangs together, and tells its story.
# SPDX-License-Identifier: Apache-2.0
set -eu
make_area=$BUILD/maps/make_area
for tool in ogrinfo gdal_translate awk cmp; do
  command -v $tool >/dev/null || { echo "skipped: $tool is not installed (Debian: gdal-bin)"; exit 77; }
done
area=$(mktemp -d)
trap 'rm -rf "$area"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
count() { grep -c "$1" "$2" || true; }
same() { [ "$1" = "$2" ] || fail "$3: $1, not $2"; }

# The same bytes whatever the locale, the time zone and the folder; another seed gives another place.
"$make_area" "$area/a"
LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$make_area" --seed 20260314 "$area/b"
for file in "$area"/a/*; do
  cmp "$file" "$area/b/$(basename "$file")" || fail "$(basename "$file") differs between two runs"
done
same "$(ls "$area/a" | wc -l)" 17 "number of files"
"$make_area" "$area/c" --seed 7
cmp -s "$area/a/roads.geojson" "$area/c/roads.geojson" && fail "seed 7 gives the same roads"

# Wrong words are refused with a sentence and exit code 2.
set +e
said=$("$make_area" "$area/d" --seed x 2>&1); code=$?
set -e
same $code 2 "exit code of --seed x"
echo "$said" | grep -q "whole number" || fail "no sentence for --seed x: $said"

# GDAL reads every file in EPSG:4326.
for layer in area roads water settlements areas bases threats patrols stops restrictions sites; do
  ogrinfo -ro -al -so "$area/a/$layer.geojson" | grep -q 'ID\["EPSG",4326\]' || fail "$layer has no EPSG:4326"
done
for raster in elevation landcover population; do
  gdalinfo "$area/a/$raster.tif" | grep -q 'ID\["EPSG",4326\]' || fail "$raster has no EPSG:4326"
done

for seed in a c; do
  f=$area/$seed
  same "$(count '"place"' "$f/settlements.geojson")" 150 settlements
  same "$(count '"base_class"' "$f/bases.geojson")" 8 "bases and camps"
  same "$(count '"patrol_class"' "$f/patrols.geojson")" 25 patrols
  same "$(count '"threat_type"' "$f/threats.geojson")" 12 "threat areas"
  same "$(($(wc -l <"$f/incidents.csv") - 1))" 200 incidents
  same "$(count 'Sallavesh checkpoint' "$f/restrictions.geojson")" 13 "Wednesdays at the checkpoint"
  for word in must should could watch state_forces armed_group communal_militia foreign_forces criminal unknown; do
    grep -q "\"$word\"" "$f/threats.geojson" || fail "no threat area is $word"
  done
  grep 'Namarel bridge closed' "$f/restrictions.geojson" | grep -q '"from_time":"2026-03-11T08:00:00Z"' ||
    fail "the bridge does not close on 11 March at 10:00 local time"

  gdal_translate -q -of XYZ "$f/population.tif" "$area/people.xyz"
  awk -f tests/cli/sample_people.awk "$f/settlements.geojson" "$area/people.xyz" || fail "people (set $seed)"
  awk -f tests/cli/sample_roads.awk "$f/water.geojson" "$f/settlements.geojson" "$f/bases.geojson" \
    "$f/roads.geojson" "$f/patrols.geojson" "$f/stops.geojson" || fail "roads (set $seed)"
done

# The register tells the story: the checkpoint of every market day is regular, nothing else is, and the bridge is the dearest.
run_quietly() { "$VEDETTE" "$@" -q >"$area/out" 2>&1 || fail "vedette $*: $(cat "$area/out")"; }
run_quietly new "$area/v.gpkg" --area "$area/a/area.geojson" --utc-offset +02:00 --from 2026-03-09 --to 2026-03-16
run_quietly import "$area/v.gpkg" "$area"/a/*.csv "$area"/a/*.geojson "$area/a/population.tif"
run_quietly restrictions "$area/v.gpkg" --cell 5000 --top 0
grep -q 'Sallavesh checkpoint .*Wed 13 of 13 days, about 06:00 *regular: weekdays and intervals' "$area/out" || fail "Sallavesh"
same "$(count ' regular: ' "$area/out")" 1 "regular sites"
grep -q '^38 of 49 status-of-forces violations are by host-state forces' "$area/out" || fail "status of forces"
grep -A2 'when one alone is lifted' "$area/out" | grep -q '^Namarel bridge closed .* [1-9]' || fail "the dearest is not the bridge"
echo "sample_area: ok"
