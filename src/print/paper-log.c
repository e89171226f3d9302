/* paper-log.c: everything so far on paper, so that a race can be finished by hand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/paper-log.h"

#include "core/race-time.h"
#include "core/story.h"
#include "print/results-lines.h"
#include "print/sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DIGITS 2

typedef struct
{
  ConcSheet  *paper;
  GTimeZone  *zone;
  const char *date;
  gboolean    has_places;
} Log;

/* A race on one laptop has no names of stations. */
static gboolean
has_places (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ConcLogEntry *entry = g_ptr_array_index (entries, i);

      if (entry->place != NULL && *entry->place != '\0')
        return TRUE;
    }
  return FALSE;
}

static void
add_columns (const Log *log)
{
  static const struct
  {
    const char    *title;
    ConcColumnSide side;
    double         weight;
  } columns[] = {
    { N_ ("Time of day"), CONC_COLUMN_RIGHT, 1.9 }, { N_ ("Bib"), CONC_COLUMN_RIGHT, 1.1 },
    { N_ ("What"), CONC_COLUMN_LEFT, 4.2 },         { N_ ("Name"), CONC_COLUMN_LEFT, 4.4 },
    { N_ ("Entry"), CONC_COLUMN_LEFT, 2.5 },        { N_ ("Station"), CONC_COLUMN_LEFT, 2.1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns) - (log->has_places ? 0 : 1); i++)
    conc_sheet_add_column (log->paper, _ (columns[i].title), columns[i].side, columns[i].weight);
}

/* Of another day than the race, the day says more than the hundredth. */
static char *
dup_time (const Log *log, gint64 usec)
{
  char *time = conc_story_format_time (usec, log->zone, log->date);

  if (strchr (time, '-') != NULL)
    return time;
  g_free (time);
  return conc_time_format_clock (usec, log->zone, DIGITS);
}

static void
add_entry (const Log *log, const ConcLogEntry *entry)
{
  g_autofree char *clock = dup_time (log, entry->at_usec);
  g_autofree char *bib = entry->bib != 0 ? g_strdup_printf ("%u", entry->bib) : NULL;
  g_autofree char *words = conc_log_entry_dup_words (entry);
  const char      *cells[] = { clock, bib, words, entry->name, entry->fact, entry->place };

  conc_sheet_add_row (log->paper, cells);
}

static gboolean
is_gun (const ConcLogEntry *entry)
{
  return entry->kind == CONC_LOG_GUN || entry->kind == CONC_LOG_GUN_SEEN;
}

static void
add_some (const Log *log, GPtrArray *entries, gboolean guns, const char *title)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < entries->len; i++)
    {
      const ConcLogEntry *entry = g_ptr_array_index (entries, i);

      if (guns && !is_gun (entry))
        continue;
      if (is_first)
        conc_sheet_add_section (log->paper, title);
      is_first = FALSE;
      add_entry (log, entry);
    }
}

/**
 * conc_paper_log_write:
 * @entries: (element-type ConcLogEntry): all that was recorded and stands, by time
 * @settings: name, day and zone of the race
 * @as_of_usec: of when it is
 * @stream: where the PDF goes; left open
 *
 * First the guns by the time of day, which is all that a watch needs to go on, then everything in
 * its order, each with the name of its entry. Every page says how a gun time is counted by hand.
 *
 * Returns: whether all of it was written. Any thread.
 */
gboolean
conc_paper_log_write (GPtrArray     *entries,
                      ConcSettings  *settings,
                      gint64         as_of_usec,
                      GOutputStream *stream,
                      GError       **error)
{
  const char *name = conc_settings_get (settings, CONC_SETTING_NAME);
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (settings);
  g_autofree char *title = g_strdup_printf (_ ("%s: log"), name != NULL ? name : "");
  g_autofree char *day = conc_results_dup_day (settings);
  g_autofree char *clock = conc_time_format_clock (as_of_usec, zone, 0);
  /* Translators: the time of day of a paper, and how many entries are on it */
  g_autofree char *as_of = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "As of %s, %u entry",
                                                         "As of %s, %u entries", entries->len),
                                            clock, entries->len);
  g_autoptr (ConcSheet) paper = conc_sheet_new (CONC_PAPER_LETTER, title);
  Log log;

  conc_sheet_set_subtitle (paper, day);
  conc_sheet_set_as_of (paper, as_of);
  conc_sheet_set_footer (
      paper,
      _ ("To go on by hand: gun time = time of day at the line − gun of the runner's wave."));
  conc_sheet_set_empty_text (paper, _ ("Nothing was recorded yet."));
  log = (Log){ paper, zone, conc_settings_get (settings, CONC_SETTING_DATE), has_places (entries) };
  add_columns (&log);
  add_some (&log, entries, TRUE, _ ("Guns"));
  add_some (&log, entries, FALSE, _ ("Everything in its order"));
  return conc_sheet_write_pdf (paper, stream, NULL, NULL, NULL, error);
}
