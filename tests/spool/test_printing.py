#!/usr/bin/python3
# test_printing.py: labels come out of printers as they were sent, once, aligned, and only if readable.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from cups import PrintService  # noqa: E402
from desk import STOCK, Desk, answer  # noqa: E402
from stations import Hall, Tap, wait_until  # noqa: E402

DOTS_A_MM = 300 / 25.4
POINTS_A_MM = 72 / 25.4

tap = Tap()


def test_bytes(hall, desk, service, pdf, zpl):
    """By the transport alone, with bytes that are no label at all."""
    send = shutil.copy(os.environ["SEND"], hall.folder / "send")
    odd = bytes(range(256)) * 700
    cases = [("PDF", pdf, "pdf", b"%PDF-1.4\n" + odd), ("ZPL", zpl, "zpl", b"^XA^FDx^FS^XZ\n" + odd)]
    for name, printer, language, wanted in cases:
        path = desk.laptop.home / f"bytes.{language}"
        path.write_bytes(wanted)
        done = desk.laptop.run(send, printer.name, 'Ünïcode, "quotes" & $HOME [key]', language, path)
        tap.equal(f"{name} has come out when the print service says so", done.stdout.split(" ")[:2],
                  ["4", printer.name])
        tap.check(f"{name} arrives byte by byte", printer.jobs()[-1:] == [wanted], done.stderr)
    tap.check("the title of a job arrives as it is", desk.laptop.run(send).returncode == 0
              and pdf.log()[-1] == 'Ünïcode, "quotes" & $HOME [key]', pdf.log())
    listed = desk.laptop.run(send).stdout.splitlines()
    tap.check("printers are listed with title, place and state",
              "Zebra|Label printer at desk 1|Desk|Ready" in listed, listed)
    done = desk.laptop.run(send, "Nobody", "x", "pdf", path)
    tap.check("a printer that is not there is named", done.returncode == 1 and "“Nobody”" in done.stderr,
              done.stderr)
    service.disable("Zebra")
    listed = desk.laptop.run(send).stdout.splitlines()
    tap.check("a printer that was stopped says so",
              "Zebra|Label printer at desk 1|Desk|Stopped: somebody opened it" in listed, listed)
    service.enable("Zebra")


def test_once(desk, zpl):
    before = len(zpl.log())
    found, status = answer(desk.print("--bibs", "1-3", "--printer", "Zebra", "--zpl", "--stock", STOCK,
                                      "--wait", "--json"))
    tap.equal("three labels are printed", (status, found["queued"], found["printed"], len(zpl.log()) - before),
              (0, 3, 3, 3))
    tap.check("each is ZPL", all(job.startswith(b"^XA") and job.endswith(b"^XZ\n") for job in zpl.jobs()[-3:]))
    tap.equal("titles name the prints", zpl.keys()[-3:], [each["print"] for each in found["prints"]])
    done = desk.print("--bibs", "1-3", "--printer", "Zebra", "--stock", STOCK, "--wait")
    tap.check("what was printed is not printed again", done.returncode == 1
              and "printed already" in done.stderr and len(zpl.log()) == before + 3, done.stderr)
    found, _ = answer(desk.print("--bibs", "2,4", "--printer", "Zebra", "--wait", "--json"))
    tap.equal("only what is new is printed, on the stock that is remembered",
              (found["printed"], found["left_out"]), (1, 1))
    found, _ = answer(desk.print("--bibs", "2", "--printer", "Zebra", "--again", "it was torn", "--wait", "--json"))
    last = desk.list()[-1]
    first = next(each for each in desk.list() if each["bib"] == 2)
    tap.equal("again, with a reason, is a print of its own",
              (last["bib"], last["reason"], last["reprint_of"], last["state"]),
              (2, "it was torn", first["print"], "printed"))
    tap.equal("nobody waits for anything", desk.list("--waiting"), [])


