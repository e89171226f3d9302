# tools.py: checks that other programs make: shell, Python, desktop files, icons, settings, man pages.
# SPDX-License-Identifier: GPL-3.0-or-later
from common import run


def shell_files(tree):
    for path in tree.paths:
        if path.suffix == ".sh":
            yield path
        elif path.suffix == "" and tree.is_text(path):
            first = tree.text(path).partition("\n")[0]
            if first.startswith("#!") and first.endswith(("bash", "/sh")):
                yield path


def check_shell(tree):
    """shellcheck finds nothing in the shell scripts"""
    # SC2317: version 0.9 takes functions that only a trap calls for unreachable.
    files = list(shell_files(tree))
    return run(tree, ["shellcheck", "-x", "-e", "SC2317,SC1091"], files) if files else []


def check_python(tree):
    """the Python files compile"""
    for path in tree.match(".py"):
        try:
            compile(tree.text(path), str(path), "exec")
        except SyntaxError as error:
            yield f"{path}:{error.lineno}: {error.msg}"


def check_xml(tree):
    """icons, templates and the like are well-formed XML"""
    files = tree.match(".svg", ".xml", ".ui", ".xml.in")
    return run(tree, ["xmllint", "--noout", "--nonet"], files) if files else []


def check_desktop(tree):
    """the desktop file is valid"""
    # The ".in" is only for translation and valid by itself, but the tool insists on the ending.
    for path in tree.match(".desktop.in", under=("data/",)):
        plain = str(path).removesuffix(".in")
        command = 'd=$(mktemp -d); trap "rm -r \\"$d\\"" EXIT; cp "$0" "$d/$1"; '
        command += 'desktop-file-validate "$d/$1"'
        yield from run(tree, ["sh", "-c", command], [path, plain.rpartition("/")[2]])


def check_appstream(tree):
    """the description for software centers is valid"""
    for path in tree.match(".metainfo.xml.in", under=("data/",)):
        plain = str(path).removesuffix(".in").rpartition("/")[2]
        command = 'd=$(mktemp -d); trap "rm -r \\"$d\\"" EXIT; cp "$0" "$d/$1"; '
        command += 'appstreamcli validate --no-net --no-color "$d/$1"'
        yield from run(tree, ["sh", "-c", command], [path, plain])


def check_settings(tree):
    """the settings schema compiles"""
    folders = {p.parent for p in tree.match(".gschema.xml")}
    for folder in sorted(folders):
        yield from run(tree, ["glib-compile-schemas", "--strict", "--dry-run"], [folder])


def check_man(tree):
    """the man pages have no formatting error"""
    for path in tree.match(".1", ".5", ".1.in"):
        # groff tells of errors on standard error and succeeds all the same.
        command = 'out=$(groff -man -Tutf8 -ww -z "$0" 2>&1); printf %s "$out"; test -z "$out"'
        yield from run(tree, ["sh", "-c", command], [path])
