#!/usr/bin/env bash
# test-problems.sh: what must be looked at before results are trusted, and who is still on course.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

cat >runners.csv <<'END'
Bib,First Name,Last Name,Sex,Age,Wave,Event
11,Ada,Ash,F,34,A,5K
12,Bo,Birch,M,41,A,5K
13,Cy,Cedar,M,12,B,5K
14,Di,Dogwood,F,52,B,5K
15,Ed,Elm,M,61,B,5K
16,Flo,Fir,F,29,A,Virtual 5K
END
run create r.race --name 'Problems 5K' --date 2026-12-12 --timezone America/Chicago --distance 5000
run import r.race runners.csv
run problems r.race
is 'an empty race has none' "$out" 'There is nothing to look at.'
run problems r.race --json
is 'as JSON' "$out" '[]'
run on-course r.race
is 'nobody is out there' "$out" 'Still on course: 0'

for bib in 11 12 13 15; do ctl check-in r.race "$bib" >/dev/null; done
ctl gun r.race --wave A --at 10:00:00 >/dev/null
ctl gun r.race --wave B --at 10:05:00 >/dev/null
run on-course r.race --json
is 'who is here and was started' "$(json '[[r["bib"], r["name"], r["wave"], r["laps_done"],
  r["started"][11:19], r["last_seen"]] for r in d if r["bib"] in (11, 13)]')" \
  '[[11, "Ada Ash", "A", 0, "10:00:00", null], [13, "Cy Cedar", "B", 0, "10:05:00", null]]'
is 'and nobody else' "$(json '[r["bib"] for r in d]')" '[11, 12, 13, 15]'

feed 'cross 11 10:20:00.31\ncross 12 10:11:00\ncross 11 10:25:00\ncross 999 10:26:00\ncross 14 10:29:00\ntap 10:35:00.5\n' record r.race
ctl ruling r.race 14 dnf >/dev/null 2>&1
run problems r.race --json
is 'what is wrong with whom' "$(json '[[p["kind"], p["bib"]] for p in d]')" \
  '[["too-fast", 12], ["two-places", 11], ["unknown-bib", 999], ["never-started", 14], ["ruled-out", 14], ["no-bib", null]]'
is 'each says why, and what can be done' \
  "$(json 'all(p["sentence"].endswith(".") and p["advice"].endswith(".") for p in d)')" true
is 'the crossing that it is about' "$(json '[p["time"][11:] for p in d if p["kind"] == "two-places"]')" \
  '["10:25:00-06:00"]'
run problems r.race
like 'for a person, with the fact' "$out" \
  '^  Bib 11 \(Ada Ash\) finished at 10:20:00.31 and crossed the line again at 10:25:00.00, 4:59.69 later\. Only the first counts\. \[.*-[0-9]+\]$'
run status r.race --json
is 'how many' "$(json 'd["problems"]')" 6
feed 'chute 17 10:35:10\nchute ? 10:35:20\n' record r.race
run problems r.race --json
is 'the tap has its bib, and the next bib has no tap' \
  "$(json '[[p["kind"], p["bib"]] for p in d][3:]')" \
  '[["unknown-bib", 17], ["never-started", 14], ["ruled-out", 14], ["no-time", null]]'
run on-course r.race
is 'who is still out' "$(printf '%s\n' "$out" | tr -s ' ' | tr '\n' ';')" \
  'Still on course: 2;Bib Name;13 Cy Cedar;15 Ed Elm;'

run config r.race laps=3 min_lap=1:00
feed 'cross 15 10:13:00\ncross 15 10:21:10\n' record r.race
run on-course r.race
like 'with laps, and when last seen' "$out" '^15 +Ed Elm +2 +10:21:10$'

run gun r.race --wave B --at 10:40:00
run problems r.race --json
is 'a start after the crossings' "$(json 'sorted({p["bib"] for p in d if p["kind"] == "before-gun"})')" \
  '[14, 15]'
run problems missing.race
fails 1 'no such race' 'missing.race'
finish
