/* sync-status.c: how the exchange goes, as a value and in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "sync/worker.h"
#include "sync/status-private.h"

#include <glib/gi18n-lib.h>

#define USEC_PER_SEC G_USEC_PER_SEC
/* Every station says each second that it is there. */
#define SILENT_USEC (10 * USEC_PER_SEC)
#define TOLD_MAX 3u

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
describe_gone_hub (const ConcSyncStatus *status, GTimeZone *zone)
{
  g_autofree char *heard = NULL;

  if (status->heard_usec < 0)
    return g_strdup (_ ("Working. The hub does not answer; what is entered here is kept and sent "
                        "later."));
  heard = format_minute (status->heard_usec, zone);
  return g_strdup_printf (_ ("Working. The hub was last heard at %s; what is entered here is kept "
                             "and sent later."),
                          heard);
}

static char *
describe_state (const ConcSyncStatus *status, GTimeZone *zone)
{
  switch (status->state)
    {
    case CONC_SYNC_ALONE:
      return g_strdup (_ ("This laptop works alone."));
    case CONC_SYNC_CONNECTING:
      return describe_gone_hub (status, zone);
    case CONC_SYNC_REFUSED:
      return g_strdup_printf (_ ("Working, but the hub refuses this laptop: %s"),
                              status->problem != NULL ? status->problem : "");
    default:
      return g_strdup (_ ("Working."));
    }
}

static char *
describe_waiting (const ConcSyncStatus *status, GTimeZone *zone)
{
  g_autofree char *since = NULL;

  if (status->n_waiting <= 0 || status->state == CONC_SYNC_ALONE)
    return NULL;
  since = format_minute (status->waiting_since_usec, zone);
  return g_strdup_printf (ngettext ("%d entry not yet shared (since %s).",
                                    "%d entries not yet shared (since %s).",
                                    (gulong) status->n_waiting),
                          (int) status->n_waiting, since);
}

static char *
describe_refused (const ConcSyncStatus *status)
{
  if (status->n_refused <= 0)
    return NULL;
  return g_strdup_printf (ngettext ("%d entry was refused by the hub; it is kept here.",
                                    "%d entries were refused by the hub; they are kept here.",
                                    (gulong) status->n_refused),
                          (int) status->n_refused);
}

/**
 * conc_sync_describe_newer:
 *
 * Returns: (transfer full) (nullable): in words that the hub has @n_newer entries that this program
 * is too old for; %NULL for none.
 */
char *
conc_sync_describe_newer (gint64 n_newer)
{
  if (n_newer <= 0)
    return NULL;
  return g_strdup_printf (ngettext ("%d entry is of a newer version of Concourse and not shown "
                                    "here; the hub keeps it. Update Concourse on this laptop.",
                                    "%d entries are of a newer version of Concourse and not shown "
                                    "here; the hub keeps them. Update Concourse on this laptop.",
                                    (gulong) n_newer),
                          (int) n_newer);
}

static char *
describe_peer (const ConcPeer *peer)
{
  int seconds = (int) (peer->heard_usec_ago / USEC_PER_SEC);

  if (peer->heard_usec_ago < 0)
    return g_strdup_printf (_ ("%s was not heard yet."), peer->name);
  if (seconds < 120)
    return g_strdup_printf (_ ("%s last heard %d s ago."), peer->name, seconds);
  if (seconds < 2 * 60 * 60)
    return g_strdup_printf (_ ("%s last heard %d min ago."), peer->name, seconds / 60);
  return g_strdup_printf (_ ("%s last heard %d h ago."), peer->name, seconds / (60 * 60));
}

static gboolean
is_silent (const ConcPeer *peer)
{
  return peer->heard_usec_ago < 0 || peer->heard_usec_ago > SILENT_USEC;
}

/* The other stations; of all, or of those alone that have not been heard for a while. */
static GPtrArray *
list_others (const ConcSyncStatus *status, const char *self, gboolean only_silent)
{
  GPtrArray *others = g_ptr_array_new ();

  for (guint i = 0; status->state == CONC_SYNC_WORKING && i < status->peers->len; i++)
    {
      ConcPeer *peer = g_ptr_array_index (status->peers, i);

      if (g_strcmp0 (peer->id, self) != 0 && (!only_silent || is_silent (peer)))
        g_ptr_array_add (others, peer);
    }
  return others;
}

/* Takes @sentence, which may be NULL. */
static void
append_sentence (GString *text, char *sentence)
{
  if (sentence != NULL && text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence != NULL ? sentence : "");
  g_free (sentence);
}

