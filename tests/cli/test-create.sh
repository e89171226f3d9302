#!/usr/bin/env bash
# test-create.sh: a new race file.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

try () { # NAME REGEX OPTION...
  local name=$1 regex=$2
  shift 2
  run create x.race "$@"
  fails 2 "$name" "$regex"
  check "$name: no file is made" test ! -e x.race
}

try 'no name' 'needs a name and a date' --date 2017-12-09
try 'no date' 'needs a name and a date' --name Race
try 'an empty name' '^concoursectl: --name: ' --name '  ' --date 2017-12-09
try 'a date that does not exist' '2017-02-29' --name Race --date 2017-02-29
try 'a date in another order' '12/09/2017' --name Race --date 12/09/2017
try 'an unknown zone' 'Mars' --name Race --date 2017-12-09 --timezone Mars/Olympus
try 'negative laps' '-1' --name Race --date 2017-12-09 --laps -1
try 'no laps' '0' --name Race --date 2017-12-09 --laps 0
try 'laps in words' 'two' --name Race --date 2017-12-09 --laps two
try 'a negative distance' '-5' --name Race --date 2017-12-09 --distance=-5
try 'a negative goal' '-1' --name Race --date 2017-12-09 --goal=-1
try 'a goal that can be read in two ways' 'two ways' --name Race --date 2017-12-09 --goal 75,000
run create nowhere/x.race --name Race --date 2017-12-09
fails 1 'a folder that is not there' 'nowhere'

run create x.race --name 'NOT IN OUR CITY 5K' --date 2017-12-09 --timezone America/Chicago \
  --distance 5000 --laps 2 --goal 75000
ok 'a race'
like 'it says what was made' "$out" 'x.race: NOT IN OUR CITY 5K, 2017-12-09, America/Chicago'
is 'its name' "$(ctl config x.race name)" 'NOT IN OUR CITY 5K'
is 'its laps' "$(ctl config x.race laps)" 2
is 'its goal' "$(ctl config x.race goal)" 75000.00
run verify x.race
ok 'it verifies'

before=$(sha256sum x.race)
run create x.race --name Another --date 2018-12-09
fails 1 'a file that is there' 'x.race'
is 'it is left alone' "$(sha256sum x.race)" "$before"
echo text >note.race
run create note.race --name Another --date 2018-12-09
fails 1 'a file that is no race' 'note.race'
is 'it is left alone too' "$(cat note.race)" text
mkdir folder.race
run create folder.race --name Another --date 2018-12-09
fails 1 'a folder' 'folder.race'

TZ=Asia/Kathmandu run create local.race --name Local --date 2018-02-28
ok 'without a zone'
is 'it has the one of this computer' "$(ctl config local.race timezone)" Asia/Kathmandu
run create 'mit Ümlaut und Leerzeichen.race' --name 'Ünïcode ☂' --date 2020-02-29
ok 'odd names'
is 'are kept' "$(ctl config 'mit Ümlaut und Leerzeichen.race' name)" 'Ünïcode ☂'
finish
