/* recent.h: the runners who were checked in last. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

void conc_recent_load (GListStore *recent, ConcSession *session);
void conc_recent_update (GListStore *recent, ConcSession *session, char **subjects);

G_END_DECLS
