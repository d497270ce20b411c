#!/bin/sh
# report_pages: reports as files to hand out, and on the map sheet; the same bytes each time; wrong words refused, nothing left behind.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
"$BUILD/maps/make_area" "$work/area" >/dev/null || exit 1
cd "$work/area" || exit 1
"$VEDETTE" new "$work/plan.gpkg" --area area.geojson --title "Velundra" --utc-offset +02:00 --from 2026-03-09 \
  --to 2026-03-16 --cell 6000 --classification confidential -q || exit 1
"$VEDETTE" import "$work/plan.gpkg" -q actors.csv areas.geojson bases.geojson threats.geojson patrols.geojson \
  stops.geojson restrictions.geojson roads.geojson water.geojson settlements.geojson sites.geojson \
  elevation.tif population.tif landcover.tif >/dev/null || exit 1
cd "$work" || exit 1

# Each format: the files are told, the same bytes again elsewhere in the world and on one thread.
for ending in pdf svg png; do
  run 0 coverage plan.gpkg -q -o "a.$ending"
  cp out told
  head -1 told | grep -qx "a.$ending" || fail "the path was not told"
  LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$VEDETTE" coverage plan.gpkg -q -o "b.$ending" --threads 1 >/dev/null
  cmp "a.$ending" "b.$ending" || fail "$ending differs between two runs"
done
[ -s a-2.png ] || fail "the second page should be a-2.png"
grep -qx a-2.png told || fail "the second page was not told"

# The words are on the paper as words, and what the terminal says is there too.
if command -v pdftotext >/dev/null; then
  pdftotext -layout a.pdf text
  pages=$(pdfinfo a.pdf | awk '/^Pages/ { print $2 }')
  same "classification on each page" "$(grep -c CONFIDENTIAL text)" $((2 * pages))
  for words in "Coverage over time" "Velundra" "UTC+02:00" "Settlements under threat" "Gap-hours" "Input hash" \
    "Page 1 of $pages" "Page $pages of $pages" "MADE SAMPLE DATA" "By night"; do
    grep -q "$words" text || fail "“$words” is not on the pages"
  done
  run 0 coverage plan.gpkg -q --csv places
  for place in $(awk -F, 'NR > 1 { print $1 }' out | head -40); do
    grep -q "$place" text || fail "$place is not on the pages"
  done
  run 0 coverage plan.gpkg -q -o top.pdf --top 3 --bw
  pdftotext -layout top.pdf text
  grep -q "and [0-9]* more" text || fail "rows left out are not counted"
  run 0 print plan.gpkg -q -o sheet.pdf --report coverage:places
  pdftotext -layout sheet.pdf text
  grep -q "Settlements under threat" text || fail "the table is not on the sheet"
  grep -q "Coverage over time" text || fail "the report's name is not on the sheet"
fi

# Wrong words are told before the study.
refused() { # words to look for, then the command
  words=$1
  shift
  run 2 "$@" && says "$words"
  [ ! -e no.pdf ] || fail "$*: left a file behind"
}
refused "leave out --json" coverage plan.gpkg -q -o no.pdf --json
refused "should end in" coverage plan.gpkg -q -o no.docx
refused "takes one of" print plan.gpkg -q -o no.pdf --report weather
refused "takes the tables" print plan.gpkg -q -o no.pdf --report coverage:weather
refused "leave out --no-study" print plan.gpkg -q -o no.pdf --report coverage --no-study
run 1 coverage plan.gpkg -q -o nowhere/a.pdf && says "nowhere/a.pdf"

# Both seasons: one row each, and the plan's own is the total of the window.
run 0 coverage plan.gpkg -q --seasons --csv by_season
same "seasons" "$(awk -F, 'NR > 1 { print $1 }' out | paste -sd' ')" "dry wet"
own=$(awk -F, '$1 == "dry" { print $2, $3 }' out)
run 0 coverage plan.gpkg -q --csv profiles
same "the plan's season" "$own" "$(awk -F, '$1 == "window" { print $2, $3 }' out)"
finish
