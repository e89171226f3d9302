#!/usr/bin/env bash
# test-bibs.sh: giving out bibs.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race full.race
run bibs full.race
fails 2 'nothing to do' 'missing'
run bibs full.race burn
fails 2 'an unknown thing to do' '“burn”'
run bibs full.race assign --order luck
fails 2 'an unknown order' '“luck” does not fit --order'
for from in 0 -1 1000000 x 010x 1.5; do
  run bibs full.race assign "--from=$from"
  fails 2 "from $from" "does not fit --from"
done

give_out () { # ORDER FROM
  rm -f y.race*
  ctl create y.race --name Race --date 2017-12-09 >/dev/null
  ctl import y.race .runners.csv >/dev/null
  run bibs y.race assign --from "$2" --order "$1" --json
  ok "by $1"
  is "by $1: the count" "$(json '[d["assigned"], d["first"], d["last"]]')" "[5, $2, $(($2 + 4))]"
  run runners y.race --json
}

give_out name 101
is 'by name: who has which' "$(json '[r["given_name"] for r in sorted((r for r in d if r["bib"]),
  key=lambda r: r["bib"])]')" '["Dee", "Eve", "Ada", "Cai", "Ben"]'
is 'the list of runners has the same order' "$(json '[r["bib"] for r in d if r["bib"]]')" \
  '[101, 102, 103, 104, 105]'
give_out registration 5
give_out event 1
is 'by event: who has which' "$(json '[r["event"] for r in sorted((r for r in d if r["bib"]),
  key=lambda r: r["bib"])]')" '["5K Run", "5K Run", "5K Run", "5K Walk", "5K Walk"]'

run bibs y.race assign --json
ok 'once more'
is 'there is nothing to give' "$(json '[d["assigned"], d["first"], d["last"]]')" '[0, null, null]'
run bibs y.race assign
like 'in words' "$out" 'has a bib already'
run bibs full.race assign --from 999999
ok 'a high number that is not needed'
ctl create z.race --name Race --date 2017-12-09 >/dev/null
ctl import z.race .runners.csv >/dev/null
run bibs z.race assign --from 999998
fails 1 'not enough numbers' 'not enough'
run runners z.race --json
is 'nobody got one' "$(json '[r["bib"] for r in d if r["bib"]]')" '[]'
run verify y.race
ok 'the race verifies'
finish
