/* target.h: where the hub of a race file is, and how this station gets in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"
#include "sync/link.h"

G_BEGIN_DECLS

#define CONC_HUB_DATABASE "race"
#define CONC_HUB_VERSION 1
/* How the laptop that hosts the hub reaches it. */
#define CONC_HUB_OWN_HOST "127.0.0.1"

typedef struct
{
  ConcLinkTarget link;

  /* what it points to */
  char *host;
  char *user;
  char *password;
  char *certificate;
  char *url;
} ConcTarget;

gboolean conc_target_load (ConcTarget   *target,
                           ConcRaceFile *file,
                           const char   *address,
                           const char   *login,
                           GError      **error);
void     conc_target_clear (ConcTarget *target);
char    *conc_target_get_user (const char *station);
char    *conc_target_make_password (void);
gboolean conc_target_split_address (const char *address, char **ret_host, guint *ret_port);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcTarget, conc_target_clear)

G_END_DECLS
