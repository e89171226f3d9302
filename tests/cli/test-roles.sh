#!/usr/bin/env bash
# test-roles.sh: who reads and writes what, and that docs/roles.md says the same.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

run roles
ok 'the table'
like 'it has a head' "$out" '^\| kind \| organizer \| check-in \| timing \| display \|$'
is 'the table in docs/roles.md is this one' "$(grep '^|' "$CONC_TESTS/../../docs/roles.md")" "$out"
run roles --json
ok 'JSON'
is 'a display does not get private facts' \
  "$(json_lines '[k["kind"] for k in d if k["private"] and "display" in k["readers"]]')" '[]'
is 'a display writes only who it is and its clock' \
  "$(json_lines '[k["kind"] for k in d if "display" in k["writers"]]')" '["clock", "station"]'
is 'organizers read and write everything' \
  "$(json_lines 'all("organizer" in k["readers"] and "organizer" in k["writers"] for k in d)')" true
is 'timing does not get private facts' \
  "$(json_lines '[k["kind"] for k in d if k["private"] and "timing" in k["readers"]]')" '[]'
run roles x.race
fails 2 'a word too many' '“x.race” is one word too many'
finish
