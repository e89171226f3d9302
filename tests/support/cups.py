# cups.py: a print service for tests, with printers that keep what they are sent in a folder.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# It is a cupsd of its own in the folder of a hall (stations.py), run by the user of the hall. Its one
# backend is a shell script, which writes each job into the folder of its printer and a line about it
# into a log there: what came out, in order, and how often.
import os
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path

from stations import Failed, free_port, wait_until

SERVER_BIN = Path("/usr/lib/cups")

# A job is written aside and renamed, so that one that was killed has not come out. A file "mode" says
# how the printer behaves: broken, empty, or "until" and how many labels come out before it stalls with
# the next one in it. It goes on as soon as the file says something else.
BACKEND = r"""#!/bin/sh
if [ $# -eq 0 ]; then
  echo 'direct capture "Unknown" "Folder"'
  exit 0
fi
out=${DEVICE_URI#capture:}
stalls() {
  mode=
  [ -e "$out/mode" ] && read -r mode < "$out/mode"
  case $mode in
    "until "*) [ "$(wc -l < "$out/log")" -ge "${mode#until }" ] ;;
    *) false ;;
  esac
}
cat ${6:+"$6"} > "$out/.part-$1" || exit 1
touch "$out/log"
if ! stalls; then
  case $mode in
    broken) echo "ERROR: the print head is broken" >&2; exit 1 ;;
    empty) echo "STATE: +media-empty-error" >&2; exit 4 ;;
  esac
fi
echo "STATE: -media-empty-error" >&2
while stalls; do sleep 0.02; done
mv "$out/.part-$1" "$out/job-$1" && echo "$1 $3" >> "$out/log"
"""

# A driver that passes PDF on as it is.
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "LABEL.PPD"
*Manufacturer: "Test"
*Product: "(Label)"
*ModelName: "Label"
*ShortNickName: "Label"
*NickName: "Label"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: w176h82
*PageSize w176h82/Label: "<</PageSize[176 82]>>setpagedevice"
*PageSize Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: w176h82
*PageRegion w176h82/Label: "<</PageSize[176 82]>>setpagedevice"
*PageRegion Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: w176h82
*ImageableArea w176h82: "0 0 176 82"
*ImageableArea Letter: "0 0 612 792"
*DefaultPaperDimension: w176h82
*PaperDimension w176h82: "176 82"
*PaperDimension Letter: "612 792"
"""

FILES_CONF = """User {user}
Group {group}
SystemGroup {group}
ServerRoot {root}
ServerBin {root}/bin
DataDir /usr/share/cups
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
FileDevice Yes
"""

CUPSD_CONF = """LogLevel warn
Listen localhost:{port}
Listen {socket}
Browsing Off
DefaultAuthType None
WebInterface No
MaxLogSize 0
MaxJobs 2000
DirtyCleanInterval 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


class Printer:
    """What came out of one printer."""

    def __init__(self, service, name, folder):
        self.service = service
        self.name = name
        self.folder = folder

    def behave(self, mode=""):
        new = self.folder / "mode.new"
        new.write_text(f"{mode}\n")
        new.rename(self.folder / "mode")

    def stall_after(self, more):
        """So many more labels come out; the printer stalls with the next."""
        self.behave(f"until {len(self._lines()) + more}")

    def waiting(self):
        """How many jobs the print service has for it that have not ended."""
        return len(self.service._run("/usr/bin/lpstat", "-o", self.name).splitlines())

    def _lines(self):
        try:
            return (self.folder / "log").read_text().splitlines()
        except FileNotFoundError:
            return []

    def log(self):
        """Titles of jobs in the order in which they came out.

        A job that cupsd was in the middle of when it was stopped is run again by cupsd itself, under the
        number that it had; nobody who uses it can prevent that, so such a job counts once.
        """
        return [line.split(" ", 1)[1] for line in dict.fromkeys(self._lines())]

    def keys(self):
        """What the titles name: prints or batches."""
        return [title.rsplit("[", 1)[1].rstrip("]") for title in self.log()]

    def jobs(self):
        """The bytes of the jobs, by their order."""
        files = sorted(self.folder.glob("job-*"), key=lambda path: int(path.name.split("-")[1]))
        return [path.read_bytes() for path in files]


