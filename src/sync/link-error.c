/* link-error.c: what libpq and the server complain of, as errors of this layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/link-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char   *sign;
  ConcSyncError code;
  const char   *sentence;
} Mapping;

#define NOT_LET_IN                                                                                 \
  N_ ("The hub does not let this station in: it was revoked, or the invitation is wrong, used or " \
      "too old. Ask an organizer for a new invitation.")
#define NOT_THE_HUB                                                                                \
  N_ ("Somebody else answers where the hub of this race should be. Nothing was sent. Check the "   \
      "address and the network.")
#define BUSY N_ ("The hub is busy or starting. What is entered here is kept and sent later.")
#define NO_ANSWER N_ ("The hub does not answer. What is entered here is kept and sent later.")

/* Parts of what libpq says in English, for a connection that was not made; the first that fits.
 * libpq 15 gives no code for these. */
static const Mapping connect_signs[] = {
  { "channel binding", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "certificate verify failed", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "does not support SSL", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "invalid response to SSL negotiation", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "SSL error", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "server signature", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "expected authentication request", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "could not determine server certificate", CONC_SYNC_ERROR_NOT_THE_HUB, NOT_THE_HUB },
  { "password authentication failed", CONC_SYNC_ERROR_REFUSED, NOT_LET_IN },
  { "is not permitted to log in", CONC_SYNC_ERROR_REFUSED, NOT_LET_IN },
  { "no pg_hba.conf entry", CONC_SYNC_ERROR_REFUSED, NOT_LET_IN },
  { "pg_hba.conf rejects", CONC_SYNC_ERROR_REFUSED, NOT_LET_IN },
  { "permission denied for database", CONC_SYNC_ERROR_REFUSED, NOT_LET_IN },
  { "does not exist", CONC_SYNC_ERROR_REFUSED, NOT_LET_IN },
  { "too many connections for role", CONC_SYNC_ERROR_UNREACHABLE, BUSY },
  { "too many clients", CONC_SYNC_ERROR_UNREACHABLE, BUSY },
  { "remaining connection slots", CONC_SYNC_ERROR_UNREACHABLE, BUSY },
  { "the database system is", CONC_SYNC_ERROR_UNREACHABLE, BUSY },
  { "", CONC_SYNC_ERROR_UNREACHABLE, NO_ANSWER },
};

/* SQLSTATEs, or how they begin; the first that fits. */
static const Mapping state_signs[] = {
  { "CC001", CONC_SYNC_ERROR_LACKING,
    N_ ("The hub does not have yet what this entry is about, and takes it later.") },
  { "CC002", CONC_SYNC_ERROR_INVITATION,
    N_ ("This invitation is used up, revoked or too old. Ask an organizer for a new one.") },
  { "CC003", CONC_SYNC_ERROR_REFUSED,
    N_ ("The hub has a station of this name already. Join again with a new file.") },
  { "CC004", CONC_SYNC_ERROR_FAILED, N_ ("The hub knows no such station or invitation.") },
  { "42501", CONC_SYNC_ERROR_REFUSED, N_ ("The role of this station does not do that.") },
  { "22", CONC_SYNC_ERROR_REFUSED, N_ ("The hub refuses an entry that it cannot read.") },
  { "23", CONC_SYNC_ERROR_REFUSED, N_ ("The hub refuses an entry that is beyond its limits.") },
  { "42", CONC_SYNC_ERROR_NEWER,
    N_ ("The hub is of another version of Concourse and does not do that.") },
  { "08", CONC_SYNC_ERROR_UNREACHABLE, NO_ANSWER },
  { "53100", CONC_SYNC_ERROR_FAILED, N_ ("The disk of the hub is full. Make room there.") },
  { "53", CONC_SYNC_ERROR_UNREACHABLE, BUSY },
  { "57", CONC_SYNC_ERROR_UNREACHABLE, NO_ANSWER },
  { "40", CONC_SYNC_ERROR_UNREACHABLE, BUSY },
  { "55", CONC_SYNC_ERROR_UNREACHABLE, BUSY },
};

static void
set_error (GError **error, const Mapping *mapping)
{
  g_set_error_literal (error, CONC_SYNC_ERROR, mapping->code, _ (mapping->sentence));
}

/**
 * conc_link_error_from_connect:
 * @message: (nullable): what libpq says in English
 *
 * Returns: %FALSE, with a sentence of ours.
 */
gboolean
conc_link_error_from_connect (const char *message, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (connect_signs); i++)
    if (strstr (message != NULL ? message : "", connect_signs[i].sign) != NULL)
      {
        set_error (error, &connect_signs[i]);
        break;
      }
  return FALSE;
}

/**
 * conc_link_error_from_state:
 * @state: the SQLSTATE
 * @message: what the server says, told for states that nobody foresaw
 *
 * Returns: %FALSE, with a sentence of ours.
 */
gboolean
conc_link_error_from_state (const char *state, const char *message, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_signs); i++)
    if (g_str_has_prefix (state, state_signs[i].sign))
      {
        set_error (error, &state_signs[i]);
        return FALSE;
      }
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
               _ ("The hub could not do it (%s: %s)."), state, message);
  return FALSE;
}
