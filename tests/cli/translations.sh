# Translations: the template holds every text of the program, the catalogues are sound, and the program speaks French when asked.
# SPDX-License-Identifier: Apache-2.0
. tests/cli/lib.sh
folder=assets/translations

# msgid and plural of each entry, sorted; line breaks and locations do not matter.
texts() {
  msgcat --no-wrap --no-location "$1" | grep -E '^msgid(_plural)? ' | LC_ALL=C sort
}
sh tools/translate --pot "$work/now.pot" 2>"$work/xgettext" || fail "sh tools/translate failed: $(head -3 "$work/xgettext")"
[ -s "$work/xgettext" ] && fail "xgettext warns: $(head -3 "$work/xgettext")"
texts "$work/now.pot" >"$work/now.txt"
texts $folder/vedette.pot >"$work/kept.txt"
[ "$(grep -c '' "$work/now.txt")" -gt 1000 ] || fail "the template holds too few texts"
diff "$work/kept.txt" "$work/now.txt" >"$work/diff" || { fail "$folder/vedette.pot is not current; run sh tools/translate" && head -10 "$work/diff"; }

for catalogue in "$folder"/*.po; do
  language=$(basename "$catalogue" .po)
  msgfmt --check --output-file=/dev/null "$catalogue" || fail "$catalogue has mistakes"
  msgattrib --untranslated "$catalogue" | grep -q '^msgid' && fail "$catalogue lacks texts: $(msgattrib --untranslated --no-wrap "$catalogue" | grep '^msgid "' | sed 1d | head -5)"
  [ -s "$BUILD/locale/$language/LC_MESSAGES/vedette.mo" ] || fail "$BUILD/locale has no catalogue of $language"
done

# speaks WHAT VARIABLE=VALUE...: the first line of --help in that environment.
speaks() {
  what=$1
  shift
  env -u LC_ALL -u LANG -u LANGUAGE -u LC_MESSAGES "$@" "$VEDETTE" --help | head -1 >"$work/line"
  case $what in
  french) grep -q 'vedette dit qui' "$work/line" ;;
  english) grep -q 'vedette tells who' "$work/line" ;;
  esac || fail "$* does not make vedette speak $what: $(cat "$work/line")"
}
speaks english VEDETTE_NOTHING=1
speaks english LC_ALL=C LANGUAGE=fr
speaks english LANG=en_GB.UTF-8
speaks french LANGUAGE=fr LANG=C.UTF-8
speaks french LANGUAGE=fr
speaks french LANG=fr_CD.UTF-8
speaks french LC_ALL=fr_ML.UTF-8 LANG=en_US.UTF-8

# Numbers and data stay as they are in any language.
run 0 new "$work/plan.gpkg" --area 30,4,31,5 --from 2026-03-14 -q
for language in en fr; do LANGUAGE=$language "$VEDETTE" list "$work/plan.gpkg" speeds --csv | cut -d, -f 2- >"$work/speeds.$language"; done
cmp -s "$work/speeds.en" "$work/speeds.fr" || fail "CSV follows the language"
LANGUAGE=fr "$VEDETTE" list "$work/plan.gpkg" standards | grep -q '0\.7' || fail "a number does not have its point in French"
LANGUAGE=fr "$VEDETTE" info "$work/plan.gpkg" | grep -q 'Saison sèche' || fail "vedette info is not in French"
finish
