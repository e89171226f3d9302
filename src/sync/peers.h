/* peers.h: the stations of a race as the hub last heard them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "store/reader.h"

G_BEGIN_DECLS

typedef struct
{
  char    *id;
  char    *name;
  ConcRole role;
  gint64   heard_usec_ago;    /* by the hub's clock; -1: never */
  gint64   n_waiting;         /* its entries that the hub has not yet */
  gint64   n_refused;         /* its entries that the hub refuses */
  gint64   offset_usec;       /* its clock less the hub's */
  gint64   offset_error_usec; /* -1: not known */
  gint64   battery_percent;   /* -1: not known, or no battery */
  gint64   disk_free_mb;      /* -1: not known */
  char    *version;
  char    *addresses; /* separated by spaces */
  char    *run;       /* changes each time the program is started */
} ConcPeer;

/* @status: what the station said of itself, or NULL; nothing in it is trusted. */
ConcPeer *conc_peer_new (const char *id,
                         const char *name,
                         const char *role,
                         const char *status,
                         gint64      heard_usec_ago);
ConcPeer *conc_peer_copy (const ConcPeer *peer);
void      conc_peer_free (ConcPeer *peer);

/* What this station says of itself: a flat JSON object. Transfer full. */
char *conc_peer_to_status (const ConcPeer *self);

/* Battery, disk and addresses of this computer; reads files, so not on the main loop. */
void conc_peer_measure (ConcPeer *self, const char *race_path);

G_END_DECLS
