# test-decode.py: Renders labels as a printer does and reads every one of them back.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: test-decode.py MAKE-LABELS FOLDER-OF-STOCKS

Each label is cut out of the rendered page and decoded alone, because a decoder that sees the
whole page finds codes that a scanner with one label in front of it would not.
"""
import configparser
import math
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

LAYOUTS = ("bib-label", "bag-label")
# What most people print, seen by other printers, scanners and accidents.
SAMPLE = "avery-5160"
SAMPLE_DPIS = (150, 203, 600)
PAGES = 4
# Turning and blurring pictures takes long.
TREATED_STEP = 3
MODULES = 25
FINDER_MODULES = 8
COVERED_SHARE = 0.10

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


def make_lines(count):
    lines = []
    for i in range(count):
        bib = str((i + 1) * 7919 % 100000)
        fields = (token(i), bib, NAMES[i % len(NAMES)], TEAMS[i % len(TEAMS)],
                  WAVES[i // 2 % len(WAVES)], COLOURS[i % len(COLOURS)], SHIRTS[i // 3 % len(SHIRTS)])
        lines.append("\t".join(fields))
    return "\n".join(lines) + "\n"


class Stock:
    def __init__(self, folder, name):
        file = configparser.ConfigParser()
        file.read(os.path.join(folder, name + ".stock"), encoding="utf-8")
        section = file["Label Stock"]
        self.name = name
        self.width, self.height, self.left, self.top, self.right_pitch, self.down_pitch = (
            float(section.get(key, 0)) for key in (
                "label-width-mm", "label-height-mm", "left-mm", "top-mm", "column-pitch-mm",
                "row-pitch-mm"))
        self.columns = int(section.get("columns", 1))
        self.count = self.columns * int(section.get("rows", 1))
        self.dpi = int(section["dpi"])
        self.continuous = section.get("continuous") == "true"


def read_pgm(path):
    with open(path, "rb") as file:
        data = file.read()
    magic, width, height, depth = data.split(maxsplit=4)[:4]
    assert magic == b"P5" and depth == b"255", path
    width, height = int(width), int(height)
    return width, height, memoryview(data)[len(data) - width * height:]


def write_pgm(path, width, lines):
    with open(path, "wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (width, len(lines)))
        file.writelines(lines)


def cut(page, stock, slot, dpi, path):
    """Writes one label of a page; returns whether its edge is white, as nothing may reach it."""
    width, height, pixels = page
    row, column = divmod(slot, stock.columns)
    left = round((stock.left + column * stock.right_pitch) * dpi / 25.4)
    top = round((stock.top + row * stock.down_pitch) * dpi / 25.4)
    right = min(width, left + round(stock.width * dpi / 25.4))
    bottom = height if stock.continuous else min(height, top + round(stock.height * dpi / 25.4))
    lines = [bytes(pixels[y * width + left:y * width + right]) for y in range(top, bottom)]
    write_pgm(path, right - left, lines)
    edge = round(1.5 * dpi / 25.4)
    return (min(min(line) for line in lines[:edge] + lines[-edge:]) == 255
            and min(min(line[:edge] + line[-edge:]) for line in lines) == 255)


def find_code(width, height, pixels):
    """Left, top and size of the code of a label, which is first on the left."""
    upper = [bytes(pixels[y * width:(y + 1) * width]) for y in range(height // 2)]
    dark = [[x for x in range(width // 2) if line[x] < 128] for line in upper]
    left = min(min(line) for line in dark if line)
    top = min(y for y, line in enumerate(dark) if line and line[0] == left)
    line = upper[top]
    finder = next(x for x in range(left, width) if line[x] >= 128) - left
    return left, top, finder * MODULES / 7


def cover(path, number):
    """Puts a tenth of a code out of sight, between and beside the squares it is found by."""
    width, height, pixels = read_pgm(path)
    left, top, size = find_code(width, height, pixels)
    side = size * math.sqrt(COVERED_SHARE)
    near = size * FINDER_MODULES / MODULES
    far = (size - side) * (number // 2 % 15) / 14
    left, top = round(left + (near, far)[number % 2]), round(top + (far, near)[number % 2])
    side = round(side)
    lines = [bytearray(pixels[y * width:(y + 1) * width]) for y in range(height)]
    for y in range(top, top + side):
        lines[y][left:left + side] = bytes((255 if number % 4 < 2 else 0,)) * side
    write_pgm(path, width, lines)


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


def find_unread(folder, images):
    found = decode(folder, images)
    return ["%s reads %s" % (image, found[image]) for image in images
            if found[image] != [token(int(image[6:9]))]]


class Sheet:
    """Labels of a stock in a layout, and what can be done to them."""

    def __init__(self, make_labels, stock, layout, folder):
        self.stock = stock
        self.folder = folder
        self.pdf = os.path.join(folder, "labels.pdf")
        self.count = stock.count if stock.count > 1 else PAGES
        self.step = 2 if layout == "race-bib" else 1
        if stock.name.startswith("bib-"):
            self.count = 1
        subprocess.run([make_labels, stock.name, layout, str(stock.dpi), "0", self.pdf],
                       input=make_lines(self.count).encode(), check=True)

    def render(self, dpi):
        """Returns the problems of the labels as such and the names of their images."""
        problems = []
        for name in os.listdir(self.folder):
            if name.endswith(".pgm"):
                os.remove(os.path.join(self.folder, name))
        subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), self.pdf,
                        os.path.join(self.folder, "page")], check=True)
        pages = [read_pgm(os.path.join(self.folder, name))
                 for name in sorted(os.listdir(self.folder)) if name.startswith("page")]
        if len(pages) != self.step * -(-self.count // self.stock.count):
            problems.append("%d pages" % len(pages))
        images = ["label-%03d.pgm" % i for i in range(self.count)]
        for i, image in enumerate(images):
            page, slot = divmod(i, self.stock.count)
            if not cut(pages[page * self.step], self.stock, slot, dpi,
                       os.path.join(self.folder, image)):
                problems.append("label %d reaches its edge" % i)
        return problems, images

    def check(self, dpi):
        problems, images = self.render(dpi)
        return problems + find_unread(self.folder, images)

    def check_hardships(self, dpi):
        """Whether a label of each kind of stock is read turned, blurred, and partly out of sight."""
        problems, images = self.render(dpi)
        upright = os.path.join(self.folder, images[0])
        if self.stock.height > self.stock.width:
            subprocess.run(["mogrify", "-rotate", "-90", upright], check=True)
        names = ["label-000-%s.pgm" % what for what in ("turned", "askew", "blurred", "covered")]
        turned, askew, blurred, covered = (os.path.join(self.folder, name) for name in names)
        for treatment, path in ((("-rotate", "180"), turned), (("-rotate", "17"), askew),
                                (("-blur", "0x%.1f" % (dpi / 200)), blurred)):
            subprocess.run(["convert", upright, "-background", "white", *treatment, path], check=True)
        shutil.copy(upright, covered)
        cover(covered, 0)
        return problems + find_unread(self.folder, names)

    def check_treated(self, *treatment):
        problems, images = self.render(self.stock.dpi)
        some = images[::TREATED_STEP]
        subprocess.run(["mogrify", "-background", "white", *treatment, *some], cwd=self.folder,
                       check=True)
        return problems + find_unread(self.folder, some)

    def check_covered(self):
        problems, images = self.render(self.stock.dpi)
        for i, image in enumerate(images):
            cover(os.path.join(self.folder, image), i)
        return problems + find_unread(self.folder, images)


def make_cases(make_labels, folder):
    """What to say of a case, and what to do for it in a folder of its own."""
    def sheet(name, layout, work):
        return Sheet(make_labels, Stock(folder, name), layout, work)

    for name in sorted(file[:-len(".stock")] for file in os.listdir(folder)
                       if file.endswith(".stock")):
        layouts = LAYOUTS + (("race-bib",) if name.startswith("bib-") else ())
        for layout in layouts:
            yield ("every %s on %s is read" % (layout, name),
                   lambda work, name=name, layout=layout:
                   sheet(name, layout, work).check(Stock(folder, name).dpi))
        yield ("a label on %s is read upside down, askew, blurred and partly covered" % name,
               lambda work, name=name: sheet(name, "bib-label", work).check_hardships(Stock(folder, name).dpi))
    for dpi in SAMPLE_DPIS:
        yield ("every label of a sheet is read at %d dpi" % dpi,
               lambda work, dpi=dpi: sheet(SAMPLE, "bib-label", work).check(dpi))
    for what, treatment in (("upside down", ("-rotate", "180")), ("askew", ("-rotate", "17")),
                            ("blurred", ("-blur", "0x2"))):
        yield ("labels of a sheet are read %s" % what,
               lambda work, treatment=treatment:
               sheet(SAMPLE, "bib-label", work).check_treated(*treatment))
    yield ("every label of a sheet is read with a tenth of its code covered",
           lambda work: sheet(SAMPLE, "bib-label", work).check_covered())


def main():
    make_labels, stocks = sys.argv[1:]
    missing = [tool for tool in ("pdftoppm", "zbarimg", "mogrify") if shutil.which(tool) is None]
    if missing:
        sys.exit("Cannot read labels back: %s is not installed." % " and ".join(missing))
    cases = list(make_cases(make_labels, stocks))
    print("TAP version 13\n1..%d" % len(cases))
    failed = False
    for number, (title, run) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory() as folder:
            problems = run(folder)
        for problem in problems:
            print("# " + problem)
        failed = failed or bool(problems)
        print("%sok %d - %s" % ("not " if problems else "", number, title), flush=True)
    sys.exit(1 if failed else 0)


main()
