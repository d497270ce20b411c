# vedette outline: areas of a raster of classes, their people, what is refused, and gdal_polygonize's areas where it is installed.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
helper=$BUILD/tests/bench_distance_bench
cd "$work" || exit 1
"$helper" write . 300 || fail "the raster was not made"

run 0 outline classes.tif -o areas.gpkg --people people.tif
says 'areas$'
run 0 outline classes.tif -o again.gpkg --people people.tif --threads 1 -q
cmp -s areas.gpkg again.gpkg || fail "one thread writes other bytes"
run 0 outline classes.tif -o areas.csv --people people.tif
run 0 outline classes.tif -o areas.geojson
[ "$(grep -c '"type":"Polygon"' areas.geojson)" -gt 4 ] || fail "areas.geojson has no polygons"
# All cells are in an area once: 300 x 300 of 30 m.
sums=$(awk -F'",|,' 'NR > 1 { cells += $(NF - 2); km2 += $(NF - 1); people += $NF } END { printf "%d %.2f %.0f", cells, km2, people }' areas.csv)
same "cells and area" "${sums% *}" "90000 81.00"
run 0 outline lines.tif -o one.csv
run 0 outline classes.tif -o few.csv --from 2..3,9
awk 'NR > 1' few.csv | grep -q '",[145],' && fail "--from took other classes"

refused() {
  expected=$1 why=$2
  shift 2
  run "$expected" "$@"
  says "$why"
  same "lines of message of vedette $*" "$(grep -c . err)" 1
  ls -a | grep -qE '^no\.|\.part' && fail "vedette $* left a file"
}
refused 2 'say where to' outline classes.tif
refused 2 'should end in' outline classes.tif -o no.tif
refused 1 'missing.tif' outline missing.tif -o no.gpkg
refused 1 'no cell has a class' outline classes.tif --from 77 -o no.gpkg
refused 2 'values and ranges' outline classes.tif --from a -o no.gpkg
refused 1 'different values' outline people.tif -o no.gpkg
refused 1 'cannot be written' outline classes.tif -o nowhere/no.gpkg
"$helper" write . 20 && mv people.tif small.tif && "$helper" write . 300
refused 1 'does not have the cells' outline classes.tif --people small.tif -o no.gpkg
printf 'not a raster' >text.tif
refused 1 'text.tif' outline text.tif -o no.gpkg

# The same areas, each with its class, area and extent.
python=/usr/bin/python3
if command -v gdal_polygonize.py >/dev/null && "$python" -c 'from osgeo import ogr' 2>/dev/null; then
  gdal_polygonize.py -q classes.tif gdal.gpkg || fail "gdal_polygonize failed"
  cat >areas.py <<'END'
import sys
from osgeo import ogr
ogr.UseExceptions()
def areas(path, field):
    file = ogr.Open(path)
    for feature in file.GetLayer(0):
        shape = feature.GetGeometryRef()
        if not shape.IsValid():
            print("not valid")
        yield "%d %.0f %s" % (feature.GetField(field), shape.GetArea(), " ".join("%.0f" % v for v in shape.GetEnvelope()))
print("\n".join(sorted(areas(sys.argv[1], sys.argv[2]))))
END
  "$python" areas.py gdal.gpkg DN >theirs
  "$python" areas.py areas.gpkg class >ours
  grep -q 'not valid' ours && fail "an area is not valid"
  [ "$(grep -c . ours)" -gt 4 ] || fail "there are too few areas"
  cmp -s theirs ours || { fail "gdal_polygonize finds other areas" && diff theirs ours | head -10; }
fi
finish
