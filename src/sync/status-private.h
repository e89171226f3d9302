/* status-private.h: makes a status. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/worker.h"

G_BEGIN_DECLS

ConcSyncStatus *conc_sync_status_new (void);
ConcSyncStatus *conc_sync_status_copy (const ConcSyncStatus *status);

G_END_DECLS
