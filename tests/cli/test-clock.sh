#!/usr/bin/env bash
# test-clock.sh: what is known of the clocks; the wall clock is set under a running race.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

run clock
fails 2 'no race' '.'
run clock nowhere.race
fails 1 'a race that is not there' 'nowhere.race'

make_race x.race
run clock x.race
ok 'a race that has not begun'
like 'the clock that counts' "$out" 'It is [0-9:.]* by the clock that times are recorded by'
like 'nobody set a clock' "$out" 'agree'
like 'there is no hub' "$out" 'was not measured'
run clock x.race --json
is 'as JSON too' "$(json '[d["ahead_of_hub_usec"], d["events"], d["stations"], abs(d["difference_usec"]) < 1000]')" '[null, [], [], true]'
before=$(json 'd["clock"]')

# The clock that is kept is of this boot; what it says is moved, as if the computer's clock had been.
run gun x.race
ok 'the gun'
set_back () { # SECONDS
  sqlite3 x.race "UPDATE sync SET value = json_set (value,
    '\$.wall_usec', json_extract (value, '\$.wall_usec') + $1 * 1000000) WHERE key = 'clock'"
}
set_back 30
run clock x.race
like 'the clock was set back' "$out" 'is 30.00 s behind the race.s clock'
feed 'tap\n' record x.race
ok 'a tap'
like 'the tap says what the other clock said' "$(ctl facts x.race --json | grep '"tap"')" '"wall":"'
run clock x.race
like 'it is told' "$out" 'was set 30.00 s back. This changes no time'
run clock x.race --json
is 'as JSON too' "$(json '[[e["event"], round (e["by_usec"] / 1e6)] for e in d["events"]]')" '[["step", -30]]'
is 'the timebase is the same' "$(json 'd["clock"]')" "$before"
is 'it is that of this station' "$(json '[s["clock"] for s in d["stations"]]')" "[\"$before\"]"
run verify x.race
ok 'the race verifies'
finish
