/* runners-export.h: all runners with all fields as a CSV file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/background.h"

G_BEGIN_DECLS

void conc_runners_export (GObject *owner, const char *race_path, GFile *file, ConcWorkDone done);

G_END_DECLS
