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
from gi.repository import Atspi, GLib  # noqa: E402

from scanner import Scanner  # noqa: E402
from tree import Moved, Tree  # noqa: E402

# Sanitizers make the program several times slower, and so does a busy machine.
DEADLINE_S = float(os.environ.get("CONC_DEADLINE", "20"))
POLL_S = 0.03
# Between two figures that are typed by hand, fast.
HAND_MS = 45


class NotThere(AssertionError):
    """What was waited for did not come before the deadline."""


class Died(AssertionError):
    """The program ended while something was expected of it."""


# The programs that are expected to live.
living = []


def poll(condition, what, deadline_s=DEADLINE_S):
    """The first true value of CONDITION; NotThere with the words WHAT after the deadline.

    The last question begins after the deadline, so that a slow answer is not taken for a no."""
    end = time.monotonic() + deadline_s
    while True:
        late = time.monotonic() > end
        try:
            value = condition()
        except (GLib.GError, Moved):  # the object went away while it was read
            value = None
        if value:
            return value
        for app in living:
            app.check_life(f"while it was asked for {what}")
        if late:
            raise NotThere(f"waited {deadline_s:.0f} s for {what}")
        time.sleep(POLL_S)


def tool(*command):
    """Run a tool of the display; what it says."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE_S, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


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


def is_shown(node):
    """Whether NODE takes room on the screen; what is hidden can be found and written into as well."""
    return min(size_of(node)) > 0


def has_state(node, state):
    return node.get_state_set().contains(state)


def describe(node):
    words = [node.get_role_name(), repr(node.get_name() or "")]
    if node.get_description():
        words.append(f"({node.get_description()})")
    if node.get_text_iface() and node.get_role_name() != "label":
        words.append(f"text={text_of(node)!r}")
    # GTK 4.8 counts actions that it then does not name.
    if node.get_action_iface() and Atspi.Action.get_n_actions(node) > 0:
        words.append("can be pressed")
    return " ".join(words)


def fitting(role, name):
    """Whether an entry has ROLE, and a name that contains NAME (or matches it, when it is a pattern)."""

    def fits(entry):
        if role is not None and entry.role != role:
            return False
        if isinstance(name, re.Pattern) and not name.search(entry.name):
            return False
        return not isinstance(name, str) or name in entry.name

    return fits


class App:
    """A program with one or more windows on the accessibility bus, for a with statement."""

    def __init__(self, command, env=None, deadline_s=DEADLINE_S):
        self.command = [str(part) for part in command]
        self.env = {**os.environ, **(env or {})}
        self.deadline_s = deadline_s
        self.process = None
        self.log = None
        self.tree = None

    # ------------------------------------------------------------- life

    def __enter__(self):
        self.log = tempfile.TemporaryFile(mode="w+", prefix="concourse-said-")
        self.process = subprocess.Popen(
            self.command, env=self.env, stdout=self.log, stderr=subprocess.STDOUT
        )
        living.append(self)
        try:
            self.root = poll(self._find_root, "the program on the accessibility bus", self.deadline_s)
            self.tree = Tree(self.root)
            # Keys that are pressed before the window has the keyboard are lost.
            poll(self._has_keyboard, "a window with the keyboard", self.deadline_s)
        except BaseException:
            self._stop()
            print(self.said(), file=sys.stderr)
            raise
        return self

    def __exit__(self, kind, error, trace):
        try:
            if error is None:
                self.check_life("before the test did")
        except Died:
            error = True
            raise
        finally:
            if error is not None:
                self._tell_failure()
            self._stop()
            self.log.close()

    def check_life(self, when):
        """Nothing when the program lives, or was told to end; else Died, as soon as it is known."""
        if self in living and self.process.poll() is not None:
            self._may_end()
            raise Died(f"the program ended with {self.process.returncode} {when}")

    def _has_keyboard(self):
        return any(has_state(frame, Atspi.StateType.ACTIVE) for frame in self.frames())

    def _find_root(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def _stop(self):
        self._may_end()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _may_end(self):
        if self in living:
            living.remove(self)

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
            except (GLib.GError, Moved):
                pass

    def said(self):
        """What the program wrote on its outputs so far."""
        self.log.seek(0)
        return self.log.read()

    def close(self):
        """Close the window with its key and wait for the end; the exit status.

        Not by its action: GTK 4.8 leaks the list of actions, which a leak check at the end finds."""
        self._may_end()
        self.key("ctrl+w")
        return self.wait_for_exit()

    def kill(self):
        """End the program as a laptop does that loses its power."""
        self._may_end()
        self.process.kill()
        self.process.wait()

    def wait_for_exit(self):
        self._may_end()
        try:
            return self.process.wait(self.deadline_s)
        except subprocess.TimeoutExpired:
            raise NotThere(f"waited {self.deadline_s:.0f} s for the program to end") from None

    # ---------------------------------------------------------- finding

    def frames(self):
        """The windows that are open, oldest first."""
        return [self.tree.known[path] for path in self.tree.windows()]

    def entries(self, within=None):
        """WITHIN and all below it, or all that is in the windows, as they are now."""
        return list(self.tree.read().all(within.path if within else None))

    def frame(self, title=None):
        """The first window, or the first whose title has TITLE; None when there is none."""
        for child in self.frames():
            if title is None or title in (child.get_name() or ""):
                return child
        return None

    def all(self, role=None, name=None, within=None, where=None):
        """The nodes of ROLE whose name contains NAME (or matches it, when it is a pattern)."""
        return self._all(fitting(role, name), within, where)

    def _all(self, fits, within, where, entries=None):
        picture = self.tree.read(entries)
        return self._nodes(picture, filter(fits, picture.all(within.path if within else None)), where)

    def _nodes(self, picture, entries, where):
        nodes = [self.tree.node(picture, entry.path) for entry in entries]
        return nodes if where is None else [node for node in nodes if where(node)]

    def find(self, role=None, name=None, within=None, where=None):
        """The first such node that takes room on the screen, else the first; None without any.

        One that was there before is found without a look at all others."""
        fits = fitting(role, name)
        entries, picture, known = self.tree.read_known(fits, within.path if within else None)
        for node in self._nodes(picture, known, where):
            if is_shown(node):
                return node
        found = self._all(fits, within, where, entries)
        visible = [node for node in found if is_shown(node)]
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
                poll(lambda: has_state(node, Atspi.StateType.SENSITIVE),
                     f"{describe(node)} to be sensitive", self.deadline_s)
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
        """Set the text of an entry at once; every character that there is can be set so.

        A form that is not shown yet may be emptied when it opens."""
        node = node_or_name
        if isinstance(node, (str, re.Pattern)):
            node = self.wait_for(role, node, where=is_shown)
        assert Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)
        poll(lambda: text_of(node) == text, f"the text {text!r}", self.deadline_s)
        return node

    def type_keys(self, text):
        """Type ASCII text into what has the focus: words at once, but figures only as fast as a
        hand does, because those of a scanner are a code and not for a field."""
        if any(letter.isdigit() for letter in text):
            self.scan(text, HAND_MS)
        else:
            tool("xdotool", "type", "--delay", "1", "--", text)

    def scan(self, keys, gap_ms=3):
        """Type KEYS as a scanner does, a key every GAP_MS; "\\n" at the end is its Enter."""
        scanner = Scanner()
        scanner.type(keys, gap_ms)
        scanner.close()

    def key(self, *keys):
        """Press keys by their X names: "Return", "ctrl+z", "space"."""
        tool("xdotool", "key", "--delay", "1", "--", *keys)

    def focused(self):
        """The node that has the keyboard, or None."""
        picture = self.tree.read()
        for entry in picture.all():
            if entry.states >> int(Atspi.StateType.FOCUSED) & 1:
                return self.tree.node(picture, entry.path)
        return None

    def wait_for_focus(self, name):
        """The node that has the keyboard, when it is the one whose name contains NAME."""

        def there():
            node = self.focused()
            return node if node is not None and name in (node.get_name() or "") else None

        return poll(there, f"the focus on {name}", self.deadline_s)

    def resize(self, width, height, title=None):
        """Give the window its size, without the frame of the window manager."""
        command = ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)]
        if title:
            command = [*command, "--name", title]
        window = tool(*command).split()[0]
        tool("xdotool", "windowmove", window, "0", "0")
        tool("xdotool", "windowsize", window, str(width), str(height))

    def screenshot(self, path, settle_s=4.0):
        """The whole screen as PNG, taken when three pictures in a row are the same.

        A page with a running clock never rests: after SETTLE_S the last picture is taken as it is."""
        end = time.monotonic() + settle_s
        before = None
        same = 0
        while True:
            picture = subprocess.run(
                ["import", "-window", "root", "png:-"], capture_output=True, check=True
            ).stdout
            pixels = re.sub(rb"tEXtdate.{40}", b"", picture, flags=re.S)
            same = same + 1 if pixels == before else 0
            if same == 2 or time.monotonic() > end:
                break
            before = pixels
        with open(path, "wb") as file:
            file.write(picture)


def unnamed(app, within=None):
    """The controls below WITHIN that say nothing useful to a screen reader."""
    interactive = {"push button", "toggle button", "text", "password text", "spin button", "combo box",
                   "check box", "radio button", "switch", "slider", "entry"}
    empty = {"", "GtkImage", "GtkButton", "GtkToggleButton", "GtkEntry", "GtkText"}
    return [f"{entry.role} {entry.name!r}" for entry in app.entries(within)
            if entry.role in interactive and entry.name in empty]


if __name__ == "__main__":
    with App(sys.argv[1:]) as program:
        print(program.dump())
