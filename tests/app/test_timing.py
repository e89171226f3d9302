#!/usr/bin/python3
# test_timing.py: the timing table, used as its crew does, with the keyboard alone.
# SPDX-License-Identifier: GPL-3.0-or-later
import datetime
import json
import re
import shutil
import signal
import subprocess
import sys
import time

from station import main, wait_for_status
from driver import has_state, is_shown, size_of, unnamed
from gi.repository import Atspi
from scanner import Scanner

# Four times as fast as the fastest race.
BURST_GAP_MS = 12


def taps_of(station):
    """The bodies of all facts of taps."""
    facts = [json.loads(line) for line in station.ctl("facts", "--json").splitlines()]
    return [fact["body"] for fact in facts if fact["kind"] == "tap"]


def bibs_of_taps(station):
    """The bib of each tap in the order of time; 0 for one without."""
    rows = json.loads(station.ctl("ladder", "--rows", "--json"))
    return [row["standing_bib"] for row in rows if row["tap"]]


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
        app.wait_for("label", "214 Ann Olson: finished, place 1")
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
        app.wait_for("label", "301 Tou Vang: ")
        app.press("Fire the gun: Wave B")
        app.wait_for("label", re.compile("before the gun"))
        app.wait_for("label", "The computer's clock and the race's clock agree.")
        app.press("What is known of the clocks")
        app.wait_for("label", re.compile("by the clock that times are recorded by"))


def test_refusals_in_words(station):
    """a word that is no bib is refused beside the entry"""
    with station.open("timing") as app:
        app.wait_for("label", "Bib of the next tap")
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
        app.wait_for("label", "215 Bee Olson: finished")
        wait_for_status(station, "unmatched_taps", 0)
        app.press(app.wait_for("push button", re.compile("^Undo$")))
        wait_for_status(station, "unmatched_taps", 1)
        app.wait_for("label", "The bib 215 is undone.")
        assert len(app.all("label", "The bib 215 is undone.")) == 1


def test_first_step_is_the_gun(station):
    """before the gun the page says how to fire it, after it how to tap"""
    with station.open("timing") as app:
        app.wait_for("label", "Press Ctrl+G when the race starts")
        app.key("ctrl+g")
        app.wait_for("label", "Press Space when somebody crosses the line")


def test_bib_before_its_tap(station):
    """a bib that is read before its tap waits for it, and a bib that nobody has is kept"""
    station.ctl("gun", "--wave", "A", "--at", "00:00:00")
    with station.open("timing") as app:
        app.wait_for("label", "Bib of the next tap")
        app.type_keys("214")
        app.key("Return")
        app.wait_for("label", "214 Ann Olson: kept for the next tap")
        app.key("space")
        app.wait_for("label", re.compile("^214 Ann Olson: finished, place 1, "))
        app.type_keys("999")
        app.key("Return")
        app.wait_for("label", "Nobody has bib 999; kept for the next tap")
        assert station.status()["unmatched_bibs"] == 1
        app.key("space")
        app.wait_for("label", re.compile("^Nobody has bib 999; kept$"))


def test_unread_and_wrong(station):
    """0 or ? is a runner whose bib was not read, and a key takes the last bib back for another"""
    with station.open("timing") as app:
        app.key("space", "space", "space")
        wait_for_status(station, "unmatched_taps", 3)
        app.key("0", "Return")
        app.wait_for("label", "A runner whose bib was not read: kept in the order of arrival")
        app.type_keys("215")
        app.key("Return")
        app.wait_for("label", "215 Bee Olson: finished")
        app.key("F2")
        app.wait_for("label", "215 Bee Olson is taken back. Type the right bib; Escape leaves it open.")
        app.wait_for("label", "The right bib, in the place of the last one")
        app.type_keys("214")
        app.key("Return")
        app.wait_for("label", "214 Ann Olson: finished")
        app.key("question")
        app.wait_for("label", "A runner whose bib was not read: kept in the order of arrival")
        app.key("KP_Subtract")
        app.wait_for("label", "The last runner has no bib yet: type it.")
        app.type_keys("301")
        app.key("Return")
        app.wait_for("label", "301 Tou Vang: finished")
        wait_for_status(station, "unmatched_taps", 1)
    assert bibs_of_taps(station) == [0, 214, 301], bibs_of_taps(station)


