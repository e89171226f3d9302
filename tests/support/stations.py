# stations.py: laptops of one race for tests: each with a home of its own, and hubs that are stopped.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PostgreSQL refuses to run for root, so programs run as "nobody" where the test runs as root.
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT_RUNS_AS = "nobody"
DEADLINE_SECONDS = 60


class Failed(AssertionError):
    """A program ended otherwise than the test wants."""


class Tap:
    """Answers in TAP, one line a check."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, is_good, *notes):
        self.count += 1
        self.failed += 0 if is_good else 1
        print(f"{'ok' if is_good else 'not ok'} {self.count} - {name}", flush=True)
        for note in () if is_good else notes:
            for line in str(note).splitlines()[:20]:
                print(f"# {line}", flush=True)
        return is_good

    def equal(self, name, got, wanted):
        return self.check(name, got == wanted, f"got: {got!r}", f"wanted: {wanted!r}")

    def finish(self):
        print(f"1..{self.count}", flush=True)
        return 1 if self.failed else 0


def wait_until(condition, what):
    """Waits for CONDITION, which is asked again and again; what it answered at last."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise Failed(f"{what}: not within {DEADLINE_SECONDS} s")


def free_port():
    """A port that nobody listens on, out of the range that connections take by themselves."""
    for port in range(20000 + os.getpid() % 8000, 32000):
        with socket.socket() as probe:
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                continue
            return port
    raise Failed("no port is free")


