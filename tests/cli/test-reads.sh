#!/usr/bin/env bash
# test-reads.sh: chip readers, live and from files; streams, and whose the chips are.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/cli/tap.sh
. "$CONC_TESTS/tap.sh"

chip=$CONC_TESTS/../data/chip

make_race x.race
run reads x.race
ok 'no reads yet'
run streams x.race
ok 'no stream yet'
like 'in words' "$out" 'no stream yet'
run reads x.race missing.txt
fails 1 'a file that is not there' 'missing.txt'
echo 'Dear all' >letter.txt
run reads x.race letter.txt
fails 1 'a file that is no reads' 'format of letter.txt is not known.*ipico'
run reads x.race letter.txt --format abc
fails 2 'a format that is none' '“abc” is not a format'
run reads x.race --follow
fails 2 'a source is missing' 'source'
run reads x.race --stream abc
fails 1 'a stream that is none' '“abc”'

run reads x.race "$chip/ipico-reads.txt" --stream mat --json
ok '2,000 lines of a real reader'
is 'all are recorded' "$(json 'd["new"], d["known"], len(d["reads"])')" '[2000, 0, 2000]'
is 'each with its time' "$(json 'd["reads"][0]["time"]')" 2026-03-07T13:48:50.5-06:00
is 'and its tag' "$(json 'd["reads"][0]["tag"]')" 058000123b32
is 'nobody has the chips yet' "$(json 'sorted({r["outcome"] for r in d["reads"]})')" '["unknown-chip"]'
run reads x.race "$chip/ipico-reads.txt" --stream mat --json
is 'read twice it adds nothing' "$(json 'd["new"], d["known"]')" '[0, 2000]'

printf 'BIB,CHIP\n11,058000123B32\nx,y\n' >chips.csv
run import x.race chips.csv --kind chips
is 'a line of the chips cannot be read' "$status" 3
like 'it says which' "$out" 'Line 3: “x” is not a bib'
run import x.race "$chip/bibchip/multiple.txt" --kind chips --json
ok 'a file of chips'
is 'all are new' "$(json 'd["new"], d["known"]')" '[10, 0]'
run import x.race "$chip/bibchip/multiple.txt" --kind chips --json
is 'again they are as before' "$(json 'd["new"], d["known"]')" '[0, 10]'
run import x.race "$chip/ppl/single.ppl" --kind chips
fails 1 'a list of people' 'list of people'
ctl create p.race --name People --date 2017-12-09 >/dev/null
run import p.race "$chip/ppl/large.ppl" --json
ok 'the people of such a program'
is 'are runners' "$(json 'd["kind"], d["new"]')" '["runners", 100]'
run reads x.race --stream mat --json
is 'one crossing of the chip counts' \
  "$(json '[r["bib"] for r in d["reads"] if r["counts"]]')" '[11]'
is 'the others are the same crossing' \
  "$(json 'len([r for r in d["reads"] if r["bib"] == 11 and r["outcome"] == "repeat"])')" 487

run streams x.race mat filter=last gap=5 offset=-0.25
ok 'a stream is set'
run streams x.race mat filter=x
fails 1 'a filter that is none' '“x”'
run streams x.race mat gap
fails 2 'a key without a value' '“gap”'
run streams x.race --json
is 'what was set' "$(json '[d["streams"][0][k] for k in ("filter", "gap_usec", "offset_usec")]')" \
  '["last", 5000000, -250000]'
run streams x.race mat use=second
run reads x.race --stream mat --json
is 'a second timer does not count' "$(json 'sorted({r["outcome"] for r in d["reads"] if r["counts"]})')" \
  '["watch"]'
run verify x.race
ok 'the projections are as the facts say'

# A stopwatch counts from the gun.
printf 'Lap No,Split,Total\n1,20:00.50,20:00.50\n2,0:01.5,20:02\nx3,,\n' >watch.csv
make_race y.race
run reads y.race watch.csv --json
is 'it waits for the gun' "$(json '[r["outcome"] for r in d["reads"]]')" \
  '["no-time", "no-time", "damaged"]'
is 'why a line is damaged' "$(json 'd["reads"][2]["reason"]')" '“x3” is not the number of a lap.'
run gun y.race --at 09:00:00
run reads y.race --json
is 'and has it now' "$(json 'd["reads"][0]["time"]')" 2017-12-09T09:20:00.5-06:00

# A reader on the network, which goes away, comes back and sends the last line again.
cat >server.py <<'PY'
import socket, sys
lines = [l for l in open(sys.argv[1], "rb")]
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
for part in (lines[:3], lines[2:6]):
    client, _ = server.accept()
    for line in part:
        client.sendall(line)
    if part[0] != lines[0]:
        client.recv(1)  # until the other side ends
    client.close()
PY
make_race z.race
head -6 "$chip/ipico-reads.txt" >six.txt
coproc SERVER { python3 server.py six.txt; }
server=$SERVER_PID
read -r port <&"${SERVER[0]}"
"$CONCOURSECTL" reads z.race "tcp:127.0.0.1:$port" --stream net --json >live.txt 2>live.err &
live=$!
n=0
until [ "$(grep -c '"raw"' live.txt)" -ge 6 ] || [ $((n += 1)) -gt 200 ]; do sleep 0.05; done
kill -INT "$live"
wait "$live"
is 'it ends when it is asked to' "$?" 0
wait "$server" 2>/dev/null
is 'every line was recorded once' "$(grep -c '"raw"' live.txt)" 6
like 'it says that it lost the reader' "$(cat live.txt)" '"state":"waiting"'
run reads z.race six.txt --stream net --json
is 'the file of the reader adds nothing' "$(json 'd["new"], d["known"]')" '[0, 6]'
run verify z.race
ok 'the race is whole'

# A file that grows.
make_race w.race
head -c 100 "$chip/ipico-reads.txt" >grows.txt
"$CONCOURSECTL" reads w.race grows.txt --follow --json >live.txt 2>live.err &
live=$!
n=0
until [ "$(grep -c '"raw"' live.txt)" -ge 2 ] || [ $((n += 1)) -gt 200 ]; do sleep 0.05; done
head -6 "$chip/ipico-reads.txt" | tail -c +101 >>grows.txt
n=0
until [ "$(grep -c '"raw"' live.txt)" -ge 6 ] || [ $((n += 1)) -gt 200 ]; do sleep 0.05; done
kill -INT "$live"
wait "$live"
is 'a line that came in two parts is one' "$(grep -c '"outcome":"unknown-chip"' live.txt)" 6
finish
