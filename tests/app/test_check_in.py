#!/usr/bin/python3
# test_check_in.py: the check-in desk, used as a volunteer does.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from station import main, wait_for_status


def token_of(station, bib):
    """What a scanner reads from the label of BIB: the code as it is printed."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "label.pdf"
        station.ctl("labels", "--output", paper, "--bibs", str(bib))
        subprocess.run(["pdftoppm", "-r", "300", "-gray", paper, Path(folder) / "page"], check=True)
        picture = next(Path(folder).glob("page*"))
        read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True,
                              check=True)
        return read.stdout.strip()


def test_name_and_enter(station):
    """part of a name and Enter check in the selected runner"""
    with station.open("check-in") as app:
        app.type_keys("olson an")
        app.wait_for("label", "Ann Olson")
        app.wait_for("push button", "Check In")
        app.key("Return")
        app.wait_for("label", "214, Ann Olson, shirt M")
        wait_for_status(station, "checked_in", 1)
        assert station.runner(214)["checked_in"]


def test_undo_of_the_last(station):
    """the confirmation has an Undo, and so has Ctrl+Z"""
    with station.open("check-in") as app:
        app.type_keys("214")
        app.wait_for("label", "Ann Olson")
        app.key("Return")
        app.wait_for("label", "214, Ann Olson, shirt M")
        app.press(app.wait_for("push button", re.compile("^Undo$")))
        wait_for_status(station, "checked_in", 0)
        app.key("Escape")
        app.type_keys("301")
        app.wait_for("label", "Tou Vang")
        app.key("Return")
        wait_for_status(station, "checked_in", 1)
        app.key("ctrl+z")
        wait_for_status(station, "checked_in", 0)


def test_scan_then_enter(station):
    """a scan shows whose bib it is; the next Enter checks in"""
    code = token_of(station, 301)
    with station.open("check-in") as app:
        app.type_keys(code)
        app.key("Return")
        app.wait_for("label", "Tou Vang")
        assert station.status()["checked_in"] == 0
        app.key("Return")
        app.wait_for("label", "301, Tou Vang, shirt L")
        wait_for_status(station, "checked_in", 1)


def test_forged_code(station):
    """a forged code is refused in words and shows nobody"""
    code = token_of(station, 301)
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    with station.open("check-in") as app:
        app.type_keys(forged)
        app.key("Return", "Return")
        app.wait_for("label", re.compile("type the bib|another race|not the code"))
        assert station.status()["checked_in"] == 0


def test_arrows_choose(station):
    """up and down choose among several matches while the entry keeps the focus"""
    with station.open("check-in") as app:
        app.type_keys("olson")
        app.wait_for("label", "Bee Olson")
        app.key("Down")
        app.wait_for("label", re.compile("Under 18"))
        app.key("Return")
        app.wait_for("label", "215, Bee Olson, shirt YS")
        assert station.runner(215)["checked_in"]


def test_counts(station):
    """registered, checked in and missing follow every check-in"""
    with station.open("check-in") as app:
        app.wait_for("label", re.compile("^Missing$"))
        app.wait_for("label", re.compile("^5$"))
        app.type_keys("302")
        app.wait_for("label", re.compile("de la Cruz"))
        app.key("Return")
        app.wait_for("label", re.compile("^4$"))
        app.wait_for("label", re.compile("^1$"))


def test_checklist(station):
    """what must be settled is said in words"""
    with station.open("check-in") as app:
        app.type_keys("vang")
        app.wait_for("label", re.compile("waiver is missing"))
        app.wait_for("label", re.compile("Not to be named in public.*Runner 301"))


def test_twice(station):
    """somebody who is checked in already stays so, and the desk says when that was"""
    station.ctl("check-in", "214")
    with station.open("check-in") as app:
        app.type_keys("214")
        app.wait_for("push button", "Undo Check-In")
        app.key("Return")
        app.wait_for("label", re.compile("^Ann Olson: Checked in at"))
        assert station.status()["checked_in"] == 1


def test_bib_at_the_desk(station):
    """a runner without a bib gets one at the desk, but not somebody else's"""
    with station.open("check-in") as app:
        app.type_keys("max ek")
        app.wait_for("push button", "Give Bib")
        app.set_text("Bib for this runner", "214")
        app.press("Give Bib")
        app.wait_for("label", re.compile("214.*Olson|Olson.*214"))
        app.set_text("Bib for this runner", "400")
        app.press("Give Bib")
        app.wait_for("label", re.compile("^400$"))
        assert station.runner(400)["given_name"] == "Max"


def test_bib_by_keyboard(station):
    """after a check-in without a bib the desk offers to give one, and the keyboard is enough"""
    with station.open("check-in") as app:
        app.type_keys("max ek")
        app.wait_for("label", "Max Ek")
        app.key("Return")
        app.wait_for("label", "This runner has no bib yet.")
        app.key("alt+g")
        app.wait_for("push button", "Undo Check-In")
        app.type_keys("401")
        app.key("Return")
        app.wait_for("label", re.compile("^401$"))
        assert station.runner(401)["given_name"] == "Max"
        app.type_keys("vang")
        app.wait_for("label", "Tou Vang")


def test_nobody(station):
    """a search without a match says so and offers the way to register"""
    with station.open("check-in") as app:
        app.type_keys("zebra")
        app.wait_for("label", "Nobody matches “zebra”.")
        app.wait_for("push button", "Register a Walk-Up")


if __name__ == "__main__":
    sys.exit(main(globals()))
