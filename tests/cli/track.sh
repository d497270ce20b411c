#!/bin/sh
# track: GPX tracks as executed patrols, matched to the plan, counted once, and told against it; what is refused.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
. tests/cli/ten_cells.inc
cd "$work" || exit 1
make_ten_cells

# gpx NAME COMMANDS...: a file of tracks; each command writes one.
gpx() {
  printf '<?xml version="1.0"?>\n<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">\n'
  "$@"
  printf '</gpx>\n'
}
# drive NAME DAY FROM_MIN STEP_MIN: V0 to V4 in 5 steps of STEP_MIN minutes, an hour at V4.
drive() {
  printf '<trk><name>%s</name><trkseg>\n' "$1"
  awk -v day="$2" -v from="$3" -v step="$4" 'function fix(i, t) {
      if (t < 0) t += 1440
      printf "<trkpt lat=\"5\" lon=\"%.7f\"><time>2026-03-%02dT%02d:%02d:00Z</time></trkpt>\n", 20 + (i - 4.5) / 110.899, day, int(t / 60), t % 60 }
    BEGIN { for (i = 0; i <= 4; i++) fix(i, from + i * step); fix(4, from + 4 * step + 60) }'
  printf '</trkseg></trk>\n'
}
untimed() {
  printf '<trk><name>Untimed</name><trkseg><trkpt lat="5" lon="20"/><trkpt lat="5" lon="20.01"/></trkseg></trk>\n'
}
one_point() {
  printf '<trk><name>Point</name><trkseg><trkpt lat="5" lon="20"><time>2026-03-09T00:00:00Z</time></trkpt></trkseg></trk>\n'
}
bad_ones() {
  drive Good 9 60 5
  drive Backwards 9 600 -5
  untimed
  one_point
  printf '<trk><name>Empty</name></trk>\n'
  drive Good 9 60 5
}
export SOURCE_DATE_EPOCH=1783000000 # July 2026: the tracks were recorded

# The plan's Visit stands at V3 from 01:00 for an hour. A track from 01:00 passes V3 at 01:15 and stands at V4.
gpx drive "Receiver 1" 9 60 5 >visit.gpx
run 0 import ten.gpkg visit.gpx --as track --dry-run
says 'Receiver 1 drove “Visit” of 9 Mar 2026 01:00: left on time; 1 of 1 stops reached'
says 'A dry run'
run 0 execution ten.gpkg
says '^1 departures were planned'
says '^Executed: 0 of 1'
says '^Nothing is known of 1 of 1'
run 0 import ten.gpkg visit.gpx --as track
run 0 import ten.gpkg visit.gpx --as track
says '^visit.gpx  tracks  *1  *1  *0  *0  *1  *0$' # the same track again changes nothing
run 0 execution ten.gpkg
says '^Executed: 1 of 1'
says '^1 of 1 stops were reached'
says '^9 Mar 2026 01:00  *Visit  *UN Force  *Executed  *Receiver 1  *0  *1  *1  *0  *4.0  *0$'
run 0 execution ten.gpkg --csv stops
says 'yes,2026-03-09T01:00:00Z,2026-03-09T01:1[0-9]:'
run 0 execution ten.gpkg --json
says '"format": "vedette-execution-1"'
says '"key": "executed", "value": 1, "numerator": 1, "denominator": 1, "unknown": 0'
# What was driven counts, in place of the plan: V4 is covered from 01:20 on, and V3 only as it was passed.
run 0 study ten.gpkg --json
says '"patrols": 1,$'
run 0 explain ten.gpkg --at 19.995491,5
says '9 Mar 2026 01:1[0-9].*Receiver 1'
run 0 explain ten.gpkg --at 19.986474,5 --past
says 'Receiver 1'
run 0 check ten.gpkg
run 0 undo ten.gpkg
run 0 execution ten.gpkg
says '^Executed: 0 of 1'

# Late, elsewhere in time, and by hand.
gpx drive "Receiver 2" 9 85 5 >late.gpx
run 0 import ten.gpkg late.gpx --as track -n
says 'left 25 min late'
gpx drive "Receiver 3" 12 60 5 >other.gpx
run 0 import ten.gpkg other.gpx --as track -n
says 'fits no planned departure'
says 'unknown actor'
run 0 import ten.gpkg other.gpx --as track -n --actor "UN Force" --patrol visit
says 'Receiver 3 drove “Visit” of 9 Mar 2026 01:00: left 3 d'
run 1 import ten.gpkg other.gpx --as track --patrol Nobody
says 'no planned or approved patrol “Nobody”'

# Tracks that cannot be true are told, each with its reason; what is left is taken.
gpx bad_ones >bad.gpx
run 0 import ten.gpkg bad.gpx --as track -n
says '^bad.gpx  tracks  *6  *1  *1  *0  *0  *5$'
says 'runs backwards in time *[0-9]* *Backwards'
says 'without times'
says 'fewer than two points'
says 'the same track again'
SOURCE_DATE_EPOCH=1772000000 "$VEDETTE" import ten.gpkg visit.gpx --as track >out 2>err && fail "a track from the future was taken"
says 'have not come yet'

# What is no track.
unchanged ten.gpkg import ten.gpkg villages.csv --as track
says 'is no GPX file'
unchanged ten.gpkg import ten.gpkg nowhere.gpx --as track
says 'cannot be read'
before=$(content ten.gpkg)
run 2 import ten.gpkg visit.gpx --as track --replace
says 'would remove the patrols that were planned'
run 2 import ten.gpkg villages.csv --patrol Visit
says 'needs --as track'
same "content after wrong options" "$(content ten.gpkg)" "$before"
finish
