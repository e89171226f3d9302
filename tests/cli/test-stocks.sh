#!/usr/bin/env bash
# test-stocks.sh: label stocks and layouts are listed, and own stocks are kept.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

export XDG_DATA_HOME=$PWD/data
run stocks
ok 'stocks'
for name in avery-5160 avery-5163 avery-5164 avery-l7163 bib-8x7 bib-a5 brother-62 brother-dk-11202 \
  dymo-30334 dymo-99012 roll-62x29 zebra-102x76 zebra-4x6 bag-label bib-label name-tag race-bib; do
  like "$name is listed" "$out" "^  $name "
done
run stocks --json
ok 'stocks --json'
is 'every line is an object' \
  "$(printf '%s\n' "$out" | python3 -c 'import json, sys
rows = [json.loads(line) for line in sys.stdin]
stocks = {row["stock"]: row for row in rows if "stock" in row}
print(len(stocks), sum("layout" in row for row in rows),
      stocks["avery-5160"]["labels_per_page"], stocks["zebra-4x6"]["dpi"],
      stocks["brother-62"]["continuous"], stocks["bib-a5"]["layouts"],
      stocks["dymo-30334"]["layouts"])')" \
  "13 4 30 203 True ['bag-label', 'bib-label', 'name-tag', 'race-bib'] ['bag-label', 'bib-label', 'name-tag']"

cat >club.stock <<'END'
[Label Stock]
title=Club
page-width-mm=80
page-height-mm=50
label-width-mm=80
label-height-mm=50
END
run stocks add club.stock
ok 'a stock is added'
like 'it is listed as own' "$(ctl stocks)" '^  club  *Club \(your own\)'
make_race x.race
run labels x.race --output l.pdf --stock club --bibs 11
ok 'labels are printed on it'
like 'a page is a label' "$(pdfinfo l.pdf)" 'Page size: *226.77[0-9]* x 141.7'

# Four race bibs on a sheet: turned over its long edge, the back of the left one is on the right.
cat >sheet.stock <<'END'
[Label Stock]
title=Four bibs
page-width-mm=420
page-height-mm=297
label-width-mm=210
label-height-mm=148
columns=2
rows=2
column-pitch-mm=210
row-pitch-mm=148
END
ctl stocks add sheet.stock >/dev/null
run labels x.race --output bibs.pdf --stock sheet --layout race-bib --bibs 11-13
ok 'race bibs on a sheet'
is 'a page of fronts and one of backs' "$(pdfinfo bibs.pdf | awk '/^Pages/ { print $2 }')" 2
is 'backs are behind their fronts' "$(pdftotext -f 2 -bbox bibs.pdf - | python3 -c '
import re, sys
words = re.findall(r"xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\".*>(1[1-3])<", sys.stdin.read())
print(*("%s %s %s" % (word, "right" if float(x) > 595 else "left", "below" if float(y) > 400 else "above")
        for x, y, word in sorted(words, key=lambda found: found[2])), sep=", ")')" \
  '11 right above, 12 left above, 13 right below'
run stocks remove club
ok 'it is removed'
unlike 'it is gone' "$(ctl stocks)" 'club'
run stocks remove club
fails 1 'it is removed again' 'There is no label stock “club”'
run stocks remove avery-5160
fails 1 'one of the program is not removed' 'part of the program'
cp club.stock avery-5160.stock
run stocks add avery-5160.stock
fails 1 'one of the program is not replaced' 'part of the program'
cp club.stock 'my labels.stock'
run stocks add 'my labels.stock'
fails 1 'a name that is no file name' 'letters from a to z'
echo '[Label Stock]' >club.stock
run stocks add club.stock
fails 1 'a stock that is none' 'title is missing'
run stocks add nowhere.stock
fails 1 'a file that is not there' 'nowhere.stock'
run stocks add
fails 2 'add without a file' 'add and a file'
finish
