#!/usr/bin/python3
# test_print.py: labels from the window: at check-in, in batches, aligned, and when a printer fails.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path

from station import main
from driver import App, has_state, poll, text_of, unnamed
from gi.repository import Atspi

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from cups import PrintService  # noqa: E402
from stations import Hall  # noqa: E402

BOOK = """\
[Printer Desk]
language=pdf
dpi=300
stock=roll-62x29

[Printer Spare]
language=zpl
dpi=203
stock=roll-62x29

[Layout bib-label]
printer=Desk
automatic=true
"""


class Place:
    """A desk with a print service and what the user's folder says about its printers."""

    def __init__(self, station, folder, service):
        self.station = station
        self.folder = folder
        self.service = service
        self.desk = service.printer("Desk", title="Label printer")
        self.spare = service.printer("Spare", raw=True, title="Zebra at the door")
        self.env = {**service.environment(), "XDG_CONFIG_HOME": str(folder / "config"),
                    "XDG_DATA_HOME": str(folder / "data")}

    def write_book(self, text=BOOK):
        path = self.folder / "config" / "concourse" / "printers.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def book(self):
        path = self.folder / "config" / "concourse" / "printers.conf"
        return path.read_text() if path.exists() else ""

    @contextmanager
    def disk_stands_still(self):
        """Whoever reads the book waits, until it can be read again."""
        path = self.folder / "config" / "concourse" / "printers.conf"
        text = path.read_text()
        path.unlink()
        os.mkfifo(path)
        yield
        with open(path, "w", encoding="utf-8") as pipe:
            path.unlink()
            self.write_book(text)
            pipe.write(text)

    def open(self, page):
        return App([self.station.concourse, "--page", page, self.station.race],
                   env={**os.environ, **self.env})

    def prints(self):
        return json.loads(self.station.ctl("prints", "--json"))


@contextmanager
def place(station):
    os.environ.setdefault("CONCOURSECTL", str(station.concoursectl))
    with Hall() as hall, PrintService(hall) as service:
        yield Place(station, Path(station.race).parent, service)


def open_labels(app):
    app.activate("win.labels")
    return poll(lambda: app.frame("Print Labels"), "the window of the labels")


def shown(node):
    return node.get_extents(0).width > 0


def came_out(printer, count):
    poll(lambda: len(printer.jobs()) == count, f"{count} labels to come out of {printer.name}")


def test_check_in_prints(station):
    """whoever is checked in gets a label, once, and the page says so"""
    with place(station) as desk:
        desk.write_book()
        with desk.open("check-in") as app:
            app.type_keys("214")
            app.wait_for("label", "Ann Olson")
            app.key("Return")
            came_out(desk.desk, 1)
            assert desk.desk.jobs()[0].startswith(b"%PDF")
            poll(lambda: [each["state"] for each in desk.prints()] == ["printed"],
                 "the label to be printed")
            app.wait_for("label", re.compile(r"^Label printed at \d+:\d\d:\d\d"), where=shown)
            app.press(app.wait_for("push button", "Print Label Again", where=shown))
            came_out(desk.desk, 2)
            assert {each["reason"] for each in desk.prints()} == {None, "wanted again at the desk"}


def test_batch(station):
    """all labels come out, a second time none, and only when wanted again"""
    with place(station) as desk:
        desk.write_book()
        with desk.open("runners") as app:
            with desk.disk_stands_still():
                frame = open_labels(app)
                app.press(app.wait_for("page tab", "Queue", within=frame), role="page tab")
                app.wait_for("label", "Nothing Waits", within=frame, where=shown)
                assert not has_state(frame, Atspi.StateType.MODAL)
            app.press(app.wait_for("page tab", "Labels", within=frame), role="page tab")
            app.wait_for("push button", "Print", within=frame, where=shown)
            assert unnamed(app, frame) == []
            app.press(app.wait_for("push button", "Print", within=frame, where=shown))
            app.wait_for("label", "4 labels are being printed.", within=frame)
            came_out(desk.desk, 4)
            poll(lambda: {each["state"] for each in desk.prints()} == {"printed"}, "all printed")
            app.press(app.wait_for("push button", "Print", within=frame, where=shown))
            app.wait_for("label", re.compile("^All of these labels were printed already"),
                         within=frame)
            assert len(desk.desk.jobs()) == 4


