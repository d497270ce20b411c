# vedette set, add, remove, undo, redo, history: each one change that can be taken back; the plan's own properties too.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
run 0 new plan.gpkg --area=30,4,31,5 --from 2026-03-14 --title First
run 1 undo plan.gpkg
says 'nothing to undo'
start=$(content plan.gpkg)

run 0 add plan.gpkg actors name=Force kind=un_military
run 0 add plan.gpkg bases --at '4.5 N 30.5 E' name='Camp North' actor=Force notice_day_min=30 notice_night_min=never
run 0 list plan.gpkg bases --csv
says 'Camp North'
says '"30.500000,4.500000"'
run 0 set plan.gpkg base 'Camp North' notice_day_min=45
run 0 set plan.gpkg plan season=wet title=Second to=2026-03-20
run 0 set plan.gpkg standards response.must value=45
run 0 info plan.gpkg
says 'Second'
says 'Wet season'
run 0 remove plan.gpkg bases 'Camp North'
end=$(content plan.gpkg)
same "bases after remove" "$(count plan.gpkg bases)" 0
run 1 set plan.gpkg base 'Camp North' notice_day_min=45
says 'Camp North'
run 1 undo absent.gpkg

for i in 1 2 3 4 5 6; do run 0 undo plan.gpkg; done
run 1 undo plan.gpkg
same "content after undoing all" "$(content plan.gpkg)" "$start"
for i in 1 2 3 4 5 6; do run 0 redo plan.gpkg; done
run 1 redo plan.gpkg
same "content after doing all again" "$(content plan.gpkg)" "$end"
run 0 history plan.gpkg --json
same "entries" "$(grep -c '"number"' out)" 6

SOURCE_DATE_EPOCH=1773500000 "$VEDETTE" set plan.gpkg plan title=Third >/dev/null
run 0 history plan.gpkg
says '14 Mar 2026 14:53 UTC'
finish
