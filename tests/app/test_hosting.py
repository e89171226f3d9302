#!/usr/bin/python3
# test_hosting.py: a race is hosted in the window, joined by code in another, and taken over there.
# SPDX-License-Identifier: GPL-3.0-or-later
"""PostgreSQL refuses to run for root. Where the test does, everything it starts is a user's: the
virtual display, the buses, and copies of the programs, which only their owner may be able to read.

    test_hosting.py WITH-DISPLAY CONCOURSE CONCOURSECTL"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

INSIDE = "CONC_TEST_INSIDE"
HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]


def start_inside(with_display, *programs):
    """Run this test again in a display of its own, as a user who may host; its exit status."""
    with tempfile.TemporaryDirectory(prefix="conc-hosting-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "tmp").mkdir()
        (folder / "tmp").chmod(0o1777)
        for part in ("tests/app", "tests/support", "data"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        copies = [shutil.copy(program, folder) for program in programs]
        env = {**os.environ, INSIDE: "yes", "TMPDIR": str(folder / "tmp"),
               "CONC_DATA_DIR": str(folder / "data"),
               "LSAN_OPTIONS": f"suppressions='{folder}/tests/support/lsan.supp':print_suppressions=0"}
        env.pop("CONC_BUILD_DIR", None)
        support = folder / "tests" / "support" / Path(with_display).name
        command = [support, "/usr/bin/python3", folder / "tests" / "app" / HERE.name, *copies]
        who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
        return subprocess.run(list(map(str, command)), env=env, cwd=folder, check=False, **who).returncode


if __name__ == "__main__" and INSIDE not in os.environ:
    sys.exit(start_inside(*sys.argv[1:]))

from station import main  # noqa: E402
from test_several import wait_for_line  # noqa: E402
from driver import App, is_shown, poll  # noqa: E402
from gi.repository import Atspi  # noqa: E402
from tree import bus_address  # noqa: E402

CODE = re.compile("^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4,5}){3}$")


@contextmanager
def other_laptop(station):
    """The environment of a program on a laptop of its own: another home and another message bus.

    One accessibility bus is enough, and all that the driver listens to."""
    home = station.race.parent / "other"
    home.mkdir()
    with subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        try:
            yield {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
                   "XDG_CONFIG_HOME": str(home / "config"), "AT_SPI_BUS_ADDRESS": bus_address(),
                   "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        finally:
            end_hub(home)
            bus.terminate()


def hub_process(home):
    """The process of the hub whose data is below HOME; None when there is none."""
    for file in Path(home).glob("**/postmaster.pid"):
        pid = int(file.read_text(encoding="utf-8").split()[0])
        try:
            if b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        except FileNotFoundError:
            continue
    return None


def end_hub(home):
    pid = hub_process(home)
    if pid is not None:
        os.kill(pid, signal.SIGQUIT)
        poll(lambda: hub_process(home) is None, "the end of the hub")


def start_hub(app):
    app.activate("win.host")
    app.wait_for("label", "This race has no hub yet")
    app.press("Start Hub")
    app.wait_for("label", "The hub runs on this laptop", where=is_shown)


def address_of_hub(station, app):
    """What the window says to others; on a computer without a network the name of itself."""
    words = app.wait_for("label", re.compile("Others reach it at|in no network"), where=is_shown).get_name()
    shown = re.search(r"at ([0-9.]+:\d+)", words)
    port = json.loads(station.ctl("hub", "status", "--json"))["port"]
    return shown.group(1) if shown else f"localhost:{port}"


def invite_organizer(app):
    """The code that the window shows, and the address beside it."""
    app.press("Invite a Station…")
    window = app.wait_until(lambda: app.frame("Invite a Station"), "the window")
    app.wait_until(lambda: any(entry.states >> int(Atspi.StateType.FOCUSED) & 1
                               for entry in app.entries(window)), "the keyboard in the window")
    app.key("space")
    app.wait_for("label", "Timing", within=window, where=is_shown)
    app.key("Down", "Down", "Down", "Return")
    app.wait_gone("label", "Timing", within=window)
    app.press("Make an Invitation")
    app.wait_for("label", re.compile("Sets up one laptop as Organizer, once, until"), where=is_shown)
    return app.wait_for("label", CODE).get_name()


def join(app, code, hub):
    app.activate("win.join")
    app.wait_until(lambda: app.frame("Join a Race"), "the window")
    app.set_text("Code of the invitation", code)
    app.set_text("Name of this laptop", "Office 2")
    app.press(re.compile("^_Join Join$"))
    address = app.wait_for("text", "Address of the hub", where=is_shown)
    app.set_text(address, hub)
    app.press(re.compile("^_Join Join$"))
    app.wait_until(lambda: app.frame("Harbor 5K"), "the race")


def take_over(app):
    wait_for_line(app, "^No hub since|^Looking")
    app.activate("win.host")
    app.press(app.wait_for("push button", "Take Over as Hub", where=is_shown))
    app.wait_for("label", "The hub runs on this laptop", where=is_shown)


def test_hosting(station):
    """a race is hosted, joined by code, and taken over after the hub and its laptop have died"""
    data = os.environ["XDG_DATA_HOME"]
    try:
        with other_laptop(station) as other, station.open("setup") as host:
            start_hub(host)
            hub = address_of_hub(station, host)
            code = invite_organizer(host)
            with App([station.concourse], env=other) as app:
                join(app, code, hub)
                wait_for_line(app, "Sharing with")
                host.kill()
                os.kill(hub_process(data), signal.SIGKILL)
                take_over(app)
                assert hub_process(other["HOME"])
            check_races(station, next(Path(other["HOME"]).glob("**/*.race")))
    finally:
        end_hub(data)


def check_races(station, *others):
    for station.race in (station.race, *others):
        station.ctl("verify")
        assert station.status()["registered"] == 5


if __name__ == "__main__":
    sys.exit(main(globals()))
