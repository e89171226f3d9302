#!/usr/bin/env bash
# test-ruling.sh: who is out of the race, and whose time gets longer.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

cat >runners.csv <<'END'
Bib,First Name,Last Name,Sex,Age
11,Ada,Ash,F,34
12,Bo,Birch,M,41
13,Cy,Cedar,M,12
14,Di,Dogwood,F,52
END
run create r.race --name 'Rulings' --date 2026-12-12 --timezone America/Chicago --distance 5000
run import r.race runners.csv
run gun r.race --at 10:00:00
feed 'cross 11 10:20:00\ncross 12 10:20:20\ncross 13 10:21:00\n' record r.race
column() { "$CONCOURSECTL" results r.race --format csv | cut -d, -f"$1" | tail -n +2 | tr '\n' ' '; }

is 'everybody is placed' "$(column 1,2)" '1,11 2,12 3,13 '
run status r.race --json
is 'nobody is on the course who did not check in' "$(json 'd["on_course"]')" 0

run ruling r.race 11 dq --reason 'cut the course at Gate 29'
ok 'disqualified'
is 'it says so' "$out" 'Ada Ash is disqualified.'
is 'who comes after moves up, and the one who is out stands at the end with the time' \
  "$(column 1,2,9,11)" '1,12,20:20,FIN 2,13,21:00,FIN ,11,20:00,DQ '
run results r.race --format text
like 'a person reads why there is no place' "$out" '^   DQ   11  Ada Ash'
unlike 'the reason is not published' "$out" 'Gate 29'
run results r.race --format html
unlike 'nor on the web' "$out" 'Gate 29'
like 'where the list says how many are out' "$out" 'Not placed, 1 runner<'
run story r.race 11
like 'the crew reads the reason' "$out" 'The reason: “cut the course at Gate 29”'
run ruling r.race 11 dq --reason 'cut the course at Gate 29'
is 'the same again changes nothing' "$out" 'Ada Ash is ruled on like that already.'
run ruling r.race 11 counts
ok 'taken back'
is 'she is the first again' "$(column 1,2,11)" '1,11,FIN 2,12,FIN 3,13,FIN '

run ruling r.race 11 penalty 0:30 --reason 'went before the gun'
ok 'a penalty'
is 'is in the time and in the place' "$(column 1,2,9,12)" '1,12,20:20, 2,11,20:30,0:30 3,13,21:00, '
run results r.race --format json
is 'the moment of the finish stays' \
  "$(json '[r["finished_at"][11:19] for r in d if r["bib"] == 11]')" '["10:20:00"]'
run ruling r.race 11 penalty 0:00
is 'no penalty any more' "$(column 1,2,12)" '1,11, 2,12, 3,13, '

run ruling r.race 14 dnf
ok 'one who never crossed the line'
is 'is listed without a time' "$(column 1,2,9,11 | tail -c 9)" ',14,,DNF '
run check-in r.race 14
run status r.race --json
is 'and is not on the course' "$(json 'd["on_course"]')" 0
run verify r.race
ok 'verify'

run ruling r.race 11 late
fails 2 'a word that is no ruling' '“late” is no ruling: write dns, dnf, dq, counts or penalty.'
run ruling r.race 11 penalty
fails 2 'a penalty without a time' 'Say how long the penalty is, like 0:30.'
run ruling r.race 11 penalty soon
fails 2 'a penalty that is no time' '“soon” is no penalty'
run ruling r.race 11 penalty 25:00:00
fails 1 'a penalty of more than a day' 'A penalty is from nothing to a day.'
run ruling r.race 99 dq
fails 1 'nobody has the bib' '99'
finish
