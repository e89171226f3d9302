#!/usr/bin/env bash
# test-status.sh: where the race stands.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

counts () { # NAME WANTED: registered, checked in, finished, on course, unmatched
  run status x.race --json
  is "$1" "$(json '[d[k] for k in ("registered", "checked_in", "finished", "on_course",
    "unmatched_taps")]')" "$2"
}

make_race x.race --goal 500
run status x.race --json
ok 'as JSON'
is 'the keys' "$(json 'sorted({"registered", "checked_in", "finished", "on_course",
  "unmatched_taps", "conflicts", "raised_cents", "pledged_cents", "goal_cents", "matched_cents",
  "gifts", "facts", "name", "date", "timezone", "gun"} - set(d))')" '[]'
is 'the race' "$(json '[d["name"], d["date"], d["timezone"], d["goal_cents"], d["gun"]]')" \
  '["Test 5K", "2017-12-09", "America/Chicago", 50000, null]'
counts 'at first' '[6, 0, 0, 0, 0]'
ctl check-in x.race 11 >/dev/null
ctl check-in x.race 14 >/dev/null
counts 'nobody is on course before the gun' '[6, 2, 0, 0, 0]'
ctl gun x.race --wave A --at 09:00:00 >/dev/null
counts 'only those whose gun was fired' '[6, 2, 0, 1, 0]'
ctl gun x.race --wave B --at 09:05:00 >/dev/null
counts 'then the others' '[6, 2, 0, 2, 0]'
echo 'start 12 09:00:10' | ctl record x.race >/dev/null
counts 'a start is a sign too' '[6, 2, 0, 3, 0]'
echo 'tap 09:20:00' | ctl record x.race >/dev/null
counts 'a tap waits for its bib' '[6, 2, 0, 3, 1]'
echo 'bib 11' | ctl record x.race >/dev/null
counts 'a finisher is not on course' '[6, 2, 1, 2, 0]'
run status x.race
ok 'as text'
like 'a line' "$out" '^Registered +6$'
finish
