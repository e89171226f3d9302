#!/usr/bin/env bash
# test-rehearse.sh: a race day for practice.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

for words in '--runners 0' '--runners many' '--speed -1' '--speed fast' '--seed x'; do
  # shellcheck disable=SC2086
  run rehearse r.race $words
  fails 2 "$words" 'does not fit'
done
check 'no file is made' test ! -e r.race
make_race real.race
facts=$(ctl facts real.race)
run rehearse real.race --speed 0
fails 1 'a real race' 'real race'
is 'it is left alone' "$(ctl facts real.race)" "$facts"
echo text >note.race
run rehearse note.race --speed 0
fails 1 'a file that is no race' 'note.race'

run rehearse r.race --runners 40 --speed 0 --seed 7
ok 'a day at once'
first=$out
like 'check-ins are told' "$first" '^[0-9:]{8}  check-in [0-9]+'
like 'and taps' "$first" '^[0-9:]{8}  tap$'
run status r.race --json
is 'a race was run' "$(json '[d["registered"], d["finished"] > 25, d["unmatched_taps"],
  d["raised_cents"] + d["pledged_cents"] > 0]')" '[40, true, 0, true]'
is 'it is marked' "$(json 'd["name"]')" Rehearsal
run verify r.race
ok 'it verifies'
run rehearse r.race --speed 0
fails 1 'a second time' 'already'
run rehearse s.race --runners 40 --speed 0 --seed 7
# Labels of times aside, one seed gives one day.
is 'one seed gives one day' "$(printf '%s\n' "$out" | sed -e 1d -e 's/^[0-9:]*//')" \
  "$(printf '%s\n' "$first" | sed -e 1d -e 's/^[0-9:]*//')"

ctl create empty.race --name 'Empty 5K' --date 2017-12-09 >/dev/null
run rehearse empty.race --runners 5 --speed 0
ok 'an empty race'
is 'is marked' "$(ctl config empty.race name)" 'Rehearsal: Empty 5K'

make_race own.race
ctl config own.race 'name=Rehearsal of the crew' >/dev/null
run rehearse own.race --speed 0
ok 'a rehearsal with a list of its own'
run status own.race --json
is 'nobody is added' "$(json 'd["registered"]')" 6

"$CONCOURSECTL" rehearse live.race --runners 10 --speed 20 >live.log 2>live.err &
player=$!
for _ in $(seq 200); do
  grep -q check-in live.log && break
  read -r -t 0.05 <> <(:) || true
done
kill -INT "$player"
wait "$player"
is 'it can be stopped' "$?" 0
like 'and says so' "$(tail -n 1 live.log)" '^Stopped'
run verify live.race
ok 'what was played is whole'
finish
