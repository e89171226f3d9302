# tap.sh: the Test Anything Protocol for tests of the command line; sourced by them.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# run WORD...           calls concoursectl; sets $status, $out and $err
# ok NAME               the last run ended with 0 and said nothing on standard error
# fails N NAME REGEX    the last run ended with N and said one sentence that REGEX finds
# is NAME GOT WANTED    two texts are equal
# like NAME TEXT REGEX  the text has a match
# json EXPRESSION       evaluates Python on the JSON of $out, which is d; prints the result
# finish                prints the plan

set -u
export PATH="/usr/sbin:/usr/bin:/sbin:/bin:$PATH"
# A crash is no exit status that a test expects.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}exitcode=99"

count=0
failed=0
status=0
out=
err=
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

ctl () {
  "$CONCOURSECTL" "$@"
}

run () {
  status=0
  ctl "$@" >"$folder/.out" 2>"$folder/.err" </dev/null || status=$?
  out=$(tr -d '\0' <"$folder/.out")
  err=$(tr -d '\0' <"$folder/.err")
}

# Like run, with the first argument as standard input.
feed () {
  local input=$1
  shift
  status=0
  printf '%b' "$input" | ctl "$@" >"$folder/.out" 2>"$folder/.err" || status=$?
  out=$(tr -d '\0' <"$folder/.out")
  err=$(tr -d '\0' <"$folder/.err")
}

pass () { # NAME
  count=$((count + 1))
  printf 'ok %d - %s\n' "$count" "$1"
}

fail () { # NAME LINE...
  local line
  count=$((count + 1))
  failed=$((failed + 1))
  printf 'not ok %d - %s\n' "$count" "$1"
  shift
  for line in "$@"; do
    printf '%s\n' "$line" | head -n 20 | sed 's/^/# /'
  done
}

check () { # NAME COMMAND WORD...
  local name=$1
  shift
  if "$@"; then pass "$name"; else fail "$name" "failed: $*"; fi
}

ok () { # NAME
  if [ "$status" -eq 0 ] && [ -z "$err" ]; then
    pass "$1"
  else
    fail "$1" "status: $status" "out: $out" "err: $err"
  fi
}

fails () { # STATUS NAME REGEX
  local lines
  lines=$(printf '%s' "$err" | grep -c '')
  if [ "$status" -eq "$1" ] && [ "$lines" -eq 1 ] && printf '%s\n' "$err" \
      | grep -Eq '^concoursectl: .*\.$' && printf '%s\n' "$err" | grep -Eq -- "$3"; then
    pass "$2"
  else
    fail "$2" "status: $status, wanted $1" "err: $err" "wanted: $3"
  fi
}

is () { # NAME GOT WANTED
  if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "got: $2" "wanted: $3"; fi
}

like () { # NAME TEXT REGEX
  if printf '%s\n' "$2" | grep -Eq -- "$3"; then pass "$1"; else fail "$1" "got: $2" "wanted: $3"; fi
}

unlike () { # NAME TEXT REGEX
  if printf '%s\n' "$2" | grep -Eq -- "$3"; then fail "$1" "got: $2" "not: $3"; else pass "$1"; fi
}

json () { # EXPRESSION
  /usr/bin/python3 -c '
import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
value = eval(sys.argv[2])
print(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
' "$folder/.out" "$1"
}

# The same for one JSON object a line; d is the list of them.
json_lines () { # EXPRESSION
  /usr/bin/python3 -c '
import json, sys
d = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
value = eval(sys.argv[2])
print(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
' "$folder/.out" "$1"
}

# A race of six: one virtual, one who is not to be named, one of whom little is known.
make_race () { # RACE [OPTION...]
  local race=$1
  shift
  cat >"$folder/.runners.csv" <<'END'
Registration ID,First Name,Last Name,Email,Date of Birth,Gender,Event,Wave,Team,Show Name in Public Results,Donation
1,Ada,Ødegård,ada@example.org,1990-05-01,F,5K Run,A,Team Freedom,Yes,25.00
2,Ben,Vang,ben@example.org,1985-01-31,M,5K Run,A,,Yes,
3,Cai,Peterson,cai@example.org,2010-07-15,M,5K Run,B,,No,
4,Dee,Anderson,dee@example.org,1961-12-09,F,5K Walk,B,,Yes,10.00
5,Eve,Lor,eve@example.org,,,5K Walk,B,,Yes,
6,Fay,Smith,fay@example.org,1999-03-03,F,Virtual 5K,,,Yes,
END
  ctl create "$race" --name 'Test 5K' --date 2017-12-09 --timezone America/Chicago "$@" >/dev/null \
    && ctl import "$race" "$folder/.runners.csv" >/dev/null \
    && ctl bibs "$race" assign --from 11 --order registration >/dev/null
}

# The files of the folder, but for those that the tests keep there themselves.
list_others () { # NAME... of files that are expected
  local name others=
  for name in * .[!.]*; do
    case " .out .err .runners.csv $* " in
      *" $name "* | *" ${name%-*} "*) ;; # such as x.race-wal
      *) [ ! -e "$name" ] || others="$others $name" ;;
    esac
  done
  printf '%s' "${others# }"
}

finish () {
  printf '1..%d\n' "$count"
  [ "$failed" -eq 0 ]
}
