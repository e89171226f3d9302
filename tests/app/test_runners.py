#!/usr/bin/python3
# test_runners.py: the table of runners, used as an organizer does.
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import re
import subprocess
import sys

from station import main, wait_for_status
from driver import is_shown, text_of, unnamed
from chooser import open_file, save_as


def open_first(app, search):
    app.wait_for("label", "5 runners")
    app.type_keys(search)
    app.wait_for("label", re.compile("^1 of 5"))
    app.key("Return")
    return app.wait_for("text", "Given name")


def test_search(station):
    """the search finds by name without accents, by bib and by team"""
    with station.open("runners") as app:
        app.wait_for("label", "5 runners")
        app.type_keys("ibanez")
        app.wait_for("label", "1 of 5 runners")
        app.wait_for(None, "de la Cruz y Ibáñez")
        app.key("ctrl+a")
        app.type_keys("zzz")
        app.wait_for("label", "Nobody Found")
        app.key("Escape")
        app.wait_for("label", "5 runners")


def test_from_the_right(station):
    """a name in Arabic is found, and stands where the other names begin"""
    file = station.race.with_name("more.csv")
    file.write_text("First Name,Last Name,Bib\nعبد,المنصوري,400\n", encoding="utf-8")
    station.ctl("import", file)
    with station.open("runners") as app:
        app.wait_for("label", "6 runners")
        # The marks of direction around the name keep the cell on the left.
        app.wait_for(None, "\u200e\u2068عبد المنصوري\u2069")


def test_edit(station):
    """Enter opens who was found; a change is saved and shown"""
    with station.open("runners") as app:
        open_first(app, "214")
        app.set_text("Shirt", "XL")
        app.press("Save")
        app.wait_for(None, "Saved: Ann Olson.")
        app.wait_for(None, re.compile("^XL$"))
    assert "XL" in station.ctl("facts", "--json")


def test_taken_bib(station):
    """a bib of somebody else is refused beside the field and nothing is saved"""
    with station.open("runners") as app:
        open_first(app, "214")
        app.set_text("Bib", "301")
        app.press("Save")
        app.wait_for("label", "Bib 301 belongs to Tou Vang. Give another bib.")
        app.set_text("Bib", "12x")
        app.wait_for("label", "A bib is a number from 1 to 999999.")
        app.press("Discard")
        app.wait_until(lambda: text_of(app.wait_for("text", "Bib")) == "214", "the old bib")
    assert station.runner(214)["given_name"] == "Ann"


def wait_for_new_runner(app):
    """Wait for the form of somebody new, which is emptied when it opens and proposes the next bib."""
    app.wait_for("text", "Bib", where=lambda node: is_shown(node) and text_of(node) == "303")


def test_walk_up(station):
    """somebody is registered at the desk with the next bib"""
    with station.open("runners") as app:
        app.wait_for("label", "5 runners")
        app.key("ctrl+shift+n")
        wait_for_new_runner(app)
        app.set_text("Given name", "Uma")
        app.set_text("Family name", "Ng")
        app.set_text("Birth date", "8/18/1985")
        app.wait_until(lambda: text_of(app.wait_for("text", "Age on race day")) == "32", "the age")
        app.press("Register")
        app.wait_for(None, "Registered: Uma Ng, bib 303.")
        wait_for_status(station, "registered", 6)
    runner = station.runner(303)
    assert runner["family_name"] == "Ng" and runner["birth_date"] == "1985-08-18", runner


def test_twin(station):
    """a name that is registered already is said, and does not stand in the way"""
    with station.open("runners") as app:
        app.wait_for("label", "5 runners")
        app.press("Add Runner")
        wait_for_new_runner(app)
        app.set_text("Given name", "ann")
        app.set_text("Family name", "OLSON")
        app.wait_for("label", "Ann Olson is registered already: bib 214, age 34.")
        app.press("Register")
        wait_for_status(station, "registered", 6)


def test_missing_name(station):
    """without a name nobody is registered, and the field says so"""
    with station.open("runners") as app:
        app.wait_for("label", "5 runners")
        app.press("Add Runner")
        wait_for_new_runner(app)
        app.set_text("Shirt", "M")
        app.press("Register")
        app.wait_for("label", "Type a given name or a family name.")
        assert station.status()["registered"] == 5


def test_follows_the_file(station):
    """an empty race says what will be here and how it comes"""
    empty = station.race.with_name("Empty.race")
    subprocess.run([station.concoursectl, "create", empty, "--name", "Empty", "--date", "2017-12-09"],
                   check=True, capture_output=True)
    station.race = empty
    with station.open("runners") as app:
        app.wait_for("label", "No Runners Yet")
        app.wait_for("push button", "Import Registrations")


def test_bibs(station):
    """bibs are given to those who have none"""
    with station.open("runners") as app:
        app.wait_for("label", "5 runners")
        app.press("More")
        app.press("Assign Bibs", "menu item")
        app.wait_for("label", "1 runner has no bib yet.")
        app.press("Assign")
        app.wait_for("label", "5 with a bib")
    assert station.runner(303)["family_name"] == "Ek"


def test_import(station):
    """a newer export shows what it would do, and does it"""
    newer = station.race.with_name("newer.csv")
    newer.write_text("First Name,Last Name,Age,Lunch\nUma,Ng,32,yes\nPao,Xiong,21,no\n,,,\n",
                     encoding="utf-8")
    with station.open("runners") as app:
        app.wait_for("label", "5 runners")
        app.press("Import")
        open_file(app, newer, "Open")
        button = app.wait_for("push button", "Import 2 Runners")
        app.wait_for("label", re.compile("^Left out$"))
        app.press(button)
        wait_for_status(station, "registered", 7)
        app.wait_for("label", "7 runners")


def test_export(station):
    """everybody is exported with all fields"""
    target = station.race.with_name("all.csv")
    with station.open("runners") as app:
        app.wait_for("label", "5 runners")
        app.press("More")
        app.press("Export All Runners", "menu item")
        save_as(app, target, "Export")
        app.wait_until(target.exists, "the file")
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5 and {row["bib"] for row in rows} == {"214", "215", "301", "302", ""}


def test_names_for_screen_readers(station):
    """every control of the page and of the panel has a name"""
    with station.open("runners") as app:
        open_first(app, "214")
        # The button inside a drop down is GTK's own and has no name; the drop down has one.
        nameless = [words for words in unnamed(app, app.wait_for("panel", "Runners"))
                    if "GtkToggleButton" not in words]
        assert not nameless, nameless


if __name__ == "__main__":
    sys.exit(main(globals()))
