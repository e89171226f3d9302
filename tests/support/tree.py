# tree.py: all that a program shows on the accessibility bus, read at once.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window has more than a thousand nodes. Asked one by one on a busy machine they take seconds, in
which a message has come and gone. So the questions are sent together, and what the nodes say comes from
the cache that the program keeps for this. The cache alone is not enough: GTK 4.8 leaves in it what it
has taken out of the window, and has nothing there that nobody has asked for."""
from collections import defaultdict, namedtuple

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
NOTHING = "/org/a11y/atspi/null"
PROPERTIES = "org.freedesktop.DBus.Properties"
# As long as a program on a machine with other work may take for one answer.
TIMEOUT_S = 20
Atspi.set_timeout(1000 * TIMEOUT_S, 1000 * TIMEOUT_S)

# A node as the cache tells it: its path on the bus, and what can be searched for.
Entry = namedtuple("Entry", "path count name role states")


class Moved(Exception):
    """The tree changed while it was read: ask again."""


def connect():
    """A connection of our own to the accessibility bus, for what libatspi does not ask."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                                GLib.VariantType("(s)"), Gio.DBusCallFlags.NONE, -1).unpack()[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags)


class Picture:
    """What a program showed at one moment."""

    def __init__(self, entries, windows, places):
        self.entries = entries
        self.windows = windows
        self.places = places
        self.children = defaultdict(list)
        for path, (parent, _) in places.items():
            self.children[parent].append(path)

    def below(self, path):
        """The entry at PATH and all below it, in the order of the tree."""
        if path not in self.entries:
            raise Moved(path)
        yield self.entries[path]
        for child in self.children[path]:
            yield from self.below(child)

    def all(self, within=None):
        for top in [within] if within else self.windows:
            yield from self.below(top)


class Tree:
    """The nodes of the program that is ROOT on the bus."""

    def __init__(self, root):
        self.root = root
        self.bus = connect()
        self.known = {}

    def _ask(self, path, interface, method):
        return self.bus.call_sync(self.root.app.bus_name, path, interface, method, None, None,
                                  Gio.DBusCallFlags.NONE, 1000 * TIMEOUT_S).unpack()[0]

    def _ask_together(self, questions):
        """The answers to QUESTIONS (path, interface, method, parameters), in their order."""
        answers = {}

        def answered(bus, result, number):
            try:
                answers[number] = bus.call_finish(result).unpack()[0]
            except GLib.GError:
                answers[number] = None

        # A context of our own, because libatspi listens on the usual one.
        context = GLib.MainContext.new()
        context.push_thread_default()
        try:
            for number, (path, interface, method, parameters) in enumerate(questions):
                self.bus.call(self.root.app.bus_name, path, interface, method, parameters, None,
                              Gio.DBusCallFlags.NONE, 1000 * TIMEOUT_S, None, answered, number)
            while len(answers) < len(questions):
                context.iteration(True)
        finally:
            context.pop_thread_default()
        if None in answers.values():
            raise Moved("a node that has gone")
        return [answers[number] for number in range(len(questions))]

    def _counts(self, paths, entries):
        """How many children each of PATHS has."""
        counts = {path: entries[path].count for path in paths if path in entries}
        unread = [path for path in paths if path not in counts]
        ask = GLib.Variant("(ss)", (ACCESSIBLE, "ChildCount"))
        answers = self._ask_together([(path, PROPERTIES, "Get", ask) for path in unread])
        counts.update(zip(unread, answers))
        return counts

    def _children(self, counts):
        """The places (path and index) of all children, of which COUNTS says how many there are."""
        places = [(path, index) for path, count in counts.items() for index in range(count)]
        answers = self._ask_together([(path, ACCESSIBLE, "GetChildAtIndex", GLib.Variant("(i)", (index,)))
                                      for path, index in places])
        return {child: place for (_, child), place in zip(answers, places) if child != NOTHING}

    def _entries(self):
        items = self._ask("/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")
        return {own[1]: Entry(own[1], count, name, Atspi.role_get_name(Atspi.Role(role)),
                              states[0] | states[1] << 32)
                for own, _, _, _, count, _, name, role, _, states in items}

    def windows(self):
        """The paths of the windows that are open, oldest first.

        GTK 4.8 crashes when the program is asked for a window by an index that a closing window has
        just made too large. So the list is asked for as a whole, and an index only for a new window."""
        paths = [path for _, path in self._ask(self.root.path, ACCESSIBLE, "GetChildren")]
        for index, path in enumerate(paths):
            if path not in self.known:
                child = self.root.get_child_at_index(index)
                if child is not None:
                    self.known[child.path] = child
        return [path for path in paths if path in self.known]

    def read(self):
        """All that is in the windows now."""
        windows = self.windows()
        entries = self._entries()
        places = {}
        level = windows
        while level:
            below = self._children(self._counts(level, entries))
            places.update(below)
            level = list(below)
        # To be asked for is what brings a node into the cache.
        shown = {*windows, *places}
        if not shown <= entries.keys():
            entries = self._entries()
        if not shown <= entries.keys():
            raise Moved("a node that has gone")
        return Picture(entries, windows, places)

    def node(self, picture, path):
        """The node at PATH, to act on."""
        if path not in self.known:
            if path not in picture.places:
                raise Moved(path)
            parent, index = picture.places[path]
            child = self.node(picture, parent).get_child_at_index(index)
            if child is None or child.path != path:
                raise Moved(path)
            self.known[path] = child
        return self.known[path]
