/* read-rfid-timing.c: reads of RFID Timing's Ultra, Joey and Outreach. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Cells of a read as the Ultra sends it. */
enum
{
  LIVE_CHIP = 1,
  LIVE_SECONDS,
  LIVE_MILLISECONDS,
  LIVE_ANTENNA,
  LIVE_STRENGTH,
  LIVE_N_NEEDED
};

/* Cells of its log file. */
enum
{
  LOG_PORT,
  LOG_CHIP,
  LOG_BIB,
  LOG_TIME,
  LOG_N_NEEDED
};

/* Cells of a log with tabs. */
enum
{
  TABBED_CHIP,
  TABBED_TIME,
  TABBED_READER,
  TABBED_PORT
};

#define SECONDS_PER_DAY 86400
#define EPOCH_YEAR 1980

/* The Ultra counts seconds from 1980 by its own clock, which shows the time of the place. */
static gboolean
take_live_time (ConcReadParser *self, ConcRead *read)
{
  const char *seconds_text = self->cells[LIVE_SECONDS];
  const char *milliseconds_text = self->cells[LIVE_MILLISECONDS];
  gint64      seconds, milliseconds;
  GDate       day;

  if (!conc_scan_digits (&seconds_text, 8, 10, &seconds) || *seconds_text != '\0' ||
      !conc_scan_digits (&milliseconds_text, 1, 3, &milliseconds) || *milliseconds_text != '\0')
    return FALSE;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, EPOCH_YEAR);
  g_date_add_days (&day, (guint) (seconds / SECONDS_PER_DAY));
  if (!conc_read_is_day (g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day)))
    return FALSE;
  conc_read_set_local (self, read, g_date_get_year (&day), (int) g_date_get_month (&day),
                       g_date_get_day (&day),
                       seconds % SECONDS_PER_DAY * CONC_USEC_PER_SECOND + milliseconds * 1000);
  return TRUE;
}

static ConcReadLine
take_live (ConcReadParser *self, ConcRead *read, GError **error)
{
  if (!conc_read_set_tag (read, self->cells[LIVE_CHIP]))
    return conc_read_refuse_text (error, _ ("“%s” is not the code of a chip."),
                                  self->cells[LIVE_CHIP]);
  if (!take_live_time (self, read))
    return conc_read_refuse_text (error, _ ("“%s” is not a count of seconds."),
                                  self->cells[LIVE_SECONDS]);
  read->kind = CONC_READ_CHIP;
  conc_read_parse_small (self->cells[LIVE_ANTENNA], &read->antenna);
  conc_read_parse_strength (read, self->cells[LIVE_STRENGTH]);
  return CONC_READ_LINE_READ;
}

/* Chip 0 at port 0 is the button of the box: the gun. */
static ConcReadLine
take_log (ConcReadParser *self,
          const char     *chip,
          const char     *time,
          const char     *port,
          ConcRead       *read,
          GError        **error)
{
  if (!conc_read_set_tag (read, chip))
    return conc_read_refuse_text (error, _ ("“%s” is not the code of a chip."), chip);
  if (!conc_read_set_instant (self, read, time))
    return conc_read_refuse_text (error, _ ("“%s” is not a time, or its date does not exist."),
                                  time);
  read->kind = CONC_READ_CHIP;
  conc_read_parse_small (port, &read->antenna);
  if (strcmp (chip, "0") == 0)
    {
      read->kind = CONC_READ_START;
      read->tag[0] = '\0';
    }
  return CONC_READ_LINE_READ;
}

/**
 * conc_read_take_rfid_timing:
 *
 * Three kinds of lines:
 * - live: "0,11055,1170518701,698,1,-71,0,2,1,0000000000000000,0,29319": a constant, the chip,
 *   seconds since 1980 by the clock of the box, milliseconds, the antenna, the strength in dBm,
 *   whether it comes from memory, the reader, the box, and more;
 * - log: port, chip, bib, date and time with milliseconds or the time alone, reader, port; the bib
 *   of the box counts where no chip table knows the chip;
 * - log with tabs: chip, time, reader, port.
 *
 * Lines that begin with a letter and hold no time are messages of the box.
 *
 * Source: the readers of PikaTimer for live boxes and for their files.
 */
ConcReadLine
conc_read_take_rfid_timing (ConcReadParser *self, const char *line, ConcRead *read, GError **error)
{
  ConcReadLine taken;

  if (strchr (line, '\t') != NULL)
    {
      conc_read_split (self, line, '\t');
      if (!conc_read_has_digit (line))
        return CONC_READ_LINE_OTHER;
      if (self->n_cells <= TABBED_PORT || !conc_read_is_number (self->cells[TABBED_PORT]))
        return conc_read_refuse (error, _ ("A read has a chip, a time, a reader and a port."));
      return take_log (self, self->cells[TABBED_CHIP], self->cells[TABBED_TIME],
                       self->cells[TABBED_PORT], read, error);
    }
  if (g_ascii_isalpha (*line) && strchr (line, ':') == NULL)
    return CONC_READ_LINE_OTHER;
  conc_read_split (self, line, ',');
  if (self->n_cells >= LIVE_N_NEEDED + 1 && strchr (self->cells[LIVE_MILLISECONDS], ':') == NULL)
    return take_live (self, read, error);
  if (self->n_cells < LOG_N_NEEDED || !conc_read_is_number (self->cells[LOG_PORT]))
    return conc_read_refuse (error, _ ("A read has at least a port, a chip, a bib and a time."));
  taken = take_log (self, self->cells[LOG_CHIP], self->cells[LOG_TIME], self->cells[LOG_PORT], read,
                    error);
  if (taken == CONC_READ_LINE_READ && read->kind == CONC_READ_CHIP)
    conc_read_parse_bib (self->cells[LOG_BIB], &read->bib);
  return taken;
}
