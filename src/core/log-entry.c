/* log-entry.c: one line of the paper log. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/log-entry.h"

#include "core/runner.h"

#include <glib/gi18n-lib.h>

/** conc_log_entry_free: frees @entry, which may be %NULL. */
void
conc_log_entry_free (ConcLogEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->fact);
  g_free (entry->name);
  g_free (entry->place);
  g_free (entry->detail);
  g_free (entry);
}

static char *
dup_wave (const ConcLogEntry *entry)
{
  return entry->detail != NULL && *entry->detail != '\0' ? conc_wave_dup_title (entry->detail)
                                                         : g_strdup (_ ("The race"));
}

static const char *
get_ruling (const char *ruling)
{
  if (g_strcmp0 (ruling, CONC_RULING_DNS) == 0)
    return _ ("Ruling: did not start");
  if (g_strcmp0 (ruling, CONC_RULING_DNF) == 0)
    return _ ("Ruling: did not finish");
  return g_strcmp0 (ruling, CONC_RULING_DQ) == 0 ? _ ("Ruling: disqualified") : NULL;
}

static char *
describe_ruling (const ConcLogEntry *entry)
{
  const char *known = get_ruling (entry->detail);

  return known != NULL ? g_strdup (known) : g_strdup_printf (_ ("Penalty of %s"), entry->detail);
}

/**
 * conc_log_entry_dup_words:
 *
 * Returns: (transfer full): what it is, in a few words; what waits for something says so in words.
 *   Any thread.
 */
char *
conc_log_entry_dup_words (const ConcLogEntry *entry)
{
  g_autofree char *wave = NULL;

  switch (entry->kind)
    {
    case CONC_LOG_GUN:
      wave = dup_wave (entry);
      return g_strdup_printf (_ ("%s: gun"), wave);
    case CONC_LOG_GUN_SEEN:
      wave = dup_wave (entry);
      return g_strdup_printf (_ ("%s: gun, for comparison"), wave);
    case CONC_LOG_START:
      return g_strdup (_ ("Own start"));
    case CONC_LOG_TAP:
      return g_strdup (entry->waits ? _ ("At the line, no bib yet") : _ ("At the line"));
    case CONC_LOG_CHUTE:
      if (entry->bib == 0)
        return g_strdup (entry->waits ? _ ("In the chute, not read, no time")
                                      : _ ("In the chute, not read"));
      return g_strdup (entry->waits ? _ ("In the chute, no time yet") : _ ("In the chute"));
    case CONC_LOG_RULING:
      return describe_ruling (entry);
    default:
      return g_strdup_printf (_ ("Repair: %s"), entry->detail != NULL ? entry->detail : "");
    }
}
