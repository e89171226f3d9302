#!/usr/bin/python3
# test_access.py: every forbidden thing is tried against a real hub, and the refusals are counted.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from stations import Hall, Tap, free_port, wait_until  # noqa: E402

ROLES = ("organizer", "check-in", "timing", "display")
DENIED = "42501"
TOO_LARGE = "23514"
NOT_HERE_YET = "CC001"
DAY_MS = 24 * 60 * 60 * 1000
SUBJECTS = {
    "runner": "r0000000000000000", "bib": "r0000000000000000", "check-in": "r0000000000000000",
    "gun": "gun:", "start": "start:7", "gift": "g0000000000000000", "setting": "setting:goal",
}

tap = Tap()


def hlc(days=0):
    return (int(time.time() * 1000) + days * DAY_MS) << 16


def quoted(text):
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"


class Station:
    """A laptop with what it writes by hand."""

    def __init__(self, laptop, role):
        self.laptop = laptop
        self.role = role
        self.id = laptop.station()
        self.seq = 1000

    def fact(self, kind, subject=None, *, station=None, replaces=None, body=None, days=0,
             table="fact"):
        """The statement that writes a fact; each has a number of its own."""
        self.seq += 1
        station = station or self.id
        if subject is None:
            subject = SUBJECTS.get(kind) or SUBJECTS.get(kind.split(".")[0])
        if subject is None:
            subject = f"station:{station}" if kind.startswith("station") else f"{station}-{self.seq}"
        if body is None:
            body = json.dumps({"name": "x", "role": self.role}) if kind == "station" else "{}"
        values = [station, self.seq, hlc(days), kind, subject, replaces, None, body]
        return (f"INSERT INTO hub.{table} (station, seq, hlc, kind, subject, replaces, operator, body)"
                f" VALUES ({', '.join(quoted(value) for value in values)})")

    def states(self, *statements):
        return [state for state, _ in self.laptop.psql(statements)]

    def written(self, *args, **options):
        """The name of a fact that was written."""
        statement = self.fact(*args, **options)
        name = f"{self.id}-{self.seq}"
        assert self.states(statement) == ["00000"], statement
        return name


def set_up(hall):
    boss = hall.laptop("organizer")
    boss.create()
    boss.host(free_port())
    stations = {"organizer": Station(boss, "organizer")}
    for role in ROLES[1:]:
        laptop = hall.laptop(role)
        laptop.must("join", boss.invite(role)["url"], "--name", f"The {role}")
        stations[role] = Station(laptop, role)
    return stations


def load_roles(boss):
    lines = boss.run(boss.hall.program, "roles", "--json").stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_kinds(stations, table):
    """Each cell of role and kind, for writing and for reading."""
    plain = [row for row in table if row["kind"] not in ("undo", "settle")]
    boss = stations["organizer"]
    tap.equal("an organizer writes every kind", boss.states(*[boss.fact(r["kind"]) for r in plain]),
              ["00000"] * len(plain))
    targets = {row["kind"]: boss.written(row["kind"], f"r{n:016d}" if row["kind"] == "bib" else None)
               for n, row in enumerate(plain)}
    boss.written("undo", "r0000000000000099", replaces=boss.written("bib", "r0000000000000099"))
    settled = boss.written("bib", "r0000000000000098")
    boss.written("settle", "r0000000000000098", body=json.dumps({"settles": settled}))
    n_refused = n_allowed = n_forbidden = n_hidden = 0
    wrong = []
    for role in ROLES[1:]:
        station = stations[role]
        may = [role in row["writers"] for row in plain]
        states = station.states(*[station.fact(row["kind"]) for row in plain])
        for row, allowed, state in zip(plain, may, states):
            n_allowed += allowed and state == "00000"
            n_forbidden += not allowed
            n_refused += not allowed and state == DENIED
            if state != ("00000" if allowed else DENIED):
                wrong.append((role, row["kind"], state))
        seen = set(station.laptop.psql(["SELECT DISTINCT kind FROM hub.fact"])[0][1])
        readable = {row["kind"] for row in table if role in row["readers"]}
        hidden = {row["kind"] for row in table} - readable
        n_hidden += len(hidden - seen)
        tap.equal(f"{role} sees what it may read and nothing else", sorted(seen), sorted(readable))
    tap.check(f"all {n_forbidden} forbidden cells of writing are refused",
              n_refused == n_forbidden > 0, n_refused, wrong)
    tap.check(f"all {n_allowed} others are taken", not wrong and n_allowed > 0, wrong)
    tap.check(f"{n_hidden} forbidden cells of reading show nothing", n_hidden > 0)
    return targets


