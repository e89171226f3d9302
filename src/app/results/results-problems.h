/* results-problems.h: what must be settled before results are final, as sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"
#include "store/reader.h"

G_BEGIN_DECLS

char **conc_results_problems (ConcScoreboard   *board,
                              const ConcCounts *counts,
                              guint             limit,
                              GArray           *bibs,
                              guint            *ret_n_problems);

G_END_DECLS
