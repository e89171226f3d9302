/* link.h: a connection to a hub that never waits longer than it is told. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/error.h"

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* One thread at a time. Every call has a deadline; a link that missed one is dead and is closed. */
typedef struct _ConcLink ConcLink;

typedef struct
{
  const char *host;
  guint       port;
  const char *database;
  const char *user;
  const char *password;
  const char *certificate; /* PEM to trust and nothing else; NULL: channel binding alone */
  const char *url;         /* a given server's address instead of host, port and database; @user
                            * and @password are used when they are not NULL */
  guint timeout_msec;
} ConcLinkTarget;

ConcLink *conc_link_open (const ConcLinkTarget *target, GCancellable *cancellable, GError **error);
void      conc_link_close (ConcLink *link);

/* A NULL result has @error set. Parameters are text; NULL is SQL's NULL. */
PGresult *conc_link_query (ConcLink          *link,
                           guint              timeout_msec,
                           GError           **error,
                           const char        *sql,
                           guint              n_params,
                           const char *const *params);
gboolean  conc_link_run (ConcLink *link, guint timeout_msec, GError **error, const char *sql);

/* Waits for a hint of the hub or for @wake_fd (-1: none) to become readable. Returns FALSE when the
 * link is dead; @ret_hinted says whether the hub had something. */
gboolean conc_link_wait (ConcLink *link,
                         int       wake_fd,
                         guint     timeout_msec,
                         gboolean *ret_hinted,
                         GError  **error);

/* The SCRAM verifier of a password, as the server stores it. Transfer full. */
char *conc_link_make_verifier (const char *user, const char *password, GError **error);

/* Whether the link can still be used; a refusal does not end it. */
gboolean conc_link_is_alive (ConcLink *link);

/* The certificate that the hub showed, as PEM. Transfer full. */
char *conc_link_dup_certificate (ConcLink *link, GError **error);

/* The SQLSTATE of the last refusal, "" without one. */
const char *conc_link_get_state (ConcLink *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLink, conc_link_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
