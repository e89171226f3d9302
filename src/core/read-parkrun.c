/* read-parkrun.c: files of the timers and scanners that parkrun uses. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/export-date.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define START "STARTOFEVENT"
#define END "ENDOFEVENT"

/* A timer whose clock was set shows race day, or the days beside it in another zone. */
static gboolean
is_race_day (ConcReadParser *self, const ConcExportDate *date)
{
  GDate race, other;

  g_date_clear (&race, 1);
  g_date_clear (&other, 1);
  g_date_set_dmy (&race, (GDateDay) self->day, (GDateMonth) self->month, (GDateYear) self->year);
  g_date_set_dmy (&other, (GDateDay) date->day, (GDateMonth) date->month, (GDateYear) date->year);
  return ABS (g_date_days_between (&race, &other)) <= 1;
}

/* "09/12/2017 09:23:11", always with the day first. */
static gboolean
parse_when (const char *text, ConcExportDate *ret_date)
{
  return strchr (text, ':') != NULL &&
         conc_export_date_parse (text, CONC_DAY_ORDER_DAY_FIRST, 2099, ret_date) &&
         conc_read_is_day (ret_date->year, ret_date->month, ret_date->day);
}

static ConcReadLine
take_start_of_event (ConcReadParser *self, const char *line)
{
  ConcExportDate date;

  self->timer_has_date =
      self->n_cells >= 2 && parse_when (self->cells[1], &date) && is_race_day (self, &date);
  conc_read_keep_head (self, line);
  return CONC_READ_LINE_OTHER;
}

/* Sets the time from the clock of the timer, where that was set, else from the start. */
static gboolean
take_timer_time (ConcReadParser *self, const char *when, const char *elapsed, ConcRead *read)
{
  ConcExportDate date;
  gint64         usec;
  gboolean       has_hours;

  if (self->timer_has_date && parse_when (when, &date))
    {
      conc_read_set_local (self, read, date.year, date.month, date.day, date.of_day_usec);
      return TRUE;
    }
  if (!conc_read_scan_clock (&elapsed, &usec, &has_hours) || *elapsed != '\0')
    return FALSE;
  conc_read_set_elapsed (self, read, usec);
  return TRUE;
}

static ConcReadLine
take_position (ConcReadParser *self,
               const char     *position,
               const char     *when,
               const char     *elapsed,
               ConcRead       *read,
               GError        **error)
{
  if (!conc_read_parse_small (position, &read->position))
    return conc_read_refuse_text (error, _ ("“%s” is not a position."), position);
  if (!take_timer_time (self, when, elapsed, read))
    return conc_read_refuse_text (error, _ ("“%s” is not a time."), elapsed);
  read->kind = read->position == 0 ? CONC_READ_START : CONC_READ_TIME;
  return CONC_READ_LINE_READ;
}

/**
 * conc_read_take_parkrun_timer:
 *
 * "STARTOFEVENT,01/01/2001 00:00:00,name", then "0,01/01/2001 00:00:00" for the start, then a line
 * for each position: its number, the clock of the timer, the time since the start; at last
 * "ENDOFEVENT". The clock counts when it shows race day; else it was never set, and the time since
 * the start counts from the gun. The other form of such files, "T,3,1,00:10:03.000" between
 * "I, CP765, 47" and "S, 001, SPLIT", has the time since the start only.
 *
 * Source: files in the tests of Results Tidyup, a program for parkrun's volunteers.
 */
ConcReadLine
conc_read_take_parkrun_timer (ConcReadParser *self,
                              const char     *line,
                              ConcRead       *read,
                              GError        **error)
{
  ConcExportDate date;

  conc_read_split (self, line, ',');
  if (strcmp (self->cells[0], START) == 0)
    return take_start_of_event (self, line);
  if (strcmp (self->cells[0], END) == 0 || strcmp (self->cells[0], "I") == 0 ||
      strcmp (self->cells[0], "S") == 0)
    return CONC_READ_LINE_OTHER;
  if (strcmp (self->cells[0], "T") == 0 && self->n_cells == 4)
    return take_position (self, self->cells[1], "", self->cells[3], read, error);
  if (self->n_cells == 2 && strcmp (self->cells[0], "0") == 0)
    return take_position (self, self->cells[0], self->cells[1], "00:00:00", read, error);
  if (self->n_cells != 3 || !parse_when (self->cells[1], &date))
    return conc_read_refuse (error, _ ("A line of a timer has a position and two times."));
  return take_position (self, self->cells[0], self->cells[1], self->cells[2], read, error);
}

/* A scanner writes nothing, or the word null, for a code that was not scanned. */
static const char *
get_code (ConcReadParser *self, guint cell)
{
  return strcmp (self->cells[cell], "null") == 0 ? "" : self->cells[cell];
}

static gboolean
take_token (const char *token, ConcRead *read)
{
  return *token == '\0' ||
         ((*token == 'P' || *token == 'p') && strlen (token) <= 6 &&
          conc_read_parse_small (token + 1, &read->position) && read->position > 0);
}

/**
 * conc_read_take_parkrun_scanner:
 *
 * "A4580442,P0047,14/03/2018 09:47:03": the code of the runner, the token of the position, and when
 * both were scanned, with the day first. Either code may be missing. A code of digits alone is a
 * bib; others are looked up among the chips. The time is that of the scan, so the token gives the
 * order.
 *
 * Source: files in the tests of Results Tidyup, a program for parkrun's volunteers.
 */
ConcReadLine
conc_read_take_parkrun_scanner (ConcReadParser *self,
                                const char     *line,
                                ConcRead       *read,
                                GError        **error)
{
  ConcExportDate date;
  const char    *code, *token;

  if (!conc_read_has_digit (line))
    return CONC_READ_LINE_OTHER;
  conc_read_split (self, line, ',');
  if (self->n_cells != 3)
    return conc_read_refuse (error, _ ("A scan has a runner, a token and a time."));
  code = get_code (self, 0);
  token = get_code (self, 1);
  if (!take_token (token, read))
    return conc_read_refuse_text (error, _ ("“%s” is not the token of a position."), token);
  if (*code == '\0' && *token == '\0')
    return conc_read_refuse (error, _ ("The scan has neither a runner nor a token."));
  if (*code != '\0' && !conc_read_parse_bib (code, &read->bib) && !conc_read_set_tag (read, code))
    return conc_read_refuse_text (error, _ ("“%s” is not the code of a runner."), code);
  if (!parse_when (self->cells[2], &date))
    return conc_read_refuse_text (error, _ ("“%s” is not a time, or its date does not exist."),
                                  self->cells[2]);
  conc_read_set_local (self, read, date.year, date.month, date.day, date.of_day_usec);
  read->kind = CONC_READ_BIB;
  return CONC_READ_LINE_READ;
}
