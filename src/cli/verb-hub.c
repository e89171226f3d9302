/* verb-hub.c: the server that the stations of a race exchange their facts through. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"
#include "print/qr-text.h"
#include "sync/hub.h"
#include "sync/worker.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_MINUTES 60
#define MAX_MINUTES (31 * 24 * 60)

typedef struct
{
  ConcCall   *call;
  const char *path;
  const char *word; /* what follows the action, or NULL */
  const char *server;
  gint64      port;
  gint64      minutes;
  gboolean    as_json;
} Hub;

/* ------------------------------------------------------------------------ status */

static void
print_status_json (const ConcHubStatus *status)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_bool (json, "installed", status->is_installed);
  conc_json_member_bool (json, "made", status->is_made);
  conc_json_member_bool (json, "running", status->is_running);
  if (status->is_running)
    conc_json_member_int (json, "port", status->port);
  else
    conc_json_member_null (json, "port");
  conc_json_member_text (json, "folder", status->folder);
  conc_json_member_text (json, "problem", status->problem);
  conc_json_key (json, "addresses");
  g_string_append_c (json, '[');
  for (guint i = 0; status->addresses[i] != NULL; i++)
    {
      conc_json_next (json);
      conc_json_append_text (json, status->addresses[i]);
    }
  g_string_append (json, "]}");
  conc_print_line (json);
}

static void
print_status_text (const ConcHubStatus *status)
{
  if (status->is_running)
    {
      printf (_ ("The hub of this race runs on this computer, on port %u.\n"), status->port);
      for (guint i = 0; status->addresses[i] != NULL; i++)
        printf (_ ("Others reach it at %s:%u.\n"), status->addresses[i], status->port);
    }
  else if (status->is_made)
    printf (_ ("The hub of this race is on this computer and does not run.\n"));
  else
    printf (_ ("The hub of this race is not on this computer.\n"));
  if (status->problem != NULL)
    printf ("%s\n", status->problem);
}

static ConcExit
show_status (ConcRaceFile *file, gboolean as_json)
{
  g_auto (ConcHubStatus) status = { 0 };
  g_autoptr (GError) error = NULL;

  if (!conc_hub_get_status (conc_race_file_get_race_id (file), &status, &error))
    return conc_failed (error);
  if (as_json)
    print_status_json (&status);
  else
    print_status_text (&status);
  return CONC_EXIT_DONE;
}

/* ----------------------------------------------------------------------- actions */

static ConcExit
run_start (Hub *hub, ConcRaceFile *file)
{
  g_autoptr (GError) error = NULL;
  ConcExchanged exchanged = { 0 };

  /* Whoever joins next finds the race there. */
  if (!conc_hub_start (file, hub->server, (guint) hub->port, NULL, &error) ||
      !conc_sync_once (file, NULL, &exchanged, &error))
    return conc_failed (error);
  if (hub->server == NULL)
    return show_status (file, hub->as_json);
  printf (_ ("The server is the hub of this race now.\n"));
  return CONC_EXIT_DONE;
}

static ConcExit
run_stop (Hub *hub, ConcRaceFile *file)
{
  g_autoptr (GError) error = NULL;

  return conc_hub_stop (file, &error) ? CONC_EXIT_DONE : conc_failed (error);
}

static ConcExit
run_status (Hub *hub, ConcRaceFile *file)
{
  return show_status (file, hub->as_json);
}

static void
print_invitation_json (const ConcInvitation *invitation, ConcRole role, GTimeZone *zone)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_text (json, "role", conc_role_to_text (role));
  conc_json_member_text (json, "code", invitation->code);
  conc_json_member_text (json, "url", invitation->url);
  conc_json_member_time (json, "expires", invitation->expires_usec, zone);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_invitation_text (const ConcInvitation *invitation, ConcRole role, GTimeZone *zone)
{
  g_autofree char *code = isatty (STDOUT_FILENO) ? conc_qr_to_text (invitation->url, NULL) : NULL;
  g_autofree char *until = conc_time_format_rfc3339 (invitation->expires_usec, zone);

  if (code != NULL)
    printf ("%s\n", code);
  printf (_ ("Role:    %s\nCode:    %s\nAddress: %s\nUntil:   %s\n"), conc_role_get_label (role),
          invitation->code, invitation->url, until);
}

