#!/usr/bin/env bash
# dev-selftest.sh: prove that ./dev says in one sentence what it cannot do, and where to go on.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail

support=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

# A clone of nothing but dev and its list, in a path with a space.
clone="$work/a clone"
mkdir -p "$clone/tests/support" "$clone/tests/npm" "$clone/.ci"
cp "$support/../../dev" "$clone/"
cp "$support/../../.ci/run" "$clone/.ci/"
echo '{}' >"$clone/tests/npm/package.json"
cp "$support/packages.txt" "$clone/tests/support/"

# Functions that are exported stand in for the commands of the system; FAKE says how they behave.
id () { case $* in -u) echo "$FAKE_UID" ;; *) echo vera ;; esac }
dpkg-query () {
  case $FAKE in
    installed) sed -n 's/^[a-z0-9]/installed &/p' tests/support/packages.txt ;;
    provided)
      sed -n '/^npm$/d; s/^[a-z0-9]/installed &/p' tests/support/packages.txt
      echo "installed nodejs nodejs-dev (= 1), npm"
      ;;
  esac
}
npm () { echo "npm ERR! nobody answers"; return 1; }
command () {
  [ "$FAKE $*" != "no-sudo -v sudo" ] || return 1
  builtin command "$@"
}
apt-get () { [ "$FAKE" = nowhere ] || echo "a source"; }
# It is called by dev, out of the sight of shellcheck.
# shellcheck disable=SC2317
sudo () {
  case "$FAKE $*" in
    password*) echo "sudo: a password is required"; return 1 ;;
    terminal\ -n*) return 1 ;;
    *\ true) return 0 ;;
    offline*\ update) printf 'Ign:1 x\nE: Failed to fetch x\nE: Some files failed.\n'; return 100 ;;
    offline*) echo "E: Maybe run apt-get update?"; return 100 ;;
    nowhere*\ update | refused*\ update | stale*\ update) : >"$FAKE_UPDATED" ;;
    nowhere* | refused*) printf 'E: one\nE: Unable to locate package meson\n'; return 100 ;;
    stale*) [ -e "$FAKE_UPDATED" ] || return 100 ;;
  esac
}
export -f id dpkg-query npm command apt-get sudo
export FAKE FAKE_UID=1000 FAKE_UPDATED="$work/updated"

says () { # NAME FAKE STATUS LAST-LINE COMMAND...
  local name=$1 want_status=$3 want=$4 status=0
  FAKE=$2
  shift 4
  count=$((count + 1))
  "$@" </dev/null >"$work/said" 2>&1 || status=$?
  # The pattern is meant to be one.
  # shellcheck disable=SC2053
  if [[ $(tail -n 1 "$work/said") == $want ]] && [ "$status" -eq "$want_status" ]; then
    echo "ok $count dev/$name"
  else
    echo "not ok $count dev/$name"
    sed 's/^/# /' "$work/said"
    echo "# ended with $status"
  fi
}

# COMMAND..., what it says on one line.
all_on_one_line () {
  local status=0
  "$@" >"$work/all" 2>&1 || status=$?
  tr '\n' ' ' <"$work/all"
  return "$status"
}

dev="$clone/dev"
ready="dev: everything that is needed is installed"
cannot="dev: cannot install what is missing: you are not root and"

says "has nothing to do when all is there" installed 0 "$ready" "$dev" deps
says "counts what another package brings" provided 0 "$ready" "$dev" deps
says "has no sudo" no-sudo 1 "$cannot there is no sudo; ask*\"apt-get install*meson*\"." "$dev" deps
says "has a sudo that asks where nobody answers" password 1 \
  "$cannot sudo: a password is required; ask*\"apt-get install*meson*\"." "$dev" deps
says "lets sudo ask on a terminal" terminal 0 "$ready?" script -qec "'$dev' deps" /dev/null
says "has no package source" offline 1 \
  "dev: cannot install these ?? packages: no package source answers (Failed to fetch x)." "$dev" deps
says "has no package source at all" nowhere 1 \
  "dev: cannot install these ?? packages: no package source is named in /etc/apt." "$dev" deps
says "is refused by apt-get" refused 1 \
  "dev: cannot install these ?? packages: apt-get refuses (Unable to locate package meson)." "$dev" deps
rm -f "$FAKE_UPDATED"
says "renews old package lists" stale 0 "$ready" "$dev" deps
says "lists its verbs" installed 0 \
  "*  run \\[RACE\\] *  test \\[TEST...\\] *  build *  lint *  tour *  bench *  clean *" all_on_one_line "$dev"
says "does not know a verb" installed 2 'dev: "race" is not a verb of dev.' "$dev" race
says "works without a home" installed 0 "$ready" env -u HOME "$dev" deps
says "works in a language that is not installed" installed 0 "$ready" env LC_ALL=xx_XX.UTF-8 "$dev" deps
says "cannot have what comes from npm" installed 1 \
  "dev: npm could not install what tests/npm/package.json names; all it said is in*/install.log." \
  "$dev" test
touch "$clone/_build"
says "cannot write its build folder" installed 1 \
  "dev: $clone/_build cannot be written by vera; clone into a folder of your own and run it there." \
  "$dev" build
says "plays a race day where there is no display" installed 1 \
  "dev: there is no display (DISPLAY and WAYLAND_DISPLAY are empty); playing * dev: $clone/_build cannot *" \
  all_on_one_line env -u DISPLAY -u WAYLAND_DISPLAY "$dev" run
# Continuous integration has no way of its own.
cat >"$clone/dev" <<<$'#!/bin/sh\necho "$@"'
says "is what continuous integration calls" installed 0 "test" "$clone/.ci/run"
echo "1..$count"
