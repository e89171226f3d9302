#!/usr/bin/env bash
# test-gun.sh: guns of a race and of its waves.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
run gun x.race --at soon
fails 2 'a time that is none' '“soon” is not a time'
run gun x.race --at 25:00:00
fails 2 'an hour that is none' '25:00:00'
run gun x.race --wave Z
fails 1 'an unknown wave' '“Z”'
run status x.race --json
is 'no gun was fired' "$(json 'd["gun"]')" null

run gun x.race --at 09:00:00
ok 'the gun of the race'
like 'it says when' "$out" '2017-12-09T09:00:00-06:00'
run status x.race --json
is 'it counts' "$(json 'd["gun"]')" 2017-12-09T09:00:00-06:00
run gun x.race
fails 1 'a second gun by a slip' '09:00:00 already'
run gun x.race --at 2017-12-09T15:00:01.5Z
ok 'a correction'
run status x.race --json
is 'it counts too' "$(json 'd["gun"]')" 2017-12-09T09:00:01.5-06:00
run gun x.race --wave b --at 09:05:00
ok 'the gun of a wave, in any case'
like 'its name is that of the race' "$out" 'wave [bB] '
run facts x.race --json
is 'it is that wave' "$(json_lines '[f["body"]["wave"] for f in d if f["kind"] == "gun"][-1]')" B
run gun x.race --wave A
ok 'a gun without a time is now'
run facts x.race --json
is 'by the clock' "$(json_lines '[f["body"]["source"] for f in d if f["kind"] == "gun"][-1]')" clock
run verify x.race
ok 'the race verifies'
finish