static ConcExit
run_invite (Hub *hub, ConcRaceFile *file)
{
  g_autoptr (GError) error = NULL;
  g_auto (ConcInvitation) invitation = { NULL };
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  ConcRole role = conc_role_from_text (hub->word);

  if (role == CONC_ROLE_NONE)
    return conc_call_misused (hub->call,
                              _ ("“%s” is no role: write organizer, check-in, timing or display."),
                              hub->word);
  if (!conc_hub_invite (file, role, (guint) hub->minutes, &invitation, &error))
    return conc_failed (error);
  if (hub->as_json)
    print_invitation_json (&invitation, role, zone);
  else
    print_invitation_text (&invitation, role, zone);
  return CONC_EXIT_DONE;
}

static ConcExit
run_revoke (Hub *hub, ConcRaceFile *file)
{
  g_autoptr (GError) error = NULL;

  return conc_hub_revoke (file, hub->word, &error) ? CONC_EXIT_DONE : conc_failed (error);
}

typedef struct
{
  const char  *name;
  gboolean     has_word;
  ConcOpenMode mode;
  ConcExit (*run) (Hub *hub, ConcRaceFile *file);
} Action;

static const Action actions[] = {
  { "start", FALSE, CONC_OPEN_WRITE, run_start },  { "stop", FALSE, CONC_OPEN_READ, run_stop },
  { "status", FALSE, CONC_OPEN_READ, run_status }, { "invite", TRUE, CONC_OPEN_READ, run_invite },
  { "revoke", TRUE, CONC_OPEN_WRITE, run_revoke },
};

static const Action *
find_action (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].name, name) == 0)
      return &actions[i];
  return NULL;
}

static ConcExit
run_action (Hub *hub, const char *name, guint n_words)
{
  const Action *action = find_action (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (action == NULL)
    return conc_call_misused (
        hub->call,
        _ ("“%s” is nothing that a hub does: write start, stop, status, invite or "
           "revoke."),
        name);
  if (n_words != (action->has_word ? 1u : 0u))
    return conc_call_misused (hub->call,
                              action->has_word ? _ ("“hub RACE %s” wants one word more.")
                                               : _ ("“hub RACE %s” takes no further word."),
                              name);
  file = conc_race_file_open (hub->path, action->mode, conc_clock_get_system (), &error);
  if (file == NULL)
    return conc_failed (error);
  status = action->run (hub, file);
  conc_race_file_close (file);
  return status;
}

ConcExit
conc_verb_hub (ConcCall *call)
{
  g_autofree char   *port = NULL;
  g_autofree char   *minutes = NULL;
  g_autofree char   *server = NULL;
  Hub                hub = { call, NULL, NULL, NULL, 0, DEFAULT_MINUTES, FALSE };
  const GOptionEntry options[] = {
    { "port", 0, 0, CONC_OPTION_TEXT, &port, N_ ("where to listen"), "N" },
    { "server", 0, 0, CONC_OPTION_TEXT, &server,
      N_ ("a PostgreSQL server that is the hub, instead of one of its own"), "URL" },
    { "minutes", 0, 0, CONC_OPTION_TEXT, &minutes,
      N_ ("how long an invitation is good; 60 without"), "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &hub.as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  ConcExit status;

  if (!conc_call_parse (call, options, 2, 3, &status))
    return status;
  if (!conc_call_parse_number ("port", port, 1024, 65535, &hub.port) ||
      !conc_call_parse_number ("minutes", minutes, 1, MAX_MINUTES, &hub.minutes))
    return CONC_EXIT_USAGE;
  hub.path = call->args[0];
  hub.word = call->n_args == 3 ? call->args[2] : NULL;
  hub.server = server;
  return run_action (&hub, call->args[1], call->n_args - 2);
}
