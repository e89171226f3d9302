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
is 'the story of a fact is that of what it is about' "$(json '[l["kind"] for l in d]')" \
  '["tap", "tap.bib"]'
ctl remove x.race 77 --reason hurt >/dev/null
run story x.race 77
ok 'who was taken out of the race still has a story'
like 'a line: time, place, sentence and name of the fact' "$out" \
  '^20[0-9-]{8} [0-9:]{5} [^ ].*: Taken out of the race: “hurt”\. \[[0-9a-z]{10}-[0-9]+\]$'
run story x.race "$id"
ok 'also by the id'
finish
