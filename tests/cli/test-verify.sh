#!/usr/bin/env bash
# test-verify.sh: replay and comparison.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
printf 'gun 09:00:00\ntap 09:20:00\nbib 11\n' | ctl record x.race >/dev/null
run verify x.race
ok 'a good race'
like 'it says so' "$out" '^[0-9]+ facts, every projection is as the facts say\.$'
run verify x.race --json
ok 'as JSON'
is 'the keys' "$(json '[d["ok"], d["facts"] > 20, d["differences"]]')" '[true, true, []]'

cp x.race changed.race
sqlite3 changed.race "UPDATE runner SET family_name = 'Changed' WHERE bib = 11"
run verify changed.race
fails 3 'a projection that was changed' 'not as the facts say'
check 'it says what differs' test -n "$out"
run verify changed.race --json
is 'as JSON too' "$status $(json '[d["ok"], len(d["differences"]) > 0]')" '3 [false, true]'
finish
