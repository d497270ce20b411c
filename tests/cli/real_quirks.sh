# Odd but real files: each is imported, or refused with one sentence.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
needs_shared
cd "$work" || exit 1
quirks=$data/quirks

# Mollweide, cells that are not square, nodata -3.4e38: the total is GHS-POP's.
run 0 new bu.gpkg --area "$quirks/burundi_population_mollweide.tif"
run 0 import bu.gpkg "$quirks/burundi_population_mollweide.tif"
says '740 x 1068 cells, 1113128[12] people, of them 1113128[12] inside the area'

# A GeoJSON in a zip: Arabic names, many without any.
places=$quirks/hotosm_sdn_populated_places_points_geojson.zip
run 0 new sd.gpkg --area "$places"
run 0 import sd.gpkg "$places"
says '35573 *35571 *35571 *0 *0 *2'
same "places" "$(count sd.gpkg settlements)" 35571
run 0 list sd.gpkg settlements --csv
says 'بربر'

# GPS files: byte-order marks, no times, empty segments, missing name spaces, extremes.
# All lie in the old world but one waypoint; a plan spans at most 90 degrees.
run 0 new gpx.gpkg --area=-10,-60,79,80
run 0 new west.gpkg --area=-130,0,-50,70
for file in "$quirks"/gpx/*.gpx; do
  base=$(basename "$file")
  case $base in
  custom_schema_locations.gpx | default_schema_locations.gpx | gpx-with-node-with-comments.gpx | unicode2.gpx)
    unchanged gpx.gpkg import gpx.gpkg "$file"
    says 'nothing that could be taken'
    ;;
  gpx_with_garmin_extension.gpx) run 0 import west.gpkg "$file" ;;
  *) run 0 import gpx.gpkg "$file" ;;
  esac
done
same "patrols" "$(count gpx.gpkg patrols)" 51
sites=$(($(count gpx.gpkg sites) + $(count west.gpkg sites)))
same "sites" "$sites" "$(cat "$quirks"/gpx/*.gpx | grep -o '<wpt' | wc -l)"
run 0 list gpx.gpkg patrols --csv
# A vehicle's track is executed, from its first point to its last; one without times has no date; a route is planned.
says 'around-visnjan-with-car.gpx.*,executed,2020-12-18T0[0-9:]*Z,2020-12-18T'
says 'track-with-extremes.gpx,.*,executed,,'
says 'route.gpx,.*,planned,,'
run 0 list gpx.gpkg sites --csv
says 'šđčćž\|ŠĐČĆŽ\|ščćž'

# Ways whose access depends on conditions come in, with a note.
run 0 import gpx.gpkg "$quirks/conditional-restrictions.osm.xml"
says 'roads *5 *5'
says 'noted *access depends on conditions, which are not applied'

if [ -e "$quirks/ucdp_ged231_car_49col.csv" ]; then
  run 0 new car.gpkg --area=14,2,28,11.5
  run 0 import car.gpkg "$quirks/ucdp_ged231_car_49col.csv"
  says 'incidents *1848'
fi
finish
