#!/usr/bin/python3
# test_check_in.py: the check-in desk, used as a volunteer does.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from station import main, poll, wait_for_status
from driver import size_of, text_of, tool
from gi.repository import Atspi


def is_shown(node):
    return min(size_of(node)) > 0


def wait_for_focus(app, name, role=None):
    """Wait until the keyboard is at a node whose name has NAME."""
    def is_there():
        node = app.focused()
        return node is not None and name in node.get_name() and role in (None, node.get_role_name())

    poll(is_there, f"the keyboard at {role or ''} {name}")


def can_be_pressed(node):
    return node.get_action_iface() is not None and Atspi.Action.get_n_actions(node) > 0


def undo_on_card(app, deed):
    app.press(app.wait_for("push button", f"Undo: {deed}", where=is_shown))


def facts_of(station):
    return [json.loads(line) for line in station.ctl("facts", "--json").splitlines()]


def token_of(station, bib):
    """What a scanner reads from the label of BIB: the code as it is printed."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "label.pdf"
        station.ctl("labels", "--output", paper, "--bibs", str(bib))
        subprocess.run(["pdftoppm", "-r", "300", "-gray", paper, Path(folder) / "page"], check=True)
        picture = next(Path(folder).glob("page*"))
        read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True,
                              check=True)
        return read.stdout.strip()


def test_name_and_enter(station):
    """part of a name and Enter check in the selected runner"""
    with station.open("check-in") as app:
        app.type_keys("olson an")
        app.wait_for("label", "Ann Olson")
        app.wait_for("push button", "Check In")
        app.key("Return")
        app.wait_for("label", "214, Ann Olson, shirt M")
        wait_for_status(station, "checked_in", 1)
        assert station.runner(214)["checked_in"]


def test_undo_of_the_last(station):
    """the confirmation has an Undo, and so has Ctrl+Z"""
    with station.open("check-in") as app:
        app.type_keys("214")
        app.wait_for("label", "Ann Olson")
        app.key("Return")
        app.wait_for("label", "214, Ann Olson, shirt M")
        app.press(app.wait_for("push button", re.compile("^Undo$")))
        wait_for_status(station, "checked_in", 0)
        app.key("Escape")
        app.type_keys("302")
        app.wait_for("label", re.compile("de la Cruz"))
        app.key("Return")
        wait_for_status(station, "checked_in", 1)
        app.key("ctrl+z")
        wait_for_status(station, "checked_in", 0)


def test_scan_then_enter(station):
    """a scan shows whose bib it is; the next Enter checks in"""
    code = token_of(station, 302)
    with station.open("check-in") as app:
        app.type_keys(code)
        app.key("Return")
        app.wait_for("label", re.compile("^Nguyễn-Abdirahman de la Cruz"))
        assert station.status()["checked_in"] == 0
        app.key("Return")
        app.wait_for("label", re.compile("^302, Nguyễn-Abdirahman .*, shirt XL$"))
        wait_for_status(station, "checked_in", 1)


def test_forged_code(station):
    """a forged code is refused in words and shows nobody"""
    code = token_of(station, 301)
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    with station.open("check-in") as app:
        app.type_keys(forged)
        app.key("Return", "Return")
        app.wait_for("label", re.compile("type the bib|another race|not the code"))
        assert station.status()["checked_in"] == 0


def test_minor(station):
    """up and down choose; Enter goes to what blocks, and checks in once that is settled"""
    with station.open("check-in") as app:
        app.type_keys("olson")
        app.wait_for("label", "Bee Olson")
        app.key("Down")
        app.wait_for("label", "Under 18, and no guardian is named.")
        app.wait_for("label", "Settle first")
        app.key("Return")
        wait_for_focus(app, "Name of the guardian")
        assert station.status()["checked_in"] == 0
        app.type_keys("Eva Oslon")
        app.key("Return")
        undo_on_card(app, "Guardian: Eva Oslon.")
        app.wait_for("label", "Under 18, and no guardian is named.")
        assert station.runner(215)["guardian"] is None
        app.key("Return")
        wait_for_focus(app, "Name of the guardian")
        app.type_keys("Eva Olson")
        app.key("Return")
        app.wait_for("push button", "Undo: Guardian: Eva Olson.")
        app.key("Return")
        app.wait_for("label", "215, Bee Olson, shirt YS")
        assert station.runner(215)["guardian"] == "Eva Olson"


def test_paper_waiver(station):
    """a waiver on paper is filed by keyboard, and taken back on the card"""
    with station.open("check-in") as app:
        app.type_keys("301")
        app.wait_for("label", "The waiver is missing.")
        app.key("Return")
        wait_for_focus(app, "Sign Here")
        app.key("Tab", "space")
        undo = app.wait_for("push button", "Undo: Waiver filed on paper.")
        assert station.runner(301)["waiver"]
        app.press(undo)
        app.wait_for("label", "The waiver is missing.")
        assert not station.runner(301)["waiver"]


def draw_on(pad):
    """Draw a line with the mouse, as somebody signs."""
    area = pad.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    x, y = area.x + area.width // 4, area.y + area.height // 3
    strokes = [(x, y), (x + 60, y + 50), (x + 90, y - 20), (x + 160, y + 40)]
    tool("xdotool", "mousemove", str(x), str(y), "mousedown", "1")
    for to_x, to_y in strokes[1:]:
        tool("xdotool", "mousemove", "--sync", str(to_x), str(to_y))
    tool("xdotool", "mouseup", "1")


def test_signature(station):
    """the waiver is signed on the screen, and the strokes are kept as a private fact"""
    with station.open("check-in") as app:
        app.resize(1366, 768)
        app.type_keys("301")
        app.wait_for("label", "The waiver is missing.")
        app.press("Sign Here")
        pad = app.wait_for(None, "Sign here with mouse, finger or pen", where=is_shown)
        app.wait_for("label", re.compile("^I know that running"))
        draw_on(pad)
        app.press("Accept Waiver")
        app.wait_for("push button", "Undo: Waiver signed by Tou Vang.")
        waiver = next(fact["body"] for fact in facts_of(station) if fact["kind"] == "waiver")
        assert waiver["waiver_by"] == "screen" and waiver["waiver_signer"] == "Tou Vang"
        assert re.match(r"^\d+,\d+ \d+,\d+", waiver["waiver_signature"])
        undo_on_card(app, "Waiver signed by Tou Vang.")
        app.wait_for("label", "The waiver is missing.")
        assert not station.runner(301)["waiver"]


def test_balance(station):
    """what is due is taken with one button, and is due again when that is taken back"""
    station.ctl("edit", "214", "balance_cents=3500")
    with station.open("check-in") as app:
        app.type_keys("214")
        app.wait_for("label", "$35.00 is still to be paid.")
        app.press("Take $35.00, Cash")
        undo = app.wait_for("push button", "Undo: Paid: $35.00, Cash.")
        app.wait_gone("label", "$35.00 is still to be paid.")
        app.press(undo)
        app.wait_for("label", "$35.00 is still to be paid.")


def test_shirts(station):
    """the shirt is handed out with the check-in; of a size that is gone another is chosen"""
    station.ctl("config", "shirts=M=1, S=4")
    station.ctl("edit", "302", "shirt=M")
    with station.open("check-in") as app:
        app.type_keys("214")
        app.wait_for("label", "Shirt M to hand out: the last one.")
        app.key("Return")
        app.wait_for("label", "214, Ann Olson, shirt M")
        app.type_keys("302")
        app.wait_for("label", "No shirt M is left: choose another size.")
        app.press(app.wait_for("push button", "Shirt to hand out", where=can_be_pressed))
        wait_for_focus(app, "", "list item")
        app.key("Down", "Down", "Return")
        wait_for_focus(app, "Shirt to hand out")
        app.press(app.wait_for("push button", re.compile("^Check In$"), where=is_shown))
        app.wait_for("label", re.compile("^302, .*, shirt S$"))
        assert station.runner(302)["shirt_given"] == "S"
        app.press(app.wait_for("push button", re.compile("^Undo$"), where=is_shown))
        poll(lambda: station.runner(302)["shirt_given"] is None, "the shirt to be back")


def test_counts(station):
    """registered, checked in and missing follow every check-in"""
    with station.open("check-in") as app:
        app.wait_for("label", re.compile("^Missing$"))
        app.wait_for("label", re.compile("^5$"))
        app.type_keys("302")
        app.wait_for("label", re.compile("de la Cruz"))
        app.key("Return")
        app.wait_for("label", re.compile("^4$"))
        app.wait_for("label", re.compile("^1$"))


def test_checklist(station):
    """what must be settled is said in words"""
    with station.open("check-in") as app:
        app.type_keys("vang")
        app.wait_for("label", re.compile("waiver is missing"))
        app.wait_for("label", re.compile("Not to be named in public.*Runner 301"))


def test_twice(station):
    """somebody who is checked in already stays so, and the desk says when that was"""
    station.ctl("check-in", "214")
    with station.open("check-in") as app:
        app.type_keys("214")
        app.wait_for("push button", re.compile("^Undo check-in of Ann Olson$"))
        app.key("Return")
        app.wait_for("label", re.compile("^Ann Olson: Checked in at"))
        assert station.status()["checked_in"] == 1


def test_bib_at_the_desk(station):
    """giving a bib checks in; somebody else's is refused with who holds it"""
    with station.open("check-in") as app:
        app.type_keys("max ek")
        app.wait_for("label", "No bib yet")
        app.key("Return")
        wait_for_focus(app, "Bib for this runner")
        app.type_keys("214")
        app.key("Return")
        app.wait_for("label", "Bib 214 belongs to Ann Olson. Give another bib, or move 214?")
        app.wait_for("push button", "Show Ann Olson")
        app.press("Another Bib")
        # A button that is activated is clicked a quarter of a second later, and empties the entry then.
        app.wait_gone("push button", "Show Ann Olson")
        wait_for_focus(app, "Bib for this runner")
        app.set_text("Bib for this runner", "400")
        app.wait_for("push button", "Give Bib 400 and Check In")
        app.key("Return")
        app.wait_for("label", "400, Max Ek, shirt S")
        assert station.runner(400)["checked_in"]
        app.press(app.wait_for("push button", re.compile("^Undo$")))
        wait_for_status(station, "checked_in", 0)
        assert station.runner(400) is None


