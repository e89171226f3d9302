/* station-row.h: a station of the race, as coordinators see it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/peers.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "revoke" (string id): an organizer wants to keep the station out, and said so twice. */
#define CONC_TYPE_STATION_ROW (conc_station_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcStationRow, conc_station_row, CONC, STATION_ROW, GtkListBoxRow)

GtkWidget  *conc_station_row_new (const char *id, gboolean is_self);
const char *conc_station_row_get_id (ConcStationRow *row);
void        conc_station_row_show (ConcStationRow *row, const ConcPeer *peer);

/* "0.03 s (± 0.01) behind the hub"; transfer full. */
char *conc_station_dup_clock_words (gint64 offset_usec, gint64 error_usec);

G_END_DECLS
