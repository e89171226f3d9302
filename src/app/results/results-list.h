/* results-list.h: one list of the scoreboard as a list model that changes as little as it must. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"

#include <gio/gio.h>

G_BEGIN_DECLS

void conc_results_list_update (GListStore *store, ConcScoreboard *board, int list);

G_END_DECLS
