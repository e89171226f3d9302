#!/usr/bin/env bash
# test-attendance.sh: who does not come, who is elsewhere, and who runs instead.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
run attendance x.race
fails 2 'nothing' 'Give a runner and a word'
run attendance x.race 11
fails 2 'no word' 'Give a runner and a word'
run attendance x.race 11 no-show --no-shows
fails 2 'both' 'Give a runner and a word'
run attendance x.race 11 asleep
fails 2 'no such word' '“asleep” is none of the words: write no-show, deferred or expected'
run attendance x.race 99 no-show
fails 1 'nobody' 'Nobody has bib 99'

run attendance x.race 11 deferred
ok 'deferred'
like 'it says so' "$out" '^Ada Ødegård takes part from elsewhere\.$'
run attendance x.race 11 deferred
like 'twice' "$out" 'is like that already'
run runners x.race --json
is 'in the virtual event' \
  "$(json '[[r["event"], r["attendance"]] for r in d if r["bib"] == 11]')" '[["Virtual 5K", "deferred"]]'
run attendance x.race 11 expected
ok 'expected again'
run runners x.race --json
is 'in the event of the registration' \
  "$(json '[[r["event"], r["attendance"]] for r in d if r["bib"] == 11]')" '[["5K Run", null]]'

run transfer x.race 12 given_name=Zoe family_name=Yang email=zoe@example.org --json
ok 'a transfer'
is 'as JSON' "$(json '[d["bib"], d["name"]]')" '[12, "Zoe Yang"]'
run runners x.race --json
is 'the place goes over, and nothing that is private' \
  "$(json '[[r["bib"], r["event"], r["wave"], r["email"], r["birth_date"]] for r in d
    if r["given_name"] == "Zoe"]')" '[[12, "5K Run", "A", "zoe@example.org", null]]'
is 'who was registered has no bib' \
  "$(json '[[r["bib"], r["attendance"]] for r in d if r["given_name"] == "Ben"]')" \
  '[[null, "transferred"]]'
run transfer x.race 13 city=Edina
fails 1 'to nobody' 'A runner needs a name'
ctl check-in x.race 14 >/dev/null 2>&1
run transfer x.race 14 given_name=Xi
fails 1 'of somebody who is here' 'Dee Anderson is checked in'
run attendance x.race 14 no-show
fails 1 'nor a no-show' 'Dee Anderson is checked in'

run attendance x.race --no-shows
ok 'all who are missing'
like 'it says how many' "$out" '^4 runners do not come\.$'
run runners x.race --json
is 'they are no-shows' "$(json 'sorted(r["bib"] for r in d if r["attendance"] == "no-show")')" \
  '[11, 12, 13, 15]'
run attendance x.race --no-shows
like 'nobody is left' "$out" '^0 runners do not come\.$'
run check-in x.race 11
is 'who comes after all' "$status" 0
run runners x.race --json
is 'is a no-show no more' "$(json '[r["attendance"] for r in d if r["bib"] == 11]')" '[null]'
run verify x.race
ok 'the race verifies'
finish
