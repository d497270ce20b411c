# includes: names every line that crosses the house the wrong way. Run by includes.sh from the root of a source tree.
# SPDX-License-Identifier: Apache-2.0
#
# Arguments: the source files, CMakeLists.txt and, when there is one, ARCHITECTURE.md. Prints "file:line: what is
# wrong" for each finding and ends with 1 when there was any.

BEGIN {
  # The table: a folder, and the folders it may use besides itself. CMakeLists.txt links the same arrows, which is
  # checked below; main.c stands alone above all.
  uses["base"] = ""
  uses["core"] = "base"
  uses["plan"] = "base"
  uses["draw"] = "base"
  uses["geo"] = "core base"
  uses["ui"] = "draw base"
  uses["store"] = "plan geo base"
  uses["study"] = "plan core geo base"
  uses["report"] = "study plan core geo base"
  uses["carto"] = "report study plan core geo draw base"
  uses["app"] = "carto report study store plan geo ui draw base"
  uses["platform"] = "app ui draw base"
  uses["cli"] = "carto report study store plan geo draw base"
  uses["main.c"] = "cli app platform draw geo base"
  # These keep their headers beside the .c; in the others a header in src/ is the folder's own secret.
  beside = "ui app platform cli"

  # Outside libraries: the one folder that knows them, and how their headers begin.
  knows["platform"] = "^SDL"
  knows["draw"] = "^(cairo|pango|librsvg|fontconfig|glib|gio/|gobject|gmodule|ft2build|freetype|harfbuzz|hb[-.])"
  knows["geo"] = "^(gdal|ogr|cpl_|proj[._/]|proj_|geos|geodesic)"
  knows["store"] = "^sqlite3"
  knows["base"] = "^libintl"
}

function say(where, what) {
  print where ": " what
  findings++
}

function has_word(words, word) { return index(" " words " ", " " word " ") > 0 }

# Is there such a file or folder? A name may hold a shell pattern (panel_*.c), which must match something.
function exists(path) {
  if (!(path in known)) {
    known[path] = path ~ /[^A-Za-z0-9_.*\/+-]/ ? 0 : system("set -- " path "; test -e \"$1\"") == 0
  }
  return known[path]
}

# The folder of the house that a file belongs to; "" for tests, tools and the like.
function folder_of(file, part) {
  if (file == "src/main.c") return "main.c"
  if (split(file, part, "/") >= 3 && part[1] == "src") return part[2]
  if (split(file, part, "/") >= 4 && part[1] == "include") return part[3]
  return ""
}

FNR == 1 { folder = folder_of(FILENAME) }
FNR == 1 && folder != "" && !(folder in uses) { say(FILENAME ":1", "there is no folder " folder " in the table of tests/arch/includes.awk") }
FNR <= 4 && /SPDX-License-Identifier: Apache-2\.0/ { licensed[FILENAME] = 1 }

FILENAME == "ARCHITECTURE.md" { check_document_line(); next }
FILENAME == "CMakeLists.txt" && /^vedette_folder\(/ { check_link_line() }
/^[ \t]*#[ \t]*include[ \t]*[<"]/ && FILENAME ~ /\.[ch]$/ { check_include() }

function check_include(name, part, n, to, quoted) {
  name = $0
  sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
  quoted = name ~ /^"/
  sub(/^[<"]/, "", name)
  sub(/[>"].*/, "", name)
  n = split(name, part, "/")
  if (part[1] == "vedette") {
    if (!exists("include/" name)) say(FILENAME ":" FNR, "there is no header include/" name)
    check_arrow(part[2])
  } else if (n > 1 && part[1] in uses) {
    if (!exists("src/" name)) say(FILENAME ":" FNR, "there is no header src/" name)
    if (check_arrow(part[1])) check_secret(part[1], name)
  } else if (name ~ /\.\.\//) {
    say(FILENAME ":" FNR, name " climbs out of its folder; write \"vedette/<folder>/x.h\"")
  } else if (!(quoted && exists(directory(FILENAME) name))) {
    check_outside(name)
  }
}

function directory(file) {
  sub(/[^\/]*$/, "", file)
  return file
}

# Tests may use everything; a folder uses itself and what the table allows.
function check_arrow(to) {
  if (folder == "" || folder == to || !(folder in uses)) return 1
  if (has_word(uses[folder], to)) return 1
  say(FILENAME ":" FNR, folder " may not use " to)
  return 0
}

function check_secret(to, name) {
  if (FILENAME ~ /^include\//) say(FILENAME ":" FNR, "a public header may not include the private src/" name)
  else if (folder != "" && folder != to && !has_word(beside, to)) say(FILENAME ":" FNR, "src/" name " is private to " to)
}

function check_outside(name, owner) {
  if (folder == "") return
  for (owner in knows)
    if (name ~ knows[owner] && folder != owner) say(FILENAME ":" FNR, "only " owner " may include " name)
}

function check_link_line(word, n, i, words, linked) {
  words = $0
  sub(/^vedette_folder\(/, "", words)
  sub(/\).*/, "", words)
  n = split(words, word, " ")
  linked = 0
  for (i = 2; i <= n && word[i] != "OUTSIDE"; i++) {
    if (word[i] == "USES") continue
    linked++
    if (!has_word(uses[word[1]], word[i])) say(FILENAME ":" FNR, word[1] " links " word[i] ", which it may not use")
  }
  if (linked != split(uses[word[1]], word, " ")) say(FILENAME ":" FNR, "the folders linked here are not those of the table")
}

# Every `word` between single backticks that reads like a path of this tree.
function check_document_line(piece, n, i) {
  if ($0 ~ /^[ \t]*```/) fenced = !fenced
  if (fenced || $0 ~ /^[ \t]*```/) return
  n = split($0, piece, "`")
  for (i = 2; i <= n; i += 2) check_named_path(piece[i])
}

function check_named_path(path, part, place) {
  if (path ~ /[ <>{}$|=:]/ || path !~ /[\/.]/) return
  split(path, part, "/")
  place = path
  if (path ~ /^vedette\/.*\.h$/) place = "include/" path
  else if (path ~ /\// && part[1] in uses) place = "src/" path
  else if (path ~ /\//) {
    if (part[1] !~ /^(src|include|tests|tools|maps|assets|cmake|docs|\.ci)$/) return
  } else if (path ~ /^[A-Za-z0-9_*-]+\.c$/) {
    place = "src/" (path == "main.c" ? "" : "*/") path
  } else if (path !~ /\.(md|txt|json)$/) return
  if (!exists(place)) say(FILENAME ":" FNR, "names `" path "`, which is not there")
}

END {
  for (i = 1; i < ARGC; i++)
    if (ARGV[i] != "ARCHITECTURE.md" && !(ARGV[i] in licensed))
      say(ARGV[i] ":1", "no SPDX-License-Identifier: Apache-2.0 in the first 4 lines")
  if (findings) exit 1
}
