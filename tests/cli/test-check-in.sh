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
run verify x.race
ok 'the race verifies'
finish
