#!/usr/bin/python3
# test_simulation.py: five stations work apart and come together at a real hub, a hundred times.
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import hashlib
import hmac
import os
import shutil
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from stations import Hall, Tap, free_port  # noqa: E402

N_SEEDS = int(os.environ.get("CONC_SEEDS", "100"))
N_RUNNERS = 60
N_WITH_BIB = 50
LOST_DISK_EVERY = 10
SETTLE_EVERY = 4
TAP_MINUTES = 10


def make_people(laptop):
    lines = ["First Name,Last Name,Gender,Birth Date,Email,Public,Registration ID,Bib"]
    for n in range(1, N_RUNNERS + 1):
        bib = n if n <= N_WITH_BIB else ""
        lines.append(f"Given{n},Family{n},{'FM'[n % 2]},1980-02-{n % 28 + 1:02},runner.{n}@example.org,"
                     f"{'yes' if n % 3 else 'no'},R{n:03},{bib}")
    table = laptop.home / "people.csv"
    table.write_text("\n".join(lines) + "\n")
    laptop.hall.own(table)
    laptop.must("import", table)


def cheap_verifier(password):
    """The verifier of PASSWORD after one round of hashing instead of 4096: same exchange, same answers.

    Each station logs in thousands of times here; what the rounds are for is tried by other tests."""
    salt = b"sixteen bytes..."
    salted = hashlib.pbkdf2_hmac("sha256", password, salt, 1)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt, stored, server = (base64.b64encode(each).decode() for each in (salt, stored, server))
    return f"SCRAM-SHA-256$1:{salt}${stored}:{server}"


def set_up(hall):
    """Five stations that know the same, in the order of simulate.c."""
    organizer = hall.laptop("organizer-1")
    organizer.create()
    make_people(organizer)
    organizer.run(hall.program, "record", organizer.race,
                  stdin="".join(f"tap 10:{minute:02}:00\n" for minute in range(TAP_MINUTES)))
    organizer.host(free_port())
    stations = [organizer]
    for name, role in (("organizer-2", "organizer"), ("check-in", "check-in"), ("timing-1", "timing"),
                       ("timing-2", "timing")):
        laptop = hall.laptop(name)
        laptop.must("join", organizer.invite(role)["url"], "--name", name)
        stations.append(laptop)
    for laptop in stations * 2:
        laptop.must("sync", "--once")
    for laptop in stations:
        hall.own(shutil.copy(laptop.race, f"{laptop.race}.begin"))
    organizer.admin(*[f"ALTER ROLE {each.login()} PASSWORD '{cheap_verifier(each.secret('login-password'))}'"
                      for each in stations])
    # Nobody pulls the plug in this test; without waiting for the disk there are more seeds.
    organizer.admin("ALTER SYSTEM SET fsync = off")
    organizer.admin("SELECT pg_reload_conf ()")
    organizer.admin("CREATE SCHEMA before", "CREATE TABLE before.fact AS SELECT * FROM hub.fact",
                    "CREATE TABLE before.meta AS SELECT * FROM hub.meta")
    return stations


def restore_hub(organizer, is_lost):
    """As it was when the stations parted, or empty, as after the loss of its disk."""
    organizer.admin(
        "TRUNCATE hub.fact, hub.relay",
        "UPDATE hub.meta SET hub_id = left (md5 (random ()::text), 10)" if is_lost else
        "UPDATE hub.meta SET hub_id = b.hub_id FROM before.meta b",
        "SELECT 1" if is_lost else
        "INSERT INTO hub.fact OVERRIDING SYSTEM VALUE SELECT * FROM before.fact")


def play(program, seed):
    """One seed: (what it was, what went wrong)."""
    program.stdin.write(f"{seed}{' settle' if seed % SETTLE_EVERY == 0 else ''}\n")
    program.stdin.flush()
    lines = []
    while (line := program.stdout.readline().rstrip("\n")) != ".":
        if not line and program.poll() is not None:
            return None, ["the program has ended"]
        lines.append(line)
    return [int(word) for word in lines[0].split()], lines[1:]


def main():
    tap = Tap()
    began = time.monotonic()
    with Hall() as hall:
        stations = set_up(hall)
        simulate = shutil.copy(os.environ["SIMULATE"], hall.folder / "simulate")
        program = stations[0].start(simulate, *[each.race for each in stations], stdin=-1, stdout=-1)
        n_deeds = n_planted = 0
        problems = []
        for seed in range(1, N_SEEDS + 1):
            restore_hub(stations[0], seed % LOST_DISK_EVERY == 0)
            told, wrong = play(program, seed)
            problems += [f"seed {seed}: {each}" for each in wrong]
            if told is None:
                break
            n_deeds += told[1]
            n_planted += told[2]
        program.stdin.close()
        tap.equal("the program ends well", program.wait(), 0)
        program.stdout.close()
    tap.check(f"{N_SEEDS} times five stations agree, nothing is lost, and every conflict is on the desk",
              problems == [], *problems[:20])
    tap.check("much was done", n_deeds > 80 * N_SEEDS, n_deeds)
    tap.check("many conflicts were planted", n_planted > 3 * N_SEEDS, n_planted)
    print(f"# {n_deeds} deeds, {n_planted} conflicts, {time.monotonic() - began:.1f} s", flush=True)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
