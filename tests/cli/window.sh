#!/bin/sh
# window: the window on a real display (Xvfb): it opens, moves, explains, says what is wrong, and closes cleanly.
# SPDX-License-Identifier: Apache-2.0
set -eu
for tool in Xvfb xdotool sqlite3 import convert; do
  command -v $tool >/dev/null || { echo "skipped: $tool is not installed (Debian: xvfb xdotool sqlite3 imagemagick)"; exit 77; }
done
work=$(mktemp -d)
server= window=
finish() {
  [ -z "$window" ] || kill "$window" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "FAILED: $*"; [ ! -s "$work/said" ] || sed 's/^/  it said: /' "$work/said"; exit 1; }
now_ms() { date +%s%3N; }

# A plan in a minute: two bases, a threatened valley, villages, one road.
cat >"$work/actors.csv" <<END
name,kind,counts_as_presence
Mission,un_military,1
END
cat >"$work/settlements.csv" <<END
name,lon,lat,population
Kelu,20.20,5.10,4000
Omri,20.05,5.02,2500
Dara,19.85,5.00,6000
END
cat >"$work/bases.csv" <<END
name,lon,lat,actor,vehicle,has_reaction_force,notice_day_min,notice_night_min,proximity_m
Camp Alder,19.85,5.01,Mission,4x4,1,15,30,1000
END
cat >"$work/threats.geojson" <<END
{"type":"FeatureCollection","name":"threats","features":[{"type":"Feature","properties":{"name":"Market road","priority":"must",
"weekdays":127,"hour_from_min":0,"hour_to_min":1440},"geometry":{"type":"Polygon","coordinates":[[[20.0,4.98],[20.28,4.98],[20.28,5.15],[20.0,5.15],[20.0,4.98]]]}}]}
END
cat >"$work/roads.geojson" <<END
{"type":"FeatureCollection","name":"roads","features":[{"type":"Feature","properties":{"name":"R1","road_class":"primary",
"surface":"gravel"},"geometry":{"type":"LineString","coordinates":[[19.82,5.0],[20.05,5.02],[20.2,5.1]]}}]}
END
plan=$work/plan.gpkg
"$VEDETTE" new "$plan" --area 19.8,4.9,20.3,5.2 --title "Valley" --from 2026-03-09 --to 2026-03-16 --cell 1000 -q >"$work/said" 2>&1 ||
  fail "no plan was made"
"$VEDETTE" import "$plan" "$work/actors.csv" "$work/settlements.csv" "$work/bases.csv" "$work/threats.geojson" \
  "$work/roads.geojson" -q >"$work/said" 2>&1 || fail "the files were not imported"
records() { sqlite3 "$1" "SELECT count(*) FROM base" "SELECT count(*) FROM settlement" "PRAGMA integrity_check" | tr '\n' ' '; }
before=$(records "$plan")

# Without a display: one sentence, exit code 1.
set +e
said=$(env -u DISPLAY -u WAYLAND_DISPLAY SDL_VIDEODRIVER=x11 "$VEDETTE" "$plan" 2>&1); code=$?
set -e
[ $code = 1 ] || fail "exit code $code without a display"
[ "$(echo "$said" | wc -l)" = 1 ] && echo "$said" | grep -q "no display" || fail "without a display it said: $said"

# A display of our own; the server picks a free number.
mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1280x800x24 3>"$work/number" >/dev/null 2>&1 &
server=$!
read -r number <"$work/number"
export DISPLAY=:$number
unset WAYLAND_DISPLAY || true

open() {
  env ${LSAN_OPTIONS:+LSAN_OPTIONS="$LSAN_OPTIONS"} SDL_VIDEODRIVER=x11 "$VEDETTE" "$1" --size 1200x760 >"$work/said" 2>&1 &
  window=$!
  id=
  for i in $(seq 100); do
    id=$(xdotool search --onlyvisible --class vedette 2>/dev/null | head -1) && [ -n "$id" ] && return
    kill -0 $window 2>/dev/null || fail "the window closed by itself"
    sleep 0.1
  done
  fail "no window after 10 s"
}
shot() { import -window "$id" "$work/$1.png"; }
colours() { convert "$work/$1.png" -unique-colors -format '%w' info:; }
differ() { ! cmp -s "$work/$1.png" "$work/$2.png"; }
# Waits until a picture stays the same for half a second.
settle() {
  shot "$1"
  for i in $(seq 60); do
    sleep 0.5
    shot again
    differ "$1" again || return 0
    mv "$work/again.png" "$work/$1.png"
  done
  fail "the picture never rests ($1)"
}
closes() { # within $1 ms, with exit code 0
  for i in $(seq $(($1 / 50))); do
    kill -0 $window 2>/dev/null || { wait $window && window= && return 0; fail "exit code $? at the end"; }
    sleep 0.05
  done
  fail "the window is still there after $1 ms"
}

open "$plan"
settle start
[ "$(colours start)" -gt 200 ] || fail "the window is nearly empty: $(colours start) colours"
xdotool mousemove --window "$id" 560 200 mousedown 1 mousemove --window "$id" 500 230 mousemove --window "$id" 460 260 mouseup 1
settle panned
differ start panned || fail "dragging did not move the map"
xdotool mousemove --window "$id" 560 200 click 4 click 4
settle zoomed
differ panned zoomed || fail "the wheel did not zoom"
xdotool mousemove --window "$id" 300 612 click 1 # the first row of the gap table
settle chosen
differ zoomed chosen || fail "clicking a gap changed nothing"
convert "$work/chosen.png" -crop 330x300+860+80 "$work/details.png"
convert "$work/zoomed.png" -crop 330x300+860+80 "$work/details-before.png"
differ details details-before || fail "clicking a gap explained nothing"
xdotool windowsize "$id" 900 600
sleep 1
settle small
"$VEDETTE" add "$plan" settlement name=Newtown lon=20.1 lat=5.1 population=100 -q >/dev/null 2>&1 || true # meanwhile
xdotool windowfocus "$id" key ctrl+q
closes 5000

[ "$(records "$plan")" = "$before" ] || [ "$(sqlite3 "$plan" "SELECT count(*) FROM settlement WHERE name='Newtown'")" = 1 ] ||
  fail "the plan changed: $(records "$plan")"
[ "$(sqlite3 "$plan" "PRAGMA integrity_check")" = ok ] || fail "the plan is damaged"
[ ! -e "$plan-wal" ] || [ ! -s "$plan-wal" ] || fail "the write-ahead log stayed behind"

# Closed while it studies: at once.
cp "$plan" "$work/large.gpkg"
"$VEDETTE" set "$work/large.gpkg" plan cell_m=150 -q >/dev/null 2>&1 || true
open "$work/large.gpkg"
xdotool windowfocus "$id" key ctrl+q
closes 3000

# SIGTERM closes it as well.
open "$plan"
kill -TERM $window
closes 5000

# A plan that may not be written is shown for reading only; what is no plan is refused in one sentence.
if [ "$(id -u)" != 0 ]; then
  chmod a-w "$plan"
  open "$plan"
  xdotool getwindowname "$id" | grep -q "reading only" || fail "nothing says that the plan is for reading only"
  xdotool windowfocus "$id" key ctrl+q
  closes 5000
fi
echo "nothing" >"$work/nothing.gpkg"
set +e
said=$("$VEDETTE" "$work/nothing.gpkg" 2>&1); code=$?
set -e
[ $code = 1 ] && [ "$(echo "$said" | wc -l)" = 1 ] || fail "exit code $code for what is no plan: $said"
echo "the window works"
