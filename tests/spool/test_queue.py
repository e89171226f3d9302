#!/usr/bin/python3
# test_queue.py: printers fail, services restart and programs are killed: each label comes out once, or asks.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from cups import CutLine, PrintService  # noqa: E402
from desk import STOCK, Desk, answer  # noqa: E402
from stations import Failed, Hall, Tap, wait_until  # noqa: E402

N_RUNNERS = 200
N_KILLS = int(os.environ.get("CONC_KILLS", "6"))
SEED = int(os.environ.get("CONC_SEED", "20171209"))
# The print service has twelve more, and one may be on its way to it.
MOST_OUT = N_RUNNERS // N_KILLS - 13
BOOK = "".join(f"[Printer {name}]\nlanguage=zpl\nstock={STOCK}\n\n" for name in ("Zebra", "Spare", "Third"))

tap = Tap()


def start(desk, *words):
    return desk.laptop.start(desk.laptop.hall.program, *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def settle(printer):
    """Waits until the printer has nothing to do."""
    wait_until(lambda: printer.waiting() == 0, f"{printer.name} has nothing to do")


def count_by_bib(desk, *printers):
    """How often the label of each bib has come out."""
    bibs = {each["print"]: each["bib"] for each in desk.list()}
    counts = {}
    for printer in printers:
        for key in printer.keys():
            counts[bibs[key]] = counts.get(bibs[key], 0) + 1
    return counts


def names_of(queue, waits):
    return {each["print"] for each in queue if each["waits"] == waits}


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
    by_itself, asked, interrupted = [], 0, 0
    words = ("print", desk.laptop.race, "--bibs", f"1-{N_RUNNERS}", "--printer", "Zebra")
    for number in range(N_KILLS):
        before = len(zebra.log())
        out = chance.randint(1, MOST_OUT)
        zebra.stall_after(chance.randint(out, MOST_OUT))
        process = start(desk, *words)
        wait_until(lambda: len(zebra.log()) >= before + out or process.poll() is not None, "some labels are out")
        kill(process, service, number % 2 == 1)
        zebra.behave()
        settle(zebra)
        queued = names_of(desk.list("--waiting"), "waiting")
        interrupted += len(queued) > 0
        desk.prints("check")
        settle(zebra)
        by_itself += queued ^ names_of(desk.list("--waiting"), "waiting") | queued & set(zebra.keys())
        asked += sum(each["waits"] == "unsure" for each in desk.list("--waiting"))
        words = ("prints", desk.laptop.race, "send")
    done = desk.prints("send", "--wait")
    if done.returncode != 0:
        raise Failed(done.stderr)
    seen, missing = resolve(desk, zebra)
    print(f"# seed {SEED}: {interrupted} of {N_KILLS} kills in the middle, {asked} times unsure, "
          f"{seen} were there and {missing} were not")
    tap.equal("after kills nothing is sent by itself", by_itself, [])
    tap.equal("kills were in the middle of the batch", interrupted, N_KILLS)
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
    spare.stall_after(0)
    desk.prints("send")
    tap.equal("they are at the printer", desk.states("waits", reason="forgotten"), {"printing": 3})
    wait_until(lambda: list(spare.folder.glob(".part-*")), "the printer has the first one")
    service.stop(signal.SIGKILL)
    for path in (service.root / "spool").glob("*[0-9]"):
        path.unlink()
    for path in (service.root / "cache").glob("job.cache*"):
        path.unlink()
    spare.behave()
    wait_until(lambda: len(spare.log()) == before + 1, "the printer goes on by itself")
    service.start()
    desk.prints("check")
    tap.equal("what the print service does not know any more asks", desk.states("waits", reason="forgotten"),
              {"unsure": 3})
    done = desk.prints("send")
    tap.equal("and is not sent by itself", (done.returncode, len(spare.log()) - before), (0, 1))
    done = desk.prints("send", *[each["print"] for each in desk.list("--waiting")])
    tap.check("not even when it is named: it has to be printed again", done.returncode == 1
              and "print it again" in done.stderr, done.stderr)
    resolve(desk, spare)
    tap.equal("somebody looked, and now all are there once", len(spare.log()) - before, 3)


def test_cut(desk, service, spare, where):
    """The line breaks while a label is on it."""
    before = len(spare.log())
    with CutLine(service, where) as line:
        desk.laptop.env.update(line.environment())
        done = desk.print("--bibs", "6-9", "--printer", "Spare", "--again", f"cut {where}", "--wait")
        desk.laptop.env.update(service.environment())
    states = desk.states(reason=f"cut {where}")
    tap.check(f"labels whose line breaks are told, and none is lost: {where}", line.n_cut == 1
              and sum(states.values()) == 4, done.stdout, done.stderr, states)
    desk.prints("check")
    settle(spare)
    desk.prints("send", "--wait")
    seen, missing = resolve(desk, spare)
    bibs = {each["print"]: each["bib"] for each in desk.list()}
    tap.equal(f"what the print service has not got is sent, what it has is not: {where}",
              sorted(bibs[key] for key in spare.keys()[before:]), [6, 7, 8, 9])
    print(f"# {where}: {states}, then {seen} were there and {missing} were not")
    tap.equal(f"then nobody waits for anything: {where}", desk.list("--waiting"), [])


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
    before = len(third.log())
    late, status = answer(desk.print("--late", "--bibs", "51-52", "--printer", "Third", "--json"))
    done = desk.print("--bibs", "51-52", "--printer", "Third")
    tap.check("one that failed may have come out: who orders it once more is sent to the queue, which asks",
              (status, late["queued"], done.returncode, len(third.log()) - before) == (0, 0, 1, 0)
              and "in the queue" in done.stderr, late, done.stderr)
    ids = [each["print"] for each in desk.list("--waiting")]
    done = desk.prints("cancel", *ids)
    tap.equal("what is not wanted any more is cancelled", (done.returncode, desk.list("--waiting"),
                                                         desk.states(reason="broken")), (0, [], {"cancelled": 2}))


def test_cancelled(desk, service, spare):
    before = len(spare.log())
    spare.stall_after(0)
    desk.print("--bibs", "53-60", "--printer", "Spare", "--again", "cancelled")
    ids = [each["print"] for each in desk.list("--waiting")]
    spare.stall_after(1)
    wait_until(lambda: spare.waiting() == 7, "one has come out")
    done = desk.prints("cancel", *ids)
    tap.equal("a batch is cancelled at the printer too, but for what came out meanwhile",
              (done.returncode, desk.states(reason="cancelled")), (0, {"printed": 1, "cancelled": 7}))
    spare.behave()
    settle(spare)
    tap.equal("and the rest does not come out later", len(spare.log()) - before, 1)
    out = desk.prints("cancel", ids[0])
    tap.check("that a label came out is said when there is nothing else to cancel",
              out.returncode == 1 and "does not wait" in out.stderr, out)
    spare.stall_after(0)
    desk.print("--bibs", "53-54", "--printer", "Spare", "--again", "gone")
    ids = [each["print"] for each in desk.list("--waiting")]
    service.stop()
    done = desk.prints("cancel", *ids)
    tap.check("what cannot be cancelled now is not called cancelled", done.returncode == 1
              and "print service" in done.stderr and desk.states(reason="gone") == {"printing": 2}, done.stderr)
    service.start()
    done = desk.prints("cancel", *ids)
    spare.behave()
    settle(spare)
    tap.equal("but when the print service is back", (done.returncode, desk.states(reason="gone"),
                                                     len(spare.log()) - before), (0, {"cancelled": 2}, 1))


def restart(desk, service, zebra, reason, stalls):
    """The print service is restarted in the middle of 40 labels, 8 of which are out; how many ask."""
    before = len(zebra.log())
    zebra.stall_after(8)
    process = start(desk, "print", desk.laptop.race, "--bibs", "61-100", "--printer", "Zebra", "--again", reason,
                    "--wait", "--json")
    wait_until(lambda: len(zebra.log()) - before >= 8, "some labels are out")
    if stalls:
        wait_until(lambda: zebra.waiting() == 12, "the print service has all that it gets")
    else:
        zebra.behave()
    service.stop()
    service.start()
    zebra.behave()
    out, _ = process.communicate()
    settle(zebra)
    # Whoever waits for labels does not wait long for a print service that is gone.
    desk.prints("send", "--wait")
    states = desk.states(reason=reason)
    asking = states.get("printing", 0)
    tap.equal(f"all that came out is printed, nothing has failed: {reason}",
              (json.loads(out)["queued"], states.get("printed"), asking + states.get("printed"), set(states) - {"printing"}),
              (40, len(zebra.log()) - before, 40, {"printed"}))
    resolve(desk, zebra)
    bibs = {each["print"]: each["bib"] for each in desk.list()}
    tap.equal(f"nothing is lost and nothing is doubled: {reason}",
              sorted(bibs[key] for key in zebra.keys()[before:]), list(range(61, 101)))
    return asking


def test_restart(desk, service, zebra):
    tap.equal("a restart of the print service is not even noticed", restart(desk, service, zebra, "restarted", True), 0)
    asking = restart(desk, service, zebra, "restarted while it was given labels", False)
    tap.check("at most the one that was being handed over asks", asking <= 1, asking)


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
    process = play(desk, "held 303 Spare")
    first = process.stdout.readline()
    service.process.send_signal(signal.SIGCONT)
    out, complaint = process.communicate()
    tap.check("a print service that does not answer holds no window up", first == "alive\n" and "done" in out
              and len(spare.log()) - before == 3, first, out, complaint)
    service.disable("Spare")
    lines = play(desk, "again", "order 1-2 Spare").communicate()[0].splitlines()
    tap.check("nothing is wrong with repeating nothing, nor with ending in the middle", len(lines) >= 2, lines)
    service.enable("Spare")
    printed = {each["operator"] for each in desk.list() if each["bib"] in (301, 302, 303)}
    tap.equal("who wanted it is told", printed, {"Window"})
    before = len(spare.log())
    spare.stall_after(0)
    process = play(desk, "batch 101-140 Spare", "desk 304 Spare")
    process.stdout.readline()
    spare.behave()
    process.communicate()
    bibs = [title.split()[1] for title in spare.log()[before:]]
    tap.check("a label of the desk goes before a batch", len(bibs) == 41 and bibs.index("304") <= 12, bibs)


def main():
    with Hall("conc-queue-") as hall, PrintService(hall) as service:
        desk = Desk(hall, service, runners=N_RUNNERS)
        desk.book(BOOK)
        zebra = service.printer("Zebra", raw=True)
        spare = service.printer("Spare", raw=True)
        third = service.printer("Third", raw=True, policy="abort-job")
        test_kills(desk, service, zebra)
        test_forgotten(desk, service, spare)
        test_cut(desk, service, spare, "document")
        test_cut(desk, service, spare, "answer")
        test_out_of_paper(desk, service, spare)
        test_fail_over(desk, service, spare, third)
        test_broken(desk, third)
        test_cancelled(desk, service, spare)
        test_restart(desk, service, zebra)
        test_window(desk, service, spare)
    return tap.finish()


sys.exit(main())
