#!/bin/sh
# reach: least costs over friction rasters and minutes over a plan, checked by hand, and what is refused.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
helper=$BUILD/tests/bench_reach_bench
cd "$work" || exit 1
if ! command -v gdal_translate >/dev/null || ! command -v gdallocationinfo >/dev/null; then
  echo "skipped: gdal-bin is not installed"
  exit 77
fi

# grid NAME COLUMNS ROWS SIDE_X SIDE_Y VALUES...: a GeoTIFF in UTM zone 36N; -9 is nodata.
grid() {
  file=$1 columns=$2 rows=$3 x=$4 y=$5
  shift 5
  {
    printf 'ncols %d\nnrows %d\nxllcorner 500000\nyllcorner 0\ndx %s\ndy %s\nNODATA_value -9\n' "$columns" "$rows" "$x" "$y"
    echo "$@"
  } >cells.asc
  gdal_translate -q -ot Float32 -a_srs EPSG:32636 cells.asc "$file"
}
# at FILE COLUMN ROW: the value, "nan" where unknown.
at() { gdallocationinfo -valonly "$1" "$2" "$3" | sed 's/^-nan/nan/'; }
near() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a - b < 1e-4 && b - a < 1e-4) }' || fail "$3: $1 instead of $2"; }

# A row of 100 m cells along the equator at 33 E; the point is in the first.
grid row.tif 5 1 100 100 1 2 4 -9 1
printf 'name,lon,lat,wait\nA,33.00045,0.00045,7\n' >a.csv
run 0 reach row.tif --from a.csv -o cost.tif
says 'sources: 1; passable cells reached: 3 of 4 (75.0 %), the farthest at 4.5'
same "cost" "$(at cost.tif 0 0) $(at cost.tif 1 0) $(at cost.tif 2 0) $(at cost.tif 3 0) $(at cost.tif 4 0)" "0 1.5 4.5 nan nan"
run 0 reach row.tif --from a.csv --start wait -o cost.tif
same "cost with a start" "$(at cost.tif 2 0)" 11.5
run 0 reach row.tif --from a.csv --max 1.5 -o cost.tif
same "cut off" "$(at cost.tif 1 0) $(at cost.tif 2 0)" "1.5 nan"
gdalinfo cost.tif >info
grep -q 'Type=Float32' info && grep -q 'NoData Value=nan' info && grep -q '"EPSG",32636' info && grep -q '^Origin = (500000.0*,100.0' info ||
  fail "the GeoTIFF is not what it should be: $(cat info)"

# Minutes: 6 km/h are 100 m a minute; 0.01 min/m too.
grid speed.tif 3 1 100 100 6 6 0
run 0 reach speed.tif --friction km/h --from a.csv -o cost.tif
same "minutes" "$(at cost.tif 1 0) $(at cost.tif 2 0)" "1 nan"
grid pace.tif 3 2 100 200 .01 .01 .01 .01 .01 .01
printf 'name,lon,lat\nA,33.00045,0.0027\n' >a2.csv
run 0 reach pace.tif --friction min/m --from a2.csv -o cost.tif
near "$(at cost.tif 0 1)" 2 "down a tall cell"
near "$(at cost.tif 1 1)" 2.236068 "across tall cells"
near "$(at cost.tif 2 1)" 2.828427 "a (2,1) move over tall cells"

# Several sources, other files, what is left out.
cat >many.geojson <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[33.00405,0.00045]}},
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[33.00045,0.00045]}},
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[33.00050,0.00045]}},
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[33.00315,0.00045]}},
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[34,1]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[33,0],[33,1]]}}]}
END
run 0 reach row.tif --from many.geojson -o cost.tif --allocation who.tif
says 'features without a point on the earth, left out: 1'
says 'sources outside the raster, left out: 1'
says 'sources on impassable cells, left out: 1'
says 'sources in the cell of one before.*: 1'
same "who is nearest" "$(at who.tif 0 0) $(at who.tif 2 0) $(at who.tif 3 0) $(at who.tif 4 0)" "2 2 nan 1"
grid starts.tif 5 1 100 100 0 0 1 -9 -9
run 0 reach row.tif --from starts.tif -o cost2.tif
same "from cells" "$(at cost2.tif 0 0) $(at cost2.tif 2 0) $(at cost2.tif 4 0)" "4.5 0 nan"
grid alone.tif 3 1 100 100 1 -9 1
run 0 reach alone.tif --from a.csv -o cost2.tif
says 'no cell is reached beyond those of the sources: 1'

