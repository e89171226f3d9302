#!/usr/bin/env bash
# test-remove.sh: a runner is taken out of the race.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
run remove x.race
fails 2 'without a runner' 'Something is missing'
run remove x.race 99
fails 1 'a bib that nobody has' 'Nobody has bib 99'
run remove x.race 11 --reason 'registered twice'
ok 'a runner'
like 'it says who and by which fact' "$out" '^Ada Ødegård is out of the race \([0-9a-z]{10}-[0-9]+\)\.$'
fact=$(printf '%s' "$out" | sed 's/.*(\(.*\))\.$/\1/')
run facts x.race --json
like 'the reason is kept' "$out" 'registered twice'
run runners x.race --search 11 --json
is 'the runner is on no list' "$out" '[]'
run remove x.race 11
fails 1 'once more' 'Nobody has bib 11'
feed "undo $fact\n" record x.race
like 'it is taken back' "$out" '^ok '
run runners x.race --search 11 --json
is 'and the runner is there again' "$(json 'len(d)')" 1
run verify x.race
ok 'the file is sound'
finish
