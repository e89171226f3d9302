# scanner.py: a scanner on the keyboard, whose keys come in even time.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The X server itself waits between the keys, so that a machine with much to do does not make a
scanner look like a person. Keys are characters, "\\n" for Enter and "\\t" for Tab; a list may have
names of keys among them, such as "ctrl+b" and "F7"."""
import ctypes
import ctypes.util

NAMES = {"\n": "Return", "\t": "Tab", " ": "space"}


def load(name):
    path = ctypes.util.find_library(name)
    assert path, f"there is no library {name}"
    return ctypes.CDLL(path)


class Scanner:
    def __init__(self):
        self.x11 = load("X11")
        self.xtst = load("Xtst")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.x11.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(None))
        assert self.display, "there is no display"

    def keycode(self, name):
        """The code of the key NAME, and whether Shift has to be down for it."""
        keysym = self.x11.XStringToKeysym(name.encode())
        if keysym == 0 and len(name) == 1:
            keysym = ord(name)
        code = self.x11.XKeysymToKeycode(self.display, ctypes.c_ulong(keysym))
        assert code, f"no key for {name!r}"
        plain = self.x11.XkbKeycodeToKeysym(self.display, ctypes.c_ubyte(code), 0, 0)
        return code, plain != keysym

    def send(self, code, is_down, wait_ms=0):
        self.xtst.XTestFakeKeyEvent(self.display, code, int(is_down), ctypes.c_ulong(wait_ms))

    def press(self, key, wait_ms):
        *held, name = key.split("+") if len(key) > 1 else [key]
        held = [{"ctrl": "Control_L", "alt": "Alt_L", "shift": "Shift_L"}[one] for one in held]
        code, is_shifted = self.keycode(NAMES.get(name, name))
        if is_shifted:
            held.append("Shift_L")
        held = [self.keycode(one)[0] for one in held]
        for one in held:
            self.send(one, True, wait_ms)
            wait_ms = 0
        self.send(code, True, wait_ms)
        self.send(code, False)
        for one in reversed(held):
            self.send(one, False)

    def type(self, keys, gap_ms=3):
        """Press KEYS, GAP_MS apart, and come back when the server has done so."""
        wait_ms = 0
        for key in keys:
            self.press(key, wait_ms)
            wait_ms = gap_ms
        self.x11.XSync(self.display, 0)

    def close(self):
        self.x11.XCloseDisplay(self.display)
