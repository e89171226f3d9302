/* local-zone.h: the time zone of this computer, by name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *conc_dup_local_zone (void);

G_END_DECLS
