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
is 'somebody of a name that is known is registered' "$status" 0
like 'and it is said who that may be' "$err" \
  '^concoursectl: Perhaps registered already: Ben Vang, bib 12, born 1985-01-31\.$'
run conflicts x.race --json
is 'is asked about' "$(json '[[c["kind"], c["title"]] for c in d]')" \
  '[["walk-up", "Ben Vang may be registered twice"]]'
run walk-up x.race given_name=Vang family_name=Ben --anyway
ok 'who is sure is not told'
run walk-up x.race given_name=ADA family_name=Lund email=ada@example.org
like 'the same address and given name' "$err" 'Perhaps registered already: Ada Ødegård, bib 11'
run walk-up x.race given_name=Ben family_name=Vang birth_date=1999-09-09
unlike 'another birth date tells two people apart' "$err" 'bib 12'

run config x.race fee=35
run walk-up x.race given_name=Una --fee 35 --method card --json
ok 'a fee is paid'
is 'as JSON' "$(json '[d["name"], d["paid_cents"]]')" '["Una", 3500]'
run walk-up x.race given_name=Vic --fee 0
ok 'somebody who pays nothing'
run walk-up x.race given_name=Wim --fee much
fails 2 'a fee that is no money' 'much'
run walk-up x.race given_name=Wim --fee 35 --method pledge
fails 2 'a fee is not promised' '“pledge” does not fit --method: write cash, check, card or online'
run walk-up x.race given_name=Wim --method cash
fails 2 'a method of nothing' 'give --fee too'
run facts x.race --json
is 'one payment' "$(json_lines '[[f["body"]["amount_cents"], f["body"]["method"]]
  for f in d if f["kind"] == "fee"]')" '[[3500, "card"]]'
run runners x.race --json
is 'each owes the fee' "$(json '[r["balance_cents"] for r in d if r["given_name"] in ("Una", "Vic")]')" \
  '[3500, 3500]'
run status x.race --json
is 'a fee is no gift' "$(json 'd["raised_cents"]')" 0
run verify x.race
ok 'the file is sound'
finish