class CutLine:
    """A way to the print service that breaks once while a document of ZPL is on it, for a with statement.

    With "document" that is in the middle of the document, with "answer" after all of it: the print
    service has the label, and whoever sent it does not hear of that.
    """

    def __init__(self, service, where):
        self.service = service
        self.where = where
        self.n_cut = 0
        self.path = service.root / f"cut-{where}"
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.path))
        self.path.chmod(0o777)
        self.listener.listen()

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def environment(self):
        return {"CUPS_SERVER": str(self.path)}

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=[client], daemon=True).start()

    def _connect(self, client):
        with client, socket.socket(socket.AF_UNIX) as service:
            service.connect(str(self.service.socket))
            begun = threading.Event()
            back = threading.Thread(target=self._answer, args=[service, client, begun], daemon=True)
            back.start()
            try:
                self._ask(client, service, begun)
            except OSError:
                pass
            # What is asked ends before what is answered.
            self._hang_up(service)
            back.join()

    def _ask(self, client, service, begun):
        while data := client.recv(65536):
            document = data.find(b"^XA")
            if document < 0 or self.n_cut > 0:
                service.sendall(data)
                continue
            self.n_cut += 1
            if self.where == "document":
                service.sendall(data[:document + 20])
                self._hang_up(client)
                return
            begun.set()
            service.sendall(data)

    def _answer(self, service, client, begun):
        try:
            while data := service.recv(65536):
                # The permission to go on is no answer yet.
                if begun.is_set() and not data.startswith(b"HTTP/1.1 100"):
                    self._hang_up(client)
                    return
                client.sendall(data)
        except OSError:
            pass
        self._hang_up(client)

    @staticmethod
    def _hang_up(line):
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class PrintService:
    """A cupsd in the folder of a hall; it is ended with the test, by its process."""

    def __init__(self, hall):
        self.hall = hall
        self.root = hall.folder / "cups"
        self.socket = self.root / "sock"
        self.process = None
        self._lay_out()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def _folder(self, path):
        path.mkdir(parents=True)
        self.hall.own(path)
        return path

    def _write(self, path, text, mode=0o644):
        path.write_text(text)
        path.chmod(mode)
        self.hall.own(path)
        return path

    def _lay_out(self):
        self._folder(self.root)
        for name in ("bin", "bin/backend", "spool", "cache", "state", "tmp", "ppd", "out"):
            self._folder(self.root / name)
        for name in ("daemon", "filter", "notifier", "monitor", "cgi-bin"):
            if (SERVER_BIN / name).exists():
                os.symlink(SERVER_BIN / name, self.root / "bin" / name)
        self._write(self.root / "bin" / "backend" / "capture", BACKEND, 0o755)
        self.ppd = self._write(self.root / "label.ppd", PPD)
        group = "nogroup" if self.hall.user else str(os.getgid())
        user = self.hall.user.pw_name if self.hall.user else str(os.getuid())
        self._write(self.root / "cups-files.conf",
                    FILES_CONF.format(user=user, group=group, root=self.root))
        self._write(self.root / "cupsd.conf",
                    CUPSD_CONF.format(port=free_port(), socket=self.socket))

    def _as_user(self):
        if self.hall.user is None:
            return {}
        return {"user": self.hall.user.pw_uid, "group": self.hall.user.pw_gid, "extra_groups": []}

    def _run(self, *words):
        done = subprocess.run(
            list(map(str, words)), env={**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C.UTF-8"},
            cwd=self.root, capture_output=True, text=True, timeout=60, check=False, **self._as_user())
        if done.returncode != 0:
            raise Failed(f"{words[0]}: {done.stderr}")
        return done.stdout

    def _answers(self):
        if self.process.poll() is not None:
            raise Failed(f"cupsd ended: {self.problems()}")
        done = subprocess.run(["/usr/bin/lpstat", "-h", str(self.socket), "-r"], capture_output=True,
                              text=True, check=False, **self._as_user())
        return "not running" not in done.stdout + done.stderr and done.returncode == 0

    def start(self):
        if shutil.which("cupsd", path="/usr/sbin:/usr/bin") is None:
            raise Failed("cupsd is not installed")
        self.process = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", str(self.root / "cupsd.conf"),
             "-s", str(self.root / "cups-files.conf")],
            cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._as_user())
        wait_until(self._answers, "the print service answers")
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait()
        self.process = None

    def problems(self):
        path = self.root / "error_log"
        return path.read_text()[-2000:] if path.exists() else "it said nothing"

    def printer(self, name, raw=False, policy="stop-printer", title=None):
        folder = self._folder(self.root / "out" / name)
        driver = ["-m", "raw"] if raw else ["-P", self.ppd]
        self._run("/usr/sbin/lpadmin", "-p", name, "-E", "-v", f"capture:{folder}", *driver,
                  "-D", title or name, "-L", "Desk", "-o", f"printer-error-policy={policy}")
        return Printer(self, name, folder)

    def disable(self, name):
        self._run("/usr/sbin/cupsdisable", "-r", "somebody opened it", name)

    def enable(self, name):
        self._run("/usr/sbin/cupsenable", name)

    def environment(self):
        return {"CUPS_SERVER": str(self.socket)}
