# text.py: checks of words and translations: leftovers, paths of a machine, POTFILES.in, tests' names.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
from pathlib import Path

from common import run

# Written in halves, so that this file does not find itself.
LEFTOVERS = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + r"CK)\b")
HOMES = re.compile(r"(?<![\w.])/(home|Users|root)/[A-Za-z]")
MARKED = re.compile(r'(?<![\w])(_|N_|C_|Q_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(')
# What is in parentheses up to a macro that only the compiler knows.
CUT = re.compile(r'\b(?:_|N_|ngettext)\s*\((?:[^()";]|"(?:\\.|[^"\\])*")*?\b(G_G\w+_FORMAT)\b')
NOT_PROSE = (".csv", ".pdf", ".png", ".race", ".db", ".svg", "LICENSE")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def prose(tree):
    for path in tree.paths:
        if not str(path).endswith(NOT_PROSE) and tree.is_text(path):
            yield path


def check_words(tree):
    """nothing is left for later in a comment"""
    for path in prose(tree):
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if LEFTOVERS.search(line):
                yield f"{path}:{number}: {line.strip()}"


def check_paths(tree):
    """no file names a path of one machine"""
    own = [re.escape(str(tree.root))] if len(tree.root.parts) > 2 else []
    own += [re.escape(str(Path.home()) + "/")] if len(Path.home().parts) > 1 else []
    pattern = re.compile("|".join([HOMES.pattern, *(rf"(?<![\w.]){o}\b" for o in own)]))
    for path in prose(tree):
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if pattern.search(line):
                yield f"{path}:{number}: {line.strip()}"


def check_spelling(tree):
    """the words are spelled right"""
    ignore = tree.root / "tests/lint/words.txt"
    option = ["--ignore-words", str(ignore)] if ignore.exists() else []
    # The fixtures of selftest.sh hold mistakes on purpose and are made while it runs.
    return run(tree, ["codespell", "--quiet-level=3", *option], list(prose(tree)))


def translatable(tree):
    """The files that hold text for translators, as POTFILES.in should list them."""
    for path in tree.match(".c", under=("src/",)):
        if MARKED.search(COMMENT.sub("", tree.text(path))):
            yield path
    for path in tree.match(".ui", under=("ui/", "src/")):
        if 'translatable="yes"' in tree.text(path):
            yield path
    yield from tree.match(".desktop.in", ".metainfo.xml.in", under=("data/",))
    for path in tree.match(".gschema.xml", under=("data/",)):
        if "<summary>" in tree.text(path):
            yield path


def listed(tree):
    if not tree.exists("po/POTFILES.in"):
        return []
    lines = tree.text("po/POTFILES.in").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def write_potfiles(tree):
    lines = sorted(map(str, translatable(tree)))
    head = "# The files with text to translate; ./dev format renews this list.\n"
    (tree.root / "po/POTFILES.in").write_text(head + "".join(f"{line}\n" for line in lines))


def check_potfiles(tree):
    """po/POTFILES.in lists the files with text to translate, and no other"""
    want, have = set(map(str, translatable(tree))), listed(tree)
    for path in sorted(want - set(have)):
        yield f"po/POTFILES.in: {path} is missing (./dev format adds it)"
    for path in sorted(set(have) - want):
        yield f"po/POTFILES.in: {path} has nothing to translate or does not exist"
    if len(have) != len(set(have)):
        yield "po/POTFILES.in: a file is listed twice"


def check_pot(tree):
    """xgettext has no doubt about a message"""
    if not tree.exists("po/POTFILES.in"):
        return []
    keywords = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]
    command = ["xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES.in", "-o", "/dev/null"]
    command += [f"--keyword={word}" for word in keywords]
    # Doubts are told on standard error and xgettext succeeds all the same.
    shell = ["sh", "-c", 'out=$("$0" "$@" 2>&1); printf %s "$out"; test -z "$out"', *command]
    return run(tree, ["xgettext", "--version"]) or run(tree, shell)


def check_whole(tree):
    """a text for translators is one text in the source"""
    for path in tree.match(".c", under=("src/",)):
        text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), tree.text(path))
        for match in CUT.finditer(text):
            line = text.count("\n", 0, match.end()) + 1
            yield f"{path}:{line}: xgettext stops at {match[1]}; PRId64 and its like, or %s, do not cut"


def check_translations(tree):
    """the translations that there are compile"""
    lines = tree.text("po/LINGUAS").splitlines() if tree.exists("po/LINGUAS") else []
    for name in " ".join(line.partition("#")[0] for line in lines).split():
        yield from run(tree, ["msgfmt", "--check", "-o", "/dev/null", f"po/{name}.po"])


def check_tests(tree):
    """no two tests have one name"""
    seen = {}
    for path in tree.match("meson.build", under=("tests/", "bench/")):
        for name in re.findall(r"^\s*(?:test|benchmark)\s*\(\s*'([^']+)'", tree.text(path), re.M):
            if name in seen:
                yield f"{path}: a test is called {name} here and in {seen[name]}"
            seen[name] = path
