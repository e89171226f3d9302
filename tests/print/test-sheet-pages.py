# test-sheet-pages.py: Reads a table back and checks what every page of it says.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-sheet-pages.py MAKE-SHEET"""
import os
import shutil
import subprocess
import sys
import tempfile

ROWS = 52 + 21 + 60


def read_pages(make_sheet):
    with tempfile.TemporaryDirectory() as folder:
        pdf = os.path.join(folder, "sheet.pdf")
        subprocess.run([make_sheet, pdf], check=True)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True,
                              stdout=subprocess.PIPE).stdout.decode()
    return text.split("\f")[:-1]


def lines_with(pages, word):
    return [line for page in pages for line in page.splitlines() if word in line]


def main():
    if shutil.which("pdftotext") is None:
        sys.exit("Cannot read tables back: pdftotext is not installed.")
    pages = read_pages(sys.argv[1])
    cases = (
        ("there are several pages", len(pages) == 4),
        ("every page has its number of all", all(
            "Page %d of %d" % (i + 1, len(pages)) in page for i, page in enumerate(pages))),
        ("every page has the titles of the columns",
         all("Gun time" in page and "Division" in page for page in pages)),
        ("every page says of when it is", all("As of 10:41:07" in page for page in pages)),
        ("every page has the footer", all("1-888-373-7888" in page for page in pages)),
        ("the subtitle is on the first page only", len(lines_with(pages, "ranked by")) == 1),
        ("every row is there once", len(lines_with(pages, "F30–39")) == ROWS),
        ("a section that goes on says so", len(lines_with(pages, "Overall (continued)")) == 1
         and "Overall (continued)" in pages[1]),
        ("a cell that is cut is found by its whole text",
         len(lines_with(pages, "longer than any column")) == 18),
    )
    print("TAP version 13\n1..%d" % len(cases))
    for number, (name, good) in enumerate(cases, 1):
        print("%sok %d - %s" % ("" if good else "not ", number, name))
    sys.exit(0 if all(good for _, good in cases) else 1)


main()
