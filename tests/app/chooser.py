# chooser.py: gives a path to the file chooser of GTK, which the bus shows as a window of its own.
# SPDX-License-Identifier: GPL-3.0-or-later
from driver import NotThere, poll, size_of, text_of


def chooser_of(app):
    return app.wait_until(lambda: app.frames()[1:] and app.frames()[-1], "the file chooser")


def entry_of(app):
    """The entry for a name or a path, once the chooser has put something into it."""

    def find():
        for node in app.all("text", within=chooser_of(app)):
            if min(size_of(node)) > 0 and text_of(node):
                return node
        return None

    return app.wait_until(find, "the entry of the file chooser")


def answer(app, path, button):
    """Until the chooser has read its folder it drops what it is told: then it is told again."""
    for _ in range(5):
        app.set_text(entry_of(app), str(path))
        app.press(app.wait_for("push button", button, within=chooser_of(app)))
        try:
            poll(lambda: len(app.frames()) == 1, "the file chooser to go", 3)
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
    app.type_keys("/")
    answer(app, path, button)
