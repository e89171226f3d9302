#!/usr/bin/env bash
# test-import.sh: registrations and gifts from files.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

sample=$CONC_DATA/sample
new_race () {
  rm -f x.race*
  ctl create x.race --name Race --date 2017-12-09 --timezone America/Chicago >/dev/null
}
new_race
facts=$(ctl facts x.race)
run import x.race nowhere.csv
fails 1 'a file that is not there' 'nowhere.csv'
run import x.race .
fails 1 'a folder' '\. could not'
: >empty.csv
run import x.race empty.csv
fails 1 'an empty file' '.'
head -c 3000 /dev/urandom >noise.csv
run import x.race noise.csv
is 'noise is refused' "$status" 1
printf 'Colour,Taste\nred,sweet\n' >other.csv
run import x.race other.csv
fails 1 'no column that is known' '.'
run import x.race other.csv --kind cars
fails 2 'an unknown kind' '“cars” does not fit --kind'
run import x.race other.csv --map Colour
fails 2 'a map without a field' '“Colour” does not fit --map'
run import x.race "$sample/registrations.csv" --map 'Team=flavour'
is 'a map to an unknown field' "$status" 2
run import x.race "$sample/registrations.csv" --map 'Nothing=team'
like 'a map of a column that is not there' "$status" '^[12]$'
is 'nothing of it was written' "$(ctl facts x.race)" "$facts"

run import x.race "$sample/registrations.csv" --dry-run --json
first=$out
is 'the sample: what would be done' "$(json 'd["kind"]')" runners
is 'every row has an outcome' \
  "$(json '[d[k] for k in ("new", "changed", "unchanged", "doubtful", "refused")]')" '[1200, 0, 0, 4, 0]'
is 'who is registered twice is named with both lines' \
  "$(json '[i["line"] for i in d["items"] if "as in line" in i["sentence"]]')" '[1203, 1204, 1205, 1206]'
is 'items have a line, an outcome and a sentence' \
  "$(json 'all(i["line"] > 1 and i["outcome"] and (i["sentence"] or "x").strip() for i in d["items"])')" true
is 'the columns' "$(json '[d["columns"]["First Name"], d["columns"]["Bib"]]')" '["given_name", "bib"]'
is 'the donations' "$(json 'd["donations_count"] > 0 and d["donations_cents"] > 0')" true
refused=$(json 'd["refused"]')
wanted=0
[ "$refused" -eq 0 ] || wanted=3
is 'the exit status tells of refused rows' "$status" "$wanted"
is 'a dry run writes nothing' "$(ctl facts x.race)" "$facts"

run import x.race "$sample/registrations.csv" --json
is 'the import does what was said' \
  "$(json '{k: v for k, v in d.items() if k != "dry_run"}')" \
  "$(printf '%s' "$first" >"$folder/.out"; json '{k: v for k, v in d.items() if k != "dry_run"}')"
run status x.race --json
is 'so many are registered, and so many of them run elsewhere' \
  "$(json '[d["registered"], d["virtual"], d["expected"]]')" '[1204, 116, 1088]'
run runners x.race --json
is 'who is not to be named has no public name' \
  "$(json 'len([r for r in d if not r["public"] and r["public_name"].startswith("Runner")])')" \
  "$(json 'len([r for r in d if not r["public"]])')"
check 'there are such people' test "$(json 'len([r for r in d if not r["public"]])')" -gt 20
is 'no gift was entered' "$(run status x.race --json; json 'd["raised_cents"]')" 0
facts=$(ctl facts x.race | sha256sum)
run import x.race "$sample/registrations.csv" --json
is 'the same file again' "$(json '[d["new"], d["changed"]]')" '[0, 0]'
is 'writes nothing' "$(ctl facts x.race | sha256sum)" "$facts"
run import x.race "$sample/registrations.csv"
like 'the report for people' "$out" '^Imported: 0 new, 0 changed, [0-9]+ unchanged'
ctl create fresh.race --name Fresh --date 2017-12-09 >/dev/null
run import fresh.race "$sample/registrations.csv" --dry-run
like 'has line numbers' "$out" '^line [0-9]+: '
run verify x.race
ok 'the race verifies'

run import x.race "$sample/gifts.csv" --json
is 'the gifts of the sample' "$(json 'd["kind"]')" gifts
is 'are all new' "$(json '[d[k] for k in ("new", "changed", "unchanged", "refused")]')" '[300, 0, 0, 0]'
run status x.race --json
raised=$(json 'd["raised_cents"]')
check 'money is raised' test "$raised" -gt 100000
run import x.race "$sample/gifts.csv" --json
is 'the same gifts again' "$(json '[d["new"], d["changed"]]')" '[0, 0]'
run status x.race --json
is 'count once' "$(json 'd["raised_cents"]')" "$raised"

# A newer export: what was changed here since stays, what is new there comes.
cat >old.csv <<'END'
Registration ID,First Name,Last Name,Gender,Team,Email
1,Ada,Lind,F,Reds,ada@example.org
2,Ben,Vang,M,Reds,ben@example.org
END
sed -e 's/Ben,Vang,M,Reds/Ben,Vang,M,Blues/' -e '$a3,Cai,Lor,F,Blues,cai@example.org' old.csv >new.csv
new_race
ctl import x.race old.csv >/dev/null
ctl bibs x.race assign --from 21 >/dev/null
ctl check-in x.race 21 >/dev/null
run import x.race new.csv --json
ok 'a newer export'
is 'one new, one changed, one as it was' "$(json '[d["new"], d["changed"], d["unchanged"]]')" '[1, 1, 1]'
run runners x.race --json
is 'bibs and check-ins stay' \
  "$(json 'sorted([r["given_name"], r["bib"], r["team"], r["checked_in"]] for r in d)')" \
  '[["Ada", 21, "Reds", true], ["Ben", 22, "Blues", false], ["Cai", null, "Blues", false]]'
run import x.race old.csv --json
is 'the old export after the new one' "$(json 'd["new"]')" 0

new_race
status=0
ctl import x.race - <old.csv >.out 2>.err || status=$?
is 'a file from standard input' "$status" 0
printf 'Vorname,Nachname\nJürgen,Müller\n' | iconv -t WINDOWS-1252 >german.csv
run import x.race german.csv --kind runners --map Vorname=given_name --map Nachname=family_name
ok 'columns that are mapped, in another encoding'
is 'are read' "$(run runners x.race --search muller --json; json 'd[0]["family_name"]')" 'Müller'
cat >donations.csv <<'END'
Registration ID,First Name,Last Name,Donation
7,Gus,Park,12.50
END
run import x.race donations.csv --kind runners --with-donations --json
is 'donations can be entered as gifts' "$(json '[d["donations_count"], d["donations_cents"]]')" '[1, 1250]'
run status x.race --json
is 'and count' "$(json 'd["raised_cents"]')" 1250
run import x.race donations.csv --kind runners --with-donations
run status x.race --json
is 'once' "$(json 'd["raised_cents"]')" 1250
printf 'Registration ID,First Name,Last Name\n8,,\n9,Hal,Good\n' >holes.csv
run import x.race holes.csv --json
is 'a row without a name is refused' "$status $(json 'd["refused"]')" '3 1'
is 'the other one is imported' "$(json 'd["new"]')" 1
run import x.race holes.csv
like 'the report says it without a name' "$out" '^line 2: refused: [A-Z]'
finish
