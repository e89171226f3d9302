/* verb-join.c: a new station of a race that others host. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "core/role.h"
#include "store/identity.h"
#include "sync/join.h"
#include "sync/worker.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

ConcExit
conc_verb_join (ConcCall *call)
{
  g_autofree char   *name = NULL;
  g_autofree char   *hub = NULL;
  const GOptionEntry options[] = {
    { "name", 0, 0, CONC_OPTION_TEXT, &name,
      N_ ("what people call this station; the name of the computer without"), "TEXT" },
    { "hub", 0, 0, CONC_OPTION_TEXT, &hub,
      N_ ("where the hub is, when only the code is known and the network does not tell"),
      "HOST:PORT" },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (GError) error = NULL;
  ConcExchanged exchanged = { 0 };
  ConcExit      status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  file =
      conc_join_typed (call->args[0], call->args[1], hub, name, conc_clock_get_system (), &error);
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
