#!/usr/bin/python3
# test_exchange.py: facts go between laptops through a real hub, and none is lost on the way.
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
from stations import Hall, Tap, in_threads, wait_until  # noqa: E402

PEOPLE = """First Name,Last Name,Gender,Birth Date,Email,Public,Registration ID
Ada,Vang,F,1980-02-01,ada.vang@example.org,yes,R1
Bo,Lund,M,1975-05-05,bo.lund@example.org,yes,R2
Cai,Olson,M,1990-07-07,cai.olson@example.org,no,R3
"""


def sync(laptop):
    return json.loads(laptop.must("sync", "--once", "--json"))


def verify(laptop):
    return json.loads(laptop.must("verify", "--json"))


def facts(laptop):
    lines = laptop.must("facts", "--json").splitlines()
    return {json.loads(line)["fact"]: line for line in lines if line.strip()}


def join(hall, organizer, role, name):
    laptop = hall.laptop(name.replace(" ", "-").lower())
    laptop.must("join", organizer.invite(role)["url"], "--name", name)
    return laptop


def start_race(hall):
    """An organizer who hosts, with three people in the race."""
    organizer = hall.laptop("organizer")
    organizer.create()
    table = organizer.home / "people.csv"
    table.write_text(PEOPLE)
    hall.own(table)
    organizer.must("import", table)
    organizer.must("bibs", "assign", "--from", "1")
    organizer.host()
    return organizer


def test_four_roles(tap, hall):
    organizer = start_race(hall)
    check_in = join(hall, organizer, "check-in", "Check-in 1")
    timing = join(hall, organizer, "timing", "Timing 1")
    display = join(hall, organizer, "display", "Display")
    check_in.must("check-in", "1")
    timing.run(hall.program, "record", timing.race, stdin="gun 10:00:00\ncross 1 10:20:00\ntap 10:21:00\n")
    check_in.must("gift", "25", "--method", "cash", "--from", "Dag Berg", "--anonymous")
    for laptop in (check_in, timing, organizer, organizer, check_in, timing, display):
        sync(laptop)

    tap.equal("organizer and check-in have the same race", verify(organizer)["digest"],
              verify(check_in)["digest"])
    status = json.loads(timing.must("status", "--json"))
    tap.equal("timing knows who is here, and the times",
              [status[key] for key in ("registered", "checked_in", "finished", "unmatched_taps")], [3, 1, 1, 1])
    everything = "\n".join(facts(display).values())
    tap.check("the display has no private word", not any(
        word in everything for word in ("example.org", "1980-02-01", "Cai", "Olson", "Dag Berg")), everything)
    tap.check("nor has its file", not any(
        word in display.race.read_bytes() for word in (b"example.org", b"1980-02-01", b"Olson", b"Dag Berg")))
    tap.check("timing has no birth date", "1980-02-01" not in "\n".join(facts(timing).values()))
    tap.check("check-in has what it needs", "ada.vang@example.org" in "\n".join(facts(check_in).values()))
    bodies = "\n".join(organizer.admin("SELECT kind || body FROM hub.fact"))
    tap.check("the hub cannot read private bodies",
              "runner.private" in bodies and "example.org" not in bodies and "Olson" not in bodies)
    tap.equal("nothing more is sent or received",
              [sync(laptop) for laptop in (organizer, check_in, timing, display)],
              [{"sent": 0, "received": 0, "newer": 0}] * 4)
    return organizer, check_in, timing, display


def test_late_commit(tap, organizer, timing, check_in):
    """A row with a smaller number that commits after a larger one was seen is not skipped."""
    later = timing.run(timing.hall.program, "record", timing.race, stdin="tap 10:30:00\n").stdout.split()[1]
    # A transaction of the organizer's that has begun, written, and not ended.
    station = organizer.station()
    seq = 1 + int(organizer.sql("SELECT max (seq) FROM fact f JOIN station s ON s.n = f.station "
                                f"WHERE s.id = '{station}'"))
    script = (f"BEGIN; INSERT INTO hub.fact (station, seq, hlc, kind, subject, body) VALUES "
              f"('{station}', {seq}, 1, 'tap', '{station}-{seq}', "
              "'{\"at\":\"2017-12-09T10:31:00.000000Z\",\"source\":\"typed\"}'); "
              "SELECT pg_sleep (2); COMMIT;")
    done = in_threads([
        lambda: organizer.psql([script]),
        lambda: (time.sleep(0.7), sync(timing), sync(check_in), facts(check_in))[1:],
    ])
    tap.check("what has not committed is not seen", f"{station}-{seq}" not in done[1][2], done)
    sync(check_in)
    tap.equal("what commits late is taken, and what was written after it",
              [name in facts(check_in) for name in (f"{station}-{seq}", later)], [True, True])
    sync(timing)
    # The station itself has not written that: its name was used by somebody else.
    answer = organizer.ctl("sync", "--once")
    tap.equal("the station whose name was used goes on under a new one", answer.returncode, 0)
    tap.check("and keeps its facts", station in "".join(facts(organizer)))


