#!/usr/bin/env bash
# test-midnight.sh: races over midnight and over a change of the clocks.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

race () { # RACE DATE LINE...
  local race=$1 date=$2
  shift 2
  ctl create "$race" --name Race --date "$date" --timezone America/Chicago >/dev/null
  printf '%s\n' "$@" | ctl record "$race" >answers
  is "$date: every line is taken" "$(grep -c '^ok ' answers)" "$#"
  run results "$race" --format csv
}

gun_times () {
  printf '%s\n' "$out" | awk -F, 'NR > 1 { printf "%s%s=%s", n++ ? " " : "", $2, $9 }'
}

race new-year.race 2017-12-31 'gun 23:50:00' 'cross 1 00:10:30' 'cross 2 23:59:59.5' \
  'cross 3 2018-01-01T00:20:00-06:00'
is 'over midnight' "$(gun_times)" '2=10:00 1=20:30 3=30:00'
run facts new-year.race --json
is 'a time after midnight is of the next day' "$(json_lines '[f["body"]["at"] for f in d
  if f["body"].get("bib") == 1]')" '["2018-01-01T06:10:30Z"]'

race spring.race 2018-03-11 'gun 01:50:00' 'cross 1 03:10:00' 'cross 2 01:59:59'
is 'the hour that spring leaves out' "$(gun_times)" '2=9:59 1=20:00'
echo 'tap 02:30:00' | ctl record spring.race >answers
like 'a time that did not exist is refused' "$(cat answers)" '^error .*02:30:00 did not exist'
run gun spring.race --at 02:30:00
fails 2 'also for the gun' 'did not exist'

race autumn.race 2018-11-04 'gun 01:50:00' 'cross 1 01:10:00' 'cross 2 02:00:00' \
  'cross 3 2018-11-04T01:59:00-05:00'
is 'the hour that autumn has twice' "$(gun_times)" '3=9:00 1=20:00 2=1:10:00'
run facts autumn.race --json
is 'the second one of it' "$(json_lines '[f["body"]["at"] for f in d
  if f["body"].get("bib") == 1]')" '["2018-11-04T07:10:00Z"]'

for race in new-year spring autumn; do
  run verify "$race.race"
  ok "$race verifies"
done
run status autumn.race --json
is 'times are told with their offset' "$(json 'd["gun"]')" 2018-11-04T01:50:00-05:00
finish
