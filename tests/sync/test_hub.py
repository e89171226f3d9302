#!/usr/bin/python3
# test_hub.py: a real hub: started, killed, joined, attacked, taken over.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import re
import signal
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from man_in_the_middle import ManInTheMiddle  # noqa: E402
from stations import Hall, Tap, find_postgres, free_port, in_threads, wait_until  # noqa: E402

ROLES = ("organizer", "check-in", "timing", "display")

tap = Tap()


def refused(name, done, words):
    tap.check(name, done.returncode == 1 and words in done.stderr and done.stderr.count("\n") == 1,
              f"status {done.returncode}", done.stderr, f"wanted: {words}")


def test_server(boss):
    """Starting, stopping, and what a crash leaves."""
    port = free_port()
    status = boss.host(port)
    tap.equal("the hub listens where it was told", (status["running"], status["port"]), (True, port))
    first = boss.postmaster()
    boss.host()
    tap.equal("starting a hub that runs changes nothing", boss.postmaster(), first)
    refused("a hub that runs does not move", boss.ctl("hub", "start", "--port", port + 1),
            f"runs already, on port {port}")
    tap.equal("only its user sees its folder", oct(boss.hub_folders()[0].stat().st_mode & 0o777),
              "0o700")

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: boss.postmaster() is None, "the killed hub is gone")
    tap.equal("a killed hub does not run", boss.status()["running"], False)
    tap.equal("a killed hub starts again where it was", boss.host()["port"], port)
    tap.equal("with the station that it had", boss.admin("SELECT count (*) FROM hub.station"), ["1"])

    boss.must("hub", "stop")
    tap.check("a hub that was stopped is gone", boss.postmaster() is None)
    data = boss.hub_folders()[0] / "data"
    told = boss.run(find_postgres() / "pg_controldata", data).stdout
    tap.check("and was shut down, not killed", re.search(r"cluster state: +shut down\n", told) is not None, told)
    tap.equal("stopping it again is nothing", boss.ctl("hub", "stop").returncode, 0)
    stranger = boss.start("sleep", "600")
    try:
        left = boss.hub_folders()[0] / "data" / "postmaster.pid"
        boss.run("tee", left, stdin=f"{stranger.pid}\n{left.parent}\n1\n{port}\n\n*\n\nready\n")
        tap.equal("a number of a process before a reboot is no hub", boss.status()["running"], False)
        tap.equal("and does not keep a hub from starting", boss.host()["running"], True)
        tap.check("nor is that process harmed", stranger.poll() is None)
    finally:
        stranger.kill()
        stranger.wait()
    boss.env["CONCOURSE_POSTGRESQL"] = "/nonexistent"
    boss.must("hub", "status")
    refused("what is not installed is named", boss.ctl("hub", "stop"), "Install the package postgresql")
    del boss.env["CONCOURSE_POSTGRESQL"]
    return port


def test_transport(boss):
    """Nothing but TLS 1.3 and a password, and from outside nobody but stations."""
    select = ["SELECT 1"]
    tap.equal("the station that hosts is let in", boss.psql(select), [("00000", ["1"])])
    for name, options in {
        "without TLS": {"sslmode": "disable", "channel_binding": "disable"},
        "with TLS 1.2": {"ssl_max_protocol_version": "TLSv1.2"},
        "to another database": {"dbname": "postgres"},
        "to a template": {"dbname": "template1"},
    }.items():
        tap.check(f"nobody comes in {name}",
                  boss.psql(select, address=boss.address(**options)) is None)
    tap.check("a stranger's password is refused", boss.psql(select, password="x" * 51) is None)
    tap.check("a stranger is refused",
              boss.psql(select, address=boss.address("s_0000000000")) is None)
    tap.check("the owner's password is not that of a station",
              boss.psql(select, address=boss.address("hub")) is None)
    folder = boss.hub_folders()[0]
    for address in boss.status()["addresses"]:
        tap.check("the owner comes from this computer only",
                  boss.psql(select, password=(folder / "admin").read_text(),
                            address=boss.address("hub", host=address)) is None)


