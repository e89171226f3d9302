/* hub-schema.h: makes a database a hub, and brings an older one up to date. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/link.h"

G_BEGIN_DECLS

/* Whose hub it is. @is_private: the server has nothing else in it and is locked down whole. */
typedef struct
{
  const char *race_id;
  const char *race_name;
  gboolean    is_private;
} ConcHubRace;

gboolean conc_hub_schema_apply (ConcLink *link, const ConcHubRace *race, GError **error);

G_END_DECLS
