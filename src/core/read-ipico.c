/* read-ipico.c: lines of IPICO readers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Offsets into a line, in characters. */
enum
{
  AT_READER = 2,
  AT_TAG = 4,
  AT_COUNTERS = 16,
  AT_TIME = 20,
  AT_HUNDREDTHS = 32,
  AT_CHECK = 34
};

#define TAG_LENGTH 12

/* The lengths a line can have: as it is; with a suffix; with three bytes of the memory of a tag in
 * front of the checksum; with both; and as Trident's readers write it. */
#define LENGTH_PLAIN 36
#define LENGTH_SUFFIX 38
#define LENGTH_TRIDENT 40
#define LENGTH_MEMORY 42
#define LENGTH_MEMORY_SUFFIX 44

static gboolean
is_hex (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return TRUE;
}

static guint
get_byte (const char *text)
{
  return (guint) (g_ascii_xdigit_value (text[0]) * 16 + g_ascii_xdigit_value (text[1]));
}

/* The sum of the characters behind "aa", in front of the checksum, modulo 256. */
static gboolean
check_sum (const char *line, gsize at_check)
{
  guint sum = 0;

  for (gsize i = AT_READER; i < at_check; i++)
    sum += (guchar) line[i];
  return sum % 256 == get_byte (line + at_check);
}

static gboolean
has_suffix (const char *line, gsize at)
{
  static const char *const suffixes[] = { "FS", "LS", "BS", "RR" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (strncmp (line + at, suffixes[i], 2) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the line is whole, by its length, its suffix and its checksum. */
static gboolean
check_line (const char *line, GError **error)
{
  gsize length = strlen (line);
  gsize at_check = AT_CHECK;

  switch (length)
    {
    case LENGTH_TRIDENT:
      if (strncmp (line + AT_CHECK, "00", 2) == 0 && has_suffix (line, AT_CHECK + 2))
        return TRUE;
      conc_read_refuse (error, _ ("The end of the line is not that of a read."));
      return FALSE;
    case LENGTH_MEMORY:
    case LENGTH_MEMORY_SUFFIX:
      at_check = LENGTH_MEMORY - 2;
      break;
    case LENGTH_PLAIN:
    case LENGTH_SUFFIX:
      break;
    default:
      conc_read_refuse (error, _ ("The line is cut off, or two lines have run together."));
      return FALSE;
    }
  if (!is_hex (line + AT_READER, at_check + 2 - AT_READER))
    {
      conc_read_refuse (error, _ ("The line has characters that no read has."));
      return FALSE;
    }
  if ((length == LENGTH_SUFFIX || length == LENGTH_MEMORY_SUFFIX) && !has_suffix (line, length - 2))
    {
      conc_read_refuse (error, _ ("The end of the line is not that of a read."));
      return FALSE;
    }
  if (!check_sum (line, at_check))
    {
      conc_read_refuse (error, _ ("The checksum is wrong, so some of the line is too."));
      return FALSE;
    }
  return TRUE;
}

/* YYMMDDhhmmss in decimal digits, and hundredths in hexadecimal ones. */
static gboolean
take_time (ConcReadParser *self, const char *line, ConcRead *read)
{
  const char *cursor = line + AT_TIME;
  char        digits[13];
  const char *p = digits;
  gint64      value;
  guint       hundredths;
  int         second, minute, hour, day, month, year;

  g_strlcpy (digits, cursor, sizeof digits);
  if (!conc_scan_digits (&p, 12, 12, &value) || !is_hex (line + AT_HUNDREDTHS, 2))
    return FALSE;
  hundredths = get_byte (line + AT_HUNDREDTHS);
  second = (int) (value % 100);
  minute = (int) (value / 100 % 100);
  hour = (int) (value / 10000 % 100);
  day = (int) (value / 1000000 % 100);
  month = (int) (value / 100000000 % 100);
  year = 2000 + (int) (value / G_GINT64_CONSTANT (10000000000));
  if (hundredths > 99 || second > 59 || minute > 59 || hour > 23 ||
      !conc_read_is_day (year, month, day))
    return FALSE;
  conc_read_set_local (self, read, year, month, day,
                       ((gint64) (hour * 60 + minute) * 60 + second) * CONC_USEC_PER_SECOND +
                           hundredths * CONC_USEC_PER_SECOND / 100);
  return TRUE;
}

/**
 * conc_read_take_ipico:
 *
 * "aa", the reader (2), the tag (12), counters of its two channels (4), YYMMDDhhmmss (12),
 * hundredths of a second in hexadecimal (2) and the checksum (2): the sum of the ASCII codes from
 * the reader to the hundredths, modulo 256, in hexadecimal. "FS" or "LS" behind it says that the
 * tag was seen first or last. The reader is taken as the antenna. The counters are no strength:
 * they count decodings, and go from 0 to ff.
 *
 * Readers with the memory of tags put six more digits in front of the checksum. Trident's readers
 * have "00", the suffix and a strength in place of the checksum. Lines that begin with "ab" are
 * answers to commands.
 *
 * Source: lines of a real reader (tests/data/chip); the parser and the notes of rusty-timer; the
 * manual of the Trident Time Machine.
 */
ConcReadLine
conc_read_take_ipico (ConcReadParser *self, const char *line, ConcRead *read, GError **error)
{
  char tag[TAG_LENGTH + 1];

  if (g_str_has_prefix (line, "ab"))
    return CONC_READ_LINE_OTHER;
  if (!g_str_has_prefix (line, "aa"))
    return conc_read_refuse (error, _ ("A read begins with “aa”, and this line does not."));
  if (!check_line (line, error))
    return CONC_READ_LINE_DAMAGED;
  g_strlcpy (tag, line + AT_TAG, sizeof tag);
  if (!conc_read_set_tag (read, tag) || !take_time (self, line, read))
    return conc_read_refuse (error, _ ("The line has a time that does not exist."));
  read->kind = CONC_READ_CHIP;
  if (is_hex (line + AT_READER, 2))
    read->antenna = get_byte (line + AT_READER);
  if (strlen (line) == LENGTH_TRIDENT && is_hex (line + LENGTH_TRIDENT - 2, 2))
    read->strength = (int) get_byte (line + LENGTH_TRIDENT - 2);
  return CONC_READ_LINE_READ;
}
