#!/usr/bin/env bash
# test-log.sh: the paper log and the protest sheet.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

page () { pdftotext -layout "$1" - | tr '\f' '\n'; }
pages () { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }

cat >runners.csv <<'END'
Bib,First Name,Last Name,Sex,Age,Wave,Show Name in Public Results
11,Ada,Ash,F,34,A,Yes
12,Bo,Birch-Abdirahman de la Cruz y Ibáñez with a name longer than any column of a sheet,M,41,A,Yes
13,Cy,Cedar,M,12,B,No
14,محمد,عبد الرحمن,M,52,B,Yes
END
run create r.race --name 'Paper 5K' --date 2026-12-12 --timezone America/Chicago --distance 5000
run import r.race runners.csv
run log r.race --output empty.pdf
ok 'a log before the race'
like 'says that there is nothing' "$(page empty.pdf)" 'Nothing was recorded yet\.'
run log r.race
fails 2 'a log without a file' 'give --output'

ctl gun r.race --wave A --at 10:00:00 >/dev/null
ctl gun r.race --wave B --at 10:05:00.25 >/dev/null
feed 'tap 10:24:31.20\ntap 10:24:33\nchute 12 10:24:50\nchute 11 10:24:52\nchute 17 10:24:55\ntap 10:26:00\ntap 10:27:00\ncross 13 10:28:00.01\ncross 14 10:29:00\n' record r.race
ctl ruling r.race 11 penalty 0:30 --reason 'went before the gun' >/dev/null
run log r.race --output log.pdf
ok 'the log'
text=$(page log.pdf)
like 'says of when it is' "$text" 'As of [0-9:]{8}, 12 entries'
like 'and which page of how many' "$text" 'Page 1 of 1'
like 'the guns by the time of day' "$text" '^ *10:05:00\.25 +Wave B: gun +[0-9a-z]{10}-[0-9]+'
like 'how to go on by hand' "$text" 'gun time = time of day at the line − gun of the runner.s wave'
like 'a time with its bib, name and entry' "$text" \
  '^ *10:24:33\.00 +11 +At the line +Ada Ash +[0-9a-z]{10}-[0-9]+'
like 'a time without a bib says so in words' "$text" '^ *10:27:00\.00 +At the line, no bib yet'
like 'a bib that nobody holds' "$text" '^ *10:26:00\.00 +17 +At the line'
like 'a ruling' "$text" ' 11 +Penalty of 0:30 +Ada Ash'

run story r.race 11 --output sheet.pdf
ok 'a protest sheet'
text=$(page sheet.pdf)
is 'is one page' "$(pages sheet.pdf)" 1
like 'who' "$text" 'Name +Ada Ash'
like 'the published result' "$text" 'Published +Place 4 · gun 25:03'
like 'how it came about' "$text" '24:33\.00 \+ 0:30\.00 = 25:03\.00'
like 'who was around' "$text" '^ *10:24:31\.20 +12 +Bo Birch'
like 'those without a bib too' "$text" '^ *10:27:00\.00 +no bib'
like 'the ruling with its reason' "$text" 'The reason: .went before the gun'
like 'lines for the decision' "$text" '^ *Decision'
unlike 'who is not to be named is not on it' "$text" 'Cedar'
run story r.race 13 --output private.pdf
like 'also on their own sheet' "$(page private.pdf)" 'Name +Runner 13'
run story r.race 14 --output rtl.pdf
ok 'a name from right to left'
run story r.race 17 --output unknown.pdf
ok 'a bib that nobody holds'
like 'has a sheet' "$(page unknown.pdf)" 'Name +Nobody is registered'
run story r.race 99 --output none.pdf
fails 1 'nobody has the bib, and it was not seen' 'Nobody has bib 99'
is 'and no file' "$(list_others r.race runners.csv empty.pdf log.pdf sheet.pdf private.pdf rtl.pdf unknown.pdf)" ''
finish
