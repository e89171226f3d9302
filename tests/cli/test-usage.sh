#!/usr/bin/env bash
# test-usage.sh: help, unknown words, and what is missing.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

verbs='create config import runners walk-up edit remove bibs labels check-in gun record results gift conflicts settle status facts
verify backup pack unpack rehearse'

run
fails 2 'without a verb' 'A verb is missing'
for verb in $verbs; do
  like "the list has $verb" "$out" "^  $verb "
done
for verb in $(printf '%s\n' "$out" | awk '/^  [a-z]/ { print $1 }'); do
  like "the manual has $verb" "$(cat "$CONC_DATA/man/concoursectl.1")" "^\\.Ss $verb\$"
done
run fly x.race
fails 2 'an unknown verb' '“fly” is not a verb'
run help fly
fails 2 'help for an unknown verb' '“fly” is not a verb'
run help
ok 'help'
run --help
ok '--help'
run --version
ok '--version'
like 'the version' "$out" '^concoursectl [0-9.]+$'

for verb in $verbs; do
  run help "$verb"
  ok "help $verb"
  like "help $verb says how to call it" "$out" "^Usage: concoursectl $verb RACE"
  is "$verb --help is the same" "$(ctl "$verb" --help)" "$out"
  run "$verb"
  fails 2 "$verb without a race" 'Something is missing: write “concoursectl'
  run "$verb" x.race --fly
  fails 2 "$verb with an unknown option" 'fly.*“concoursectl help'
done

for verb in config runners gun record results conflicts status facts verify; do
  run "$verb" missing.race
  fails 1 "$verb of a race that is not there" 'missing.race'
done
for words in 'import missing.race .err' 'bibs missing.race assign' 'check-in missing.race 5' \
    'labels missing.race --output x.pdf' 'gift missing.race 5 --method cash' 'backup missing.race b'; do
  # shellcheck disable=SC2086
  run $words
  fails 1 "$words" 'missing.race'
done
check 'nothing was made' test -z "$(ls)"

for verb in runners gun record results status facts verify; do
  run "$verb" x.race more
  fails 2 "$verb with a word too many" '“more” is one word too many'
done
run create x.race --name
fails 2 'an option without its value' 'name'
run create x.race --name "$(printf 'bad \377')" --date 2017-12-09
fails 2 'a value that is not UTF-8' 'not text in UTF-8'
LC_ALL=C run create ascii.race --name 'Löwen 5K' --date 2017-12-09
is 'UTF-8 is taken in the locale C' "$(ctl config ascii.race name)" 'Löwen 5K'
run create -- --odd.race --name x
fails 2 'nothing is an option after --' 'one word too many'

ctl status ascii.race >/dev/full 2>.err
is 'output that cannot be written' "$?" 1
like 'and says so' "$(cat .err)" 'could not be written'
if ldd "$CONCOURSECTL" | grep -Eq 'libgtk|libgdk|libadwaita'; then
  fail 'no display library is linked' "$(ldd "$CONCOURSECTL")"
else
  pass 'no display library is linked'
fi
finish
