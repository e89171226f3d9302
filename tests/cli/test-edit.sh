#!/usr/bin/env bash
# test-edit.sh: fields of a runner are corrected.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
run edit x.race 11
fails 2 'without a field' 'Something is missing'
run edit x.race 99 city=Edina
fails 1 'a bib that nobody has' 'Nobody has bib 99'
run edit x.race nobody city=Edina
fails 1 'an id that nobody has' 'no runner “nobody”'
run edit x.race 11 shoe=9
fails 2 'an unknown field' '“shoe” is not a field'
run edit x.race 11 birth_date=soon
fails 1 'a value that cannot be read' '“soon” cannot be read as birth_date'
run edit x.race 11 bib=12
fails 1 'the bib of another' 'Bib 12 belongs to Ben Vang'
run edit x.race 13 given_name= family_name=
fails 1 'no name' 'A runner needs a name'

run edit x.race 11 city=' Edina ' birth_date=05/02/1991
ok 'two fields'
is 'it says who' "$out" 'Ada Ødegård is changed.'
run runners x.race --search 11 --json
is 'they are changed' "$(json '[d[0][k] for k in ["city", "birth_date", "age", "team"]]')" \
  '["Edina", "1991-05-02", 26, "Team Freedom"]'
id=$(json 'd[0]["id"]' | tr -d '"')
facts=$(ctl facts x.race | wc -l)
run edit x.race "$id" city=Edina
ok 'by the id, to what it is'
is 'it says so' "$out" 'Ada Ødegård is like that already.'
is 'and writes nothing' "$(ctl facts x.race | wc -l)" "$facts"
run edit x.race "$id" team=
ok 'a field is cleared'
run runners x.race --search 11 --json
is 'it is empty' "$(json 'd[0]["team"]')" 'null'
run verify x.race
ok 'the file is sound'
finish
