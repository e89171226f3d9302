#!/usr/bin/python3
# test_timing.py: the timing table, used as its crew does, with the keyboard alone.
# SPDX-License-Identifier: GPL-3.0-or-later
import datetime
import json
import re
import signal
import subprocess
import sys

from station import main, wait_for_status
from driver import has_state, size_of, unnamed
from gi.repository import Atspi


def taps_of(station):
    """The bodies of all facts of taps."""
    facts = [json.loads(line) for line in station.ctl("facts", "--json").splitlines()]
    return [fact["body"] for fact in facts if fact["kind"] == "tap"]


def hold(*keys, seconds):
    """Hold a key down so long that it repeats."""
    down = [word for key in keys for word in ("keydown", key)]
    up = [word for key in keys for word in ("keyup", key)]
    subprocess.run(["xdotool", *down, "sleep", str(seconds), *up], check=True)


def test_tap_and_bib(station):
    """space taps, a bib and Enter go to the oldest tap, and the row says what became of it"""
    station.ctl("gun", "--wave", "A", "--at", "00:00:00")
    with station.open("timing") as app:
        app.wait_for("label", "Press Space when somebody crosses the line")
        app.key("space", "space")
        app.wait_for("label", "recorded, no bib yet")
        wait_for_status(station, "unmatched_taps", 2)
        app.type_keys("214")
        app.key("Return")
        app.wait_for("label", "Recorded: 214, Ann Olson.")
        app.wait_for("label", "finished, place 1")
        wait_for_status(station, "unmatched_taps", 1)
        assert station.status()["finished"] == 1


def test_words_of_the_rows(station):
    """an unknown bib, a second crossing, one before the gun and the clocks are said in words"""
    station.ctl("gun", "--wave", "A", "--at", "00:00:00")
    with station.open("timing") as app:
        for bib in ("999", "214", "214"):
            app.key("space")
            app.type_keys(bib)
            app.key("Return")
        app.wait_for("label", "not registered: bib 999")
        app.wait_for("label", "crossed again: the first counts")
        app.key("space")
        app.type_keys("301")
        app.key("Return")
        app.wait_for("label", "Recorded: 301, Tou Vang.")
        app.press("Fire the gun: Wave B")
        app.wait_for("label", re.compile("before the gun"))
        app.wait_for("label", "The computer's clock and the race's clock agree.")
        app.press("What is known of the clocks")
        app.wait_for("label", re.compile("by the clock that times are recorded by"))


def test_refusals_in_words(station):
    """a bib without a tap and a word that is no bib are refused beside the entry"""
    with station.open("timing") as app:
        app.wait_for("label", "No tap waits for a bib")
        app.type_keys("214")
        app.key("Return")
        app.wait_for("label", "No tap is waiting for a bib. Tap first, then the bib.")
        app.type_keys("x12")
        app.key("Return")
        app.wait_for("label", "“x12” is not a bib. A bib is a number up to 999999.")
        app.key("Escape")
        app.wait_gone("label", "is not a bib")


def test_undo(station):
    """Ctrl+Z takes the last entry back, Delete the chosen tap"""
    with station.open("timing") as app:
        app.key("space", "space")
        wait_for_status(station, "unmatched_taps", 2)
        app.type_keys("215")
        app.key("Return")
        wait_for_status(station, "unmatched_taps", 1)
        app.key("ctrl+z")
        wait_for_status(station, "unmatched_taps", 2)
        app.key("Up")
        app.wait_for("label", "Bib of the chosen tap")
        app.key("Delete")
        wait_for_status(station, "unmatched_taps", 1)


def test_undo_beside_the_entry(station):
    """what happened is said beside the entry, with an Undo, and no toast covers the taps"""
    with station.open("timing") as app:
        app.key("space")
        wait_for_status(station, "unmatched_taps", 1)
        app.type_keys("215")
        app.key("Return")
        app.wait_for("label", "Recorded: 215, Bee Olson.")
        wait_for_status(station, "unmatched_taps", 0)
        app.press(app.wait_for("push button", re.compile("^Undo$")))
        wait_for_status(station, "unmatched_taps", 1)
        app.wait_for("label", "The bib 215 of the tap is undone.")
        assert len(app.all("label", "The bib 215 of the tap is undone.")) == 1


def test_first_step_is_the_gun(station):
    """before the gun the page says how to fire it, after it how to tap"""
    with station.open("timing") as app:
        app.wait_for("label", "Press Ctrl+G when the race starts")
        app.key("ctrl+g")
        app.wait_for("label", "Press Space when somebody crosses the line")


