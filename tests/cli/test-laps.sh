#!/usr/bin/env bash
# test-laps.sh: laps by event, and crossings that are missed or one too many.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

list () { # the bibs, places and laps of the results
  run results x.race --format json
  json '[[r["bib"], r["place"], r["laps"]] for r in d]'
}

# Bibs 11 to 13 run the 5K, 14 and 15 walk.
make_race x.race
run config x.race laps=2 'event_laps=5k run = 4'
ok 'laps by event'
is 'in the one form' "$(ctl config x.race event_laps)" '5k run=4'
run config x.race 'event_laps=5K Run=4, 5K RUN=3'
fails 2 'an event twice' '“5K RUN” is there twice'
feed 'gun 09:00:00
cross 11 09:04:00\ncross 11 09:08:00\ncross 11 09:08:10\ncross 11 09:12:00\ncross 11 09:16:00
cross 12 09:04:30\ncross 12 09:09:00\ncross 12 09:18:05
cross 14 09:10:00\ncross 14 09:20:00\ncross 14 09:30:00
cross 15 09:10:05\n' record x.race
is 'each event has its laps' "$(list)" '[[11, 1, 4], [14, 2, 2]]'
run problems x.race
like 'a lap that was missed' "$out" '12 .*lap of 9:05.*may be missing'
like 'and what can be done' "$out" 'cross 12 09:13:32'
is 'one who lacks a lap has no place' "$(list)" '[[11, 1, 4], [14, 2, 2]]'
feed 'cross 12 09:13:32\n' record x.race
is 'the repair is a crossing at half time' "$(list)" '[[11, 1, 4], [12, 2, 4], [14, 3, 2]]'
run problems x.race
unlike 'after which nothing is missing' "$out" 'may be missing'

# Who changes the event has other laps; so has everybody when the setting changes.
feed 'cross 13 09:25:00\n' record x.race
run edit x.race 15 event='1 mile'
ok 'another event'
run config x.race 'event_laps=5K Run=4, 1 mile=1'
ok 'with one lap'
is 'the first crossing is the finish' "$(list)" '[[15, 1, 1], [11, 2, 4], [12, 3, 4], [14, 4, 2]]'
run config x.race event_laps= laps=1
is 'and the same for all' "$(list)" '[[11, 1, 1], [12, 2, 1], [14, 3, 1], [15, 4, 1], [13, 5, 1]]'
run verify x.race
ok 'the race verifies'
finish
