#!/usr/bin/python3
# test_driver.py: what the tests of the pages rely on when a page does not do what it should.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys
import time

from station import main
from driver import DEADLINE_S, Died, NotThere


def walk(node):
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from walk(child)


def quiet(app):
    """The death is meant: what it leaves behind is not to be shown."""
    app.log = open(os.devnull, "r+", encoding="utf-8")


def test_death_is_seen(station):
    """a program that ends is seen at once, and not after the deadline"""
    begin = time.monotonic()
    try:
        with station.open("check-in") as app:
            quiet(app)
            app.process.kill()
            begin = time.monotonic()
            app.wait_for("label", "Nobody says this")
    except Died as death:
        assert "ended with -9" in str(death), death
        assert time.monotonic() - begin < DEADLINE_S
        return
    raise AssertionError("the death was not seen")


def test_unnoticed_death(station):
    """a test does not pass when the program has ended behind its back"""
    try:
        with station.open("check-in") as app:
            quiet(app)
            app.process.kill()
            app.process.wait()
    except Died:
        return
    raise AssertionError("the death was not seen")


def test_close(station):
    """a window that is closed is no death"""
    with station.open("check-in") as app:
        assert app.close() == 0


def test_absence_is_told(station):
    """what does not come is named, with the time of waiting"""
    with station.open("check-in") as app:
        deadline_s, app.deadline_s = app.deadline_s, 0.1
        try:
            app.wait_for("label", "Nobody says this")
        except NotThere as absence:
            assert "label Nobody says this" in str(absence), absence
            app.deadline_s = deadline_s
            return
    raise AssertionError("it was there")


def test_whole_tree(station):
    """the tree that is read at once is the one that is asked for node by node, also after a change"""
    with station.open("check-in") as app:
        for search in ("olson", "vang"):
            app.type_keys(search)
            app.wait_for("label", "Ann Olson" if search == "olson" else "Tou Vang")
            asked = [(node.get_role_name(), node.get_name()) for node in walk(app.frame())]
            read = [(entry.role, entry.name) for entry in app.entries(app.frame())]
            assert set(asked) == set(read), set(asked) ^ set(read)
            app.key("ctrl+a")


if __name__ == "__main__":
    sys.exit(main(globals()))
