# common.py: what every check shares: the files of the tree and the way a problem is told.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import shutil
import subprocess
from pathlib import Path

# Folders that hold nothing a person wrote.
SKIPPED = {".git", "tour", "__pycache__", "node_modules"}


class Tree:
    """The source tree below ROOT, read once."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.paths = sorted(self._walk())

    def _walk(self):
        for folder, names, files in os.walk(self.root):
            names[:] = [n for n in names if n not in SKIPPED and not n.startswith("_build")]
            for name in files:
                yield (Path(folder) / name).relative_to(self.root)

    def match(self, *suffixes, under=("",)):
        """The relative paths that end in one of SUFFIXES below one of the folders UNDER."""
        return [
            p
            for p in self.paths
            if str(p).endswith(suffixes) and any(str(p).startswith(u) for u in under)
        ]

    def c_files(self, *under):
        return self.match(".c", ".cc", ".h", under=under or ("src/", "tests/", "bench/"))

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def is_text(self, path):
        with open(self.root / path, "rb") as file:
            return b"\0" not in file.read(8192)

    def exists(self, path):
        return (self.root / path).exists()


def run(tree, command, paths=()):
    """Run a tool on PATHS in the tree; its words, line by line, when it is not content.

    A tool that is not installed is a problem: a check that silently does nothing is none."""
    if shutil.which(command[0]) is None:
        return [f"{command[0]} is not installed"]
    done = subprocess.run(
        [*command, *map(str, paths)],
        cwd=tree.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return []
    return done.stdout.splitlines() or [f"{command[0]} failed with status {done.returncode}"]