def test_pairing(hall, boss):
    """Invitations: one station each. The stations, by role."""
    stations = {"organizer": boss}
    for role in ROLES[1:]:
        laptop = hall.laptop(role)
        url = boss.invite(role)["url"]
        done = laptop.ctl("join", url, "--name", f"The {role}")
        tap.check(f"an invitation makes a station: {role}", done.returncode == 0, done.stderr)
        stations[role] = laptop
        late = hall.laptop(f"late-{role}")
        refused(f"an invitation is used once: {role}", late.ctl("join", url), "used")
        tap.check(f"and leaves no file: {role}", list(late.home.glob("race.race*")) == [])
    tap.equal("the hub knows them by name",
              sorted(boss.psql(["SELECT name FROM hub.station WHERE id <> '%s'" % boss.station()])[0][1]),
              ["The check-in", "The display", "The timing"])
    keys = {role: {name for name in ("private-key", "hub-key", "hub-certificate", "login-password")
                   if each.secret(name)} for role, each in stations.items()}
    tap.equal("each role has its keys and no other", keys, {
        "organizer": {"private-key", "hub-key", "hub-certificate", "login-password"},
        "check-in": {"private-key", "hub-certificate", "login-password"},
        "timing": {"hub-certificate", "login-password"},
        "display": {"hub-certificate", "login-password"},
    })
    tap.equal("timing has the key of the race", stations["timing"].race_key(), boss.race_key())
    tap.check("the display has not", stations["display"].race_key() != boss.race_key())
    return stations


def test_bad_invitations(hall, boss):
    port = boss.status()["port"]
    late = hall.laptop("late")
    hub = ["--hub", f"127.0.0.1:{port}"]
    for name, spoil in {
        "expired at the hub": "UPDATE hub.invitation SET expires_at = now () - interval '1 s'"
                              " WHERE used_by IS NULL",
        "expired at the server": "DO $$ DECLARE n text; BEGIN FOR n IN SELECT name FROM hub.invitation"
                                 " WHERE used_by IS NULL LOOP EXECUTE format ('ALTER ROLE %I VALID"
                                 " UNTIL ''2000-01-01''', n); END LOOP; END $$",
    }.items():
        code = boss.invite("timing")["code"]
        boss.admin(spoil)
        refused(f"an invitation that is {name} is refused", late.ctl("join", code, *hub), "too old")
    code = boss.invite("timing")["code"]
    boss.must("hub", "revoke", code)
    refused("an invitation that was revoked is refused", late.ctl("join", code, *hub), "revoked")
    refused("a slip in the code is found here",
            late.ctl("join", code[:-1] + ("A" if code[-1] != "A" else "B"), *hub), "slip in the code")
    refused("only organizers invite", hall.laptops[1].ctl("hub", "invite", "display"), "organizer")
    code = boss.invite("timing")["code"]
    laptops = [hall.laptop(f"racer-{n}") for n in range(4)]
    done = in_threads([lambda each=each: each.ctl("join", code.lower().replace("-", " "), *hub)
                       for each in laptops])
    tap.equal("of four at once with one code, one gets in", sorted(d.returncode for d in done),
              [0, 1, 1, 1])
    winner = laptops[[d.returncode for d in done].index(0)]
    boss.must("hub", "revoke", winner.station())
    refused("nobody listens", late.ctl("join", code, "--hub", f"127.0.0.1:{free_port()}"),
            "does not answer")


def test_man_in_the_middle(hall, boss, stations):
    middle = ManInTheMiddle(hall.folder, boss.status()["port"])
    try:
        invitation = boss.invite("timing")
        late = hall.laptop("lured")
        wrong = invitation["url"].split("//")[1].split("/", 1)[1]
        lure = f"127.0.0.1:{middle.port}"
        refused("a man in the middle gets no invitation", late.ctl("join", f"concourse://{lure}/{wrong}"),
                "Somebody else answers")
        refused("nor when only the code is known", late.ctl("join", invitation["code"], "--hub", lure),
                "Somebody else answers")
        stations["organizer"].set_sync_state("hub", lure)
        refused("nor does a paired station talk to him", boss.ctl("hub", "invite", "display"),
                "Somebody else answers")
        tap.equal("he was there", middle.n_asked >= 3, True)
        boss.set_sync_state("hub", f"127.0.0.1:{boss.status()['port']}")
        tap.check("the invitation is still good", late.ctl("join", invitation["url"]).returncode == 0)
    finally:
        middle.close()


def test_revoke(boss, stations):
    """At once, also where a session is open."""
    timing = stations["timing"]
    timing.env["PGPASSWORD"] = timing.secret("login-password").decode()
    session = timing.start("psql", "-XAtq", timing.address(), "-c", "SELECT 1", "-f", "-",
                           stdin=-1, stdout=-1, stderr=-1)
    session.stdout.readline()
    boss.must("hub", "revoke", "The timing")
    session.stdin.write("SELECT count (*) FROM hub.fact;\n")
    session.stdin.close()
    # What psql says at the end does not matter, only that it was cut off.
    session.wait()
    tap.equal("a revoked station's session ends", "terminating connection" in session.stderr.read(), True)
    session.stdout.close()
    session.stderr.close()
    tap.check("it does not come in any more", timing.psql(["SELECT 1"]) is None)
    refused("it is revoked once", boss.ctl("hub", "revoke", "The timing"), "knows no station")
    refused("nobody revokes himself", boss.ctl("hub", "revoke", boss.station()), "does not do that")


