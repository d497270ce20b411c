#!/bin/sh
# print: the sample area as PDF, SVG and PNG; the same bytes each time; wrong words refused, nothing half-written left.
# SPDX-License-Identifier: Apache-2.0
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
"$BUILD/maps/make_area" "$here/area" >/dev/null
cd "$here/area"
"$VEDETTE" new "$here/plan.gpkg" --area area.geojson --title "Velundra" --utc-offset +02:00 --from 2026-03-09 \
  --to 2026-03-16 --cell 1500 --classification confidential -q
"$VEDETTE" import "$here/plan.gpkg" -q actors.csv areas.geojson bases.geojson threats.geojson patrols.geojson \
  stops.geojson restrictions.geojson roads.geojson water.geojson settlements.geojson sites.geojson incidents.csv \
  elevation.tif population.tif landcover.tif >/dev/null
cd "$here"

# Each format; the path is told; running it again, in another place and zone of the world, gives the same bytes.
for ending in pdf svg png; do
  said=$("$VEDETTE" print plan.gpkg -q -o "map.$ending" --paper a4 --dpi 60)
  [ "$said" = "map.$ending" ] || fail "the path was not told: $said"
  LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$VEDETTE" print plan.gpkg -q -o "again.$ending" --paper a4 --dpi 60 --threads 1 >/dev/null
  cmp "map.$ending" "again.$ending" || fail "$ending differs between two runs"
done
"$VEDETTE" print plan.gpkg -q --no-study --dpi 60 >/dev/null
[ -s plan.pdf ] || fail "without -o the page should be plan.pdf"

# The words are on the paper as words.
if command -v pdftotext >/dev/null; then
  pdftotext -layout map.pdf text
  [ "$(grep -c CONFIDENTIAL text)" = 2 ] || fail "the classification should stand twice"
  for words in "Velundra" "MADE SAMPLE DATA" "people under threat" "G-01" "Input hash" "UTM zone" "do not imply"; do
    grep -q "$words" text || fail "“$words” is not on the page"
  done
  "$VEDETTE" print plan.gpkg -q -o night.pdf --at 2026-03-11T22:00 --layers -relief,+incidents --bw >/dev/null
  pdftotext -layout night.pdf text
  grep -q "At 11 Mar 2026 20:00 UTC" text || fail "the time of the snapshot is not told"
  grep -q "Incident" text || fail "incidents are not in the legend"
fi
pdfinfo map.pdf 2>/dev/null | grep -q "841.89 x 595.276 pts" || ! command -v pdfinfo >/dev/null || fail "map.pdf is not A4"

refused() { # words to look for, then the arguments
  words=$1; shift
  set +e; said=$("$VEDETTE" print plan.gpkg -q -o no.pdf "$@" 2>&1); code=$?; set -e
  [ $code = 2 ] || fail "$*: exit $code, not 2"
  echo "$said" | grep -q "$words" || fail "$*: $said"
  [ ! -e no.pdf ] || fail "$*: left a file behind"
}
refused "a4, a3" --paper letter
refused "no layer" --layers trees
refused "1:500" --scale 1:3
refused "outside the window" --at 2027-01-01
refused "begins" --from 2026-03-12 --to 2026-03-11
set +e
"$VEDETTE" print plan.gpkg -q -o map.docx 2>said; [ $? = 2 ] || fail "map.docx was not refused"
"$VEDETTE" print plan.gpkg -q -o nowhere/map.pdf 2>said; [ $? = 1 ] || fail "a missing folder was not told"
"$VEDETTE" print none.gpkg -q 2>said; [ $? = 1 ] || fail "a missing plan was not told"
set -e
echo "print: ok"
