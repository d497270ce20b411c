# Ctrl-C stops an import: exit 130, one sentence, the plan as it was, nothing left beside it.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
run 0 new plan.gpkg --area=30,4,31,5
before=$(content plan.gpkg)
awk 'BEGIN {print "name,lon,lat"; for (i = 0; i < 400000; i++) printf "place %d,%.6f,%.6f\n", i, 30 + i / 400001, 4.5}' \
  >settlements.csv
"$VEDETTE" import plan.gpkg settlements.csv --as settlements >out 2>err &
pid=$!
sleep 1
kill -INT $pid 2>/dev/null
wait $pid
same "exit status" $? 130
same "sentences" "$(grep -c . err)" 1
same "content" "$(content plan.gpkg)" "$before"
same "files beside the plan" "$(ls plan.gpkg* | tr '\n' ' ')" "plan.gpkg "
same "integrity" "$(sqlite3 plan.gpkg 'pragma integrity_check')" ok
run 1 undo plan.gpkg
finish