def test_bib_of_a_chosen_tap(station):
    """a bib goes to the tap that was chosen with the arrows, and corrects what it had"""
    with station.open("timing") as app:
        app.key("space", "space")
        wait_for_status(station, "unmatched_taps", 2)
        app.key("Up")
        app.wait_for("label", "Bib of the chosen tap")
        app.type_keys("302")
        app.key("Return")
        app.wait_for("label", "302 Nguyễn-Abdirahman de la Cruz y Ibáñez: finished")
        app.wait_for("label", "Bib of the oldest tap without one")
        app.key("Up")
        app.wait_for("label", "Bib of the chosen tap")
        app.type_keys("301")
        app.key("Return")
        app.wait_for("label", "301 Tou Vang: ")
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
        entry = app.wait_for_focus("The gun was or will be at")
        app.set_text(entry, "00:00:01")
        app.key("Return")
        app.wait_for("label", "Running since 00:00:01")
        app.wait_for("label", re.compile("^Wave A: moved from .* to 00:00:01"))


def record(station, *lines):
    """What the command line records, one line each."""
    subprocess.run([station.concoursectl, "record", station.race], input="\n".join(lines) + "\n",
                   text=True, check=True, capture_output=True)


def test_guns_of_several_stations(station):
    """a gun is set beforehand, compared with that of another station, and moved with a preview"""
    station.ctl("gun", "--wave", "A", "--at", "09:00:00")
    record(station, "cross 214 09:25:12", "cross 215 09:25:13")
    # A copy is another station.
    station.race = shutil.copy(station.race, station.race.with_name("other.race"))
    with station.open("timing") as app:
        app.wait_for("label", "Running since 09:00:00")
        app.press("Record the gun for comparison: Wave A")
        app.wait_for("label", re.compile("^Wave A was fired already. Recorded for comparison: .* later"))
        app.wait_for("label", re.compile("^This station: .* later$"))
        app.press(app.wait_for(None, "Correct the time of the gun: Wave A"))
        entry = app.wait_for_focus("The gun was or will be at")
        app.set_text(entry, "09:00:05")
        app.wait_for("label", re.compile(
            "^09:00:00.00 → 09:00:05.00. The times of 2 finishers change, and no place does."
            "\n214 Ann Olson: 25:12 → 25:07\n"))
        app.key("Return")
        app.wait_for("label", "Wave A: moved from 09:00:00.0 to 09:00:05.0.")
        # Wave B is set to a time that is still to come.
        ahead = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=2)
        app.press(app.wait_for(None, "Correct the time of the gun: Wave B"))
        entry = app.wait_for_focus("The gun was or will be at")
        app.set_text(entry, ahead.isoformat(timespec="seconds").replace("+00:00", "Z"))
        app.key("Return")
        app.wait_for("label", re.compile("^Wave B: set to .* It can be changed until then and after.$"))
        app.wait_for("label", re.compile("^Set to [0-9:]+, in [12]:[0-9:]+$"))
        # Who starts late.
        app.key("ctrl+s")
        app.set_text(app.wait_for_focus("Bib of who starts late"), "301")
        app.key("Return")
        app.wait_for("label", re.compile("^301, Tou Vang: own start at [0-9:.]+$"))
        app.key("Escape")


