#!/usr/bin/python3
# test_display.py: the window for the projector, beside the station that feeds it.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import subprocess
import sys
import threading

from station import main
from driver import has_state, poll, unnamed
from gi.repository import Atspi, Gio, GLib

# What the display says of each scene: a board with its rows, or one of the others.
SCENE = re.compile("^All runners|^Thermometer|; ")


# GtkApplicationInhibitFlags: not to suspend, and not to go idle, which darkens the screen.
SUSPEND, IDLE = 4, 8

DESKTOP = """
<node><interface name="org.gnome.SessionManager">
  <method name="RegisterClient"><arg type="s"/><arg type="s"/><arg type="o" direction="out"/></method>
  <method name="Inhibit"><arg type="s"/><arg type="u"/><arg type="s"/><arg type="u"/>
    <arg type="u" direction="out"/></method>
  <method name="Uninhibit"><arg type="u"/></method>
</interface></node>"""


class Desktop:
    """The part of a desktop that is asked to keep the screen awake."""

    def __init__(self):
        self.asked, self.released = [], []
        started = threading.Event()
        threading.Thread(target=self._serve, args=(started,), daemon=True).start()
        assert started.wait(20), "there is no message bus"

    def _serve(self, started):
        context = GLib.MainContext()
        context.push_thread_default()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        bus = Gio.DBusConnection.new_for_address_sync(os.environ["DBUS_SESSION_BUS_ADDRESS"], flags)
        bus.register_object("/org/gnome/SessionManager", Gio.DBusNodeInfo.new_for_xml(DESKTOP).interfaces[0],
                            self._answer)
        Gio.bus_own_name_on_connection(bus, "org.gnome.SessionManager", Gio.BusNameOwnerFlags.NONE,
                                       lambda *_: started.set())
        GLib.MainLoop.new(context, False).run()

    def _answer(self, _bus, _sender, _path, _interface, method, words, call):
        if method == "RegisterClient":
            call.return_value(GLib.Variant("(o)", ("/org/gnome/SessionManager/Client1",)))
        elif method == "Inhibit":
            self.asked.append(words.unpack()[3])
            call.return_value(GLib.Variant("(u)", (len(self.asked),)))
        else:
            self.released.append(words.unpack()[0])
            call.return_value(None)


def open_display(station):
    return station.open("timing", "--display")


def front(title):
    """Give the keyboard to the window named TITLE."""
    found = subprocess.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$"],
        capture_output=True, text=True, check=True,
    ).stdout.split()
    subprocess.run(["xdotool", "windowactivate", "--sync", found[-1]], check=True)


def stop_at(app, title):
    """Stop the rotation, and turn back to the scene TITLE if it has gone on meanwhile."""
    front("Display")
    app.key("space")
    frame = app.frame("Display")
    stopped = app.wait_for(None, "Keep this scene", frame)
    app.wait_until(lambda: has_state(stopped, Atspi.StateType.PRESSED), "the rotation to stop")
    shown = app.wait_for("image", SCENE, frame).get_name()
    while not shown.startswith(title):
        app.key("Left")
        other = app.wait_for("image", SCENE, frame,
                             where=lambda node, before=shown: node.get_name() != before)
        shown = other.get_name()


def scene(app, text):
    """Wait until the display shows TEXT, and give all that it shows."""
    frame = app.frame("Display")
    return app.wait_for("image", text, frame).get_name()


def finish(station, *bibs):
    station.ctl("gun", "--wave", "A", "--at", "09:00:00")
    station.ctl("gun", "--wave", "B", "--at", "09:00:00")
    lines = "".join(f"cross {bib} 09:{20 + i}:00\n" for i, bib in enumerate(bibs))
    subprocess.run([station.concoursectl, "record", station.race], input=lines, text=True,
                   capture_output=True, check=True)


def test_before_the_race(station):
    """the board says nothing yet; the scenes turn, and the screen stays awake, while it is shown"""
    desktop = Desktop()
    with open_display(station) as app:
        assert scene(app, re.compile("^All runners")) == "All runners"
        frame = app.frame("Display")
        assert {"display.next", "display.previous", "display.pause", "display.fullscreen"} <= set(
            app.actions(frame))
        assert desktop.asked == [SUSPEND | IDLE] and not desktop.released
        scene(app, re.compile("^Thermometer"))
        front("Display")
        app.key("ctrl+w")
        poll(lambda: desktop.released == [1], "the screen to be let go")


def test_hidden_runner(station):
    """who asked not to be named is a number on every board, also for a screen reader"""
    finish(station, 301, 214)
    with open_display(station) as app:
        shown = scene(app, re.compile("^All runners"))
        assert shown == "All runners; 1 Runner 301 20:00; 2 Ann Olson 21:00", shown
        stop_at(app, "All runners")
        for title in ("Just finished", "Thermometer", "Women"):
            app.key("Right")
            shown = scene(app, re.compile(f"^{title}"))
            assert "Vang" not in shown
        frame = app.frame("Display")
        assert not app.all(None, "Vang", frame)


def test_scenes_by_key(station):
    """the arrows turn the pages, backwards too"""
    with open_display(station) as app:
        stop_at(app, "All runners")
        app.key("Right")
        scene(app, re.compile(r"^Thermometer: \$0 raised of \$1,000"))
        app.key("Right")
        scene(app, re.compile("^12 to 14; Average age"))
        app.key("Left")
        scene(app, re.compile("^Thermometer"))


def test_live(station):
    """a finisher of the timing table is on the board at once"""
    station.ctl("gun", "--wave", "A", "--at", "00:00:00")
    with open_display(station) as app:
        stop_at(app, "All runners")
        front("Harbor 5K")
        app.key("space")
        app.type_keys("214")
        app.key("Return")
        app.wait_for("label", "214 Ann Olson: finished, place 1")
        scene(app, re.compile("^All runners; 1 Ann Olson"))


def test_full_screen(station):
    """F11 fills the screen and Escape leaves it"""
    with open_display(station) as app:
        front("Display")
        app.wait_for("push button", "Fill the screen")
        app.key("F11")
        app.wait_until(lambda: not visible_bar(app), "the full screen")
        app.key("Escape")
        app.wait_until(lambda: visible_bar(app), "the window")
        nameless = list(unnamed(app, app.frame("Display")))
        assert not nameless, nameless


def visible_bar(app):
    size = subprocess.run(
        ["xdotool", "search", "--name", "^Display$", "getwindowgeometry", "--shell"],
        capture_output=True, text=True, check=True,
    ).stdout
    width = re.search(r"WIDTH=(\d+)", size)
    screen = subprocess.run(["xdotool", "getdisplaygeometry"], capture_output=True, text=True,
                            check=True).stdout.split()
    return width.group(1) != screen[0]


if __name__ == "__main__":
    sys.exit(main(globals()))
