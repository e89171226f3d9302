/* verb-unpack.c: takes the facts of a pack that are new here. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "store/reader-sync.h"
#include "sync/pack.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static void
print_json (const ConcUnpacked *unpacked, const char *from)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_text (json, "station", unpacked->station);
  conc_json_member_text (json, "name", from);
  conc_json_member_int (json, "new", unpacked->received.n_new);
  conc_json_member_int (json, "known", unpacked->received.n_known);
  conc_json_member_int (json, "withheld", unpacked->received.n_withheld);
  conc_json_member_int (json, "differ", unpacked->received.n_differ);
  conc_json_member_int (json, "ahead", unpacked->n_ahead);
  conc_json_member_bool (json, "renamed", unpacked->was_renamed);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_text (const ConcUnpacked *unpacked, const char *from)
{
  printf (g_dngettext (GETTEXT_PACKAGE, "Took %u new fact from the pack of %s.\n",
                       "Took %u new facts from the pack of %s.\n", unpacked->received.n_new),
          unpacked->received.n_new, from);
  if (unpacked->received.n_withheld > 0)
    printf (g_dngettext (GETTEXT_PACKAGE, "%u fact is for other roles and was left out.\n",
                         "%u facts are for other roles and were left out.\n",
                         unpacked->received.n_withheld),
            unpacked->received.n_withheld);
  if (unpacked->was_renamed)
    printf ("%s\n", _ ("A copy of this race file wrote under the same name. This station has a new "
                       "name now, and nothing was lost."));
}

static ConcExit
complain_of_rest (const ConcUnpacked *unpacked, const char *path, const char *from)
{
  if (unpacked->n_ahead > 0)
    conc_complain (g_dngettext (GETTEXT_PACKAGE,
                                "%u fact is dated more than a day ahead and was not taken: set "
                                "the clock of that station or of this one, and unpack again.",
                                "%u facts are dated more than a day ahead and were not taken: set "
                                "the clock of that station or of this one, and unpack again.",
                                unpacked->n_ahead),
                   unpacked->n_ahead);
  if (unpacked->received.n_differ > 0)
    conc_complain (g_dngettext (GETTEXT_PACKAGE,
                                "%u fact was not taken because another one has its name here: "
                                "unpack a pack of %s at %s, and pack there again.",
                                "%u facts were not taken because others have their names here: "
                                "unpack a pack of %s at %s, and pack there again.",
                                unpacked->received.n_differ),
                   unpacked->received.n_differ, path, from);
  return unpacked->n_ahead > 0 || unpacked->received.n_differ > 0 ? CONC_EXIT_PROBLEMS
                                                                  : CONC_EXIT_DONE;
}

static ConcExit
unpack (ConcRaceFile *file, const char *source, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *from = NULL;
  ConcUnpacked     unpacked = { 0 };

  if (!conc_unpack (file, source, &unpacked, &error))
    return conc_failed (error);
  from = conc_reader_dup_station_name (conc_race_file_get_reader (file), unpacked.station);
  if (as_json)
    print_json (&unpacked, from);
  else
    print_text (&unpacked, from);
  return complain_of_rest (&unpacked, conc_race_file_get_path (file), from);
}

ConcExit
conc_verb_unpack (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = unpack (file, call->args[1], as_json);
  conc_race_file_close (file);
  return status;
}
