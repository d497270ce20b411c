# vedette import: guesses, columns, references, identity, one named edit a command, what is dropped and why.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
run 0 new plan.gpkg --area=30,4,31,5 --utc-offset +02:00 --from 2026-03-14 --author Planner

# Two bases, one of an actor the plan lacks; the columns bear other names.
cat >camps.csv <<'END'
Name,Type,Component,NTM,troops,Longitude,Latitude
Camp North,Company Operating Base,Force,45,120,30.5,4.5
Camp South,company_operating_base,Nobody,45,80,30.6,4.4
Camp Far,company_operating_base,Force,45,80,35,4.4
END
printf 'name,kind,colour,counts_as_presence,due_diligence\nForce,un_military,#1f6fb5,1,0\n' >actors.csv
run 0 import plan.gpkg camps.csv actors.csv --dry-run
says 'A dry run'
same "bases after a dry run" "$(count plan.gpkg bases)" 0

run 0 import plan.gpkg camps.csv actors.csv
says "camps.csv: read as bases, by the file's name"
says 'base_class < Type'
says 'notice_day_min < NTM'
says 'dropped *an actor that is not in the plan (--create-actors makes them) *3 *Nobody'
says 'dropped *outside the area *4'
same "bases" "$(count plan.gpkg bases)" 1
same "actors" "$(count plan.gpkg actors)" 1
run 0 history plan.gpkg
says 'Planner *Import camps.csv and 1 more files'
same "edits of one command" "$("$VEDETTE" history plan.gpkg --last 100 | awk 'NR > 1' | wc -l)" 1

# The same again changes nothing; with --create-actors the second base comes in.
run 0 import plan.gpkg camps.csv actors.csv
same "edits after the same again" "$("$VEDETTE" history plan.gpkg --last 100 | awk 'NR > 1' | wc -l)" 1
run 0 import plan.gpkg camps.csv --create-actors
same "bases with actors made" "$(count plan.gpkg bases)" 2
same "actors made" "$(count plan.gpkg actors)" 2
run 0 undo plan.gpkg
same "bases after undo" "$(count plan.gpkg bases)" 1
run 0 redo plan.gpkg
same "bases after redo" "$(count plan.gpkg bases)" 2

# --column, --where, --actor, --replace.
printf 'what,x1,y1,side\nA,30.1,4.1,blue\nB,30.2,4.2,red\n' >odd.csv
run 0 import plan.gpkg odd.csv --as bases --column name=what --column lon=x1 --column lat=y1 --where 'side~BLUE' --actor Force
says 'dropped *does not meet --where *3'
run 0 list plan.gpkg bases --csv
says ',A,.*"30.100000,4.100000"'
run 2 import plan.gpkg odd.csv --as bases --column nosuch=what --column lon=x1 --column lat=y1
says 'there is no field “nosuch”'
run 2 import plan.gpkg odd.csv --as bases --column name=absent --column lon=x1 --column lat=y1
says 'has no column “absent”'
run 1 import plan.gpkg odd.csv --as bases --actor Unknown
says 'no actor “Unknown”'
run 0 import plan.gpkg camps.csv --replace --create-actors
same "bases after --replace" "$(count plan.gpkg bases)" 2

# Patrols with their stops, in one command whatever the order; joint with another actor by name.
cat >stops.csv <<'END'
patrol,sequence,arrive_min,depart_min,name,lon,lat
Morning,0,0,5,Gate,30.5,4.5
Morning,1,40,60,Market,30.55,4.52
Evening,0,0,5,Gate,30.5,4.5
END
cat >patrols.csv <<'END'
name,actor,partners,patrol_class,vehicle,state,from_time,recurrence
Morning,Force,Nobody,short_duration,4x4,planned,2026-03-14 06:00,FREQ=DAILY
END
run 0 import plan.gpkg stops.csv patrols.csv
says 'dropped *patrol refers to a record that is not in the plan *4 *Evening'
same "stops" "$(count plan.gpkg stops)" 2
run 0 list plan.gpkg patrols --csv
says '2026-03-14T04:00:00Z'

# Times, words and places that cannot be meant are dropped, never guessed.
cat >incidents.csv <<'END'
name,date,incident_type,killed,lon,lat
one,2026-03-01,looting,2,30.1,4.1
two,30/02/2026,looting,2,30.1,4.1
three,03/04/2026,looting,2,30.1,4.1
four,14 March 2026,looting,two,30.1,4.1
five,2026-03-01,looting,2,30.1,95
six,2026-03-01,looting,2,,
seven,2026-03-01T10:00:61Z,looting,2,30.1,4.1
END
run 0 import plan.gpkg incidents.csv
says 'dropped *from_time cannot be read *3 *30/02/2026'
says '3  *dropped *from_time cannot be read'
says 'noted *killed is not a number that fits: left unknown *5 *two'
says 'dropped *no position *7'
same "incidents" "$(count plan.gpkg incidents)" 2
run 0 list plan.gpkg incidents --csv
says '2026-02-28T22:00:00Z,2026-03-01T22:00:00Z,looting'