def test_undo_and_settle(stations, table, targets):
    """They need the right to write what they are about, however deep it lies."""
    boss = stations["organizer"]
    subjects = {row["kind"]: boss.laptop.psql(
        [f"SELECT subject FROM hub.fact WHERE station = '{boss.id}' AND seq = "
         f"{targets[row['kind']].split('-')[1]}"])[0][1][0]
        for row in table if row["kind"] in targets}
    wrong, n_refused = [], 0
    for role in ROLES[1:]:
        station = stations[role]
        for row in table:
            kind = row["kind"]
            if kind not in targets:
                continue
            for how in ("undo", "settle"):
                may_how = role in next(r for r in table if r["kind"] == how)["writers"]
                allowed = may_how and role in row["writers"]
                options = ({"replaces": targets[kind]} if how == "undo"
                           else {"body": json.dumps({"settles": targets[kind]})})
                state, = station.states(station.fact(how, subjects[kind], **options))
                n_refused += not allowed and state == DENIED
                if state != ("00000" if allowed else DENIED):
                    wrong.append((role, how, kind, state))
    tap.check(f"{n_refused} undos and settles of foreign kinds are refused", not wrong and n_refused > 0,
              wrong)
    timing, check_in = stations["timing"], stations["check-in"]
    bib = check_in.written("bib", "r0000000000000077")
    undo = check_in.written("undo", "r0000000000000077", replaces=bib)
    tap.equal("nor is an undo of an undo a way around", timing.states(
        timing.fact("undo", "r0000000000000077", replaces=undo)), [DENIED])
    tap_fact = timing.written("tap")
    tap.equal("nor a settle about another subject", timing.states(
        timing.fact("settle", "r0000000000000077", body=json.dumps({"settles": tap_fact}))), [DENIED])
    tap.equal("nor one that names nothing", timing.states(
        timing.fact("settle", "r0000000000000077"), timing.fact("undo", tap_fact)), [DENIED] * 2)
    tap.equal("what is not at the hub yet can be tried later", timing.states(
        timing.fact("undo", tap_fact, replaces="0000000000-1")), [NOT_HERE_YET])
    both = timing.fact("tap") + ", " + timing.fact(
        "undo", f"{timing.id}-{timing.seq}", replaces=f"{timing.id}-{timing.seq}").split("VALUES ")[1]
    tap.equal("a tap and its undo can come in one statement", timing.states(both), ["00000"])


