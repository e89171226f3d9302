#!/usr/bin/env bash
# test-labels.sh: bib labels in a PDF that a decoder reads.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
try () { # STATUS NAME REGEX OPTION...
  local wanted=$1 name=$2 regex=$3
  shift 3
  run labels x.race "$@"
  fails "$wanted" "$name" "$regex"
  check "$name: no file is made" test ! -e l.pdf
}
try 2 'no file' 'output'
try 2 'an unknown stock' 'avery-5163' --output l.pdf --stock papyrus
try 2 'a range that is the wrong way round' 'write 1-10' --output l.pdf --bibs 10-1
try 2 'no range' 'choice of bibs' --output l.pdf --bibs all
try 2 'a bib that is too large' 'bibs are from' --output l.pdf --bibs 1-1000000
try 2 'a place that is none' 'start-at' --output l.pdf --start-at 0
try 2 'a place beyond the sheet' 'start-at' --output l.pdf --start-at 11
try 1 'nobody has such a bib' 'no label' --output l.pdf --bibs 500-600
run labels x.race --output nowhere/l.pdf
fails 1 'a folder that is not there' 'nowhere/l.pdf could not be written'
ctl create empty.race --name Race --date 2017-12-09 >/dev/null
run labels empty.race --output l.pdf
fails 1 'nobody has a bib' 'bibs RACE assign'
is 'nothing is left behind' "$(list_others x.race empty.race)" ''

decode () { # PDF DPI
  rm -f page*
  pdftoppm -r "$2" -gray -png "$1" page
  zbarimg -q --raw page*.png 2>/dev/null | sort
}

run labels x.race --output l.pdf
ok 'labels'
like 'it says how many' "$out" 'Wrote 5 labels to l.pdf'
is 'one sheet' "$(pdfinfo l.pdf | awk '/^Pages/ { print $2 }')" 1
tokens=$(decode l.pdf 203)
is 'five tokens at 203 dpi' "$(printf '%s\n' "$tokens" | grep -cE '^[0-9A-Z]+$')" 5
is 'the same at 300 dpi' "$(decode l.pdf 300)" "$tokens"
text=$(pdftotext l.pdf -)
like 'a name is on a label' "$text" 'Ben Vang'
unlike 'not of somebody who is not to be named' "$text" 'Peterson'
run labels x.race --output l.pdf --stock roll-62x29 --bibs ' 11-12 , 14 '
ok 'a roll, over the file that is there'
is 'one page each' "$(pdfinfo l.pdf | awk '/^Pages/ { print $2 }')" 3
is 'three tokens' "$(decode l.pdf 203 | grep -c .)" 3
is 'the same at 300 dpi as well' "$(decode l.pdf 300)" "$(decode l.pdf 203)"
run labels x.race --output l.pdf --start-at 8
ok 'a sheet that was used before'
is 'two sheets' "$(pdfinfo l.pdf | awk '/^Pages/ { print $2 }')" 2
like 'one label' "$(ctl labels x.race --output l.pdf --bibs 11)" 'Wrote 1 label to'
status=0
for token in $tokens; do
  ctl check-in x.race "$token" >/dev/null || status=1
done
is 'every token checks in' "$status" 0
run status x.race --json
is 'five runners' "$(json 'd["checked_in"]')" 5

text_of () { # OPTION...
  rm -f l.pdf
  run labels x.race --output l.pdf "$@"
  ok "labels $*"
  text=$(pdftotext -layout l.pdf -)
}
rm l.pdf
try 2 'an unknown layout' 'bib-label' --output l.pdf --layout poster
try 2 'an offset that is none' 'offset' --output l.pdf --offset 3
try 2 'an offset off the sheet' 'offset' --output l.pdf --offset 3,99
try 2 'names and bibs' 'names or --bibs' --output l.pdf --names n.csv --bibs 1
try 1 'a table that is not there' 'n.csv' --output l.pdf --names n.csv
try 1 'a race bib on a small label' 'too small for “Race bib”' --output l.pdf --layout race-bib \
  --stock avery-5160
text_of --layout bag-label
like 'a bag label says so' "$text" 'Bag'
text_of --layout race-bib --bibs 11
is 'a race bib has two sides' "$(pdfinfo l.pdf | awk '/^Pages/ { print $2 }')" 2
like 'the race is on it' "$text" 'Test 5K'
like 'its back is for helpers' "$text" 'In an emergency'
is 'it is read' "$(decode l.pdf 203 | grep -c .)" 1
ctl edit x.race 11 emergency_name='Eva Vang' emergency_phone=612-555-0143 medical=Bees >/dev/null
text_of --layout race-bib --bibs 11
unlike 'what few may know is on it only when asked for' "$text" 'Eva Vang|Bees'
text_of --layout race-bib --bibs 11 --emergency
like 'whom to call' "$text" 'Eva Vang, 612-555-0143'
like 'what helpers must know' "$text" 'Bees'
text_of --bibs 11 --emergency
unlike 'a label for the front never has it' "$text" 'Eva Vang|Bees'
printf 'task,name\nWater station,Zo\303\253 \303\205str\303\266m\n,\nFinish,محمد\n' >n.csv
text_of --names n.csv
like 'a name tag' "$text" 'Zoë Åström'
like 'with a task' "$text" 'Water station'
like 'two tags' "$out" 'Wrote 2 labels'
rm l.pdf
try 2 'people in a table have no code' 'layout name-tag' --output m.pdf --names n.csv --layout bib-label
printf 'name\n' >nobody.csv
run labels x.race --output m.pdf --names nobody.csv
fails 1 'nobody in the table' 'column “name”'
first_ink () { # the first row of the rendered page that is not white
  pdftoppm -r 254 -gray l.pdf ink
  python3 -c '
import sys
with open(sys.argv[1], "rb") as file:
    magic, width, height, depth, data = file.read().split(maxsplit=4)[:4] + [None]
width = int(width)
with open(sys.argv[1], "rb") as file:
    data = file.read()[-width * int(height):]
print(next(i for i, pixel in enumerate(data) if pixel < 128) // width)' ink-1.pgm
}
text_of --bibs 11
here=$(first_ink)
text_of --bibs 11 --offset -0.5,2.5
# Codes go by whole modules of the page, text by less.
there=$(first_ink)
check 'everything moves down' test $((there - here)) -ge 22 -a $((there - here)) -le 28
finish
