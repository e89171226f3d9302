#!/usr/bin/env bash
# test-gift.sh: gifts and pledges.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

ctl create x.race --name Race --date 2017-12-09 --timezone America/Chicago --goal 1000 >/dev/null
run gift x.race 25
fails 2 'no method' 'method'
run gift x.race 25 --method gold
fails 2 'an unknown method' '“gold”'
run gift x.race lots --method cash
fails 2 'an amount in words' '“lots” is not an amount'
run gift x.race 1,000 --method cash
fails 2 'an amount that can be read in two ways' 'two ways'
run gift x.race -5 --method cash
fails 2 'a negative amount' '“-5” is below zero'
run gift x.race --method cash -- -5
fails 2 'a negative amount after --' 'negative'
run gift x.race 0 --method cash
fails 2 'nothing' 'nothing'
run gift x.race 25.005 --method cash
fails 2 'three digits can be read in two ways' 'two ways'
run gift x.race 25.1234 --method cash
fails 2 'half a cent' 'two digits'
run gift x.race 99999999999 --method cash
fails 2 'more than there is' '100,000,000'
run gift x.race 25 --method cash --beneficiary Nobody
fails 1 'an unknown beneficiary' 'Breaking Free, Source, The Link'
run status x.race --json
is 'nothing was entered' "$(json '[d["raised_cents"], d["pledged_cents"], d["gifts"]]')" '[0, 0, 0]'

run gift x.race 25 --method cash --from 'Mia Vang' --beneficiary 'the link'
ok 'a gift'
like 'it says how much' "$out" '[$]25[.]00'
run gift x.race "\$1250.50" --method check --anonymous --from 'A Friend'
ok 'an anonymous gift'
run gift x.race 100 --method pledge
ok 'a pledge'
run gift x.race 50 --method match
ok 'a match'
run status x.race --json
is 'the totals' \
  "$(json '[d["raised_cents"], d["matched_cents"], d["pledged_cents"], d["goal_cents"], d["gifts"]]')" \
  '[132550, 5000, 10000, 100000, 4]'
run facts x.race --json
is 'the beneficiary is spelled as in the settings' \
  "$(json_lines '[f["body"].get("beneficiary") for f in d if f["kind"] == "gift"][0]')" 'The Link'
is 'the anonymous giver is in a private fact only' \
  "$(json_lines '[f["kind"] for f in d if "A Friend" in str(f["body"])]')" '["gift.private"]'
run verify x.race
ok 'the race verifies'
finish