def forbidden(own, other):
    """What no station may do, whatever its role: (statement, states that are right)."""
    long_ago = "0000000000"
    return [
        (own.fact("station", station=other.id), DENIED),
        (own.fact("station", f"station:{other.id}"), DENIED),
        (own.fact("station", body='{"role":"organizer","name":"x"}'), DENIED),
        (own.fact("station", days=366), DENIED),
        (own.fact("station", days=2), DENIED),
        (own.fact("station", body="x"), "22P02"),
        (own.fact("invented"), DENIED),
        (own.fact("undo", "r1", replaces="nonsense"), DENIED),
        ("UPDATE hub.fact SET body = '{}'", DENIED),
        ("DELETE FROM hub.fact", DENIED),
        ("TRUNCATE hub.fact", DENIED),
        ("UPDATE hub.station SET role = 'organizer'", DENIED),
        ("INSERT INTO hub.station (id, role, name, verifier) VALUES ('0000000000', 'organizer', 'x',"
         " 'x')", DENIED),
        ("SELECT verifier FROM hub.station", DENIED),
        ("SELECT * FROM hub.invitation", DENIED),
        ("INSERT INTO hub.alive VALUES ('x', now (), '{}')", DENIED),
        ("UPDATE hub.meta SET race_id = 'x'", DENIED),
        ("INSERT INTO hub.fact (station, seq, hlc, kind, subject, body, brought_by)"
         f" VALUES ('{own.id}', 1, 1, 'station', 'station:{own.id}', '{{}}', '{other.id}')", DENIED),
        ("INSERT INTO hub.fact (station, seq, hlc, kind, subject, body, txid)"
         f" VALUES ('{own.id}', 1, 1, 'station', 'station:{own.id}', '{{}}', '1')", DENIED),
        (own.fact("station", table="relay"), DENIED),
        (own.fact("station.login", station=long_ago, table="relay"), DENIED),
        ("DELETE FROM hub.relay", DENIED),
        ("SELECT nextval ('hub.change')", DENIED),
        ("SELECT hub.invite ('i_0000000000000000', 'organizer', 'x', 'x', 5)", DENIED),
        (f"SELECT hub.revoke ('{other.id}')", DENIED),
        (f"SELECT hub.admit ('{long_ago}', 'organizer', 'x', 'x', NULL, true)", DENIED),
        (f"SELECT hub.make_login ('s_{long_ago}', 'cc_x', 'x', 'infinity')", DENIED),
        ("SELECT hub.end_login ('hub')", DENIED),
        ("SELECT hub.claim ('00000000000000000000')", DENIED),
        (f"SELECT hub.pair ('00000000000000000000', '{long_ago}', 'x', 'x')", DENIED),
        ("SELECT hub.beat (repeat ('x', 5000))", TOO_LARGE),
        ("CREATE TABLE mine (a int)", DENIED + " 3F000"),
        ("CREATE TABLE public.mine (a int)", DENIED),
        ("CREATE TABLE hub.mine (a int)", DENIED),
        ("CREATE TEMP TABLE mine (a int)", DENIED),
        ("CREATE SCHEMA mine", DENIED),
        ("CREATE FUNCTION hub.f () RETURNS int LANGUAGE sql AS 'SELECT 1'", DENIED),
        ("CREATE ROLE mine", DENIED),
        ("CREATE EXTENSION dblink", DENIED + " 58P01 0A000 3F000"),
        (f"ALTER ROLE s_{other.id} PASSWORD 'x'", DENIED),
        (f"ALTER ROLE s_{own.id} SUPERUSER", DENIED),
        (f"SET ROLE s_{other.id}", DENIED),
        ("SET ROLE hub", DENIED),
        (f"SET SESSION AUTHORIZATION s_{other.id}", DENIED),
        ("SELECT * FROM pg_authid", DENIED),
        ("SELECT pg_read_file ('postgresql.conf')", DENIED),
        ("SELECT pg_ls_dir ('.')", DENIED),
        ("COPY hub.fact TO '/tmp/facts'", DENIED),
        ("COPY hub.fact FROM '/etc/passwd'", DENIED + " 0A000"),
        ("COPY hub.fact TO PROGRAM 'id'", DENIED),
        ("SELECT lo_create (0)", DENIED),
        ("SELECT lo_from_bytea (0, 'x')", DENIED),
        ("SELECT lo_import ('/etc/passwd')", DENIED),
        ("SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE usename = 'hub'", "00000 " + DENIED),
        ("SELECT pg_reload_conf ()", DENIED),
        ("ALTER SYSTEM SET ssl = off", DENIED),
        ("ALTER TABLE hub.fact DISABLE ROW LEVEL SECURITY", DENIED),
        ("DROP TABLE hub.fact", DENIED),
        ("DROP POLICY \"SELECT_display\" ON hub.fact", DENIED),
    ]


