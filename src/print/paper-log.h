/* paper-log.h: everything so far on paper, so that a race can be finished by hand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/log-entry.h"
#include "core/settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* @entries has ConcLogEntry, by time. */
gboolean conc_paper_log_write (GPtrArray     *entries,
                               ConcSettings  *settings,
                               gint64         as_of_usec,
                               GOutputStream *stream,
                               GError       **error);

G_END_DECLS
