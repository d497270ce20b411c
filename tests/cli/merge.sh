# vedette merge, diff: three laptops and one plan; conflicts listed and decided; hostile files; killed while merging.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
cd "$work" || exit 1
export SOURCE_DATE_EPOCH=1773500000
run 0 new base.gpkg --area=30,4,31,5 --from 2026-03-14 --title Sector
run 0 add base.gpkg actors name=Force kind=un_military
run 0 add base.gpkg bases --at '4.5 N 30.5 E' name='Camp North' actor=Force strength=40

# ---- A adds a patrol, B moves a base, C sets a standard ----
for laptop in a b c; do cp base.gpkg $laptop.gpkg; done
run 0 add a.gpkg patrols name=Dawn actor=Force from_time=2026-03-15T05:00 --author Amina
run 0 set b.gpkg bases 'Camp North' at='4.6 N 30.5 E' --author Bakary
run 0 set c.gpkg standards response.must value=45 --author Chen
before=$(content a.gpkg)
run 0 merge --into a.gpkg b.gpkg c.gpkg --dry-run --author Amina
says '2 changes to take in'
same "dry run" "$(content a.gpkg)" "$before"
cp a.gpkg a2.gpkg
run 0 merge --into a.gpkg b.gpkg c.gpkg --author Amina
merged=$(content a.gpkg)
run 0 list a.gpkg bases --csv
says '30.500000,4.600000'
run 0 list a.gpkg patrols --csv
says 'Dawn'
run 0 list a.gpkg standards --csv
says 'response.must,.*,45,min'
run 0 history a.gpkg
says 'Merge from b.gpkg, c.gpkg (2 changes)'
run 0 check a.gpkg

# In the other order, and one by one, it is the same plan.
run 0 merge --into a2.gpkg c.gpkg
says '1 change to take in'
run 0 history a2.gpkg
says 'Merge from c.gpkg (Chen, 1 change)'
run 0 merge --into a2.gpkg b.gpkg
run 0 diff a.gpkg a2.gpkg
says 'The plans hold the same'
same "order" "$(content a2.gpkg)" "$merged"

# Again takes nothing twice and leaves no edit; undone, it can be merged again.
edits=$("$VEDETTE" history a.gpkg | wc -l)
run 0 merge --into a.gpkg b.gpkg c.gpkg
says '0 changes to take in'
same "history after merging again" "$("$VEDETTE" history a.gpkg | wc -l)" "$edits"
run 0 undo a.gpkg
same "undone" "$(content a.gpkg)" "$before"
run 0 merge --into a.gpkg b.gpkg c.gpkg
same "merged again" "$(content a.gpkg)" "$merged"

# What is changed after a merge is not a conflict with what was merged.
run 0 set a.gpkg standards response.must value=50
run 0 set c.gpkg standards response.should value=100 --author Chen
run 0 merge --into a.gpkg c.gpkg
says 'No conflicts'
run 0 list a.gpkg standards --csv
says 'response.must,.*,50,min'
says 'response.should,.*,100,min'

# The others merge back and everybody has one plan.
run 0 merge --into b.gpkg a.gpkg
run 0 merge --into c.gpkg b.gpkg
run 0 diff a.gpkg c.gpkg
says 'The plans hold the same'

