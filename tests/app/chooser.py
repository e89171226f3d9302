# chooser.py: gives a path to the file chooser of GTK, which the bus shows as a window of its own.
# SPDX-License-Identifier: GPL-3.0-or-later
from driver import NotThere, poll, size_of


def chooser_of(app):
    return app.wait_until(lambda: app.frames()[1:] and app.frames()[-1], "the file chooser")


def find_entry(app):
    """The entry for a name or a path, or None while there is no chooser or it shows none."""
    for chooser in app.frames()[1:][-1:]:
        return app.find("text", within=chooser, where=lambda node: min(size_of(node)) > 0)
    return None


def has_entry(app):
    return find_entry(app) is not None


def answer(app, path, button):
    """Until the chooser has read its folder it drops what it is told: then it is told again."""
    title = chooser_of(app).get_name()

    def is_gone():
        return title not in [frame.get_name() for frame in app.frames()]

    def tell():
        """False when the chooser goes meanwhile: then it was slow, and not deaf."""
        entry = find_entry(app)
        answer_button = app.find("push button", button, within=app.frames()[-1])
        if entry is None or answer_button is None:
            return False
        app.set_text(entry, str(path))
        app.press(answer_button)
        return True

    app.wait_until(lambda: has_entry(app), "the entry of the file chooser")
    for _ in range(8):
        poll(lambda: is_gone() or tell(), f"the file chooser to be told {path}")
        try:
            poll(is_gone, "the file chooser to go", 4)
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
            poll(lambda: has_entry(app), "the entry of the file chooser", 6)
            break
        except NotThere:
            continue
    answer(app, path, button)
