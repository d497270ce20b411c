# The manual: its command lines name commands and options that exist, its links lead somewhere, nothing is left undescribed.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
pages=$(echo README.md CHANGELOG.md docs/*.md)
commands=$("$VEDETTE" --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p')
[ "$(echo "$commands" | wc -l)" -ge 10 ] || fail "vedette --help lists no commands: $commands"
for command in $commands; do "$VEDETTE" "$command" --help >"$work/$command.help"; done

# The line of the help that tells an option, given as --name or -x.
help_line() {
  case $2 in
  --*) grep -E -- "^ +(-., )?$2( |\$)" "$work/$1.help" ;;
  *) grep -E -- "^ +$2, --" "$work/$1.help" ;;
  esac
}

# One command line, split into words.
check_words() {
  where=$1 command=$3
  shift 3
  if ! [ -e "$work/$command.help" ]; then
    case $command in
    *.gpkg) command=window ;;
    --help | --version | COMMAND) return ;;
    *) fail "$where: there is no command $command" && return ;;
    esac
  fi
  while [ $# -gt 0 ]; do
    case $1 in
    -?*)
      option=${1%%=*}
      line=$(help_line "$command" "$option") || fail "$where: vedette $command has no option $option"
      case $1 in *=*) ;; *) echo "$line" | grep -qE -- "$option(, --[a-z-]+)? [^ ]" && [ $# -gt 1 ] && shift ;; esac
      ;;
    esac
    shift
  done
}

# Command lines stand in fences or are indented by four spaces: "LINE:vedette ...".
command_lines() {
  awk '/^```/ { inside = !inside; next }
    sub(/^    vedette /, "vedette ") || (inside && /^vedette /) { sub(/  +#.*/, ""); print FNR ":" $0 }' "$1"
}
n_lines=0
for page in $pages; do
  command_lines "$page" >"$work/lines"
  while IFS= read -r line; do
    n_lines=$((n_lines + 1))
    printf '%s' "${line#*:}" | xargs -n 1 printf '%s\n' >"$work/words" || fail "$page: ${line#*:}: quotes do not close"
    set --
    while IFS= read -r word; do set -- "$@" "$word"; done <"$work/words"
    check_words "$page:${line%%:*}" "$@"
  done <"$work/lines"
done
[ "$n_lines" -ge 30 ] || fail "only $n_lines command lines were found in the manual"

# Every command has its section in docs/commands.md, with every option of its own.
section() {
  awk -v head="## $1" '$0 == head { inside = 1; next } /^## / { inside = 0 } inside' docs/commands.md
}
for command in $commands; do
  section "$command" >"$work/section"
  [ -s "$work/section" ] || fail "docs/commands.md has no section \"## $command\""
  grep -q "^    vedette .*" "$work/section" || fail "docs/commands.md: $command has no example"
  grep -oE -- '^ +(-., )?--[a-z-]+' "$work/$command.help" | grep -oE -- '--[a-z-]+' | while read -r option; do
    case $option in --threads | --quiet | --help) continue ;; esac
    grep -q -- "$option" "$work/section" || echo "docs/commands.md: $command: $option is not described"
  done >"$work/missing"
  [ -s "$work/missing" ] && fail "$(cat "$work/missing")"
done
for heading in $(sed -n 's/^## \([a-z]*\)$/\1/p' docs/commands.md); do
  [ -e "$work/$heading.help" ] || fail "docs/commands.md: there is no command $heading"
done

# Relative links: the file is there, and the heading in it.
slugs() {
  grep '^#' "$1" | sed 's/^#* *//' | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 -]//g; s/ /-/g'
}
for page in $pages ARCHITECTURE.md CONTRIBUTING.md; do
  grep -oE '\]\([^)]+\)' "$page" | sed 's/^](//; s/)$//' | grep -vE '^https?:' >"$work/links"
  while IFS= read -r link; do
    target=${link%%#*}
    file=$page
    [ "$target" ] && file=$(dirname "$page")/$target
    [ -e "$file" ] || { fail "$page: the link $link leads nowhere" && continue; }
    case $link in *#*) slugs "$file" | grep -qx -- "${link#*#}" || fail "$page: $link: there is no such heading" ;; esac
  done <"$work/links"
done
finish
