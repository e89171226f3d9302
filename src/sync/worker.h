/* worker.h: the thread that exchanges facts with the hub, whenever it can. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "store/race-file.h"
#include "sync/error.h"
#include "sync/peers.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_SYNC_ALONE,      /* no hub: one laptop, nothing to share */
  CONC_SYNC_CONNECTING, /* not yet, or not any more */
  CONC_SYNC_WORKING,    /* connected */
  CONC_SYNC_REFUSED     /* the hub refuses this station: somebody must act */
} ConcSyncState;

typedef struct
{
  ConcSyncState state;
  gint64        n_waiting;          /* entries of this station that the hub has not yet */
  gint64        waiting_since_usec; /* when the oldest of them was made; -1 without */
  gint64        n_refused;          /* entries that the hub refused; kept here */
  gint64        n_newer;            /* entries at the hub that only a newer version reads */
  gint64        heard_usec;         /* when the hub last answered, wall clock; -1 never */
  gint64        offset_usec;        /* this clock less the hub's */
  gint64        offset_error_usec;  /* half the width of what is known; -1: nothing */
  char         *problem;            /* a sentence, or NULL */
  GPtrArray    *peers;              /* element-type ConcPeer */
} ConcSyncStatus;

ConcSyncStatus *conc_sync_status_ref (ConcSyncStatus *status);
void            conc_sync_status_unref (ConcSyncStatus *status);
char           *conc_sync_describe_newer (gint64 n_newer);
char *conc_sync_status_to_text (const ConcSyncStatus *status, const char *self, GTimeZone *zone);
char *
conc_sync_status_to_short_text (const ConcSyncStatus *status, const char *self, GTimeZone *zone);
gboolean conc_sync_status_has_silent (const ConcSyncStatus *status, const char *self);

/* One exchange, waiting: pushes all, pulls all. For scripts, tests and "sync --once". */
typedef struct
{
  gint64 n_sent;
  gint64 n_received;
  gint64 n_newer; /* at the hub and not read, because a newer version wrote them */
} ConcExchanged;

gboolean conc_sync_once (ConcRaceFile  *file,
                         GCancellable  *cancellable,
                         ConcExchanged *ret_exchanged,
                         GError       **error);

#define CONC_TYPE_SYNC_WORKER (conc_sync_worker_get_type ())
G_DECLARE_FINAL_TYPE (ConcSyncWorker, conc_sync_worker, CONC, SYNC_WORKER, GObject)

/* Signal "status" on the main context of the thread that made it, at most ten times a second;
 * conc_sync_worker_get_status() then has the new one. */
ConcSyncWorker *conc_sync_worker_new (ConcRaceFile *file);
ConcSyncStatus *conc_sync_worker_get_status (ConcSyncWorker *worker);
void            conc_sync_worker_wake (ConcSyncWorker *worker);
void            conc_sync_worker_stop (ConcSyncWorker *worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcSyncStatus, conc_sync_status_unref)

G_END_DECLS
