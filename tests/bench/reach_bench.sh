#!/bin/sh
# reach_bench: vedette reach against r.cost -k, scikit-image and SAGA, where installed, on one friction raster from 50 bases.
# SPDX-License-Identifier: Apache-2.0
# Usage: sh tests/bench/reach_bench.sh [smoke | sides...]     default 1000 2000
#   RUNS=n      rounds in which each program runs once, in turn (default 3; smoke: 1)
#   PEERS=...   of grass skimage saga (default: grass skimage; saga takes long)
#   VEDETTE, HELPER: the programs; default: those of build/release
# Whole processes on the same GeoTIFF, in alternation; medians. r.cost reads and writes its own format, imported before and
# not timed. Then the error against exact fields: friction 1 everywhere, and friction rising evenly.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
VEDETTE=${VEDETTE:-$top/build/release/vedette}
helper=${HELPER:-$top/build/release/tests/bench_reach_bench}
peers=${PEERS-grass skimage}
runs=${RUNS:-3}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
error_side=1001
if [ "${1:-}" = smoke ]; then
  runs=${RUNS:-1} error_side=151
  set -- 300
fi
[ $# -gt 0 ] || set -- 1000 2000
python=/usr/bin/python3

has() {
  case " $peers " in *" $1 "*) ;; *) return 1 ;; esac
  case $1 in
  grass) command -v grass >/dev/null ;;
  saga) command -v saga_cmd >/dev/null ;;
  skimage) "$python" -c 'import skimage, osgeo' 2>/dev/null ;;
  esac
}
in_grass() { grass "$work/location/PERMANENT" --exec "$@" 2>>"$work/log"; }

# open_grass RASTER POINTS: a location of the raster's system with both in it.
open_grass() {
  rm -rf "$work/location"
  grass -c "$1" -e "$work/location" >>"$work/log" 2>&1 &&
    in_grass r.in.gdal -o input="$1" output=friction --overwrite &&
    in_grass g.region raster=friction &&
    in_grass v.in.ascii input="$2" output=sources separator=comma skip=1 x=4 y=5 --overwrite
}

cat >"$work/mcp.py" <<'END'
import sys
import numpy
from osgeo import gdal
from skimage.graph import MCP_Geometric
gdal.UseExceptions()
source = gdal.Open(sys.argv[1])
costs = source.ReadAsArray().astype(float)
costs[numpy.isnan(costs)] = -1
starts = [(int(row), int(column)) for column, row in
          (line.split(",")[5:7] for line in open(sys.argv[2]).read().split()[1:])]
found, _ = MCP_Geometric(costs, fully_connected=True).find_costs(starts)
found[numpy.isinf(found)] = numpy.nan
made = gdal.GetDriverByName("GTiff").Create(sys.argv[3], source.RasterXSize, source.RasterYSize, 1, gdal.GDT_Float32)
made.SetGeoTransform(source.GetGeoTransform())
made.SetProjection(source.GetProjection())
made.GetRasterBand(1).WriteArray(found)
END

# run_one PROGRAM: its seconds, processor seconds and peak MB.
run_one() {
  case $1 in
  vedette) "$helper" time "$VEDETTE" reach -q "$work/country.tif" --from "$work/bases.csv" -o "$work/vedette.tif" ;;
  grass) in_grass "$helper" time r.cost -k input=friction output=cost start_points=sources memory=6000 --overwrite ;;
  skimage) "$helper" time "$python" "$work/mcp.py" "$work/country.tif" "$work/bases.csv" "$work/mcp.tif" ;;
  saga)
    "$helper" time saga_cmd -f=s grid_analysis 0 -DEST_TYPE=0 -DEST_POINTS="$work/bases.shp" \
      -COST="$work/country.tif" -ACCUMULATED="$work/saga.sgrd"
    ;;
  esac 2>>"$work/log"
}

# median COLUMN FILE
median() {
  awk -v c="$1" '{ print $c }' "$2" | sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "?" }'
}

compare() {
  side=$1
  rm -f "$work"/times.*
  "$helper" write "$work" "$side" || exit 1
  programs=vedette
  if has grass && open_grass "$work/country.tif" "$work/bases.csv"; then programs="$programs grass"; fi
  has skimage && programs="$programs skimage"
  if has saga && ogr2ogr -q "$work/bases.shp" "$work/bases.csv" -oo X_POSSIBLE_NAMES=east -oo Y_POSSIBLE_NAMES=north; then
    programs="$programs saga"
  fi
  round=0
  while [ $round -lt "$runs" ]; do
    round=$((round + 1))
    for program in $programs; do
      run_one "$program" >>"$work/times.$program" || { echo "$program failed:" && tail -5 "$work/log" && exit 1; }
    done
  done
  echo "$side x $side cells, 50 sources, medians of $runs"
  for program in $programs; do
    awk -v name="$program" -v s="$(median 1 "$work/times.$program")" -v cpu="$(median 2 "$work/times.$program")" \
      -v mb="$(median 3 "$work/times.$program")" -v s0="$(median 1 "$work/times.vedette")" \
      -v cpu0="$(median 2 "$work/times.vedette")" -v mb0="$(median 3 "$work/times.vedette")" -v n=$((side * side)) 'BEGIN {
        printf "  %-8s %8.3f s  %8.3f s processor  %7.1f MB  %7.1f ns a cell", name, s, cpu, mb, s * 1e9 / n
        if (name != "vedette") printf "   x %.1f time, x %.1f processor, x %.2f memory", s / s0, cpu / cpu0, mb / mb0
        print "" }'
  done
  case $programs in *grass*)
    in_grass r.out.gdal -c -f input=cost output="$work/grass.tif" type=Float32 nodata=nan --overwrite >/dev/null &&
      echo "  vedette / grass: $("$helper" differ "$work/vedette.tif" "$work/grass.tif")"
    ;;
  esac
}

# Errors of a field that is known exactly.
tell_errors() {
  for field in even slope; do
    "$helper" $field "$work" $error_side || exit 1
    "$VEDETTE" reach -q "$work/$field.tif" --from "$work/middle.csv" -o "$work/field.tif" >/dev/null || exit 1
    echo "error on the $field field, $error_side x $error_side cells"
    echo "  vedette  $("$helper" error $field "$work/field.tif")"
    has grass || continue
    open_grass "$work/$field.tif" "$work/middle.csv" &&
      in_grass r.cost -k input=friction output=cost start_points=sources --overwrite &&
      in_grass r.out.gdal -c -f input=cost output="$work/grass.tif" type=Float32 --overwrite >/dev/null &&
      echo "  grass    $("$helper" error $field "$work/grass.tif")"
  done
}

for side in "$@"; do compare "$side"; done
tell_errors