def test_bib_of_somebody_else(station):
    """a bib is moved from somebody who is not here, but not from somebody who is"""
    station.ctl("check-in", "214")
    with station.open("check-in") as app:
        app.type_keys("max ek")
        app.wait_for("label", "No bib yet")
        app.set_text("Bib for this runner", "214")
        app.press("Give Bib 214 and Check In")
        app.wait_for("label", "Bib 214 belongs to Ann Olson, who is checked in. Give another bib.")
        app.set_text("Bib for this runner", "302")
        app.press("Give Bib 302 and Check In")
        app.press("Move 302 Here")
        app.wait_for("label", "302, Max Ek, shirt S")
        assert station.runner(302)["given_name"] == "Max"
        app.press(app.wait_for("push button", re.compile("^Undo$"), where=is_shown))
        poll(lambda: station.runner(302)["given_name"] != "Max", "the bib to be whose it was")
        assert station.status()["checked_in"] == 1


def test_without_a_bib(station):
    """a second Enter checks in without a bib; the desk offers to give one, by keyboard too"""
    with station.open("check-in") as app:
        app.type_keys("max ek")
        app.wait_for("label", "Max Ek")
        app.key("Return", "Return")
        app.wait_for("label", "This runner has no bib yet.")
        app.key("alt+g")
        wait_for_focus(app, "Bib for this runner")
        app.wait_for("push button", re.compile("^Undo check-in of Max Ek$"))
        app.type_keys("401")
        app.key("Return")
        app.wait_for("label", re.compile("^401$"))
        assert station.runner(401)["given_name"] == "Max"
        undo_on_card(app, "Bib 401 given.")
        poll(lambda: station.runner(401) is None, "the bib to be back on the pile")
        assert station.status()["checked_in"] == 1
        app.type_keys("vang")
        app.wait_for("label", "Tou Vang")


