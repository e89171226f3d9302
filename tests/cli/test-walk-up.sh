#!/usr/bin/env bash
# test-walk-up.sh: somebody registers at the desk.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
facts=$(ctl facts x.race | wc -l)
run walk-up x.race
fails 2 'without a field' 'Something is missing'
run walk-up x.race Jo
fails 2 'what is no field' '“Jo” is not of the form FIELD=VALUE'
run walk-up x.race shoe=9
fails 2 'an unknown field' '“shoe” is not a field'
run walk-up x.race given_name=Jo checked_in_at=now
fails 2 'a field that only a station says' '“checked_in_at” is not a field'
run walk-up x.race given_name=Jo given_name=Al
fails 2 'a field twice' '“given_name” is given twice'
run walk-up x.race city=Edina
fails 1 'without a name' 'A runner needs a name'
run walk-up x.race given_name=Jo birth_date=soon
fails 1 'a value that cannot be read' '“soon” cannot be read as birth_date'
run walk-up x.race given_name=Jo public=perhaps
fails 1 'an answer that is none' '“perhaps” is neither yes nor no'
run walk-up x.race given_name=Jo --bib 11
fails 1 'a bib that somebody has' 'Bib 11 belongs to Ada Ødegård'
run walk-up x.race given_name=Jo --bib 0
fails 2 'no bib' 'bib'
run walk-up missing.race given_name=Jo
fails 1 'no race' 'missing.race'
is 'nothing was written' "$(ctl facts x.race | wc -l)" "$facts"

run walk-up x.race given_name=Jo family_name=Lee birth_date=05/01/1990 sex=female city=Edina \
  public=yes --bib 300 --check-in --json
ok 'somebody with a bib, checked in'
is 'as JSON' "$(json '[d["bib"], d["name"], d["checked_in"]]')" '[300, "Jo Lee", true]'
run runners x.race --search 'jo lee' --json
is 'read as an import reads' \
  "$(json '[d[0][k] for k in ["birth_date", "age", "sex", "city", "public", "checked_in"]]')" \
  '["1990-05-01", 27, "F", "Edina", true, true]'
run walk-up x.race family_name=Vang
ok 'a name is enough'
like 'it says so' "$out" '^Vang is registered\.$'
run walk-up x.race given_name=Ben family_name=Vang
ok 'somebody of a name that is known'
run conflicts x.race --json
is 'is asked about' "$(json '[[c["kind"], c["title"]] for c in d]')" \
  '[["walk-up", "Ben Vang may be registered twice"]]'
run verify x.race
ok 'the file is sound'
finish