def test_copy(tap, hall, organizer, timing):
    """One race file on two laptops."""
    twin = hall.laptop("twin")
    shutil.copytree(timing.home, twin.home, dirs_exist_ok=True)
    for path in [twin.home, *twin.home.rglob("*")]:
        hall.own(path)
    name = timing.station()
    timing.run(hall.program, "record", timing.race, stdin="tap 11:00:00\n")
    twin.run(hall.program, "record", twin.race, stdin="tap 11:00:01\ntap 11:00:02\n")
    tap.check("the copy writes under a name of its own", twin.station() != name and timing.station() == name)
    for laptop in (twin, timing, organizer, twin, timing):
        sync(laptop)
    taps = [json.loads(organizer.must("status", "--json"))["taps"],
            json.loads(twin.must("status", "--json"))["taps"]]
    tap.equal("all taps of both are everywhere", taps[0], taps[1])
    tap.equal("their digests are equal", verify(twin)["digest"], verify(timing)["digest"])


def test_lost_disk(tap, hall, organizer, check_in, timing):
    """The hub's disk is lost: the stations fill a new one."""
    before = verify(organizer)["digest"]
    check_in.run(hall.program, "check-in", check_in.race, "2")
    organizer.stop_hubs()
    for folder in organizer.hub_folders():
        shutil.rmtree(folder)
    refused = timing.ctl("sync", "--once")
    tap.equal("without a hub a sentence, and the work goes on",
              (refused.returncode, refused.stderr.count("\n")), (1, 1))
    organizer.host()
    for laptop in (timing, check_in, organizer, timing, check_in):
        sync(laptop)
    count = int(organizer.admin("SELECT count (*) FROM hub.fact")[0])
    tap.equal("the new hub has every fact", count, len(facts(organizer)))
    tap.check("what was entered meanwhile too", verify(organizer)["digest"] != before)
    tap.equal("and check-in the same", verify(check_in)["digest"], verify(organizer)["digest"])


def test_takeover(tap, hall, organizer, check_in, timing):
    """The laptop of the hub dies; another organizer takes over."""
    second = join(hall, organizer, "organizer", "Organizer 2")
    sync(second)
    sync(organizer)
    organizer.stop_hubs()
    check_in.must("check-in", "3")
    status = second.host()
    port = status["port"]
    for laptop in (check_in, timing):
        laptop.set_sync_state("hub", f"127.0.0.1:{port}")
    for laptop in (timing, check_in, second, timing, check_in):
        sync(laptop)
    tap.equal("check-in and the new hub's organizer agree", verify(check_in)["digest"], verify(second)["digest"])
    tap.equal("three are checked in", json.loads(timing.must("status", "--json"))["checked_in"], 3)
    organizer.set_sync_state("hub", f"127.0.0.1:{port}")
    sync(organizer)
    tap.equal("the old one comes back as a station", verify(organizer)["digest"], verify(second)["digest"])
    return second


