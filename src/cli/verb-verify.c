/* verb-verify.c: replays the facts and compares what follows from them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "core/body.h"
#include "store/error.h"
#include "store/maintain.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  GPtrArray *sentences;
  gint64     n_facts;
  char      *digest;
  char      *public_digest;
} Verdict;

static void
print_json (const Verdict *verdict)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_bool (json, "ok", verdict->sentences->len == 0);
  conc_json_member_int (json, "facts", verdict->n_facts);
  conc_json_member_text (json, "digest", verdict->digest);
  conc_json_member_text (json, "public_digest", verdict->public_digest);
  conc_json_key (json, "differences");
  g_string_append_c (json, '[');
  for (guint i = 0; i < verdict->sentences->len; i++)
    {
      conc_json_next (json);
      conc_json_append_text (json, g_ptr_array_index (verdict->sentences, i));
    }
  g_string_append (json, "]}");
  conc_print_line (json);
}

static void
print_text (const Verdict *verdict)
{
  g_autofree char *n_facts = g_strdup_printf ("%" G_GINT64_FORMAT, verdict->n_facts);

  if (verdict->sentences->len == 0)
    printf (_ ("%s facts, every projection is as the facts say.\n"), n_facts);
  for (guint i = 0; i < verdict->sentences->len; i++)
    printf ("%s\n", (const char *) g_ptr_array_index (verdict->sentences, i));
}

ConcExit
conc_verb_verify (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) sentences = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *public_digest = NULL;
  g_autoptr (GError) error = NULL;
  Verdict  verdict = { NULL };
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status))
    return status;
  if (!conc_verify (call->args[0], &sentences, &verdict.n_facts, &digest, &error))
    {
      status = conc_failed (error);
      return g_error_matches (error, CONC_STORE_ERROR, CONC_STORE_ERROR_DAMAGED)
                 ? CONC_EXIT_PROBLEMS
                 : status;
    }
  verdict.sentences = sentences;
  verdict.digest = digest;
  if (as_json)
    {
      public_digest = conc_digest_public (call->args[0], &error);
      if (public_digest == NULL)
        return conc_failed (error);
      verdict.public_digest = public_digest;
      print_json (&verdict);
    }
  else
    print_text (&verdict);
  if (sentences->len == 0)
    return CONC_EXIT_DONE;
  conc_complain (_ ("The projections of %s are not as the facts say."), call->args[0]);
  return CONC_EXIT_PROBLEMS;
}
