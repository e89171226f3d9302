#!/usr/bin/env bash
# test-config.sh: the settings of a race.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

ctl create x.race --name Race --date 2017-12-09 --timezone America/Chicago >/dev/null

run config x.race colour
fails 2 'an unknown setting' '“colour” is not a setting'
run config x.race colour=red
fails 2 'an unknown setting with a value' '“colour” is not a setting'
for pair in laps=-1 laps= event_laps=5K event_laps=5K=0 rank_by=luck places=some \
    date=2017-02-30 timezone=Mars goal=-1 \
    beneficiaries=One:99 divisions=9-1 name= min_lap=-3 rounding=up; do
  run config x.race "$pair"
  fails 2 "the bad value $pair" "^concoursectl: ${pair%%=*}: "
done

# Whoever has to choose is told between what, wherever it is looked for.
while read -r key choices; do
  run config x.race "$key=wrong"
  error=$err
  run config x.race "$key" --json
  help=$(json "d['$key']['help']")
  manual=$(sed -n "/^\.It Li $key\$/,/^\.It /p" "$CONC_DATA/man/concoursectl.1")
  for choice in $choices; do
    like "the error names $key=$choice" "$error" "[ :]${choice}[,. ]"
    like "the help of $key names $choice" "$help" "[ :]${choice}[,. ]"
    like "the manual of $key names $choice" "$manual" "^\.Li .*$choice"
    run config x.race "$key=$choice" "$key"
    is "$key can be $choice" "$out" "$choice"
  done
done <<'END'
rank_by net gun
places shared distinct
rounding tenth hundredth exact second
divisions none 5-year 10-year
END

facts=$(ctl facts x.race)
run config x.race laps=3 rank_by=luck
fails 2 'a good and a bad value' rank_by
is 'neither is written' "$(ctl facts x.race)" "$facts"

run config x.race
ok 'all settings'
for key in name date timezone distance laps event_laps min_lap rank_by places rounding divisions waves goal \
    beneficiaries; do
  like "$key is listed with what it means" "$out" "^$key=.*\\.\$"
done
run config x.race --json
ok 'all settings as JSON'
is 'a value' "$(json 'd["laps"]["value"]')" 1
is 'a default' "$(json 'd["rank_by"]["default"]')" gun
is 'every one is explained' "$(json 'all(s["help"].endswith(".") for s in d.values())')" true

run config x.race laps=3 rank_by=net 'waves=A, B'
ok 'several values'
is 'nothing is said' "$out" ''
run config x.race laps rank_by waves
is 'they are kept' "$out" "$(printf '3\nnet\nA,B')"
run config x.race laps=4 laps
is 'a change and a question' "$out" 4
facts=$(ctl facts x.race)
run config x.race laps=4
ok 'the value that it has'
is 'it writes nothing' "$(ctl facts x.race)" "$facts"
run config x.race --json goal
is 'one setting as JSON' "$(json 'list(d)')" '["goal"]'
run verify x.race
ok 'the race verifies'
finish
