/* event-laps.h: how many laps each event has, where that is not the same for all. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_LAPS_MAX 100

typedef struct _ConcEventLaps ConcEventLaps;

ConcEventLaps *conc_event_laps_parse (const char *text, GError **error);
ConcEventLaps *conc_event_laps_ref (ConcEventLaps *laps);
void           conc_event_laps_unref (ConcEventLaps *laps);
const char    *conc_event_laps_get_text (const ConcEventLaps *laps);
guint          conc_event_laps_find (const ConcEventLaps *laps, const char *event);
guint          conc_event_laps_get_most (const ConcEventLaps *laps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcEventLaps, conc_event_laps_unref)

G_END_DECLS
