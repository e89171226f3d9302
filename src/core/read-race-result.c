/* read-race-result.c: passings of race result decoders. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PUSHED "#P;"

/* Cells of a passing. */
enum
{
  CELL_NUMBER,
  CELL_CODE,
  CELL_DATE,
  CELL_TIME,
  CELL_EVENT,
  CELL_HITS,
  CELL_STRENGTH,
  CELL_ACTIVE = 8,
  CELL_CHANNEL,
  CELL_LOOP
};

static const char *
get_cell (ConcReadParser *self, guint cell)
{
  return cell < self->n_cells ? self->cells[cell] : "";
}

/* A decoder without a date counts days from 0000-00-00, the day on which it was started. */
static gboolean
take_time (ConcReadParser *self, const char *date, const char *time, ConcRead *read)
{
  gint64      of_day_usec, days;
  const char *cursor = date;
  GDate       day;

  if (!conc_read_parse_clock (time, &of_day_usec))
    return FALSE;
  if (*date == '\0')
    {
      conc_read_set_time_of_day (self, read, of_day_usec);
      return TRUE;
    }
  if (!g_str_has_prefix (date, "0000-00-"))
    return conc_read_set_date_and_time (self, read, date, of_day_usec);
  cursor += strlen ("0000-00-");
  if (!conc_scan_digits (&cursor, 2, 2, &days) || *cursor != '\0')
    return FALSE;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) self->day, (GDateMonth) self->month, (GDateYear) self->year);
  g_date_add_days (&day, (guint) days);
  conc_read_set_local (self, read, g_date_get_year (&day), (int) g_date_get_month (&day),
                       g_date_get_day (&day), of_day_usec);
  return TRUE;
}

/* A code of digits with the number of an event is the bib that the transponder was made for. */
static void
take_bib (ConcReadParser *self, ConcRead *read)
{
  const char *event = get_cell (self, CELL_EVENT);

  if (*event != '\0' && strcmp (event, "0") != 0)
    conc_read_parse_bib (self->cells[CELL_CODE], &read->bib);
}

static void
take_rest (ConcReadParser *self, ConcRead *read)
{
  if (!conc_read_parse_small (get_cell (self, CELL_LOOP), &read->antenna))
    conc_read_parse_small (get_cell (self, CELL_CHANNEL), &read->antenna);
  conc_read_parse_strength (read, get_cell (self, CELL_STRENGTH));
}

/**
 * conc_read_take_race_result:
 *
 * A passing: its number; the bib or the code of the transponder; the date, YYYY-MM-DD, 0000-00-NN
 * of a decoder without a date, or nothing; the time, hh:mm:ss.kkk; the event of the set of bibs;
 * hits; the strength; and more, of which channel and loop are read. A decoder that pushes passings
 * writes "#P;" in front of each; a file of passings does not. Other lines with "#", and answers to
 * commands, are no passings.
 *
 * Source: the description of the decoder's protocol and of the exports of raw data by race result.
 */
ConcReadLine
conc_read_take_race_result (ConcReadParser *self, const char *line, ConcRead *read, GError **error)
{
  if (g_str_has_prefix (line, PUSHED))
    line += strlen (PUSHED);
  else if (*line == '#' || (g_ascii_isupper (*line) && g_ascii_isupper (line[1])) ||
           !conc_read_has_digit (line))
    return CONC_READ_LINE_OTHER;
  conc_read_split (self, line, ';');
  if (self->n_cells <= CELL_TIME)
    return conc_read_refuse (error, _ ("A passing has at least four parts between semicolons."));
  if (!conc_read_is_number (self->cells[CELL_NUMBER]))
    return conc_read_refuse (error, _ ("A passing begins with its number."));
  if (!conc_read_set_tag (read, self->cells[CELL_CODE]))
    return conc_read_refuse_text (error, _ ("“%s” is not the code of a transponder."),
                                  self->cells[CELL_CODE]);
  if (!take_time (self, self->cells[CELL_DATE], self->cells[CELL_TIME], read))
    return conc_read_refuse_text (error, _ ("“%s” is not a time, or its date does not exist."),
                                  self->cells[CELL_TIME]);
  read->kind = CONC_READ_CHIP;
  take_bib (self, read);
  take_rest (self, read);
  return CONC_READ_LINE_READ;
}
