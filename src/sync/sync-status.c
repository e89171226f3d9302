/* sync-status.c: how the exchange goes, as a value and in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "sync/worker.h"
#include "sync/status-private.h"

#include <glib/gi18n-lib.h>

#define USEC_PER_SEC G_USEC_PER_SEC

/** conc_sync_status_new: Returns: (transfer full): nothing is known yet. */
ConcSyncStatus *
conc_sync_status_new (void)
{
  ConcSyncStatus *status = g_atomic_rc_box_new0 (ConcSyncStatus);

  status->state = CONC_SYNC_ALONE;
  status->waiting_since_usec = CONC_NO_TIME;
  status->heard_usec = CONC_NO_TIME;
  status->offset_error_usec = -1;
  status->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_peer_free);
  return status;
}

static gpointer
copy_peer (gconstpointer peer, gpointer unused)
{
  return conc_peer_copy (peer);
}

/** conc_sync_status_copy: Returns: (transfer full): one that may still be changed. */
ConcSyncStatus *
conc_sync_status_copy (const ConcSyncStatus *status)
{
  ConcSyncStatus *copy = g_atomic_rc_box_new (ConcSyncStatus);

  *copy = *status;
  copy->problem = g_strdup (status->problem);
  copy->peers = g_ptr_array_copy (status->peers, (GCopyFunc) copy_peer, NULL);
  return copy;
}

/** conc_sync_status_ref: Returns: (transfer full): @status, which does not change. Any thread. */
ConcSyncStatus *
conc_sync_status_ref (ConcSyncStatus *status)
{
  return g_atomic_rc_box_acquire (status);
}

static void
status_clear (gpointer data)
{
  ConcSyncStatus *status = data;

  g_ptr_array_unref (status->peers);
  g_free (status->problem);
}

/** conc_sync_status_unref: gives a reference back. Any thread. */
void
conc_sync_status_unref (ConcSyncStatus *status)
{
  g_atomic_rc_box_release_full (status, status_clear);
}

static char *
format_minute (gint64 usec, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%H:%M");
}

static char *
describe_state (const ConcSyncStatus *status)
{
  switch (status->state)
    {
    case CONC_SYNC_ALONE:
      return g_strdup (_ ("This laptop works alone."));
    case CONC_SYNC_CONNECTING:
      return g_strdup (_ ("Working. The hub does not answer; what is entered here is kept and sent "
                          "later."));
    case CONC_SYNC_REFUSED:
      return g_strdup_printf (_ ("Working, but the hub refuses this laptop: %s"),
                              status->problem != NULL ? status->problem : "");
    default:
      return g_strdup (_ ("Working."));
    }
}

static void
append_waiting (GString *text, const ConcSyncStatus *status, GTimeZone *zone)
{
  g_autofree char *since = NULL;

  if (status->n_waiting <= 0 || status->state == CONC_SYNC_ALONE)
    return;
  since = format_minute (status->waiting_since_usec, zone);
  g_string_append_c (text, ' ');
  g_string_append_printf (text,
                          ngettext ("%d entry not yet shared (since %s).",
                                    "%d entries not yet shared (since %s).",
                                    (gulong) status->n_waiting),
                          (int) status->n_waiting, since);
}

static void
append_peer (GString *text, const ConcPeer *peer)
{
  int seconds = (int) (peer->heard_usec_ago / USEC_PER_SEC);

  g_string_append_c (text, ' ');
  if (peer->heard_usec_ago < 0)
    g_string_append_printf (text, _ ("%s was not heard yet."), peer->name);
  else if (seconds < 120)
    g_string_append_printf (text, _ ("%s last heard %d s ago."), peer->name, seconds);
  else
    g_string_append_printf (text, _ ("%s last heard %d min ago."), peer->name, seconds / 60);
}

/**
 * conc_sync_status_to_text:
 * @self: (nullable): the id of this station, of which nothing is said
 * @zone: in which times of day are told
 *
 * Returns: (transfer full): the status in words: "Working. 3 entries not yet shared (since 10:41).
 * Timing 1 last heard 2 s ago." Other stations are named while the hub answers.
 */
char *
conc_sync_status_to_text (const ConcSyncStatus *status, const char *self, GTimeZone *zone)
{
  g_autofree char *state = describe_state (status);
  GString         *text = g_string_new (state);

  append_waiting (text, status, zone);
  if (status->n_refused > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%d entry was refused by the hub; it is kept here.",
                                        "%d entries were refused by the hub; they are kept here.",
                                        (gulong) status->n_refused),
                              (int) status->n_refused);
    }
  for (guint i = 0; status->state == CONC_SYNC_WORKING && i < status->peers->len; i++)
    {
      const ConcPeer *peer = g_ptr_array_index (status->peers, i);

      if (g_strcmp0 (peer->id, self) != 0)
        append_peer (text, peer);
    }
  return g_string_free (text, FALSE);
}
