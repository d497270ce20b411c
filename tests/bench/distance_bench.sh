#!/bin/sh
# distance_bench: vedette distance and outline against r.grow.distance, gdal_proximity and gdal_polygonize, where installed.
# SPDX-License-Identifier: Apache-2.0
# Usage: sh tests/bench/distance_bench.sh [smoke | sides...]     default 1000 4000
#   RUNS=n     rounds in which each program runs once, in turn (default 5; smoke: 1)
#   PEERS=...  of grass gdal (default: both)
#   VEDETTE, HELPER: the programs; default: those of build/release
# Whole processes, from GeoTIFF to GeoTIFF or GeoPackage, in alternation; medians. r.grow.distance reads and writes GRASS's own
# format, imported before and not timed. Before that the kernels alone.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
VEDETTE=${VEDETTE:-$top/build/release/vedette}
helper=${HELPER:-$top/build/release/tests/bench_distance_bench}
peers=${PEERS-grass gdal}
runs=${RUNS:-5}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
if [ "${1:-}" = smoke ]; then
  runs=${RUNS:-1}
  set -- 300
fi
[ $# -gt 0 ] || set -- 1000 4000

has() {
  case " $peers " in *" $1 "*) ;; *) return 1 ;; esac
  case $1 in
  grass) command -v grass >/dev/null ;;
  gdal) command -v gdal_proximity.py >/dev/null && command -v gdal_polygonize.py >/dev/null ;;
  esac
}
in_grass() { grass "$work/location/PERMANENT" --exec "$@" 2>>"$work/log"; }

open_grass() {
  rm -rf "$work/location"
  grass -c "$work/lines.tif" -e "$work/location" >>"$work/log" 2>&1 || return 1
  for layer in lines points; do
    in_grass r.in.gdal -o input="$work/$layer.tif" output=$layer --overwrite --q &&
      in_grass r.null map=$layer setnull=0 --q || return 1
  done
  in_grass g.region raster=lines
}

# run_one PROGRAM WORK: its seconds, processor seconds and peak MB.
run_one() {
  rm -f "$work/$1.$2".*
  case $1.$2 in
  vedette.areas) "$helper" time "$VEDETTE" outline -q "$work/classes.tif" -o "$work/vedette.areas.gpkg" ;;
  vedette.*) "$helper" time "$VEDETTE" distance -q "$work/$2.tif" -o "$work/vedette.$2.tif" ;;
  gdal.areas) "$helper" time gdal_polygonize.py -q "$work/classes.tif" "$work/gdal.areas.gpkg" ;;
  gdal.*) "$helper" time gdal_proximity.py -q -distunits GEO "$work/$2.tif" "$work/gdal.$2.tif" ;;
  grass.*) in_grass "$helper" time r.grow.distance input="$2" distance="distance_$2" metric=euclidean --overwrite --q ;;
  esac 2>>"$work/log"
}

# median COLUMN FILE
median() {
  awk -v c="$1" '{ print $c }' "$2" | sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "?" }'
}

# compare WORK PROGRAMS...
compare() {
  what=$1
  shift
  rm -f "$work"/times.*
  round=0
  while [ $round -lt "$runs" ]; do
    round=$((round + 1))
    for program in "$@"; do
      run_one "$program" "$what" >>"$work/times.$program" || { echo "$program failed:" && tail -5 "$work/log" && exit 1; }
    done
  done
  for program in "$@"; do
    awk -v name="$program $what" -v s="$(median 1 "$work/times.$program")" -v cpu="$(median 2 "$work/times.$program")" \
      -v mb="$(median 3 "$work/times.$program")" -v s0="$(median 1 "$work/times.vedette")" \
      -v cpu0="$(median 2 "$work/times.vedette")" -v mb0="$(median 3 "$work/times.vedette")" -v n=$((side * side)) 'BEGIN {
        printf "  %-15s %8.3f s  %8.3f s processor  %7.1f MB  %7.1f ns a cell", name, s, cpu, mb, s * 1e9 / n
        if (name !~ "vedette") printf "   x %.1f time, x %.1f processor, x %.2f memory", s / s0, cpu / cpu0, mb / mb0
        print "" }'
  done
}

"$helper" "$@" || exit 1
for side in "$@"; do
  "$helper" write "$work" "$side" || exit 1
  programs=
  has gdal && programs="$programs gdal"
  if command -v gdal_translate >/dev/null; then # as such rasters usually come
    for layer in lines points classes; do
      gdal_translate -q -ot Byte -a_nodata none "$work/$layer.tif" "$work/$layer.byte.tif" && mv "$work/$layer.byte.tif" "$work/$layer.tif"
    done
  fi
  echo "$side x $side cells, whole processes, medians of $runs"
  compare areas vedette $programs
  has grass && open_grass && programs="$programs grass"
  for what in points lines; do
    compare $what vedette $programs
    if has gdal; then "$helper" differ "$work/vedette.$what.tif" "$work/gdal.$what.tif" | sed 's/^/    gdal: /'; fi
    case $programs in *grass*)
      in_grass r.out.gdal -c -f input=distance_$what output="$work/grass.tif" type=Float32 --overwrite --q >/dev/null &&
        "$helper" differ "$work/vedette.$what.tif" "$work/grass.tif" | sed 's/^/    grass: /'
      ;;
    esac
  done
done
