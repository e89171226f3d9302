#!/usr/bin/python3
# test_scan.py: a scanner types into whatever has the focus, and nothing of it stays there.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from station import main, poll, wait_for_status
from driver import App, describe, is_shown, text_of
from gi.repository import Atspi
from test_check_in import token_of

# What a scanner sends before and after a code, and how far apart its keys are in ms.
WAYS = [
    (["{}", "\n"], 3),
    (["{}"], 3),
    (["{}", "\t"], 0),
    (["{}", "\n", "ctrl+j"], 10),
    (["ctrl+b", "{}", "ctrl+c", "\n"], 5),
    (["F7", "{}", "\n"], 5),
    (["]", "Q", "1", "{}", "\n"], 3),
    (["~", "{}", "\n"], 20),
]


def forge(code):
    """A code that is refused, so that no page leads away from the field."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def state_of(entry):
    """Text, cursor and selection of an entry."""
    text = entry.get_text_iface()
    chosen = [Atspi.Text.get_selection(text, i) for i in range(Atspi.Text.get_n_selections(text))]
    marked = [(part.start_offset, part.end_offset) for part in chosen]
    return text_of(entry), Atspi.Text.get_caret_offset(text), marked


def focus(app, wanted, keys_max=40):
    """Move the focus to a node with Tab, as somebody without a mouse does."""
    for _ in range(keys_max):
        now = app.focused()
        if now is not None and now.path == wanted.path:
            return
        app.key("Tab")
    raise AssertionError(f"cannot be reached by Tab: {describe(wanted)}")


def mark_a_part(app, entry):
    """Select the second and third letter, and say what the entry is then."""
    app.key("Home", "Right", "shift+Right", "shift+Right")
    app.wait_until(lambda: state_of(entry)[2] == [(1, 3)], "a selection")
    return state_of(entry)


def facts_of(station, kind):
    facts = [json.loads(line) for line in station.ctl("facts", "--json").splitlines()]
    return [fact["body"] for fact in facts if fact["kind"] == kind]


def assert_untouched(app, entry, code):
    """Each kind of scan leaves the entry as it is."""
    before = mark_a_part(app, entry)
    for keys, gap_ms, sentence in [
        ([*code, "\n"], 3, "made for this race"),
        ([*code[:12], "\t"], 5, "Only a part of the code"),
        ([*code], 10, "made for this race"),
        ([*"RSU-99123", "\n"], 5, "“RSU-99123” is no bib and no registration"),
        ([*code, "\n"], 60, "made for this race"),
    ]:
        app.scan(keys, gap_ms)
        app.wait_for("label", re.compile(sentence))
        assert state_of(entry) == before, (keys, gap_ms, state_of(entry), before)
        assert app.focused().path == entry.path


def test_ways_of_scanners(station):
    """each way in which scanners end and surround a code shows the runner and checks nobody in"""
    code, other = token_of(station, 301), token_of(station, 214)
    with station.open("check-in") as app:
        search = app.wait_for("entry", "Search runners")
        for number, (way, gap_ms) in enumerate(WAYS):
            wanted, name = (code, "Tou Vang") if number % 2 == 0 else (other, "Ann Olson")
            app.scan([key for part in way for key in (wanted if part == "{}" else [part])], gap_ms)
            app.wait_for("label", name)
            assert text_of(search) == ""
        app.scan(code.lower() + "\n")
        app.wait_for("label", "Tou Vang")
        assert station.status()["checked_in"] == 0


def test_field_of_a_page(station):
    """a field keeps text, cursor and selection, and the Enter of a scan saves nothing"""
    code = forge(token_of(station, 301))
    with station.open("setup") as app:
        entry = app.set_text(app.wait_for("text", re.compile("^(Setting )?Laps")), "2468")
        focus(app, entry)
        assert_untouched(app, entry, code)
        assert "2468" not in station.ctl("config", "laps")


def test_field_of_a_dialog(station):
    """nor does a field of a dialog get a scan, behind which nothing happens"""
    code = token_of(station, 301)
    with station.open("check-in") as app:
        app.wait_for("entry", "Search runners")
        n_shown = len(app.all("label", "Tou Vang"))
        app.key("ctrl+n")
        dialog = app.wait_until(lambda: app.frame("New Race"), "the dialog")
        entry = app.wait_for("text", re.compile("^Name"), within=dialog)
        app.set_text(entry, "Harbor Run")
        focus(app, entry)
        before = mark_a_part(app, entry)
        app.scan(code + "\n")
        app.wait_for("label", re.compile("while a dialog was open"))
        assert state_of(entry) == before
        assert len(app.all("label", "Tou Vang")) == n_shown


def test_focused_button(station):
    """the Enter of a scan presses no button, and the one that follows by hand does"""
    code = token_of(station, 214)
    with station.open("check-in") as app:
        app.type_keys("bee ols")
        button = app.wait_for("push button", "Check In")
        focus(app, button)
        app.scan(code + "\n\n")
        app.wait_for("label", "Ann Olson")
        assert station.status()["checked_in"] == 0
        # No hand is so fast as the line feed of a scanner.
        subprocess.run(["xdotool", "sleep", "0.3", "key", "Return"], check=True)
        wait_for_status(station, "checked_in", 1)
        assert station.runner(214)["checked_in"]


def test_two_in_a_row(station):
    """two scans without a pause are two bibs, in the order in which they came"""
    first, second = token_of(station, 301), token_of(station, 214)
    with station.open("timing") as app:
        app.key("space", "space", "space")
        wait_for_status(station, "unmatched_taps", 3)
        app.scan(f"{first}\n{second}\n215\n")
        wait_for_status(station, "unmatched_taps", 0)
        app.wait_for("label", re.compile("^215 Bee Olson: "))
        given = [body["bib"] for body in facts_of(station, "chute")]
        assert given == [301, 214, 215], given


def test_tap_in_a_scan(station):
    """a tap in the middle of a scan is a tap"""
    code = token_of(station, 301)
    with station.open("timing") as app:
        app.wait_for("label", "Bib of the next tap")
        app.key("space")
        app.scan([*code[:9], " ", *code[9:], "\n"], 5)
        app.wait_for("label", "301 Tou Vang: ")
        poll(lambda: len(facts_of(station, "tap")) == 2, "the second tap")


def test_names_stay_typed(station):
    """a name that comes as fast as a scan is a name, with its Enter"""
    with station.open("check-in") as app:
        search = app.wait_for("entry", "Search runners")
        app.scan("ngu", 0)
        app.wait_for("label", re.compile("Nguyễn-Abdirahman"))
        assert text_of(search) == "ngu"
        app.scan("\n", 0)
        wait_for_status(station, "checked_in", 1)
        app.scan("Vang", 0)
        app.wait_for("label", "Tou Vang")
        app.wait_until(lambda: text_of(search) == "Vang", "the name")


def test_confirmation(station):
    """the confirmation of a registration leads to the runner from any page, who then gets a bib"""
    file = station.race.with_name("more.csv")
    file.write_text("First Name,Last Name,Registration ID,Waiver\nZed,Quill,RSU-77123,yes\n", encoding="utf-8")
    station.ctl("import", file)
    with station.open("results") as app:
        app.scan("https://example.org/checkin?registration_id=RSU-77123&race=9\n")
        entry = app.wait_for("text", "Given name")
        app.wait_until(lambda: text_of(entry) == "Zed", "the runner")
        app.key("alt+1")
        app.wait_for("entry", "Search runners")
        app.scan("RSU-77123", 8)
        app.wait_for("label", "Zed Quill")
        # A bib that somebody has is refused; the next one of the pile is given, and that is all.
        app.scan("214\n")
        app.wait_for("label", "Bib 214 belongs to Ann Olson. Give another bib, or move 214?")
        app.scan("501\n")
        app.wait_for("label", "501, Zed Quill")
        assert station.runner(501)["checked_in"]


def test_invitation(station):
    """the code of an invitation goes to its field and to no other"""
    with station.open("check-in") as app:
        app.activate("win.join")
        code = app.wait_for("text", "Code of the invitation")
        name = app.wait_for("text", re.compile("^Name of this laptop"))
        before = text_of(name)
        app.scan("https://example.org/join?code=A1B2C3D4\n")
        app.wait_until(lambda: text_of(code) == "https://example.org/join?code=A1B2C3D4", "the code")
        assert text_of(name) == before


def test_same_order_as_the_command_line(station):
    """runners --search finds whom the page finds, in the same order"""
    station.ctl("check-in", "214")
    more = "First Name,Last Name,Bib\n" + "".join(
        f"{given},{family},\n" for given in ("Ann", "Anna", "Nan", "Юлия", "Olsen")
        for family in ("Olson", "Ollson", "Vang"))
    file = station.race.with_name("more.csv")
    file.write_text(more, encoding="utf-8")
    station.ctl("import", file)
    with station.open("check-in") as app:
        search = app.wait_for("entry", "Search runners")
        for typed in ("an", "olson an", "vang", "yul", "olsn"):
            app.set_text(search, typed)
            wanted = [(row["given_name"] or "") + " " + (row["family_name"] or "")
                      for row in json.loads(station.ctl("runners", "--search", typed, "--json"))]
            assert len(wanted) >= 3
            names = set(wanted)
            app.wait_until(lambda w=wanted, n=names: shown_names(app, n) == w, f"{typed}: {wanted}")


def shown_names(app, names):
    """Those of NAMES that the list of matches has, from the top."""
    matches = app.find("list", "Matching runners")
    labels = [node.get_name() for node in app.all("label", within=matches)]
    return [name for name in labels if name in names]


def test_camera(station):
    """a bib that is held before the camera shows whose it is, with a word"""
    with tempfile.TemporaryDirectory() as folder:
        station.ctl("labels", "--output", Path(folder) / "label.pdf", "--bibs", "214", "--stock", "roll-62x29")
        subprocess.run(["pdftoppm", "-r", "250", "-png", "-singlefile", Path(folder) / "label.pdf",
                        Path(folder) / "label"], check=True)
        env = {**os.environ, "CONC_CAMERA": str(Path(folder) / "label.png")}
        with App([station.concourse, "--page", "check-in", station.race], env=env) as app:
            app.press(app.wait_for("push button", "Scan with the camera"))
            app.wait_for("label", "Ann Olson", where=is_shown)
            app.wait_for("label", "Read: 214", where=is_shown)


if __name__ == "__main__":
    sys.exit(main(globals()))
