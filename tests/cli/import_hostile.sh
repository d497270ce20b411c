# Files that mean harm or are broken: refused quickly, with one sentence, little memory, and the plan as it was.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
run 0 new plan.gpkg --area=30,4,31,5
secret=$work/secret.csv
printf 'name,lon,lat\nInformant,30.5,4.5\n' >"$secret"

# A sanitized program cannot be held to an address space; another one gets 1.5 GiB, libraries and all.
if ! nm "$VEDETTE" 2>/dev/null | grep -q __asan_init; then
  ulimit -v 1572864
fi
# refused FILE WHY [ARGUMENTS]: within 10 seconds.
refused() {
  file=$1
  why=$2
  shift 2
  began=$(date +%s)
  unchanged plan.gpkg import plan.gpkg "$file" "$@"
  [ $(($(date +%s) - began)) -le 10 ] || fail "$file took longer than 10 s"
  says "$why"
  grep -q Informant out err && fail "$file showed another file"
}

# A virtual file under another name, which would read a file of the disk or the network.
cat >evil.gpx <<END
<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>$secret</SrcDataSource>
<GeometryType>wkbPoint</GeometryType><GeometryField encoding="PointFromColumns" x="lon" y="lat"/></OGRVRTLayer></OGRVRTDataSource>
END
refused evil.gpx 'virtual file'
cat >evil.tif <<END
<VRTDataset rasterXSize="10" rasterYSize="10"><GeoTransform>30,0.1,0,5,0,-0.1</GeoTransform><VRTRasterBand dataType="Byte"
band="1"><SimpleSource><SourceFilename>$secret</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>
END
refused evil.tif 'evil.tif' --as population
for path in "/vsicurl/http://127.0.0.1:1/x.csv" "CSV:$secret" "VRT:$secret" "/vsizip/$secret" \
  '<OGRVRTDataSource></OGRVRTDataSource>'; do
  refused "$path" 'vedette import'
done

# XML that grows, reads files, or nests without end.
cat >laughs.kml <<'END'
<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><kml><Document><Placemark><name>&c;</name></Placemark></Document></kml>
END
refused laughs.kml 'entities'
cat >xxe.gpx <<END
<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY x SYSTEM "file://$secret">]><gpx version="1.1"><wpt lat="4.5" lon="30.5"><name>&x;</name></wpt></gpx>
END
refused xxe.gpx 'entities'
{ printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"deep"},"geometry":'
  awk 'BEGIN {for (i = 0; i < 100000; i++) printf "{\"type\":\"GeometryCollection\",\"geometries\":["}'; } >deep.geojson
refused deep.geojson 'deep.geojson' --as sites

# A zip that unpacks to 200 times its size, in a KMZ's clothes; made when zip is there.
if command -v zip >/dev/null; then
  { printf '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>'
    head -c 300000000 /dev/zero | tr '\0' 'a'
    printf '</name></Document></kml>'; } >doc.kml
  zip -q -9 bomb.kmz doc.kml
  rm doc.kml
  refused bomb.kmz 'bomb.kmz'
fi

# Broken tables: a quote that never ends, NUL bytes, coordinates that are none.
{ printf 'name,lon,lat\n"never ends,30.5,4.5\n'; head -c 3000000 /dev/zero | tr '\0' 'x'; } >quote.csv
refused quote.csv 'quote.csv' --as bases
printf 'name,lon,lat\nA\0B,30.5,4.5\n' >nul.csv
refused nul.csv 'nul.csv' --as bases
cat >nowhere.csv <<'END'
name,lon,lat
a,NaN,4.5
b,30.5,Inf
c,1e400,4.5
d,30.5,91
e,30.5,-1e9
f,,
g,thirty,four
END
unchanged plan.gpkg import plan.gpkg nowhere.csv --as bases
says 'bases *7 *0 *0 *0 *0 *7'
{ printf 'name'; awk 'BEGIN {for (i = 0; i < 200000; i++) printf ",c%d", i}'; printf ',lon,lat\n'; } >wide.csv
refused wide.csv 'wide.csv' --as bases

# Text that a terminal or a spreadsheet would act upon stays text.
printf 'name,lon,lat\n"=cmd|calc",30.5,4.5\n"right\342\200\256left",30.6,4.5\n"%%n%%s",30.7,4.5\n"x""; DROP TABLE base;--",30.8,4.5\n' >text.csv
run 0 import plan.gpkg text.csv --as bases
same "bases" "$(count plan.gpkg bases)" 4
run 0 list plan.gpkg bases --csv
says "'=cmd|calc"
run 0 undo plan.gpkg
printf 'name,lon,lat\n"a\033[31mred",30.6,4.5\n' >escape.csv
refused escape.csv 'escape.csv' --as bases

# A raster cut short, one of noise, files that are none.
if command -v gdal_translate >/dev/null; then
  printf 'ncols 4\nnrows 4\nxllcorner 30\nyllcorner 4\ncellsize 0.25\n1 2 3 4\n1 2 3 4\n1 2 3 4\n1 2 3 4\n' >small.asc
  gdal_translate -q -ot Float32 -a_srs EPSG:4326 small.asc pop.tif
  head -c 300 pop.tif >cut_pop.tif
  refused cut_pop.tif 'cut_pop.tif'
  run 0 import plan.gpkg pop.tif
  says '40 people'
  run 0 undo plan.gpkg
fi
head -c 100000 /dev/urandom >noise.gpkg
refused noise.gpkg 'noise.gpkg' --as bases
head -c 0 /dev/null >empty.geojson
refused empty.geojson 'empty'
mkdir folder.geojson
refused folder.geojson 'folder.geojson'

# Outlines: a bow-tie is repaired and told, an unclosed ring is closed, a line of one point is dropped.
cat >shapes.geojson <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"bow-tie","area_type":"sector"},"geometry":{"type":"Polygon","coordinates":[[[30.1,4.1],[30.3,4.3],[30.3,4.1],[30.1,4.3],[30.1,4.1]]]}},
{"type":"Feature","properties":{"name":"open","area_type":"sector"},"geometry":{"type":"Polygon","coordinates":[[[30.5,4.5],[30.7,4.5],[30.7,4.7]]]}},
{"type":"Feature","properties":{"name":"flat","area_type":"sector"},"geometry":{"type":"Polygon","coordinates":[[[30.5,4.5],[30.7,4.5],[30.5,4.5]]]}},
{"type":"Feature","properties":{"name":"nothing","area_type":"sector"},"geometry":null}]}
END
run 0 import plan.gpkg shapes.geojson
says 'areas *4 *2 *2 *0 *0 *2'
says 'noted *an outline that crosses itself: repaired'
finish
