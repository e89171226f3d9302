/* hub.h: the server that the stations of a race exchange their facts through. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "store/race-file.h"
#include "sync/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONC_HUB_DEFAULT_PORT 47815

typedef struct
{
  gboolean is_installed; /* PostgreSQL is here */
  gboolean is_made;      /* this computer has a hub of this race */
  gboolean is_running;
  guint    port;
  char   **addresses; /* where others reach it */
  char    *folder;
  char    *problem; /* a sentence, or NULL */
} ConcHubStatus;

void conc_hub_status_clear (ConcHubStatus *status);

/* All of these wait for programs and disks: a worker or a script, never the main loop. The race
 * is open for writing by this program and its role is organizer. */

/* Makes the hub when there is none, starts it, and lets this station in. @port 0: the usual one
 * or the next that is free. @server: a postgresql:// address instead of a private server. */
gboolean conc_hub_start (ConcRaceFile *file,
                         const char   *server,
                         guint         port,
                         GCancellable *cancellable,
                         GError      **error);
gboolean conc_hub_stop (ConcRaceFile *file, GError **error);

/* Starts the hub again if this computer hosted it and nobody stopped it: after a crash or reboot.
 */
void     conc_hub_revive (ConcRaceFile *file, GCancellable *cancellable);
gboolean conc_hub_get_status (const char *race_id, ConcHubStatus *ret_status, GError **error);

/* An invitation sets up one station in one role, once, until it expires. */
typedef struct
{
  char  *code; /* as people type it */
  char  *url;  /* for a QR code */
  gint64 expires_usec;
} ConcInvitation;

void     conc_invitation_clear (ConcInvitation *invitation);
gboolean conc_hub_invite (ConcRaceFile   *file,
                          ConcRole        role,
                          guint           minutes,
                          ConcInvitation *ret_invitation,
                          GError        **error);

/* @name: a station's id or name, or an invitation's code. */
gboolean conc_hub_revoke (ConcRaceFile *file, const char *name, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcHubStatus, conc_hub_status_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcInvitation, conc_invitation_clear)

G_END_DECLS
