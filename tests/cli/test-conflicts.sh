#!/usr/bin/env bash
# test-conflicts.sh: what two laptops decided apart is listed and settled.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

exchange () {
  ctl pack x.race x.pack >/dev/null && ctl pack y.race y.pack >/dev/null \
    && ctl unpack y.race x.pack >/dev/null && ctl unpack x.race y.pack >/dev/null
}

# Everything about conflicts that a race says, for a comparison.
cards () { # RACE
  ctl conflicts "$1" --json
}

make_race x.race
run conflicts x.race
ok 'no conflict'
is 'it says so' "$out" 'Nothing to decide.'
run conflicts x.race --json
is 'as JSON' "$out" '[]'

# A copy takes another name when it is written.
ctl backup x.race y.race >/dev/null
ctl edit x.race 11 city=Edina >/dev/null
ctl edit y.race 11 city=Duluth >/dev/null
ctl edit x.race 12 bib=214 >/dev/null
ctl edit y.race 14 bib=214 >/dev/null
check 'packs are exchanged' exchange
is 'both ask the same' "$(cards x.race)" "$(cards y.race)"
run conflicts x.race --json
is 'two questions' "$(json '[[c["kind"], c["title"]] for c in d]')" \
  '[["bib", "Bib 214 was given to two people"], ["field", "Ada Ødegård: two entries for “Town”"]]'
is 'one choice of each is shown' "$(json '[sum(o["shown"] for o in c["choices"]) for c in d]')" \
  '[1, 1]'
like 'a line says when' "$(json 'd[1]["lines"][0]')" '“Duluth” at .*, [0-9:]+ \(shown now\)'
card=$(json 'd[1]["card"]' | tr -d '"')
edina=$(json '[o["choice"] for o in d[1]["choices"] if "Edina" in o["label"]][0]' | tr -d '"')
bib=$(json 'd[0]["choices"][1]["choice"]' | tr -d '"')
run conflicts x.race
like 'as text' "$out" '^Bib 214 was given to two people  \[bib:214\]$'
run status x.race --json
is 'the status counts them' "$(json 'd["conflicts"]')" 2

run settle x.race "$card"
fails 2 'settle without a choice' 'Something is missing'
run settle x.race "$card" else
fails 1 'a choice that there is not' '“else” is not one of the choices'
run settle x.race nothing else
fails 1 'a card that there is not' '“nothing” is not the name of a conflict'
run settle x.race bib:99 else
fails 1 'a card that is not open' 'was settled already'
run settle x.race "$card" "$edina"
ok 'a conflict is settled'
is 'it says so' "$out" 'Settled.'
run settle x.race "$card" "$edina"
fails 1 'and not twice' 'was settled already'
run settle y.race bib:214 "$bib"
ok 'the other one at the other laptop'
check 'packs are exchanged again' exchange
is 'nothing is left to decide' "$(ctl conflicts x.race; ctl conflicts y.race)" \
  "$(printf 'Nothing to decide.\nNothing to decide.')"
run runners y.race --search 11 --json
is 'what was decided counts' "$(json 'd[0]["city"]')" 'Edina'
run verify x.race --json
digest=$(json 'd["digest"]')
run verify y.race --json
is 'both have the same race' "$(json 'd["digest"]')" "$digest"
finish
