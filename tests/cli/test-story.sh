#!/usr/bin/env bash
# test-story.sh: what happened to a runner, told in sentences.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

tells () { # NAME PYTHON WANTED: an expression on the lines of the story of bib 11
  run story x.race 11 --json
  is "$1" "$(json "$2")" "$3"
}

make_race x.race
run story x.race
fails 2 'without a runner' 'Something is missing'
run story x.race 99
fails 1 'a bib that nobody had' 'Nobody has bib 99'
run story x.race nobody
fails 1 'a name of nothing' 'Nothing is known about “nobody”'
run story x.race aaaaaaaaaa-5
fails 1 'a fact that is not there' 'There is no entry aaaaaaaaaa-5'
run story y.race 11
fails 1 'without a race' 'y.race'

run story x.race 11 --json
ok 'as JSON'
is 'the keys' "$(json 'sorted(set.intersection(*map(set, d)))')" \
  '["fact", "kind", "operator", "place", "sentence", "station", "subject", "time", "undone", "undone_sentence"]'
tells 'a registration and a bib' '[l["sentence"] for l in d]' \
  '["Registered, from the registration file: Ada Ødegård, 5K Run, Wave A, Team Freedom.", "Private details, from the registration file: Birth date, Donation at registration, E-mail, Registration number.", "Given bib 11."]'
tells 'the time is RFC 3339 in the zone of the race' 'd[0]["time"][-6:] in ("-06:00", "-05:00")' true

ctl edit x.race 11 city=Edina >/dev/null
ctl edit x.race 11 'city=Eden Prairie' >/dev/null
tells 'a correction says what was there before' 'd[-1]["sentence"]' \
  'Town corrected from Edina to Eden Prairie.'
ctl check-in x.race 11 >/dev/null
ctl check-in x.race 11 --undo >/dev/null
tells 'what was taken back is told and says so' '[[l["sentence"], l["undone"], l["undone_sentence"] is None] for l in d[-2:]]' \
  '[["Checked in.", true, false], ["Taken back: Checked in.", false, true]]'
printf 'gun 09:00:00\ntap 09:20:00\nbib 11\nstart 11 09:00:10\ncross 12 09:21:00\n' | ctl record x.race >/dev/null
tells 'taps and starts with the bib are told, those of others are not' \
  'sorted(l["sentence"] for l in d if l["kind"] in ("tap", "tap.bib", "crossing", "start", "gun"))' \
  '["Bib 11 started at 09:00:10.00 (typed).", "Somebody crossed the line at 09:20:00.00 (typed).", "The crossing at 09:20:00.00 is of bib 11."]'
tap=$(json '[l["subject"] for l in d if l["kind"] == "tap"][0]')
id=$(json 'd[0]["subject"]')

ctl edit x.race 11 bib=77 >/dev/null
run story x.race 77 --json
is 'a tap stays in the story of who had the bib at that time' \
  "$(json 'sum(l["kind"] == "tap" for l in d)')" 1
ctl edit x.race 12 bib=11 >/dev/null
echo 'cross 11 09:40:00' | ctl record x.race >/dev/null
run story x.race 77 --json
is 'a later one is not in it' "$(json 'any("09:40" in l["sentence"] for l in d)')" false
run story x.race 11 --json
is 'but in that of the next holder' "$(json 'any("09:40" in l["sentence"] for l in d)')" true

run story x.race "$tap" --json
is 'the story of a fact is that of what it is about' "$(json '[l["kind"] for l in d if "step" not in l]')" \
  '["tap", "tap.bib"]'
is 'and then how it came to its time, step by step' \
  "$(json '[[l["step"], l["subject"] == d[0]["subject"]] for l in d if l["kind"] == "computation"][:2]')" \
  '[["taken", true], ["bib", true]]'
