/* scoreboard-entry.c: what a scoreboard keeps of one entrant. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/scoreboard-private.h"

#include "core/race-time.h"

#include <string.h>

static gsize
get_text_size (const char *text)
{
  return text == NULL ? 0 : strlen (text) + 1;
}

/* Copies @text, if there is one, to where the rest of the block begins. */
static const char *
take_text (char **rest, const char *text)
{
  char *copy = *rest;
  gsize size = get_text_size (text);

  if (text == NULL)
    return NULL;
  memcpy (copy, text, size);
  *rest += size;
  return copy;
}

static int
compare_crossings (gconstpointer a, gconstpointer b)
{
  return conc_crossing_compare (a, b);
}

static void
sort_crossings (ConcCrossing *crossings, guint count)
{
  for (guint i = 1; i < count; i++)
    if (conc_crossing_compare (&crossings[i - 1], &crossings[i]) > 0)
      {
        qsort (crossings, count, sizeof *crossings, compare_crossings);
        return;
      }
}

/**
 * conc_entry_new:
 * @entrant: who; the crossings in any order
 *
 * Everything is copied into one block of memory, because a board is filled with many of these. The
 * entry is not scored yet.
 *
 * Returns: (transfer full): the entry, with its crossings sorted. Any thread.
 */
ConcEntry *
conc_entry_new (const ConcEntrant *entrant)
{
  gsize         crossings_size = entrant->crossing_count * sizeof (ConcCrossing);
  gsize         uses_size = entrant->crossing_count * sizeof (ConcCrossingUse);
  char         *block = g_malloc (sizeof (ConcEntry) + crossings_size + uses_size +
                                  get_text_size (entrant->key) + get_text_size (entrant->name) +
                                  get_text_size (entrant->wave) + get_text_size (entrant->event));
  ConcEntry    *entry = (ConcEntry *) block;
  ConcCrossing *crossings = (ConcCrossing *) (block + sizeof (ConcEntry));
  char         *rest = block + sizeof (ConcEntry) + crossings_size + uses_size;

  memset (entry, 0, sizeof *entry);
  entry->entrant = *entrant;
  entry->entrant.key = take_text (&rest, entrant->key);
  entry->entrant.name = take_text (&rest, entrant->name);
  entry->entrant.wave = take_text (&rest, entrant->wave);
  entry->entrant.event = take_text (&rest, entrant->event);
  entry->entrant.crossings = crossings;
  entry->uses = (ConcCrossingUse *) (block + sizeof (ConcEntry) + crossings_size);
  if (crossings_size > 0)
    memcpy (crossings, entrant->crossings, crossings_size);
  sort_crossings (crossings, entrant->crossing_count);
  entry->ranked.key = entry->entrant.key;
  return entry;
}

/**
 * conc_entry_free:
 * @entry: (transfer full) (nullable): in no list any more. Any thread.
 */
void
conc_entry_free (ConcEntry *entry)
{
  g_free (entry);
}

/**
 * conc_entry_score:
 * @start_usec: the gun of the entrant's wave, or CONC_NO_TIME
 * @rules: how the race is scored
 *
 * Changes the order of the entry, so it must be in no list. Any thread.
 */
void
conc_entry_score (ConcEntry *entry, gint64 start_usec, const ConcRules *rules)
{
  conc_score_entrant (&entry->entrant, start_usec, rules, entry->uses, &entry->score);
  entry->scored_from_usec = start_usec;
  entry->division = conc_divisions_find (rules->divisions, entry->entrant.sex, entry->entrant.age);
  entry->ranked.rank_usec = entry->score.rank_usec;
  entry->ranked.shown_usec = entry->score.shown_usec;
  entry->ranked.finish = entry->score.laps.finish == CONC_NO_CROSSING
                             ? NULL
                             : &entry->entrant.crossings[entry->score.laps.finish];
}

/**
 * conc_entry_get_list:
 * @depth: which kind of list
 *
 * Returns: the number of the list of that kind for the entrant, or CONC_LIST_NONE. Any thread.
 */
int
conc_entry_get_list (const ConcEntry *entry, guint depth)
{
  switch (depth)
    {
    case CONC_DEPTH_OVERALL:
      return CONC_LIST_OVERALL;
    case CONC_DEPTH_SEX:
      return conc_list_of_sex (entry->entrant.sex);
    default:
      return entry->division == CONC_DIVISION_NONE ? CONC_LIST_NONE
                                                   : CONC_LIST_FIRST_DIVISION + entry->division;
    }
}
