#!/usr/bin/env bash
# test-backup.sh: copies of a race that goes on.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
run backup x.race
fails 2 'no name for the copy' 'missing'
run backup x.race x.race
fails 1 'onto itself' 'itself'
run backup x.race x.race --force
fails 1 'onto itself by force' 'itself'
ln -s x.race link.race
run backup x.race link.race --force
fails 1 'onto itself by another name' 'itself'
echo text >note.txt
run backup x.race note.txt
fails 1 'a file that is there' 'note.txt'
is 'it is left alone' "$(cat note.txt)" text
run backup x.race nowhere/copy.race
fails 1 'a folder that is not there' 'nowhere'
run backup note.txt copy.race
fails 1 'not a race' 'note.txt'
check 'no copy is made' test ! -e copy.race

mkfifo in out
"$CONCOURSECTL" record x.race <in >out &
exec 8>in 9<out
printf 'tap 09:20:00\n' >&8
read -r -t 20 answer <&9
run backup x.race copy.race
ok 'while the race is recorded'
printf 'tap 09:21:00\n' >&8
read -r -t 20 _ <&9
exec 8>&- 9<&-
wait
like 'the copy has what was acknowledged' "$(ctl facts copy.race)" "${answer#ok }"
is 'and nothing later' "$(run status copy.race --json; json 'd["taps"]')" 1
run verify copy.race
ok 'the copy verifies'
run backup x.race note.txt --force
ok 'by force'
is 'the copy is the race' "$(ctl facts note.txt)" "$(ctl facts x.race)"
is 'nothing is left beside it' "$(list_others in out note.txt x.race copy.race link.race)" ''
run gun copy.race --at 09:00:00
ok 'a copy is a race of its own to write'
finish
