#!/usr/bin/python3
# lint.py: run the checks of style and text on the tree and answer in TAP, one line a check.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import source  # noqa: E402
import text  # noqa: E402
import tools  # noqa: E402
import ui  # noqa: E402
from common import Tree  # noqa: E402


def all_checks():
    found = {}
    for module in (source, text, ui, tools):
        for name, function in vars(module).items():
            if name.startswith("check_"):
                found[name.removeprefix("check_")] = function
    return found


def report(number, name, function, tree):
    """Run one check and print its line; whether it passed."""
    try:
        problems = list(function(tree))
    except Exception as error:  # a check that breaks has not passed
        problems = [f"the check broke: {error!r}"]
    print(f"{'not ok' if problems else 'ok'} {number} lint/{name}: {function.__doc__}")
    for problem in problems:
        print(f"# {problem}")
    return not problems


def main():
    checks = all_checks()
    parser = argparse.ArgumentParser(description="Check the style and the text of the tree.")
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=", ".join(checks))
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2])
    parser.add_argument("--write-potfiles", action="store_true", help="renew po/POTFILES.in and end")
    parser.add_argument("--list", action="store_true", help="print the names of the checks and end")
    options = parser.parse_args()
    unknown = [name for name in options.checks if name not in checks]
    if unknown:
        parser.error(f"there is no check {unknown[0]}; there are {', '.join(checks)}")

    if options.list:
        print("\n".join(checks))
        return 0
    tree = Tree(options.root)
    if options.write_potfiles:
        text.write_potfiles(tree)
        return 0
    wanted = options.checks or list(checks)
    print(f"1..{len(wanted)}")
    passed = [report(n, name, checks[name], tree) for n, name in enumerate(wanted, 1)]
    for note in source.notes_length(tree) if "length" in wanted else ():
        print(f"# note: {note}")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