def test_bib_of_a_chosen_tap(station):
    """a bib goes to the tap that was chosen with the arrows, and corrects what it had"""
    with station.open("timing") as app:
        app.key("space", "space")
        wait_for_status(station, "unmatched_taps", 2)
        app.key("Up")
        app.wait_for("label", "Bib of the chosen tap")
        app.type_keys("302")
        app.key("Return")
        app.wait_for("label", "Recorded: 302, Nguyễn-Abdirahman de la Cruz y Ibáñez.")
        app.wait_for("label", "Bib of the oldest tap without one")
        app.key("Up")
        app.wait_for("label", "Bib of the chosen tap")
        app.type_keys("301")
        app.key("Return")
        app.wait_for("label", "Recorded: 301, Tou Vang.")
        taps = app.wait_for(None, "Taps, the newest at the end")
        app.wait_gone("label", re.compile("^302$"), taps)
        assert station.status()["unmatched_taps"] == 1


def test_gun(station):
    """Ctrl+G fires one gun after the other, each once, and a gun can be corrected"""
    with station.open("timing") as app:
        app.wait_for("label", "No gun yet. The clock shows the time of day.")
        app.key("ctrl+g")
        app.wait_for("label", re.compile("^Wave A running since"))
        clock = app.wait_for("image", re.compile("^Race clock 0:0"))
        # Figures of 12 mm are read from 3 m: 45 dots of a usual screen.
        assert size_of(clock)[1] >= 45
        app.press("Fire the gun: Wave B")
        app.wait_until(lambda: len(app.all("label", re.compile("^Running since"))) == 2, "both guns")
        app.key("ctrl+g")
        app.wait_for("label", "Every gun was fired already. To correct one, give its time.")
        app.press(app.wait_for(None, "Correct the time of the gun: Wave A"))
        entry = app.wait_for_focus("The gun was at")
        app.set_text(entry, "00:00:01")
        app.key("Return")
        app.wait_for("label", "Running since 00:00:01")
        app.wait_for("label", re.compile("^Wave A: moved from .* to 00:00:01"))


def test_space_in_another_entry(station):
    """space taps although the focus is in the entry for the time of the gun, and types nothing"""
    with station.open("timing") as app:
        app.press(app.wait_for(None, "Correct the time of the gun: Wave A"))
        entry = app.wait_for_focus("The gun was at")
        app.wait_until(lambda: app.focused() is not None, "the focus")
        app.type_keys("09:00")
        app.key("space")
        wait_for_status(station, "unmatched_taps", 1)
        assert " " not in (entry.get_text_iface().get_text(0, 20) or "")


def test_held_key(station):
    """a key that is held taps once, and the next press taps again"""
    with station.open("timing") as app:
        app.wait_for("push button", "Tap (Space)")
        hold("space", seconds=1.5)
        wait_for_status(station, "unmatched_taps", 1)
        app.key("space")
        wait_for_status(station, "unmatched_taps", 2)
        app.key("space")
        wait_for_status(station, "unmatched_taps", 3)


def test_burst(station):
    """100 taps at 20 a second are all recorded, each with the time of its key"""
    with station.open("timing") as app:
        app.wait_for("push button", "Tap (Space)")
        command = ["xdotool", "key", "--delay", "50", *["space"] * 99]
        subprocess.run(command, check=True)
        wait_for_status(station, "unmatched_taps", 99)
        # The last one waits for a program that does nothing, and comes to it later.
        app.process.send_signal(signal.SIGSTOP)
        subprocess.run(["xdotool", "key", "space"], check=True)
        pressed = datetime.datetime.now(datetime.timezone.utc)
        app.process.send_signal(signal.SIGCONT)
        wait_for_status(station, "unmatched_taps", 100)
        app.wait_for("label", re.compile("^100$"))
        app.wait_gone("label", "saving…")
    taps = taps_of(station)
    assert len(taps) == 100
    assert {tap["source"] for tap in taps} == {"key"}
    assert datetime.datetime.fromisoformat(taps[-1]["at"].replace("Z", "+00:00")) <= pressed


def test_other_pages_do_not_tap(station):
    """space is only a tap while the timing page is shown"""
    with station.open("timing") as app:
        app.wait_for("push button", "Tap (Space)")
        app.key("alt+3")
        app.wait_for("push button", "Runners", where=lambda node: has_state(node, Atspi.StateType.PRESSED))
        app.key("space")
        app.key("alt+2")
        app.key("space")
        wait_for_status(station, "unmatched_taps", 1)


def test_clock_has_words(station):
    """the clock says what it shows to a screen reader, and no control of the page is silent"""
    with station.open("timing") as app:
        app.key("space")
        app.wait_for("label", "recorded, no bib yet")
        app.wait_for("image", re.compile("^Time of day [0-9]{2}:"))
        nameless = list(unnamed(app, app.wait_for("panel", "Timing")))
        assert not nameless, nameless


if __name__ == "__main__":
    sys.exit(main(globals()))
