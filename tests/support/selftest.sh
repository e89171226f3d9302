#!/usr/bin/env bash
# selftest.sh: prove that totals.py sees every way in which a test can fail.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail

support=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

last_line_is () { # NAME WANTED STATUS FILE...
  local name=$1 wanted=$2 want_status=$3 status=0
  shift 3
  count=$((count + 1))
  "$support/totals.py" "$@" >"$work/said" || status=$?
  if [ "$(tail -n 1 "$work/said")" = "$wanted" ] && [ "$status" -eq "$want_status" ]; then
    echo "ok $count totals/$name"
  else
    echo "not ok $count totals/$name"
    sed 's/^/# /' "$work/said"
  fi
}

test_line () { # NAME RESULT OUTPUT
  printf '{"name": "%s", "stdout": "%s", "result": "%s"}\n' "$1" "$3" "$2"
}

printf '1..3\nok 1 a\nnot ok 2 b\nok 3 c # SKIP no printer\n' >"$work/three.tap"
printf '1..3\nok 1 a\n' >"$work/short.tap"
printf '1..1\nok 1 a\n' >"$work/good.tap"
: >"$work/empty.tap"
test_line lap OK 'ok 1 /a\nok 2 /b\n1..2' >"$work/good.json"
test_line lap ERROR 'ok 1 /a\nok 2 /b\n1..2' >"$work/crash.json"
test_line lap FAIL 'ok 1 /a\nnot ok 2 /b\n1..2' >"$work/fail.json"
test_line lap TIMEOUT '' >"$work/timeout.json"
test_line verbs OK '' >"$work/plain.json"
test_line verbs SKIP '' >"$work/skip.json"

last_line_is "counts the cases of TAP" "1 passed, 1 failed, 1 skipped" 1 "$work/three.tap"
last_line_is "sees a plan that is not kept" "1 passed, 1 failed, 0 skipped" 1 "$work/short.tap"
last_line_is "sees an empty result" "1 passed, 1 failed, 0 skipped" 1 "$work/good.tap" "$work/empty.tap"
last_line_is "sees a missing result" "1 passed, 1 failed, 0 skipped" 1 "$work/good.tap" "$work/none.json"
last_line_is "counts the cases of meson's tests" "2 passed, 0 failed, 0 skipped" 0 "$work/good.json"
last_line_is "sees a crash after the last case" "2 passed, 1 failed, 0 skipped" 1 "$work/crash.json"
last_line_is "counts a failed case once" "1 passed, 1 failed, 0 skipped" 1 "$work/fail.json"
last_line_is "sees a timeout" "0 passed, 1 failed, 0 skipped" 1 "$work/timeout.json"
last_line_is "counts a test without cases" "1 passed, 0 failed, 0 skipped" 0 "$work/plain.json"
last_line_is "counts a skipped test" "1 passed, 0 failed, 1 skipped" 0 "$work/plain.json" "$work/skip.json"
last_line_is "does not take nothing for success" "0 passed, 0 failed, 0 skipped" 1
echo "1..$count"
