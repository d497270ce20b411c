# sample_people: the raster holds 1.2 million people, and those of each larger place where it stands.
# Files: settlements.geojson, then the raster as lines "lon lat people".
# SPDX-License-Identifier: Apache-2.0
function text(line, key) {
  if (!match(line, "\"" key "\":(\"[^\"]*\"|[^,}]*)")) return ""
  line = substr(line, RSTART + length(key) + 3, RLENGTH - length(key) - 3)
  gsub(/"/, "", line)
  return line
}
FILENAME ~ /geojson$/ {
  if (!match($0, /"coordinates":\[[^]]*\]/)) next
  split(substr($0, RSTART + 15, RLENGTH - 16), p, ",")
  people = text($0, "population") + 0
  named += people
  if (people < 10000) next
  n++
  name[n] = text($0, "name"); wanted[n] = people; lon[n] = p[1]; lat[n] = p[2]
  reach[n] = (1 + 2.2 * (0.75 + 0.02 * sqrt(people))) / 480
  next
}
$3 > -1 {
  total += $3
  for (i = 1; i <= n; i++) {
    x = $1 - lon[i]; y = $2 - lat[i]
    if (x < reach[i] && x > -reach[i] && x * x + y * y <= reach[i] * reach[i]) found[i] += $3
  }
}
END {
  if (total < 1176000 || total > 1224000) { print "people in all: " total; bad = 1 }
  if (named < 400000 || named > 900000) { print "people of named places: " named; bad = 1 }
  if (n < 9) { print "towns: " n; bad = 1 }
  for (i = 1; i <= n; i++)
    if (found[i] < 0.97 * wanted[i] || found[i] > 1.35 * wanted[i]) {
      print name[i] ": " found[i] " in the raster, " wanted[i] " by name"; bad = 1
    }
  exit bad
}