def test_forbidden(stations):
    for role in ROLES[1:]:
        own = stations[role]
        list_of = forbidden(own, stations["organizer"])
        states = own.states(*[statement for statement, _ in list_of])
        wrong = [(statement, state) for (statement, right), state in zip(list_of, states)
                 if state not in right.split()]
        tap.check(f"{role}: {len(list_of)} attempts are refused", not wrong, *wrong)
        tap.equal(f"{role}: a body is not larger than a body is", own.states(
            own.fact("station", body=json.dumps({"role": role, "x": "x" * 140000}))), [TOO_LARGE])
        # Alone, because psql takes what follows for rows.
        done = own.laptop.psql_once("COPY hub.fact (station, seq) FROM STDIN")
        tap.equal(f"{role}: rows of facts are not copied in", done.stderr.strip(), "ERROR:  0A000")
    boss = stations["organizer"]
    list_of = [
        ("UPDATE hub.fact SET body = '{}'", DENIED), ("DELETE FROM hub.fact", DENIED),
        ("TRUNCATE hub.fact", DENIED), (boss.fact("tap", days=366), DENIED),
        ("UPDATE hub.station SET revoked_at = NULL", DENIED), ("DELETE FROM hub.station", DENIED),
        ("SELECT sealed FROM hub.invitation", DENIED), ("CREATE TABLE hub.mine (a int)", DENIED),
        (f"SELECT hub.revoke ('{boss.id}')", DENIED), ("SELECT * FROM pg_authid", DENIED),
        ("SELECT hub.end_login ('hub')", DENIED), ("SET ROLE hub", DENIED),
    ]
    states = boss.states(*[statement for statement, _ in list_of])
    tap.equal("organizers do not change what happened either", states, [s for _, s in list_of])
    tap.equal("but bring what another station wrote",
              boss.states(boss.fact("tap", station="0000000000")), ["00000"])


def test_relay(stations):
    check_in, timing, boss = stations["check-in"], stations["timing"], stations["organizer"]
    write = check_in.fact("tap", station="1111111111", table="relay")
    tap.equal("a station hands over what it has of others", check_in.states(write), ["00000"])
    again = write.replace("'{}')", "'{\"x\":1}')") + " ON CONFLICT DO NOTHING"
    tap.equal("nobody takes the place of another's there", timing.states(again), ["00000"])
    tap.equal("organizers see both", boss.laptop.psql(
        ["SELECT count (*) FROM hub.relay WHERE station = '1111111111'"])[0][1], ["2"])
    tap.equal("others see nothing of it",
              [each.states("SELECT * FROM hub.relay") for each in (check_in, timing)], [[DENIED]] * 2)


def test_idle(stations):
    """A transaction that is left open would keep new facts from everybody."""
    laptop = stations["display"].laptop
    laptop.env["PGPASSWORD"] = laptop.secret("login-password").decode()
    idle = laptop.start("psql", "-XAtq", laptop.address(), stdin=-1, stdout=-1, stderr=-1)
    try:
        idle.stdin.write("BEGIN;\nSELECT pg_backend_pid ();\n")
        idle.stdin.flush()
        pid = idle.stdout.readline().strip()
        boss = stations["organizer"].laptop
        wait_until(lambda: boss.admin(f"SELECT count (*) FROM pg_stat_activity WHERE pid = {pid}")
                   == ["0"], "the idle transaction ends")
        tap.check("a transaction that is left open is ended", True)
    finally:
        idle.kill()
        idle.communicate()


def main():
    with Hall() as hall:
        stations = set_up(hall)
        table = load_roles(stations["organizer"].laptop)
        targets = test_kinds(stations, table)
        test_undo_and_settle(stations, table, targets)
        test_forbidden(stations)
        test_relay(stations)
        test_idle(stations)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
