# Real files of three islands: roads, people, heights and ground of one plan, against figures known from elsewhere.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
needs_shared
cd "$work" || exit 1
com=$data/comoros

run 0 new com.gpkg --area "$com/com_ppp_2020_UNadj.tif" --utc-offset +03:00 --from 2026-03-09
run 0 import com.gpkg "$com/comoros-2021-04-08.osm.pbf" "$com/com_ppp_2020_UNadj.tif" "$com"/*.hgt.zip \
  "$com"/landcover_*.tif
same "edits" "$("$VEDETTE" history com.gpkg | awk 'NR > 1' | wc -l)" 1

# Every way with a highway tag is taken or dropped with a reason; three ferries are roads too.
says '4378 ways with a highway tag'
roads=$(awk '$2 == "roads" && NF == 8 {print $3 + 0, $4 + $8}' out)
same "roads read, taken and dropped" "$roads" "4381 4381"
same "roads in the plan" "$(count com.gpkg roads)" "$(awk '$2 == "roads" && NF == 8 {print $4}' out)"
grep 'roads.*surface is not a known word' out && fail "a surface of the islands is not understood"

# WorldPop's own total is 869,595.03.
people=$(sed -n 's/.*of them \([0-9]*\) inside the area/\1/p' out)
awk -v p="$people" 'BEGIN {exit !(p > 869595 * 0.999 && p < 869595 * 1.001)}' || fail "people: $people"
run 0 info com.gpkg
says '86959[45]'
# Karthala, 2361 m, is the highest; the means of 2 x 2 lie a little lower.
run 0 import com.gpkg "$com"/S12E043*.hgt.zip --as elevation --dry-run
says ' to 23[0-9][0-9] m'

# French and misspelt surfaces are among the paved: asphalt 227, concrete 25, paved 8, ciment 4, goudron 1, metal 1,
# asphalt_no_1 1, and one track of grade 1 without a surface.
run 0 list com.gpkg roads --csv
same "paved roads" "$(grep -c ',paved,' out)" 268
same "steps" "$(grep -c ',steps,' out)" 7
says ',private'
says ',ford,'

# The older extract: the same elements are replaced, only what it has alone is new.
before=$(count com.gpkg roads)
run 0 import com.gpkg "$com/comoros-2020-06-22.osm.pbf" --as roads
new=$(awk '$2 == "roads" && NF == 8 {print $5}' out)
same "roads after the older extract" "$(count com.gpkg roads)" $((before + new))
run 0 undo com.gpkg

# ogrinfo reads every layer without a word of warning; ogr2ogr takes a patrol out and vedette takes it back.
ogrinfo -al -so com.gpkg >layers 2>warnings || fail "ogrinfo failed"
[ ! -s warnings ] || { fail "ogrinfo warns" && cat warnings; }
gdalinfo GPKG:com.gpkg:population >/dev/null 2>>warnings || fail "gdalinfo cannot read the population"

cat >patrol.geojson <<'END'
{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"0b7a1c5e-2f8d-4c3b-9a51-6d2e8f40b7c1",
"name":"Coast road","patrol_class":"short_duration","vehicle":"4x4","state":"planned","from_time":"2026-03-09T04:00:00Z",
"recurrence":"FREQ=DAILY"},"geometry":{"type":"LineString","coordinates":[[43.2551,-11.7022],[43.3301,-11.4411]]}}]}
END
run 0 import com.gpkg patrol.geojson
content_before=$(content com.gpkg)
ogr2ogr -f GeoJSON out.geojson com.gpkg patrol >ogr 2>&1 || fail "ogr2ogr: $(cat ogr)"
[ ! -s ogr ] || { fail "ogr2ogr warns" && cat ogr; }
run 0 import com.gpkg out.geojson --as patrols
says 'patrols *1 *1 *0 *0 *1 *0'
same "content after the round trip" "$(content com.gpkg)" "$content_before"

# Three bases, all on the largest island.
run 0 add com.gpkg actors name=Force kind=un_military
run 0 add com.gpkg bases --at=43.2551,-11.7022 name=Moroni actor=Force
run 0 add com.gpkg bases --at=43.3930,-11.3890 name=Mitsamiouli actor=Force
run 0 add com.gpkg bases --at=43.4009,-11.8700 name=Foumbouni actor=Force
cat >threat.geojson <<'END'
{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"All islands","priority":"should",
"threat_type":"looting"},"geometry":{"type":"Polygon","coordinates":[[[43.2,-12.42],[44.55,-12.42],[44.55,-11.36],
[43.2,-11.36],[43.2,-12.42]]]}}]}
END
run 0 import com.gpkg threat.geojson
run 0 check com.gpkg

# The study: nobody reaches the island without a base by road; its towns are a gap for that cause.
run 0 study com.gpkg --no-losses --top 0 -o gaps.csv
says '869.* of 869.* people in the area'
run 0 explain com.gpkg --at=44.40,-12.17
says 'Mutsamudu'
same "bases for which it is beyond, by day and night" "$(grep -c '^beyond .*Force' out)" 6
says 'Part of gap G-'
says '^Cause *Beyond reach'
run 0 explain com.gpkg --at=43.26,-11.70
says '^in time .*Moroni'
finish
