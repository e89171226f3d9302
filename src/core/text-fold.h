/* text-fold.h: folds text so that a search finds it however it is typed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *conc_text_fold (const char *text);

G_END_DECLS
