# station.py: what the tests of the pages share: a small race, and the two programs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests are functions named test_...; each gets a Station with a fresh race. The two programs are
the arguments: test_check_in.py CONCOURSE CONCOURSECTL."""
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from driver import App, poll  # noqa: E402

REGISTRATIONS = """\
First Name,Last Name,Gender,Age,City,State,Event,Wave,Team,T-Shirt Size,Bib,Public,Waiver
Ann,Olson,F,34,Saint Paul,MN,5K Run,A,Loons,M,214,yes,yes
Bee,Olson,F,9,Saint Paul,MN,5K Run,A,Loons,YS,215,yes,yes
Tou,Vang,M,41,Minneapolis,MN,5K Run,B,,L,301,no,no
Nguyễn-Abdirahman,de la Cruz y Ibáñez,X,58,Brooklyn Park,MN,5K Walk,B,Friends of the River,XL,302,yes,yes
Max,Ek,M,22,Duluth,MN,5K Run,A,,S,,yes,yes
"""


class Station:
    def __init__(self, folder, concourse, concoursectl):
        self.race = Path(folder) / "Harbor 5K.race"
        self.concourse = concourse
        self.concoursectl = concoursectl
        self.ctl("create", "--name", "Harbor 5K", "--date", "2017-12-09", "--timezone",
                 "America/Chicago", "--goal", "1000")
        registrations = Path(folder) / "registrations.csv"
        registrations.write_text(REGISTRATIONS, encoding="utf-8")
        self.ctl("import", registrations)

    def ctl(self, verb, *arguments):
        command = [self.concoursectl, verb, self.race, *arguments]
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 3), f"{verb}: {done.stderr}"
        return done.stdout

    def status(self):
        return json.loads(self.ctl("status", "--json"))

    def runner(self, bib):
        rows = json.loads(self.ctl("runners", "--search", str(bib), "--json"))
        rows = rows["runners"] if isinstance(rows, dict) else rows
        return next((row for row in rows if row["bib"] == bib), None)

    def open(self, page, *more):
        return App([self.concourse, "--page", page, *more, self.race])


def wait_for_status(station, key, value):
    poll(lambda: station.status()[key] == value, f"{key} to be {value}")


def run_one(test):
    """Run one test; the exit status tells how it went."""
    try:
        with tempfile.TemporaryDirectory(prefix="concourse-test-") as folder:
            test(Station(folder, *sys.argv[1:3]))
        return 0
    except Exception:  # the next test is to run too
        traceback.print_exc()
        return 1


def run_apart(test):
    """Run one test in a process of its own.

    The library behind the accessibility bus keeps pointers to a program that
    has ended, and crashes on them when the next one is looked for.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = run_one(test)
        sys.stderr.flush()
        os._exit(status)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        print(f"the test itself was ended by signal {os.WTERMSIG(status)}", file=sys.stderr)
    return status


def main(module):
    """Run the tests of MODULE and say how each went, as TAP."""
    tests = [value for name, value in module.items() if name.startswith("test_")]
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        passed = run_apart(test) == 0
        failed += not passed
        print(f"{'ok' if passed else 'not ok'} {number} - {test.__doc__}", flush=True)
    return 1 if failed else 0