def test_laps(station):
    """in a race of laps the page says who comes next, takes them by a key, and what to call out"""
    with station.open("timing") as app:
        app.wait_for("label", "No gun yet. The clock shows the time of day.")
        assert not app.all("label", "Nobody is on the course.")
    station.ctl("config", "laps=3", "min_lap=1")
    station.ctl("config", "event_laps=5K Walk=1")
    now = datetime.datetime.now(datetime.timezone.utc)

    def at(minutes):
        return (now - datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")

    station.ctl("gun", "--at", at(20))
    for bib in (214, 215, 302):
        station.ctl("check-in", bib)
    record(station, f"cross 214 {at(9)}", f"cross 215 {at(7)}")
    with station.open("timing") as app:
        # Due are: 302 and 214 two minutes from now or ago, 215 in six.
        app.wait_for("push button", re.compile("^At the line: 214 Ann Olson, 1 of 3, in "))
        app.wait_for("push button", re.compile("^At the line: 215 Bee Olson, 1 of 3, in "))
        app.key("ctrl+1")
        app.wait_for("label", "214  Ann Olson: last lap")
        app.press(app.wait_for("push button", re.compile("^At the line: 302 ")))
        app.wait_for("label", re.compile("^302  Nguyễn.*: finished, place 1$"))
        app.wait_gone("push button", re.compile("^At the line: 302 "))
        app.wait_for("push button", re.compile("^At the line: 214 Ann Olson, 2 of 3"))
    facts = [json.loads(line) for line in station.ctl("facts", "--json").splitlines()]
    sources = [fact["body"]["source"] for fact in facts if fact["kind"] == "crossing"]
    assert sources == ["typed", "typed", "key", "clock"], sources


def test_space_in_another_entry(station):
    """space taps although the focus is in the entry for the time of the gun, and types nothing"""
    with station.open("timing") as app:
        app.press(app.wait_for(None, "Correct the time of the gun: Wave A"))
        entry = app.wait_for_focus("The gun was or will be at")
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


def at_of(tap):
    return datetime.datetime.fromisoformat(tap["at"].replace("Z", "+00:00")).timestamp()


def test_burst(station):
    """1,200 taps, faster than anybody presses, are all recorded, each with the time of its key"""
    with station.open("timing") as app:
        app.wait_for("push button", "Tap (Space)")
        keys = Scanner()
        began = time.time()
        keys.type(" " * 1200, BURST_GAP_MS)
        ended = time.time()
        keys.close()
        wait_for_status(station, "unmatched_taps", 1200)
        app.wait_gone("label", "saving…")
    times = sorted(map(at_of, taps_of(station)))
    assert len(times) == 1200
    assert began - 0.01 <= times[0] and times[-1] <= ended + 0.01, (began, times[0], times[-1], ended)
    # However busy the program was, the taps are as far apart as their keys.
    gaps = sorted(later - earlier for earlier, later in zip(times, times[1:]))
    assert gaps[len(gaps) // 100] >= BURST_GAP_MS / 2000, gaps[:20]


def test_blocked(station):
    """keys that are pressed while the program does not run have their true time within 5 ms"""
    pressed = []
    with station.open("timing") as app:
        app.wait_for("push button", "Tap (Space)")
        keys = Scanner()
        keys.type(" ")
        wait_for_status(station, "unmatched_taps", 1)
        app.wait_gone("label", "saving…")
        for _ in range(10):
            app.process.send_signal(signal.SIGSTOP)
            for _ in range(20):
                before = time.time()
                keys.press("space", 0)
                keys.x11.XSync(keys.display, 0)
                pressed.append((before, time.time()))
                time.sleep(0.01)
            app.process.send_signal(signal.SIGCONT)
            time.sleep(0.05)
        keys.close()
        wait_for_status(station, "unmatched_taps", 1 + len(pressed))
    recorded = sorted(map(at_of, taps_of(station)))[1:]
    assert len(recorded) == len(pressed)
    assert {tap["source"] for tap in taps_of(station)} == {"key"}
    # The server took the key between the two.
    errors = sorted(max(first - at, at - last, 0) for at, (first, last) in zip(recorded, pressed))
    assert errors[len(errors) * 99 // 100] <= 0.005, errors[-10:]


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


def test_another_window(station):
    """it is said in large words that taps do not come here while another window is in front"""
    words = "Taps are not recorded here while another window is in front"
    with station.open("timing") as app:
        app.wait_for("push button", "Tap (Space)")
        app.wait_until(lambda: not app.find(None, words, where=is_shown), "the window in front")
        app.key("ctrl+d")
        app.wait_for(None, words, where=is_shown)


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