is 'each with the keys of a line' "$(json 'sorted(set(d[-1]) - set(d[0]))')" '["step"]'
ctl remove x.race 77 --reason hurt >/dev/null
run story x.race 77
ok 'who was taken out of the race still has a story'
like 'a line: time, place, sentence and name of the fact' "$out" \
  '^20[0-9-]{8} [0-9:]{5} [^ ].*: Taken out of the race: “hurt”\. \[[0-9a-z]{10}-[0-9]+\]$'
run story x.race "$id"
ok 'also by the id'

cat >runners.csv <<'END'
Bib,First Name,Last Name,Sex,Age,Wave
11,Ada,Ash,F,34,A
12,Bo,Birch,M,41,A
END
ctl create y.race --name 'Story 5K' --date 2026-12-12 --timezone America/Chicago >/dev/null
ctl import y.race runners.csv >/dev/null
ctl gun y.race --wave A --at 10:00:00 >/dev/null
feed 'tap 10:24:31.20\ntap 10:24:33\nchute 12 10:24:50\nchute 11 10:24:52\n' record y.race
ctl ruling y.race 11 penalty 0:30 --reason 'went before the gun' >/dev/null
run story y.race 11
is 'how a crossing came to its time' "$(printf '%s\n' "$out" | sed -n '/^How/,$p' | sed 's/ \[.*//')" \
'How the crossing at 10:24:33.00 came to its time:
  Taken: The time 10:24:33.00 was typed in.
  Bib: Bib 11 came through the chute at 10:24:52.00, and is the one whose turn it was at this time.
  Start: Wave A started at 10:00:00.00.
  Lap: It is the first crossing from the gun on, which is the finish.
  Time: Gun time: 10:24:33.00 − 10:00:00.00 = 24:33.00.
  Penalty: Gun time with the penalty: 24:33.00 + 0:30.00 = 25:03.00. The reason: “went before the gun”.
  Rounding: The gun time decides: 25:03.00, rounded up to the second, is shown as 25:03.
  Result: Place 2 overall, 1 of F, 1 of F30-39.'
chute=$("$CONCOURSECTL" facts y.race --json | grep '"kind":"chute"' | head -1 | grep -o '"subject":"[^"]*"' | cut -d'"' -f4)
run story y.race "${chute#c}"
like 'a bib of the chute leads to its crossing' "$out" 'How the crossing at 10:24:31.20 came'
ctl repair y.race swap "$chute" "$("$CONCOURSECTL" facts y.race --json | grep '"kind":"chute"' | tail -1 | grep -o '"subject":"[^"]*"' | cut -d'"' -f4)" >/dev/null
run story y.race 11
like 'a repair is a step of it' "$out" '^  Correction: At the chute it was bib 11 and not bib 12\. \('
like 'with its reason' "$out" '^  Correction: The ladder was repaired'
like 'and the time is another' "$out" 'Gun time: 10:24:31.20 − 10:00:00.00 = 24:31.20\.'
ctl gun y.race --wave A --at 10:00:10 >/dev/null
gun=$("$CONCOURSECTL" facts y.race --json | grep '"kind":"gun"' | tail -1 | grep -o '"subject":"[^"]*"' | cut -d'"' -f4)
run story y.race "$gun"
like 'a gun that was corrected' "$out" 'Correction: Wave A: start corrected from 10:00:00'
like 'and who counts from it' "$out" \
  'Wave A started at 10:00:10.00, and the gun times of 2 finishers are counted from then'
run --operator
fails 2 'a person without a name' 'Say who it is: --operator NAME.'
run --operator Kim gift x.race 5 --method cash
ok 'a gift that Kim enters'
run facts x.race --json
is 'is said to be by Kim' "$(printf '%s\n' "$out" | tail -n 1 | grep -o '"operator":"[^"]*"')" \
  '"operator":"Kim"'
CONCOURSE_OPERATOR=' Lee ' run gift x.race 5 --method cash
run facts x.race --json
is 'the environment says who it is too' \
  "$(printf '%s\n' "$out" | tail -n 1 | grep -o '"operator":"[^"]*"')" '"operator":"Lee"'
finish
