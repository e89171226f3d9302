# tree.py: all that a program shows on the accessibility bus, read at once.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window has more than a thousand nodes. Asked one by one on a busy machine they take seconds, in
which a message has come and gone. So the questions are sent together, and what the nodes say comes from
the cache that the program keeps for this. The cache alone is not enough: GTK 4.8 leaves in it what it
has taken out of the window, and has nothing there that nobody has asked for. It does say where a node
stands if it stands anywhere, so that for one that is known only the way up to its window is asked, and
a node is asked again what it has only when that has changed."""
import ast
import re
from collections import defaultdict, namedtuple

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
# As long as a program on a machine with other work may take for one answer.
TIMEOUT_S = 20
Atspi.set_timeout(1000 * TIMEOUT_S, 1000 * TIMEOUT_S)

# What the cache says of a node, as GLib prints it: asking a value for its parts one by one is slow.
STRING = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
PATH = r"\('[^']*', '([^']*)'\)"
ITEM = re.compile(rf"\({PATH}, \('[^']*', '[^']*'\), {PATH}, (-?\d+), (-?\d+), \[[^]]*\], ({STRING}), (\d+), "
                  rf"{STRING}, \[(\d+), (\d+)\]\)")

# A node as the cache tells it: its path on the bus, where it should stand, and what can be searched for.
Entry = namedtuple("Entry", "path parent index count name role states")
# More of them are not asked one way up at a time: the whole tree is cheaper.
KNOWN_MAX = 12
# A new node is in the cache after the first, and the page of a stack that it is on after the second.
READS_MAX = 4


class Moved(Exception):
    """The tree changed while it was read: ask again."""


def bus_address():
    """Where the accessibility bus is."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    return session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                             GLib.VariantType("(s)"), Gio.DBusCallFlags.NONE, -1).unpack()[0]


def connect():
    """A connection of our own to the accessibility bus, for what libatspi does not ask."""
    address = bus_address()
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
        self.roles = {}
        self.told = {}  # what is in a node, as it said itself, until a signal says that it has changed
        self.signals = GLib.MainContext.new()
        self.signals.push_thread_default()
        self.bus.signal_subscribe(root.app.bus_name, "org.a11y.atspi.Event.Object", "ChildrenChanged",
                                  None, None, Gio.DBusSignalFlags.NONE, self._children_changed)
        self.signals.pop_thread_default()

    def _ask(self, path, interface, method):
        return self.bus.call_sync(self.root.app.bus_name, path, interface, method, None, None,
                                  Gio.DBusCallFlags.NONE, 1000 * TIMEOUT_S).unpack()[0]

    def _children_changed(self, bus, sender, path, interface, signal, parameters):
        self.told.pop(path, None)

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

    def _children_at(self, places):
        answers = self._ask_together([(path, ACCESSIBLE, "GetChildAtIndex", GLib.Variant("(i)", (index,)))
                                      for path, index in places])
        return [child for _, child in answers]

    def _places(self, windows, entries, lists):
        """The places (path and index) of all that is in WINDOWS, and who has told no such place.

        LISTS keeps the answers. The list of a stack has what is on its pages and not the pages; the
        cache knows these as the parents."""
        places, strange = {}, set()
        level = windows
        while level:
            lists.update((path, self.told[path]) for path in level
                         if path not in lists and self._is_as_told(path, entries))
            ask = [path for path in level
                   if path not in lists and (path not in entries or entries[path].count != 0)]
            told = self._ask_together([(path, ACCESSIBLE, "GetChildren", None) for path in ask])
            lists.update((path, [child for _, child in children]) for path, children in zip(ask, told))
            self.told.update((path, lists[path]) for path in ask)
            below = []
            for path in level:
                for index, child in enumerate(lists.get(path, ())):
                    parent = entries[child].parent if child in entries else None
                    places[child] = (path, index)
                    if parent != path and parent in entries and entries[parent].parent == path:
                        places[parent] = (path, entries[parent].index)
                        places[child] = (parent, 0)
                    elif parent != path:
                        strange.add(child)
                    below.append(child)
            level = below
        return places, strange

    def _is_as_told(self, path, entries):
        """Whether what is in PATH has not changed since it was asked: no signal says so, and all is there.

        What is hidden has a place as well, so that without the signals another could be in its place."""
        told = self.told.get(path)
        return told is not None and path in entries and entries[path].count == len(told) and all(
            child in entries and entries[child].parent == path and entries[child].index == index
            for index, child in enumerate(told))

    def _entries(self):
        """What the cache says."""
        items = self.bus.call_sync(self.root.app.bus_name, "/org/a11y/atspi/cache",
                                   "org.a11y.atspi.Cache", "GetItems", None, None,
                                   Gio.DBusCallFlags.NONE, 1000 * TIMEOUT_S).get_child_value(0)
        # Signals come in order with answers, so that all until this one are here.
        while self.signals.iteration(False):
            pass
        entries = {}
        for path, parent, index, count, name, role, low, high in ITEM.findall(items.print_(False)):
            entries[path] = Entry(
                path, parent, int(index), int(count),
                ast.literal_eval(name) if "\\" in name else name[1:-1], self._role(int(role)),
                int(low) | int(high) << 32)
        assert len(entries) == items.n_children(), "the cache says what cannot be read"
        return entries

    def _role(self, role):
        if role not in self.roles:
            self.roles[role] = Atspi.role_get_name(Atspi.Role(role))
        return self.roles[role]

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

    def read(self, entries=None):
        """All that is in the windows now; ENTRIES are from just before, if they are known."""
        windows = self.windows()
        entries = entries or self._entries()
        lists = {}
        # To be asked for is what brings a node into the cache, and then what it is in.
        for _ in range(READS_MAX):
            places, strange = self._places(windows, entries, lists)
            if not strange and {*windows, *places} <= entries.keys():
                return Picture(entries, windows, places)
            entries = self._entries()
        raise Moved("a node that has gone")

    def read_known(self, fits, within=None):
        """What the cache has, a picture of some ways in it, and those that FIT at their ends.

        Where it finds none, the whole tree has to be looked at: read (entries)."""
        windows = self.windows()
        entries = self._entries()
        ways = [self._way_up(entry, entries, windows) for entry in entries.values() if fits(entry)]
        ways = [way for way in ways if within is None or any(entry.path == within for entry in way)]
        ways = [way for way in ways if way] if len(ways) <= KNOWN_MAX else []
        # The child of the page of a stack counts itself as the second.
        steps = {entry.path: (entry.parent, entry.index if entries[entry.parent].count > 1 else 0)
                 for way in ways for entry in way[:-1]}
        told = self._children_at(steps.values())
        places = {path: place for (path, place), child in zip(steps.items(), told) if child == path}
        ways = [way for way in ways if all(entry.path in places for entry in way[:-1])]
        ways.sort(key=lambda way: [windows.index(way[-1].path), *(each.index for each in way[-2::-1])])
        return entries, Picture(entries, windows, places), [way[0] for way in ways]

    @staticmethod
    def _way_up(entry, entries, windows):
        """ENTRY and what it is in, up to a window; nothing when it is in none."""
        way = [entry]
        while way[-1].path not in windows:
            if way[-1].parent not in entries:
                return []
            way.append(entries[way[-1].parent])
        return way

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
