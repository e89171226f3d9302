/* read-format.c: the formats of reads, and which of them a file has. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/error.h"
#include "core/race-time.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\357\273\277"

/* How many lines of a file tell its format. */
#define SNIFF_LINES 40

typedef struct
{
  const char  *name;
  ConcReadTake take;
  const char  *breaks;
  const char  *greeting;
} Format;

/* A decoder of race result sends nothing before it is asked to push new passings, in the words that
 * other programs use; what it had before is in its file. Protocol 2.0 is enough. A
 * message of MyLaps holds several passings, so a part of it is a line here. */
static const Format formats[CONC_N_READ_FORMATS] = {
  [CONC_READ_FORMAT_IPICO] = { "ipico", conc_read_take_ipico, "\r\n", NULL },
  [CONC_READ_FORMAT_RACE_RESULT] = { "race-result", conc_read_take_race_result, "\r\n",
                                     "SETPROTOCOL;2.0\r\nSETPUSHPASSINGS;1;0\r\n" },
  [CONC_READ_FORMAT_MYLAPS] = { "mylaps", conc_read_take_mylaps, "\r\n@", NULL },
  [CONC_READ_FORMAT_RFID_TIMING] = { "rfid-timing", conc_read_take_rfid_timing, "\r\n", NULL },
  [CONC_READ_FORMAT_PARKRUN_TIMER] = { "parkrun-timer", conc_read_take_parkrun_timer, "\r\n",
                                       NULL },
  [CONC_READ_FORMAT_PARKRUN_SCANNER] = { "parkrun-scanner", conc_read_take_parkrun_scanner, "\r\n",
                                         NULL },
  [CONC_READ_FORMAT_STOPWATCH] = { "stopwatch", conc_read_take_stopwatch, "\r\n", NULL },
  [CONC_READ_FORMAT_PASSINGS] = { "passings", conc_read_take_passings, "\r\n", NULL },
};

/** conc_read_format_get_name: the name on the command line and in facts; never changes. */
const char *
conc_read_format_get_name (ConcReadFormat format)
{
  g_return_val_if_fail ((guint) format < CONC_N_READ_FORMATS, NULL);

  return formats[format].name;
}

/** conc_read_format_dup_names: (transfer full): all names, parted by commas, for sentences. */
char *
conc_read_format_dup_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < CONC_N_READ_FORMATS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", formats[i].name);
  return g_string_free (names, FALSE);
}

/**
 * conc_read_format_from_name:
 * @name: a name
 * @ret_format: (out): the format
 * @error: CONC_CORE_ERROR_INVALID with a sentence that lists the names
 *
 * Returns: whether there is a format of that name. Any thread.
 */
gboolean
conc_read_format_from_name (const char *name, ConcReadFormat *ret_format, GError **error)
{
  g_autofree char *names = NULL;
  g_autofree char *shown = NULL;

  for (guint i = 0; i < CONC_N_READ_FORMATS; i++)
    if (strcmp (formats[i].name, name) == 0)
      {
        *ret_format = (ConcReadFormat) i;
        return TRUE;
      }
  names = conc_read_format_dup_names ();
  shown = conc_dup_quotable (name);
  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” is not a format of reads. The formats are: %s."), shown, names);
  return FALSE;
}

/** conc_read_format_get_breaks: the bytes that part what the format calls a line. */
const char *
conc_read_format_get_breaks (ConcReadFormat format)
{
  g_return_val_if_fail ((guint) format < CONC_N_READ_FORMATS, NULL);

  return formats[format].breaks;
}

/** conc_read_format_get_greeting: what a device must be sent before it sends; NULL for nothing. */
const char *
conc_read_format_get_greeting (ConcReadFormat format)
{
  g_return_val_if_fail ((guint) format < CONC_N_READ_FORMATS, NULL);

  return formats[format].greeting;
}

/* How well the first lines fit a format: its reads, less what it would call damaged. */
static int
get_fit (const char *text, ConcReadFormat format)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  ConcReadPlace place = { "2000-01-01", utc, 0 };
  g_autoptr (ConcReadParser) parser = conc_read_parser_new (format, &place);
  const char *breaks = formats[format].breaks;
  int         fit = 0;

  for (guint n = 0; *text != '\0' && n < SNIFF_LINES;)
    {
      gsize            length = strcspn (text, breaks);
      g_autofree char *line = g_strndup (text, length);
      ConcRead         read;

      text += length;
      text += *text != '\0' ? 1 : 0;
      if (length == 0)
        continue;
      n++;
      switch (conc_read_parser_take (parser, line, &read, NULL))
        {
        case CONC_READ_LINE_READ:
          fit += 1;
          break;
        case CONC_READ_LINE_DAMAGED:
          fit -= 1;
          break;
        case CONC_READ_LINE_OTHER:
        default:
          break;
        }
    }
  return fit;
}

