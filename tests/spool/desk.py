# desk.py: a laptop with a race and printers, for the tests of printing.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from stations import Failed  # noqa: E402

STOCK = "roll-62x29"
SHIRTS = ("S", "M", "L")


class Desk:
    """What a person at the desk does and sees, by the command line."""

    def __init__(self, hall, service, runners=40):
        self.laptop = hall.laptop("desk")
        self.laptop.env.update(service.environment())
        self.laptop.create()
        rows = "".join(f"Ann{n},Runner{n},{n},{SHIRTS[n % 3]},2017-01-01T10:00:{n % 60:02}Z,a{n}@example.org\n"
                       for n in range(1, runners + 1))
        table = self.laptop.home / "runners.csv"
        table.write_text("First Name,Last Name,Bib,T-Shirt Size,Registered,Email\n" + rows)
        self.laptop.must("import", table)

    def print(self, *words, **more):
        return self.laptop.ctl("print", *words, **more)

    def prints(self, *words, **more):
        return self.laptop.ctl("prints", *words, **more)

    def list(self, *words):
        done = self.prints("--json", *words)
        if done.returncode != 0:
            raise Failed(done.stderr)
        return json.loads(done.stdout)

    def states(self, key="state", **only):
        """How many labels there are in each state."""
        counts = {}
        for each in self.list():
            if all(each[name] == value for name, value in only.items()):
                counts[each[key]] = counts.get(each[key], 0) + 1
        return counts

    def waiting(self):
        return {each["bib"]: each for each in self.list("--waiting")}

    def book(self, text=None):
        """The settings of the printers; TEXT replaces them."""
        path = self.laptop.home / ".config" / "concourse" / "printers.conf"
        if text is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            for each in (path, path.parent, path.parent.parent):
                self.laptop.hall.own(each)
        return path.read_text() if path.exists() else ""


def answer(done):
    """The JSON that a verb wrote, and its status."""
    try:
        return json.loads(done.stdout), done.returncode
    except ValueError:
        raise Failed(f"status {done.returncode}: {done.stdout}{done.stderr}") from None
