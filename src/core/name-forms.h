/* name-forms.h: other spellings and other forms of a name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *conc_name_forms (const char *word);
char     **conc_name_spellings (const char *word);
char      *conc_name_spell_out (const char *text);

G_END_DECLS
