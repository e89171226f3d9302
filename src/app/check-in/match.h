/* match.h: a runner as the check-in desk sees one, for lists and templates. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONC_TYPE_MATCH (conc_match_get_type ())
G_DECLARE_FINAL_TYPE (ConcMatch, conc_match, CONC, MATCH, GObject)

ConcMatch        *conc_match_new (ConcRunner *runner, GTimeZone *zone);
void              conc_match_set_tell_apart (ConcMatch *self, const char *text);
const ConcRunner *conc_match_get_runner (ConcMatch *self);
const char       *conc_match_get_id (ConcMatch *self);
const char       *conc_match_get_name (ConcMatch *self);
gboolean          conc_match_get_checked_in (ConcMatch *self);
gint64            conc_match_get_checked_in_usec (ConcMatch *self);
char             *conc_match_dup_summary (ConcMatch *self);

G_END_DECLS
