#!/usr/bin/env bash
# test-check-in.sh: check-in by bib and by the token of a label.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

# The token on the label of a bib, read from the PDF as a scanner would.
read_token () { # RACE BIB
  ctl labels "$1" --output label.pdf --stock roll-62x29 --bibs "$2" >/dev/null \
    && pdftoppm -r 300 -png label.pdf label && zbarimg -q --raw label-*.png 2>/dev/null
  rm -f label*
}

make_race x.race
make_race other.race
token=$(read_token x.race 11)
other=$(read_token other.race 11)
like 'the label has a token' "$token" '^[0-9A-Z]{10,}$'

run check-in x.race 99
fails 1 'a bib that nobody has' 'bib 99'
run check-in x.race 0
fails 1 'no bib' '.'
run check-in x.race "$other"
fails 1 'the token of another race' 'another race'
forged=${token%?}$(printf %s "${token: -1}" | tr '0-9A-Z' '1-9A-Z0')
run check-in x.race "$forged"
fails 1 'a forged token' '.'
run check-in x.race hello
fails 1 'something else' '.'
run check-in x.race 11 --undo
fails 1 'undo of nothing' 'not checked in'
run status x.race --json
is 'nobody is checked in' "$(json 'd["checked_in"]')" 0

# Who has nothing to settle is checked in without a word about it.
ctl edit x.race 11 waiver=yes >/dev/null
ctl edit x.race 12 waiver=yes >/dev/null
run check-in x.race "$token"
ok 'a token'
like 'it says who' "$out" 'Ada Ødegård, bib 11, is checked in'
run check-in x.race 11
ok 'twice is no error'
like 'it says when' "$out" 'already at [0-9:]{8}'
run check-in x.race "$token" --json
is 'already' "$(json '[d["bib"], d["already"], d["checked_in"], d["fact"]]')" '[11, true, true, null]'
run check-in x.race 12 --json
ok 'a bib'
is 'as JSON' "$(json '[d["bib"], d["already"], d["checked_in"], d["name"]]')" \
  '[12, false, true, "Ben Vang"]'
like 'with the time in the zone of the race' "$(json 'd["time"]')" 'T.*-0[56]:00$'
run runners x.race --json
is 'the runners show it' \
  "$(json 'sorted(r["bib"] for r in d if r["checked_in"])')" '[11, 12]'
run check-in x.race 11 --undo
ok 'undo'
run status x.race --json
is 'one is left' "$(json 'd["checked_in"]')" 1
run check-in x.race 11
ok 'once more'

# What is to be settled does not keep a script from checking somebody in, but it is told.
run edit x.race 13 note='wheelchair, ramp at Gate 29'
ok 'a minor without a waiver'
run check-in x.race 13
is 'is checked in all the same' "$status" 0
like 'what is missing is told on the output for errors' "$err" '^The waiver is missing\.$'
like 'one thing a line' "$err" '^Note: wheelchair, ramp at Gate 29$'
unlike 'and not among what was done' "$out" 'waiver'
run check-in x.race 13 --undo
run check-in x.race 13 --json
is 'what blocks comes first' \
  "$(json '[[u["weight"], u["kind"]] for u in d["unsettled"]]')" \
  '[["blocks", "waiver"], ["blocks", "guardian"], ["tells", "note"], ["tells", "unnamed"]]'
is 'in a sentence' "$(json 'd["unsettled"][1]["sentence"]')" 'Under 18, and no guardian is named.'
run config x.race check_in_needs=guardian
run check-in x.race 13 --undo
run check-in x.race 13 --json
is 'what blocks is a setting' "$(json '[u["weight"] for u in d["unsettled"]]')" \
  '["blocks", "warns", "tells", "tells"]'
run check-in x.race 13 --json
like 'who is here already, and since when' \
  "$(json '[u["sentence"] for u in d["unsettled"] if u["kind"] == "checked-in"][0]')" \
  '^Checked in already: at [0-9][0-9]:[0-9][0-9](, by .+)?\.$'
is 'blocks nothing any more' "$(json '[u for u in d["unsettled"] if u["weight"] == "blocks"]')" '[]'
# A bib is given with the check-in, to somebody who has none yet.
run walk-up x.race given_name=Gus waiver=yes birth_date=1990-01-01 --json
id=$(json 'd["id"]')
run check-in x.race "$id" --bib 11
fails 1 'the bib of another' 'Bib 11 belongs to Ada Ødegård'
run check-in x.race "$id" --bib 70
like 'a bib is given' "$out" '^Gus, bib 70, is checked in\.$'
run check-in x.race 70 --undo
like 'and taken back with the check-in' "$out" '^Gus is no longer checked in and has no bib\.$'
run check-in x.race "$id" --bib 71 --json
is 'as JSON' "$(json '[d["bib"], d["checked_in"]]')" '[71, true]'
run check-in x.race 5 --bib 72
fails 1 'who has another one' 'Eve Lor has bib 15 already, not 72'
run check-in x.race nobody --bib 72
fails 1 'nobody' 'There is no runner “nobody” in this race'
run check-in x.race "$id" --bib none
fails 2 'no bib' 'bib'
run check-in x.race "$id" --bib 72 --undo
fails 2 'what makes no sense' 'do not go together'
run check-in x.race 4 --bib 14 --json
is 'by registration number' "$(json '[d["bib"], d["name"]]')" '[14, "Dee Anderson"]'
run config x.race 'shirts=M=5, L=2'
run check-in x.race 11 --undo
run check-in x.race 11 --shirt M
ok 'a shirt is handed out'
run status x.race --json
is 'and is not left any more' "$(json '[s["left"] for s in d["shirts"] if s["size"] == "M"]')" '[4]'
run check-in x.race 11 --undo
run status x.race --json
is 'until the check-in is taken back' "$(json '[s["left"] for s in d["shirts"] if s["size"] == "M"]')" '[5]'
run check-in x.race 11 --shirt M --undo
fails 2 'a shirt cannot be taken back so' 'do not go together'
run verify x.race
ok 'the race verifies'
finish
