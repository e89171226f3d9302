# network.py: laptops that are each alone in a network namespace, with cables that can be pulled.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The test runs once more in namespaces of its own, so nothing of this machine is changed and all of
# it goes with the test. An ordinary user is root in there, and the programs are nobody's in another.
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from queue import Queue

from stations import Failed, Hall, Laptop, wait_until

INSIDE = "CONC_INSIDE_NETWORK"
SUBNET = "10.99.0"


def enter():
    """Begins the program anew in namespaces of its own."""
    if INSIDE in os.environ:
        return
    is_root = os.getuid() == 0
    words = ["unshare", *([] if is_root else ["--user", "--map-root-user"]), "--net", "--mount"]
    os.environ[INSIDE] = "root" if is_root else "mapped"
    os.execvp("unshare", [*words, sys.executable, *sys.argv])


def run(*words):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, words))}: {done.stderr}")


class NetHall(Hall):
    """A hall with a switch in the middle."""

    def __init__(self):
        super().__init__("conc-net-")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "switch", "type", "bridge")
        run("ip", "addr", "add", f"{SUBNET}.254/24", "dev", "switch")
        run("ip", "link", "set", "switch", "up")

    def own(self, path):
        if os.environ[INSIDE] == "root":
            super().own(path)

    def laptop(self, name):
        laptop = NetLaptop(self, name, len(self.laptops) + 1)
        self.laptops.append(laptop)
        return laptop

    def __exit__(self, *words):
        super().__exit__(*words)
        for laptop in self.laptops:
            laptop.holder.terminate()
            laptop.holder.wait()


class NetLaptop(Laptop):
    """With a network card, and a /run of its own."""

    def __init__(self, hall, name, number):
        super().__init__(hall, name)
        self.address_here = f"{SUBNET}.{number}"
        self.port_name = f"port{number}"
        self.holder = subprocess.Popen(
            ["unshare", "--net", "--mount", "sh", "-c",
             "mount -t tmpfs tmpfs /run && ip link set lo up && echo ready && exec sleep 3600"],
            stdout=subprocess.PIPE)
        if self.holder.stdout.readline() != b"ready\n":
            raise Failed("no namespace")
        self.holder.stdout.close()
        run("ip", "link", "add", self.port_name, "type", "veth", "peer", "name", "card", "netns",
            self.holder.pid)
        run("ip", "link", "set", self.port_name, "master", "switch", "up")
        self.inside("ip", "addr", "add", f"{self.address_here}/24", "dev", "card")
        self.inside("ip", "link", "set", "card", "up")

    def enter_words(self):
        return ["nsenter", "-t", str(self.holder.pid), "--net", "--mount"]

    def inside(self, *words):
        """As root of the laptop."""
        run(*self.enter_words(), *words)

    def _prefix(self):
        if os.environ[INSIDE] == "root":
            user = self.hall.user
            return [*self.enter_words(), "setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}",
                    "--clear-groups"]
        return [*self.enter_words(), "unshare", "--user", "--map-user=1000", "--map-group=1000"]

    def _as_user(self):
        return {}

    def start(self, *words, **more):
        return super().start(*self._prefix(), *words, **more)

    def run(self, *words, **more):
        return super().run(*self._prefix(), *words, **more)

    # The cable.

    def cut(self):
        """The card sees that the cable is out."""
        run("ip", "link", "set", self.port_name, "down")

    def plug(self):
        run("ip", "link", "set", self.port_name, "up")

    def swallow(self, other):
        """What OTHER sends arrives, and nothing goes back to it: nobody sees why."""
        self.inside("ip", "route", "add", "blackhole", f"{other.address_here}/32")

    def release(self, other):
        self.inside("ip", "route", "del", "blackhole", f"{other.address_here}/32")


class Station:
    """The program that plays a station, and what it has told."""

    def __init__(self, laptop, program, **env):
        before = dict(laptop.env)
        laptop.env.update(env)
        self.process = laptop.start(program, laptop.race, stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE)
        laptop.env = before
        self.race = laptop.race
        self.lines = []
        self.status = []
        self.acknowledged = []
        self.seen = {}
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            words = line.split()
            if words[0] == "status":
                self.status = words[2:]
            elif words[0] == "changed":
                subjects = self._list_all() if words[2:] == ["*"] else words[2:]
                for subject in subjects:
                    self.seen.setdefault(subject, int(words[1]))
            elif words[0] == "ok":
                self.acknowledged.append((words[2], int(words[3])))
            else:
                self.lines.append(line)

    def _list_all(self):
        """What there is to know of, when too much has changed to be named."""
        with closing(sqlite3.connect(f"file:{self.race}?mode=ro", uri=True)) as file:
            return [row[0] for row in file.execute("SELECT DISTINCT subject FROM fact")]

    @property
    def state(self):
        return self.status[0] if self.status else None

    @property
    def n_waiting(self):
        return int(self.status[1]) if self.status else -1

    @property
    def clock(self):
        """Offset and what it may be wrong by, in microseconds; None when it is not known."""
        return (int(self.status[2]), int(self.status[3])) if self.status and self.status[3] != "-1" else None

    def record(self, line):
        """Records a line; the name of the fact."""
        before = len(self.acknowledged)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        wait_until(lambda: len(self.acknowledged) > before or self.lines, f"{line} is recorded")
        if self.lines:
            raise Failed(self.lines)
        return self.acknowledged[before][0]

    def await_state(self, state):
        """How many seconds it took."""
        began = time.monotonic()
        wait_until(lambda: self.state == state, f"the station is {state}")
        return time.monotonic() - began

    def await_fact(self, name):
        began = time.monotonic()
        wait_until(lambda: name in self.seen, f"{name} arrives")
        return time.monotonic() - began

    def stop(self):
        """Its status."""
        if self.process.poll() is None:
            self.process.stdin.close()
        status = self.process.wait()
        self.reader.join()
        self.process.stdout.close()
        return status


class SlowWay:
    """Passes on what a station and the hub say, and is slow in the hub's direction or back."""

    def __init__(self, hub, forth_seconds, back_seconds):
        self.hub = hub
        self.seconds = (forth_seconds, back_seconds)
        self.listener = socket.create_server((f"{SUBNET}.254", 0))
        self.address = f"{SUBNET}.254:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self.listener.close()

    def _serve(self):
        while True:
            try:
                station, _ = self.listener.accept()
                hub = socket.create_connection(self.hub)
            except OSError:
                return
            for source, target, seconds in ((station, hub, self.seconds[0]), (hub, station, self.seconds[1])):
                queue = Queue()
                threading.Thread(target=self._take, args=[source, queue, seconds], daemon=True).start()
                threading.Thread(target=self._give, args=[target, queue], daemon=True).start()

    @staticmethod
    def _take(source, queue, seconds):
        try:
            while data := source.recv(65536):
                queue.put((time.monotonic() + seconds, data))
        except OSError:
            pass
        queue.put((0, b""))

    @staticmethod
    def _give(target, queue):
        while True:
            due, data = queue.get()
            if not data:
                break
            time.sleep(max(due - time.monotonic(), 0))
            try:
                target.sendall(data)
            except OSError:
                break
        target.close()
