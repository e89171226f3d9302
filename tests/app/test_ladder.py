#!/usr/bin/python3
# test_ladder.py: the ladder of the timing table: what is suspected, and repairs.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import subprocess
import sys

from station import main, poll
from driver import is_shown, unnamed


def record(station, lines):
    """Record LINES of the verb record at once."""
    command = [station.concoursectl, "record", str(station.race)]
    subprocess.run(command, input="\n".join(lines) + "\n", text=True, check=True, capture_output=True)


def rows(station):
    return json.loads(station.ctl("ladder", "--rows", "--json"))


def doubts(station):
    return json.loads(station.ctl("ladder", "--json"))


def missed_tap(station):
    """Sixty runners, five seconds apart; the tap of the 21st is missed, and every tenth is linked."""
    station.ctl("gun", "--wave", "A", "--at", "09:00:00")
    lines = []
    for n in range(60):
        at = f"09:{20 + n * 5 // 60:02d}:{n * 5 % 60:02d}.{n * 37 % 10}"
        if n % 10 == 9:
            lines += [f"cross {1000 + n} {at}"]
            continue
        if n != 20:
            lines += [f"tap {at}"]
        lines += [f"chute {1000 + n} {at}"]
    record(station, lines)


def times(station):
    """Whose time is which, for all that have one."""
    return {row["standing_bib"]: row["time"] for row in rows(station) if row["tap"] and row["standing_bib"]}


def test_missed_tap(station):
    """a missed tap is suspected at its place, its repair is shown, applied and undone"""
    missed_tap(station)
    before = times(station)
    assert len(doubts(station)) == 1, doubts(station)
    sentence = doubts(station)[0]["sentence"]
    with station.open("timing") as app:
        app.press(app.wait_for("push button", "Ladder: 1 suspicion"))
        app.wait_for("label", re.compile("^59 taps, 60 bibs, 1 suspicion, 0 taps without a bib$"))
        for _ in range(60):
            if app.find("label", sentence, where=is_shown):
                break
            app.key("Up")
        app.wait_for("label", sentence)
        app.press(app.wait_for("push button", "Show What Would Change", where=is_shown))
        app.wait_for("label", "Afterwards")
        assert times(station) == before
        app.press(app.wait_for("push button", "Apply", where=is_shown))
        app.wait_for("label", "Repaired. The results go by it now.")
        poll(lambda: len(times(station)) == 60, "every bib to have a time")
        assert not doubts(station)
        app.wait_for("label", re.compile("^60 taps, 60 bibs, 0 suspicions"))
        app.press(app.wait_for("push button", re.compile("^Undo$")))
        app.wait_for("label", "The repair is undone.")
        poll(lambda: times(station) == before, "everything as it was")
        app.wait_for("label", sentence)
        nameless = list(unnamed(app, app.wait_for("panel", "Timing")))
        assert not nameless, nameless


def test_keys(station):
    """a suspicion and a wish are shown, applied and left by keys, and the space bar still taps"""
    missed_tap(station)
    with station.open("timing") as app:
        app.wait_for("push button", "Ladder: 1 suspicion")
        app.key("ctrl+l")
        app.wait_for("label", re.compile("^59 taps, 60 bibs"))
        app.key("Up", "Delete")
        app.wait_for("label", "Afterwards")
        app.key("Escape")
        app.wait_gone("label", "Afterwards")
        assert len(rows(station)) == 60
        app.key("Up", "Menu")
        app.wait_for("menu item", "Swap With the One Above")
        app.key("space")
        app.wait_for("label", re.compile("^60 taps, 60 bibs"))
        app.press("Swap With the One Above", "menu item")
        app.wait_for("label", "Afterwards")
        app.press(app.wait_for("push button", "Apply", where=is_shown))
        app.wait_for("label", "Repaired. The results go by it now.")


if __name__ == "__main__":
    sys.exit(main(globals()))