def test_walk_up(station):
    """a walk-up is registered, has paid and is checked in, without the mouse; one Undo takes it back"""
    station.ctl("config", "fee=40")
    with station.open("check-in") as app:
        app.type_keys("zoe quist")
        app.wait_for("label", "Nobody matches “zoe quist”.")
        app.key("F2")
        app.wait_for("push button", "Register and Check In", where=is_shown)
        app.key("Tab", "Tab")
        app.type_keys("f")
        app.key("Tab")
        # Numbers that are typed as fast as by this program, and end with Tab, come from a scanner.
        app.set_text("Age or birth date", "34")
        app.key("Tab")
        app.set_text("Emergency phone", "555-0101")
        app.key("Tab", "Tab", "Tab", "Tab")
        wait_for_focus(app, "Bib")
        # A scan takes nothing of the form away; the next bib of the pile is for the one who registers.
        app.scan("214\n")
        app.wait_for("label", "Ann Olson was scanned. Finish or cancel the form first.")
        app.scan("501\n")
        app.wait_for("text", "Bib", where=lambda node: text_of(node) == "501")
        app.set_text("Donation in dollars", "12.50")
        app.key("alt+f", "Return")
        app.wait_for("label", "501, Zoe Quist")
        zoe = station.runner(501)
        assert (zoe["sex"], zoe["age"], zoe["waiver"], zoe["checked_in"]) == ("F", 34, True, True)
        assert zoe["emergency_phone"] == "555-0101" and zoe["event"] == "5K Run"
        paid = {fact["kind"]: fact["body"] for fact in facts_of(station)}
        assert (paid["fee"]["amount_cents"], paid["fee"]["method"]) == (4000, "cash")
        assert (paid["gift"]["amount_cents"], paid["gift"]["method"]) == (1250, "cash")
        assert station.status()["raised_cents"] == 1250
        app.press(app.wait_for("push button", re.compile("^Undo$"), where=is_shown))
        app.wait_for("label", "The registration is undone.")
        poll(lambda: station.runner(501) is None, "the walk-up to be taken back")
        assert station.status()["raised_cents"] == 0


