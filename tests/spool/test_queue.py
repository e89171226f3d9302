#!/usr/bin/python3
# test_queue.py: printers fail, services restart and programs are killed: each label comes out once, or asks.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from cups import PrintService  # noqa: E402
from desk import STOCK, Desk, answer  # noqa: E402
from stations import Failed, Hall, Tap, wait_until  # noqa: E402

N_RUNNERS = 200
N_KILLS = int(os.environ.get("CONC_KILLS", "6"))
SEED = int(os.environ.get("CONC_SEED", "20171209"))
LONGEST_SECONDS = 0.3
BOOK = "".join(f"[Printer {name}]\nlanguage=zpl\nstock={STOCK}\n\n" for name in ("Zebra", "Spare", "Third"))

tap = Tap()


def start(desk, *words):
    return desk.laptop.start(desk.laptop.hall.program, *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def settle(printer):
    """Waits until the printer has nothing to do."""
    def is_done():
        done = printer.service._run("/usr/bin/lpstat", "-o", printer.name)
        return not done.strip()
    wait_until(is_done, f"{printer.name} has nothing to do")


def count_by_bib(desk, *printers):
    """How often the label of each bib has come out."""
    bibs = {each["print"]: each["bib"] for each in desk.list()}
    counts = {}
    for printer in printers:
        for key in printer.keys():
            counts[bibs[key]] = counts.get(bibs[key], 0) + 1
    return counts


def once(low, high):
    return {bib: 1 for bib in range(low, high + 1)}


def only(counts, low, high):
    return {bib: count for bib, count in counts.items() if low <= bib <= high}


def resolve(desk, printer):
    """What a person does who looks at the pile: says what is there, and asks for the rest again."""
    there = set(printer.keys())
    asking = [each for each in desk.list("--waiting") if each["waits"] in ("unsure", "failed")]
    seen = [each["print"] for each in asking if each["print"] in there]
    missing = [each["print"] for each in asking if each["print"] not in there]
    if seen:
        desk.prints("printed", *seen)
    if missing:
        desk.prints("again", *missing, "--wait")
    return len(seen), len(missing)


def kill(process, service, is_frozen):
    """With a print service that is frozen first, it has bytes that nobody has heard an answer to."""
    if is_frozen:
        service.process.send_signal(signal.SIGSTOP)
        time.sleep(0.05)
    process.kill()
    process.communicate()
    if is_frozen:
        service.process.send_signal(signal.SIGCONT)


def test_kills(desk, service, zebra):
    """A batch of 200 is killed in the middle again and again."""
    chance = random.Random(SEED)
    by_itself, asked, interrupted = 0, 0, 0
    words = ("print", desk.laptop.race, "--bibs", f"1-{N_RUNNERS}", "--printer", "Zebra")
    for number in range(N_KILLS):
        out = len(zebra.log())
        process = start(desk, *words)
        wait_until(lambda: len(zebra.log()) > out or process.poll() is not None, "a label is out")
        time.sleep(chance.random() * LONGEST_SECONDS)
        kill(process, service, number % 2 == 1)
        settle(zebra)
        before = len(zebra.log())
        queue = desk.list("--waiting")
        interrupted += any(each["waits"] == "waiting" for each in queue)
        desk.prints("check")
        by_itself += len(zebra.log()) - before
        asked += sum(each["waits"] == "unsure" for each in desk.list("--waiting"))
        if queue:
            words = ("prints", desk.laptop.race, "send")
    done = desk.prints("send", "--wait")
    if done.returncode != 0:
        raise Failed(done.stderr)
    seen, missing = resolve(desk, zebra)
    print(f"# seed {SEED}: {interrupted} of {N_KILLS} kills in the middle, {asked} times unsure, "
          f"{seen} were there and {missing} were not")
    tap.equal("after kills nothing is sent by itself", by_itself, 0)
    tap.check("kills were in the middle of the batch", interrupted > N_KILLS / 2, interrupted)
    tap.equal("nothing is lost, and nothing is doubled", count_by_bib(desk, zebra), once(1, N_RUNNERS))
    printed = [each for each in desk.list() if each["state"] == "printed"]
    tap.equal("the facts say what came out of the printer", sorted(each["print"] for each in printed),
              sorted(zebra.keys()))
    tap.equal("nobody waits for anything any more", desk.list("--waiting"), [])
    tap.check("the race is as its facts say", desk.laptop.ctl("verify").returncode == 0)


def test_forgotten(desk, service, spare):
    """The print service forgets its jobs: what it had is not sent again by itself."""
    before = len(spare.log())
    service.disable("Spare")
    done = desk.print("--bibs", "3-5", "--printer", "Spare", "--again", "forgotten")
    tap.check("labels for a stopped printer wait, and it is said why", done.returncode == 1
              and "somebody opened it" in done.stderr and "3 labels wait" in done.stdout, done.stdout, done.stderr)
    service.enable("Spare")
    spare.behave("0.7")
    process = start(desk, "prints", desk.laptop.race, "send")
    process.communicate()
    tap.equal("they are at the printer", desk.states("waits", reason="forgotten"), {"printing": 3})
    service.stop(signal.SIGKILL)
    for path in (service.root / "spool").glob("*[0-9]"):
        path.unlink()
    for path in (service.root / "cache").glob("job.cache*"):
        path.unlink()
    spare.behave()
    service.start()
    time.sleep(0.8)
    out = len(spare.log()) - before
    desk.prints("check")
    tap.equal("what the print service does not know any more asks", desk.states("waits", reason="forgotten"),
              {"unsure": 3})
    done = desk.prints("send")
    tap.equal("and is not sent by itself", (done.returncode, len(spare.log()) - before), (0, out))
    done = desk.prints("send", *[each["print"] for each in desk.list("--waiting")])
    tap.check("not even when it is named: it has to be printed again", done.returncode == 1
              and "print it again" in done.stderr, done.stderr)
    resolve(desk, spare)
    tap.equal("somebody looked, and now all are there once", len(spare.log()) - before, 3)


def test_out_of_paper(desk, service, spare):
    before = len(spare.log())
    spare.behave("empty")
    done = desk.print("--bibs", "11-30", "--printer", "Spare", "--again", "paper")
    tap.check("a printer that runs out of paper says so", done.returncode == 1 and "out of paper" in done.stderr,
              done.stderr)
    waits = desk.states("waits", reason="paper")
    tap.check("some labels are at the printer, the others wait here", set(waits) == {"printing", "waiting"}
              and sum(waits.values()) == 20, waits)
    spare.behave()
    service.enable("Spare")
    settle(spare)
    done = desk.prints("send", "--wait")
    tap.equal("with new paper each label comes out once",
              (done.returncode, len(spare.log()) - before, len(set(spare.keys()[before:])),
               desk.states(reason="paper")), (0, 20, 20, {"printed": 20}))


def test_fail_over(desk, service, spare, third):
    before = len(spare.log())
    spare.behave("empty")
    desk.print("--bibs", "31-50", "--printer", "Spare", "--again", "fail over")
    found, status = answer(desk.prints("send", "--printer", "Third", "--wait", "--json"))
    states = desk.states(reason="fail over")
    tap.check("what waits goes to another printer, at the broken one too", (status, found["printed"]) == (0, 19)
              and states == {"printed": 19, "failed": 1}, found, states)
    begun = [each for each in desk.list("--waiting") if each["waits"] == "failed"]
    tap.check("of the label that was begun somebody has to look", len(begun) == 1
              and "look whether it came out" in begun[0]["detail"], begun)
    spare.behave()
    service.enable("Spare")
    settle(spare)
    tap.equal("the broken printer prints none of them later", len(spare.log()), before)
    done = desk.prints("again", begun[0]["print"], "--printer", "Third", "--reason", "it was jammed", "--wait")
    tap.equal("each came out once", (done.returncode, only(count_by_bib(desk, third), 31, 50)), (0, once(31, 50)))


def test_broken(desk, third):
    """A printer that gives jobs up."""
    third.behave("broken")
    found, status = answer(desk.print("--bibs", "51-52", "--printer", "Third", "--again", "broken", "--wait", "--json"))
    tap.check("a job that is given up has failed, with what the printer said", status == 1 and found["failed"] == 2
              and "print head is broken" in found["prints"][0]["detail"], found)
    third.behave()
    ids = [each["print"] for each in desk.list("--waiting")]
    done = desk.prints("cancel", *ids)
    tap.equal("what is not wanted any more is cancelled", (done.returncode, desk.list("--waiting"),
                                                         desk.states(reason="broken")), (0, [], {"cancelled": 2}))


def test_cancelled(desk, service, spare):
    before = len(spare.log())
    service.disable("Spare")
    desk.print("--bibs", "53-60", "--printer", "Spare", "--again", "cancelled")
    service.enable("Spare")
    spare.behave("2")
    desk.prints("send")
    done = desk.prints("cancel", desk.list()[0]["print"], *[each["print"] for each in desk.list("--waiting")])
    spare.behave()
    settle(spare)
    desk.prints("check")
    states = desk.states(reason="cancelled")
    out = desk.prints("cancel", desk.list()[0]["print"])
    tap.check("what came out meanwhile is left as it is, and that is said when there is nothing else",
              out.returncode == 1 and "does not wait" in out.stderr and desk.list()[0]["state"] == "printed",
              out, desk.list()[0])
    tap.check("a batch is cancelled at the printer too", done.returncode == 0 and set(states) <= {"cancelled", "printed"}
              and states.get("cancelled", 0) >= 7 and len(spare.log()) - before <= 1, states, done,
              spare.log()[before:])


def test_restart(desk, service, zebra):
    """The print service is restarted in the middle of a batch."""
    before = len(zebra.log())
    zebra.behave("0.02")
    process = start(desk, "print", desk.laptop.race, "--bibs", "61-100", "--printer", "Zebra", "--again", "restart",
                    "--wait", "--json")
    wait_until(lambda: len(zebra.log()) - before >= 8, "some labels are out")
    service.stop()
    service.start()
    out, complaint = process.communicate()
    zebra.behave()
    settle(zebra)
    found = json.loads(out)
    tap.check("what was sent while the print service was restarted came out, or asks", found["queued"] == 40
              and found["printed"] >= 38 and len(desk.list("--waiting")) == 40 - found["printed"], out[:200],
              complaint, desk.list("--waiting"))
    resolve(desk, zebra)
    bibs = {each["print"]: each["bib"] for each in desk.list()}
    tap.equal("a restart of the print service loses nothing and doubles nothing",
              sorted(bibs[key] for key in zebra.keys()[before:]), list(range(61, 101)))


def play(desk, *script):
    """A window does one thing after the other; its answers."""
    window = desk.laptop.hall.folder / "window"
    if not window.exists():
        shutil.copy(os.environ["WINDOW"], window)
    return desk.laptop.start(window, desk.laptop.race, *script, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_window(desk, service, spare):
    """The same by the thread that a window has."""
    before = len(spare.log())
    desk.laptop.must("walk-up", "given_name=Zoe", "family_name=Window", "--bib", "301")
    desk.laptop.must("walk-up", "given_name=Yves", "family_name=Window", "--bib", "302")
    desk.laptop.must("walk-up", "given_name=Xenia", "family_name=Window", "--bib", "303")
    desk.laptop.must("walk-up", "given_name=Will", "family_name=Window", "--bib", "304")
    lines = play(desk, "order 301-302 Spare", "order 301-302 Spare", "order 303 Nobody").communicate()[0].splitlines()
    tap.equal("a window orders, and what it orders twice comes out once",
              (lines[0], lines[2], "Nobody" in lines[4], len(spare.log()) - before),
              ("done", "All of these labels were printed already, or are in the queue.", True, 2))
    tap.equal("then the queue is empty", lines[1], "queue waiting=0 sending=0 printing=0 unsure=0 failed=0 "
              "asking=0 problem=")
    service.process.send_signal(signal.SIGSTOP)
    process = play(desk, "order 303 Spare")
    time.sleep(2)
    service.process.send_signal(signal.SIGCONT)
    out, complaint = process.communicate()
    longest = int(re.search(r"longest (\d+)", out).group(1))
    tap.check("a print service that does not answer holds no window up", longest < 1500 and "done" in out
              and len(spare.log()) - before == 3, out, complaint)
    service.disable("Spare")
    lines = play(desk, "again", "order 1-2 Spare").communicate()[0].splitlines()
    tap.check("nothing is wrong with repeating nothing, nor with ending in the middle", len(lines) >= 2, lines)
    service.enable("Spare")
    printed = {each["operator"] for each in desk.list() if each["bib"] in (301, 302, 303)}
    tap.equal("who wanted it is told", printed, {"Window"})
    before = len(spare.log())
    spare.behave("0.01")
    play(desk, "batch 101-140 Spare", "desk 304 Spare").communicate()
    bibs = [title.split()[1] for title in spare.log()[before:]]
    tap.check("a label of the desk goes before a batch", len(bibs) == 41 and bibs.index("304") < 30, bibs)


def main():
    with Hall("conc-queue-") as hall, PrintService(hall) as service:
        desk = Desk(hall, service, runners=N_RUNNERS)
        desk.book(BOOK)
        zebra = service.printer("Zebra", raw=True)
        spare = service.printer("Spare", raw=True)
        third = service.printer("Third", raw=True, policy="abort-job")
        test_kills(desk, service, zebra)
        test_forgotten(desk, service, spare)
        test_out_of_paper(desk, service, spare)
        test_fail_over(desk, service, spare, third)
        test_broken(desk, third)
        test_cancelled(desk, service, spare)
        test_restart(desk, service, zebra)
        test_window(desk, service, spare)
    return tap.finish()


sys.exit(main())
