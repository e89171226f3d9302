# ui.py: checks of the templates: grammar, names for the accessibility bus, text that is translated.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import xml.etree.ElementTree as ET

from common import run

GRAMMAR = "/usr/share/gtk-4.0/gtk4builder.rng"
BUTTONS = {"GtkButton", "GtkToggleButton", "GtkMenuButton", "GtkLinkButton", "AdwSplitButton"}
ENTRIES = {
    "GtkEntry", "GtkSearchEntry", "GtkText", "GtkTextView", "GtkPasswordEntry", "GtkSpinButton",
    "GtkDropDown", "GtkComboBoxText", "GtkSwitch", "GtkScale",
}
TITLED = {"AdwEntryRow", "AdwPasswordEntryRow", "AdwActionRow", "AdwComboRow", "AdwExpanderRow"}
SPOKEN = {
    "label", "title", "tooltip-text", "subtitle", "placeholder-text", "description", "heading",
    "body", "text", "button-label",
}


def templates(tree):
    return tree.match(".ui", under=("ui/", "src/"))


def class_of(node):
    return node.get("parent") if node.tag == "template" else node.get("class")


def name_of(node):
    return node.get("id") or node.get("class") or "?"


def properties(node):
    """What sets a property of NODE itself: property or binding elements, by name."""
    return {
        child.get("name").replace("_", "-"): child
        for child in node
        if child.tag in ("property", "binding")
    }


def has_name(node):
    """Whether NODE gives the accessibility bus a name of its own."""
    for part in node.findall("accessibility"):
        for child in part:
            if child.get("name") in ("label", "labelled-by", "labelled_by"):
                return True
    return False


def content_of(node):
    """The classes of the widgets inside the button NODE, without those of its menu."""
    for child in node:
        if child.tag == "child" or child.tag == "property" and child.get("name") == "child":
            yield from (class_of(inner) for inner in child.iter("object"))


def shows_only_an_icon(node):
    own = properties(node)
    if "label" in own:
        return False
    content = list(content_of(node))
    if "icon-name" in own or class_of(node) == "GtkMenuButton" and not content:
        return True
    return "GtkImage" in content and not {"GtkLabel", "AdwButtonContent"} & set(content)


def check_grammar(tree):
    """every template follows the grammar of GtkBuilder"""
    files = templates(tree)
    if not files:
        return []
    words = run(tree, ["xmllint", "--noout", "--relaxng", GRAMMAR], files)
    return [word for word in words if not word.endswith(" validates")]


def check_accessible(tree):
    """every button and entry of a template has a name for the accessibility bus"""
    for path in templates(tree):
        root = ET.parse(tree.root / path).getroot()
        labelled = {
            child.text for child in root.iter("property") if child.get("name") == "mnemonic-widget"
        }
        for node in root.iter("object"):
            kind = class_of(node)
            if kind in BUTTONS and shows_only_an_icon(node) and not has_name(node):
                yield f"{path}: {kind} {name_of(node)} shows only an icon and has no accessible label"
            if kind in ENTRIES and not has_name(node) and node.get("id", "?") not in labelled:
                yield f"{path}: {kind} {name_of(node)} has no accessible label"
            if kind in TITLED and "title" not in properties(node):
                yield f"{path}: {kind} {name_of(node)} has no title"


def check_translatable(tree):
    """all text of a template is marked for translation, or marked as not to be"""
    for path in templates(tree):
        for node in ET.parse(tree.root / path).getroot().iter():
            if node.tag not in ("property", "attribute") or node.get("name") not in SPOKEN:
                continue
            text = (node.text or "").strip()
            if re.search(r"[^\W\d_]", text) and node.get("translatable") is None:
                yield f'{path}: "{text}" ({node.get("name")}) is not marked translatable'


def check_classes(tree):
    """a template carries the name of its class, is in the resource list and is built by a test"""
    lists = " ".join(tree.text(p) for p in tree.match(".gresource.xml"))
    built = " ".join(tree.text(p) for p in tree.match("test-templates.c"))
    for path in templates(tree):
        root = ET.parse(tree.root / path).getroot()
        if path.name not in lists:
            yield f"{path}: in no resource list"
        for node in root.iter("template"):
            plain = "conc" + path.stem.replace("-", "")
            if node.get("class", "").lower() != plain:
                yield f"{path}: its class is {node.get('class')}"
            if f'"{path.stem}"' not in built:
                yield f"{path}: test-templates.c does not build it"
