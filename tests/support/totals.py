#!/usr/bin/python3
# totals.py: count the cases of several test runs and end with "N passed, N failed, N skipped".
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each argument is a TAP file (*.tap) or a log of meson (testlog.json, one JSON object a line).

A test that ends badly without a failed case (a crash, a leak found at exit, a timeout, a plan that
is not kept) counts as one failure more, and so does a log that is missing or empty: silence is
not success."""
import json
import re
import sys
from pathlib import Path

CASE = re.compile(r"^(not )?ok\b(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")
SKIP = re.compile(r"#\s*SKIP", re.I)
GOOD = {"OK", "SKIP", "EXPECTEDFAIL"}


class Totals:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []

    def fail(self, name):
        self.failed += 1
        self.failures.append(name)

    def add_tap(self, source, text):
        """Count the cases of TAP; the count of failures and of cases."""
        failed_before, cases, planned = self.failed, 0, None
        for line in text.splitlines():
            plan, case = PLAN.match(line), CASE.match(line)
            if plan:
                planned = int(plan.group(1))
            if case is None:
                continue
            cases += 1
            if SKIP.search(case.group(2)):
                self.skipped += 1
            elif case.group(1):
                self.fail(f"{source}:{case.group(2)}")
            else:
                self.passed += 1
        if planned is not None and planned != cases:
            self.fail(f"{source}: {cases} of {planned} planned cases ran")
        return self.failed - failed_before, cases

    def add_test(self, run, test):
        """Count one test of meson, whose output is TAP or nothing in particular."""
        name = f"{run}: {test['name'].strip()}"
        result = test["result"]
        failed, cases = self.add_tap(name, test.get("stdout", ""))
        if result not in GOOD and failed == 0:
            self.fail(f"{name}: {result.lower()}")
        elif cases == 0 and result == "SKIP":
            self.skipped += 1
        elif cases == 0 and result in GOOD:
            self.passed += 1

    def add_file(self, path):
        text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        if not text.strip():
            self.fail(f"{path}: no results")
        elif path.suffix == ".tap":
            _, cases = self.add_tap(path.stem, text)
            if cases == 0:
                self.fail(f"{path}: no results")
        else:
            for line in text.splitlines():
                self.add_test(path.stem, json.loads(line))


def main():
    totals = Totals()
    for name in sys.argv[1:]:
        totals.add_file(Path(name))
    for name in totals.failures:
        print(f"failed: {name}")
    print(f"{totals.passed} passed, {totals.failed} failed, {totals.skipped} skipped")
    return 1 if totals.failed or not totals.passed else 0


if __name__ == "__main__":
    sys.exit(main())
