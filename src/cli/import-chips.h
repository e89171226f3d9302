/* import-chips.h: reads which chip is whose from a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/call.h"

G_BEGIN_DECLS

ConcExit conc_import_chips (const char *race, GBytes *bytes, gboolean dry_run, gboolean as_json);

G_END_DECLS
