#!/usr/bin/python3
# tour.py: play a race day with both programs and leave pictures, papers and a summary.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run by ./dev tour inside with-display.sh, once for each size of screen.

The bulk of the day (import, most check-ins, most finishers) goes through concoursectl; what a
volunteer does at each station is done in the window, by keyboard."""
import argparse
import contextlib
import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from driver import App, has_state, poll  # noqa: E402
from gi.repository import Atspi  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["check-in", "timing", "runners", "results", "fundraising", "setup"]
SCHEMES = ["light", "dark"]
ZONE = "America/Chicago"
EARLY, LATE = 240, 90  # runners checked in before the pictures of the morning, and after them
RUNNING_S = 31 * 60


class Tour:
    def __init__(self, options, work):
        self.bin = Path(options.build).resolve()
        self.output = Path(options.output).resolve()
        self.size = options.size
        self.race = work / "Concourse-Tour.race"
        self.random = random.Random(5000)
        self.timings = []
        self.papers = []
        self.pictures = []

    # -------------------------------------------------------- the tools

    def ctl(self, verb, *arguments, stdin=None, good=(0,), race=None):
        command = [self.bin / "src/cli/concoursectl", verb, race or self.race, *arguments]
        done = subprocess.run(
            list(map(str, command)), input=stdin, capture_output=True, text=True, check=False
        )
        if done.returncode not in good:
            raise RuntimeError(f"concoursectl {verb} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def timed(self, what, function, *arguments, **options):
        start = time.monotonic()
        result = function(*arguments, **options)
        self.timings.append((what, time.monotonic() - start))
        return result

    @contextlib.contextmanager
    def app(self, page, scheme, race=None):
        """The window at PAGE, as large as the screen, for a with statement."""
        environment = {"ADW_DEBUG_COLOR_SCHEME": f"prefer-{scheme}"}
        command = [self.bin / "src/app/concourse", "--page", page, race or self.race]
        with App(command, env=environment) as app:
            app.resize(*self.size.split("x"))
            yield app

    def picture(self, app, scheme, name):
        path = self.output / f"{self.size}-{scheme}-{name}.png"
        app.screenshot(path)
        self.pictures.append(path)

    def go(self, app, page):
        """Change to the station PAGE with its key; the picture waits until the page rests."""
        app.key(f"alt+{PAGES.index(page) + 1}")
        app.wait_for("push button", re.compile(f"^{page.capitalize()}$"),
                     where=lambda node: has_state(node, Atspi.StateType.PRESSED))

    # ---------------------------------------------------------- the day

    def prepare(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        # A race that began half an hour ago; the date is the one that its zone has now.
        self.gun = now - datetime.timedelta(seconds=RUNNING_S)
        date = subprocess.run(
            ["date", f"--date=@{int(self.gun.timestamp())}", "+%F"],
            env={**os.environ, "TZ": ZONE}, capture_output=True, text=True, check=True,
        ).stdout.strip()
        self.ctl("create", "--name", "NOT IN OUR CITY 5K", "--date", date, "--timezone", ZONE,
                 "--distance", "5000", "--goal", "75000")
        self.ctl("config", "fee=40", "shirts=XS=80, S=240, M=360, L=290, XL=165, XXL=70, Youth M=40")
        sample = ROOT / "data/sample"
        self.timed("import of the registrations", self.ctl, "import", sample / "registrations.csv",
                   good=(0, 3))
        self.timed("import of the gifts", self.ctl, "import", sample / "gifts.csv", "--kind", "gifts",
                   good=(0, 3))
        self.timed("assigning bibs", self.ctl, "bibs", "assign", "--from", "101", "--order", "name")

    def runners(self):
        rows = json.loads(self.ctl("runners", "--json"))
        rows = rows["runners"] if isinstance(rows, dict) else rows
        return [r for r in rows if r.get("bib") and "irtual" not in (r.get("event") or "")]

    def check_in_many(self, bibs):
        for bib in bibs:
            self.ctl("check-in", bib)

    def at(self, seconds):
        moment = self.gun + datetime.timedelta(seconds=seconds)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def finish_many(self, bibs):
        """Gun, finishers of the last half hour, and two taps whose bib nobody has read."""
        self.ctl("gun", "--at", self.at(0))
        times = sorted(self.random.gauss(1750, 300) for _ in bibs)
        lines = [f"cross {bib} {self.at(s)}" for bib, s in zip(bibs, times) if 940 < s < RUNNING_S - 40]
        lines += [f"tap {self.at(RUNNING_S - 30)}", f"tap {self.at(RUNNING_S - 21)}"]
        answers = self.timed(f"recording {len(lines)} lines", self.ctl, "record", stdin="\n".join(lines) + "\n")
        bad = [a for a in answers.splitlines() if not a.startswith("ok ")]
        if bad:
            raise RuntimeError(f"record answered: {bad[0]}")

    # -------------------------------------------------------- the window

    def empty_race(self, work):
        race = work / "Empty.race"
        date = self.gun.strftime("%Y-%m-%d")
        self.ctl("create", "--name", "An Empty Race", "--date", date, "--timezone", ZONE, race=race)
        with self.app("check-in", "light", race=race) as app:
            for page in PAGES:
                self.go(app, page)
                self.picture(app, "light", f"{page}-empty")

    def morning(self, runner):
        """Check-in of RUNNER as a volunteer does it, and the timing page before the gun."""
        with self.app("check-in", "light") as app:
            before = self.status()["checked_in"]
            app.type_keys(runner["family_name"][:3].lower())
            self.picture(app, "light", "check-in-search")
            app.key("ctrl+a")
            app.type_keys(str(runner["bib"]))
            self.picture(app, "light", "check-in-bib")
            app.key("Return")
            poll(lambda: self.status()["checked_in"] > before, "the check-in to be in the file")
            self.picture(app, "light", "check-in-done")
            app.key("F2")
            app.wait_for("label", "Register a Walk-Up")
            self.picture(app, "light", "check-in-walk-up")
            app.key("Escape")
            app.press(app.wait_for("push button", "Progress of check-in"))
            self.picture(app, "light", "check-in-progress")
            app.activate("win.labels")
            app.wait_until(lambda: app.frame("Print Labels"), "the window of the labels")
            self.picture(app, "light", "print-labels")
            app.key("Escape")
            app.wait_until(lambda: app.frame("Print Labels") is None, "the window to close")
            self.go(app, "timing")
            self.picture(app, "light", "timing-before-the-gun")

    def status(self):
        return json.loads(self.ctl("status", "--json"))

    def finish_line(self, scheme):
        """Two runners at the timing table: a tap and its bib, a tap without."""
        with self.app("timing", scheme) as app:
            before = self.status()["unmatched_taps"]
            app.key("space")
            poll(lambda: self.status()["unmatched_taps"] == before + 1, "the tap to be in the file")
            self.picture(app, scheme, "timing-tap")

    def all_pages(self, scheme):
        with self.app("check-in", scheme) as app:
            for page in PAGES:
                self.go(app, page)
                self.picture(app, scheme, page)
            # The main window stays below; the display covers the only screen there is.
            count = len(app.frames())
            app.key("ctrl+d")
            app.wait_until(lambda: len(app.frames()) > count, "the display window")
            app.key("F11")
            self.picture(app, scheme, "display")

    # -------------------------------------------------------- the papers

    def labels(self):
        self.timed("labels of all bibs", self.ctl, "labels", "--output", self.output / "labels.pdf")
        self.papers.append(self.output / "labels.pdf")
        self.ctl("labels", "--output", self.output / "race-bibs.pdf", "--layout", "race-bib", "--stock", "bib-a5",
                 "--bibs", "101-104")
        self.papers.append(self.output / "race-bibs.pdf")

    def results(self):
        for form in ("csv", "html", "pdf"):
            path = self.output / f"results.{form}"
            self.timed(f"results as {form}", self.ctl, "results", "--format", form, "--output", path)
            self.papers.append(path)
        self.timed("verify", self.ctl, "verify")

    def summary(self, took):
        with open(self.output / "summary.txt", "a", encoding="utf-8") as file:
            print(f"A race day at {self.size}, played in {took:.1f} s\n", file=file)
            for key, value in self.status().items():
                if isinstance(value, (list, dict)):
                    continue
                print(f"  {key:<16} {value}", file=file)
            print("\nTimings\n", file=file)
            for what, seconds in self.timings:
                print(f"  {seconds:7.3f} s  {what}", file=file)
            print("\nFiles\n", file=file)
            for path in self.papers + self.pictures:
                print(f"  {path.stat().st_size:9,d} bytes  {path.name}", file=file)
            print(file=file)

    def play(self, work):
        start = time.monotonic()
        self.prepare()
        self.labels()
        runners = self.runners()
        self.random.shuffle(runners)
        bibs = [r["bib"] for r in runners]
        # The keyboard of the virtual display types no accents.
        typed = next(r for r in runners[EARLY + LATE:] if r["family_name"].isascii()
                     and r["waiver"] and (r["age"] or 0) >= 18)
        self.empty_race(work)
        self.timed(f"checking in {EARLY} runners", self.check_in_many, bibs[:EARLY])
        self.morning(typed)
        self.check_in_many(bibs[EARLY:EARLY + LATE])
        self.finish_many(bibs[:EARLY + LATE])
        for dollars, giver in (("250", "Northside Bakery"), ("40", "Ann Olson")):
            self.ctl("gift", dollars, "--method", "cash", "--from", giver)
        for scheme in SCHEMES:
            self.all_pages(scheme)
        self.finish_line("light")
        self.results()
        self.summary(time.monotonic() - start)


def main():
    parser = argparse.ArgumentParser(description="Play a race day and leave pictures of it.")
    parser.add_argument("--build", required=True, help="the build folder")
    parser.add_argument("--output", required=True, help="where the pictures go")
    parser.add_argument("--size", required=True, help="the size of the screen, for the names")
    options = parser.parse_args()
    if not re.fullmatch(r"\d+x\d+", options.size):
        parser.error("the size is WIDTHxHEIGHT")
    with tempfile.TemporaryDirectory(prefix="concourse-tour-") as folder:
        Tour(options, Path(folder)).play(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
