/* results-problems.c: what must be settled before results are final, as sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/results/results-problems.h"

#include <glib/gi18n.h>

static char *
dup_problem (const ConcResult *result, gboolean has_divisions)
{
  const ConcEntrant *entrant = result->entrant;
  gboolean           no_sex = entrant->sex == CONC_SEX_UNKNOWN;
  gboolean           no_age = entrant->age < 0;

  if (g_str_has_prefix (entrant->key, "bib:"))
    return g_strdup_printf (_ ("Bib %u finished, and nobody is registered for it."), entrant->bib);
  if (!has_divisions || result->division != NULL)
    return result->start_ignored
               ? g_strdup_printf (_ ("Bib %u: the own start is after the finish and is left out."),
                                  entrant->bib)
               : NULL;
  if (no_sex && no_age)
    return g_strdup_printf (_ ("Bib %u: sex and age are missing, so there is no division."),
                            entrant->bib);
  if (no_sex)
    return g_strdup_printf (_ ("Bib %u: the sex is missing, so there is no division."),
                            entrant->bib);
  if (no_age)
    return g_strdup_printf (_ ("Bib %u: the age is missing, so there is no division."),
                            entrant->bib);
  return NULL;
}

static char *
dup_unmatched (const ConcCounts *counts)
{
  return g_strdup_printf (ngettext ("%u time has no bib yet.", "%u times have no bib yet.",
                                    counts->n_unmatched),
                          counts->n_unmatched);
}

static void
add (GPtrArray *sentences, GArray *bibs, char *take_sentence, guint bib)
{
  g_ptr_array_add (sentences, take_sentence);
  g_array_append_val (bibs, bib);
}

/* Returns: (transfer full): at most @limit sentences, the finishers in order of place. @bibs, of
 * guint, gets the bib that each is about, 0 for the times without one. @ret_n_problems counts all
 * of them. */
char **
conc_results_problems (ConcScoreboard   *board,
                       const ConcCounts *counts,
                       guint             limit,
                       GArray           *bibs,
                       guint            *ret_n_problems)
{
  gboolean has_divisions =
      conc_divisions_get_count (conc_scoreboard_get_rules (board)->divisions) > 0;
  GPtrArray *sentences = g_ptr_array_new ();
  ConcResult result;

  g_array_set_size (bibs, 0);
  *ret_n_problems = 0;
  if (counts->n_unmatched > 0)
    {
      add (sentences, bibs, dup_unmatched (counts), 0);
      *ret_n_problems += 1;
    }
  for (guint n = 0; conc_scoreboard_get_row (board, CONC_LIST_OVERALL, n, &result); n++)
    {
      char *sentence = dup_problem (&result, has_divisions);

      if (sentence == NULL)
        continue;
      *ret_n_problems += 1;
      if (sentences->len < limit)
        add (sentences, bibs, sentence, result.entrant->bib);
      else
        g_free (sentence);
    }
  g_ptr_array_add (sentences, NULL);
  return (char **) g_ptr_array_free (sentences, FALSE);
}
