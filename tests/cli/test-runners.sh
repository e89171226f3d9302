#!/usr/bin/env bash
# test-runners.sh: the list of runners.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

ctl create empty.race --name Race --date 2017-12-09 >/dev/null
run runners empty.race
ok 'nobody'
is 'is nothing' "$out" ''
run runners empty.race --json
is 'or an empty array' "$out" '[]'

make_race x.race
run runners x.race --json
ok 'runners as JSON'
is 'one a line' "$(printf '%s\n' "$out" | grep -c '^{.*},\{0,1\}$')" 6
is 'the stable keys' "$(json 'sorted({"id", "bib", "given_name", "family_name", "sex", "age",
  "birth_date", "event", "wave", "team", "checked_in", "public_name"} - set(d[0]))')" '[]'
is 'a runner' "$(json '[[r[k] for k in ("bib", "given_name", "family_name", "sex", "age",
  "birth_date", "event", "wave", "team", "checked_in", "public_name", "donation_cents", "public")]
  for r in d if r["bib"] == 11][0]')" \
  '[11, "Ada", "Ødegård", "F", 27, "1990-05-01", "5K Run", "A", "Team Freedom", false, "Ada Ødegård", 2500, true]'
is 'somebody who is not to be named' \
  "$(json '[r["public_name"] for r in d if r["given_name"] == "Cai"]')" '["Runner 13"]'
is 'what is not known is null' \
  "$(json '[[r["sex"], r["age"], r["birth_date"], r["team"]] for r in d if r["given_name"] == "Eve"]')" \
  '[[null, null, null, null]]'
is 'the age is that on race day' "$(json '[r["age"] for r in d if r["given_name"] == "Dee"]')" '[56]'
is 'a virtual runner has no bib' "$(json '[r["bib"] for r in d if r["given_name"] == "Fay"]')" '[null]'
unlike 'no token is shown' "$out" 'token'

run runners x.race --search odegard --json
is 'search folds letters' "$(json '[r["given_name"] for r in d]')" '["Ada"]'
run runners x.race --search 14 --json
is 'search finds a bib' "$(json '[r["given_name"] for r in d]')" '["Dee"]'
run runners x.race --search 'va be' --json
is 'search finds parts in any order' "$(json '[r["given_name"] for r in d]')" '["Ben"]'
run runners x.race --search 'odegrad daa' --json
is 'search finds a word with an error' "$(json '[r["given_name"] for r in d]')" '[]'
run runners x.race --search 'ada odegrad' --json
is 'search finds a name with an error' "$(json '[[r["given_name"], r["tell_apart"]] for r in d]')" \
  '[["Ada", null]]'
for odd in '"' "'" '%' '*' 'a" OR "b' '-' 'NEAR(' "\\" 'zzz'; do
  run runners x.race --search "$odd" --json
  ok "search for $odd"
done
run runners x.race
ok 'runners as text'
like 'a line' "$out" '^11 +Ada Ødegård +F +27 +5K Run +Team Freedom'
run runners x.race --search '' --json
is 'an empty search finds everybody' "$(json 'len(d)')" 6
cat >twins.csv <<'END'
First Name,Last Name,Date of Birth,City
Ann,Olson,1985-01-01,Edina
Ann,Olson,1990-01-01,Edina
END
ctl import x.race twins.csv >/dev/null
run runners x.race --search 'ann olson' --json
is 'what tells people of one name apart' "$(json '[r["tell_apart"] for r in d]')" \
  '["born 1985", "born 1990"]'
run runners x.race --json
is 'is told of a search only' "$(json 'any("tell_apart" in r for r in d)')" 'false'
finish
