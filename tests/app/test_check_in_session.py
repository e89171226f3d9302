#!/usr/bin/python3
# test_check_in_session.py: an hour at the check-in desk, with what goes wrong there.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import sys

import station as parts
from station import main, poll
from driver import tool
from gi.repository import Atspi
from test_check_in import draw_on, is_shown, wait_for_focus

HAND_MSEC = "70"  # between two keys
HEAD = "First Name,Last Name,Email,Gender,Age,City,Event,Wave,T-Shirt Size,Bib,Public,Waiver\n"
GIVEN = ["Ada", "Ben", "Cai", "Dao", "Eli", "Fay", "Gus", "Hua", "Ida", "Jon", "Kia", "Leo",
         "Mai", "Ned", "Ola", "Pia", "Quy", "Ray", "Sue", "Tia", "Uma", "Van", "Wes", "Xia",
         "Yer", "Zoe", "Amy", "Bea", "Cal", "Deb", "Eve", "Flo", "Gil"]
# The last two came together.
PLAIN = [f"{name},Lind,{name.lower() if i < 31 else 'lind'}@example.org,F,{30 + i},Edina,5K Run,A,M,{101 + i},yes,yes\n"
         for i, name in enumerate(GIVEN)]
FAMILY = [f"{name},Moua,moua@example.org,F,{age},Edina,5K Run,A,S,{bib},yes,yes\n"
          for name, age, bib in [("Aa", 40, 201), ("Bo", 41, 202), ("Cy", 19, 203), ("Di", 12, 204)]]
TWINS = ["Sam,Berg,b1@example.org,M,25,Edina,5K Run,A,L,211,yes,yes\n",
         "Sam,Berg,b2@example.org,M,61,Duluth,5K Run,B,L,212,yes,yes\n"]
BLOCKED = [f"{name},Nord,{name.lower()}@example.org,F,33,Edina,5K Run,B,M,{bib},yes,no\n"
           for name, bib in [("Rae", 221), ("Roy", 222), ("Rut", 223)]]
MINORS = ["Kim,Falk,k@example.org,F,15,Edina,5K Run,A,S,231,yes,yes\n",
          "Lou,Falk,l@example.org,M,16,Edina,5K Run,A,S,232,yes,yes\n"]
BIBLESS = [f"{name},Stark,{name.lower()}@example.org,X,28,Edina,5K Walk,B,M,,yes,yes\n"
           for name in ["Noa", "Nia", "Nils", "Nell"]]
ABSENT = ["Abe,Holt,a@example.org,M,50,Edina,5K Walk,B,M,241,yes,yes\n",
          "Ann,Holt,h@example.org,F,51,Edina,5K Walk,B,M,242,yes,yes\n"]


def by_bib(app, station, bib):
    """Check in who needs nothing: the bib and Enter, as fast as a hand and not as a scanner."""
    before = station.status()["checked_in"]
    tool("xdotool", "key", "--delay", HAND_MSEC, "--", *str(bib), "Return")
    poll(lambda: station.status()["checked_in"] > before, f"bib {bib} to be checked in")


