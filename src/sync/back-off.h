/* back-off.h: how long to wait before the hub is tried again. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_BACK_OFF_FIRST_MSEC 250
#define CONC_BACK_OFF_MAX_MSEC 4000

guint conc_back_off_next (guint *step_msec, GRand *random);

G_END_DECLS