def test_takeover(hall, boss, stations):
    """The hub's disk is lost; the organizer makes a new one, and the others need nothing."""
    port = boss.status()["port"]
    certificate = boss.secret("hub-certificate")
    boss.must("hub", "stop")
    before = boss.hub_folders()
    boss.env["XDG_DATA_HOME"] = str(boss.home / "new-data")
    # The clock of the laptop that takes over was set back by 30 s since the gun.
    boss.must("gun")
    anchor = json.loads(boss.sync_state("clock"))
    anchor["wall_usec"] += 30000000
    boss.set_sync_state("clock", json.dumps(anchor, separators=(",", ":"), sort_keys=True))
    status = boss.host(port)
    tap.equal("the new hub's clock is that of the race",
              boss.admin("SELECT round (correction / 10000.0) FROM hub.clock"), ["3000"])
    tap.check("another hub is made", before != [] and status["folder"] != str(before[0]))
    tap.equal("with the same certificate", boss.secret("hub-certificate"), certificate)
    tap.equal("check-in comes in as before", stations["check-in"].psql(["SELECT 1"]), [("00000", ["1"])])
    tap.equal("and so does the display", stations["display"].psql(["SELECT 1"]), [("00000", ["1"])])
    tap.check("who was revoked stays out", stations["timing"].psql(["SELECT 1"]) is None)


def test_given_server(hall, boss):
    """A PostgreSQL that somebody else runs, with a user that may make roles and nothing more."""
    helper = hall.laptop("helper")
    helper.create("Another")
    port = helper.host(free_port())["port"]
    helper.admin("CREATE ROLE manager LOGIN CREATEROLE PASSWORD 'secret'", database="postgres")
    helper.admin("CREATE DATABASE given OWNER manager", database="postgres")
    helper.must("hub", "stop")
    data = helper.hub_folders()[0] / "data"
    helper.run("tee", helper.home / "hba", stdin="hostssl all all all scram-sha-256\n")
    helper.run(find_postgres() / "pg_ctl", "-D", data, "-w", "-l", helper.home / "log", "-o",
               f"-c hba_file={helper.home / 'hba'}", "start")
    given = hall.laptop("given")
    given.create("Given")
    done = given.ctl("hub", "start", "--server", f"postgresql://manager:secret@127.0.0.1:{port}/given")
    tap.check("a given server becomes a hub", done.returncode == 0, done.stderr)
    tap.check("whose password is not kept", "secret" not in given.sync_state("hub"))
    again = given.ctl("hub", "start", "--server", f"postgresql://manager:secret@127.0.0.1:{port}/given")
    tap.check("more than once", again.returncode == 0, again.stderr)
    guest = hall.laptop("guest")
    done = guest.ctl("join", given.invite("check-in")["url"], "--name", "Guest")
    tap.check("stations join there", done.returncode == 0, done.stderr)
    address = f"host=127.0.0.1 port={port} dbname=given user={guest.login()} sslmode=require"
    tap.equal("and come in", guest.psql(["SELECT count (*) FROM hub.station"], address=address),
              [("00000", ["2"])])
    tap.equal("and hear its clock", guest.psql(["SELECT hub.beat ('{}') > 0"], address=address), [("00000", ["t"])])
    guest.must("gift", "25", "--method", "cash")
    for laptop in (guest, given):
        laptop.must("sync", "--once")
    tap.equal("what is entered there comes by it", json.loads(given.must("status", "--json"))["gifts"], 1)
    given.must("hub", "revoke", "Guest")
    tap.check("until they are revoked", guest.psql(["SELECT 1"], address=address) is None)
    other = hall.laptop("other")
    other.create("Other")
    refused("a hub is of one race",
            other.ctl("hub", "start", "--server", f"postgresql://manager:secret@127.0.0.1:{port}/given"),
            "another race")


def main():
    began = time.monotonic()
    with Hall() as hall:
        boss = hall.laptop("boss")
        boss.create()
        test_server(boss)
        test_transport(boss)
        stations = test_pairing(hall, boss)
        test_bad_invitations(hall, boss)
        test_man_in_the_middle(hall, boss, stations)
        test_revoke(boss, stations)
        test_takeover(hall, boss, stations)
        test_given_server(hall, boss)
    print(f"# {time.monotonic() - began:.1f} s", flush=True)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
