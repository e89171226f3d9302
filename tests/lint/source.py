# source.py: checks of the C source: layers, SQL, heads of files, length of functions.
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from common import run

USES = {
    "core": {"core"},
    "store": {"core", "store"},
    "print": {"core", "print"},
    "spool": {"core", "store", "print", "spool"},
    "sync": {"core", "store", "sync"},
    "cli": {"core", "store", "print", "spool", "sync", "cli"},
    "app": {"core", "store", "print", "spool", "sync", "app"},
}

# Foreign headers by the layers that may include them; headers not named here are free.
FOREIGN = [
    (re.compile(r"sqlite3"), {"store"}),
    (re.compile(r"(gtk|gdk|gsk|adwaita|libadwaita)[/.-]"), {"app"}),
    (re.compile(r"(libpq|openssl|sodium)"), {"sync"}),
    (re.compile(r"(qrencode|ZXing)"), {"print"}),
    (re.compile(r"cups"), {"spool"}),
    (re.compile(r"gst/"), {"app"}),
    (re.compile(r"(cairo|pango)"), {"print", "app"}),
    (re.compile(r"(stdio|fcntl|unistd|pthread|glib/gstdio|sys/.*)\.h"), set(USES) - {"core"}),
]

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
SQL = re.compile(
    r"\b(SELECT\s+[\w*(]|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|CREATE\s+(TABLE|INDEX|TRIGGER|VIRTUAL)|PRAGMA\s|BEGIN\s+IMMEDIATE|DROP\s+TABLE)"
)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)

LONG, TOO_LONG = 60, 80


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def layer_of(path):
    parts = path.parts
    return parts[1] if len(parts) > 2 and parts[0] == "src" else None


def check_format(tree):
    """every C file is as clang-format writes it"""
    files = tree.c_files()
    words = run(tree, ["clang-format", "--dry-run", "-Werror"], files) if files else []
    seen = set()
    for word in words:
        path = word.partition(":")[0]
        # The first place of each file is enough: ./dev format mends them all.
        if path not in seen and (word.find(": error:") >= 0 or "installed" in word):
            seen.add(path)
            yield word


def check_layers(tree):
    """a layer includes only what it may use"""
    for path in tree.c_files():
        layer = layer_of(path)
        text = tree.text(path)
        for found in INCLUDE.finditer(text):
            quote, name = found.groups()
            where = f"{path}:{line_of(text, found.start())}"
            if name.startswith("../") or "/../" in name:
                yield f"{where}: \"{name}\": include with the layer's name, not with a way up"
            if layer is None:
                continue
            if layer not in USES:
                yield f"{where}: src/{layer} is not a layer"
                break
            top = name.split("/")[0]
            if quote == '"' and "/" in name and top in USES and top not in USES[layer]:
                yield f"{where}: {layer} must not use {top}"
            if quote == "<":
                for pattern, layers in FOREIGN:
                    if pattern.match(name) and layer not in layers:
                        yield f"{where}: {layer} must not include <{name}>"


def check_sql(tree):
    """SQL is written in src/store, for the race file, and in src/sync, for the hub, only"""
    for path in tree.c_files("src/"):
        if layer_of(path) in ("store", "sync"):
            continue
        text = tree.text(path)
        for found in STRING.finditer(text):
            if SQL.search(found.group(1)):
                yield f"{path}:{line_of(text, found.start())}: SQL outside src/store and src/sync"


def check_heads(tree):
    """every source file opens with what it does and with its license"""
    for path in tree.c_files() + tree.match(".py", ".sh", ".js", under=("tests/", "bench/", "tools/")):
        lines = tree.text(path).splitlines()[:5]
        if not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in lines):
            yield f"{path}: no SPDX license line at the top"
        if not any(re.match(rf"(/\*|#|//) {re.escape(path.name)}: ", line) for line in lines):
            yield f'{path}: does not open with "{path.name}: what it does."'
        if path.suffix == ".h" and "#pragma once" not in tree.text(path):
            yield f"{path}: no #pragma once"


def bodies(text):
    """(line, count of lines) of every function body: brace in the first column to brace there."""
    start = None
    for number, line in enumerate(text.splitlines(), 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, number - start - 1
            start = None


def check_length(tree):
    """no function is longer than a screen and a half"""
    for path in tree.c_files():
        if path.suffix != ".h":
            for line, count in bodies(tree.text(path)):
                if count > TOO_LONG:
                    yield f"{path}:{line}: a function of {count} lines; {TOO_LONG} at most"


def notes_length(tree):
    """The functions that are long, but not too long: told, and no failure."""
    for path in tree.c_files():
        if path.suffix != ".h":
            for line, count in bodies(tree.text(path)):
                if LONG < count <= TOO_LONG:
                    yield f"{path}:{line}: a function of {count} lines"


def check_listed(tree):
    """every C file is named in a meson.build"""
    named = " ".join(tree.text(p) for p in tree.match("meson.build"))
    for path in tree.c_files():
        stem = path.stem
        if path.suffix != ".h" and not re.search(rf"\b{re.escape(stem)}\b", named):
            yield f"{path}: in no meson.build"


def check_locale(tree):
    """every test program takes the locale of the pass that runs it"""
    taken = re.compile(r'setlocale \(LC_ALL, ""\)|(gtk|adw)_(test_)?init \(')
    for path in tree.match(".c", under=("tests/",)):
        text = tree.text(path)
        if "g_test_init (" in text and not taken.search(text):
            yield f'{path}: no setlocale (LC_ALL, "") before g_test_init'


def check_names(tree):
    """public functions carry the project's prefix"""
    definition = re.compile(r"^(\w+) \([^;{}]*?\)\n\{", re.M)
    for path in tree.c_files("src/"):
        if path.suffix == ".h":
            continue
        text = COMMENT.sub(lambda m: "\n" * m.group().count("\n"), tree.text(path))
        lines = text.splitlines()
        for found in definition.finditer(text):
            line = line_of(text, found.start())
            before = lines[line - 2] if line > 1 else ""
            static = "static" in before or found.group(1) == "main" or found.group(1).isupper()
            if not static and not re.match(r"_?conc_", found.group(1)):
                yield f"{path}:{line}: {found.group(1)} is public and has no conc_ prefix"
