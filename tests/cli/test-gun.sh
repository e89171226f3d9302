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

# Whom another time changes is said before it is applied.
make_race y.race
run gun y.race --seen
fails 1 'a gun to compare with' 'no gun yet'
ctl gun y.race --wave A --at 09:00:00 >/dev/null
ctl gun y.race --wave B --at 09:00:00 >/dev/null
feed 'cross 11 09:25:10\ncross 13 09:25:12\ncross 12 09:25:13\ncross 14 09:40:00\ncross 999 09:41:00\n' \
  record y.race
facts=$(ctl facts y.race)
run gun y.race --wave b --at 09:00:05 --dry-run --json
ok 'what another time would change'
is 'the wave and both times' "$(json '[d["wave"], d["before"][11:19], d["after"][11:19]]')" \
  '["B", "09:00:00", "09:00:05"]'
is 'how many times and places' "$(json '[d["finishers"], d["times"], d["places"]]')" '[5, 2, 2]'
is 'who, before and after' "$(json '[[c["bib"], c["place_before"], c["place_after"], c["time_before"],
  c["time_after"]] for c in d["changes"]]')" \
  '[[13, 2, 1, "25:12", "25:07"], [11, 1, 2, "25:10", "25:10"], [14, 4, 4, "40:00", "39:55"]]'
like 'a name that is not public stays so' "$(json 'd["changes"][0]["name"]')" 'Runner 13'
run gun y.race --wave B --at 09:30:00 --dry-run
ok 'the same as text'
like 'a finish that would be before the gun' "$out" '^13 .*place 2 to none +25:12 to no time$'
run gun y.race --wave B --at 09:00:00 --dry-run
like 'the time that it has' "$out" 'No result changes\.$'
is 'and nothing is written' "$(ctl facts y.race)" "$facts"
run gun y.race --dry-run
fails 2 'a change without a time' '[-]-at'
run gun y.race --wave Z --at 09:00:00 --dry-run
fails 1 'of an unknown wave' '“Z”'
run gun y.race --at 09:00:00 --json
fails 2 'JSON of nothing' '[-]-dry-run'

# What another station took is kept beside it.
run gun y.race --wave B --at 09:00:00.21 --seen
ok 'the gun as another station took it'
like 'the difference is said' "$out" '0\.21 s later'
seen=$(printf '%s' "$out" | grep -o '[a-z0-9]\{10\}-[0-9]*')
run gun y.race --wave B --at 08:58:00 --seen
like 'a great one in minutes' "$out" '2:00 sooner'
run gun y.race --wave B --at 09:00:00 --dry-run
like 'they change no result' "$out" 'from 09:00:00\.0 to 09:00:00\.0\. No result'
feed "undo $seen\n" record y.race
like 'it can be taken back' "$out" '^ok '
run verify y.race
ok 'the race verifies'

# A gun can be set beforehand; one that is fired sooner counts instead.
make_race z.race --date 2099-12-09
run gun z.race --at 09:00:00
ok 'a gun at a set time'
run gun z.race
ok 'and one before that'
run facts z.race --json
is 'it corrects the one that was set' \
  "$(json_lines '[f["replaces"] is not None for f in d if f["kind"] == "gun"]')" '[false, true]'
run verify x.race
ok 'the race verifies too'
finish
