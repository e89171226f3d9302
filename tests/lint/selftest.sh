#!/usr/bin/env bash
# selftest.sh: prove that every check of lint.py fails on a planted mistake and passes without it.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail

lint=$(dirname "$(readlink -f "$0")")/lint.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0
failed=0
planted=''

result () { # STATUS NAME
  count=$((count + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $count lint self-test/$2"
  else
    failed=$((failed + 1))
    echo "not ok $count lint self-test/$2"
    sed 's/^/# /' "$work/said"
  fi
}

lint_here () { # CHECK
  "$lint" --root "$work/tree" "$1" >"$work/said" 2>&1
}

fresh () {
  rm -rf "$work/tree"
  mkdir -p "$work/tree"
}

put () { # PATH, the text on standard input
  mkdir -p "$work/tree/$(dirname "$1")"
  cat >"$work/tree/$1"
}

# What is on standard input, as the file PATH, must be refused by CHECK; the words in SAYS are why.
refuses () { # CHECK NAME PATH SAYS
  local status=0
  put "$3"
  if lint_here "$1" || ! grep -q -- "$4" "$work/said" || grep -q 'the check broke' "$work/said"; then
    status=1
  fi
  result "$status" "$1 refuses $2"
  planted="$planted $1 "
  fresh
}

accepts () { # CHECK NAME PATH
  local status=0
  put "$3"
  lint_here "$1" || status=1
  result "$status" "$1 accepts $2"
  fresh
}

interface () { # BODY
  printf '<?xml version="1.0" encoding="UTF-8"?>\n<interface>\n%s\n</interface>\n' "$1"
}

fresh
refuses format "code not formatted" src/core/a.c "src/core/a.c:1" <<<'int a(void){return 1;}'
accepts format "formatted code" src/core/a.c <<<'int a;'

refuses layers "the store in the core" src/core/a.c "core must not use store" <<<'#include "store/race-file.h"'
refuses layers "the app in the tool" src/cli/a.c "cli must not use app" <<<'#include "app/window.h"'
refuses layers "SQLite outside the store" src/app/a.c "app must not include <sqlite3.h>" <<<'#include <sqlite3.h>'
refuses layers "GTK outside the app" src/cli/a.c "cli must not include <gtk/gtk.h>" <<<'#include <gtk/gtk.h>'
refuses layers "files in the core" src/core/a.c "core must not include <stdio.h>" <<<'#include <stdio.h>'
refuses layers "the decoder in the app" src/app/a.cc "app must not include <ZXing" <<<'#include <ZXing/ReadBarcode.h>'
refuses layers "a way up" src/cli/a.c "not with a way up" <<<'#include "../core/runner.h"'
accepts layers "the core in the store" src/store/a.c <<<'#include "core/runner.h"'

refuses sql "SQL in the app" src/app/a.c "SQL outside" <<<'const char *a = "SELECT bib FROM runner";'
accepts sql "words that SQL uses too" src/app/a.c <<<'const char *a = "Select a runner from the list";'
accepts sql "SQL in the store" src/store/a.c <<<'const char *a = "SELECT bib FROM runner";'
accepts sql "SQL of the hub" src/sync/a.c <<<'const char *a = "SELECT hub.known ()";'

refuses heads "a file without a head" src/core/a.c "no SPDX" <<<'int a;'
refuses heads "a header that can be read twice" src/core/a.h "no #pragma once" <<'END'
/* a.h: the letter. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
END
accepts heads "a file with a head" src/core/a.c <<'END'
/* a.c: the letter. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
END

refuses length "a function of 90 lines" src/core/a.c "90 lines" < <(
  printf 'void\na (void)\n{\n'
  for ((i = 0; i < 90; i++)); do echo '  b ();'; done
  printf '}\n'
)
accepts length "a function of one line" src/core/a.c < <(printf 'void\na (void)\n{\n  b ();\n}\n')

refuses listed "a file that is not built" src/core/a.c "in no meson.build" <<<'int a;'
put src/core/meson.build <<<"files('a.c')"
accepts listed "a file that is built" src/core/a.c <<<'int a;'

refuses names "a public function without prefix" src/core/a.c "no conc_ prefix" < <(
  printf 'int\nlap_count (void)\n{\n}\n'
)
accepts names "static and prefixed functions" src/core/a.c < <(
  printf 'static int\nlap_count (void)\n{\n}\n\nint\nconc_lap (void)\n{\n}\n'
)

refuses locale "a test that knows one language" tests/core/test-a.c "no setlocale" \
  <<<'int main (void) { g_test_init (&argc, &argv, NULL); }'
accepts locale "a test that asks for the language" tests/core/test-a.c \
  <<<'int main (void) { setlocale (LC_ALL, ""); g_test_init (&argc, &argv, NULL); }'

refuses words "a word of postponement" src/core/a.c "a.c:1" <<<"/* TO""DO: later */"
accepts words "an ordinary comment" src/core/a.c <<<'/* The gun starts the wave. */'

refuses paths "the folder of a person" README.md "README.md:1" <<<"see /ho""me/ann/race"
refuses paths "the folder of the tree" README.md "README.md:1" <<<"see $work/tree/race"
accepts paths "a path of every machine" README.md <<<'see /usr/share/zoneinfo'

refuses spelling "a misspelt word" README.md "README.md:1" <<<"we rec""ieve a gift"
accepts spelling "a well spelt word" README.md <<<'we receive a gift'

refuses potfiles "a file that is not listed" src/app/a.c "is missing" <<<'char *a = _("Gun");'
put po/POTFILES.in <<<'src/app/gone.c'
refuses potfiles "a listed file that is gone" src/app/a.c "has nothing to translate" <<<'int a;'
put po/POTFILES.in <<<'src/app/a.c'
accepts potfiles "a listed file" src/app/a.c <<<'char *a = _("Gun");'

put po/POTFILES.in <<<'src/app/a.c'
# shellcheck disable=SC2016
refuses pot "a message that translators cannot handle" src/app/a.c "warning" \
  <<<'void f (void) { g_printf (_("100 % 5$"), _("a\rb")); }'
put po/POTFILES.in <<<'src/app/a.c'
accepts pot "a plain message" src/app/a.c <<<'char *a = _("Gun");'

refuses whole "a message with a number in the middle of it" src/app/a.c "stops at G_GINT64_FORMAT" \
  <<<$'void f (void) { g_printf (_("entry %s-%"\n G_GINT64_FORMAT " is \\"gone\\""), a, b); }'
accepts whole "numbers of known size" src/app/a.c \
  <<<'void f (void) { g_printf (_("entry %" PRId64), a); g_printf ("%" G_GINT64_FORMAT, _("x")); }'

put po/LINGUAS <<<'de'
refuses translations "a broken translation" po/de.po "de.po" <<<'msgid "a'

refuses tests "two tests of one name" tests/core/meson.build "a test is called a" \
  <<<$'test(\'a\', b)\ntest(\'a\', c)'
accepts tests "two tests of two names" tests/core/meson.build <<<$'test(\'a\', b)\ntest(\'b\', c)'

refuses grammar "an unknown element" ui/a.ui "ui/a.ui" < <(interface '<widget class="GtkBox"/>')
accepts grammar "a template of libadwaita" ui/a.ui < <(interface '<requires lib="gtk" version="4.8"/>
<template class="ConcA" parent="AdwBin"><property name="child"><object class="GtkBox">
<style><class name="card"/></style><accessibility><property name="label" translatable="yes">A</property></accessibility>
<binding name="visible"><lookup name="b">ConcA</lookup></binding>
<child type="start"><object class="GtkLabel"><attributes><attribute name="weight" value="bold"/></attributes></object></child>
</object></property></template>')

refuses accessible "an icon without a name" ui/a.ui "shows only an icon" < <(
  interface '<object class="GtkButton"><property name="icon-name">edit-undo-symbolic</property></object>'
)
refuses accessible "an image without a name" ui/a.ui "shows only an icon" < <(
  interface '<object class="GtkButton"><child><object class="GtkImage"/></child></object>'
)
refuses accessible "an entry without a name" ui/a.ui "no accessible label" < <(
  interface '<object class="GtkEntry" id="bib"/>'
)
refuses accessible "a row without a title" ui/a.ui "no title" < <(interface '<object class="AdwEntryRow"/>')
accepts accessible "named buttons and entries" ui/a.ui < <(interface '<object class="GtkButton">
<property name="icon-name">edit-undo-symbolic</property>
<accessibility><property name="label" translatable="yes">Undo</property></accessibility></object>
<object class="GtkLabel"><property name="mnemonic-widget">bib</property></object>
<object class="GtkEntry" id="bib"/><object class="GtkButton"><property name="label">A</property></object>')

refuses translatable "a label in one language" ui/a.ui "not marked" < <(
  interface '<object class="GtkLabel"><property name="label">Gun</property></object>'
)
accepts translatable "marked, empty and wordless labels" ui/a.ui < <(
  interface '<object class="GtkLabel"><property name="label" translatable="yes">Gun</property></object>
<object class="GtkLabel"><property name="label">0:00</property></object>
<object class="GtkLabel"><property name="label" translatable="no">QR</property></object>'
)

refuses classes "a template of another name" ui/lap-row.ui "its class is" < <(
  interface '<template class="ConcTapRow" parent="GtkBox"/>'
)
put ui/concourse.gresource.xml <<<'<file>lap-row.ui</file>'
refuses classes "a template that no test builds" ui/lap-row.ui "does not build it" < <(
  interface '<template class="ConcLapRow" parent="GtkBox"/>'
)
put ui/concourse.gresource.xml <<<'<file>lap-row.ui</file>'
put tests/app/test-templates.c <<<'{ "lap-row", conc_lap_row_get_type },'
accepts classes "a template of its own name" ui/lap-row.ui < <(
  interface '<template class="ConcLapRow" parent="GtkBox"/>'
)

# shellcheck disable=SC2016
refuses shell "a variable without quotes" a.sh "SC2086" < <(printf '#!/bin/sh\nls $1\n')
accepts shell "a clean script" a.sh < <(printf '#!/bin/sh\nls\n')

refuses python "a syntax error" tests/a.py "a.py:1" <<<'def'
accepts python "a program" tests/a.py <<<'a = 1'

refuses xml "an element that is not closed" data/a.svg "a.svg" <<<'<svg>'
accepts xml "an element that is closed" data/a.svg <<<'<svg/>'

refuses desktop "an unknown key" data/a.desktop.in "a.desktop" <<<$'[Desktop Entry]\nType=Application\nColour=blue'
refuses appstream "a description without a name" data/a.metainfo.xml.in "component-name-missing" \
  <<<'<component type="desktop-application"><id>org.example.A</id></component>'
refuses settings "a key without a default" data/a.gschema.xml "default" \
  <<<'<schemalist><schema id="org.example.a" path="/a/"><key name="b" type="s"/></schema></schemalist>'
refuses man "an unknown request" data/a.1 "warning" <<<$'.TH A 1\n.NOSUCH thing'
accepts man "a small page" data/a.1 <<<$'.TH A 1\n.SH NAME\na \\- b'

status=0
for check in $("$lint" --list); do
  case $planted in
    *" $check "*) ;;
    *) echo "$check has no planted mistake" >"$work/said"; status=1 ;;
  esac
done
result "$status" "every check has a planted mistake"

echo "1..$count"
[ "$failed" -eq 0 ]