/**
 * conc_read_format_sniff:
 * @text: the beginning of a file, or all of it; UTF-8
 * @ret_format: (out): the format
 *
 * Recognises a format by its first lines: the one of which most are reads. A file with damaged
 * lines is recognised while more lines are whole than damaged.
 *
 * Returns: whether any format fits. Any thread. Cost: that of reading 40 lines in each format.
 */
gboolean
conc_read_format_sniff (const char *text, ConcReadFormat *ret_format)
{
  int best = 0;

  g_return_val_if_fail (text != NULL && ret_format != NULL, FALSE);

  for (guint i = 0; i < CONC_N_READ_FORMATS; i++)
    {
      int fit = get_fit (text, (ConcReadFormat) i);

      if (fit > best)
        {
          best = fit;
          *ret_format = (ConcReadFormat) i;
        }
    }
  return best > 0;
}

/**
 * conc_read_parser_new:
 * @format: what the lines are written in
 * @place: what they leave out; copied
 *
 * A parser keeps what a line says about those behind it, such as the names of columns; see
 * conc_read_parser_get_head().
 *
 * Returns: (transfer full): a parser. Any thread, one at a time.
 */
ConcReadParser *
conc_read_parser_new (ConcReadFormat format, const ConcReadPlace *place)
{
  ConcReadParser *self = g_new0 (ConcReadParser, 1);

  self->format = format;
  self->head = g_string_new (NULL);
  self->line = g_string_new (NULL);
  self->zone = g_time_zone_ref (place->zone);
  self->start_usec = place->start_usec;
  if (!conc_race_date_parse (place->race_date, &self->year, &self->month, &self->day, NULL) ||
      !conc_read_is_day (self->year, self->month, self->day))
    {
      self->year = 2000;
      self->month = self->day = 1;
    }
  for (guint i = 0; i < CONC_READ_N_COLUMNS; i++)
    self->columns[i] = -1;
  return self;
}

/** conc_read_parser_free: frees a parser. */
void
conc_read_parser_free (ConcReadParser *self)
{
  g_string_free (self->head, TRUE);
  g_string_free (self->line, TRUE);
  g_time_zone_unref (self->zone);
  g_free (self);
}

/* Spaces and a byte-order mark around a line say nothing. */
static char *
dup_stripped (const char *line, gsize length)
{
  if (g_str_has_prefix (line, BYTE_ORDER_MARK))
    {
      line += strlen (BYTE_ORDER_MARK);
      length -= strlen (BYTE_ORDER_MARK);
    }
  return g_strstrip (g_strndup (line, length));
}

/**
 * conc_read_parser_take:
 * @self: a parser
 * @line: the next line, without its break; spaces at its ends do not matter
 * @ret_read: (out): what it says, set only for %CONC_READ_LINE_READ
 * @error: (out): for %CONC_READ_LINE_DAMAGED CONC_CORE_ERROR_INVALID with a whole sentence why
 *
 * A damaged line has no effect on those behind it.
 *
 * Returns: what the line is. Any thread, one at a time.
 */
ConcReadLine
conc_read_parser_take (ConcReadParser *self, const char *line, ConcRead *ret_read, GError **error)
{
  ConcRead         read = { .at_usec = CONC_NO_TIME, .strength = CONC_READ_NO_STRENGTH };
  gsize            length = strlen (line);
  g_autofree char *stripped = NULL;
  ConcReadLine     taken;

  if (length > CONC_READ_LINE_MAX_BYTES)
    return conc_read_refuse (error, _ ("The line is too long to be a read."));
  if (!g_utf8_validate (line, (gssize) length, NULL))
    return conc_read_refuse (error, _ ("The line has bytes that are no text."));
  stripped = dup_stripped (line, length);
  if (*stripped == '\0')
    return CONC_READ_LINE_OTHER;
  taken = formats[self->format].take (self, stripped, &read, error);
  if (taken == CONC_READ_LINE_READ)
    *ret_read = read;
  return taken;
}

/**
 * conc_read_parser_get_head:
 * @self: a parser
 *
 * What the lines so far say about all that follow: names of columns, the start of a timer. A parser
 * that is given these lines first reads those that follow as this one does, so a long file can be
 * kept in parts.
 *
 * Returns: lines, each with a line break behind it; empty for none. Valid until the next line.
 */
const char *
conc_read_parser_get_head (ConcReadParser *self)
{
  return self->head->str;
}