def find_postgres():
    """The folder with the programs of the newest PostgreSQL."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not folders:
        raise Failed("PostgreSQL is not installed")
    return folders[-1]


def quick_folder():
    """Memory instead of a disk where there is enough of it: nobody pulls the plug in these tests."""
    memory = "/dev/shm"
    if not os.access(memory, os.W_OK | os.X_OK):
        return None
    room = os.statvfs(memory)
    return memory if room.f_bavail * room.f_frsize > 2 << 30 else None


class Hall:
    """All laptops of a test, in one temporary folder that goes with it."""

    def __init__(self, prefix="conc-hall-"):
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=quick_folder())).resolve()
        self.user = pwd.getpwnam(ROOT_RUNS_AS) if os.getuid() == 0 else None
        self.laptops = []
        self.own(self.folder)
        # Copies, because the build folder may be one that only its owner can look into.
        self.program = shutil.copy(os.environ["CONCOURSECTL"], self.folder / "concoursectl")
        self.suppressions = Path(__file__).with_name("lsan.supp")
        if self.suppressions.exists():
            self.suppressions = shutil.copy(self.suppressions, self.folder / "lsan.supp")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for laptop in self.laptops:
            laptop.stop_hubs()
        shutil.rmtree(self.folder, ignore_errors=True)

    def own(self, path):
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def laptop(self, name):
        laptop = Laptop(self, name)
        self.laptops.append(laptop)
        return laptop


class Laptop:
    """A computer with its own home; everything on it runs as the user of the hall."""

    def __init__(self, hall, name):
        self.hall = hall
        self.name = name
        self.home = hall.folder / name
        self.home.mkdir()
        hall.own(self.home)
        self.race = self.home / "race.race"
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PG", "XDG_"))},
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "LC_ALL": "C.UTF-8",
            "LSAN_OPTIONS": f"suppressions={hall.suppressions}:print_suppressions=0",
        }
        self.env.pop("LANGUAGE", None)

    def _as_user(self):
        if self.hall.user is None:
            return {}
        return {"user": self.hall.user.pw_uid, "group": self.hall.user.pw_gid, "extra_groups": []}

    def start(self, *words, **more):
        """A program that runs on; whoever starts it ends it."""
        return subprocess.Popen(
            list(map(str, words)), cwd=self.home, env=self.env, text=True, **self._as_user(), **more)

    def run(self, *words, stdin="", timeout=120):
        return subprocess.run(
            list(map(str, words)), cwd=self.home, env=self.env, text=True, input=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, check=False,
            **self._as_user())

    def ctl(self, verb, *words, race=None, **more):
        return self.run(self.hall.program, verb, race or self.race, *words, **more)

    def must(self, verb, *words, **more):
        done = self.ctl(verb, *words, **more)
        if done.returncode != 0:
            raise Failed(f"{verb} {' '.join(map(str, words))}: {done.stderr}")
        return done.stdout

    def create(self, name="Test 5K"):
        self.must("create", "--name", name, "--date", "2017-12-09", "--timezone", "UTC")

    def host(self, port=None, *words):
        """Starts the hub; its status."""
        words = [*words, "--port", port] if port else words
        return json.loads(self.must("hub", "start", "--json", *words))

    def status(self):
        return json.loads(self.must("hub", "status", "--json"))

    def invite(self, role, *words):
        return json.loads(self.must("hub", "invite", role, "--json", *words))

    def hub_folders(self):
        return sorted(Path(self.env["XDG_DATA_HOME"]).glob("concourse/hubs/*"))

    def postmaster(self, folders=None):
        """The process of the hub here, or None."""
        for folder in folders or self.hub_folders():
            try:
                pid = int((folder / "data" / "postmaster.pid").read_text().split("\n")[0])
                os.kill(pid, 0)
                if str(folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return pid
            except (OSError, ValueError):
                continue
        return None

    def stop_hubs(self):
        """Also those that an earlier data folder holds."""
        for folder in self.home.glob("*/concourse/hubs/*"):
            pid = self.postmaster([folder])
            if pid is None:
                continue
            os.kill(pid, signal.SIGQUIT)
            try:
                wait_until(lambda: self.postmaster([folder]) is None, "the hub stops")
            except Failed:
                os.kill(pid, signal.SIGKILL)

    # What is in the race file, looked at from outside.

    def sql(self, statement):
        """By the user's own sqlite3, so that nothing of another user's is left beside the file."""
        done = self.run("sqlite3", self.race, statement)
        if done.returncode != 0:
            raise Failed(done.stderr)
        return done.stdout.rstrip("\n")

    def secret(self, name):
        """Bytes, or None."""
        value = self.sql(f"SELECT hex (value) FROM secret WHERE name = '{name}'")
        return bytes.fromhex(value) if value else None

    def sync_state(self, key):
        return self.sql(f"SELECT value FROM sync WHERE key = '{key}'")

    def set_sync_state(self, key, value):
        self.sql(f"UPDATE sync SET value = '{value}' WHERE key = '{key}'")

    def forget_clock(self):
        self.sql("DELETE FROM sync WHERE key = 'clock'")

    def station(self):
        return self.sql("SELECT station FROM identity")

    def race_key(self):
        return self.sql("SELECT hex (key) FROM identity")

    # SQL at the hub.

    def address(self, user=None, database="race", host="127.0.0.1", port=None, **options):
        port = port or int(self.sync_state("hub").rsplit(":", 1)[1])
        parts = {"host": host, "port": port, "dbname": database, "user": user or self.login(),
                 "sslmode": "require", "channel_binding": "require", "connect_timeout": "10", **options}
        return " ".join(f"{key}={value}" for key, value in parts.items())

    def login(self):
        return f"s_{self.station()}"

    def psql(self, statements, password=None, address=None):
        """Runs each statement by itself: a list of (SQLSTATE, lines). Not let in: None."""
        script = "".join(f"{each.rstrip(';')};\n\\echo @@ :SQLSTATE\n" for each in statements)
        done = self._psql(address, password, stdin=script)
        if done.returncode == 2 and "@@" not in done.stdout:
            self.refusal = done.stderr
            return None
        answers, lines = [], []
        for line in done.stdout.splitlines():
            if line.startswith("@@ "):
                answers.append((line[3:], lines))
                lines = []
            else:
                lines.append(line)
        if len(answers) != len(statements):
            raise Failed(f"{len(answers)} answers to {len(statements)} statements: {done.stderr}")
        return answers

    def psql_once(self, statement):
        """One statement; what complains is the SQLSTATE."""
        return self._psql(None, None, "-v", "VERBOSITY=sqlstate", "-c", statement)

    def _psql(self, address, password, *words, **more):
        env = dict(self.env)
        self.env["PGPASSWORD"] = password or self.secret("login-password").decode()
        try:
            # Not /usr/bin/psql, which on Debian is a script that looks for the program each time.
            return self.run(find_postgres() / "psql", "-XAtq", address or self.address(), *words, **more)
        finally:
            self.env = env

    def admin(self, *statements, database="race"):
        """SQL as the owner of the hub that is here."""
        folder = self.hub_folders()[0]
        port = int((folder / "port").read_text())
        answers = self.psql(statements, password=(folder / "admin").read_text().strip(),
                            address=self.address("hub", database, port=port))
        if answers is None or any(state != "00000" for state, _ in answers):
            raise Failed(f"{statements}: {answers}")
        return answers[-1][1]


def in_threads(functions):
    """Runs all at once; their answers in order."""
    answers = [None] * len(functions)

    def run(index, function):
        answers[index] = function()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
