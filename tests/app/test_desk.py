#!/usr/bin/python3
# test_desk.py: the conflict desk, where people decide what laptops said apart.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import subprocess
import sys

from station import main
from driver import has_state, poll, unnamed
from gi.repository import Atspi


def on(station, race, verb, *arguments):
    done = subprocess.run([station.concoursectl, verb, race, *map(str, arguments)],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{verb}: {done.stderr}"
    return done.stdout


def copy_to_second(station):
    """A second laptop with the same race."""
    second = station.race.with_name("second.race")
    station.ctl("backup", second)
    return second


def exchange(station, second):
    """What the second laptop did comes to the first."""
    pack = station.race.with_name("second.pack")
    on(station, second, "pack", pack)
    station.ctl("unpack", pack)


def plant(station):
    """One bib for two people, and two towns of one."""
    second = copy_to_second(station)
    max_id = json.loads(station.ctl("runners", "--search", "Max Ek", "--json"))[0]["id"]
    station.ctl("edit", "214", "city=Edina")
    on(station, second, "edit", "214", "city=Duluth")
    station.ctl("edit", "302", "bib=310")
    on(station, second, "edit", max_id, "bib=310")
    exchange(station, second)


def cards(station):
    return json.loads(station.ctl("conflicts", "--json"))


def open_desk(app):
    app.wait_for("push button", "2 to decide").do_action(0)
    return poll(lambda: app.frame("To Decide"), "the desk")


def test_no_button(station):
    """without a conflict there is no button"""
    with station.open("check-in") as app:
        app.wait_for("label", "All saved.")
        assert app.find("push button", re.compile("to decide$"),
                        where=lambda node: node.get_extents(0).width > 0) is None


def test_settle(station):
    """each card is settled by one of its buttons, and the work goes on beside it"""
    plant(station)
    with station.open("check-in") as app:
        open_desk(app)
        app.wait_for("label", "Bib 310 was given to two people")
        app.wait_for("label", "Ann Olson: two entries for “Town”")
        app.wait_for("label", re.compile(r"^“Duluth” at .+, \d+:\d\d:\d\d \(shown now\)$"))
        assert unnamed(app, app.frame("To Decide")) == []
        assert not has_state(app.frame("To Decide"), Atspi.StateType.MODAL)
        app.set_text(app.wait_for("entry", "Search runners"), "Olson")
        app.wait_for("label", re.compile("^Ann Olson"), within=app.frames()[0])
        app.wait_for("push button", "Ann Olson: two entries for “Town”: Keep “Edina”").do_action(0)
        app.wait_for("label", "Settled.")
        app.wait_gone("label", "Ann Olson: two entries for “Town”")
        app.wait_for("push button", "1 to decide")
        poll(lambda: station.runner(214)["city"] == "Edina", "the town to be Edina")
        app.wait_for("push button",
                     "Bib 310 was given to two people: Max Ek keeps it").do_action(0)
        app.wait_for("label", "Nothing to decide.")
        poll(lambda: cards(station) == [], "nothing to be left")
        assert station.runner(310)["given_name"] == "Max"


def test_undo(station):
    """a decision is taken back with all that it wrote"""
    plant(station)
    with station.open("check-in") as app:
        open_desk(app)
        app.wait_for("push button",
                     "Bib 310 was given to two people: Max Ek keeps it").do_action(0)
        app.wait_gone("label", "Bib 310 was given to two people")
        app.wait_for("push button", "Undo").do_action(0)
        app.wait_for("label", "Bib 310 was given to two people")
        app.wait_for("push button", "2 to decide")


def test_keyboard(station):
    """the first button has the focus, and Escape closes the desk"""
    plant(station)
    with station.open("check-in") as app:
        open_desk(app)
        app.wait_for("label", "Bib 310 was given to two people")
        app.key("Return")
        app.wait_gone("label", "Bib 310 was given to two people")
        poll(lambda: len(cards(station)) == 1, "one to be left")
        app.key("Escape")
        poll(lambda: app.frame("To Decide") is None, "the desk to be closed")
        app.wait_for("push button", "1 to decide")


if __name__ == "__main__":
    sys.exit(main(globals()))
