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
finish
