/* desk-reader.h: what is to be settled for the runners of a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/desk.h"
#include "store/reader-desk.h"

G_BEGIN_DECLS

/* What the desk knows of the race as it is at one moment; make another when the race has changed.
 */
typedef struct _ConcDeskReader ConcDeskReader;

ConcDeskReader *conc_desk_reader_new (ConcReader *reader, GError **error);
void            conc_desk_reader_free (ConcDeskReader *desk);

/* (element-type ConcDeskItem) */
GPtrArray *conc_desk_reader_list (ConcDeskReader *desk, const ConcRunner *runner, GError **error);
gint64
conc_desk_reader_get_due_cents (ConcDeskReader *desk, const ConcRunner *runner, GError **error);

/* Where most of those who are here run; NULL: nowhere. */
gboolean conc_desk_reader_get_usual_place (ConcDeskReader *desk,
                                           char          **ret_event,
                                           char          **ret_wave,
                                           GError        **error);

/* (element-type ConcShirtCount) */
const GPtrArray    *conc_desk_reader_get_shirts (ConcDeskReader *desk);
const char *const  *conc_desk_reader_get_waves (ConcDeskReader *desk);
const char *const  *conc_desk_reader_get_events (ConcDeskReader *desk);
const ConcSettings *conc_desk_reader_get_settings (ConcDeskReader *desk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcDeskReader, conc_desk_reader_free)

G_END_DECLS
