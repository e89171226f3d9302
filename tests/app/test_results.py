#!/usr/bin/python3
# test_results.py: the results, as the crew and the speaker see them.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import subprocess
import sys

from station import main
from driver import is_shown, text_of, unnamed
from chooser import save_as


def race(station, *bibs):
    """A gun at ten, and the bibs over the line from 10:20 on, a minute apart."""
    lines = ["gun 10:00:00"] + [f"cross {bib} 10:{20 + n}:00" for n, bib in enumerate(bibs)]
    done = subprocess.run([station.concoursectl, "record", station.race], text=True, check=True,
                          input="\n".join(lines) + "\n", capture_output=True)
    assert done.stdout.count("ok ") == len(lines), done.stdout


def write_nameless(station):
    """A runner whose age and sex nobody gave."""
    file = station.race.with_name("late.csv")
    file.write_text("First Name,Last Name,Bib\nKim,Doe,400\n", encoding="utf-8")
    return file


def test_overall(station):
    """places, names as published, times, and the count"""
    race(station, 214, 301, 302)
    with station.open("results") as app:
        app.wait_for("label", re.compile("^3 finishers"))
        app.wait_for(None, re.compile("^Ann Olson$"))
        app.wait_for(None, "Runner 301 (not named in public)")
        app.wait_for(None, re.compile("^20:00$"))
        assert not app.all(None, "Tou Vang", within=app.wait_for("panel", "Results"))
        app.wait_for("label", re.compile(r"^Provisional, as of \d\d:\d\d:\d\d$"))
        app.wait_for("label", re.compile("^Placed by gun time.*rounded up to the whole second"))


def test_empty(station):
    """before the first finisher the page says what will be here"""
    with station.open("results") as app:
        app.wait_for("label", "No Results Yet")


def test_live(station):
    """a finisher that the timing page takes is on the list"""
    race(station, 214)
    with station.open("results") as app:
        app.wait_for("label", re.compile("^1 finisher "))
        app.key("alt+2")
        app.key("space")
        app.type_keys("215")
        app.key("Return")
        app.wait_for("label", "215 Bee Olson: ")
        app.key("alt+4")
        app.wait_for("label", re.compile("^2 finishers"))
        app.wait_for(None, re.compile("^Bee Olson$"))


def test_lists(station):
    """a list of women has their places only, and so has one of a division"""
    race(station, 301, 214, 215)
    with station.open("results") as app:
        app.wait_for("label", re.compile("^3 finishers"))
        app.wait_for(None, "Runner 301")
        app.wait_until(app.focused, "the keyboard on the choice of a list")
        app.key("space")
        app.wait_for("label", "Women", where=is_shown)
        app.key("Down", "Return")
        app.wait_gone(None, "Runner 301 (")
        app.wait_for(None, re.compile("^Ann Olson$"))
        app.key("space")
        app.wait_for("label", "Overall", where=is_shown)
        app.key("End", "Up", "Return")
        app.wait_until(lambda: not app.all(None, re.compile("^Bee Olson$"), where=is_shown), "Bee to go")
        app.wait_for(None, re.compile("^Ann Olson$"))


def test_to_be_settled(station):
    """a bib of nobody is on the list of what must be settled"""
    race(station, 214, 999)
    with station.open("results") as app:
        app.wait_for("label", "To Be Settled (1)")
        app.wait_for("label", "Bib 999 finished, and nobody is registered for it.")


def settle_first(app):
    """Walk with Tab to the list of what must be settled, and open its first row."""
    settled = app.wait_for("list", "To be settled")

    def is_there():
        app.key("Tab")
        focus = app.focused()
        return focus is not None and focus.path in [node.path for node in app.all(within=settled)]

    app.wait_until(is_there, "the focus on what must be settled")
    app.key("Return")


def test_settle(station):
    """what must be settled leads to the runner, or to where one is added"""
    station.ctl("import", write_nameless(station))
    race(station, 400, 999)
    with station.open("results") as app:
        app.wait_for("label", "To Be Settled (2)")
        settle_first(app)
        app.wait_for("label", re.compile("^1 of 6 runners"))
        app.wait_until(lambda: text_of(app.wait_for("text", "Given name")) == "Kim", "the runner")


def test_nobody_to_settle(station):
    """a bib that nobody has is looked for where a runner can be added"""
    race(station, 999)
    with station.open("results") as app:
        app.wait_for("label", "To Be Settled (1)")
        settle_first(app)
        app.wait_for("label", "Nobody Found")
        app.wait_for("push button", "Add Runner")


def test_net_times(station):
    """the column of net times comes with the first start of a runner's own"""
    race(station, 214)
    with station.open("results") as app:
        app.wait_for("label", re.compile("^1 finisher "))
        assert not app.all(None, "Net time")
    subprocess.run([station.concoursectl, "record", station.race], text=True, check=True,
                   input="start 214 10:00:05\n", capture_output=True)
    with station.open("results") as app:
        app.wait_for(None, "Net time")
        app.wait_for(None, re.compile("^19:55$"))


def test_export(station):
    """the web page is saved with public names only"""
    race(station, 214, 301)
    target = station.race.with_name("page.html")
    with station.open("results") as app:
        app.wait_for("label", re.compile("^2 finishers"))
        app.press(re.compile("Export$"))
        app.press("Web Page", "menu item")
        save_as(app, target, "Export")
        app.wait_until(target.exists, "the file")
    page = target.read_text(encoding="utf-8")
    assert "Runner 301" in page and "Tou Vang" not in page


def test_names_for_screen_readers(station):
    """every control of the page has a name"""
    race(station, 214, 999)
    with station.open("results") as app:
        app.wait_for("label", re.compile("^2 finishers"))
        # The button inside a drop down is GTK's own and has no name; the drop down has one.
        nameless = [words for words in unnamed(app, app.wait_for("panel", "Results"))
                    if "GtkToggleButton" not in words]
        assert not nameless, nameless


if __name__ == "__main__":
    sys.exit(main(globals()))
