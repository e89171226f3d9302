#!/usr/bin/env bash
# test-files.sh: files that are no race, and disks and folders that cannot be written.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race good.race
everything () { # NAME FILE REGEX [STATUS OF VERIFY]
  local verb
  for verb in status facts runners results record gun config; do
    run "$verb" "$2"
    fails 1 "$1: $verb" "$3"
  done
  run verify "$2"
  fails "${4:-1}" "$1: verify" "$3"
}

echo 'just text, and quite long enough to be something' >text.race
: >empty.race
sqlite3 other.race 'CREATE TABLE t (x); INSERT INTO t VALUES (1);'
mkdir folder.race
cp good.race newer.race
sqlite3 newer.race 'PRAGMA user_version = 99'
everything 'a text' text.race 'not a race file'
everything 'an empty file' empty.race 'not a race file'
everything 'another database' other.race 'not a race file'
everything 'a folder' folder.race 'folder|race'
everything 'a newer version' newer.race 'newer'
is 'the text is as it was' "$(head -c 9 text.race)" 'just text'

size=$(stat -c %s good.race)
for part in 50 90; do
  head -c $((size * part / 100)) good.race >cut.race
  run verify cut.race
  fails 3 "cut to $part percent" 'damaged'
done
cp good.race noise.race
dd if=/dev/urandom of=noise.race bs=4096 seek=3 count=6 conv=notrunc status=none
run verify noise.race
is 'noise in the middle' "$status" 3

# Two writers: the second is told, and the first goes on.
mkfifo in out
"$CONCOURSECTL" record good.race <in >out &
exec 8>in 9<out
printf 'tap 09:20:00\n' >&8
read -r -t 20 _ <&9
for words in 'gun good.race --at 09:00:00' 'record good.race' 'gift good.race 5 --method cash' \
    'check-in good.race 11' 'bibs good.race assign' 'config good.race laps=2' \
    'import good.race .runners.csv' 'rehearse good.race'; do
  # shellcheck disable=SC2086
  run $words
  fails 1 "locked: $words" 'nother program'
done
for words in 'status good.race' 'runners good.race' 'facts good.race' 'results good.race' \
    'config good.race' 'verify good.race' 'labels good.race --output l.pdf' \
    'import good.race .runners.csv --dry-run'; do
  # shellcheck disable=SC2086
  run $words
  ok "readers are free: $words"
done
printf 'tap 09:21:00\n' >&8
read -r -t 20 answer <&9
like 'the first writer goes on' "$answer" '^ok '
exec 8>&- 9<&-
wait
run gun good.race --at 09:00:00
ok 'afterwards it can be written'

# A folder that cannot be written, as somebody whom permissions bind.
if [ "$(id -u)" -ne 0 ]; then
  as_user () { "$@"; }
else
  as_user () { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
fi
chmod 755 "$folder"
mkdir closed
make_race closed/x.race
chmod 555 closed
chmod 444 closed/x.race*
try_closed () {
  status=0
  as_user env HOME="$folder" "$CONCOURSECTL" "$@" >.out 2>.err </dev/null || status=$?
  err=$(cat .err)
  out=$(cat .out)
}
if as_user test -x "$CONCOURSECTL"; then
  try_closed create closed/new.race --name Race --date 2017-12-09
  fails 1 'a new race in a folder that cannot be written' 'closed/new.race'
  try_closed gun closed/x.race --at 09:00:00
  fails 1 'a race that cannot be written' 'x.race'
  try_closed status closed/x.race
  like 'it can be read, or the sentence says why not' "$status" '^[01]$'
else
  for name in 'a new race in a folder that cannot be written' 'a race that cannot be written' \
      'it can be read, or the sentence says why not'; do
    count=$((count + 1))
    printf 'ok %d - %s # SKIP other users cannot reach the program\n' "$count" "$name"
  done
fi
chmod 755 closed

# A full disk: what was acknowledged stays, what was not is said, and it goes on when there is room.
mkdir small
if mount -t tmpfs -o size=1m tmpfs small 2>/dev/null; then
  trap 'umount "$folder/small"; rm -rf "$folder"' EXIT
  make_race small/x.race
  yes 'cross 11 09:20:00' | head -n 40000 | ctl record small/x.race >answers 2>.err
  is 'recording goes on to the end of the input' "$?" 0
  check 'something was recorded' grep -q '^ok ' answers
  like 'then the disk is full' "$(grep -m 1 '^error' answers)" 'disk is full'
  ctl facts small/x.race --json 2>/dev/null | sed 's/^{"fact":"\([^"]*\)".*/\1/' | sort >there
  sed -n 's/^ok //p' answers | sort >promised
  is 'every acknowledged fact is there' "$(comm -13 there promised | grep -c .)" 0
  run backup small/x.race small/copy.race
  fails 1 'a copy has no room' '.'
  check 'half a copy is not left' test ! -e small/copy.race
  run create small/more.race --name Race --date 2017-12-09
  fails 1 'a new race has no room' '.'
  check 'half a race is not left' test ! -e small/more.race
  mount -o remount,size=8m small
  echo 'tap 10:00:00' | ctl record small/x.race >answers
  like 'with room again it goes on' "$(cat answers)" '^ok '
  run verify small/x.race
  ok 'the race verifies'
else
  fail 'a small disk can be mounted' 'this test needs to be root with the right to mount'
fi
finish
