/* hub-server.h: the private PostgreSQL server of a hub: made, started, stopped. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONC_HUB_ADMIN "hub"

/* @port 0: the one it had, the usual one, or the next that is free. */
typedef struct
{
  const char *race_id;
  const char *key;         /* PEM */
  const char *certificate; /* PEM */
  guint       port;
} ConcHubServer;

gboolean conc_hub_server_start (const ConcHubServer *server,
                                guint               *ret_port,
                                GCancellable        *cancellable,
                                GError             **error);
gboolean conc_hub_server_stop (const char *race_id, GError **error);
gboolean conc_hub_server_has_fallen (const char *race_id);
gboolean conc_hub_server_is_running (const char *race_id, guint *ret_port);
char    *conc_hub_server_get_folder (const char *race_id);
char    *conc_hub_server_get_data (const char *race_id);
char    *conc_hub_server_dup_password (const char *race_id, GError **error);

G_END_DECLS
