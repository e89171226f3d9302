#!/usr/bin/env bash
# test-facts.sh: the log of facts.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
printf 'tap 09:20:00\nbib 11\ngun 09:00:00\ngun 09:00:01\n' | ctl record x.race >answers
run facts x.race --json
ok 'as JSON'
is 'the keys' "$(json_lines 'sorted(set.intersection(*map(set, d)))')" \
  '["body", "fact", "kind", "operator", "replaces", "seq", "station", "subject", "time"]'
is 'the order is that of the log' "$(json_lines '[f["seq"] for f in d] == list(range(1, len(d) + 1))')" true
is 'the name of a fact' "$(json_lines 'all(f["fact"] == f"{f['"'station'"']}-{f['"'seq'"']}" for f in d)')" true
is 'the answers name facts' "$(json_lines '[f["fact"] for f in d][-4:]')" \
  "$(/usr/bin/python3 -c 'import json; print(json.dumps([l.split()[1] for l in open("answers")]))')"
is 'times have the zone of the race' "$(json_lines 'all(f["time"][-6:] in ("-06:00", "-05:00") for f in d)')" true
is 'a body is an object' "$(json_lines 'd[-3]["body"]')" '{"bib": 11}'
is 'a correction names what it replaces' "$(json_lines 'd[-1]["replaces"] == d[-2]["fact"]')" true
is 'a first fact replaces nothing' "$(json_lines 'd[-2]["replaces"]')" null
lines=$(printf '%s\n' "$out" | grep -c .)
run facts x.race
ok 'as text'
is 'one line a fact' "$(printf '%s\n' "$out" | grep -c .)" "$lines"
ctl facts x.race | head -n 1 >/dev/null
pass 'the reader may stop early'
finish
