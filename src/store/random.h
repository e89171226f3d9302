/* random.h: random keys and names. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_KEY_BYTES 32

GBytes *conc_random_key (GError **error);
char   *conc_random_id (guint n_chars, GError **error);

G_END_DECLS
