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
  "unmatched_taps", "unmatched_bibs", "problems", "conflicts", "raised_cents", "pledged_cents", "goal_cents", "matched_cents",
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
is 'which is a problem' "$(json 'd["problems"]')" 1
echo 'bib 11' | ctl record x.race >/dev/null
counts 'a finisher is not on course' '[6, 2, 1, 2, 0]'
run status x.race --json
is 'the keys of check-in' "$(json 'sorted({"arrivals", "expected_peak", "missing", "no_shows", "waves",
  "shirts"} - set(d))')" '[]'
is 'who came is counted in steps of five minutes' \
  "$(json '[sum(a["count"] for a in d["arrivals"]), d["arrivals"][0]["from"][15:19] in ("0:00", "5:00")]')" \
  '[2, true]'
is 'nobody is expected after the gun of a past race' "$(json '[d["expected_peak"], d["missing"]]')" '[null, 3]'
is 'waves, and those who have none' \
  "$(json '[[w[k] for k in ("name", "registered", "expected", "checked_in")] for w in d["waves"]]')" \
  '[["A", 2, 2, 1], ["B", 3, 3, 1], [null, 1, 0, 0]]'
is 'no shirts' "$(json 'd["shirts"]')" '[]'

today=$(TZ=America/Chicago date +%F)
ctl create y.race --name Today --date "$today" --timezone America/Chicago >/dev/null
printf 'First Name,Last Name,Shirt Size\nA,B,M\nC,D,S\nE,F,M\n' >y.csv
ctl import y.race y.csv >/dev/null
ctl config y.race shirts='S=5,M=1' check_in_closes=23:59 >/dev/null
run status y.race --json
is 'shirts as they were counted and ordered' \
  "$(json '[[s[k] for k in ("size", "had", "ordered", "given", "left")] for s in d["shirts"]]')" \
  '[["S", 5, 1, 0, 5], ["M", 1, 2, 0, 1]]'
# In the last minutes of the day the desk has closed.
is 'the peak is a step before the desk closes' \
  "$(json 'd["expected_peak"] is None or d["expected_peak"]["from"][:10] == "'"$today"'"')" true
is 'no arrivals' "$(json '[d["arrivals"], d["missing"], d["no_shows"]]')" '[[], 3, 0]'
run status y.race
like 'what is left in words' "$out" '^Shirts left +S 5, M 1$'
like 'that nobody came' "$out" '^Arrivals +Nobody has come yet\.$'
run status x.race
ok 'as text'
like 'a line' "$out" '^Registered +6$'
like 'a wave' "$out" '^Wave A +1 of 2 checked in$'
finish
