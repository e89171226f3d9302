/* read-table.c: tables of passings and of stopwatches, by the meaning of their columns. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/columns-private.h"
#include "core/race-time.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A name is one of these as a whole, after conc_columns_normalize_header(). */
static const char *const names[CONC_READ_N_COLUMNS] = {
  [CONC_READ_COLUMN_TAG] = "|chip|chip code|chip id|chip number|chip no|chipcode|chipid|tag|tag id|"
                           "tag code|tag number|tagid|transponder|transponder id|transponder code|"
                           "transponder number|epc|rfid|rfid tag|",
  [CONC_READ_COLUMN_BIB] = "|bib|bib number|bib no|bib num|race number|race no|start number|"
                           "runner number|athlete number|",
  [CONC_READ_COLUMN_POSITION] = "|position|pos|place|lap|lap no|lap number|lap num|laps|split no|"
                                "split number|no|number|n|nr|index|count|memory|record|order|row|",
  [CONC_READ_COLUMN_TIME] = "|time|passing time|time of day|timestamp|date time|datetime|"
                            "date and time|read time|chip time|clock|clock time|local time|"
                            "detection time|detected at|read at|at|tod|utc time|rtc time|",
  [CONC_READ_COLUMN_DATE] = "|date|day|passing date|read date|race date|",
  [CONC_READ_COLUMN_MILLISECONDS] = "|ms|msec|millis|milliseconds|millisecond|thousandths|",
  [CONC_READ_COLUMN_TOTAL] = "|total|total time|cumulative|cumulative time|elapsed|elapsed time|"
                             "overall|overall time|running time|race time|gun time|finish time|"
                             "accumulated|accumulated time|",
  [CONC_READ_COLUMN_SPLIT] = "|split|split time|splits|",
  [CONC_READ_COLUMN_LAP_TIME] = "|lap time|interval|delta|difference|diff|",
  [CONC_READ_COLUMN_ANTENNA] = "|antenna|port|loop|loop id|reader|reader id|channel|mat|location|",
  [CONC_READ_COLUMN_STRENGTH] = "|rssi|strength|signal|signal strength|max rssi|peak rssi|hits|",
};

static char
guess_delimiter (const char *line)
{
  if (strchr (line, '\t') != NULL)
    return '\t';
  return strchr (line, ';') != NULL ? ';' : ',';
}

static int
find_column (const char *header)
{
  g_autofree char *name = conc_columns_normalize_header (header);
  g_autofree char *wanted = g_strdup_printf ("|%s|", name);

  if (*name == '\0')
    return -1;
  for (int i = 0; i < CONC_READ_N_COLUMNS; i++)
    if (strstr (names[i], wanted) != NULL)
      return i;
  return -1;
}

/* Takes the names of columns from the cells; the first column of a meaning has it. */
static guint
take_names (ConcReadParser *self)
{
  guint n_found = 0;

  for (guint i = 0; i < self->n_cells; i++)
    {
      int column = find_column (self->cells[i]);

      if (column < 0 || self->columns[column] >= 0)
        continue;
      self->columns[column] = (int) i;
      n_found++;
    }
  return n_found;
}

static gboolean
is_clock (const char *text)
{
  gint64   usec;
  gboolean has_hours;

  return conc_read_scan_clock (&text, &usec, &has_hours) && *text == '\0';
}

/* Without names the cells tell: what has colons is a time, what has a letter or many digits a chip,
 * what is a small number a position or a bib. */
static guint
guess_columns (ConcReadParser *self, ConcReadColumn number)
{
  guint n_found = 0;

  for (guint i = 0; i < self->n_cells; i++)
    {
      const char    *cell = self->cells[i];
      ConcReadColumn column;

      if (strchr (cell, ':') != NULL)
        column = !is_clock (cell) || self->columns[CONC_READ_COLUMN_TIME] < 0
                     ? CONC_READ_COLUMN_TIME
                     : CONC_READ_COLUMN_TOTAL;
      else if (conc_read_is_number (cell) && strlen (cell) <= 6)
        column = number;
      else if (conc_read_has_digit (cell) && strpbrk (cell, " ,") == NULL)
        column = CONC_READ_COLUMN_TAG;
      else
        continue;
      if (self->columns[column] >= 0)
        continue;
      self->columns[column] = (int) i;
      n_found++;
    }
  return n_found;
}