def test_late_and_changed(desk, zpl):
    desk.laptop.must("attendance", "9", "deferred")
    desk.print("--late", "--bibs", "1-10", "--printer", "Zebra", "--wait")
    tap.equal("who does not come gets no label in a batch",
              {each["bib"] for each in desk.list() if each["bib"] <= 10}, {1, 2, 3, 4, 5, 6, 7, 8, 10})
    desk.laptop.must("attendance", "9", "expected")
    desk.print("--late", "--bibs", "9", "--printer", "Zebra", "--wait")
    before = len(zpl.log())
    found, status = answer(desk.print("--late", "--bibs", "1-10", "--printer", "Zebra", "--wait", "--json"))
    tap.equal("nobody is late twice, which is no failure", (status, found["queued"]), (0, 0))
    found, status = answer(desk.print("--changed", "--printer", "Zebra", "--wait", "--json"))
    tap.equal("nothing has changed", (status, found["queued"]), (0, 0))
    desk.laptop.must("edit", "7", "shirt=XXL")
    desk.laptop.must("edit", "8", "email=new@example.org")
    found, _ = answer(desk.print("--changed", "--printer", "Zebra", "--wait", "--json"))
    tap.equal("only the label on which something has changed is printed again",
              [each["bib"] for each in found["prints"]], [7])
    found, _ = answer(desk.print("--changed", "--printer", "Zebra", "--wait", "--json"))
    tap.equal("and not a second time", (found["queued"], len(zpl.log()) - before), (0, 1))


def pages_of(path):
    return int(re.search(r"Pages:\s+(\d+)", subprocess.check_output(["pdfinfo", path], text=True)).group(1))


def test_sheets(desk, sheets):
    done = desk.print("--bibs", "1-35", "--printer", "Sheets", "--stock", "avery-5160", "--start-at", "27", "--again",
                      "sheets", "--wait")
    tap.equal("35 labels on sheets are one job", (done.returncode, len(sheets.log())), (0, 1))
    path = desk.laptop.home / "sheets.pdf"
    path.write_bytes(sheets.jobs()[-1])
    tap.equal("they begin where they should, so there are three pages", pages_of(path), 3)
    batch = {each["batch"] for each in desk.list() if each["printer"] == "Sheets"}
    tap.equal("the job is named after the batch", [key.split(".")[0] for key in sheets.keys()], list(batch))
    done = desk.print("--bibs", "40", "--printer", "Sheets", "--stock", "avery-5160", "--start-at", "31")
    tap.check("a place that is not on the sheet is refused", done.returncode == 1 and "30" in done.stderr, done.stderr)
    done = desk.print("--bibs", "40", "--printer", "Zebra", "--stock", "avery-5160")
    tap.check("sheets are not sent in ZPL", done.returncode == 1 and "roll" in done.stderr, done.stderr)


def test_parts_of_a_batch(desk, service, sheets):
    """Sheets of one batch are sent in two jobs, the second of which the print service loses."""
    service.disable("Sheets")
    desk.print("--bibs", "55-56", "--printer", "Sheets", "--again", "in parts")
    service.enable("Sheets")
    first, second = [each["print"] for each in desk.list("--waiting")]
    desk.prints("send", first, "--wait")
    sheets.stall_after(0)
    desk.prints("send", second)
    service.stop()
    lost = max(service.root.glob("spool/c*"))
    for path in service.root.glob("spool/d" + lost.name[1:] + "-*"):
        path.unlink()
    lost.unlink()
    sheets.behave()
    service.start()
    desk.prints("check")
    tap.equal("what became of one part is not said of the other", [each["waits"] for each in desk.list()[-2:]],
              [None, "unsure"])
    done = desk.prints("again", second, "--wait")
    tap.equal("somebody looked, and all is there", (done.returncode, desk.list("--waiting")), (0, []))


