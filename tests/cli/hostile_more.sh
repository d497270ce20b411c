# What a hostile or hurried user met: programs in files, floods of fields, odd names of plans, areas that are none, mistyped words.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
run 0 new plan.gpkg --area=30,4,31,5

# quick WHY COMMAND...: refused within 10 seconds with one sentence, the plan as it was.
quick() {
  why=$1
  shift
  began=$(date +%s)
  unchanged plan.gpkg "$@"
  [ $(($(date +%s) - began)) -le 10 ] || fail "vedette $* took longer than 10 s"
  says "$why"
}

# A KML whose one place has thirty thousand fields, which GDAL compares one with all the others.
{ printf '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>A</name><ExtendedData>'
  awk 'BEGIN {for (i = 0; i < 30000; i++) printf "<Data name=\"k%d\"><value>v</value></Data>\n", i}'
  printf '</ExtendedData><Point><coordinates>30.5,4.5</coordinates></Point></Placemark></Document></kml>'; } >fields.kml
quick 'more than 2000 fields' import plan.gpkg fields.kml --as bases
# Many places with the same few fields are no flood.
{ printf '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
  awk 'BEGIN {for (i = 0; i < 3000; i++) printf "<Placemark><name>A%d</name><ExtendedData><Data name=\"troops\"><value>7</value></Data></ExtendedData><Point><coordinates>30.5,4.5</coordinates></Point></Placemark>\n", i}'
  printf '</Document></kml>'; } >places.kml
run 0 import plan.gpkg places.kml --as bases --dry-run
says 'bases *3000 *3000'

# A GeoPackage whose layer is a query without end.
if command -v ogr2ogr >/dev/null && command -v sqlite3 >/dev/null; then
  printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Point","coordinates":[30.5,4.5]}}]}' >one.geojson
  ogr2ogr -f GPKG view.gpkg one.geojson -nln bases
  sqlite3 view.gpkg "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
    SELECT x AS fid, (SELECT geom FROM bases LIMIT 1) AS geom, 'n' AS name FROM c;
    INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES('v', 'features', 'v', 4326);
    INSERT INTO gpkg_geometry_columns VALUES('v', 'geom', 'POINT', 4326, 0, 0);"
  quick 'is a view' import plan.gpkg view.gpkg --as bases
else
  echo "without ogr2ogr and sqlite3: no query without end is tried"
fi

# Exchanged coordinates and bytes that text does not have are told as what they are.
printf 'name,lon,lat\nA,4.5,30.5\nB,4.6,30.6\n' >turned.csv
quick 'latitude and longitude look exchanged' import plan.gpkg turned.csv --as bases
printf 'name,lon,lat\nA\0B,30.5,4.5\n' >nul.csv
quick 'the first is byte 15' import plan.gpkg nul.csv --as bases

# Names of plans that other programs would read as something else.
for plan in 'file:x.gpkg' 'q?mode=ro&x=1#f.gpkg' "dir with 'quotes\" é/plän %s%n.gpkg"; do
  mkdir -p "$(dirname "$plan")"
  run 0 new "$plan" --area=30,4,31,5
  run 0 set "$plan" plan season=wet
  run 0 info "$plan"
  says 'Wet season'
  [ -f "$plan" ] || fail "there is no file of the name $plan"
done
mkdir folder.gpkg
run 1 info folder.gpkg
says 'it is a folder'

# A damaged plan is told in one line, whatever part is damaged.
run 0 new damaged.gpkg --area=30,4,31,5
size=$(wc -c <damaged.gpkg)
for part in 2 3 4 5 6; do
  cp damaged.gpkg cut.gpkg
  awk 'BEGIN {for (i = 0; i < 4096; i++) printf "~"}' | dd of=cut.gpkg bs=1 seek=$((size * part / 8)) conv=notrunc status=none
  "$VEDETTE" info cut.gpkg >out 2>err || same "lines of message" "$(grep -c . err)" 1
done

# Areas that are none, too small to print, or all the world; nothing is left behind.
for area in 30,4,31 '30;4,31,5' 30,4,30,5 30,4,31,95 0,89.9999,10,90 30,4,30.00001,4.00001 -180,-80,180,80; do
  run 2 new none.gpkg "--area=$area"
  [ ! -e none.gpkg ] || fail "--area $area left a file"
done
run 2 new none.gpkg --area=30,4,31,5 --classification top
says 'unclassified, confidential or strictly_confidential'

# What cannot be written is told before the study, not after.
run 1 print plan.gpkg -o missing/map.pdf
says 'missing/map.pdf cannot be written'

# Mistyped commands.
run 2 inof
says 'did you mean “info”'
run 2 xyzzy
says 'lists the commands'
finish
