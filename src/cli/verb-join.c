/* verb-join.c: a new station of a race that others host. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "core/role.h"
#include "store/identity.h"
#include "sync/join.h"
#include "sync/worker.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* The code alone, or an address that has another one's host in it. */
static char *
make_url (const char *text, const char *hub)
{
  const char      *slash = strrchr (text, '/');
  const char      *code = slash != NULL ? slash + 1 : text;
  g_autofree char *server = NULL;

  if (hub == NULL)
    return g_strdup (text);
  if (!g_str_has_prefix (hub, "postgres"))
    return g_strdup_printf ("concourse://%s/%s", hub, code);
  server = g_uri_escape_string (hub, NULL, FALSE);
  return g_strdup_printf ("concourse://hub/%s?s=%s", code, server);
}

ConcExit
conc_verb_join (ConcCall *call)
{
  g_autofree char   *name = NULL;
  g_autofree char   *hub = NULL;
  g_autofree char   *url = NULL;
  const GOptionEntry options[] = {
    { "name", 0, 0, CONC_OPTION_TEXT, &name,
      N_ ("what people call this station; the name of the computer without"), "TEXT" },
    { "hub", 0, 0, CONC_OPTION_TEXT, &hub, N_ ("where the hub is, when only the code is known"),
      "HOST:PORT" },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (GError) error = NULL;
  ConcExchanged exchanged = { 0 };
  ConcExit      status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  if (hub == NULL && strchr (call->args[1], '/') == NULL)
    return conc_call_misused (call, _ ("A code alone does not say where the hub is: write --hub "
                                       "HOST:PORT too."));
  url = make_url (call->args[1], hub);
  file = conc_join (call->args[0], url, name, conc_clock_get_system (), &error);
  if (file == NULL)
    return conc_failed (error);
  printf (_ ("This station has joined as %s.\n"),
          conc_role_get_label (conc_race_file_get_role (file)));
  status = CONC_EXIT_DONE;
  if (conc_sync_once (file, NULL, &exchanged, &error))
    printf (_ ("%d entries of the race are here.\n"), (int) exchanged.n_received);
  else
    status = conc_failed (error);
  conc_race_file_close (file);
  return status;
}
