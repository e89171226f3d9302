#!/usr/bin/python3
# test_hostile.py: a station with a good login sends absurd things, and the others go on.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import shutil
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from network import Station  # noqa: E402
from stations import Hall, Tap, free_port, wait_until  # noqa: E402

GO_ON_SECONDS = 10
MANY = 10000
N_RELAYED = 6000
YEAR_MS = 365 * 24 * 60 * 60 * 1000
FIRST_SEQ = 100000
FLOOD_SECONDS = 3
AT = '{"at":"2017-12-09T10:31:00.000000Z","source":"typed"}'
COLUMNS = "station, seq, hlc, kind, subject, replaces, operator, body"

tap = Tap()


class Villain:
    """A station whose owner talks to the hub by hand."""

    def __init__(self, laptop):
        self.laptop = laptop
        self.id = laptop.station()
        self.seq = FIRST_SEQ

    def insert(self, kind, subject=None, body="{}", station=None, ahead_ms=0, replaces="NULL", operator="NULL"):
        """The statement; @body and the last two are SQL when they begin with an expression."""
        self.seq += 1
        hlc = (int(time.time() * 1000) + ahead_ms) << 16
        subject = subject if subject is not None else f"{self.id}-{self.seq}"
        body = body if body.startswith("repeat") else "E'" + body.replace("'", "''") + "'"
        return (f"INSERT INTO hub.fact ({COLUMNS}) VALUES ('{station or self.id}', {self.seq}, {hlc}, '{kind}', "
                f"'{subject}', {replaces}, {operator}, {body})")

    def try_all(self, statements):
        return [state for state, _ in self.laptop.psql(statements)]


def goes_on(name, sender, receivers):
    """An entry of a good station reaches the good stations soon."""
    began = time.monotonic()
    fact = sender.record("tap")
    for receiver in receivers:
        receiver.await_fact(fact)
    took = time.monotonic() - began
    tap.check(f"the others go on: {name}", took < GO_ON_SECONDS, f"{took:.1f} s")
    print(f"# {name}: {took:.2f} s", flush=True)


def test_refused(villain, boss):
    """What the hub does not take."""
    refused = {
        "a huge body": villain.insert("tap", body="repeat ('x', 200000)"),
        "a fact a year ahead": villain.insert("tap", body=AT, ahead_ms=YEAR_MS),
        "a fact in another's name": villain.insert("tap", body=AT, station=boss.station()),
        "a kind of its own making": villain.insert("tap.bib.again"),
        "a number that is none": villain.insert("tap", body=AT).replace(f", {villain.seq},", ", -1,"),
        "a long subject": villain.insert("tap", subject="x" * 300, body=AT),
        "a long operator": villain.insert("tap", body=AT, operator="repeat ('x', 500)"),
        "text that is no UTF-8": villain.insert("tap", body="\\xff\\xfe"),
        "a zero in a text": villain.insert("tap", body="a\\000b"),
        "an undo of nothing": villain.insert("undo", subject="gun:", replaces=f"'{boss.station()}-9999999'"),
    }
    states = villain.try_all(list(refused.values()))
    for name, state in zip(refused, states):
        tap.check(f"the hub refuses {name}", state != "00000", state)


def bring_of_others(villain, boss, present, absent):
    """Facts in the name of others, by the way that is for those who cannot come: thousands of nobody's,
    one of a station that is there, and one of a station that is not."""
    def relay(station, seq, kind="tap", subject=None):
        return (f"INSERT INTO hub.relay ({COLUMNS}) VALUES ('{station}', {seq}, 1, '{kind}', "
                f"'{subject or f'{station}-{seq}'}', NULL, NULL, '{AT}')")

    many = (f"INSERT INTO hub.relay ({COLUMNS}) SELECT '0000000000', n, 1, 'tap', '0000000000-' || n, NULL, "
            f"NULL, '{AT}' FROM generate_series (1, {N_RELAYED}) n")
    tap.equal("what is of others lies apart", villain.try_all(
        [many, relay(present, FIRST_SEQ), relay(absent, 2), relay(absent, 3, "check-in", "r1")]), ["00000"] * 4)
    tap.equal("nobody brings what may not be read", villain.try_all([relay(absent, 4, "gift", "g1")]), ["42501"])


def test_brought(boss, present, absent):
    def kinds(where):
        return boss.admin(f"SELECT kind FROM hub.fact WHERE {where} UNION ALL SELECT ''")[:-1]

    wait_until(lambda: kinds(f"station = '{absent}'") == ["station", "tap"], "an organizer takes what is sound")
    tap.check("thousands that are nobody's keep nothing from being looked at", True)
    tap.equal("nobody speaks for a station that is there",
              kinds(f"station = '{present}' AND seq = {FIRST_SEQ}"), [])
    tap.equal("nor for nobody", kinds("station = '0000000000'"), [])
    tap.equal("what is in the log is not kept twice", boss.admin(
        f"SELECT count (*) FROM hub.relay WHERE station = '{absent}' AND kind = 'tap'"), ["0"])