def test_fail_over(station):
    """a label that did not come out waits, is said, and goes to another printer when told to"""
    with place(station) as desk:
        desk.write_book()
        desk.service.disable("Desk")
        with desk.open("check-in") as app:
            app.type_keys("214")
            app.wait_for("label", "Ann Olson")
            app.key("Return")
            app.wait_for("push button", "1 label waits", where=shown)
            frame = open_labels(app)
            app.press(app.wait_for("page tab", "Queue", within=frame), role="page tab")
            app.wait_for("label", "214, Ann Olson", within=frame, where=shown)
            app.press(app.wait_for("push button", "On Another Printer", within=frame, where=shown))
            app.press(app.wait_for("menu item", "Zebra at the door"), role="menu item")
            came_out(desk.spare, 1)
            assert desk.spare.jobs()[0].startswith(b"^XA")
            app.wait_for("label", "Nothing Waits", within=frame, where=shown)
            assert desk.desk.jobs() == []


def test_asks_after_restart(station):
    """what was in the queue when the program ended is not sent by itself: a button says so"""
    with place(station) as desk:
        desk.write_book()
        desk.service.disable("Desk")
        with desk.open("check-in") as app:
            app.type_keys("214")
            app.wait_for("label", "Ann Olson")
            app.key("Return")
            poll(lambda: len(desk.prints()) == 1, "the label to be in the queue")
        desk.service.enable("Desk")
        with desk.open("check-in") as app:
            app.press(app.wait_for("push button", "1 label waits", where=shown))
            frame = poll(lambda: app.frame("Print Labels"), "the queue")
            app.press(app.wait_for("push button", "Print: 214, Ann Olson", within=frame,
                                   where=shown))
            came_out(desk.desk, 1)
            app.wait_gone("push button", "1 label waits")


def test_alignment(station):
    """a target comes out, and what is nudged is kept for printer and labels"""
    with place(station) as desk:
        desk.write_book(BOOK.replace("automatic=true", "automatic=false"))
        with desk.open("runners") as app:
            frame = open_labels(app)
            app.press(app.wait_for("page tab", "Printers", within=frame), role="page tab")
            app.press(app.wait_for("push button", "Print Target", within=frame, where=shown))
            came_out(desk.desk, 1)
            for way, row, wanted in (("Right", "To the right", "0.1"), ("Right", "To the right", "0.2"),
                                     ("Up", "Down", "-0.1")):
                app.press(app.wait_for("push button", f"{way} by 0.1 mm", within=frame, where=shown))
                app.wait_for("spin button", row, within=frame,
                             where=lambda node, text=wanted: text_of(node) == text)
            poll(lambda: re.search(r"offset[^=]*=2;-1;", desk.book()), "the offset in the book")
            assert unnamed(app, frame) == []


def test_own_labels(station):
    """labels that are not in the list are measured, previewed, saved and removed"""
    with place(station) as desk:
        with desk.open("runners") as app:
            frame = open_labels(app)
            app.press(app.wait_for("push button", "Measure…", within=frame, where=shown))
            editor = poll(lambda: app.frame("Own Labels"), "the editor")
            app.wait_for("image", re.compile("^Preview: 10 labels a page"), within=editor)
            app.wait_for("label", re.compile("The name is missing"), within=editor)
            app.set_text(app.wait_for("text", re.compile("^Name, such as"), within=editor),
                         "Copy shop")
            app.wait_for("label", "This is what a page will look like.", within=editor)
            assert unnamed(app, editor) == []
            app.press(app.wait_for("push button", "Save", within=editor, where=shown))
            poll(lambda: (desk.folder / "data/concourse/stocks/copy-shop.stock").exists(),
                 "the file of the stock")
            app.press(app.wait_for("push button", "Remove From List", within=frame, where=shown))
            poll(lambda: not (desk.folder / "data/concourse/stocks/copy-shop.stock").exists(),
                 "the file to be gone")


def test_no_print_service(station):
    """without a print service labels go into a file, and the window says why"""
    env = {**os.environ, "CUPS_SERVER": str(Path(station.race).parent / "nobody")}
    with App([station.concourse, "--page", "runners", station.race], env=env) as app:
        frame = open_labels(app)
        app.wait_for("push button", "Save PDF…", within=frame, where=shown)
        app.press(app.wait_for("page tab", "Printers", within=frame), role="page tab")
        app.wait_for("label", "No Printer", within=frame, where=shown)


if __name__ == "__main__":
    sys.exit(main(globals()))
