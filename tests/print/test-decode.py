# test-decode.py: Renders labels as a printer does and reads every one of them back.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-decode.py MAKE-LABELS FOLDER-OF-STOCKS

Each label is cut out of the rendered page and decoded alone, because a decoder that sees the
whole page finds codes that a scanner with one label in front of it would not.
"""
import configparser
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

DPIS = (203, 300)
LABELS = 34

NAMES = (
    "Ann Olson",
    "",
    "J",
    "Nguyễn-Abdirahman de la Cruz y Ibáñez",
    "عبد الرحمن محمد بن عبد الله",
    "Trần Thị Ngọc Phương Thảo Huyền Trang Công Tằng Tôn Nữ Bảo Quỳnh",
    "Paj Ntaub 𖬌𖬣𖬵 Vang Xiong",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
    "ถนอมศักดิ์ เทพหัสดิน",
    "Zoë Åström",
)
TEAMS = ("", "The Link", "A team whose name is as long as the longest that anyone ever typed")
WAVES = ("Wave A", "", "Rolling start of the walkers at half past nine")
COLOURS = ("#1c71d8", "", "#f5c211", "not a colour")
SHIRTS = ("M", "", "Women’s 3XL")


def token(number):
    return "C4K7M%06d%08X" % (number, number * 2654435761 % 2**32)


def make_lines():
    lines = []
    for i in range(LABELS):
        bib = str((i + 1) * 7919 % 100000)
        fields = (token(i), bib, NAMES[i % len(NAMES)], TEAMS[i % len(TEAMS)],
                  WAVES[i // 2 % len(WAVES)], COLOURS[i % len(COLOURS)], SHIRTS[i // 3 % len(SHIRTS)])
        lines.append("\t".join(fields))
    return "\n".join(lines) + "\n"


def read_stock(path):
    file = configparser.ConfigParser()
    file.read(path, encoding="utf-8")
    section = file["Label Stock"]
    stock = {key: float(section.get(key, 0)) for key in (
        "label-width-mm", "label-height-mm", "left-mm", "top-mm", "column-pitch-mm", "row-pitch-mm")}
    stock["columns"] = int(section.get("columns", 1))
    stock["rows"] = int(section.get("rows", 1))
    return stock


def read_pgm(path):
    with open(path, "rb") as file:
        data = file.read()
    magic, width, height, depth = data.split(maxsplit=4)[:4]
    assert magic == b"P5" and depth == b"255", path
    width, height = int(width), int(height)
    return width, height, memoryview(data)[len(data) - width * height:]


def cut(page, stock, slot, dpi, path):
    """Writes one label of a page; returns whether its edge is white, as nothing may reach it."""
    width, height, pixels = page
    row, column = divmod(slot, stock["columns"])
    left = round((stock["left-mm"] + column * stock["column-pitch-mm"]) * dpi / 25.4)
    top = round((stock["top-mm"] + row * stock["row-pitch-mm"]) * dpi / 25.4)
    right = min(width, left + round(stock["label-width-mm"] * dpi / 25.4))
    bottom = min(height, top + round(stock["label-height-mm"] * dpi / 25.4))
    lines = [bytes(pixels[y * width + left:y * width + right]) for y in range(top, bottom)]
    with open(path, "wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (right - left, bottom - top))
        file.writelines(lines)
    edge = round(1.5 * dpi / 25.4)
    return (min(min(line) for line in lines[:edge] + lines[-edge:]) == 255
            and min(min(line[:edge] + line[-edge:]) for line in lines) == 255)


def decode(folder, images):
    """Maps each image to the texts that a decoder finds in it."""
    found = {image: [] for image in images}
    run = subprocess.run(["zbarimg", "-q", "--xml", "-Sdisable", "-Sqrcode.enable", *images],
                         cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    for source in ElementTree.fromstring(run.stdout).iter():
        if source.tag.endswith("source"):
            found[source.get("href")] += [
                data.text for data in source.iter() if data.tag.endswith("data")]
    return found


def check(make_labels, stocks, name, dpi, start_at, folder):
    stock = read_stock(os.path.join(stocks, name + ".stock"))
    pdf = os.path.join(folder, "labels.pdf")
    subprocess.run([make_labels, name, str(dpi), str(start_at), pdf], input=make_lines().encode(),
                   check=True)
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), pdf, os.path.join(folder, "page")],
                   check=True)
    pages = [read_pgm(os.path.join(folder, file)) for file in sorted(os.listdir(folder))
             if file.startswith("page")]
    count = stock["columns"] * stock["rows"]
    problems = []
    if len(pages) != -(-(LABELS + start_at) // count):
        problems.append("%d pages" % len(pages))
    images = ["label-%03d.pgm" % i for i in range(LABELS)]
    for i, image in enumerate(images):
        page, slot = divmod(i + start_at, count)
        if not cut(pages[page], stock, slot, dpi, os.path.join(folder, image)):
            problems.append("label %d reaches its edge" % i)
    found = decode(folder, images)
    for i, image in enumerate(images):
        if found[image] != [token(i)]:
            problems.append("label %d reads %s" % (i, found[image]))
    return problems


def main():
    make_labels, stocks = sys.argv[1:]
    missing = [tool for tool in ("pdftoppm", "zbarimg") if shutil.which(tool) is None]
    if missing:
        sys.exit("Cannot read labels back: %s is not installed." % " and ".join(missing))
    names = sorted(file[:-len(".stock")] for file in os.listdir(stocks) if file.endswith(".stock"))
    cases = [(name, dpi, start_at) for name in names for dpi in DPIS for start_at in (0, 3)
             if start_at == 0 or not name.startswith("roll")]
    print("TAP version 13\n1..%d" % len(cases))
    failed = False
    for number, (name, dpi, start_at) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory() as folder:
            problems = check(make_labels, stocks, name, dpi, start_at, folder)
        for problem in problems:
            print("# " + problem)
        failed = failed or bool(problems)
        print("%sok %d - every label of %s at %d dpi from %d is read" % (
            "not " if problems else "", number, name, dpi, start_at), flush=True)
    sys.exit(1 if failed else 0)


main()
