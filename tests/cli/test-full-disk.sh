#!/usr/bin/env bash
# test-full-disk.sh: what was acknowledged stays, what was not is said, and it goes on with room.
# SPDX-License-Identifier: GPL-3.0-or-later

# Whoever is not root mounts the small disk in a namespace of their own.
if [ "$(id -u)" -ne 0 ]; then
  exec unshare --user --map-root-user --mount "$BASH" "$0"
fi
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

mkdir small
if ! mount -t tmpfs -o size=8m tmpfs small; then
  fail 'a small disk can be mounted' 'this test needs the right to mount'
  finish
  exit 1
fi
trap 'umount "$folder/small"; rm -rf "$folder"' EXIT
head -c 7M /dev/zero >small/filler
make_race small/x.race
yes 'cross 11 09:20:00' | head -n 6000 | ctl record small/x.race >answers 2>.err
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
rm small/filler
echo 'tap 10:00:00' | ctl record small/x.race >answers
like 'with room again it goes on' "$(cat answers)" '^ok '
run verify small/x.race
ok 'the race verifies'
finish