# ---- conflicts ----
for laptop in d e; do cp base.gpkg $laptop.gpkg; done
SOURCE_DATE_EPOCH=1773503600 run 0 set d.gpkg bases 'Camp North' strength=55 --author Dieynaba
SOURCE_DATE_EPOCH=1773507200 run 0 set e.gpkg bases 'Camp North' strength=70 notes='two companies' --author Emil
unchanged d.gpkg merge --into d.gpkg e.gpkg --conflicts list.txt
says 'not decided'
says 'Camp North'
says 'Dieynaba'
says 'Emil'
grep -q '^#   mine    55  (Dieynaba, 14 Mar 2026 15:53 UTC)' list.txt || fail "the list lacks mine: $(cat list.txt)"
grep -q '^#   theirs  70  (Emil, 14 Mar 2026 16:53 UTC)' list.txt || fail "the list lacks theirs"
run 1 merge --into d.gpkg e.gpkg --json
says '"decision": null'
key=$(sed -n 's/ = *$//p' list.txt)
case $key in base/*/strength) ;; *) fail "the conflict is called $key" ;; esac
strength() { "$VEDETTE" list "$1" bases --json | sed -n 's/.*"strength": "\{0,1\}\([0-9]*\).*/\1/p'; }
for side in mine:55 theirs:70 base:40; do
  run 0 merge --into d.gpkg e.gpkg -o out.gpkg --resolve "$key=${side%:*}"
  same "decided ${side%:*}" "$(strength out.gpkg)" "${side#*:}"
  rm out.gpkg
done
run 0 merge --into d.gpkg e.gpkg -o out.gpkg --resolve theirs
same "theirs for all" "$(strength out.gpkg)" 70
run 1 merge --into d.gpkg e.gpkg -o out.gpkg --resolve theirs
says 'a file of that name already'
sed "s|^\(base/.*\) = *$|\1 = theirs|" list.txt >decided.txt
run 0 merge --into d.gpkg e.gpkg -o out2.gpkg --decisions decided.txt
same "decided in a file" "$(strength out2.gpkg)" 70
run 2 merge --into d.gpkg e.gpkg --resolve base/11111111-2222-4333-8444-555555555555/strength=mine
says 'no conflict'
run 2 merge --into d.gpkg e.gpkg --resolve ours
# Deciding for mine changes little but is remembered: the conflict is not told twice.
run 0 merge --into d.gpkg e.gpkg --resolve mine
same "mine" "$(strength d.gpkg)" 55
run 0 list d.gpkg bases --json
says 'two companies'
run 0 merge --into d.gpkg e.gpkg
says 'No conflicts'

# ---- removal against change ----
for laptop in f g; do cp base.gpkg $laptop.gpkg; done
run 0 remove f.gpkg bases 'Camp North'
run 0 set g.gpkg bases 'Camp North' strength=70
unchanged f.gpkg merge --into f.gpkg g.gpkg
run 0 merge --into f.gpkg g.gpkg --resolve theirs
same "taken back" "$(strength f.gpkg)" 70

# ---- a common plan given by hand; without any ----
run 0 merge base.gpkg b.gpkg c.gpkg -o three.gpkg
run 0 new strange.gpkg --area=30,4,31,5 --from 2026-03-14
unchanged d.gpkg merge --into d.gpkg strange.gpkg
says 'share no history'
says 'as BASE'
run 2 merge d.gpkg e.gpkg
run 2 merge --into d.gpkg d.gpkg
says 'the plan itself'

# An undo in one copy is a change like any other.
cp base.gpkg h.gpkg
run 0 set h.gpkg bases 'Camp North' strength=90
cp h.gpkg i.gpkg
run 0 undo h.gpkg
run 0 set i.gpkg bases 'Camp North' notes=kept
run 0 merge --into h.gpkg i.gpkg
same "an undone edit does not come back" "$(strength h.gpkg)" 40
cp i.gpkg j.gpkg
run 0 undo h.gpkg
run 0 set h.gpkg plan title=Other
run 0 merge --into h.gpkg j.gpkg
same "nor when what was undone is dropped" "$(strength h.gpkg)" 40

# Two copies that took each other's first change, then went on: what one took back again stays so.
for laptop in p q; do cp base.gpkg $laptop.gpkg; done
run 0 set p.gpkg bases 'Camp North' strength=41
run 0 set q.gpkg bases 'Camp North' notes=first
cp p.gpkg p0.gpkg
run 0 merge --into p.gpkg q.gpkg
run 0 merge --into q.gpkg p0.gpkg
run 0 set p.gpkg bases 'Camp North' notes=
run 0 set q.gpkg bases 'Camp North' source=Patrol
run 0 merge --into p.gpkg q.gpkg
says 'No conflicts'
run 0 list p.gpkg bases --json
says '"notes": null'
says '"source": "Patrol"'
run 0 merge --into q.gpkg p.gpkg
run 0 diff p.gpkg q.gpkg
says 'The plans hold the same'

