#!/usr/bin/python3
# test_shell.py: the window around the pages: opening, pages, setup, failures.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import subprocess
import sys

from station import main, wait_for_status
from driver import App, has_state, unnamed
from gi.repository import Atspi

TITLES = ["Check-in", "Timing", "Runners", "Results", "Fundraising", "Setup"]


def pressed(app, title):
    button = app.find(None, title, where=lambda node: "button" in node.get_role_name())
    return button is not None and has_state(button, Atspi.StateType.PRESSED)


def test_pages_by_key(station):
    """Alt and a digit lead to each page, and the rail shows which"""
    with station.open("check-in") as app:
        for number, title in enumerate(TITLES, 1):
            app.key(f"alt+{number}")
            app.wait_until(lambda wanted=title: pressed(app, wanted), f"{title} to be shown")


def test_page_of_the_command_line(station):
    """--page opens at that page"""
    with station.open("setup") as app:
        app.wait_until(lambda: pressed(app, "Setup"), "the page Setup")


def test_state_in_words(station):
    """the rail says that all is saved"""
    with station.open("check-in") as app:
        app.wait_for("label", "All saved.")
        assert app.frame("Harbor 5K") is not None


def test_operator(station):
    """who is at the station is asked in the header, and every entry says it"""
    with station.open("check-in") as app:
        app.wait_for("label", "All saved.")
        app.press(app.wait_for("push button", "Who is at this station?",
                               where=lambda node: Atspi.Action.get_n_actions(node) > 0))
        entry = app.wait_for("text", "Who is at this station?")
        app.set_text(entry, "Kim")
        app.key("Return")
        app.wait_for("push button", "At this station: Kim")
        app.type_keys("214")
        app.key("Return")
        wait_for_status(station, "checked_in", 1)
    assert "(Kim): Checked in" in station.ctl("story", "214")


def test_setting(station):
    """a setting is saved by Enter, and what cannot be is refused beside it; shares sum to 100"""
    with station.open("setup") as app:
        entry = app.wait_for("text", re.compile("^(Setting )?Laps"))
        app.set_text(entry, "many")
        save = app.wait_for("push button", "Save: Laps")
        app.wait_until(lambda: not has_state(save, Atspi.StateType.SENSITIVE), "a refusal")
        app.set_text(entry, "3")
        app.press("Save: Laps")
        app.wait_for("label", "Saved.")
        assert "3" in station.ctl("config", "laps")
        shares = app.wait_for("list", "Beneficiaries")
        app.wait_for("label", "The shares add up to 100 percent.")
        first, second = app.all("spin button", "Share in percent", shares)[:2]
        Atspi.Value.set_current_value(first, 40)
        app.wait_for("label", "The shares add up to 106 percent; they must add up to 100.")
        save = app.wait_for("push button", "Save Shares")
        app.wait_until(lambda: not has_state(save, Atspi.StateType.SENSITIVE), "a refusal of shares")
        Atspi.Value.set_current_value(second, 27)
        app.press(save)
        app.wait_gone("push button", "Save Shares")
        assert station.ctl("config", "beneficiaries").strip() == "Breaking Free:40,Source:27,The Link:33"


def test_verify(station):
    """Verify replays the file and says that it is sound"""
    with station.open("setup") as app:
        app.press(app.wait_for("push button", "Verify"))
        app.wait_for("label", re.compile("The file is sound"))


def test_locked(station):
    """a race that another program writes is not opened, and the page says so"""
    command = [station.concoursectl, "record", station.race]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        other.stdin.write("tap\n")
        other.stdin.flush()
        assert other.stdout.readline().startswith("ok ")
        with App([station.concourse, station.race]) as app:
            app.wait_for("label", "This race is open in another program")
            other.stdin.close()
            other.wait()
            app.press("Try Again")
            app.wait_for("label", "All saved.")


def test_not_a_race(station):
    """a file that is no race is refused in words"""
    other = station.race.with_name("notes.race")
    other.write_text("Not a race at all, but a note of some length.\n" * 100, encoding="utf-8")
    with App([station.concourse, other]) as app:
        app.wait_for("label", "This is not a race file")


def test_start_page(station):
    """without a file there is a page that leads on"""
    with App([station.concourse]) as app:
        app.wait_for("push button", "Open a Race…")
        app.wait_for("push button", "New Race…")
        app.wait_until(lambda: "New Race" in ((app.focused() or app.frame()).get_name() or ""),
                       "the focus on the next step")


def test_names(station):
    """every control has a name for a screen reader"""
    with station.open("check-in") as app:
        for title in ("Check-in", "Setup"):
            nameless = list(unnamed(app, app.wait_for("panel", title)))
            assert not nameless, f"{title}: {nameless}"


def test_undo_of_a_setting(station):
    """Ctrl+Z takes back a setting as well"""
    with station.open("setup") as app:
        entry = app.wait_for("text", re.compile("^(Setting )?Laps"))
        app.set_text(entry, "4")
        app.press("Save: Laps")
        app.wait_for("label", "Saved.")
        app.activate("win.undo")
        app.wait_for("label", "The setting is as it was before.")
        wait_for_status(station, "conflicts", 0)
        assert "4" not in station.ctl("config", "laps")


if __name__ == "__main__":
    sys.exit(main(globals()))
