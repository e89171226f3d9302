/* world-best.h: the fastest times that were ever run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/field.h"

G_BEGIN_DECLS

gint64 conc_world_best_usec (gint64 distance_mm, ConcSex sex);

G_END_DECLS
