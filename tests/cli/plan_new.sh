# vedette new: areas as numbers, polygons and extents; what is refused; nothing is written over.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1

run 0 new box.gpkg --area=30,4,31,5 --title "North" --utc-offset +02:00 --from 2026-03-14 --to 2026-03-16 --season wet
run 0 info box.gpkg
says 'North'
says '14 Mar 2026 00:00 (13 Mar 2026 22:00 UTC)'
says 'Wet season'
# A degree square at 4-5 N on the ellipsoid, by the closed formula: 12271.99 km2.
same "area" "$("$VEDETTE" info box.gpkg | sed -n 's/.* \([0-9]*\) km².*/\1/p')" 12272

run 1 new box.gpkg --area=30,4,31,5
says 'file of that name already'
run 2 new box2.gpkg
says 'say which area'
for area in 31,4,30,5 30,5,31,4 30,4,31,95 30,4,31 1,2,3,x; do
  run_status=0
  "$VEDETTE" new bad.gpkg --area=$area >/dev/null 2>err || run_status=$?
  [ "$run_status" -ne 0 ] && [ ! -e bad.gpkg ] || fail "--area=$area was taken"
done
run 2 new notes.txt --area=30,4,31,5
says 'ends in .gpkg'
run 2 new a.gpkg --area=30,4,31,5 --from 2026-02-30
says '2026-02-30'
run 2 new a.gpkg --area=30,4,31,5 --from 2026-03-02 --to 2026-03-01
says 'after --from'
run 2 new a.gpkg --area=30,4,31,5 --season monsoon
says 'monsoon'
run 1 new a.gpkg --area=absent.geojson
says 'absent.geojson'
[ ! -e a.gpkg ] || fail "a refused plan left a file"

# Two squares that touch become one outline; points give their extent.
cat >two.geojson <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[30,4],[31,4],[31,5],[30,5],[30,4]]]}},
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[31,4],[32,4],[32,5],[31,5],[31,4]]]}}]}
END
run 0 new two.gpkg --area two.geojson
same "joined outline" "$(sqlite3 two.gpkg "select max_x - min_x from gpkg_contents where table_name = 'plan'")" 2.0
printf 'lon,lat\n30,4\n31.5,4.5\n' >points.csv
run 0 new points.gpkg --area points.csv
same "extent of points" \
  "$(sqlite3 points.gpkg "select min_x, min_y, max_x, max_y from gpkg_contents where table_name = 'plan'")" \
  '30.0|4.0|31.5|4.5'
finish
