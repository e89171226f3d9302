/* sync-line.h: how the exchange with other laptops goes, at the lower end of the rail. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: "session". */
#define CONC_TYPE_SYNC_LINE (conc_sync_line_get_type ())
G_DECLARE_FINAL_TYPE (ConcSyncLine, conc_sync_line, CONC, SYNC_LINE, AdwBin)

G_END_DECLS
