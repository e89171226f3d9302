#!/usr/bin/python3
# test_story.py: the story of a runner, and how check-in is getting on, as the coordinator sees them.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import sys

from station import main
from driver import has_state, is_shown, unnamed
from gi.repository import Atspi


def open_story(app, bib):
    """The story of BIB in the editor of the runners' table."""
    app.wait_for("label", "5 runners")
    app.type_keys(bib)
    app.wait_for("label", re.compile("^1 of 5"))
    app.key("Return")
    app.wait_for("text", "Given name")
    app.press(app.wait_for("push button", re.compile("Story$")))


def test_story(station):
    """what happened is told, a change appears at once, and can be taken back on its line"""
    station.ctl("check-in", "214")
    with station.open("runners") as app:
        open_story(app, "214")
        app.wait_for("label", "Registered, from the registration file: Ann Olson, 5K Run, Wave A, Loons, shirt M.")
        app.wait_for("label", "Given bib 214.")
        app.press(app.wait_for("push button", "Undo: Checked in."))
        app.wait_for("label", re.compile("^Undone at [0-9]{2}:[0-9]{2}, This laptop"))
        app.wait_for("label", "Taken back: Checked in.")
        app.wait_until(lambda: not station.runner(214)["checked_in"], "the check-in to be taken back")
        app.wait_for("push button", "Undo: Taken back: Checked in.")
        lines = app.wait_for("list", "Story")
        assert not unnamed(app, lines), unnamed(app, lines)


def test_progress(station):
    """the progress of check-in is one press away, and gives way to the next runner by itself"""
    station.ctl("config", "shirts=M=10, L=5")
    station.ctl("check-in", "214")
    with station.open("check-in") as app:
        app.press(app.wait_for("push button", "Progress of check-in"))
        app.wait_for("label", "Arrivals in Five Minutes", where=is_shown)
        app.wait_for("label", "Size M", where=is_shown)
        app.type_keys("301")
        app.wait_for("label", "Tou Vang", where=is_shown)
        app.wait_for("push button", "Progress of check-in",
                     where=lambda node: not has_state(node, Atspi.StateType.PRESSED))
        app.key("Escape")
        app.wait_for("label", "Ready for the next runner", where=is_shown)


def test_no_shows(station):
    """whoever did not come is marked with one press, and one key takes that back"""
    station.ctl("check-in", "214")
    with station.open("check-in") as app:
        app.press(app.wait_for("push button", "Progress of check-in"))
        app.press(app.wait_for("push button", re.compile("No-Show|not here"), where=is_shown))
        app.wait_until(lambda: station.status()["no_shows"] == 4, "four to be marked")
        app.key("ctrl+z")
        app.wait_until(lambda: station.status()["no_shows"] == 0, "nobody to be marked any more")


if __name__ == "__main__":
    sys.exit(main(globals()))