def test_two_of_one_name(station):
    """the list says once what tells two of one name apart"""
    station.ctl("walk-up", "given_name=Tou", "family_name=Vang", "age=22", "city=Duluth", "state=MN",
                "event=5K Run")
    with station.open("check-in") as app:
        app.type_keys("tou vang")
        app.wait_for("label", "aged 41 · Minneapolis, MN · 5K Run")
        app.wait_for("label", "aged 22 · Duluth, MN · 5K Run")


def test_known_already(station):
    """whoever looks registered already is offered while the walk-up is typed"""
    with station.open("check-in") as app:
        app.key("F2")
        app.set_text("Given name", "Anne")
        app.set_text("Family name", "Olson")
        app.wait_for("label", re.compile("^Registered already\\? Ann Olson, bib 214"))
        app.press("This Is Them")
        app.wait_for("label", "Shirt M to hand out.")
        app.key("Return")
        app.wait_for("label", "214, Ann Olson, shirt M")


def test_attendance(station):
    """who does not come, and who runs instead"""
    with station.open("check-in") as app:
        app.type_keys("302")
        app.wait_for("label", re.compile("de la Cruz"))
        app.press(app.wait_for("push button", "More about this runner", where=can_be_pressed))
        app.press("Does Not Come", role="menu item")
        app.wait_for("label", "Recorded as not coming. Checking in takes that back.")
        undo_on_card(app, "Does not come.")
        app.wait_gone("label", "Recorded as not coming. Checking in takes that back.")
        assert station.runner(302)["attendance"] is None
        app.press(app.wait_for("push button", "More about this runner", where=can_be_pressed))
        app.press("Somebody Else Runs Instead…", role="menu item")
        app.set_text("Given name", "Rob")
        app.set_text("Family name", "Stone")
        app.press("Hand Over the Place")
        app.wait_for("label", "Rob Stone")
        app.wait_for("label", "The waiver is missing.")
        assert station.runner(302)["given_name"] == "Rob"
        app.set_text("Search runners", "de la cruz", role="entry")
        app.wait_for("label", "Rob Stone runs instead.")
        app.set_text("Search runners", "rob stone", role="entry")
        undo_on_card(app, "Runs instead.")
        poll(lambda: station.runner(302)["given_name"] != "Rob", "the place to be whose it was")


def test_deferred(station):
    """who runs elsewhere becomes a virtual runner, and Undo takes that back"""
    with station.open("check-in") as app:
        app.type_keys("302")
        app.wait_for("label", re.compile("de la Cruz"))
        app.press(app.wait_for("push button", "More about this runner", where=can_be_pressed))
        app.press("Runs Elsewhere, as Virtual Runner", role="menu item")
        poll(lambda: station.runner(302)["attendance"] == "deferred", "the runner to be deferred")
        app.wait_for("label", "Runs elsewhere, as virtual runner.")
        app.press(app.wait_for("push button", re.compile("^Undo"), where=is_shown))
        poll(lambda: station.runner(302)["attendance"] is None, "the runner to be expected again")


def test_places(station):
    """the wave is changed on the card, which says so"""
    with station.open("check-in") as app:
        app.type_keys("214")
        app.wait_for("label", "Ann Olson")
        app.press(app.wait_for("push button", "More about this runner", where=can_be_pressed))
        app.press("Change Event or Wave", role="menu item")
        app.press(app.wait_for("push button", re.compile("^Wave$"), where=is_shown))
        wait_for_focus(app, "", "list item")
        app.key("Down", "Down", "Return")
        poll(lambda: station.runner(214)["wave"] == "B", "the wave to be B")
        undo_on_card(app, "Wave: B.")
        poll(lambda: station.runner(214)["wave"] == "A", "the wave to be A again")


def test_nobody(station):
    """a search without a match says so and offers the way to register"""
    with station.open("check-in") as app:
        app.type_keys("zebra")
        app.wait_for("label", "Nobody matches “zebra”.")
        app.wait_for("push button", "Register a Walk-Up")


if __name__ == "__main__":
    sys.exit(main(globals()))
