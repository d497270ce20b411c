# What the scripts of tests/cli share: a fresh folder, expectations, a last word. Sourced, never run.
# SPDX-License-Identifier: Apache-2.0
set -u
name=$(basename "$0" .sh)
: "${VEDETTE:?the program under test}" "${BUILD:?the build folder}"
work=$BUILD/tests/cli-$name
rm -rf "$work"
mkdir -p "$work"
data=$(pwd)/../shared/data
failed=0
unset LANGUAGE # of whoever runs the tests
export LC_ALL=C.UTF-8 TZ=UTC ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=0}"
unset SOURCE_DATE_EPOCH 2>/dev/null || true

needs_shared() {
  [ -d "$data" ] && return
  echo "skipped: ../shared/data is not here"
  exit 77
}

fail() {
  echo "FAIL $name: $*"
  failed=$((failed + 1))
}

# run STATUS ARGUMENTS...: runs vedette, leaves its words in $work/out and $work/err, and expects that exit status.
run() {
  expected=$1
  shift
  "$VEDETTE" "$@" >"$work/out" 2>"$work/err"
  status=$?
  [ "$status" -eq "$expected" ] && return 0
  fail "vedette $*: exit $status instead of $expected"
  head -5 "$work/err"
  return 1
}

# says PATTERN: the last run's output or message holds it (basic regular expression).
says() {
  grep -q -- "$1" "$work/out" "$work/err" || { fail "\"$1\" is not in:" && head -30 "$work/out" "$work/err"; }
}

# same WHAT A B
same() {
  [ "$2" = "$3" ] || fail "$1: \"$2\" instead of \"$3\""
}

# count PLAN KIND: how many records of a kind there are.
count() {
  "$VEDETTE" list "$1" "$2" --csv | awk 'NR > 1' | grep -c '^[0-9a-f]\{8\}-'
}

# content PLAN: a hash of everything a study reads; history is not part of it.
content() {
  "$VEDETTE" info "$1" | sed -n 's/.*input hash *//p'
}

# unchanged PLAN COMMAND...: runs a command that has to fail with exit 1 and one sentence, and leave the plan as it was.
unchanged() {
  plan=$1
  shift
  before=$(content "$plan")
  edits=$("$VEDETTE" history "$plan" --last 1000 | wc -l)
  run 1 "$@"
  lines=$(grep -c . "$work/err")
  [ "$lines" -eq 1 ] || { fail "vedette $*: $lines lines of message instead of one sentence" && cat "$work/err"; }
  same "content after vedette $*" "$(content "$plan")" "$before"
  same "history after vedette $*" "$("$VEDETTE" history "$plan" --last 1000 | wc -l)" "$edits"
}

finish() {
  [ "$failed" -eq 0 ] || exit 1
  rm -rf "$work"
  exit 0
}
