# docs/figures.md: its tables are the figures a new plan starts with, to the letter.
# SPDX-License-Identifier: Apache-2.0
# UPDATE=1 writes the tables anew; look at the difference.
. tests/cli/lib.sh
page=docs/figures.md
run 0 new "$work/plan.gpkg" --area 30,4,31,5 -q

table() {
  "$VEDETTE" list "$work/plan.gpkg" "$1" --csv | awk -v columns="$2" -f tests/cli/figures.awk
}
table standards "name value unit source" >"$work/standards"
table speeds "vehicle ground kmh wet_factor worst_factor best_factor source" >"$work/speeds"
[ "$(grep -c '' "$work/standards")" -ge 30 ] || fail "the list of standards is too short"
[ "$(grep -c '' "$work/speeds")" -ge 50 ] || fail "the list of speeds is too short"

# The rows between <!-- NAME --> and <!-- end -->, less the two lines of the table's head.
written() {
  sed -n "/^<!-- $1 -->\$/,/^<!-- end -->\$/p" "$page" | grep '^|' | sed 1,2d
}
for name in standards speeds; do
  if [ "${UPDATE:-}" ]; then
    awk -v name="$name" -v rows="$work/$name" '
      $0 == "<!-- end -->" { inside = 0 }
      inside && /^\|/ && ++n > 2 { next }
      { print }
      $0 == "<!-- " name " -->" { inside = 1; n = 0 }
      inside && n == 2 { while ((getline row < rows) > 0) print row; n = 3 }
    ' "$page" >"$work/page" && cp "$work/page" "$page"
  fi
  written "$name" >"$work/$name.page"
  diff "$work/$name.page" "$work/$name" >"$work/diff" || { fail "$page: the table of $name is not what a new plan holds" && head -10 "$work/diff"; }
done
finish