# Surfaces in French and misspelt; roads by tags; every way accounted for.
cat >roads.geojson <<'END'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"highway":"primary","surface":"goudronné"},"geometry":{"type":"LineString","coordinates":[[30.1,4.1],[30.2,4.1]]}},
{"type":"Feature","properties":{"highway":"track","surface":"ashpalt"},"geometry":{"type":"LineString","coordinates":[[30.1,4.2],[30.2,4.2]]}},
{"type":"Feature","properties":{"highway":"residential","surface":"terre battue","oneway":"-1"},"geometry":{"type":"LineString","coordinates":[[30.1,4.3],[30.2,4.3]]}},
{"type":"Feature","properties":{"highway":"secondary","surface":"xyzzy","bridge":"yes"},"geometry":{"type":"LineString","coordinates":[[30.1,4.4],[30.2,4.4]]}},
{"type":"Feature","properties":{"highway":"proposed"},"geometry":{"type":"LineString","coordinates":[[30.1,4.5],[30.2,4.5]]}},
{"type":"Feature","properties":{"highway":"primary"},"geometry":{"type":"LineString","coordinates":[[30.5,4.5],[39,4.5]]}}]}
END
run 0 import plan.gpkg roads.geojson
says 'roads *6 *5 *5 *0 *0 *1'
says 'dropped *a road that is only proposed *4'
says 'noted *surface is not a known word: taken as unknown *3 *xyzzy'
says 'noted *reaches beyond the area: cut at its margin *5'
run 0 list plan.gpkg roads --csv
same "surfaces" "$(awk -F, 'NR > 1 {print $11}' out | sort | uniq -c | tr -s ' \n' ' ')" ' 1 earth 2 paved 2 unknown '
says 'residential,earth,none,-1'
says 'secondary,unknown,bridge'

# Figures replace the figures of the same name.
standards=$(count plan.gpkg standards)
printf 'name,value,unit,source\nresponse.must,45,min,Force order 12\n' >standards.csv
run 0 import plan.gpkg standards.csv --as standards
says 'standards *1 *1 *0 *1 *0 *0'
same "standards" "$(count plan.gpkg standards)" "$standards"
printf 'vehicle,ground,kmh\n4x4,track,12\n' >speeds.csv
run 0 import plan.gpkg speeds.csv
says 'speeds *1 *1 *0 *1 *0 *0'

# Nothing that can be told, nothing to take, no such file.
printf 'a,b\n1,2\n' >mute.csv
run 2 import plan.gpkg mute.csv
says 'cannot be told'
printf 'name,lon,lat\n' >bases_empty.csv
unchanged plan.gpkg import plan.gpkg bases_empty.csv
says 'nothing that could be taken'
unchanged plan.gpkg import plan.gpkg absent.csv
says 'absent.csv'
run 2 import plan.gpkg camps.csv --as castles
says 'there is no such kind'
run 2 import plan.gpkg camps.csv --frobnicate
says 'unknown option'
run 2 import plan.gpkg
says 'something is missing'
run 1 import absent.gpkg camps.csv
# One bad file among good ones: none is taken.
printf '{"type":"FeatureCollection","features":[{' >broken.geojson
printf 'name,lon,lat\nCamp West,30.3,4.3\n' >bases.csv
unchanged plan.gpkg import plan.gpkg bases.csv broken.geojson
says 'broken.geojson'

# Exports come back as the same records.
run 0 export plan.gpkg bases -o bases_out.geojson
run 0 import plan.gpkg bases_out.geojson --as bases
says 'bases *2 *2 *0 *0 *2 *0'
run 1 export plan.gpkg bases -o bases_out.geojson
says 'there already'
run 0 export plan.gpkg all -o all.gpkg
ogrinfo -q all.gpkg >layers 2>&1
grep -q 'patrol (Line String' layers || grep -q 'patrol' layers || fail "no patrols in the export"
run 0 export plan.gpkg stops -o stops_out.csv
same "rows of a CSV" "$(wc -l <stops_out.csv)" 3
run 1 export plan.gpkg population -o p.tif
says 'holds no population'
finish
