/* share.h: what an open race shares with other laptops: the exchange, and work on its file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/background.h"
#include "core/role.h"
#include "sync/worker.h"

G_BEGIN_DECLS

/* Properties, which notify when they change: "text" and "short-text" (strings: how the exchange
 * goes), "icon-name" (a shape for it), "state" (guint: a ConcSyncState). Signal "status": something
 * of conc_share_get_status() is new, also what no property tells. All on the main loop. */
#define CONC_TYPE_SHARE (conc_share_get_type ())
G_DECLARE_FINAL_TYPE (ConcShare, conc_share, CONC, SHARE, GObject)

ConcShare      *conc_share_new (ConcRaceFile *file);
ConcRaceFile   *conc_share_get_file (ConcShare *share);
ConcSyncStatus *conc_share_get_status (ConcShare *share);
ConcRole        conc_share_get_role (ConcShare *share);
void            conc_share_wake (ConcShare *share);

/* As conc_background_run(), for work on the file itself, which stays open until the work is done.
 */
void conc_share_run (ConcShare     *share,
                     GObject       *owner,
                     ConcWork       work,
                     gpointer       data,
                     GDestroyNotify free_data,
                     ConcWorkDone   done);

/* Ends the exchange, waits for work that runs, and closes the file, all without waiting here. */
void conc_share_close (ConcShare *share);
/* Waits until no file at @path is being closed. Any thread but that of the main loop. */
void conc_share_wait_closed (const char *path);

G_END_DECLS
