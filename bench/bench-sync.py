#!/usr/bin/python3
# bench-sync.py: facts on their way through a real hub, and what the hub takes for it.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
from network import Station  # noqa: E402
from stations import Failed, Hall, free_port, wait_until  # noqa: E402

N_TAPS = 500
TAP_PAUSE_SECONDS = 0.01
N_CATCH_UP = 100000
N_STATIONS = 50
N_TAPPERS = 4
CROWD_SECONDS = 20
CROWD_PAUSE_SECONDS = 0.1


def report(figure, seconds, aim=None, peer=None, peer_seconds=None, **more):
    print(json.dumps({
        "figure": figure, "seconds": round(seconds, 6), "peer": peer,
        "peer_seconds": round(peer_seconds, 6) if peer_seconds else None,
        "ratio": round(seconds / peer_seconds, 2) if peer_seconds else None, "aim": aim, **more}), flush=True)


def percentile(values, percent):
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def join(hall, boss, role, name):
    laptop = hall.laptop(name)
    laptop.must("join", boss.invite(role)["url"], "--name", name)
    return laptop


def tap(station, count, pause_seconds):
    for _ in range(count):
        station.process.stdin.write("tap\n")
        station.process.stdin.flush()
        time.sleep(pause_seconds)


def latencies(sender, receivers):
    """Seconds from the tap to the change at each receiver."""
    facts = list(sender.acknowledged)
    for receiver in receivers:
        wait_until(lambda one=receiver: all(name in one.seen for name, _ in facts), "all arrive")
    return [(receiver.seen[name] - began) / 1e6 for receiver in receivers for name, began in facts]


def bench_latency(boss, stations):
    """Beside the time of a bare commit at the hub."""
    sender, receiver = stations
    tap(sender, N_TAPS, TAP_PAUSE_SECONDS)
    wait_until(lambda: len(sender.acknowledged) == N_TAPS, "all taps are recorded")
    seconds = latencies(sender, [receiver])
    boss.admin("CREATE TABLE bare (t text)")
    script = "".join(f"INSERT INTO bare VALUES ('{n}');\n" for n in range(N_TAPS))
    began = time.monotonic()
    boss.admin(*script.splitlines())
    commit = (time.monotonic() - began) / N_TAPS
    boss.admin("DROP TABLE bare")
    report("sync-tap-to-visible-p50", percentile(seconds, 50), None, "commit at the hub by psql", commit)
    report("sync-tap-to-visible-p99", percentile(seconds, 99), 0.1)


def expect_all(n_facts):
    if n_facts < N_CATCH_UP:
        raise Failed(f"only {n_facts} facts")


def bench_many(hall, boss, timing):
    """A hundred thousand facts in, and out again at a station that has none."""
    lines = hall.folder / "lines"
    lines.write_text("".join(f"cross {n % 999 + 1} 10:{n // 1000 % 60:02}:{n % 60:02}\n" for n in range(N_CATCH_UP)))
    hub = timing.sync_state("hub")
    timing.set_sync_state("hub", "127.0.0.1:9")
    timing.sql("DELETE FROM sync WHERE key = 'peers'")
    with lines.open() as stdin:
        status = timing.start(hall.program, "record", timing.race, stdin=stdin,
                              stdout=subprocess.DEVNULL).wait()
    if status != 0:
        raise Failed(f"record: {status}")
    timing.set_sync_state("hub", hub)
    began = time.monotonic()
    expect_all(json.loads(timing.must("sync", "--once", "--json", timeout=600))["sent"])
    push = time.monotonic() - began
    copied = hall.folder / "copied"
    columns = "station, seq, hlc, kind, subject, replaces, operator, body"
    rows = "\n".join(boss.admin(f"COPY (SELECT {columns} FROM hub.fact) TO STDOUT"))
    boss.admin(f"CREATE TABLE bare AS SELECT {columns} FROM hub.fact WHERE false",
               "ALTER TABLE bare ADD PRIMARY KEY (station, seq)")
    copied.write_text(rows + "\n")
    copied.chmod(0o644)
    began = time.monotonic()
    boss.admin(f"\\copy bare FROM {copied}\nSELECT 1")
    copy = time.monotonic() - began
    boss.admin("DROP TABLE bare")
    report("sync-100000-facts-into-the-hub", push, None, "psql COPY of the same rows", copy,
           facts_per_second=round(N_CATCH_UP / push))
    began = time.monotonic()
    late = join(hall, boss, "organizer", "late")
    late.must("sync", "--once", timeout=600)
    catch_up = time.monotonic() - began
    expect_all(int(late.sql("SELECT count (*) FROM fact")))
    report("sync-join-and-100000-facts-to-a-new-station", catch_up, 5, "psql COPY of the same rows", copy)


def hub_processes(boss):
    top = boss.postmaster()
    children = Path(f"/proc/{top}/task/{top}/children").read_text().split()
    return [top, *map(int, children)]


def measure(boss):
    """Memory of the hub in MB, each shared page once, and the seconds of CPU that it took."""
    pss = ticks = 0
    for pid in hub_processes(boss):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            pss += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
        except (OSError, StopIteration):
            continue
    return pss / 1024, ticks / os.sysconf("SC_CLK_TCK")


def bench_crowd(hall, boss, program):
    """Fifty stations, of which four record ten taps a second each."""
    laptops = [join(hall, boss, "timing", f"crowd-{n}") for n in range(N_STATIONS)]
    crowd = [Station(laptop, program) for laptop in laptops]
    try:
        for station in crowd:
            station.await_state("working")
        wait_until(lambda: all(int(station.status[5]) > N_STATIONS for station in crowd), "all are seen")
        time.sleep(2)
        memory, before = measure(boss)
        began = time.monotonic()
        n_taps = round(CROWD_SECONDS / CROWD_PAUSE_SECONDS)
        for _ in range(n_taps):
            for station in crowd[:N_TAPPERS]:
                tap(station, 1, CROWD_PAUSE_SECONDS / N_TAPPERS)
        for station in crowd[:N_TAPPERS]:
            wait_until(lambda one=station: len(one.acknowledged) == n_taps, "all taps are recorded")
        took = time.monotonic() - began
        seconds = [each for n, station in enumerate(crowd[:N_TAPPERS])
                   for each in latencies(station, crowd[:n] + crowd[n + 1:])]
        after = measure(boss)[1]
        report("sync-50-stations-tap-to-visible-p50", percentile(seconds, 50))
        report("sync-50-stations-tap-to-visible-p99", percentile(seconds, 99))
        report("sync-50-stations-cpu-of-the-hub-a-second", (after - before) / took,
               memory_mb=round(memory, 1), taps_per_second=round(n_taps * N_TAPPERS / took, 1))
    finally:
        for station in crowd:
            station.stop()


def main():
    with Hall("conc-bench-") as hall:
        program = shutil.copy(os.environ["STATION"], hall.folder / "station")
        boss = hall.laptop("organizer")
        boss.create()
        boss.host(free_port())
        timing, other = (join(hall, boss, "timing", name) for name in ("timing", "other"))
        stations = [Station(laptop, program) for laptop in (timing, other)]
        for station in stations:
            station.await_state("working")
        print(f"hub with two stations: {measure(boss)[0]:.1f} MB", file=sys.stderr)
        bench_latency(boss, stations)
        for station in stations:
            station.stop()
        bench_crowd(hall, boss, program)
        bench_many(hall, boss, timing)
    return 0


if __name__ == "__main__":
    sys.exit(main())
