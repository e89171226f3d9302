#!/usr/bin/env bash
# test-ladder.sh: taps and bibs of the chute, what is suspected, and repairs.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

make_race x.race
run ladder x.race
ok 'an empty race'
is 'nothing is suspected' "$out" 'Nothing is suspected.'
run ladder x.race --json
is 'and nothing as JSON' "$out" '[]'

bibs () { # NAME WANTED: bib and gun time, by place
  is "$1" "$(ctl results x.race --format csv | awk -F, 'NR > 1 { printf "%s=%s ", $2, $9 }')" "$2"
}

# A lone entry is paired with its tap whichever came first.
feed 'gun 09:00:00\nchute 11 09:20:30\ntap 09:20:00\ntap 09:20:05\ntap 09:20:09\nchute 12 09:20:35\nchute ? 09:20:40\n' record x.race
ok 'taps and bibs'
first=$(sed -n 's/^ok //p' "$folder/.out" | sed -n 2p)
second=$(sed -n 's/^ok //p' "$folder/.out" | sed -n 6p)
third=$(sed -n 's/^ok //p' "$folder/.out" | sed -n 7p)
tap=$(sed -n 's/^ok //p' "$folder/.out" | sed -n 5p)
bibs 'bibs have taps in their order' '11=20:00 12=20:05 '
run status x.race --json
is 'one tap has no bib' "$(json '[d["unmatched_taps"], d["unmatched_bibs"]]')" '[1, 0]'
run ladder x.race --rows
is 'rows' "$(printf '%s\n' "$out" | tr -s ' ')" \
  "$(printf '%s\n' '1 09:20:00.00 11 Ada Ødegård' '2 09:20:05.00 12 Ben Vang' '3 09:20:09.00 ?')"
run ladder x.race --rows --json
is 'rows as JSON' "$(json '[[r["place"], r["bib"], r["chute_place"], r["name"]] for r in d]')" \
  '[[1, 11, 1, "Ada Ødegård"], [2, 12, 2, "Ben Vang"], [3, 0, 3, null]]'

run repair x.race swap "$first" "$second" --dry-run
ok 'only shown'
like 'whose times change' "$out" '11 +09:20:00.00 +09:20:05.00 +Ada'
bibs 'nothing was done' '11=20:00 12=20:05 '
run repair x.race swap "$first" "$second" --json
ok 'swapped'
is 'what changes' "$(json '[[c["bib"], c["before"][11:19], c["after"][11:19]] for c in d["changes"]]')" \
  '[[12, "09:20:05", "09:20:00"], [11, "09:20:00", "09:20:05"]]'
fact=$(json 'd["fact"]')
bibs 'the bibs changed places' '12=20:00 11=20:05 '
run story x.race "$fact"
like 'the story tells it' "$out" 'The ladder was repaired: Swap '
run repair x.race --undo "$fact"
ok 'taken back'
bibs 'all of it' '11=20:00 12=20:05 '
run repair x.race --undo "$fact"
fails 1 'not twice' 'taken back already'

run repair x.race insert-tap 09:20:02
ok 'a tap'
run repair x.race insert-bib 13 --before "$second"
ok 'a bib'
bibs 'both are there' '11=20:00 13=20:02 12=20:05 '
run repair x.race shift "$second" later
ok 'shifted'
bibs 'by one' '11=20:00 13=20:02 12=20:09 '
run repair x.race link "$third" "$tap"
ok 'linked'
run repair x.race unlink "$third"
ok 'and unlinked'
run repair x.race reverse "$first" "$second"
ok 'reversed'
bibs 'the other way round' '12=20:00 13=20:05 11=20:09 '
run repair x.race correct "$second" 14
ok 'corrected'
bibs 'one bib is another' '12=20:00 13=20:05 14=20:09 '
run repair x.race correct "$second" 14
is 'once more changes nothing' "$out" 'That is what it was.'
run repair x.race correct "$second" fourteen
fails 2 'and not to this' 'not a bib'
run repair x.race remove "$third"
ok 'removed'
run verify x.race
ok 'the file is sound'

run repair x.race
fails 2 'no repair' 'Say what to repair'
run repair x.race remove "$third"
fails 2 'what is gone' 'no tap and no bib'
run repair x.race swap "$first"
fails 2 'a word is missing' 'other words'
run repair x.race swap "$first" "$tap"
fails 2 'a tap is no bib' 'no bib of the chute named'
run repair x.race shift "$first" away
fails 2 'a way that is none' 'later or earlier'
run repair x.race insert-bib zero
fails 2 'a bib that is none' 'not a bib'
run repair x.race insert-tap 25:00
fails 2 'a time that is none' '25:00'
run repair x.race 00000000
fails 2 'a suspicion that is none' 'neither a repair nor'
run repair x.race unlink "$first"
fails 1 'what is not linked' 'repair nothing'

feed 'tap\n' record x.race --stream mat
is 'a stream that nobody set up' "$out" 'error There is no stream “mat”. Set it up first.'

# A tap is missed between two that were entered whole.
make_race y.race
{
  echo 'gun 09:00:00'
  for i in $(seq 1 40); do
    at=$(printf '09:%02d:%02d' $((20 + i * 3 / 60)) $((i * 3 % 60)))
    case $i in
      10 | 30) echo "cross $i $at" ;;
      20) ;;
      *) echo "tap $at" ;;
    esac
  done
  for i in $(seq 1 40); do
    printf 'chute %d 09:%02d:%02d\n' "$i" $((20 + (i * 3 + 40) / 60)) $(((i * 3 + 40) % 60))
  done
} >lines
ctl record y.race <lines >answers
is 'all are recorded' "$(grep -c '^ok' answers)" 80
run ladder y.race --json
ok 'the ladder'
is 'one tap is missing' "$(json '[[s["kind"], abs(s["place"] - 20) <= 2, s["repair"]["kind"]] for s in d]')" \
  '[["missed-tap", true, "insert-tap"]]'
id=$(json 'd[0]["id"]')
run ladder y.race
like 'in words' "$out" "A tap .*missing.* \\[$id\\]"
run repair y.race "$id"
ok 'repaired as proposed'
run ladder y.race
is 'nothing is left' "$out" 'Nothing is suspected.'
run repair y.race "$id"
fails 2 'it is not suspected any more' 'neither a repair nor'
finish
