#!/usr/bin/env bash
# test-results.sh: results in every form.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

header='place,bib,name,sex,age,division,sex_place,division_place,gun_time,net_time,status,penalty'
make_race x.race
run results x.race --board best
fails 2 'an unknown board' '“best” does not fit --board'
run results x.race --format xls
fails 2 'an unknown format' '“xls” does not fit --format'
run results x.race --format pdf
fails 2 'a PDF for the terminal' 'output'
run results x.race --output nowhere/r.csv
fails 1 'a folder that is not there' 'nowhere/r.csv could not be written'
for format in text csv json html; do
  run results x.race --format "$format"
  ok "$format before anyone has finished"
done
run results x.race --format csv
is 'the columns' "$out" "$header"

printf '%s\n' 'gun 09:00:00' 'start 12 09:00:30' 'cross 12 09:20:00' 'cross 11 09:19:59.2' \
  'cross 13 09:25:00.001' 'cross 99 09:26:00' | ctl record x.race >/dev/null
run results x.race --format csv
ok 'CSV'
is 'the rows' "$out" "$header
1,11,Ada Ødegård,F,27,F20-29,1,1,20:00,,FIN,
2,12,Ben Vang,M,32,M30-39,1,1,20:00,19:30,FIN,
3,13,Runner 13,M,7,M0-19,2,1,25:01,,FIN,
4,99,Runner 99,,,,,,26:00,,FIN,"
unlike 'somebody who is not to be named is not' "$out" 'Peterson|Cai'
ctl config x.race rank_by=net >/dev/null
run results x.race --format json
ok 'JSON'
is 'ranked by net time' "$(json '[[r["place"], r["bib"], r["net_time"]] for r in d][:2]')" \
  '[[1, 12, "19:30"], [2, 11, null]]'
is 'durations are whole and decimal seconds' "$(json '[[r[k] for k in ("gun_seconds",
  "gun_seconds_exact", "net_seconds", "net_seconds_exact")] for r in d][:2]')" \
  '[[1200, 1200, 1170, 1170], [1200, 1199.2, null, null]]'
is 'times have the zone of the race' "$(json 'd[1]["finished_at"]')" 2017-12-09T09:19:59.2-06:00
run results x.race
ok 'text'
like 'a line' "$out" '^ +1 +12 +Ben Vang'
run results x.race --board division
like 'divisions' "$out" 'F20-29'
for format in csv json html pdf; do
  for board in overall division all; do
    run results x.race --board "$board" --output "r.$format"
    ok "a file of $board as $format"
    check "it has something in it" test -s "r.$format"
  done
done
like 'the ending tells the form' "$(head -c 5 r.pdf)" '%PDF-'
like 'HTML is a page' "$(head -n 1 r.html)" '^<!DOCTYPE html>'
is 'nothing else is left' "$(list_others x.race r.csv r.json r.html r.pdf)" ''
like 'the PDF has the names' "$(pdftotext -layout r.pdf -)" 'Ada Ødegård'
finish
