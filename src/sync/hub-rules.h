/* hub-rules.h: who may do what at a hub, as SQL. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void conc_hub_rules_append (GString *sql, gboolean is_private);

G_END_DECLS
