/* verb-sync.c: exchanges facts with the hub, once or for as long as it runs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "sync/worker.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>

static void
print_exchanged (const ConcExchanged *exchanged, gboolean as_json)
{
  g_autoptr (GString) line = g_string_new (as_json ? "{" : NULL);
  g_autofree char *newer = conc_sync_describe_newer (exchanged->n_newer);

  if (as_json)
    {
      conc_json_member_int (line, "sent", exchanged->n_sent);
      conc_json_member_int (line, "received", exchanged->n_received);
      conc_json_member_int (line, "newer", exchanged->n_newer);
      g_string_append_c (line, '}');
    }
  else
    g_string_append_printf (line, _ ("%d entries sent, %d received."), (int) exchanged->n_sent,
                            (int) exchanged->n_received);
  conc_print_line (line);
  if (newer != NULL && !as_json)
    printf ("%s\n", newer);
}

static ConcExit
sync_once (ConcRaceFile *file, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  ConcExchanged exchanged = { 0 };

  if (!conc_sync_once (file, NULL, &exchanged, &error))
    return conc_failed (error);
  print_exchanged (&exchanged, as_json);
  return CONC_EXIT_DONE;
}

typedef struct
{
  ConcRaceFile *file;
  gboolean      as_json;
  char         *said;
  GMainLoop    *loop;
} Show;

static const char *
state_to_text (ConcSyncState state)
{
  static const char *const texts[] = { "alone", "connecting", "working", "refused" };

  return texts[state];
}

static void
append_peer (GString *json, const ConcPeer *peer)
{
  conc_json_next (json);
  g_string_append_c (json, '{');
  conc_json_member_text (json, "station", peer->id);
  conc_json_member_text (json, "name", peer->name);
  conc_json_member_text (json, "role", conc_role_to_text (peer->role));
  if (peer->heard_usec_ago >= 0)
    conc_json_member_int (json, "heard_ms_ago", peer->heard_usec_ago / 1000);
  else
    conc_json_member_null (json, "heard_ms_ago");
  conc_json_member_int (json, "waiting", peer->n_waiting);
  conc_json_member_int (json, "offset_usec", peer->offset_usec);
  conc_json_member_int (json, "offset_error_usec", peer->offset_error_usec);
  conc_json_member_int (json, "battery_percent", peer->battery_percent);
  conc_json_member_int (json, "disk_free_mb", peer->disk_free_mb);
  conc_json_member_text (json, "version", peer->version);
  g_string_append_c (json, '}');
}

static char *
status_to_json (const ConcSyncStatus *status)
{
  GString *json = g_string_new ("{");

  conc_json_member_text (json, "state", state_to_text (status->state));
  conc_json_member_int (json, "waiting", status->n_waiting);
  conc_json_member_int (json, "refused", status->n_refused);
  conc_json_member_int (json, "newer", status->n_newer);
  conc_json_member_int (json, "offset_usec", status->offset_usec);
  conc_json_member_int (json, "offset_error_usec", status->offset_error_usec);
  conc_json_member_text (json, "problem", status->problem);
  conc_json_key (json, "stations");
  g_string_append_c (json, '[');
  for (guint i = 0; i < status->peers->len; i++)
    append_peer (json, g_ptr_array_index (status->peers, i));
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

static void
status_cb (ConcSyncWorker *worker, Show *show)
{
  g_autoptr (ConcSyncStatus) status = conc_sync_worker_get_status (worker);
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (show->file));
  char *text =
      show->as_json
          ? status_to_json (status)
          : conc_sync_status_to_text (status, conc_race_file_get_station (show->file), zone);

  if (g_strcmp0 (text, show->said) != 0)
    {
      printf ("%s\n", text);
      fflush (stdout);
    }
  g_free (show->said);
  show->said = text;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static ConcExit
sync_on (ConcRaceFile *file, gboolean as_json)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ConcSyncWorker) worker = conc_sync_worker_new (file);
  Show  show = { file, as_json, NULL, loop };
  guint on_term = g_unix_signal_add (SIGTERM, quit_cb, loop);
  guint on_int = g_unix_signal_add (SIGINT, quit_cb, loop);

  g_signal_connect (worker, "status", G_CALLBACK (status_cb), &show);
  g_main_loop_run (loop);
  g_signal_handlers_disconnect_by_data (worker, &show);
  conc_sync_worker_stop (worker);
  g_source_remove (on_term);
  g_source_remove (on_int);
  g_free (show.said);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_sync (ConcCall *call)
{
  gboolean           once = FALSE, as_json = FALSE;
  const GOptionEntry options[] = {
    { "once", 0, 0, G_OPTION_ARG_NONE, &once, N_ ("exchanges all there is now, and ends"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  return once ? sync_once (file, as_json) : sync_on (file, as_json);
}
