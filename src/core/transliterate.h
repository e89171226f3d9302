/* transliterate.h: names in Cyrillic and Greek letters as they are written in Latin ones. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char   **conc_transliterate (const char *word);
gboolean conc_is_latin (const char *word);

G_END_DECLS
