/* hub-config.h: how the private server of a hub is set up. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/hub-server.h"

G_BEGIN_DECLS

gboolean conc_hub_config_write (const ConcHubServer *server, guint port, GError **error);
gboolean conc_hub_config_write_secret (const char *folder,
                                       const char *name,
                                       const char *text,
                                       GError    **error);

G_END_DECLS
