#!/usr/bin/python3
# test_kills.py: any process is killed in the middle of an exchange, and nothing that was said is lost.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from stations import Failed, Hall, Tap, free_port, wait_until  # noqa: E402

N_ROUNDS = int(os.environ.get("CONC_ROUNDS", "50"))
TAPS_A_ROUND = 30
LONGEST_SECONDS = 0.15

tap = Tap()


def record(laptop, n_round):
    """Names of the facts that were said to be recorded."""
    lines = "".join(f"tap {10 + n_round % 8}:{n_round % 60:02}:{second:02}\n" for second in range(TAPS_A_ROUND))
    done = laptop.run(laptop.hall.program, "record", laptop.race, stdin=lines)
    return [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ok ")]


def backends(boss):
    """The processes of the hub that serve stations."""
    top = boss.postmaster()
    try:
        children = Path(f"/proc/{top}/task/{top}/children").read_text().split()
        return [int(pid) for pid in children
                if b"postgres: s_" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except OSError:
        return []


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def strike(what, chance, boss, exchanges):
    """Kills a station, the hub, or one of its processes."""
    time.sleep(chance.random() * LONGEST_SECONDS)
    if what == "station":
        kill(chance.choice(exchanges).pid)
    elif what == "hub":
        pid = boss.postmaster()
        if pid is not None:
            kill(pid)
            wait_until(lambda: boss.postmaster() is None, "the hub is dead")
    else:
        for pid in backends(boss)[:1]:
            kill(pid)


def host_again(boss):
    """The server of a killed hub takes a moment to let go of its memory."""
    for _ in range(20):
        if boss.ctl("hub", "start").returncode == 0:
            return
        time.sleep(0.25)
    raise Failed("the hub does not start again")


def play_round(n_round, chance, boss, stations, counts):
    said = {laptop.name: record(laptop, n_round) for laptop in stations[1:]}
    exchanges = [laptop.start(laptop.hall.program, "sync", laptop.race, "--once", stdout=-3, stderr=-3)
                 for laptop in stations]
    what = chance.choice(["station", "station", "hub", "backend"])
    counts[what] = counts.get(what, 0) + 1
    strike(what, chance, boss, exchanges)
    for process in exchanges:
        process.wait()
    if boss.postmaster() is None:
        host_again(boss)
    return said


def names(laptop):
    return {json.loads(line)["fact"] for line in laptop.must("facts", "--json").splitlines()}


def sync_until_quiet(stations):
    for _ in range(20):
        told = [laptop.ctl("sync", "--once", "--json") for laptop in stations]
        if all(done.returncode == 0 for done in told) and all(
                json.loads(done.stdout) == {"sent": 0, "received": 0, "newer": 0} for done in told):
            return True
        time.sleep(0.1)
    return False


def main():
    began = time.monotonic()
    chance = random.Random(1)
    with Hall("conc-kills-") as hall:
        boss = hall.laptop("organizer")
        boss.create()
        boss.host(free_port())
        stations = [boss]
        for name in ("timing-1", "timing-2"):
            laptop = hall.laptop(name)
            laptop.must("join", boss.invite("timing")["url"], "--name", name)
            stations.append(laptop)
        said, counts = {}, {}
        for n_round in range(N_ROUNDS):
            for name, facts in play_round(n_round, chance, boss, stations, counts).items():
                said.setdefault(name, []).extend(facts)
        host_again(boss)
        tap.check("afterwards all exchange until nothing is left", sync_until_quiet(stations))
        everything = {fact for facts in said.values() for fact in facts}
        tap.check("much was said to be recorded", len(everything) == N_ROUNDS * TAPS_A_ROUND * 2, len(everything))
        for laptop in stations:
            tap.equal(f"nothing of it is lost: {laptop.name}", len(everything - names(laptop)), 0)
        told = [json.loads(laptop.ctl("verify", "--json").stdout) for laptop in stations]
        tap.check("every projection is as the facts say", all(each["ok"] for each in told), told)
        tap.equal("all have the same of what all may read", len({each["public_digest"] for each in told}), 1)
        at_hub = int(boss.admin("SELECT count (*) FROM hub.fact")[0])
        tap.equal("the hub has each fact once", at_hub, len(names(boss)))
        tap.check("of each kind some were killed", set(counts) == {"station", "hub", "backend"}, counts)
    print(f"# {counts}, {time.monotonic() - began:.1f} s", flush=True)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
