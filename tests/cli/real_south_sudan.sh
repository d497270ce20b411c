# Real files of a mission area: camps as bases, closed roads as restrictions, and every record accounted for.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
needs_shared
cd "$work" || exit 1
ss=$data/south-sudan

run 0 new ss.gpkg --area=23.4,3.4,36,12.3 --utc-offset +02:00 --from 2022-12-12 --title "South"

# Every line of a count table adds up: read = taken + dropped, taken = new + replaced + unchanged, and the reasons for
# dropping add up to what was dropped.
adds_up() {
  awk -v file="$1" '
    $1 == "Kind" {reasons = 1}
    !reasons && NF >= 8 && $NF ~ /^[0-9]+$/ {
      n = NF
      if ($(n-5) != $(n-4) + $n || $(n-4) != $(n-3) + $(n-2) + $(n-1)) {print file ": " $0; bad = 1}
      dropped += $n
    }
    reasons {for (i = 2; i <= 4; i++) if ($i == "dropped") told += $(i-1)}
    END {if (told != dropped) {print file ": " dropped " dropped, " told " explained"; bad = 1}; exit bad}' out ||
    fail "the table of $1 does not add up"
}
# takes FILE TAKEN DROPPED ARGUMENTS...
takes() {
  file=$1
  taken=$2
  dropped=$3
  shift 3
  run 0 import ss.gpkg "$ss/$file" "$@" || return
  adds_up "$file"
  same "$file" "$(awk -v f="$file" '$1 == f && NF >= 8 {print $(NF-4), $NF}' out | head -1)" "$taken $dropped"
}

takes GeoJSON_military.geojson 28 56 --as bases --where 'name,name:en,operator~UN' --actor UNMISS --create-actors
run 0 list ss.gpkg bases
says 'UNMISS Bor camp *.*UNMISS'
takes GeoJSON_road_closed.geojson 45 0
run 0 list ss.gpkg restrictions --json
same "closed roads" "$(grep -c '"effect": "block"' out)" 45
same "their dates" "$(grep -c '"from_time": "2022-12-15T00:00:00Z"' out)" 45
same "their source" "$(grep -c 'physical-access-constraints-15-dec-2022' out)" 45
# Roads that are not passable tell of the ground and are nobody's denial; 45 days on nobody knows how they are.
run 0 restrictions ss.gpkg --no-losses
says '^45 reports; in 0 of them a movement was turned back'
says '^In 45 of 45 reports the ground is the reason'
says 'No denials came so close together'
run 0 restrictions ss.gpkg --no-losses --top 0
same "closed in December" "$(grep -c ' closed ' out)" 45
run 0 restrictions ss.gpkg --no-losses --top 0 --from 2022-12-01 --to 2023-02-01
same "unknown in February" "$(grep -c ' unknown, was closed ' out)" 45
takes road_closed.geojson 45 0
run 0 restrictions ss.gpkg --no-losses
says '^In 45 of 45 reports the ground is the reason'
run 0 undo ss.gpkg
takes GeoJSON_military.geojson 84 0
takes GeoJSON_refugee_site.geojson 44 0
takes GeoJSON_hospital.geojson 109 0
takes GeoJSON_government.geojson 70 0
takes GeoJSON_incidents.geojson 4 1
takes osm_nodes.csv 3931 1422
takes osm_waterways_epsg3857.geojson 1630 248
takes ucdp_ged201_events.csv 1815 125
takes gpw_population_count_30s.tif 1 0
takes etopo5_24_37E_6S_13N.tif 1 0

# Web Mercator metres became degrees: the rivers lie in the area.
extent=$(sqlite3 ss.gpkg "select min_x > 23 and max_x < 37 and min_y > 3 and max_y < 13 from gpkg_contents
  where table_name = 'water'")
same "extent of the rivers" "$extent" 1
# Arabic names come through whole.
run 0 list ss.gpkg bases --csv
says 'معسكر يونميس'
same "killed" "$("$VEDETTE" list ss.gpkg incidents --json | grep -c '"killed": "\{0,1\}[0-9]')" 1815

# The trap: an 8-bit picture of rescaled density is not people.
unchanged ss.gpkg import ss.gpkg "$ss/ssd_pd_2020_1km_UNadj.png" --as population
says 'it is a picture: its pixels are colours from 0 to 255, a rescaled image and not people'
# Wells are points: no water that stops anybody.
unchanged ss.gpkg import ss.gpkg "$ss/GeoJSON_water.geojson"

ogrinfo -al -so ss.gpkg >layers 2>warnings || fail "ogrinfo failed"
[ ! -s warnings ] || { fail "ogrinfo warns" && cat warnings; }
run 0 check ss.gpkg
finish
