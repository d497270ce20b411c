# vedette distance: rasters and places, degrees, what is refused, and the answers beside gdal_proximity's where it is installed.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
helper=$BUILD/tests/bench_distance_bench
cd "$work" || exit 1
"$helper" write . 300 || fail "the raster was not made"

run 0 distance points.tif -o a.tif
says '50 cells'
run 0 distance points.tif -o b.tif --threads 1 -q
cmp -s a.tif b.tif || fail "one thread writes other bytes"
run 0 distance lines.tif -o lines-distance.tif --threads 3
ls -a | grep -q '\.part' && fail "something half-written is left"

# refused STATUS WHY COMMAND...: one sentence, and no file.
refused() {
  expected=$1 why=$2
  shift 2
  rm -f no.tif
  run "$expected" "$@"
  says "$why"
  same "lines of message of vedette $*" "$(grep -c . err)" 1
  [ -e no.tif ] && fail "vedette $* left a file"
  ls -a | grep -q '\.part' && fail "vedette $*: something half-written is left"
}
refused 2 'say where to' distance points.tif
refused 2 'should end in .tif' distance points.tif -o no.gpkg
refused 2 'something is missing' distance -o no.tif
refused 1 'missing.tif' distance missing.tif -o no.tif
refused 1 'no cell to measure from' distance points.tif --from 7 -o no.tif
refused 2 'not “1,x”' distance points.tif --from 1,x -o no.tif
refused 2 'not “9..3”' distance points.tif --from 9..3 -o no.tif
refused 2 'max' distance points.tif --max=-1 -o no.tif
refused 2 'rising kilometres' distance points.tif --buffers 5,3 -o no.tif
refused 2 'rising kilometres' distance points.tif --buffers 0 -o no.tif
refused 2 'rising kilometres' distance points.tif --buffers 5, -o no.tif
refused 2 'has its own grid' distance points.tif --like lines.tif -o no.tif
refused 1 'cannot be written' distance points.tif -o nowhere/no.tif
printf 'lon,lat\n33.0,8.1\n' >place.csv
refused 2 'like RASTER' distance place.csv -o no.tif
refused 2 'chooses values' distance place.csv --like points.tif --from 1 -o no.tif
refused 1 'place.csv' distance points.csv --like place.csv -o no.tif
refused 1 'no cell to measure from' distance place.csv --like points.tif -o no.tif # far outside
printf 'not a raster' >text.tif
refused 1 'text.tif' distance text.tif -o no.tif
head -c 20000 lines.tif >cut.tif
refused 1 'cut.tif' distance cut.tif -o no.tif

# Rings and limits agree with the metres.
run 0 distance points.tif -o rings.tif --buffers 0.2,0.5,1.5
run 0 distance points.tif -o limited.tif --max 300
if command -v gdal_translate >/dev/null && command -v gdallocationinfo >/dev/null; then
  at() { gdallocationinfo -valonly "$1" "$2" "$3"; }
  for pixel in "3 7" "100 100" "150 20" "42 299"; do
    set -- $pixel
    metres=$(at a.tif "$1" "$2")
    expected=$(awk -v m="$metres" 'BEGIN { print m <= 200 ? "0.2" : m <= 500 ? "0.5" : m <= 1500 ? "1.5" : "nan" }')
    same "ring at $pixel" "$(at rings.tif "$1" "$2" | cut -c1-3)" "$expected"
    expected=$(awk -v m="$metres" 'BEGIN { print m <= 300 ? m : "nan" }')
    same "limit at $pixel" "$(at limited.tif "$1" "$2")" "$expected"
  done
  # In degrees: 0.01 of a degree north at the equator is 1105.74 m, east 1113.19 m.
  gdal_translate -q -a_srs EPSG:4326 -a_ullr 0 1.5 3 -1.5 points.tif degrees.tif
  printf 'lon,lat\n1.005,0.005\n' >place.csv
  run 0 distance place.csv --like degrees.tif -o globe.tif
  says '1 cell$'
  same "at the place" "$(at globe.tif 100 149)" 0
  same "one cell north" "$(at globe.tif 100 148 | cut -c1-7)" 1105.74
  same "one cell east" "$(at globe.tif 101 149 | cut -c1-7)" 1113.19
  # A grid that is turned.
  gdal_translate -q -a_srs EPSG:4326 points.tif turned.tif && gdal_edit.py -unsetgt turned.tif 2>/dev/null
  [ -e turned.tif ] && refused 1 'turned.tif' distance turned.tif -o no.tif
fi

# An exact distance is never longer than another program's; from points GDAL finds the same.
if command -v gdal_proximity.py >/dev/null; then
  for layer in points lines; do
    gdal_proximity.py -q -distunits GEO $layer.tif gdal-$layer.tif || fail "gdal_proximity failed"
  done
  "$helper" differ lines-distance.tif gdal-lines.tif >said
  grep -q 'shorter in 0.000 %' said || fail "lines: $(cat said)"
  "$helper" differ a.tif gdal-points.tif >said
  grep -q 'longer in 0.0.* shorter in 0.000 %' said || fail "points: $(cat said)"
fi
finish
