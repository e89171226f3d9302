#!/usr/bin/python3
# driver.py: drive the application through the accessibility bus and the keyboard, as a user would.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run it inside tests/support/with-display.sh.

    with App(["src/app/concourse", "Sample.race"]) as app:
        app.type_keys("olson")
        app.wait_for(role="label", name="Ann Olson")
        app.activate("win.undo")
        app.screenshot("check-in.png")

Nothing here waits for a fixed time: everything polls for a condition until a deadline. What the bus
of GTK 4.8 cannot do (focus, check buttons, rows of lists) is done with the keyboard.

Run as a program it prints the tree of another: driver.py PROGRAM [ARGUMENT...]"""
import os
import re
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

# Sanitizers make the program several times slower, and so does a busy machine.
DEADLINE_S = float(os.environ.get("CONC_DEADLINE", "20"))
POLL_S = 0.03


class NotThere(AssertionError):
    """What was waited for did not come before the deadline."""


def poll(condition, what, deadline_s=DEADLINE_S):
    """The first true value of CONDITION; NotThere with the words WHAT after the deadline."""
    end = time.monotonic() + deadline_s
    while True:
        try:
            value = condition()
        except GLib.GError:  # the object went away while it was read
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise NotThere(f"waited {deadline_s:.0f} s for {what}")
        time.sleep(POLL_S)


def walk(node):
    """NODE and all below it, in the order of the tree."""
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from walk(child)


def accessibility_bus():
    """A connection of our own to the bus, for what libatspi does not ask."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                                GLib.VariantType("(s)"), Gio.DBusCallFlags.NONE, -1).unpack()[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags)


def text_of(node):
    """The text of an entry or a label that can be edited or selected."""
    text = node.get_text_iface()
    # A count of -1 for "to the end" answers nothing in GTK 4.8.
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else ""


def size_of(node):
    component = node.get_component_iface()
    if component is None:
        return 0, 0
    extents = component.get_extents(Atspi.CoordType.WINDOW)
    return extents.width, extents.height


def has_state(node, state):
    return node.get_state_set().contains(state)


def describe(node):
    actions = [Atspi.Action.get_action_name(node, i) for i in range(Atspi.Action.get_n_actions(node))] \
        if node.get_action_iface() else []
    words = [node.get_role_name(), repr(node.get_name() or "")]
    if node.get_description():
        words.append(f"({node.get_description()})")
    if node.get_text_iface() and node.get_role_name() != "label":
        words.append(f"text={text_of(node)!r}")
    if actions:
        words.append("actions=" + ",".join(actions))
    return " ".join(words)


