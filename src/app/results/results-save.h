/* results-save.h: writes the results to a file on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/background.h"
#include "print/results-export.h"

G_BEGIN_DECLS

void conc_results_save (GObject          *owner,
                        const char       *race_path,
                        GFile            *file,
                        ConcResultsFormat format,
                        gint64            as_of_usec,
                        ConcWorkDone      done);

G_END_DECLS
