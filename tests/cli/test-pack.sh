#!/usr/bin/env bash
# test-pack.sh: facts carried in a file.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

digest () { # RACE
  run verify "$1" --json
  json 'd["digest"]'
}

make_race x.race
run pack x.race
fails 2 'no name for the pack' 'missing'
run pack missing.race x.pack
fails 1 'a race that is not there' 'missing.race'
run pack x.race x.race
fails 1 'onto the race itself' 'x.race.*no pack of this race'
run verify x.race
ok 'which is as it was'
echo text >note.txt
run pack x.race note.txt
fails 1 'onto another file' 'note.txt'
is 'which is left alone' "$(cat note.txt)" text
run pack x.race nowhere/x.pack
fails 1 'a folder that is not there' 'nowhere'
run pack x.race x.pack --json
ok 'a pack'
is 'it says how many facts' "$(json 'd["facts"]')" "$(ctl facts x.race | wc -l)"
check 'no name can be read in it' test "$(grep -c -a -e Ada -e example.org x.pack)" -eq 0
run pack x.race x.pack
ok 'again, in place of the first'
like 'in words' "$out" '^Packed [0-9]+ facts into x\.pack\.$'

# A copy of the file is a station of its own: two stations that write apart.
ctl backup x.race y.race >/dev/null
run gun x.race --at 09:00:00
run check-in y.race 11
is 'the copy checks somebody in' "$status" 0
run pack y.race y.pack
ok 'the pack of the copy'
run unpack x.race y.pack --json
ok 'is taken'
is 'what is new is counted' "$(json 'd["new"] > 0 and d["known"] > 0 and not d["differ"]')" true
run unpack x.race y.pack
ok 'is taken again'
like 'and then nothing is new' "$out" '^Took 0 new facts from the pack of '
run pack x.race x.pack
ok 'the other way'
run unpack y.race x.pack
ok 'is taken too'
is 'both are one race' "$(digest x.race)" "$(digest y.race)"
is 'with the check-in' "$(run status x.race --json; json 'd["checked_in"]')" 1

before=$(ctl facts x.race)
run unpack x.race missing.pack
fails 1 'a pack that is not there' 'missing.pack'
run unpack x.race note.txt
fails 1 'what is no pack' 'note.txt.*not a pack'
head -c -1 y.pack >short.pack
run unpack x.race short.pack
fails 1 'a pack without its end' 'damaged or not complete'
{ head -c 300 y.pack; printf x; tail -c +302 y.pack; } >changed.pack
cmp -s y.pack changed.pack && printf y | dd of=changed.pack bs=1 seek=300 conv=notrunc 2>/dev/null
run unpack x.race changed.pack
fails 1 'a pack with a byte changed' 'damaged or not complete'
ctl create other.race --name 'Other 5K' --date 2017-12-09 >/dev/null
run pack other.race other.pack
run unpack x.race other.pack
fails 1 'a pack of another race' 'other.pack.*another race'
run pack x.race other.pack
fails 1 'which is not replaced either' 'other.pack'
is 'nothing has changed' "$(ctl facts x.race)" "$before"

mkfifo in out
"$CONCOURSECTL" record x.race <in >out &
exec 8>in 9<out
printf 'tap 09:20:00\n' >&8
read -r -t 20 _ <&9
run pack x.race while.pack
ok 'packed while the race is recorded'
run unpack x.race while.pack
fails 1 'not unpacked while another program writes' 'Another program'
exec 8>&- 9<&-
wait
is 'nothing is left beside the packs' \
  "$(list_others in out note.txt x.race y.race other.race x.pack y.pack short.pack changed.pack \
    other.pack while.pack)" ''
finish