# The made-up country: the same bytes on any number of threads.
if [ -x "$helper" ]; then
  "$helper" write . 300 || fail "no country"
  for threads in 1 2 7; do
    run 0 reach country.tif --from bases.csv -o "country-$threads.tif" --allocation "nearest-$threads.tif" --threads $threads
    cmp -s country-1.tif "country-$threads.tif" && cmp -s nearest-1.tif "nearest-$threads.tif" || fail "differs on $threads threads"
  done
fi

# One sentence each, nothing written.
refused() {
  status=$1 words=$2
  shift 2
  rm -f no.tif
  run "$status" reach "$@" -o no.tif
  says "$words"
  same "lines of message: $*" "$(wc -l <err)" 1
  [ ! -e no.tif ] || fail "$*: wrote a file"
}
grid bad.tif 4 1 100 100 1 0 -2 -3
refused 1 'cells where it is not: 3, the first in column 1, row 0' bad.tif --from a.csv
grid minus.tif 2 1 100 100 6 -6
refused 1 'cells where it is not: 1' minus.tif --friction km/h --from a.csv
grid void.tif 2 1 100 100 -9 -9
refused 1 'all cells are impassable' void.tif --from a.csv
printf 'name,lon,lat\nFar,10,10\n' >far.csv
refused 1 'no source can start: of 1, outside the friction raster lie 1' row.tif --from far.csv
printf '{"type":"FeatureCollection","features":[]}' >none.geojson
refused 1 'none.geojson' row.tif --from none.geojson
refused 1 'not that of the friction raster' row.tif --from void.tif
refused 1 'absent.csv' row.tif --from absent.csv
refused 1 'there is no field' row.tif --from a.csv --start absent
refused 1 'is no cost' row.tif --from a.csv --start name
gdal_translate -q -a_srs EPSG:4326 -a_ullr 33 1 34 0 row.tif degrees.tif
refused 1 'degrees' degrees.tif --from a.csv
refused 2 '--friction takes' row.tif --from a.csv --friction slow
refused 2 '--from FILE' row.tif
refused 2 'given twice' row.tif --from a.csv --from a.csv
refused 2 'goes with a plan' row.tif --from a.csv --light night
run 2 reach row.tif --from a.csv -o cost.png
says 'should end in .tif'
run 2 reach row.tif --from a.csv
says '--out FILE.tif'
run 2 reach row.tif --from a.csv -o cost.tif --allocation cost.tif
says 'name one file'

# Over a plan: the base moves after 2 min and takes a minute a cell.
make_ten_cells
run 0 reach ten.gpkg -o minutes.tif --allocation who.tif --second second.tif
says '^   1 .*  Base (4x4, moves after 2 min)'
in_plan() { gdallocationinfo -valonly -wgs84 "$1" "$2" 5 | sed 's/^-nan/nan/'; }
near "$(in_plan minutes.tif 19.959423)" 2 "minutes at V0"
near "$(in_plan minutes.tif 19.986474)" 5 "minutes at V3"
near "$(in_plan minutes.tif 20.013526)" 8 "minutes at V6"
same "who" "$(in_plan who.tif 20.013526)" 1
same "no second base" "$(in_plan second.tif 20.013526)" nan
run 0 add ten.gpkg bases --at 20.040577,5 name="East" actor="UN Force" vehicle=4x4 has_reaction_force=1 notice_day_min=1 notice_night_min=90 proximity_m=400
run 0 reach ten.gpkg -o minutes.tif --second second.tif --max 10
near "$(in_plan minutes.tif 20.013526)" 4 "minutes at V6 from the east"
near "$(in_plan second.tif 20.013526)" 8 "second at V6"
same "second at V9 beyond the limit" "$(in_plan second.tif 20.040577)" nan
run 0 reach ten.gpkg --from Base -o minutes.tif
near "$(in_plan minutes.tif 20.013526)" 8 "minutes at V6 from one base"
run 0 reach ten.gpkg -o night.tif --light night
near "$(in_plan night.tif 20.040577)" 14.8572 "minutes at V9 by night: 9 at 0.7 of the speed"
refused 1 'is not in the plan' ten.gpkg --from Nowhere
refused 2 '--light takes day, night' ten.gpkg --light dusk
refused 2 'goes with a friction raster' ten.gpkg --friction cost
refused 1 'No base' ten.gpkg --light night --vehicle helicopter
finish
