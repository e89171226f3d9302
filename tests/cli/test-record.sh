#!/usr/bin/env bash
# test-record.sh: commands from standard input, answered in order.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
facts=$(ctl facts x.race)
feed '\n' record x.race
is 'an empty line' "$out" 'error The line is empty: write tap, bib, cross, chute, start, gun or undo.'
bad='fly\nbib\nbib 0\nbib x\ncross 11 soon\ntap 25:00:00\nundo 3\nbib 11\ntap \0377\nundo 0000000000-1\n'
feed "$bad" record x.race
is 'bad lines end with 0' "$status" 0
is 'each has an answer' "$(printf '%s\n' "$out" | grep -c '^error .*\.$')" 10
is 'and nothing is written' "$(ctl facts x.race)" "$facts"
like 'a bib without a tap is refused' "$out" 'error No tap is waiting'
like 'what is not UTF-8 is refused' "$out" 'error The line is not text in UTF-8.'

head -c 5000 /dev/zero | tr '\0' a >long
{ cat long; printf '\nta\0p\ntap 09:20:00\n'; cat long; } >input
status=0
ctl record x.race <input >answers || status=$?
is 'long lines, zero bytes and then a good one' "$status" 0
is 'the answers' "$(sed 's/ok .*/ok/' answers)" "$(printf '%s\n' \
  'error The line is longer than 4 KiB.' 'error The line has a zero byte in it.' ok \
  'error The line is longer than 4 KiB.')"

feed '' record x.race
ok 'no input'
is 'no answer' "$out" ''
feed 'gun 09:00:00\r\nstart 12 09:01:00\ntap 09:25:00.250\ncross 12 09:26:00\nbib 11\nbib 13' record x.race
ok 'a race, with an end of line of Windows and none at the end'
is 'six answers' "$(printf '%s\n' "$out" | grep -cE '^ok [0-9a-z]{10}-[0-9]+$')" 6
run facts x.race --json
is 'each fact is in the log' "$(json_lines '[f["fact"] for f in d][-6:]')" \
  "$(sed 's/^ok //' "$folder/.out" | /usr/bin/python3 -c '
import json, sys
print(json.dumps([json.loads(line)["fact"] for line in sys.stdin][-6:]))')"
run results x.race --format csv
is 'bibs went to the oldest tap' "$(printf '%s\n' "$out" | awk -F, '{ print $2, $9 }')" \
  "$(printf '%s\n' 'bib gun_time' '11 20:00' '13 25:01' '12 26:00')"
like 'a start gives a net time' "$out" '^[0-9]+,12,.*,26:00,25:00,FIN'

feed 'tap 09:30:00\n' record x.race
fact=${out#ok }
feed "undo $fact\nundo $fact\n" record x.race
like 'undo, and once more' "$out" '^ok '
like 'which is refused' "$out" '^error .*already'
run status x.race --json
is 'the tap is gone' "$(json 'd["unmatched_taps"]')" 0

feed 'gun B 09:05:00\ngun A\ntap\ncross 14\nstart 15\n' record x.race
is 'a wave, and lines without a time' "$(printf '%s\n' "$out" | grep -c '^ok ')" 5
run facts x.race --json
is 'what has no time is of now' "$(json_lines '[[f["kind"], f["body"].get("wave"), f["body"]["source"]]
  for f in d[-5:]]')" '[["gun", "B", "typed"], ["gun", "A", "clock"], ["tap", null, "clock"], '\
'["crossing", null, "clock"], ["start", null, "clock"]]'

# A pipe on both sides: an answer comes before the next line is written.
mkfifo in out
"$CONCOURSECTL" record x.race <in >out 2>err &
recorder=$!
exec 8>in 9<out
printf 'tap 09:40:00\n' >&8
read -r -t 20 answer <&9
like 'an answer comes at once' "$answer" '^ok '
printf 'nonsense\ntap 09:41:00\n' >&8
read -r -t 20 answer <&9
like 'an error as well' "$answer" '^error '
read -r -t 20 answer <&9
run gun x.race --at 09:00:00
fails 1 'a second writer is refused meanwhile' '.'
run status x.race --json
ok 'a reader is not'
kill -TERM "$recorder"
wait "$recorder"
is 'SIGTERM ends it cleanly' "$?" 0
exec 8>&- 9<&-
is 'nothing was complained of' "$(cat err)" ''

# Streams that are closed are not taken for files of the race.
status=0
ctl record x.race <&- >.out 2>.err || status=$?
is 'standard input is closed' "$status" 1
like 'and that is said' "$(cat .err)" '^concoursectl: Standard input could not be read'
status=0
echo tap | "$CONCOURSECTL" record x.race >&- 2>.err || status=$?
is 'standard output is closed' "$status" 1
like 'and that is said too' "$(cat .err)" '^concoursectl: '

# Whoever reads the answers goes away.
yes 'tap 10:00:00' | head -n 200000 | { ctl record x.race 2>err; echo $? >code; } | head -n 1 >/dev/null
is 'nobody reads the answers any more' "$(cat code)" 1
like 'and that is said' "$(cat err)" '^concoursectl: The answers can no longer be written'

# Nobody reads the answers for a while, and still every line is read.
yes 'bib 77777' | head -n 50000 | ctl record x.race | { sleep 0; cat; } >answers
is 'many lines in flight' "$(grep -c . answers)" 50000
run verify x.race
ok 'the race verifies'
finish
