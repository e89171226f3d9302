/* read-mylaps.c: messages of MyLaps' Timing & Scoring and its exporter. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The value of one key of a part like "c=0000041|t=13:11:30.904"; NULL when it has none. */
static const char *
find_value (ConcReadParser *self, const char *key)
{
  gsize length = strlen (key);

  for (guint i = 0; i < self->n_cells; i++)
    if (strncmp (self->cells[i], key, length) == 0 && self->cells[i][length] == '=')
      return self->cells[i] + length + 1;
  return NULL;
}

/* "120606" is the day, the year first; without it the time is of race day. */
static gboolean
take_time (ConcReadParser *self, const char *time, ConcRead *read)
{
  const char *date = find_value (self, "d");
  gint64      of_day_usec, value;

  if (date == NULL || strcmp (date, "-1") == 0)
    return strlen (time) > 6 && conc_read_set_instant (self, read, time);
  if (!conc_read_parse_clock (time, &of_day_usec) || !conc_scan_digits (&date, 6, 6, &value) ||
      *date != '\0' || !conc_read_is_day (2000 + value / 10000, value / 100 % 100, value % 100))
    return FALSE;
  conc_read_set_local (self, read, (int) (2000 + value / 10000), (int) (value / 100 % 100),
                       (int) (value % 100), of_day_usec);
  return TRUE;
}

static void
take_rest (ConcReadParser *self, ConcRead *read)
{
  const char *bib = find_value (self, "b");
  const char *loop = find_value (self, "dv");

  if (bib != NULL)
    conc_read_parse_bib (bib, &read->bib);
  if (loop != NULL)
    conc_read_parse_small (loop, &read->antenna);
}

/**
 * conc_read_take_mylaps:
 *
 * A message is "10KM@Passing@t=13:11:30.904|c=0000041|d=120606|…@t=…|c=…@1016@$": a name, what it
 * is, one part for each passing, a number and a dollar sign. Each part is a line here, so a damaged
 * one takes no other with it. Of a passing the keys t (time), d (day, YYMMDD), c (chip), b (bib, -1
 * for none) and dv (device) are read. A part with mt (kind of marker) is a gun. Parts without a "="
 * are the frame of a message.
 *
 * A table of chips and times is read by conc_read_take_passings().
 *
 * Source: messages in the tests of public programs that receive them; MyLaps' own description is
 * not public.
 */
ConcReadLine
conc_read_take_mylaps (ConcReadParser *self, const char *line, ConcRead *read, GError **error)
{
  const char *chip, *time;

  if (strchr (line, '=') == NULL)
    return strchr (line, '|') == NULL
               ? CONC_READ_LINE_OTHER
               : conc_read_refuse (error, _ ("The passing has neither a chip nor a time."));
  conc_read_split (self, line, '|');
  time = find_value (self, "t");
  chip = find_value (self, "c");
  if (time == NULL)
    return chip == NULL ? CONC_READ_LINE_OTHER
                        : conc_read_refuse (error, _ ("The passing has no time."));
  if (!take_time (self, time, read))
    return conc_read_refuse_text (error, _ ("“%s” is not a time, or its date does not exist."),
                                  time);
  if (chip == NULL && find_value (self, "mt") != NULL)
    {
      read->kind = CONC_READ_START;
      return CONC_READ_LINE_READ;
    }
  if (chip == NULL || !conc_read_set_tag (read, chip))
    return conc_read_refuse_text (error, _ ("“%s” is not the code of a chip."),
                                  chip != NULL ? chip : "");
  read->kind = CONC_READ_CHIP;
  take_rest (self, read);
  return CONC_READ_LINE_READ;
}
