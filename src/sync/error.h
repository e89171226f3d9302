/* error.h: the error domain of the sync layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_SYNC_ERROR (conc_sync_error_quark ())

typedef enum
{
  CONC_SYNC_ERROR_FAILED,      /* anything else; the sentence tells */
  CONC_SYNC_ERROR_MISSING,     /* a program that is needed is not installed */
  CONC_SYNC_ERROR_UNREACHABLE, /* the hub does not answer; everything is kept and sent later */
  CONC_SYNC_ERROR_REFUSED,     /* the hub answers and refuses this station */
  CONC_SYNC_ERROR_NOT_THE_HUB, /* somebody answers who is not the hub of this race */
  CONC_SYNC_ERROR_INVITATION,  /* the code is wrong, used, revoked or too old */
  CONC_SYNC_ERROR_NEWER,       /* the hub or the pack is of a newer version */
  CONC_SYNC_ERROR_DAMAGED,     /* a pack is damaged; nothing of it was taken */
  CONC_SYNC_ERROR_FOREIGN,     /* a pack, hub or code of another race */
  CONC_SYNC_ERROR_RENAMED,     /* this station has taken a new name: connect again */
  CONC_SYNC_ERROR_NOT_ALLOWED, /* the role of this station does not do that */
  CONC_SYNC_ERROR_LACKING      /* the hub does not have yet what an entry is about */
} ConcSyncError;

GQuark conc_sync_error_quark (void);

G_END_DECLS
