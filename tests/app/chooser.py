# chooser.py: gives a path to the file chooser of GTK, which the bus shows as a window of its own.
# SPDX-License-Identifier: GPL-3.0-or-later
from driver import NotThere, poll, size_of


def chooser_of(app):
    return app.wait_until(lambda: app.frames()[1:] and app.frames()[-1], "the file chooser")


def find_entry(app):
    for node in app.all("text", within=chooser_of(app)):
        if min(size_of(node)) > 0:
            return node
    return None


def has_entry(app):
    return find_entry(app) is not None


def entry_of(app):
    """The entry for a name or a path, once the chooser shows it."""
    return app.wait_until(lambda: find_entry(app), "the entry of the file chooser")


def answer(app, path, button):
    """Until the chooser has read its folder it drops what it is told: then it is told again."""
    title = chooser_of(app).get_name()
    for _ in range(5):
        app.set_text(entry_of(app), str(path))
        app.press(app.wait_for("push button", button, within=chooser_of(app)))
        try:
            poll(lambda: title not in [frame.get_name() for frame in app.frames()],
                 "the file chooser to go", 3)
            return
        except NotThere:
            continue
    raise NotThere(f"the file chooser does not take {path}")


def save_as(app, path, button):
    answer(app, path, button)


def open_file(app, path, button):
    """A slash is where typing of a path begins; it must not be typed before the chooser listens."""
    chooser = chooser_of(app)
    app.wait_until(lambda: app.focused() is not None and len(app.all("table cell", within=chooser)) +
                   len(app.all("list item", within=chooser)) > 0, "the files of the chooser")
    for keys in ("slash", "ctrl+l", "slash", "ctrl+l"):
        app.key(keys)
        try:
            poll(lambda: has_entry(app), "the entry of the file chooser", 4)
            break
        except NotThere:
            continue
    answer(app, path, button)
