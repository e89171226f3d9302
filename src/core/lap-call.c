/* lap-call.c: what is called out to a runner who crosses the line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/lap-call.h"

#include <glib/gi18n-lib.h>

/** conc_laps_to_go: Returns: how many laps are left to run; 0 for who has finished. Any thread. */
guint
conc_laps_to_go (const ConcResult *result)
{
  return result->laps_needed > result->laps_done ? result->laps_needed - result->laps_done : 0;
}

/**
 * conc_lap_call_describe:
 * @result: the runner, with the crossing
 * @use: what became of the crossing
 *
 * A crossing that does not count is called out with the laps that are left as before it, because
 * the runner is told how far it still is.
 *
 * Returns: (transfer full): like "2 laps to go", "last lap", "finished, place 3", or "does not
 *   count, 2 laps to go". Any thread.
 */
char *
conc_lap_call_describe (const ConcResult *result, ConcCrossingUse use)
{
  guint            to_go = conc_laps_to_go (result);
  const char      *status = conc_entrant_status_to_text (result->entrant->status);
  g_autofree char *words = NULL;

  if (status != NULL)
    return g_strdup_printf (_ ("out of the race, %s"), status);
  if (to_go == 1)
    words = g_strdup (_ ("last lap"));
  else if (to_go > 1)
    words = g_strdup_printf (ngettext ("%u lap to go", "%u laps to go", to_go), to_go);
  else if (use == CONC_CROSSING_AFTER_FINISH)
    return g_strdup (_ ("finished already"));
  else if (result->place > 0)
    words = g_strdup_printf (_ ("finished, place %u"), result->place);
  else
    words = g_strdup (_ ("finished"));
  if (use < CONC_CROSSING_FIRST_IGNORED)
    return g_steal_pointer (&words);
  return g_strdup_printf (_ ("does not count, %s"), words);
}