def test_absurd(villain, boss, sender, receivers):
    """What the hub cannot tell from good facts; each station leaves out what it cannot read."""
    first = f"{villain.id}-{villain.seq + 1}"
    taken = [
        villain.insert("tap", body=AT),
        villain.insert("tap", body="not JSON at all"),
        villain.insert("tap", body='{"at":' + "[" * 2000 + "]" * 2000 + "}"),
        villain.insert("tap", body='{"at":1e999999,"bib":-7,"source":12}'),
        villain.insert("tap", subject="gun:no such subject for this kind", body=AT),
        villain.insert("tap", subject=first, body='{"at":"9999-99-99T99:99:99Z"}'),
        villain.insert("gun", subject="gun:", body='{"at":"0000-01-01T00:00:00.000000Z"}'),
        villain.insert("start", subject="start:99999999999999999999", body=AT),
        villain.insert("station", subject=f"station:{villain.id}", body=json.dumps(
            {"name": "\u202e" + "x" * 5000, "role": "timing"})),
    ]
    states = villain.try_all(taken)
    tap.check("absurd facts of its own kinds are its to write", states.count("00000") > 4, states)
    # A circle: each takes back the other. The second does not exist yet when the first comes.
    one, two = f"{villain.id}-{villain.seq + 1}", f"{villain.id}-{villain.seq + 2}"
    states = villain.try_all([villain.insert("undo", subject=first, replaces=f"'{two}'"),
                              villain.insert("undo", subject=first, replaces=f"'{one}'")])
    tap.check("a circle of undos is not closed", states[0] != "00000", states)
    goes_on("absurd facts", sender, receivers)


def test_many(villain, sender, receivers):
    """Ten thousand facts about one tap."""
    target = villain.insert("tap", body=AT)
    name = f"{villain.id}-{villain.seq}"
    first = villain.seq + 1
    villain.seq += MANY
    hlc = int(time.time() * 1000) << 16
    many = (f"INSERT INTO hub.fact ({COLUMNS}) SELECT '{villain.id}', {first} + n, {hlc} + n, 'tap.bib', "
            f"'{name}', '{villain.id}-' || ({first} + n - 1), NULL, '{{\"bib\":' || n % 900 + 1 || '}}' "
            f"FROM generate_series (0, {MANY - 1}) n")
    tap.equal("they are taken", villain.try_all([target, many]), ["00000", "00000"])
    goes_on("ten thousand facts about one tap", sender, receivers)


def test_floods(villain, sender, receivers):
    """Hints without end, transactions without end, connections without end."""
    laptop = villain.laptop
    laptop.env["PGPASSWORD"] = laptop.secret("login-password").decode()
    flood = "DO $$ BEGIN FOR n IN 1..20000 LOOP PERFORM pg_notify ('hub', n::text); END LOOP; END $$"
    idle = f"BEGIN; {villain.insert('tap', body=AT)};\n\\! sleep {FLOOD_SECONDS * 4}\n"
    processes = []
    try:
        hints = laptop.start("psql", "-XAtq", laptop.address(), *["-c", flood] * 20, stdout=-3, stderr=-3)
        processes.append(hints)
        goes_on("a flood of hints", sender, receivers)
        one = laptop.start("psql", "-XAtq", laptop.address(), stdin=-1, stdout=-3, stderr=-3)
        processes.append(one)
        one.stdin.write(idle)
        one.stdin.flush()
        time.sleep(0.5)
        goes_on("a transaction that is left open", sender, receivers)
        processes += [laptop.start("psql", "-XAtq", laptop.address(), "-c", f"SELECT pg_sleep ({FLOOD_SECONDS * 4})",
                                   stdout=-3, stderr=-3) for _ in range(150)]
        goes_on("a flood of connections", sender, receivers)
    finally:
        for process in processes:
            process.kill()
            if process.stdin is not None:
                process.stdin.close()
            process.wait()


def main():
    began = time.monotonic()
    with Hall("conc-hostile-") as hall:
        boss = hall.laptop("organizer")
        boss.create()
        boss.host(free_port())
        laptops = [boss]
        for name in ("timing-1", "timing-2", "villain"):
            laptop = hall.laptop(name)
            laptop.must("join", boss.invite("timing")["url"], "--name", name)
            laptops.append(laptop)
        villain = Villain(laptops.pop())
        absent = hall.laptop("absent")
        absent.must("join", boss.invite("timing")["url"], "--name", "absent")
        program = shutil.copy(os.environ["STATION"], hall.folder / "station")
        stations = [Station(laptop, program) for laptop in laptops]
        try:
            for station in stations:
                station.await_state("working")
            sender = stations[1]
            bring_of_others(villain, boss, laptops[1].station(), absent.station())
            test_refused(villain, boss)
            test_absurd(villain, boss, sender, stations)
            test_many(villain, sender, stations)
            test_brought(boss, laptops[1].station(), absent.station())
            test_floods(villain, sender, stations)
        finally:
            for station in stations:
                station.stop()
        for laptop in laptops:
            laptop.must("sync", "--once")
        told = [json.loads(laptop.ctl("verify", "--json").stdout) for laptop in laptops]
        # Its numbers have gaps, which is said of it and of nobody else.
        complaints = {sentence for each in told for sentence in each["differences"]}
        tap.check("every projection is as the facts say",
                  complaints <= {"Entries of 1 stations are missing from the log."}, told)
        tap.equal("all have the same of what all may read", len({each["public_digest"] for each in told}), 1)
        boss.must("hub", "revoke", "villain")
        tap.check("an organizer throws it out", villain.laptop.psql(["SELECT 1"]) is None)
    print(f"# {time.monotonic() - began:.1f} s", flush=True)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
