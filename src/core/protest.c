/* protest.c: what a protest about one runner is decided by. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/protest.h"

#include "core/race-time.h"

#include <glib/gi18n-lib.h>

/** conc_neighbour_free: frees @neighbour, which may be %NULL. */
void
conc_neighbour_free (ConcNeighbour *neighbour)
{
  if (neighbour == NULL)
    return;
  g_free (neighbour->name);
  g_free (neighbour);
}

/** conc_protest_free: frees @protest, which may be %NULL. */
void
conc_protest_free (ConcProtest *protest)
{
  if (protest == NULL)
    return;
  g_clear_pointer (&protest->runner, conc_runner_free);
  g_clear_pointer (&protest->stories, g_ptr_array_unref);
  g_clear_pointer (&protest->neighbours, g_ptr_array_unref);
  g_clear_pointer (&protest->rulings, g_ptr_array_unref);
  g_free (protest);
}

static void
append (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/**
 * conc_protest_dup_details:
 *
 * Returns: (transfer full): what everybody may know of the runner beside the name: "F · 34 · Wave A
 *   · 5K Run"; empty of a bib that nobody holds. Any thread.
 */
char *
conc_protest_dup_details (const ConcProtest *protest)
{
  GString          *text = g_string_new (NULL);
  const ConcRunner *runner = protest->runner;
  const char       *wave = runner != NULL ? conc_runner_get (runner, CONC_FIELD_WAVE) : NULL;
  g_autofree char  *title = wave != NULL && *wave != '\0' ? conc_wave_dup_title (wave) : NULL;

  if (runner == NULL)
    return g_string_free (text, FALSE);
  append (text, conc_sex_to_text (conc_runner_get_sex (runner)));
  append (text, conc_runner_get (runner, CONC_FIELD_AGE));
  append (text, protest->has_result ? protest->result.division : NULL);
  append (text, title);
  append (text, conc_runner_get (runner, CONC_FIELD_EVENT));
  append (text, conc_runner_get (runner, CONC_FIELD_TEAM));
  return g_string_free (text, FALSE);
}

static const char *
describe_status (ConcEntrantStatus status)
{
  static const char *const texts[] = { [CONC_ENTRANT_RUNNING] = NULL,
                                       [CONC_ENTRANT_DNS] = N_ ("Did not start"),
                                       [CONC_ENTRANT_DNF] = N_ ("Did not finish"),
                                       [CONC_ENTRANT_DQ] = N_ ("Disqualified") };

  return texts[status] != NULL ? _ (texts[status]) : NULL;
}

static char *
dup_labelled (const char *label, gint64 usec, ConcRounding rounding)
{
  g_autofree char *time = NULL;

  if (usec == CONC_NO_TIME)
    return NULL;
  time = conc_duration_format (usec, rounding);
  return g_strdup_printf ("%s %s", label, time);
}

/**
 * conc_protest_dup_result:
 * @rounding: how times are published
 *
 * Returns: (transfer full): what is published now, "Place 12 · gun 24:32 · net 24:20". Any thread.
 */
char *
conc_protest_dup_result (const ConcProtest *protest, ConcRounding rounding)
{
  const ConcResult *result = &protest->result;
  GString          *text = g_string_new (NULL);
  g_autofree char  *place = NULL;
  g_autofree char  *gun = NULL;
  g_autofree char  *net = NULL;

  if (!protest->has_result)
    append (text, _ ("No result"));
  if (!protest->has_result)
    return g_string_free (text, FALSE);
  if (result->place > 0)
    place = g_strdup_printf (_ ("Place %u"), result->place);
  gun = dup_labelled (_ ("gun"), result->gun_usec, rounding);
  net = dup_labelled (_ ("net"), result->net_usec, rounding);
  append (text, describe_status (result->entrant->status));
  append (text, place);
  append (text, gun);
  append (text, net);
  if (text->len == 0)
    append (text, _ ("No finish"));
  return g_string_free (text, FALSE);
}
