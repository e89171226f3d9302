/* gun-words.h: what is said of a gun that another station took, and of one that moves. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *conc_gun_describe_difference (gint64 by_usec);
char *conc_gun_describe_change (guint n_times, guint n_places);

G_END_DECLS
