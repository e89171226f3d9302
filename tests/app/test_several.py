#!/usr/bin/python3
# test_several.py: several laptops with a real hub: joining, status, invitations, roles, packs.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The hub and the other laptops are run by the command line, as a user that PostgreSQL runs for; the
# application joins them.
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from station import main
from driver import App, has_state, is_shown, poll, size_of, unnamed
from chooser import open_file, save_as
from gi.repository import Atspi
from stations import Hall, free_port

NEW_MOUNTS = 0x20000  # CLONE_NEWNS of unshare(2)
PAGES = ["Check-in", "Timing", "Runners", "Results", "Fundraising", "Setup"]


@contextmanager
def hosted(station, name="Harbor 5K"):
    """A laptop that hosts a race of its own."""
    os.environ["CONCOURSECTL"] = station.concoursectl
    with Hall() as hall:
        laptop = hall.laptop("hub")
        laptop.create(name)
        laptop.host(free_port())
        yield laptop


def join(station, laptop, role, name="Desk 1"):
    """The race file of one more station of the hall; the application opens it."""
    race = station.race.with_name(f"{role}.race")
    url = laptop.invite(role)["url"]
    done = subprocess.run([station.concoursectl, "join", race, url, "--name", name],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return race


def open_race(station, race):
    return App([station.concourse, race])


def line_of(app):
    """The words at the lower end of the rail."""
    words = re.compile(r"Alone|Looking for the hub|No hub since|No other laptop|Sharing with|"
                       r"not heard|refuses this")
    return app.find("label", words, where=lambda node: min(size_of(node)) > 0)


def wait_for_line(app, pattern):
    app.wait_until(lambda: line_of(app) and re.search(pattern, line_of(app).get_name()),
                   f"the words {pattern}")


def wait_for_words(app, words):
    """All the words, which the line of the rail has as its description."""
    app.wait_until(lambda: app.find("push button", where=lambda node: words in
                                    (node.get_description() or "")), words)


def rail_button(app, title):
    return app.find(None, re.compile(f"^{title}$"), where=lambda node: min(size_of(node)) > 0 and
                    "button" in node.get_role_name())


def shown_pages(app):
    return [title for title in PAGES if rail_button(app, title) is not None]


def press_join(app):
    app.press(re.compile("^_Join Join$"))


def open_join(app):
    app.activate("win.join")
    poll(lambda: app.frame("Join a Race"), "the window")
    return app.wait_for("text", "Code of the invitation")


def press_for(app, button, title):
    """Press BUTTON, which opens a file chooser over a window that is not the first."""
    app.press(button)
    app.wait_until(lambda: app.frame(title), title)


def test_alone(station):
    """one laptop alone sees a quiet word, and closes at once"""
    with station.open("check-in") as app:
        wait_for_line(app, "^Alone")
        wait_for_words(app, "This laptop works alone.")
        assert app.close() == 0


def test_root(station):
    """the host window says what is missing: root cannot run the hub"""
    if os.getuid() != 0:
        return
    with station.open("setup") as app:
        app.activate("win.host")
        app.wait_for("label", "This race has no hub yet")
        app.press("Start Hub")
        app.wait_for("label", "PostgreSQL does not run for root")
        assert not unnamed(app, app.frame("Hub and Stations"))


def test_not_installed(station):
    """without PostgreSQL the host window names the package"""
    os.environ["CONCOURSE_POSTGRESQL"] = "/nonexistent"
    with station.open("setup") as app:
        app.activate("win.host")
        app.wait_for("label", "Install the package postgresql")
        start = app.wait_for("push button", "Start Hub")
        assert not has_state(start, Atspi.StateType.SENSITIVE)


def test_slip_in_code(station):
    """a slip in the code is said before anybody is asked"""
    with App([station.concourse]) as app:
        entry = open_join(app)
        app.set_text(entry, "ABCD")
        app.wait_for("label", "The code is not complete")
        app.set_text(entry, "AAAA-AAAA-AAAA-AAAA0")
        app.wait_for("label", "a code has no 0, O, 1 and I")
        assert not unnamed(app, app.frame("Join a Race"))


def test_join_by_code(station):
    """a code in small letters with spaces joins, and the station opens on the page of its role"""
    with hosted(station) as laptop, App([station.concourse]) as app:
        invitation = laptop.invite("timing")
        entry = open_join(app)
        app.set_text(entry, invitation["code"].lower().replace("-", " "))
        app.set_text("Name of this laptop", "Timing 1")
        press_join(app)
        # Where Avahi finds nothing the address is asked for.
        address = app.wait_for("text", "Address of the hub")
        app.wait_for("label", "The hub was not found on this network")
        app.set_text(address, "127.0.0.1:" + laptop.sync_state("hub").rsplit(":", 1)[1])
        press_join(app)
        app.wait_until(lambda: app.frame("Harbor 5K"), "the race")
        app.wait_until(lambda: shown_pages(app) == ["Timing", "Results"], "the pages of timing")
        wait_for_line(app, "Sharing with|is not heard")


def test_scanned_url(station):
    """a scanner types the address of the QR code and Enter, and nothing else is asked"""
    with hosted(station) as laptop, App([station.concourse]) as app:
        open_join(app)
        app.set_text("Code of the invitation", laptop.invite("check-in")["url"])
        app.wait_for("label", "The code is whole")
        app.key("Return")
        app.wait_until(lambda: app.frame("Harbor 5K"), "the race")
        app.wait_until(lambda: shown_pages(app) == ["Check-in", "Runners", "Fundraising"],
                       "the pages of check-in")


def test_used_code(station):
    """an invitation that was used is refused in a sentence, and leaves no file"""
    with hosted(station) as laptop, App([station.concourse]) as app:
        url = laptop.invite("timing")["url"]
        laptop.must("join", url, race=laptop.home / "other.race")
        before = set(os.listdir(os.environ["HOME"]))
        entry = open_join(app)
        app.set_text(entry, url)
        press_join(app)
        app.wait_for("label", "This invitation is used up")
        assert set(os.listdir(os.environ["HOME"])) == before


def test_status(station):
    """the words change when the hub stops and when it starts again"""
    with hosted(station) as laptop:
        race = join(station, laptop, "check-in")
        port = laptop.sync_state("hub").rsplit(":", 1)[1]
        with open_race(station, race) as app:
            wait_for_line(app, "Sharing with|not heard")
            laptop.must("hub", "stop")
            wait_for_line(app, "^No hub since|^Looking")
            wait_for_words(app, "what is entered here is kept and sent later")
            laptop.host(port)
            wait_for_line(app, "Sharing with|not heard")


def test_display(station):
    """a display opens the window for the projector and shows no desk"""
    with hosted(station) as laptop:
        race = join(station, laptop, "display", "Projector")
        with open_race(station, race) as app:
            app.wait_until(lambda: len(app.frames()) == 2, "the window of the projector")
            app.wait_until(lambda: shown_pages(app) == ["Results"], "the pages of a display")


def test_pages_by_key(station):
    """a key leads to no page that the role does not have"""
    with hosted(station) as laptop:
        race = join(station, laptop, "timing", "Timing 1")
        with open_race(station, race) as app:
            app.wait_until(lambda: shown_pages(app) == ["Timing", "Results"], "the pages")
            app.key("alt+4")
            app.wait_until(lambda: app.find("panel", "Results"), "the page of results")
            app.key("alt+1")
            app.key("alt+6")
            app.wait_until(lambda: any(has_state(rail_button(app, title), Atspi.StateType.PRESSED)
                                       for title in ("Timing", "Results")), "a page of the role")
            assert shown_pages(app) == ["Timing", "Results"]


def zbar(path):
    done = subprocess.run(["zbarimg", "-q", "--raw", path], capture_output=True, text=True,
                          check=False)
    return done.stdout.strip()


def test_invite(station):
    """an invitation shows a QR code that a scanner reads, and the same code in letters"""
    with hosted(station) as laptop:
        race = join(station, laptop, "organizer", "Office")
        with open_race(station, race) as app:
            wait_for_line(app, "Sharing with|not heard")
            app.activate("win.host")
            app.wait_for("label", "The hub runs on another laptop")
            app.wait_for("label", "Office")
            app.press("Invite a Station…")
            app.press("Make an Invitation")
            code = app.wait_for("label", re.compile("^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4,5}){3}$"))
            app.wait_for("label", re.compile("Sets up one laptop as Check-in, once, until"))
            picture = station.race.with_name("invite.png")
            app.screenshot(picture)
            url = zbar(picture)
            assert url.startswith("concourse://") and f"/{code.get_name()}?f=" in url, url
            assert not unnamed(app, app.frame("Invite a Station"))
            app.press("Revoke It")
            app.wait_for("label", "The invitation is revoked")
            done = laptop.ctl("join", url, race=laptop.home / "late.race")
            assert done.returncode != 0


def test_revoke(station):
    """a row says how a station is; it is kept out after a second press there, and says so itself"""
    with hosted(station) as laptop:
        race = join(station, laptop, "organizer", "Office")
        laptop.must("join", laptop.invite("timing")["url"], "--name", "Timing 1",
                    race=laptop.home / "timing.race")
        laptop.must("sync", "--once", race=laptop.home / "timing.race")
        with open_race(station, race) as app:
            wait_for_line(app, "Sharing with|not heard")
            app.activate("win.host")
            app.wait_for("label", re.compile(r"^(Heard just now|Last heard).*nothing waiting.*"
                                             r"\d+ GB free.*version \d"))
            app.press(app.wait_for("push button", "Revoke Timing 1"))
            app.press(app.wait_for("push button", "Keep It Out",
                                   where=lambda node: min(size_of(node)) > 0))
            app.wait_until(lambda: app.find("push button", "Revoke Timing 1") is None, "no row")
            done = laptop.ctl("sync", "--once", race=laptop.home / "timing.race")
            assert done.returncode != 0


def test_take_over(station):
    """when the hub is gone an organizer is offered its place, with a sentence of what that does"""
    with hosted(station) as laptop:
        race = join(station, laptop, "organizer", "Office")
        with open_race(station, race) as app:
            wait_for_line(app, "Sharing with|not heard")
            laptop.stop_hubs()
            wait_for_line(app, "^No hub since|^Looking")
            app.activate("win.host")
            app.wait_for("push button", "Take Over as Hub")
            app.wait_for("label", "Nothing is lost. Take over only when")


def test_pack(station):
    """a pack that one laptop saves is taken by another, in words"""
    other = station.race.with_name("other.race")
    with hosted(station) as laptop:
        race = join(station, laptop, "organizer", "Office")
        laptop.must("gift", "25", "--method", "cash")
        pack = station.race.with_name("hub.pack")
        laptop.must("pack", laptop.home / "hub.pack")
        pack.write_bytes((laptop.home / "hub.pack").read_bytes())
        laptop.stop_hubs()
        with open_race(station, race) as app:
            app.activate("win.stick")
            press_for(app, "Take…", "Take a Pack")
            open_file(app, pack, "Open")
            app.wait_for("label", re.compile("^Took [0-9]+ new entr"))
            press_for(app, "Save…", "Save a Pack")
            save_as(app, station.race.with_name("mine.pack"), "Save")
            app.wait_for("label", re.compile(r"^Saved [0-9]+ entries in mine\.pack"))
            other.write_bytes(b"CONCPACK garbage")
            press_for(app, "Take…", "Take a Pack")
            open_file(app, other, "Open")
            app.wait_for("label", re.compile("damaged|no pack|not a pack"))
            assert not unnamed(app, app.frame("Exchange by Stick"))


def have_mounts_of_our_own():
    """Nobody but this test and what it starts sees what it mounts."""
    assert ctypes.CDLL(None, use_errno=True).unshare(NEW_MOUNTS) == 0, os.strerror(ctypes.get_errno())
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


def pack_of(station, race, name):
    pack = station.race.with_name(name)
    subprocess.run([station.concoursectl, "pack", race, pack], check=True, capture_output=True)
    return pack


def plug_in(folder, files):
    """A stick with FILES: a file system of its own that comes up at FOLDER, as the desktop mounts one.

    It is filled elsewhere, because what is on a stick is there when it is plugged in."""
    aside = Path(tempfile.mkdtemp())
    subprocess.run(["mount", "-t", "ramfs", "stick", aside], check=True)
    for file in files:
        shutil.copy(file, aside)
    folder.mkdir()
    subprocess.run(["mount", "--move", aside, folder], check=True)
    aside.rmdir()


def top_of(app):
    """Where the page begins: below what is said above it."""
    entry = app.wait_for("entry", "Search runners", where=is_shown)
    return entry.get_component_iface().get_extents(Atspi.CoordType.WINDOW).y


def test_stick(station):
    """a stick with a pack of this race is offered and exchanged with; others are not"""
    if os.getuid() != 0:
        return
    have_mounts_of_our_own()
    other, foreign = station.race.with_name("other.race"), station.race.with_name("foreign.race")
    shutil.copy(station.race, other)
    for race, words in ((other, ("gift", other, "25", "--method", "cash")),
                        (foreign, ("create", foreign, "--name", "Lake 10K", "--date", "2017-12-09"))):
        subprocess.run([station.concoursectl, *words], check=True, capture_output=True)
    # GIO shows what is mounted in the home folder.
    stick, strange = Path(os.environ["HOME"]) / "KEYS", Path(os.environ["HOME"]) / "STRANGE"
    with App([station.concourse, "--page", "check-in", station.race],
             env={"GIO_USE_VOLUME_MONITOR": "unix"}) as app:
        top = top_of(app)
        plug_in(strange, [pack_of(station, foreign, "foreign.pack")])
        plug_in(stick, [pack_of(station, other, "other.pack")])
        app.wait_for("label", "The stick “KEYS” has a pack of this race.", where=is_shown)
        app.wait_until(lambda: top_of(app) > top, "the page below the offer")
        assert station.status()["raised_cents"] == 0
        app.press("Exchange with the stick")
        app.wait_for("label", re.compile("Took [0-9]+ new entr"), where=is_shown)
        assert station.status()["raised_cents"] == 2500
        assert len(list(stick.iterdir())) == 2, list(stick.iterdir())
        subprocess.run(["umount", stick], check=True)
        app.wait_until(lambda: top_of(app) == top, "the page where it was before")


def test_words_are_read(station):
    """the line of the rail has its words as its name for a screen reader"""
    with station.open("check-in") as app:
        wait_for_line(app, "^Alone")
        app.wait_for("push button", re.compile("^Alone"))


if __name__ == "__main__":
    sys.exit(main(globals()))