def test_kills(tap, hall, organizer, timing, seed):
    """SIGKILL in the middle of exchanges: whatever was acknowledged arrives, once."""
    chance = random.Random(seed)
    acknowledged = []
    for _ in range(12):
        lines = "".join(f"tap 12:{m:02}:{s:02}\n" for m in range(3) for s in range(0, 60, 2))
        done = timing.run(hall.program, "record", timing.race, stdin=lines)
        acknowledged += [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ok ")]
        for laptop in (timing, organizer):
            process = laptop.start(hall.program, "sync", laptop.race, "--once", stdout=subprocess.DEVNULL)
            time.sleep(chance.random() * 0.12)
            process.send_signal(signal.SIGKILL)
            process.wait()
        if chance.random() < 0.3:
            pid = organizer.postmaster()
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
                wait_until(lambda: organizer.postmaster() is None, "the hub is dead")
            organizer.host()
    for laptop in (timing, organizer, timing):
        wait_until(lambda laptop=laptop: laptop.ctl("sync", "--once").returncode == 0, "the exchange")
    there = facts(organizer)
    tap.equal("no acknowledged tap is lost", [name for name in acknowledged if name not in there], [])
    tap.check("verify passes on both", verify(organizer)["ok"] and verify(timing)["ok"])


def test_without_hints(tap, organizer, timing, said):
    """A hint is only a hint, and all is counted when a conversation begins, not over and over."""
    organizer.admin("ALTER TABLE hub.fact DISABLE TRIGGER fact_hint",
                    "ALTER FUNCTION hub.known () RENAME TO known_once")
    name = timing.run(timing.hall.program, "record", timing.race, stdin="tap 13:01:00\n").stdout.split()[1]
    timing.ctl("sync", "--once")
    wait_until(lambda: organizer.sql("SELECT count (*) FROM fact f JOIN station s ON s.n = f.station "
                                     f"WHERE s.id || '-' || f.seq = '{name}'") == "1", "the timer looks too")
    tap.check("without a hint the timer looks", True)
    n_lines = len(said.read_text().splitlines())
    wait_until(lambda: len(said.read_text().splitlines()) > n_lines + 2, "it goes on")
    tap.check("the hub's log is not counted again", '"state":"working"' in said.read_text().splitlines()[-1]
              and '"problem":null' in said.read_text().splitlines()[-1], said.read_text()[-1000:])
    organizer.admin("ALTER TABLE hub.fact ENABLE TRIGGER fact_hint",
                    "ALTER FUNCTION hub.known_once () RENAME TO known")


def test_worker(tap, hall, organizer, timing):
    """A station that runs on hears of others at once, and says in words how it goes."""
    organizer_sync = organizer.start(hall.program, "sync", organizer.race, "--json",
                                     stdout=(organizer.home / "said").open("w"))
    try:
        said = organizer.home / "said"

        def last():
            lines = said.read_text().splitlines()
            return json.loads(lines[-1]) if lines and lines[-1].endswith("}") else {}

        wait_until(lambda: last().get("state") == "working", "the hub answers")
        before = organizer.sql("SELECT count (*) FROM tap")
        done = timing.run(hall.program, "record", timing.race, stdin="tap 13:00:00\n")
        tap.check("the tap is recorded", done.stdout.startswith("ok "), done)
        sync(timing)
        wait_until(lambda: organizer.sql("SELECT count (*) FROM tap") != before, "the tap arrives")
        tap.check("a tap arrives by itself", True)
        test_without_hints(tap, organizer, timing, said)
        wait_until(lambda: last().get("offset_error_usec", -1) >= 0, "the clocks are compared")
        offset = last()
        tap.check("one computer has one clock", abs(offset["offset_usec"]) <= offset["offset_error_usec"] + 2000,
                  offset)
        # What the hub would find if its computer's clock had been set back by 30 s since.
        organizer.admin("UPDATE hub.clock SET less_boot = less_boot + 30000000")
        wait_until(lambda: abs(last()["offset_usec"] + 30000000) < 100000, "the hub keeps its time")
        tap.check("setting the clock of the hub's computer does not set the hub's", True)
        organizer.admin("DELETE FROM hub.clock")
        wait_until(lambda: abs(last()["offset_usec"]) < 100000, "the hub's clock begins anew")
        wait_until(lambda: any(each["version"] for each in last()["stations"]), "it is heard of itself")
        me = next(each for each in last()["stations"] if each["station"] == organizer.station())
        tap.check("every station is told of with version, disk, clock and battery",
                  me["disk_free_mb"] > 0 and me["offset_error_usec"] >= 0 and me["version"] and
                  -1 <= me["battery_percent"] <= 100 and me["role"] == "organizer", me)
        pid = organizer.postmaster()
        os.kill(pid, signal.SIGQUIT)
        wait_until(lambda: organizer.postmaster() not in (None, pid), "the hub comes back")
        wait_until(lambda: last().get("state") == "working", "the hub answers again")
        tap.check("a hub that fell is started again by the laptop that hosts", True)
        organizer.must("hub", "stop")
        wait_until(lambda: last().get("state") == "connecting", "the stopped hub is noticed")
        time.sleep(2)
        tap.check("a hub that was stopped stays so", organizer.postmaster() is None)
    finally:
        organizer_sync.terminate()
        organizer_sync.wait()


def test_offered_again(tap, hall, organizer, timing):
    """An entry about what the hub does not have yet is offered again when the hub has got it."""
    said = organizer.run(hall.program, "record", organizer.race, stdin="tap 12:30:00\n").stdout
    target = said.split()[1]
    pack = hall.folder / "by-hand.pack"
    organizer.must("pack", pack)
    timing.must("unpack", pack)
    undo = timing.run(hall.program, "record", timing.race, stdin=f"undo {target}\n").stdout.split()[1]
    station, seq = undo.split("-")
    at_hub = f"SELECT count (*) FROM hub.fact WHERE station = '{station}' AND seq = {seq}"
    sessions = f"SELECT string_agg (pid::text, ' ') FROM pg_stat_activity WHERE usename = '{timing.login()}'"
    said = timing.home / "said-again"
    program = timing.start(hall.program, "sync", timing.race, "--json", stdout=said.open("w"))
    try:
        wait_until(lambda: '"refused":1' in said.read_text().replace(" ", ""), "the hub refuses the undo")
        tap.equal("an undo of what the hub does not have is not taken", organizer.admin(at_hub), ["0"])
        before = organizer.admin(sessions)
        sync(organizer)
        wait_until(lambda: organizer.admin(at_hub) == ["1"], "the hub takes the undo")
        tap.equal("it is taken when the hub has that, in the same conversation", organizer.admin(sessions), before)
        wait_until(lambda: '"refused":0' in said.read_text().replace(" ", "").splitlines()[-1],
                   "nothing is refused any more")
    finally:
        program.terminate()
        program.wait()
    sync(organizer)
    tap.check("and comes to the others", undo in facts(organizer))


def test_newer(tap, boss, timing):
    """Kinds of a later version: the hub keeps them, and an older station says what to do about it."""
    boss.admin("ALTER POLICY \"SELECT_timing\" ON hub.fact USING (true)",
               "INSERT INTO hub.fact (station, seq, hlc, kind, subject, body) VALUES ('0000000000', 1, 1,"
               " 'medal', '0000000000-1', '{\"at\":\"2017-12-09T10:31:00.000000Z\",\"source\":\"typed\"}')")
    tap.equal("an entry of a kind of a later version is counted", sync(timing)["newer"], 1)
    said = timing.must("sync", "--once")
    tap.check("and not forgotten, with what to do", "Update Concourse on this laptop" in said, said)
    tap.equal("the hub keeps it", boss.admin("SELECT count (*) FROM hub.fact WHERE kind = 'medal'"), ["1"])
    boss.admin("UPDATE hub.fact SET kind = 'tap' WHERE kind = 'medal'")
    timing.set_sync_state("cursor", timing.sync_state("cursor").replace("/", "/9"))
    told = sync(timing)
    tap.check("another version takes what the last one could not read",
              told["newer"] == 0 and "0000000000-1" in facts(timing), told)
    boss.admin("UPDATE hub.meta SET version = 99")
    for refused in (timing.ctl("sync", "--once"), boss.ctl("hub", "start")):
        tap.check("a hub of a newer version is left alone",
                  refused.returncode == 1 and "newer version of Concourse" in refused.stderr, refused)
    boss.admin("UPDATE hub.meta SET version = 1, rules = ''")
    boss.host()
    tap.equal("the rules of another version are made anew", boss.admin(
        "SELECT qual = 'true' FROM pg_policies WHERE policyname = 'SELECT_timing' AND tablename = 'fact'"), ["f"])


def main():
    tap = Tap()
    with Hall() as hall:
        organizer, check_in, timing, _display = test_four_roles(tap, hall)
        test_copy(tap, hall, organizer, timing)
        test_lost_disk(tap, hall, organizer, check_in, timing)
        test_kills(tap, hall, organizer, timing, 1)
        test_offered_again(tap, hall, organizer, timing)
        test_late_commit(tap, organizer, timing, check_in)
        test_worker(tap, hall, organizer, timing)
        organizer.host()
        test_newer(tap, test_takeover(tap, hall, organizer, check_in, timing), timing)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