static void
forget_columns (ConcReadParser *self)
{
  for (guint i = 0; i < CONC_READ_N_COLUMNS; i++)
    self->columns[i] = -1;
}

/* Titles of a report are lines with one or two words in front of the names. */
static gboolean
may_be_title (ConcReadParser *self)
{
  guint n_filled = 0;

  for (guint i = 0; i < self->n_cells; i++)
    n_filled += *self->cells[i] != '\0' ? 1 : 0;
  return n_filled <= 2;
}

static gboolean
has (ConcReadParser *self, ConcReadColumn column)
{
  return self->columns[column] >= 0;
}

/* Whether a table without names is of a stopwatch: its first lap is 0 or 1. */
static gboolean
begins_at_one (ConcReadParser *self)
{
  int   cell = self->columns[CONC_READ_COLUMN_POSITION];
  guint position;

  return cell >= 0 && conc_read_parse_small (self->cells[cell], &position) && position <= 1;
}

/* Finds out from the cells of a line what the columns hold. Of a stopwatch numbers are laps. */
static gboolean
find_columns (ConcReadParser *self, gboolean is_stopwatch)
{
  guint n_found = take_names (self);

  self->is_named =
      n_found >= 2 && (has (self, CONC_READ_COLUMN_TIME) || has (self, CONC_READ_COLUMN_TOTAL) ||
                       has (self, CONC_READ_COLUMN_SPLIT) || has (self, CONC_READ_COLUMN_LAP_TIME));
  self->has_columns = self->is_named;
  if (!self->is_named)
    {
      forget_columns (self);
      n_found =
          guess_columns (self, is_stopwatch ? CONC_READ_COLUMN_POSITION : CONC_READ_COLUMN_BIB);
      self->has_columns = n_found >= 2 && has (self, CONC_READ_COLUMN_TIME) &&
                          (!is_stopwatch || begins_at_one (self));
    }
  if (is_stopwatch && (has (self, CONC_READ_COLUMN_TAG) || has (self, CONC_READ_COLUMN_BIB) ||
                       !has (self, CONC_READ_COLUMN_POSITION)))
    self->has_columns = FALSE;
  if (!self->has_columns)
    forget_columns (self);
  return self->has_columns;
}

static const char *
get_cell (ConcReadParser *self, ConcReadColumn column)
{
  int cell = self->columns[column];

  return cell >= 0 && (guint) cell < self->n_cells ? self->cells[cell] : "";
}

/* Splits the line; at the first one finds the columns. */
static ConcReadLine
begin_line (ConcReadParser *self, const char *line, gboolean is_stopwatch, GError **error)
{
  if (self->has_columns)
    {
      conc_read_split (self, line, self->delimiter);
      return CONC_READ_LINE_READ;
    }
  self->delimiter = guess_delimiter (line);
  conc_read_split (self, line, self->delimiter);
  if (!find_columns (self, is_stopwatch))
    return may_be_title (self)
               ? CONC_READ_LINE_OTHER
               : conc_read_refuse (error, _ ("The columns of the table are not known."));
  conc_read_keep_head (self, line);
  return self->is_named ? CONC_READ_LINE_OTHER : CONC_READ_LINE_READ;
}

static gboolean
parse_elapsed (const char *text, gint64 *ret_usec)
{
  gboolean has_hours;

  return conc_read_scan_clock (&text, ret_usec, &has_hours) && *text == '\0';
}

/* The time since the start: that of the column for it. Without one a split may count from the start
 * or be the time of a lap, so the largest of the times is meant. */
static gboolean
take_total (ConcReadParser *self, ConcRead *read)
{
  static const ConcReadColumn columns[] = { CONC_READ_COLUMN_TIME, CONC_READ_COLUMN_SPLIT,
                                            CONC_READ_COLUMN_LAP_TIME };
  gint64                      total_usec = -1;

  if (parse_elapsed (get_cell (self, CONC_READ_COLUMN_TOTAL), &total_usec))
    {
      conc_read_set_elapsed (self, read, total_usec);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      gint64 usec;

      if (!parse_elapsed (get_cell (self, columns[i]), &usec))
        continue;
      total_usec = MAX (total_usec, usec);
    }
  if (total_usec < 0)
    return FALSE;
  conc_read_set_elapsed (self, read, total_usec);
  return TRUE;
}