def click(node):
    """GTK 4.8 has no action for a check box."""
    area = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    tool("xdotool", "mousemove", str(area.x + area.width // 2), str(area.y + area.height // 2),
         "click", "1")


def choose(app, *names):
    for name in names:
        click(app.wait_for("check box", name, where=is_shown))


def check_in_family(app):
    """Three of four at once: one needs a guardian, and is named."""
    app.type_keys("202")
    app.wait_for("label", "Registered together (4)")
    choose(app, "Bo Moua", "Cy Moua")
    app.wait_for("push button", "Check In Only Aa Moua")
    choose(app, "Bo Moua", "Cy Moua")
    app.press("Check In the Chosen 3")
    app.wait_for("label", re.compile("^3 checked in$"))
    app.wait_for("label", "201, Aa Moua, shirt S\n202, Bo Moua, shirt S\n203, Cy Moua, shirt S")
    app.wait_for("label", "Not checked in: Di Moua.")


def undo_family(app, station):
    """One press of the keys of Undo takes back what was one deed."""
    app.key("ctrl+z")
    app.wait_for("label", "3 check-ins are undone.")
    poll(lambda: here(station).isdisjoint({201, 202, 203}), "all three to be out again")
    app.key("Escape")


def name_guardian(app, bib, name, guardian):
    app.type_keys(str(bib))
    app.wait_for("label", "Under 18, and no guardian is named.")
    app.key("Return")
    wait_for_focus(app, "Name of the guardian")
    app.type_keys(guardian)
    app.key("Return")
    app.wait_for("push button", f"Undo: Guardian: {guardian}.")
    app.key("Return")
    app.wait_for("label", re.compile(f"^{bib}, {name}"), where=is_shown)


def file_waiver(app, bib, name):
    app.type_keys(str(bib))
    app.wait_for("label", re.compile(f"^{name}$"))
    app.key("Return")
    wait_for_focus(app, "Sign Here")
    app.key("Tab", "space")
    app.wait_for("push button", "Undo: Waiver filed on paper.")
    app.key("Return")
    app.wait_for("label", re.compile(f"^{bib}, {name}"), where=is_shown)


def give_bib(app, name, bib, is_proposed):
    """The first bib is typed; after that the pile is known, and Enter gives the next."""
    app.type_keys(name.lower())
    app.wait_for("label", re.compile(f"^{name}$"))
    app.key("Return")
    wait_for_focus(app, "Bib for this runner")
    if not is_proposed:
        app.set_text("Bib for this runner", str(bib))
    app.wait_for("push button", f"Give Bib {bib} and Check In")
    app.key("Return")
    app.wait_for("label", f"{bib}, {name}, shirt M")


def check_in_pair(app):
    """Nothing stands in the way of anybody: all of them at once."""
    app.type_keys("132")
    app.press("Check In All 2")
    app.wait_for("label", "132, Flo Lind, shirt M\n133, Gil Lind, shirt M")


def file_on_paper(app, _name):
    app.key("alt+f")


def sign(app, name):
    app.key("alt+h")
    draw_on(app.wait_for(None, "Sign here with mouse, finger or pen", where=is_shown))
    app.press(app.wait_for("push button", "Accept Waiver", where=is_shown))
    app.wait_for("label", f"Signed by {name}.", where=is_shown)


def walk_up(app, given, family, bib, accept_waiver):
    app.type_keys(f"{given} {family}")
    app.key("F2")
    app.wait_for("push button", "Register and Check In", where=is_shown)
    app.set_text("Age or birth date", "1990-05-17")
    app.set_text("Emergency phone", "555-0123")
    accept_waiver(app, f"{given} {family}".title())
    app.key("ctrl+Return")
    app.wait_for("label", f"{bib}, {given.title()} {family.title()}")


def twin(app, age, bib):
    """Two of one name are told apart by their age before one of them is chosen."""
    app.type_keys("sam berg")
    told = app.wait_for("label", re.compile("^Somebody else has this name. This one: aged"))
    if str(age) not in told.get_name():
        app.key("Down")
    app.wait_for("label", f"Somebody else has this name. This one: aged {age}.")
    app.key("Return")
    app.wait_for("label", f"{bib}, Sam Berg, shirt L")


def here(station):
    return {row["bib"] for row in json.loads(station.ctl("runners", "--json")) if row["checked_in"]}


def test_session(station):
    """fifty runners: a family, twins of name, minors, bibs of the pile, walk-ups, and what is taken back"""
    station.ctl("config", "fee=40")
    with station.open("check-in") as app:
        app.resize(1366, 768)
        for bib in range(101, 132):
            by_bib(app, station, bib)
        app.wait_for("label", "131, Eve Lind, shirt M")
        app.type_keys("101")  # once more
        app.wait_for("label", re.compile("^Checked in already: at"))
        app.key("Return")
        app.wait_for("label", re.compile("^Ada Lind: Checked in at"))
        app.key("Escape")
        check_in_family(app)
        undo_family(app, station)
        check_in_family(app)
        name_guardian(app, 204, "Di Moua", "Aa Moua")
        twin(app, 61, 212)
        twin(app, 25, 211)
        for bib, name in [(221, "Rae Nord"), (222, "Roy Nord"), (223, "Rut Nord")]:
            file_waiver(app, bib, name)
        name_guardian(app, 231, "Kim Falk", "Eva Falk")
        name_guardian(app, 232, "Lou Falk", "Eva Falk")
        for i, name in enumerate(["Noa Stark", "Nia Stark", "Nils Stark"]):
            give_bib(app, name, 301 + i, i > 0)
        walk_up(app, "zed", "quist", 304, file_on_paper)
        walk_up(app, "zoe", "quist", 305, sign)
        # The bib of somebody who does not come goes to somebody who does.
        app.type_keys("nell")
        app.wait_for("label", "Nell Stark")
        app.set_text("Bib for this runner", "241")
        app.press("Give Bib 241 and Check In")
        app.press("Move 241 Here")
        app.wait_for("label", "241, Nell Stark, shirt M")
        check_in_pair(app)
        app.key("Escape")
        by_bib(app, station, 242)
        app.key("ctrl+z")
        poll(lambda: 242 not in here(station), "the last one to be out again")
    expected = {*range(101, 134), 201, 202, 203, 204, 211, 212, 221, 222, 223, 231, 232,
                *range(301, 306), 241}
    assert here(station) == expected, here(station) ^ expected
    assert station.runner(241)["given_name"] == "Nell"
    waivers = [fact["body"] for fact in map(json.loads, station.ctl("facts", "--json").splitlines())
               if fact["kind"] == "waiver"]
    assert [(each["waiver_by"], each.get("waiver_signer")) for each in waivers[-2:]] == [
        ("paper", None), ("screen", "Zoe Quist")], waivers
    assert re.match(r"^\d+,\d+ \d+,\d+", waivers[-1]["waiver_signature"])
    station.ctl("verify")


if __name__ == "__main__":
    parts.REGISTRATIONS = HEAD + "".join(PLAIN + FAMILY + TWINS + BLOCKED + MINORS + BIBLESS + ABSENT)
    sys.exit(main(globals()))
