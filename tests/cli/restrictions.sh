# vedette restrictions: a made register counted by hand, its forms and periods, and the columns of other registers.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
run 0 new v.gpkg --area 3,1,4,2 --utc-offset +02:00 --from 2026-03-09 --to 2026-03-16 --title "Made"

# Thirteen Wednesdays at one post, seven reports at another at odd times, one without a date.
{
  echo "name,lon,lat,code,mode,effect,outcome,actor_responsible,from_time,to_time,reference,sofa,hours_lost"
  for day in 2025-12-17 2025-12-24 2025-12-31 2026-01-07 2026-01-14 2026-01-21 2026-01-28 2026-02-04 2026-02-11 2026-02-18 \
    2026-02-25 2026-03-04 2026-03-11; do
    echo "Market post,3.5,1.5,ROM-CHK,land,block,returned,Army,${day}T06:00,${day}T18:00,M-$day,1,5.5"
  done
  for at in 2025-12-18T10 2026-01-03T15 2026-01-05T09 2026-01-30T22 2026-02-10T11 2026-02-13T07 2026-03-08T13; do
    echo "Odd post,3.2,1.2,ROM-DLY,land,delay,delayed,Militia,${at}:00,${at}:30,O-$at,0,"
  done
  echo "Undated,3.9,1.9,ROM-AIR,air,block,,,,,U-1,0,"
} >made.csv
run 0 import v.gpkg made.csv --as restrictions
printf 'name,lon,lat,population\nMarket,3.51,1.5,900\nOdd,3.2,1.21,100\n' >places.csv
run 0 import v.gpkg places.csv --as settlements

# A field of a row of a table, by the value of its first column.
field() {
  "$VEDETTE" restrictions v.gpkg --no-losses --csv "$1" | awk -F, -v key="$2" -v want="$3" '
    {gsub(/"[^"]*"/, "quoted")}
    NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i; next}
    $1 == key {print $at[want]; exit}'
}
run 0 restrictions v.gpkg --no-losses
says '^21 reports; in 14 of them a movement was turned back'
says '^14 denials; no movement was planned in the period'
says '^72 hours lost by the 13 reports that say so; 8 do not' # 71.5
says '^0 of 13 status-of-forces violations are by host-state forces; of 13 the actor'
says 'was not worked out'
says 'Market post .*Wed 13 of 13 days, about 06:00 *regular: weekdays and intervals'
says 'Reports have no date: no month, site or flag counts them. (1)'
same "reports at the market" "$(field sites 'Market post' reports)" 13
same "days between" "$(field sites 'Market post' median_interval_d)" 7
same "the market post is regular" "$(field sites 'Market post' regular)" both
same "the odd post is not" "$(field sites 'Odd post' regular)" no
same "near the market, and the undated one" "$(field by_place Market denials)" 14
same "the army" "$(field by_actor Army hours_lost)" 71.5
same "January" "$(field by_month 2026-01 reports)" 7
same "never visited" "$(field access Market days_since)" ""
# Three Wednesdays of fourteen days raise a flag, and so does each one after.
same "denials under the flag" "$(field watch Market denials)" 13
same "it stands" "$(field watch Market stands)" yes

# The month is the local one, and half-open.
run 0 restrictions v.gpkg --no-losses --month 2026-01
says 'Movement restrictions, 2026-01'
says '^7 reports;'
says 'Reports have no date: they are left out. (1)'
same "register of January" "$("$VEDETTE" restrictions v.gpkg --no-losses --month 2026-01 --csv register | wc -l)" 8
rows() {
  "$VEDETTE" restrictions v.gpkg --no-losses --from "$1" --to "$2" --csv register | wc -l
}
same "from the minute" "$(rows 2025-12-31T06:00 2025-12-31T06:01)" 2
same "to the minute" "$(rows 2025-12-31T05:00 2025-12-31T06:00)" 1

run 0 restrictions v.gpkg --no-losses --json
says '"format": "vedette-restrictions-1"'
says '"key": "denials", "value": 0.6667, "numerator": 14, "denominator": 21, "unknown": 0'
run 0 restrictions v.gpkg --top 1
says 'restrictions, all together, take away 0 of the 0 person-hours not covered'
run 2 restrictions v.gpkg --month 2026-13
says 'takes a month as 2026-03'
run 2 restrictions v.gpkg --month March
run 2 restrictions v.gpkg --month 2026-03 --from 2026-03-01
says 'not both'
run 2 restrictions v.gpkg --no-losses --csv nothing
says 'by_actor, by_place'

# Columns of others' registers; nothing is dropped for whom it held up.
cat >register.csv <<END
Ref,Date,Lon,Lat,Responsible,Held up,Category,Obstacle,AMRF,Severity,Outcome,Hours lost,SOFA violation,Note verbale,Resolved date,Clearance,Road status,Precision
R1,2026-03-10T06:00,3.3,1.9,Army,Nobody known,ROM-CHK,Mines/UXO,7,4,returned,5.5,1,NV-1,2026-03-15,granted,Not passable,500
R2,2026-03-11,3.4,1.9,Militia,,ROM-LND,Checkpoint Official,3,2,delayed,0.5,no,,,maybe,strange,
END
run 0 import v.gpkg register.csv --as restrictions
says 'actor is not in the plan: left unknown'
run 0 list v.gpkg restrictions --json
grep '"reference": "R1"' out >one
for part in '"obstacle": "mines"' '"amrf_type": "7"' '"severity": "4"' '"road_state": "closed"' '"protest_reference": "NV-1"' \
  '"resolved_time": "2026-03-14T22:00:00Z"' '"clearance": "granted"' '"precision_m": "500"' '"hours_lost": "5.5"' '"sofa": "1"'; do
  grep -q "$part" one || fail "$part was not read"
done
grep '"reference": "R2"' out | grep -q '"obstacle": "checkpoint_official".*"road_state": null' || fail "R2"

# Severity, AMRF type and obstacle by hand, and out again.
id=$("$VEDETTE" add v.gpkg restrictions --at 3.3,1.8 name="Ford" severity=2 amrf_type=8 obstacle=ford effect=delay delay_min=20)
run 0 set v.gpkg restrictions "$id" obstacle=flood hours_lost=3 protest_reference=NV-2
run 0 history v.gpkg --last 1
says 'Ford'
run 0 export v.gpkg restrictions -o back.csv
grep 'Ford' back.csv | grep -q 'flood.*NV-2' || fail "the obstacle was not exported"
finish
