#!/usr/bin/python3
# bench-label-peers.py: sheets of 30 labels with QR codes, against what else makes them.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: bench-label-peers.py LABEL-FILE NPM-FOLDER [COUNT...]

All make the same labels from the same table in one run. Seconds are those of the processor, so
that what else the machine does is not measured; peak memory is that of the whole program.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
COUNTS = (1000, 5000)
GIVEN = ("Ann", "José", "Tou", "Nadia-Abdirahman", "Björk", "Aïcha", "Ifrah", "Paj", "Mohamed",
         "Elizabeth", "Mary", "Jo")
FAMILY = ("Olson", "García", "Vang", "de la Cruz y Ibáñez", "Hussein", "Xiong", "O’Connor", "Kim",
          "Yang", "Smith", "Øster", "Lee", "Müller")
COLOURS = ("#0072b2", "#009e73", "#d55e00")
PDFKIT_AIM = 1 / 3
MEGABYTES_AIM = 60
FILE_AIM = 2.5e6 / 5000


def write_table(path, count):
    with open(path, "w", encoding="utf-8") as table:
        table.write("token,bib,name,wave,colour,shirt\n")
        for i in range(count):
            table.write("C4K7M%06d%08X,%d,%s %s,Wave %s,%s,%s\n" % (
                i + 1, i * 2654435761 % 2**32, i + 1, GIVEN[i % len(GIVEN)],
                FAMILY[i % len(FAMILY)], chr(ord("A") + i // 500 % 10),
                COLOURS[i // 500 % len(COLOURS)], "M" if i % 3 == 0 else "XL"))


def measure(command, target, folder):
    """Returns seconds of the processor, megabytes of memory and bytes of the file."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or not os.path.exists(target):
        sys.exit("%s made no labels." % command[0])
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.path.getsize(target)


def count_codes(pdf, folder):
    """How many codes of the last page are read: a peer that makes none is no peer."""
    subprocess.run(["pdftoppm", "-gray", "-r", "300", "-f", "1", "-l", "1", pdf, "page"],
                   cwd=folder, check=True)
    page = next(name for name in os.listdir(folder) if name.startswith("page"))
    found = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", page],
                           cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                           check=False).stdout
    os.remove(os.path.join(folder, page))
    return len(found.split())


def report(count, ours, peer, name, aim):
    print(json.dumps({
        "figure": "labels-%d-sheets-%s" % (count, name), "seconds": round(ours[0], 3), "peer": name,
        "peer_seconds": round(peer[0], 3), "ratio": round(ours[0] / peer[0], 3), "aim": aim,
        "megabytes": round(ours[1], 1), "peer_megabytes": round(peer[1], 1),
        "megabytes_aim": MEGABYTES_AIM, "bytes": ours[2], "peer_bytes": peer[2],
        "bytes_aim": round(FILE_AIM * count)}), flush=True)


def run(label_file, modules, count, folder):
    table, pdf = os.path.join(folder, "labels.csv"), os.path.join(folder, "labels.pdf")
    shutil.copy(HERE / "peer-labels.glabels", folder)
    write_table(table, count)
    peers = (
        ("pdfkit", PDFKIT_AIM, ["node", str(HERE / "peer-pdfkit.cjs"), table, pdf, modules]),
        ("glabels", None, ["glabels-3-batch", "-i", table, "-o", pdf, "peer-labels.glabels"]),
    )
    ours = measure([label_file, table, pdf], pdf, folder)
    if count_codes(pdf, folder) != 30:
        sys.exit("Not every label of the first sheet is read.")
    for name, aim, command in peers:
        os.remove(pdf)
        peer = measure(command, pdf, folder)
        if count_codes(pdf, folder) < 15:
            sys.exit("The labels of %s are not read." % name)
        report(count, ours, peer, name, aim and round(aim, 3))


def main():
    label_file, modules, *counts = sys.argv[1:]
    # Each program runs in a folder of its own.
    label_file = os.path.abspath(label_file)
    for count in [int(count) for count in counts] or COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            run(label_file, modules, count, folder)


main()
