# test-zpl-render.py: Another renderer makes the very dots of our ZPL, and its codes are read.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-zpl-render.py MAKE-ZPL FOLDER-WITH-NODE_MODULES"""
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
# A head of 203 dpi has 8 dots a mm; the renderer knows these kinds of heads.
PER_MM = {203: 8, 300: 12, 600: 24}


def read_cases(make_zpl, folder):
    lines = subprocess.run([make_zpl, folder], check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in lines.splitlines():
        name, width, height, dpi, token = line.split()
        yield name, int(width), int(height), PER_MM[int(dpi)], token


def render(modules, folder, cases):
    lines = "".join("%s.zpl %s.png %d %d %d\n" % (name, name, width, height, per_mm)
                    for name, width, height, per_mm, _ in cases)
    subprocess.run(["node", os.path.join(HERE, "render-zpl.js"), modules], cwd=folder, check=True,
                   input=lines, text=True)


def pixels(folder, files):
    """Bytes of all files one after the other: 0 is black, 255 is white."""
    return subprocess.run(["convert", *files, "-depth", "8", "gray:-"], cwd=folder, check=True,
                          stdout=subprocess.PIPE).stdout


def differences(folder, cases):
    """How many dots of each label are not as we made them; all when the size is another."""
    ours = pixels(folder, ["%s.pbm" % case[0] for case in cases])
    theirs = pixels(folder, ["%s.png" % case[0] for case in cases])
    if len(ours) != len(theirs):
        return [case[1] * case[2] for case in cases]
    counts, at = [], 0
    for _, width, height, _, _ in cases:
        end = at + width * height
        a, b = ours[at:end], theirs[at:end]
        counts.append(0 if a == b else sum(x != y for x, y in zip(a, b)))
        at = end
    return counts


def decode(folder, cases):
    found = {}
    run = subprocess.run(
        ["zbarimg", "-q", "--xml", "-Sdisable", "-Sqrcode.enable",
         *("%s.png" % case[0] for case in cases)],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    for source in ElementTree.fromstring(run.stdout).iter():
        if source.tag.endswith("source"):
            found[source.get("href")] = [
                data.text for data in source.iter() if data.tag.endswith("data")]
    return found


def main():
    make_zpl, modules = sys.argv[1:]
    if not os.path.isdir(os.path.join(modules, "node_modules", "zpl-renderer-js")):
        sys.exit("There is no renderer of ZPL in %s; ./dev test installs it." % modules)
    with tempfile.TemporaryDirectory() as folder:
        cases = list(read_cases(make_zpl, folder))
        render(modules, folder, cases)
        counts = differences(folder, cases)
        found = decode(folder, cases)
    print("TAP version 13\n1..%d" % len(cases))
    failed = False
    for number, (case, count) in enumerate(zip(cases, counts), 1):
        texts = found.get("%s.png" % case[0], [])
        good = count == 0 and texts == [case[4]]
        failed = failed or not good
        if not good:
            print("# %d dots differ; the code reads %s" % (count, texts))
        print("%sok %d - %s is rendered dot for dot and read" % ("" if good else "not ", number, case[0]))
    sys.exit(1 if failed else 0)


main()
