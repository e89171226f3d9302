/* story-desk.c: sentences about waivers, fees and labels. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/print-job.h"
#include "core/story-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** conc_story_tell_waiver: how the waiver was accepted; the signature itself is not told. */
char *
conc_story_tell_waiver (const ConcStoryMoment *moment)
{
  const ConcBody *body = conc_story_get_fact (moment)->body;
  const char     *signer = conc_body_get_text (body, "waiver_signer");
  gboolean        is_paper = g_strcmp0 (conc_body_get_text (body, "waiver_by"), "paper") == 0;

  if (signer == NULL || *signer == '\0')
    return g_strdup (is_paper ? _ ("Waiver filed on paper.")
                              : _ ("Waiver accepted on the screen."));
  return is_paper ? g_strdup_printf (_ ("Waiver filed on paper, signed by %s."), signer)
                  : g_strdup_printf (_ ("Waiver signed on the screen by %s."), signer);
}

/** conc_story_tell_fee: a fee or a balance was paid at the desk. */
char *
conc_story_tell_fee (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  g_autofree char *amount = conc_story_dup_value (moment, fact, "amount_cents");
  g_autofree char *method = conc_story_dup_value (moment, fact, "method");

  if (amount == NULL || method == NULL || conc_body_has (fact->body, CONC_KEY_SETTLES))
    return conc_story_dup_changes (moment, NULL);
  return g_strdup_printf (_ ("Paid %s at the desk (%s)."), amount, method);
}

/* The layouts that come with the program; others are labels. */
static const char *
describe_layout (const ConcFact *print)
{
  static const struct
  {
    const char *layout;
    const char *title;
  } titles[] = {
    { "bib-label", N_ ("Bib label") },
    { "bag-label", N_ ("Bag label") },
    { "race-bib", N_ ("Race bib") },
    { "name-tag", N_ ("Name tag") },
  };
  const char *layout = print != NULL ? conc_body_get_text (print->body, "layout") : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (layout, titles[i].layout) == 0)
      return _ (titles[i].title);
  return _ ("Label");
}

static char *
describe_printer (const ConcFact *fact)
{
  const char *printer = conc_body_get_text (fact->body, "printer");

  return g_strdup (printer != NULL && *printer != '\0' ? printer : _ ("a printer"));
}

/** conc_story_tell_print: a label was put into the queue of a printer. */
char *
conc_story_tell_print (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  gint64           bib = conc_body_get_int (fact->body, "bib", 0);
  const char      *reason = conc_body_get_text (fact->body, "reason");
  g_autofree char *printer = describe_printer (fact);
  g_autofree char *what =
      bib > 0 ? g_strdup_printf (_ ("%s for bib %d"), describe_layout (fact), (int) bib)
              : g_strdup (describe_layout (fact));

  if (!conc_body_has (fact->body, "reprint_of"))
    return g_strdup_printf (_ ("%s waits for %s."), what, printer);
  if (reason == NULL || *reason == '\0')
    return g_strdup_printf (_ ("%s is to be printed once more on %s."), what, printer);
  return g_strdup_printf (_ ("%s is to be printed once more on %s: “%s”."), what, printer, reason);
}

/** conc_story_tell_print_state: what became of a label. */
char *
conc_story_tell_print_state (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const ConcFact *print = conc_story_find_before (moment, "layout");
  const char     *what = describe_layout (print);
  const char     *detail = conc_body_get_text (fact->body, "detail");

  switch (conc_print_state_from_text (conc_body_get_text (fact->body, "state")))
    {
    case CONC_PRINT_QUEUED:
      return g_strdup_printf (_ ("%s waits for the printer again."), what);
    case CONC_PRINT_PRINTING:
      return g_strdup_printf (_ ("%s went to the printer."), what);
    case CONC_PRINT_PRINTED:
      return g_strdup_printf (_ ("%s printed."), what);
    case CONC_PRINT_CANCELLED:
      return g_strdup_printf (_ ("%s not to be printed any more."), what);
    case CONC_PRINT_FAILED:
      if (detail == NULL || *detail == '\0')
        return g_strdup_printf (_ ("%s was not printed."), what);
      return g_strdup_printf (_ ("%s was not printed: %s"), what, detail);
    case CONC_N_PRINT_STATES:
    default:
      return NULL;
    }
}