/* A few stations are told one by one; of many only those that are missed. */
static void
append_peers (GString *text, const ConcSyncStatus *status, const char *self)
{
  g_autoptr (GPtrArray) others = list_others (status, self, FALSE);
  g_autoptr (GPtrArray) silent = list_others (status, self, TRUE);
  GPtrArray *told = others->len > TOLD_MAX ? silent : others;
  guint      n_heard = others->len - silent->len;

  if (told == silent && n_heard > 0)
    append_sentence (text, g_strdup_printf (ngettext ("%u other laptop is heard.",
                                                      "%u other laptops are heard.", n_heard),
                                            n_heard));
  for (guint i = 0; i < MIN (told->len, TOLD_MAX); i++)
    append_sentence (text, describe_peer (g_ptr_array_index (told, i)));
  if (told->len > TOLD_MAX)
    append_sentence (text,
                     g_strdup_printf (ngettext ("%u more is not heard.", "%u more are not heard.",
                                                told->len - TOLD_MAX),
                                      told->len - TOLD_MAX));
}

/**
 * conc_sync_status_to_text:
 * @self: (nullable): the id of this station, of which nothing is said
 * @zone: in which times of day are told
 *
 * Returns: (transfer full): the status in words: "Working. 3 entries not yet shared (since 10:41).
 * Timing 1 last heard 2 s ago." Other stations are told of while the hub answers: each when they
 * are three or fewer, else how many are heard, and at most three of those that are not.
 */
char *
conc_sync_status_to_text (const ConcSyncStatus *status, const char *self, GTimeZone *zone)
{
  GString *text = g_string_new (NULL);

  append_sentence (text, describe_state (status, zone));
  append_sentence (text, describe_waiting (status, zone));
  append_sentence (text, describe_refused (status));
  append_sentence (text, conc_sync_describe_newer (status->n_newer));
  append_peers (text, status, self);
  return g_string_free (text, FALSE);
}

static char *
describe_sharing (const ConcSyncStatus *status, const char *self)
{
  g_autoptr (GPtrArray) others = list_others (status, self, FALSE);
  g_autoptr (GPtrArray) silent = list_others (status, self, TRUE);
  guint n_heard = others->len - silent->len;

  if (silent->len == 1)
    return g_strdup_printf (_ ("%s is not heard."),
                            ((const ConcPeer *) g_ptr_array_index (silent, 0))->name);
  if (silent->len > 1)
    return g_strdup_printf (ngettext ("%u laptop is not heard.", "%u laptops are not heard.",
                                      silent->len),
                            silent->len);
  if (n_heard == 0)
    return g_strdup (_ ("No other laptop yet."));
  return g_strdup_printf (ngettext ("Sharing with %u laptop.", "Sharing with %u laptops.", n_heard),
                          n_heard);
}

/**
 * conc_sync_status_to_short_text:
 * @self: (nullable): the id of this station
 * @zone: in which times of day are told
 *
 * Returns: (transfer full): a line for where there is no room: what matters most, and without the
 * seconds that would make it move. "3 not yet shared (since 10:41)."
 */
char *
conc_sync_status_to_short_text (const ConcSyncStatus *status, const char *self, GTimeZone *zone)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *time = NULL;

  if (status->state == CONC_SYNC_ALONE)
    append_sentence (text, g_strdup (_ ("Alone.")));
  else if (status->state == CONC_SYNC_REFUSED)
    append_sentence (text, g_strdup (_ ("The hub refuses this laptop.")));
  else if (status->state == CONC_SYNC_CONNECTING && status->heard_usec < 0)
    append_sentence (text, g_strdup (_ ("Looking for the hub.")));
  else if (status->state == CONC_SYNC_CONNECTING)
    {
      time = format_minute (status->heard_usec, zone);
      append_sentence (text, g_strdup_printf (_ ("No hub since %s."), time));
    }
  else
    append_sentence (text, describe_sharing (status, self));
  g_clear_pointer (&time, g_free);
  if (status->n_waiting > 0 && status->state != CONC_SYNC_ALONE)
    {
      time = format_minute (status->waiting_since_usec, zone);
      append_sentence (text, g_strdup_printf (_ ("%d not yet shared (since %s)."),
                                              (int) status->n_waiting, time));
    }
  return g_string_free (text, FALSE);
}

/** conc_sync_status_has_silent: Returns: whether a station was not heard for ten seconds. */
gboolean
conc_sync_status_has_silent (const ConcSyncStatus *status, const char *self)
{
  g_autoptr (GPtrArray) silent = list_others (status, self, TRUE);

  return silent->len > 0;
}
