# A table of vedette list --csv as rows of a Markdown table: the columns named in -v columns="a b c".
# SPDX-License-Identifier: Apache-2.0
function split_csv(line, out,    n, i, c, quoted, cell) {
  n = 0
  cell = ""
  quoted = 0
  for (i = 1; i <= length(line); i++) {
    c = substr(line, i, 1)
    if (c == "\"" && quoted && substr(line, i + 1, 1) == "\"") { cell = cell c; i++ }
    else if (c == "\"") quoted = !quoted
    else if (c == "," && !quoted) { out[++n] = cell; cell = "" }
    else cell = cell c
  }
  out[++n] = cell
  return n
}
NR == 1 {
  n_header = split_csv($0, header)
  n_wanted = split(columns, wanted, " ")
  for (i = 1; i <= n_wanted; i++)
    for (k = n_header; k >= 1; k--)
      if (header[k] == wanted[i]) at[i] = k
  next
}
{
  split_csv($0, cells)
  row = "|"
  for (i = 1; i <= n_wanted; i++) row = row " " cells[at[i]] " |"
  print row
}
