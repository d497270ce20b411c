# sample_roads: roads join every place, cross rivers only where they say how, and the bridge matters.
# Files in this order: water, settlements, bases, roads, patrols, stops (GeoJSON, one feature a line).
# SPDX-License-Identifier: Apache-2.0
function text(line, key) {
  if (!match(line, "\"" key "\":(\"[^\"]*\"|[^,}]*)")) return ""
  line = substr(line, RSTART + length(key) + 3, RLENGTH - length(key) - 3)
  gsub(/"/, "", line)
  return line
}
# The vertices of a line as "lon,lat" in at[1..n]; of a polygon's rings one after the other.
function vertices(line, at) {
  match(line, /"coordinates":/)
  line = substr(line, RSTART + 14)
  gsub(/[][{}]|,$/, " ", line)
  gsub(/ +, +/, " ", line)
  gsub(/^ +| +$/, "", line)
  return split(line, at, / +/)
}
function side(ax, ay, bx, by, cx, cy) { return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) }
function cross(ax, ay, bx, by, cx, cy, dx, dy) {
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 && \
         side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
}
function metres(ax, ay, bx, by) { return sqrt(((ax - bx) * 111259) ^ 2 + ((ay - by) * 110575) ^ 2) }
function problem(words) { print words; bad++ }
function speed(class, surface) {
  return class == "track" ? 15 : surface == "paved" ? 70 : surface == "gravel" ? 45 : 30
}
# Minutes from one node to all by 4x4, leaving out the crossing of the great river named `shut` ("all": every one).
function quickest(from, shut,    node, best, i, e, next_node, time) {
  for (node in first) least[node] = 1e9
  split("", done)
  split("", open)
  least[from] = 0
  open[from] = 1
  while (1) {
    best = ""
    for (node in open) if (best == "" || least[node] < least[best]) best = node
    if (best == "") return
    delete open[best]
    done[best] = 1
    for (e = first[best]; e; e = following[e]) {
      i = road_of[e]
      if (road_name[i] != "" && (shut == "all" || road_name[i] == shut)) continue
      next_node = ends[i, 1] == best ? ends[i, 2] : ends[i, 1]
      time = least[best] + minutes[i]
      if (!(next_node in done) && time < least[next_node]) { least[next_node] = time; open[next_node] = 1 }
    }
  }
}
FNR == 1 { file++ }
!/"Feature"/ { next }
file == 1 && text($0, "barrier") + 0 == 1 { # barriers, by boxes of 0.01 degrees
  n = vertices($0, v)
  for (i = 1; i < n; i++) {
    split(v[i] "," v[i + 1], c, ",")
    if (metres(c[1], c[2], c[3], c[4]) > 3000) continue # from one ring to the next
    for (x = int((c[1] < c[3] ? c[1] : c[3]) * 100); x <= int((c[1] > c[3] ? c[1] : c[3]) * 100); x++)
      for (y = int((c[2] < c[4] ? c[2] : c[4]) * 100); y <= int((c[2] > c[4] ? c[2] : c[4]) * 100); y++)
        barrier[x, y] = barrier[x, y] " " v[i] "," v[i + 1]
  }
}
file == 1 && text($0, "water_class") ~ /river|stream/ {
  n = vertices($0, v)
  begins[v[1]] = 1
  rivers++
  river_end[rivers] = v[n]
}
file == 1 && text($0, "water_class") == "lake" { n_lake = vertices($0, lake) }
file == 2 { vertices($0, v); place[text($0, "name")] = v[1] }
file == 3 { vertices($0, v); base[text($0, "name")] = v[1] }
file == 4 {
  n = vertices($0, v)
  roads++
  how = text($0, "crossing")
  road_name[roads] = how == "none" ? "" : text($0, "name") == "null" ? "" : text($0, "name")
  crossings[how]++
  hits = length_m = 0
  for (i = 1; i <= n; i++) vertex[v[i]] = 1
  for (i = 1; i < n; i++) {
    split(v[i] "," v[i + 1], c, ",")
    length_m += metres(c[1], c[2], c[3], c[4])
    for (x = int((c[1] < c[3] ? c[1] : c[3]) * 100); x <= int((c[1] > c[3] ? c[1] : c[3]) * 100); x++)
      for (y = int((c[2] < c[4] ? c[2] : c[4]) * 100); y <= int((c[2] > c[4] ? c[2] : c[4]) * 100); y++) {
        k = split(barrier[x, y], near, " ")
        for (j = 1; j <= k; j++) {
          split(near[j], d, ",")
          hits += cross(c[1], c[2], c[3], c[4], d[1], d[2], d[3], d[4])
        }
      }
  }
  if (hits && how == "none") problem("road " text($0, "id") " crosses water without saying how at " v[1])
  if (how != "none" && length_m > 2500) problem("crossing " text($0, "id") " is " length_m " m long")
  minutes[roads] = how == "ferry" ? 60 : length_m / 1000 / speed(text($0, "road_class"), text($0, "surface")) * 60 + (how == "ford") * 15
  ends[roads, 1] = v[1]
  ends[roads, 2] = v[n]
  for (i = 1; i <= 2; i++) {
    edges++
    road_of[edges] = roads
    following[edges] = first[ends[roads, i]]
    first[ends[roads, i]] = edges
  }
}
file == 5 {
  n = vertices($0, v)
  id = text($0, "id")
  for (i = 1; i <= n; i++) {
    on_route[id, v[i]] = 1
    if (!(v[i] in vertex)) { problem("patrol " text($0, "name") " leaves the roads at " v[i]); break }
  }
}
file == 6 {
  vertices($0, v)
  id = text($0, "patrol")
  arrive = text($0, "arrive_min") + 0; depart = text($0, "depart_min") + 0
  if (!((id, v[1]) in on_route)) problem("stop off its patrol's route at " v[1])
  if (text($0, "sequence") + 0 > 0) {
    split(v[1] "," stopped_at[id], c, ",")
    if (arrive < left[id] + metres(c[1], c[2], c[3], c[4]) / 1000 / 70 * 60 - 1) problem("stop reached too fast: " $0)
  }
  if (depart < arrive) problem("stop left before it is reached: " $0)
  left[id] = depart
  stopped_at[id] = v[1]
}
END {
  if (roads < 200) problem("only " roads " roads")
  if (!crossings["bridge"] || !crossings["ford"] || crossings["ferry"] != 1) problem("bridges, fords or the ferry are missing")
  for (i = 1; i <= rivers; i++) { # a river ends in another, in the lake or at the edge of the map
    split(river_end[i], c, ",")
    if (river_end[i] in begins || c[1] < 2.27 || c[1] > 4.13 || c[2] < 1.22 || c[2] > 2.605) continue
    near_lake = 1e9
    for (j = 1; j <= n_lake; j++) { split(lake[j], d, ","); m = metres(c[1], c[2], d[1], d[2]); if (m < near_lake) near_lake = m }
    if (near_lake > 1500) problem("a river ends nowhere at " river_end[i])
  }
  quickest(place["Vellan"], "")
  for (name in place) if (!(place[name] in least) || least[place[name]] >= 1e9) problem(name " has no road to the capital")
  camp = base["Namarel bridge temporary operating base"]
  quickest(camp, "")
  open_min = least[place["Namarel"]]
  quickest(camp, "Namarel bridge")
  shut_min = least[place["Namarel"]]
  quickest(camp, "all")
  if (!(open_min < 60)) problem("Namarel is " open_min " min from its base")
  if (!(shut_min > open_min + 180 && shut_min < 1e9)) problem("with the bridge closed Namarel is " shut_min " min away")
  if (least[place["Namarel"]] < 1e9) problem("Namarel is reached without any of the crossings of the great river")
  for (name in base) {
    if (name ~ /garrison|forward camp/) continue
    quickest(base[name], "")
    if (least[place["Isharen"]] < 90) problem("Isharen is only " least[place["Isharen"]] " min from " name)
    if (name ~ /police unit/ && least[place["Dorrumai"]] > 30) problem("the police camp is " least[place["Dorrumai"]] " min from Dorrumai")
  }
  exit bad > 0
}