# ---- hostile files ----
head -c 20000 b.gpkg >cut.gpkg
unchanged d.gpkg merge --into d.gpkg cut.gpkg
printf 'not a plan' >text.gpkg
unchanged d.gpkg merge --into d.gpkg text.gpkg
unchanged d.gpkg merge --into d.gpkg absent.gpkg
if command -v sqlite3 >/dev/null; then
  cp e.gpkg evil.gpkg
  sqlite3 evil.gpkg "UPDATE vedette_history SET changeset = x'54ff00ff' || randomblob(200)" || fail "sqlite3"
  cp base.gpkg o.gpkg
  run 0 set o.gpkg bases 'Camp North' strength=56
  unchanged o.gpkg merge --into o.gpkg evil.gpkg
  run 1 undo evil.gpkg
  says 'history is damaged'
  cp e.gpkg evil2.gpkg
  sqlite3 evil2.gpkg "CREATE TABLE z(a); CREATE TRIGGER t AFTER UPDATE ON base BEGIN INSERT INTO z VALUES (1); END" || fail "sqlite3"
  sum=$(cksum <evil2.gpkg)
  unchanged d.gpkg merge --into d.gpkg evil2.gpkg
  same "the other copy is not written" "$(cksum <evil2.gpkg)" "$sum"
  # Older copies: without names of edits, brought up to date apart, they still share a history.
  for laptop in k l; do
    cp base.gpkg $laptop.gpkg
    sqlite3 $laptop.gpkg "DROP INDEX vedette_history_name; ALTER TABLE vedette_history DROP COLUMN id; ALTER TABLE vedette_history DROP COLUMN merged"
  done
  run 0 set k.gpkg bases 'Camp North' strength=41
  run 0 set l.gpkg bases 'Camp North' notes=older
  run 0 merge --into k.gpkg l.gpkg
  same "older copies" "$(strength k.gpkg)" 41
  # Changes of other programs are in no history: a difference there is told, not taken for either side's.
  for laptop in m n; do cp base.gpkg $laptop.gpkg; done
  sqlite3 n.gpkg "UPDATE base SET strength = 99" 2>/dev/null || "$VEDETTE" info n.gpkg >/dev/null
  if [ "$(strength n.gpkg)" = 99 ]; then
    run 1 merge --into m.gpkg n.gpkg
    says 'strength'
  fi
fi

# ---- killed while merging: either state ----
cp base.gpkg many.gpkg
{ echo name,lon,lat; awk 'BEGIN { for (i = 0; i < 3000; i++) printf "Post %d,%.4f,%.4f\n", i, 30 + i / 3100, 4.5 }'; } >posts.csv
run 0 import many.gpkg posts.csv --as settlements
for i in 1 2 3 4 5 6; do
  cp base.gpkg killed.gpkg
  "$VEDETTE" merge --into killed.gpkg many.gpkg >/dev/null 2>&1 &
  pid=$!
  sleep "0.$((i * 7 % 10))"
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  n=$(count killed.gpkg settlements)
  [ "$n" -eq 0 ] || [ "$n" -eq 3000 ] || fail "killed: $n of 3000 records"
  run 0 merge --into killed.gpkg many.gpkg
  same "after the kill" "$(count killed.gpkg settlements)" 3000
done

# ---- diff ----
run 0 diff base.gpkg e.gpkg
says 'Camp North'
says '40'
says '70'
run 0 diff base.gpkg e.gpkg --csv differences
says 'base,Camp North,changed,strength,40,70'
run 0 diff base.gpkg f.gpkg --json
says '"format": "vedette-diff-1"'
run 0 diff base.gpkg base.gpkg
says 'The plans hold the same'
finish
