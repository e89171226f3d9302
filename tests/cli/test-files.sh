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
cp good.race later.race
sqlite3 later.race "INSERT INTO fact (station, seq, hlc, kind, subject, body)
  SELECT max (station), 99999, 1, 'medal', 'r1', '{}' FROM fact"
run facts later.race
fails 1 'an entry of a kind that a later version has' '“medal”.*Update Concourse'
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
# Others may not be able to reach the build folder and the source.
cp "$CONCOURSECTL" program
cp "$CONC_TESTS/../support/lsan.supp" lsan.supp
mkdir closed open
chmod 777 open
make_race closed/x.race
chmod 555 closed
chmod 444 closed/x.race*
try_closed () {
  status=0
  as_user env HOME="$folder" LSAN_OPTIONS="suppressions='$folder/lsan.supp':print_suppressions=0" \
    ./program "$@" >.out 2>.err </dev/null || status=$?
  err=$(cat .err)
  out=$(cat .out)
}
try_closed create closed/new.race --name Race --date 2017-12-09
fails 1 'a new race in a folder that cannot be written' 'closed/new.race'
try_closed gun closed/x.race --at 09:00:00
fails 1 'a race that cannot be written' 'x.race'
for words in 'status closed/x.race --json' 'runners closed/x.race --search ada' \
    'results closed/x.race' 'facts closed/x.race' 'config closed/x.race laps' \
    'verify closed/x.race' 'backup closed/x.race open/copy.race' \
    'labels closed/x.race --output open/l.pdf' \
    'import closed/x.race .runners.csv --dry-run'; do
  # shellcheck disable=SC2086
  try_closed $words
  ok "it can be read: $words"
done
try_closed backup closed/x.race closed/copy.race
fails 1 'a backup in a folder that cannot be written' 'closed.* cannot be written'
try_closed labels closed/x.race --output closed/l.pdf
fails 1 'labels in a folder that cannot be written' 'closed/l.pdf'
chmod 755 closed
finish