class App:
    """A program with one or more windows on the accessibility bus, for a with statement."""

    def __init__(self, command, env=None, deadline_s=DEADLINE_S):
        self.command = [str(part) for part in command]
        self.env = {**os.environ, **(env or {})}
        self.deadline_s = deadline_s
        self.process = None
        self.log = None
        self.bus = None
        self.windows = {}

    # ------------------------------------------------------------- life

    def __enter__(self):
        self.log = tempfile.TemporaryFile(mode="w+", prefix="concourse-said-")
        self.process = subprocess.Popen(
            self.command, env=self.env, stdout=self.log, stderr=subprocess.STDOUT
        )
        try:
            self.root = poll(self._find_root, "the program on the accessibility bus", self.deadline_s)
            self.bus = accessibility_bus()
            poll(self.frame, "a window", self.deadline_s)
        except BaseException:
            self._stop()
            print(self.said(), file=sys.stderr)
            raise
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            self._tell_failure()
        self._stop()
        self.log.close()

    def _find_root(self):
        if self.process.poll() is not None:
            raise NotThere(f"the program ended with {self.process.returncode}: {self.said()}")
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def _stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _tell_failure(self):
        """Leave a picture where the build keeps its logs, and the words the program said."""
        folder = os.environ.get("CONC_BUILD_DIR")
        if folder:
            name = re.sub(r"\W+", "-", os.path.basename(sys.argv[0]))
            try:
                self.screenshot(os.path.join(folder, "meson-logs", f"{name}.png"))
            except (OSError, subprocess.SubprocessError):
                pass
        print(self.said(), file=sys.stderr)
        if self.process.poll() is None:
            try:
                print(self.dump(), file=sys.stderr)
            except GLib.GError:
                pass

    def said(self):
        """What the program wrote on its outputs so far."""
        self.log.seek(0)
        return self.log.read()

    def close(self, frame=None):
        """Close the window by its own action and wait for the end; the exit status."""
        self.activate("window.close", frame)
        return self.wait_for_exit()

    def wait_for_exit(self):
        try:
            return self.process.wait(self.deadline_s)
        except subprocess.TimeoutExpired:
            raise NotThere(f"waited {self.deadline_s:.0f} s for the program to end") from None

    # ---------------------------------------------------------- finding

    def frames(self):
        """The windows that are open, oldest first.

        GTK 4.8 crashes when the program is asked for a window by an index that a closing window has
        just made too large. So the list is asked for as a whole, and an index only for a new window."""
        listed = self.bus.call_sync(
            self.root.app.bus_name, self.root.path, "org.a11y.atspi.Accessible", "GetChildren", None,
            GLib.VariantType("(a(so))"), Gio.DBusCallFlags.NONE, -1).unpack()[0]
        paths = [path for _name, path in listed]
        for index, path in enumerate(paths):
            if path not in self.windows:
                child = self.root.get_child_at_index(index)
                if child is not None:
                    self.windows[child.path] = child
        return [self.windows[path] for path in paths if path in self.windows]

    def nodes(self, within=None):
        """WITHIN and all below it, or all that is in the windows."""
        for top in [within] if within else self.frames():
            yield from walk(top)

    def frame(self, title=None):
        """The first window, or the first whose title has TITLE; None when there is none."""
        for child in self.frames():
            if title is None or title in (child.get_name() or ""):
                return child
        return None

    def all(self, role=None, name=None, within=None, where=None):
        """The nodes of ROLE whose name contains NAME (or matches it, when it is a pattern)."""

        def fits(node):
            own = node.get_name() or ""
            if role is not None and node.get_role_name() != role:
                return False
            if isinstance(name, re.Pattern) and not name.search(own):
                return False
            if isinstance(name, str) and name not in own:
                return False
            return where is None or where(node)

        return [node for node in self.nodes(within) if fits(node)]

    def find(self, role=None, name=None, within=None, where=None):
        """The first such node that takes room on the screen, else the first; None without any."""
        found = self.all(role, name, within, where)
        visible = [node for node in found if min(size_of(node)) > 0]
        return (visible or found or [None])[0]

    def wait_for(self, role=None, name=None, within=None, where=None):
        words = " ".join(str(w) for w in (role, name.pattern if hasattr(name, "pattern") else name) if w)
        return poll(lambda: self.find(role, name, within, where), words or "a node", self.deadline_s)

    def wait_until(self, condition, what):
        return poll(condition, what, self.deadline_s)

    def wait_gone(self, role=None, name=None, within=None):
        poll(lambda: not self.all(role, name, within), f"{role} {name} to go", self.deadline_s)

    def dump(self, within=None):
        """The tree as text, for people who write tests."""
        lines = []

        def add(node, depth):
            lines.append("  " * depth + describe(node))
            for index in range(node.get_child_count()):
                child = node.get_child_at_index(index)
                if child is not None:
                    add(child, depth + 1)

        for top in [within] if within else self.frames():
            add(top, 0)
        return "\n".join(lines)

    # ------------------------------------------------------------ doing

    def press(self, node_or_name, role="push button"):
        """Press a button, given as a node or by name."""
        node = node_or_name
        if isinstance(node, (str, re.Pattern)):
            node = self.wait_for(role, node)
        count = Atspi.Action.get_n_actions(node)
        names = [Atspi.Action.get_action_name(node, i) for i in range(count)]
        for wanted in ("click", "toggle", "activate"):
            if wanted in names:
                assert Atspi.Action.do_action(node, names.index(wanted)), describe(node)
                return
        raise AssertionError(f"cannot be pressed: {describe(node)}")

    def actions(self, frame=None):
        frame = frame or self.frame()
        return [
            Atspi.Action.get_action_name(frame, i) for i in range(Atspi.Action.get_n_actions(frame))
        ]

    def activate(self, action, frame=None):
        """Activate an action of a window ("win.undo", "window.close"), which needs no focus."""
        frame = frame or self.frame()
        poll(lambda: action in self.actions(frame), f"the action {action}", self.deadline_s)
        assert Atspi.Action.do_action(frame, self.actions(frame).index(action)), action

    def set_text(self, node_or_name, text, role="text"):
        """Set the text of an entry at once; every character that there is can be set so."""
        node = node_or_name
        if isinstance(node, (str, re.Pattern)):
            node = self.wait_for(role, node)
        assert Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)
        poll(lambda: text_of(node) == text, f"the text {text!r}", self.deadline_s)
        return node

    def type_keys(self, text):
        """Type ASCII text into what has the focus, as fast as a scanner does."""
        subprocess.run(["xdotool", "type", "--delay", "1", "--", text], check=True)

    def key(self, *keys):
        """Press keys by their X names: "Return", "ctrl+z", "space"."""
        subprocess.run(["xdotool", "key", "--delay", "1", "--", *keys], check=True)

    def focused(self):
        """The node that has the keyboard, or None."""
        for node in self.nodes():
            if has_state(node, Atspi.StateType.FOCUSED):
                return node
        return None

    def resize(self, width, height, title=None):
        """Give the window its size, without the frame of the window manager."""
        command = ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)]
        if title:
            command = [*command, "--name", title]
        window = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowmove", window, "0", "0"], check=True)
        subprocess.run(["xdotool", "windowsize", window, str(width), str(height)], check=True)

    def screenshot(self, path, settle_s=2.0):
        """The whole screen as PNG, taken when two pictures in a row are the same.

        A page with a running clock never rests: after SETTLE_S the last picture is taken as it is."""
        end = time.monotonic() + settle_s
        before = None
        while True:
            picture = subprocess.run(
                ["import", "-window", "root", "png:-"], capture_output=True, check=True
            ).stdout
            pixels = re.sub(rb"tEXtdate.{40}", b"", picture, flags=re.S)
            if pixels == before or time.monotonic() > end:
                break
            before = pixels
        with open(path, "wb") as file:
            file.write(picture)


def unnamed(app, within=None):
    """The controls below WITHIN that say nothing useful to a screen reader."""
    interactive = {"push button", "toggle button", "text", "password text", "spin button", "combo box",
                   "check box", "radio button", "switch", "slider", "entry"}
    empty = {"", "GtkImage", "GtkButton", "GtkToggleButton", "GtkEntry", "GtkText"}
    for node in app.nodes(within):
        if node.get_role_name() in interactive and (node.get_name() or "") in empty:
            yield describe(node)


if __name__ == "__main__":
    with App(sys.argv[1:]) as program:
        print(program.dump())
