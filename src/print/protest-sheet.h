/* protest-sheet.h: a paper on which a protest about one runner is decided. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/protest.h"
#include "core/settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean conc_protest_sheet_write (const ConcProtest *protest,
                                   ConcSettings      *settings,
                                   gint64             as_of_usec,
                                   GOutputStream     *stream,
                                   GError           **error);

G_END_DECLS
