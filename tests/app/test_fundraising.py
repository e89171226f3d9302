#!/usr/bin/python3
# test_fundraising.py: the till, used as a volunteer with a queue in front of it does.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import sys

from station import main, wait_for_status
from driver import unnamed


def gifts_of(station):
    facts = [json.loads(line) for line in station.ctl("facts", "--json").splitlines()]
    return [fact["body"] for fact in facts if fact["kind"] == "gift"]


def test_amount_and_enter(station):
    """an amount and Enter record a gift in cash"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        app.type_keys("25")
        app.wait_for("push button", "Record $25.00, Cash")
        app.key("Return")
        app.wait_for("label", "Recorded: $25.00, Cash")
        wait_for_status(station, "raised_cents", 2500)
        app.wait_for("label", re.compile(r"^raised, 2 % of \$1,000$"))


def test_method_by_letter(station):
    """a letter chooses the method, also in the middle of the amount"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        app.type_keys("40d.50")
        app.wait_for("push button", "Record $40.50, Card")
        app.key("Return")
        wait_for_status(station, "raised_cents", 4050)
        app.type_keys("p100")
        app.key("Return")
        wait_for_status(station, "pledged_cents", 10000)
        assert station.status()["raised_cents"] == 4050
        methods = app.wait_for("list", "Amounts by method")
        for words in ("Card", "$40.50", "Pledge", "$100.00"):
            app.wait_for("label", words, methods)
        assert len(app.all("label", "$0.00", methods)) == 4


def test_donor(station):
    """n leads to the name, where letters are letters and Enter records"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        app.type_keys("10n")
        app.type_keys("Pao Kamdon")
        app.key("Return")
        app.wait_for("label", "Recorded: $10.00, Cash, Pao Kamdon")
        app.type_keys("5")
        app.wait_for("push button", "Record $5.00, Cash")


def test_type_anywhere(station):
    """figures go to the amount when the focus is on another key"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        app.key("Tab", "Tab")
        app.type_keys("75")
        app.wait_for("push button", "Record $75.00")


def test_ambiguous(station):
    """an amount that can be read in two ways is asked about and not recorded"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        app.type_keys("1,000")
        app.key("Return")
        app.wait_for("label", "can be read in two ways: type 1000 or 1000.00")
        assert station.status()["raised_cents"] == 0
        app.key("Escape")
        app.type_keys("1000")
        app.key("Return")
        wait_for_status(station, "raised_cents", 100000)


def test_undo(station):
    """the last gift is taken back beside the till, any other in the list"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        for amount in ("20", "30"):
            app.type_keys(amount)
            app.key("Return")
        wait_for_status(station, "raised_cents", 5000)
        app.wait_for("label", "Recorded: $30.00, Cash")
        app.press(app.wait_for("push button", re.compile("Undo")))
        wait_for_status(station, "raised_cents", 2000)
        app.wait_gone("label", re.compile(r"^\$30\.00$"))
        app.key("ctrl+z")
        wait_for_status(station, "raised_cents", 0)


def test_gift_of_another_day(station):
    """a gift that came in before today shows its day, not a time of day"""
    gifts = station.race.with_name("gifts.csv")
    gifts.write_text("Date,Amount,Method,Name\n2017-11-05 08:15,50.00,Online,Pao Kamdon\n",
                     encoding="utf-8")
    station.ctl("import", gifts, "--kind", "gifts")
    with station.open("fundraising") as app:
        app.wait_for("label", "Pao Kamdon")
        app.wait_for("label", re.compile("^Online · 5 November 2017$"))


def test_shares_sum_up(station):
    """what the beneficiaries get sums to the cent"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        app.type_keys("100.01")
        app.key("Return")
        wait_for_status(station, "raised_cents", 10001)
        app.wait_for("label", "Breaking Free")

        def total():
            shares = app.find("list", "Amounts by beneficiary")
            amounts = [node.get_name() for node in app.all("label", "$", within=shares)]
            return sum(round(float(text.strip("$")) * 100) for text in amounts) == 10001

        app.wait_until(total, "shares that sum to $100.01")


def test_names_for_screen_readers(station):
    """every control of the page has a name"""
    with station.open("fundraising") as app:
        app.wait_for("label", "Type the amount, then Enter.")
        app.type_keys("20")
        app.key("Return")
        app.wait_for("label", "Recorded: $20.00, Cash")
        # The button inside a drop down is GTK's own and has no name; the drop down has one.
        nameless = [words for words in unnamed(app, app.wait_for("panel", "Fundraising"))
                    if "GtkToggleButton" not in words]
        assert not nameless, nameless


if __name__ == "__main__":
    sys.exit(main(globals()))