/**
 * conc_read_take_stopwatch:
 *
 * A table with the number of the lap and times since the start, recognised by the names of its
 * columns ("Lap", "Split", "Total") or, without names, by a number and one or two times in each
 * line. Of two times the larger is the one since the start, whichever of "split" and "lap time" the
 * maker calls it. The times count from the gun.
 *
 * Source: no maker's description; the columns that exports of stopwatches have.
 */
ConcReadLine
conc_read_take_stopwatch (ConcReadParser *self, const char *line, ConcRead *read, GError **error)
{
  const char  *position;
  ConcReadLine begun = begin_line (self, line, TRUE, error);

  if (begun != CONC_READ_LINE_READ)
    return begun;
  if (!conc_read_has_digit (line))
    return CONC_READ_LINE_OTHER;
  position = get_cell (self, CONC_READ_COLUMN_POSITION);
  if (!conc_read_parse_small (position, &read->position))
    return conc_read_refuse_text (error, _ ("“%s” is not the number of a lap."), position);
  if (!take_total (self, read))
    return conc_read_refuse (error, _ ("The line has no time since the start."));
  read->kind = CONC_READ_TIME;
  return CONC_READ_LINE_READ;
}

static gboolean
take_passing_time (ConcReadParser *self, ConcRead *read)
{
  const char *time = get_cell (self, CONC_READ_COLUMN_TIME);
  const char *date = get_cell (self, CONC_READ_COLUMN_DATE);
  gint64      usec;

  if (*time == '\0')
    {
      if (!parse_elapsed (get_cell (self, CONC_READ_COLUMN_TOTAL), &usec))
        return FALSE;
      conc_read_set_elapsed (self, read, usec);
      return TRUE;
    }
  if (*date != '\0' && conc_read_parse_clock (time, &usec))
    return conc_read_set_date_and_time (self, read, date, usec);
  return conc_read_set_instant (self, read, time);
}

static void
take_milliseconds (ConcReadParser *self, ConcRead *read)
{
  guint milliseconds;

  if (conc_read_parse_small (get_cell (self, CONC_READ_COLUMN_MILLISECONDS), &milliseconds) &&
      milliseconds < 1000 && read->at_usec != CONC_NO_TIME &&
      read->at_usec % CONC_USEC_PER_SECOND == 0)
    read->at_usec += (gint64) milliseconds * 1000;
}

/**
 * conc_read_take_passings:
 *
 * Any table with a chip or a bib, or a position, and a time: the exports of MyLaps' programs, lists
 * that were typed, the select times of another watch. Columns are recognised by their names, or by
 * the first line. A time with hours is a time of day, with its date where there is one; one without
 * hours, or in a column of elapsed times, counts from the start. Milliseconds may have a column of
 * their own.
 *
 * Source: no single format; names that such tables have.
 */
ConcReadLine
conc_read_take_passings (ConcReadParser *self, const char *line, ConcRead *read, GError **error)
{
  const char  *tag, *bib;
  ConcReadLine begun = begin_line (self, line, FALSE, error);

  if (begun != CONC_READ_LINE_READ)
    return begun;
  if (!conc_read_has_digit (line))
    return CONC_READ_LINE_OTHER;
  tag = get_cell (self, CONC_READ_COLUMN_TAG);
  bib = get_cell (self, CONC_READ_COLUMN_BIB);
  if (*tag != '\0' && !conc_read_set_tag (read, tag))
    return conc_read_refuse_text (error, _ ("“%s” is not the code of a chip."), tag);
  if (*bib != '\0' && !conc_read_parse_bib (bib, &read->bib))
    return conc_read_refuse_text (error, _ ("“%s” is not a bib."), bib);
  if (!take_passing_time (self, read))
    return conc_read_refuse_text (error, _ ("“%s” is not a time, or its date does not exist."),
                                  get_cell (self, CONC_READ_COLUMN_TIME));
  take_milliseconds (self, read);
  conc_read_parse_small (get_cell (self, CONC_READ_COLUMN_POSITION), &read->position);
  conc_read_parse_small (get_cell (self, CONC_READ_COLUMN_ANTENNA), &read->antenna);
  conc_read_parse_strength (read, get_cell (self, CONC_READ_COLUMN_STRENGTH));
  read->kind = *tag != '\0' ? CONC_READ_CHIP : CONC_READ_TIME;
  return CONC_READ_LINE_READ;
}
