#!/usr/bin/python3
# figures.py: print the JSON lines that the benchmarks said, and nothing else.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The argument is meson's log of the benchmarks. The status is 1 when one of them did not end well
or no figure was found."""
import json
import sys
from pathlib import Path


def figures(output):
    for line in output.splitlines():
        if line.startswith("{"):
            try:
                yield json.dumps(json.loads(line), ensure_ascii=False)
            except ValueError:
                continue


def main():
    path = Path(sys.argv[1])
    count, status = 0, 0
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        test = json.loads(line)
        for figure in figures(test.get("stdout", "")):
            print(figure)
            count += 1
        if test["result"] != "OK":
            print(f"figures.py: {test['name']} ended with {test['result']}", file=sys.stderr)
            status = 1
    if count == 0:
        print("figures.py: no figure was measured", file=sys.stderr)
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