def black_box(zpl):
    """The left and upper edge of what is black in a graphic field of ZPL, in dots."""
    row_bytes, data = re.search(rb"\^GFA,\d+,\d+,(\d+),([^^]*)", zpl).groups()
    rows, row, repeat = [], "", 0
    width = 2 * int(row_bytes)
    for letter in data.decode():
        if letter == ":":
            rows.append(rows[-1])
        elif letter in ",!":
            rows.append(row.ljust(width, "0" if letter == "," else "F"))
            row, repeat = "", 0
        elif "G" <= letter <= "Y":
            repeat += ord(letter) - ord("F")
        elif "g" <= letter <= "z":
            repeat += 20 * (ord(letter) - ord("f"))
        else:
            row, repeat = row + letter * max(repeat, 1), 0
        if len(row) == width:
            rows.append(row)
            row = ""
    bits = [bin(int(each, 16))[2:].zfill(4 * width) for each in rows]
    inked = [index for index, each in enumerate(bits) if "1" in each]
    return min(each.index("1") for each in bits if "1" in each), inked[0]


def place_of_bib(desk, pdf):
    """Where the number 20 is on the page, in points."""
    path = desk.laptop.home / "one.pdf"
    path.write_bytes(pdf)
    text = subprocess.check_output(["pdftotext", "-bbox", path, "-"], text=True)
    found = re.search(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" [^>]*>20<', text)
    return float(found.group(1)), float(found.group(2))


def print_one(desk, printer):
    done = desk.print("--bibs", "20", "--printer", printer.name, "--stock", STOCK, "--again", "alignment", "--wait")
    return printer.jobs()[-1] if done.returncode == 0 else done.stderr


def test_alignment(desk, pdf, zpl):
    old = desk.book()
    desk.book("[Printer Zebra]\nlanguage=zpl\n\n[Printer LabelPDF]\nlanguage=pdf\n")
    straight = black_box(print_one(desk, zpl)), place_of_bib(desk, print_one(desk, pdf))
    desk.book(f"[Printer Zebra]\nlanguage=zpl\noffset-{STOCK}=10;-5;\n\n"
              f"[Printer LabelPDF]\nlanguage=pdf\noffset-{STOCK}=-8;12;\n")
    moved = black_box(print_one(desk, zpl)), place_of_bib(desk, print_one(desk, pdf))
    desk.book(old)
    tap.equal("ZPL is moved by 1.0 mm and -0.5 mm, in dots",
              (moved[0][0] - straight[0][0], moved[0][1] - straight[0][1]),
              (round(1.0 * DOTS_A_MM), round(-0.5 * DOTS_A_MM)))
    by = [(moved[1][axis] - straight[1][axis]) / POINTS_A_MM for axis in (0, 1)]
    tap.check("PDF is moved by -0.8 mm and 1.2 mm", abs(by[0] + 0.8) < 0.01 and abs(by[1] - 1.2) < 0.01, by)


def test_unreadable(desk, zpl):
    old = desk.book()
    before = len(zpl.log())
    desk.book(f"[Printer Zebra]\nlanguage=zpl\nstock={STOCK}\noffset-{STOCK}=-250;0;\n")
    found, status = answer(desk.print("--bibs", "41-42", "--printer", "Zebra", "--wait", "--json"))
    details = [each["detail"] for each in found["prints"]]
    tap.check("a label that cannot be read back is not sent, and says why", status == 1
              and found["failed"] == 2 and all("cannot be read" in each for each in details)
              and len(zpl.log()) == before, found, details)
    tap.equal("somebody has to decide about it", {each["waits"] for each in desk.waiting().values()}, {"failed"})
    desk.book(old)
    ids = [each["print"] for each in desk.waiting().values()]
    done = desk.prints("again", *ids, "--reason", "aligned anew", "--wait")
    tap.equal("once that is mended, it is printed again", (done.returncode, len(zpl.log()) - before), (0, 2))
    tap.equal("and then nobody waits for the first one", desk.list("--waiting"), [])


def test_damaged_book(desk, zpl):
    before = len(zpl.log())
    desk.book("[Printer Zebra\nlanguage=zpl\n")
    done = desk.print("--bibs", "43", "--printer", "Zebra", "--zpl", "--stock", STOCK, "--wait")
    tap.check("a damaged book is told, and printing goes on", done.returncode == 0
              and "cannot be read" in done.stderr and len(zpl.log()) == before + 1, done.stderr)
    tap.check("the book is whole again", "language=zpl" in desk.book(), desk.book())


def test_words(desk, zpl):
    for words, wanted in (
            (["--bibs", "1", "--printer", "Nobody", "--stock", STOCK], "no printer “Nobody”"),
            (["--bibs", "1", "--printer", "Sheets", "--stock", "papyrus"], "papyrus"),
            (["--bibs", "1", "--printer", "Zebra", "--layout", "poem"], "poem"),
            (["--bibs", "900", "--printer", "Zebra"], "No runner has one of these bibs"),
            (["--bibs", "1"], "No printer was chosen")):
        before = len(desk.list())
        done = desk.print(*words)
        tap.check(f"refused in a sentence, with nothing queued: {' '.join(words)}", done.returncode == 1
                  and wanted in done.stderr and len(desk.list()) == before, done.stderr)
    for words in ([], ["--late", "--all"], ["--bibs", "x"], ["--all", "--start-at", "0"]):
        done = desk.print(*words, "--printer", "Zebra")
        tap.equal(f"wrong usage: {' '.join(words)}", (done.returncode, done.stdout), (2, ""))
    for words in (["dance"], ["again"], ["cancel"], ["printed"]):
        tap.equal(f"wrong usage: prints {' '.join(words)}", desk.prints(*words).returncode, 2)
    done = desk.prints("cancel", "pnobody")
    tap.check("a label that is not there is named", done.returncode == 1 and "pnobody" in done.stderr, done.stderr)
    text = desk.prints()
    tap.check("the history is listed", text.returncode == 0
              and len(text.stdout.splitlines()) == len(desk.list()), text.stdout)


def test_no_service(desk, service, zpl):
    before = len(zpl.log())
    service.stop()
    done = desk.print("--bibs", "44-45", "--printer", "Zebra", "--wait")
    tap.check("without a print service labels wait", done.returncode == 1
              and "print service (CUPS)" in done.stderr and "2 labels wait" in done.stdout,
              done.stdout, done.stderr)
    service.start()
    tap.equal("nothing is sent by itself when it is back", (desk.prints("check").returncode, len(zpl.log())),
              (0, before))
    done = desk.prints("send", "--wait")
    tap.equal("until somebody says so", (done.returncode, len(zpl.log()) - before), (0, 2))


def test_changed_while_waiting(desk, service, zpl):
    before = len(zpl.log())
    service.disable("Zebra")
    desk.print("--bibs", "46", "--printer", "Zebra")
    desk.laptop.must("edit", "46", "shirt=XS")
    service.enable("Zebra")
    done = desk.prints("send", "--wait")
    tap.check("a label on which something changed while it waited is not sent as it was", done.returncode == 1
              and "was changed" in done.stderr and len(zpl.log()) == before, done.stderr)
    done = desk.prints("again", desk.waiting()[46]["print"], "--wait")
    tap.equal("but anew", (done.returncode, len(zpl.log()) - before), (0, 1))


def main():
    with Hall("conc-print-") as hall, PrintService(hall) as service:
        desk = Desk(hall, service, runners=60)
        pdf = service.printer("LabelPDF")
        zpl = service.printer("Zebra", raw=True, title="Label printer at desk 1")
        sheets = service.printer("Sheets")
        test_bytes(hall, desk, service, pdf, zpl)
        test_once(desk, zpl)
        test_late_and_changed(desk, zpl)
        test_sheets(desk, sheets)
        test_parts_of_a_batch(desk, service, sheets)
        test_alignment(desk, pdf, zpl)
        test_unreadable(desk, zpl)
        test_damaged_book(desk, zpl)
        test_words(desk, zpl)
        test_no_service(desk, service, zpl)
        test_changed_while_waiting(desk, service, zpl)
        wait_until(lambda: len(set(zpl.keys())) == len(zpl.keys()), "no job came out twice")
        tap.check("the race is as its facts say", desk.laptop.ctl("verify").returncode == 0)
    return tap.finish()


sys.exit(main())
